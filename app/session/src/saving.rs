//! Getting what is written into the store, and telling the truth about it.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use exchange::bundle::PackedEntry;
use model::{DocName, Head, StoreError, StoredEntry, Touch};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{ReadUntracked as _, Set as _},
};
use sync::{ledger::Session, tabs::TabMessage};

use crate::{
    Ports, Problem,
    ledger::{Writer, join, longest_run},
};

/// The first change after a quiet moment waits so many milliseconds for company.
const BATCH_MS: u64 = 40;
/// While changes keep coming, batches begin so many milliseconds apart: each costs the same, however much is in it. What a
/// killed process takes along is as much typing, and the time of the write before it.
const APART_MS: u64 = 100;
/// The same where somebody on another device is there to see it: they wait for each batch.
const SEEN_BATCH_MS: u64 = 4;
/// As [`APART_MS`], where somebody is there to see it.
const SEEN_APART_MS: u64 = 50;
/// Without a change for so many milliseconds, what is stored is called saved. Said after each batch it would flicker.
const CALM_MS: u32 = 400;
/// Without a change for so many milliseconds, nobody is writing, and entries may be squashed.
const IDLE_MS: u32 = 3_000;
/// After a write failed, the next try comes this much later.
const RETRY_MS: u32 = 3_000;
/// With so many entries of one's own in a row, they are squashed into one.
const SQUASH_FROM: usize = 48;

/// Whether everything written is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Everything is.
    Saved,
    /// The newest changes are on their way.
    Saving,
    /// The store does not take them; they are in memory and tried again.
    Failed(StoreError),
}

/// The way from a room's documents to the store and the other tabs.
pub(crate) struct Saving {
    ports: Ports,
    writer: Rc<Writer>,
    queue: RefCell<Vec<(DocName, Vec<u8>)>>,
    in_flight: RefCell<Vec<(DocName, Vec<u8>)>>,
    title: RefCell<Option<String>>,
    /// A batch is waiting for its time.
    waiting: Cell<bool>,
    writing: Cell<bool>,
    /// When the last batch began.
    begun: Cell<u64>,
    /// How many changes came so far.
    pushed: Cell<u64>,
    since_squash: Cell<usize>,
    /// Whether somebody on another device sees what is written.
    pub(crate) is_seen: Cell<bool>,
    /// Whether the journal holds something of this tab.
    journaled: Cell<bool>,
    journal_name: String,
    /// How it stands with this one alone.
    own: RefCell<Saved>,
    /// What is shown together with this one.
    beside: RefCell<Weak<Saving>>,
    /// How it stands with both.
    pub(crate) saved: ArcRwSignal<Saved>,
    post: Box<dyn Fn(&TabMessage)>,
    stored: Box<dyn Fn(&StoredEntry)>,
}

impl Saving {
    pub(crate) fn new(
        ports: Ports,
        writer: Rc<Writer>,
        post: Box<dyn Fn(&TabMessage)>,
        stored: Box<dyn Fn(&StoredEntry)>,
    ) -> Rc<Self> {
        let tab: [u8; 8] = ports.random();
        let journal_name = format!("{}{}", journal_prefix(&writer), model::hex(&tab));
        Rc::new(Self {
            ports,
            writer,
            queue: RefCell::default(),
            in_flight: RefCell::default(),
            title: RefCell::default(),
            waiting: Cell::new(false),
            writing: Cell::new(false),
            begun: Cell::new(0),
            pushed: Cell::new(0),
            since_squash: Cell::new(0),
            is_seen: Cell::new(false),
            journaled: Cell::new(false),
            journal_name,
            own: RefCell::new(Saved::Saved),
            beside: RefCell::default(),
            saved: ArcRwSignal::new(Saved::Saved),
            post,
            stored,
        })
    }

    /// Takes updates to be stored; `title` where the room's title changed with them.
    pub(crate) fn push(self: &Rc<Self>, doc: DocName, updates: Vec<Vec<u8>>, title: Option<String>) {
        if updates.is_empty() {
            return;
        }
        self.queue.borrow_mut().extend(updates.into_iter().map(|update| (doc, update)));
        if title.is_some() {
            *self.title.borrow_mut() = title;
        }
        self.pushed.set(self.pushed.get() + 1);
        self.say(Saved::Saving);
        self.start_soon();
    }

    /// Begins writing now what is queued, unless a write is under way; then it is written next.
    pub(crate) fn start(self: &Rc<Self>) {
        if !self.queue.borrow().is_empty() && !self.writing.replace(true) {
            let this = self.clone();
            let run = async move {
                // A refusal is shown by `saved`, and what was refused is tried again by itself.
                let written = this.write_next().await;
                this.writing.set(false);
                if !this.queue.borrow().is_empty() {
                    this.start_soon();
                } else if written.is_ok() {
                    this.when_quiet(CALM_MS, |this| this.all_is_saved());
                }
            };
            self.ports.tasks.spawn(Box::pin(run));
        }
    }

    /// Waits until everything written so far is stored, or the store refuses it.
    pub(crate) async fn flush(self: &Rc<Self>) -> Result<(), StoreError> {
        loop {
            if !self.writing.get() {
                self.writing.set(true);
                return self.clone().run().await;
            }
            // Another task is writing. Transactions run in order, so an empty one ends after the one under way.
            let chain = self.writer.chain(DocName::Content);
            let empty = self.ports.store.append(
                self.writer.room,
                chain,
                Touch::default(),
                Box::new(|_| Ok(Vec::new())),
            );
            empty.await?;
        }
    }

    /// Writes batch after batch until nothing is left or the store refuses.
    async fn run(self: Rc<Self>) -> Result<(), StoreError> {
        let mut written = Ok(());
        while written.is_ok() && !self.queue.borrow().is_empty() {
            written = self.write_next().await;
        }
        self.writing.set(false);
        if written.is_ok() {
            self.all_is_saved();
        }
        written
    }

    /// Writes what is queued. What the store refuses goes back into the queue and is tried again later.
    async fn write_next(self: &Rc<Self>) -> Result<(), StoreError> {
        self.begun.set((self.ports.now)());
        let batch = self.queue.take();
        let title = self.title.take();
        *self.in_flight.borrow_mut() = batch.clone();
        let written = self.write(&batch, title.clone()).await;
        self.in_flight.borrow_mut().clear();
        if let Err(error) = &written {
            self.queue.replace_with(|newer| batch.into_iter().chain(newer.drain(..)).collect());
            self.title.replace_with(|newer| newer.take().or(title));
            self.say(Saved::Failed(error.clone()));
            self.start_after(RETRY_MS);
        }
        written
    }

    /// Nothing waits and nothing is being written.
    fn all_is_saved(self: &Rc<Self>) {
        self.say(Saved::Saved);
        if self.journaled.replace(false) {
            self.ports.journal.put(&self.journal_name, "");
        }
        if self.since_squash.get() >= SQUASH_FROM {
            self.when_quiet(IDLE_MS, |this| this.squash_now());
        }
    }

    /// Calls `act` in `ms` milliseconds, unless a change comes before.
    fn when_quiet(self: &Rc<Self>, ms: u32, act: fn(&Rc<Self>)) {
        let (this, pushed) = (self.clone(), self.pushed.get());
        let call = move || {
            if this.pushed.get() == pushed {
                act(&this);
            }
        };
        self.ports.tasks.after(ms, Box::new(call));
    }

    /// Shows how it stands with this and `other` as one: people are told once whether all that they wrote is stored.
    pub(crate) fn beside(self: &Rc<Self>, other: &Rc<Self>) {
        *self.beside.borrow_mut() = Rc::downgrade(other);
        *other.beside.borrow_mut() = Rc::downgrade(self);
    }

    fn say(&self, saved: Saved) {
        *self.own.borrow_mut() = saved;
        self.show();
        let beside = self.beside.borrow().upgrade();
        if let Some(beside) = beside {
            beside.show();
        }
    }

    /// The worse of how it stands with this and with what is beside it.
    fn show(&self) {
        let own = self.own.borrow().clone();
        let beside = self.beside.borrow().upgrade().map(|beside| beside.own.borrow().clone());
        let saved = match (own, beside) {
            (own @ Saved::Failed(_), _) | (own, None | Some(Saved::Saved)) => own,
            (_, Some(beside @ Saved::Failed(_))) => beside,
            (_, Some(Saved::Saving)) => Saved::Saving,
        };
        if *self.saved.read_untracked() != saved {
            self.saved.set(saved);
        }
    }

    fn start_soon(self: &Rc<Self>) {
        let passed = (self.ports.now)().saturating_sub(self.begun.get());
        let (apart, batch) =
            if self.is_seen.get() { (SEEN_APART_MS, SEEN_BATCH_MS) } else { (APART_MS, BATCH_MS) };
        self.start_after(apart.saturating_sub(passed).max(batch) as u32);
    }

    fn start_after(self: &Rc<Self>, ms: u32) {
        if !self.waiting.replace(true) {
            let this = self.clone();
            let start = move || {
                this.waiting.set(false);
                this.start();
            };
            self.ports.tasks.after(ms, Box::new(start));
        }
    }

    async fn write(&self, batch: &[(DocName, Vec<u8>)], title: Option<String>) -> Result<(), StoreError> {
        let merged = merged(&self.writer, batch).map_err(|error| StoreError::Cancelled(error.to_string()))?;
        for (doc, update) in merged {
            self.append(doc, update, title.clone()).await?;
        }
        Ok(())
    }

    async fn append(&self, doc: DocName, update: Vec<u8>, title: Option<String>) -> Result<(), StoreError> {
        let (writer, nonce) = (self.writer.clone(), self.ports.random());
        let touch = Touch { changed: (self.ports.now)(), title };
        let build = Box::new(move |head| Ok(vec![writer.entry(head, doc, update, nonce)]));
        let built = self.ports.store.append(self.writer.room, self.writer.chain(doc), touch, build).await?;
        self.since_squash.set(self.since_squash.get() + built.len());
        for entry in built {
            (self.stored)(&entry);
            (self.post)(&TabMessage::Entry(entry.sealed));
        }
        Ok(())
    }

    /// What is not in the store, signed as the entries that would follow the `stored` ones.
    pub(crate) fn unsaved(&self, stored: &[StoredEntry]) -> Result<Vec<PackedEntry>, Problem> {
        let mut entries = Vec::new();
        let batch = [&self.in_flight.borrow()[..], &self.queue.borrow()].concat();
        for (doc, update) in merged(&self.writer, &batch)? {
            let chain = self.writer.chain(doc);
            let end = stored.iter().filter(|entry| entry.chain() == chain).max_by_key(|entry| entry.last);
            let head = end.map_or(Head::START, |entry| Head { number: entry.last, hash: entry.hash });
            let (epoch, signed) = self.writer.sign(head, doc, update);
            entries.push(PackedEntry { epoch, bytes: signed.bytes });
        }
        Ok(entries)
    }

    /// Puts what is not stored yet into the journal.
    pub(crate) fn write_journal(&self) {
        let (in_flight, queue) = (self.in_flight.borrow(), self.queue.borrow());
        if in_flight.is_empty() && queue.is_empty() {
            return;
        }
        let mut out = stdx::Writer::new();
        let sessions = self.writer.sessions();
        out.u8(WITH_SESSIONS).uint(sessions.len() as u64);
        for session in sessions {
            out.raw(&session.0);
        }
        for (doc, update) in in_flight.iter().chain(queue.iter()) {
            out.text(&doc.name()).bytes(update);
        }
        self.journaled.set(true);
        self.ports.journal.put(&self.journal_name, &model::hex(&out.finish()));
    }

    fn squash_now(self: &Rc<Self>) {
        self.since_squash.set(0);
        let this = self.clone();
        self.ports.tasks.spawn(Box::pin(async move {
            // Squashing only saves space; where it fails, the entries stay as they are.
            let _ = this.squash(SQUASH_FROM).await;
        }));
    }

    /// Squashes this device's own entries of each document, where it has at least `from`.
    pub(crate) async fn squash(&self, from: usize) -> Result<(), StoreError> {
        let entries = self.ports.store.entries(self.writer.room).await?;
        for doc in self.writer.docs() {
            let (epoch, run) = longest_run(self.writer.room, self.writer.chain(doc), &entries);
            if run.len() < from.max(2) {
                continue;
            }
            let Some(one) = join(&self.writer, epoch, &run, self.ports.random()) else { continue };
            let covered = run.iter().map(|entry| entry.hash).collect();
            if self.ports.store.squash(self.writer.room, one.clone(), covered).await? {
                (self.stored)(&one);
            }
        }
        Ok(())
    }
}

/// The changes of a batch, those of each document as one.
fn merged(
    writer: &Writer,
    batch: &[(DocName, Vec<u8>)],
) -> Result<Vec<(DocName, Vec<u8>)>, replica::Refused> {
    let mut merged = Vec::new();
    for doc in writer.docs() {
        let updates: Vec<Vec<u8>> =
            batch.iter().filter(|(of, _)| *of == doc).map(|(_, update)| update.clone()).collect();
        if !updates.is_empty() {
            merged.push((doc, replica::merge(&updates)?));
        }
    }
    Ok(merged)
}

/// With this a journal begins that says whose sessions its words are from. Earlier ones began with a document's name, which
/// is longer.
const WITH_SESSIONS: u8 = 0;

fn journal_prefix(writer: &Writer) -> String {
    format!("handsel/unsaved/{}/", writer.room)
}

/// What closed tabs could not store of the writer's room; taken out of the journal. The writer goes on for their sessions.
pub(crate) fn read_journal(ports: &Ports, writer: &Writer) -> Vec<(DocName, Vec<u8>)> {
    let mut updates = Vec::new();
    for text in ports.journal.take_all(&journal_prefix(writer)) {
        let bytes = model::unhex(&text).unwrap_or_default();
        let mut from = stdx::Reader::new(bytes.strip_prefix(&[WITH_SESSIONS]).unwrap_or(&bytes));
        if bytes.first() == Some(&WITH_SESSIONS) {
            for _ in 0..from.uint().unwrap_or_default() {
                let Ok(session) = from.array() else { break };
                writer.inherit(Session(session));
            }
        }
        while let (Ok(doc), Ok(update)) = (from.text(), from.bytes()) {
            updates.extend(DocName::parse(doc).map(|doc| (doc, update.to_vec())));
        }
    }
    updates
}
