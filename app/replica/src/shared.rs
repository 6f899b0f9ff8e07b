//! One shared document with its doors and its queue of updates.

use std::{cell::RefCell, rc::Rc};

use yrs::{
    ClientID, Doc, OffsetKind, Options, ReadTxn as _, StateVector, Transact as _, Transaction, TransactionMut,
};

use crate::guard::{self, Refused};

/// Origin of what this program writes for its user: recorded for undo, passed on.
pub(crate) const LOCAL: &str = "local";
/// Origin of what the program writes itself, such as the start of a document: passed on, never undone.
pub(crate) const SYSTEM: &str = "system";
/// Origin of what came from elsewhere: neither.
pub(crate) const ELSEWHERE: &str = "elsewhere";

pub(crate) struct Shared {
    pub(crate) doc: Doc,
    updates: Rc<RefCell<Vec<Vec<u8>>>>,
}

impl Shared {
    /// An empty document that writes as `client`, a number of up to 53 bits which no other live copy may use.
    pub(crate) fn new(client: u64) -> Self {
        let mut options = Options::with_client_id(ClientID::new(client));
        options.offset_kind = OffsetKind::Utf16;
        let doc = Doc::with_options(options);
        let updates = Rc::new(RefCell::new(Vec::new()));
        let queue = updates.clone();
        let watched = doc.observe_update_v1("outbox", move |txn, event| {
            if txn.origin().is_none_or(|origin| *origin != ELSEWHERE.into()) {
                queue.borrow_mut().push(event.update.clone());
            }
        });
        stdx::never!(watched.is_err());
        Self { doc, updates }
    }

    /// The door for writing. The queue gains the update that the change makes, unless it came from elsewhere.
    pub(crate) fn write<R>(
        &self,
        origin: &'static str,
        f: impl FnOnce(&mut TransactionMut) -> R,
    ) -> Result<R, Refused> {
        let mut txn = self.doc.try_transact_mut_with(origin).or(Err(Refused::Busy))?;
        Ok(f(&mut txn))
    }

    /// The door for reading.
    pub(crate) fn read<R>(&self, f: impl FnOnce(&Transaction) -> R) -> Result<R, Refused> {
        let txn = self.doc.try_transact().or(Err(Refused::Busy))?;
        Ok(f(&txn))
    }

    /// Takes in an update that came from elsewhere, after judging it.
    pub(crate) fn receive(&self, update: &[u8]) -> Result<(), Refused> {
        let update = guard::decode(update)?;
        self.write(ELSEWHERE, |txn| txn.apply_update(update))?
            .map_err(|error| Refused::Damaged(error.to_string()))
    }

    /// Updates made here since the last call, oldest first.
    pub(crate) fn take_updates(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.updates.borrow_mut())
    }

    /// Everything the document holds, as one update. What waits for missing parts is not in it.
    pub(crate) fn state(&self) -> Result<Vec<u8>, Refused> {
        self.read(|txn| txn.encode_diff_v1(&StateVector::default()))
    }

    /// Whether parts are missing that something already received builds on.
    pub(crate) fn is_waiting(&self) -> bool {
        self.read(|txn| txn.store().pending_update().is_some() || txn.store().pending_ds().is_some())
            .unwrap_or(true)
    }
}
