//! What became of a line, word by word.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{Same, align};
use super::{ComparedLine, ComparedRun, Fate};
use crate::{Line, Marks, Run, bounds, utf16_len};

/// Numbers for texts, so that comparing two is comparing numbers.
#[derive(Default)]
pub(super) struct Numbers(HashMap<String, u32>);

impl Numbers {
    /// The number of `text`: the same for the same.
    pub(super) fn of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.0.get(text) {
            return *number;
        }
        let next = self.0.len() as u32;
        self.0.insert(text.to_owned(), next);
        next
    }
}

/// Whether a piece of text has a letter or a digit in it, or is one of a script without spaces.
pub(super) fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// A line that stands in one of the texts only.
pub(super) fn whole(line: &Line, fate: Fate) -> ComparedLine {
    let run =
        |run: &Run| ComparedRun { text: run.text.clone(), fate, marks: run.marks.clone(), before: None };
    ComparedLine {
        fate,
        runs: line.runs.iter().map(run).collect(),
        format: line.format.clone(),
        before: None,
        other_table: false,
    }
}

/// A line that stands in both texts, with the same words.
pub(super) fn kept(old: &Line, new: &Line) -> ComparedLine {
    let len = old.runs.iter().map(|run| run.text.len()).sum();
    let mut weaver = Weaver::new(old, new);
    weaver.keep(len);
    weaver.finish(old, new)
}

/// A line that stands in both texts, with other words.
pub(super) fn changed(old: &Line, new: &Line) -> ComparedLine {
    let (old_text, new_text) = (old.as_text(), new.as_text());
    let (old_pieces, new_pieces) = (pieces(&old_text), pieces(&new_text));
    let mut numbers = Numbers::default();
    let mut number = |text: &str, pieces: &[Range<usize>]| -> Vec<u32> {
        pieces.iter().map(|piece| numbers.of(&text[piece.clone()])).collect()
    };
    let same = align(&number(&old_text, &old_pieces), &number(&new_text, &new_pieces));
    let mut weaver = Weaver::new(old, new);
    for Same { old, new, len } in same {
        let stays = old_pieces[old].start..old_pieces[old + len - 1].end;
        let is_first = (old, new) == (0, 0);
        let is_last = (old + len, new + len) == (old_pieces.len(), new_pieces.len());
        // A space or a comma between two changes only tears them apart.
        if is_first || is_last || is_word(&old_text[stays.clone()]) {
            weaver.replace_up_to(stays.start, new_pieces[new].start);
            weaver.keep(stays.len());
        }
    }
    weaver.replace_up_to(old_text.len(), new_text.len());
    weaver.finish(old, new)
}

/// The stretches of whole words that stand in both texts, in order, as UTF-16 units of each.
pub(crate) fn kept_words(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (old_pieces, new_pieces) = (pieces(old), pieces(new));
    let mut numbers = Numbers::default();
    let mut number = |text: &str, pieces: &[Range<usize>]| -> Vec<u32> {
        pieces.iter().map(|piece| numbers.of(&text[piece.clone()])).collect()
    };
    let (one, two) = (number(old, &old_pieces), number(new, &new_pieces));
    let units = |text: &str, bytes: Range<usize>| {
        let start = utf16_len(&text[..bytes.start]);
        start..start + utf16_len(&text[bytes])
    };
    let stretch = |Same { old: at, new: to, len }: Same| {
        let was = old_pieces[at].start..old_pieces[at + len - 1].end;
        let is = new_pieces[to].start..new_pieces[to + len - 1].end;
        is_word(&old[was.clone()]).then(|| (units(old, was), units(new, is)))
    };
    align(&one, &two).into_iter().filter_map(stretch).collect()
}

/// Words, the space between them, and what stands alone, as bytes of a line's text.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let starts = bounds::starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Puts the runs of two lines together.
struct Weaver<'a> {
    old: Thread<'a>,
    new: Thread<'a>,
    runs: Vec<ComparedRun>,
}

impl<'a> Weaver<'a> {
    fn new(old: &'a Line, new: &'a Line) -> Self {
        Self { old: Thread::new(old), new: Thread::new(new), runs: Vec::new() }
    }

    /// The next `len` bytes are the same in both lines.
    fn keep(&mut self, mut len: usize) {
        while len > 0 {
            let step = len.min(self.old.left()).min(self.new.left());
            let (Some((_, was)), Some((text, marks))) = (self.old.take(step), self.new.take(step)) else {
                return;
            };
            self.push(text, Fate::Kept, marks, Some(was).filter(|was| *was != marks));
            len -= step;
        }
    }

    /// Up to these bytes the old line's text goes and the new line's comes in its place.
    fn replace_up_to(&mut self, old: usize, new: usize) {
        while let Some((text, marks)) = self.old.take(old.saturating_sub(self.old.at)) {
            self.push(text, Fate::Deleted, marks, None);
        }
        while let Some((text, marks)) = self.new.take(new.saturating_sub(self.new.at)) {
            self.push(text, Fate::Inserted, marks, None);
        }
    }

    fn push(&mut self, text: &str, fate: Fate, marks: &Marks, before: Option<&Marks>) {
        match self.runs.last_mut() {
            Some(last) if last.fate == fate && last.marks == *marks && last.before.as_ref() == before => {
                last.text.push_str(text);
            }
            _ => self.runs.push(ComparedRun {
                text: text.to_owned(),
                fate,
                marks: marks.clone(),
                before: before.cloned(),
            }),
        }
    }

    fn finish(self, old: &Line, new: &Line) -> ComparedLine {
        ComparedLine {
            fate: Fate::Kept,
            runs: self.runs,
            format: new.format.clone(),
            before: (old.format != new.format).then(|| old.format.clone()),
            other_table: false,
        }
    }
}

/// A line's runs, taken from the start on.
struct Thread<'a> {
    runs: &'a [Run],
    /// How many bytes of the first run are taken.
    taken: usize,
    /// How many bytes of the line are taken.
    at: usize,
}

impl<'a> Thread<'a> {
    fn new(line: &'a Line) -> Self {
        Self { runs: &line.runs, taken: 0, at: 0 }
    }

    /// How many bytes are left that have the same marks.
    fn left(&self) -> usize {
        self.runs.first().map_or(0, |run| run.text.len() - self.taken)
    }

    /// Takes up to `len` bytes that have the same marks; nothing where there are none.
    fn take(&mut self, len: usize) -> Option<(&'a str, &'a Marks)> {
        let (run, rest) = self.runs.split_first()?;
        let len = len.min(self.left());
        let text = run.text.get(self.taken..self.taken + len).filter(|text| !text.is_empty())?;
        (self.taken, self.at) = (self.taken + len, self.at + len);
        if self.taken == run.text.len() {
            (self.runs, self.taken) = (rest, 0);
        }
        Some((text, &run.marks))
    }
}
