//! What is selected in a section, or where the caret stands.

use std::ops::Range;

use crate::Delta;

/// A selection by offsets. It began at `anchor` and ends at `head`, where the caret blinks; both alike is a caret.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Where it began.
    pub anchor: usize,
    /// Where it moves when it is extended.
    pub head: usize,
}

impl Selection {
    /// A caret.
    pub fn caret(at: usize) -> Self {
        Self { anchor: at, head: at }
    }

    /// A selection from `anchor` to `head`.
    pub fn new(anchor: usize, head: usize) -> Self {
        Self { anchor, head }
    }

    /// Its first offset.
    pub fn start(&self) -> usize {
        self.anchor.min(self.head)
    }

    /// The offset after its last unit.
    pub fn end(&self) -> usize {
        self.anchor.max(self.head)
    }

    /// What it covers.
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether it covers nothing.
    pub fn is_caret(&self) -> bool {
        self.anchor == self.head
    }

    /// Where it is after `delta`. A caret at the place of an insertion goes behind it if `after`, else stays before it;
    /// a selection never grows by what comes in at its edges.
    pub fn map(&self, delta: &Delta, after: bool) -> Self {
        if self.is_caret() {
            return Self::caret(delta.map(self.head, after));
        }
        let start = delta.map(self.start(), true);
        let end = delta.map(self.end(), false).max(start);
        self.over(start..end)
    }

    /// The same direction over another range.
    pub fn over(&self, range: Range<usize>) -> Self {
        if self.anchor <= self.head {
            Self::new(range.start, range.end)
        } else {
            Self::new(range.end, range.start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_does_not_grow_at_its_edges() {
        let edges = Delta::new().retain(2).insert("xx").retain(3).insert("yy");
        assert_eq!(Selection::new(5, 2).map(&edges, false), Selection::new(7, 4));
        assert_eq!(Selection::caret(2).map(&edges, false), Selection::caret(2));
        assert_eq!(Selection::caret(2).map(&edges, true), Selection::caret(4));
    }

    #[test]
    fn a_selection_of_what_was_replaced_becomes_a_caret() {
        let replace = Delta::new().retain(1).insert("new").delete(3);
        assert_eq!(Selection::new(1, 4).map(&replace, false), Selection::caret(4));
    }
}
