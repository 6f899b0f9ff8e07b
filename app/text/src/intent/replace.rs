//! Other words in place of those that were found.

use std::ops::Range;

use super::Change;
use super::insert::clean;
use super::scene::{Scene, close};
use crate::{Attrs, Delta, Line, LineFormat, Marks, Op, Selection, Unit, bounds, utf16_len};

pub(super) fn all(scene: &Scene<'_>, ranges: &[Range<usize>], text: &str) -> Option<Change> {
    let doc = scene.doc;
    let text = clean(text).replace('\n', " ");
    let mut delta = Delta::new();
    let mut at = 0;
    let mut rest = ranges;
    let mut start = 0;
    for (index, line) in doc.lines().iter().enumerate() {
        let end = start + doc.line_len(index);
        let here = rest.iter().take_while(|range| range.start <= end).count();
        let (within, after) = rest.split_at(here);
        rest = after;
        for (range, marks) in words_in(line, start, end, within) {
            if range.start < at {
                continue;
            }
            delta.push(Op::Retain { len: range.start - at, attrs: Attrs::none() });
            let attrs = if line.format.block.is_code() { Attrs::none() } else { marks.to_attrs() };
            delta.push(Op::Insert { text: text.clone(), attrs });
            delta.push(Op::Delete(range.len()));
            at = range.end;
        }
        start = end + 1;
    }
    if delta.is_empty() {
        return None;
    }
    let delta = close(doc, delta, at, &LineFormat::default());
    // What comes in may make one character with what stands beside it.
    let mut new = doc.clone();
    new.apply(&delta);
    let Selection { anchor, head } = scene.selection.map(&delta, false);
    let selection = Selection::new(new.snap(anchor), new.snap(head));
    Some(Change { delta, selection, pending: None })
}

/// Those of `ranges` that are words of `line`, which stands from `start` to `end`, with the marks of their first
/// character.
fn words_in<'a>(
    line: &'a Line,
    start: usize,
    end: usize,
    ranges: &'a [Range<usize>],
) -> impl Iterator<Item = (&'a Range<usize>, &'a Marks)> {
    let edges = if ranges.is_empty() || line.format.block.is_void() {
        Vec::new()
    } else {
        bounds::edges(&line.as_text(), Unit::Grapheme)
    };
    let mut runs = line.runs.iter();
    let mut run = runs.next();
    let mut run_end = start + run.map_or(0, |run| utf16_len(&run.text));
    ranges.iter().filter_map(move |range| {
        let is_edge = |at: usize| edges.binary_search(&at.wrapping_sub(start)).is_ok();
        if range.start >= range.end || range.end > end || !is_edge(range.start) || !is_edge(range.end) {
            return None;
        }
        while run_end <= range.start {
            run = runs.next();
            run_end += utf16_len(&run?.text);
        }
        Some((range, &run?.marks))
    })
}
