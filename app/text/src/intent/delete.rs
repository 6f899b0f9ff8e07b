//! Backspace, Delete and cutting.

use std::ops::Range;

use super::Change;
use super::scene::{Scene, reformat, rewrite};
use crate::{Block, Document, LineFormat, Place, Selection, Unit, Within};

pub(super) fn delete(scene: &Scene<'_>, unit: Unit, forward: bool) -> Option<Change> {
    if !scene.selection.is_caret() {
        return selection(scene);
    }
    let (doc, at) = (scene.doc, scene.selection.head);
    match forward {
        true if scene.first().format.block.is_void() => remove_line(doc, scene.start.line),
        true if scene.tail_is_empty() => join_next(doc, scene.start.line),
        true => cut(doc, at..doc.next(at, unit)),
        false if scene.head_is_empty() => unformat(scene).or_else(|| join_previous(doc, scene.start.line)),
        false => cut(doc, doc.previous(at, unit)..at),
    }
}

/// Deletes what is selected.
pub(super) fn selection(scene: &Scene<'_>) -> Option<Change> {
    if scene.selection.is_caret() {
        return None;
    }
    let (range, format) = joined(scene);
    if range.is_empty() {
        // Between an empty line and a divider or table it is the empty line that goes.
        let above = scene.first();
        return (above.is_empty() && !above.format.block.is_void())
            .then(|| join(scene.doc, scene.start.line))?;
    }
    rewrite(scene.doc, range, Vec::new(), &format)
}

/// What to replace when the selection is replaced, and the format of the line that is left of its lines.
///
/// The first line's format stays; if the first line has no text, or stands for something else, the last one's does. A
/// divider or a table of which the selection only reaches the start stays below.
pub(super) fn joined(scene: &Scene<'_>) -> (Range<usize>, LineFormat) {
    let (doc, range) = (scene.doc, scene.range());
    let (first, last) = (scene.first(), scene.last());
    if scene.start.line == scene.end.line {
        return (range, first.format.clone());
    }
    if last.format.block.is_void() {
        let format = if first.format.block.is_void() { LineFormat::default() } else { first.format.clone() };
        return (range.start..range.end - 1, format);
    }
    let format = join_formats(doc, scene.start.line, scene.end.line);
    (range, format)
}

/// The format of two lines that become one.
fn join_formats(doc: &Document, first: usize, last: usize) -> LineFormat {
    let (one, two) = (&doc.lines()[first], &doc.lines()[last]);
    if one.format.block.is_void() || (one.is_empty() && !two.is_empty()) {
        two.format.clone()
    } else {
        one.format.clone()
    }
}

fn cut(doc: &Document, range: Range<usize>) -> Option<Change> {
    if range.is_empty() {
        return None;
    }
    let line = doc.place(range.end).line;
    rewrite(doc, range, Vec::new(), &doc.format(line))
}

/// Backspace at a line's start takes its format away, one step at a time.
fn unformat(scene: &Scene<'_>) -> Option<Change> {
    let line = scene.start.line;
    let mut format = scene.first().format.clone();
    let continues = line > 0 && {
        let above = &scene.doc.lines()[line - 1].format.block;
        above.is_code() && format.block.is_code()
    };
    if continues {
        return None;
    }
    if format.indent > 0 {
        format.indent -= 1;
    } else if format.block != Block::Paragraph {
        format.block = Block::Paragraph;
    } else if format.within != Within::Text {
        format.within = Within::Text;
    } else {
        return None;
    }
    scene.keep(reformat(scene.doc, line..line + 1, |_| Some(format.clone())))
}

fn join_previous(doc: &Document, line: usize) -> Option<Change> {
    let above = line.checked_sub(1)?;
    if doc.lines()[above].format.block.is_void() {
        return remove_line(doc, above);
    }
    join(doc, above)
}

fn join_next(doc: &Document, line: usize) -> Option<Change> {
    let below = doc.lines().get(line + 1)?;
    if below.format.block.is_void() && !doc.lines()[line].is_empty() {
        let at = doc.line_end(line);
        // The last terminator stays, so there it is the one of this line that goes.
        if line + 2 == doc.lines().len() {
            return rewrite(doc, at..at + 1, Vec::new(), &doc.format(line));
        }
        return remove_line(doc, line + 1).map(|change| Change { selection: Selection::caret(at), ..change });
    }
    join(doc, line)
}

/// Makes one line of `line` and the one after it.
fn join(doc: &Document, line: usize) -> Option<Change> {
    let at = doc.line_end(line);
    let void = doc.lines()[line + 1].format.block.is_void();
    let format = if void { doc.format(line + 1) } else { join_formats(doc, line, line + 1) };
    rewrite(doc, at..at + 1, Vec::new(), &format)
}

/// Takes a whole line away; the last one becomes an empty paragraph, since its terminator stays.
fn remove_line(doc: &Document, line: usize) -> Option<Change> {
    let start = doc.line_start(line);
    if line + 1 < doc.lines().len() {
        let next = doc.format(line + 1);
        return rewrite(doc, start..doc.line_start(line + 1), Vec::new(), &next);
    }
    let end = doc.offset(Place { line, offset: usize::MAX });
    rewrite(doc, start..end, Vec::new(), &LineFormat::default())
}
