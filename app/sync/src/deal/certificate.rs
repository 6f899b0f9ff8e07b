//! An agreed deal as one file, which anybody can check without the room, without a network, and without asking either side.
//!
//! It holds the sealed room, the acts that both sides signed, and the statements by which the room's owner let their keys in.
//! It does not hold what somebody may have said about them elsewhere: that a link was revoked, say.

use model::{ActHash, Author, BlobHash, Right, RoomId};
use sha2::{Digest as _, Sha256};
use stdx::{Cut, Reader, Writer};

use super::{Acceptance, Act, Countersignature, Deal, Part, Seal, SignedAct, State};
use crate::roll::{Said, Statement};

const MAGIC: &[u8] = b"handsel certificate\n";
const VERSION: u8 = 1;
const CHECK: usize = 32;

/// A certificate as it is written and read. Nothing in it is believed before it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The room.
    pub room: RoomId,
    /// Whose key owns it.
    pub owner: Author,
    /// The seal, as its author signed it.
    pub seal: Vec<u8>,
    /// The acceptances, each as its author signed it.
    pub acceptances: Vec<Vec<u8>>,
    /// The countersignature, as its author signed it.
    pub countersignature: Vec<u8>,
    /// The statements by which the authors joined, as they were signed.
    pub joinings: Vec<Vec<u8>>,
    /// The canonical bytes of the frozen room.
    pub frozen: Vec<u8>,
    /// The images that it shows; some may be missing.
    pub images: Vec<Vec<u8>>,
}

/// Why bytes are no certificate at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// They do not begin as one does.
    #[error("not a certificate")]
    NotOne,
    /// It is of another version.
    #[error("a certificate of version {0}")]
    OtherVersion(u8),
    /// It is cut, or lengths in it were changed.
    #[error("the certificate is damaged")]
    Damaged,
}

/// Something in a certificate that is not as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// The check over the whole file, and so something in it, or the check itself.
    File,
    /// The seal.
    Seal,
    /// An acceptance, by its place.
    Acceptance(usize),
    /// The countersignature.
    Countersignature,
    /// They are signed, but do not make up a deal: not every signer has accepted this seal in time.
    Incomplete,
    /// Nothing shows that the room's owner let this key in for what it did.
    Key(Whose),
    /// A part of what was sealed, by its name.
    Part(String),
    /// What was sealed, as a whole: it is another one, or cannot be read.
    Sealed,
    /// An image, by its place, is none of those that the sealed room shows.
    Image(usize),
}

/// Whose key it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// That which sealed.
    Sealer,
    /// That which accepted, by the acceptance's place.
    Acceptor(usize),
    /// That which countersigned.
    Countersigner,
}

/// By what the room's owner let a key in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Whose.
    pub whose: Whose,
    /// The key.
    pub author: Author,
    /// What its link allows.
    pub right: Right,
    /// For whom the owner made the link; may be empty.
    pub link_name: String,
}

/// What was verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// What is not as it was signed; nothing where the certificate holds.
    pub findings: Vec<Finding>,
    /// The seal, where its signature holds, by its name.
    pub seal: Option<(ActHash, Seal)>,
    /// The acceptances, by their places, where the signature holds.
    pub acceptances: Vec<Option<(ActHash, Acceptance)>>,
    /// The countersignature, where its signature holds.
    pub countersignature: Option<(ActHash, Countersignature)>,
    /// The keys that the owner let in.
    pub keys: Vec<Keys>,
    /// The parts of the sealed room that are as they were sealed.
    pub parts: Vec<Part>,
}

impl Verified {
    /// Whether everything is as it was signed.
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Certificate {
    /// Whether bytes begin as a certificate does.
    pub fn is_file(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// As a file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.raw(MAGIC).u8(VERSION).raw(&self.room.0).raw(&self.owner.0).bytes(&self.seal);
        let all = |out: &mut Writer, all: &[Vec<u8>]| {
            out.uint(all.len() as u64);
            for bytes in all {
                out.bytes(bytes);
            }
        };
        all(&mut out, &self.acceptances);
        out.bytes(&self.countersignature);
        all(&mut out, &self.joinings);
        out.bytes(&self.frozen);
        all(&mut out, &self.images);
        let mut bytes = out.finish();
        bytes.extend(Sha256::digest(&bytes));
        bytes
    }

    /// Reads a file, and whether its check fits. Nothing is verified yet.
    ///
    /// # Errors
    /// [`Unreadable`] where it cannot even be told what it holds.
    pub fn read(bytes: &[u8]) -> Result<(Self, bool), Unreadable> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Unreadable::NotOne)?;
        match rest.first() {
            Some(&VERSION) => {}
            Some(other) => return Err(Unreadable::OtherVersion(*other)),
            None => return Err(Unreadable::Damaged),
        }
        let (body, check) = bytes.split_last_chunk::<CHECK>().ok_or(Unreadable::Damaged)?;
        let fits = Sha256::digest(body)[..] == check[..];
        let inside = body.get(MAGIC.len() + 1..).ok_or(Unreadable::Damaged)?;
        Self::read_inside(&mut Reader::new(inside)).map(|it| (it, fits)).or(Err(Unreadable::Damaged))
    }

    fn read_inside(from: &mut Reader) -> Result<Self, Cut> {
        fn all(from: &mut Reader) -> Result<Vec<Vec<u8>>, Cut> {
            (0..from.uint()?).map(|_| Ok(from.bytes()?.to_vec())).collect()
        }
        let certificate = Self {
            room: RoomId(from.array()?),
            owner: Author(from.array()?),
            seal: from.bytes()?.to_vec(),
            acceptances: all(from)?,
            countersignature: from.bytes()?.to_vec(),
            joinings: all(from)?,
            frozen: from.bytes()?.to_vec(),
            images: all(from)?,
        };
        if from.is_empty() { Ok(certificate) } else { Err(Cut) }
    }

    /// Verifies everything that can be. `look` reads the frozen room's list of parts and compares each part with its hash; it
    /// answers the name of a part that does not fit, or none where it cannot even tell that.
    pub fn verify(&self, look: impl FnOnce(&[u8]) -> Result<Vec<Part>, Option<String>>) -> Verified {
        let mut it = Verified::default();
        let mut deal = Deal::default();
        let read = |bytes: &[u8]| SignedAct::read(self.room, bytes).ok();
        let mut authors = Vec::new();

        match read(&self.seal) {
            Some(SignedAct { act: Act::Sealed(seal), author, bytes }) => {
                let signed = SignedAct { act: Act::Sealed(seal.clone()), author, bytes };
                it.seal = Some((signed.hash(), seal));
                authors.push((Whose::Sealer, author));
                deal.take(signed);
            }
            _ => it.findings.push(Finding::Seal),
        }
        let sealed_as = it.seal.as_ref().map(|(hash, _)| *hash);
        for (at, bytes) in self.acceptances.iter().enumerate() {
            let signed = read(bytes);
            let accepted = signed.and_then(|signed| match &signed.act {
                Act::Accepted(accepted) if sealed_as.is_none_or(|seal| seal == accepted.seal) => {
                    Some((accepted.clone(), signed))
                }
                _ => None,
            });
            it.acceptances.push(accepted.map(|(accepted, signed)| {
                authors.push((Whose::Acceptor(at), signed.author));
                let hash = signed.hash();
                deal.take(signed);
                (hash, accepted)
            }));
            if it.acceptances[at].is_none() {
                it.findings.push(Finding::Acceptance(at));
            }
        }
        let names = |by: &Countersignature| {
            let mut all = it.acceptances.iter().flatten();
            sealed_as.is_none_or(|seal| seal == by.seal) && all.all(|(hash, _)| by.acceptances.contains(hash))
        };
        match read(&self.countersignature) {
            Some(signed) => match &signed.act {
                Act::Countersigned(by) if names(by) => {
                    it.countersignature = Some((signed.hash(), by.clone()));
                    authors.push((Whose::Countersigner, signed.author));
                    deal.take(signed);
                }
                _ => it.findings.push(Finding::Countersignature),
            },
            None => it.findings.push(Finding::Countersignature),
        }
        if it.findings.is_empty() && deal.seals().iter().all(|seal| seal.state != State::Agreed) {
            it.findings.push(Finding::Incomplete);
        }
        self.verify_keys(&authors, &mut it);
        self.verify_sealed(look, &mut it);
        it
    }

    /// Each key by a statement of its link, and the link by the owner's certificate. Who signs for one side has no right of
    /// the other.
    fn verify_keys(&self, authors: &[(Whose, Author)], it: &mut Verified) {
        let joinings =
            self.joinings.iter().filter_map(|bytes| Said::read(&self.owner, self.room, bytes).ok());
        let joinings: Vec<_> = joinings
            .filter_map(|said| match said.statement {
                Statement::Joined(joining) => Some(joining),
                _ => None,
            })
            .collect();
        for (whose, author) in authors {
            let of = joinings.iter().filter(|joining| joining.author == *author);
            match of.max_by_key(|joining| joining.certificate.right) {
                Some(joining) => {
                    let right = joining.certificate.right;
                    let may = match whose {
                        Whose::Acceptor(_) => (Right::Comment..Right::Own).contains(&right),
                        Whose::Sealer | Whose::Countersigner => right == Right::Own,
                    };
                    if !may {
                        it.findings.push(Finding::Key(*whose));
                    }
                    let link_name = joining.certificate.name.clone();
                    it.keys.push(Keys { whose: *whose, author: *author, right, link_name });
                }
                None => it.findings.push(Finding::Key(*whose)),
            }
        }
    }

    fn verify_sealed(
        &self,
        look: impl FnOnce(&[u8]) -> Result<Vec<Part>, Option<String>>,
        it: &mut Verified,
    ) {
        let seal = it.seal.as_ref().map(|(_, seal)| seal);
        let is_whole = seal.is_some_and(|seal| Sha256::digest(&self.frozen)[..] == seal.frozen[..]);
        let sealed: &[Part] = seal.map_or(&[], |seal| &seal.parts);
        let is_shown = |image: &[u8]| {
            let hash = BlobHash(Sha256::digest(image).into());
            seal.is_none_or(|seal| seal.shows.contains(&hash))
        };
        let foreign: Vec<usize> = (0..self.images.len()).filter(|at| !is_shown(&self.images[*at])).collect();
        match look(&self.frozen) {
            Ok(parts) => {
                let as_sealed = |part: &&Part| seal.is_none() || sealed.contains(part);
                let other = parts.iter().filter(|part| !as_sealed(part)).map(|part| &part.name);
                let gone = sealed.iter().map(|part| &part.name);
                let gone = gone.filter(|name| parts.iter().all(|part| part.name != **name));
                let changed: Vec<Finding> =
                    other.chain(gone).map(|name| Finding::Part(name.clone())).collect();
                if changed.is_empty() && !is_whole && seal.is_some() {
                    it.findings.push(Finding::Sealed);
                }
                it.parts = parts.iter().filter(as_sealed).cloned().collect();
                it.findings.extend(changed);
            }
            Err(Some(name)) => it.findings.push(Finding::Part(name)),
            Err(None) => it.findings.push(Finding::Sealed),
        }
        it.findings.extend(foreign.into_iter().map(Finding::Image));
    }
}
