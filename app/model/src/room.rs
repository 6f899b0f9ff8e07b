//! What this device knows of a room apart from the shared documents themselves.

use crate::{Author, RoomId};

/// The keys of a room that this device holds.
#[derive(Clone, PartialEq, Eq)]
pub struct RoomKeys {
    /// Opens and seals the room's entries.
    pub content: [u8; 32],
    /// Seed of this device's own signing key in this room. Never leaves the device.
    pub author_seed: [u8; 32],
    /// Who owns the room.
    pub owner: Author,
}

impl std::fmt::Debug for RoomKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoomKeys").field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// Where a room stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In the list.
    Active,
    /// Kept out of the way.
    Archived,
    /// Deleted at this time, milliseconds since 1970; gone for good once the undo has passed.
    Deleted(u64),
}

/// A room as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRecord {
    /// Its name among rooms.
    pub id: RoomId,
    /// Title as of the last look into the offer document.
    pub title: String,
    /// When it came to this device, milliseconds since 1970.
    pub created: u64,
    /// When something of it last changed on this device.
    pub changed: u64,
    /// Where it stands in the list.
    pub standing: Standing,
    /// Bytes that its entries and blobs take in this device's store. Kept by the store.
    pub bytes: u64,
    /// What this device may open it with.
    pub keys: RoomKeys,
}
