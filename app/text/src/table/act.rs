//! What a person does to a table as a whole.

use crate::{Align, Delta, Grid, Table};

/// What a person does to a table as a whole. Rows and columns count from 0; an act that names one that is not there does
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableAct {
    /// A new row before this one; after the last one where it names the number of rows.
    AddRow(usize),
    /// A new column before this one; behind the last one where it names the number of columns.
    AddColumn(usize),
    /// Takes a row away with what it holds. The last row stays.
    DeleteRow(usize),
    /// Takes a column away with what it holds. The last column stays.
    DeleteColumn(usize),
    /// Puts a row in another place.
    MoveRow {
        /// Where it is.
        from: usize,
        /// Where it will be.
        to: usize,
    },
    /// Puts a column in another place.
    MoveColumn {
        /// Where it is.
        from: usize,
        /// Where it will be.
        to: usize,
    },
    /// Whether the first row names the columns.
    Header(bool),
    /// How a column is set.
    Align {
        /// Which one.
        column: usize,
        /// How.
        align: Align,
    },
    /// Puts cells in place of those from one on to the right and below; the table grows where it ends, as far as
    /// [`Table::MOST_CELLS`] allows.
    Fill {
        /// The row of the first cell.
        row: usize,
        /// The column of the first cell.
        column: usize,
        /// Rows of cells.
        cells: Vec<Vec<Delta>>,
    },
}

impl Grid {
    /// Does an act; `name` makes names for new rows and columns. Answers whether anything changed.
    pub fn act(&mut self, act: &TableAct, name: &mut dyn FnMut() -> String) -> bool {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        match act {
            TableAct::AddRow(at) if *at <= rows && self.has_room(1, 0) => self.add_row(*at, name()),
            TableAct::AddColumn(at) if *at <= columns && self.has_room(0, 1) => self.add_column(*at, name()),
            TableAct::DeleteRow(at) if *at < rows && rows > 1 => {
                self.rows.remove(*at);
                self.table.rows.remove(*at);
            }
            TableAct::DeleteColumn(at) if *at < columns && columns > 1 => {
                self.columns.remove(*at);
                self.table.aligns.remove(*at);
                self.table.rows.iter_mut().for_each(|row| drop(row.remove(*at)));
            }
            TableAct::MoveRow { from, to } if from != to && *from < rows && *to < rows => {
                shift(&mut self.rows, *from, *to);
                shift(&mut self.table.rows, *from, *to);
            }
            TableAct::MoveColumn { from, to } if from != to && *from < columns && *to < columns => {
                shift(&mut self.columns, *from, *to);
                shift(&mut self.table.aligns, *from, *to);
                self.table.rows.iter_mut().for_each(|row| shift(row, *from, *to));
            }
            TableAct::Header(header) if self.table.header != *header => self.table.header = *header,
            TableAct::Align { column, align }
                if *column < columns && self.table.aligns[*column] != *align =>
            {
                self.table.aligns[*column] = *align;
            }
            TableAct::Fill { row, column, cells } if *row < rows && *column < columns => {
                let before = self.clone();
                self.fill(*row, *column, cells, name);
                return *self != before;
            }
            _ => return false,
        }
        true
    }

    /// Where the caret goes that was at `at` before `act` made `self` of a grid: to what was added, else it stays with its
    /// cell, and where that is gone it stays in its place.
    pub fn after(&self, act: &TableAct, at: (usize, usize)) -> (usize, usize) {
        let (row, column) = at;
        let (row, column) = match act {
            TableAct::AddRow(new) => (*new, column),
            TableAct::AddColumn(new) => (row, *new),
            TableAct::DeleteRow(gone) => (row - usize::from(row > *gone), column),
            TableAct::DeleteColumn(gone) => (row, column - usize::from(column > *gone)),
            TableAct::MoveRow { from, to } => (moved(row, *from, *to), column),
            TableAct::MoveColumn { from, to } => (row, moved(column, *from, *to)),
            TableAct::Header(_) | TableAct::Align { .. } => at,
            TableAct::Fill { row, column, cells } => {
                let wide = cells.iter().map(Vec::len).max().unwrap_or(0);
                (row + cells.len().max(1) - 1, column + wide.max(1) - 1)
            }
        };
        (row.min(self.rows.len() - 1), column.min(self.columns.len() - 1))
    }

    /// Whether the table may have so many rows and columns more.
    fn has_room(&self, rows: usize, columns: usize) -> bool {
        (self.rows.len() + rows) * (self.columns.len() + columns) <= Table::MOST_CELLS
    }

    fn add_row(&mut self, at: usize, name: String) {
        self.rows.insert(at, name);
        self.table.rows.insert(at, vec![Delta::new(); self.columns.len()]);
    }

    fn add_column(&mut self, at: usize, name: String) {
        self.columns.insert(at, name);
        self.table.aligns.insert(at, Align::Start);
        self.table.rows.iter_mut().for_each(|row| row.insert(at, Delta::new()));
    }

    fn fill(&mut self, row: usize, column: usize, cells: &[Vec<Delta>], name: &mut dyn FnMut() -> String) {
        let wide = cells.iter().map(Vec::len).max().unwrap_or(0);
        while self.columns.len() < column + wide && self.has_room(0, 1) {
            self.add_column(self.columns.len(), name());
        }
        while self.rows.len() < row + cells.len() && self.has_room(1, 0) {
            self.add_row(self.rows.len(), name());
        }
        for (into, from) in self.table.rows[row..].iter_mut().zip(cells) {
            for (into, from) in into[column..].iter_mut().zip(from) {
                into.clone_from(from);
            }
        }
    }
}

fn shift<T>(list: &mut Vec<T>, from: usize, to: usize) {
    let item = list.remove(from);
    list.insert(to, item);
}

/// Where `at` is after what was at `from` went to `to`.
fn moved(at: usize, from: usize, to: usize) -> usize {
    if at == from {
        return to;
    }
    let without = at - usize::from(at > from);
    without + usize::from(without >= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of words, a line a row, cells parted by `|`.
    fn grid(rows: &str) -> Grid {
        let cells: Vec<Vec<Delta>> =
            rows.lines().map(|row| row.split('|').map(|cell| Delta::new().insert(cell)).collect()).collect();
        let names = |sign: &str, count: usize| (0..count).map(|at| format!("{sign}{at}")).collect();
        let (height, width) = (cells.len(), cells[0].len());
        let table = Table { id: "t".into(), rows: cells, ..Table::default() };
        Grid::new(table, names("r", height), names("c", width))
    }

    fn words(grid: &Grid) -> String {
        let cell = |cell: &Delta| crate::Document::from_delta(cell).text();
        let row = |row: &Vec<Delta>| row.iter().map(cell).collect::<Vec<_>>().join("|");
        grid.table.rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    fn act(grid: &mut Grid, act: &TableAct) -> bool {
        let mut count = 0;
        let changed = grid.act(act, &mut || {
            count += 1;
            format!("new{count}")
        });
        assert!(grid.table.rows.iter().all(|row| row.len() == grid.columns.len()));
        assert_eq!((grid.rows.len(), grid.columns.len()), (grid.table.rows.len(), grid.table.aligns.len()));
        changed
    }

    #[track_caller]
    fn check(before: &str, done: TableAct, after: &str, caret: ((usize, usize), (usize, usize))) {
        let mut grid = grid(before);
        assert!(act(&mut grid, &done));
        assert_eq!(words(&grid), after);
        assert_eq!(grid.after(&done, caret.0), caret.1);
    }

    #[test]
    fn rows_and_columns_come_go_and_move_with_what_they_hold() {
        check("a|b\nc|d", TableAct::AddRow(1), "a|b\n|\nc|d", ((1, 1), (1, 1)));
        check("a|b\nc|d", TableAct::AddRow(2), "a|b\nc|d\n|", ((0, 0), (2, 0)));
        check("a|b\nc|d", TableAct::AddColumn(0), "|a|b\n|c|d", ((1, 1), (1, 0)));
        check("a|b\nc|d", TableAct::DeleteRow(1), "a|b", ((1, 1), (0, 1)));
        check("a|b\nc|d", TableAct::DeleteRow(0), "c|d", ((1, 1), (0, 1)));
        check("a|b\nc|d", TableAct::DeleteColumn(0), "b\nd", ((0, 0), (0, 0)));
        check("a\nb\nc", TableAct::MoveRow { from: 0, to: 2 }, "b\nc\na", ((0, 0), (2, 0)));
        check("a|b|c", TableAct::MoveColumn { from: 2, to: 0 }, "c|a|b", ((0, 1), (0, 2)));
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        for done in [
            TableAct::AddRow(2),
            TableAct::AddColumn(3),
            TableAct::DeleteRow(0),
            TableAct::DeleteColumn(2),
            TableAct::MoveRow { from: 0, to: 1 },
            TableAct::MoveColumn { from: 1, to: 1 },
            TableAct::Header(false),
            TableAct::Align { column: 0, align: Align::Start },
            TableAct::Fill { row: 1, column: 0, cells: vec![vec![Delta::new().insert("x")]] },
            TableAct::Fill { row: 0, column: 0, cells: vec![vec![Delta::new().insert("a")]] },
        ] {
            let mut grid = grid("a|b");
            assert!(!act(&mut grid, &done), "{done:?}");
            assert_eq!(words(&grid), "a|b");
        }
    }

    #[test]
    fn a_range_fills_cells_and_the_table_grows_with_it() {
        let cells = |rows: &str| grid(rows).table.rows;
        let fill = |row, column, rows: &str| TableAct::Fill { row, column, cells: cells(rows) };
        check("a|b\nc|d", fill(0, 0, "x"), "x|b\nc|d", ((0, 0), (0, 0)));
        check("a|b\nc|d", fill(1, 1, "w|x\ny|z"), "a|b|\nc|w|x\n|y|z", ((1, 1), (2, 2)));
    }

    #[test]
    fn a_table_does_not_grow_without_end() {
        let mut grid = grid("a");
        let cells = vec![vec![Delta::new().insert("x"); 10]; 2_000];
        let fill = TableAct::Fill { row: 0, column: 0, cells };
        assert!(act(&mut grid, &fill));
        assert_eq!(grid.rows.len() * grid.columns.len(), Table::MOST_CELLS);
        assert!(!act(&mut grid, &TableAct::AddRow(0)));
        assert_eq!(grid.after(&fill, (0, 0)), (499, 9));
    }

    #[test]
    fn alignment_goes_with_its_column() {
        let mut grid = grid("a|b");
        assert!(act(&mut grid, &TableAct::Align { column: 1, align: Align::End }));
        assert!(act(&mut grid, &TableAct::AddColumn(1)));
        assert!(act(&mut grid, &TableAct::MoveColumn { from: 2, to: 0 }));
        assert_eq!(grid.table.aligns, [Align::End, Align::Start, Align::Start]);
    }

    #[test]
    fn a_table_that_lost_everything_still_has_a_cell() {
        let grid = Grid::new(Table { id: "t".into(), ..Table::default() }, vec![], vec![]);
        assert_eq!(grid.place(&grid.name(0, 0).unwrap()), Some((0, 0)));
        assert_eq!(grid.name(0, 0).unwrap().row, Grid::LAST);
        assert_eq!(words(&grid), "");
    }
}
