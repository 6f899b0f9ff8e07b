//! Suggestions: changes that somebody proposes to a text without changing it.
//!
//! A suggestion is a [`Wording`] over a part of the text: the words it would take out, those it would put in, and where
//! it would change a look. [`project`] makes one text of a section and the suggestions in it, with what is proposed for
//! each stretch beside its marks; the editing surface shows and edits that text as any other. [`propose`] turns what
//! somebody does there into what they propose, or, for somebody who edits, keeps the words that others propose as they
//! are. [`to_content`] and [`spans`] read back what of a change is one of the section itself, and what is one of one's
//! own suggestions. [`settle`] is the change that accepting a suggestion makes.
//!
//! All of it is pure. What always holds: projecting one's own spans over the section gives the text that was edited,
//! and a text without suggestions is its own projection.

mod difference;
mod place;
mod project;
mod propose;
mod segments;
mod spans;
mod wording;

pub use difference::difference;
pub use place::{Placed, place, settle};
pub use project::{Overlay, project};
pub use propose::{Mode, propose};
pub use spans::{Span, spans};
pub use wording::{Part, Wording};

use std::ops::Range;

use crate::{Attrs, Delta, Document, Op, Proposed};
use segments::Segments;

/// Where an offset of a projection is in the section: words that are only proposed take no room there.
pub fn to_section(shown: &Document, offset: usize) -> usize {
    let mut segments = Segments::of(shown);
    let (mut left, mut at) = (offset, 0);
    while left > 0
        && let Some((segment, len)) = segments.take(left)
    {
        left -= len;
        if segment.proposed.inserted.is_none() {
            at += len;
        }
    }
    at
}

/// Where an offset of the section is in a projection: behind what is proposed right there if `after`, else before it.
pub fn to_shown(shown: &Document, offset: usize, after: bool) -> usize {
    let mut segments = Segments::of(shown);
    let (mut left, mut at) = (offset, 0);
    while let Some(segment) = segments.peek() {
        let is_proposed = segment.proposed.inserted.is_some();
        if left == 0 && !(is_proposed && after) {
            break;
        }
        let Some((_, len)) = segments.take(if is_proposed { usize::MAX } else { left }) else { break };
        at += len;
        if !is_proposed {
            left -= len;
        }
    }
    at
}

/// What a change of a projection changes in the section itself.
pub fn to_content(shown: &Document, delta: &Delta) -> Delta {
    let mut segments = Segments::of(shown);
    let mut content = Delta::new();
    for op in delta.ops() {
        match op {
            Op::Insert { attrs, .. } => {
                if !Proposed::is_in(attrs) {
                    content.push(op.clone());
                }
            }
            Op::Retain { len, attrs } => {
                let attrs = if Proposed::is_in(attrs) { &Attrs::none() } else { attrs };
                for (segment, len) in segments.run(*len) {
                    if segment.proposed.inserted.is_none() {
                        content.push(Op::Retain { len, attrs: attrs.clone() });
                    }
                }
            }
            Op::Delete(len) => {
                for (segment, len) in segments.run(*len) {
                    if segment.proposed.inserted.is_none() {
                        content.push(Op::Delete(len));
                    }
                }
            }
        }
    }
    if content.is_empty() { Delta::new() } else { content }
}

/// A part of a projection for the clipboard: without what is only proposed, unless it is nothing else.
pub fn copy(shown: &Document, range: Range<usize>) -> Delta {
    let mut plain = Delta::new();
    for (segment, _) in Segments::of(shown).run(usize::MAX) {
        if segment.proposed.inserted.is_none() {
            plain.push(Op::Insert { text: segment.text.to_owned(), attrs: segment.plain_attrs() });
        }
    }
    let (start, end) = (to_section(shown, range.start), to_section(shown, range.end));
    if start < end || range.is_empty() {
        return Document::from_delta(&plain).copy(start..end);
    }
    let mut words = Delta::new();
    for op in shown.slice(range).ops() {
        if let Op::Insert { text, attrs } = op {
            words.push(Op::Insert { text: text.clone(), attrs: Proposed::without(attrs) });
        }
    }
    words
}

/// Whether anything is proposed in a text.
pub fn is_mixed(document: &Document) -> bool {
    Segments::of(document).run(usize::MAX).any(|(segment, _)| !segment.proposed.is_none())
}
