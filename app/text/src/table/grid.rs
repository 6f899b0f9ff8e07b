//! A table with the names of its rows and columns.

use crate::{Align, Delta, Table};

/// A cell by names, which stay the same when rows and columns come, go and move.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellName {
    /// The table's id.
    pub table: String,
    /// The row's name.
    pub row: String,
    /// The column's name.
    pub column: String,
}

/// A table as copies of a room share it. It has at least one row and one column, and each row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The names of the rows, from the top. No two are alike.
    pub rows: Vec<String>,
    /// The names of the columns, from the start. No two are alike.
    pub columns: Vec<String>,
    /// What they hold.
    pub table: Table,
}

impl Grid {
    /// The name of the only row of a table that has lost all of its rows, and of the only column likewise: two people who
    /// write there write in the same cell.
    pub const LAST: &str = "0";

    /// A table with names for its rows and columns, in order; missing ones are made up by `name`. A table without rows
    /// or columns gets one.
    pub fn new(mut table: Table, rows: Vec<String>, columns: Vec<String>) -> Self {
        let or_last = |names: Vec<String>| if names.is_empty() { vec![Self::LAST.to_owned()] } else { names };
        let (rows, columns) = (or_last(rows), or_last(columns));
        table.rows.resize_with(rows.len(), Vec::new);
        for row in &mut table.rows {
            row.resize_with(columns.len(), Delta::new);
        }
        table.aligns.resize(columns.len(), Align::Start);
        Self { rows, columns, table }
    }

    /// The name of a cell by its place.
    pub fn name(&self, row: usize, column: usize) -> Option<CellName> {
        let (row, column) = (self.rows.get(row)?.clone(), self.columns.get(column)?.clone());
        Some(CellName { table: self.table.id.clone(), row, column })
    }

    /// The place of a cell, row and column, if it is in the table.
    pub fn place(&self, cell: &CellName) -> Option<(usize, usize)> {
        let at = |names: &[String], name: &String| names.iter().position(|have| have == name);
        (cell.table == self.table.id).then_some(())?;
        Some((at(&self.rows, &cell.row)?, at(&self.columns, &cell.column)?))
    }

    /// What a cell holds; nothing past the edges.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Delta> {
        self.table.rows.get(row)?.get(column)
    }
}
