//! What an intent looks at, and the one way in which intents replace text.

use std::ops::Range;

use super::Change;
use crate::{
    Attrs, Block, Delta, Document, Line, LineFormat, Marks, Op, Place, Selection, bounds, utf16_len,
};

/// The text and what is selected in it.
pub(super) struct Scene<'a> {
    pub(super) doc: &'a Document,
    /// Within the text, and never within a surrogate pair.
    pub(super) selection: Selection,
    /// Where the selection starts and ends.
    pub(super) start: Place,
    pub(super) end: Place,
    pub(super) pending: Option<&'a Marks>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(doc: &'a Document, selection: Selection, pending: Option<&'a Marks>) -> Self {
        let range = whole_pairs(doc, selection.range());
        let (start, end) = (doc.place(range.start), doc.place(range.end));
        Self { doc, selection: selection.over(range), start, end, pending }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.selection.range()
    }

    /// The lines that a command on the selection is meant for.
    pub(super) fn lines(&self) -> Range<usize> {
        self.doc.lines_in(self.range())
    }

    /// The line where the selection starts.
    pub(super) fn first(&self) -> &'a Line {
        &self.doc.lines()[self.start.line]
    }

    /// The line where the selection ends.
    pub(super) fn last(&self) -> &'a Line {
        &self.doc.lines()[self.end.line]
    }

    /// Whether no text of the first line stays.
    pub(super) fn head_is_empty(&self) -> bool {
        self.start.offset == 0
    }

    /// Whether no text of the last line stays.
    pub(super) fn tail_is_empty(&self) -> bool {
        self.end.offset == self.doc.line_len(self.end.line)
    }

    /// The marks of text that is typed in place of the selection.
    pub(super) fn marks(&self) -> Marks {
        if self.first().format.block.is_code() {
            return Marks::default();
        }
        match self.pending {
            Some(marks) => marks.clone(),
            None => marks_for(self.doc, self.range()),
        }
    }

    /// A change that leaves the selection where it is.
    pub(super) fn keep(&self, delta: Delta) -> Option<Change> {
        let change = Change { selection: self.selection, pending: None, delta };
        Some(change).filter(|change| !change.delta.is_empty())
    }

    /// Replaces `range` by `pieces`; the caret goes behind them.
    pub(super) fn rewrite(
        &self,
        range: Range<usize>,
        pieces: Vec<Piece>,
        end: &LineFormat,
    ) -> Option<Change> {
        rewrite(self.doc, range, pieces, end)
    }
}

/// The marks of text in place of `range`: those of what it replaces. A link stays only if some of it stays.
pub(super) fn marks_for(doc: &Document, range: Range<usize>) -> Marks {
    if range.is_empty() {
        return doc.marks_at(range.start);
    }
    let (start, end) = (doc.place(range.start), doc.place(range.end));
    let first = &doc.lines()[start.line];
    if first.format.block.is_code() {
        return Marks::default();
    }
    let (before, replaced) = first.around(start.offset);
    let mut marks = replaced.or(before).cloned().unwrap_or_default();
    if replaced.is_none() && before.is_some_and(|marks| marks.link.is_some()) {
        marks.link = None;
    }
    let after = doc.lines()[end.line].around(end.offset).1;
    let stays = [before, after].into_iter().flatten().any(|beside| beside.link == marks.link);
    if !stays {
        marks.link = None;
    }
    marks
}

/// `range` brought into the text and widened so that no surrogate pair is cut.
pub(super) fn whole_pairs(doc: &Document, range: Range<usize>) -> Range<usize> {
    let last = doc.last_offset();
    let (start, end) = (range.start.min(last), range.end.max(range.start).min(last));
    let cuts = |offset: usize| {
        let place = doc.place(offset);
        bounds::whole_pair(&doc.lines()[place.line].as_text(), place.offset) > place.offset
    };
    let from = start - usize::from(cuts(start));
    if range.is_empty() { from..from } else { from..end + usize::from(cuts(end)) }
}

/// A part of what comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text without line ends.
    Text(String, Marks),
    /// The end of a line, and the format of that line.
    Break(LineFormat),
}

impl Piece {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text, _) => utf16_len(text),
            Self::Break(_) => 1,
        }
    }

    pub(super) fn into_op(self) -> Op {
        match self {
            Self::Text(text, marks) => Op::Insert { text, attrs: marks.to_attrs() },
            Self::Break(format) => Op::Insert { text: "\n".to_owned(), attrs: format.to_attrs() },
        }
    }
}

/// Replaces `range` by `pieces` and gives the line that then ends them the format `end`. The caret goes behind the
/// pieces. `None` when nothing changes.
pub(crate) fn rewrite(
    doc: &Document,
    range: Range<usize>,
    mut pieces: Vec<Piece>,
    end: &LineFormat,
) -> Option<Change> {
    let place = doc.place(range.end);
    let line = &doc.lines()[place.line];
    if pieces.is_empty() && range.is_empty() && line.format == *end {
        return None;
    }
    let caret = snap(doc, &range, &pieces);
    unmark_code(&mut pieces, end);
    let mut delta = Delta::new().retain(range.start);
    for piece in pieces {
        delta.push(piece.into_op());
    }
    let mut delta = delta.delete(range.len());
    let mut at = range.end;
    if end.block.is_code() {
        remark(doc, &mut delta, &mut at, place.line, place.offset..usize::MAX, unmarked);
    }
    let attrs = line.change_to(end);
    if !doc.has_terminator(place.line) {
        delta = close(doc, delta, at, end);
    } else if attrs.is_empty() {
        delta = close(doc, delta, at, &LineFormat::default());
    } else {
        let line_end = doc.line_end(place.line);
        delta = delta.retain(line_end - at).retain_with(1, attrs);
        delta = close(doc, delta, line_end + 1, &LineFormat::default());
    }
    Some(Change { delta, selection: Selection::caret(caret), pending: None })
}

/// Takes the marks off text that comes into lines of code.
fn unmark_code(pieces: &mut [Piece], end: &LineFormat) {
    let mut code = end.block.is_code();
    for piece in pieces.iter_mut().rev() {
        match piece {
            Piece::Text(_, marks) if code => *marks = Marks::default(),
            Piece::Text(..) => {}
            Piece::Break(format) => code = format.block.is_code(),
        }
    }
}

/// Marks that are to become none, for [`remark`]. What is proposed is none of them.
fn unmarked(marks: &Marks) -> Option<Marks> {
    let bare = Marks { proposed: marks.proposed, ..Marks::default() };
    (*marks != bare).then_some(bare)
}

/// Ends a change that has come to the offset `at` of the old text: adds the last terminator if there is none, which
/// gives the last line its `format`.
pub(crate) fn close(doc: &Document, delta: Delta, at: usize, format: &LineFormat) -> Delta {
    if doc.is_terminated() {
        return delta;
    }
    delta.retain(doc.len().saturating_sub(at)).insert_with("\n", format.to_attrs())
}

/// The caret behind `pieces`, moved on if what stands there then combines into one character as readers see it.
fn snap(doc: &Document, range: &Range<usize>, pieces: &[Piece]) -> usize {
    let caret = range.start + pieces.iter().map(Piece::len).sum::<usize>();
    let (start, end) = (doc.place(range.start), doc.place(range.end));
    let fresh = pieces.iter().rposition(|piece| matches!(piece, Piece::Break(_)));
    let first = doc.lines()[start.line].as_text();
    let mut text =
        if fresh.is_none() { bounds::before(&first, start.offset).to_owned() } else { String::new() };
    for piece in &pieces[fresh.map_or(0, |at| at + 1)..] {
        if let Piece::Text(piece, _) = piece {
            text.push_str(piece);
        }
    }
    let at = utf16_len(&text);
    text.push_str(bounds::after(&doc.lines()[end.line].as_text(), end.offset));
    caret + bounds::snap(&text, at) - at
}

/// Changes the formats of lines; `change` says what one becomes, or `None` for one that stays.
pub(super) fn reformat(
    doc: &Document,
    lines: Range<usize>,
    mut change: impl FnMut(&LineFormat) -> Option<LineFormat>,
) -> Delta {
    let mut delta = Delta::new();
    let mut at = 0;
    let mut last = LineFormat::default();
    for index in lines {
        let Some(line) = doc.lines().get(index) else { break };
        let Some(format) = change(&line.format) else { continue };
        if format.block.is_code() {
            remark(doc, &mut delta, &mut at, index, 0..usize::MAX, unmarked);
        }
        let end = doc.line_end(index);
        if !doc.has_terminator(index) {
            last = format;
        } else if format != line.format {
            delta = delta.retain(end - at).retain_with(1, line.change_to(&format));
            at = end + 1;
        }
    }
    if delta.is_empty() && last == LineFormat::default() { delta } else { close(doc, delta, at, &last) }
}

/// Changes the marks of a part of a line, in a delta that has come to the offset `at`; `change` says what marks
/// become, or `None` for those that stay.
pub(crate) fn remark(
    doc: &Document,
    delta: &mut Delta,
    at: &mut usize,
    line: usize,
    part: Range<usize>,
    change: impl Fn(&Marks) -> Option<Marks>,
) {
    let mut start = doc.line_start(line) + part.start.min(doc.line_len(line));
    for (text, marks) in doc.lines()[line].parts(part) {
        let len = utf16_len(text);
        if let Some(new) = change(marks) {
            delta.push(Op::Retain { len: start - *at, attrs: Attrs::none() });
            delta.push(Op::Retain { len, attrs: marks.change_to(&new) });
            *at = start + len;
        }
        start += len;
    }
}

/// The format of a line that follows one of this format when Enter is pressed within it.
pub(super) fn following(format: &LineFormat) -> LineFormat {
    let mut format = format.clone();
    match format.block {
        Block::Check { .. } => format.block = Block::Check { done: false },
        Block::Divider | Block::Table(_) | Block::Image(_) => format = LineFormat::default(),
        _ => {}
    }
    format
}
