//! Rooms that are made of others: templates, and copies for the next buyer.

use std::rc::Rc;

use fastrand::Rng;
use model::{Right, Standing, StoreError};
use reactive_graph::traits::GetUntracked as _;
use replica::Choice;
use terms::{
    plan::{Day, Due, Offset, Side, Status, Step, Who},
    portal::{Contact, Portal},
    price::{Decimal, Line, PriceList},
};

use super::{
    files::put,
    freezing::{do_something, two},
    images::{GIF, bytes_of, insert},
    rights::{begin, share, take},
    saving::Moody,
    words,
    world::World,
};
use crate::{Problem, Room, Rooms, Terms};

fn copy(world: &World, rooms: &Rooms, room: &Room, standing: Standing) -> Room {
    let (rooms, id) = (rooms.clone(), room.id());
    world.run(async move {
        let new = rooms.copy(id, "For the next", standing).await.unwrap();
        rooms.open(new).await.unwrap()
    })
}

#[test]
fn a1_a_copy_says_what_the_room_says_and_nothing_of_its_buyers() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let image = insert(&world, &own, GIF);
    own.set_portal(&Portal { seller: "Northwind".into(), buyer: "Acme".into(), ..Portal::default() })
        .unwrap();
    let contact = |name: &str, role: &str, side| Contact {
        name: name.into(),
        role: role.into(),
        mail: "x@example.com".into(),
        side,
        ..Contact::default()
    };
    own.write_contact(None, &contact("Ines", "Sales", Side::Seller)).unwrap();
    own.write_contact(None, &contact("Priya", "Legal reviewer", Side::Buyer)).unwrap();
    own.write_contact(None, &contact("Paul", "", Side::Buyer)).unwrap();
    own.set_variable("account.name", "Acme").unwrap();
    let optional = Line { optional: Some(false), ..Line::default() };
    let lines = [Line { name: "Licences".into(), price: Decimal::whole(9), ..optional }];
    let line = own.add_lines(&lines, 0).unwrap().remove(0);
    own.set_price(&PriceList { valid_until: "2027-01-31".into(), months: 24, ..own.price().list }).unwrap();
    own.set_calculator(Some(&terms::roi::starter("", &str::to_owned))).unwrap();
    own.set_target(Day::parse("2027-03-01")).unwrap();
    let before = Due::Target(Offset { days: -10, working: true });
    let priyas = Who::Person("Priya".into());
    let step = Step { name: "Review".into(), side: Side::Buyer, who: priyas, due: before, ..Step::default() };
    let review = own.write_step(None, &step).unwrap();
    let fixed = Due::On(Day::parse("2027-02-01").unwrap());
    own.write_step(None, &Step { name: "Call".into(), due: fixed, ..Step::default() }).unwrap();
    let inside = own.clone();
    let cost = line.clone();
    world.run(async move {
        inside.set_cost(&cost, Some(Decimal::whole(4))).await.unwrap();
        inside.write_step_inside(&Step { name: "Ask".into(), ..Step::default() }).await.unwrap();
        put(&inside, "Legal", "terms.pdf", b"terms").await.unwrap();
    });
    let hers = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Comment))).unwrap();
    hers.comment(&hers.section(), None, "Is that right?").unwrap();
    hers.confirm_step(&review, true).unwrap();
    hers.choose(&Choice::Include { line: line.clone(), is_in: true }).unwrap();
    hers.put_figure("people", Some(Decimal::whole(12))).unwrap();
    let putting = hers.clone();
    world.run(async move { put(&putting, "", "our-books.pdf", b"secret").await.unwrap() });
    let reply = world.run(async move { priya.share(id, None).await.unwrap() });
    take(&world, &ines, &reply).unwrap();
    assert_eq!(own.files().len(), 2);

    let new = copy(&world, &ines, &own, Standing::Template);
    assert_eq!(new.title().get_untracked(), "For the next");
    assert_eq!(words(&new), words(&own));
    assert_eq!(bytes_of(&world, &new, image).as_deref(), Some(GIF));
    assert_eq!(new.portal(), Portal { buyer: String::new(), ..own.portal() });
    let people: Vec<_> = new.contacts().into_iter().map(|it| (it.name, it.role, it.mail)).collect();
    let mail = "x@example.com".to_owned();
    assert_eq!(
        people,
        [
            ("Ines".to_owned(), "Sales".to_owned(), mail),
            (String::new(), "Legal reviewer".to_owned(), String::new())
        ]
    );
    let (price, was) = (new.price(), own.price());
    assert_eq!((price.list.lines, price.list.months), (was.list.lines, 24));
    assert_eq!(price.list.valid_until, "");
    assert!(was.choices.included.contains_key(&line) && price.choices == Default::default());
    let (roi, was) = (new.roi().unwrap(), own.roi().unwrap());
    assert_eq!((&roi.calculator, &roi.inputs[0].put), (&was.calculator, &None));
    assert!(was.inputs[0].put.is_some());
    let plan = new.team_plan();
    let told = |step: &Step| (step.name.clone(), step.due.clone(), step.status, step.who.clone());
    let relative = Due::Target(Offset { days: -10, working: true });
    assert_eq!(
        plan.plan.steps.iter().map(told).collect::<Vec<_>>(),
        [
            ("Review".to_owned(), relative, Status::Open, Who::Company),
            ("Call".to_owned(), Due::Open, Status::Open, Who::Company),
            ("Ask".to_owned(), Due::Open, Status::Open, Who::Company),
        ]
    );
    assert_eq!((plan.plan.target, plan.inside.len()), (None, 1));
    assert_eq!(new.costs(), [(line, Decimal::whole(4))].into());
    assert!(new.threads().is_empty() && new.links().is_empty() && new.deal().seals().is_empty());
    assert_eq!(new.files().iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["terms.pdf"]);
    assert_ne!(new.keys().owner, own.keys().owner, "whoever owns one does not own the other");
    // And a room of the template, by which nobody comes to either of the others.
    let next = copy(&world, &ines, &new, Standing::Active);
    assert_eq!(words(&next), words(&own));
    let listed = world.run(async move {
        ines.read().await.unwrap();
        ines.list().get_untracked().unwrap()
    });
    let standing = |room: &Room| listed.iter().find(|it| it.id == room.id()).map(|it| it.standing);
    assert_eq!(standing(&new), Some(Standing::Template));
    assert_eq!(standing(&next), Some(Standing::Active));
}

#[test]
fn a1_a_copy_of_any_room_is_the_same_when_it_is_copied_again() {
    for seed in 0..4 {
        let world = World::default();
        let (ines, priya) = (world.device().tab(), world.device().tab());
        world.run(async move {
            let (own, _) = two(&ines, &priya).await;
            let mut random = Rng::with_seed(seed);
            for _ in 0..60 {
                do_something(&own, &mut random);
            }
            let once = ines.copy(own.id(), "Copy", Standing::Active).await.unwrap();
            let again = ines.copy(once, "Copy", Standing::Active).await.unwrap();
            let (once, again) = (ines.open(once).await.unwrap(), ines.open(again).await.unwrap());
            let (was, now) = (own.freeze().unwrap(), once.freeze().unwrap());
            assert_eq!(now.sections, was.sections, "seed {seed}");
            assert_eq!(now.variables, was.variables, "seed {seed}");
            assert_eq!(now.price.lines, was.price.lines, "seed {seed}");
            assert_eq!(now, again.freeze().unwrap(), "seed {seed}");
        });
    }
}

#[test]
fn a1_who_does_not_own_a_room_makes_no_copy_and_nothing_is_left() {
    let world = World::default();
    let (ines, device) = (world.device().tab(), world.device());
    let priya = device.tab();
    let (id, _) = begin(&world, &ines);
    take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    let copied = world.run(async move { priya.copy(id, "Mine", Standing::Active).await });
    assert_eq!(copied, Err(Problem::NoRight));
    let store = device.store.clone();
    assert_eq!(world.run(async move { store.rooms().await.unwrap().len() }), 1);
}

#[test]
fn a1_a_copy_that_the_store_does_not_take_leaves_no_room_behind() {
    let world = World::default();
    let store = Moody::default();
    let device = world.device_with(Rc::new(store.clone()));
    let ines = device.tab();
    let (id, _) = begin(&world, &ines);
    let full = StoreError::Full("quota".into());
    *store.refuses.borrow_mut() = Some(full.clone());
    let copying = ines.clone();
    let copied = world.run(async move { copying.copy(id, "Copy", Standing::Template).await });
    assert_eq!(copied, Err(Problem::Store(full)));
    *store.refuses.borrow_mut() = None;
    world.run(async move {
        ines.read().await.unwrap();
        assert_eq!(ines.list().get_untracked().unwrap().len(), 1, "in the list");
        assert_eq!(ines.ports.store.rooms().await.unwrap().len(), 1, "in the store");
    });
}
