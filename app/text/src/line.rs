//! A line of a section: marked runs and the line's own format.

use std::borrow::Cow;
use std::ops::Range;

use crate::{Attrs, LineFormat, Marks, Proposed, Value, utf16_len};

/// A stretch of text with the same marks. Never holds `\n`; a soft break within a line is U+2028.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// What is set on them.
    pub marks: Marks,
}

/// One line: its runs, no two neighbours with equal marks, none empty.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words in order.
    pub runs: Vec<Run>,
    /// The line's own format.
    pub format: LineFormat,
    /// Attributes of other kinds of line that stand behind the one shown.
    hidden: Attrs,
    /// What is proposed for the line's end, where suggestions are shown within the text.
    pub proposed: Proposed,
}

impl Line {
    /// A line of these runs; empty ones are left out and alike neighbours joined.
    pub fn new(runs: impl IntoIterator<Item = Run>, format: LineFormat) -> Self {
        let mut line = Self { format, ..Self::default() };
        line.append(runs);
        line
    }

    /// Length in UTF-16 units, without the terminator.
    pub fn len(&self) -> usize {
        self.runs.iter().map(|run| utf16_len(&run.text)).sum()
    }

    /// Whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The words without marks.
    pub fn text(&self) -> String {
        self.as_text().into_owned()
    }

    /// The words without marks, borrowed where they stand in one piece.
    pub fn as_text(&self) -> Cow<'_, str> {
        match self.runs.as_slice() {
            [] => Cow::Borrowed(""),
            [run] => Cow::Borrowed(&run.text),
            runs => Cow::Owned(runs.iter().map(|run| run.text.as_str()).collect()),
        }
    }

    /// The marks that text typed at `offset` takes: those of the unit before, at the line's start those of the unit
    /// after. A link goes on only within itself, not past its ends.
    pub fn marks_at(&self, offset: usize) -> Marks {
        let (before, after) = self.around(offset);
        let mut marks = before.or(after).cloned().unwrap_or_default();
        if before.and_then(|marks| marks.link.as_ref()) != after.and_then(|marks| marks.link.as_ref()) {
            marks.link = None;
        }
        marks
    }

    /// The marks of the units before and after `offset`.
    pub(crate) fn around(&self, offset: usize) -> (Option<&Marks>, Option<&Marks>) {
        let mut start = 0;
        let mut before = None;
        for run in &self.runs {
            let end = start + utf16_len(&run.text);
            if offset <= start {
                return (before, Some(&run.marks));
            }
            if offset < end {
                return (Some(&run.marks), Some(&run.marks));
            }
            before = Some(&run.marks);
            start = end;
        }
        (before, None)
    }

    /// The runs, and parts of runs, within `range`.
    pub fn slice(&self, range: Range<usize>) -> Vec<Run> {
        self.parts(range).map(|(text, marks)| Run { text: text.to_owned(), marks: marks.clone() }).collect()
    }

    /// As [`Line::slice`], without copying.
    pub fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (&str, &Marks)> {
        let mut start = 0;
        self.runs.iter().filter_map(move |run| {
            let (from, to) = (range.start.saturating_sub(start), range.end.saturating_sub(start));
            start += utf16_len(&run.text);
            let part = &run.text[byte_at(&run.text, from).start..byte_at(&run.text, to.max(from)).start];
            (!part.is_empty()).then_some((part, &run.marks))
        })
    }

    /// The attributes that turn this line's format into `new`, also where others stand behind what is shown.
    pub fn change_to(&self, new: &LineFormat) -> Attrs {
        let mut attrs = self.format.change_to(new);
        for (name, _) in self.hidden.iter() {
            if self.format.differs_in(name, new) && attrs.find(name).is_none() {
                attrs.set(name, Value::Null);
            }
        }
        attrs
    }

    /// The attributes of the `\n` that ends this line.
    pub(crate) fn attrs(&self) -> Attrs {
        let mut attrs = self.format.to_attrs();
        for (name, value) in self.hidden.iter() {
            attrs.set(name, value.clone());
        }
        for (name, value) in self.proposed.to_attrs().iter() {
            attrs.set(name, value.clone());
        }
        attrs
    }

    /// Takes over what `attrs` say of lines; tells whether anything visible changed.
    pub(crate) fn reformat(&mut self, attrs: &Attrs) -> bool {
        self.format.update(&mut self.hidden, attrs) | self.proposed.update(attrs)
    }

    /// Gives this line the terminator of `other`.
    pub(crate) fn take_format(&mut self, other: &mut Self) {
        self.format = std::mem::take(&mut other.format);
        self.hidden = std::mem::take(&mut other.hidden);
        self.proposed = std::mem::take(&mut other.proposed);
    }

    /// Sets `attrs` on the text in `range`; tells whether anything changed.
    pub(crate) fn remark(&mut self, range: Range<usize>, attrs: &Attrs) -> bool {
        let mut start = 0;
        let changes = self.runs.iter().any(|run| {
            let end = start + utf16_len(&run.text);
            let reached = range.start < end && start < range.end;
            start = end;
            reached && run.marks.clone().update(attrs)
        });
        if !changes {
            return false;
        }
        let from = self.cut(range.start);
        let to = self.cut(range.end);
        for run in &mut self.runs[from..to] {
            run.marks.update(attrs);
        }
        self.join();
        true
    }

    /// Puts `text` at `offset`, with exactly `marks`.
    pub(crate) fn insert(&mut self, offset: usize, text: &str, marks: &Marks) {
        if text.is_empty() {
            return;
        }
        let mut start = 0;
        for at in 0..self.runs.len() {
            let end = start + utf16_len(&self.runs[at].text);
            if offset < end {
                return self.insert_in(at, offset - start, text, marks);
            }
            start = end;
        }
        self.push(text, marks);
    }

    fn insert_in(&mut self, at: usize, units: usize, text: &str, marks: &Marks) {
        if units == 0 && at > 0 && self.runs[at - 1].marks == *marks {
            self.runs[at - 1].text.push_str(text);
        } else if self.runs[at].marks == *marks {
            let byte = cut_at(&mut self.runs[at].text, units);
            self.runs[at].text.insert_str(byte, text);
        } else {
            let at = self.cut_run(at, units);
            self.runs.insert(at, Run { text: text.to_owned(), marks: marks.clone() });
        }
    }

    /// Adds `text` at the end, with exactly `marks`.
    pub(crate) fn push(&mut self, text: &str, marks: &Marks) {
        match self.runs.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marks == *marks => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), marks: marks.clone() }),
        }
    }

    /// Adds runs at the end.
    pub(crate) fn append(&mut self, runs: impl IntoIterator<Item = Run>) {
        for run in runs {
            match self.runs.last_mut() {
                _ if run.text.is_empty() => {}
                Some(last) if last.marks == run.marks => last.text.push_str(&run.text),
                _ => self.runs.push(run),
            }
        }
    }

    /// Takes away the text in `range`.
    pub(crate) fn delete(&mut self, range: Range<usize>) {
        let mut start = 0;
        for run in &mut self.runs {
            let len = utf16_len(&run.text);
            let from = range.start.clamp(start, start + len) - start;
            let to = range.end.clamp(start, start + len) - start;
            if from < to {
                let from = cut_at(&mut run.text, from);
                let to = cut_at(&mut run.text, to);
                run.text.replace_range(from..to, "");
            }
            start += len;
        }
        self.join();
    }

    /// Takes away and returns what stands from `offset` on.
    pub(crate) fn split_off(&mut self, offset: usize) -> Vec<Run> {
        let at = self.cut(offset);
        self.runs.split_off(at)
    }

    /// Makes `offset` an edge between runs; the index of the run after it.
    fn cut(&mut self, offset: usize) -> usize {
        let mut start = 0;
        for at in 0..self.runs.len() {
            let end = start + utf16_len(&self.runs[at].text);
            if offset < end {
                return self.cut_run(at, offset - start);
            }
            start = end;
        }
        self.runs.len()
    }

    fn cut_run(&mut self, at: usize, units: usize) -> usize {
        if units == 0 {
            return at;
        }
        let byte = cut_at(&mut self.runs[at].text, units);
        let text = self.runs[at].text.split_off(byte);
        let marks = self.runs[at].marks.clone();
        self.runs.insert(at + 1, Run { text, marks });
        at + 1
    }

    fn join(&mut self) {
        self.runs.retain(|run| !run.text.is_empty());
        self.runs.dedup_by(|later, earlier| {
            let alike = later.marks == earlier.marks;
            if alike {
                earlier.text.push_str(&later.text);
            }
            alike
        });
    }
}

/// The bytes between which the place after `units` lies: an empty range at a character's edge, else the surrogate
/// pair that it would cut. Past the end it is the end.
fn byte_at(text: &str, units: usize) -> Range<usize> {
    if text.is_ascii() {
        let byte = units.min(text.len());
        return byte..byte;
    }
    let mut left = units;
    for (byte, char) in text.char_indices() {
        match left {
            0 => return byte..byte,
            1 if char.len_utf16() == 2 => return byte..byte + char.len_utf8(),
            _ => left -= char.len_utf16(),
        }
    }
    text.len()..text.len()
}

/// `text` in two, cut after `units`. A surrogate pair stays whole.
pub(crate) fn halves(text: &str, units: usize) -> (&str, &str) {
    text.split_at(byte_at(text, units).start)
}

/// The byte after `units`. A surrogate pair that is cut apart becomes two replacement characters, as Yjs does it, so
/// that lengths stay true.
fn cut_at(text: &mut String, units: usize) -> usize {
    const HALF: char = char::REPLACEMENT_CHARACTER;
    let cut = byte_at(text, units);
    if cut.is_empty() {
        return cut.start;
    }
    let start = cut.start;
    text.replace_range(cut, "\u{FFFD}\u{FFFD}");
    start + HALF.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mark;

    fn bold() -> Marks {
        Marks::default().with(Mark::Bold, true)
    }

    fn shown(line: &Line) -> String {
        let run = |run: &Run| if run.marks.bold { format!("[{}]", run.text) } else { run.text.clone() };
        line.runs.iter().map(run).collect()
    }

    #[test]
    fn text_joins_its_like() {
        let mut line = Line::default();
        line.insert(0, "ac", &bold());
        line.insert(1, "b", &Marks::default());
        assert_eq!(shown(&line), "[a]b[c]");
        line.insert(2, "d", &bold());
        assert_eq!(shown(&line), "[a]b[dc]");
        line.delete(1..2);
        assert_eq!((shown(&line).as_str(), line.runs.len()), ("[adc]", 1));
    }

    #[test]
    fn half_a_pair_becomes_a_replacement_and_keeps_its_length() {
        let mut line = Line::default();
        line.insert(0, "a😀b", &Marks::default());
        line.insert(2, "x", &Marks::default());
        assert_eq!((shown(&line).as_str(), line.len()), ("a\u{FFFD}x\u{FFFD}b", 5));
        let mut line = Line::default();
        line.insert(0, "😀", &Marks::default());
        line.delete(1..2);
        assert_eq!(shown(&line), "\u{FFFD}");
        let mut line = Line::default();
        line.insert(0, "😀", &Marks::default());
        assert!(line.remark(0..1, &bold().to_attrs()));
        assert_eq!(shown(&line), "[\u{FFFD}]\u{FFFD}");
    }

    #[test]
    fn marks_follow_the_unit_before_and_links_end() {
        let link = Marks::default().linked(Some("https://a.example"));
        let mut line = Line::default();
        line.push("ab", &bold());
        line.push("cd", &link);
        assert_eq!(line.marks_at(0), bold());
        assert_eq!(line.marks_at(2), bold());
        assert_eq!(line.marks_at(3), link);
        assert_eq!(line.marks_at(4), Marks::default());
        let line = Line::new([Run { text: "ab".into(), marks: link }], LineFormat::default());
        assert_eq!(line.marks_at(0), Marks::default());
    }
}
