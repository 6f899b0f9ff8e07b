//! A room as its owner sees it in a buyer's place: what is there, and that nothing gets out.

use model::{BlobHash, Right, RoomId, RoomRecord, Standing, StoredEntry};
use reactive_graph::traits::GetUntracked as _;
use replica::Choice;
use sync::deal::{Signatory, Signature, State};
use terms::{
    plan::Step,
    price::{Decimal, Detail, Line, PriceList},
};

use super::{
    live::{agree, look, places},
    rights::{begin, share, take},
    words,
    world::{Device, World},
};
use crate::{Problem, Reach, Room, Rooms, SealTerms, Terms};

fn step(name: &str) -> Step {
    Step { name: name.into(), ..Step::default() }
}

fn line(name: &str, price: &str) -> Line {
    Line { name: name.into(), price: Decimal::parse(price).unwrap(), ..Line::default() }
}

/// A room of somebody with a plan and a price, and with what they keep of it for their team.
fn kept_in_part(world: &World, rooms: &Rooms) -> (RoomId, Room) {
    let (id, own) = begin(world, rooms);
    own.write_step(None, &step("Pilot")).unwrap();
    let support = Line { optional: Some(false), ..line("Support", "620") };
    let lines = own.add_lines(&[line("Licences", "100"), support], 0).unwrap();
    let price = own.price().list;
    own.set_price(&PriceList { hidden: [Detail::Each].into(), ..price }).unwrap();
    let inside = own.clone();
    world.run(async move {
        inside.write_step_inside(&step("Ask for the discount")).await.unwrap();
        inside.set_cost(&lines[0], Decimal::parse("40")).await.unwrap();
        inside.begin_draft().await.unwrap();
        inside.add_lines(&[line("Training", "900")], 2).unwrap();
        inside.note_visit().await.unwrap();
        inside.flush().await.unwrap();
    });
    (id, own)
}

fn preview(world: &World, rooms: &Rooms, id: RoomId) -> (Rooms, Room) {
    let rooms = rooms.clone();
    world.run(async move {
        let preview = rooms.as_buyer(id).await.unwrap();
        let room = preview.open(id).await.unwrap();
        (preview, room)
    })
}

fn names(list: &PriceList) -> Vec<&str> {
    list.lines.iter().map(|line| line.name.as_str()).collect()
}

/// All that a device has of a room, and how it was left.
type Kept = (Vec<RoomRecord>, Vec<StoredEntry>, Vec<BlobHash>, Option<String>);

fn kept(world: &World, device: &Device, id: RoomId) -> Kept {
    let store = device.store.clone();
    world.run(async move {
        (
            store.rooms().await.unwrap(),
            store.entries(id).await.unwrap(),
            store.blobs(id).await.unwrap(),
            store.setting(&crate::room::visits::visit_name(id)).await.unwrap(),
        )
    })
}

#[test]
fn a1_a_preview_has_what_a_buyer_gets_and_nothing_of_the_team() {
    let world = World::default();
    let ines = world.device().tab();
    let (id, own) = kept_in_part(&world, &ines);
    assert_eq!(own.team_plan().plan.steps.len(), 2);
    assert_eq!(own.team_price().list.lines.len(), 3);

    let (_preview, room) = preview(&world, &ines, id);
    assert_eq!((room.id(), room.right()), (id, Some(Right::Comment)));
    assert!(!room.is_owner() && !room.may_keep_inside() && room.links().is_empty());
    assert_ne!(room.author(), own.author(), "somebody else looks at it");
    assert_eq!(words(&room), words(&own));
    let steps = room.team_plan().plan.steps;
    assert_eq!(steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["Pilot"]);
    assert_eq!(names(&room.team_price().list), ["Licences", "Support"]);
    assert_eq!(room.price().list.hidden, [Detail::Each].into());
    assert!(room.costs().is_empty() && !room.is_drafting());
    let first = room.clone();
    assert_eq!(world.run(async move { first.since_last_visit().await.unwrap() }), None);
}

#[test]
fn a1_nothing_of_a_preview_reaches_the_room_its_store_other_tabs_or_its_roads() {
    let world = World::default();
    let device = world.device();
    let ines = device.tab();
    let (id, own) = kept_in_part(&world, &ines);
    look(&world, &own);
    let placing = own.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    let sealing = own.clone();
    let seal = world.run(async move { sealing.seal(SealTerms::default()).await.unwrap() });
    // What leaves is squashed before it does, whoever it is for.
    share(&world, &ines, id, Terms::of(Right::View));
    world.pass(1_000);
    let (before, links) = (kept(&world, &device, id), own.links());
    let on_the_roads = world.net().entries.clone();
    let plans = world.net().plans.len();

    let (rooms, room) = preview(&world, &ines, id);
    look(&world, &room);
    assert_eq!(room.live().get_untracked().reach, Reach::Asks, "as it asks a buyer");
    agree(&world, &room);
    assert_eq!(room.live().get_untracked().reach, Reach::Off);
    let support = room.price().list.lines[1].id.clone();
    room.choose(&Choice::Include { line: support, is_in: true }).unwrap();
    room.comment(&room.section(), None, "Which office?").unwrap();
    room.introduce("Priya").unwrap();
    let signing = room.clone();
    world.run(async move {
        let who = Signatory { name: "Priya".into(), mail: "p@n.example".into(), role: "CFO".into() };
        signing.accept(seal, 0, who, Signature::Typed("Priya".into())).await.unwrap();
        signing.note_visit().await.unwrap();
        signing.flush().await.unwrap();
        rooms.set_my_name("Priya").await.unwrap();
        rooms.set_standing(id, Standing::Deleted(1)).await.unwrap();
    });
    room.keep_last_words();
    world.pass(60_000);
    assert_eq!(room.deal().seals()[0].state, State::Signed, "it can be tried to the end");
    assert_eq!(room.price().choices.included.len(), 1);

    assert_eq!(kept(&world, &device, id), before);
    assert_eq!(own.links(), links);
    assert!(own.threads().is_empty() && own.price().last.is_none());
    assert_eq!(own.deal().seals()[0].state, State::Open);
    assert!(device.journal.borrow().is_empty());
    assert_eq!(world.net().entries, on_the_roads);
    assert_eq!(world.net().plans.len(), plans, "no road was opened");
    assert_eq!(world.run(async move { ines.my_name().await }), "");
}

#[test]
fn a1_nothing_leaves_a_preview_and_only_owners_have_one() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _own) = kept_in_part(&world, &ines);
    let (rooms, _room) = preview(&world, &ines, id);
    for terms in [None, Some(Terms::of(Right::Comment))] {
        let (rooms, terms) = (rooms.clone(), terms.clone());
        let shared = world.run(async move { rooms.share(id, terms.as_ref()).await });
        assert_eq!(shared, Err(Problem::Preview));
    }
    take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    assert!(matches!(world.run(async move { priya.as_buyer(id).await.map(drop) }), Err(Problem::NoRight)));
    // In a room without rights everybody is everything.
    let open = RoomId([7; 16]);
    let refused = world.run(async move {
        ines.ensure(open, "Open").await.unwrap();
        ines.as_buyer(open).await.map(drop)
    });
    assert!(matches!(refused, Err(Problem::NoRight)));
}
