//! Transactions on entries. Each counts the chain on, the room's bytes and its touch in one go.
//!
//! When a connection breaks while a transaction is being committed, nobody can say whether it was kept. So each write
//! here can be run a second time, and remembers of the first what it needs to give the right answer.

use std::collections::HashSet;

use indexed_db_futures::{database::Database, object_store::ObjectStore, transaction::Transaction};
use js_sys::Uint8Array;
use model::{BuildEntries, Chain, EntryHash, Head, RoomId, StoreError, StoredEntry, Touch};
use wasm_bindgen::JsValue;

use super::{
    fault::Fault,
    records::{PlacedEntry, StoredChain, StoredRoom, all_in, chain_key, key_in, room_key},
    requests::{self, delete, find, get, has},
    row::{Row, Stored},
    transaction::{read, write},
};

const STORES: &[&str] = &["rooms", "entries", "chains"];

pub(super) async fn of_room(db: &Database, room: RoomId) -> Result<Vec<StoredEntry>, Fault> {
    read(db, &["entries"], async |transaction| {
        let rows = requests::all(&transaction.object_store("entries")?, Some(all_in(room)))?.await?;
        rows.iter().map(|row| Ok(PlacedEntry::from_row(row)?.entry)).collect()
    })
    .await
}

/// Appending entries that are made inside the transaction.
pub(super) struct Append {
    room: RoomId,
    chain: Chain,
    touch: Touch,
    work: Work,
}

enum Work {
    Unbuilt(BuildEntries),
    /// Made on top of this head; perhaps stored already.
    Built(Head, Vec<StoredEntry>),
    /// The caller's work failed.
    Failed(String),
}

impl Append {
    pub(super) fn new(room: RoomId, chain: Chain, touch: Touch, build: BuildEntries) -> Self {
        Self { room, chain, touch, work: Work::Unbuilt(build) }
    }

    pub(super) async fn run(&mut self, db: &Database) -> Result<Vec<StoredEntry>, Fault> {
        write(db, STORES, async |transaction| {
            let chains = transaction.object_store("chains")?;
            let chain = get(&chains, chain_key(self.room, self.chain))?;
            let mut shelf = Shelf::open(transaction, self.room).await?;
            let mut chain = StoredChain::read(chain.await?, self.room, self.chain)?;
            let built = self.build(chain.head)?;
            if was_kept(&built, chain.head) {
                return Ok(built);
            }
            for entry in &built {
                chain.take(entry);
                shelf.add(entry.clone())?;
            }
            requests::put(&chains, &chain)?;
            shelf.close(&self.touch)?;
            Ok(built)
        })
        .await
    }

    /// The entries to follow `head`, made at most once.
    fn build(&mut self, head: Head) -> Result<Vec<StoredEntry>, Fault> {
        let work = std::mem::replace(&mut self.work, Work::Failed("it panicked".into()));
        self.work = match work {
            Work::Unbuilt(build) => match build(head) {
                Ok(built) => Work::Built(head, built),
                Err(why) => Work::Failed(why),
            },
            done => done,
        };
        match &self.work {
            Work::Built(base, built) if *base == head || was_kept(built, head) => Ok(built.clone()),
            Work::Failed(why) => Err(Fault::Final(StoreError::Cancelled(why.clone()))),
            _ => Err(Fault::Broken("the chain went on elsewhere meanwhile".into())),
        }
    }
}

/// Whether an earlier attempt was kept after all.
fn was_kept(built: &[StoredEntry], head: Head) -> bool {
    built.last().is_some_and(|last| last.last == head.number && last.hash == head.hash)
}

/// Storing entries that came from elsewhere.
pub(super) struct Accept {
    room: RoomId,
    touch: Touch,
    entries: Vec<StoredEntry>,
    /// What attempts so far found to be new, and may have stored.
    found: Vec<EntryHash>,
}

impl Accept {
    pub(super) fn new(room: RoomId, touch: Touch, entries: Vec<StoredEntry>) -> Self {
        Self { room, touch, entries, found: Vec::new() }
    }

    pub(super) async fn run(&mut self, db: &Database) -> Result<Vec<EntryHash>, Fault> {
        write(db, STORES, async |transaction| {
            let chain_store = transaction.object_store("chains")?;
            let entry_store = transaction.object_store("entries")?;
            let hashes = entry_store.index("hash")?;
            // All questions go out before the first answer is awaited.
            // A room has few chains.
            let mut asked = Vec::new();
            let mut places = Vec::with_capacity(self.entries.len());
            for entry in &self.entries {
                let name = entry.chain();
                if asked.iter().all(|(known, _)| *known != name) {
                    asked.push((name, get(&chain_store, chain_key(self.room, name))?));
                }
                places.push(has(&hashes, hash_key(self.room, entry.hash))?);
            }
            let mut shelf = Shelf::open(transaction, self.room).await?;
            let mut known = HashSet::new();
            for (entry, is_there) in self.entries.iter().zip(places) {
                if is_there.await? {
                    known.insert(entry.hash);
                }
            }
            let mut chains = Vec::new();
            for (name, chain) in asked {
                chains.push((name, StoredChain::read(chain.await?, self.room, name)?, false));
            }
            for entry in &self.entries {
                let chain = chains.iter_mut().find(|(name, ..)| *name == entry.chain());
                let Some((_, chain, grown)) = chain else { continue };
                if chain.covers(entry) || !known.insert(entry.hash) {
                    continue;
                }
                *grown = true;
                chain.take(entry);
                shelf.add(entry.clone())?;
                if !self.found.contains(&entry.hash) {
                    self.found.push(entry.hash);
                }
            }
            for (_, chain, _) in chains.iter().filter(|(.., grown)| *grown) {
                requests::put(&chain_store, chain)?;
            }
            if shelf.is_changed() {
                shelf.close(&self.touch)?;
            }
            Ok(self.found.clone())
        })
        .await
    }
}

/// Replacing entries by one that says the same.
pub(super) struct Squash {
    room: RoomId,
    entry: StoredEntry,
    covered: Vec<EntryHash>,
    /// An attempt found all of them, and may have replaced them.
    found: bool,
}

impl Squash {
    pub(super) fn new(room: RoomId, entry: StoredEntry, covered: Vec<EntryHash>) -> Self {
        Self { room, entry, covered, found: false }
    }

    pub(super) async fn run(&mut self, db: &Database) -> Result<bool, Fault> {
        write(db, STORES, async |transaction| {
            let chain_store = transaction.object_store("chains")?;
            let entry_store = transaction.object_store("entries")?;
            let hashes = entry_store.index("hash")?;
            let chain = get(&chain_store, chain_key(self.room, self.entry.chain()))?;
            let replacement = has(&hashes, hash_key(self.room, self.entry.hash))?;
            let mut asked = Vec::with_capacity(self.covered.len());
            for hash in &self.covered {
                asked.push(find(&hashes, hash_key(self.room, *hash))?);
            }
            let chain = chain.await?;
            if self.found && replacement.await? {
                return Ok(true);
            }
            let mut covered: Vec<PlacedEntry> = Vec::with_capacity(asked.len());
            for placed in asked {
                covered.extend(Row::read(placed.await?)?);
            }
            let Some(place) = covered.iter().map(|placed| placed.place).min() else { return Ok(false) };
            if covered.len() < self.covered.len() {
                return Ok(false);
            }
            self.found = true;
            let mut chain = StoredChain::read(chain, self.room, self.entry.chain())?;
            let mut shelf = Shelf::open(transaction, self.room).await?;
            for placed in &covered {
                chain.forget(&placed.entry);
                shelf.remove(placed)?;
            }
            chain.take(&self.entry);
            shelf.put(place, self.entry.clone())?;
            requests::put(&chain_store, &chain)?;
            shelf.close(&Touch::default())?;
            Ok(true)
        })
        .await
    }
}

/// A room's row and entries while a transaction changes them.
struct Shelf<'a> {
    rooms: ObjectStore<'a>,
    entries: ObjectStore<'a>,
    room: StoredRoom,
    is_changed: bool,
}

impl<'a> Shelf<'a> {
    async fn open(transaction: &'a Transaction<'_>, id: RoomId) -> Result<Self, Fault> {
        let rooms = transaction.object_store("rooms")?;
        let entries = transaction.object_store("entries")?;
        let room = Row::read(get(&rooms, room_key(id))?.await?)?;
        let room = room.ok_or_else(|| Fault::damaged("no such room"))?;
        Ok(Self { rooms, entries, room, is_changed: false })
    }

    fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Puts an entry behind all others.
    fn add(&mut self, entry: StoredEntry) -> Result<(), Fault> {
        let place = self.room.next;
        self.room.next += 1;
        self.put(place, entry)
    }

    fn put(&mut self, place: u64, entry: StoredEntry) -> Result<(), Fault> {
        self.is_changed = true;
        self.room.record.bytes += entry.sealed.len() as u64;
        requests::put(&self.entries, &PlacedEntry { room: self.room.record.id, place, entry })
    }

    fn remove(&mut self, placed: &PlacedEntry) -> Result<(), Fault> {
        self.is_changed = true;
        self.room.record.bytes = self.room.record.bytes.saturating_sub(placed.entry.sealed.len() as u64);
        delete(&self.entries, key_in(placed.room, placed.place as f64).into())
    }

    fn close(mut self, touch: &Touch) -> Result<(), Fault> {
        if touch.changed > 0 {
            self.room.record.changed = touch.changed;
        }
        if let Some(title) = &touch.title {
            self.room.record.title.clone_from(title);
        }
        requests::put(&self.rooms, &self.room)
    }
}

fn hash_key(room: RoomId, hash: EntryHash) -> JsValue {
    key_in(room, Uint8Array::from(&hash.0[..]))
}
