//! What the rest of the program relies on, one promise a test.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use model::SectionId;
use replica::{Content, EditKind, Offer, Refused, merge};
use text::{Align, Attrs, Delta, Selection, Table, Value};

fn main_section() -> SectionId {
    SectionId::parse("main").unwrap()
}

fn content(text: &str) -> Content {
    let mut content = Content::new(7);
    content.add_section(&main_section(), &Delta::new().insert(text), &[]).unwrap();
    content
}

fn edit(content: &mut Content, delta: &Delta, kind: EditKind, at: (usize, usize), now: u64) {
    let around = (Selection::caret(at.0), Selection::caret(at.1));
    content.edit(&main_section(), delta, kind, around, now).unwrap();
}

fn plain(content: &mut Content) -> String {
    text::Document::from_delta(&content.read(&main_section()).unwrap()).text()
}

#[test]
fn changes_that_reach_past_the_end_are_cut_there() {
    let mut content = content("ab\n");
    edit(&mut content, &Delta::new().retain(1).delete(99), EditKind::Other, (1, 1), 0);
    assert_eq!(plain(&mut content).trim_end(), "a");
    let format =
        Delta::new().retain(500).insert("x").retain_with(50, Attrs::none().with("bold", Value::True));
    edit(&mut content, &format, EditKind::Other, (0, 0), 0);
    assert_eq!(plain(&mut content).trim_end(), "ax");
}

#[test]
fn a_copy_is_given_what_it_lacks() {
    let mut first = content("ab\n");
    let mut second = Content::new(8);
    second.receive(&first.state().unwrap()).unwrap();
    first.take_updates();
    edit(&mut first, &Delta::new().retain(1).insert("x"), EditKind::Typing, (1, 2), 0);
    // One client, 7, of whom four ticks are known: the section's order, two letters and a line end.
    let lacks = first.state_since(&[1, 7, 4]).unwrap();
    assert!(lacks.len() < first.state().unwrap().len());
    second.receive(&lacks).unwrap();
    assert_eq!(plain(&mut second), "axb\n");
    assert!(matches!(first.state_since(&[9, 9]), Err(Refused::Damaged(_))));
}

#[test]
fn several_changes_as_one_wait_for_the_one_between_them() {
    let mut first = content("\n");
    let start = first.take_updates();
    let changes: Vec<Vec<u8>> = ["a", "b", "c"]
        .iter()
        .zip(0..)
        .flat_map(|(word, at)| {
            edit(&mut first, &Delta::new().retain(at).insert(word), EditKind::Typing, (at, at + 1), 0);
            first.take_updates()
        })
        .collect();
    let around = merge(&[changes[0].clone(), changes[2].clone()]).unwrap();
    let mut second = Content::new(8);
    start.iter().for_each(|update| drop(second.receive(update).unwrap()));
    second.receive(&around).unwrap();
    assert!(second.is_waiting());
    second.receive(&changes[1]).unwrap();
    assert!(!second.is_waiting());
    assert_eq!(plain(&mut second), "abc\n");
}

#[test]
fn offsets_count_utf16_units() {
    let mut content = content("😀b\n");
    edit(&mut content, &Delta::new().retain(2).insert("a"), EditKind::Typing, (2, 3), 0);
    assert_eq!(plain(&mut content), "😀ab\n");
}

#[test]
fn typing_without_a_pause_is_one_step_and_a_pause_or_another_kind_begins_a_new_one() {
    let mut content = content("\n");
    for (at, word, now) in [(0, "a", 0), (1, "b", 200), (2, "c", 2_000)] {
        edit(&mut content, &Delta::new().retain(at).insert(word), EditKind::Typing, (at, at + 1), now);
    }
    edit(&mut content, &Delta::new().retain(2).delete(1), EditKind::Deleting, (3, 2), 2_100);
    let mut seen = Vec::new();
    while let Some(restored) = content.undo() {
        seen.push((plain(&mut content), restored.selection.map(|(_, selection)| selection.head)));
    }
    assert_eq!(seen, [("abc\n".into(), Some(3)), ("ab\n".into(), Some(2)), ("\n".into(), Some(0))]);
    while content.redo().is_some() {}
    assert_eq!(plain(&mut content), "ab\n");
}

#[test]
fn what_came_from_elsewhere_is_not_undone_and_not_passed_on_as_ones_own() {
    let mut one = content("\n");
    let mut two = Content::new(8);
    one.take_updates().iter().for_each(|update| drop(two.receive(update).unwrap()));
    assert!(two.take_updates().is_empty());
    assert!(two.undo().is_none());
    edit(&mut one, &Delta::new().insert("mine"), EditKind::Typing, (0, 4), 0);
    let events: Vec<_> = one.take_updates().iter().flat_map(|update| two.receive(update).unwrap()).collect();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].delta, Delta::new().insert("mine"));
    assert!(two.receive(&one.state().unwrap()).unwrap().is_empty(), "the same again changes nothing");
}

#[test]
fn anchors_follow_the_text_and_stay_in_front_of_what_others_type() {
    let mut content = content("Hello world\n");
    let anchor = content.anchor(&main_section(), 5);
    edit(&mut content, &Delta::new().insert(">> "), EditKind::Typing, (0, 3), 0);
    edit(&mut content, &Delta::new().retain(8).insert("!"), EditKind::Typing, (8, 9), 0);
    assert_eq!(content.resolve(&anchor), Some(8));
    assert_eq!(content.resolve(b"nonsense"), None);
    assert_eq!(content.resolve(&[]), None);
}

#[test]
fn tables_come_back_as_they_went_in() {
    let row = |cells: &[&str]| cells.iter().map(|cell| Delta::new().insert(cell)).collect::<Vec<_>>();
    let mut rows = vec![row(&["Step", "Weeks"]), row(&["Pilot", "2"])];
    rows[1][0] = Delta::new().insert_with("Pilot", Attrs::none().with("bold", Value::True));
    let table = Table { id: "t1".into(), header: true, aligns: vec![Align::Start, Align::End], rows };
    let line = Delta::new().insert_with("\n", Attrs::none().with("x-table", Value::Text("t1".into())));
    let mut content = Content::new(7);
    content.add_section(&main_section(), &line, std::slice::from_ref(&table)).unwrap();
    assert_eq!(content.table("t1"), Some(table.clone()));
    assert_eq!(content.table("t2"), None);
    let mut other = Content::new(8);
    other.receive(&content.state().unwrap()).unwrap();
    assert_eq!(other.table("t1"), Some(table));
}

#[test]
fn the_offer_keeps_the_last_title() {
    let mut one = Offer::new(1);
    one.set_title("Month-end").unwrap();
    one.set_title("Month-end in four days").unwrap();
    let mut two = Offer::new(2);
    two.receive(&merge(&one.take_updates()).unwrap()).unwrap();
    assert_eq!(two.title(), "Month-end in four days");
    assert_eq!(Offer::new(3).title(), "");
}

#[test]
fn damaged_updates_are_refused_and_leave_the_document_usable() {
    let mut source = content("Hello world, this is a text with some length\n");
    edit(&mut source, &Delta::new().retain(5).delete(6), EditKind::Other, (5, 5), 0);
    let updates = source.take_updates();
    let count: u64 = std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let mut target = Content::new(9);
    let mut refused = 0;
    for seed in 0..count {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut update = updates[random.usize(..updates.len())].clone();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..update.len());
            match random.u8(..3) {
                0 => update[at] = random.u8(..),
                1 => update.truncate(at.max(1)),
                _ => update.insert(at, random.u8(..)),
            }
        }
        refused += u32::from(target.receive(&update).is_err());
        // The state must always be there to be read and written.
        if seed % 64 == 0 {
            target.state().unwrap();
            target.read(&main_section()).unwrap();
            target = Content::new(9 + seed);
        }
    }
    assert!(refused > 0);
    assert_eq!(Content::new(1).receive(&vec![0; model::limits::ENTRY_MAX + 1]), Err(Refused::TooLarge));
}
