//! Where the words of threads are marked in the text, and what a press on them does.

use std::collections::BTreeMap;

use editor::{Found, Surface};
use leptos::prelude::*;
use model::SectionId;
use session::{Standpoint, Thread};
use stdx::Gather as _;
use text::Selection;

use super::{Comments, Draft};

/// Names under which style sheets give the words of threads a look.
const MARKED: &str = "comment";
const MARKED_HERE: &str = "comment-here";

impl Comments {
    /// Marks the words of open threads, and those of the chosen one more.
    pub(super) fn mark(self) {
        let (Some(chosen), Some(draft)) = (self.chosen.try_get_untracked(), self.draft.try_get_untracked())
        else {
            return;
        };
        let (is_open, settled) = (self.open.get_untracked(), self.settled.get_untracked());
        let mut parts: BTreeMap<SectionId, [Vec<Found>; 2]> = BTreeMap::new();
        self.threads.with_untracked(|threads| {
            for thread in threads.values() {
                let Standpoint::Text { section, cell, range: Some(range), .. } = &thread.at else { continue };
                let found = Found::within(cell.clone(), range.clone());
                let is_chosen = is_open && settled == thread.settled && chosen.as_ref() == Some(&thread.id);
                if is_chosen || !thread.settled {
                    let [marked, here] = parts.entry(section.clone()).or_default();
                    if is_chosen { here.push(found) } else { marked.push(found) }
                }
            }
        });
        if let Some(Draft::Text { section, part: Some(part), .. }) = draft {
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
        self.marked.set_value(parts.into_keys().gather());
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

    /// A press in the text: the thread whose words are there is chosen.
    pub(in crate::features::room) fn pressed(self, section: &SectionId, surface: &Surface) {
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
                let Standpoint::Text { section: there, cell, range: Some(range), .. } = &thread.at else {
                    return false;
                };
                there == section && !thread.settled && *cell == selected.cell && range.contains(&offset)
            };
            threads.values().find(is_there).map(|thread| thread.id.clone())
        });
        if let Some(id) = hit {
            self.show_all();
            self.open.set(true);
            self.chosen.set(Some(id));
        }
    }
}
