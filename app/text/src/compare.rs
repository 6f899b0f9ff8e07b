//! What became of one state of a text on the way to another, word by word.

mod align;
mod change;
mod words;

use std::borrow::Cow;

use crate::{Block, Document, Line, LineFormat, Marks, Run};
use align::{Same, align};
use words::Numbers;

pub use change::difference;
pub(crate) use words::kept_words;

/// Whether something stands in both of two texts or in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// In both.
    Kept,
    /// In the new one only.
    Inserted,
    /// In the old one only.
    Deleted,
}

/// Two states of a text, laid into one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The lines of both. Between lines that are kept, each that is deleted stands where it was.
    pub lines: Vec<ComparedLine>,
}

/// A line of a [`Comparison`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// What became of the line as such. Where it is kept its words need not be.
    pub fate: Fate,
    /// Its words; no run is empty, and what was deleted stands before what came in its place.
    pub runs: Vec<ComparedRun>,
    /// Its format: of a deleted line the one it had, else the new one.
    pub format: LineFormat,
    /// The format that a kept line had, where it was another one.
    pub before: Option<LineFormat>,
    /// The line stands for the same table in both texts, which has become another; see [`Comparison::note_tables`].
    pub other_table: bool,
}

/// Words with the same fate and the same marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedRun {
    /// The words.
    pub text: String,
    /// What became of them.
    pub fate: Fate,
    /// Their marks: of deleted words those they had, else the new ones.
    pub marks: Marks,
    /// The marks that kept words had, where these were others.
    pub before: Option<Marks>,
}

/// Lays two states of a text into one another. Lines that are alike are found first, then the words within lines that
/// changed. What was moved shows as deleted in one place and inserted in another.
///
/// The time it takes grows with the length of the texts alone, whatever they hold: where more has changed than can be
/// looked through, what comes out is longer than it need be, and still true.
pub fn compare(old: &Document, new: &Document) -> Comparison {
    let mut numbers = Numbers::default();
    let mut number =
        |doc: &Document| -> Vec<u32> { doc.lines().iter().map(|line| numbers.of(&name(line))).collect() };
    let same = align(&number(old), &number(new));
    let (old, new) = (old.lines(), new.lines());
    let mut lines = Vec::with_capacity(new.len());
    let (mut x, mut y) = (0, 0);
    for same in same.into_iter().chain([Same { old: old.len(), new: new.len(), len: 0 }]) {
        replace(&old[x..same.old], &new[y..same.new], &mut lines);
        (x, y) = (same.old + same.len, same.new + same.len);
        let pairs = old[same.old..x].iter().zip(&new[same.new..y]);
        lines.extend(pairs.map(|(old, new)| words::kept(old, new)));
    }
    Comparison { lines }
}

/// What makes a line the same as another: its words, or what it stands for.
fn name(line: &Line) -> Cow<'_, str> {
    match &line.format.block {
        // No line's text holds the end of a line.
        Block::Divider => Cow::Owned("\n".to_owned() + &line.as_text()),
        Block::Table(id) => Cow::Owned(["\n", id, "\n", &line.as_text()].concat()),
        _ => line.as_text(),
    }
}

/// The lines of `old` went and those of `new` came, and no two are the same.
fn replace(old: &[Line], new: &[Line], lines: &mut Vec<ComparedLine>) {
    let (mut x, mut y) = (0, 0);
    for (old_at, new_at) in pairs(old, new).into_iter().chain([(old.len(), new.len())]) {
        lines.extend(old[x..old_at].iter().map(|line| words::whole(line, Fate::Deleted)));
        lines.extend(new[y..new_at].iter().map(|line| words::whole(line, Fate::Inserted)));
        if let (Some(old), Some(new)) = (old.get(old_at), new.get(new_at)) {
            lines.push(words::changed(old, new));
        }
        (x, y) = (old_at + 1, new_at + 1);
    }
}

/// Which lines of `new` are lines of `old` with other words: those that have more words in common than either has with
/// any other line, and at least a quarter of the longer one's. In order.
fn pairs(old: &[Line], new: &[Line]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let mut numbers = Numbers::default();
    let (old, new) = (Words::of(old, &mut numbers), Words::of(new, &mut numbers));
    // How many words two lines have in common. They come in order, since the words do.
    let mut common: Vec<((usize, usize), usize)> = Vec::new();
    for Same { old: x, new: y, len } in align(&old.words, &new.words) {
        for at in 0..len {
            let lines = (old.lines[x + at], new.lines[y + at]);
            match common.last_mut() {
                Some((last, count)) if *last == lines => *count += 1,
                _ => common.push((lines, 1)),
            }
        }
    }
    let (mut most_old, mut most_new) = (vec![0; old.counts.len()], vec![0; new.counts.len()]);
    for ((x, y), count) in &common {
        most_old[*x] = most_old[*x].max(*count);
        most_new[*y] = most_new[*y].max(*count);
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for ((x, y), count) in common {
        let most = count == most_old[x] && count == most_new[y];
        let is_free = found.last().is_none_or(|(before_x, before_y)| *before_x < x && *before_y < y);
        if most && is_free && count * 4 >= old.counts[x].max(new.counts[y]) {
            found.push((x, y));
        }
    }
    found
}

/// The words of lines.
struct Words {
    /// Their numbers.
    words: Vec<u32>,
    /// The line of each.
    lines: Vec<usize>,
    /// How many each line has.
    counts: Vec<usize>,
}

impl Words {
    fn of(lines: &[Line], numbers: &mut Numbers) -> Self {
        let mut all = Self { words: Vec::new(), lines: Vec::new(), counts: Vec::new() };
        for (at, line) in lines.iter().enumerate() {
            let text = line.as_text();
            let before = all.words.len();
            for piece in words::pieces(&text) {
                let piece = &text[piece];
                if words::is_word(piece) {
                    all.words.push(numbers.of(piece));
                    all.lines.push(at);
                }
            }
            all.counts.push(all.words.len() - before);
        }
        all
    }
}

impl Comparison {
    /// Whether a reader sees no difference between the two.
    pub fn is_same(&self) -> bool {
        self.lines.iter().all(ComparedLine::is_same)
    }

    /// Notes which tables have become others. A table's grid stands beside the text, so whoever has both grids must
    /// say: `differs` is asked for each table that is in both texts.
    pub fn note_tables(&mut self, mut differs: impl FnMut(&str) -> bool) {
        for line in self.lines.iter_mut().filter(|line| line.fate == Fate::Kept) {
            if let Block::Table(id) = &line.format.block {
                line.other_table = differs(id);
            }
        }
    }
}

impl ComparedLine {
    /// Whether the line is as it was.
    pub fn is_same(&self) -> bool {
        let is_kept = |run: &ComparedRun| run.fate == Fate::Kept && run.before.is_none();
        self.fate == Fate::Kept && self.before.is_none() && !self.other_table && self.runs.iter().all(is_kept)
    }

    /// The line as it was; none for one that is new.
    pub fn was(&self) -> Option<Line> {
        let marks = |run: &ComparedRun| run.before.clone().unwrap_or_else(|| run.marks.clone());
        let format = self.before.as_ref().unwrap_or(&self.format);
        self.without(Fate::Inserted, format, marks)
    }

    /// The line as it became; none for one that went.
    pub fn now(&self) -> Option<Line> {
        self.without(Fate::Deleted, &self.format, |run| run.marks.clone())
    }

    fn without(
        &self,
        fate: Fate,
        format: &LineFormat,
        marks: impl Fn(&ComparedRun) -> Marks,
    ) -> Option<Line> {
        let runs = self.runs.iter().filter(|run| run.fate != fate);
        let runs = runs.map(|run| Run { text: run.text.clone(), marks: marks(run) });
        (self.fate != fate).then(|| Line::new(runs, format.clone()))
    }
}
