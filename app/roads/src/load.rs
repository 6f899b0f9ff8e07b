//! The carrier as roads see it, and what it was brought meanwhile.

use sync::carrier::{Brought, Carrier};
use sync::road::{Carried, Unfit};

/// What travels.
#[derive(Default)]
pub(crate) struct Load {
    pub(crate) carrier: Carrier,
    brought: Vec<Brought>,
}

impl Load {
    /// What came since this was last asked.
    pub(crate) fn take_brought(&mut self) -> Vec<Brought> {
        std::mem::take(&mut self.brought)
    }
}

impl Carried for Load {
    fn state_vector(&self) -> Vec<u8> {
        self.carrier.state_vector()
    }

    fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        self.carrier.since(known)
    }

    fn receive(&mut self, update: &[u8]) -> Result<bool, Unfit> {
        let brought = self.carrier.receive(update)?;
        let is_new = !brought.things.is_empty();
        if brought != Brought::default() {
            self.brought.push(brought);
        }
        Ok(is_new)
    }
}
