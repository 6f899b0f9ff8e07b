//! The plan: what owners write, what buyers say of it, and what becomes of both apart and together.

use model::Right;
use terms::plan::{Day, Due, Progress, Side, Status, Step};

use super::world::World;
use crate::{Problem, Room, Rooms, Start, Terms};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn step(name: &str, due: &str) -> Step {
    Step { name: name.into(), due: Due::parse(due), side: Side::Buyer, ..Step::default() }
}

/// Steps with their days and whether they are done.
fn shown(room: &Room) -> Vec<String> {
    let plan = room.plan().plan;
    let standings = plan.schedule(day("2026-11-28")).standings;
    let rows = plan.steps.iter().zip(standings).map(|(step, standing)| {
        let due = standing.due.map_or("-".to_owned(), |day| day.to_string());
        format!("{} {due}{}", step.name, if step.status == Status::Done { " done" } else { "" })
    });
    rows.collect()
}

async fn pass_on(from: &Rooms, to: &Rooms, room: &Room) {
    room.flush().await.unwrap();
    let file = from.share(room.id(), None).await.unwrap().file;
    to.receive_file(&file).await.unwrap();
}

async fn buyer(ines: &Rooms, own: &Room, other: &Rooms, right: Right) -> Room {
    own.flush().await.unwrap();
    let terms = Terms { name: "Priya Raman".into(), ..Terms::of(right) };
    let link = ines.share(own.id(), Some(&terms)).await.unwrap().fragment.unwrap();
    other.receive_link(&link).await.unwrap();
    other.open(own.id()).await.unwrap()
}

async fn planned(ines: &Rooms) -> (Room, Vec<String>) {
    let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
    let own = ines.open(id).await.unwrap();
    own.set_target(Some(day("2027-03-01"))).unwrap();
    let steps = ["Sign", "Train"].into_iter().zip(["target-73d", "target-3d"]);
    let ids = steps.map(|(name, due)| own.write_step(None, &step(name, due)).unwrap()).collect();
    (own, ids)
}

#[test]
fn a6_a_buyer_confirms_a_step_and_both_see_progress() {
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, ids) = planned(&ines).await;
        let hers = buyer(&ines, &own, &priya, Right::Comment).await;
        assert_eq!(shown(&hers), ["Sign 2026-12-18", "Train 2027-02-26"]);
        assert!(matches!(hers.set_target(Some(day("2027-04-01"))), Err(Problem::NoRight)));
        assert!(matches!(own.confirm_step(&ids[0], true), Err(Problem::NoRight)), "it is the buyers' word");
        hers.confirm_step(&ids[0], true).unwrap();
        hers.propose_day(&ids[1], Some(day("2027-02-19"))).unwrap();
        pass_on(&priya, &ines, &hers).await;
        for room in [&own, &hers] {
            assert_eq!(shown(room), ["Sign 2026-12-18 done", "Train 2027-02-26"]);
            let plan = room.plan();
            assert_eq!(plan.plan.schedule(day("2026-11-28")).of(Side::Buyer), Progress { done: 1, of: 2 });
            assert_eq!(plan.evidence[0].confirmed.as_ref().unwrap().name, "Priya Raman");
            assert_eq!(plan.evidence[1].proposed.as_ref().unwrap().says, day("2027-02-19"));
        }
        // The owner takes the proposal, which is then over.
        let plan = own.plan();
        own.answer_proposal(&plan.plan.steps[1], plan.evidence[1].proposed.as_ref().unwrap(), true).unwrap();
        assert_eq!(shown(&own), ["Sign 2026-12-18 done", "Train 2027-02-19"]);
        assert_eq!(own.plan().evidence[1].proposed, None);
        // She takes back what she confirmed; a colleague who comes later confirms again.
        let his = buyer(&ines, &own, &tom, Right::Comment).await;
        hers.confirm_step(&ids[0], false).unwrap();
        pass_on(&priya, &tom, &hers).await;
        assert_eq!(his.plan().evidence[0].confirmed, None);
        his.confirm_step(&ids[0], true).unwrap();
        pass_on(&tom, &priya, &his).await;
        assert_eq!(shown(&hers)[0], "Sign 2026-12-18 done");
        assert!(!hers.plan().evidence[0].confirmed.as_ref().unwrap().mine);
    });
}

#[test]
fn a6_only_read_means_only_read() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, ids) = planned(&ines).await;
        let hers = buyer(&ines, &own, &priya, Right::View).await;
        assert!(!hers.may_confirm());
        assert!(matches!(hers.confirm_step(&ids[0], true), Err(Problem::NoRight)));
        assert!(matches!(hers.propose_day(&ids[0], None), Err(Problem::NoRight)));
        assert!(matches!(hers.delete_step(&ids[0], true), Err(Problem::NoRight)));
    });
}

#[test]
fn a6_circles_are_refused_by_the_names_of_their_steps() {
    let world = World::default();
    let ines = world.device().tab();
    world.run(async move {
        let (own, ids) = planned(&ines).await;
        let plan = own.plan().plan;
        let (sign, train) = (&plan.steps[0], &plan.steps[1]);
        let waits = Step { after: vec![ids[0].clone()], ..train.clone() };
        own.write_step(Some(train), &waits).unwrap();
        let circle = own.write_step(Some(sign), &Step { after: vec![ids[1].clone()], ..sign.clone() });
        assert_eq!(circle, Err(Problem::Circle(vec!["Train".into(), "Sign".into()])));
        let counted = Step { due: Due::parse(&format!("step:{}+1d", ids[1])), ..sign.clone() };
        own.write_step(Some(sign), &counted).unwrap();
        let back = Step { due: Due::parse(&format!("step:{}+1d", ids[0])), ..waits.clone() };
        let refused = own.write_step(Some(&waits), &back);
        assert_eq!(refused, Err(Problem::Circle(vec!["Train".into(), "Sign".into()])));
        assert_eq!(shown(&own), ["Sign 2027-02-27", "Train 2027-02-26"], "nothing else changed");
    });
}

#[test]
fn a6_apart_and_merged_later_both_have_one_plan() {
    let world = World::default();
    let (ines, tom) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, ids) = planned(&ines).await;
        // A colleague of the same side, who owns the room as well.
        let his = buyer(&ines, &own, &tom, Right::Own).await;
        let before = own.plan().plan.steps;
        // Apart: one moves the target while the other renames a step, moves both, and has one wait for the other; at the
        // same time the first has the other wait for that one.
        own.set_target(Some(day("2027-03-08"))).unwrap();
        own.write_step(Some(&before[0]), &Step { after: vec![ids[1].clone()], ..before[0].clone() }).unwrap();
        own.move_step(&ids[0], "", 1).unwrap();
        his.write_step(Some(&before[0]), &Step { name: "Sign both copies".into(), ..before[0].clone() })
            .unwrap();
        his.write_step(Some(&before[1]), &Step { after: vec![ids[0].clone()], ..before[1].clone() }).unwrap();
        his.move_step(&ids[0], "", 1).unwrap();
        pass_on(&ines, &tom, &own).await;
        pass_on(&tom, &ines, &his).await;
        assert_eq!(own.plan(), his.plan());
        assert_eq!(shown(&own), ["Train 2027-03-05", "Sign both copies 2026-12-25"]);
        let schedule = own.plan().plan.schedule(day("2026-11-28"));
        assert_eq!(schedule, his.plan().plan.schedule(day("2026-11-28")));
        let troubles = schedule.standings.iter().map(|it| it.troubles.len()).sum::<usize>();
        assert!(troubles >= 1, "the circle is told");
        assert_eq!(schedule.standings.iter().filter(|it| it.waits_for.is_empty()).count(), 1, "and opened");
    });
}

#[test]
fn a6_the_edges_of_the_calendar_lose_nothing() {
    let world = World::default();
    let ines = world.device().tab();
    world.run(async move {
        let (own, ids) = planned(&ines).await;
        own.set_target(Some(day("0000-01-01"))).unwrap();
        assert_eq!(shown(&own), ["Sign -", "Train -"]);
        own.set_target(Some(day("9999-12-31"))).unwrap();
        assert_eq!(shown(&own), ["Sign 9999-10-19", "Train 9999-12-28"]);
        own.delete_step(&ids[0], true).unwrap();
        own.delete_step(&ids[0], false).unwrap();
        own.set_target(Some(day("2027-03-01"))).unwrap();
        assert_eq!(shown(&own), ["Sign 2026-12-18", "Train 2027-02-26"]);
    });
}

#[test]
fn a6_what_a_seller_says_for_the_buyers_is_no_evidence() {
    let world = World::default();
    let ines = world.device().tab();
    world.run(async move {
        let (own, ids) = planned(&ines).await;
        // As a program would that leaves out the question who may.
        let word = replica::Word { says: true, turn: 1, at: 0 };
        own.respond(|responses| responses.confirm(&ids[0], word)).unwrap();
        let plan = own.plan();
        assert!(plan.evidence.iter().all(|evidence| evidence.confirmed.is_none()));
        assert!(plan.plan.steps.iter().all(|step| step.status == Status::Open));
    });
}
