//! Keys that lead into a table, through its cells and out of it.

use std::rc::Rc;

use text::{Block, Selection, TableAct};
use web_sys::KeyboardEvent;

use crate::host::CellPlace;
use crate::surface::Inner;
use crate::tables::Cell;

/// The end of whatever it is used in.
const END: Selection = Selection { anchor: usize::MAX, head: usize::MAX };

impl Inner {
    /// Where this surface is a cell: the surface around it, and the cell.
    pub(crate) fn within(&self) -> Option<(Rc<Self>, Rc<Cell>)> {
        let within = self.cell.as_ref()?;
        let outer = within.outer.upgrade()?;
        let cell = outer.tables.active().filter(|cell| cell.name == within.name)?;
        Some((outer, cell))
    }

    /// Does what a key does for tables; answers whether it was such a key.
    pub(crate) fn table_key(&self, event: &KeyboardEvent, key: &str) -> bool {
        if self.cell.is_none() {
            return self.enter_by_key(event, key);
        }
        let Some((outer, cell)) = self.within() else { return false };
        let Some(place) = outer.place_of_cell(&cell.name) else { return false };
        let (ctrl, alt) = (event.ctrl_key() || event.meta_key(), event.alt_key());
        match (key, event.shift_key(), alt) {
            ("Tab", shift, false) if !ctrl => step(&outer, &cell, &place, shift),
            ("Escape", ..) => {
                self.settle();
                let above =
                    place_of_line(&outer, &place).is_some_and(|(line, lines)| line + 1 == lines && line > 0);
                outer.leave_table(&cell.name.table, !above);
                true
            }
            ("Enter", false, false) if self.platform.shortcut(event) => {
                outer.act_on_table(&cell, &TableAct::AddRow(place.row + 1))
            }
            (_, true, true) if !ctrl => {
                // Option and Shift select words on a Mac.
                let act = move_act(key, &place)
                    .filter(|act| !self.platform.apple || matches!(act, TableAct::MoveRow { .. }));
                act.is_some_and(|act| {
                    outer.act_on_table(&cell, &act);
                    true
                })
            }
            (_, false, false) if !ctrl => self.leave_by_arrow(&outer, &cell, &place, key),
            _ => false,
        }
    }

    /// An arrow at the edge of a cell goes on in the next one, and at the edge of the table in the text around it.
    fn leave_by_arrow(&self, outer: &Inner, cell: &Cell, place: &CellPlace, key: &str) -> bool {
        if !key.starts_with("Arrow") {
            return false;
        }
        self.absorb_now();
        self.refresh_selection();
        let caret = self.selection.get();
        let (first, last) = (place.row == 0, place.row + 1 == place.rows);
        let (back, forward) = self.sideways();
        let goal = match key {
            _ if !caret.is_caret() => return false,
            "ArrowUp" if self.is_on_outer_row(false) => {
                if first {
                    outer.leave_table(&cell.name.table, false);
                    return true;
                }
                (place.row - 1, place.column, caret)
            }
            "ArrowDown" if self.is_on_outer_row(true) => {
                if last {
                    outer.leave_table(&cell.name.table, true);
                    return true;
                }
                (place.row + 1, place.column, caret)
            }
            key if key == back && caret.head == 0 => match beside(place, true) {
                Some((row, column)) => (row, column, END),
                None => {
                    outer.leave_table(&cell.name.table, false);
                    return true;
                }
            },
            key if key == forward && caret.head == self.text().last_offset() => match beside(place, false) {
                Some((row, column)) => (row, column, Selection::caret(0)),
                None => {
                    outer.leave_table(&cell.name.table, true);
                    return true;
                }
            },
            _ => return false,
        };
        let name = outer.cell_at(&cell.name, goal.0, goal.1);
        name.is_some_and(|name| outer.enter(&name, goal.2))
    }

    /// An arrow in the text goes into the table that it comes to.
    fn enter_by_key(&self, event: &KeyboardEvent, key: &str) -> bool {
        let plain = !event.shift_key() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if !plain || !key.starts_with("Arrow") {
            return false;
        }
        self.absorb_now();
        self.refresh_selection();
        let caret = self.selection.get();
        let doc = self.text();
        let place = doc.place(caret.head);
        let is_table = |line: usize| {
            doc.lines().get(line).is_some_and(|line| matches!(line.format.block, Block::Table(_)))
        };
        let (here, above, below) =
            (is_table(place.line), place.line > 0 && is_table(place.line - 1), is_table(place.line + 1));
        if !caret.is_caret() || !(here || above || below) {
            return false;
        }
        let (back, forward) = self.sideways();
        let (start, end) = (place.offset == 0, place.offset == doc.line_len(place.line));
        let into = Selection::caret(0);
        match key {
            // The caret stands on the table itself.
            key if here && (key == "ArrowDown" || key == forward) => {
                self.enter_from(place.line, false, false, into)
            }
            "ArrowDown" if below && self.is_on_outer_row(true) => {
                self.enter_from(place.line + 1, false, false, into)
            }
            key if key == forward && below && end => self.enter_from(place.line + 1, false, false, into),
            "ArrowUp" if above && self.is_on_outer_row(false) => {
                self.enter_from(place.line - 1, true, false, into)
            }
            key if key == back && above && start => self.enter_from(place.line - 1, true, true, END),
            _ => false,
        }
    }

    /// The arrows that go back and forward in the caret's line.
    fn sideways(&self) -> (&'static str, &'static str) {
        let line = self.text().place(self.selection.get().head).line;
        let line = self.root.children().item(line as u32);
        let style = line.and_then(|line| self.window.get_computed_style(&line).ok().flatten());
        let direction = style.and_then(|style| style.get_property_value("direction").ok());
        if direction.as_deref() == Some("rtl") {
            ("ArrowRight", "ArrowLeft")
        } else {
            ("ArrowLeft", "ArrowRight")
        }
    }

    /// Whether the caret is on the first row, or the last one, that its line takes on the page.
    pub(crate) fn is_on_outer_row(&self, last: bool) -> bool {
        let head = self.selection.get().head;
        let line = self.root.children().item(self.text().place(head).line as u32);
        let (Some(line), Some(caret)) = (line, self.bounds(head..head)) else { return true };
        let line = line.get_bounding_client_rect();
        let half = caret.height() / 2.0;
        if last { caret.bottom() + half > line.bottom() } else { caret.top() - half < line.top() }
    }
}

/// Which line of how many a table is.
fn place_of_line(outer: &Inner, place: &CellPlace) -> Option<(usize, usize)> {
    Some((outer.line_of_table(&place.cell.table)?, outer.text().lines().len()))
}

/// Tab goes to the next cell, and past the last one into a new row. Back from the first cell it is the browser's.
fn step(outer: &Rc<Inner>, cell: &Rc<Cell>, place: &CellPlace, back: bool) -> bool {
    let Some((row, column)) = beside(place, back) else {
        if back {
            return false;
        }
        if outer.act_on_table(cell, &TableAct::AddRow(place.rows))
            && let Some(first) = outer.cell_at(&cell.name, place.rows, 0)
        {
            outer.enter(&first, END);
        }
        return true;
    };
    let name = outer.cell_at(&cell.name, row, column);
    name.is_some_and(|name| outer.enter(&name, END))
}

/// The cell before this one, or after it, as one reads.
fn beside(place: &CellPlace, back: bool) -> Option<(usize, usize)> {
    let at = place.row * place.columns + place.column;
    let at = if back { at.checked_sub(1)? } else { at + 1 };
    (at < place.rows * place.columns).then_some((at / place.columns, at % place.columns))
}

/// Moving the row or the column with the caret by one.
fn move_act(key: &str, place: &CellPlace) -> Option<TableAct> {
    let (row, column) = (place.row, place.column);
    Some(match key {
        "ArrowUp" => TableAct::MoveRow { from: row, to: row.checked_sub(1)? },
        "ArrowDown" => TableAct::MoveRow { from: row, to: row + 1 },
        "ArrowLeft" => TableAct::MoveColumn { from: column, to: column.checked_sub(1)? },
        "ArrowRight" => TableAct::MoveColumn { from: column, to: column + 1 },
        _ => return None,
    })
}
