//! What can go wrong, as far as somebody must hear of it.

use exchange::{bundle::OpenError, frozen::FrozenError};
use model::{CipherError, StoreError, Unanswered};
use replica::Refused;
use sync::ledger::EntryError;

use terms::{approval::Verdict, rule::Gate};

use crate::{Held, room::NotSigned};

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
    /// A file for the room is larger than [`model::limits::SHARED_FILE_MAX`].
    #[error("the file is too large for a room")]
    SharedFileTooLarge,
    /// Pieces of a file are not on this device.
    #[error("the file is not here")]
    FileMissing,
    /// A file is not what was said of it, or changed while it was read.
    #[error("the file differs")]
    FileDiffers,
    /// Another file has this name there.
    #[error("the name is taken")]
    NameTaken,
    /// The room would be larger than [`model::limits::ROOM_MAX`].
    #[error("the room is full")]
    RoomFull,
    /// A version that was kept cannot be read.
    #[error(transparent)]
    Frozen(#[from] FrozenError),
    /// A text file is not text.
    #[error("the file is not text")]
    NotText,
    /// This device may not do that in the room.
    #[error("no right to do that here")]
    NoRight,
    /// What a comment would be about is not there for everybody who could read it.
    #[error("not everybody has what this is about")]
    NotShared,
    /// Steps of the plan would be counted from each other, or wait for each other, in this circle.
    #[error("a circle of steps")]
    Circle(Vec<String>),
    /// The link ended at this time, milliseconds since 1970.
    #[error("the link ended")]
    Expired(u64),
    /// The link was revoked.
    #[error("the link was revoked")]
    LinkRevoked,
    /// A file did not come from its address.
    #[error("not fetched: {0:?}")]
    Fetch(Why),
    /// A file did not get to its address.
    #[error("not sent: {0:?}")]
    Send(Why),
    /// An act of signing was not done.
    #[error("not signed: {0:?}")]
    NotSigned(NotSigned),
    /// A number of the price makes no sense.
    #[error("the price: {0:?}")]
    Price(terms::price::Fault),
    /// Something makes no sense in the team's book.
    #[error("the book: {0:?}")]
    Book(terms::book::Fault),
    /// A question or an answer makes no sense.
    #[error("the interview: {0:?}")]
    Question(terms::question::Fault),
    /// A calculator makes no sense.
    #[error("the calculator: {0:?}")]
    Calculator(terms::roi::Faulty),
    /// A rule of the team, a role certificate or a decision makes no sense.
    #[error("the rules: {0:?}")]
    Rule(terms::rule::Fault),
    /// Rules of the team hold it back.
    #[error("held back at {:?}", .0.gate)]
    Held(Box<Held>),
    /// Whether rules of the team hold it back is not known yet.
    #[error("the team's rules are being read")]
    RulesUnread,
    /// It was ended here before it was done.
    #[error("cancelled")]
    Cancelled,
    /// It would have left a preview, which nothing does.
    #[error("nothing leaves a preview")]
    Preview,
    /// What reads texts from elsewhere is not here, or did not cope.
    #[error("texts cannot be read: {0}")]
    NoReader(String),
}

/// Why a file did not come from an address, or did not get there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The browser has no network.
    Offline,
    /// The host is not there, or does not let pages from elsewhere do this.
    Refused,
    /// It was ended here.
    Cancelled,
    /// It is larger than [`model::limits::ROOM_MAX`].
    TooLarge,
    /// The connection broke again and again. What came is kept for the next try.
    Cut,
    /// The host said no, by this status.
    Status(u16),
    /// What is there is not this room.
    SomethingElse,
    /// Others published again and again meanwhile.
    Busy,
}

impl From<NotSigned> for Problem {
    fn from(why: NotSigned) -> Self {
        Self::NotSigned(why)
    }
}

impl From<terms::rule::Fault> for Problem {
    fn from(fault: terms::rule::Fault) -> Self {
        Self::Rule(fault)
    }
}

impl Problem {
    /// An act that rules hold back.
    pub(crate) fn held(gate: Gate, verdict: Verdict) -> Self {
        Self::Held(Box::new(Held { gate, verdict }))
    }
}

impl From<terms::book::Fault> for Problem {
    fn from(fault: terms::book::Fault) -> Self {
        Self::Book(fault)
    }
}

impl From<terms::question::Fault> for Problem {
    fn from(fault: terms::question::Fault) -> Self {
        Self::Question(fault)
    }
}

impl From<terms::roi::Faulty> for Problem {
    fn from(faulty: terms::roi::Faulty) -> Self {
        Self::Calculator(faulty)
    }
}

impl From<Unanswered> for Why {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Offline => Self::Offline,
            Unanswered::Refused => Self::Refused,
            Unanswered::Cancelled => Self::Cancelled,
            Unanswered::TooLarge => Self::TooLarge,
        }
    }
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
