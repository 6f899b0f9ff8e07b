//! What this device knows of a room apart from the shared documents themselves.

use crate::{Author, RoomId};

/// The keys of a room that this device holds.
#[derive(Clone, PartialEq, Eq)]
pub struct RoomKeys {
    /// Opens and seals the entries of the first epoch, and the blobs in this device's store.
    pub content: [u8; 32],
    /// The same for the epochs after the first.
    pub later: Vec<[u8; 32]>,
    /// Seed of this device's own signing key in this room. Never leaves the device.
    pub author_seed: [u8; 32],
    /// Who owns the room.
    pub owner: Author,
    /// What this device may do in the room, where the room has rights at all. Rooms from before there were rights, or
    /// that are open to any Yjs program, have none: whoever has the content key may write.
    pub pass: Option<Pass>,
}

/// By what this device takes part in a room with rights.
#[derive(Clone, PartialEq, Eq)]
pub struct Pass {
    /// The secret of the link that this device holds.
    pub secret: [u8; 32],
    /// The owner's certificate for it, as it was signed.
    pub certificate: Vec<u8>,
    /// The owner's own seed, where this device is one of the owner's.
    pub owner_seed: Option<[u8; 32]>,
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pass").field("owns", &self.owner_seed.is_some()).finish_non_exhaustive()
    }
}

impl RoomKeys {
    /// The content key of an epoch, where this device has it.
    pub fn of_epoch(&self, epoch: u64) -> Option<&[u8; 32]> {
        match epoch.checked_sub(1) {
            None => Some(&self.content),
            Some(later) => self.later.get(usize::try_from(later).ok()?),
        }
    }

    /// The newest epoch whose content key this device has.
    pub fn epoch(&self) -> u64 {
        self.later.len() as u64
    }

    /// The content key of the newest epoch.
    pub fn newest(&self) -> &[u8; 32] {
        self.later.last().unwrap_or(&self.content)
    }
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
    /// To make rooms of, among the templates.
    Template,
    /// In the list of the selling team's own, not in that of rooms.
    Team,
    /// In no list: it is the workspace of another room, and goes with that.
    Workspace,
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
    /// For whom links to it were given out, in order, an empty name where for nobody in particular. None where this device is
    /// not one of the owner's, and where nobody has looked yet.
    pub given: Option<Vec<String>>,
}
