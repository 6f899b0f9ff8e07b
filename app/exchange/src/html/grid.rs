//! Tables: which elements are grids and which only lay a page out, and how cells come into rows and columns.

use text::{Align, Delta, Marks, Op, Run, Table};

use super::tokens::{Element, Token};

/// The most columns that are read.
const COLUMNS_MAX: usize = 64;
/// The most cells that are read, spanned ones included.
const CELLS_MAX: usize = 20_000;

/// For each table of a page in the order in which they begin, whether it is a grid: one without a table inside and with
/// more than one cell. All others, and those that say so, only lay out what is in them.
pub(super) fn grids<'a>(tokens: impl Iterator<Item = Token<'a>>) -> Vec<bool> {
    struct Seen {
        nests: bool,
        cells: usize,
    }
    let mut tables: Vec<Seen> = Vec::new();
    // The open elements: which table begins at each, if any.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    for token in tokens {
        match token {
            Token::Open(element) if element.name == "table" => {
                if let Some(outer) = around.last() {
                    tables[*outer].nests = true;
                }
                open.push(Some(tables.len()));
                around.push(tables.len());
                tables.push(Seen {
                    nests: element.is("role", "presentation") || element.is("role", "none"),
                    cells: 0,
                });
            }
            Token::Open(element) => {
                open.push(None);
                if let Some(table) = around.last().filter(|_| matches!(element.name, "td" | "th")) {
                    tables[*table].cells += 1;
                }
            }
            Token::Close => {
                if let Some(Some(_)) = open.pop() {
                    around.pop();
                }
            }
            Token::Text(_) | Token::Rest => {}
        }
    }
    tables.into_iter().map(|table| !table.nests && table.cells > 1).collect()
}

#[derive(Debug, Default)]
struct Cell {
    words: Delta,
    align: Align,
    /// Whether it says itself that it names a row or a column.
    names: bool,
}

impl Cell {
    fn shows(&self) -> bool {
        !self.words.is_empty()
    }

    fn is_bold(&self) -> bool {
        self.words.ops().iter().all(|op| matches!(op, Op::Insert { attrs, .. } if attrs.get("bold").is_set()))
    }
}

/// A grid as it is read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    /// How many rows below the cell at the top of each column still reaches into.
    reaches: Vec<usize>,
    /// How many columns the open cell spans, and how many rows.
    span: (usize, usize),
    count: usize,
    /// Whether a cell is open.
    pub(super) in_cell: bool,
    /// Cells that were too many.
    pub(super) rest: usize,
    in_head: bool,
    align: Align,
    names: bool,
}

impl Grid {
    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Begins or ends the rows that name the columns.
    pub(super) fn head(&mut self, begins: bool) {
        self.in_head = begins;
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self, element: &Element<'_>, align: Align) {
        self.pass_spanned();
        let span = |name| element.number(name).unwrap_or(1).max(1);
        self.span = (span("colspan").min(COLUMNS_MAX), span("rowspan"));
        self.names = element.name == "th" || self.in_head;
        self.align = align;
        self.in_cell = true;
    }

    /// How the first line of the open cell is set.
    pub(super) fn set_cell(&mut self, align: Align) {
        self.align = align;
    }

    /// Ends the open cell with its words.
    pub(super) fn cell_end(&mut self, runs: Vec<Run>) {
        self.in_cell = false;
        let mut words = Delta::new();
        for Run { text, marks } in runs {
            words.push(Op::Insert { text, attrs: marks.to_attrs() });
        }
        let (columns, rows) = std::mem::take(&mut self.span);
        self.put(Cell { words, align: self.align, names: self.names }, rows);
        for _ in 1..columns {
            self.put(Cell::default(), rows);
        }
    }

    /// Ends a row.
    pub(super) fn row_end(&mut self) {
        self.pass_spanned();
    }

    fn put(&mut self, cell: Cell, rows: usize) {
        let Some(row) = self.rows.last_mut() else { return };
        if row.len() >= COLUMNS_MAX || self.count >= CELLS_MAX {
            self.rest += usize::from(!cell.words.is_empty());
            return;
        }
        let column = row.len();
        row.push(cell);
        self.count += 1;
        if self.reaches.len() <= column {
            self.reaches.push(0);
        }
        self.reaches[column] = rows.saturating_sub(1);
    }

    /// Puts empty cells where cells of rows above reach into this one.
    fn pass_spanned(&mut self) {
        while let Some(column) = self.rows.last().map(Vec::len)
            && let Some(left) = self.reaches.get(column).copied().filter(|left| *left > 0)
            && self.count < CELLS_MAX
        {
            self.put(Cell::default(), left);
        }
    }

    /// The table, without empty rows and columns at its edges; nothing when nothing is in it.
    pub(super) fn table(mut self, id: impl FnOnce() -> String) -> Option<Table> {
        while self.rows.last().is_some_and(|row| !row.iter().any(Cell::shows)) {
            self.rows.pop();
        }
        let first = self.rows.iter().position(|row| row.iter().any(Cell::shows))?;
        self.rows.drain(..first);
        let width = self.rows.iter().filter_map(|row| row.iter().rposition(Cell::shows)).max()? + 1;
        let header = self.has_names();
        if header {
            // These are bold by themselves.
            self.rows[0]
                .iter_mut()
                .filter(|cell| cell.is_bold())
                .for_each(|cell| cell.words = without_bold(&cell.words));
        }
        let aligns = (0..width).map(|at| self.column(at)).collect();
        let rows = self.rows.into_iter().map(|row| {
            let mut cells: Vec<Delta> = row.into_iter().map(|cell| cell.words).collect();
            cells.resize(width, Delta::new());
            cells
        });
        Some(Table { id: id(), header, aligns, rows: rows.collect() })
    }

    /// Whether the first row names the columns: it says so, or it alone is bold.
    fn has_names(&self) -> bool {
        let all = |row: &[Cell], is: fn(&Cell) -> bool| row.iter().filter(|cell| cell.shows()).all(is);
        match self.rows.as_slice() {
            [first, second, ..] => {
                all(first, |cell| cell.names) || all(first, Cell::is_bold) && !all(second, Cell::is_bold)
            }
            _ => false,
        }
    }

    /// How a column is set: as all its cells are. The first row may be set otherwise, as names often are.
    fn column(&self, at: usize) -> Align {
        let below = &self.rows[usize::from(self.rows.len() > 1)..];
        let mut aligns =
            below.iter().filter_map(|row| row.get(at)).filter(|cell| cell.shows()).map(|cell| cell.align);
        match aligns.next() {
            Some(first) if first != Align::Justify && aligns.all(|align| align == first) => first,
            _ => Align::Start,
        }
    }

    /// The words of the only cell, where there is just one.
    pub(super) fn only(&self) -> Option<&Delta> {
        let mut cells = self.rows.iter().flatten().map(|cell| &cell.words).filter(|words| !words.is_empty());
        cells.next().filter(|_| cells.next().is_none())
    }
}

fn without_bold(words: &Delta) -> Delta {
    let mut plain = Delta::new();
    for op in words.ops() {
        let Op::Insert { text, attrs } = op else { continue };
        let marks = Marks { bold: false, ..Marks::from_attrs(attrs) };
        plain.push(Op::Insert { text: text.clone(), attrs: marks.to_attrs() });
    }
    plain
}
