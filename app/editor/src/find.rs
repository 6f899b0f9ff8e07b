//! Looking through a text and the cells of its tables, and what is done with what was found there.

use std::ops::Range;
use std::rc::Rc;

use text::{Block, CellName, Delta, Document, Intent, Selection};

use crate::dom_selection::scroll_to;
use crate::host::EditKind;
use crate::surface::{Inner, Surface};
use crate::table_view::{self, TableView};

/// A part of a text, or of a cell of one of its tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The cell in which `range` is.
    pub cell: Option<CellName>,
    /// Where it is, in UTF-16 units.
    pub range: Range<usize>,
    /// Where its table stands in the text, and which of that one's cells it is, from 1.
    table: (usize, usize),
}

impl From<Range<usize>> for Found {
    fn from(range: Range<usize>) -> Self {
        Self { cell: None, range, table: (0, 0) }
    }
}

impl Found {
    /// A part of a text or, where one is named, of a cell in it.
    pub fn within(cell: Option<CellName>, range: Range<usize>) -> Self {
        Self { cell, range, table: (0, 0) }
    }

    /// The order in which an offset in the same text or cell is read.
    pub fn order(&self, offset: usize) -> (usize, usize, usize) {
        match self.cell {
            Some(_) => (self.table.0, self.table.1, offset),
            None => (offset, 0, 0),
        }
    }
}

/// Other words in the place of some that were found in one text.
fn replaced(all: &[&Found], text: &str) -> Intent {
    Intent::ReplaceAll { ranges: all.iter().map(|it| it.range.clone()).collect(), text: text.to_owned() }
}

impl Surface {
    /// What `look` finds in the text and in each cell, in the order in which one reads.
    pub fn look_through(&self, look: &dyn Fn(&Document) -> Vec<Range<usize>>) -> Vec<Found> {
        self.inner().look_through(look)
    }

    /// What is selected, in the text or in the cell that the caret is in.
    pub fn selected(&self) -> Found {
        let caret = self.caret();
        let range = caret.selection.range();
        let Some(place) = caret.cell else { return range.into() };
        let line = self.inner().line_of_table(&place.cell.table).unwrap_or_default();
        let table = (self.document().line_start(line), 1 + place.row * place.columns + place.column);
        Found { cell: Some(place.cell), range, table }
    }

    /// Selects a part of the text or of a cell and brings it into view, also while the keyboard is elsewhere, as in a field
    /// for words to find. Highlight it to have it seen there.
    pub fn point_out(&self, found: &Found) {
        let inner = self.inner();
        let Found { cell, range, .. } = found;
        let selection = Selection::new(range.start, range.end);
        let there = cell.as_ref().map(|cell| inner.turn_to_cell(cell, selection));
        if there.is_none() {
            self.select(selection);
            inner.scroll_within_line(range.clone());
        }
    }

    /// What a person has selected here, also where the text is only read; nothing while the selection is elsewhere, or a
    /// caret.
    pub fn selected_in_page(&self) -> Option<Found> {
        let inner = self.inner();
        let found = match inner.tables.active() {
            Some(_) => self.selected(),
            None => inner.read_selection()?.range().into(),
        };
        (!found.range.is_empty()).then_some(found)
    }

    /// The words of a part of the text or of a cell.
    pub fn words_of(&self, found: &Found) -> String {
        let inner = self.inner();
        let doc = match &found.cell {
            None => Some(inner.text()),
            Some(name) => inner.tables.view(&name.table).and_then(|view| {
                let place = view.grid.borrow().place(name)?;
                inner.document_of_cell(&view, place)
            }),
        };
        let words = doc.map(|doc| Document::from_delta(&doc.slice(found.range.clone())).text());
        words.unwrap_or_default().trim().to_owned()
    }

    /// Brings a part of the text, or the cell that it is in, into view; selection and keyboard stay where they are.
    pub fn bring_into_view(&self, found: &Found) {
        let inner = self.inner();
        let cell = found.cell.as_ref().and_then(|name| {
            let view = inner.tables.view(&name.table)?;
            let (row, column) = view.grid.borrow().place(name)?;
            scroll_to(view.cell(row, column)?);
            Some(())
        });
        if cell.is_none() {
            inner.scroll_within_line(found.range.clone());
        }
    }

    /// Puts `text` in the place of all that was found here, in one step to undo; where it is `joined`, in one with the
    /// change right before it, which may be another surface's.
    pub fn replace_all(&self, found: &[Found], text: &str, joined: bool) {
        let mut joined = joined;
        let mut rest = found.iter().collect::<Vec<_>>();
        while let Some(first) = rest.first().map(|first| first.cell.clone()) {
            let (here, others) = rest.into_iter().partition::<Vec<_>, _>(|it| it.cell == first);
            rest = others;
            let kind = if joined { EditKind::Joined } else { EditKind::Other };
            let intent = replaced(&here, text);
            joined |= match first {
                Some(cell) => self.inner().act_in_cell(&cell, intent, kind),
                None => self.inner().act_as(intent, kind),
            };
        }
    }
}

impl Inner {
    fn look_through(&self, look: &dyn Fn(&Document) -> Vec<Range<usize>>) -> Vec<Found> {
        let doc = self.text();
        let mut words = look(&doc).into_iter().map(Found::from).peekable();
        let mut found = Vec::new();
        let mut start = 0;
        for (at, line) in doc.lines().iter().enumerate() {
            if let Block::Table(id) = &line.format.block
                && let Some(view) = self.tables.view(id)
            {
                while let Some(above) = words.next_if(|it| it.range.start < start) {
                    found.push(above);
                }
                self.look_through_table(&view, start, look, &mut found);
            }
            start += doc.line_len(at) + 1;
        }
        found.extend(words);
        found
    }

    fn look_through_table(
        &self,
        view: &TableView,
        start: usize,
        look: &dyn Fn(&Document) -> Vec<Range<usize>>,
        found: &mut Vec<Found>,
    ) {
        let (rows, columns) = (view.grid.borrow().rows.len(), view.grid.borrow().columns.len());
        for at in 0..rows * columns {
            let place = (at / columns, at % columns);
            let Some(doc) = self.document_of_cell(view, place) else { continue };
            let ranges = look(&doc);
            let cell = view.grid.borrow().name(place.0, place.1).filter(|_| !ranges.is_empty());
            let in_cell = |range| Found { cell: cell.clone(), range, table: (start, at + 1) };
            found.extend(ranges.into_iter().map(in_cell));
        }
    }

    /// What a cell holds now, be it a surface or only drawn.
    fn document_of_cell(&self, view: &TableView, place: (usize, usize)) -> Option<Rc<Document>> {
        if let Some(cell) = self.tables.mounted_at(view.cell(place.0, place.1)?) {
            return Some(cell.surface.document());
        }
        let grid = view.grid.borrow();
        Some(Rc::new(table_view::document(grid.cell(place.0, place.1)?)))
    }

    /// The places in the page of the ends of a part of a cell.
    pub(crate) fn ends_in_cell(&self, name: &CellName, range: &Range<usize>) -> Option<crate::people::Ends> {
        let view = self.tables.view(&name.table)?;
        let place = view.grid.borrow().place(name)?;
        let doc = self.document_of_cell(&view, place)?;
        let root = view.cell(place.0, place.1)?;
        let point = |offset| crate::dom_selection::point_in(root, &doc, offset);
        Some((point(range.start)?, point(range.end)?))
    }

    /// Works in a cell from now on, with `selection` in it, which is brought into view; the keyboard stays where it is.
    fn turn_to_cell(&self, name: &CellName, selection: Selection) -> Option<()> {
        let view = self.tables.view(&name.table)?;
        let (row, column) = view.grid.borrow().place(name)?;
        let root = view.cell(row, column)?;
        let cell = match self.tables.mounted_at(root) {
            Some(cell) => cell,
            None => self.mount(&view, (row, column))?,
        };
        self.make_active(&cell);
        cell.surface.select(selection);
        scroll_to(root);
        cell.surface.inner().scroll_within_line(selection.range());
        Some(())
    }

    /// Does something in a cell, be it a surface or only drawn. Answers whether there was anything to do.
    fn act_in_cell(&self, name: &CellName, intent: Intent, kind: EditKind) -> bool {
        let Some(view) = self.tables.view(&name.table).filter(|_| !self.cells_closed()) else { return false };
        let Some(place) = view.grid.borrow().place(name) else { return false };
        let root = view.cell(place.0, place.1);
        if let Some(cell) = root.and_then(|root| self.tables.mounted_at(root)) {
            return cell.surface.inner().act_as(intent, kind);
        }
        let Some(doc) = self.document_of_cell(&view, place) else { return false };
        let before = Selection::caret(0);
        let change = intent.in_one_line().and_then(|intent| text::intend(&doc, before, None, intent));
        let Some(change) = change.filter(|change| !change.delta.is_empty()) else { return false };
        self.host.cell_changed(name, &change, kind, before);
        // Nothing was written by a person here, so what the room holds is what the cell is to show.
        let words: Delta = self.host.cell(name);
        // Drawing fails only when the page itself is going away.
        let _ = view.show(self.pen(), place, &words);
        self.name_column(&view, place);
        true
    }
}
