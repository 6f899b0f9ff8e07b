//! The stored form of what was written: signed entries, sealed for whoever holds the room's content key.

use crate::{Author, DocName, EntryHash};

/// A sealed entry as a store keeps it. The plain fields repeat what is sealed, so that a store can order and replace
/// entries without a key; whoever opens an entry trusts only what is inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Hash of the signed entry.
    pub hash: EntryHash,
    /// Whose chain it belongs to.
    pub author: Author,
    /// First number of the author's chain that it covers; entries count from 1.
    pub first: u64,
    /// Last number it covers; more than `first` when the author squashed a range into one.
    pub last: u64,
    /// Which shared document it changes.
    pub doc: DocName,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// The end of an author's chain in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry, 0 before the first.
    pub number: u64,
    /// Its hash, zeros before the first.
    pub hash: EntryHash,
}

impl Head {
    /// Before the first entry.
    pub const START: Self = Self { number: 0, hash: EntryHash([0; 32]) };
}
