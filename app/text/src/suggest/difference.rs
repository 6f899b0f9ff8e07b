//! The change that leads from one text to another.

use super::segments::Segments;
use crate::{Attrs, Delta, Document, Op, utf16_len};

/// The change that turns `old` into `new`: what differs is replaced in one stretch of lines, so that what stands before
/// and after it, and in it what is alike at both ends, keeps its place.
pub fn difference(old: &Document, new: &Document) -> Delta {
    let same = |at: &usize| {
        old.lines().get(*at) == new.lines().get(*at) && old.has_terminator(*at) == new.has_terminator(*at)
    };
    let (was, is) = (old.lines().len(), new.lines().len());
    let above = (0..was.min(is)).take_while(same).count();
    let alike = |back: &usize| {
        old.lines()[was - 1 - back] == new.lines()[is - 1 - back]
            && old.has_terminator(was - 1 - back) == new.has_terminator(is - 1 - back)
    };
    let below = (0..was.min(is) - above).take_while(alike).count();
    let start = old.line_start(above);
    let part = |document: &Document, lines: usize| {
        let (start, end) = (document.line_start(above), document.line_start(lines - below));
        let mut text = String::new();
        let mut segments = Segments::of(document);
        segments.run(start).for_each(drop);
        segments.run(end - start).for_each(|(segment, _)| text.push_str(segment.text));
        text
    };
    let (before, after) = (part(old, was), part(new, is));
    let (head, removed, inserted) = match crate::gap(&before, &after, None) {
        Some(gap) => (gap.at, gap.removed, utf16_len(&gap.inserted)),
        None => (utf16_len(&before), 0, 0),
    };
    let tail = utf16_len(&before) - head - removed;
    let (mut was, mut is) = (Segments::of(old), Segments::of(new));
    was.run(start).for_each(drop);
    is.run(start).for_each(drop);
    let mut delta = Delta::new().retain(start);
    dress(&mut delta, &mut was, &mut is, head);
    for (segment, _) in is.run(inserted) {
        delta.push(Op::Insert { text: segment.text.to_owned(), attrs: segment.all_attrs() });
    }
    delta.push(Op::Delete(removed));
    was.run(removed).for_each(drop);
    dress(&mut delta, &mut was, &mut is, tail);
    if delta.is_empty() { Delta::new() } else { delta }
}

/// Keeps words that are alike, and gives them the look that they have in the new text.
fn dress(delta: &mut Delta, was: &mut Segments<'_>, is: &mut Segments<'_>, mut len: usize) {
    while len > 0 {
        let (Some(old), Some(new)) = (was.peek(), is.peek()) else { return };
        let step = old.len().min(new.len()).min(len);
        let attrs = if old.is_like(&new) { Attrs::none() } else { old.change_to(&new) };
        delta.push(Op::Retain { len: step, attrs });
        was.run(step).for_each(drop);
        is.run(step).for_each(drop);
        len -= step;
    }
}
