//! Random changes and random intents, against a text that is only a list of units with attributes.
//!
//! `HANDSEL_RANDOM` sets how many intents are tried instead of 20,000; `HANDSEL_SEED` repeats one document.

mod checks;
mod draw;
mod naive;
mod suggesting;

use text::{
    ComparedLine, ComparedRun, Document, Line, Marks, Op, Search, Selection, compare, find, intend, shortcut,
};

use checks::{check_apply, check_invariants, check_lines_keep_their_kind, shown};
use naive::Naive;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn seeds(count: u64) -> Vec<u64> {
    match number("HANDSEL_SEED") {
        Some(seed) => vec![seed],
        None => (0..count).collect(),
    }
}

const PER_DOCUMENT: u64 = 100;

#[test]
fn intents_change_the_text_as_they_say() {
    let documents = number("HANDSEL_RANDOM").unwrap_or(20_000).div_ceil(PER_DOCUMENT);
    let mut changed = [0_u64; draw::KINDS];
    for seed in seeds(documents) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut naive = Naive::of(&draw::document(&mut rng));
        let mut doc = Document::from_delta(&naive.to_delta());
        let mut selection = draw::selection(&mut rng, &doc);
        let mut pending: Option<Marks> = None;
        for step in 0..PER_DOCUMENT {
            let intent = draw::intent(&mut rng, &doc);
            let at =
                format!("HANDSEL_SEED={seed}, step {step}: {intent:?} of {selection:?} in {:?}", doc.text());
            let kind = draw::kind(&intent);
            let Some(change) = intend(&doc, selection, pending.as_ref(), intent) else {
                selection = draw::selection(&mut rng, &doc);
                pending = None;
                continue;
            };
            changed[kind] += u64::from(!change.delta.is_empty());
            assert!(!change.delta.is_empty() || change.pending.is_some(), "{at}: nothing");
            let ended = doc.is_terminated() || change.delta.is_empty();
            check_apply(&mut doc, &mut naive, &change.delta, &at);
            assert!(doc.is_terminated() || (ended && change.delta.is_empty()), "{at}: no last terminator");
            check_lines_keep_their_kind(&doc, &naive, &at);
            (selection, pending) = (change.selection, change.pending);
            for edge in [selection.anchor, selection.head] {
                assert!(edge <= doc.last_offset(), "{at}: {edge} is past the end");
            }
            if !change.delta.is_empty() && selection.is_caret() {
                assert_eq!(doc.snap(selection.head), selection.head, "{at}: within a character");
            }
            if let Some(change) = shortcut(&doc, selection).filter(|_| rng.bool()) {
                let at = format!("{at}, then its shortcut");
                check_apply(&mut doc, &mut naive, &change.delta, &at);
                check_lines_keep_their_kind(&doc, &naive, &at);
                assert_eq!(
                    doc.snap(change.selection.head),
                    change.selection.head,
                    "{at}: within a character"
                );
                (selection, pending) = (change.selection, change.pending);
            }
            if rng.u8(..) < 100 {
                selection = draw::selection(&mut rng, &doc);
                pending = None;
            }
            if rng.u8(..) < 8 {
                check_anywhere(&mut rng, &doc, &naive, &at);
            }
        }
    }
    let enough = number("HANDSEL_SEED").is_some() || changed.iter().all(|times| *times >= documents / 10);
    assert!(enough, "not every kind of intent was tried: {changed:?}");
    println!("{} intents changed a text, by their kinds {changed:?}", changed.iter().sum::<u64>());
}

/// Selections as nobody can make them, past the end or within a character, do no harm.
fn check_anywhere(rng: &mut fastrand::Rng, doc: &Document, naive: &Naive, at: &str) {
    let selection = Selection::new(rng.usize(0..=doc.len() + 2), rng.usize(0..=doc.len() + 2));
    let intent = draw::intent(rng, doc);
    let at = format!("{at}, then {intent:?} of {selection:?}");
    if let Some(change) = intend(doc, selection, None, intent) {
        let (mut doc, mut naive) = (doc.clone(), naive.clone());
        check_apply(&mut doc, &mut naive, &change.delta, &at);
        check_lines_keep_their_kind(&doc, &naive, &at);
        assert!(change.selection.end() <= doc.last_offset(), "{at}: past the end");
    }
}

#[test]
fn changes_of_any_kind_give_the_same_lines() {
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 200) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut naive = Naive::of(&draw::document(&mut rng));
        let mut doc = Document::from_delta(&naive.to_delta());
        for step in 0..40 {
            let delta = draw::change(&mut rng, &doc);
            let at = format!("HANDSEL_SEED={seed}, step {step}: {delta:?} of {:?}", doc.text());
            let selection = draw::selection(&mut rng, &doc);
            check_apply(&mut doc, &mut naive, &delta, &at);
            let mapped = selection.map(&delta, rng.bool());
            assert!(mapped.end() <= doc.len(), "{at}: {mapped:?}");
        }
    }
}

/// Kept and deleted words are the old text, kept and inserted ones the new text, and what is the same shows no change.
#[test]
fn a_comparison_holds_both_texts() {
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 5) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let old = Document::from_delta(&draw::document(&mut rng));
        let new = match rng.u8(0..4) {
            0 => Document::from_delta(&draw::document(&mut rng)),
            changes => {
                let mut new = old.clone();
                for _ in 1..changes {
                    new.apply(&draw::change(&mut rng, &new));
                }
                new
            }
        };
        let at = format!("HANDSEL_SEED={seed}: {:?} and {:?}", old.text(), new.text());
        let comparison = compare(&old, &new);
        let was: Vec<Line> = comparison.lines.iter().filter_map(ComparedLine::was).collect();
        let now: Vec<Line> = comparison.lines.iter().filter_map(ComparedLine::now).collect();
        assert_eq!(was, shown(&old), "{at}");
        assert_eq!(now, shown(&new), "{at}");
        assert_eq!(comparison.is_same(), shown(&old) == shown(&new), "{at}");
        assert!(compare(&new, &new).is_same(), "{at}");
        for line in &comparison.lines {
            assert!(line.runs.iter().all(|run| !run.text.is_empty()), "{at}: {line:?}");
            let alike = |pair: &[ComparedRun]| {
                (pair[0].fate, &pair[0].marks, &pair[0].before)
                    == (pair[1].fate, &pair[1].marks, &pair[1].before)
            };
            assert!(!line.runs.windows(2).any(alike), "{at}: {line:?}");
        }
    }
}

/// What is found stands in order and apart, is the words that were looked for, and cuts no character; and as much is
/// found as a reader would find who goes on behind each find.
#[test]
fn what_is_found_is_what_was_looked_for() {
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 10) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let doc = Document::from_delta(&draw::document(&mut rng));
        let search = Search { words: draw::words(&mut rng, 2), match_case: true, whole_words: false };
        let at = format!("HANDSEL_SEED={seed}: {search:?} in {:?}", doc.text());
        let units: Vec<u16> = doc.text().encode_utf16().collect();
        let wanted: Vec<u16> = search.words.encode_utf16().collect();
        let fits = |start: usize| {
            let end = start + wanted.len();
            let is_void = doc.lines()[doc.place(start).line].format.block.is_void();
            !wanted.is_empty()
                && units.get(start..end) == Some(&*wanted)
                && (doc.snap(start), doc.snap(end)) == (start, end)
                && !is_void
        };
        let mut expected = Vec::new();
        let mut start = 0;
        while start < units.len() {
            if fits(start) {
                expected.push(start..start + wanted.len());
                start += wanted.len();
            } else {
                start += 1;
            }
        }
        assert_eq!(find(&doc, &search), expected, "{at}");
    }
}

#[test]
fn a_part_is_what_stands_there() {
    for seed in seeds(300) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let doc = Document::from_delta(&draw::document(&mut rng));
        check_invariants(&doc, &format!("HANDSEL_SEED={seed}"));
        let range = draw::selection(&mut rng, &doc).range();
        let part: String = doc
            .slice(range.clone())
            .ops()
            .iter()
            .map(|op| match op {
                Op::Insert { text, .. } => text.as_str(),
                op => panic!("{op:?} in a part"),
            })
            .collect();
        let units: Vec<u16> = doc.text().encode_utf16().collect();
        assert_eq!(part, String::from_utf16_lossy(&units[range]), "HANDSEL_SEED={seed}");
        let (found, same) =
            text::marked::read(&text::marked::write(&doc, Selection::caret(doc.last_offset())));
        assert_eq!((found.text(), same.head), (doc.text(), doc.last_offset()), "HANDSEL_SEED={seed}");
    }
}

#[test]
fn a_gap_leads_from_one_text_to_the_other() {
    for seed in seeds(2_000) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let old = draw::words(&mut rng, 6);
        let new =
            if rng.bool() { draw::words(&mut rng, 6) } else { format!("{old}{}", draw::words(&mut rng, 2)) };
        let caret = rng.bool().then(|| rng.usize(0..=text::utf16_len(&new)));
        let Some(gap) = text::gap(&old, &new, caret) else {
            assert_eq!(old, new, "HANDSEL_SEED={seed}");
            continue;
        };
        let units: Vec<u16> = old.encode_utf16().collect();
        let text = |units: &[u16]| String::from_utf16(units).expect("whole characters");
        let found = text(&units[..gap.at]) + &gap.inserted + &text(&units[gap.at + gap.removed..]);
        assert_eq!(found, new, "HANDSEL_SEED={seed}: {old:?} {gap:?}");
    }
}
