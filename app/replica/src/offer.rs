//! What only the selling team writes: for now the room's title.

use yrs::{Map as _, MapRef};

use crate::{
    attrs::text_of,
    guard::Refused,
    shared::{SYSTEM, Shared},
};

/// The shared document `offer`.
pub struct Offer {
    shared: Shared,
    about: MapRef,
}

impl Offer {
    /// An empty offer, written as `client`.
    pub fn new(client: u64) -> Self {
        let shared = Shared::new(client);
        let about = shared.doc.get_or_insert_map("about");
        Self { shared, about }
    }

    /// The room's title; empty when it was never given one.
    pub fn title(&self) -> String {
        let title = self.shared.read(|txn| text_of(&self.about.get(txn, "title")?));
        title.ok().flatten().unwrap_or_default()
    }

    /// Gives the room a title.
    pub fn set_title(&mut self, title: &str) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.insert(txn, "title", title);
        })
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
