//! Tables from elsewhere: what other systems write as comma-separated values, read so that nothing is lost unsaid.
//!
//! The way in has four steps, each of which a person sees and may correct before anything is written: bytes become text
//! ([`decode`]), text becomes cells ([`Sheet::read`]), columns tell what they hold ([`guesses`]) and are given a meaning
//! ([`suggest`]), and rows are taken or listed with what is wrong with them ([`check`]). What can be read in two ways is asked
//! about ([`questions`]), never guessed.

mod cells;
mod check;
mod day;
mod decode;
mod guess;
mod header;
mod meaning;
mod names;
mod near;
mod normal;
mod number;
mod row;
mod stage;

pub use check::{
    BadRow, Checked, Choices, Fault, How, LeaveOut, Question, Reason, Unclear, bad_rows, check, questions,
};
pub use day::{Moment, Order, from_serial, moment};
pub use decode::{Decoded, Encoding, decode};
pub use guess::{Guess, Kind, guesses};
pub use meaning::{Mapping, Table, Takes, Target, suggest, suggest_table};
pub use near::{Alike, Near, Pair, near, near_within};
pub use normal::{company, folded, letters};
pub use number::{Mark, plain};
pub use row::{Key, Row, Value};
pub use stage::{Place, Stage, early, place, stages};

use cells::Cells;

/// The longest text that is read, in bytes.
pub const TEXT_MAX: usize = 64 * 1024 * 1024;

/// Why a text is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// It is something else than text, as a workbook of a spreadsheet program.
    NotText,
    /// It is longer than [`TEXT_MAX`].
    TooLong,
    /// It has more than 250,000 rows.
    TooManyRows,
    /// A row has more than 512 cells.
    TooManyColumns {
        /// The line it begins in.
        line: u32,
    },
}

/// Something that was not as it should be, and how it was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A quotation mark that opens a cell is never closed. It was read as a sign of its cell.
    Unclosed {
        /// Its line.
        line: u32,
    },
    /// Something stands between a closing quotation mark and the end of its cell. It was read as part of the cell.
    BehindQuote {
        /// Its line.
        line: u32,
    },
    /// A row has fewer cells than there are columns. The others were read as empty.
    Short {
        /// The line it begins in.
        line: u32,
        /// How many cells it has.
        cells: u32,
    },
    /// A row has more cells than there are columns, with something in them.
    Long {
        /// The line it begins in.
        line: u32,
        /// How many cells it has.
        cells: u32,
    },
}

/// What a person said of a table, in place of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forced {
    /// What stands between cells, an ASCII character.
    pub delimiter: Option<u8>,
    /// Whether the first row names the columns.
    pub has_header: Option<bool>,
}

/// A table of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    cells: Cells,
    header: Vec<String>,
    has_header: bool,
    delimiter: u8,
}

impl Sheet {
    /// Divides a text into cells. The delimiter is what a first line such as `sep=;` says, else tab, semicolon, bar or comma,
    /// whichever divides the first rows most evenly. Cells are as they were written, with spaces; only an apostrophe that
    /// keeps spreadsheets from calculating is taken away.
    pub fn read(text: &str, forced: Forced) -> Result<Self, Unreadable> {
        if text.len() > TEXT_MAX {
            return Err(Unreadable::TooLong);
        }
        if text.contains('\0') {
            return Err(Unreadable::NotText);
        }
        let (declared, body, line) = match cells::declared(text) {
            Some((delimiter, body)) => (Some(delimiter), body, 2),
            None => (None, text, 1),
        };
        let usable = |it: &u8| it.is_ascii() && !matches!(it, b'"' | b'\r' | b'\n');
        let delimiter = forced.delimiter.filter(usable).or(declared).unwrap_or_else(|| cells::found(body));
        let cells = Cells::divide(body, delimiter, line, cells::ROWS_MAX)?;
        if cells.len() == 0 {
            return Err(Unreadable::Empty);
        }
        let has_header = forced.has_header.unwrap_or_else(|| header::is_there(&cells));
        let header = header::names(&cells, has_header);
        let mut sheet = Self { cells, header, has_header, delimiter };
        sheet.tell_ragged();
        Ok(sheet)
    }

    fn tell_ragged(&mut self) {
        for row in 0..self.rows() {
            let (line, cells) = (self.line(row), self.cells.width(self.place(row)));
            let count = cells as u32;
            if cells < self.width() {
                self.cells.troubles.push(Trouble::Short { line, cells: count });
            } else if self.has_more(row) {
                self.cells.troubles.push(Trouble::Long { line, cells: count });
            }
        }
    }

    /// The place of a row among all that were read.
    fn place(&self, row: usize) -> usize {
        row + usize::from(self.has_header)
    }

    /// Whether something stands in a row beyond its last column.
    pub(crate) fn has_more(&self, row: usize) -> bool {
        let cells = self.width()..self.cells.width(self.place(row));
        cells.into_iter().any(|column| !self.cell(row, column).trim().is_empty())
    }

    /// Whether nothing stands in a row.
    pub(crate) fn is_blank(&self, row: usize) -> bool {
        !self.has_more(row) && (0..self.width()).all(|column| self.cell(row, column).trim().is_empty())
    }

    /// The number of rows below the header.
    pub fn rows(&self) -> usize {
        self.cells.len() - usize::from(self.has_header)
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.header.len()
    }

    /// The names of columns, all different: a name that came before has a number behind it, and one that is empty is `#` with the
    /// number of its column.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Whether the first row names the columns.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// What stands between cells.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// What was not as it should be.
    pub fn troubles(&self) -> &[Trouble] {
        &self.cells.troubles
    }

    /// A cell as it was written; empty where its row is shorter.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.cells.cell(self.place(row), column).unwrap_or_default()
    }

    /// All cells of a row, with those beyond the last column.
    pub fn row(&self, row: usize) -> Vec<String> {
        let cells = self.cells.width(self.place(row)).max(self.width());
        (0..cells).map(|column| self.cell(row, column).to_owned()).collect()
    }

    /// The line of the file in which a row begins, from 1.
    pub fn line(&self, row: usize) -> u32 {
        self.cells.line(self.place(row))
    }

    /// The different values of a column without spaces around them, each with how often it stands there, the most frequent
    /// first. Empty cells are left out.
    pub fn distinct(&self, column: usize) -> Vec<(&str, usize)> {
        let cells = (0..self.rows()).map(|row| self.cell(row, column).trim());
        let mut all: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        stdx::sort(&mut all);
        let runs = all.chunk_by(|one, other| one == other);
        let mut counted: Vec<(&str, usize)> =
            runs.filter_map(|run| Some((*run.first()?, run.len()))).collect();
        stdx::sort_by(&mut counted, |one, other| other.1.cmp(&one.1));
        counted
    }
}
