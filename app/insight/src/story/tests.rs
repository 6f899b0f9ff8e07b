use super::*;
use crate::{
    engagement::engagement,
    record::{Attended, Glance},
    stretches::{MINUTE, START, record},
};

fn section(name: &str) -> Part {
    Part::Section(name.to_owned())
}

fn told<'a>(device: &'a str, who: &'a str, record: &'a Record) -> Told<'a> {
    Told { device, who, record }
}

fn of(story: &Story, act: Act) -> Vec<(&str, u64)> {
    let deeds = story.deeds.iter().filter(|deed| deed.act == act);
    deeds.map(|deed| (deed.who.as_str(), (deed.at - START) / MINUTE)).collect()
}

#[test]
fn c4_visits_are_joined_over_records_and_devices_of_one_person() {
    // The phone goes on where the laptop stopped; 30 minutes later it is another visit.
    let laptop = record(0, &[(section("a"), 1_000)]);
    let phone = Record { device: Device::Phone, visit: [2; 8], ..record(20, &[(section("b"), 2_000)]) };
    let after = record(52, &[(section("a"), 4_000)]);
    let just_before = record(81, &[(section("c"), 500)]);
    let all = [
        told("laptop", "priya", &laptop),
        told("phone", "priya", &phone),
        told("laptop", "priya", &after),
        told("laptop", "priya", &just_before),
        told("tablet", "dana", &laptop),
    ];
    let story = story(&all, &[], |_| 100);
    let visits: Vec<_> =
        story.visits.iter().map(|it| (it.who.as_str(), (it.from - START) / MINUTE)).collect();
    assert_eq!(visits, [("dana", 0), ("priya", 0), ("priya", 52)]);
    let first = &story.visits[1];
    assert_eq!(first.parts, [(section("a"), 1_000), (section("b"), 2_000)]);
    assert_eq!(first.devices, [("laptop".to_owned(), Device::Desktop), ("phone".to_owned(), Device::Phone)]);
    assert_eq!((first.until - first.from, first.active), (22 * MINUTE, 3_000));
    let priya = &story.people[1];
    assert_eq!((priya.who.as_str(), priya.visits, priya.active), ("priya", 2, 7_500));
    assert_eq!((priya.first, priya.last), (START, START + 83 * MINUTE));
    assert_eq!((story.first, story.last), (Some(START), Some(START + 83 * MINUTE)));
}

#[test]
fn c4_each_part_tells_by_how_many_it_was_read_and_what_that_came_to() {
    // 238 words are read in a minute, so half a minute is reading them.
    let thorough = Record {
        parts: vec![Glance { part: section("a"), active: 31_000, depth: Some(90) }],
        active: 31_000,
        ..record(0, &[])
    };
    let again = record(100, &[(section("a"), 5_000)]);
    let brief = record(0, &[(section("a"), 4_000), (Part::Price, 300)]);
    let all = [told("1", "priya", &thorough), told("1", "priya", &again), told("2", "dana", &brief)];
    let story = story(&all, &[], |_| 238);
    let a = &story.parts[0];
    assert_eq!((&a.part, a.active, a.readers.len()), (&section("a"), 40_000, 2));
    let readers: Vec<_> =
        a.readers.iter().map(|it| (it.who.as_str(), it.reading, it.visits, it.depth)).collect();
    assert_eq!(readers, [("priya", Reading::Read, 2, Some(90)), ("dana", Reading::Seen, 1, None)]);
    assert_eq!((a.readers_who(Reading::Read), a.readers_who(Reading::Seen)), (1, 2));
    let price = &story.parts[1];
    assert_eq!((&price.part, price.readers_who(Reading::Seen), price.readers.len()), (&Part::Price, 0, 1));
}

#[test]
fn c4_deeds_come_from_visits_and_what_is_known_from_elsewhere() {
    let page = Part::Page { file: "f".to_owned(), number: 1 };
    let first = record(0, &[(section("a"), 20_000), (Part::Price, 900)]);
    let mut second = record(2, &[(section("a"), 15_000), (Part::Price, 200), (page.clone(), 61_000)]);
    second.acts.push(Did { what: What::Downloaded, part: page, at: START + 3 * MINUTE });
    second.acts.push(Did { what: What::Printed, part: Part::Plan, at: START + 3 * MINUTE });
    let comment =
        |who: &str, minute| Deed { who: who.to_owned(), at: START + minute * MINUTE, act: Act::Commented };
    let others = [comment("priya", 3), comment("tom", 900)];
    let all = [told("1", "priya", &first), told("1", "priya", &second)];
    let story = story(&all, &others, |_| 238);
    assert_eq!(of(&story, Act::Visited), [("priya", 0)]);
    // The section was read in the second stretch, when both came to half a minute.
    assert_eq!(of(&story, Act::Read), [("priya", 4), ("priya", 4)]);
    assert_eq!(of(&story, Act::OpenedPrice), [("priya", 4)]);
    assert_eq!(of(&story, Act::Downloaded), [("priya", 3)]);
    assert_eq!(of(&story, Act::Commented), [("priya", 3), ("tom", 900)]);
    // Whoever only comments has come as well; the first of all is no surprise.
    assert_eq!(of(&story, Act::Joined), [("tom", 900)]);
    assert_eq!(story.last, Some(START + 900 * MINUTE));
    assert!(story.deeds.is_sorted_by_key(|deed| deed.at));
    let warm = engagement(&story.deeds, START + 900 * MINUTE, 0);
    assert!(warm.index > 50.0, "{warm:?}");
    let known = [Deed { who: "tom".to_owned(), at: START, act: Act::Joined }];
    let again = super::story(&[], &known, |_| 0);
    assert_eq!(of(&again, Act::Joined), [("tom", 0)], "who was announced is not announced again");
}

fn attended(since: u64, part: Part, shown: u64, followed: u64) -> Attended {
    Attended { by: [9; 32], since, part, shown, followed }
}

fn presented(minute: u64, attended: Vec<Attended>) -> Record {
    let from = START + minute * MINUTE;
    Record::of_presentations([2; 8], Device::Desktop, (from, from + MINUTE), attended).unwrap()
}

#[test]
fn a10_presentations_are_listed_with_who_attended_and_weigh_nothing() {
    let read = record(0, &[(Part::Price, 60_000)]);
    let one = presented(0, vec![attended(5, Part::Price, 60_000, 50_000)]);
    let two = presented(
        2,
        vec![
            attended(5, section("a"), 8_000, 0),
            attended(5, Part::Price, 1_000, 1_000),
            attended(4, Part::Plan, 9, 9),
        ],
    );
    let all = [
        told("1", "priya", &one),
        told("1", "priya", &read),
        told("2", "priya", &two),
        told("3", "dana", &two),
    ];
    let story = super::story(&all, &[], |_| 100);
    assert_eq!(story.meetings.iter().map(|it| it.since).collect::<Vec<_>>(), [4, 5]);
    let people: Vec<_> =
        story.meetings[1].people.iter().map(|it| (it.who.as_str(), it.shown(), it.followed())).collect();
    assert_eq!(people, [("dana", 9_000, 1_000), ("priya", 69_000, 51_000)]);
    let priya = &story.meetings[1].people[1];
    assert_eq!((priya.from, priya.until), (START, START + 3 * MINUTE));
    assert_eq!(priya.parts, [attended(5, Part::Price, 61_000, 51_000), attended(5, section("a"), 8_000, 0)]);
    // All else is as if nobody had presented: whoever only attended was not on a visit.
    let without = super::story(&[told("1", "priya", &read)], &[], |_| 100);
    assert_eq!(Story { meetings: Vec::new(), ..story }, without);
}

#[test]
fn a_room_in_which_nobody_was_has_no_story() {
    assert_eq!(story(&[], &[], |_| 0), Story::default());
}

/// In whatever order the records come, they tell the same, and no time is lost.
#[test]
fn the_order_of_records_means_nothing() {
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let parts = [Part::Overview, Part::Price, section("a"), section("b"), Part::Signing];
        let people = [("1", "priya"), ("2", "priya"), ("3", "dana")];
        let mut records = Vec::new();
        for _ in 0..random.usize(1..40) {
            let mut some: Vec<(Part, u64)> = Vec::new();
            for part in &parts {
                if random.bool() {
                    some.push((part.clone(), random.u64(..90_000)));
                }
            }
            let claims = if random.u8(..20) == 0 { u64::MAX } else { 0 };
            let record = record(random.u64(..600), &some);
            let some =
                (0..random.usize(..3)).map(|_| attended(random.u64(..2), section("a"), random.u64(..9), 1));
            let attended = some.collect();
            let until = record.until.max(claims);
            records.push((people[random.usize(..3)], Record { until, attended, ..record }));
        }
        let tell = |records: &[((&'static str, &'static str), Record)]| {
            let told: Vec<Told<'_>> =
                records.iter().map(|((device, who), it)| told(device, who, it)).collect();
            story(&told, &[], |_| 120)
        };
        let whole = tell(&records);
        let active: u64 = records.iter().map(|(_, record)| record.active).sum();
        assert_eq!(whole.visits.iter().map(|it| it.active).sum::<u64>(), active, "seed {seed}");
        assert_eq!(whole.people.iter().map(|it| it.active).sum::<u64>(), active, "seed {seed}");
        assert_eq!(whole.parts.iter().map(|it| it.active).sum::<u64>(), active, "seed {seed}");
        random.shuffle(&mut records);
        assert_eq!(tell(&records), whole, "seed {seed}");
    }
}
