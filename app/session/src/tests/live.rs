//! Rooms whose copies meet over roads while people write.

use std::rc::Rc;

use model::{DocName, EntryHash, Right};
use reactive_graph::traits::GetUntracked as _;
use sync::{
    ledger::{Entry, Pen, Session},
    places::Places,
    roads::{RelayAt, RelayKind},
};

use super::{
    images::{GIF, bytes_of, insert},
    rights::{begin, share, take},
    type_at, words,
    world::{Device, World},
};
use crate::{Person, Reach, Room, RoomEvent, Rooms, Terms};

pub(super) fn places() -> Places {
    let relay = RelayAt {
        kind: RelayKind::YWebsocket,
        address: "wss://relay.example.com".into(),
        token: String::new(),
    };
    Places { relay: Some(relay), ..Places::default() }
}

/// Somebody looks at the room; answers whom they see there.
pub(super) fn look(world: &World, room: &Room) -> Rc<std::cell::RefCell<Vec<Person>>> {
    let seen: Rc<std::cell::RefCell<Vec<Person>>> = Rc::default();
    let sees = seen.clone();
    room.listen(Rc::new(move |event| {
        if let RoomEvent::People(people) = event {
            *sees.borrow_mut() = people;
        }
    }));
    world.pass(500);
    seen
}

pub(super) fn agree(world: &World, room: &Room) {
    let agreeing = room.clone();
    world.run(async move { agreeing.agree().await.unwrap() });
    world.pass(500);
}

/// A seller's room with a relay, and a buyer who came by a link with this right and agreed to the relay.
pub(super) fn two(world: &World, right: Right) -> (Rooms, Room, Rooms, Room) {
    two_on(world, right, &world.device(), &world.device())
}

/// The same, on these devices.
pub(super) fn two_on(
    world: &World,
    right: Right,
    hers: &Device,
    theirs: &Device,
) -> (Rooms, Room, Rooms, Room) {
    let (ines, priya) = (hers.tab(), theirs.tab());
    let (id, own) = begin(world, &ines);
    look(world, &own);
    let placing = own.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    world.pass(500);
    let terms = Terms { name: "Priya at Acme".into(), ..Terms::of(right) };
    let room = take(world, &priya, &share(world, &ines, id, terms)).unwrap();
    look(world, &room);
    agree(world, &room);
    (ines, own, priya, room)
}

#[test]
fn b3_what_one_writes_the_other_sees_at_once() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::Edit);
    type_at(&own, 0, "Our ");
    world.pass(300);
    assert!(words(&room).starts_with("Our Month-end"), "{}", words(&room));
    type_at(&room, 0, "All ");
    world.pass(300);
    assert!(words(&own).starts_with("All Our Month-end"), "{}", words(&own));
    assert_eq!(own.live().get_untracked().reach, Reach::InStep);
}

#[test]
fn b3_who_opens_a_room_with_a_relay_is_asked_before_it_is_spoken_with() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    look(&world, &own);
    let placing = own.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    look(&world, &room);
    assert_eq!(room.live().get_untracked().reach, Reach::Asks);
    type_at(&own, 0, "Our ");
    world.pass(500);
    assert!(words(&room).starts_with("Month-end"), "nothing came yet");
    agree(&world, &room);
    assert_eq!(room.live().get_untracked().reach, Reach::InStep);
    assert!(words(&room).starts_with("Our Month-end"));
    // Agreed once, agreed for the next room there.
    let (id, other) = begin(&world, &ines);
    look(&world, &other);
    let placing = other.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    look(&world, &room);
    assert_eq!(room.live().get_untracked().reach, Reach::InStep);
}

#[test]
fn b3_people_see_each_other_by_name() {
    let world = World::default();
    let (ines, own, _priya, room) = two(&world, Right::Edit);
    world.run(async move { ines.set_my_name("Inês").await.unwrap() });
    let (seller, buyer) = (look(&world, &own), look(&world, &room));
    room.stop_listening();
    world.pass(500);
    assert!(seller.borrow().is_empty(), "who leaves is gone");
    // Where the caret is when somebody comes, they see as well as where it goes.
    own.show_caret(Some((&own.section(), text::Selection::caret(3))));
    world.pass(500);
    let buyer = {
        drop(buyer);
        look(&world, &room)
    };
    world.pass(500);
    assert_eq!(buyer.borrow()[0].caret.as_ref().unwrap().1.head, 3);
    own.show_caret(Some((&own.section(), text::Selection::caret(5))));
    world.pass(500);
    let seen = buyer.borrow().clone();
    let other = seen.iter().find_map(|person| person.other.clone()).unwrap();
    assert_eq!((other.name.as_str(), other.owns), ("Inês", true));
    assert_eq!(seen[0].caret.as_ref().unwrap().1.head, 5);
    let other = seller.borrow().iter().find_map(|person| person.other.clone()).unwrap();
    assert_eq!((other.name.as_str(), other.owns), ("Priya at Acme", false), "by the link");
    room.stop_listening();
    world.pass(500);
    assert!(seller.borrow().is_empty(), "who leaves is gone");
}

#[test]
fn b3_what_was_written_apart_is_there_after_the_cut() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::Edit);
    world.net().is_cut = true;
    for _ in 0..5 {
        type_at(&own, 0, "s");
        type_at(&room, words(&room).len() - 1, "b");
        world.pass(1_000);
    }
    assert_ne!(words(&own), words(&room));
    world.heal();
    world.pass(500);
    assert_eq!(words(&own), words(&room));
    assert!(words(&own).starts_with("sssss"));
    assert!(words(&own).contains("bbbbb"));
}

#[test]
fn b3_one_tab_holds_the_roads_for_all_and_hands_them_on() {
    let world = World::default();
    let (_ines, own, _priya, _room) = two(&world, Right::Edit);
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let came = take(&world, &one, &share(&world, &_ines, own.id(), Terms::of(Right::Edit))).unwrap();
    look(&world, &came);
    agree(&world, &came);
    let id = own.id();
    let opening = two.clone();
    let second = world.run(async move { opening.open(id).await.unwrap() });
    let sees = look(&world, &second);
    assert_eq!(second.live().get_untracked().reach, Reach::InStep, "as the tab that leads tells");
    type_at(&second, 0, "Second ");
    world.pass(500);
    assert!(words(&own).starts_with("Second "), "by the tab that leads");
    assert!(sees.borrow().iter().any(|person| person.other.as_ref().is_some_and(|other| other.owns)));
    came.stop_listening();
    drop((came, one));
    world.pass(500);
    type_at(&second, 0, "Still ");
    world.pass(500);
    assert!(words(&own).starts_with("Still Second "), "it leads now");
}

#[test]
fn b3_images_come_along() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::Edit);
    let one = insert(&world, &own, GIF);
    world.pass(500);
    assert_eq!(bytes_of(&world, &room, one).as_deref(), Some(GIF));
    let other = insert(&world, &room, &[GIF, &[0]].concat());
    world.pass(500);
    assert!(bytes_of(&world, &own, other).is_some());
}

#[test]
fn b5_a_relay_sees_no_words_names_or_keys() {
    let world = World::default();
    let (ines, own, _priya, room) = two(&world, Right::Edit);
    world.run(async move { ines.set_my_name("Inês Moreira").await.unwrap() });
    type_at(&own, 0, "Zanzibar ");
    look(&world, &room);
    world.pass(500);
    let net = world.net();
    let mut all = Vec::new();
    for (name, entries) in &net.entries {
        all.extend(name.bytes());
        entries.iter().for_each(|(hash, sealed)| all.extend([&hash.0[..], sealed].concat()));
    }
    for ((name, _), said) in &net.said {
        all.extend(name.bytes().chain(said.bytes()));
        all.extend(stdx::base64::from_url(said.trim_matches('"')).unwrap());
    }
    drop(net);
    let keys = own.keys().clone();
    let holds = |part: &[u8]| all.windows(part.len()).any(|window| window == part);
    assert!(all.len() > 1_000);
    for word in ["Zanzibar", "Month-end", "close your books", "Moreira", "Priya", "relay.example"] {
        assert!(!holds(word.as_bytes()), "{word}");
    }
    for key in [keys.content, keys.author_seed, keys.pass.unwrap().secret] {
        assert!(!holds(&key));
        assert!(!holds(model::hex(&key).as_bytes()));
    }
    assert!(!holds(&keys.owner.0), "nor who owns it");
}

/// What somebody with a program of their own puts on the road.
fn put_forged(world: &World, room: &Room, entry: Entry, pen: &Pen, epoch: u64) -> EntryHash {
    let signed = pen.sign(room.id(), epoch, entry);
    let stored = signed.seal(room.id(), epoch, &room.keys().content, [9; 24]);
    let mut net = world.net();
    let all = net.entries.values_mut().next().unwrap();
    all.insert(stored.hash, stored.sealed.clone());
    drop(net);
    world.heal();
    world.pass(500);
    stored.hash
}

#[test]
fn b5_who_may_only_read_puts_nothing_in_by_a_program_of_their_own() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::View);
    let keys = room.keys().clone();
    let (pen, session) = (Pen::new(&keys.author_seed), Session([1; 8]));
    let mut content = replica::Content::new(session.client(&pen.author()));
    content.write(&own.section(), &text::Delta::new().insert("Pwned ")).unwrap();
    let entry = Entry {
        author: pen.author(),
        first: 1,
        last: 1,
        prev: EntryHash([0; 32]),
        sessions: vec![session],
        doc: DocName::Content,
        update: content.take_updates().remove(0),
    };
    let hash = put_forged(&world, &room, entry.clone(), &pen, 0);
    // The same as if the owner had written it, signed by somebody else.
    let as_owner = Entry { author: own.author(), ..entry.clone() };
    let mut forged = pen.sign(room.id(), 0, entry).bytes;
    forged[1..33].copy_from_slice(&as_owner.author.0);
    assert!(words(&own).starts_with("Month-end"), "{}", words(&own));
    assert!(words(&room).starts_with("Month-end"));
    let store = own.ports().store.clone();
    let stored = world.run({
        let id = own.id();
        async move { store.entries(id).await.unwrap() }
    });
    assert!(stored.iter().all(|entry| entry.hash != hash), "and nobody keeps it");
    // What honest people write goes on.
    type_at(&own, 0, "Our ");
    world.pass(500);
    assert!(words(&room).starts_with("Our Month-end"));
}

#[test]
fn b5_junk_under_good_names_and_good_bytes_under_other_names_change_nothing() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::Edit);
    let mut net = world.net();
    let all = net.entries.values_mut().next().unwrap();
    let good: Vec<(EntryHash, Vec<u8>)> = all.iter().map(|(hash, sealed)| (*hash, sealed.clone())).collect();
    for (at, (hash, sealed)) in good.iter().enumerate() {
        all.insert(EntryHash([at as u8; 32]), sealed.clone());
        all.insert(*hash, vec![at as u8; 200]);
        all.insert(EntryHash([at as u8 | 0x80; 32]), sealed[..sealed.len() - 1].to_vec());
    }
    drop(net);
    let before = (words(&own), words(&room));
    world.heal();
    world.pass(500);
    assert_eq!((words(&own), words(&room)), before);
    type_at(&room, 0, "Our ");
    world.pass(500);
    assert!(words(&own).starts_with("Our Month-end"));
}

#[test]
fn b5_what_a_revoked_device_writes_on_the_road_counts_nowhere_else() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::Edit);
    let seen = look(&world, &own);
    assert_eq!(seen.borrow().len(), 1);
    let link = own.links().into_iter().find(|link| link.name == "Priya at Acme").unwrap().link;
    let revoking = own.clone();
    world.net().is_cut = true;
    world.run(async move { revoking.revoke(link).await.unwrap() });
    type_at(&room, 0, "Late ");
    world.pass(500);
    world.heal();
    world.pass(1_000);
    assert!(words(&own).starts_with("Month-end"), "{}", words(&own));
    assert_eq!(room.right(), None, "it has heard of it");
    assert!(words(&room).starts_with("Month-end"), "and shows what counts");
    world.pass(500);
    assert!(seen.borrow().is_empty(), "nor is it shown among those who are here");
}

#[test]
fn b5_who_may_edit_signs_nothing_that_another_wrote_and_vouches_for_nobody() {
    let world = World::default();
    let (_ines, own, _priya, room) = two(&world, Right::Edit);
    type_at(&own, 0, "Our ");
    world.pass(500);
    let keys = room.keys().clone();
    let pen = Pen::new(&keys.author_seed);
    let before = words(&own);
    let sealed: Vec<Vec<u8>> = world.net().entries.values().next().unwrap().values().cloned().collect();
    let theirs: Vec<Entry> =
        sealed.iter().filter_map(|sealed| room.writer().open(sealed).ok()).map(|it| it.1.entry).collect();
    let of_owner =
        theirs.iter().find(|entry| entry.doc == DocName::Content && entry.author == own.author()).unwrap();
    // The owner's words, as if they were the hostile one's own; and gone from where they were.
    let mut hashes = Vec::new();
    let mut content = replica::Content::new(7);
    content.receive(&of_owner.update).unwrap();
    content.write(&own.section(), &text::Delta::new().insert("Pwned ")).unwrap();
    for (first, last, update) in [(1, 1, of_owner.update.clone()), (1, 900, content.state().unwrap())] {
        let entry = Entry { author: pen.author(), first, last, update, ..of_owner.clone() };
        hashes.push(put_forged(&world, &room, entry.clone(), &pen, 0));
        // In an epoch that nobody opened.
        hashes.push(put_forged(&world, &room, entry, &pen, 3));
    }
    // What only owners write.
    let mut offer = replica::Offer::new(Session([1; 8]).client(&pen.author()));
    offer.set_title("Mine").unwrap();
    let entry = Entry {
        author: pen.author(),
        first: 1,
        last: 1,
        prev: EntryHash([0; 32]),
        sessions: vec![Session([1; 8])],
        doc: DocName::Offer,
        update: offer.take_updates().remove(0),
    };
    hashes.push(put_forged(&world, &room, entry, &pen, 0));
    assert_eq!(words(&own), before);
    assert_eq!(own.title().get_untracked(), "Month-end");
    let (store, id) = (own.ports().store.clone(), own.id());
    let stored = world.run(async move { store.entries(id).await.unwrap() });
    assert!(stored.iter().all(|entry| !hashes.contains(&entry.hash)));
    // What they write honestly still counts.
    type_at(&room, 0, "And ");
    world.pass(500);
    assert!(words(&own).starts_with("And Our Month-end"));
}

#[test]
fn b5_entries_that_come_late_in_another_order_and_twice_end_in_the_same_text() {
    for seed in 0..20 {
        let world = World::default();
        let mut random = fastrand::Rng::with_seed(seed);
        let (ines, own, _priya, room) = two(&world, Right::Edit);
        for round in 0..8 {
            type_at(if round % 2 == 0 { &own } else { &room }, 0, &format!("{round} "));
            world.pass(300);
        }
        let link = share(&world, &ines, own.id(), Terms::of(Right::Edit));
        type_at(&own, 0, "last ");
        world.pass(300);
        // A third one has the room as it was in the middle, and hears the rest in pieces.
        let devi = world.device().tab();
        let third = take(&world, &devi, &link).unwrap();
        let mut entries: Vec<_> = world.net().entries.values().next().unwrap().clone().into_iter().collect();
        random.shuffle(&mut entries);
        while !entries.is_empty() {
            let some = random.usize(1..=entries.len());
            let mut heard: Vec<_> = entries.split_off(entries.len() - some);
            if random.bool() {
                heard.extend(heard.clone());
            }
            if random.u8(..4) == 0 {
                // Lost, and told again at the end.
                entries.splice(0..0, heard.pop());
            }
            third.bring(heard);
            world.pass(50);
        }
        assert_eq!(words(&third), words(&own), "seed {seed}");
        // All of it was kept.
        let id = third.id();
        drop(third);
        let reopened = world.run(async move { devi.open(id).await.unwrap() });
        assert_eq!(words(&reopened), words(&own), "seed {seed}");
    }
}

#[test]
fn b3_ten_people_who_type_at_once_over_a_road_that_breaks_have_one_text() {
    let world = World::default();
    let mut random = fastrand::Rng::with_seed(11);
    let (ines, own, _priya, room) = two(&world, Right::Edit);
    let mut rooms = vec![own.clone(), room];
    let mut devices = Vec::new();
    for who in 0..8 {
        let rooms_of = world.device().tab();
        let terms = Terms { name: format!("Person {who}"), ..Terms::of(Right::Edit) };
        let room = take(&world, &rooms_of, &share(&world, &ines, own.id(), terms)).unwrap();
        look(&world, &room);
        agree(&world, &room);
        rooms.push(room);
        devices.push(rooms_of);
    }
    for round in 0..120 {
        let room = &rooms[random.usize(..rooms.len())];
        let end = words(room).encode_utf16().count() - 1;
        type_at(room, random.usize(..=end), &format!("{} ", random.alphabetic()));
        if round == 40 {
            world.net().is_cut = true;
        }
        if round == 80 {
            // Nobody heard of another for a week.
            world.pass(7 * 24 * 60 * 60 * 1_000);
            world.heal();
        }
        world.pass(random.u64(..200));
    }
    world.pass(2_000);
    let text = words(&own);
    assert_eq!(text.matches(' ').count(), "Month-end\nWe close your books.".matches(' ').count() + 120);
    for room in &rooms {
        assert_eq!(words(room), text);
    }
}

#[test]
fn b3_a_code_reaches_no_server_that_nobody_agreed_to() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    look(&world, &own);
    let placing = own.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    look(&world, &room);
    world.net().plans.clear();
    room.invite();
    room.meet("a code");
    world.pass(500);
    let plans = world.net().plans.clone();
    assert!(!plans.is_empty());
    for plan in plans {
        assert_eq!(plan.places, Places::default());
    }
    assert_eq!(room.live().get_untracked().reach, Reach::Asks, "the question still stands");
}

#[test]
fn b5_what_came_before_its_author_is_kept_once_they_are_known_by_whatever_way() {
    let world = World::default();
    let (ines, own, _priya, room) = two(&world, Right::Edit);
    let before = share(&world, &ines, own.id(), Terms::of(Right::Edit));
    // Devi joins and writes where nobody hears it.
    world.net().is_cut = true;
    let devi = world.device().tab();
    let theirs = take(&world, &devi, &before).unwrap();
    look(&world, &theirs);
    agree(&world, &theirs);
    type_at(&theirs, 0, "Devi ");
    world.pass(500);
    let link = share(&world, &devi, own.id(), Terms::of(Right::Edit));
    // Her words reach Priya without her joining, which then comes by a link.
    let all = world.net().entries.values().next().unwrap().clone();
    let is_hers = |sealed: &Vec<u8>| {
        let entry = own.writer().open(sealed).unwrap().1.entry;
        entry.author == theirs.author() && entry.doc == DocName::Content
    };
    room.bring(all.into_iter().filter(|(_, sealed)| is_hers(sealed)).collect());
    world.pass(500);
    assert!(words(&room).starts_with("Month-end"), "nobody knows yet who she is");
    let joined = take_roll(&world, &_priya, &room, &link);
    assert!(joined > 0);
    world.pass(500);
    assert!(words(&room).starts_with("Devi Month-end"), "{}", words(&room));
    let (store, id, author) = (room.ports().store.clone(), room.id(), theirs.author());
    let stored = world.run(async move { store.entries(id).await.unwrap() });
    assert!(stored.iter().any(|entry| entry.author == author && entry.doc == DocName::Content));
}

/// Has a tab tell this room what a file says of who takes part, and nothing else. Answers how much that is.
fn take_roll(world: &World, rooms: &Rooms, room: &Room, link: &crate::Share) -> usize {
    let other = world.device().tab();
    take(world, &other, link).unwrap();
    let (store, id) = (other.ports.store.clone(), room.id());
    let all = world.run(async move { store.entries(id).await.unwrap() });
    let roll: Vec<_> = all.into_iter().filter(|entry| entry.doc == DocName::Roll).collect();
    let (store, keep, count) = (rooms.ports.store.clone(), roll.clone(), roll.len());
    world.run(async move { store.accept(id, model::Touch::default(), keep).await.unwrap() });
    let catching = room.clone();
    world.run(async move { catching.catch_up().await.unwrap() });
    count
}
