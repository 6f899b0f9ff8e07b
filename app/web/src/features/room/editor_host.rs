//! The room as the editing surface sees it.

use std::cell::Cell;

use editor::{CaretState, Clip, EditKind, Host, Pasted};
use exchange::{html, image::no_blobs, markdown};
use leptos::prelude::*;
use model::{BlobHash, SectionId};
use session::Room;
use text::{Change, Delta, Document, Op, Selection};

use super::{OpenRoom, beside::Beside, pasting, spoken::Spoken};
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
}

impl Host for RoomHost {
    fn changed(&self, change: &Change, kind: EditKind, before: Selection) {
        let kind = match kind {
            EditKind::Typing => replica::EditKind::Typing,
            EditKind::Deleting => replica::EditKind::Deleting,
            EditKind::Other => replica::EditKind::Other,
            EditKind::Joined => replica::EditKind::Joined,
        };
        let Some(room) = self.room() else { return };
        if let Err(problem) = room.edit(&self.section, change, kind, before) {
            self.handsel.tell(&problem);
        }
        if !self.persisted.replace(true) {
            browser::timers::spawn(async {
                // Where the browser does not promise to keep the store, it stays as it was: kept, until space runs out.
                browser::page::persist_storage().await;
            });
        }
        self.room.text_changed(&self.section);
        if let Some(surface) = self.room.surface_of(&self.section) {
            self.beside.slash.follow(&surface, typed_slash(change));
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
            room.show_caret(caret.focused.then_some((&self.section, caret.selection)));
        }
        if let Some(surface) = self.room.surface_of(&self.section) {
            self.beside.follow(&surface, caret);
        }
        self.spoken.follow(caret);
        // The tools show what is set at the caret; where it is changes with each letter and is nothing to them.
        let same = |old: &CaretState| {
            old.marks == caret.marks && old.format == caret.format && old.focused == caret.focused
        };
        if !self.caret.try_with_untracked(same).unwrap_or(true) {
            let _ = self.caret.try_set(caret.clone());
        }
    }

    fn key(&self, key: &str) -> bool {
        self.beside.slash.key(self.room, key)
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
        Clip {
            own: room.clip(delta),
            html: html::fragment(&document, &tables, &no_blobs),
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
        incoming::open_files(self.handsel, browser::files::listed(Some(files.clone())));
    }

    fn fill_image(&self, _blob: BlobHash, _figure: &web_sys::Element) {}

    fn fill_table(&self, id: &str, figure: &web_sys::Element) {
        if let Some(table) = self.room().and_then(|room| room.table(id)) {
            editor::draw_table(figure, &table);
        }
    }
}

fn typed_slash(change: &Change) -> bool {
    change.delta.ops().iter().any(|op| matches!(op, Op::Insert { text, .. } if text == "/"))
}
