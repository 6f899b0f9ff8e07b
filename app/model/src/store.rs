//! The port to durable storage.

use std::{future::Future, pin::Pin};

use crate::{BlobHash, Chain, EntryHash, Head, RoomId, RoomRecord, StoredBlob, StoredEntry};

/// A value that comes later, on this thread.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// Why the store did not do what was asked. Nothing of a refused write is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser's space for this site is used up.
    #[error("storage is full: {0}")]
    Full(String),
    /// The browser keeps nothing for this site, as in some private windows.
    #[error("storage is refused: {0}")]
    Refused(String),
    /// Another tab holds an older version of the store open.
    #[error("storage is held by another tab: {0}")]
    Blocked(String),
    /// The store was written by a newer version of the program.
    #[error("storage is from a newer version: {0}")]
    Newer(String),
    /// The connection to the store broke and could not be made again.
    #[error("storage was lost: {0}")]
    Lost(String),
    /// What is stored cannot be read as what it should be.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The caller's own work inside the write failed.
    #[error("nothing was written: {0}")]
    Cancelled(String),
}

/// What a write changes in the room's record, in the same transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touch {
    /// When, milliseconds since 1970; 0 leaves the old time.
    pub changed: u64,
    /// The title that the room has now, where it changed.
    pub title: Option<String>,
}

/// Makes a chain's next entries, knowing where it ends. Called at most once, inside the write.
pub type BuildEntries = Box<dyn FnOnce(Head) -> Result<Vec<StoredEntry>, String>>;

/// Makes of a setting what it is to be. It may be called more than once, and only the last answer is kept.
pub type ChangeSetting = Box<dyn FnMut(&str) -> String>;

/// Rooms with their entries and blobs, kept on this device. Every write is durable when its answer is `Ok`.
///
/// Several tabs may use one store: each method is one transaction, so that chains never fork between tabs.
pub trait RoomStore {
    /// All rooms, deleted ones too, in no order.
    fn rooms(&self) -> Later<Result<Vec<RoomRecord>, StoreError>>;
    /// One room.
    fn room(&self, id: RoomId) -> Later<Result<Option<RoomRecord>, StoreError>>;
    /// Adds a room, or changes title, times, standing and keys of one; `bytes` stays the store's own count.
    fn put_room(&self, room: RoomRecord) -> Later<Result<(), StoreError>>;
    /// Removes a room with all its entries and blobs for good. Removing what is not there is fine.
    fn erase_room(&self, id: RoomId) -> Later<Result<(), StoreError>>;
    /// A room's entries in the order in which they were stored, except that a squashed entry stands where its first
    /// part stood.
    fn entries(&self, room: RoomId) -> Later<Result<Vec<StoredEntry>, StoreError>>;
    /// Appends to a chain the entries that `build` makes from its end. Answers what was stored.
    /// [`StoreError::Damaged`] when the room is not there.
    fn append(
        &self,
        room: RoomId,
        chain: Chain,
        touch: Touch,
        build: BuildEntries,
    ) -> Later<Result<Vec<StoredEntry>, StoreError>>;
    /// Stores entries that came from elsewhere; ones already there, or covered by a squashed one of the same author
    /// and document, are left out. Answers which were new.
    fn accept(
        &self,
        room: RoomId,
        touch: Touch,
        entries: Vec<StoredEntry>,
    ) -> Later<Result<Vec<EntryHash>, StoreError>>;
    /// Replaces the `covered` entries by `entry`, which says the same. Does nothing, and answers `false`, when any of
    /// them is no longer there.
    fn squash(
        &self,
        room: RoomId,
        entry: StoredEntry,
        covered: Vec<EntryHash>,
    ) -> Later<Result<bool, StoreError>>;
    /// Keeps blobs of a room, all or none of them; those that are there already stay as they are. The room then changed at
    /// `now`, milliseconds since 1970. [`StoreError::Damaged`] when the room is not there.
    fn put_blobs(&self, room: RoomId, blobs: Vec<StoredBlob>, now: u64) -> Later<Result<(), StoreError>>;
    /// The sealed bytes of a blob, where the room has it.
    fn blob(&self, room: RoomId, hash: BlobHash) -> Later<Result<Option<Vec<u8>>, StoreError>>;
    /// The names of a room's blobs, in no order.
    fn blobs(&self, room: RoomId) -> Later<Result<Vec<BlobHash>, StoreError>>;
    /// Removes blobs of a room for good, unless the room has changed at `calm_since` or later: then somebody may be about to
    /// refer to them. Removing what is not there is fine.
    fn drop_blobs(
        &self,
        room: RoomId,
        hashes: Vec<BlobHash>,
        calm_since: u64,
    ) -> Later<Result<(), StoreError>>;
    /// A small setting of this device.
    fn setting(&self, name: &str) -> Later<Result<Option<String>, StoreError>>;
    /// Stores a small setting.
    fn put_setting(&self, name: &str, value: &str) -> Later<Result<(), StoreError>>;
    /// Changes a small setting, which is empty where there is none, so that no other change comes between reading and
    /// writing it. Answers what it is then.
    fn change_setting(&self, name: &str, change: ChangeSetting) -> Later<Result<String, StoreError>>;
}
