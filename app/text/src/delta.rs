//! A change to a text, in Quill's three verbs: keep, insert, delete.

use crate::Attrs;

/// One step of a [`Delta`]. Lengths are in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Keep `len` units; set `attrs` on them where it is not empty.
    Retain {
        /// How many units are kept.
        len: usize,
        /// What changes on them.
        attrs: Attrs,
    },
    /// Insert `text` here, with exactly `attrs` (nothing is inherited from the neighbours).
    Insert {
        /// What comes in.
        text: String,
        /// What is set on all of it.
        attrs: Attrs,
    },
    /// Delete the next units.
    Delete(usize),
}

/// A change from the start of a text to its end; what it does not reach stays as it is.
///
/// Kept in short form: no empty steps, equal neighbours joined, an insertion before a deletion at the same place.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Delta {
    ops: Vec<Op>,
}

/// The length of `text` in UTF-16 units.
pub fn utf16_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

impl Delta {
    /// A change that changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Then keep `len` units.
    pub fn retain(self, len: usize) -> Self {
        self.retain_with(len, Attrs::none())
    }

    /// Then keep `len` units and set `attrs` on them.
    pub fn retain_with(mut self, len: usize, attrs: Attrs) -> Self {
        self.push(Op::Retain { len, attrs });
        self
    }

    /// Then insert `text` with no attributes.
    pub fn insert(self, text: &str) -> Self {
        self.insert_with(text, Attrs::none())
    }

    /// Then insert `text` with `attrs`.
    pub fn insert_with(mut self, text: &str, attrs: Attrs) -> Self {
        self.push(Op::Insert { text: text.to_owned(), attrs });
        self
    }

    /// Then delete `len` units.
    pub fn delete(mut self, len: usize) -> Self {
        self.push(Op::Delete(len));
        self
    }

    /// Adds a step, joining it to the last one where they are alike.
    pub fn push(&mut self, op: Op) {
        match (self.ops.last_mut(), op) {
            (_, Op::Retain { len: 0, .. } | Op::Delete(0)) => {}
            (_, Op::Insert { text, .. }) if text.is_empty() => {}
            (Some(Op::Delete(have)), Op::Delete(more)) => *have += more,
            (Some(Op::Retain { len: have, attrs: old }), Op::Retain { len, attrs }) if *old == attrs => {
                *have += len
            }
            (Some(Op::Insert { text: have, attrs: old }), Op::Insert { text, attrs }) if *old == attrs => {
                have.push_str(&text);
            }
            (Some(Op::Delete(_)), op @ Op::Insert { .. }) => {
                // The insertion goes in front of the deletion, where it may join the step before.
                if let Some(delete) = self.ops.pop() {
                    self.push(op);
                    self.ops.push(delete);
                }
            }
            (_, op) => self.ops.push(op),
        }
    }

    /// The steps in order.
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.ops.iter().all(|op| matches!(op, Op::Retain { attrs, .. } if attrs.is_empty()))
    }

    /// Where `offset` of the old text is in the new one. At an insertion exactly there, `after` chooses its end over
    /// its start; inside a deletion it is the place where the deletion was.
    pub fn map(&self, offset: usize, after: bool) -> usize {
        let (mut old, mut new) = (0, 0);
        for op in &self.ops {
            if old > offset {
                break;
            }
            match op {
                Op::Retain { len, .. } => {
                    if old + len > offset {
                        return new + (offset - old);
                    }
                    old += len;
                    new += len;
                }
                Op::Insert { text, .. } => {
                    if old == offset && !after {
                        return new;
                    }
                    new += utf16_len(text);
                }
                Op::Delete(len) => {
                    if old + len > offset {
                        return new;
                    }
                    old += len;
                }
            }
        }
        new + offset.saturating_sub(old)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_join_and_insertions_stand_before_deletions() {
        let delta = Delta::new().retain(2).retain(1).delete(1).insert("a").delete(2).insert("b").retain(0);
        assert_eq!(delta, Delta::new().retain(3).insert("ab").delete(3));
    }

    #[test]
    fn offsets_follow_the_change() {
        let delta = Delta::new().retain(2).insert("xyz").delete(2);
        assert_eq!([0, 2, 3, 4, 5].map(|at| delta.map(at, false)), [0, 2, 5, 5, 6]);
        assert_eq!(delta.map(2, true), 5);
        assert_eq!(Delta::new().insert("😀").map(0, true), 2);
    }
}
