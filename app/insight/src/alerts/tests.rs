use super::*;
use crate::{
    engagement::{DAY_MS, Deed, is_quiet},
    record::Record,
    story::{Told, story},
    stretches::{MINUTE, START, record},
};

fn of_records(records: &[(&str, Record)], others: &[Deed]) -> Story {
    let told: Vec<Told<'_>> = records.iter().map(|(who, record)| Told { device: who, who, record }).collect();
    story(&told, others, |_| 100)
}

fn visit(who: &'static str, day: u64) -> (&'static str, Record) {
    (who, record(day * 24 * 60, &[(Part::Overview, 30_000)]))
}

fn deed(who: &str, minute: u64, act: Act) -> Deed {
    Deed { who: who.to_owned(), at: START + minute * MINUTE, act }
}

fn day(day: u64) -> u64 {
    START + day * DAY_MS
}

/// What is told, with how many minutes after the start.
fn told(story: &Story, now: u64) -> Vec<(Kind, String, u64)> {
    let told = alerts(story, &[], now).into_iter();
    told.map(|alert| (alert.kind, alert.who, (alert.at - START) / MINUTE)).collect()
}

fn kinds(story: &Story, now: u64) -> Vec<Kind> {
    alerts(story, &[], now).into_iter().map(|alert| alert.kind).collect()
}

#[test]
fn c3_the_first_who_comes_opens_the_room_and_all_others_are_new() {
    let story = of_records(
        &[visit("priya", 1), visit("dana", 0), visit("dana", 1)],
        &[deed("tom", 60, Act::Commented), deed("priya", 100, Act::Asked)],
    );
    let expected = [
        (Kind::FirstOpen, "dana", 0),
        (Kind::NewPerson, "tom", 60),
        (Kind::Commented, "tom", 60),
        // Whoever is not recorded has come as well, with what they said first.
        (Kind::NewPerson, "priya", 100),
        (Kind::Question, "priya", 100),
    ];
    assert_eq!(told(&story, day(2)), expected.map(|(kind, who, at)| (kind, who.to_owned(), at)));
    assert_eq!(alerts(&Story::default(), &[], day(99)), []);
}

#[test]
fn c3_a_silence_is_told_once_when_it_is_longer_than_usual_and_ends_with_a_return() {
    let story = of_records(&[visit("dana", 0)], &[]);
    let quiet = day(10) + 2 * MINUTE + 1;
    assert_eq!(kinds(&story, quiet - 1), [Kind::FirstOpen]);
    for now in [quiet, day(11), day(400)] {
        assert_eq!(kinds(&story, now), [Kind::FirstOpen, Kind::WentQuiet]);
        assert_eq!(
            alerts(&story, &[], now)[1],
            Alert { kind: Kind::WentQuiet, who: String::new(), at: quiet }
        );
    }
    // She comes back, and again a day later; then it goes quiet after twice the usual pause, which is 3 days at least.
    let story = of_records(&[visit("dana", 0), visit("dana", 12), visit("dana", 13), visit("dana", 14)], &[]);
    let expected = [Kind::FirstOpen, Kind::WentQuiet, Kind::Returned];
    assert_eq!(kinds(&story, day(15)), expected);
    assert_eq!(kinds(&story, day(17) + 2 * MINUTE), expected);
    assert_eq!(kinds(&story, day(17) + 2 * MINUTE + 1)[3..], [Kind::WentQuiet]);
    let back = &alerts(&story, &[], day(15))[2];
    assert_eq!((back.who.as_str(), back.at), ("dana", day(12)));
}

#[test]
fn c3_whoever_comes_first_after_a_silence_is_new_and_no_return() {
    let story = of_records(&[visit("dana", 0), visit("tom", 12), visit("dana", 13)], &[]);
    assert_eq!(kinds(&story, day(14)), [Kind::FirstOpen, Kind::WentQuiet, Kind::NewPerson]);
}

#[test]
fn c3_what_is_said_ends_a_silence() {
    let story = of_records(&[visit("dana", 0), visit("dana", 11)], &[deed("dana", 9 * 24 * 60, Act::Asked)]);
    assert_eq!(kinds(&story, day(12)), [Kind::FirstOpen, Kind::Question]);
}

#[test]
fn c3_the_price_is_studied_in_a_minute_and_a_read_is_long_in_ten() {
    let at_price = |minute, active| ("dana", record(minute, &[(Part::Price, active)]));
    // Over two stretches of one visit; in the second visit it falls short.
    let story = of_records(&[at_price(0, 40_000), at_price(5, 20_000), at_price(100, 59_999)], &[]);
    let minutes = |kind| told(&story, day(1)).into_iter().filter(move |it| it.0 == kind).map(|it| it.2);
    assert_eq!(minutes(Kind::PriceStudied).collect::<Vec<_>>(), [0]);
    assert_eq!(minutes(Kind::LongRead).count(), 0);
    let long = |minute, active| ("dana", record(minute, &[(Part::Plan, active)]));
    let story = of_records(&[long(0, 599_999), long(100, 300_000), long(110, 300_000)], &[]);
    let long: Vec<_> = told(&story, day(1)).into_iter().filter(|it| it.0 == Kind::LongRead).collect();
    assert_eq!(long, [(Kind::LongRead, "dana".to_owned(), 100)]);
}

#[test]
fn c3_what_was_done_in_the_room_is_told_when_it_was() {
    let others = [
        deed("dana", 1, Act::Commented),
        deed("dana", 2, Act::Asked),
        deed("dana", 3, Act::ConfirmedStep),
        deed("dana", 4, Act::ChosePrice),
        deed("dana", 5, Act::Accepted),
    ];
    let story = of_records(&[], &others);
    let all = alerts(&story, &[("tom".to_owned(), START + 6 * MINUTE)], day(1));
    let all: Vec<_> = all.iter().map(|it| (it.kind, (it.at - START) / MINUTE)).collect();
    let expected = [
        (Kind::FirstOpen, 1),
        (Kind::Commented, 1),
        (Kind::Question, 2),
        (Kind::StepConfirmed, 3),
        (Kind::Accepted, 5),
        // Whoever only declines has come as well.
        (Kind::NewPerson, 6),
        (Kind::Declined, 6),
    ];
    assert_eq!(all, expected);
}

#[test]
fn c3_only_what_was_said_to_a_seal_is_always_told() {
    let always: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !can_be_muted(*kind)).collect();
    assert_eq!(always, [Kind::Accepted, Kind::Declined]);
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(kind));
    }
    assert_eq!(Kind::parse("opened"), None);
}

/// Times that nobody can have had stop nothing, whoever claims them.
#[test]
fn er5_any_times_are_told_of() {
    let ends = |from, until| Record { from, until, ..record(0, &[(Part::Price, u64::MAX)]) };
    let records =
        [("a", ends(0, 0)), ("b", ends(0, u64::MAX)), ("c", ends(u64::MAX, u64::MAX)), ("a", ends(7, 3))];
    let story = of_records(&records, &[Deed { who: "d".into(), at: u64::MAX, act: Act::Asked }]);
    for now in [0, START, u64::MAX] {
        let all = alerts(&story, &[], now);
        assert!(all.is_sorted_by_key(|alert| alert.at));
        let keyed: Vec<((), Alert)> = all.iter().map(|it| ((), it.clone())).collect();
        assert_eq!(digest(&keyed).iter().map(|line| line.count).sum::<usize>(), all.len());
    }
}

/// Nothing else is called quiet than what [`is_quiet`] calls so, and each silence is told at its first moment.
#[test]
fn c3_the_last_silence_is_told_exactly_while_the_room_is_quiet() {
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut minute = 0;
        let records: Vec<_> = (0..random.usize(1..12))
            .map(|_| {
                minute += random.u64(1..15 * 24 * 60);
                (["dana", "tom"][random.usize(..2)], record(minute, &[(Part::Overview, 1_000)]))
            })
            .collect();
        let story = of_records(&records, &[]);
        let begun: Vec<u64> = story.visits.iter().map(|visit| visit.from).collect();
        let last = story.last.unwrap();
        let from = crate::engagement::quiet_from(&begun, last);
        assert!(is_quiet(&begun, Some(last), from) && !is_quiet(&begun, Some(last), from - 1), "seed {seed}");
        let quiets = |now| kinds(&story, now).into_iter().filter(|kind| *kind == Kind::WentQuiet).count();
        assert_eq!(quiets(from), quiets(from - 1) + 1, "seed {seed}");
        assert_eq!(quiets(from), quiets(u64::MAX), "seed {seed}");
        // Each return ends a silence that was told.
        let all = alerts(&story, &[], from);
        for back in all.iter().filter(|alert| alert.kind == Kind::Returned) {
            let before = all.iter().rfind(|it| it.kind == Kind::WentQuiet && it.at <= back.at);
            assert!(before.is_some(), "seed {seed}");
        }
    }
}

fn alert(kind: Kind, who: &str, at: u64) -> Alert {
    Alert { kind, who: who.to_owned(), at }
}

#[test]
fn c3_two_thousand_opens_are_one_line() {
    let people: Vec<String> = (0..2_000).map(|nth| format!("p{nth:04}")).collect();
    let all: Vec<((), Alert)> = (people.iter().enumerate())
        .map(|(nth, who)| ((), alert(Kind::NewPerson, who, START + nth as u64 * 1_000)))
        .collect();
    let lines = digest(&all);
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].count, &lines[0].people), (2_000, &people));
    assert_eq!((lines[0].first, lines[0].last), (START, START + 1_999_000));
}

#[test]
fn c3_lines_are_of_one_room_and_kind_without_a_pause_of_more_than_an_hour() {
    let all = [
        (1, alert(Kind::Question, "dana", START)),
        (1, alert(Kind::Question, "tom", START + BURST_MS)),
        (1, alert(Kind::Question, "dana", START + 2 * BURST_MS)),
        (1, alert(Kind::Question, "dana", START + 3 * BURST_MS + 1)),
        (1, alert(Kind::Commented, "dana", START + 1)),
        (2, alert(Kind::Question, "dana", START + 2)),
        (2, alert(Kind::WentQuiet, "", START + 3)),
    ];
    let lines = digest(&all);
    let lines: Vec<_> =
        lines.iter().map(|it| (it.key, it.kind, it.people.join(" "), it.count, it.first - START)).collect();
    let expected = [
        (1, Kind::Question, "dana", 1, 3 * BURST_MS + 1),
        (1, Kind::Question, "dana tom", 3, 0),
        (2, Kind::WentQuiet, "", 1, 3),
        (2, Kind::Question, "dana", 1, 2),
        (1, Kind::Commented, "dana", 1, 1),
    ];
    assert_eq!(
        lines,
        expected.map(|(key, kind, people, count, at)| (key, kind, people.to_owned(), count, at))
    );
}

/// No alert is lost or told twice, in whatever order they come.
#[test]
fn c3_a_digest_counts_every_alert_once_in_any_order() {
    for seed in 0..500 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut all: Vec<(u8, Alert)> = (0..random.usize(..200))
            .map(|_| {
                let kind = Kind::ALL[random.usize(..Kind::ALL.len())];
                let who = ["", "dana", "tom", "priya"][random.usize(..4)];
                (random.u8(..3), alert(kind, who, START + random.u64(..BURST_MS * 20)))
            })
            .collect();
        let lines = digest(&all);
        assert_eq!(lines.iter().map(|line| line.count).sum::<usize>(), all.len(), "seed {seed}");
        assert!(lines.is_sorted_by(|one, other| one.last >= other.last), "seed {seed}");
        for line in &lines {
            let of: Vec<&Alert> = (all.iter())
                .filter(|(key, it)| (*key, it.kind) == (line.key, line.kind))
                .map(|(_, it)| it)
                .filter(|it| (line.first..=line.last).contains(&it.at))
                .collect();
            assert_eq!(of.len(), line.count, "seed {seed}");
            let who: BTreeSet<&str> =
                of.iter().map(|it| it.who.as_str()).filter(|who| !who.is_empty()).collect();
            let people: BTreeSet<&str> = line.people.iter().map(String::as_str).collect();
            assert_eq!((who, people.len()), (people, line.people.len()), "seed {seed}");
        }
        random.shuffle(&mut all);
        assert_eq!(digest(&all), lines, "seed {seed}");
    }
}

#[test]
fn c4_a_room_is_as_warm_as_its_index_says_unless_it_is_quiet() {
    let of = |index| Warmth::of(index, Some(START), false);
    assert_eq!([of(HOT), of(99.0)], [Some(Warmth::Hot); 2]);
    assert_eq!([of(WARM), of(HOT - 0.001)], [Some(Warmth::Warm); 2]);
    assert_eq!([of(0.0), of(WARM - 0.001)], [Some(Warmth::Cold); 2]);
    assert_eq!(Warmth::of(99.0, Some(START), true), Some(Warmth::Quiet));
    assert_eq!(Warmth::of(0.0, None, false), None);
}
