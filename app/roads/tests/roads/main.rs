//! Copies of a room that reach each other over roads that are played.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

mod codes;
mod hostile;
mod mutations;
mod world;

use sync::relay::Status;
use sync::roads::{Act, Ask, News};
use world::{World, blob, entry, plan};

#[test]
fn entries_and_blobs_reach_others_over_a_relay_also_those_who_come_later() {
    let mut world = World::new();
    let (one, other) = (world.join(plan(0, true, false)), world.join(plan(1, true, false)));
    world.ask(one, Ask::Put(vec![entry("one"), entry("two")]));
    world.ask(other, Ask::Put(vec![entry("three")]));
    let image = blob("image", 500_000);
    world.ask(other, Ask::PutBlobs(vec![image.clone()]));
    assert_eq!(world.texts(one), ["one", "three", "two"]);
    assert_eq!(world.members[one].blobs[&image.0], image.1);
    assert_eq!(world.members[other].standing.relay.as_ref().unwrap().status, Status::InStep);
    world.stop(one);
    world.stop(other);
    let late = world.join(plan(2, true, false));
    assert_eq!(world.texts(late), ["one", "three", "two"]);
    assert_eq!(world.members[late].blobs[&image.0], image.1);
    world.pass(60_000);
    let relay = world.members[late].standing.relay.clone().unwrap();
    assert_eq!((relay.unacknowledged, relay.faults), (0, 0));
}

#[test]
fn entries_and_blobs_reach_others_directly_and_the_signalling_server_reads_nothing() {
    let mut world = World::new();
    let all: Vec<_> = (0..4).map(|member| world.join(plan(member, false, true))).collect();
    assert_eq!(world.connections(), 6);
    let image = blob("image", 500_000);
    world.ask(all[0], Ask::PutBlobs(vec![image.clone()]));
    for member in &all {
        world.ask(*member, Ask::Put(vec![entry(&format!("by {member}"))]));
    }
    for member in &all {
        assert_eq!(world.texts(*member), ["by 0", "by 1", "by 2", "by 3"]);
        assert_eq!(world.members[*member].blobs[&image.0], image.1);
        assert_eq!(world.members[*member].standing.peers, 3);
        assert_eq!(world.members[*member].standing.trying, 0);
    }
    assert!(world.overheard.contains("room") && world.overheard.contains("publish"));
    for told in ["announce", "signal", "ufrag", "from"] {
        assert!(!world.overheard.contains(told), "{told}");
    }
}

#[test]
fn what_came_by_one_road_goes_on_by_the_other_once_it_was_found_good() {
    for judges in [true, false] {
        let mut world = World::new();
        let relayed = world.join(plan(0, true, false));
        let both = world.join(plan(1, true, true));
        let direct = world.join(plan(2, false, true));
        world.members[both].judges = judges;
        world.ask(relayed, Ask::Put(vec![entry("by relay")]));
        world.ask(relayed, Ask::PutBlobs(vec![blob("image", 300_000)]));
        world.ask(direct, Ask::Put(vec![entry("direct")]));
        world.pass(120_000);
        let expected: &[&str] = if judges { &["by relay", "direct"] } else { &["direct"] };
        assert_eq!(world.texts(direct), expected);
        assert_eq!(world.members[direct].blobs.len(), usize::from(judges));
        assert_eq!(world.texts(relayed).len(), 1 + usize::from(judges));
    }
}

#[test]
fn pieces_go_to_each_other_once_and_not_once_from_everybody() {
    let mut world = World::new();
    let all: Vec<_> = (0..5).map(|member| world.join(plan(member, true, true))).collect();
    assert_eq!(world.connections(), 10);
    let image = blob("image", 1_000_000);
    world.carried = 0;
    world.ask(all[0], Ask::PutBlobs(vec![image.clone()]));
    world.pass(60_000);
    assert!(all.iter().all(|member| world.members[*member].blobs[&image.0] == image.1));
    // To four others and the relay, which gives it to all five.
    let carried = world.carried as f64 / 1_000_000.0;
    assert!((9.9..11.0).contains(&carried), "{carried} times");
}

#[test]
fn a_blob_that_stays_goes_to_whoever_asks_for_it_and_to_nobody_else() {
    let mut world = World::new();
    let all: Vec<_> = (0..3).map(|member| world.join(plan(member, false, true))).collect();
    // Who gets it keeps it, and gives it to nobody by itself.
    world.members[all[0]].judges = false;
    let (hash, sealed) = blob("film", 1_000_000);
    world.ask(all[0], Ask::Want(hash, 0));
    let asked = |world: &World| {
        let wanted = |member: &usize| {
            world.members[*member].news.iter().find_map(|news| match news {
                News::Wanted(by, wanted) if *wanted == hash => Some((*member, by.clone())),
                _ => None,
            })
        };
        all[1..].iter().find_map(wanted)
    };
    let (lender, by) = asked(&world).unwrap();
    world.ask(lender, Ask::Lend(by, hash, None));
    assert!(world.members[all[0]].news.contains(&News::Lacks(hash)));
    world.members[lender].news.clear();
    world.ask(all[0], Ask::Want(hash, 1));
    let (other, by) = asked(&world).unwrap();
    assert_ne!(other, lender, "another one is asked");
    world.ask(other, Ask::Lend(by, hash, Some(sealed.clone())));
    assert!(world.members[all[0]].news.contains(&News::Blob(hash, sealed)));
    assert!(all[1..].iter().all(|member| !world.members[*member].blobs.contains_key(&hash)));
    // Where nobody is there, that is told.
    let alone = World::new().join(plan(0, false, true));
    let mut world = World::new();
    assert_eq!(world.join(plan(0, false, true)), alone);
    world.ask(alone, Ask::Want(hash, 0));
    assert!(world.members[alone].news.contains(&News::Lacks(hash)));
}

#[test]
fn all_see_who_is_here_and_who_left() {
    let mut world = World::new();
    let (one, other) = (world.join(plan(0, true, false)), world.join(plan(1, true, true)));
    let third = world.join(plan(2, false, true));
    world.ask(one, Ask::Say(Some("{\"name\":\"Ann\"}".into())));
    assert_eq!(world.members[third].people, [(1_000, "{\"name\":\"Ann\"}".to_owned())]);
    world.ask(third, Ask::Say(Some("{\"name\":\"Cy\"}".into())));
    world.pass(100_000);
    assert_eq!(world.members[one].people.len(), 1);
    assert_eq!(world.members[other].people.len(), 2);
    world.ask(one, Ask::Say(None));
    assert_eq!(world.members[third].people, []);
    world.ask(one, Ask::Say(Some("no JSON".into())));
    assert_eq!(world.members[third].people, []);
}

#[test]
fn a_stop_ends_all_and_nothing_is_answered_any_more() {
    let mut world = World::new();
    let (one, other) = (world.join(plan(0, true, true)), world.join(plan(1, false, true)));
    world.ask(one, Ask::Invite);
    let acts = world.stop(one);
    let hung_up = acts.iter().filter(|act| matches!(act, Act::HangUp { .. })).count();
    let closed = acts.iter().filter(|act| matches!(act, Act::ClosePeer { .. })).count();
    assert_eq!((hung_up, closed), (2, 2), "{acts:?}");
    assert!(acts.contains(&Act::WakeAt(None)));
    assert!(!acts.iter().any(|act| matches!(act, Act::News(_))));
    assert_eq!(world.members[other].standing.peers, 0);
    let news = world.members[one].news.len();
    world.ask(one, Ask::Wake);
    assert_eq!(world.members[one].news.len(), news);
    // It can be started anew.
    world.tell(one, sync::roads::Event::Start(plan(5, true, true)));
    world.run();
    world.pass(5_000);
    assert_eq!(world.members[other].standing.peers, 1);
}

#[test]
fn quiet_roads_tell_nothing_again_and_again() {
    let mut world = World::new();
    let one = world.join(plan(0, true, true));
    world.join(plan(1, true, true));
    world.pass(600_000);
    assert!(world.members[one].news.iter().all(|news| !matches!(news, News::Brought(_) | News::Gone(_))));
}
