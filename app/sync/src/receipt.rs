//! Receipts of reading: records of how a room was read, sealed so that only its owners can read them.
//!
//! A receipt travels in the room like everything else, also through the hands of other buyers. Whoever carries it sees whose
//! it is, how many there are, and about how long they are. It opens with the owner's seed alone, in its own room and as its own
//! author's alone. docs/formats.md gives the bytes.

mod records;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use curve25519_dalek::montgomery::MontgomeryPoint;
use ed25519_dalek::{SigningKey, VerifyingKey};
use hkdf::Hkdf;
use insight::record::Record;
use model::{Author, RoomId, limits};
use sha2::Sha256;
use stdx::{Cut, Reader, Writer};

pub use records::{read, write};

const VERSION: u8 = 1;
const SEALED_AS: &[u8] = b"handsel reading 1";
/// What is sealed is as long as a multiple of this, so that lengths say little.
const BLOCK: usize = 256;
/// Version, public key and tag.
const AROUND: usize = 1 + 32 + 16;
/// The most bytes that records have to be sealed as one receipt, behind their length of two bytes.
const RECORDS_MAX: usize = (limits::RECEIPT_MAX - AROUND) / BLOCK * BLOCK - 2;

/// Why there is no receipt, or nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The bytes end too early or make no sense.
    #[error("the receipt is damaged")]
    Damaged,
    /// Written by another version of the format.
    #[error("the receipt is of version {0}")]
    OtherVersion(u8),
    /// It was not sealed for this owner, in this room, by this author.
    #[error("the receipt does not open with this key")]
    WrongKey,
    /// A key with which nothing can be kept secret.
    #[error("the key is none to seal with")]
    WeakKey,
    /// The records are more than [`limits::RECEIPT_MAX`] takes.
    #[error("the records are too many for one receipt")]
    TooLarge,
}

impl From<Cut> for ReceiptError {
    fn from(Cut: Cut) -> Self {
        Self::Damaged
    }
}

/// Seals records of `author` in `room` for its owner. `ephemeral` must be random and new: what is sealed is as secret as it is.
///
/// # Errors
/// [`ReceiptError::WeakKey`] where `owner` is no key, and [`ReceiptError::TooLarge`]; see [`parcels`].
pub fn seal(
    room: RoomId,
    author: &Author,
    owner: &Author,
    ephemeral: [u8; 32],
    records: &[Record],
) -> Result<Vec<u8>, ReceiptError> {
    let words = write(records);
    if words.len() > RECORDS_MAX {
        return Err(ReceiptError::TooLarge);
    }
    let owner_point = VerifyingKey::from_bytes(&owner.0).or(Err(ReceiptError::WeakKey))?.to_montgomery();
    let public = MontgomeryPoint::mul_base_clamped(ephemeral).to_bytes();
    let key = key(room, author, owner, &public, owner_point.mul_clamped(ephemeral))?;
    let mut plain = Writer::new();
    plain.bytes(&words);
    let mut plain = plain.finish();
    plain.resize(plain.len().next_multiple_of(BLOCK), 0);
    let head = [&[VERSION][..], &public].concat();
    let sealed = XChaCha20Poly1305::new(&key.into())
        .encrypt(&NONCE.into(), Payload { msg: &plain, aad: &belongs_to(room, author, &head) })
        // The cipher only fails on plaintexts of 256 GiB and more.
        .unwrap_or_default();
    Ok([head, sealed].concat())
}

/// Opens a receipt of `author` in `room` with the owner's seed.
///
/// # Errors
/// As [`ReceiptError`] says.
pub fn open(
    room: RoomId,
    author: &Author,
    owner_seed: &[u8; 32],
    receipt: &[u8],
) -> Result<Vec<Record>, ReceiptError> {
    let mut from = Reader::new(receipt);
    match from.u8()? {
        VERSION => {}
        other => return Err(ReceiptError::OtherVersion(other)),
    }
    let public: [u8; 32] = from.array()?;
    let head = &receipt[..receipt.len() - from.rest().len()];
    let owner = SigningKey::from_bytes(owner_seed);
    let shared = MontgomeryPoint(public).mul_clamped(owner.to_scalar_bytes());
    let key = key(room, author, &Author(owner.verifying_key().to_bytes()), &public, shared)?;
    let plain = XChaCha20Poly1305::new(&key.into())
        .decrypt(&NONCE.into(), Payload { msg: from.rest(), aad: &belongs_to(room, author, head) })
        .or(Err(ReceiptError::WrongKey))?;
    let mut from = Reader::new(&plain);
    let words = from.bytes()?;
    if from.rest().iter().any(|byte| *byte != 0) {
        return Err(ReceiptError::Damaged);
    }
    read(words)
}

/// Records as those that become one receipt each, as few as there can be in this order. One that is too long for a receipt
/// comes in parts, which say together what it does.
pub fn parcels(records: &[Record]) -> Vec<Vec<Record>> {
    let mut parcels: Vec<Vec<Record>> = Vec::new();
    for record in records.iter().flat_map(fitting) {
        if let Some(last) = parcels.last_mut() {
            last.push(record.clone());
            if fits(last) {
                continue;
            }
            last.pop();
        }
        parcels.push(Vec::from([record]));
    }
    parcels
}

fn fits(records: &[Record]) -> bool {
    write(records).len() <= RECORDS_MAX
}

/// A record as one or more that fit. What is too long and cannot be divided says nothing that anybody could have read, and is
/// left out.
fn fitting(record: &Record) -> Vec<Record> {
    if fits(std::slice::from_ref(record)) {
        return Vec::from([record.clone()]);
    }
    match record.halves() {
        Some((first, second)) => [fitting(&first), fitting(&second)].concat(),
        None => Vec::new(),
    }
}

/// Each key seals once, so that the nonce need not differ.
const NONCE: [u8; 24] = [0; 24];

/// The key of one receipt.
fn key(
    room: RoomId,
    author: &Author,
    owner: &Author,
    public: &[u8; 32],
    shared: MontgomeryPoint,
) -> Result<[u8; 32], ReceiptError> {
    let shared = shared.to_bytes();
    // Points of small order make the same of every secret.
    if shared == [0; 32] {
        return Err(ReceiptError::WeakKey);
    }
    let mut key = [0; 32];
    let info = [SEALED_AS, &room.0, &author.0, &owner.0, public].concat();
    let made = Hkdf::<Sha256>::new(None, &shared).expand(&info, &mut key);
    // It refuses lengths above 255 hashes only.
    stdx::never!(made.is_err());
    Ok(key)
}

/// What belongs to a receipt though it is not secret.
fn belongs_to(room: RoomId, author: &Author, head: &[u8]) -> Vec<u8> {
    [&room.0[..], &author.0, head].concat()
}

#[cfg(test)]
mod tests;
