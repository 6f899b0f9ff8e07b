//! Versions: states that come back, and who has them.

use exchange::frozen::Frozen;
use fastrand::Rng;
use model::Right;
use terms::price::{Decimal, Line};

use super::{
    freezing::{do_something, pass_on, two},
    type_at, words,
    world::World,
};
use crate::{Reason, Start, Terms, VersionKind};

fn called(kind: &VersionKind) -> String {
    match kind {
        VersionKind::Named { name, .. } => name.clone(),
        VersionKind::Kept(reason) => format!("{reason:?}"),
    }
}

#[test]
fn a9_any_state_comes_back_as_it_was() {
    for seed in 0..6 {
        let world = World::default();
        let (ines, priya) = (world.device().tab(), world.device().tab());
        world.run(async move {
            let (own, other) = two(&ines, &priya).await;
            let mut random = Rng::with_seed(seed);
            let mut states = vec![own.freeze().unwrap()];
            for round in 0..8 {
                for _ in 0..random.usize(1..10) {
                    do_something(&own, &mut random);
                }
                if random.bool() {
                    do_something(&other, &mut random);
                    pass_on(&priya, &ines, &other).await;
                }
                states.push(own.freeze().unwrap());
                let goal = states[random.usize(..states.len())].clone();
                let before = own.restore(&goal).await.unwrap();
                assert_eq!(Some(&before), states.last(), "seed {seed}, round {round}");
                let now = own.freeze().unwrap();
                // What buyers say is theirs.
                let goal = Frozen { choices: now.choices.clone(), confirmed: now.confirmed.clone(), ..goal };
                assert_eq!(now, goal, "seed {seed}, round {round}");
            }
            pass_on(&ines, &priya, &own).await;
            pass_on(&priya, &ines, &other).await;
            assert_eq!(own.freeze().unwrap(), other.freeze().unwrap(), "seed {seed}");
        });
    }
}

#[test]
fn a9_what_another_writes_while_a_state_comes_back_is_kept() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, other) = two(&ines, &priya).await;
        let first = own.freeze().unwrap();
        let at = words(&own).find("books").unwrap();
        type_at(&own, at, "dusty ");
        pass_on(&ines, &priya, &own).await;
        // Apart: one brings the first state back, the other goes on.
        type_at(&other, 0, "New: ");
        own.restore(&first).await.unwrap();
        assert!(!words(&own).contains("dusty"));
        pass_on(&ines, &priya, &own).await;
        pass_on(&priya, &ines, &other).await;
        for room in [&own, &other] {
            assert!(
                words(room).starts_with("New: Pilot") || words(room).starts_with("New: "),
                "{}",
                words(room)
            );
            assert!(!words(room).contains("dusty"), "{}", words(room));
        }
        assert_eq!(own.freeze().unwrap(), other.freeze().unwrap());
        // And back, in one step.
        own.undo().unwrap();
        assert!(words(&own).contains("dusty books"), "{}", words(&own));
    });
}

#[test]
fn a9_a_named_version_is_everybodys_and_what_a_device_keeps_is_its_own() {
    let world = World::default();
    let device = world.device();
    let (ines, priya) = (device.tab(), world.device().tab());
    let id = {
        let ines = ines.clone();
        world.run(async move {
            let start = Start::Markdown { name: "p.md", bytes: b"# Pilot\n\nAt 40% off, for now.\n" };
            ines.create(start, "Untitled").await.unwrap().0
        })
    };
    let own = {
        let ines = ines.clone();
        world.run(async move { ines.open(id).await.unwrap() })
    };
    type_at(&own, 0, "The ");
    world.pass(5_000);
    world.run(async move {
        let kinds =
            |versions: Vec<crate::Version>| versions.iter().map(|it| called(&it.kind)).collect::<Vec<_>>();
        assert_eq!(kinds(own.versions().await.unwrap()), ["Began"], "what the file held");
        let began = own.versions().await.unwrap().remove(0);
        let first = own.open_version(&began).await.unwrap().unwrap();
        assert!(first.sections[0].text.text().starts_with("Pilot"));
        own.keep_version(Reason::Left).await.unwrap();
        own.keep_version(Reason::Left).await.unwrap();
        own.keep_version(Reason::Sealing).await.unwrap();
        assert_eq!(kinds(own.versions().await.unwrap()), ["Left", "Began"], "one for a state");
        own.name_version("Before the call").await.unwrap();
        assert_eq!(kinds(own.versions().await.unwrap()), ["Before the call", "Began"]);

        // Whoever reads has the named one and its bytes, and nothing of the others.
        let share = ines.share(id, Some(&Terms::of(Right::View))).await.unwrap();
        priya.receive_file(&share.file).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        let theirs = hers.versions().await.unwrap();
        assert_eq!(kinds(theirs.clone()), ["Before the call"]);
        let opened = hers.open_version(&theirs[0]).await.unwrap().unwrap();
        assert_eq!(opened, own.freeze().unwrap());
        let blobs = |room: &crate::Room| room.ports().store.blobs(room.id());
        assert_eq!((blobs(&own).await.unwrap().len(), blobs(&hers).await.unwrap().len()), (2, 1));
        assert!(hers.name_version("Mine").await.is_err() && hers.restore(&opened).await.is_err());
        hers.keep_version(Reason::Left).await.unwrap();

        // Taken back, it is nobody's.
        let VersionKind::Named { id: name, .. } = own.versions().await.unwrap().remove(0).kind else {
            panic!("the named one is the latest")
        };
        own.forget_version(&name).unwrap();
        assert_eq!(kinds(own.versions().await.unwrap()), ["Left", "Began"]);
    });
}

#[test]
fn a9_whoever_only_edits_brings_back_the_text_alone() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let id = ines.create(Start::Blank, "Pilot").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        type_at(&own, 0, "We close.");
        own.add_lines(&[Line { price: Decimal::ONE, ..Line::default() }], 0).unwrap();
        let first = own.freeze().unwrap();
        let line = own.price().list.lines[0].clone();
        own.set_line(&Line { price: Decimal::whole(2), ..line.clone() }).unwrap();
        type_at(&own, 0, "Now: ");
        let share = ines.share(id, Some(&Terms::of(Right::Edit))).await.unwrap();
        priya.receive_file(&share.file).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        hers.restore(&first).await.unwrap();
        assert_eq!(words(&hers), "We close.\n");
        assert_eq!(hers.price().list.lines[0].price, Decimal::whole(2));
        own.restore(&first).await.unwrap();
        assert_eq!(own.price().list.lines[0], line);
    });
}
