//! A room's documents from its entries, and entries from changes.

use std::collections::HashSet;

use model::{Author, Chain, DocName, EntryHash, Head, RoomId, RoomKeys, StoredEntry};
use replica::{Content, ContentEvent, Offer};
use sync::ledger::{Entry, Pen, Session, SignedEntry, unseal};

use crate::{Ports, Problem};

/// Rooms have one epoch so far; it is part of every signature.
pub(crate) const EPOCH: u64 = 0;

/// What this run of the program writes with in a room.
pub(crate) struct Writer {
    pub(crate) room: RoomId,
    pub(crate) keys: RoomKeys,
    pub(crate) pen: Pen,
    pub(crate) session: Session,
}

impl Writer {
    pub(crate) fn new(room: RoomId, keys: RoomKeys, ports: &Ports) -> Self {
        let pen = Pen::new(&keys.author_seed);
        Self { room, keys, pen, session: Session(ports.random()) }
    }

    pub(crate) fn author(&self) -> Author {
        self.pen.author()
    }

    pub(crate) fn client(&self) -> u64 {
        self.session.client(&self.author())
    }

    /// Its chain on a document.
    pub(crate) fn chain(&self, doc: DocName) -> Chain {
        Chain { author: self.author(), doc }
    }

    /// Signs whole documents, each as the first entry of its chain.
    pub(crate) fn whole(&self, states: impl IntoIterator<Item = (DocName, Vec<u8>)>) -> Vec<Vec<u8>> {
        let sign = |(doc, update)| {
            let (first, prev, sessions) = (1, Head::START.hash, vec![self.session]);
            let entry = Entry { author: self.author(), first, last: first, prev, sessions, doc, update };
            self.pen.sign(self.room, EPOCH, entry).bytes
        };
        states.into_iter().map(sign).collect()
    }

    /// Signs and seals a change as the entry after `head`.
    pub(crate) fn entry(&self, head: Head, doc: DocName, update: Vec<u8>, nonce: [u8; 24]) -> StoredEntry {
        let number = head.number + 1;
        let entry = Entry {
            author: self.author(),
            first: number,
            last: number,
            prev: head.hash,
            sessions: vec![self.session],
            doc,
            update,
        };
        self.pen.sign(self.room, EPOCH, entry).seal(self.room, EPOCH, &self.keys.content, nonce)
    }
}

/// The shared documents of a room as this device has them.
pub(crate) struct Documents {
    pub(crate) content: Content,
    pub(crate) offer: Offer,
    /// Entries that are in the documents.
    pub(crate) known: HashSet<EntryHash>,
    /// Entries of the store that could not be read.
    pub(crate) unreadable: usize,
}

impl Documents {
    pub(crate) fn new(client: u64) -> Self {
        Self {
            content: Content::new(client),
            offer: Offer::new(client),
            known: HashSet::new(),
            unreadable: 0,
        }
    }

    /// Documents with all of the store's entries. An entry that cannot be read is counted, and the others still serve.
    pub(crate) fn load(writer: &Writer, entries: &[StoredEntry]) -> Self {
        let mut documents = Self::new(writer.client());
        for stored in entries {
            if documents.take_in(writer, stored).is_err() {
                documents.unreadable += 1;
            }
        }
        // Nobody has seen any table yet who could be told that it changed.
        documents.content.take_table_events();
        documents
    }

    /// Takes in an entry of this device's own store; answers what changed in the text.
    pub(crate) fn take_in(
        &mut self,
        writer: &Writer,
        stored: &StoredEntry,
    ) -> Result<Vec<ContentEvent>, Problem> {
        if self.known.contains(&stored.hash) {
            return Ok(Vec::new());
        }
        let (_, bytes) = unseal(writer.room, &writer.keys.content, &stored.sealed)?;
        let signed = SignedEntry::read_trusted(&bytes)?;
        self.known.insert(stored.hash);
        self.apply(&signed.entry)
    }

    /// Applies the changes of an entry that was checked.
    pub(crate) fn apply(&mut self, entry: &Entry) -> Result<Vec<ContentEvent>, Problem> {
        match entry.doc {
            DocName::Content => Ok(self.content.receive(&entry.update)?),
            DocName::Offer => {
                self.offer.receive(&entry.update)?;
                Ok(Vec::new())
            }
            // Nothing is written in responses yet; an entry from a later version is kept and passed on unread.
            DocName::Responses(_) | DocName::Roll => Ok(Vec::new()),
        }
    }
}

/// The author's own entries of one document that follow each other in their chain, squashed into one that says the same.
/// `run` has at least two. Nothing when that cannot be done.
pub(crate) fn squash(writer: &Writer, run: &[StoredEntry], nonce: [u8; 24]) -> Option<StoredEntry> {
    let mut entries = Vec::with_capacity(run.len());
    for stored in run {
        let (_, bytes) = unseal(writer.room, &writer.keys.content, &stored.sealed).ok()?;
        entries.push(SignedEntry::read_trusted(&bytes).ok()?.entry);
    }
    let (first, last) = (entries.first()?, entries.last()?);
    let mut sessions: Vec<Session> = Vec::new();
    for session in entries.iter().flat_map(|entry| &entry.sessions) {
        if !sessions.contains(session) {
            sessions.push(*session);
        }
    }
    let update = match compact(first.doc, &entries) {
        Some(update) => update,
        None => replica::merge(&entries.iter().map(|entry| entry.update.clone()).collect::<Vec<_>>()).ok()?,
    };
    let whole = Entry {
        author: writer.author(),
        first: first.first,
        last: last.last,
        prev: first.prev,
        sessions,
        doc: first.doc,
        update,
    };
    Some(writer.pen.sign(writer.room, EPOCH, whole).seal(writer.room, EPOCH, &writer.keys.content, nonce))
}

/// The shortest form, which exists when the entries build on nothing but each other.
fn compact(doc: DocName, entries: &[Entry]) -> Option<Vec<u8>> {
    // The client is never written with.
    let mut documents = Documents::new(0);
    for entry in entries {
        documents.apply(entry).ok()?;
    }
    match doc {
        DocName::Content if !documents.content.is_waiting() => documents.content.state().ok(),
        DocName::Offer if !documents.offer.is_waiting() => documents.offer.state().ok(),
        _ => None,
    }
}

/// The longest run of a chain's entries that follow each other: all of them, unless some came from elsewhere with a gap.
pub(crate) fn longest_run(chain: Chain, entries: &[StoredEntry]) -> Vec<StoredEntry> {
    let own = entries.iter().filter(|entry| entry.chain() == chain);
    let own = stdx::in_order(own, |one, other| one.first < other.first);
    let runs = own.chunk_by(|one, next| next.first == one.last + 1);
    let best = runs.max_by_key(|run| run.len()).unwrap_or_default();
    best.iter().map(|entry| (*entry).clone()).collect()
}
