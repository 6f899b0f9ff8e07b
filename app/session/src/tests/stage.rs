//! Presentations of the room: who presents, who follows, who is gone and back, and what is recorded of it.

use insight::{
    record::{Attended, Device, Part, Record},
    story::{Told, story},
};
use model::Right;
use reactive_graph::traits::{GetUntracked as _, Set as _};
use sync::stage::{Pointer, Showing, Spot, Stage};

use super::{
    live::{agree, look, two, two_on},
    recording::{recorded, told},
    rights::{share, take},
    world::World,
};
use crate::{Presentation, Problem, Recording, Room, Rooms, Terms};

fn spot(part: Part) -> Spot {
    Spot { part, offset: 0, pointer: None }
}

fn at(x: u16, y: u16) -> Option<Pointer> {
    Some(Pointer { part: Part::Price, x, y })
}

fn section() -> Part {
    Part::Section("main".into())
}

/// Somebody who comes by another link with this right.
fn third(world: &World, ines: &Rooms, own: &Room, name: &str, right: Right) -> (Rooms, Room) {
    let rooms = world.device().tab();
    let terms = Terms { name: name.into(), ..Terms::of(right) };
    let room = take(world, &rooms, &share(world, ines, own.id(), terms)).unwrap();
    look(world, &room);
    agree(world, &room);
    (rooms, room)
}

fn presentations(room: &Room) -> Vec<Presentation> {
    room.presentations().get_untracked()
}

/// Where the one presenter is.
fn shown(room: &Room) -> Option<Spot> {
    presentations(room).first().map(|it| it.showing.spot.clone())
}

/// Who attends: name, whether they follow, whether they are hidden, whether a hand is up.
fn attendees(room: &Room) -> Vec<(String, bool, bool, bool)> {
    let all = room.attendees().get_untracked().into_iter();
    all.map(|it| (it.name, it.follows, it.hidden, it.hand.is_some())).collect()
}

fn row(name: &str, follows: bool, hidden: bool, hand: bool) -> (String, bool, bool, bool) {
    (name.into(), follows, hidden, hand)
}

const PRIYA: &str = "Priya at Acme";

#[test]
fn a10_pn1_followers_see_where_the_presenter_is_and_the_presenter_who_follows() {
    let world = World::default();
    let (ines, own, _priya, hers) = two(&world, Right::View);
    let (_dana, his) = third(&world, &ines, &own, "Dana", Right::View);
    own.present(spot(Part::Overview)).unwrap();
    world.pass(200);
    for room in [&hers, &his] {
        assert_eq!(shown(room), Some(spot(Part::Overview)));
        assert_eq!(presentations(room)[0].author, own.author());
        room.attend(&own.author(), Device::Desktop);
    }
    assert_eq!(presentations(&own), [], "one's own is not in the list");
    world.pass(200);
    assert_eq!(attendees(&own), [row("Dana", true, false, false), row(PRIYA, true, false, false)]);
    assert_eq!(attendees(&hers), [], "only the presenter is told");

    let there = Spot { part: section(), offset: 5_000, pointer: at(1_000, 2_000) };
    own.show(there.clone());
    world.pass(200);
    assert_eq!([shown(&hers), shown(&his)], [Some(there.clone()), Some(there)]);
    // What lies beyond the edge is at the edge, and what is no part of a room is not told.
    own.show(Spot { part: Part::Price, offset: 60_000, pointer: at(60_000, 3) });
    own.show(spot(Part::Section("no name".into())));
    world.pass(200);
    assert_eq!(shown(&hers), Some(Spot { part: Part::Price, offset: 10_000, pointer: at(10_000, 3) }));

    hers.look_around();
    his.raise_hand(true);
    his.set_hidden(true);
    world.pass(200);
    assert_eq!(attendees(&own), [row("Dana", true, true, true), row(PRIYA, false, false, false)]);
    // Hands are in the order in which they were raised, whoever raises theirs again.
    hers.raise_hand(true);
    world.pass(200);
    his.raise_hand(true);
    his.set_hidden(false);
    hers.follow_again();
    world.pass(200);
    assert_eq!(attendees(&own), [row("Dana", true, false, true), row(PRIYA, true, false, true)]);
    his.raise_hand(false);
    world.pass(200);
    assert_eq!(attendees(&own), [row(PRIYA, true, false, true), row("Dana", true, false, false)]);

    his.stop_attending();
    world.pass(200);
    assert_eq!(attendees(&own), [row(PRIYA, true, false, true)]);
    own.stop_presenting();
    world.pass(200);
    assert_eq!((shown(&hers), hers.stage().get_untracked()), (None, None), "it is over for all");
    assert_eq!(attendees(&own), []);
    hers.attend(&own.author(), Device::Desktop);
    assert_eq!(hers.stage().get_untracked(), None, "nothing is there to attend");
}

#[test]
fn a10_pn2_what_moves_without_pause_is_said_every_60_ms() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    own.present(spot(section())).unwrap();
    world.pass(200);
    let mut heard = Vec::new();
    for at in 0..200 {
        own.show(Spot { part: section(), offset: at, pointer: self::at(at, at) });
        world.pass(5);
        let place = shown(&hers).map(|spot| spot.offset);
        if heard.last() != Some(&place) {
            heard.push(place);
        }
    }
    assert!((14..=18).contains(&heard.len()), "{heard:?}");
    world.pass(70);
    assert_eq!(shown(&hers).map(|spot| spot.offset), Some(199), "the last is told as well");
}

#[test]
fn a10_pn3_whoever_does_not_own_the_room_presents_to_nobody() {
    let world = World::default();
    let (ines, own, _priya, hers) = two(&world, Right::Edit);
    let (_dana, his) = third(&world, &ines, &own, "Dana", Right::View);
    assert_eq!(hers.present(spot(Part::Price)), Err(Problem::NoRight));
    assert_eq!(hers.stage().get_untracked(), None);
    // With a program of their own they say so nevertheless.
    let forged = Stage::Showing(Showing { spot: spot(Part::Price), since: 1 });
    hers.stage().set(Some(forged));
    hers.say_presence();
    world.pass(200);
    assert_eq!((presentations(&own), presentations(&his)), (vec![], vec![]));
    his.attend(&hers.author(), Device::Phone);
    assert_eq!(his.stage().get_untracked(), None);
    // It does not come between an owner and those who follow them.
    own.present(spot(Part::Overview)).unwrap();
    world.pass(200);
    assert_eq!(presentations(&his).iter().map(|it| it.author).collect::<Vec<_>>(), [own.author()]);
}

#[test]
fn a10_pn4_of_two_who_present_both_are_listed_and_the_first_comes_first() {
    let world = World::default();
    let (ines, own, _priya, hers) = two(&world, Right::View);
    let (_tom, toms) = third(&world, &ines, &own, "Tom", Right::Own);
    toms.present(spot(Part::Plan)).unwrap();
    world.pass(200);
    own.present(spot(Part::Price)).unwrap();
    world.pass(200);
    let listed = || presentations(&hers).iter().map(|it| it.author).collect::<Vec<_>>();
    assert_eq!(listed(), [toms.author(), own.author()]);
    assert_eq!(presentations(&hers)[0].name, "Tom");
    // Showing something else does not change who was first.
    toms.show(spot(Part::Files));
    world.pass(200);
    assert_eq!(listed(), [toms.author(), own.author()]);
    // Whoever is with one and goes over to the other is with that one alone.
    hers.attend(&toms.author(), Device::Desktop);
    world.pass(200);
    hers.attend(&own.author(), Device::Desktop);
    world.pass(200);
    assert_eq!((attendees(&own).len(), attendees(&toms).len()), (1, 0));
    // An owner who attends presents no longer.
    own.attend(&toms.author(), Device::Desktop);
    world.pass(200);
    assert_eq!((listed(), attendees(&toms).len()), (vec![toms.author()], 1));
    assert_eq!(hers.stage().get_untracked(), None);
}

#[test]
fn a10_pn5_a_presenter_who_was_out_of_reach_goes_on_and_those_who_followed_with_them() {
    let world = World::default();
    let (ines, own, _priya, hers) = two(&world, Right::View);
    let (_dana, his) = third(&world, &ines, &own, "Dana", Right::View);
    own.present(spot(Part::Overview)).unwrap();
    world.pass(200);
    hers.attend(&own.author(), Device::Desktop);
    his.attend(&own.author(), Device::Desktop);
    his.look_around();
    world.pass(200);
    let client = own.line().client;
    world.reach(client, false);
    world.pass(200);
    assert_eq!((presentations(&hers), attendees(&own)), (vec![], vec![]), "nobody is shown who is not there");
    // Meanwhile both go on.
    own.show(spot(Part::Price));
    his.raise_hand(true);
    world.pass(30_000);
    world.reach(client, true);
    world.pass(200);
    assert_eq!(shown(&hers), Some(spot(Part::Price)));
    assert_eq!(attendees(&own), [row("Dana", false, false, true), row(PRIYA, true, false, false)]);
    // A follower who is out of reach is gone, and back as they were.
    world.reach(his.line().client, false);
    world.pass(200);
    assert_eq!(attendees(&own), [row(PRIYA, true, false, false)]);
    world.reach(his.line().client, true);
    world.pass(200);
    assert_eq!(attendees(&own).len(), 2);
    // Whoever leaves the room is gone for good.
    hers.leave();
    hers.stop_listening();
    world.pass(200);
    assert_eq!(attendees(&own), [row("Dana", false, false, true)]);
    look(&world, &hers);
    assert_eq!(attendees(&own).len(), 1);
    own.stop_listening();
    world.pass(200);
    assert_eq!(presentations(&his), []);
    look(&world, &own);
    world.pass(200);
    assert_eq!(
        (presentations(&his), his.stage().get_untracked()),
        (vec![], None),
        "there, and showing nothing"
    );
}

#[test]
fn a10_pn6_tabs_of_a_device_are_one_presenter_and_one_attendee() {
    let world = World::default();
    let (seller, buyer) = (world.device(), world.device());
    let (_ines, own, _priya, hers) = two_on(&world, Right::View, &seller, &buyer);
    let id = own.id();
    // Second tabs, which do not lead.
    let open = |rooms: Rooms| {
        let room = world.run(async move { rooms.open(id).await.unwrap() });
        look(&world, &room);
        room
    };
    let (own_two, hers_two) = (open(seller.tab()), open(buyer.tab()));
    own_two.present(spot(Part::Plan)).unwrap();
    world.pass(300);
    assert_eq!(shown(&hers), Some(spot(Part::Plan)), "by the tab that leads");
    assert_eq!(shown(&hers_two), Some(spot(Part::Plan)));
    hers_two.attend(&own.author(), Device::Desktop);
    hers_two.raise_hand(true);
    world.pass(300);
    assert_eq!(
        [attendees(&own), attendees(&own_two)],
        [[row(PRIYA, true, false, true)], [row(PRIYA, true, false, true)]]
    );
    // Both tabs attend; the one that is seen and followed in is told of.
    hers.attend(&own.author(), Device::Desktop);
    hers_two.set_hidden(true);
    world.pass(300);
    assert_eq!(attendees(&own), [row(PRIYA, true, false, false)]);
    hers.stop_attending();
    world.pass(300);
    assert_eq!(attendees(&own), [row(PRIYA, true, true, true)]);
    // The tabs that lead go, and the others go on.
    for leading in [&own, &hers] {
        leading.leave();
        leading.stop_listening();
        world.pass(500);
    }
    own_two.show(spot(Part::Price));
    world.pass(500);
    assert_eq!(shown(&hers_two), Some(spot(Part::Price)));
    assert_eq!(attendees(&own_two), [row(PRIYA, true, true, true)]);
    // A tab that is closed takes what it did along.
    look(&world, &own);
    own_two.leave();
    own_two.stop_listening();
    world.pass(500);
    assert_eq!((presentations(&hers_two), hers_two.stage().get_untracked()), (vec![], None));
}

fn all_of(records: &[Record]) -> Vec<Attended> {
    let mut all = Vec::new();
    for record in records {
        record.attended.iter().for_each(|one| one.add_to(&mut all));
    }
    all
}

#[test]
fn a10_pn7_what_was_attended_is_recorded_by_the_attendee_and_comes_to_the_owner() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    own.present(spot(section())).unwrap();
    world.pass(1_000);
    let since = presentations(&hers)[0].showing.since;
    hers.attend(&own.author(), Device::Tablet);
    world.pass(10_000);
    hers.look_around();
    world.pass(5_000);
    hers.follow_again();
    own.show(spot(Part::Price));
    world.pass(20_000);
    hers.set_hidden(true);
    world.pass(200_000);
    hers.set_hidden(false);
    // Nothing is shown while the presenter is out of reach.
    world.reach(own.line().client, false);
    world.pass(60_000);
    world.reach(own.line().client, true);
    world.pass(3_000);
    hers.stop_attending();
    world.pass(300_000);
    let attended = all_of(&told(&world, &own));
    let seconds: Vec<_> =
        attended.iter().map(|it| (it.part.clone(), it.shown / 1_000, it.followed / 1_000)).collect();
    // What is shown comes up to 120 ms later.
    assert_eq!(seconds, [(section(), 15, 10), (Part::Price, 222, 22)], "{attended:?}");
    let whole: u64 = attended.iter().map(|it| it.shown).sum();
    assert_eq!(whole, 10_000 + 5_000 + 20_000 + 200_000 + 3_000);
    assert!(attended.iter().all(|it| it.by == own.author().0 && it.since == since));

    let records = told(&world, &own);
    assert!(records.iter().all(|it| it.device == Device::Tablet && it.is_of_presentations()));
    let visits: Vec<[u8; 8]> = records.iter().map(|it| it.visit).collect();
    assert!(visits.windows(2).all(|pair| pair[0] == pair[1]), "one visit");
    let told: Vec<Told<'_>> =
        records.iter().map(|record| Told { device: "1", who: "priya", record }).collect();
    let story = story(&told, &[], |_| 100);
    assert_eq!((story.meetings.len(), story.visits.len(), story.deeds.len()), (1, 0, 0));
    assert_eq!(story.meetings[0].people[0].shown(), whole);
    // Whoever owns the room records nothing, nor does its presenter.
    assert!(recorded(&world, &own).is_empty());
}

#[test]
fn a10_pn8_whoever_pauses_or_deletes_has_nothing_recorded_of_what_was_attended() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    own.present(spot(section())).unwrap();
    world.pass(200);
    hers.attend(&own.author(), Device::Desktop);
    world.pass(50_000);
    let pause = |paused| {
        let hers = hers.clone();
        world.run(async move { hers.pause_recording(paused).await.unwrap() });
    };
    pause(true);
    assert_eq!(hers.recording(), Recording::Paused);
    world.pass(50_000);
    assert_eq!(attendees(&own).len(), 1, "they attend all the same");
    pause(false);
    world.pass(7_000);
    let deleting = hers.clone();
    world.run(async move { deleting.forget_unsent().await.unwrap() });
    world.pass(2_000);
    hers.stop_attending();
    world.pass(300_000);
    let attended = all_of(&told(&world, &own));
    assert_eq!(attended.iter().map(|it| it.shown).sum::<u64>(), 2_000, "{attended:?}");
}

#[test]
fn a10_pn9_what_was_attended_last_is_not_lost_with_the_page() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    own.present(spot(section())).unwrap();
    world.pass(200);
    hers.attend(&own.author(), Device::Desktop);
    world.pass(9_000);
    hers.leave();
    // The page is kept by the browser and comes back later; meanwhile nobody attends.
    world.pass(70_000);
    hers.come_back();
    world.pass(4_000);
    hers.leave();
    world.pass(300_000);
    assert_eq!(all_of(&told(&world, &own)).iter().map(|it| it.shown).sum::<u64>(), 13_000);
    assert_eq!(recorded(&world, &hers).len(), 2);
}
