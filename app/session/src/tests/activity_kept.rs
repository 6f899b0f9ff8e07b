//! What the list of rooms keeps of what happened in them: by which tab, of which rooms, how long, and that nobody else has it.

use std::{rc::Rc, time::Instant};

use insight::{
    alerts::{self, Kind},
    engagement::{Act, Deed},
    story::story,
};
use model::{Right, RoomId, Standing};
use reactive_graph::traits::GetUntracked as _;

use super::{
    activity::{SOON, activity, changed, kept, mute, muted, told},
    readings::{joins, opened},
    recording::{MINUTE, record, reply, stretch},
    rights::{begin, share, take},
    saving::Moody,
    world::World,
};
use crate::{
    Muted, Notice, Rooms, Terms,
    activity::summary::{Happened, Summary, activity_name},
    lines,
};

#[test]
fn c3_tabs_keep_one_summary_and_both_hear_of_it() {
    for seed in 0..20 {
        let world = World::default();
        let device = world.device_with(Rc::new(Moody::polite(seed)));
        let (ines, beside, priya) = (device.tab(), device.tab(), world.device().tab());
        let (id, own) = begin(&world, &ines);
        let second = world.run({
            let beside = beside.clone();
            async move { beside.open(id).await.unwrap() }
        });
        let hers = joins(&world, &ines, &priya, id, "Priya");
        world.pass(SOON);
        let before = [changed(&ines), changed(&beside)];
        record(&world, &hers, stretch(0, "main"));
        reply(&world, &priya, &ines, id);
        let catching = second.clone();
        world.run(async move { catching.catch_up().await.unwrap() });
        world.pass(2 * SOON);
        let after = [changed(&ines), changed(&beside)];
        // Whoever was faster has written it, and the other had nothing to add.
        assert_eq!(after, before.map(|count| count + 1), "seed {seed}");
        let text = kept(&world, &ines, id);
        assert_eq!(text.lines().filter(|line| line.starts_with("a ")).count(), 1, "seed {seed}");
        assert_eq!(activity(&world, &ines), activity(&world, &beside), "seed {seed}");
        // Nothing new is written when the room is looked at again.
        for room in [own, second] {
            world.run(async move { room.note_activity(&|| {}).await.unwrap() });
        }
        assert_eq!((changed(&ines), kept(&world, &ines, id)), (after[0], text), "seed {seed}");
        mute(&world, &beside, None, Kind::LongRead, true);
        assert_eq!(changed(&ines), after[0] + 1, "seed {seed}");
        assert!(muted(&world, &ines).is(id, Kind::LongRead), "seed {seed}");
        let list = ines.list().get_untracked().unwrap();
        assert_eq!(list.len(), 1, "seed {seed}");
    }
}

#[test]
fn c3_archived_rooms_templates_and_rooms_of_others_are_told_of_nowhere() {
    let world = World::default();
    let (ines, noor, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, _own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    record(&world, &hers, stretch(0, "main"));
    reply(&world, &priya, &ines, id);
    take(&world, &noor, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    let rooms = ines.clone();
    world.run(async move {
        rooms.begin_team("Sales").await.unwrap();
        rooms.copy(id, "Copy", Standing::Template).await.unwrap();
        rooms.ensure(RoomId([9; 16]), "Open").await.unwrap();
    });
    world.pass(SOON);
    let ids = |rooms: &Rooms| activity(&world, rooms).iter().map(|it| it.room).collect::<Vec<_>>();
    assert_eq!((ids(&ines), ids(&noor), ids(&priya)), (vec![id], vec![id], vec![]));
    assert_eq!(told(&activity(&world, &noor)[0]), [(Kind::FirstOpen, "Priya")], "a colleague is told too");
    assert_eq!(kept(&world, &priya, id), "");
    for (standing, left) in
        [(Standing::Archived, vec![]), (Standing::Deleted(1), vec![]), (Standing::Active, vec![id])]
    {
        let rooms = ines.clone();
        world.run(async move { rooms.set_standing(id, standing).await.unwrap() });
        assert_eq!(ids(&ines), left);
    }
}

#[test]
fn c3_nothing_of_it_outlives_its_room() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    record(&world, &hers, stretch(0, "main"));
    reply(&world, &priya, &ines, id);
    world.pass(SOON);
    for room in [Some(id), None] {
        mute(&world, &ines, room, Kind::LongRead, true);
    }
    assert!(!kept(&world, &ines, id).is_empty());
    let rooms = ines.clone();
    world.run(async move {
        rooms.set_standing(id, Standing::Deleted(1)).await.unwrap();
        rooms.erase_deleted(2).await.unwrap();
    });
    let all = muted(&world, &ines);
    assert_eq!((all.is_set(Some(id), Kind::LongRead), all.is_set(None, Kind::LongRead)), (false, true));
    // A tab that still has it open brings nothing back.
    world.run(async move { own.note_activity(&|| {}).await.unwrap() });
    assert_eq!(kept(&world, &ines, id), "");
}

#[test]
fn c3_nothing_of_it_leaves_the_device() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    record(&world, &hers, stretch(0, "main"));
    reply(&world, &priya, &ines, id);
    mute(&world, &ines, Some(id), Kind::LongRead, true);
    world.pass(SOON);
    let kept = kept(&world, &ines, id);
    for right in [Right::Own, Right::View] {
        let bundle = opened(&world, &share(&world, &ines, id, Terms::of(right)));
        let entries = bundle.entries.iter().chain(&bundle.workspace).map(|entry| entry.bytes.clone());
        let whole = format!("{bundle:?}").into_bytes();
        for bytes in entries.chain([whole]) {
            let words = kept.lines().chain(["first-open", "long-read", "handsel/activity", "handsel/alerts"]);
            for word in words {
                let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
                assert!(!found, "{word} leaves");
            }
        }
    }
}

/// How long the list takes over many rooms, each with as much as is kept.
#[test]
fn c3_the_cost_of_the_list() {
    const ROOMS: usize = 200;
    let world = World::default();
    let ines = world.device().tab();
    let acts = [Act::Visited, Act::Read, Act::OpenedPrice, Act::Asked];
    let mut size = 0;
    for _ in 0..ROOMS {
        let (id, room) = begin(&world, &ines);
        drop(room);
        let deed = |nth: u64| Deed {
            who: format!("{:064x}", nth % 7),
            at: 1_000_000 + nth * MINUTE,
            act: acts[nth as usize % acts.len()],
        };
        let story = story(&[], &(0..500).map(deed).collect::<Vec<_>>(), |_| 0);
        let alerts = alerts::alerts(&story, &[], 0);
        let last = story.last.zip(story.last);
        let happened = Happened { story, last, alerts, ..Happened::default() };
        let text = Summary::of(&happened, &Summary::default(), 1_000_000).write();
        size += text.len();
        let store = ines.ports.store.clone();
        world.run(async move { store.put_setting(&activity_name(id), &text).await.unwrap() });
    }
    let begun = Instant::now();
    let all = activity(&world, &ines);
    println!(
        "{} rooms of 500 deeds, {} KB of summaries: {:?} for the list, {:?} for its lines",
        all.len(),
        size / 1_000,
        begun.elapsed(),
        {
            let begun = Instant::now();
            assert!(!lines(&all, &Muted::default()).is_empty());
            begun.elapsed()
        }
    );
    assert_eq!(all.len(), ROOMS);
    let notices: Vec<&Notice> = all.iter().flat_map(|it| &it.alerts).collect();
    assert_eq!(notices.len(), ROOMS * 132, "what is kept is all there");
}
