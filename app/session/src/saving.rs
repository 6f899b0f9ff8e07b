//! Getting what is written into the store, and telling the truth about it.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use model::{DocName, RoomId, StoreError, Touch};
use reactive_graph::{signal::ArcRwSignal, traits::Set as _};
use sync::tabs::TabMessage;

use crate::{
    Ports,
    ledger::{Writer, longest_run, squash},
};

/// Changes of so many milliseconds are written together.
const BATCH_MS: u32 = 40;
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
    /// A batch is waiting for its time, or being written.
    waiting: Cell<bool>,
    writing: Cell<bool>,
    since_squash: Cell<usize>,
    /// Whether the journal holds something of this tab.
    journaled: Cell<bool>,
    journal_name: String,
    pub(crate) saved: ArcRwSignal<Saved>,
    post: Box<dyn Fn(&TabMessage)>,
    stored: Box<dyn Fn(model::EntryHash)>,
}

impl Saving {
    pub(crate) fn new(
        ports: Ports,
        writer: Rc<Writer>,
        post: Box<dyn Fn(&TabMessage)>,
        stored: Box<dyn Fn(model::EntryHash)>,
    ) -> Rc<Self> {
        let tab: [u8; 8] = ports.random();
        let journal_name = format!("{}{}", journal_prefix(writer.room), model::hex(&tab));
        Rc::new(Self {
            ports,
            writer,
            queue: RefCell::default(),
            in_flight: RefCell::default(),
            title: RefCell::default(),
            waiting: Cell::new(false),
            writing: Cell::new(false),
            since_squash: Cell::new(0),
            journaled: Cell::new(false),
            journal_name,
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
        self.saved.set(Saved::Saving);
        self.start_after(BATCH_MS);
    }

    /// Begins writing now what is queued, unless a write is under way, which then goes on with it.
    pub(crate) fn start(self: &Rc<Self>) {
        if !self.queue.borrow().is_empty() && !self.writing.replace(true) {
            let this = self.clone();
            let run = async move {
                // The refusal is shown by `saved`, and tried again by itself.
                let _ = this.run().await;
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
            let author = self.writer.author();
            let empty = self.ports.store.append(
                self.writer.room,
                author,
                Touch::default(),
                Box::new(|_| Ok(Vec::new())),
            );
            empty.await?;
        }
    }

    /// Writes batch after batch until nothing is left or the store refuses.
    async fn run(self: Rc<Self>) -> Result<(), StoreError> {
        loop {
            let batch = self.queue.take();
            if batch.is_empty() {
                self.writing.set(false);
                self.saved.set(Saved::Saved);
                if self.journaled.replace(false) {
                    self.ports.journal.put(&self.journal_name, "");
                }
                self.squash_sometimes();
                return Ok(());
            }
            let title = self.title.take();
            *self.in_flight.borrow_mut() = batch.clone();
            let written = self.write(&batch, title.clone()).await;
            self.in_flight.borrow_mut().clear();
            if let Err(error) = written {
                self.queue.replace_with(|newer| batch.into_iter().chain(newer.drain(..)).collect());
                self.title.replace_with(|newer| newer.take().or(title));
                self.writing.set(false);
                self.saved.set(Saved::Failed(error.clone()));
                self.start_after(RETRY_MS);
                return Err(error);
            }
        }
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
        let mut merged: Vec<(DocName, Vec<u8>)> = Vec::new();
        for doc in [DocName::Offer, DocName::Content] {
            let updates: Vec<Vec<u8>> =
                batch.iter().filter(|(of, _)| *of == doc).map(|(_, update)| update.clone()).collect();
            if !updates.is_empty() {
                let one =
                    replica::merge(&updates).map_err(|error| StoreError::Cancelled(error.to_string()))?;
                merged.push((doc, one));
            }
        }
        let nonces: Vec<[u8; 24]> = merged.iter().map(|_| self.ports.random()).collect();
        let writer = self.writer.clone();
        let touch = Touch { changed: (self.ports.now)(), title };
        let built = self
            .ports
            .store
            .append(
                self.writer.room,
                self.writer.author(),
                touch,
                Box::new(move |mut head| {
                    let sealed = merged.into_iter().zip(nonces);
                    Ok(sealed
                        .map(|((doc, update), nonce)| writer.entry(&mut head, doc, update, nonce))
                        .collect())
                }),
            )
            .await?;
        self.since_squash.set(self.since_squash.get() + built.len());
        for entry in built {
            (self.stored)(entry.hash);
            (self.post)(&TabMessage::Entry(entry.sealed));
        }
        Ok(())
    }

    /// Puts what is not stored yet into the journal.
    pub(crate) fn write_journal(&self) {
        let mut out = stdx::Writer::new();
        for (doc, update) in self.in_flight.borrow().iter().chain(self.queue.borrow().iter()) {
            out.text(&doc.name()).bytes(update);
        }
        let bytes = out.finish();
        if !bytes.is_empty() {
            self.journaled.set(true);
            self.ports.journal.put(&self.journal_name, &model::hex(&bytes));
        }
    }

    fn squash_sometimes(self: &Rc<Self>) {
        if self.since_squash.get() >= SQUASH_FROM {
            self.since_squash.set(0);
            let this = self.clone();
            self.ports.tasks.spawn(Box::pin(async move {
                // Squashing only saves space; where it fails, the entries stay as they are.
                let _ = this.squash(SQUASH_FROM).await;
            }));
        }
    }

    /// Squashes the longest run of this device's own entries, when it has at least `from`.
    pub(crate) async fn squash(&self, from: usize) -> Result<(), StoreError> {
        let entries = self.ports.store.entries(self.writer.room).await?;
        let run = longest_run(self.writer.author(), &entries);
        if run.len() < from.max(2) {
            return Ok(());
        }
        if let Some(one) = squash(&self.writer, &run, self.ports.random()) {
            let (hash, covered) = (one.hash, run.iter().map(|entry| entry.hash).collect());
            if self.ports.store.squash(self.writer.room, one, covered).await? {
                (self.stored)(hash);
            }
        }
        Ok(())
    }
}

fn journal_prefix(room: RoomId) -> String {
    format!("handsel/unsaved/{room}/")
}

/// What closed tabs could not store of a room; taken out of the journal.
pub(crate) fn read_journal(ports: &Ports, room: RoomId) -> Vec<(DocName, Vec<u8>)> {
    let mut updates = Vec::new();
    for text in ports.journal.take_all(&journal_prefix(room)) {
        let bytes = model::unhex(&text).unwrap_or_default();
        let mut from = stdx::Reader::new(&bytes);
        while let (Ok(doc), Ok(update)) = (from.text(), from.bytes()) {
            updates.extend(DocName::parse(doc).map(|doc| (doc, update.to_vec())));
        }
    }
    updates
}
