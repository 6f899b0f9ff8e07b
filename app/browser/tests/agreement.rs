//! The durable store and the store in memory give the same answers, whatever is asked of them.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use browser::idb;
use fastrand::Rng;
use model::{
    Author, BlobHash, Chain, DocName, EntryHash, MemoryStore, RoomId, RoomKeys, RoomRecord, RoomStore,
    Standing, StoredBlob, StoredEntry, Touch, hex,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ACTS: usize = 400;

fn room(rng: &mut Rng) -> RoomId {
    RoomId([rng.u8(1..=3); 16])
}

fn author(rng: &mut Rng) -> Author {
    Author([rng.u8(1..=3); 32])
}

fn chain(rng: &mut Rng) -> Chain {
    Chain { author: author(rng), doc: if rng.u8(..5) == 0 { DocName::Offer } else { DocName::Content } }
}

fn entry(rng: &mut Rng, chain: Chain, number: u64) -> StoredEntry {
    let Chain { author, doc } = chain;
    let sealed = vec![rng.u8(..); rng.usize(..50)];
    let hash = EntryHash(std::array::from_fn(|_| rng.u8(..)));
    StoredEntry { hash, author, first: number, last: number, doc, sealed }
}

fn blob(rng: &mut Rng) -> BlobHash {
    BlobHash([rng.u8(1..=4); 32])
}

fn touch(rng: &mut Rng) -> Touch {
    Touch { changed: rng.u64(..1_000), title: rng.bool().then(|| format!("Title {}", rng.u8(..))) }
}

/// Does one thing to `store`, and tells all that it answers.
async fn act(store: &dyn RoomStore, seen: &[StoredEntry], mut rng: Rng) -> String {
    let room = room(&mut rng);
    match rng.u8(..24) {
        0..8 => {
            let chain = chain(&mut rng);
            let (touch, mut rng) = (touch(&mut rng), rng.fork());
            let build = move |head: model::Head| {
                let many = rng.u64(..3);
                if rng.u8(..10) == 0 {
                    return Err(format!("not after {}", head.number));
                }
                Ok((1..=many).map(|step| entry(&mut rng, chain, head.number + step)).collect())
            };
            format!("append {:?}", store.append(room, chain, touch, Box::new(build)).await)
        }
        8..12 => {
            let many = rng.usize(..4);
            let mut some = || match rng.choice(seen) {
                Some(known) if rng.bool() => known.clone(),
                _ => {
                    let (chain, number) = (chain(&mut rng), rng.u64(1..30));
                    entry(&mut rng, chain, number)
                }
            };
            let entries: Vec<_> = (0..many).map(|_| some()).collect();
            format!("accept {:?}", store.accept(room, touch(&mut rng), entries).await)
        }
        12..16 => {
            let chain = chain(&mut rng);
            let mut own: Vec<_> = store.entries(room).await.unwrap();
            own.retain(|entry| entry.chain() == chain);
            let from = rng.usize(..own.len().max(1));
            let mut covered: Vec<_> =
                own.iter().skip(from).take(rng.usize(..5)).map(|one| one.hash).collect();
            if rng.u8(..5) == 0 {
                covered.push(EntryHash([0; 32]));
            }
            let ranges = own.iter().filter(|one| covered.contains(&one.hash));
            let mut one = entry(&mut rng, chain, 1);
            one.first = ranges.clone().map(|one| one.first).min().unwrap_or(1);
            one.last = ranges.map(|one| one.last).max().unwrap_or(1);
            format!("squash {:?}", store.squash(room, one, covered).await)
        }
        16..19 => {
            let keys = RoomKeys {
                content: [1; 32],
                later: Vec::new(),
                author_seed: [2; 32],
                owner: author(&mut rng),
                pass: None,
            };
            let deleted = Standing::Deleted(rng.u64(..50));
            let standing = *rng.choice(&[Standing::Active, Standing::Archived, deleted]).unwrap();
            let title = format!("Title {}", rng.u8(..));
            let given = rng.bool().then(|| vec![String::new(); rng.usize(..3)]);
            let record =
                RoomRecord { id: room, title, created: 1, changed: 2, standing, bytes: 77, keys, given };
            format!("put {:?}", store.put_room(record).await)
        }
        19..21 => {
            let many = rng.usize(..3);
            let mut some = || StoredBlob { hash: blob(&mut rng), sealed: vec![rng.u8(..); rng.usize(..50)] };
            let blobs = (0..many).map(|_| some()).collect();
            format!("blobs {:?}", store.put_blobs(room, blobs, rng.u64(..1_000)).await)
        }
        21..23 => {
            let hashes = vec![blob(&mut rng), blob(&mut rng)];
            format!("drop {:?}", store.drop_blobs(room, hashes, rng.u64(..1_500)).await)
        }
        _ => format!("erase {:?}", store.erase_room(room).await),
    }
}

async fn all(store: &dyn RoomStore) -> String {
    let mut rooms = store.rooms().await.unwrap();
    rooms.sort_by_key(|room| room.id);
    let mut text = String::new();
    for room in rooms {
        text += &format!("{room:?}\n");
        for entry in store.entries(room.id).await.unwrap() {
            let StoredEntry { hash, author, first, last, doc, sealed } = entry;
            text += &format!("  {hash:?} {author:?} {first}..{last} {doc:?} {}\n", hex(&sealed));
        }
        let mut blobs = store.blobs(room.id).await.unwrap();
        blobs.sort();
        for hash in blobs {
            text += &format!("  {hash:?} {}\n", hex(&store.blob(room.id, hash).await.unwrap().unwrap()));
        }
    }
    text
}

#[wasm_bindgen_test]
async fn both_stores_give_the_same_answers() {
    let durable = idb::open(|_| {}).await.unwrap();
    for seed in 0..3 {
        let mut rng = Rng::with_seed(seed);
        let memory = MemoryStore::default();
        for room in 1..=3 {
            durable.erase_room(RoomId([room; 16])).await.unwrap();
        }
        for idx in 0..ACTS {
            let seen = memory.entries(room(&mut rng)).await.unwrap();
            let step = rng.fork();
            let expected = act(&memory, &seen, step.clone()).await;
            let answer = act(&durable, &seen, step).await;
            assert_eq!(answer, expected, "seed {seed}, act {idx}");
            assert_eq!(all(&durable).await, all(&memory).await, "seed {seed}, act {idx}: {expected}");
        }
    }
}
