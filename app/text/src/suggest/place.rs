//! Where a suggestion stands in the text as it is now, and what accepting it does.

use std::ops::Range;

use super::{Part, Wording};
use crate::{Attrs, Delta, Document, Op, compare::kept_words, utf16_len};

/// A step of a suggestion at its place in the section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// These words come in here.
    Insert(usize, String, Attrs),
    /// This part goes.
    Delete(Range<usize>),
    /// This part gets another look.
    Format(Range<usize>, Attrs),
}

/// Where a suggestion stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The part of the section that it is about; empty where it only puts words in, or the words are gone.
    pub range: Range<usize>,
    /// Whether the words that it is about are as they were.
    pub intact: bool,
    pub(super) steps: Vec<Step>,
}

impl Placed {
    /// How far into the section words may come in and go: up to its last line end, unless they bring one of their own.
    pub(super) fn most(&self, section: &Document) -> usize {
        match self.steps.last() {
            Some(Step::Insert(_, text, _)) if text.ends_with('\n') => section.len(),
            _ => section.last_offset(),
        }
    }
}

/// Finds a suggestion's place. `range` is where its anchors are now.
///
/// Words that others changed or took away meanwhile are left alone: only whole words that are still there are part of it.
/// Where somebody took the words away and brought them back, as undo does, they stand right beside the anchors.
pub fn place(section: &Document, range: Range<usize>, wording: &Wording) -> Placed {
    let end = range.end.min(section.len());
    let range = range.start.min(end)..end;
    let quote = wording.quote();
    let len = utf16_len(&quote);
    let text = |range: Range<usize>| Document::from_delta(&section.slice(range)).text();
    let here = text(range.clone());
    if here == quote {
        return Placed { steps: steps(wording, range.start), range, intact: true };
    }
    let beside = [range.start..range.start + len, range.end.saturating_sub(len)..range.end];
    if let Some(back) =
        beside.into_iter().find(|back| back.end <= section.len() && text(back.clone()) == quote)
    {
        return Placed { steps: steps(wording, back.start), range: back, intact: true };
    }
    // Of what is left of the quote each stretch stands somewhere in the range.
    let kept = kept_words(&quote, &here);
    let mut placed = Vec::new();
    let mut units = vec![None; len];
    for (old, new) in kept {
        for at in 0..old.len() {
            units[old.start + at] = Some(range.start + new.start + at);
        }
    }
    let (mut quoted, mut last) = (0, range.start);
    for part in &wording.parts {
        match part {
            Part::Insert(text, attrs) => placed.push(Step::Insert(last, text.clone(), attrs.clone())),
            Part::Delete(text) | Part::Format(text, _) => {
                let mut run: Option<Range<usize>> = None;
                let mut push = |run: Range<usize>| {
                    placed.push(match part {
                        Part::Format(_, attrs) => Step::Format(run, attrs.clone()),
                        _ => Step::Delete(run),
                    });
                };
                for unit in quoted..quoted + utf16_len(text) {
                    let Some(at) = units.get(unit).copied().flatten() else { continue };
                    last = at + 1;
                    match &mut run {
                        Some(run) if run.end == at => run.end += 1,
                        _ => run.replace(at..at + 1).into_iter().for_each(&mut push),
                    }
                }
                run.into_iter().for_each(&mut push);
                quoted += utf16_len(text);
            }
        }
    }
    Placed { range, intact: false, steps: placed }
}

/// The steps where the words stand as they were, from `at` on.
fn steps(wording: &Wording, mut at: usize) -> Vec<Step> {
    let mut steps = Vec::with_capacity(wording.parts.len());
    for part in &wording.parts {
        match part {
            Part::Insert(text, attrs) => steps.push(Step::Insert(at, text.clone(), attrs.clone())),
            Part::Delete(text) => {
                steps.push(Step::Delete(at..at + utf16_len(text)));
                at += utf16_len(text);
            }
            Part::Format(text, attrs) => {
                steps.push(Step::Format(at..at + utf16_len(text), attrs.clone()));
                at += utf16_len(text);
            }
        }
    }
    steps
}

/// The change of the section that accepting a suggestion makes. The section's last line end stays in any case.
pub fn settle(section: &Document, placed: &Placed) -> Delta {
    let (mut delta, mut at, most) = (Delta::new(), 0, placed.most(section));
    for step in &placed.steps {
        let (start, end) = match step {
            Step::Insert(to, ..) => ((*to).min(most), (*to).min(most)),
            Step::Delete(range) => (range.start.min(most), range.end.min(most)),
            Step::Format(range, _) => (range.start, range.end),
        };
        delta.push(Op::Retain { len: start.saturating_sub(at), attrs: Attrs::none() });
        delta.push(match step {
            Step::Insert(_, text, attrs) => Op::Insert { text: text.clone(), attrs: attrs.clone() },
            Step::Delete(_) => Op::Delete(end - start),
            Step::Format(_, attrs) => Op::Retain { len: end - start, attrs: attrs.clone() },
        });
        at = at.max(end);
    }
    if delta.is_empty() { Delta::new() } else { delta }
}
