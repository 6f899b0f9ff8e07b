//! What the owners of a room keep for themselves: it reaches the others of the team, and no buyer.

use exchange::bundle::{self, Envelope, SEALED_AS};
use model::{Right, Standing};
use reactive_graph::traits::GetUntracked as _;
use terms::{
    plan::{Day, Due, Status, Step},
    price::{Decimal, Line, PriceList},
    stakeholder::{Role, Say, Stakeholder},
};

use super::{
    live::{agree, look, places},
    rights::{begin, share, take},
    world::{Device, World},
};
use crate::{DraftChanges, Price, Problem, Reach, Room, Rooms, Saved, Share, Terms};

fn step(name: &str) -> Step {
    Step { name: name.into(), ..Step::default() }
}

/// The names of the steps that the team sees, with a star where they are the team's alone.
fn team(room: &Room) -> Vec<String> {
    let plan = room.team_plan();
    let name =
        |step: &Step| format!("{}{}", step.name, if plan.inside.contains(&step.id) { "*" } else { "" });
    plan.plan.steps.iter().map(name).collect()
}

fn write_inside(world: &World, room: &Room, step: Step) -> String {
    let room = room.clone();
    world.run(async move { room.write_step_inside(&step).await.unwrap() })
}

fn restart(world: &World, device: &Device, room: &Room) -> Room {
    let (rooms, id) = (device.tab(), room.id());
    world.run(async move { rooms.open(id).await.unwrap() })
}

fn for_buyer(right: Right) -> Terms {
    Terms { name: "Priya".into(), ..Terms::of(right) }
}

/// The bundle in a room file, as its holder's program opens it.
fn opened(world: &World, device: &Device, share: &Share) -> bundle::Bundle {
    let Envelope { key, nonce, sealed, .. } = Envelope::from_file(&share.file).unwrap();
    let cipher = device.ports().cipher;
    let packed = world.run(async move { cipher.open(&key, &nonce, SEALED_AS, sealed).await.unwrap() });
    bundle::unpack(&packed).unwrap()
}

async fn rooms_listed(rooms: &Rooms) -> usize {
    rooms.read().await.unwrap();
    rooms.list().get_untracked().unwrap().len()
}

#[test]
fn a6_a_step_of_the_team_never_reaches_a_buyer() {
    let world = World::default();
    let (ines_device, priya_device) = (world.device(), world.device());
    let (ines, priya) = (ines_device.tab(), priya_device.tab());
    let (id, own) = begin(&world, &ines);
    let sign = own.write_step(None, &step("Sign")).unwrap();
    write_inside(&world, &own, Step { after: vec![sign], ..step("Ask for the discount") });
    assert_eq!(team(&own), ["Sign", "Ask for the discount*"]);
    assert_eq!(own.plan().plan.steps.len(), 1, "what leaves the room has none of it");
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        let sent = share(&world, &ines, id, for_buyer(right));
        assert!(opened(&world, &priya_device, &sent).workspace.is_empty());
        let hers = take(&world, &priya, &sent).unwrap();
        assert_eq!(team(&hers), ["Sign"]);
        assert!(!hers.may_keep_inside());
    }
    let (hers, store) = (
        world.run({
            let priya = priya.clone();
            async move { priya.open(id).await.unwrap() }
        }),
        priya_device.store.clone(),
    );
    assert_eq!(world.run(async move { store.rooms().await.unwrap() }).len(), 1);
    let kept = world.run(async move { hers.write_step_inside(&step("Mine")).await });
    assert_eq!(kept, Err(Problem::NoRight));
}

#[test]
fn a6_steps_of_the_team_are_there_again_and_in_no_list() {
    let world = World::default();
    let device = world.device();
    let ines = device.tab();
    let (id, own) = begin(&world, &ines);
    write_inside(&world, &own, step("Ask for the discount"));
    let reader = ines.clone();
    assert_eq!(world.run(async move { rooms_listed(&reader).await }), 1);
    world.pass(500);
    let again = restart(&world, &device, &own);
    assert_eq!(team(&again), ["Ask for the discount*"]);
    write_inside(&world, &again, step("Call the lawyer"));
    world.pass(500);
    assert_eq!(team(&own), ["Ask for the discount*", "Call the lawyer*"], "the other tab hears of it");
    let store = device.store.clone();
    world.run(async move {
        ines.set_standing(id, Standing::Deleted(5)).await.unwrap();
        ines.erase_deleted(5).await.unwrap();
        assert!(store.rooms().await.unwrap().is_empty(), "it goes with its room");
    });
}

#[test]
fn a6_a_tab_that_was_open_before_the_team_had_anything_hears_of_it() {
    let world = World::default();
    let device = world.device();
    let (_, own) = begin(&world, &device.tab());
    let other = restart(&world, &device, &own);
    write_inside(&world, &own, step("Ask for the discount"));
    world.pass(500);
    assert_eq!(team(&other), ["Ask for the discount*"]);
}

#[test]
fn a6_a_colleague_gets_the_steps_of_the_team_and_theirs_come_back() {
    let world = World::default();
    let (ines, tom) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    write_inside(&world, &own, step("Ask for the discount"));
    let his = take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(team(&his), ["Ask for the discount*"]);
    let ask = his.team_plan().plan.steps[0].clone();
    his.write_step(Some(&ask), &Step { status: Status::Done, ..ask.clone() }).unwrap();
    write_inside(&world, &his, step("Call the lawyer"));
    write_inside(&world, &own, step("Check the terms"));
    take(&world, &ines, &share(&world, &tom, id, Terms::of(Right::Own))).unwrap();
    take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(team(&own).len(), 3);
    assert_eq!(team(&own), team(&his));
    assert_eq!(own.team_plan().plan.steps[0].status, Status::Done);
}

#[test]
fn b4_colleagues_meet_in_the_workspace_where_the_room_meets() {
    let world = World::default();
    let (ines, tom, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    look(&world, &own);
    let placing = own.clone();
    world.run(async move { placing.set_places(places()).await.unwrap() });
    let buyer = take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Comment))).unwrap();
    look(&world, &buyer);
    agree(&world, &buyer);
    assert_eq!(world.names_met().len(), 1, "without colleagues there is nothing to meet for");
    let his = take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    look(&world, &his);
    agree(&world, &his);
    assert_eq!(his.live().get_untracked().reach, Reach::InStep);
    write_inside(&world, &own, step("Ask for the discount"));
    world.pass(500);
    assert_eq!(team(&his), ["Ask for the discount*"]);
    write_inside(&world, &his, step("Call the lawyer"));
    world.pass(500);
    assert_eq!(team(&own), ["Ask for the discount*", "Call the lawyer*"]);
    assert!(team(&buyer).is_empty());
    assert_eq!(world.names_met().len(), 2, "it meets under a name of its own");
}

#[test]
fn a6_moving_the_target_moves_the_steps_of_the_team_and_pins_what_is_done() {
    let world = World::default();
    let ines = world.device().tab();
    let (_, own) = begin(&world, &ines);
    let day = |text| Day::parse(text).unwrap();
    own.set_target(Some(day("2027-03-01"))).unwrap();
    let due = |text| Due::parse(text);
    write_inside(&world, &own, Step { due: due("target-10d"), ..step("Ask for the discount") });
    let done = Step { due: due("target-20d"), status: Status::Done, ..step("Call the lawyer") };
    write_inside(&world, &own, done);
    own.set_target(Some(day("2027-04-01"))).unwrap();
    let plan = own.team_plan().plan;
    let days = plan.schedule(day("2027-01-01")).standings.into_iter().map(|it| it.due.unwrap().to_string());
    assert_eq!(days.collect::<Vec<_>>(), ["2027-03-22", "2027-02-09"]);
    assert_eq!(own.plan().plan.target, Some(day("2027-04-01")));
}

#[test]
fn a6_what_the_buyers_have_does_not_wait_for_what_they_do_not_have() {
    let world = World::default();
    let ines = world.device().tab();
    let (_, own) = begin(&world, &ines);
    let inside = write_inside(&world, &own, step("Ask for the discount"));
    let due = Due::Step(inside.clone(), Default::default());
    let sign = Step { after: vec![inside.clone()], due, ..step("Sign") };
    let sign = own.write_step(None, &sign).unwrap();
    let written = own.plan().plan.steps[0].clone();
    assert_eq!((written.after, written.due), (Vec::new(), Due::Open));
    // A circle through both is one all the same.
    let ask = own.team_plan().plan.steps[1].clone();
    own.write_step(Some(&ask), &Step { after: vec![sign], ..ask.clone() }).unwrap();
    own.delete_step(&inside, true).unwrap();
    assert_eq!(team(&own), ["Sign"]);
    own.delete_step(&inside, false).unwrap();
    assert_eq!(team(&own), ["Sign", "Ask for the discount*"]);
}

#[test]
fn a7_costs_are_the_teams_alone() {
    let world = World::default();
    let (ines, tom, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let line = Line { name: "Licence".into(), ..Line::default() };
    let line = own.add_lines(&[line], 0).unwrap().remove(0);
    let cost = Decimal::parse("12.345");
    let (writing, of) = (own.clone(), line.clone());
    world.run(async move {
        let negative = writing.set_cost(&of, Decimal::parse("-1")).await;
        assert!(matches!(negative, Err(Problem::Price(_))), "{negative:?}");
        writing.set_cost(&of, cost).await.unwrap();
    });
    assert_eq!(own.costs().get(&line).copied(), cost);
    let hers = take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Edit))).unwrap();
    assert!(hers.costs().is_empty());
    let his = take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(his.costs().get(&line).copied(), cost);
}

#[test]
fn c4_rc23_who_decides_is_known_to_the_team_alone() {
    let world = World::default();
    let (ines, tom, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let eleanor = Stakeholder {
        name: " Eleanor Finch ".into(),
        title: "Chief of finance".into(),
        role: Role::Decides,
        say: Say::Much,
        note: "Met her once.".into(),
        ..Stakeholder::default()
    };
    let (writing, of) = (own.clone(), eleanor.clone());
    let key = world.run(async move { writing.write_stakeholder(None, &of).await.unwrap() });
    let kept = own.stakeholders().remove(0);
    assert_eq!(kept, Stakeholder { id: key.clone(), name: "Eleanor Finch".into(), ..eleanor });
    let hers = take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Edit))).unwrap();
    assert_eq!(hers.stakeholders(), []);
    let refused = world.run(async move { hers.write_stakeholder(None, &Stakeholder::default()).await });
    assert!(matches!(refused, Err(Problem::NoRight)), "{refused:?}");
    let his = take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(his.stakeholders(), std::slice::from_ref(&kept));
    // Nobody reports to themselves, and whoever was taken away comes back as they were.
    let (writing, before) = (own.clone(), kept.clone());
    world.run(async move {
        let alone = Stakeholder { reports_to: key.clone(), ..before.clone() };
        writing.write_stakeholder(Some(&before), &alone).await.unwrap();
        writing.delete_stakeholder(&key, true).await.unwrap();
        assert_eq!(writing.stakeholders(), []);
        writing.delete_stakeholder(&key, false).await.unwrap();
    });
    assert_eq!(own.stakeholders(), [kept]);
}

#[test]
fn sv_what_is_kept_inside_counts_for_whether_all_is_saved() {
    let world = World::default();
    let ines = world.device().tab();
    let (_, own) = begin(&world, &ines);
    write_inside(&world, &own, step("Ask for the discount"));
    assert_eq!(own.saved().get_untracked(), Saved::Saving);
    world.pass(1_000);
    assert_eq!(own.saved().get_untracked(), Saved::Saved);
}

/// The lines of a price, with what one costs.
fn priced(price: &Price) -> Vec<String> {
    price.list.lines.iter().map(|line| format!("{} {}", line.name, line.price)).collect()
}

fn line(name: &str, price: &str) -> Line {
    Line { name: name.into(), price: Decimal::parse(price).unwrap(), ..Line::default() }
}

#[test]
fn a7_a_draft_of_the_price_reaches_nobody_before_it_is_published() {
    let world = World::default();
    let (ines, tom, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let ids = own.add_lines(&[line("Licence", "100"), line("Support", "50")], 0).unwrap();
    let drafting = own.clone();
    world.run(async move { drafting.begin_draft().await.unwrap() });
    assert_eq!(own.draft_changes(), Some(DraftChanges::default()));
    let licence = Line { price: Decimal::parse("80").unwrap(), ..own.price().list.lines[0].clone() };
    own.set_line(&licence).unwrap();
    own.add_lines(&[line("Training", "10")], 9).unwrap();
    own.delete_lines(&ids[1..]).unwrap();
    own.set_price(&PriceList { months: 24, ..own.team_price().list }).unwrap();
    assert_eq!(priced(&own.team_price()), ["Licence 80", "Training 10"]);
    assert_eq!(priced(&own.price()), ["Licence 100", "Support 50"]);
    let changes = DraftChanges { added: 1, changed: 1, removed: 1, reordered: false, terms: true };
    assert_eq!(own.draft_changes(), Some(changes));
    let hers = take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Edit))).unwrap();
    assert_eq!(priced(&hers.team_price()), ["Licence 100", "Support 50"]);
    // A colleague goes on with the same draft, and publishes it.
    let his = take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(priced(&his.team_price()), ["Licence 80", "Training 10"]);
    let publishing = his.clone();
    world.run(async move { publishing.publish_draft().await.unwrap() });
    assert!(!his.is_drafting());
    take(&world, &ines, &share(&world, &tom, id, Terms::of(Right::Own))).unwrap();
    take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Edit))).unwrap();
    for room in [&own, &his, &hers] {
        assert_eq!(priced(&room.price()), ["Licence 80", "Training 10"]);
        assert_eq!(room.price().list.months, 24);
        assert_eq!(room.draft_changes(), None);
    }
    assert_eq!(own.price().list.lines[0].id, ids[0], "what was chosen of a line goes on holding");
}

#[test]
fn a7_a_draft_that_is_discarded_comes_back_as_it_was() {
    let world = World::default();
    let ines = world.device().tab();
    let (_, own) = begin(&world, &ines);
    own.add_lines(&[line("Licence", "100"), line("Support", "50")], 0).unwrap();
    let drafting = own.clone();
    world.run(async move { drafting.begin_draft().await.unwrap() });
    own.move_line(&own.team_price().list.lines[1].id, 0).unwrap();
    assert!(own.draft_changes().unwrap().reordered);
    own.end_draft().unwrap();
    assert_eq!(
        (own.is_drafting(), priced(&own.team_price())),
        (false, vec!["Licence 100".into(), "Support 50".into()])
    );
    own.go_on_drafting().unwrap();
    assert_eq!(priced(&own.team_price()), ["Support 50", "Licence 100"]);
    own.end_draft().unwrap();
    // The next one begins with what is there then.
    own.add_lines(&[line("Training", "10")], 9).unwrap();
    let drafting = own.clone();
    world.run(async move { drafting.begin_draft().await.unwrap() });
    assert_eq!(priced(&own.team_price()), ["Licence 100", "Support 50", "Training 10"]);
}

#[test]
fn a7_what_a_team_sells_becomes_lines_with_their_costs() {
    let world = World::default();
    let (ines, tom) = (world.device().tab(), world.device().tab());
    let begun = ines.clone();
    let (team, list) = world.run(async move {
        let id = begun.begin_team("Northwind Sales").await.unwrap();
        (id, begun.open(id).await.unwrap())
    });
    assert!(list.is_teams());
    let ids = list.add_lines(&[line("Licence", "100"), line("Support", "50")], 0).unwrap();
    let (writing, of) = (list.clone(), ids[0].clone());
    world.run(async move { writing.set_cost(&of, Decimal::parse("40")).await.unwrap() });
    // A colleague who comes by a link has the list, in no list of rooms.
    let his = take(&world, &tom, &share(&world, &ines, team, Terms::of(Right::Own))).unwrap();
    assert!(his.is_teams());
    let (rooms, listed) = (tom.clone(), tom.clone());
    let standings = world.run(async move {
        listed.read().await.unwrap();
        let all = listed.list().get_untracked().unwrap();
        all.into_iter().map(|room| room.standing).collect::<Vec<_>>()
    });
    assert_eq!(standings, [Standing::Team]);
    let (_, own) = begin(&world, &tom);
    let adding = own.clone();
    world.run(async move {
        let all = rooms.products().await.unwrap();
        assert_eq!((all.len(), all[0].team.as_str()), (1, "Northwind Sales"));
        adding.add_products(&all[0].products).await.unwrap();
    });
    assert_eq!(priced(&own.price()), ["Licence 100", "Support 50"]);
    let first = own.price().list.lines[0].id.clone();
    assert_eq!(own.costs(), [(first, Decimal::parse("40").unwrap())].into());
}

/// What the threads say, with a star where they are the team's alone.
fn threads(room: &Room) -> Vec<String> {
    let said = |thread: crate::Thread| {
        let remarks: Vec<String> =
            thread.remarks.iter().map(|it| format!("{}: {}", it.name, it.text)).collect();
        format!("{}{}", remarks.join(" / "), if thread.inside { "*" } else { "" })
    };
    room.threads().into_iter().map(said).collect()
}

#[test]
fn a4_what_the_team_says_among_itself_no_buyer_gets() {
    let world = World::default();
    let (ines, tom, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    own.introduce("Ines").unwrap();
    own.comment(&own.section(), Some((None, 0..5)), "Is that right?").unwrap();
    let writing = own.clone();
    let thread = world.run(async move {
        let section = writing.section();
        writing.comment_inside(&section, Some((None, 6..9)), "They will push for a discount").await.unwrap()
    });
    let all = ["Ines: Is that right?", "Ines: They will push for a discount*"];
    assert_eq!(threads(&own), all);
    let hers = take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Edit))).unwrap();
    assert_eq!(threads(&hers), all[..1]);
    let his = take(&world, &tom, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    his.introduce("Tom").unwrap();
    assert_eq!(threads(&his), all);
    his.answer(&thread, "5% at most").unwrap();
    his.settle_thread(&thread, true).unwrap();
    take(&world, &ines, &share(&world, &tom, id, Terms::of(Right::Own))).unwrap();
    let answered = own.threads().into_iter().find(|it| it.id == thread).unwrap();
    assert!(answered.settled && answered.inside);
    assert_eq!(threads(&own)[1], "Ines: They will push for a discount / Tom: 5% at most*");
    // What one wrote oneself can be rewritten, and stays where it is.
    let remark = answered.remarks[0].id.clone();
    own.rewrite(&remark, "They will ask for 10%").unwrap();
    assert_eq!(threads(&own)[1], "Ines: They will ask for 10% / Tom: 5% at most*");
    take(&world, &priya, &share(&world, &ines, id, for_buyer(Right::Edit))).unwrap();
    assert_eq!(threads(&hers), all[..1]);
}

#[test]
fn a7_what_says_of_itself_that_it_is_a_teams_is_a_room_to_whoever_is_not_of_the_team() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let begun = ines.clone();
    let team = world.run(async move { begun.begin_team("Northwind Sales").await.unwrap() });
    let hers = take(&world, &priya, &share(&world, &ines, team, for_buyer(Right::View))).unwrap();
    assert!(!hers.is_teams());
    let standings = world.run(async move {
        priya.read().await.unwrap();
        priya.list().get_untracked().unwrap().into_iter().map(|room| room.standing).collect::<Vec<_>>()
    });
    assert_eq!(standings, [Standing::Active], "she finds it again");
}
