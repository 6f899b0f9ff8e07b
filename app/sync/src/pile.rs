//! A document for tests: a pile of updates, each of which is whatever bytes it is. Whoever has an update has it for good.

use std::collections::BTreeSet;

use stdx::{Reader, Writer};

use crate::road::{Carried, Unfit};

#[derive(Debug, Default, PartialEq, Eq, Clone)]
pub(crate) struct Pile(pub(crate) BTreeSet<Vec<u8>>);

impl Pile {
    pub(crate) fn of(updates: &[&str]) -> Self {
        Self(updates.iter().map(|update| update.as_bytes().to_vec()).collect())
    }

    /// Adds an update that is written here.
    pub(crate) fn write(&mut self, update: &str) {
        self.0.insert(update.as_bytes().to_vec());
    }
}

impl Carried for Pile {
    fn state_vector(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.uint(self.0.len() as u64);
        for update in &self.0 {
            out.bytes(update);
        }
        out.finish()
    }

    fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        let cut = |_| Unfit("no state vector".into());
        let mut from = Reader::new(known);
        let mut has = BTreeSet::new();
        for _ in 0..from.uint().map_err(cut)? {
            has.insert(from.bytes().map_err(cut)?);
        }
        Ok(self.0.iter().filter(|update| !has.contains(update.as_slice())).cloned().collect())
    }

    fn receive(&mut self, update: &[u8]) -> Result<bool, Unfit> {
        if update.starts_with(b"bad") {
            return Err(Unfit("a bad update".into()));
        }
        Ok(self.0.insert(update.to_vec()))
    }
}
