//! What a document says: parts of it, its words, its outline, what is set on a range.

use std::ops::Range;

use crate::{Block, Delta, Document, Line, LineFormat, Marks, Op, Unit, bounds};

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The line it stands in.
    pub line: usize,
    /// 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
}

impl Document {
    /// The part within `range` as insertions, exactly: a line has its terminator only if the range covers it.
    pub fn slice(&self, range: Range<usize>) -> Delta {
        let mut delta = Delta::new();
        for (at, part) in self.parts(range.clone()) {
            let line = &self.lines[at];
            for (text, marks) in line.parts(part.clone()) {
                delta.push(Op::Insert { text: text.to_owned(), attrs: marks.to_attrs() });
            }
            let end = self.line_end(at);
            if range.start <= end && end < range.end && self.has_terminator(at) {
                delta.push(Op::Insert { text: "\n".to_owned(), attrs: line.format.to_attrs() });
            }
        }
        delta
    }

    /// The part within `range` as it goes to the clipboard: as [`Document::slice`], but a last line that is not
    /// covered up to its terminator brings its format along when the range covers more lines or all of its text.
    pub fn copy(&self, range: Range<usize>) -> Delta {
        let mut delta = self.slice(range.clone());
        let (start, end) = (self.place(range.start), self.place(range.end));
        let whole = start.offset == 0 && end.offset == self.lens[end.line] && end.offset > 0;
        let more = start.line < end.line && end.offset > 0;
        if range.end <= self.last_offset() && range.start < range.end && (whole || more) {
            let attrs = self.lines[end.line].format.to_attrs();
            delta.push(Op::Insert { text: "\n".to_owned(), attrs });
        }
        delta
    }

    /// The whole text without marks; lines end in `\n`.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.len());
        for (at, line) in self.lines.iter().enumerate() {
            line.runs.iter().for_each(|run| text.push_str(&run.text));
            if self.has_terminator(at) {
                text.push('\n');
            }
        }
        text
    }

    /// How many words there are; each ideograph or kana counts as one.
    pub fn words(&self) -> usize {
        self.lines.iter().map(words_in).sum()
    }

    /// The marks that are set on all text in `range`; for an empty range those that typing there would take.
    pub fn marks_in(&self, range: Range<usize>) -> Marks {
        if range.is_empty() {
            return self.marks_at(range.start);
        }
        let mut common: Option<Marks> = None;
        for (at, part) in self.parts(range) {
            for (_, marks) in self.lines[at].parts(part) {
                common = Some(match common {
                    None => marks.clone(),
                    Some(common) => common.common(marks),
                });
            }
        }
        common.unwrap_or_default()
    }

    /// The format of all lines in `range`, if it is the same.
    pub fn formats_in(&self, range: Range<usize>) -> Option<LineFormat> {
        let mut lines = self.lines[self.lines_in(range)].iter();
        let first = &lines.next()?.format;
        lines.all(|line| line.format == *first).then(|| first.clone())
    }

    /// The lines that a command on `range` is meant for. One where the range only touches the start is not: that is
    /// where a triple click ends.
    pub fn lines_in(&self, range: Range<usize>) -> Range<usize> {
        let (start, end) = (self.place(range.start), self.place(range.end.max(range.start)));
        let touches = end.offset == 0 && start.line < end.line;
        start.line..end.line + usize::from(!touches)
    }

    /// The place one unit before `offset`; the start stays. At a line's start it is the end of the line before.
    pub fn previous(&self, offset: usize, unit: Unit) -> usize {
        let place = self.place(offset);
        let start = self.line_start(place.line);
        if place.offset == 0 {
            return start.saturating_sub(1);
        }
        start + bounds::previous(&self.lines[place.line].as_text(), place.offset, unit)
    }

    /// The place one unit after `offset`; the end stays. At a line's end it is the start of the line after.
    pub fn next(&self, offset: usize, unit: Unit) -> usize {
        let place = self.place(offset);
        let start = self.line_start(place.line);
        if place.offset == self.lens[place.line] {
            return (start + place.offset + 1).min(self.last_offset());
        }
        start + bounds::next(&self.lines[place.line].as_text(), place.offset, unit)
    }

    /// The nearest place at or after `offset` where a caret may stand: within the text and not within what a reader
    /// sees as one character.
    pub fn snap(&self, offset: usize) -> usize {
        let place = self.place(offset);
        let text = self.lines[place.line].as_text();
        self.line_start(place.line) + bounds::snap(&text, place.offset)
    }

    /// The headings in order.
    pub fn headings(&self) -> Vec<Heading> {
        let heading = |(line, it): (usize, &Line)| match it.format.block {
            Block::Heading(level) => Some(Heading { line, level, text: it.text() }),
            _ => None,
        };
        self.lines.iter().enumerate().filter_map(heading).collect()
    }

    /// The lines that `range` reaches, each with the part of it within the range.
    pub(crate) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let first = self.place(range.start).line;
        let mut start = self.line_start(first);
        self.lens[first..].iter().enumerate().map_while(move |(at, len)| {
            let from = range.start.saturating_sub(start).min(*len);
            let to = range.end.checked_sub(start)?.min(*len);
            start += len + 1;
            Some((first + at, from..to.max(from)))
        })
    }
}

fn words_in(line: &Line) -> usize {
    let mut count = 0;
    let mut within = false;
    for char in line.runs.iter().flat_map(|run| run.text.chars()) {
        let alone = matches!(char, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
        if alone {
            count += 1;
            within = false;
        } else if char.is_whitespace() {
            within = false;
        } else if !within && char.is_alphanumeric() {
            count += 1;
            within = true;
        }
    }
    count
}
