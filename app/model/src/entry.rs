//! The stored form of what was written: signed entries and blobs, sealed for whoever holds the room's content key.

use crate::{Author, BlobHash, DocName, EntryHash};

/// A sealed entry as a store keeps it. The plain fields repeat what is sealed, so that a store can order and replace
/// entries without a key; whoever opens an entry trusts only what is inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Hash of the signed entry.
    pub hash: EntryHash,
    /// Whose chain on the document it belongs to.
    pub author: Author,
    /// First number of the chain that it covers; entries count from 1.
    pub first: u64,
    /// Last number it covers; more than `first` when the author squashed a range into one.
    pub last: u64,
    /// Which shared document it changes.
    pub doc: DocName,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// A sealed blob as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    /// Hash of the plain bytes.
    pub hash: BlobHash,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// A chain of entries in a room: those of one author on one document, numbered from 1. Each document has chains of its
/// own, so that an author's entries on it always follow each other and can be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chain {
    /// Who writes it.
    pub author: Author,
    /// What it writes on.
    pub doc: DocName,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry, 0 before the first.
    pub number: u64,
    /// Its hash, zeros before the first.
    pub hash: EntryHash,
}

impl StoredEntry {
    /// The chain that it belongs to.
    pub fn chain(&self) -> Chain {
        Chain { author: self.author, doc: self.doc }
    }
}

impl Head {
    /// Before the first entry.
    pub const START: Self = Self { number: 0, hash: EntryHash([0; 32]) };
}
