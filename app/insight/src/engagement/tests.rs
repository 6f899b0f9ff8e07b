use super::*;

const NOW: u64 = 1_800_000_000_000;

fn deed(who: &str, days_ago: f64, act: Act) -> Deed {
    Deed { who: who.into(), at: NOW - (days_ago * DAY_MS as f64) as u64, act }
}

fn index(deeds: &[Deed]) -> f64 {
    engagement(deeds, NOW, 0).index
}

#[test]
fn c4_nothing_done_is_nothing() {
    let nothing = engagement(&[], NOW, 0);
    assert_eq!((nothing.index, nothing.reasons), (0.0, Vec::new()));
}

#[test]
fn c4_a_sum_of_twelve_makes_sixty_three() {
    // 100 · (1 − exp(−12/12)), by two who are new there.
    let new = index(&[deed("a", 0.0, Act::Joined), deed("b", 0.0, Act::Joined)]);
    assert!((new - 63.212_055_882_855_77).abs() < 1e-9, "{new}");
    // A week later each counts half: 100 · (1 − exp(−6/12)).
    let old = index(&[deed("a", 7.0, Act::Joined), deed("b", 7.0, Act::Joined)]);
    assert!((old - 39.346_934_028_736_66).abs() < 1e-9, "{old}");
}

#[test]
fn c4_five_visits_a_day_of_one_person_count_and_no_more() {
    let visits = |who: &'static str, count: usize| {
        (0..count).map(move |nth| deed(who, 0.1 + nth as f64 / 1_000.0, Act::Visited))
    };
    let many = engagement(&visits("a", 50).collect::<Vec<_>>(), NOW, 0);
    assert_eq!(many.reasons[0].count, 5);
    // The newest five are those that count.
    let five = engagement(&visits("a", 5).collect::<Vec<_>>(), NOW, 0);
    assert_eq!(many, five);
    // Another person's, and another day's, count beside them.
    let more: Vec<Deed> =
        visits("a", 9).chain(visits("b", 9)).chain([deed("a", 3.0, Act::Visited)]).collect();
    assert_eq!(engagement(&more, NOW, 0).reasons[0].count, 11);
}

#[test]
fn c4_a_day_is_the_sellers() {
    // Six visits around midnight in UTC, which is noon elsewhere.
    let midnight = NOW / DAY_MS * DAY_MS;
    let deeds: Vec<Deed> = (0..6)
        .map(|nth| Deed { who: "a".into(), at: midnight - 3 * 60_000 + nth * 60_000, act: Act::Visited })
        .collect();
    assert_eq!(engagement(&deeds, NOW, 0).reasons[0].count, 6);
    assert_eq!(engagement(&deeds, NOW, DAY_MS as i64 / 2).reasons[0].count, 5);
}

#[test]
fn c4_the_five_largest_reasons_are_told_largest_first() {
    let acts = [
        Act::Visited,
        Act::Accepted,
        Act::Downloaded,
        Act::Asked,
        Act::ConfirmedStep,
        Act::Joined,
        Act::OpenedPrice,
    ];
    let deeds: Vec<Deed> = acts.iter().map(|act| deed("a", 1.0, *act)).collect();
    let told: Vec<Act> = engagement(&deeds, NOW, 0).reasons.iter().map(|reason| reason.act).collect();
    assert_eq!(told, [Act::Accepted, Act::Joined, Act::ConfirmedStep, Act::Asked, Act::Downloaded]);
}

/// More deeds never make a room colder, and time alone never warmer; the index stays between 0 and 100.
#[test]
fn the_index_grows_with_deeds_and_falls_with_time() {
    const ACTS: [Act; 6] =
        [Act::Read, Act::ChosePrice, Act::Commented, Act::Joined, Act::Accepted, Act::Visited];
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut deeds = Vec::new();
        let mut before = 0.0;
        for _ in 0..random.usize(1..60) {
            let who = ["a", "b", "c"][random.usize(..3)];
            deeds.push(deed(who, random.f64() * 90.0, ACTS[random.usize(..5)]));
            let index = index(&deeds);
            assert!(index >= before && index <= 100.0, "seed {seed}: {before} then {index}");
            before = index;
        }
        let later = engagement(&deeds, NOW + DAY_MS, 0).index;
        assert!(later <= before, "seed {seed}: {before}, and {later} a day later");
        random.shuffle(&mut deeds);
        assert!((index(&deeds) - before).abs() < 1e-9, "seed {seed}: the order of deeds says nothing");
    }
}

#[test]
fn c4_quiet_is_longer_than_twice_the_usual_pause() {
    let day = |days: f64| NOW - (days * DAY_MS as f64) as u64;
    // Two visits tell no pause yet.
    assert!(!is_quiet(&[day(12.0), day(9.9)], Some(day(9.9)), NOW));
    assert!(is_quiet(&[day(12.0), day(10.1)], Some(day(10.1)), NOW));
    // Every two days: silent after four.
    let visits = [day(10.5), day(8.5), day(6.5), day(4.5)];
    assert_eq!(usual_silence(&visits), 4.0);
    assert!(is_quiet(&visits, Some(day(4.5)), NOW));
    assert!(!is_quiet(&visits, Some(day(3.9)), NOW), "something else was done since");
    // Never sooner than after three days, nor later than after three weeks.
    assert_eq!(usual_silence(&[day(3.2), day(3.1), day(3.0)]), 3.0);
    assert_eq!(usual_silence(&[day(300.0), day(200.0), day(100.0)]), 21.0);
    // An even number of pauses has two in the middle.
    assert_eq!(usual_silence(&[day(14.0), day(10.0), day(4.0)]), 10.0);
    assert!(!is_quiet(&[], None, NOW));
}

#[test]
fn an_index_and_the_sum_behind_it_tell_the_same() {
    for sum in [0.0, 0.5, 6.0, 12.0, 100.0] {
        let index = 100.0 * (1.0 - (-sum / SCALE).exp());
        assert!((sum_of(index) - sum).abs() < 1e-9, "{sum}");
    }
    assert!(sum_of(100.0).is_finite());
}
