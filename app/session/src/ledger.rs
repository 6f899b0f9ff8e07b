//! A room's documents from its entries, and entries from changes.

use std::{
    cell::{Ref, RefCell},
    collections::{BTreeMap, HashSet},
};

use model::{Author, Chain, DocName, EntryHash, Head, Pass, Right, RoomId, RoomKeys, StoredEntry, limits};
use replica::{Content, ContentEvent, Leaf, Offer, Responses};
use sync::{
    approval::SignedStatement,
    deal::{Deal, SignedAct},
    judge::{Judge, Outcome, Refusal, Verdict},
    ledger::{Entry, EntryError, Pen, Session, SignedEntry, epoch_of, unseal},
};

use terms::approval::Approvals;

use crate::{Ports, Problem, sharing::owns};

/// What this run of the program writes with in a room.
pub(crate) struct Writer {
    pub(crate) room: RoomId,
    keys: RefCell<RoomKeys>,
    pub(crate) pen: Pen,
    /// This run's own session, and those of closed tabs whose last words it keeps.
    sessions: RefCell<Vec<Session>>,
}

impl Writer {
    pub(crate) fn new(room: RoomId, keys: RoomKeys, ports: &Ports) -> Self {
        let pen = Pen::new(&keys.author_seed);
        Self { room, keys: RefCell::new(keys), pen, sessions: RefCell::new(vec![Session(ports.random())]) }
    }

    /// In whose sessions it writes, its own first.
    pub(crate) fn sessions(&self) -> Vec<Session> {
        self.sessions.borrow().clone()
    }

    /// Takes over what another session of the same author wrote.
    pub(crate) fn inherit(&self, session: Session) {
        let mut sessions = self.sessions.borrow_mut();
        if !sessions.contains(&session) {
            sessions.push(session);
        }
    }

    pub(crate) fn keys(&self) -> Ref<'_, RoomKeys> {
        self.keys.borrow()
    }

    /// Takes in the content key of the next epoch.
    pub(crate) fn learn(&self, key: [u8; 32]) {
        self.keys.borrow_mut().later.push(key);
    }

    /// Takes over what the store knows of the keys beyond this: those of later epochs, and another link to hold. Answers
    /// whether there was any.
    pub(crate) fn adopt(&self, stored: &RoomKeys) -> bool {
        let mut keys = self.keys.borrow_mut();
        let before = keys.clone();
        if keys.later.len() < stored.later.len() {
            keys.later.clone_from(&stored.later);
        }
        keys.pass.clone_from(&stored.pass);
        *keys != before
    }

    /// Holds another link from now on.
    pub(crate) fn hold(&self, pass: Pass) {
        self.keys.borrow_mut().pass = Some(pass);
    }

    pub(crate) fn author(&self) -> Author {
        self.pen.author()
    }

    pub(crate) fn client(&self) -> u64 {
        let own = self.sessions.borrow().first().copied();
        own.map_or(0, |session| session.client(&self.author()))
    }

    /// The documents that it may write in. Of the book's leaves the one that tells of imports is first, so that what was imported
    /// is never stored without it.
    pub(crate) fn docs(&self) -> impl Iterator<Item = DocName> + use<> {
        let docs = [DocName::Offer, DocName::Content, DocName::Responses(self.author())];
        docs.into_iter().chain((0..=limits::BOOK_LEAVES).map(DocName::Book))
    }

    /// Its chain on a document.
    pub(crate) fn chain(&self, doc: DocName) -> Chain {
        Chain { author: self.author(), doc }
    }

    /// A change as the entry after `head`.
    fn next(&self, head: Head, doc: DocName, update: Vec<u8>) -> Entry {
        let (number, sessions) = (head.number + 1, self.sessions());
        Entry { author: self.author(), first: number, last: number, prev: head.hash, sessions, doc, update }
    }

    /// Signs whole documents, each as the first entry of its chain.
    pub(crate) fn whole(&self, states: impl IntoIterator<Item = (DocName, Vec<u8>)>) -> Vec<SignedEntry> {
        states.into_iter().map(|(doc, update)| self.sign(Head::START, doc, update).1).collect()
    }

    /// Signs a change as the entry after `head`, in the newest epoch.
    pub(crate) fn sign(&self, head: Head, doc: DocName, update: Vec<u8>) -> (u64, SignedEntry) {
        let epoch = self.keys().epoch();
        (epoch, self.pen.sign(self.room, epoch, self.next(head, doc, update)))
    }

    /// Signs and seals a change as the entry after `head`.
    pub(crate) fn entry(&self, head: Head, doc: DocName, update: Vec<u8>, nonce: [u8; 24]) -> StoredEntry {
        let (epoch, signed) = self.sign(head, doc, update);
        self.seal(epoch, &signed, nonce)
    }

    /// Seals a signed entry of an epoch whose key is here.
    pub(crate) fn seal(&self, epoch: u64, signed: &SignedEntry, nonce: [u8; 24]) -> StoredEntry {
        let keys = self.keys();
        let key = keys.of_epoch(epoch);
        stdx::never!(key.is_none());
        signed.seal(self.room, epoch, key.unwrap_or(keys.newest()), nonce)
    }

    /// Opens an entry of this device's own store, or of another tab.
    pub(crate) fn open(&self, sealed: &[u8]) -> Result<(u64, SignedEntry), EntryError> {
        let epoch = epoch_of(self.room, sealed)?;
        let keys = self.keys();
        let key = keys.of_epoch(epoch).ok_or(EntryError::WrongKey)?;
        let (_, bytes) = unseal(self.room, key, sealed)?;
        Ok((epoch, SignedEntry::read_trusted(&bytes)?))
    }
}

/// The shared documents of a room as this device has them.
pub(crate) struct Documents {
    pub(crate) content: Content,
    pub(crate) offer: Offer,
    /// Everybody's answers.
    pub(crate) responses: BTreeMap<Author, Responses>,
    /// Leaves of the team's book, those that were ever written in. Only the workspace of a team's room has any; elsewhere nothing
    /// looks at them.
    pub(crate) book: BTreeMap<u8, Leaf>,
    /// Who of the team holds which role and approved what; in the workspace of a team's room only.
    pub(crate) approvals: Approvals,
    /// What was sealed and signed; nothing in a room without rights.
    pub(crate) deal: Deal,
    /// What was recorded of reading, still sealed; on the owner's devices alone, since nobody else can open it.
    pub(crate) receipts: Vec<Receipt>,
    /// What changed of them since it was last looked at.
    pub(crate) moved: Moved,
    client: u64,
    /// Entries that were looked at.
    pub(crate) known: HashSet<EntryHash>,
    /// Entries of the store that could not be read.
    pub(crate) unreadable: usize,
    /// Says what counts, in a room with rights.
    judge: Option<Judge>,
    /// What does not count so far, and might by a later word of the roll.
    aside: Vec<(EntryHash, Entry)>,
    /// Something that had counted does no longer: the documents are to be made anew.
    pub(crate) ended: bool,
}

/// A receipt of reading that counts.
pub(crate) struct Receipt {
    pub(crate) author: Author,
    /// The entry that carries it.
    pub(crate) hash: EntryHash,
    pub(crate) sealed: Vec<u8>,
}

/// Which documents changed, apart from the text, which tells of each change by itself.
#[derive(Default)]
pub(crate) struct Moved {
    pub(crate) offer: bool,
    pub(crate) responses: bool,
    pub(crate) book: bool,
    pub(crate) deal: bool,
    pub(crate) receipts: bool,
}

impl Documents {
    /// Empty documents of the writer's room, written as `client`.
    pub(crate) fn new(writer: &Writer, client: u64) -> Self {
        let keys = writer.keys();
        Self {
            content: Content::new(client),
            offer: Offer::new(client),
            responses: BTreeMap::new(),
            book: BTreeMap::new(),
            approvals: Approvals::default(),
            deal: Deal::default(),
            receipts: Vec::new(),
            moved: Moved::default(),
            client,
            known: HashSet::new(),
            unreadable: 0,
            judge: keys.pass.is_some().then(|| Judge::new(writer.room, keys.owner)),
            aside: Vec::new(),
            ended: false,
        }
    }

    /// Documents with all of the store's entries. An entry that cannot be read is counted, and the others still serve.
    pub(crate) fn load(writer: &Writer, entries: &[StoredEntry]) -> Self {
        let mut documents = Self::new(writer, writer.client());
        // The roll first: it holds the keys of later epochs.
        let (roll, others): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.doc == DocName::Roll);
        for stored in roll.into_iter().chain(others) {
            if documents.take_in(writer, stored).is_err() {
                documents.unreadable += 1;
            }
        }
        // Nobody has seen any of it yet who could be told that it changed.
        documents.content.take_table_events();
        documents
    }

    /// Takes note of an entry of this device's own, whose changes are in the documents already.
    pub(crate) fn note_own(&mut self, room: RoomId, entry: &StoredEntry) {
        self.known.insert(entry.hash);
        if let Some(judge) = &mut self.judge {
            judge.note(epoch_of(room, &entry.sealed).unwrap_or_default(), entry);
        }
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
        let (epoch, signed) = writer.open(&stored.sealed)?;
        self.admit(writer, epoch, &signed)
    }

    /// Applies a signed entry if it counts, and what counts by it; answers what changed in the text.
    pub(crate) fn admit(
        &mut self,
        writer: &Writer,
        epoch: u64,
        signed: &SignedEntry,
    ) -> Result<Vec<ContentEvent>, Problem> {
        let hash = signed.hash();
        self.known.insert(hash);
        let Some(judge) = &mut self.judge else { return self.apply(writer, hash, &signed.entry) };
        let Outcome { verdict, counts, ended } =
            judge.take(epoch, signed, replica::clients(&signed.entry.update).as_deref());
        self.ended |= !ended.is_empty();
        let mut events = match verdict {
            Verdict::Counts => self.apply(writer, hash, &signed.entry)?,
            Verdict::Waits => {
                self.put_aside(hash, &signed.entry);
                Vec::new()
            }
            Verdict::Refused(why) => {
                // Words of this device that came too late are to be signed again.
                self.ended |= why == Refusal::PastCut && signed.entry.author == writer.author();
                if why.may_pass() {
                    self.put_aside(hash, &signed.entry);
                }
                Vec::new()
            }
        };
        for hash in counts {
            if let Some(at) = self.aside.iter().position(|(aside, _)| *aside == hash) {
                let (_, entry) = self.aside.swap_remove(at);
                events.extend(self.apply(writer, hash, &entry)?);
            }
        }
        self.learn_keys(writer);
        Ok(events)
    }

    fn put_aside(&mut self, hash: EntryHash, entry: &Entry) {
        let size: usize = self.aside.iter().map(|(_, entry)| entry.update.len()).sum();
        if size + entry.update.len() <= limits::WAITING_MAX {
            self.aside.push((hash, entry.clone()));
        } else {
            self.known.remove(&hash);
            if let Some(judge) = &mut self.judge {
                judge.forget(&hash);
            }
        }
    }

    /// The content keys of epochs that the roll tells of, as far as this device may have them.
    fn learn_keys(&self, writer: &Writer) {
        let Some(judge) = &self.judge else { return };
        loop {
            let epoch = writer.keys().epoch();
            if epoch >= judge.roll().epoch() {
                return;
            }
            let key = {
                let (keys, openings) = (writer.keys(), judge.roll().openings());
                let opening = openings.get(epoch as usize).map(|(_, opening)| opening);
                opening.zip(keys.pass.as_ref()).and_then(|(opening, pass)| match &pass.owner_seed {
                    Some(seed) => opening.key_for_owner(seed),
                    None => opening.key_for_link(&sync::link::LinkSecret(pass.secret)),
                })
            };
            match key {
                Some(key) => writer.learn(key),
                None => return,
            }
        }
    }

    /// Whether an entry counts here.
    pub(crate) fn counts(&self, hash: &EntryHash) -> bool {
        match &self.judge {
            Some(judge) => judge.verdict(hash) == Some(&Verdict::Counts),
            None => self.known.contains(hash),
        }
    }

    /// Who may do what, in a room with rights.
    pub(crate) fn judge(&self) -> Option<&Judge> {
        self.judge.as_ref()
    }

    /// What an author may do now. In a room without rights everybody owns it.
    pub(crate) fn right(&self, author: &Author) -> Option<Right> {
        match &self.judge {
            Some(judge) => judge.roll().right(author, judge.roll().epoch()),
            None => Some(Right::Own),
        }
    }

    /// An author's answers.
    pub(crate) fn responses_of(&mut self, author: Author) -> &mut Responses {
        let client = self.client;
        self.responses.entry(author).or_insert_with(|| Responses::new(client))
    }

    /// A leaf of the team's book.
    pub(crate) fn leaf(&mut self, leaf: u8) -> &mut Leaf {
        let client = self.client;
        self.book.entry(leaf).or_insert_with(|| Leaf::new(client))
    }

    /// Applies the changes of an entry that counts.
    fn apply(
        &mut self,
        writer: &Writer,
        hash: EntryHash,
        entry: &Entry,
    ) -> Result<Vec<ContentEvent>, Problem> {
        match entry.doc {
            DocName::Content => Ok(self.content.receive(&entry.update)?),
            DocName::Offer => {
                self.offer.receive(&entry.update)?;
                self.moved.offer = true;
                Ok(Vec::new())
            }
            DocName::Book(leaf) => {
                self.leaf(leaf).receive(&entry.update)?;
                self.moved.book = true;
                Ok(Vec::new())
            }
            // In rooms without rights nobody else has looked at whose they are.
            DocName::Responses(author) if author == entry.author => {
                self.responses_of(author).receive(&entry.update)?;
                self.moved.responses = true;
                Ok(Vec::new())
            }
            DocName::Deal => {
                // Who signed is known only where it is known who may.
                if let (Some(_), Ok(signed)) = (&self.judge, SignedAct::read(writer.room, &entry.update)) {
                    self.moved.deal |= self.deal.take(signed);
                }
                Ok(Vec::new())
            }
            DocName::Receipts => {
                if self.judge.is_some() && owns(writer.keys().pass.as_ref()) {
                    let (author, sealed) = (entry.author, entry.update.clone());
                    self.receipts.push(Receipt { author, hash, sealed });
                    self.moved.receipts = true;
                }
                Ok(Vec::new())
            }
            DocName::Approvals => {
                if let (Some(_), Ok(signed)) =
                    (&self.judge, SignedStatement::read(writer.room, &entry.update))
                {
                    let hash = signed.hash();
                    self.moved.book |= self.approvals.take(hash, signed.author, signed.statement);
                }
                Ok(Vec::new())
            }
            // The roll is no document.
            DocName::Responses(_) | DocName::Roll => Ok(Vec::new()),
        }
    }
}

/// The author's own entries of one document that follow each other in their chain, joined into one that says the same, in
/// an epoch whose key is here. Nothing when that cannot be done.
pub(crate) fn join(writer: &Writer, epoch: u64, run: &[StoredEntry], nonce: [u8; 24]) -> Option<StoredEntry> {
    let mut entries = Vec::with_capacity(run.len());
    for stored in run {
        entries.push(writer.open(&stored.sealed).ok()?.1.entry);
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
    Some(writer.seal(epoch, &writer.pen.sign(writer.room, epoch, whole), nonce))
}

/// The shortest form, which exists when the entries build on nothing but each other.
fn compact(doc: DocName, entries: &[Entry]) -> Option<Vec<u8>> {
    // The client is never written with.
    let (mut content, mut offer, mut responses) = (Content::new(0), Offer::new(0), Responses::new(0));
    let mut leaf = Leaf::new(0);
    for entry in entries {
        match doc {
            DocName::Content => drop(content.receive(&entry.update).ok()?),
            DocName::Offer => offer.receive(&entry.update).ok()?,
            DocName::Responses(_) => responses.receive(&entry.update).ok()?,
            DocName::Book(_) => leaf.receive(&entry.update).ok()?,
            // Acts and statements are signed for themselves, receipts sealed for themselves: none is ever replaced.
            DocName::Roll | DocName::Deal | DocName::Receipts | DocName::Approvals => return None,
        }
    }
    match doc {
        DocName::Content if !content.is_waiting() => content.state().ok(),
        DocName::Offer if !offer.is_waiting() => offer.state().ok(),
        DocName::Responses(_) if !responses.is_waiting() => responses.state().ok(),
        DocName::Book(_) if !leaf.is_waiting() => leaf.state().ok(),
        _ => None,
    }
}

/// The longest run of a chain's entries that follow each other in one epoch: all of them, unless some came from elsewhere
/// with a gap, or the room's keys changed in between.
pub(crate) fn longest_run(room: RoomId, chain: Chain, entries: &[StoredEntry]) -> (u64, Vec<StoredEntry>) {
    let epoch = |entry: &StoredEntry| epoch_of(room, &entry.sealed).unwrap_or_default();
    let own = entries.iter().filter(|entry| entry.chain() == chain);
    let own = stdx::in_order(own, |one, other| one.first < other.first);
    let runs = own.chunk_by(|one, next| next.first == one.last + 1 && epoch(next) == epoch(one));
    let best = runs.max_by_key(|run| run.len()).unwrap_or_default();
    let run: Vec<StoredEntry> = best.iter().map(|entry| (*entry).clone()).collect();
    (run.first().map_or(0, epoch), run)
}
