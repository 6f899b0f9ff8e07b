//! One text of a section and the suggestions in it.

use super::place::{Placed, Step};
use super::segments::Segments;
use crate::{Attrs, Delta, Document, Op, Proposed, Value, Who};

/// A suggestion at its place, and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Overlay<'a> {
    /// Whose.
    pub who: Who,
    /// Its place.
    pub placed: &'a Placed,
}

/// The section with the suggestions in it: words that would come in stand at their places, words that would go stay,
/// and looks are as they would be. Where several put words in at the same place, one's own come last.
pub fn project(section: &Document, overlays: &[Overlay<'_>]) -> Document {
    let mut shown = section.clone();
    let mut inserts: Vec<(usize, bool, Op)> = Vec::new();
    for Overlay { who, placed } in overlays {
        for step in &placed.steps {
            match step {
                Step::Insert(at, text, attrs) => {
                    let proposed = Proposed { inserted: Some(*who), ..Proposed::default() };
                    let attrs = joined(attrs, &proposed.to_attrs());
                    let at = (*at).min(placed.most(section));
                    inserts.push((at, *who == Who::ME, Op::Insert { text: text.clone(), attrs }));
                }
                Step::Delete(range) => {
                    let end = range.end.min(placed.most(section));
                    let go =
                        |proposed: Proposed| Proposed { deleted: proposed.deleted.and(*who), ..proposed };
                    propose(&mut shown, range.start..end, &Attrs::none(), go);
                }
                Step::Format(range, attrs) => {
                    let look =
                        |proposed: Proposed| Proposed { formatted: proposed.formatted.and(*who), ..proposed };
                    propose(&mut shown, range.clone(), attrs, look);
                }
            }
        }
    }
    stdx::sort_by_key(&mut inserts, |(at, mine, _)| (*at, *mine));
    let (mut delta, mut done) = (Delta::new(), 0);
    for (at, _, op) in inserts {
        delta.push(Op::Retain { len: at - done, attrs: Attrs::none() });
        delta.push(op);
        done = at;
    }
    if !delta.is_empty() {
        shown.apply(&delta);
    }
    shown
}

/// Notes what is proposed for a part of the text, and gives it the look of `attrs`.
fn propose(
    shown: &mut Document,
    range: std::ops::Range<usize>,
    attrs: &Attrs,
    change: impl Fn(Proposed) -> Proposed,
) {
    if range.start >= range.end {
        return;
    }
    let mut delta = Delta::new().retain(range.start);
    let mut segments = Segments::of(shown);
    segments.run(range.start).for_each(drop);
    for (segment, len) in segments.run(range.len()) {
        let noted = segment.proposed.change_to(&change(segment.proposed));
        delta.push(Op::Retain { len, attrs: joined(attrs, &noted) });
    }
    shown.apply(&delta);
}

/// The attributes of both.
pub(super) fn joined(one: &Attrs, two: &Attrs) -> Attrs {
    let all = one.iter().chain(two.iter());
    all.map(|(name, value): (&str, &Value)| (name.to_owned(), value.clone())).collect()
}
