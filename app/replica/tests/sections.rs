//! Copies that add, move, name, delete, bring back and write sections apart end with the same document, and what was
//! written in a section that stands is there.
//!
//! `HANDSEL_SCENARIOS` sets how many are played; each prints its number when it fails, which is its seed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use fastrand::Rng;
use model::SectionId;
use replica::{Content, EditKind, Moment, NewSection, Restored, Spot};
use text::{Delta, Document, Selection};

fn named(name: &str) -> SectionId {
    SectionId::parse(name).unwrap()
}

fn new_section(id: &SectionId, text: &str) -> NewSection {
    NewSection { id: id.clone(), name: String::new(), text: Delta::new().insert(text), tables: Vec::new() }
}

fn moment(before: &SectionId, after: &SectionId) -> Moment {
    let caret = |section: &SectionId| Some((section.clone(), Selection::caret(0)));
    Moment { before: caret(before), after: caret(after), now: 0 }
}

fn ids(content: &Content) -> Vec<String> {
    content.sections().unwrap().iter().map(|section| section.id.as_str().to_owned()).collect()
}

/// Where undo puts the caret.
fn caret(restored: &Restored) -> Option<(String, usize)> {
    match &restored.selection {
        Some((Spot::Section(section), selection)) => Some((section.as_str().to_owned(), selection.head)),
        _ => None,
    }
}

fn words(content: &mut Content, section: &SectionId) -> String {
    Document::from_delta(&content.read(section).unwrap()).text()
}

fn write(content: &mut Content, section: &SectionId, at: usize, words: &str) {
    let around = (Selection::caret(at), Selection::caret(at + text::utf16_len(words)));
    let delta = Delta::new().retain(at).insert(words);
    content.edit(section, &delta, EditKind::Other, around, 0).unwrap();
}

/// A document with sections `a`, `b` and `c`, and a copy of it.
fn two() -> (Content, Content) {
    let (mut one, mut other) = (Content::new(1), Content::new(2));
    for name in ["a", "b", "c"] {
        one.append_section(&new_section(&named(name), name)).unwrap();
    }
    pass(&mut one, &mut other);
    (one, other)
}

fn pass(from: &mut Content, to: &mut Content) {
    from.take_updates().iter().for_each(|update| drop(to.receive(update).unwrap()));
}

#[test]
fn a_section_is_added_named_moved_and_deleted_and_undo_takes_each_back() {
    let (mut content, _) = two();
    let (a, c, new) = (named("a"), named("c"), named("new1"));
    content.insert_section(&new_section(&new, ""), Some(&a), &moment(&a, &new)).unwrap();
    assert_eq!(ids(&content), ["a", "new1", "b", "c"]);
    content.rename_section(&new, "Price", &moment(&new, &new)).unwrap();
    assert_eq!(content.sections().unwrap()[1].name, "Price");
    content.move_section(&new, Some(&c), &moment(&new, &new)).unwrap();
    assert_eq!(ids(&content), ["a", "b", "c", "new1"]);
    content.move_section(&new, None, &moment(&new, &new)).unwrap();
    assert_eq!(ids(&content), ["new1", "a", "b", "c"]);
    content.delete_section(&new, &moment(&new, &a)).unwrap();
    assert_eq!(ids(&content), ["a", "b", "c"]);

    let back = content.undo().unwrap();
    assert_eq!(ids(&content), ["new1", "a", "b", "c"]);
    assert_eq!(caret(&back), Some(("new1".into(), 0)), "the caret is where it was");
    content.undo().unwrap();
    assert_eq!(ids(&content), ["a", "b", "c", "new1"]);
    content.undo().unwrap();
    assert_eq!(ids(&content), ["a", "new1", "b", "c"]);
    content.undo().unwrap();
    assert_eq!(content.sections().unwrap()[1].name, "");
    let first = content.undo().unwrap();
    assert_eq!(ids(&content), ["a", "b", "c"]);
    assert_eq!(caret(&first), Some(("a".into(), 0)));
    assert!(content.undo().is_none(), "the document's start is nobody's step");
    for _ in 0..5 {
        content.redo().unwrap();
    }
    assert_eq!(ids(&content), ["a", "b", "c"]);
    assert!(content.redo().is_none());
}

#[test]
fn a_deleted_section_comes_back_with_what_others_wrote_meanwhile() {
    let (mut one, mut other) = two();
    let (a, b) = (named("a"), named("b"));
    write(&mut one, &b, 1, "!");
    pass(&mut one, &mut other);
    one.delete_section(&b, &moment(&b, &a)).unwrap();
    write(&mut other, &b, 2, " and more");
    pass(&mut one, &mut other);
    pass(&mut other, &mut one);
    assert_eq!((ids(&one), ids(&other)), (vec!["a".into(), "c".into()], vec!["a".into(), "c".into()]));
    one.undo().unwrap();
    pass(&mut one, &mut other);
    assert_eq!(ids(&other), ["a", "b", "c"]);
    assert_eq!(words(&mut one, &b), "b! and more\n");
    assert_eq!(words(&mut other, &b), "b! and more\n");
}

#[test]
fn a_section_can_be_brought_back_after_other_work() {
    let (mut content, _) = two();
    let (a, b) = (named("a"), named("b"));
    let order = content.delete_section(&b, &moment(&b, &a)).unwrap().unwrap();
    write(&mut content, &a, 0, "later ");
    content.bring_back(&b, &order, &moment(&a, &b)).unwrap();
    assert_eq!(ids(&content), ["a", "b", "c"]);
    content.bring_back(&b, &order, &moment(&a, &b)).unwrap();
    content.undo().unwrap();
    assert_eq!(ids(&content), ["a", "c"], "bringing back is a step, and twice is once");
    assert_eq!(words(&mut content, &a), "later a\n");
}

#[test]
fn undoing_a_new_section_leaves_it_to_whoever_wrote_in_it() {
    let (mut one, mut other) = two();
    let (a, new) = (named("a"), named("new1"));
    one.insert_section(&new_section(&new, "draft"), Some(&a), &moment(&a, &new)).unwrap();
    pass(&mut one, &mut other);
    write(&mut other, &new, 5, " by two");
    pass(&mut other, &mut one);
    assert!(one.undo().is_some());
    assert_eq!(ids(&one), ["a", "new1", "b", "c"]);
    pass(&mut one, &mut other);
    assert_eq!(ids(&other), ids(&one));
    assert_eq!(words(&mut one, &new), "draft by two\n");
}

#[test]
fn one_moves_what_the_other_deletes_and_it_stays() {
    let (mut one, mut other) = two();
    let (a, b, c) = (named("a"), named("b"), named("c"));
    one.delete_section(&b, &moment(&b, &a)).unwrap();
    other.move_section(&b, Some(&c), &moment(&b, &b)).unwrap();
    pass(&mut one, &mut other);
    pass(&mut other, &mut one);
    assert_eq!(ids(&one), ["a", "c", "b"]);
    assert_eq!(ids(&other), ids(&one));
}

#[test]
fn typing_in_two_sections_is_two_steps() {
    let (mut content, _) = two();
    for section in [named("a"), named("b")] {
        let around = (Selection::caret(0), Selection::caret(1));
        content.edit(&section, &Delta::new().insert("x"), EditKind::Typing, around, 10).unwrap();
    }
    let restored = content.undo().unwrap();
    assert_eq!(caret(&restored), Some(("b".into(), 0)));
    assert_eq!(words(&mut content, &named("a")), "xa\n");
}

struct Peer {
    content: Content,
    inbox: Vec<Vec<u8>>,
    deleted: Vec<(SectionId, String)>,
}

/// One act of one peer, drawn at random.
fn act(peer: &mut Peer, random: &mut Rng, number: u64) {
    let content = &mut peer.content;
    let all: Vec<SectionId> = content.sections().unwrap().into_iter().map(|section| section.id).collect();
    let pick = |random: &mut Rng| all.get(random.usize(..=all.len())).cloned();
    let Some(section) = pick(random).or_else(|| all.first().cloned()) else {
        if let Some((section, order)) = peer.deleted.pop() {
            content.bring_back(&section, &order, &Moment::default()).unwrap();
        }
        return;
    };
    let below = pick(random).filter(|below| *below != section);
    match random.u8(..12) {
        0 | 1 => {
            let new = new_section(&named(&format!("s{number}")), "");
            content.insert_section(&new, below.as_ref(), &moment(&section, &new.id)).unwrap();
        }
        2 | 3 => content.move_section(&section, below.as_ref(), &moment(&section, &section)).unwrap(),
        4 => content.rename_section(&section, &format!("n{number}"), &moment(&section, &section)).unwrap(),
        5 => {
            let order = content.delete_section(&section, &moment(&section, &section)).unwrap();
            peer.deleted.extend(order.map(|order| (section, order)));
        }
        6 => {
            if let Some((section, order)) = peer.deleted.pop() {
                content.bring_back(&section, &order, &moment(&section, &section)).unwrap();
            }
        }
        7 => drop(content.undo()),
        8 => drop(content.redo()),
        _ => {
            let end = words(content, &section).chars().count().saturating_sub(1);
            write(content, &section, random.usize(..=end), "w");
        }
    }
}

fn play(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let mut first = Content::new(seed * 10 + 1);
    for name in ["a", "b", "c"] {
        first.append_section(&new_section(&named(name), name)).unwrap();
    }
    let start = first.take_updates();
    let mut peers = vec![Peer { content: first, inbox: vec![], deleted: vec![] }];
    for client in 2..=3 {
        let mut content = Content::new(seed * 10 + client);
        start.iter().for_each(|update| drop(content.receive(update).unwrap()));
        peers.push(Peer { content, inbox: vec![], deleted: vec![] });
    }
    for step in 0..60 {
        let who = random.usize(..3);
        if random.u8(..4) == 0 {
            let some = random.usize(..=peers[who].inbox.len());
            let updates: Vec<Vec<u8>> = peers[who].inbox.drain(..some).collect();
            updates.iter().for_each(|update| drop(peers[who].content.receive(update).unwrap()));
        } else {
            act(&mut peers[who], &mut random, step);
        }
        let updates = peers[who].content.take_updates();
        for (to, peer) in peers.iter_mut().enumerate().filter(|(to, _)| *to != who) {
            let _ = to;
            for update in &updates {
                let at = random.usize(..=peer.inbox.len());
                peer.inbox.insert(at, update.clone());
            }
        }
    }
    for peer in &mut peers {
        for update in std::mem::take(&mut peer.inbox) {
            peer.content.receive(&update).unwrap();
        }
        assert!(!peer.content.is_waiting(), "seed {seed}: nothing is missing");
    }
    let said = |peer: &mut Peer| {
        let sections = peer.content.sections().unwrap();
        let said = sections.into_iter().map(|section| {
            let text = words(&mut peer.content, &section.id);
            (section.id.as_str().to_owned(), section.name, text)
        });
        said.collect::<Vec<_>>()
    };
    let all: Vec<_> = peers.iter_mut().map(said).collect();
    assert_eq!(all[0], all[1], "seed {seed}: the first two copies differ");
    assert_eq!(all[1], all[2], "seed {seed}: the last two copies differ");
    // Whatever order they came to have, a new section finds its place between any two.
    let mut content = Content::new(seed * 10 + 9);
    content.receive(&peers[0].content.state().unwrap()).unwrap();
    let before = ids(&content);
    for at in (0..before.len()).rev() {
        let new = new_section(&named(&format!("new{at}")), "");
        content.insert_section(&new, Some(&named(&before[at])), &Moment::default()).unwrap();
    }
    let mut wanted = Vec::new();
    for (at, id) in before.iter().enumerate() {
        wanted.extend([id.clone(), format!("new{at}")]);
    }
    assert_eq!(ids(&content), wanted, "seed {seed}: each stands below the one it was put below");
}

#[test]
fn three_copies_have_the_same_sections_whatever_the_road() {
    let count: u64 = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    (0..count).for_each(play);
}
