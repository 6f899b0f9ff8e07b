//! The grid that a line with `x-table` stands for.

use crate::{Align, Delta};

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
