//! Text as rows of cells (RFC 4180, with other signs between cells and with what programs do in practice).

use super::{Trouble, Unreadable};
use crate::csv::calculates;

/// The signs that may stand between cells, the comma last.
pub(super) const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];
/// The most rows, and the most cells of one.
pub(super) const ROWS_MAX: usize = 250_000;
pub(super) const COLUMNS_MAX: usize = 512;
/// How many rows and bytes are looked at to tell what stands between cells.
const LOOKED_AT: (usize, usize) = (60, 64 * 1024);

/// The cells of a file, one text behind the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cells {
    words: String,
    /// Where each cell ends in `words`.
    ends: Vec<u32>,
    rows: Vec<Place>,
    /// What had to be mended.
    pub(super) troubles: Vec<Trouble>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// The line of the file that it begins in, from 1.
    line: u32,
    /// The number of cells up to its end, of all rows.
    end: u32,
}

impl Cells {
    /// Divides a text. `line` is the number of its first line.
    pub(super) fn divide(text: &str, delimiter: u8, line: u32, rows_max: usize) -> Result<Self, Unreadable> {
        let mut cutter = Cutter { text, at: 0, line, delimiter, cells: Self::default() };
        while cutter.at < text.len() && cutter.cells.rows.len() < rows_max {
            cutter.row()?;
        }
        if cutter.at < text.len() && rows_max == ROWS_MAX {
            return Err(Unreadable::TooManyRows);
        }
        Ok(cutter.cells)
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many cells there are in a row.
    pub(super) fn width(&self, row: usize) -> usize {
        self.span(row).map_or(0, |(from, to)| to - from)
    }

    pub(super) fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |place| place.line)
    }

    /// A cell; nothing where the row is shorter.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&str> {
        let (from, to) = self.span(row)?;
        let at = from.checked_add(column).filter(|at| *at < to)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.words.get(start..*self.ends.get(at)? as usize)
    }

    fn span(&self, row: usize) -> Option<(usize, usize)> {
        let from = row.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |place| place.end);
        Some((from as usize, self.rows.get(row)?.end as usize))
    }
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    delimiter: u8,
    cells: Cells,
}

impl Cutter<'_> {
    fn row(&mut self) -> Result<(), Unreadable> {
        if self.line_end() {
            return Ok(());
        }
        let (line, before) = (self.line, self.cells.ends.len());
        loop {
            let start = self.cells.words.len();
            if !self.quoted() {
                self.plain();
            }
            // What was written so that no spreadsheet calculates it.
            let cell = self.cells.words.get(start..).unwrap_or_default();
            if cell.starts_with('\'') && calculates(cell) {
                self.cells.words.remove(start);
            }
            self.cells.ends.push(self.cells.words.len() as u32);
            if self.cells.ends.len() - before > COLUMNS_MAX {
                return Err(Unreadable::TooManyColumns { line });
            }
            if self.byte() != Some(self.delimiter) {
                break;
            }
            self.at += 1;
        }
        self.line_end();
        self.cells.rows.push(Place { line, end: self.cells.ends.len() as u32 });
        Ok(())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over the end of a line: CR LF, CR or LF.
    fn line_end(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = match rest.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.at += length;
        self.line += 1;
        true
    }

    /// Takes all up to the end of the cell as it is.
    fn plain(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| *byte == self.delimiter || *byte == b'\n' || *byte == b'\r';
        let length = rest.as_bytes().iter().position(ends).unwrap_or(rest.len());
        self.cells.words.push_str(rest.get(..length).unwrap_or_default());
        self.at += length;
    }

    /// Takes a cell in quotes. One that is never closed is none: its quote is a sign as any other. That happens once at
    /// most in a file: all quotes behind it stand in pairs, and a pair at the start of a cell closes itself.
    fn quoted(&mut self) -> bool {
        if self.byte() != Some(b'"') {
            return false;
        }
        let (start, line) = (self.cells.words.len(), self.line);
        let mut from = self.at + 1;
        loop {
            let rest = self.text.get(from..).unwrap_or_default();
            let Some(length) = rest.find('"') else {
                self.cells.words.truncate(start);
                self.cells.troubles.push(Trouble::Unclosed { line });
                return false;
            };
            self.cells.words.push_str(rest.get(..length).unwrap_or_default());
            from += length + 1;
            if self.text.as_bytes().get(from) != Some(&b'"') {
                break;
            }
            self.cells.words.push('"');
            from += 1;
        }
        self.at = from;
        self.line += lines(self.cells.words.get(start..).unwrap_or_default());
        let end = self.cells.words.len();
        self.plain();
        if self.cells.words.get(end..).unwrap_or_default().trim().is_empty() {
            self.cells.words.truncate(end);
        } else {
            self.cells.troubles.push(Trouble::BehindQuote { line: self.line });
        }
        true
    }
}

fn lines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |at: usize| match bytes.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(|at| ends(*at)).count() as u32
}

/// What stands between cells, by a first line `sep=;` as Excel writes it, with what comes after that line.
pub(super) fn declared(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let [delimiter, end, ..] = rest.as_bytes() else { return None };
    let is_sign = delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n');
    let after = rest.get(1..).filter(|_| is_sign && matches!(end, b'\r' | b'\n'))?;
    Some((*delimiter, after.strip_prefix("\r\n").or_else(|| after.get(1..))?))
}

/// The sign that makes the most even table of the first rows: the one with the largest share of rows that have the same
/// number of cells, and among those the one with the most cells. A comma must have the largest share alone, since it stands
/// within numbers too; and it is the one where none parts at least half of the rows.
pub(super) fn found(text: &str) -> u8 {
    let mut end = LOOKED_AT.1.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let is_cut = end < text.len();
    let text = text.get(..end).unwrap_or_default();
    let mut best = (0, 0, b',');
    for delimiter in DELIMITERS {
        let Ok(cells) = Cells::divide(text, delimiter, 1, LOOKED_AT.0) else { continue };
        // The last row may have been cut off.
        let whole = if is_cut { cells.len().saturating_sub(1).max(1) } else { cells.len() };
        let mut widths: Vec<usize> =
            (0..whole).map(|row| cells.width(row)).filter(|width| *width > 1).collect();
        stdx::sort(&mut widths);
        if widths.len() * 2 < whole {
            continue;
        }
        let runs = widths.chunk_by(|one, other| one == other);
        let evenest = runs.filter_map(|run| Some((run.len(), *run.first()?))).max();
        let (share, width) = evenest.map_or((0, 0), |(rows, width)| (rows * 100 / whole, width));
        if share > best.0 || (share == best.0 && width > best.1 && delimiter != b',') {
            best = (share, width, delimiter);
        }
    }
    best.2
}
