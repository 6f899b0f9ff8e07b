//! Signing, and checking what others signed.
//!
//! Everything that is signed begins with what it is and the room that it is for, so that a signature never holds for
//! anything else.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use model::RoomId;

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
