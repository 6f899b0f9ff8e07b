//! What reaches a room by something else than its editor: other tabs, the store, last words, bare updates.

use model::{DocName, StoredEntry};
use replica::ContentEvent;
use sync::tabs::TabMessage;

use super::{Room, RoomEvent, set_if_new};
use crate::{Problem, saving};

impl Room {
    /// Reads what the store has that this tab has not: what came from a link, or while the tab was frozen.
    pub async fn catch_up(&self) -> Result<(), Problem> {
        for entry in self.0.ports.store.entries(self.id()).await? {
            self.take_in(&entry);
        }
        if let Some(workspace) = self.workspace() {
            for entry in self.0.ports.store.entries(workspace.id()).await? {
                workspace.take_in(&entry);
            }
        }
        Ok(())
    }

    /// Takes in a change of the text that came as a bare update, without a signed entry around it: shows it and keeps it
    /// as this device's own.
    pub fn adopt(&self, update: &[u8]) -> Result<(), Problem> {
        let events = self.0.documents.borrow_mut().content.receive(update)?;
        self.0.saving.push(DocName::Content, vec![update.to_vec()], None);
        self.tell_changes(events);
        Ok(())
    }

    /// The text's whole shared document as one update, with everything that was ever written in it.
    pub fn text_state(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.0.documents.borrow().content.state()?)
    }

    /// What of the text's shared document a copy does not have that knows as much as this Yjs state vector says.
    pub fn text_since(&self, known: &[u8]) -> Result<Vec<u8>, Problem> {
        Ok(self.0.documents.borrow().content.state_since(known)?)
    }

    /// The last words of tabs that were closed before their write was done. Taking in what was stored after all changes
    /// nothing.
    pub(super) fn recover(&self) {
        for (doc, update) in saving::read_journal(&self.0.ports, &self.0.writer) {
            let mut documents = self.0.documents.borrow_mut();
            let taken = match doc {
                DocName::Content => documents.content.receive(&update).is_ok(),
                DocName::Offer => documents.offer.receive(&update).is_ok(),
                DocName::Responses(author) => {
                    author == self.author() && documents.responses_of(author).receive(&update).is_ok()
                }
                DocName::Book(leaf) => documents.leaf(leaf).receive(&update).is_ok(),
                DocName::Roll | DocName::Deal | DocName::Receipts | DocName::Approvals => false,
            };
            drop(documents);
            if taken {
                self.0.saving.push(doc, vec![update], None);
            }
        }
        // They stay in a journal until they are stored.
        self.0.saving.write_journal();
        self.follow_offer();
    }

    pub(super) fn hear(&self, message: &[u8]) {
        // A tab that runs another version may say what this one does not understand.
        let Ok(message) = TabMessage::read(message) else { return };
        match message {
            TabMessage::Hello { tab } => {
                self.0.people.borrow_mut().insert(tab, None);
                if self.0.listener.borrow().is_some() {
                    self.post_caret();
                    self.post_stage_to_newcomer();
                }
                self.tell_people();
                self.say_presence();
                self.tell_others();
            }
            TabMessage::Entry(sealed) => self.hear_entry(sealed),
            TabMessage::Blobs(hashes) => {
                self.tell(RoomEvent::Blobs);
                self.give_new_blobs(hashes);
            }
            TabMessage::Others(others) => self.hear_told_others(others),
            TabMessage::Live(words) => self.hear_live(&words),
            TabMessage::Agreed => self.begin_live(),
            TabMessage::Workspace => {
                let room = self.clone();
                // What cannot be had now is had when the room is opened again.
                self.0.ports.tasks.spawn(Box::pin(async move { drop(room.open_workspace().await) }));
            }
            TabMessage::Recorded => self.hear_recorded(),
            TabMessage::Caret { tab, caret } => {
                self.0.people.borrow_mut().insert(tab, caret);
                self.tell_people();
                self.say_presence();
            }
            TabMessage::Stage { tab, stage } => self.hear_stage(tab, stage),
            TabMessage::Bye { tab } => {
                self.0.people.borrow_mut().remove(&tab);
                self.hear_stage(tab, None);
                self.tell_people();
                self.say_presence();
            }
        }
    }

    fn hear_entry(&self, sealed: Vec<u8>) {
        // One of an epoch whose key is not here says nothing to this device.
        let Ok((_, signed)) = self.0.writer.open(&sealed) else { return };
        let entry = &signed.entry;
        let stored = StoredEntry {
            hash: signed.hash(),
            author: entry.author,
            first: entry.first,
            last: entry.last,
            doc: entry.doc,
            sealed,
        };
        self.take_in(&stored);
        if self.documents().counts(&stored.hash) {
            self.0.live.put(&stored);
        }
    }

    pub(crate) fn take_in(&self, entry: &StoredEntry) {
        // Without its own variable the borrow would last through the calls to the listener.
        let taken = self.0.documents.borrow_mut().take_in(&self.0.writer, entry);
        let Ok(events) = taken else { return };
        if entry.doc == DocName::Roll {
            self.show_right();
            self.follow_rights_later();
            // It may be given out from now on.
            self.learn_rules_later();
            self.bring_waiting();
            // Whoever has joined by a given link counts from now on.
            self.note_activity_soon();
        }
        self.tell_changes(events);
    }

    /// Brings the signals about the offer up to date.
    pub(crate) fn follow_offer(&self) {
        let (title, variables) = {
            let documents = self.0.documents.borrow();
            (documents.offer.title(), documents.offer.variables())
        };
        set_if_new(&self.0.title, title);
        set_if_new(&self.0.variables, variables);
        self.follow_offered_places();
        self.follow_recording();
    }

    pub(crate) fn tell_changes(&self, events: Vec<ContentEvent>) {
        self.follow_moved();
        let tables = self.0.documents.borrow_mut().content.take_table_events();
        let moved = !events.is_empty() || !tables.is_empty();
        for event in events {
            self.tell(RoomEvent::Text(event));
        }
        self.tell_tables(tables);
        self.follow_list(true);
        if moved {
            self.withdraw_doubles();
            self.suggestions_moved();
            self.tell_people();
        }
    }
}
