//! What stands around the text and is made from it: the outline, the count of words, the title that follows a heading.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use browser::timers;
use leptos::prelude::*;
use model::SectionId;
use session::Section;
use text::{Document, Heading};

use super::{OpenRoom, copy};
use crate::copy as words;

/// It follows the text after a pause of this many milliseconds.
const PAUSE_MS: u32 = 250;
/// An unnamed section is called by so many of its first characters.
const LABEL_LEN: usize = 48;

/// What a section's text says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Its headings.
    pub(super) headings: Vec<Heading>,
    /// The first words of it, shortened.
    pub(super) first_words: String,
    /// How many words it has.
    pub(super) words: usize,
}

impl Part {
    pub(super) fn of(document: &Document) -> Self {
        let first = document.lines().iter().map(text::Line::text).find(|line| !line.trim().is_empty());
        let first = first.unwrap_or_default();
        let mut first_words: String = first.trim().chars().take(LABEL_LEN).collect();
        if first.trim().chars().nth(LABEL_LEN).is_some() {
            first_words.push('…');
        }
        Self { headings: document.headings(), first_words, words: document.words() }
    }
}

/// What the whole document says of itself. The list of sections is the room's own.
pub(super) type Parts = BTreeMap<SectionId, Part>;

/// How many minutes it takes to read so many words, at 238 a minute: M. Brysbaert, "How many words do we read per minute?",
/// Journal of Memory and Language 109 (2019).
pub(super) fn minutes_for(words: usize) -> usize {
    words.div_ceil(238)
}

/// What people call a section: its name, else its first heading, else its first words.
pub(super) fn label(section: &Section, part: Option<&Part>) -> String {
    let heading = || part?.headings.iter().map(|it| it.text.trim()).find(|words| !words.is_empty());
    let first_words = || part.map(|part| part.first_words.as_str()).filter(|words| !words.is_empty());
    let name = Some(section.name.as_str()).filter(|name| !name.is_empty());
    name.or_else(heading).or_else(first_words).unwrap_or(copy::EMPTY_SECTION).to_owned()
}

/// A call that brings the summary of a section up to date in a pause, however often it is made.
pub(super) fn summarize_later(room: OpenRoom, parts: RwSignal<Parts>) -> Rc<dyn Fn(&SectionId)> {
    let changes = Rc::new(Cell::new(0_u64));
    let waiting = Rc::new(Cell::new(false));
    let changed: Rc<RefCell<BTreeSet<SectionId>>> = Rc::default();
    let followed = Rc::new(RefCell::new(words::UNTITLED.to_owned()));
    Rc::new(move |section| {
        changes.set(changes.get() + 1);
        if !changed.borrow().contains(section) {
            changed.borrow_mut().insert(section.clone());
        }
        if waiting.replace(true) {
            return;
        }
        let (changes, waiting, followed) = (changes.clone(), waiting.clone(), followed.clone());
        let changed = changed.clone();
        timers::spawn(async move {
            let mut seen = 0;
            while seen != changes.get() {
                seen = changes.get();
                timers::sleep(PAUSE_MS).await;
            }
            waiting.set(false);
            for section in changed.take() {
                if let Some(surface) = room.surface_of(&section) {
                    // Words that are only proposed are none of the text.
                    let plain = room.is_mixed(&section).then(|| room.get().document(&section).ok()).flatten();
                    let part = plain.map_or_else(|| Part::of(&surface.document()), |plain| Part::of(&plain));
                    note(parts, &section, part);
                }
            }
            follow_heading(room, parts, &followed);
        });
    })
}

/// Takes over what a section says of itself, where that is something else.
pub(super) fn note(parts: RwSignal<Parts>, section: &SectionId, part: Part) {
    if parts.try_with_untracked(|old| old.get(section) != Some(&part)).unwrap_or(false) {
        parts.update(|parts| {
            parts.insert(section.clone(), part);
        });
    }
}

/// A room that nobody gave a title takes that of its first heading, and follows it while it is being written.
/// `followed` is the title that came this way.
fn follow_heading(room: OpenRoom, parts: RwSignal<Parts>, followed: &RefCell<String>) {
    let Some(open) = room.room.try_get_value() else { return };
    let first = open.section();
    let heading = parts.try_with_untracked(|parts| {
        let first = parts.get(&first)?.headings.first()?;
        (first.level == 1 && first.line == 0).then(|| first.text.trim().to_owned())
    });
    let Some(heading) = heading.flatten().filter(|heading| !heading.is_empty()) else { return };
    if open.title().get_untracked() != *followed.borrow() {
        return;
    }
    if open.rename(&heading).is_ok() {
        *followed.borrow_mut() = open.title().get_untracked();
    }
}
