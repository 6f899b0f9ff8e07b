//! The grid that a line with `x-table` stands for.

mod act;
mod grid;
mod sheet;

use crate::{Align, Delta};

pub use act::TableAct;
pub use grid::{CellName, Grid};
pub use sheet::sheet;

/// A table: rows of rich cells, each one a single line.
///
/// The shared document keeps it beside the text; the line with the same id says where it stands.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name by which a line refers to it.
    pub id: String,
    /// Whether the first row names the columns.
    pub header: bool,
    /// How each column is set; a missing one is [`Align::Start`].
    pub aligns: Vec<Align>,
    /// Rows of cells from the top; a cell is an insert-only [`Delta`] without a line end. Rows may differ in length.
    pub rows: Vec<Vec<Delta>>,
}

impl Table {
    /// The most cells a table grows to. A larger one that comes from elsewhere is shown, but does not grow.
    pub const MOST_CELLS: usize = 5_000;

    /// An empty table whose first row names the columns.
    pub fn blank(id: &str, rows: usize, columns: usize) -> Self {
        let rows = vec![vec![Delta::new(); columns]; rows];
        Self { id: id.to_owned(), header: true, aligns: Vec::new(), rows }
    }

    /// How many columns it has: as many as its longest row.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}
