//! What is kept, and what is said about it.

use std::{cell::RefCell, rc::Rc};

use model::{
    BlobHash, BuildEntries, Chain, ChangeSetting, EntryHash, Later, MemoryStore, RoomId, RoomRecord,
    RoomStore, StoreError, StoredBlob, StoredEntry, Touch,
};
use reactive_graph::traits::GetUntracked as _;

use super::{type_at, words, world::World};
use crate::{Saved, Start};

/// A store that refuses to append and to take blobs while told to, and lets others go first.
#[derive(Clone, Default)]
pub(super) struct Moody {
    store: MemoryStore,
    pub(super) refuses: Rc<RefCell<Option<StoreError>>>,
    /// Draws how often others go first, before and after something is done to a chain or a setting.
    waits: Option<Rc<RefCell<fastrand::Rng>>>,
}

impl Moody {
    /// One that lets others go first, each seed in its own way.
    pub(super) fn polite(seed: u64) -> Self {
        Self { waits: Some(Rc::new(RefCell::new(fastrand::Rng::with_seed(seed)))), ..Self::default() }
    }

    fn in_time<T: 'static>(&self, act: impl FnOnce(&MemoryStore) -> Later<T> + 'static) -> Later<T> {
        let draw = || self.waits.as_ref().map_or(0, |random| random.borrow_mut().u8(..4));
        let (store, before, after) = (self.store.clone(), draw(), draw());
        Box::pin(async move {
            others_first(before).await;
            let done = act(&store).await;
            others_first(after).await;
            done
        })
    }
}

async fn others_first(mut times: u8) {
    std::future::poll_fn(move |_| match times {
        0 => std::task::Poll::Ready(()),
        _ => {
            times -= 1;
            std::task::Poll::Pending
        }
    })
    .await;
}

impl RoomStore for Moody {
    fn rooms(&self) -> Later<Result<Vec<RoomRecord>, StoreError>> {
        self.store.rooms()
    }
    fn room(&self, id: RoomId) -> Later<Result<Option<RoomRecord>, StoreError>> {
        self.store.room(id)
    }
    fn put_room(&self, room: RoomRecord) -> Later<Result<(), StoreError>> {
        self.store.put_room(room)
    }
    fn erase_room(&self, id: RoomId) -> Later<Result<(), StoreError>> {
        self.store.erase_room(id)
    }
    fn entries(&self, room: RoomId) -> Later<Result<Vec<StoredEntry>, StoreError>> {
        self.store.entries(room)
    }
    fn append(
        &self,
        room: RoomId,
        chain: Chain,
        touch: Touch,
        build: BuildEntries,
    ) -> Later<Result<Vec<StoredEntry>, StoreError>> {
        match &*self.refuses.borrow() {
            Some(error) => Box::pin(std::future::ready(Err(error.clone()))),
            None => self.in_time(move |store| store.append(room, chain, touch, build)),
        }
    }
    fn accept(
        &self,
        room: RoomId,
        touch: Touch,
        entries: Vec<StoredEntry>,
    ) -> Later<Result<Vec<EntryHash>, StoreError>> {
        self.store.accept(room, touch, entries)
    }
    fn squash(
        &self,
        room: RoomId,
        entry: StoredEntry,
        covered: Vec<EntryHash>,
    ) -> Later<Result<bool, StoreError>> {
        self.store.squash(room, entry, covered)
    }
    fn put_blobs(&self, room: RoomId, blobs: Vec<StoredBlob>, now: u64) -> Later<Result<(), StoreError>> {
        match &*self.refuses.borrow() {
            Some(error) => Box::pin(std::future::ready(Err(error.clone()))),
            None => self.store.put_blobs(room, blobs, now),
        }
    }
    fn blob(&self, room: RoomId, hash: BlobHash) -> Later<Result<Option<Vec<u8>>, StoreError>> {
        self.store.blob(room, hash)
    }
    fn blobs(&self, room: RoomId) -> Later<Result<Vec<BlobHash>, StoreError>> {
        self.store.blobs(room)
    }
    fn drop_blobs(
        &self,
        room: RoomId,
        hashes: Vec<BlobHash>,
        calm_since: u64,
    ) -> Later<Result<(), StoreError>> {
        self.store.drop_blobs(room, hashes, calm_since)
    }
    fn setting(&self, name: &str) -> Later<Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        self.in_time(move |store| store.setting(&name))
    }
    fn change_setting(&self, name: &str, change: ChangeSetting) -> Later<Result<String, StoreError>> {
        let name = name.to_owned();
        self.in_time(move |store| store.change_setting(&name, change))
    }
    fn put_setting(&self, name: &str, value: &str) -> Later<Result<(), StoreError>> {
        self.store.put_setting(name, value)
    }
}

#[test]
fn b6_saved_is_said_only_when_it_is_true() {
    let world = World::default();
    let store = Moody::default();
    let device = world.device_with(Rc::new(store.clone()));
    let rooms = device.tab();
    let id = world.run({
        let rooms = rooms.clone();
        async move { rooms.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let room = world.run({
        let rooms = rooms.clone();
        async move { rooms.open(id).await.unwrap() }
    });
    assert_eq!(room.saved().get_untracked(), Saved::Saved);
    type_at(&room, 0, "a");
    assert_eq!(room.saved().get_untracked(), Saved::Saving);
    world.pass(300);
    type_at(&room, 1, "b");
    world.pass(200);
    assert_eq!(room.saved().get_untracked(), Saved::Saving, "it is not said between two letters");
    world.pass(300);
    assert_eq!(room.saved().get_untracked(), Saved::Saved);

    let full = StoreError::Full("quota".into());
    *store.refuses.borrow_mut() = Some(full.clone());
    type_at(&room, 2, "c");
    world.pass(200);
    assert_eq!(room.saved().get_untracked(), Saved::Failed(full));
    world.pass(2_000);
    *store.refuses.borrow_mut() = None;
    world.pass(2_000);
    assert_eq!(room.saved().get_untracked(), Saved::Saved, "it is tried again by itself");

    let full = StoreError::Full("quota".into());
    *store.refuses.borrow_mut() = Some(full.clone());
    type_at(&room, 3, "d");
    world.pass(200);
    assert_eq!(room.saved().get_untracked(), Saved::Failed(full));
    type_at(&room, 4, "e");
    assert_eq!(words(&room), "abcde\n", "the text goes on in memory");
    *store.refuses.borrow_mut() = None;
    world.pass(5_000);
    assert_eq!(room.saved().get_untracked(), Saved::Saved);
    let again = world.run(async move { device.tab().open(id).await.unwrap() });
    assert_eq!(words(&again), "abcde\n");
}

#[test]
fn b6_the_last_words_of_a_closed_tab_are_there_when_it_opens_again() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let id = world.run({
        let rooms = rooms.clone();
        async move { rooms.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let room = world.run({
        let rooms = rooms.clone();
        async move { rooms.open(id).await.unwrap() }
    });
    type_at(&room, 0, "last words");
    room.keep_last_words();
    // The tab is gone before its write began: only the journal is left.
    let kept = device.journal.borrow().clone();
    assert_eq!(kept.len(), 1);
    let closed = world.device();
    world.run({
        let (from, to) = (device.store.clone(), closed.store.clone());
        async move {
            let record = from.room(id).await.unwrap().unwrap();
            to.put_room(record).await.unwrap();
            let mut entries = from.entries(id).await.unwrap();
            // The roll, the title, the blank text.
            entries.truncate(3);
            to.accept(id, Touch::default(), entries).await.unwrap();
        }
    });
    *closed.journal.borrow_mut() = kept;
    let room = world.run({
        let rooms = closed.tab();
        async move { rooms.open(id).await.unwrap() }
    });
    assert_eq!(words(&room), "last words\n");
    assert_eq!(closed.journal.borrow().len(), 1, "they stay in a journal until they are stored");
    world.pass(500);
    assert!(closed.journal.borrow().is_empty());
    let room = world.run({
        let rooms = closed.tab();
        async move { rooms.open(id).await.unwrap() }
    });
    assert_eq!(words(&room), "last words\n");
}

#[test]
fn many_small_writes_are_squashed_into_few_entries() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let id = world.run({
        let rooms = rooms.clone();
        async move { rooms.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let room = world.run({
        let rooms = rooms.clone();
        async move { rooms.open(id).await.unwrap() }
    });
    for at in 0..200 {
        type_at(&room, at, "x");
        world.pass(160);
    }
    world.pass(5_000);
    let count = world.run({
        let store = device.store.clone();
        async move { store.entries(id).await.unwrap().len() }
    });
    assert!(count < 60, "{count} entries are left of 202");
    let again = world.run({
        let rooms = device.tab();
        async move { rooms.open(id).await.unwrap() }
    });
    assert_eq!(words(&again), format!("{}\n", "x".repeat(200)));
}

#[test]
fn a_stream_of_letters_is_written_in_few_batches_and_soon() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let (id, room) = world.run(async move {
        let id = rooms.create(Start::Blank, "Untitled").await.unwrap().0;
        (id, rooms.open(id).await.unwrap())
    });
    world.pass(1_000);
    let stored = || {
        let store = device.store.clone();
        world.run(async move { store.entries(id).await.unwrap().len() })
    };
    let before = stored();
    for at in 0..50 {
        type_at(&room, at, "x");
        world.pass(20);
    }
    let batches = stored() - before;
    assert!((8..=10).contains(&batches), "{batches} batches in a second");
    world.pass(100);
    let reader = device.tab();
    let again = world.run(async move { reader.open(id).await.unwrap() });
    assert_eq!(words(&again), format!("{}\n", "x".repeat(50)), "what was typed 100 ms ago is stored");
}
