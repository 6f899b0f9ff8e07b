//! What this device may do in a room, and what becomes of the room when that changes.

use exchange::bundle::PackedEntry;
use model::{Author, Right, StoredEntry};
use reactive_graph::{signal::ArcRwSignal, traits::GetUntracked as _};
use sync::{ledger::epoch_of, tabs::TabMessage};

use super::{Room, RoomEvent, set_if_new};
use crate::{Problem, ledger::Documents};

impl Room {
    /// What this device may do here, as it changes; nothing once its link was revoked. In a room without rights everybody may
    /// do everything.
    pub fn right_signal(&self) -> ArcRwSignal<Option<Right>> {
        self.0.right.clone()
    }

    /// What this device may do here now.
    pub fn right(&self) -> Option<Right> {
        self.0.right.get_untracked()
    }

    /// Whether the room has rights at all: rooms from before there were any, and those that any Yjs program may join, have
    /// none.
    pub fn has_rights(&self) -> bool {
        self.documents().judge().is_some()
    }

    /// Whether this device is one of the owner's.
    pub fn is_owner(&self) -> bool {
        self.keys().pass.as_ref().is_none_or(|pass| pass.owner_seed.is_some())
    }

    /// Whose key this device writes with here.
    pub fn author(&self) -> Author {
        self.0.writer.author()
    }

    /// Whether this device may do what needs `needed`. Asked before each change.
    pub(crate) fn may(&self, needed: Right) -> Result<(), Problem> {
        if self.right() < Some(needed) {
            return Err(Problem::NoRight);
        }
        if needed >= Right::Edit {
            self.before_change();
        }
        Ok(())
    }

    pub(crate) fn show_right(&self) {
        let right = self.documents().right(&self.0.writer.author());
        set_if_new(&self.0.right, right);
        self.follow_recording();
    }

    /// Tells the other tabs, and the roads, of an entry of this device that is in the store now.
    pub(crate) fn tell_entry(&self, entry: StoredEntry) {
        self.0.live.put(&entry);
        self.0.line.post(&TabMessage::Entry(entry.sealed).write());
    }

    /// Whether something counted, or was written here, that does not count any more.
    pub(crate) fn has_ended_entries(&self) -> bool {
        self.documents().ended
    }

    /// Whether an entry came after its epoch had ended.
    pub(crate) fn is_past_cut(&self, entry: &StoredEntry) -> bool {
        let epoch = epoch_of(self.id(), &entry.sealed).unwrap_or_default();
        self.documents().judge().is_some_and(|judge| !judge.roll().counts(epoch, entry.chain(), entry.last))
    }

    /// Makes the documents from what counts now, and has everything read anew. Undo begins anew as well.
    pub(crate) async fn make_anew(&self) -> Result<(), Problem> {
        self.flush().await?;
        // What others brought is to be there as well.
        self.store_all_brought().await?;
        let stored = self.0.ports.store.entries(self.id()).await?;
        let mut fresh = Documents::load(&self.0.writer, &stored);
        // What could not be signed again stays as it is; asking again changes nothing.
        fresh.ended = false;
        *self.0.documents.borrow_mut() = fresh;
        self.follow_offer();
        self.tell_deal();
        self.tell_readings();
        self.follow_book(true);
        self.0.list_version.set(u64::MAX);
        self.follow_list(false);
        self.settle();
        self.tell(RoomEvent::Anew);
        Ok(())
    }

    /// A stored entry for a bundle; none where it does not count, so that nobody gets what honest programs would leave out.
    pub(crate) fn packed(&self, entry: &StoredEntry) -> Result<Option<PackedEntry>, Problem> {
        if !self.documents().counts(&entry.hash) {
            return Ok(None);
        }
        let (epoch, signed) = self.0.writer.open(&entry.sealed)?;
        Ok(Some(PackedEntry { epoch, bytes: signed.bytes }))
    }

    /// What is not in the store yet, signed as it would be there after the `stored` ones.
    pub(crate) fn unsaved_entries(&self, stored: &[StoredEntry]) -> Result<Vec<PackedEntry>, Problem> {
        self.0.saving.unsaved(stored)
    }
}
