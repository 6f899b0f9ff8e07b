//! The tables of an open room.

use model::Right;
use model::SectionId;
use replica::{EditKind, TableEvent};
use text::{CellName, Change, Delta, Grid, Selection, Table, TableAct};

use super::{Room, RoomEvent, people::OwnCaret};
use crate::Problem;

impl Room {
    /// A table with the names of its rows and columns, by the name that its line carries. From then on what others do in
    /// it is told.
    pub fn grid(&self, id: &str) -> Option<Grid> {
        self.0.documents.borrow_mut().content.grid(id)
    }

    /// What a cell holds.
    pub fn cell(&self, cell: &CellName) -> Result<Delta, Problem> {
        Ok(self.0.documents.borrow_mut().content.read_cell(cell)?)
    }

    /// A name for a table that no other has.
    pub fn new_table_id(&self) -> String {
        format!("{:016x}", u64::from_be_bytes(self.0.ports.random()))
    }

    /// Has the next [`Room::edit`] write these tables together with the lines that stand for them, as one step to undo.
    pub fn bring_tables(&self, tables: Vec<Table>) {
        *self.0.brought.borrow_mut() = tables;
    }

    /// The tables that the next [`Room::edit`] would have written, and now does not.
    pub fn take_brought(&self) -> Vec<Table> {
        self.0.brought.take()
    }

    /// Writes what the editor just did in a cell. Its selection there was `before`.
    pub fn edit_cell(
        &self,
        cell: &CellName,
        change: &Change,
        kind: EditKind,
        before: Selection,
    ) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        let now = (self.0.ports.now)();
        let around = (before, change.selection);
        let edited = self.0.documents.borrow_mut().content.edit_cell(cell, &change.delta, kind, around, now);
        self.settle();
        Ok(edited?)
    }

    /// Does what this tab's person asked for with a table, from a cell with `selection` in it. Answers the cell where the
    /// caret goes; nothing when there was nothing to do. The editor reads the table anew; nobody else is called.
    pub fn act_on_table(
        &self,
        cell: &CellName,
        selection: Selection,
        act: &TableAct,
    ) -> Result<Option<CellName>, Problem> {
        self.may(Right::Edit)?;
        let now = (self.0.ports.now)();
        let done = self.0.documents.borrow_mut().content.act_on_table(cell, selection, act, now);
        self.settle();
        Ok(done?)
    }

    /// Tells the others that this tab's caret is in a cell of a table that stands in `section`.
    pub fn show_caret_in_cell(&self, section: &SectionId, cell: &CellName, selection: Selection) {
        self.move_caret(Some(OwnCaret::Untold(section.clone(), Some(cell.clone()), selection)));
    }

    /// Tells the listener what others changed in tables.
    pub(super) fn tell_tables(&self, events: Vec<TableEvent>) {
        for event in events {
            self.tell(RoomEvent::Table(event));
        }
    }
}
