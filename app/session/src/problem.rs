//! What can go wrong, as far as somebody must hear of it.

use exchange::bundle::OpenError;
use model::{CipherError, StoreError};
use replica::Refused;
use sync::ledger::EntryError;

/// Why something that was asked for did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A link or a file does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// This page may not use the browser's cryptography.
    #[error("no cryptography: {0}")]
    NoCryptography(String),
    /// This device has no such room.
    #[error("no such room")]
    NoSuchRoom,
    /// A shared document refused a change.
    #[error(transparent)]
    Document(#[from] Refused),
    /// A text file is larger than [`model::limits::IMPORT_MAX`].
    #[error("the file is too large")]
    FileTooLarge,
    /// Bytes to be kept beside the text are more than [`model::limits::BLOB_MAX`].
    #[error("the blob is too large")]
    BlobTooLarge,
    /// The room would be larger than [`model::limits::ROOM_MAX`].
    #[error("the room is full")]
    RoomFull,
    /// A text file is not text.
    #[error("the file is not text")]
    NotText,
    /// This device may not do that in the room.
    #[error("no right to do that here")]
    NoRight,
    /// The link ended at this time, milliseconds since 1970.
    #[error("the link ended")]
    Expired(u64),
    /// What reads texts from elsewhere is not here, or did not cope.
    #[error("texts cannot be read: {0}")]
    NoReader(String),
}

impl From<CipherError> for Problem {
    fn from(error: CipherError) -> Self {
        match error {
            CipherError::Wrong => Self::Open(OpenError::WrongKey),
            CipherError::Unavailable(why) => Self::NoCryptography(why),
        }
    }
}

impl From<EntryError> for Problem {
    fn from(error: EntryError) -> Self {
        Self::Open(match error {
            EntryError::OtherVersion(_) => OpenError::OtherVersion,
            EntryError::TooLarge => OpenError::TooLarge,
            EntryError::WrongKey => OpenError::WrongKey,
            EntryError::Damaged | EntryError::OtherRoom | EntryError::Forged => OpenError::Damaged,
        })
    }
}
