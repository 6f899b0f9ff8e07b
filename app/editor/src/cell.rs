//! A cell of a table as a surface of its own: what it asks of the text around it.

use std::rc::{Rc, Weak};

use model::BlobHash;
use text::{CellName, Change, Delta, Grid, Selection, TableAct};
use web_sys::{DataTransfer, Element, FileList};

use crate::chip::Chip;
use crate::clipboard::{HTML, OWN, PLAIN, data};
use crate::host::{CaretState, Clip, EditKind, Host, Pasted};
use crate::surface::Inner;

/// Which cell a surface is, and of whose table.
pub(crate) struct InCell {
    /// The surface in which the table stands.
    pub(crate) outer: Weak<Inner>,
    /// The cell.
    pub(crate) name: CellName,
}

/// What a cell tells, on its way to the host of the text around it.
pub(crate) struct CellHost {
    pub(crate) outer: Weak<Inner>,
    pub(crate) name: CellName,
}

impl CellHost {
    fn host(&self) -> Option<Rc<dyn Host>> {
        Some(self.outer.upgrade()?.host.clone())
    }
}

impl Host for CellHost {
    fn changed(&self, change: &Change, kind: EditKind, before: Selection) {
        if let Some(host) = self.host() {
            host.cell_changed(&self.name, change, kind, before);
        }
    }

    fn moved(&self, caret: &CaretState) {
        if let Some(outer) = self.outer.upgrade() {
            outer.tell_moved_in_cell(&self.name, caret);
        }
    }

    fn undo(&self) {
        if let Some(host) = self.host() {
            host.undo();
        }
    }

    fn redo(&self) {
        if let Some(host) = self.host() {
            host.redo();
        }
    }

    fn link(&self, address: &str) {
        if let Some(host) = self.host() {
            host.link(address);
        }
    }

    fn ask_link(&self) {
        if let Some(host) = self.host() {
            host.ask_link();
        }
    }

    fn ask_tools(&self) {
        if let Some(host) = self.host() {
            host.ask_tools();
        }
    }

    fn copied(&self, delta: &Delta) -> Clip {
        self.host().map(|host| host.copied(delta)).unwrap_or_default()
    }

    fn pasted(&self, clip: Clip) -> Pasted {
        self.host().map_or(Pasted::Words, |host| host.pasted(clip))
    }

    fn too_large(&self, words: bool) {
        if let Some(host) = self.host() {
            host.too_large(words);
        }
    }

    fn variable(&self, name: &str) -> Chip {
        self.host().map(|host| host.variable(name)).unwrap_or_default()
    }

    fn files(&self, files: &FileList) {
        if let Some(host) = self.host() {
            host.files(files);
        }
    }

    // There are neither images nor tables in cells.
    fn fill_image(&self, _blob: BlobHash, _figure: &Element) {}

    fn table(&self, _id: &str) -> Option<Grid> {
        None
    }

    fn cell(&self, _cell: &CellName) -> Delta {
        Delta::new()
    }

    fn cell_label(&self, _row: usize, _column: usize, _heading: Option<&str>) -> String {
        String::new()
    }

    fn cell_changed(&self, _cell: &CellName, _change: &Change, _kind: EditKind, _before: Selection) {}

    fn act_on_table(&self, _cell: &CellName, _selection: Selection, _act: &TableAct) -> Option<CellName> {
        None
    }
}

impl Inner {
    /// Puts a range of cells, as spreadsheets copy it, into this cell and those to the right and below. Answers whether
    /// the clipboard holds one.
    pub(crate) fn paste_range(&self, clipboard: &DataTransfer) -> bool {
        let Some((outer, cell)) = self.within() else { return false };
        let held = |form| data(clipboard, form).unwrap_or_default();
        let plain = held(PLAIN);
        // Words with line ends alone are one cell's, unless they come out of a table. The program's own pieces say
        // themselves what they are.
        let is_range = plain.contains('\t') || held(HTML).to_ascii_lowercase().contains("<table");
        if !is_range || !held(OWN).is_empty() {
            return false;
        }
        let words = |words: String| match text::Intent::Insert(words).in_one_line() {
            Some(text::Intent::Insert(words)) => Delta::new().insert(&words),
            _ => Delta::new(),
        };
        let Some(range) = text::sheet(&plain) else { return false };
        let cells = range.into_iter().map(|row| row.into_iter().map(words).collect()).collect();
        outer.fill_cells(&cell, cells);
        true
    }
}
