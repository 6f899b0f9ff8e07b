//! What is carried, and under which names.

use model::{BlobHash, EntryHash, hex, unhex};
use sha2::{Digest, Sha256};

/// So often a thing is put into a carrier that loses it.
pub const TRIES: u8 = 16;

/// What a carrier carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// A sealed entry. Only who opens it knows whether the bytes are that.
    Entry(EntryHash),
    /// Of which pieces a sealed blob consists: their digests, one after the other, and the digest of all of these.
    List(BlobHash, [u8; 32]),
    /// A piece of a sealed blob, by its digest.
    Piece([u8; 32]),
}

/// The SHA-256 by which lists and pieces are named.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Name {
    /// Whether these bytes can be what is named. Of an entry they always can.
    pub(super) fn fits(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Entry(_) => true,
            Self::List(_, named) | Self::Piece(named) => digest(bytes) == *named,
        }
    }

    /// The client that puts it in, the `attempt`th time.
    pub(super) fn client(&self, attempt: u8) -> u64 {
        let digest = match self {
            Self::Entry(hash) => Sha256::new().chain_update(b"handsel carrier 1").chain_update(hash.0),
            part => {
                Sha256::new().chain_update(b"handsel carrier blobs 1").chain_update(part.text(0).as_bytes())
            }
        };
        let mut first = [0; 8];
        first.copy_from_slice(&digest.chain_update([attempt]).finalize()[..8]);
        u64::from_be_bytes(first) >> 11
    }

    /// The map in which it is.
    pub(super) fn map(&self) -> &'static str {
        match self {
            Self::Entry(_) => ENTRIES,
            Self::List(..) | Self::Piece(_) => BLOBS,
        }
    }

    /// Its key in the map.
    pub(super) fn text(&self, attempt: u8) -> String {
        let name = match self {
            Self::Entry(hash) => hash.to_string(),
            Self::List(blob, digest) => format!("{}/{}", hex(&blob.0), hex(digest)),
            Self::Piece(digest) => hex(digest),
        };
        if attempt == 0 { name } else { format!("{name}.{attempt}") }
    }

    /// Reads a key of the map `map`: the name, and the attempt.
    pub(super) fn read(map: &str, key: &str) -> Option<(Self, u8)> {
        let (name, attempt) = match key.split_once('.') {
            Some((name, attempt)) => {
                (name, attempt.parse().ok().filter(|attempt| (1..TRIES).contains(attempt))?)
            }
            None => (key, 0),
        };
        let bytes = |digits: &str| <[u8; 32]>::try_from(unhex(digits)?).ok();
        let name = match (map, name.split_once('/')) {
            (ENTRIES, _) => Self::Entry(EntryHash::parse(name)?),
            (_, Some((blob, digest))) => Self::List(BlobHash(bytes(blob)?), bytes(digest)?),
            (_, None) => Self::Piece(bytes(name)?),
        };
        Some((name, attempt))
    }
}

/// The names of the maps.
pub(super) const ENTRIES: &str = "entries";
pub(super) const BLOBS: &str = "blobs";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_maps_come_back() {
        let names =
            [Name::Entry(EntryHash([1; 32])), Name::List(BlobHash([2; 32]), [3; 32]), Name::Piece([4; 32])];
        let mut clients = Vec::new();
        for name in names {
            for attempt in [0, 1, TRIES - 1] {
                assert_eq!(Name::read(name.map(), &name.text(attempt)), Some((name, attempt)));
                clients.push(name.client(attempt));
            }
        }
        assert!(clients.iter().all(|client| *client < 1 << 53));
        clients.sort_unstable();
        clients.dedup();
        assert_eq!(clients.len(), 9);
        for wrong in
            ["", "x", "/", &hex(&[1; 31]), &format!("{}.16", hex(&[1; 32])), &format!("{}.x", hex(&[1; 32]))]
        {
            assert_eq!(Name::read(ENTRIES, wrong), None, "{wrong}");
            assert_eq!(Name::read(BLOBS, wrong), None, "{wrong}");
        }
    }

    /// The examples of docs/formats.md.
    #[test]
    fn clients_follow_from_names() {
        assert_eq!(Name::Entry(EntryHash([0; 32])).client(0), 8531431278013644);
        assert_eq!(Name::Piece([0; 32]).client(0), 5378945394722693);
    }
}
