//! Tables and what is written in their cells.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use text::{CellName, Delta, Grid, Selection, Table, TableAct};
use yrs::{
    Assoc, DeepObservable as _, MapRef, Observable as _, TextRef, TransactionMut, WriteTxn as _,
    types::{Event, Events, PathSegment},
    updates::encoder::Encode as _,
};

use super::{Content, apply, is_own, sticky};
use crate::{
    attrs::from_shared_delta,
    guard::Refused,
    history::{EditKind, Spot},
    shared::{LOCAL, SYSTEM},
    tables,
};

/// What changed in a table by something else than this user's own writing. What it says of a cell is true of the moment
/// it happened; the table itself may be further by the time it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableEvent {
    /// Rows, columns or how they are set; or the table is new.
    Grid(String),
    /// What a cell holds.
    Cell {
        /// Which one.
        cell: CellName,
        /// How.
        delta: Delta,
    },
}

/// The cells' texts, each watched from its first use on.
pub(super) struct Cells {
    texts: HashMap<CellName, Known>,
    events: Rc<RefCell<Vec<TableEvent>>>,
    /// Makes names of rows and columns that no other copy makes: the client's own, and how many it has made.
    client: u64,
    named: u64,
}

struct Known {
    text: TextRef,
    /// This user has written in it, so undo looks at it.
    own: bool,
}

impl Cells {
    pub(super) fn new(client: u64, tables: &MapRef) -> Self {
        let events: Rc<RefCell<Vec<TableEvent>>> = Rc::default();
        let seen = events.clone();
        tables.observe_deep("events", move |txn, changes| {
            if !is_own(txn) {
                seen.borrow_mut().extend(changed_grids(txn, changes).into_iter().map(TableEvent::Grid));
            }
        });
        Self { texts: HashMap::new(), events, client, named: 0 }
    }
}

/// The tables whose grids changed.
fn changed_grids(txn: &TransactionMut, changes: &Events) -> Vec<String> {
    let mut grids: Vec<String> = Vec::new();
    for event in changes.iter() {
        let mut note = |id: &str| {
            if grids.iter().all(|have| have != id) {
                grids.push(id.to_owned());
            }
        };
        match (event, event.path().front()) {
            (_, Some(PathSegment::Key(id))) => note(id),
            (Event::Map(event), _) => event.keys(txn).keys().for_each(|id| note(id)),
            _ => {}
        }
    }
    grids
}

impl Content {
    /// The table with this name, where there is one.
    pub fn table(&self, id: &str) -> Option<Table> {
        Some(self.read_grid(id)?.table)
    }

    /// The table with this name and the names of its rows and columns. From then on what changes in its cells is told.
    pub fn grid(&mut self, id: &str) -> Option<Grid> {
        let grid = self.read_grid(id)?;
        let cells = (0..grid.rows.len()).flat_map(|row| (0..grid.columns.len()).map(move |at| (row, at)));
        self.know(cells.filter_map(|(row, column)| grid.name(row, column)));
        Some(grid)
    }

    /// What a cell holds.
    pub fn read_cell(&mut self, cell: &CellName) -> Result<Delta, Refused> {
        let text = self.cell(cell);
        self.shared.read(|txn| tables::cell(txn, &text))
    }

    /// Writes a change of this user in a cell, as [`Self::edit`] does in a section.
    pub fn edit_cell(
        &mut self,
        cell: &CellName,
        delta: &Delta,
        kind: EditKind,
        around: (Selection, Selection),
        now: u64,
    ) -> Result<(), Refused> {
        let text = self.own_cell(cell);
        let spot = Spot::Cell(cell.clone());
        let begins = self.history.begin(spot.clone(), kind, now);
        let before = if begins { Some(self.sticky_selection(&spot, &text, around.0)?) } else { None };
        self.shared.write(LOCAL, |txn| apply(txn, &text, delta))?;
        let after = self.sticky_selection(&spot, &text, around.1)?;
        self.history.record(before, after);
        Ok(())
    }

    /// Does what this user asked for with a table, from a cell with `selection` in it. Answers the cell where the caret
    /// goes; nothing when there was nothing to do.
    pub fn act_on_table(
        &mut self,
        cell: &CellName,
        selection: Selection,
        act: &TableAct,
        now: u64,
    ) -> Result<Option<CellName>, Refused> {
        let Some(old) = self.read_grid(&cell.table) else { return Ok(None) };
        let mut new = old.clone();
        let Cells { client, named, .. } = &mut self.cells;
        let mut name = || {
            *named += 1;
            format!("{client:x}-{named:x}")
        };
        if !new.act(act, &mut name) {
            return Ok(None);
        }
        let at = old.place(cell).unwrap_or_default();
        let (row, column) = new.after(act, at);
        let Some(goal) = new.name(row, column) else { return Ok(None) };
        let changed = tables::changed_cells(Some(&old), &new);
        let texts: Vec<(TextRef, &Delta)> =
            changed.iter().map(|(cell, words)| (self.own_cell(cell), words)).collect();
        let (here, there) = (self.cell(cell), self.cell(&goal));
        self.history.begin(Spot::Cell(cell.clone()), EditKind::Other, now);
        let before = self.sticky_selection(&Spot::Cell(cell.clone()), &here, selection)?;
        self.shared.write(LOCAL, |txn| {
            tables::write(txn, &self.tables, &old, &new);
            for (text, words) in texts {
                tables::fill(txn, &text, words);
            }
        })?;
        let end = if goal == *cell { selection } else { Selection::caret(usize::MAX) };
        let after = self.sticky_selection(&Spot::Cell(goal.clone()), &there, end)?;
        self.history.record(Some(before), after);
        Ok(Some(goal))
    }

    /// A place in a cell that follows its text, as [`Self::anchor`] does in a section.
    pub fn anchor_in_cell(&mut self, cell: &CellName, offset: usize) -> Vec<u8> {
        let text = self.cell(cell);
        self.shared.read(|txn| sticky(txn, &text, offset, Assoc::Before).encode_v1()).unwrap_or_default()
    }

    /// What changed in tables by something else than this user's own writing, since the last call.
    pub fn take_table_events(&mut self) -> Vec<TableEvent> {
        std::mem::take(&mut *self.cells.events.borrow_mut())
    }

    /// As [`Self::grid`], for one look: nothing is told later.
    pub fn read_grid(&self, id: &str) -> Option<Grid> {
        self.shared.read(|txn| tables::read(txn, &self.tables, id)).ok().flatten()
    }

    /// A cell's text.
    pub(super) fn cell(&mut self, cell: &CellName) -> TextRef {
        self.know([cell.clone()]);
        match self.cells.texts.get(cell) {
            Some(known) => known.text.clone(),
            None => self.shared.doc.get_or_insert_text(tables::root(cell)),
        }
    }

    /// A cell's text in which this user is about to write.
    pub(super) fn own_cell(&mut self, cell: &CellName) -> TextRef {
        let text = self.cell(cell);
        // Undo looks through all that it watches at each change, so it watches only what it may have to take back.
        if let Some(known) = self.cells.texts.get_mut(cell).filter(|known| !known.own) {
            known.own = true;
            self.history.watch(&self.shared.doc, &text);
        }
        text
    }

    fn know(&mut self, cells: impl IntoIterator<Item = CellName>) {
        let new: Vec<CellName> =
            cells.into_iter().filter(|cell| !self.cells.texts.contains_key(cell)).collect();
        if new.is_empty() {
            return;
        }
        let texts = self.shared.write(SYSTEM, |txn| {
            let text = |cell: &CellName| {
                let inner = tables::inner_text(txn, &self.tables, cell);
                inner.unwrap_or_else(|| txn.get_or_insert_text(tables::root(cell)))
            };
            new.iter().map(text).collect::<Vec<_>>()
        });
        for (cell, text) in new.into_iter().zip(texts.unwrap_or_default()) {
            let (events, name) = (self.cells.events.clone(), cell.clone());
            text.observe("events", move |txn, event| {
                if !is_own(txn) {
                    let delta = tables::one_line(from_shared_delta(event.delta(txn)));
                    events.borrow_mut().push(TableEvent::Cell { cell: name.clone(), delta });
                }
            });
            self.cells.texts.insert(cell, Known { text, own: false });
        }
    }
}
