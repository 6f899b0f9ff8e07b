//! Backups that are not what they should be, and what nobody reads in them.

use exchange::bundle::OpenError;
use model::{RoomId, Standing, Watch};

use super::{
    backup::{Owner, PASSPHRASE, back_up, look_in, restore, state},
    rights::begin,
    type_at,
    world::World,
};
use crate::{Problem, Rooms};

/// A device with two small rooms.
fn small(world: &World, rooms: &Rooms) -> [RoomId; 2] {
    let (first, room) = begin(world, rooms);
    type_at(&room, 0, "Marigold ");
    let (second, _) = begin(world, rooms);
    world.pass(1_000);
    [first, second]
}

#[test]
fn bu_each_wrong_file_says_what_it_is() {
    let world = World::default();
    let rooms = world.device().tab();
    let [id, _] = small(&world, &rooms);
    let (_, bytes) = back_up(&world, &rooms);
    let refused = |bytes: &[u8], passphrase: &str| match look_in(&world, &rooms, bytes, passphrase) {
        Err(Problem::Open(error)) => error,
        other => panic!("it is not refused: {other:?}"),
    };
    assert!(look_in(&world, &rooms, &bytes, &format!(" {PASSPHRASE}\n")).is_ok());
    assert_eq!(refused(&bytes, "seven quiet gees"), OpenError::WrongPassphrase);
    assert_eq!(refused(&bytes, "  "), OpenError::NeedsPassphrase);
    for len in [8, 30, 41, 60, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(refused(&bytes[..len], PASSPHRASE), OpenError::Incomplete, "cut at {len}");
    }
    let mut other = bytes.clone();
    other[8] = 9;
    assert_eq!(refused(&other, PASSPHRASE), OpenError::OtherVersion);
    assert_eq!(refused(b"", PASSPHRASE), OpenError::NotARoom);
    assert_eq!(refused(&b"PK\x03\x04".repeat(100), PASSPHRASE), OpenError::NotARoom);
    let (sharing, receiving) = (rooms.clone(), rooms.clone());
    let file = world.run(async move { sharing.share(id, None).await.unwrap().file });
    assert_eq!(refused(&file, PASSPHRASE), OpenError::OneRoom);
    let received = world.run({
        let bytes = bytes.clone();
        async move { receiving.receive_file(&bytes).await }
    });
    assert_eq!(received, Err(Problem::Open(OpenError::Backup)));
    let refusing = rooms.clone();
    let made = world.run(async move { refusing.back_up(" ", |_| {}, &Watch::unseen()).await });
    assert_eq!(made, Err(Problem::Open(OpenError::NeedsPassphrase)));
}

#[test]
fn bu_a_damaged_room_leaves_the_others_alone() {
    let world = World::default();
    let rooms = world.device().tab();
    small(&world, &rooms);
    let (_, mut bytes) = back_up(&world, &rooms);
    bytes[exchange::backup::HEAD + 20] ^= 1;
    let fresh = world.device();
    let restored = restore(&world, &fresh.tab(), &bytes);
    assert_eq!((restored.new.len(), restored.failed.len()), (1, 1));
    assert_eq!(restored.failed[0].1, Problem::Open(OpenError::Incomplete));
    assert_eq!(state(&world, &fresh).len(), 1);
}

/// `HANDSEL_MUTATIONS` sets how many, a hundred for each file.
#[test]
fn bu_a_changed_file_never_changes_what_is_here() {
    let count: u64 = std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    small(&world, &rooms);
    let (_, bytes) = back_up(&world, &rooms);
    let (before, mut opened) = (state(&world, &device), 0);
    for seed in 0..count / 100 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut changed = bytes.clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..changed.len());
            match random.u8(..4) {
                0 => changed[at] = random.u8(..),
                1 => changed.truncate(at.max(1)),
                2 => changed.insert(at, random.u8(..)),
                _ => changed[at] ^= 1 << random.u8(..8),
            }
        }
        if look_in(&world, &rooms, &changed, PASSPHRASE).is_err() {
            continue;
        }
        opened += 1;
        restore(&world, &rooms, &changed);
        assert_eq!(state(&world, &device), before, "seed {seed}");
        let fresh = world.device();
        let restored = restore(&world, &fresh.tab(), &changed);
        let left = state(&world, &fresh);
        assert_eq!(left.len(), restored.new.len(), "seed {seed}: no half of a room");
        assert!(left.keys().all(|id| before.contains_key(id)), "seed {seed}");
    }
    assert!(opened > 0);
}

#[test]
fn bu_nothing_is_readable_and_what_is_deleted_is_not_in_it() {
    let owner = Owner::begin();
    let world = &owner.world;
    let (deleting, archived) = (owner.rooms.clone(), owner.archived);
    world.run(async move { deleting.set_standing(archived, Standing::Deleted(7)).await.unwrap() });
    let (backup, bytes) = back_up(world, &owner.rooms);
    assert_eq!(backup.rooms, 3);
    let mut marked: Vec<Vec<u8>> = [
        "Ledger",
        "Nine days",
        "discount",
        "Priya",
        "Helena",
        "Ines",
        "Month-end",
        "offer.pdf",
        "For the next",
    ]
    .map(|word| word.as_bytes().to_vec())
    .into();
    for (id, (record, ..)) in state(world, &owner.device) {
        let keys = record.keys;
        marked.extend([
            id.0.to_vec(),
            keys.content.to_vec(),
            keys.author_seed.to_vec(),
            keys.owner.0.to_vec(),
        ]);
        marked.extend(keys.pass.map(|pass| pass.secret.to_vec()));
    }
    for mark in &marked {
        assert!(!bytes.windows(mark.len()).any(|part| part == &mark[..]), "{mark:?}");
    }
}

#[test]
fn bu_nothing_leaves_a_preview_and_nothing_comes_into_it() {
    let world = World::default();
    let rooms = world.device().tab();
    let [id, _] = small(&world, &rooms);
    let (_, bytes) = back_up(&world, &rooms);
    let looking = rooms.clone();
    let preview = world.run(async move { looking.as_buyer(id).await.unwrap() });
    let contents = look_in(&world, &preview, &bytes, PASSPHRASE).unwrap();
    let (made, restored) = world.run(async move {
        let made = preview.back_up(PASSPHRASE, |_| {}, &Watch::unseen()).await;
        (made, preview.restore(&contents, &[id], false, &Watch::unseen()).await)
    });
    assert_eq!((made.err(), restored.err()), (Some(Problem::Preview), Some(Problem::Preview)));
}
