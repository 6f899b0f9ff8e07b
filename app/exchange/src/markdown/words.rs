//! The words of one line with the marks that Markdown knows, in normal form.

use std::sync::Arc;

use text::{Marks, Run};

use crate::{address, tree};

/// The sign of a soft break within a line.
pub(super) const BREAK: char = '\u{2028}';

/// The marks of one character.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
    pub(super) code: bool,
    /// Which of the line's links it belongs to.
    pub(super) link: Option<usize>,
}

impl Set {
    fn and(self, other: Self) -> Self {
        Self {
            bold: self.bold && other.bold,
            italic: self.italic && other.italic,
            strike: self.strike && other.strike,
            code: self.code && other.code,
            link: self.link.filter(|_| self.link == other.link),
        }
    }
}

/// A line's characters with their marks, and the addresses its links lead to, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) chars: Vec<(char, Set)>,
    pub(super) links: Vec<Arc<str>>,
}

impl Words {
    /// The normal form of `runs`.
    ///
    /// White space at both ends and around soft breaks goes, unless it is code; a stretch of it carries only the marks
    /// that all of it and both its neighbours carry. Code has no soft breaks.
    pub(super) fn of(runs: &[Run]) -> Self {
        let mut words = Self::default();
        for run in runs {
            let set = words.set(&run.marks);
            let chars = run.text.chars().filter(|ch| !tree::is_dropped(*ch));
            words.chars.extend(chars.map(|ch| match ch {
                BREAK => (BREAK, Set { code: false, ..set }),
                '\t' => (' ', set),
                _ => (ch, set),
            }));
        }
        words.settle();
        words
    }

    /// The words as runs again.
    pub(super) fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut last = None;
        for (ch, set) in &self.chars {
            match runs.last_mut() {
                Some(run) if last == Some(*set) => run.text.push(*ch),
                _ => {
                    let marks = Marks {
                        bold: set.bold,
                        italic: set.italic,
                        strike: set.strike,
                        code: set.code,
                        link: set.link.and_then(|link| self.links.get(link).cloned()),
                        ..Marks::default()
                    };
                    runs.push(Run { text: (*ch).into(), marks });
                }
            }
            last = Some(*set);
        }
        runs
    }

    fn set(&mut self, marks: &Marks) -> Set {
        let link = marks.link.as_deref().and_then(address::kept).map(|address| {
            self.links.iter().position(|have| **have == *address).unwrap_or_else(|| {
                self.links.push(address.into());
                self.links.len() - 1
            })
        });
        Set { bold: marks.bold, italic: marks.italic, strike: marks.strike, code: marks.code, link }
    }

    fn settle(&mut self) {
        let mut settled: Vec<(char, Set)> = Vec::with_capacity(self.chars.len());
        let mut rest = self.chars.as_slice();
        while !rest.is_empty() {
            let len = rest.iter().take_while(|it| is_space(it)).count();
            let (space, after) = rest.split_at(len);
            if len == 0 {
                settled.push(rest[0]);
                rest = &rest[1..];
                continue;
            }
            if let (Some((_, before)), Some((_, next))) = (settled.last().copied(), after.first()) {
                // Code's own neighbours mark the space between like any other words, save that it is not code.
                let marks = space.iter().fold(before.and(*next), |marks, (_, set)| marks.and(*set));
                let marks = Set { code: false, ..marks };
                let breaks = space.iter().filter(|(ch, _)| *ch == BREAK).count();
                match breaks {
                    0 => settled.extend(space.iter().map(|(ch, _)| (*ch, marks))),
                    _ => settled.extend(std::iter::repeat_n((BREAK, marks), breaks)),
                }
            }
            rest = after;
        }
        self.chars = settled;
    }
}

/// Whether a character is space to be set apart from the marked words around it.
fn is_space((ch, set): &(char, Set)) -> bool {
    ch.is_whitespace() && !set.code
}
