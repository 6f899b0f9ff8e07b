//! Prices that are changed in a room which buyers have, where the team's rules ask for approval first.

use model::{Right, RoomId};
use terms::{
    approval::Requested,
    price::{Decimal, Discount, Line, PriceList},
    rule::{Effect, Gate, Rule},
};

use super::{
    approvals::{ADMINS, DIRECTOR, REP, Team},
    book::open,
    gates::{Selling, asks, held, over, sell_at, selling, try_publish},
    live::{agree, look, places},
    rights::{begin, share, take},
    world::World,
};
use crate::{DraftChanges, Price, Problem, Product, Room, Rooms, Terms};

pub(super) fn percent(off: i64) -> Discount {
    Discount::Percent(Decimal::whole(off))
}

/// What is taken off the first line, in whole percent.
pub(super) fn off(price: &Price) -> i64 {
    (0..=100).find(|off| price.list.lines[0].discount.is_none_or(|it| it == percent(*off))).unwrap()
}

/// What is taken off in the room, and in what the team changes.
fn offs(room: &Room) -> (i64, i64) {
    (off(&room.price()), off(&room.team_price()))
}

pub(super) fn publish(world: &World, room: &Room) -> Result<(), Problem> {
    let room = room.clone();
    world.run(async move { room.publish_draft().await })
}

/// From now on whoever has the room and agrees to it sees at once what is written in it.
pub(super) fn meets(world: &World, room: &Room) {
    look(world, room);
    let placing = room.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    world.pass(500);
}

/// The room as a buyer has it who came by a link and sees it live.
pub(super) fn buyer(world: &World, of: &Rooms, id: RoomId) -> Room {
    let theirs = copy(world, of, id);
    look(world, &theirs);
    agree(world, &theirs);
    theirs
}

/// The same by the link alone.
fn copy(world: &World, of: &Rooms, id: RoomId) -> Room {
    take(world, &world.device().tab(), &share(world, of, id, Terms::of(Right::Comment))).unwrap()
}

fn write_rule(world: &World, selling: &Selling, rule: &Rule) -> String {
    let id = selling.book.write_rule(rule).unwrap();
    world.pass(1_000);
    id
}

#[test]
fn ru_a_price_that_buyers_have_changes_by_a_draft_that_passes_the_gate() {
    let team = Team::begin();
    let (world, room) = (&team.world, &team.room);
    team.certify(DIRECTOR, &["director"]);
    team.books[ADMINS].write_rule(&over("5", asks("director", None))).unwrap();
    team.meet();
    meets(world, room);
    sell_at(room, "4");
    assert!(!room.price_waits() && !room.is_drafting(), "nobody has it yet");
    assert_eq!(offs(room), (4, 4));
    let theirs = buyer(world, &team.rooms[REP], team.id);
    assert!(room.price_waits() && !theirs.price_waits());
    sell_at(room, "8");
    world.pass(1_000);
    assert_eq!(room.draft_changes(), Some(DraftChanges { changed: 1, ..DraftChanges::default() }));
    assert_eq!((offs(room), off(&theirs.price())), ((4, 8), 4), "live");
    assert_eq!(off(&copy(world, &team.rooms[REP], team.id).price()), 4, "by a link");
    try_publish(world, &team.rooms[REP], room).unwrap();
    held(publish(world, room), Gate::Publish);
    world.pass(1_000);
    assert_eq!((offs(room), off(&theirs.price())), ((4, 8), 4));
    let missing = team.verdict(Gate::Publish).missing.remove(0);
    assert_eq!(missing.requested, Requested::Never);
    let request = team.request(&missing);
    team.meet();
    team.decide(DIRECTOR, request, "director", true).unwrap();
    team.meet();
    // What is worse than what was approved waits on.
    sell_at(room, "9");
    held(publish(world, room), Gate::Publish);
    sell_at(room, "8");
    publish(world, room).unwrap();
    world.pass(1_000);
    assert_eq!((room.is_drafting(), offs(room), off(&theirs.price())), (false, (8, 8), 8));
    sell_at(room, "3");
    world.pass(1_000);
    assert_eq!((offs(room), off(&theirs.price())), ((8, 3), 8), "a better price waits for its person");
    publish(world, room).unwrap();
    world.pass(1_000);
    assert_eq!(off(&theirs.price()), 3);
}

#[test]
fn ru_every_way_of_changing_a_price_changes_the_draft() {
    let world = World::default();
    let ines = world.device().tab();
    let selling = selling(&world, &ines);
    let (id, room) = (selling.id, selling.room.clone());
    let sold = Line { name: "Support".into(), quantity: Decimal::ONE, ..Line::default() };
    let gone = room.add_lines(std::slice::from_ref(&sold), 1).unwrap();
    let earlier = room.freeze().unwrap();
    let deleted = room.delete_lines(&gone).unwrap();
    room.add_lines(std::slice::from_ref(&sold), 1).unwrap();
    world.pass(1_000);
    write_rule(&world, &selling, &over("5", Effect::Block("Not below the list".into())));
    copy(&world, &ines, id);
    assert!(room.price_waits());
    let list = room.price().list;
    let ids: Vec<String> = list.lines.iter().map(|line| line.id.clone()).collect();
    let waited = |what: &str| {
        world.pass(1_000);
        assert_eq!(room.price().list, list, "{what}");
        assert!(room.draft_changes().is_some_and(|changes| !changes.is_empty()), "{what}");
        room.end_draft().unwrap();
    };
    let dearer = Line { price: Decimal::whole(7), ..list.lines[0].clone() };
    room.set_line(&dearer).unwrap();
    waited("a line");
    room.set_lines(&[dearer, Line { name: "Help".into(), ..list.lines[1].clone() }]).unwrap();
    waited("lines");
    room.add_lines(std::slice::from_ref(&sold), 0).unwrap();
    waited("a new line");
    room.set_price(&PriceList { months: 36, ..list.clone() }).unwrap();
    waited("what holds for all lines");
    room.move_line(&ids[0], 1).unwrap();
    waited("another order");
    let one = room.delete_lines(&ids[..1]).unwrap();
    assert_eq!(room.team_price().list.lines.len(), 1);
    room.restore_lines(&one).unwrap();
    assert_eq!((room.team_price().list, room.is_drafting()), (list.clone(), true));
    room.delete_lines(&ids[1..]).unwrap();
    waited("a deleted line");
    room.restore_lines(&deleted).unwrap();
    assert_eq!(room.team_price().list.lines.len(), 3, "it comes back where it was never drafted");
    waited("a line that was deleted before");
    let (adding, product) = (room.clone(), Product { line: sold, cost: Some(Decimal::ONE) });
    world.run(async move { adding.add_products(&[product]).await.unwrap() });
    waited("a product");
    let restoring = room.clone();
    let title = earlier.title.clone();
    room.rename("Month-end in four days").unwrap();
    world.run(async move { restoring.restore(&earlier).await.unwrap() });
    assert_eq!(room.freeze().unwrap().title, title, "all else is what it was");
    waited("an earlier version");
    // What changes nothing begins nothing.
    room.set_line(&list.lines[0]).unwrap();
    room.set_price(&list).unwrap();
    assert!(!room.is_drafting());
}

#[test]
fn ru_without_rules_that_hold_it_back_a_price_changes_at_once() {
    let world = World::default();
    let (device, ines) = {
        let device = world.device();
        (device.clone(), device.tab())
    };
    let selling = selling(&world, &ines);
    let (id, room, book) = (selling.id, selling.room.clone(), selling.book.clone());
    meets(&world, &room);
    let theirs = buyer(&world, &ines, id);
    let block = || Effect::Block("Not below the list".into());
    let mut expected = 0;
    let mut changes_at_once = |what: &str| {
        expected += 1;
        sell_at(&room, &expected.to_string());
        world.pass(1_000);
        assert!(!room.price_waits() && !room.is_drafting(), "{what}");
        assert_eq!(off(&theirs.price()), expected, "{what}");
    };
    changes_at_once("no rule");
    for (what, rule) in [
        ("it says something", over("5", Effect::Warn("That is much".into()))),
        ("it is off", Rule { is_off: true, ..over("5", block()) }),
        ("elsewhere", Rule { gates: vec![Gate::Advance, Gate::Seal], ..over("5", block()) }),
    ] {
        write_rule(&world, &selling, &rule);
        changes_at_once(what);
    }
    // A rule comes while the room is open, and goes again.
    let rule = write_rule(&world, &selling, &Rule { gates: vec![Gate::Share], ..over("5", block()) });
    sell_at(&room, "9");
    assert!(room.price_waits());
    assert_eq!(offs(&room), (4, 9));
    held(publish(&world, &room), Gate::Share);
    // What another tab opens knows of it before anything is written there, or the change waits.
    let tab = device.tab();
    room.end_draft().unwrap();
    world.pass(1_000);
    let other = world.run(async move {
        let room = tab.open(id).await.unwrap();
        let mut line = room.price().list.lines[0].clone();
        line.discount = Some(percent(10));
        // It is not known yet whether it is held back.
        let _ = room.set_line(&line);
        assert_eq!(off(&room.price()), 4);
        room
    });
    world.pass(1_000);
    assert!(other.price_waits());
    sell_at(&other, "11");
    world.pass(1_000);
    assert_eq!((offs(&other), offs(&room), off(&theirs.price())), ((4, 11), (4, 11), 4));
    room.end_draft().unwrap();
    book.remove_rules(&[rule]).unwrap();
    world.pass(1_000);
    changes_at_once("it is gone");
}

#[test]
fn ru_a_team_that_is_joined_later_has_its_rules_asked() {
    let world = World::default();
    let (ines, noor) = (world.device().tab(), world.device().tab());
    let theirs = selling(&world, &ines);
    theirs.book.write_rule(&over("5", Effect::Block("Not below the list".into()))).unwrap();
    let (id, room) = begin(&world, &noor);
    room.add_lines(&[Line { quantity: Decimal::ONE, ..Line::default() }], 0).unwrap();
    copy(&world, &noor, id);
    sell_at(&room, "1");
    assert!(!room.is_drafting());
    let team = take(&world, &noor, &share(&world, &ines, theirs.team, Terms::of(Right::Own))).unwrap();
    world.pass(1_000);
    sell_at(&room, "2");
    assert_eq!((room.price_waits(), offs(&room)), (true, (1, 2)));
    // What the team sells is for itself, whoever was given the list to look at.
    copy(&world, &noor, team.id());
    sell_at(&team, "3");
    assert_eq!((team.price_waits(), team.is_drafting(), offs(&team)), (false, false, (3, 3)));
    assert!(open(&world, &noor, team.id()).is_ok());
    // A colleague of another device is asked as well.
    let hers = take(&world, &ines, &share(&world, &noor, id, Terms::of(Right::Own))).unwrap();
    world.pass(1_000);
    sell_at(&hers, "4");
    assert_eq!((hers.price_waits(), offs(&hers)), (true, (1, 4)));
}
