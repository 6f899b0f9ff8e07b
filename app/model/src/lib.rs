//! What a room is made of, and the ports through which the program reaches the world.
//!
//! A port is a trait here, with an implementation in memory beside it and one acceptance suite that every
//! implementation passes (`acceptance`). Nothing here knows a browser, a shared document or a signal.

pub mod acceptance;
mod cipher;
mod entry;
mod ids;
pub mod limits;
mod memory;
mod right;
mod room;
mod store;
mod transfer;

pub use cipher::{Cipher, CipherError, Entropy};
pub use entry::{Chain, Head, StoredBlob, StoredEntry};
pub use ids::{
    ActHash, Author, BlobHash, DocName, EntryHash, LinkKey, RoomId, SectionId, StatementHash, hex, unhex,
};
pub use memory::MemoryStore;
pub use right::Right;
pub use room::{Pass, RoomKeys, RoomRecord, Standing};
pub use store::{BuildEntries, ChangeSetting, Later, RoomStore, StoreError, Touch};
pub use transfer::{Answer, Ask, Transfer, Unanswered, Watch};
