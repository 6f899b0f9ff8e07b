//! One shared document with its doors and its queue of updates.

use std::{cell::RefCell, rc::Rc};

use model::limits;
use yrs::{
    ClientID, Doc, OffsetKind, Options, ReadTxn as _, StateVector, Transact as _, Transaction,
    TransactionMut, Update, updates::decoder::Decode as _,
};

use crate::{
    guard::{self, Refused},
    needs::{self, Needs},
};

/// Origin of what this program writes for its user: recorded for undo, passed on.
pub(crate) const LOCAL: &str = "local";
/// Origin of what the program writes itself, such as the start of a document: passed on, never undone.
pub(crate) const SYSTEM: &str = "system";
/// Origin of an earlier state that this user brought back: recorded for undo, passed on, and told to whoever shows the text.
pub(crate) const RESTORED: &str = "restored";
/// Origin of what came from elsewhere: neither.
pub(crate) const ELSEWHERE: &str = "elsewhere";

pub(crate) struct Shared {
    pub(crate) doc: Doc,
    updates: Rc<RefCell<Vec<Vec<u8>>>>,
    /// Updates that build on parts which are not here yet.
    waiting: RefCell<Vec<(Vec<u8>, Needs)>>,
}

impl Shared {
    /// An empty document that writes as `client`, a number of up to 53 bits which no other live copy may use.
    pub(crate) fn new(client: u64) -> Self {
        let mut options = Options::with_client_id(ClientID::new(client));
        options.offset_kind = OffsetKind::Utf16;
        // Tidying away of marks that became idle deletes them while an update from elsewhere is taken in, each copy as it
        // sees them at that moment: copies that saw updates in another order ended with other marks.
        options.cleanup_formatting = false;
        let doc = Doc::with_options(options);
        let updates = Rc::new(RefCell::new(Vec::new()));
        let queue = updates.clone();
        let watched = doc.observe_update_v1("outbox", move |txn, event| {
            if txn.origin().is_none_or(|origin| *origin != ELSEWHERE.into()) {
                queue.borrow_mut().push(event.update.clone());
            }
        });
        stdx::never!(watched.is_err());
        Self { doc, updates, waiting: RefCell::default() }
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

    /// Takes in an update that came from elsewhere, after judging it. One that builds on parts which are not here yet
    /// waits for them.
    pub(crate) fn receive(&self, update: &[u8]) -> Result<(), Refused> {
        // Judged before anything else, so that a damaged one never waits.
        let decoded = guard::decode(update)?;
        match Needs::of(update) {
            Some(needs) if !needs.are_met_by(&self.known()?) => self.wait(update, needs)?,
            _ => self.apply(decoded)?,
        }
        self.apply_waiting()
    }

    fn apply(&self, update: Update) -> Result<(), Refused> {
        self.write(ELSEWHERE, |txn| txn.apply_update(update))?
            .map_err(|error| Refused::Damaged(error.to_string()))
    }

    fn known(&self) -> Result<StateVector, Refused> {
        self.read(|txn| txn.state_vector())
    }

    fn wait(&self, update: &[u8], needs: Needs) -> Result<(), Refused> {
        let mut waiting = self.waiting.borrow_mut();
        let size: usize = waiting.iter().map(|(update, _)| update.len()).sum();
        if size + update.len() > limits::ENTRY_MAX {
            return Err(Refused::TooLarge);
        }
        if waiting.iter().all(|(have, _)| have != update) {
            waiting.push((update.to_vec(), needs));
        }
        Ok(())
    }

    /// Takes in what waited for the parts that are here now, or that came with others that waited.
    fn apply_waiting(&self) -> Result<(), Refused> {
        loop {
            let known = self.known()?;
            let mut waiting = self.waiting.borrow_mut();
            let alone = waiting.iter().position(|(_, needs)| needs.are_met_by(&known));
            let ready = match alone {
                Some(at) => vec![at],
                None => needs::together(&waiting.iter().map(|(_, needs)| needs).collect::<Vec<_>>(), &known),
            };
            if ready.is_empty() {
                return Ok(());
            }
            let mut updates = Vec::with_capacity(ready.len());
            for at in ready.into_iter().rev() {
                updates.push(guard::decode(&waiting.remove(at).0)?);
            }
            drop(waiting);
            self.apply(Update::merge_updates(updates))?;
        }
    }

    /// Updates made here since the last call, oldest first.
    pub(crate) fn take_updates(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.updates.borrow_mut())
    }

    /// Everything the document holds, as one update. What waits for missing parts is not in it.
    pub(crate) fn state(&self) -> Result<Vec<u8>, Refused> {
        self.read(|txn| txn.encode_diff_v1(&StateVector::default()))
    }

    /// What a copy that knows as much as this state vector says does not have, as one update.
    pub(crate) fn state_since(&self, known: &[u8]) -> Result<Vec<u8>, Refused> {
        let known = StateVector::decode_v1(known).map_err(|error| Refused::Damaged(error.to_string()))?;
        self.read(|txn| txn.encode_diff_v1(&known))
    }

    /// Whether parts are missing that something already received builds on.
    pub(crate) fn is_waiting(&self) -> bool {
        let in_yrs =
            self.read(|txn| txn.store().pending_update().is_some() || txn.store().pending_ds().is_some());
        !self.waiting.borrow().is_empty() || in_yrs.unwrap_or(true)
    }
}
