//! The durable store: IndexedDB.
//!
//! ```text
//! rooms     id → title, times, standing, keys, bytes, next place
//! entries   [room, place] → a sealed entry; index `hash` on [room, hash]
//! chains    [room, author, document] → end of the chain and its squashed ranges
//! blobs     [room, hash] → a sealed blob
//! settings  name → text
//! ```

mod blobs;
mod connection;
mod entries;
mod fault;
mod migrations;
mod records;
mod requests;
mod rooms;
mod row;
#[cfg(test)]
mod stored_form;
mod transaction;

use std::{cell::Cell, pin::Pin, rc::Rc};

use futures_channel::oneshot;
use indexed_db_futures::database::Database;
use model::{
    BlobHash, BuildEntries, Chain, ChangeSetting, EntryHash, Later, RoomId, RoomRecord, RoomStore,
    StoreError, StoredBlob, StoredEntry, Touch,
};

use crate::timers::spawn;
use connection::Connection;
use entries::{Accept, Append, Squash};
use fault::Fault;

const NAME: &str = "handsel";

/// What happens to an open store from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreEvent {
    /// Another tab runs a newer version and needs the database; this one let go of it and cannot write any more.
    Superseded,
    /// The browser closed the connection, as when the person clears the site's data. The next call opens it again.
    Closed,
}

/// Rooms in this browser's IndexedDB.
///
/// What is asked for starts at once, in the order of the calls, whether or not its answer is awaited.
#[derive(Clone)]
pub struct IdbStore {
    connection: Rc<Connection>,
}

/// Opens the store, and makes or upgrades it where needed. `events` is told what happens to it later.
///
/// # Errors
/// [`StoreError::Refused`] when the browser keeps nothing for this page, [`StoreError::Newer`] when a newer version of
/// the program wrote the store, [`StoreError::Blocked`] when another tab holds an older version open and does not let
/// go of it within a second or two, [`StoreError::Full`] and [`StoreError::Lost`] as they say.
pub async fn open(events: impl Fn(StoreEvent) + 'static) -> Result<IdbStore, StoreError> {
    let connection = Connection::open(NAME, Rc::new(events)).await?;
    Ok(IdbStore { connection: Rc::new(connection) })
}

/// Work on the database that may have to be done again on a new connection.
trait Job {
    /// Does the work, and keeps what came of it.
    fn attempt<'a>(&'a mut self, db: &'a Database) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + 'a>>;
}

/// Work whose value comes into a place from which its caller takes it.
struct Filling<T, W> {
    place: Rc<Cell<Option<T>>>,
    work: W,
}

impl<T, W: AsyncFnMut(&Database) -> Result<T, Fault>> Job for Filling<T, W> {
    fn attempt<'a>(&'a mut self, db: &'a Database) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + 'a>> {
        Box::pin(async {
            self.place.set(Some((self.work)(db).await?));
            Ok(())
        })
    }
}

impl IdbStore {
    fn run<T: 'static>(
        &self,
        work: impl AsyncFnMut(&Database) -> Result<T, Fault> + 'static,
    ) -> Later<Result<T, StoreError>> {
        let place = Rc::new(Cell::new(None));
        let done = self.start(Box::new(Filling { place: place.clone(), work }));
        Box::pin(async move {
            done.await?;
            place.take().ok_or_else(closing)
        })
    }

    fn start(&self, mut job: Box<dyn Job>) -> Later<Result<(), StoreError>> {
        let connection = self.connection.clone();
        let (sender, done) = oneshot::channel();
        spawn(async move {
            let _ = sender.send(connection.run(&mut *job).await);
        });
        Box::pin(async { done.await.unwrap_or_else(|_| Err(closing())) })
    }
}

fn closing() -> StoreError {
    StoreError::Lost("the page is closing".into())
}

impl RoomStore for IdbStore {
    fn rooms(&self) -> Later<Result<Vec<RoomRecord>, StoreError>> {
        self.run(async |db: &Database| rooms::all(db).await)
    }

    fn room(&self, id: RoomId) -> Later<Result<Option<RoomRecord>, StoreError>> {
        self.run(async move |db: &Database| rooms::one(db, id).await)
    }

    fn put_room(&self, room: RoomRecord) -> Later<Result<(), StoreError>> {
        self.run(async move |db: &Database| rooms::put(db, &room).await)
    }

    fn erase_room(&self, id: RoomId) -> Later<Result<(), StoreError>> {
        self.run(async move |db: &Database| rooms::erase(db, id).await)
    }

    fn entries(&self, room: RoomId) -> Later<Result<Vec<StoredEntry>, StoreError>> {
        self.run(async move |db: &Database| entries::of_room(db, room).await)
    }

    fn append(
        &self,
        room: RoomId,
        chain: Chain,
        touch: Touch,
        build: BuildEntries,
    ) -> Later<Result<Vec<StoredEntry>, StoreError>> {
        let mut append = Append::new(room, chain, touch, build);
        self.run(async move |db: &Database| append.run(db).await)
    }

    fn accept(
        &self,
        room: RoomId,
        touch: Touch,
        entries: Vec<StoredEntry>,
    ) -> Later<Result<Vec<EntryHash>, StoreError>> {
        let mut accept = Accept::new(room, touch, entries);
        self.run(async move |db: &Database| accept.run(db).await)
    }

    fn squash(
        &self,
        room: RoomId,
        entry: StoredEntry,
        covered: Vec<EntryHash>,
    ) -> Later<Result<bool, StoreError>> {
        let mut squash = Squash::new(room, entry, covered);
        self.run(async move |db: &Database| squash.run(db).await)
    }

    fn put_blobs(&self, room: RoomId, blobs: Vec<StoredBlob>, now: u64) -> Later<Result<(), StoreError>> {
        self.run(async move |db: &Database| blobs::put(db, room, &blobs, now).await)
    }

    fn blob(&self, room: RoomId, hash: BlobHash) -> Later<Result<Option<Vec<u8>>, StoreError>> {
        self.run(async move |db: &Database| blobs::one(db, room, hash).await)
    }

    fn blobs(&self, room: RoomId) -> Later<Result<Vec<BlobHash>, StoreError>> {
        self.run(async move |db: &Database| blobs::names(db, room).await)
    }

    fn drop_blobs(
        &self,
        room: RoomId,
        hashes: Vec<BlobHash>,
        calm_since: u64,
    ) -> Later<Result<(), StoreError>> {
        self.run(async move |db: &Database| blobs::remove(db, room, &hashes, calm_since).await)
    }

    fn setting(&self, name: &str) -> Later<Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        self.run(async move |db: &Database| rooms::setting(db, &name).await)
    }

    fn put_setting(&self, name: &str, value: &str) -> Later<Result<(), StoreError>> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.run(async move |db: &Database| rooms::put_setting(db, &name, &value).await)
    }

    fn change_setting(&self, name: &str, change: ChangeSetting) -> Later<Result<String, StoreError>> {
        let mut change = rooms::Change::new(name, change);
        self.run(async move |db: &Database| change.run(db).await)
    }
}
