//! Signed entries: the form in which all writing in a room is stored and travels.
//!
//! A batch of changes to one shared document is an entry: who wrote it, where it stands in the author's chain on that document, and the
//! changes, signed with Ed25519. For storage and transport the signed entry is sealed with XChaCha20-Poly1305 under the
//! room's content key, so that only the room's name and epoch are in clear. docs/formats.md gives the bytes.
//!
//! An entry is judged by itself and by its signed ancestors, never by the state of whoever receives it: otherwise copies
//! that received the same entries could end up different.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use model::{Author, DocName, EntryHash, RoomId, StoredEntry, limits};
use sha2::{Digest, Sha256};
use stdx::{Cut, Reader, Writer};

use crate::pen::{self, SIGNATURE};

pub use crate::pen::Pen;

const VERSION: u8 = 1;
const SIGNED_AS: &[u8] = b"handsel entry 1";
/// Below this size packing costs more than it saves.
const PACK_FROM: usize = 160;

/// Why bytes are not an entry of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The bytes end too early or make no sense.
    #[error("the entry is damaged")]
    Damaged,
    /// Written by another version of the format.
    #[error("the entry is of version {0}")]
    OtherVersion(u8),
    /// It belongs to another room.
    #[error("the entry belongs to another room")]
    OtherRoom,
    /// The content key does not open it.
    #[error("the entry does not open with this key")]
    WrongKey,
    /// The signature is not the author's.
    #[error("the entry is not signed by its author")]
    Forged,
    /// Unpacked it would be larger than [`limits::ENTRY_MAX`].
    #[error("the entry is too large")]
    TooLarge,
}

impl From<Cut> for EntryError {
    fn from(Cut: Cut) -> Self {
        Self::Damaged
    }
}

/// A run of the program on one device. It names the client of the shared documents, so that the author of each
/// character can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session(pub [u8; 8]);

impl Session {
    /// The client number in the shared documents: the first 53 bits of SHA-256 over author and session.
    pub fn client(&self, author: &Author) -> u64 {
        let hash = Sha256::new().chain_update(author.0).chain_update(self.0).finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        u64::from_be_bytes(first) >> 11
    }
}

/// What an entry says, apart from its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who wrote it.
    pub author: Author,
    /// First number of the author's chain on the document that it covers, from 1.
    pub first: u64,
    /// Last number it covers; larger than `first` when it stands for a squashed range.
    pub last: u64,
    /// Hash of the chain's entry before `first`, zeros at the start.
    pub prev: EntryHash,
    /// The sessions whose clients wrote what is inside.
    pub sessions: Vec<Session>,
    /// The shared document that it changes.
    pub doc: DocName,
    /// The changes: a Yjs update, version 1.
    pub update: Vec<u8>,
}

/// An entry with its author's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEntry {
    /// What it says.
    pub entry: Entry,
    /// The signed bytes, signature included.
    pub bytes: Vec<u8>,
}

impl Pen {
    /// The author that this pen signs as.
    pub fn author(&self) -> Author {
        Author(self.public())
    }

    /// Signs `entry` for `room`. The entry's author must be the pen's own.
    pub fn sign(&self, room: RoomId, epoch: u64, entry: Entry) -> SignedEntry {
        stdx::never!(entry.author != self.author());
        let mut bytes = write(&entry);
        let signature = self.stamp(SIGNED_AS, room, &[&uint(epoch), &bytes]);
        bytes.extend_from_slice(&signature);
        SignedEntry { entry, bytes }
    }
}

fn uint(value: u64) -> Vec<u8> {
    let mut out = Writer::new();
    out.uint(value);
    out.finish()
}

fn write(entry: &Entry) -> Vec<u8> {
    let packed = (entry.update.len() >= PACK_FROM)
        .then(|| miniz_oxide::deflate::compress_to_vec(&entry.update, 8))
        .filter(|packed| packed.len() < entry.update.len());
    let mut out = Writer::new();
    out.u8(VERSION).raw(&entry.author.0).uint(entry.first).uint(entry.last - entry.first).raw(&entry.prev.0);
    out.uint(entry.sessions.len() as u64);
    for session in &entry.sessions {
        out.raw(&session.0);
    }
    out.text(&entry.doc.name());
    match &packed {
        Some(packed) => out.u8(1).bytes(packed),
        None => out.u8(0).bytes(&entry.update),
    };
    out.finish()
}

fn read(body: &[u8]) -> Result<Entry, EntryError> {
    let mut from = Reader::new(body);
    match from.u8()? {
        VERSION => {}
        other => return Err(EntryError::OtherVersion(other)),
    }
    let author = Author(from.array()?);
    let first = from.uint()?;
    let last = first.checked_add(from.uint()?).ok_or(EntryError::Damaged)?;
    let prev = EntryHash(from.array()?);
    let count = from.uint()?;
    let mut sessions = Vec::new();
    for _ in 0..count {
        sessions.push(Session(from.array()?));
    }
    let doc = DocName::parse(from.text()?).ok_or(EntryError::Damaged)?;
    let packing = from.u8()?;
    let body = from.bytes()?;
    let update = match packing {
        0 if body.len() <= limits::ENTRY_MAX => body.to_vec(),
        1 => miniz_oxide::inflate::decompress_to_vec_with_limit(body, limits::ENTRY_MAX).map_err(
            |failure| match failure.status {
                miniz_oxide::inflate::TINFLStatus::HasMoreOutput => EntryError::TooLarge,
                _ => EntryError::Damaged,
            },
        )?,
        0 => return Err(EntryError::TooLarge),
        _ => return Err(EntryError::Damaged),
    };
    if !from.is_empty() || first == 0 {
        return Err(EntryError::Damaged);
    }
    Ok(Entry { author, first, last, prev, sessions, doc, update })
}

impl SignedEntry {
    /// Reads signed bytes and checks the signature.
    pub fn read(room: RoomId, epoch: u64, bytes: &[u8]) -> Result<Self, EntryError> {
        let signed = Self::read_trusted(bytes)?;
        let (body, signature) = bytes.split_last_chunk::<SIGNATURE>().ok_or(EntryError::Damaged)?;
        let author = &signed.entry.author.0;
        if !pen::holds(author, signature, SIGNED_AS, room, &[&uint(epoch), body]) {
            return Err(EntryError::Forged);
        }
        Ok(signed)
    }

    /// Reads signed bytes from this device's own store, where the signature was checked when they came in.
    pub fn read_trusted(bytes: &[u8]) -> Result<Self, EntryError> {
        let body = bytes.split_last_chunk::<SIGNATURE>().ok_or(EntryError::Damaged)?.0;
        Ok(Self { entry: read(body)?, bytes: bytes.to_vec() })
    }

    /// SHA-256 of the signed bytes: the entry's name.
    pub fn hash(&self) -> EntryHash {
        EntryHash(Sha256::digest(&self.bytes).into())
    }

    /// Seals the entry for storage and transport. `nonce` must be random and new.
    pub fn seal(&self, room: RoomId, epoch: u64, content_key: &[u8; 32], nonce: [u8; 24]) -> StoredEntry {
        let mut out = Writer::new();
        out.u8(VERSION).raw(&room.0).uint(epoch);
        let head = out.clone().finish();
        let sealed = XChaCha20Poly1305::new(content_key.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: &self.bytes, aad: &head })
            // The cipher only fails on plaintexts of 256 GiB and more.
            .unwrap_or_default();
        out.raw(&nonce).raw(&sealed);
        StoredEntry {
            hash: self.hash(),
            author: self.entry.author,
            first: self.entry.first,
            last: self.entry.last,
            doc: self.entry.doc,
            sealed: out.finish(),
        }
    }
}

/// The epoch of sealed bytes of `room`, which is in clear: it says which content key opens them.
pub fn epoch_of(room: RoomId, sealed: &[u8]) -> Result<u64, EntryError> {
    head(room, &mut Reader::new(sealed))
}

fn head(room: RoomId, from: &mut Reader) -> Result<u64, EntryError> {
    match from.u8()? {
        VERSION => {}
        other => return Err(EntryError::OtherVersion(other)),
    }
    if from.raw(16)? != room.0 {
        return Err(EntryError::OtherRoom);
    }
    Ok(from.uint()?)
}

/// Opens sealed bytes of `room` and answers the epoch and the signed bytes within, not yet read or checked.
pub fn unseal(room: RoomId, content_key: &[u8; 32], sealed: &[u8]) -> Result<(u64, Vec<u8>), EntryError> {
    let mut from = Reader::new(sealed);
    let epoch = head(room, &mut from)?;
    let head = &sealed[..sealed.len() - from.rest().len()];
    let nonce: [u8; 24] = from.array()?;
    let bytes = XChaCha20Poly1305::new(content_key.into())
        .decrypt(&XNonce::from(nonce), Payload { msg: from.rest(), aad: head })
        .or(Err(EntryError::WrongKey))?;
    Ok((epoch, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId([7; 16]);
    const KEY: [u8; 32] = [9; 32];

    fn entry(pen: &Pen, update: Vec<u8>) -> Entry {
        Entry {
            author: pen.author(),
            first: 3,
            last: 5,
            prev: EntryHash([1; 32]),
            sessions: vec![Session([4; 8]), Session([5; 8])],
            doc: DocName::Content,
            update,
        }
    }

    fn sealed(update: Vec<u8>) -> (SignedEntry, StoredEntry) {
        let pen = Pen::new(&[3; 32]);
        let signed = pen.sign(ROOM, 0, entry(&pen, update));
        let stored = signed.seal(ROOM, 0, &KEY, [6; 24]);
        (signed, stored)
    }

    #[test]
    fn an_entry_comes_back_from_its_seal_with_its_signature_checked() {
        for update in [vec![], vec![1, 2, 3], b"words ".repeat(500)] {
            let (signed, stored) = sealed(update);
            let (epoch, bytes) = unseal(ROOM, &KEY, &stored.sealed).unwrap();
            let back = SignedEntry::read(ROOM, epoch, &bytes).unwrap();
            assert_eq!(back, signed);
            assert_eq!(back.hash(), stored.hash);
        }
        assert!(sealed(b"words ".repeat(500)).1.sealed.len() < 400, "long entries are packed");
    }

    #[test]
    fn each_wrong_thing_is_named() {
        let (signed, stored) = sealed(vec![1]);
        assert_eq!(unseal(RoomId([8; 16]), &KEY, &stored.sealed), Err(EntryError::OtherRoom));
        assert_eq!(unseal(ROOM, &[0; 32], &stored.sealed), Err(EntryError::WrongKey));
        assert_eq!(unseal(ROOM, &KEY, &stored.sealed[..30]), Err(EntryError::Damaged));
        assert_eq!(unseal(ROOM, &KEY, &[9, 9]), Err(EntryError::OtherVersion(9)));
        assert_eq!(
            SignedEntry::read(ROOM, 1, &signed.bytes),
            Err(EntryError::Forged),
            "an entry holds in one epoch"
        );
        assert_eq!(SignedEntry::read(RoomId([8; 16]), 0, &signed.bytes), Err(EntryError::Forged));
        let other = Pen::new(&[4; 32]);
        let mut forged = other.sign(ROOM, 0, entry(&other, vec![1])).bytes;
        forged[1..33].copy_from_slice(&signed.entry.author.0);
        assert_eq!(SignedEntry::read(ROOM, 0, &forged), Err(EntryError::Forged));
    }

    #[test]
    fn an_entry_that_unpacks_without_end_is_refused() {
        let pen = Pen::new(&[3; 32]);
        let bomb = pen.sign(ROOM, 0, entry(&pen, vec![0; limits::ENTRY_MAX + 1]));
        assert!(bomb.bytes.len() < 100_000);
        assert_eq!(SignedEntry::read(ROOM, 0, &bomb.bytes), Err(EntryError::TooLarge));
    }

    #[test]
    fn changed_bytes_never_pass_and_never_panic() {
        let (signed, stored) = sealed(b"some words that were agreed upon ".repeat(9));
        for seed in 0..3_000u64 {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut bytes = signed.bytes.clone();
            let at = random.usize(..bytes.len());
            bytes[at] ^= 1 << random.u8(..8);
            bytes.truncate(random.usize(at..=bytes.len()));
            assert!(SignedEntry::read(ROOM, 0, &bytes).is_err(), "seed {seed}");
            let _ = SignedEntry::read_trusted(&bytes);
            let mut bytes = stored.sealed.clone();
            let at = random.usize(..bytes.len());
            bytes[at] ^= 1 << random.u8(..8);
            assert!(unseal(ROOM, &KEY, &bytes).is_err(), "seed {seed}");
        }
    }

    #[test]
    fn clients_have_53_bits_and_differ_by_session() {
        let author = Author([1; 32]);
        let one = Session([1; 8]).client(&author);
        assert!(one < 1 << 53);
        assert_ne!(one, Session([2; 8]).client(&author));
    }
}
