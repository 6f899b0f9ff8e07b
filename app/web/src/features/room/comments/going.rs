//! The ways to begin a comment, and from a thread to what it stands on.

use browser::timers;
use editor::Found;
use leptos::prelude::*;
use model::SectionId;
use session::{Standpoint, Thing};
use text::Selection;

use super::{Comments, Draft, Filter};
use crate::{later::focus_later, route::Place};

/// A place that is gone to has its text on the screen after so many frames, or the text is gone.
const FRAMES: usize = 60;

impl Comments {
    /// Begins a comment: in the text on what is selected, or on the section that one works in; elsewhere on what the chosen
    /// thread stands on.
    pub(in crate::features::room) fn begin(self) {
        if untrack(|| self.place()) != Some(Place::Document) {
            if let Some((thing, called)) = untrack(|| self.thing_at_hand()) {
                self.begin_on(thing, called);
            }
            return;
        }
        let selected = self.room.surfaces().into_iter().find_map(|(section, surface)| {
            let found = surface.selected_in_page()?;
            let quote = surface.words_of(&found);
            let range = Selection::new(found.range.start, found.range.end);
            let range = if found.cell.is_none() { self.room.to_section(&section, range) } else { range };
            let found = Found::within(found.cell, range.range());
            Some(Draft::Text { section, part: Some(found), quote })
        });
        let Some(section) = self.room.current() else { return };
        self.draft_on(selected.unwrap_or(Draft::Text { section, part: None, quote: String::new() }));
    }

    /// Begins a comment on a section as a whole.
    pub(super) fn begin_on_section(self, section: SectionId) {
        self.draft_on(Draft::Text { section, part: None, quote: String::new() });
    }

    /// Begins a comment on something outside of the text.
    pub(super) fn begin_on(self, thing: Thing, called: String) {
        self.draft_on(Draft::Thing { thing, called });
    }

    fn draft_on(self, draft: Draft) {
        self.show_all();
        self.chosen.set(None);
        self.draft.set(Some(draft));
        self.open.set(true);
        focus_later(".comments .composer textarea");
    }

    /// What the chosen thread stands on, outside of the text, with what it is called.
    pub(super) fn thing_at_hand(self) -> Option<(Thing, String)> {
        let chosen = self.chosen.get()?;
        self.threads.with(|threads| match &threads.get(&chosen)?.at {
            Standpoint::Thing { thing, called, is_gone: false } => Some((thing.clone(), called.clone())),
            _ => None,
        })
    }

    /// Shows the open threads, whatever was looked for among them.
    pub(super) fn show_all(self) {
        self.settled.set(false);
        self.filter.set(Filter::default());
    }

    /// A mark was pressed: of the threads there the next one is chosen. Where there is none, one is begun.
    pub(super) fn press(self, there: &[String], begin: impl FnOnce()) {
        let here = self.chosen.with_untracked(|chosen| {
            there.iter().position(|id| Some(id) == chosen.as_ref()).map_or(0, |at| at + 1)
        });
        match there.get(here).or(there.first()) {
            Some(id) => {
                self.show_all();
                self.draft.set(None);
                self.open.set(true);
                self.chosen.set(Some(id.clone()));
                focus_on_chosen();
            }
            None if self.may_comment() => begin(),
            None => {}
        }
    }

    /// Chooses a thread and brings what it stands on into view.
    pub(super) fn choose(self, id: &str) {
        self.chosen.set(Some(id.to_owned()));
        let at = self.threads.with_untracked(|threads| threads.get(id).map(|thread| thread.at.clone()));
        match at {
            None | Some(Standpoint::Thing { is_gone: true, .. }) => self.going.set(None),
            Some(Standpoint::Thing { thing, .. }) => {
                self.turn_to(match thing {
                    Thing::Line(_) => Place::Price,
                    Thing::Step(_) => Place::Plan,
                    Thing::File { .. } => Place::Files,
                });
                // Its mark brings it into view, as soon as there is one.
                self.going.set(None);
                self.going.set(Some(thing));
            }
            Some(Standpoint::Text { section, cell, range, .. }) => {
                self.going.set(None);
                self.turn_to(Place::Document);
                self.show_words(section, range.map(|range| Found::within(cell, range)));
            }
        }
    }

    fn turn_to(self, place: Place) {
        if untrack(|| self.place()) != Some(place) {
            self.handsel.go(self.room.way(place));
        }
    }

    /// The version of the file to whose page a thread leads now.
    pub(in crate::features::room) fn page_gone_to(self) -> Option<String> {
        self.going.with(|going| match going {
            Some(Thing::File { version, page: Some(_) }) => Some(version.clone()),
            _ => None,
        })
    }

    fn show_words(self, section: SectionId, found: Option<Found>) {
        let room = self.room;
        timers::spawn(async move {
            for _ in 0..FRAMES {
                // A section that was folded has its surface by the next frame, and a text that was not there its sections.
                room.turn_to(&section);
                timers::frame().await;
                if room.room.try_get_value().is_none() {
                    return;
                }
                if let Some(surface) = room.surface_of(&section) {
                    match found {
                        Some(found) => {
                            surface.bring_into_view(&room.found_shown(&section, found));
                        }
                        None => surface.reveal(0),
                    }
                    return;
                }
            }
        });
    }

    /// Chooses the one after the chosen one, of those that are shown, or the one before; it gets the keyboard where it had it.
    pub(super) fn step(self, forward: bool, with_keyboard: bool) {
        let visible = untrack(|| self.visible());
        let here =
            self.chosen.with_untracked(|chosen| visible.iter().position(|id| Some(id) == chosen.as_ref()));
        let to = match (here, forward) {
            (Some(here), true) => (here + 1) % visible.len(),
            (Some(here), false) => (here + visible.len() - 1) % visible.len(),
            (None, true) => 0,
            (None, false) => visible.len().saturating_sub(1),
        };
        if let Some(id) = visible.get(to) {
            self.choose(id);
            if with_keyboard {
                focus_on_chosen();
            }
        }
    }
}

/// Gives the chosen thread the keyboard, which brings it into view.
fn focus_on_chosen() {
    focus_later(".comments .thread[data-chosen]");
}
