//! Frozen rooms: one form in bytes for one state, and the part that was changed by name.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use std::collections::{BTreeMap, BTreeSet};

use exchange::frozen::{
    Attachment, Changes, Digest, Frozen, FrozenError, FrozenSection, Part, Topic, What, pack, unpack,
};
use model::{BlobHash, SectionId, hex};
use terms::{
    plan::{Due, Offset, Plan, Side, Stage, Step, Who},
    portal::{Contact, Logo, Portal},
    price::{Choices, Decimal, Detail, Discount, Kept, Line, Package, PriceList, Recurrence},
};
use text::{Attrs, Delta, Document, Fate, Grid, Table, Value};

fn section(name: &str) -> SectionId {
    SectionId::parse(name).unwrap()
}

/// The example of docs/formats.md.
fn example() -> Frozen {
    let heading = Attrs::none().with("header", Value::Int(1));
    let bold = Attrs::none().with("bold", Value::True);
    let text = Delta::new().insert("Hi ").insert_with("you", bold).insert_with("\n", heading);
    let text = Document::from_delta(&text);
    Frozen {
        title: "Pilot".into(),
        sections: vec![FrozenSection { id: section("main"), name: String::new(), text, tables: Vec::new() }],
        ..Frozen::default()
    }
}

/// One with something of everything.
fn full() -> Frozen {
    let table = Attrs::none().with("x-table", Value::Text("t1".into()));
    let image = Attrs::none()
        .with("x-image", Value::Text("ab".repeat(32)))
        .with("x-size", Value::Text("4x3".into()))
        .with("x-alt", Value::Text("Two signs".into()));
    let text = Delta::new().insert("😀 words\n").insert_with("\n", table).insert_with("\n", image);
    let cells = |words: [&str; 2]| words.map(|word| Delta::new().insert(word)).to_vec();
    let grid = Grid::new(
        Table {
            id: "t1".into(),
            header: true,
            aligns: vec![text::Align::Start, text::Align::End],
            rows: vec![cells(["Step", "Weeks"]), cells(["", "2"])],
        },
        vec!["r0".into(), "r1".into()],
        vec!["c0".into(), "c1".into()],
    );
    let number = |text: &str| Decimal::parse(text).unwrap();
    let price = PriceList {
        lines: vec![
            Line {
                id: "a".into(),
                name: "Licences".into(),
                quantity: number("10"),
                least: Some(number("1")),
                most: Some(number("20")),
                price: number("12.5"),
                recurrence: Recurrence::Monthly,
                discount: Some(Discount::Percent(number("4"))),
                optional: Some(true),
                ..Line::default()
            },
            Line {
                id: "b".into(),
                name: "Setup".into(),
                discount: Some(Discount::Amount(number("0.000001"))),
                package: Some(Package { group: "Start".into(), name: "Quick".into() }),
                ..Line::default()
            },
        ],
        valid_until: "2027-01-31".into(),
        ..PriceList::default()
    };
    let choices = price.settled(&Choices {
        quantities: BTreeMap::from([("a".into(), number("12")), ("gone".into(), number("1"))]),
        ..Choices::default()
    });
    let step = Step {
        id: "s2".into(),
        stage: "s".into(),
        name: "Sign".into(),
        side: Side::Buyer,
        who: Who::Person("Ann".into()),
        due: Due::Step("s1".into(), Offset { days: -3, working: true }),
        takes: 2,
        after: vec!["s1".into(), "s0".into()],
        ..Step::default()
    };
    let plan = Plan {
        goal: "Go live".into(),
        target: terms::plan::Day::parse("2027-03-01"),
        stages: vec![Stage { id: "s".into(), name: "Decide".into() }],
        steps: vec![step],
    };
    let side = Side::Buyer;
    Frozen {
        title: "Pilot".into(),
        portal: Portal { seller: "Handsel".into(), hue: Some(210), ..Portal::default() },
        contacts: vec![Contact { id: "p".into(), name: "Ann".into(), side, ..Contact::default() }],
        variables: BTreeMap::from([("b".into(), "2".into()), ("a".into(), "1".into())]),
        sections: vec![
            FrozenSection {
                id: section("main"),
                name: "Why".into(),
                text: Document::from_delta(&text),
                tables: vec![grid],
            },
            FrozenSection {
                id: section("b2"),
                name: String::new(),
                text: Document::new(),
                tables: Vec::new(),
            },
        ],
        price,
        choices,
        plan,
        confirmed: BTreeSet::from(["s2".into()]),
        files: vec![Attachment {
            folder: "Legal".into(),
            name: "Terms.pdf".into(),
            size: 70_000,
            hash: BlobHash([7; 32]),
        }],
    }
}

/// One with a logo, whose price has tiers and hides columns.
fn tiered() -> Frozen {
    let number = |text: &str| Decimal::parse(text).unwrap();
    let mut frozen = full();
    frozen.portal.logo = Some(Logo { blob: BlobHash([9; 32]), alt: "A key".into() });
    frozen.price.hidden = BTreeSet::from([Detail::Tax, Detail::Each]);
    let line = &mut frozen.price.lines[0];
    line.tiers = BTreeMap::from([(number("10"), number("9")), (number("15.5"), number("8.25"))]);
    line.kept = Some(Kept { quantity: number("10"), price: number("12.5") });
    frozen
}

/// What a state reads as: what the form leaves out or sorts.
fn as_read(mut frozen: Frozen) -> Frozen {
    for step in &mut frozen.plan.steps {
        step.after.sort();
        step.answered = 0;
    }
    frozen
}

#[test]
fn the_example_has_the_bytes_that_are_documented() {
    let bytes = example().encode();
    assert_eq!(hex(&bytes), EXAMPLE);
    assert_eq!(hex(&Digest::of(&bytes).unwrap().whole), EXAMPLE_HASH);
}

const EXAMPLE: &str = "68616e6473656c2066726f7a656e20310604706167650b22c842f89366eb53b05a38661237a3fe03e256a482e4f590193cb5\
    8bda41de72097661726961626c657301507e38d37fb90d656d626a9239e99135a347e34399aca923e0a29b34982036140c73\
    656374696f6e2f6d61696e1fd3e7db112d9ce83fb453365f305a2e57e7b0c67b413a6e2383ccfc71b9c9a994057072696365\
    1255b4d26e894b3c228623a2ed17ee68fc1b56745f928a9b0218c7bb1c4293c3bd04706c616e0576e7bdc11902d7ed647150\
    cea152f1e8ddcc89e3fe059f5961ca648e4dd3d70d0566696c657301cbd85a23c8a208e1b8e7ebdfef2822395b9256b2ca29\
    e293f447a60ce36b3ea40550696c6f740000000000000003034869200003796f750104626f6c6401010a0106686561646572\
    020200034555520c00013001300130013000000000000000000000";
const EXAMPLE_HASH: &str = "b8faedb62545835a663bb0f64d3718e5c75e832ebb2ff5477b24699a1b106f3d";

#[test]
fn a_frozen_room_reads_as_it_was() {
    for frozen in [Frozen::default(), example(), full(), tiered()] {
        let bytes = frozen.encode();
        assert_eq!(Frozen::decode(&bytes), Ok(as_read(frozen)));
        assert_eq!(unpack(&pack(&bytes)), Ok(bytes));
    }
    let quantity = full().choices.quantities;
    assert_eq!(quantity.len(), 1, "what cannot be chosen is no part of it: {quantity:?}");
    assert_eq!(full().images(), [BlobHash([0xab; 32])]);
    assert_eq!(tiered().images(), [BlobHash([9; 32]), BlobHash([0xab; 32])]);
}

#[test]
fn each_changed_byte_is_found_in_its_part() {
    let bytes = tiered().encode();
    let digest = Digest::of(&bytes).unwrap();
    // Where each part begins: they stand one after another at the end.
    let mut parts: Vec<Part> = Vec::new();
    let mut wrong = bytes.clone();
    for at in (0..bytes.len()).rev() {
        wrong[at] ^= 0x40;
        match Frozen::decode(&wrong) {
            Err(FrozenError::Changed(part)) => {
                if parts.last() != Some(&part) {
                    parts.push(part);
                }
            }
            Err(FrozenError::List | FrozenError::NotFrozen | FrozenError::OtherVersion) => {}
            other => panic!("byte {at}: {other:?}"),
        }
        assert_eq!(Digest::of(&wrong).err(), Frozen::decode(&wrong).err());
        wrong[at] = bytes[at];
    }
    let wanted: Vec<Part> = digest.parts.iter().rev().map(|(part, _)| part.clone()).collect();
    assert_eq!(parts[..wanted.len()], wanted);
}

#[test]
fn parts_that_differ_are_told() {
    let digest = |frozen: &Frozen| Digest::of(&frozen.encode()).unwrap();
    let before = full();
    let mut after = full();
    after.price.lines[0].price = Decimal::ONE;
    after.sections.remove(1);
    after.sections[0].name = "Why now".into();
    let told = digest(&after).differing(&digest(&before));
    assert_eq!(told, [Part::Section(section("main")), Part::Price, Part::Section(section("b2"))]);
    assert_eq!(digest(&before).differing(&digest(&before)), []);
    let mut moved = full();
    moved.sections.reverse();
    assert_eq!(digest(&moved).differing(&digest(&before)), []);
    assert_ne!(digest(&moved).whole, digest(&before).whole);
}

#[test]
fn anything_else_is_refused() {
    let bytes = full().encode();
    let check = |bytes: &[u8], wanted: FrozenError| assert_eq!(Frozen::decode(bytes), Err(wanted));
    check(b"", FrozenError::NotFrozen);
    check(b"handsel room 1 ..", FrozenError::NotFrozen);
    check(&[b"handsel frozen 3", &bytes[16..]].concat(), FrozenError::OtherVersion);
    // What needs no newer version is not written in one, and what needs it not in the older.
    check(&[b"handsel frozen 2", &bytes[16..]].concat(), FrozenError::Unreadable(Part::Page));
    let newer = tiered().encode();
    assert!(newer.starts_with(b"handsel frozen 2"));
    check(&[b"handsel frozen 1", &newer[16..]].concat(), FrozenError::Unreadable(Part::Page));
    check(&[&bytes[..], b"x"].concat(), FrozenError::Trailing);
    check(&bytes[..bytes.len() - 1], FrozenError::List);
    check(&vec![0; model::limits::FROZEN_MAX + 1], FrozenError::TooLarge);
    check(b"handsel frozen 1\0", FrozenError::List);
    // A part that says the same in another way is another one.
    let mut unsorted = full();
    unsorted.files.insert(0, Attachment { folder: "Z".into(), ..unsorted.files[0].clone() });
    check(&unsorted.encode(), FrozenError::Unreadable(Part::Files));

    assert_eq!(unpack(&[]), Err(FrozenError::NotFrozen));
    assert_eq!(unpack(&[9, 1]), Err(FrozenError::OtherVersion));
    assert_eq!(unpack(&[1, 0xff, 0xff]), Err(FrozenError::NotFrozen));
    let bomb = pack(&vec![0; model::limits::FROZEN_MAX + 1]);
    assert_eq!(unpack(&bomb), Err(FrozenError::TooLarge));
}

#[test]
fn no_bytes_stop_the_reader() {
    let bytes = tiered().encode();
    let seed = 20_261_129;
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..5_000 {
        let mut wrong = bytes.clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(0..wrong.len());
            match random.u8(0..3) {
                0 => wrong[at] = random.u8(..),
                1 => drop(wrong.remove(at)),
                _ => wrong.insert(at, random.u8(..)),
            }
        }
        if let Ok(read) = Frozen::decode(&wrong) {
            assert_eq!(read.encode(), wrong, "seed {seed}");
        }
    }
}

#[test]
fn what_changed_is_told_in_words_cells_and_figures() {
    assert!(Changes::between(&full(), &full()).is_empty());
    let old = full();
    let mut new = full();
    new.price.lines[0].quantity = Decimal::whole(12);
    new.plan.steps[0].due = Due::Open;
    new.contacts.clear();
    new.sections[0].name = "Why now".into();
    new.sections[0].tables[0].table.rows[1][1] = Delta::new().insert("3");
    new.sections[1].id = section("c3");
    let changes = Changes::between(&old, &new);
    let told: Vec<_> = changes
        .terms
        .iter()
        .map(|it| (it.topic.clone(), it.what, it.fate, it.before.as_str(), it.after.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Topic::Person("Ann".into()), What::Whole, Fate::Deleted, "", ""),
            (Topic::Line("Licences".into()), What::Quantity, Fate::Kept, "10", "12"),
            (Topic::Step("Sign".into()), What::Due, Fate::Kept, " -3w", ""),
        ]
    );
    let told = Changes::between(&full(), &tiered()).terms;
    let told: Vec<_> = told.iter().map(|it| (it.what, it.before.as_str(), it.after.as_str())).collect();
    let logo = format!("{} A key", "09".repeat(32));
    assert_eq!(
        told,
        [
            (What::Logo, "", logo.as_str()),
            (What::Hidden, "", "each, tax"),
            (What::Tiers, "", "10 EUR 9, 15.5 EUR 8.25"),
            (What::Kept, "", "10 EUR 12.5"),
        ]
    );
    let fates: Vec<_> = changes.sections.iter().map(|it| (it.id.as_str(), it.fate)).collect();
    assert_eq!(fates, [("main", Fate::Kept), ("b2", Fate::Deleted), ("c3", Fate::Inserted)]);
    let first = &changes.sections[0];
    assert_eq!((first.name.as_str(), first.before.as_deref()), ("Why now", Some("Why")));
    let cells = &first.tables[0].rows[1].1;
    assert!(cells[0].1.is_same() && !cells[1].1.is_same());
    assert!(first.text.lines.iter().any(|line| line.other_table));

    let mut moved = full();
    moved.sections.reverse();
    let changes = Changes::between(&old, &moved);
    assert_eq!(changes.sections.len(), 1, "one of two moved: {changes:?}");
    assert!(changes.sections[0].moved);
}
