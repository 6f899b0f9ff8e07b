//! Changing a document in place: only the lines that a change reaches are touched.

use std::vec::IntoIter;

use crate::{Attrs, Delta, Document, Line, Marks, Op, utf16_len};

/// Lines that a change replaced: `removed` lines became the `added` ones that now stand from `at` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Splice {
    /// The first of the new lines.
    pub at: usize,
    /// How many lines stood here before.
    pub removed: usize,
    /// How many stand here now.
    pub added: usize,
}

impl Document {
    /// Applies a change and tells which lines it replaced, in ascending order; each `at` counts the lines as they are
    /// after the whole change, which is also right when the splices are followed one after another.
    ///
    /// What reaches past the end is cut off there; a deletion of the last terminator is obeyed, since the shared text
    /// may do that.
    pub fn apply(&mut self, delta: &Delta) -> Vec<Splice> {
        self.walk(|walk| {
            for op in delta.ops() {
                match op {
                    Op::Retain { len, attrs } => walk.retain(*len, attrs),
                    Op::Insert { text, attrs } => walk.insert(text, attrs),
                    Op::Delete(len) => walk.delete(*len),
                }
            }
        })
    }

    /// Inserts what `delta` inserts into this document, which must be empty.
    pub(super) fn append(&mut self, delta: &Delta) {
        self.walk(|walk| {
            for op in delta.ops() {
                if let Op::Insert { text, attrs } = op {
                    walk.insert(text, attrs);
                }
            }
        });
    }

    fn walk(&mut self, steps: impl FnOnce(&mut Walk<'_>)) -> Vec<Splice> {
        let mut walk = Walk {
            lines: std::mem::take(&mut self.lines),
            rest: Vec::new().into_iter(),
            lens: &self.lens,
            terminated: self.terminated,
            line: 0,
            offset: 0,
            old: 0,
            left: self.lens[0],
            splices: Vec::new(),
        };
        steps(&mut walk);
        let (lines, terminated, splices) = walk.finish();
        for splice in &splices {
            let lens = lines[splice.at..splice.at + splice.added].iter().map(Line::len);
            self.lens.splice(splice.at..splice.at + splice.removed, lens);
        }
        (self.lines, self.terminated) = (lines, terminated);
        splices
    }
}

/// A place in the text that moves forward while the text behind it is already new and the text before it still old.
struct Walk<'a> {
    /// All lines, until the number of lines changes for the first time; from then on those up to the current one.
    lines: Vec<Line>,
    /// The lines after the current one, once the number of lines has changed.
    rest: IntoIter<Line>,
    /// The lengths of the old lines.
    lens: &'a [usize],
    terminated: bool,
    /// The current line; one past the last when the walk has passed the last terminator.
    line: usize,
    /// The offset within the current line.
    offset: usize,
    /// Which of the old lines it is whose end is the current line's end.
    old: usize,
    /// How many units are left up to the current line's end.
    left: usize,
    splices: Vec<Splice>,
}

impl Walk<'_> {
    fn retain(&mut self, mut len: usize, attrs: &Attrs) {
        while len > 0 && !self.is_past() {
            let step = len.min(self.left);
            if step > 0 && !attrs.is_empty() {
                let range = self.offset..self.offset + step;
                if self.lines[self.line].remark(range, attrs) {
                    self.touch();
                }
            }
            self.offset += step;
            self.left -= step;
            len -= step;
            if len == 0 || !self.has_terminator() {
                return;
            }
            if !attrs.is_empty() && self.lines[self.line].reformat(attrs) {
                self.touch();
            }
            len -= 1;
            self.next_line();
        }
    }

    fn insert(&mut self, text: &str, attrs: &Attrs) {
        if text.is_empty() {
            return;
        }
        if self.is_past() {
            self.begin_line();
        } else {
            self.touch();
        }
        let marks = Marks::from_attrs(attrs);
        let mut parts = text.split('\n');
        let first = parts.next().unwrap_or_default();
        let line = &mut self.lines[self.line];
        // Finding the place in a line costs a look at each of its runs; at its end there is nothing to find.
        if self.left == 0 {
            line.push(first, &marks)
        } else {
            line.insert(self.offset, first, &marks)
        }
        self.offset += utf16_len(first);
        let Some(mut part) = parts.next() else { return };

        self.open();
        let line = &mut self.lines[self.line];
        let tail = line.split_off(self.offset);
        let mut last = Line::default();
        last.take_format(line);
        line.reformat(attrs);
        for next in parts {
            let mut line = Line::default();
            line.push(part, &marks);
            line.reformat(attrs);
            self.add_line(line);
            part = next;
        }
        last.push(part, &marks);
        self.offset = utf16_len(part);
        last.append(tail);
        self.add_line(last);
    }

    fn delete(&mut self, mut len: usize) {
        while len > 0 && !self.is_past() {
            let step = len.min(self.left);
            if step > 0 {
                self.lines[self.line].delete(self.offset..self.offset + step);
                self.touch();
            }
            self.left -= step;
            len -= step;
            if len == 0 || !self.has_terminator() {
                return;
            }
            len -= 1;
            self.touch();
            self.join_next();
        }
    }

    /// Deletes the current line's terminator: what follows it comes into this line, with its own terminator.
    fn join_next(&mut self) {
        self.open();
        let line = &mut self.lines[self.line];
        let Some(mut next) = self.rest.next() else {
            line.take_format(&mut Line::default());
            self.terminated = false;
            return;
        };
        line.take_format(&mut next);
        line.append(next.runs);
        self.old += 1;
        self.left = self.lens.get(self.old).copied().unwrap_or(0);
        if let Some(splice) = self.splices.last_mut() {
            splice.removed += 1;
        }
    }

    fn has_terminator(&self) -> bool {
        self.old + 1 < self.lens.len() || self.terminated
    }

    fn is_past(&self) -> bool {
        self.line == self.lines.len()
    }

    fn next_line(&mut self) {
        self.line += 1;
        self.old += 1;
        self.offset = 0;
        self.left = self.lens.get(self.old).copied().unwrap_or(0);
        if self.is_past() {
            self.lines.extend(self.rest.next());
        }
    }

    /// Begins a line after the last terminator.
    fn begin_line(&mut self) {
        self.lines.push(Line::default());
        self.terminated = false;
        match self.splices.last_mut() {
            Some(splice) if splice.at + splice.added == self.line => splice.added += 1,
            _ => self.splices.push(Splice { at: self.line, removed: 0, added: 1 }),
        }
    }

    /// Sets the lines after the current one apart, so that lines may come and go without moving them each time.
    fn open(&mut self) {
        if self.line + 1 < self.lines.len() {
            self.rest = self.lines.split_off(self.line + 1).into_iter();
        }
    }

    /// Goes on with a new line, while the lines after are set apart.
    fn add_line(&mut self, line: Line) {
        self.lines.push(line);
        self.line += 1;
        if let Some(splice) = self.splices.last_mut() {
            splice.added += 1;
        }
    }

    /// Notes that the current line changes.
    fn touch(&mut self) {
        match self.splices.last_mut() {
            Some(splice) if splice.at + splice.added == self.line + 1 => {}
            Some(splice) if splice.at + splice.added == self.line => {
                splice.removed += 1;
                splice.added += 1;
            }
            _ => self.splices.push(Splice { at: self.line, removed: 1, added: 1 }),
        }
    }

    fn finish(mut self) -> (Vec<Line>, bool, Vec<Splice>) {
        self.lines.extend(self.rest);
        // A last line that is empty and has no terminator is no line, unless it is the only one.
        if !self.terminated && self.lines.len() > 1 && self.lines.last().is_some_and(Line::is_empty) {
            self.lines.pop();
            self.terminated = true;
            if let Some(splice) = self.splices.last_mut() {
                splice.added = splice.added.saturating_sub(1);
            }
            self.splices.retain(|splice| splice.removed + splice.added > 0);
        }
        (self.lines, self.terminated, self.splices)
    }
}
