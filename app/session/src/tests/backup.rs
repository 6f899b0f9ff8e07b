//! Backups: what a device that lost everything has again, and what a device that lost nothing keeps.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use model::{Pass, Right, RoomId, RoomRecord, Standing, StoreError, Watch};
use reactive_graph::traits::GetUntracked as _;
use terms::{
    book::Kind,
    nugget::{Nugget, NuggetKind},
    plan::Step,
    price::{Decimal, Line},
};

use super::{
    book::open,
    files::put,
    gates::{Selling, asks, over, selling},
    rights::{begin, share, take},
    saving::Moody,
    type_at, words,
    world::{Device, World},
};
use crate::{Backup, Contents, Here, Problem, Restored, Room, Rooms, Terms, Thing};

pub(super) const PASSPHRASE: &str = "seven quiet geese";

/// A file that takes more than one part.
const LARGE: usize = 3 * 1024 * 1024;

fn file_bytes(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at / 251) as u8 ^ at as u8).collect()
}

pub(super) fn back_up(world: &World, rooms: &Rooms) -> (Backup, Vec<u8>) {
    let rooms = rooms.clone();
    world.run(async move {
        let mut bytes = Vec::new();
        let put = |piece: Vec<u8>| bytes.extend(piece);
        let backup = rooms.back_up(PASSPHRASE, put, &Watch::unseen()).await.unwrap();
        rooms.note_backup(&backup).await.unwrap();
        assert_eq!(backup.bytes, bytes.len() as u64);
        (backup, bytes)
    })
}

pub(super) fn look_in(
    world: &World,
    rooms: &Rooms,
    bytes: &[u8],
    passphrase: &str,
) -> Result<Contents, Problem> {
    let (rooms, file, passphrase) = (rooms.clone(), Rc::new(bytes.to_vec()), passphrase.to_owned());
    world.run(async move { rooms.look_into_backup(file, &passphrase).await })
}

fn restore_with(world: &World, rooms: &Rooms, bytes: &[u8], is_gone: bool) -> Restored {
    let contents = look_in(world, rooms, bytes, PASSPHRASE).unwrap();
    let which: Vec<RoomId> = contents.rooms.iter().map(|room| room.room).collect();
    let rooms = rooms.clone();
    world.run(async move { rooms.restore(&contents, &which, is_gone, &Watch::unseen()).await.unwrap() })
}

pub(super) fn restore(world: &World, rooms: &Rooms, bytes: &[u8]) -> Restored {
    restore_with(world, rooms, bytes, false)
}

fn here(world: &World, rooms: &Rooms, bytes: &[u8]) -> Vec<Here> {
    let contents = look_in(world, rooms, bytes, PASSPHRASE).unwrap();
    contents.rooms.iter().map(|room| room.here).collect()
}

fn open_room(world: &World, rooms: &Rooms, id: RoomId) -> Room {
    let rooms = rooms.clone();
    world.run(async move { rooms.open(id).await.unwrap() })
}

/// Everything that a store has of rooms, as bytes that compare.
pub(super) fn state(
    world: &World,
    device: &Device,
) -> BTreeMap<RoomId, (RoomRecord, Vec<String>, Vec<String>)> {
    let store = device.store.clone();
    world.run(async move {
        let mut all = BTreeMap::new();
        for record in store.rooms().await.unwrap() {
            let entries = store.entries(record.id).await.unwrap();
            let mut entries: Vec<String> = entries.iter().map(|it| format!("{:?}", it.hash)).collect();
            let blobs = store.blobs(record.id).await.unwrap();
            let mut blobs: Vec<String> = blobs.iter().map(|it| format!("{it:?}")).collect();
            entries.sort();
            blobs.sort();
            all.insert(record.id, (record, entries, blobs));
        }
        all
    })
}

/// What people see of a room.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    title: String,
    words: String,
    price: Vec<Line>,
    costs: BTreeMap<String, Decimal>,
    steps: Vec<String>,
    said: Vec<String>,
    files: Vec<String>,
}

fn seen(world: &World, room: &Room) -> Seen {
    world.pass(1_000);
    Seen {
        title: room.title().get_untracked(),
        words: words(room),
        price: room.price().list.lines,
        costs: room.costs(),
        steps: room.team_plan().plan.steps.into_iter().map(|step| step.name).collect(),
        said: room.threads().iter().flat_map(|it| it.remarks.iter().map(|said| said.text.clone())).collect(),
        files: room.files().into_iter().map(|file| file.name).collect(),
    }
}

/// A device with a deal's room that has a file, a template, an archived room and a team; and a buyer who has the first.
pub(super) struct Owner {
    pub(super) world: World,
    pub(super) device: Device,
    pub(super) rooms: Rooms,
    pub(super) selling: Selling,
    pub(super) template: RoomId,
    pub(super) archived: RoomId,
    buyer: Rooms,
    bought: Room,
}

impl Owner {
    pub(super) fn begin() -> Self {
        Self::with_file(1_000)
    }

    fn with_file(len: usize) -> Self {
        let world = World::default();
        let (device, buyer) = (world.device(), world.device().tab());
        let rooms = device.tab();
        let selling = selling(&world, &rooms);
        let room = selling.room.clone();
        let line = room.price().list.lines[0].id.clone();
        room.comment_on(&Thing::Line(line.clone()), "Is this per seat?").unwrap();
        room.write_step(None, &Step { name: "Sign".into(), ..Step::default() }).unwrap();
        let writing = room.clone();
        world.run(async move {
            put(&writing, "", "offer.pdf", &file_bytes(len)).await.unwrap();
            writing.set_cost(&line, Some(Decimal::whole(400))).await.unwrap();
            let step = Step { name: "Ask for the discount".into(), ..Step::default() };
            writing.write_step_inside(&step).await.unwrap();
        });
        let terms = Terms { name: "Priya".into(), ..Terms::of(Right::Edit) };
        let bought = take(&world, &buyer, &share(&world, &rooms, selling.id, terms)).unwrap();
        selling.book.team().introduce("Helena").unwrap();
        selling.book.write_rule(&over("5", asks("director", None))).unwrap();
        let nugget = Nugget {
            title: "Close".into(),
            text: "Nine days.".into(),
            kind: NuggetKind::Case,
            ..Nugget::default()
        };
        selling.book.write_nugget(&nugget).unwrap();
        let (archived, _) = begin(&world, &rooms);
        let (copying, id) = (rooms.clone(), selling.id);
        let template = world.run(async move {
            let template = copying.copy(id, "For the next", Standing::Template).await.unwrap();
            copying.set_standing(archived, Standing::Archived).await.unwrap();
            copying.set_my_name("Ines").await.unwrap();
            template
        });
        world.pass(1_000);
        Self { world, device, rooms, selling, template, archived, buyer, bought }
    }

    /// The deal's room goes from one device to another.
    fn pass_on(&self, from: &Rooms, to: &Rooms) {
        let (from, to, id) = (from.clone(), to.clone(), self.selling.id);
        self.world.run(async move {
            let file = from.share(id, None).await.unwrap().file;
            to.receive_file(&file).await.unwrap();
        });
        self.world.pass(1_000);
    }
}

#[test]
fn bu_a_device_that_lost_everything_has_all_again() {
    let owner = Owner::with_file(LARGE);
    let (world, selling) = (&owner.world, &owner.selling);
    let before =
        [&selling.room, &open_room(world, &owner.rooms, owner.template)].map(|room| seen(world, room));
    let (backup, bytes) = back_up(world, &owner.rooms);
    assert_eq!((backup.rooms, &backup.incomplete[..]), (4, &[][..]));
    let fresh = world.device();
    let rooms = fresh.tab();
    assert_eq!(here(world, &rooms, &bytes), [Here::Absent; 4]);
    let restored = restore(world, &rooms, &bytes);
    assert_eq!((restored.new.len(), &restored.failed[..]), (4, &[][..]));
    let (was, is) = (state(world, &owner.device), state(world, &fresh));
    let again = open_room(world, &rooms, selling.id);
    assert_eq!(
        [again.clone(), open_room(world, &rooms, owner.template)].map(|room| seen(world, &room)),
        before
    );
    let listed = |of: &BTreeMap<RoomId, (RoomRecord, Vec<String>, Vec<String>)>| -> Vec<_> {
        let records = of.values().filter(|(record, ..)| record.standing != Standing::Workspace);
        let told = |(record, _, blobs): &(RoomRecord, Vec<String>, Vec<String>)| {
            let RoomRecord { id, title, standing, created, changed, given, .. } = record.clone();
            (id, title, standing, created, changed, given, blobs.clone())
        };
        records.map(told).collect()
    };
    assert_eq!(listed(&is), listed(&was), "the list is as it was, with its order");
    for (id, (record, ..)) in &was {
        assert_ne!(
            is[id].0.keys.author_seed, record.keys.author_seed,
            "no chain of the other device goes on"
        );
    }
    let reading = again.clone();
    let file = world.run(async move {
        let (mut bytes, files) = (Vec::new(), reading.files());
        reading.read_file(files[0].newest(), |piece| bytes.extend(piece)).await.unwrap();
        bytes
    });
    assert_eq!(file, file_bytes(LARGE));
    let book = open(world, &rooms, selling.team).unwrap();
    assert_eq!((&*book.deals(), &*book.processes()), (&*selling.book.deals(), &*selling.book.processes()));
    assert_eq!((&*book.rules(), &*book.nuggets()), (&*selling.book.rules(), &*selling.book.nuggets()));
    assert_eq!(book.records(Kind::Deal).len(), 1);
    let naming = rooms.clone();
    assert_eq!(world.run(async move { naming.my_name().await }), "Ines");
    assert_eq!(here(world, &rooms, &bytes), [Here::Same; 4]);
}

#[test]
fn bu_a_restored_device_goes_on_with_those_who_had_the_room() {
    let owner = Owner::begin();
    let (world, id) = (&owner.world, owner.selling.id);
    let (_, bytes) = back_up(world, &owner.rooms);
    // The device goes on for a while before it is lost, and so does the buyer.
    type_at(&owner.selling.room, 0, "Later. ");
    type_at(&owner.bought, 0, "Hers. ");
    world.pass(1_000);
    owner.pass_on(&owner.rooms, &owner.buyer);
    let rooms = world.device().tab();
    restore(world, &rooms, &bytes);
    let again = open_room(world, &rooms, id);
    type_at(&again, 0, "Anew. ");
    world.pass(1_000);
    owner.pass_on(&rooms, &owner.buyer);
    owner.pass_on(&owner.buyer, &rooms);
    owner.pass_on(&owner.buyer, &owner.rooms);
    for word in ["Later. ", "Hers. ", "Anew. "] {
        for room in [&again, &owner.bought, &owner.selling.room] {
            assert!(words(room).contains(word), "{word}");
        }
    }
    assert!(again.links().iter().all(|link| !link.forked), "no author has two histories");
    assert_eq!(again.right(), Some(Right::Own));
    share(world, &rooms, id, Terms::of(Right::View));
}

#[test]
fn bu_an_older_backup_takes_nothing_from_newer_rooms_and_twice_is_once() {
    let owner = Owner::begin();
    let (world, id) = (&owner.world, owner.selling.id);
    let (_, bytes) = back_up(world, &owner.rooms);
    type_at(&owner.selling.room, 0, "Later. ");
    let (standing, archived) = (owner.rooms.clone(), owner.archived);
    world.pass(1_000);
    world.run(async move { standing.set_standing(archived, Standing::Active).await.unwrap() });
    let (before, was) = (state(world, &owner.device), seen(world, &owner.selling.room));
    let compared = look_in(world, &owner.rooms, &bytes, PASSPHRASE).unwrap().rooms;
    for room in &compared {
        let expected = if room.room == id { Here::Newer } else { Here::Same };
        assert_eq!(room.here, expected, "{}", room.title);
    }
    for _ in 0..2 {
        let restored = restore(world, &owner.rooms, &bytes);
        assert_eq!((restored.unchanged.len(), restored.merged.len(), restored.new.len()), (4, 0, 0));
        assert_eq!(
            (state(world, &owner.device), seen(world, &owner.selling.room)),
            (before.clone(), was.clone())
        );
    }
    let fresh = world.device();
    let rooms = fresh.tab();
    restore(world, &rooms, &bytes);
    let once = state(world, &fresh);
    assert_eq!(restore(world, &rooms, &bytes).unchanged.len(), 4);
    assert_eq!(state(world, &fresh), once);
}

#[test]
fn bu_a_used_device_merges_and_what_was_deleted_comes_back() {
    let owner = Owner::begin();
    let (world, id) = (&owner.world, owner.selling.id);
    let used = world.device();
    let rooms = used.tab();
    let theirs = take(world, &rooms, &share(world, &owner.rooms, id, Terms::of(Right::Own)));
    // Rules hold nothing back that is for colleagues.
    let theirs = theirs.unwrap();
    type_at(&theirs, 0, "Theirs. ");
    type_at(&owner.selling.room, 0, "Mine. ");
    world.pass(1_000);
    let (_, bytes) = back_up(world, &owner.rooms);
    let of = |all: Vec<crate::BackedUp>| all.into_iter().find(|room| room.room == id).unwrap().here;
    assert_eq!(of(look_in(world, &rooms, &bytes, PASSPHRASE).unwrap().rooms), Here::Apart);
    let restored = restore(world, &rooms, &bytes);
    assert_eq!((restored.merged, restored.new.len()), (vec![id], 3));
    world.pass(1_000);
    assert!(
        words(&theirs).contains("Mine. ") && words(&theirs).contains("Theirs. "),
        "the open room shows it"
    );
    let (deleting, template) = (rooms.clone(), owner.template);
    world.run(async move { deleting.set_standing(template, Standing::Deleted(7)).await.unwrap() });
    assert_eq!(restore(world, &rooms, &bytes).new, [template]);
    assert_eq!(state(world, &used)[&template].0.standing, Standing::Template);
}

#[test]
fn bu_only_who_says_that_the_old_device_is_gone_is_admin_in_its_place() {
    let owner = Owner::begin();
    let (world, team) = (&owner.world, owner.selling.team);
    let (_, bytes) = back_up(world, &owner.rooms);
    let rooms = world.device().tab();
    restore(world, &rooms, &bytes);
    let book = open(world, &rooms, team).unwrap();
    assert!(!book.is_admin());
    assert!(book.write_rule(&over("9", asks("finance", None))).is_err());
    // It may be said later, too, and is said once.
    for _ in 0..2 {
        restore_with(world, &rooms, &bytes, true);
        world.pass(1_000);
        let book = open(world, &rooms, team).unwrap();
        assert_eq!((book.is_admin(), book.people().len()), (true, 2));
        assert_eq!(book.people()[1].name, "Helena");
    }
    let book = open(world, &rooms, team).unwrap();
    book.write_rule(&over("9", asks("finance", None))).unwrap();
    // Everybody of the team takes the new admin for one, and so does a backup of a backup.
    world.pass(1_000);
    take(world, &owner.rooms, &share(world, &rooms, team, Terms::of(Right::Own))).unwrap();
    assert_eq!((owner.selling.book.people().len(), owner.selling.book.rules().len()), (2, 2));
    let (_, bytes) = back_up(world, &rooms);
    let third = world.device().tab();
    restore_with(world, &third, &bytes, true);
    assert!(open(world, &third, team).unwrap().is_admin());
}

#[test]
fn bu_what_is_known_of_addresses_comes_along_and_what_is_here_stays() {
    let owner = Owner::begin();
    let (world, id) = (&owner.world, owner.selling.id);
    let pass = |secret| Some(Pass { secret: [secret; 32], certificate: vec![3; 90], owner_seed: None });
    let keep = |rooms: &Rooms, secret| {
        let rooms = rooms.clone();
        world.run(async move {
            let publication = rooms.new_publication(pass(secret));
            rooms.keep_publication(id, &publication).await.unwrap();
            publication
        })
    };
    let known = |rooms: &Rooms| {
        let rooms = rooms.clone();
        world.run(async move { rooms.publications(id).await.unwrap() })
    };
    let first = keep(&owner.rooms, 1);
    let (_, bytes) = back_up(world, &owner.rooms);
    let rooms = world.device().tab();
    restore(world, &rooms, &bytes);
    assert_eq!(known(&rooms), std::slice::from_ref(&first));
    let second = keep(&rooms, 2);
    assert_eq!(restore(world, &rooms, &bytes).unchanged.len(), 4);
    assert_eq!(known(&rooms), [first, second]);
}

#[test]
fn bu_somebody_is_reminded_by_what_changed_since() {
    let owner = Owner::begin();
    let world = &owner.world;
    let age = || {
        let rooms = owner.rooms.clone();
        world.run(async move { rooms.backup_age().await.unwrap() })
    };
    assert_eq!(age(), None);
    world.pass(10_000);
    let (backup, _) = back_up(world, &owner.rooms);
    world.pass(5_000);
    let told = age().unwrap();
    assert_eq!((told.at, told.age, told.changed), (backup.at, 5_000, 0));
    type_at(&owner.selling.room, 0, "Later. ");
    owner.selling.book.write_rule(&over("9", asks("finance", None))).unwrap();
    world.pass(1_000);
    assert_eq!(age().unwrap().changed, 2, "the team's book is inside its room's workspace");
}

#[test]
fn bu_both_ways_tell_how_far_they_are_and_can_be_ended() {
    let owner = Owner::with_file(LARGE);
    let world = &owner.world;
    let told = Rc::new(RefCell::new(Vec::new()));
    let telling = told.clone();
    let watch = Watch::new(move |done, of| telling.borrow_mut().push((done, of)));
    let (rooms, watched) = (owner.rooms.clone(), watch.clone());
    let largest = world.run(async move {
        let mut largest = 0;
        let put = |piece: Vec<u8>| largest = piece.len().max(largest);
        rooms.back_up(PASSPHRASE, put, &watched).await.unwrap();
        largest
    });
    assert_eq!(*told.borrow(), [0, 1, 2, 3, 4].map(|done| (done, Some(4))));
    assert!(largest < LARGE, "no file is in memory whole");
    let (_, bytes) = back_up(world, &owner.rooms);
    watch.cancel();
    let (rooms, cancelled) = (owner.rooms.clone(), watch.clone());
    let ended = world.run(async move { rooms.back_up(PASSPHRASE, |_| {}, &cancelled).await });
    assert_eq!(ended, Err(Problem::Cancelled));
    // Ended in the midst of a room, nothing of that room stays.
    let fresh = world.device();
    let rooms = fresh.tab();
    let contents = look_in(world, &rooms, &bytes, PASSPHRASE).unwrap();
    let id = owner.selling.id;
    let restoring = rooms.clone();
    let restored =
        world.run(async move { restoring.restore(&contents, &[id], false, &watch).await.unwrap() });
    assert!(restored.is_cancelled && restored.new.is_empty());
    assert!(state(world, &fresh).is_empty());
}

#[test]
fn bu_a_store_that_is_full_keeps_no_half_of_a_room() {
    let owner = Owner::begin();
    let world = &owner.world;
    let (_, bytes) = back_up(world, &owner.rooms);
    let moody = Moody::default();
    let refuses = moody.refuses.clone();
    let device = world.device_with(Rc::new(moody));
    let rooms = device.tab();
    *refuses.borrow_mut() = Some(StoreError::Full("x".into()));
    let restored = restore(world, &rooms, &bytes);
    assert_eq!((restored.failed.len(), restored.new.len()), (4, 0));
    *refuses.borrow_mut() = None;
    assert!(state(world, &device).is_empty());
    assert_eq!(restore(world, &rooms, &bytes).new.len(), 4);
}
