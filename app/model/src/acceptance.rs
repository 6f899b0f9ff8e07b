//! What every [`RoomStore`] must do, as functions that panic where it does not. Called natively on the store in memory
//! and in a browser on the durable one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is test code that other crates' tests call")]

use crate::{
    Author, BlobHash, Chain, DocName, EntryHash, Head, RoomId, RoomKeys, RoomRecord, RoomStore, Standing,
    StoreError, StoredBlob, StoredEntry, Touch,
};

fn chain(author: u8) -> Chain {
    Chain { author: Author([author; 32]), doc: DocName::Content }
}

fn room(id: u8) -> RoomRecord {
    RoomRecord {
        id: RoomId([id; 16]),
        title: format!("Room {id}"),
        created: 1_000,
        changed: 1_000,
        standing: Standing::Active,
        bytes: 0,
        keys: RoomKeys {
            content: [id; 32],
            later: Vec::new(),
            author_seed: [id + 1; 32],
            owner: Author([id; 32]),
            pass: None,
        },
        given: None,
    }
}

fn entry(author: u8, number: u64) -> StoredEntry {
    StoredEntry {
        hash: EntryHash([author.wrapping_mul(16).wrapping_add(number as u8); 32]),
        author: Author([author; 32]),
        first: number,
        last: number,
        doc: DocName::Content,
        sealed: vec![author; 10 + number as usize],
    }
}

async fn write(store: &dyn RoomStore, room: RoomId, author: u8, changed: u64) -> StoredEntry {
    let built = store
        .append(room, chain(author), Touch { changed, title: None }, {
            Box::new(move |head| Ok(vec![entry(author, head.number + 1)]))
        })
        .await
        .unwrap();
    built.into_iter().next().unwrap()
}

/// Runs every promise on an empty store.
pub async fn store_keeps_its_promises(store: &dyn RoomStore) {
    rooms_are_kept_changed_and_erased(store).await;
    chains_count_on_and_entries_keep_their_order(store).await;
    each_document_has_chains_of_its_own(store).await;
    a_write_that_fails_inside_leaves_nothing(store).await;
    what_came_before_is_not_stored_twice(store).await;
    a_squash_replaces_all_or_nothing(store).await;
    blobs_are_kept_beside_the_entries(store).await;
    blobs_go_with_their_room_or_when_it_is_calm(store).await;
    settings_are_kept(store).await;
}

async fn rooms_are_kept_changed_and_erased(store: &dyn RoomStore) {
    let mut first = room(1);
    store.put_room(first.clone()).await.unwrap();
    store.put_room(room(2)).await.unwrap();
    assert_eq!(store.room(first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(store.rooms().await.unwrap().len(), 2);
    for standing in
        [Standing::Archived, Standing::Template, Standing::Deleted(77), Standing::Workspace, Standing::Active]
    {
        first.standing = standing;
        first.title = "Ünïcode 😀 \"quoted\"".into();
        store.put_room(first.clone()).await.unwrap();
        assert_eq!(store.room(first.id).await.unwrap(), Some(first.clone()));
    }
    write(store, first.id, 9, 5).await;
    store.erase_room(first.id).await.unwrap();
    store.erase_room(RoomId([2; 16])).await.unwrap();
    store.erase_room(RoomId([99; 16])).await.unwrap();
    assert_eq!(store.room(first.id).await.unwrap(), None);
    assert!(store.entries(first.id).await.unwrap().is_empty(), "entries of an erased room are gone");
    assert!(store.rooms().await.unwrap().is_empty());
}

async fn chains_count_on_and_entries_keep_their_order(store: &dyn RoomStore) {
    let id = RoomId([3; 16]);
    store.put_room(room(3)).await.unwrap();
    let a1 = write(store, id, 1, 2_000).await;
    let b1 = write(store, id, 2, 2_001).await;
    let a2 = write(store, id, 1, 2_002).await;
    assert_eq!((a1.first, b1.first, a2.first), (1, 1, 2));
    assert_eq!(store.entries(id).await.unwrap(), vec![a1.clone(), b1.clone(), a2.clone()]);
    let record = store.room(id).await.unwrap().unwrap();
    assert_eq!(record.changed, 2_002);
    assert_eq!(record.bytes, [a1, b1, a2].iter().map(|entry| entry.sealed.len() as u64).sum::<u64>());
    let mut renamed = record.clone();
    renamed.bytes = 1;
    renamed.given = Some(vec![String::new(), "Priya".into()]);
    store.put_room(renamed.clone()).await.unwrap();
    let kept = store.room(id).await.unwrap().unwrap();
    assert_eq!(kept.bytes, record.bytes, "the store counts bytes itself");
    assert_eq!(kept.given, renamed.given);
    let other = RoomId([4; 16]);
    let missing = store
        .append(other, chain(1), Touch::default(), Box::new(|head| Ok(vec![entry(1, head.number + 1)])))
        .await;
    assert!(matches!(missing, Err(StoreError::Damaged(_))), "{missing:?}");
    let title = Touch { changed: 3_000, title: Some("New title".into()) };
    store.append(id, chain(1), title, Box::new(|head| Ok(vec![entry(1, head.number + 1)]))).await.unwrap();
    assert_eq!(store.room(id).await.unwrap().unwrap().title, "New title");
    store.erase_room(id).await.unwrap();
}

async fn each_document_has_chains_of_its_own(store: &dyn RoomStore) {
    let id = RoomId([8; 16]);
    store.put_room(room(8)).await.unwrap();
    write(store, id, 1, 1).await;
    let offer = Chain { doc: DocName::Offer, ..chain(1) };
    let titled = store.append(
        id,
        offer,
        Touch::default(),
        Box::new(|head| {
            let hash = EntryHash([0xaa; 32]);
            Ok(vec![StoredEntry { doc: DocName::Offer, hash, ..entry(1, head.number + 1) }])
        }),
    );
    assert_eq!(titled.await.unwrap()[0].first, 1, "a title does not count as text");
    assert_eq!(write(store, id, 1, 1).await.first, 2, "nor does it break the text's chain");
    store.erase_room(id).await.unwrap();
}

async fn a_write_that_fails_inside_leaves_nothing(store: &dyn RoomStore) {
    let id = RoomId([5; 16]);
    store.put_room(room(5)).await.unwrap();
    let before = store.room(id).await.unwrap();
    let failed = store
        .append(id, chain(1), Touch { changed: 9, title: Some("no".into()) }, Box::new(|_| Err("no".into())))
        .await;
    assert!(matches!(failed, Err(StoreError::Cancelled(_))), "{failed:?}");
    assert_eq!(store.room(id).await.unwrap(), before);
    assert!(store.entries(id).await.unwrap().is_empty());
    store.erase_room(id).await.unwrap();
}

async fn what_came_before_is_not_stored_twice(store: &dyn RoomStore) {
    let id = RoomId([6; 16]);
    store.put_room(room(6)).await.unwrap();
    let own = write(store, id, 1, 1).await;
    let new = store
        .accept(id, Touch { changed: 50, title: None }, vec![own.clone(), entry(2, 1), entry(2, 2)])
        .await
        .unwrap();
    assert_eq!(new, vec![entry(2, 1).hash, entry(2, 2).hash]);
    assert_eq!(
        store.accept(id, Touch { changed: 99, title: None }, vec![entry(2, 2)]).await.unwrap(),
        vec![]
    );
    assert_eq!(store.room(id).await.unwrap().unwrap().changed, 50, "nothing new changes nothing");
    assert_eq!(store.entries(id).await.unwrap(), vec![own, entry(2, 1), entry(2, 2)]);
    let head = std::rc::Rc::new(std::cell::Cell::new(Head::START));
    let seen = head.clone();
    let none = store.append(
        id,
        chain(2),
        Touch::default(),
        Box::new(move |end| {
            seen.set(end);
            Ok(vec![])
        }),
    );
    none.await.unwrap();
    assert_eq!(
        head.get(),
        Head { number: 2, hash: entry(2, 2).hash },
        "a chain goes on after entries from elsewhere"
    );
    store.erase_room(id).await.unwrap();
}

async fn a_squash_replaces_all_or_nothing(store: &dyn RoomStore) {
    let id = RoomId([7; 16]);
    store.put_room(room(7)).await.unwrap();
    let a1 = write(store, id, 1, 1).await;
    let b1 = write(store, id, 2, 1).await;
    let a2 = write(store, id, 1, 1).await;
    let mut one = entry(1, 1);
    one.last = 2;
    one.hash = EntryHash([0xee; 32]);
    assert!(store.squash(id, one.clone(), vec![a1.hash, a2.hash]).await.unwrap());
    assert_eq!(store.entries(id).await.unwrap(), vec![one.clone(), b1.clone()]);
    let record = store.room(id).await.unwrap().unwrap();
    assert_eq!(record.bytes, (one.sealed.len() + b1.sealed.len()) as u64);
    let mut again = one.clone();
    again.hash = EntryHash([0xdd; 32]);
    assert!(!store.squash(id, again, vec![a1.hash, a2.hash]).await.unwrap(), "what it covers is gone");
    assert_eq!(store.entries(id).await.unwrap(), vec![one.clone(), b1]);
    assert_eq!(
        store.accept(id, Touch::default(), vec![a1, a2]).await.unwrap(),
        vec![],
        "covered parts stay out"
    );
    assert_eq!(write(store, id, 1, 1).await.first, 3, "the chain counts on after a squash");
    store.erase_room(id).await.unwrap();
}

fn blob(byte: u8, len: usize) -> StoredBlob {
    StoredBlob { hash: BlobHash([byte; 32]), sealed: vec![byte; len] }
}

async fn blobs_are_kept_beside_the_entries(store: &dyn RoomStore) {
    let id = RoomId([9; 16]);
    let missing = store.put_blobs(id, vec![blob(1, 5)], 7).await;
    assert!(matches!(missing, Err(StoreError::Damaged(_))), "{missing:?}");
    store.put_room(room(9)).await.unwrap();
    write(store, id, 1, 1_000).await;
    let entries = store.room(id).await.unwrap().unwrap().bytes;
    store.put_blobs(id, vec![blob(1, 500), blob(2, 60)], 2_000).await.unwrap();
    store.put_blobs(id, vec![blob(2, 9), blob(3, 7)], 3_000).await.unwrap();
    assert_eq!(store.blob(id, BlobHash([2; 32])).await.unwrap(), Some(vec![2; 60]), "what is there stays");
    assert_eq!(store.blob(id, BlobHash([4; 32])).await.unwrap(), None);
    let mut names = store.blobs(id).await.unwrap();
    names.sort();
    assert_eq!(names, [1, 2, 3].map(|byte| BlobHash([byte; 32])));
    let record = store.room(id).await.unwrap().unwrap();
    assert_eq!((record.bytes, record.changed), (entries + 567, 3_000), "a room's size counts them");
    write(store, id, 1, 4_000).await;
    let record = store.room(id).await.unwrap().unwrap();
    assert_eq!(record.bytes, entries + 567 + 12, "and goes on counting");
    store.erase_room(id).await.unwrap();
}

async fn blobs_go_with_their_room_or_when_it_is_calm(store: &dyn RoomStore) {
    let (one, other) = (RoomId([10; 16]), RoomId([11; 16]));
    for id in [10, 11] {
        store.put_room(room(id)).await.unwrap();
        store.put_blobs(RoomId([id; 16]), vec![blob(1, 50), blob(2, 60)], 2_000).await.unwrap();
    }
    let gone = vec![BlobHash([1; 32]), BlobHash([9; 32])];
    store.drop_blobs(one, gone.clone(), 2_000).await.unwrap();
    assert_eq!(store.blobs(one).await.unwrap().len(), 2, "somebody was here meanwhile");
    store.drop_blobs(one, gone.clone(), 2_001).await.unwrap();
    assert_eq!(store.blobs(one).await.unwrap(), [BlobHash([2; 32])]);
    assert_eq!(store.blob(one, BlobHash([1; 32])).await.unwrap(), None);
    let record = store.room(one).await.unwrap().unwrap();
    assert_eq!((record.bytes, record.changed), (60, 2_000), "which changes nothing of the room");
    store.drop_blobs(RoomId([99; 16]), gone, 9_000).await.unwrap();
    store.erase_room(one).await.unwrap();
    assert!(store.blobs(one).await.unwrap().is_empty());
    assert_eq!(store.blobs(other).await.unwrap().len(), 2, "another room keeps its own");
    store.erase_room(other).await.unwrap();
}

async fn settings_are_kept(store: &dyn RoomStore) {
    assert_eq!(store.setting("name").await.unwrap(), None);
    store.put_setting("name", "Ines").await.unwrap();
    store.put_setting("name", "Ines Okafor").await.unwrap();
    assert_eq!(store.setting("name").await.unwrap().as_deref(), Some("Ines Okafor"));
    let add = || Box::new(|before: &str| format!("{before}+"));
    assert_eq!(store.change_setting("count", add()).await.unwrap(), "+");
    // Both are asked for before either is done, as two tabs would.
    let (one, other) = (store.change_setting("count", add()), store.change_setting("count", add()));
    assert_ne!(one.await.unwrap(), other.await.unwrap());
    assert_eq!(store.setting("count").await.unwrap().as_deref(), Some("+++"));
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_store_in_memory_keeps_its_promises() {
        futures_executor::block_on(super::store_keeps_its_promises(&crate::MemoryStore::default()));
    }
}
