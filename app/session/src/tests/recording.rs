//! What a buyer's device records of reading a room, what its person may do about it, and when it leaves.

use std::rc::Rc;

use insight::record::{Device, Did, Glance, Part, Record, What};
use model::{DocName, Right, RoomId, Standing, StoreError};
use reactive_graph::traits::GetUntracked as _;

use super::{
    live::{agree, look, places, two},
    rights::{begin, share, take},
    saving::Moody,
    world::World,
};
use crate::{Recorded, Recording, Room, Rooms, Terms};

pub(super) const FILE: &str = "f11ef11ef11ef11e";
pub(super) const MINUTE: u64 = 60_000;

/// A stretch of two minutes, so many minutes after the start, with a section of this name.
pub(super) fn stretch(minute: u64, section: &str) -> Record {
    let from = 1_000_000 + minute * MINUTE;
    let page = Part::Page { file: FILE.into(), number: 3 };
    let parts = vec![
        Glance { part: Part::Section(section.into()), active: 61_234, depth: Some(80) },
        Glance { part: page.clone(), active: 20_001, depth: None },
    ];
    Record {
        visit: [7; 8],
        device: Device::Desktop,
        from,
        until: from + 2 * MINUTE,
        active: 81_300,
        parts,
        acts: vec![Did { what: What::Downloaded, part: page, at: from + 5_001 }],
        attended: vec![],
    }
}

pub(super) fn record(world: &World, room: &Room, record: Record) {
    let room = room.clone();
    world.run(async move { room.record(record).await.unwrap() });
}

pub(super) fn recorded(world: &World, room: &Room) -> Vec<Recorded> {
    let room = room.clone();
    world.run(async move { room.recorded().await.unwrap() })
}

/// The records at the seller, of all devices.
pub(super) fn told(world: &World, own: &Room) -> Vec<Record> {
    let own = own.clone();
    let readings = world.run(async move { own.readings().await.unwrap() });
    readings.of.into_iter().flat_map(|reading| reading.records).collect()
}

/// How many of these records wait on the device.
fn waiting(world: &World, room: &Room) -> usize {
    recorded(world, room).iter().filter(|it| it.sent.is_none()).count()
}

/// Sends back what a device has, as its owner's program takes it in.
pub(super) fn reply(world: &World, from: &Rooms, to: &Rooms, id: RoomId) -> Room {
    take(world, to, &share(world, from, id, Terms::of(Right::View))).unwrap()
}

#[test]
fn c1_what_was_recorded_waits_on_the_device_until_something_leaves_it() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(hers.recording(), Recording::On);
    let before = world.run(count(hers.clone()));
    let records = [stretch(0, "main"), stretch(2, "s2")];
    for one in records.clone() {
        record(&world, &hers, one);
    }
    let waits = records.clone().map(|record| Recorded { record, sent: None });
    assert_eq!(recorded(&world, &hers), waits);
    world.pass(60 * MINUTE);
    assert_eq!(world.run(count(hers.clone())), before, "nothing is in the room so far");

    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own), records, "to the millisecond");
    assert!(recorded(&world, &hers).iter().all(|it| it.sent == Some(1_000_000 + 60 * MINUTE)));
    let (entries, receipts) = world.run(count(hers.clone()));
    assert_eq!((entries, receipts), (before.0 + 1, 1), "as one receipt");
    reply(&world, &priya, &ines, id);
    assert_eq!(world.run(count(hers.clone())), (entries, receipts), "once is enough");
}

/// How many entries a device has, and how many of them are receipts.
async fn count(room: Room) -> (usize, usize) {
    let stored = room.ports().store.entries(room.id()).await.unwrap();
    let receipts = stored.iter().filter(|entry| entry.doc == DocName::Receipts).count();
    (stored.len(), receipts)
}

#[test]
fn c1_rc25_a_room_that_asks_records_nothing_before_its_reader_agrees() {
    let world = World::default();
    let (ines, priya_device) = (world.device().tab(), world.device());
    let (priya, other_tab) = (priya_device.tab(), priya_device.tab());
    let (id, own) = begin(&world, &ines);
    own.ask_before_recording(true).unwrap();
    assert_eq!(own.recording(), Recording::Off);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    let beside = world.run(async move { other_tab.open(id).await.unwrap() });
    assert_eq!([hers.recording(), beside.recording()], [Recording::Asking; 2]);
    assert!(hers.ask_before_recording(false).is_err(), "only owners say what is asked");
    record(&world, &hers, stretch(0, "main"));
    hers.record_at_leaving(stretch(2, "main"));
    world.pass(10);
    reply(&world, &priya, &ines, id);
    assert_eq!((recorded(&world, &hers).len(), told(&world, &own).len()), (0, 0));

    // She says yes in one tab, for both, and after the device was started again.
    let says = hers.clone();
    world.run(async move { says.pause_recording(false).await.unwrap() });
    world.pass(10);
    assert_eq!([hers.recording(), beside.recording()], [Recording::On; 2]);
    record(&world, &beside, stretch(4, "main"));
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own), [stretch(4, "main")]);
    let again = priya_device.tab();
    assert_eq!(world.run(async move { again.open(id).await.unwrap() }).recording(), Recording::On);

    // A room that begins to ask later asks whoever has not said so, and who refuses is not asked again.
    let tom = world.device().tab();
    let (other, asks_later) = begin(&world, &ines);
    let his = take(&world, &tom, &share(&world, &ines, other, Terms::of(Right::View))).unwrap();
    record(&world, &his, stretch(0, "main"));
    asks_later.ask_before_recording(true).unwrap();
    take(&world, &tom, &share(&world, &ines, other, Terms::of(Right::View))).unwrap();
    assert_eq!(his.recording(), Recording::Asking);
    reply(&world, &tom, &ines, other);
    assert_eq!((told(&world, &asks_later).len(), waiting(&world, &his)), (0, 1));
    let refuses = his.clone();
    world.run(async move { refuses.pause_recording(true).await.unwrap() });
    assert_eq!(his.recording(), Recording::Paused);
}

#[test]
fn c1_whoever_pauses_is_not_recorded_in_any_tab_and_sends_nothing() {
    let world = World::default();
    let (ines, priya_device) = (world.device().tab(), world.device());
    let (priya, other_tab) = (priya_device.tab(), priya_device.tab());
    let (id, own) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    let beside = world.run(async move { other_tab.open(id).await.unwrap() });
    record(&world, &hers, stretch(0, "main"));
    world.run({
        let hers = hers.clone();
        async move { hers.pause_recording(true).await.unwrap() }
    });
    world.pass(10);
    assert_eq!([hers.recording(), beside.recording()], [Recording::Paused; 2]);
    record(&world, &hers, stretch(2, "main"));
    record(&world, &beside, stretch(4, "main"));
    assert_eq!(recorded(&world, &hers).len(), 1);
    reply(&world, &priya, &ines, id);
    assert_eq!((told(&world, &own).len(), waiting(&world, &hers)), (0, 1), "what waits stays meanwhile");

    // It holds after the device was started again.
    drop((hers, beside, priya));
    let priya = priya_device.tab();
    let again = world.run({
        let priya = priya.clone();
        async move { priya.open(id).await.unwrap() }
    });
    assert_eq!(again.recording(), Recording::Paused);
    world.run({
        let again = again.clone();
        async move { again.pause_recording(false).await.unwrap() }
    });
    record(&world, &again, stretch(6, "main"));
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own), [stretch(0, "main"), stretch(6, "main")]);
}

#[test]
fn c1_what_was_forgotten_before_it_left_never_arrives() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    record(&world, &hers, stretch(0, "main"));
    reply(&world, &priya, &ines, id);
    record(&world, &hers, stretch(2, "s2"));
    let changed = hers.recorded_changed().get_untracked();
    world.run({
        let hers = hers.clone();
        async move { hers.forget_unsent().await.unwrap() }
    });
    assert!(hers.recorded_changed().get_untracked() > changed);
    let left: Vec<Record> = recorded(&world, &hers).into_iter().map(|it| it.record).collect();
    assert_eq!(left, [stretch(0, "main")], "what was sent stays to be seen");
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own), [stretch(0, "main")]);
}

#[test]
fn c1_tabs_that_record_at_once_lose_nothing_and_send_nothing_twice() {
    for seed in 0..30 {
        let world = World::default();
        let mut random = fastrand::Rng::with_seed(seed);
        let store = Rc::new(Moody::polite(seed));
        let (ines, device) = (world.device().tab(), world.device_with(store));
        let tabs = [device.tab(), device.tab()];
        let (id, own) = begin(&world, &ines);
        take(&world, &tabs[0], &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
        let rooms = tabs.clone().map(|tab| world.run(async move { tab.open(id).await.unwrap() }));
        let mut all = Vec::new();
        for minute in 0..20 {
            let one = stretch(minute * 2, if random.bool() { "main" } else { "s2" });
            all.push(one.clone());
            let room = rooms[random.usize(..2)].clone();
            // Begun and not waited for, so that one comes between the steps of another.
            let begun = room.clone();
            room.ports().tasks.spawn(Box::pin(async move { begun.record(one).await.unwrap() }));
            if random.u8(..5) == 0 {
                for room in rooms.clone() {
                    let sealing = room.clone();
                    let seal = async move { sealing.seal_recorded().await.unwrap() };
                    room.ports().tasks.spawn(Box::pin(seal));
                }
            }
        }
        world.pass(10);
        assert_eq!(recorded(&world, &rooms[0]).len(), 20, "seed {seed}");
        reply(&world, &tabs[1], &ines, id);
        assert_eq!(told(&world, &own), all, "seed {seed}");
        let seed_of_owner = own.keys().pass.as_ref().and_then(|pass| pass.owner_seed).unwrap();
        let documents = own.documents();
        let sent = documents
            .receipts
            .iter()
            .map(|it| sync::receipt::open(id, &it.author, &seed_of_owner, &it.sealed).unwrap().len());
        assert_eq!(sent.sum::<usize>(), 20, "seed {seed}");
        assert_eq!(waiting(&world, &rooms[1]), 0, "seed {seed}");
    }
}

#[test]
fn c1_nobody_of_the_selling_side_is_recorded_nor_anybody_in_a_preview_or_a_room_without_rights() {
    let world = World::default();
    let (ines, noor) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let noors = take(&world, &noor, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    let preview = world.run({
        let ines = ines.clone();
        async move { ines.as_buyer(id).await.unwrap().open(id).await.unwrap() }
    });
    let open = world.run(async move {
        let id = RoomId([9; 16]);
        ines.ensure(id, "Open").await.unwrap();
        ines.open(id).await.unwrap()
    });
    for room in [&own, &noors, &preview, &open] {
        assert_eq!(room.recording(), Recording::Off);
        record(&world, room, stretch(0, "main"));
        assert!(recorded(&world, room).is_empty());
    }
    assert!(told(&world, &own).is_empty());
}

#[test]
fn c1_what_the_store_does_not_take_waits_on() {
    let world = World::default();
    let moody = Moody::default();
    let (ines, priya) = (world.device().tab(), world.device_with(Rc::new(moody.clone())).tab());
    let (id, own) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    record(&world, &hers, stretch(0, "main"));
    *moody.refuses.borrow_mut() = Some(StoreError::Full("the disk".into()));
    reply(&world, &priya, &ines, id);
    assert_eq!((told(&world, &own).len(), waiting(&world, &hers)), (0, 1));
    *moody.refuses.borrow_mut() = None;
    reply(&world, &priya, &ines, id);
    assert_eq!((told(&world, &own).len(), waiting(&world, &hers)), (1, 0));
}

#[test]
fn c1_nothing_recorded_outlives_its_room() {
    let world = World::default();
    let (ines, device) = (world.device().tab(), world.device());
    let (id, own) = begin(&world, &ines);
    let priya = device.tab();
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    record(&world, &hers, stretch(0, "main"));
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own).len(), 1);
    let noting = hers.clone();
    world.run(async move { noting.note_told_of_recording().await.unwrap() });
    let line = crate::room::recording::write_down(&stretch(9, "left"));
    device.journal.borrow_mut().insert(format!("handsel/reading/{id}/7/9"), line);
    let settings = |rooms: &Rooms, id: RoomId| {
        let rooms = rooms.clone();
        world.run(async move {
            let mut kept = Vec::new();
            for kind in ["recorded", "received", "told"] {
                let name = format!("handsel/{kind}/{id}");
                kept.extend(rooms.ports.store.setting(&name).await.unwrap().filter(|kept| !kept.is_empty()));
            }
            kept.len()
        })
    };
    assert_eq!((settings(&priya, id), settings(&ines, id)), (2, 1));
    for rooms in [&priya, &ines] {
        let rooms = rooms.clone();
        world.run(async move {
            rooms.set_standing(id, Standing::Deleted(1)).await.unwrap();
            rooms.erase_deleted(2).await.unwrap();
        });
    }
    assert_eq!((settings(&priya, id), settings(&ines, id)), (0, 0));
    assert!(device.journal.borrow().is_empty());
}

#[test]
fn c2_where_others_are_reached_a_stretch_arrives_by_itself() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    let changed = own.readings_changed().get_untracked();
    record(&world, &hers, stretch(0, "main"));
    world.pass(500);
    assert_eq!(told(&world, &own), [stretch(0, "main")]);
    assert!(own.readings_changed().get_untracked() > changed);
    // The next waits until the last is four minutes old, and may be deleted so long.
    record(&world, &hers, stretch(2, "s2"));
    world.pass(MINUTE);
    assert_eq!((told(&world, &own).len(), waiting(&world, &hers)), (1, 1));
    world.pass(3 * MINUTE);
    assert_eq!(told(&world, &own), [stretch(0, "main"), stretch(2, "s2")]);
    // At the end of a visit nothing is waited for.
    record(&world, &hers, stretch(4, "main"));
    world.run({
        let hers = hers.clone();
        async move { hers.send_recorded().await.unwrap() }
    });
    world.pass(500);
    assert_eq!((told(&world, &own).len(), waiting(&world, &hers)), (3, 0));
}

#[test]
fn c1_a_device_whose_link_was_revoked_stops_recording_once_it_hears() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    assert_eq!(hers.recording(), Recording::On);
    let link = own.links()[0].link;
    world.run({
        let own = own.clone();
        async move { own.revoke(link).await.unwrap() }
    });
    world.pass(500);
    assert_eq!((hers.right(), hers.recording()), (None, Recording::Off));
    record(&world, &hers, stretch(0, "main"));
    assert!(recorded(&world, &hers).is_empty());
}

#[test]
fn c2_where_nobody_is_reached_it_waits() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    look(&world, &own);
    let placing = own.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    look(&world, &hers);
    // She has not agreed to the relay.
    record(&world, &hers, stretch(0, "main"));
    world.run({
        let hers = hers.clone();
        async move { hers.send_recorded().await.unwrap() }
    });
    world.pass(10 * MINUTE);
    assert_eq!(waiting(&world, &hers), 1);
    agree(&world, &hers);
    record(&world, &hers, stretch(2, "main"));
    world.pass(500);
    assert_eq!(told(&world, &own), [stretch(0, "main"), stretch(2, "main")]);
}

/// A visit of an hour over 12 parts, a stretch each two minutes: what it adds to the room, sealed as it travels.
#[test]
fn c2_an_hour_of_reading_stays_small() {
    let world = World::default();
    let (ines, own, priya, hers) = two(&world, Right::View);
    let file = format!("{}/{FILE}", hers.author());
    let parts: Vec<Part> = (0..6)
        .map(|at| Part::Section(format!("{at}0a1b2c3d4e5f60")))
        .chain((1..=3).map(|number| Part::Page { file: file.clone(), number }))
        .chain([Part::Overview, Part::Price, Part::Plan])
        .collect();
    assert_eq!(parts.len(), 12);
    let mut all = Vec::new();
    for at in 0..30 {
        world.pass(2 * MINUTE);
        let glance = |part: &Part| Glance { part: part.clone(), active: 40_000 + at, depth: Some(100) };
        // Three parts come into sight in each stretch.
        let some = parts.iter().cycle().skip(at as usize * 2).take(3).map(glance);
        let one = Record { parts: some.collect(), active: 119_000, acts: Vec::new(), ..stretch(at * 2, "") };
        all.push(one.clone());
        record(&world, &hers, one);
    }
    world.run({
        let hers = hers.clone();
        async move { hers.send_recorded().await.unwrap() }
    });
    world.pass(500);
    assert_eq!(told(&world, &own), all);
    let size = |rooms: &Rooms| {
        let (rooms, id) = (rooms.clone(), own.id());
        world.run(async move {
            let stored = rooms.ports.store.entries(id).await.unwrap();
            let receipts = stored.iter().filter(|entry| entry.doc == DocName::Receipts);
            receipts
                .map(|entry| entry.sealed.len())
                .fold((0, 0), |(count, sum), size| (count + 1, sum + size))
        })
    };
    let (count, bytes) = size(&priya);
    eprintln!("an hour of reading, live: {bytes} bytes in {count} receipts");
    assert!(bytes < 10_000, "{bytes}");
    assert_eq!(size(&ines), (count, bytes));

    // The same without a network leaves as one.
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    all.iter().for_each(|one| record(&world, &hers, one.clone()));
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own), all);
    let stored = world.run(async move { priya.ports.store.entries(id).await.unwrap() });
    let receipts = stored.iter().filter(|entry| entry.doc == DocName::Receipts);
    let bytes: usize = receipts.map(|entry| entry.sealed.len()).sum();
    eprintln!("an hour of reading, by reply: {bytes} bytes");
    assert!(bytes < 5_000, "{bytes}");
}

#[test]
fn c1_a_stretch_that_ends_with_its_page_is_there_the_next_time_and_once() {
    let world = World::default();
    let (ines, device) = (world.device().tab(), world.device());
    let priya = device.tab();
    let (id, _) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    hers.record_at_leaving(stretch(0, "main"));
    let journal: Vec<(String, String)> =
        device.journal.borrow().iter().map(|(name, text)| (name.clone(), text.clone())).collect();
    assert_eq!(journal.len(), 1, "it is kept before anything is waited for");
    world.pass(100);
    assert!(device.journal.borrow().is_empty(), "and is the store's from then on");
    assert_eq!(waiting(&world, &hers), 1);
    // The page went away before it could be told that the store has it.
    device.journal.borrow_mut().extend(journal);
    // And another page before the store had anything.
    let left = stretch(9, "s2");
    device
        .journal
        .borrow_mut()
        .insert(format!("handsel/reading/{id}/7/9"), crate::room::recording::write_down(&left));
    let again = hers.clone();
    world.run(async move { again.take_left_records().await.unwrap() });
    let records: Vec<Record> = recorded(&world, &hers).into_iter().map(|it| it.record).collect();
    assert_eq!(records, [stretch(0, "main"), left]);
    // Whoever has paused wants none of it.
    let paused = hers.clone();
    world.run(async move { paused.pause_recording(true).await.unwrap() });
    hers.record_at_leaving(stretch(20, "main"));
    assert!(device.journal.borrow().is_empty());
}

#[test]
fn c2_what_is_being_read_goes_along_with_what_leaves_and_once() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    record(&world, &hers, stretch(0, "main"));
    let going_on = Rc::new(std::cell::RefCell::new(Some(stretch(2, "s2"))));
    let end = going_on.clone();
    hers.end_stretches_by(Some(Rc::new(move || end.borrow_mut().take())));
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own), [stretch(0, "main"), stretch(2, "s2")]);
    assert!(recorded(&world, &hers).iter().all(|it| it.sent.is_some()), "and she sees that it was sent");
    // Nobody is asked who is not there any more, nor whoever has paused.
    *going_on.borrow_mut() = Some(stretch(4, "s3"));
    hers.end_stretches_by(None);
    reply(&world, &priya, &ines, id);
    let again = going_on.clone();
    hers.end_stretches_by(Some(Rc::new(move || again.borrow_mut().take())));
    let pausing = hers.clone();
    world.run(async move { pausing.pause_recording(true).await.unwrap() });
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own).len(), 2);
}
