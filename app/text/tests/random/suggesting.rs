//! Random suggesting and editing in a text in which suggestions are shown.

use fastrand::Rng;
use text::suggest::{
    Mode, Overlay, Placed, Span, copy, difference, place, project, propose, settle, spans, to_content,
    to_section, to_shown,
};
use text::{Change, Document, Selection, Who, intend};

use super::{draw, number, seeds};

/// The section with these suggestions of this device's person.
fn shown(section: &Document, mine: &[Span], others: &[Span]) -> Document {
    let placed = |span: &Span| place(section, span.range.clone(), &span.wording);
    let all: Vec<(Who, Placed)> = others
        .iter()
        .map(|span| (Who::other(0), placed(span)))
        .chain(mine.iter().map(|span| (Who::ME, placed(span))))
        .collect();
    let overlays: Vec<Overlay<'_>> = all.iter().map(|(who, placed)| Overlay { who: *who, placed }).collect();
    project(section, &overlays)
}

/// A random change of a text; none that brings tables or images, which nobody suggests.
fn change(rng: &mut Rng, doc: &Document, selection: Selection) -> Option<Change> {
    let change = intend(doc, selection, None, draw::intent(rng, doc))?;
    let things = format!("{:?}", change.delta);
    (!things.contains("x-table") && !things.contains("x-image") && doc.is_terminated()).then_some(change)
}

/// Suggests at random; what is shown afterwards.
fn suggest(rng: &mut Rng, section: &Document, mut now: Document, at: &str) -> Document {
    for _ in 0..rng.usize(1..8) {
        let before = draw::selection(rng, &now);
        let Some(change) = change(rng, &now, before) else { continue };
        let at = format!("{at}: {:?} in {:?}", change.delta, now.text());
        let change = propose(&now, before, change, Mode::Suggest);
        assert!(to_content(&now, &change.delta).is_empty(), "{at}: {change:?} changes the text");
        now.apply(&change.delta);
        assert!(change.selection.end() <= now.last_offset(), "{at}: {change:?}");
        let mine = spans(section, &now);
        let again = shown(section, &mine, &[]);
        // A look that was proposed for words which are to go is proposed no longer.
        assert_eq!(again.text(), now.text(), "{at}: {change:?} {mine:?}");
        assert_eq!(spans(section, &again), mine, "{at}: {change:?}");
        now = again;
    }
    now
}

fn section(rng: &mut Rng) -> Document {
    let mut doc = Document::from_delta(&draw::document(rng));
    if !doc.is_terminated() {
        let end = doc.len();
        doc.apply(&text::Delta::new().retain(end).insert("\n"));
    }
    doc
}

/// What somebody suggests is their text once all of it is accepted, and the section as it was while none is.
#[test]
fn what_is_suggested_alone_is_what_was_meant() {
    let mut suggested = 0;
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 100) {
        let mut rng = Rng::with_seed(seed);
        let at = format!("HANDSEL_SEED={seed}");
        let section = section(&mut rng);
        let now = suggest(&mut rng, &section, section.clone(), &at);
        let mine = spans(&section, &now);
        suggested += mine.len();
        // Kept and read again they say the same.
        for span in &mine {
            let read = text::suggest::Wording::from_delta(&span.wording.to_delta());
            assert_eq!(read, span.wording, "{at}");
        }
        let meant: String = {
            let deleted = |at: usize| now.slice(at..at + 1);
            let mut kept = String::new();
            for unit in 0..now.len() {
                let place = now.place(unit);
                let line = &now.lines()[place.line];
                let proposed = match line.slice(place.offset..place.offset + 1).first() {
                    Some(run) => run.marks.proposed,
                    None => line.proposed,
                };
                if proposed.deleted.is_none() {
                    for op in deleted(unit).ops() {
                        if let text::Op::Insert { text, .. } = op {
                            kept.push_str(text);
                        }
                    }
                }
            }
            kept
        };
        let mut accepted = section.clone();
        for span in mine.iter().rev() {
            let placed = place(&accepted, span.range.clone(), &span.wording);
            assert!(placed.intact, "{at}: {span:?}");
            accepted.apply(&settle(&accepted, &placed));
        }
        if !section.text().contains(|char: char| char.len_utf16() == 2) {
            assert_eq!(accepted.text(), meant, "{at}: {mine:?}");
        }
        // Copied, the text is as it stands.
        let all = 0..now.len();
        if !section.text().trim().is_empty() {
            let copied = Document::from_delta(&copy(&now, all));
            assert_eq!(copied.text(), section.text(), "{at}");
        }
    }
    assert!(suggested > 100 || number("HANDSEL_SEED").is_some(), "only {suggested} suggestions were made");
}

/// Who edits a text in which suggestions are shown changes the section, and no word that others propose.
#[test]
fn editing_among_suggestions_changes_the_section_alone() {
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 100) {
        let mut rng = Rng::with_seed(seed);
        let at = format!("HANDSEL_SEED={seed}");
        let mut section = section(&mut rng);
        let theirs = spans(&section, &suggest(&mut rng, &section, section.clone(), &at));
        let mut now = shown(&section, &[], &theirs);
        let words = |doc: &Document| {
            let mut words = String::new();
            for line in doc.lines() {
                line.runs
                    .iter()
                    .filter(|run| run.marks.proposed.inserted.is_some())
                    .for_each(|run| words.push_str(&run.text));
            }
            words
        };
        let proposed = words(&now);
        for _ in 0..rng.usize(1..8) {
            let before = draw::selection(&mut rng, &now);
            let Some(change) = change(&mut rng, &now, before) else { continue };
            let at = format!("{at}: {change:?} in {now:?}");
            let change = propose(&now, before, change, Mode::Edit);
            let content = to_content(&now, &change.delta);
            now.apply(&change.delta);
            section.apply(&content);
            assert_eq!(words(&now), proposed, "{at}");
            assert_eq!(
                Document::from_delta(&copy(&now, 0..now.len())).text().trim_end(),
                section.text().trim_end(),
                "{at}"
            );
            assert!(change.selection.end() <= now.len(), "{at}");
        }
    }
}

#[test]
fn a_difference_leads_from_one_text_to_the_other() {
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 100) {
        let mut rng = Rng::with_seed(seed);
        let old = Document::from_delta(&draw::document(&mut rng));
        let mut new = if rng.bool() { Document::from_delta(&draw::document(&mut rng)) } else { old.clone() };
        for _ in 0..rng.usize(0..3) {
            let delta = draw::change(&mut rng, &new);
            new.apply(&delta);
        }
        let delta = difference(&old, &new);
        let mut done = old.clone();
        done.apply(&delta);
        assert_eq!(done.to_delta(), new.to_delta(), "HANDSEL_SEED={seed}: {old:?} by {delta:?}");
    }
}

#[test]
fn places_of_the_section_come_back_from_what_is_shown() {
    for seed in seeds(500) {
        let mut rng = Rng::with_seed(seed);
        let at = format!("HANDSEL_SEED={seed}");
        let section = section(&mut rng);
        let now = suggest(&mut rng, &section, section.clone(), &at);
        for offset in 0..=section.len() {
            for after in [false, true] {
                assert_eq!(to_section(&now, to_shown(&now, offset, after)), offset, "{at}");
            }
        }
    }
}

/// Suggestions over a text that others changed never cut what others wrote, and can always be placed.
#[test]
fn a_suggestion_over_changed_words_leaves_the_words_of_others() {
    for seed in seeds(number("HANDSEL_RANDOM").unwrap_or(20_000) / 100) {
        let mut rng = Rng::with_seed(seed);
        let at = format!("HANDSEL_SEED={seed}");
        let mut section = section(&mut rng);
        let mut theirs = spans(&section, &suggest(&mut rng, &section, section.clone(), &at));
        let change = draw::change(&mut rng, &section);
        section.apply(&change);
        for span in &mut theirs {
            let start = change.map(span.range.start, true);
            span.range = start..change.map(span.range.end, false).max(start);
        }
        let now = shown(&section, &[], &theirs);
        let copied = Document::from_delta(&copy(&now, 0..now.len()));
        if section.is_terminated() && !section.text().trim().is_empty() {
            assert_eq!(copied.text(), section.text(), "{at}");
        }
        for span in &theirs {
            let placed = place(&section, span.range.clone(), &span.wording);
            let mut accepted = section.clone();
            accepted.apply(&settle(&accepted, &placed));
            assert!(!section.is_terminated() || accepted.is_terminated(), "{at}");
        }
    }
}
