//! Signing, and checking what others signed.
//!
//! Everything that is signed begins with what it is and the room that it is for, so that a signature never holds for
//! anything else.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use model::{Author, RoomId};
use stdx::{Reader, Writer};

use crate::ledger::EntryError;

/// How many bytes a signature has.
pub(crate) const SIGNATURE: usize = 64;

/// Signs with one secret key.
pub struct Pen {
    key: SigningKey,
}

impl Pen {
    /// A pen from its secret seed.
    pub fn new(seed: &[u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(seed) }
    }

    /// The public key, by which others know what this pen signed.
    pub fn public(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// The signature over `parts` as `what` of `room`.
    pub(crate) fn stamp(&self, what: &[u8], room: RoomId, parts: &[&[u8]]) -> [u8; SIGNATURE] {
        self.key.sign(&message(what, room, parts)).to_bytes()
    }
}

/// The version of the frame of what is signed for itself.
const FRAME: u8 = 1;

/// Something that is signed for itself: its frame's version, its kind, its author, what it says, and the signature over these.
pub(crate) fn framed(
    pen: &Pen,
    room: RoomId,
    what: &[u8],
    kind: u8,
    write: impl FnOnce(&mut Writer),
) -> Vec<u8> {
    let mut out = Writer::new();
    out.u8(FRAME).u8(kind).raw(&pen.author().0);
    write(&mut out);
    let mut bytes = out.finish();
    bytes.extend(pen.stamp(what, room, &[&bytes]));
    bytes
}

/// Reads what [`framed`] wrote, and checks its signature. `read` gives what it says, and as what that is signed.
pub(crate) fn unframed<T>(
    room: RoomId,
    bytes: &[u8],
    read: impl FnOnce(u8, &mut Reader) -> Result<(T, &'static [u8]), EntryError>,
) -> Result<(Author, T), EntryError> {
    let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(EntryError::Damaged)?;
    let mut from = Reader::new(body);
    match from.u8()? {
        FRAME => {}
        other => return Err(EntryError::OtherVersion(other)),
    }
    let (kind, author) = (from.u8()?, Author(from.array()?));
    let (said, what) = read(kind, &mut from)?;
    if !from.is_empty() {
        return Err(EntryError::Damaged);
    }
    if !holds(&author.0, signature, what, room, &[body]) {
        return Err(EntryError::Forged);
    }
    Ok((author, said))
}

/// Whether `signature` is that of the key `public` over `parts` as `what` of `room`; by the strict rules, which refuse keys
/// of small order.
pub(crate) fn holds(
    public: &[u8; 32],
    signature: &[u8; SIGNATURE],
    what: &[u8],
    room: RoomId,
    parts: &[&[u8]],
) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(public)
        .is_ok_and(|key| key.verify_strict(&message(what, room, parts), &signature).is_ok())
}

fn message(what: &[u8], room: RoomId, parts: &[&[u8]]) -> Vec<u8> {
    [&[what, &room.0], parts].concat().concat()
}
