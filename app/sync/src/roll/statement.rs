//! What is said on the roll: each statement is signed for itself, so it does not matter who carries it.
//!
//! The owner grants links and opens epochs; whoever holds a link joins with a key of their own. docs/formats.md gives the
//! bytes.

use model::{Author, Chain, DocName, EntryHash, LinkKey, Right, RoomId, limits};
use sha2::{Digest, Sha256};
use stdx::{Reader, Writer};

use crate::{
    ledger::EntryError,
    link::{self, LinkSecret},
    pen::{self, Pen, SIGNATURE},
};

const CERTIFIED_AS: &[u8] = b"handsel certificate 1";
const GRANTED_AS: &[u8] = b"handsel grant 1";
const JOINED_AS: &[u8] = b"handsel joining 1";
const OPENED_AS: &[u8] = b"handsel epoch 1";
const VERSION: u8 = 1;

/// The owner's word that whoever holds a link may do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The link.
    pub link: LinkKey,
    /// What its holder may do.
    pub right: Right,
    /// For whom the owner made it; at most [`limits::NAME_MAX`] characters.
    pub name: String,
    /// When its owner wants it to end, milliseconds since 1970. Honest programs ask this device's clock before they open
    /// it; it really ends with the epoch.
    pub expires: Option<u64>,
    /// The first epoch in which it holds.
    pub since: u64,
    /// As it was signed.
    bytes: Vec<u8>,
}

impl Certificate {
    /// Signs one with the owner's pen.
    pub fn sign(
        owner: &Pen,
        room: RoomId,
        link: LinkKey,
        right: Right,
        name: &str,
        expires: Option<u64>,
        since: u64,
    ) -> Self {
        let name: String = name.chars().take(limits::NAME_MAX).collect();
        let mut out = Writer::new();
        out.u8(VERSION).raw(&link.0).u8(right.byte()).text(&name).uint(expires.unwrap_or(0)).uint(since);
        let mut bytes = out.finish();
        bytes.extend(owner.stamp(CERTIFIED_AS, room, &[&bytes]));
        Self { link, right, name, expires, since, bytes }
    }

    /// Its bytes, signature included.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads one that the owner of `room` signed.
    pub fn read(owner: &Author, room: RoomId, bytes: &[u8]) -> Result<Self, EntryError> {
        let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(EntryError::Damaged)?;
        let mut from = Reader::new(body);
        version(&mut from)?;
        let link = LinkKey(from.array()?);
        let right = Right::from_byte(from.u8()?).ok_or(EntryError::Damaged)?;
        let name = from.text()?.to_owned();
        let expires = Some(from.uint()?).filter(|time| *time > 0);
        let since = from.uint()?;
        if !from.is_empty() || name.chars().count() > limits::NAME_MAX {
            return Err(EntryError::Damaged);
        }
        if !pen::holds(&owner.0, signature, CERTIFIED_AS, room, &[body]) {
            return Err(EntryError::Forged);
        }
        Ok(Self { link, right, name, expires, since, bytes: bytes.to_vec() })
    }
}

/// A link that was given out, as the owner's devices remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What it allows.
    pub certificate: Certificate,
    /// Its secret, sealed for the owner.
    kept: Vec<u8>,
}

impl Grant {
    /// Remembers a link. `nonce` must be random and new.
    pub fn new(
        owner_seed: &[u8; 32],
        nonce: [u8; 24],
        certificate: Certificate,
        secret: &LinkSecret,
    ) -> Self {
        let sealed = link::seal(&keep_key(owner_seed), &nonce, b"link", &secret.0);
        Self { certificate, kept: [&nonce[..], &sealed].concat() }
    }

    /// The link's secret, for the owner.
    pub fn secret(&self, owner_seed: &[u8; 32]) -> Option<LinkSecret> {
        let (nonce, sealed) = self.kept.split_first_chunk::<24>()?;
        link::open(&keep_key(owner_seed), nonce, b"link", sealed).map(LinkSecret)
    }
}

/// Under what the owner's devices keep secrets of the room for each other.
fn keep_key(owner_seed: &[u8; 32]) -> [u8; 32] {
    link::child(owner_seed, b"handsel keeping 1")
}

/// Somebody who holds a link takes part with a key of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// The link they hold.
    pub certificate: Certificate,
    /// The key that they write with.
    pub author: Author,
}

/// The end of a chain that still counts when an epoch ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The chain.
    pub chain: Chain,
    /// Its last number that counts.
    pub last: u64,
    /// The hash of the entry that ends there.
    pub hash: EntryHash,
}

/// A new epoch: what was written before it, as far as it counts, and who gets the new content key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its number; the first epoch, 0, needs no opening.
    pub epoch: u64,
    /// Hash of the opening before it, zeros for the first.
    pub prev: [u8; 32],
    /// What counts of the epoch before. A chain that is not here counts for nothing.
    pub cuts: Vec<Cut>,
    nonce: [u8; 24],
    /// The new content key, sealed for each link that goes on; nothing is in the box of a founder's.
    boxes: Vec<(LinkKey, Vec<u8>)>,
    /// The content key before, sealed under the new one.
    old: Vec<u8>,
    /// The new content key, sealed for the owner.
    kept: Vec<u8>,
}

impl Opening {
    /// Opens epoch `epoch` with the content key `new` for the holders of `links`, and for the `founders`, who have the
    /// owner's seed and open it by that. `nonce` must be random and new.
    pub fn new(
        owner_seed: &[u8; 32],
        epoch: u64,
        prev: [u8; 32],
        cuts: Vec<Cut>,
        (old, new): (&[u8; 32], &[u8; 32]),
        (links, founders): (&[LinkSecret], &[LinkKey]),
        nonce: [u8; 24],
    ) -> Self {
        let boxes = links.iter().map(|link| (link.key(), link::seal(&link.box_key(), &nonce, b"epoch", new)));
        let boxes = boxes.chain(founders.iter().map(|link| (*link, Vec::new())));
        Self {
            epoch,
            prev,
            cuts,
            nonce,
            boxes: boxes.collect(),
            old: link::seal(new, &nonce, b"before", old),
            kept: link::seal(&keep_key(owner_seed), &nonce, b"epoch", new),
        }
    }

    /// Whether holders of this link go on.
    pub fn goes_on(&self, link: &LinkKey) -> bool {
        self.boxes.iter().any(|(of, _)| of == link)
    }

    /// The epoch's content key, for who holds this link.
    pub fn key_for_link(&self, secret: &LinkSecret) -> Option<[u8; 32]> {
        let link = secret.key();
        let (_, sealed) = self.boxes.iter().find(|(of, _)| *of == link)?;
        link::open(&secret.box_key(), &self.nonce, b"epoch", sealed)
    }

    /// The epoch's content key, for the owner.
    pub fn key_for_owner(&self, owner_seed: &[u8; 32]) -> Option<[u8; 32]> {
        link::open(&keep_key(owner_seed), &self.nonce, b"epoch", &self.kept)
    }

    /// The content key of the epoch before, for who has this one's.
    pub fn key_before(&self, new: &[u8; 32]) -> Option<[u8; 32]> {
        link::open(new, &self.nonce, b"before", &self.old)
    }
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// The owner gave out a link.
    Granted(Grant),
    /// A holder of a link takes part.
    Joined(Joining),
    /// The owner opened an epoch.
    Opened(Opening),
}

/// A statement with its bytes, which its maker signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub statement: Statement,
    /// As it travels.
    pub bytes: Vec<u8>,
}

impl Said {
    /// The owner says that a link was given out.
    pub fn granted(owner: &Pen, room: RoomId, grant: Grant) -> Self {
        let mut out = Writer::new();
        out.u8(VERSION).u8(1).bytes(&grant.certificate.bytes).bytes(&grant.kept);
        Self::signed(owner, GRANTED_AS, room, out, Statement::Granted(grant))
    }

    /// A holder of a link says who they are.
    pub fn joined(link: &LinkSecret, room: RoomId, certificate: Certificate, author: Author) -> Self {
        stdx::never!(certificate.link != link.key());
        let mut out = Writer::new();
        out.u8(VERSION).u8(2).bytes(&certificate.bytes).raw(&author.0);
        Self::signed(&link.pen(), JOINED_AS, room, out, Statement::Joined(Joining { certificate, author }))
    }

    /// The owner opens an epoch.
    pub fn opened(owner: &Pen, room: RoomId, opening: Opening) -> Self {
        let mut out = Writer::new();
        out.u8(VERSION).u8(3).uint(opening.epoch).raw(&opening.prev).uint(opening.cuts.len() as u64);
        for cut in &opening.cuts {
            out.raw(&cut.chain.author.0).text(&cut.chain.doc.name()).uint(cut.last).raw(&cut.hash.0);
        }
        out.raw(&opening.nonce).uint(opening.boxes.len() as u64);
        for (link, sealed) in &opening.boxes {
            out.raw(&link.0).bytes(sealed);
        }
        out.bytes(&opening.old).bytes(&opening.kept);
        Self::signed(owner, OPENED_AS, room, out, Statement::Opened(opening))
    }

    fn signed(pen: &Pen, what: &[u8], room: RoomId, body: Writer, statement: Statement) -> Self {
        let mut bytes = body.finish();
        bytes.extend(pen.stamp(what, room, &[&bytes]));
        Self { statement, bytes }
    }

    /// SHA-256 of its bytes.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// Reads a statement about a room of `owner`, and checks who signed it.
    pub fn read(owner: &Author, room: RoomId, bytes: &[u8]) -> Result<Self, EntryError> {
        let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(EntryError::Damaged)?;
        let mut from = Reader::new(body);
        version(&mut from)?;
        let (statement, signer, what) = match from.u8()? {
            1 => {
                let certificate = Certificate::read(owner, room, from.bytes()?)?;
                let kept = from.bytes()?.to_vec();
                (Statement::Granted(Grant { certificate, kept }), owner.0, GRANTED_AS)
            }
            2 => {
                let certificate = Certificate::read(owner, room, from.bytes()?)?;
                let signer = certificate.link.0;
                let author = Author(from.array()?);
                (Statement::Joined(Joining { certificate, author }), signer, JOINED_AS)
            }
            3 => (Statement::Opened(read_opening(&mut from)?), owner.0, OPENED_AS),
            _ => return Err(EntryError::Damaged),
        };
        if !from.is_empty() {
            return Err(EntryError::Damaged);
        }
        if !pen::holds(&signer, signature, what, room, &[body]) {
            return Err(EntryError::Forged);
        }
        Ok(Self { statement, bytes: bytes.to_vec() })
    }
}

fn version(from: &mut Reader) -> Result<(), EntryError> {
    match from.u8()? {
        VERSION => Ok(()),
        other => Err(EntryError::OtherVersion(other)),
    }
}

fn read_opening(from: &mut Reader) -> Result<Opening, EntryError> {
    let epoch = from.uint()?;
    if epoch == 0 {
        return Err(EntryError::Damaged);
    }
    let prev = from.array()?;
    let cuts = several(from, |from| {
        let author = Author(from.array()?);
        let doc = DocName::parse(from.text()?).ok_or(stdx::Cut)?;
        Ok(Cut { chain: Chain { author, doc }, last: from.uint()?, hash: EntryHash(from.array()?) })
    })?;
    let nonce = from.array()?;
    let boxes = several(from, |from| Ok((LinkKey(from.array()?), from.bytes()?.to_vec())))?;
    let (old, kept) = (from.bytes()?.to_vec(), from.bytes()?.to_vec());
    Ok(Opening { epoch, prev, cuts, nonce, boxes, old, kept })
}

fn several<'a, T>(
    from: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> Result<T, stdx::Cut>,
) -> Result<Vec<T>, stdx::Cut> {
    let mut all = Vec::new();
    for _ in 0..from.uint()? {
        all.push(one(from)?);
    }
    Ok(all)
}
