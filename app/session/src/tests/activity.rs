//! What owners are told of their rooms by the list, without opening one.

use exchange::bundle;
use insight::{
    alerts::{Kind, Warmth},
    engagement::{Act, DAY_MS},
    record::{Glance, Part, Record},
};
use model::{ActHash, Right, RoomId};
use reactive_graph::traits::GetUntracked as _;
use replica::Thing;
use sync::deal::{Signatory, Signature};
use terms::plan::{Side, Step};

use super::{
    live::two,
    readings::joins,
    recording::{MINUTE, record, reply, stretch},
    rights::{begin, share, take},
    world::World,
};
use crate::{
    Activity, Muted, Problem, Room, Rooms, SealTerms, Terms, activity::summary::activity_name, lines, unseen,
};

const DAY: u64 = DAY_MS / MINUTE;
/// How long an open room waits at most until it has kept what came.
pub(super) const SOON: u64 = 3_000;

pub(super) fn activity(world: &World, rooms: &Rooms) -> Vec<Activity> {
    let rooms = rooms.clone();
    world.run(async move { rooms.activity(0).await.unwrap() })
}

pub(super) fn told(of: &Activity) -> Vec<(Kind, &str)> {
    of.alerts.iter().map(|it| (it.alert.kind, it.name.as_str())).collect()
}

pub(super) fn muted(world: &World, rooms: &Rooms) -> Muted {
    let rooms = rooms.clone();
    world.run(async move { rooms.muted().await.unwrap() })
}

pub(super) fn mute(world: &World, rooms: &Rooms, room: Option<RoomId>, kind: Kind, muted: bool) {
    let rooms = rooms.clone();
    world.run(async move { rooms.mute(room, kind, muted).await.unwrap() });
}

pub(super) fn kept(world: &World, rooms: &Rooms, id: RoomId) -> String {
    let store = rooms.ports.store.clone();
    world.run(async move { store.setting(&activity_name(id)).await.unwrap().unwrap_or_default() })
}

pub(super) fn changed(rooms: &Rooms) -> u64 {
    rooms.activity_changed().get_untracked()
}

/// A step of the buyer's.
fn step(own: &Room) -> String {
    let step = Step { name: "Sign".into(), side: Side::Buyer, ..Step::default() };
    own.write_step(None, &step).unwrap()
}

async fn accept(room: &Room, seal: ActHash, mail: &str) {
    let who = Signatory { name: "Dana W.".into(), mail: mail.into(), role: String::new() };
    room.accept(seal, 0, who, Signature::Typed("Dana".into())).await.unwrap();
}

#[test]
fn c3_the_list_tells_who_opened_when_it_went_quiet_who_came_back_and_who_is_new() {
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let before = activity(&world, &ines);
    assert_eq!((before.len(), before[0].warmth, before[0].index, before[0].last), (1, None, 0.0, None));
    assert_eq!((before[0].title.as_str(), before[0].alerts.len()), ("Month-end", 0));
    let link = share(&world, &ines, id, Terms { name: "Priya at Acme".into(), ..Terms::of(Right::View) });
    let hers = take(&world, &priya, &link).unwrap();
    record(&world, &hers, stretch(0, "main"));
    reply(&world, &priya, &ines, id);
    world.pass(SOON);
    // From here on nobody looks into the room.
    drop(own);
    let first = activity(&world, &ines).remove(0);
    assert_eq!(told(&first), [(Kind::FirstOpen, "Priya at Acme")]);
    assert_eq!((first.warmth, first.last), (Some(Warmth::Warm), Some(1_000_000 + 2 * MINUTE)));
    // A visit, a section, a page, and a file that was taken along.
    assert!((first.index - 100.0 * (1.0 - f64::exp(-5.0 / 12.0))).abs() < 0.1, "{}", first.index);
    world.pass(7 * DAY_MS);
    let cooler = activity(&world, &ines).remove(0);
    assert!((cooler.index - 100.0 * (1.0 - f64::exp(-2.5 / 12.0))).abs() < 0.1, "{}", cooler.index);
    assert_eq!((cooler.alerts, cooler.warmth), (first.alerts, Some(Warmth::Cold)));
    world.pass(4 * DAY_MS);
    for _ in 0..2 {
        let quiet = activity(&world, &ines).remove(0);
        assert_eq!(told(&quiet), [(Kind::FirstOpen, "Priya at Acme"), (Kind::WentQuiet, "")]);
        assert_eq!((quiet.alerts[1].alert.at, quiet.warmth), (quiet.alerts[1].came, Some(Warmth::Quiet)));
        // Opening the room changes nothing of it.
        let rooms = ines.clone();
        world.run(async move { rooms.open(id).await.unwrap() });
        world.pass(SOON);
    }

    record(&world, &hers, stretch(11 * DAY, "main"));
    reply(&world, &priya, &ines, id);
    let his = take(&world, &tom, &link).unwrap();
    record(&world, &his, stretch(11 * DAY + 60, "main"));
    reply(&world, &tom, &ines, id);
    world.pass(SOON);
    let after = activity(&world, &ines).remove(0);
    let expected = [
        (Kind::FirstOpen, "Priya at Acme"),
        (Kind::WentQuiet, ""),
        (Kind::Returned, "Priya at Acme"),
        (Kind::NewPerson, "Priya at Acme"),
    ];
    assert_eq!(told(&after), expected);
    assert_ne!(after.alerts[2].alert.who, after.alerts[3].alert.who, "another device by the same link");
    assert_eq!(after.warmth, Some(Warmth::Hot));
    // The room itself tells the same.
    let rooms = ines.clone();
    let itself = world.run(async move { rooms.open(id).await.unwrap().alerts().await.unwrap() });
    assert_eq!(itself, after.alerts);
}

#[test]
fn c3_what_comes_late_is_unseen_and_what_was_seen_is_not() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    let count = || {
        let rooms = ines.clone();
        let seen = world.run(async move { rooms.alerts_seen().await.unwrap() });
        unseen(&activity(&world, &ines), &muted(&world, &ines), seen)
    };
    let look = || {
        let rooms = ines.clone();
        world.run(async move { rooms.note_alerts_seen(rooms.now()).await.unwrap() });
    };
    assert_eq!(count(), 0);
    record(&world, &hers, stretch(0, "main"));
    // The seller looks after it was read and before that is known.
    world.pass(DAY_MS);
    look();
    world.pass(DAY_MS);
    reply(&world, &priya, &ines, id);
    world.pass(SOON);
    assert_eq!(count(), 1);
    look();
    assert_eq!(count(), 0);
    // An earlier time takes nothing back.
    let rooms = ines.clone();
    world.run(async move { rooms.note_alerts_seen(5).await.unwrap() });
    assert_eq!(count(), 0);
    world.pass(10 * DAY_MS);
    assert_eq!(count(), 1, "it went quiet, and nobody opened it");
    mute(&world, &ines, Some(id), Kind::WentQuiet, true);
    assert_eq!(count(), 0);
}

#[test]
fn c3_an_answer_to_a_seal_is_told_whatever_is_muted() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    for kind in Kind::ALL {
        mute(&world, &ines, None, kind, true);
        mute(&world, &ines, Some(id), kind, true);
    }
    let all = muted(&world, &ines);
    let told_kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !all.is(id, *kind)).collect();
    assert_eq!(told_kinds, [Kind::Accepted, Kind::Declined]);
    assert!(!all.is_set(None, Kind::Accepted) && all.is_set(None, Kind::LongRead));
    let seal = |own: &Room| {
        let own = own.clone();
        world.run(async move { own.seal(SealTerms::default()).await.unwrap() })
    };
    let first = seal(&own);
    take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    world.run({
        let hers = hers.clone();
        async move { hers.decline(first, 0, "Dana", "too dear").await.unwrap() }
    });
    reply(&world, &priya, &ines, id);
    world.pass(MINUTE);
    let second = seal(&own);
    take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    world.run({
        let hers = hers.clone();
        async move { accept(&hers, second, "").await }
    });
    reply(&world, &priya, &ines, id);
    world.pass(SOON);
    let of = activity(&world, &ines);
    assert_eq!(
        told(&of[0]),
        [(Kind::FirstOpen, "Priya"), (Kind::Declined, "Priya"), (Kind::Accepted, "Priya")]
    );
    let lines = lines(&of, &all);
    let lines: Vec<_> = lines.iter().map(|line| (line.kind, line.count, line.people.clone())).collect();
    let one = || vec!["Priya".to_owned()];
    assert_eq!(lines, [(Kind::Accepted, 1, one()), (Kind::Declined, 1, one())]);
    assert_eq!(unseen(&of, &all, 0), 2);
    // A switch that is turned back tells again.
    mute(&world, &ines, None, Kind::FirstOpen, false);
    assert!(muted(&world, &ines).is(id, Kind::FirstOpen));
    mute(&world, &ines, Some(id), Kind::FirstOpen, false);
    assert!(!muted(&world, &ines).is(id, Kind::FirstOpen));
}

#[test]
fn c3_questions_comments_and_steps_are_told_and_a_name_that_is_given_later_counts() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let step = step(&own);
    let hers = joins(&world, &ines, &priya, id, "");
    hers.comment_on(&Thing::Step(step.clone()), "Is tax in it?").unwrap();
    world.pass(1);
    hers.comment_on(&Thing::Step(step.clone()), "Fine.").unwrap();
    world.pass(1);
    hers.confirm_step(&step, true).unwrap();
    reply(&world, &priya, &ines, id);
    world.pass(SOON);
    let kinds = [Kind::FirstOpen, Kind::Question, Kind::Commented, Kind::StepConfirmed];
    assert_eq!(told(&activity(&world, &ines)[0]), kinds.map(|kind| (kind, "")));
    hers.introduce("Priya Nair").unwrap();
    reply(&world, &priya, &ines, id);
    world.pass(SOON);
    let of = activity(&world, &ines);
    assert_eq!(told(&of[0]), kinds.map(|kind| (kind, "Priya Nair")));
    // The page of a deal takes the same as evidence, with who did it.
    let asking = own.clone();
    let deeds = world.run(async move { asking.deeds_told().await.unwrap() });
    let deeds: Vec<(Act, &str)> = deeds.iter().map(|(deed, name)| (deed.act, name.as_str())).collect();
    assert_eq!(deeds, [Act::Asked, Act::Commented, Act::ConfirmedStep].map(|act| (act, "Priya Nair")));
    assert!(matches!(world.run(async move { hers.deeds_told().await }), Err(Problem::NoRight)));
    // What the seller says is nothing to tell the seller.
    own.comment_on(&Thing::Step(step.clone()), "It is.").unwrap();
    world.pass(SOON);
    assert_eq!(activity(&world, &ines)[0].alerts, of[0].alerts);
}

#[test]
fn c3_devices_that_turn_out_to_be_one_person_are_not_told_anew() {
    let world = World::default();
    let (ines, laptop) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let room = joins(&world, &ines, &laptop, id, "Dana");
    record(&world, &room, stretch(0, "main"));
    reply(&world, &laptop, &ines, id);
    world.pass(SOON);
    let first = activity(&world, &ines).remove(0).alerts.remove(0);
    world.pass(60 * MINUTE);
    let seal = world.run(async move { own.seal(SealTerms::default()).await.unwrap() });
    take(&world, &laptop, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    world.run(async move { accept(&room, seal, "Dana@Acme.example").await });
    reply(&world, &laptop, &ines, id);
    world.pass(SOON);
    let after = activity(&world, &ines).remove(0).alerts;
    assert_eq!(after[0].alert.who, "dana@acme.example");
    assert_eq!(after[0].came, first.came);
    let accepted: Vec<_> = after.iter().filter(|it| it.came > first.came).map(|it| it.alert.kind).collect();
    assert_eq!(accepted, [Kind::Accepted]);
}

#[test]
fn c3_whoever_came_by_no_given_link_counts_nowhere() {
    let world = World::default();
    let (ines, mallory) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let step = step(&own);
    let theirs = world.run({
        let (ines, own, mallory) = (ines.clone(), own.clone(), mallory.clone());
        async move {
            // As the owner's own preview is made, but for a device that sends something back.
            let pass = own.pass_for_oneself(&Terms::of(Right::Comment)).unwrap();
            let packed =
                ines.leaving(&own, Some(pass), true, &crate::gate::Passed::for_oneself()).await.unwrap();
            mallory.take(bundle::unpack(&packed).unwrap()).await.unwrap();
            let room = mallory.open(id).await.unwrap();
            room.catch_up().await.unwrap();
            room.follow_rights().await.unwrap();
            room
        }
    });
    record(&world, &theirs, stretch(0, "main"));
    theirs.comment_on(&Thing::Step(step.clone()), "Is tax in it?").unwrap();
    reply(&world, &mallory, &ines, id);
    world.pass(SOON);
    let readings = world.run({
        let own = own.clone();
        async move { own.readings().await.unwrap() }
    });
    assert_eq!((readings.of.len(), readings.of[0].known), (1, false), "it came");
    assert_eq!(own.deeds(), []);
    let of = activity(&world, &ines).remove(0);
    assert_eq!((of.alerts.len(), of.warmth, kept(&world, &ines, id).len()), (0, None, 0));
}

#[test]
fn c3_where_others_are_reached_it_is_told_within_seconds_also_when_nobody_looks_any_more() {
    let world = World::default();
    let (ines, own, _priya, hers) = two(&world, Right::View);
    world.pass(SOON);
    let before = changed(&ines);
    record(&world, &hers, stretch(0, "main"));
    world.pass(500);
    assert_eq!(activity(&world, &ines)[0].alerts, []);
    own.stop_listening();
    drop(own);
    world.pass(1);
    assert_eq!(told(&activity(&world, &ines)[0]), [(Kind::FirstOpen, "Priya at Acme")]);
    assert_eq!(changed(&ines), before + 1);
}

#[test]
fn c3_the_price_is_told_once_in_a_visit_that_goes_on() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    for minute in 0..6 {
        let parts = vec![Glance { part: Part::Price, active: 110_000, depth: None }];
        record(&world, &hers, Record { parts, active: 110_000, acts: vec![], ..stretch(2 * minute, "") });
        reply(&world, &priya, &ines, id);
        world.pass(MINUTE);
    }
    let of = activity(&world, &ines).remove(0);
    assert_eq!(told(&of), [Kind::FirstOpen, Kind::PriceStudied, Kind::LongRead].map(|kind| (kind, "Priya")));
    let came: Vec<u64> = of.alerts.iter().map(|it| (it.came - 1_000_000) / MINUTE).collect();
    assert_eq!(came, [0, 0, 5]);
}
