//! What somebody can do who knows where the room is, and means it no good.

use model::{BlobHash, hex};
use roads::THINGS_MAX;
use stdx::Writer;
use sync::roads::{Act, Ask, AtPeer, Event, News};
use sync::yjs::Message;
use yrs::{Map as _, Transact as _};

use crate::world::{World, blob, entry, plan};

#[test]
fn what_is_deleted_at_the_relay_comes_back() {
    let mut world = World::new();
    let one = world.join(plan(0, true, false));
    let image = blob("image", 400_000);
    world.ask(one, Ask::Put(vec![entry("words")]));
    world.ask(one, Ask::PutBlobs(vec![image.clone()]));
    for _ in 0..3 {
        world.at_relay(|relay| {
            for map in ["entries", "blobs"] {
                let map = relay.get_or_insert_map(map);
                map.clear(&mut relay.transact_mut());
            }
        });
    }
    world.stop(one);
    let late = world.join(plan(1, true, false));
    assert_eq!(world.texts(late), ["words"]);
    assert_eq!(world.members[late].blobs[&image.0], image.1);
}

#[test]
fn rubbish_in_place_of_what_is_good_is_put_right() {
    let mut world = World::new();
    let one = world.join(plan(0, true, false));
    let (hash, sealed) = entry("words");
    let image = blob("image", 400_000);
    // Before anything good is there,
    let piece = hex(&sync::carrier::digest(&image.1[..184_320]));
    world.at_relay(|relay| {
        let (entries, blobs) = (relay.get_or_insert_map("entries"), relay.get_or_insert_map("blobs"));
        let mut txn = relay.transact_mut();
        entries.insert(&mut txn, hash.to_string(), yrs::Any::from(b"junk".to_vec()));
        entries.insert(&mut txn, "no hash", yrs::Any::from(b"junk".to_vec()));
        blobs.insert(&mut txn, piece.as_str(), yrs::Any::from(b"junk".to_vec()));
        blobs.insert(&mut txn, format!("{}/{piece}", hex(&image.0.0)), 7);
    });
    assert_eq!(world.texts(one), [""; 0]);
    world.ask(one, Ask::Put(vec![(hash, sealed.clone())]));
    world.ask(one, Ask::PutBlobs(vec![image.clone()]));
    // and after.
    world.at_relay(|relay| {
        let (entries, blobs) = (relay.get_or_insert_map("entries"), relay.get_or_insert_map("blobs"));
        let mut txn = relay.transact_mut();
        entries.insert(&mut txn, hash.to_string(), "not even bytes");
        blobs.insert(&mut txn, format!("{piece}.1"), yrs::Any::from(b"other junk".to_vec()));
    });
    let late = world.join(plan(1, true, false));
    assert_eq!(world.texts(late), ["words"]);
    assert_eq!(world.members[late].blobs[&image.0], image.1);
}

#[test]
fn lists_that_lead_to_something_else_are_told_and_do_not_stand_in_the_way() {
    let mut world = World::new();
    let (hostile, one) = (world.join(plan(0, false, true)), world.join(plan(1, false, true)));
    let (hash, sealed) = blob("image", 400_000);
    // It says that other bytes are this blob.
    world.ask(hostile, Ask::PutBlobs(vec![(hash, b"something else".to_vec())]));
    assert_eq!(world.members[one].blobs.len(), 0);
    assert_eq!(world.members[one].news, [News::Blob(hash, b"something else".to_vec())]);
    let third = world.join(plan(2, false, true));
    world.ask(third, Ask::PutBlobs(vec![(hash, sealed.clone())]));
    assert_eq!(world.members[one].blobs[&hash], sealed);
    world.ask(third, Ask::PutBlobs(vec![(BlobHash([1; 32]), Vec::new())]));
}

/// An update that puts so many things of no use in.
fn flood(first: usize, count: usize) -> Vec<u8> {
    let mut out = Writer::new();
    out.uint(count as u64);
    for number in first..first + count {
        let hash = sync::carrier::digest(&number.to_be_bytes());
        out.uint(1).uint(1_000_000 + number as u64).uint(0).u8(0x23).uint(1);
        out.text("entries").text(&hex(&hash)).bytes(b"junk");
    }
    out.uint(0);
    out.finish()
}

#[test]
fn who_brings_more_than_a_room_can_hold_is_left_and_the_others_are_not() {
    let mut world = World::new();
    let (one, good) = (world.join(plan(0, false, true)), world.join(plan(1, false, true)));
    let hostile = world.join(plan(2, false, true));
    world.ask(good, Ask::Put(vec![entry("words")]));
    // What the hostile one is called: it alone has said this of itself.
    world.ask(hostile, Ask::Say(Some("\"hostile\"".into())));
    let name = world.named_by(one, hostile);
    let step = 5_000;
    for first in (0..=THINGS_MAX).step_by(step) {
        let message = Message::Update(&flood(first, step)).write();
        world.tell(one, Event::Peer { name: name.clone(), what: AtPeer::Message(message) });
    }
    world.run();
    assert_eq!(world.members[one].standing.peers, 1, "the good one");
    world.pass(60_000);
    assert_eq!(world.members[one].standing.peers, 1, "and the other does not come again");
    world.ask(good, Ask::Put(vec![entry("more words")]));
    world.ask(one, Ask::Put(vec![entry("and more")]));
    assert_eq!(world.texts(one), ["and more", "more words", "words"]);
    assert_eq!(world.texts(good), ["and more", "more words", "words"]);
    // The junk is gone: whoever comes now is not told of it.
    let acts = world.stop(one);
    assert!(acts.iter().any(|act| matches!(act, Act::ClosePeer { .. })));
}
