//! The durable store in a real browser.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

use std::{cell::RefCell, rc::Rc};

use browser::{
    clock::now_ms,
    idb::{self, IdbStore, StoreEvent},
};
use futures_util::future::join_all;
use model::{
    Author, BlobHash, Chain, DocName, EntryHash, Head, Later, RoomId, RoomKeys, RoomRecord, RoomStore,
    Standing, StoreError, StoredBlob, StoredEntry, Touch, acceptance::store_keeps_its_promises,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

mod faults {
    use js_sys::{Function, Promise};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/tests/faults.js")]
    extern "C" {
        #[wasm_bindgen(catch)]
        pub(crate) async fn hold(name: &str, version: u32) -> Result<JsValue, JsValue>;
        pub(crate) fn close(database: &JsValue);
        #[wasm_bindgen(js_name = upgradesFreely, catch)]
        pub(crate) async fn upgrades_freely(name: &str, version: u32) -> Result<JsValue, JsValue>;
        pub(crate) fn forget() -> Promise;
        #[wasm_bindgen(catch)]
        pub(crate) async fn write(store: &str, json: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch)]
        pub(crate) async fn stored(store: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = makeFirstVersion, catch)]
        pub(crate) async fn make_first_version(room: &JsValue) -> Result<(), JsValue>;
        #[wasm_bindgen(js_name = withoutStorage)]
        pub(crate) fn without_storage() -> Function;
        #[wasm_bindgen(js_name = refusingStorage)]
        pub(crate) fn refusing_storage() -> Function;
        #[wasm_bindgen(js_name = breakNextTransaction)]
        pub(crate) fn break_next_transaction();
        #[wasm_bindgen(js_name = breakEveryTransaction)]
        pub(crate) fn break_every_transaction() -> Function;
        #[wasm_bindgen(js_name = loseNextAnswer)]
        pub(crate) fn lose_next_answer();
        #[wasm_bindgen(js_name = fillDisk)]
        pub(crate) fn fill_disk();
        #[wasm_bindgen(js_name = watchTransactions)]
        pub(crate) fn watch_transactions() -> Function;
    }

    /// Ends a fault or a watch; what it found.
    pub(crate) fn end(fault: &Function) -> Option<String> {
        fault.call0(&JsValue::UNDEFINED).unwrap().as_string()
    }
}

/// A store in an empty database.
async fn empty() -> IdbStore {
    wasm_bindgen_futures::JsFuture::from(faults::forget()).await.unwrap();
    idb::open(|_| {}).await.unwrap()
}

fn room(id: u8) -> RoomRecord {
    RoomRecord {
        id: RoomId([id; 16]),
        title: "Rollout for Fjord".into(),
        created: 1_000,
        changed: 1_000,
        standing: Standing::Active,
        bytes: 0,
        keys: RoomKeys {
            content: [1; 32],
            later: Vec::new(),
            author_seed: [2; 32],
            owner: Author([3; 32]),
            pass: None,
        },
        given: None,
    }
}

const ROOM: RoomId = RoomId([1; 16]);
const AUTHOR: Author = Author([7; 32]);
const CHAIN: Chain = Chain { author: AUTHOR, doc: DocName::Content };

fn entry(author: Author, number: u64, tag: u8, size: usize) -> StoredEntry {
    let mut hash = [tag; 32];
    hash[..8].copy_from_slice(&number.to_le_bytes());
    hash[8] = author.0[0];
    let sealed = vec![tag; size];
    StoredEntry { hash: EntryHash(hash), author, first: number, last: number, doc: DocName::Content, sealed }
}

/// Appends one entry, and notes each time that the entry is made.
fn append(
    store: &IdbStore,
    tag: u8,
    made: &Rc<RefCell<Vec<u64>>>,
) -> Later<Result<Vec<StoredEntry>, StoreError>> {
    let made = made.clone();
    store.append(
        ROOM,
        CHAIN,
        Touch { changed: 5, title: None },
        Box::new(move |head| {
            made.borrow_mut().push(head.number + 1);
            Ok(vec![entry(AUTHOR, head.number + 1, tag, 40)])
        }),
    )
}

async fn numbers(store: &IdbStore) -> Vec<u64> {
    store.entries(ROOM).await.unwrap().iter().map(|entry| entry.first).collect()
}

#[wasm_bindgen_test]
async fn the_store_keeps_its_promises() {
    let store = empty().await;
    let watch = faults::watch_transactions();
    store_keeps_its_promises(&store).await;
    assert_eq!(faults::end(&watch).as_deref(), Some("readwrite strict, readonly default"));
    drop(store);
    let again = idb::open(|_| {}).await.unwrap();
    assert_eq!(again.setting("name").await.unwrap().as_deref(), Some("Ines Okafor"), "kept after closing");
}

#[wasm_bindgen_test]
async fn two_tabs_writing_at_once_never_fork_a_chain() {
    let first = empty().await;
    let second = idb::open(|_| {}).await.unwrap();
    first.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    let both = (0..40u8).map(|idx| append(if idx % 2 == 0 { &first } else { &second }, idx, &made));
    for answer in join_all(both).await {
        assert_eq!(answer.unwrap().len(), 1);
    }
    assert_eq!(numbers(&second).await, (1..=40).collect::<Vec<_>>());
    let record = first.room(ROOM).await.unwrap().unwrap();
    assert_eq!(record.bytes, 40 * 40);
}

#[wasm_bindgen_test]
async fn writes_go_on_when_nobody_waits_for_them() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    drop(append(&store, 1, &made));
    drop(append(&store, 2, &made));
    assert_eq!(numbers(&store).await, [1, 2], "in the order of the calls");
}

#[wasm_bindgen_test]
async fn a_broken_connection_is_made_again() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    faults::break_next_transaction();
    append(&store, 1, &made).await.unwrap();
    faults::break_next_transaction();
    assert_eq!(numbers(&store).await, [1]);
    assert_eq!(*made.borrow(), [1], "made once");

    let broken = faults::break_every_transaction();
    let lost = append(&store, 2, &made).await;
    faults::end(&broken);
    assert!(matches!(lost, Err(StoreError::Lost(_))), "{lost:?}");
    append(&store, 3, &made).await.unwrap();
    assert_eq!(numbers(&store).await, [1, 2], "writing goes on afterwards");
}

#[wasm_bindgen_test]
async fn a_write_whose_answer_was_lost_is_not_done_twice() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    faults::lose_next_answer();
    let written = append(&store, 1, &made).await.unwrap();
    assert_eq!(store.entries(ROOM).await.unwrap(), written);
    assert_eq!(*made.borrow(), [1], "made once");

    let other = Author([9; 32]);
    let came = vec![entry(other, 1, 1, 10), entry(other, 2, 1, 10)];
    let hashes: Vec<_> = came.iter().map(|entry| entry.hash).collect();
    faults::lose_next_answer();
    assert_eq!(store.accept(ROOM, Touch::default(), came).await.unwrap(), hashes);
    assert_eq!(numbers(&store).await, [1, 1, 2]);

    let one = StoredEntry { last: 2, hash: EntryHash([0xee; 32]), ..entry(other, 1, 1, 15) };
    faults::lose_next_answer();
    assert!(store.squash(ROOM, one.clone(), hashes).await.unwrap());
    assert_eq!(store.entries(ROOM).await.unwrap(), [written[0].clone(), one]);
    assert_eq!(store.room(ROOM).await.unwrap().unwrap().bytes, 40 + 15);
}

#[wasm_bindgen_test]
async fn a_chain_goes_on_behind_the_entry_that_replaced_its_end() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    let mut covered = Vec::new();
    for tag in 1..=3 {
        covered.push(append(&store, tag, &made).await.unwrap()[0].hash);
    }
    let one = StoredEntry { first: 2, last: 3, hash: EntryHash([0xee; 32]), ..entry(AUTHOR, 2, 1, 15) };
    assert!(store.squash(ROOM, one.clone(), covered[1..].to_vec()).await.unwrap());
    let head = Rc::new(RefCell::new(Head::START));
    let seen = head.clone();
    let build = move |end| {
        *seen.borrow_mut() = end;
        Ok(Vec::new())
    };
    store.append(ROOM, CHAIN, Touch::default(), Box::new(build)).await.unwrap();
    assert_eq!(*head.borrow(), Head { number: 3, hash: one.hash });
}

#[wasm_bindgen_test]
async fn a_full_disk_is_told_and_leaves_what_was_there() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    append(&store, 1, &made).await.unwrap();
    let before = store.room(ROOM).await.unwrap();
    faults::fill_disk();
    let full = append(&store, 2, &made).await;
    assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
    assert_eq!(numbers(&store).await, [1]);
    assert_eq!(store.room(ROOM).await.unwrap(), before);
    append(&store, 3, &made).await.unwrap();
    assert_eq!(numbers(&store).await, [1, 2], "there is room again");
}

#[wasm_bindgen_test]
async fn a_browser_that_keeps_nothing_is_told_apart() {
    for fault in [faults::without_storage, faults::refusing_storage] {
        let undo = fault();
        let refused = idb::open(|_| {}).await.err();
        faults::end(&undo);
        assert!(matches!(refused, Some(StoreError::Refused(_))), "{refused:?}");
    }
}

#[wasm_bindgen_test]
async fn a_newer_version_takes_the_store_over() {
    let store = empty().await;
    drop(store);
    let events = Rc::new(RefCell::new(Vec::new()));
    let heard = events.clone();
    let store = idb::open(move |event| heard.borrow_mut().push(event)).await.unwrap();
    let newer = faults::hold("handsel", 99).await.unwrap();
    assert_eq!(*events.borrow(), [StoreEvent::Superseded], "it let go by itself");
    let denied = store.rooms().await;
    assert!(matches!(denied, Err(StoreError::Newer(_))), "{denied:?}");
    let denied = idb::open(|_| {}).await.err();
    assert!(matches!(denied, Some(StoreError::Newer(_))), "{denied:?}");
    faults::close(&newer);
}

#[wasm_bindgen_test]
async fn a_store_of_the_first_version_keeps_its_rooms_and_takes_blobs() {
    drop(empty().await);
    wasm_bindgen_futures::JsFuture::from(faults::forget()).await.unwrap();
    let bytes = |byte: u8| js_sys::Uint8Array::from(&[byte; 32][..]);
    let fields: [(&str, JsValue); 10] = [
        ("id", ROOM.to_string().into()),
        ("title", "Rollout for Fjord".into()),
        ("created", 1_000.into()),
        ("changed", 1_000.into()),
        ("standing", "active".into()),
        ("bytes", 0.into()),
        ("next", 0.into()),
        ("content_key", bytes(1).into()),
        ("author_seed", bytes(2).into()),
        ("owner", bytes(3).into()),
    ];
    let row = js_sys::Object::new();
    for (name, value) in fields {
        js_sys::Reflect::set(&row, &name.into(), &value).unwrap();
    }
    faults::make_first_version(&row).await.unwrap();
    let store = idb::open(|_| {}).await.unwrap();
    assert_eq!(store.room(ROOM).await.unwrap(), Some(room(1)));
    assert_eq!(store.setting("name").await.unwrap().as_deref(), Some("Ines"));
    let blob = StoredBlob { hash: BlobHash([5; 32]), sealed: vec![5; 9] };
    store.put_blobs(ROOM, vec![blob], 2_000).await.unwrap();
    assert_eq!(store.blob(ROOM, BlobHash([5; 32])).await.unwrap(), Some(vec![5; 9]));
}

#[wasm_bindgen_test]
async fn a_full_disk_takes_no_blob() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let before = store.room(ROOM).await.unwrap();
    let blob = |byte| StoredBlob { hash: BlobHash([byte; 32]), sealed: vec![byte; 9] };
    faults::fill_disk();
    let full = store.put_blobs(ROOM, vec![blob(5), blob(6)], 2_000).await;
    assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
    assert_eq!((store.blobs(ROOM).await.unwrap(), store.room(ROOM).await.unwrap()), (vec![], before));
    faults::lose_next_answer();
    store.put_blobs(ROOM, vec![blob(5), blob(6)], 2_000).await.unwrap();
    assert_eq!(store.room(ROOM).await.unwrap().unwrap().bytes, 18, "counted once");
}

#[wasm_bindgen_test]
async fn a_dropped_store_holds_nobody_up() {
    drop(empty().await);
    assert!(faults::upgrades_freely("handsel", 50).await.unwrap().is_truthy());
}

#[wasm_bindgen_test]
async fn what_makes_no_sense_is_called_damaged() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let stored = faults::stored("rooms").await.unwrap().as_string().unwrap();
    faults::write("rooms", &stored[1..stored.len() - 1].replace("active", "asleep")).await.unwrap();
    let damaged = store.rooms().await;
    assert!(matches!(damaged, Err(StoreError::Damaged(_))), "{damaged:?}");
    let made = Rc::default();
    let damaged = append(&store, 1, &made).await;
    assert!(matches!(damaged, Err(StoreError::Damaged(_))), "{damaged:?}");
    assert!(made.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn figures() {
    let store = empty().await;
    store.put_room(room(1)).await.unwrap();
    let made = Rc::default();
    let began = now_ms();
    for idx in 0..1_000u32 {
        append(&store, idx as u8, &made).await.unwrap();
    }
    let appended = now_ms() - began;
    store.put_room(room(2)).await.unwrap();
    let entries = (1..=500).map(|number| entry(AUTHOR, number, 2, 400)).collect();
    let began = now_ms();
    assert_eq!(store.accept(RoomId([2; 16]), Touch::default(), entries).await.unwrap().len(), 500);
    let accepted = now_ms() - began;
    let began = now_ms();
    assert_eq!(store.entries(RoomId([2; 16])).await.unwrap().len(), 500);
    let opened = now_ms() - began;
    console_log!("1,000 appends, one after the other: {appended} ms");
    console_log!("500 entries of 400 bytes accepted: {accepted} ms, read: {opened} ms");
}
