//! What others bring over the roads: judged, shown, kept and passed on.

use std::collections::BTreeMap;

use model::{BlobHash, DocName, EntryHash, StoredBlob, StoredEntry, Touch, limits};
use sync::{
    blob,
    ledger::{SignedEntry, epoch_of, unseal},
    roads::Ask,
    tabs::TabMessage,
};

use crate::{
    Problem, Room,
    room::{RoomEvent, readings},
    sharing::changed_by,
};

/// After the store refused, what came is given to it again this much later, in milliseconds.
const RETRY_MS: u32 = 3_000;

/// What came and is not done with.
#[derive(Debug, Default)]
pub(crate) struct Brought {
    /// What does not count, or cannot be read, so far: an epoch's key or somebody's joining may follow.
    waiting: BTreeMap<EntryHash, Vec<u8>>,
    /// What counts and is not stored yet.
    unstored: Vec<StoredEntry>,
    storing: bool,
    /// Blobs that nothing refers to yet.
    loose: BTreeMap<BlobHash, Vec<u8>>,
}

impl Brought {
    fn wait(&mut self, hash: EntryHash, sealed: Vec<u8>) {
        let size: usize = self.waiting.values().map(Vec::len).sum();
        if size + sealed.len() <= limits::WAITING_MAX {
            self.waiting.insert(hash, sealed);
        }
    }
}

/// A sealed entry that was opened and is signed by its author.
struct Genuine {
    epoch: u64,
    signed: SignedEntry,
    stored: StoredEntry,
}

/// What sealed bytes are that are said to be an entry.
enum Read {
    Genuine(Box<Genuine>),
    /// Its epoch's key is not here.
    NoKey,
    /// It is none.
    Junk,
}

impl Room {
    /// Takes in what others brought.
    pub(crate) fn bring(&self, entries: Vec<(EntryHash, Vec<u8>)>) {
        if self.bring_these(entries) {
            self.bring_waiting();
        }
    }

    /// Takes in what waited, after something new was said on the roll: only that changes what counts, and what can be read.
    pub(crate) fn bring_waiting(&self) {
        loop {
            let waiting = std::mem::take(&mut self.line().brought.borrow_mut().waiting);
            if waiting.is_empty() || !self.bring_these(waiting) {
                return;
            }
        }
    }

    /// Answers whether something was new on the roll.
    fn bring_these(&self, entries: impl IntoIterator<Item = (EntryHash, Vec<u8>)>) -> bool {
        let mut fresh = Vec::new();
        let mut known = Vec::new();
        for (hash, sealed) in entries {
            match self.read_brought(hash, &sealed) {
                Read::Junk => {}
                Read::NoKey => self.line().brought.borrow_mut().wait(hash, sealed),
                Read::Genuine(genuine) if self.documents().known.contains(&hash) => {
                    known.push(genuine.stored)
                }
                Read::Genuine(genuine) => fresh.push(*genuine),
            }
        }
        // The roll first: by it the others are judged.
        let (roll, others): (Vec<_>, Vec<_>) =
            fresh.into_iter().partition(|genuine| genuine.signed.entry.doc == DocName::Roll);
        let has_roll = !roll.is_empty();
        let mut events = Vec::new();
        for Genuine { epoch, signed, stored } in roll.into_iter().chain(others) {
            // What the documents refuse is junk that somebody signed.
            let Ok(came) = self.documents_mut().admit(self.writer(), epoch, &signed) else { continue };
            events.extend(came);
            known.push(stored);
        }
        for stored in known {
            let counts = self.documents().counts(&stored.hash);
            let mut brought = self.line().brought.borrow_mut();
            if counts {
                brought.unstored.push(stored);
            } else {
                brought.wait(stored.hash, stored.sealed);
            }
        }
        if has_roll {
            self.show_right();
            self.follow_rights_later();
        }
        self.tell_changes(events);
        self.store_brought();
        self.take_needed_blobs();
        has_roll
    }

    fn read_brought(&self, hash: EntryHash, sealed: &[u8]) -> Read {
        let Ok(epoch) = epoch_of(self.id(), sealed) else { return Read::Junk };
        let keys = self.keys();
        let Some(key) = keys.of_epoch(epoch) else {
            // An epoch that is far ahead is nobody's.
            return if epoch <= keys.epoch() + 64 { Read::NoKey } else { Read::Junk };
        };
        let Ok((_, bytes)) = unseal(self.id(), key, sealed) else { return Read::Junk };
        let signed = if self.documents().known.contains(&hash) {
            // Its signature was checked when it came first, and the name holds it to the same bytes.
            SignedEntry::read_trusted(&bytes)
        } else {
            SignedEntry::read(self.id(), epoch, &bytes)
        };
        let Ok(signed) = signed else { return Read::Junk };
        if signed.hash() != hash {
            return Read::Junk;
        }
        let entry = &signed.entry;
        let stored = StoredEntry {
            hash,
            author: entry.author,
            first: entry.first,
            last: entry.last,
            doc: entry.doc,
            sealed: sealed.to_vec(),
        };
        Read::Genuine(Box::new(Genuine { epoch, signed, stored }))
    }

    /// Stores what counts, passes it on, and tells the other tabs.
    fn store_brought(&self) {
        if std::mem::replace(&mut self.line().brought.borrow_mut().storing, true) {
            return;
        }
        let room = self.clone();
        self.ports().tasks.spawn(Box::pin(async move {
            let stored = room.store_all_brought().await;
            room.line().brought.borrow_mut().storing = false;
            if stored.is_err() {
                let weak = room.downgrade();
                let again = move || {
                    if let Some(room) = weak.upgrade() {
                        room.store_brought();
                    }
                };
                room.ports().tasks.after(RETRY_MS, Box::new(again));
            }
        }));
    }

    pub(crate) async fn store_all_brought(&self) -> Result<(), Problem> {
        loop {
            let batch = self.line().brought.borrow().unstored.clone();
            if batch.is_empty() {
                return Ok(());
            }
            let title = self.documents().offer.title();
            let touch = Touch { changed: changed_by(batch.iter(), (self.ports().now)()), title: Some(title) };
            let new = self.ports().store.accept(self.id(), touch, batch.clone()).await?;
            self.line().brought.borrow_mut().unstored.drain(..batch.len());
            if self.is_owner() {
                let came: Vec<StoredEntry> =
                    batch.iter().filter(|entry| new.contains(&entry.hash)).cloned().collect();
                // Without it a receipt shows without the time at which it came.
                let _ = readings::note_received(self.ports(), self.id(), &came).await;
            }
            for entry in batch.iter().filter(|entry| new.contains(&entry.hash)) {
                self.tell_tabs(&TabMessage::Entry(entry.sealed.clone()));
            }
            self.line().ask(Ask::Put(batch.into_iter().map(|entry| (entry.hash, entry.sealed)).collect()));
        }
    }

    /// Takes in a blob that others brought.
    pub(super) fn bring_blob(&self, hash: BlobHash, sealed: Vec<u8>) {
        {
            let loose = &mut self.line().brought.borrow_mut().loose;
            let size: usize = loose.values().map(Vec::len).sum();
            if sealed.len() > limits::BLOB_MAX + 64 || size + sealed.len() > limits::WAITING_MAX {
                return;
            }
            loose.insert(hash, sealed);
        }
        self.take_needed_blobs();
    }

    /// Keeps those blobs that came which the room refers to.
    fn take_needed_blobs(&self) {
        if self.line().brought.borrow().loose.is_empty() {
            return;
        }
        let Ok(named) = self.needed_blobs() else { return };
        for hash in named {
            let Some(sealed) = self.line().brought.borrow_mut().loose.remove(&hash) else { continue };
            let room = self.clone();
            self.ports().tasks.spawn(Box::pin(async move {
                // What the store refuses is shown as missing, and is brought again at the next meeting.
                let _ = room.take_blob(hash, sealed).await;
            }));
        }
    }

    async fn take_blob(&self, hash: BlobHash, stored: Vec<u8>) -> Result<(), Problem> {
        if self.ports().store.blobs(self.id()).await?.contains(&hash) {
            self.note_given(hash, stored);
            return Ok(());
        }
        let Some((nonce, sealed)) = blob::read(&stored) else { return Ok(()) };
        let key = blob::key(&self.keys().content);
        let plain = self.ports().cipher.open(&key, &nonce, &blob::sealed_as(self.id(), hash), sealed).await?;
        // Whoever has the key could have sealed anything under this name.
        if blob::name(&plain) != hash {
            return Ok(());
        }
        // Of what stays here somebody has asked for each piece.
        if !self.staying_blobs().contains(&hash) {
            self.has_space(plain.len() as u64).await?;
        }
        let kept = vec![StoredBlob { hash, sealed: stored.clone() }];
        self.ports().store.put_blobs(self.id(), kept, (self.ports().now)()).await?;
        self.note_given(hash, stored);
        self.tell_tabs(&TabMessage::Blobs(vec![hash]));
        self.tell(RoomEvent::Blobs);
        self.has_come(hash);
        Ok(())
    }

    pub(super) fn note_given(&self, hash: BlobHash, stored: Vec<u8>) {
        let is_given = self.line().given.borrow().contains(&hash) || self.staying_blobs().contains(&hash);
        if !is_given {
            self.line().given.borrow_mut().push(hash);
            self.line().ask(Ask::PutBlobs(vec![(hash, stored)]));
        }
    }
}
