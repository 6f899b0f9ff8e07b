//! What is done to come to a deal: each act is signed for itself by its author's key of the room.
//!
//! docs/formats.md gives the bytes.

use model::{ActHash, Author, BlobHash, Right, RoomId, limits};
use sha2::{Digest as _, Sha256};
use stdx::{Reader, Writer};

use super::{Signature, several, words};
use crate::{
    ledger::EntryError,
    pen::{self, Pen},
};

/// A part of what is sealed, by its own hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is, as the frozen room names it.
    pub name: String,
    /// SHA-256 of its bytes.
    pub hash: [u8; 32],
}

/// Somebody who is to sign for the buying side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signer {
    /// Who; empty where the seller leaves that open.
    pub name: String,
    /// Their e-mail address; may be empty.
    pub mail: String,
}

/// The selling side seals the room as it is, for signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// SHA-256 of the canonical bytes of the frozen room.
    pub frozen: [u8; 32],
    /// The blob that holds these, packed.
    pub blob: BlobHash,
    /// Its parts, so that one that was changed can be told from the others.
    pub parts: Vec<Part>,
    /// The blobs that it shows, such as images.
    pub shows: Vec<BlobHash>,
    /// Who is to sign, at least one and at most [`limits::SIGNERS_MAX`].
    pub signers: Vec<Signer>,
    /// Whether each signs only after the one before.
    pub in_order: bool,
    /// Until when it may be signed, milliseconds since 1970; none without an end.
    pub until: Option<u64>,
    /// What the seller says to it; may be empty.
    pub message: String,
    /// The seals that stood when this one was made, and that it takes the place of.
    pub supersedes: Vec<ActHash>,
    /// When, by its author's clock, milliseconds since 1970.
    pub at: u64,
}

/// The selling side takes a seal back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Which.
    pub seal: ActHash,
    /// Why; may be empty.
    pub reason: String,
    /// When, by its author's clock, milliseconds since 1970.
    pub at: u64,
}

/// Who signs, as they say themselves. Nobody has checked it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signatory {
    /// Their name; never empty.
    pub name: String,
    /// Their e-mail address; may be empty.
    pub mail: String,
    /// What they are; may be empty.
    pub role: String,
}

/// Somebody of the buying side accepts what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Which seal.
    pub seal: ActHash,
    /// As which of its signers.
    pub signer: u64,
    /// Who, as they say.
    pub who: Signatory,
    /// How it looks.
    pub signature: Signature,
    /// When, by their own clock, milliseconds since 1970.
    pub at: u64,
    /// SHA-256 over the ends of all chains that their device had then.
    pub seen: [u8; 32],
    /// The acceptances after which it comes, where one signs after the other.
    pub follows: Vec<ActHash>,
}

/// Somebody of the buying side does not accept what is sealed, or no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    /// Which seal.
    pub seal: ActHash,
    /// As which of its signers.
    pub signer: u64,
    /// Who, as they say; may be empty.
    pub name: String,
    /// Why; may be empty.
    pub reason: String,
    /// When, by their own clock, milliseconds since 1970.
    pub at: u64,
}

/// The selling side signs as well. From then on it binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countersignature {
    /// Which seal.
    pub seal: ActHash,
    /// The acceptances that it answers, at least one of each signer.
    pub acceptances: Vec<ActHash>,
    /// Who, as they say.
    pub who: Signatory,
    /// How it looks.
    pub signature: Signature,
    /// When, by their own clock, milliseconds since 1970.
    pub at: u64,
}

/// The selling side says that somebody's answer has reached it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The acceptance or the decline.
    pub of: ActHash,
    /// When, by its author's clock, milliseconds since 1970.
    pub at: u64,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The room is sealed.
    Sealed(Seal),
    /// A seal is taken back.
    Withdrawn(Withdrawal),
    /// A seal is accepted.
    Accepted(Acceptance),
    /// A seal is not accepted.
    Declined(Decline),
    /// An accepted seal is signed by the selling side.
    Countersigned(Countersignature),
    /// An answer has reached the selling side.
    Received(Receipt),
}

impl Act {
    fn kind(&self) -> u8 {
        match self {
            Self::Sealed(_) => 1,
            Self::Withdrawn(_) => 2,
            Self::Accepted(_) => 3,
            Self::Declined(_) => 4,
            Self::Countersigned(_) => 5,
            Self::Received(_) => 6,
        }
    }

    /// What its author needs.
    pub fn needs(&self) -> Right {
        match self {
            Self::Accepted(_) | Self::Declined(_) => Right::Comment,
            _ => Right::Own,
        }
    }

    /// As what it is signed, so that no signature of one kind stands for another.
    fn signed_as(&self) -> &'static [u8] {
        match self {
            Self::Sealed(_) => b"handsel seal 1",
            Self::Withdrawn(_) => b"handsel withdrawal 1",
            Self::Accepted(_) => b"handsel acceptance 1",
            Self::Declined(_) => b"handsel decline 1",
            Self::Countersigned(_) => b"handsel countersignature 1",
            Self::Received(_) => b"handsel receipt 1",
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Sealed(seal) => {
                out.raw(&seal.frozen).raw(&seal.blob.0).uint(seal.parts.len() as u64);
                for part in &seal.parts {
                    out.text(&part.name).raw(&part.hash);
                }
                out.uint(seal.shows.len() as u64);
                for blob in &seal.shows {
                    out.raw(&blob.0);
                }
                out.uint(seal.signers.len() as u64);
                for signer in &seal.signers {
                    out.text(&signer.name).text(&signer.mail);
                }
                out.u8(seal.in_order.into()).uint(seal.until.unwrap_or(0)).text(&seal.message);
                hashes(out, &seal.supersedes);
                out.uint(seal.at);
            }
            Self::Withdrawn(Withdrawal { seal, reason, at }) => {
                out.raw(&seal.0).text(reason).uint(*at);
            }
            Self::Accepted(accepted) => {
                out.raw(&accepted.seal.0).uint(accepted.signer);
                accepted.who.write(out);
                accepted.signature.write(out);
                out.uint(accepted.at).raw(&accepted.seen);
                hashes(out, &accepted.follows);
            }
            Self::Declined(Decline { seal, signer, name, reason, at }) => {
                out.raw(&seal.0).uint(*signer).text(name).text(reason).uint(*at);
            }
            Self::Countersigned(Countersignature { seal, acceptances, who, signature, at }) => {
                out.raw(&seal.0);
                hashes(out, acceptances);
                who.write(out);
                signature.write(out);
                out.uint(*at);
            }
            Self::Received(Receipt { of, at }) => {
                out.raw(&of.0).uint(*at);
            }
        }
    }

    fn read(kind: u8, from: &mut Reader) -> Result<Self, EntryError> {
        Ok(match kind {
            1 => Self::Sealed(read_seal(from)?),
            2 => Self::Withdrawn(Withdrawal {
                seal: hash(from)?,
                reason: words(from, limits::REASON_MAX)?,
                at: from.uint()?,
            }),
            3 => Self::Accepted(Acceptance {
                seal: hash(from)?,
                signer: from.uint()?,
                who: Signatory::read(from)?,
                signature: Signature::read(from)?,
                at: from.uint()?,
                seen: from.array()?,
                follows: several(from, hash)?,
            }),
            4 => Self::Declined(Decline {
                seal: hash(from)?,
                signer: from.uint()?,
                name: words(from, limits::NAME_MAX)?,
                reason: words(from, limits::REASON_MAX)?,
                at: from.uint()?,
            }),
            5 => Self::Countersigned(Countersignature {
                seal: hash(from)?,
                acceptances: several(from, hash)?,
                who: Signatory::read(from)?,
                signature: Signature::read(from)?,
                at: from.uint()?,
            }),
            6 => Self::Received(Receipt { of: hash(from)?, at: from.uint()? }),
            _ => return Err(EntryError::Damaged),
        })
    }
}

impl Signatory {
    fn write(&self, out: &mut Writer) {
        out.text(&self.name).text(&self.mail).text(&self.role);
    }

    fn read(from: &mut Reader) -> Result<Self, EntryError> {
        let name = words(from, limits::NAME_MAX)?;
        let who = Self { name, mail: words(from, limits::MAIL_MAX)?, role: words(from, limits::NAME_MAX)? };
        if who.name.trim().is_empty() { Err(EntryError::Damaged) } else { Ok(who) }
    }
}

fn read_seal(from: &mut Reader) -> Result<Seal, EntryError> {
    let (frozen, blob) = (from.array()?, BlobHash(from.array()?));
    let parts = several(from, |from| Ok(Part { name: from.text()?.to_owned(), hash: from.array()? }))?;
    let shows = several(from, |from| Ok(BlobHash(from.array()?)))?;
    let signers = several(from, |from| {
        Ok(Signer { name: words(from, limits::NAME_MAX)?, mail: words(from, limits::MAIL_MAX)? })
    })?;
    let in_order = match from.u8()? {
        0 => false,
        1 => true,
        _ => return Err(EntryError::Damaged),
    };
    let until = Some(from.uint()?).filter(|time| *time > 0);
    let message = words(from, limits::REASON_MAX)?;
    let (supersedes, at) = (several(from, hash)?, from.uint()?);
    if signers.is_empty() || signers.len() > limits::SIGNERS_MAX {
        return Err(EntryError::Damaged);
    }
    Ok(Seal { frozen, blob, parts, shows, signers, in_order, until, message, supersedes, at })
}

fn hash(from: &mut Reader) -> Result<ActHash, EntryError> {
    Ok(ActHash(from.array()?))
}

fn hashes(out: &mut Writer, all: &[ActHash]) {
    out.uint(all.len() as u64);
    for hash in all {
        out.raw(&hash.0);
    }
}

/// An act with its author's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAct {
    /// What is done.
    pub act: Act,
    /// Whose key signed it.
    pub author: Author,
    /// As it travels.
    pub bytes: Vec<u8>,
}

impl SignedAct {
    /// Signs an act for a room.
    pub fn sign(pen: &Pen, room: RoomId, act: Act) -> Self {
        let bytes = pen::framed(pen, room, act.signed_as(), act.kind(), |out| act.write(out));
        Self { act, author: pen.author(), bytes }
    }

    /// SHA-256 of its bytes: its name.
    pub fn hash(&self) -> ActHash {
        ActHash(Sha256::digest(&self.bytes).into())
    }

    /// Reads an act of a room, and checks its signature.
    ///
    /// # Errors
    /// [`EntryError::Damaged`], [`EntryError::OtherVersion`], and [`EntryError::Forged`] where it was not signed by whom it
    /// names, or not for this room.
    pub fn read(room: RoomId, bytes: &[u8]) -> Result<Self, EntryError> {
        let (author, act) = pen::unframed(room, bytes, |kind, from| {
            let act = Act::read(kind, from)?;
            let what = act.signed_as();
            Ok((act, what))
        })?;
        Ok(Self { act, author, bytes: bytes.to_vec() })
    }
}
