//! A section's text as lines.

mod apply;
mod read;

use crate::{Delta, Line, LineFormat, Marks, Op};

pub use apply::Splice;
pub use read::Heading;

/// A section's text as lines of marked runs.
///
/// There is always at least one line. If the text does not end in `\n` the last line has no terminator yet, and so no
/// format; if it does, no empty line stands after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    lines: Vec<Line>,
    /// The length of each line, so that finding an offset reads no text.
    lens: Vec<usize>,
    /// Whether the last line has its `\n`.
    terminated: bool,
}

/// A line and the offset within it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which line, from 0.
    pub line: usize,
    /// UTF-16 units from the line's start.
    pub offset: usize,
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

impl Document {
    /// One empty line without a terminator.
    pub fn new() -> Self {
        Self { lines: vec![Line::default()], lens: vec![0], terminated: false }
    }

    /// The text that `delta` inserts; its other steps are ignored.
    pub fn from_delta(delta: &Delta) -> Self {
        let mut document = Self::new();
        document.append(delta);
        document
    }

    /// The whole text as insertions.
    pub fn to_delta(&self) -> Delta {
        let mut delta = Delta::new();
        for (at, line) in self.lines.iter().enumerate() {
            for run in &line.runs {
                delta.push(Op::Insert { text: run.text.clone(), attrs: run.marks.to_attrs() });
            }
            if self.has_terminator(at) {
                delta.push(Op::Insert { text: "\n".to_owned(), attrs: line.attrs() });
            }
        }
        delta
    }

    /// The lines; never none.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The length with all terminators.
    pub fn len(&self) -> usize {
        self.lens.iter().sum::<usize>() + self.lens.len() - usize::from(!self.terminated)
    }

    /// Whether there is nothing at all, not even a terminator.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The largest offset where a caret can stand: the end of the last line.
    pub fn last_offset(&self) -> usize {
        self.len() - usize::from(self.terminated)
    }

    /// Whether a reader sees nothing: no text, no divider, no table.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| {
            !line.format.block.is_void() && line.runs.iter().all(|run| run.text.trim().is_empty())
        })
    }

    /// Whether the text ends in `\n`.
    pub fn is_terminated(&self) -> bool {
        self.terminated
    }

    /// Whether `line` ends in `\n`; only the last one may not.
    pub(crate) fn has_terminator(&self, line: usize) -> bool {
        self.terminated || line + 1 < self.lines.len()
    }

    /// The line and the offset in it. An offset past the end is the end of the last line.
    pub fn place(&self, offset: usize) -> Place {
        let mut left = offset;
        for (line, len) in self.lens.iter().enumerate() {
            if left <= *len {
                return Place { line, offset: left };
            }
            left -= len + 1;
        }
        let line = self.lines.len() - 1;
        Place { line, offset: self.lens[line] }
    }

    /// The offset of a place; places past a line's end, or past the last line, come to the end of the line.
    pub fn offset(&self, place: Place) -> usize {
        match self.lens.get(place.line) {
            Some(len) => self.line_start(place.line) + place.offset.min(*len),
            None => self.last_offset(),
        }
    }

    /// The offset of a line's first unit; for a line past the last one, the text's length.
    pub fn line_start(&self, line: usize) -> usize {
        let line = line.min(self.lines.len());
        let start = self.lens[..line].iter().sum::<usize>() + line;
        start.min(self.len())
    }

    /// The offset of a line's end, before its terminator.
    pub fn line_end(&self, line: usize) -> usize {
        self.offset(Place { line, offset: usize::MAX })
    }

    /// The length of a line without its terminator; 0 past the last line.
    pub fn line_len(&self, line: usize) -> usize {
        self.lens.get(line).copied().unwrap_or(0)
    }

    /// The marks that text typed at `offset` takes.
    pub(crate) fn marks_at(&self, offset: usize) -> Marks {
        let place = self.place(offset);
        let line = &self.lines[place.line];
        if line.format.block.is_code() { Marks::default() } else { line.marks_at(place.offset) }
    }

    /// The format of a line; that of a missing one is plain.
    pub(crate) fn format(&self, line: usize) -> LineFormat {
        self.lines.get(line).map(|line| line.format.clone()).unwrap_or_default()
    }
}
