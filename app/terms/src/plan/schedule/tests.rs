use super::*;
use crate::plan::{Offset, Stage};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn step(id: &str, due: &str) -> Step {
    Step { id: id.into(), name: format!("Step {id}"), due: Due::parse(due), ..Step::default() }
}

fn waiting(id: &str, due: &str, after: &[&str]) -> Step {
    Step { after: after.iter().map(|id| (*id).to_owned()).collect(), ..step(id, due) }
}

fn plan(target: &str, steps: Vec<Step>) -> Plan {
    Plan { target: Day::parse(target), steps, ..Plan::default() }
}

/// Days as people read them, `-` where there is none.
fn days(plan: &Plan) -> Vec<String> {
    let standings = plan.schedule(day("2026-01-01")).standings;
    standings.iter().map(|it| it.due.map_or("-".into(), |day| day.to_string())).collect()
}

#[test]
fn days_are_counted_back_from_the_target() {
    let steps = vec![
        step("kick-off", "step:terms-10w"),
        step("terms", "step:sign-1d"),
        step("sign", "target-73d"),
        step("review", "2026-12-02"),
        step("whenever", ""),
    ];
    assert_eq!(
        days(&plan("2027-03-01", steps)),
        ["2026-12-03", "2026-12-17", "2026-12-18", "2026-12-02", "-"]
    );
}

#[test]
fn what_has_no_day_says_why_and_comes_back_with_the_target() {
    let steps = vec![
        step("a", "target-3d"),
        step("b", "step:a-1d"),
        step("c", "step:nobody-1d"),
        step("d", "target+40000d"),
    ];
    let mut plan = plan("", steps);
    let troubles = |plan: &Plan| -> Vec<Vec<Trouble>> {
        plan.schedule(day("2026-01-01")).standings.into_iter().map(|it| it.troubles).collect()
    };
    let none =
        [vec![Trouble::NoTarget], vec![Trouble::NoDay(0)], vec![Trouble::Gone], vec![Trouble::NoTarget]];
    assert_eq!(troubles(&plan), none);
    plan.target = Day::parse("9950-01-01");
    assert_eq!(troubles(&plan), [vec![], vec![], vec![Trouble::Gone], vec![Trouble::BeyondYears]]);
    plan.target = Day::parse("0000-01-03");
    assert_eq!(troubles(&plan)[0], [Trouble::BeyondYears], "there is no day before year 0");
    plan.target = Day::parse("2027-03-01");
    assert_eq!(days(&plan), ["2027-02-26", "2027-02-25", "-", "2136-09-05"]);
}

#[test]
fn moving_the_target_moves_all_but_what_is_pinned_fixed_or_done() {
    let mut steps = vec![
        step("relative", "target-10d"),
        step("after it", "step:relative+1d"),
        step("fixed", "2027-01-15"),
        step("pinned", "target-20d"),
        step("after pinned", "step:pinned+1d"),
        step("done", "target-30d"),
        step("open", ""),
    ];
    steps[3].pinned = Day::parse("2027-02-09");
    steps[5].status = Status::Done;
    let mut plan = plan("2027-03-01", steps);
    let moved = plan.moved(day("2027-03-08"));
    let told: Vec<_> = moved
        .iter()
        .map(|it| {
            let told = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            (plan.steps[it.step].id.as_str(), told(it.from), told(it.to), it.stays)
        })
        .collect();
    let expected = [
        ("relative", "2027-02-19", "2027-02-26", false),
        ("after it", "2027-02-20", "2027-02-27", false),
        ("fixed", "2027-01-15", "2027-01-15", true),
        ("pinned", "2027-02-09", "2027-02-09", true),
    ];
    let expected: Vec<_> =
        expected.map(|(id, from, to, stays)| (id, from.to_owned(), to.to_owned(), stays)).into();
    assert_eq!(told, expected);
    // Doing it gives what was told.
    for (at, day) in plan.to_pin() {
        plan.steps[at].pinned = Some(day);
    }
    plan.target = Day::parse("2027-03-08");
    assert_eq!(days(&plan)[5], "2027-01-30", "what is done stays where it was");
    assert_eq!(days(&plan)[0], "2027-02-26");
}

#[test]
fn late_and_blocked_steps_are_told() {
    let mut steps = vec![
        step("answers", "2026-11-27"),
        waiting("review", "2026-12-02", &["answers"]),
        waiting("sign", "2026-12-18", &["review"]),
        step("kick-off", "2026-11-18"),
        waiting("early", "2026-12-01", &["sign"]),
        waiting("dropped", "2026-11-01", &["sign"]),
        waiting("no more", "2026-12-30", &["dropped", "kick-off"]),
    ];
    steps[3].status = Status::Done;
    steps[5].status = Status::Dropped;
    for at in [1, 2, 3] {
        steps[at].side = Side::Buyer;
    }
    let schedule = plan("2027-03-01", steps).schedule(day("2026-11-28"));
    let late: Vec<u32> = schedule.standings.iter().map(|it| it.late).collect();
    assert_eq!(late, [1, 0, 0, 0, 0, 0, 0]);
    let waits: Vec<&[usize]> = schedule.standings.iter().map(|it| it.waits_for.as_slice()).collect();
    assert_eq!(waits, [&[][..], &[0], &[1], &[], &[2], &[], &[]]);
    assert_eq!(schedule.standings[4].troubles, [Trouble::BeforeIts(2)]);
    assert_eq!((schedule.late, schedule.held_up), (1, 1));
    assert_eq!(schedule.of(Side::Seller), Progress { done: 0, of: 3 }, "dropped ones do not count");
    assert_eq!(schedule.of(Side::Buyer), Progress { done: 1, of: 3 });
}

#[test]
fn nothing_is_late_on_its_own_day() {
    let plan = plan("", vec![step("a", "2026-11-28")]);
    assert_eq!(plan.schedule(day("2026-11-28")).late, 0);
    assert_eq!(plan.schedule(day("2026-11-29")).standings[0].late, 1);
}

#[test]
fn whoever_would_close_a_circle_is_told_which() {
    let steps = vec![step("a", "target-1d"), step("b", "step:a-1d"), step("c", "step:b-1d")];
    let plan = plan("2027-03-01", steps);
    assert_eq!(plan.counting_circle("a", &Due::parse("step:c+1d")), Some(vec![0, 2, 1]));
    assert_eq!(plan.counting_circle("a", &Due::parse("step:a+1d")), Some(vec![0]));
    assert_eq!(plan.counting_circle("c", &Due::parse("step:a+1d")), None);
    assert_eq!(plan.counting_circle("a", &Due::parse("target+1d")), None);
    let steps = vec![step("a", ""), waiting("b", "", &["a"]), waiting("c", "", &["b", "gone"])];
    let plan = self::plan("", steps);
    assert_eq!(plan.waiting_circle("a", &["c".into()]), Some(vec![2, 1, 0]));
    assert_eq!(plan.waiting_circle("a", &["a".into()]), Some(vec![0]));
    assert_eq!(plan.waiting_circle("c", &["a".into(), "b".into()]), None);
}

#[test]
fn a_circle_that_two_closed_at_once_is_opened_and_told() {
    let steps =
        vec![step("a", "step:b+1d"), step("b", "step:a-1d"), step("c", "step:a+1d"), step("d", "target+0d")];
    let schedule = plan("2027-03-01", steps).schedule(day("2026-01-01"));
    assert_eq!(schedule.standings[1].troubles, [Trouble::CountsInCircle(vec![0, 1])]);
    assert_eq!(schedule.standings[0].troubles, [Trouble::NoDay(1)]);
    assert_eq!(schedule.standings[3].due, Day::parse("2027-03-01"));
    let steps = vec![waiting("a", "", &["b"]), waiting("b", "", &["a"]), waiting("c", "", &["b", "c"])];
    let schedule = plan("", steps).schedule(day("2026-01-01"));
    let waits: Vec<&[usize]> = schedule.standings.iter().map(|it| it.waits_for.as_slice()).collect();
    assert_eq!(waits, [&[1][..], &[], &[1]]);
    assert_eq!(schedule.standings[1].troubles, [Trouble::WaitsInCircle(vec![0, 1])]);
    assert_eq!(schedule.standings[2].troubles, [Trouble::WaitsInCircle(vec![2])]);
}

/// A plan that makes little sense.
fn any_plan(random: &mut fastrand::Rng) -> Plan {
    let count = random.usize(..40);
    let target = Day::from_number(random.i64(-719_528..2_932_896));
    let name = |random: &mut fastrand::Rng| format!("{}", random.usize(..count + 2));
    let steps = (0..count).map(|at| {
        let offset = Offset { days: random.i32(-400..400), working: random.bool() };
        let due = match random.u8(..8) {
            0 => Due::Open,
            1 => Due::On(Day::from_number(random.i64(15_000..30_000)).unwrap()),
            2..4 => Due::Target(offset),
            _ => Due::Step(name(random), offset),
        };
        let after = (0..random.usize(..3)).map(|_| name(random)).collect();
        let status = [Status::Open, Status::Begun, Status::Done, Status::Dropped][random.usize(..4)];
        let pinned = (random.u8(..9) == 0).then(|| Day::from_number(random.i64(15_000..30_000)).unwrap());
        Step { id: at.to_string(), due, after, status, pinned, ..Step::default() }
    });
    let steps = steps.collect();
    Plan {
        target: target.filter(|_| random.u8(..6) > 0),
        stages: vec![Stage::default()],
        steps,
        ..Plan::default()
    }
}

#[test]
fn whatever_was_written_comes_to_the_same_in_any_order_of_steps() {
    let seed = 5;
    let mut random = fastrand::Rng::with_seed(seed);
    for round in 0..2_000 {
        let plan = any_plan(&mut random);
        let today = day("2026-11-28");
        let schedule = plan.schedule(today);
        let mut other = plan.clone();
        random.shuffle(&mut other.steps);
        let mixed = other.schedule(today);
        for (at, step) in other.steps.iter().enumerate() {
            let (here, there) = (&mixed.standings[at], &schedule.standings[plan.find(&step.id).unwrap()]);
            let names = |plan: &Plan, standing: &Standing| -> Vec<String> {
                let mut names: Vec<_> =
                    standing.waits_for.iter().map(|at| plan.steps[*at].id.clone()).collect();
                names.sort();
                names
            };
            assert_eq!(
                (here.due, here.late),
                (there.due, there.late),
                "seed {seed} round {round} step {}",
                step.id
            );
            assert_eq!(
                names(&other, here),
                names(&plan, there),
                "seed {seed} round {round} step {}",
                step.id
            );
        }
        let done = plan.steps.iter().filter(|step| step.status == Status::Done).count();
        assert_eq!(schedule.seller.done + schedule.buyer.done, done, "seed {seed} round {round}");
    }
}

#[test]
fn what_the_preview_tells_is_what_happens_and_moving_back_gives_all_again() {
    let seed = 6;
    let mut random = fastrand::Rng::with_seed(seed);
    for round in 0..2_000 {
        let mut plan = any_plan(&mut random);
        let before = days(&plan);
        let Some(from) = plan.target else { continue };
        let to = Day::from_number(random.i64(-719_528..2_932_896)).unwrap();
        let moved = plan.moved(to);
        for (at, day) in plan.to_pin() {
            plan.steps[at].pinned = Some(day);
        }
        plan.target = Some(to);
        let after = days(&plan);
        for at in 0..plan.steps.len() {
            let told = moved.iter().find(|it| it.step == at).map(|it| it.to);
            let told = told.map(|day| day.map_or("-".into(), |day| day.to_string()));
            assert_eq!(told.unwrap_or(before[at].clone()), after[at], "seed {seed} round {round} step {at}");
        }
        plan.target = Some(from);
        assert_eq!(days(&plan), before, "seed {seed} round {round}");
    }
}
