//! Comments beside the text: which there are, which one is chosen, and where their words are marked.

mod copy;
mod panel;
mod thread;

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use browser::timers;
use editor::{Found, Surface};
use leptos::prelude::*;
use model::{Right, SectionId};
use session::Thread;
use text::Selection;
use ui::effect;

use super::OpenRoom;
use crate::handsel::{Handsel, use_handsel};
pub(super) use panel::{CommentAtSelection, CommentsButton, CommentsPanel};

/// Threads follow the text after this many milliseconds.
const LOOK_MS: u32 = 120;
/// Names under which style sheets give the words of threads a look.
const MARKED: &str = "comment";
const MARKED_HERE: &str = "comment-here";

/// What somebody is about to say something of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    section: SectionId,
    part: Option<Found>,
    quote: String,
}

/// The comments of a room. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Comments {
    handsel: Handsel,
    room: OpenRoom,
    /// Whether they are shown beside the text.
    pub(super) open: RwSignal<bool>,
    threads: RwSignal<BTreeMap<String, Thread>>,
    /// Their names in the order of the document.
    order: RwSignal<Vec<String>>,
    chosen: RwSignal<Option<String>>,
    draft: RwSignal<Option<Draft>>,
    settled: RwSignal<bool>,
    /// The sections that have words marked.
    marked: StoredValue<Vec<SectionId>>,
    /// What this device's person calls themselves.
    name: RwSignal<String>,
}

impl Comments {
    pub(super) fn new(room: OpenRoom) -> Self {
        let handsel = use_handsel();
        let comments = Self {
            handsel,
            room,
            open: RwSignal::new(false),
            threads: RwSignal::new(BTreeMap::new()),
            order: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            draft: RwSignal::new(None),
            settled: RwSignal::new(false),
            marked: StoredValue::new(Vec::new()),
            name: RwSignal::new(String::new()),
        };
        timers::spawn(async move {
            let name = handsel.rooms().my_name().await;
            let _ = comments.name.try_set(name);
        });
        comments.look();
        let waiting = Rc::new(Cell::new(false));
        room.on_text_changed(Rc::new(move |_| comments.look_soon(&waiting)));
        let changed = RwSignal::from(room.get().responses_changed());
        effect(move || {
            changed.track();
            comments.look();
        });
        effect(move || {
            comments.chosen.track();
            comments.draft.track();
            comments.open.track();
            comments.settled.track();
            comments.mark();
        });
        comments
    }

    /// Whether this device's person may say something.
    pub(super) fn may_comment(self) -> bool {
        self.room.get().right() >= Some(Right::Comment)
    }

    fn look_soon(self, waiting: &Rc<Cell<bool>>) {
        if waiting.replace(true) {
            return;
        }
        let waiting = waiting.clone();
        timers::spawn(async move {
            timers::sleep(LOOK_MS).await;
            waiting.set(false);
            self.look();
        });
    }

    /// Reads the threads anew and marks their words.
    fn look(self) {
        let Some(room) = self.room.room.try_get_value() else { return };
        let found = room.threads();
        let order: Vec<String> = found.iter().map(|thread| thread.id.clone()).collect();
        let threads = found.into_iter().map(|thread| (thread.id.clone(), thread)).collect();
        if self.threads.try_with_untracked(|old| *old != threads) == Some(true) {
            self.threads.set(threads);
        }
        if self.order.try_with_untracked(|old| *old != order) == Some(true) {
            self.order.set(order);
        }
        self.mark();
    }

    /// Marks the words of open threads, and those of the chosen one more.
    fn mark(self) {
        let (Some(chosen), Some(draft)) = (self.chosen.try_get_untracked(), self.draft.try_get_untracked())
        else {
            return;
        };
        let (is_open, settled) = (self.open.get_untracked(), self.settled.get_untracked());
        let mut parts: BTreeMap<SectionId, [Vec<Found>; 2]> = BTreeMap::new();
        self.threads.with_untracked(|threads| {
            for thread in threads.values() {
                let Some(range) = thread.at.range.clone() else { continue };
                let found = Found::within(thread.at.cell.clone(), range);
                let is_chosen = is_open && settled == thread.settled && chosen.as_ref() == Some(&thread.id);
                if is_chosen || !thread.settled {
                    let [marked, here] = parts.entry(thread.at.section.clone()).or_default();
                    if is_chosen { here.push(found) } else { marked.push(found) }
                }
            }
        });
        if let Some(Draft { section, part: Some(part), .. }) = draft {
            parts.entry(section).or_default()[1].push(part);
        }
        // A long document has many sections, and few of them are talked about.
        let before = self.marked.get_value();
        for section in before.iter().filter(|section| !parts.contains_key(section)) {
            self.highlight(section, &Default::default());
        }
        for (section, found) in &parts {
            self.highlight(section, found);
        }
        self.marked.set_value(parts.into_keys().collect());
    }

    fn highlight(self, section: &SectionId, [marked, here]: &[Vec<Found>; 2]) {
        let shown = |found: &Vec<Found>| -> Vec<Found> {
            found.iter().map(|found| self.room.found_shown(section, found.clone())).collect()
        };
        if let Some(surface) = self.room.surface_of(section) {
            surface.highlight(MARKED, &shown(marked));
            surface.highlight(MARKED_HERE, &shown(here));
        }
    }

    /// Begins a comment on what is selected, or on the section that one works in.
    pub(super) fn begin(self) {
        let selected = self.room.surfaces().into_iter().find_map(|(section, surface)| {
            let found = surface.selected_in_page()?;
            let quote = surface.words_of(&found);
            let range = Selection::new(found.range.start, found.range.end);
            let range = if found.cell.is_none() { self.room.to_section(&section, range) } else { range };
            let found = Found::within(found.cell, range.range());
            Some(Draft { section, part: Some(found), quote })
        });
        let Some(section) = self.room.current() else { return };
        let draft = selected.unwrap_or(Draft { section, part: None, quote: String::new() });
        self.settled.set(false);
        self.chosen.set(None);
        self.draft.set(Some(draft));
        self.open.set(true);
        timers::spawn(async {
            timers::frame().await;
            browser::view::focus_on(".comments .composer textarea");
        });
    }

    /// Says what was drafted.
    fn say(self, draft: &Draft, text: &str) -> bool {
        let part = draft.part.as_ref().map(|part| (part.cell.clone(), part.range.clone()));
        let said = self.room.get().comment(&draft.section, part, text);
        match said {
            Ok(thread) => {
                self.draft.set(None);
                self.chosen.set(Some(thread));
                true
            }
            Err(problem) => {
                self.handsel.tell(&problem);
                false
            }
        }
    }

    /// Keeps what this device's person calls themselves, here and for other rooms.
    fn introduce(self, name: &str) {
        let (room, name) = (self.room.get(), name.trim().to_owned());
        self.name.set(name.clone());
        self.handsel.attempt(async move {
            room.introduce(&name)?;
            self.handsel.rooms().set_my_name(&name).await
        });
    }

    /// The threads that are shown, by their names.
    fn visible(self) -> Vec<String> {
        let settled = self.settled.get();
        self.order.with(|order| {
            self.threads.with(|threads| {
                let is_shown = |id: &&String| threads.get(*id).is_some_and(|it| it.settled == settled);
                order.iter().filter(is_shown).cloned().collect()
            })
        })
    }

    /// How many are open.
    pub(super) fn count(self) -> usize {
        self.threads.with(|threads| threads.values().filter(|thread| !thread.settled).count())
    }

    /// Chooses a thread and brings its words into view.
    fn choose(self, id: &str) {
        self.chosen.set(Some(id.to_owned()));
        let at = self.threads.with_untracked(|threads| threads.get(id).map(|thread| thread.at.clone()));
        let Some(at) = at else { return };
        let room = self.room;
        room.turn_to(&at.section);
        timers::spawn(async move {
            // A section that was folded has its surface by then.
            timers::frame().await;
            if let Some(surface) = room.surface_of(&at.section) {
                match at.range {
                    Some(range) => {
                        let found = room.found_shown(&at.section, Found::within(at.cell, range));
                        surface.bring_into_view(&found);
                    }
                    None => surface.reveal(0),
                }
            }
        });
    }

    /// Chooses the one after the chosen one, of those that are shown.
    fn next(self) {
        let visible = untrack(|| self.visible());
        let at = self.chosen.with_untracked(|chosen| {
            visible.iter().position(|id| Some(id) == chosen.as_ref()).map_or(0, |at| at + 1)
        });
        if let Some(id) = visible.get(at).or(visible.first()) {
            self.choose(id);
        }
    }

    /// A press in the text: the thread whose words are there is chosen.
    pub(super) fn pressed(self, section: &SectionId, surface: &Surface) {
        let selected = surface.selected();
        if !selected.range.is_empty() {
            return;
        }
        let offset = match selected.cell {
            None => self.room.to_section(section, Selection::caret(selected.range.start)).head,
            Some(_) => selected.range.start,
        };
        let hit = self.threads.with_untracked(|threads| {
            let is_there = |thread: &&Thread| {
                thread.at.section == *section
                    && !thread.settled
                    && thread.at.cell == selected.cell
                    && thread.at.range.as_ref().is_some_and(|range| range.contains(&offset))
            };
            threads.values().find(is_there).map(|thread| thread.id.clone())
        });
        if let Some(id) = hit {
            self.settled.set(false);
            self.open.set(true);
            self.chosen.set(Some(id));
        }
    }
}
