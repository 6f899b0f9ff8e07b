//! What one author answers in a room: comments, choices, confirmations. Everybody has a document of their own for it, which
//! nobody else can write in, so that an answer is always that of its author.

mod choices;
mod comments;
mod confirmations;
mod figures;
mod files;
mod grounds;
mod mentions;
mod suggestions;
mod versions;
mod words;

use crate::{guard::Refused, history::History, shared::Shared};

pub use choices::Choice;
pub use comments::Comment;
pub use files::SharedFile;
pub use grounds::{Ground, Thing};
pub use mentions::{Mention, Who};
pub use suggestions::Suggestion;
pub use versions::NamedVersion;
pub use words::Word;
pub(crate) use words::{number, text, whole};

/// The shared document `responses` of one author.
pub struct Responses {
    pub(crate) shared: Shared,
    /// Steps of suggesting, once there are any.
    history: Option<History>,
}

impl Responses {
    /// No answers so far, written as `client`.
    pub fn new(client: u64) -> Self {
        Self { shared: Shared::new(client), history: None }
    }

    /// Takes in an update that came from elsewhere.
    pub fn receive(&mut self, update: &[u8]) -> Result<(), Refused> {
        self.shared.receive(update)
    }

    /// Updates made here since the last call.
    pub fn take_updates(&mut self) -> Vec<Vec<u8>> {
        self.shared.take_updates()
    }

    /// The whole document as one update.
    pub fn state(&self) -> Result<Vec<u8>, Refused> {
        self.shared.state()
    }

    /// Whether something received builds on parts that are missing.
    pub fn is_waiting(&self) -> bool {
        self.shared.is_waiting()
    }
}
