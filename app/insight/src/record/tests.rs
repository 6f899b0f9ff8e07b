use std::collections::BTreeMap;

use super::*;
use crate::attention::{Attention, Happening};

fn parts() -> Vec<Part> {
    let page = |number| Part::Page { file: "0011223344556677".to_owned(), number };
    let section = |name: &str| Part::Section(name.to_owned());
    vec![
        Part::Overview,
        section("main"),
        section("s2"),
        Part::Price,
        Part::Plan,
        Part::Files,
        page(1),
        page(2_000),
        Part::Signing,
    ]
}

#[test]
fn parts_come_back_from_their_names() {
    for part in parts() {
        assert_eq!(Part::parse(&part.name()), Some(part));
    }
    // Names of files may have anything in them.
    let odd = Part::Page { file: "a/7/ b".to_owned(), number: 3 };
    assert_eq!(Part::parse(&odd.name()), Some(odd));
    for other in
        ["", "section", "section/", "page/x/f", "page/007/f", "page/1", "page/1/", "price/x", "offer"]
    {
        assert_eq!(Part::parse(other), None, "{other}");
    }
}

/// Whatever happens, in whatever stretches it is noted: what the records say together is what was counted in all, to the
/// millisecond.
#[test]
fn c1_stretches_of_a_visit_add_up_to_what_was_counted() {
    let parts = parts();
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut attention, mut now, mut records) = (Attention::default(), 0, Vec::new());
        let mut since = 0;
        for _ in 0..300 {
            now += [0, 1, 333, 1_000, 2_500, 100_000][random.usize(..6)];
            let happening = match random.u8(..8) {
                0 => Happening::Visible(random.u8(..4) > 0),
                1 => Happening::Focused(random.u8(..4) > 0),
                2 | 3 => Happening::Used,
                4 => Happening::Playing(random.bool()),
                5 => {
                    let count = random.usize(..4);
                    let some = random.choose_multiple(parts.iter(), count);
                    let some = some.into_iter().map(|part| (part.name(), random.u32(1..900)));
                    Happening::InSight(some.collect())
                }
                _ => Happening::Alive,
            };
            attention.take(now, happening);
            if random.u8(..12) == 0 {
                let counted = attention.drain();
                records.extend(Record::of([1; 8], Device::Phone, (since, now), &counted, Vec::new()));
                since = now;
            }
        }
        let counted = attention.drain();
        records.extend(Record::of([1; 8], Device::Phone, (since, now), &counted, Vec::new()));
        let active: u64 = records.iter().map(|record| record.active).sum();
        assert_eq!(active, attention.active(), "seed {seed}");
        let mut read: BTreeMap<String, u64> = BTreeMap::new();
        for glance in records.iter().flat_map(|record| &record.parts) {
            *read.entry(glance.part.name()).or_default() += glance.active;
        }
        let whole = attention.parts().map(|(part, read)| (part.to_owned(), read)).collect();
        assert_eq!(read, whole, "seed {seed}");
    }
}

#[test]
fn c1_the_order_and_the_depth_of_reading_are_kept_and_nothing_is_no_record() {
    let mut attention = Attention::default();
    for happening in [Happening::Visible(true), Happening::Focused(true), Happening::Used] {
        attention.take(0, happening);
    }
    assert_eq!(Record::of([1; 8], Device::Desktop, (0, 9), &attention.drain(), Vec::new()), None);
    let mut now = 0;
    for part in [Part::Price, Part::Section("main".to_owned()), Part::Price] {
        attention.take(now, Happening::InSight(vec![(part.name(), 10)]));
        now += 1_500;
        attention.take(now, Happening::Alive);
    }
    attention.take(now, Happening::Reached("section/main".to_owned(), 60));
    attention.take(now, Happening::Reached("section/main".to_owned(), 40));
    let did = Did { what: What::Copied, part: Part::Price, at: now };
    let record = Record::of([1; 8], Device::Desktop, (0, now), &attention.drain(), vec![did]).unwrap();
    let glance = |part, active, depth| Glance { part, active, depth };
    let expected =
        [glance(Part::Price, 3_000, None), glance(Part::Section("main".to_owned()), 1_500, Some(60))];
    assert_eq!(record.parts, expected);
    assert_eq!((record.active, record.acts.len()), (4_500, 1));
}

fn attended(part: Part, shown: u64, followed: u64) -> Attended {
    Attended { by: [8; 32], since: 77, part, shown, followed }
}

#[test]
fn halves_say_together_what_the_whole_does() {
    let glances = parts().into_iter().enumerate();
    let glances = glances.map(|(at, part)| Glance { part, active: 10 + at as u64, depth: None });
    let did = |at| Did { what: What::Printed, part: Part::Plan, at };
    let whole = Record {
        visit: [2; 8],
        device: Device::Tablet,
        from: 5,
        until: 900,
        active: 700,
        parts: glances.collect(),
        acts: vec![did(6), did(7), did(8)],
        attended: vec![
            attended(Part::Price, 7, 5),
            attended(Part::Plan, 9, 9),
            attended(Part::Overview, 1, 0),
        ],
    };
    let (one, other) = whole.halves().unwrap();
    assert_eq!(one.active + other.active, whole.active);
    assert_eq!([one.parts.clone(), other.parts.clone()].concat(), whole.parts);
    assert_eq!([one.acts.clone(), other.acts.clone()].concat(), whole.acts);
    assert_eq!([one.attended.clone(), other.attended.clone()].concat(), whole.attended);
    for half in [&one, &other] {
        assert!(half.parts.iter().map(|it| it.active).sum::<u64>() <= half.active);
    }
    let single = Record { parts: one.parts[..1].to_vec(), acts: Vec::new(), attended: Vec::new(), ..one };
    assert_eq!(single.halves(), None);
}

#[test]
fn stretches_of_a_visit_are_one_that_says_the_same() {
    let glance = |part: Part, active, depth| Glance { part, active, depth };
    let one = Record {
        visit: [1; 8],
        device: Device::Phone,
        from: 1_000,
        until: 3_000,
        active: 2_000,
        parts: vec![glance(Part::Price, 1_500, None), glance(Part::Section("a".into()), 500, Some(20))],
        acts: vec![Did { what: What::Copied, part: Part::Price, at: 2_000 }],
        attended: vec![attended(Part::Price, 1_000, 400)],
    };
    let later = Record {
        from: 3_000,
        until: 9_000,
        active: 4_000,
        parts: vec![glance(Part::Section("a".into()), 3_000, Some(10)), glance(Part::Plan, 1_000, None)],
        acts: vec![Did { what: What::Printed, part: Part::Plan, at: 8_000 }],
        attended: vec![
            Attended { since: 78, ..attended(Part::Price, 1, 1) },
            attended(Part::Price, 600, 600),
        ],
        ..one.clone()
    };
    let both = one.clone().with(&later);
    assert_eq!((both.from, both.until, both.active, both.acts.len()), (1_000, 9_000, 6_000, 2));
    assert_eq!(
        both.parts,
        [
            glance(Part::Price, 1_500, None),
            glance(Part::Section("a".into()), 3_500, Some(20)),
            glance(Part::Plan, 1_000, None),
        ]
    );
    let other = Attended { since: 78, ..attended(Part::Price, 1, 1) };
    assert_eq!(both.attended, [attended(Part::Price, 1_600, 1_000), other]);
}
