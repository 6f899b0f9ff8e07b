//! The stored form of a blob: bytes that stand outside of the text, such as those of an image. A blob is named by what
//! it is, so nobody can put other bytes in its place.
//!
//! Blobs are large, so they are sealed by the browser's own cipher, with AES-256-GCM; here is only what goes into it.

use model::{BlobHash, RoomId};
use sha2::{Digest, Sha256};
use stdx::{Reader, Writer};

const VERSION: u8 = 1;

/// The name of a blob.
pub fn name(plain: &[u8]) -> BlobHash {
    BlobHash(Sha256::digest(plain).into())
}

/// The name of bytes that come in pieces, as [`name`] would make it of all.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Takes the next piece.
    pub fn take(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The SHA-256 of all pieces.
    pub fn value(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The key for blobs of the room with this content key. Another cipher works with the content key itself.
pub fn key(content_key: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(b"handsel blob key 1").chain_update(content_key).finalize().into()
}

/// The nonce for a blob under [`key`]. One blob has one nonce, so it is sealed to the same bytes on every device, and pieces
/// of it from several belong together; another blob has another.
pub fn nonce(key: &[u8; 32], hash: BlobHash) -> [u8; 12] {
    let digest = Sha256::new().chain_update(b"handsel blob nonce 1").chain_update(key).chain_update(hash.0);
    let mut nonce = [0; 12];
    nonce.copy_from_slice(&digest.finalize()[..12]);
    nonce
}

/// What belongs to a sealed blob though it is not secret: a blob opens in its room only, and under its own name.
pub fn sealed_as(room: RoomId, hash: BlobHash) -> Vec<u8> {
    [&b"handsel blob 1"[..], &room.0, &hash.0].concat()
}

/// A sealed blob with its nonce, as it is stored.
pub fn write(nonce: &[u8; 12], sealed: &[u8]) -> Vec<u8> {
    let mut out = Writer::new();
    out.u8(VERSION).raw(nonce).raw(sealed);
    out.finish()
}

/// Reads what [`write`] wrote: the nonce and what was sealed with it. None for another version.
pub fn read(stored: &[u8]) -> Option<([u8; 12], Vec<u8>)> {
    let mut from = Reader::new(stored);
    from.u8().ok().filter(|version| *version == VERSION)?;
    Some((from.array().ok()?, from.rest().to_vec()))
}
