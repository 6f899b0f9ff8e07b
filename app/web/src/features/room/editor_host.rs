//! The room as the editing surface sees it.

use std::cell::Cell;

use editor::{CaretState, Chip, Clip, EditKind, Host, Pasted};
use exchange::{html, markdown};
use leptos::prelude::*;
use model::{BlobHash, SectionId};
use session::Room;
use text::{CellName, Change, Delta, Document, Grid, Op, Selection, TableAct};

use super::{
    OpenRoom, beside::Beside, copy, images, pasting, spoken::Spoken, suggesting::IntoShared as _, variables,
};
use crate::{copy as words, features::home::incoming, handsel::Handsel};

/// What the surface tells, on its way to the room and to the tools around the text.
pub(super) struct RoomHost {
    pub(super) handsel: Handsel,
    pub(super) room: OpenRoom,
    pub(super) section: SectionId,
    pub(super) caret: RwSignal<CaretState>,
    pub(super) asks_link: RwSignal<bool>,
    pub(super) beside: Beside,
    pub(super) spoken: Spoken,
    pub(super) persisted: Cell<bool>,
}

impl RoomHost {
    fn room(&self) -> Option<Room> {
        self.room.room.try_get_value()
    }

    /// What follows each change made here.
    fn has_changed(&self) {
        if !self.persisted.replace(true) {
            browser::timers::spawn(async {
                // Where the browser does not promise to keep the store, it stays as it was: kept, until space runs out.
                browser::page::persist_storage().await;
            });
        }
        self.room.text_changed(&self.section);
    }
}

impl Host for RoomHost {
    fn changed(&self, change: &Change, kind: EditKind, before: Selection) {
        let Some(room) = self.room() else { return };
        let written = if self.room.is_mixed(&self.section) {
            self.room.changed_among(&self.section, change, kind, before)
        } else {
            room.edit(&self.section, change, kind.into_shared(), before)
        };
        if let Err(problem) = written {
            self.handsel.tell(&problem);
        }
        self.has_changed();
        if let Some(surface) = self.room.surface_of(&self.section) {
            self.beside.slash.follow(&surface, typed_slash(change) && !self.room.suggests());
        }
    }

    fn moved(&self, caret: &CaretState) {
        if caret.focused {
            self.room.enter(&self.section);
        } else if self.room.current().as_ref() != Some(&self.section) {
            // The section that has the keyboard tells of itself.
            return;
        }
        if let Some(room) = self.room() {
            match &caret.cell {
                Some(place) if caret.focused => {
                    room.show_caret_in_cell(&self.section, &place.cell, caret.selection);
                }
                _ => {
                    let selection = self.room.to_section(&self.section, caret.selection);
                    room.show_caret(caret.focused.then_some((&self.section, selection)));
                }
            }
        }
        if let Some(surface) = self.room.surface_of(&self.section) {
            if caret.cell.is_some() {
                self.beside.slash.close();
            }
            self.beside.follow(&surface, caret);
        }
        self.spoken.follow(caret);
        // The tools show what is set at the caret; where it is changes with each letter and is nothing to them.
        let same = |old: &CaretState| {
            old.marks == caret.marks
                && old.format == caret.format
                && old.focused == caret.focused
                && old.cell == caret.cell
        };
        if !self.caret.try_with_untracked(same).unwrap_or(true) {
            let _ = self.caret.try_set(caret.clone());
        }
    }

    fn key(&self, key: &str) -> bool {
        self.beside.slash.key(self.room, key) || self.beside.images.key(key)
    }

    fn leave(&self, forward: bool, x: Option<f64>) -> bool {
        self.room.leave(&self.section, forward, x)
    }

    fn undo(&self) {
        self.room.step(false);
    }

    fn redo(&self) {
        self.room.step(true);
    }

    fn link(&self, address: &str) {
        browser::view::open_elsewhere(address);
    }

    fn ask_link(&self) {
        // What is told once a frame may be older than the key that asks.
        if let Some(surface) = self.room.surface_of(&self.section) {
            let _ = self.caret.try_set(surface.caret());
        }
        self.asks_link.set(true);
    }

    fn copied(&self, delta: &Delta) -> Clip {
        let document = Document::from_delta(delta);
        let Some(room) = self.room() else { return Clip::default() };
        let tables = room.tables_of(&document);
        let (document, tables) = room.filled(&document, &tables);
        let carried = self.beside.images.gallery.carried(&document);
        let find = |blob| carried.iter().find(|(name, _)| *name == blob).map(|(_, bytes)| bytes.clone());
        Clip {
            own: room.clip(delta, carried.iter().map(|(_, bytes)| bytes.clone()).collect()),
            html: html::fragment(&document, &tables, &find),
            plain: markdown::write(&document, &tables),
        }
    }

    fn pasted(&self, clip: Clip) -> Pasted {
        pasting::pasted(self.handsel, self.room, clip)
    }

    fn too_large(&self, words: bool) {
        self.handsel.toasts.say(if words { words::PASTE_WORDS_ONLY } else { words::PASTE_TOO_LARGE });
    }

    fn files(&self, files: &web_sys::FileList) {
        if self.room.suggests() {
            return self.handsel.toasts.say(copy::SUGGEST_WORDS_ONLY);
        }
        let (files, gallery) = (browser::files::listed(Some(files.clone())), self.beside.images.gallery);
        images::insert(self.handsel, self.room, gallery, files, incoming::open_files);
    }

    fn fill_image(&self, blob: BlobHash, figure: &web_sys::Element) {
        self.beside.images.gallery.fill(self.room, blob, figure);
    }

    fn variable(&self, name: &str) -> Chip {
        self.room().map(|room| variables::chip(&room, name)).unwrap_or_default()
    }

    fn ask_tools(&self) {
        browser::view::focus_on(".sheet > .toolbar .button");
    }

    fn table(&self, id: &str) -> Option<Grid> {
        self.room()?.grid(id)
    }

    fn cell(&self, cell: &CellName) -> Delta {
        self.room().and_then(|room| room.cell(cell).ok()).unwrap_or_default()
    }

    fn cell_label(&self, row: usize, column: usize, heading: Option<&str>) -> String {
        copy::cell(row + 1, column + 1, heading)
    }

    fn cell_changed(&self, cell: &CellName, change: &Change, kind: EditKind, before: Selection) {
        let Some(room) = self.room() else { return };
        if let Err(problem) = room.edit_cell(cell, change, kind.into_shared(), before) {
            self.handsel.tell(&problem);
        }
        self.has_changed();
    }

    fn act_on_table(&self, cell: &CellName, selection: Selection, act: &TableAct) -> Option<CellName> {
        match self.room()?.act_on_table(cell, selection, act) {
            Ok(goal) => {
                self.room.say(if goal.is_some() { copy::done_to_table(act) } else { "" });
                if goal.is_none() && matches!(act, TableAct::AddRow(_) | TableAct::AddColumn(_)) {
                    self.handsel.toasts.say(copy::TABLE_FULL);
                }
                self.has_changed();
                goal
            }
            Err(problem) => {
                self.handsel.tell(&problem);
                None
            }
        }
    }
}

fn typed_slash(change: &Change) -> bool {
    change.delta.ops().iter().any(|op| matches!(op, Op::Insert { text, .. } if text == "/"))
}
