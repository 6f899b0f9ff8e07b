//! The words of a line as Markdown: marks become delimiters that really open and close, the rest is escaped.
//!
//! A delimiter counts as opening or closing by the characters on its two sides. Where these would spoil it, the outer
//! one is written as a character reference, which has punctuation at both ends and reads back the same.

use std::collections::BTreeSet;

use super::words::{BREAK, Set, Words};

/// Where the words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph or an item: what would begin another block is escaped, and breaks are new lines.
    Lines,
    /// After the signs of a heading, on one line.
    Heading,
    /// In a cell of a table, on one line and without a bare `|`.
    Cell,
}

/// A mark, in the order in which marks with the same extent are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Link(usize),
    Bold,
    Italic,
    Strike,
}

/// Writes `words` as Markdown. Only [`Place::Lines`] gives line ends.
pub(super) fn write(words: &Words, place: Place) -> String {
    // A reference changes what the delimiters on its two sides see, so the line is written anew with those it needs.
    let mut referred = BTreeSet::new();
    loop {
        let mut writer = Writer {
            words,
            place,
            referred: &referred,
            wanted: Vec::new(),
            out: String::new(),
            open: Vec::new(),
            last: None,
        };
        let mut at = 0;
        while at < words.chars.len() {
            at = writer.step(at);
        }
        writer.turn(at);
        let Writer { out, wanted, .. } = writer;
        let before = referred.len();
        referred.extend(wanted);
        if referred.len() == before {
            return if place == Place::Heading { without_closing_sequence(out) } else { out };
        }
    }
}

/// How a delimiter sees the character beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// A letter or digit.
    Word,
    /// White space, next to which a delimiter on its other side means nothing.
    Space,
    /// Punctuation, by every reader.
    Gap,
    /// Another sign, which readers class differently.
    Sign,
}

impl Side {
    fn is_gap(self) -> bool {
        matches!(self, Self::Space | Self::Gap)
    }
}

fn side(ch: char) -> Side {
    match ch {
        _ if ch.is_alphanumeric() => Side::Word,
        _ if ch.is_whitespace() => Side::Space,
        _ if ch.is_ascii_punctuation() => Side::Gap,
        _ => Side::Sign,
    }
}

struct Writer<'a> {
    words: &'a Words,
    place: Place,
    /// The characters to be written as references.
    referred: &'a BTreeSet<usize>,
    /// Those that turned out to need it.
    wanted: Vec<usize>,
    out: String,
    /// The marks in force, with the number of stars that stood where each was opened.
    open: Vec<(Mark, usize)>,
    /// The character of words that was written last, while nothing has followed it.
    last: Option<usize>,
}

impl Writer<'_> {
    fn set(&self, at: usize) -> Set {
        self.words.chars.get(at).map(|(_, set)| *set).unwrap_or_default()
    }

    /// The character at `at` as far as it is plain words.
    fn plain(&self, at: usize) -> Option<char> {
        self.words.chars.get(at).filter(|(_, set)| !set.code).map(|(ch, _)| *ch)
    }

    /// How a delimiter sees the character at `at`.
    fn side(&self, at: Option<usize>) -> Side {
        let plain = at.filter(|at| !self.referred.contains(at)).and_then(|at| self.plain(at));
        match plain {
            // A break begins with a sign, and in one line also ends with one.
            Some(BREAK) if self.place != Place::Lines || at != self.last => Side::Gap,
            Some(ch) => side(ch),
            None => Side::Gap,
        }
    }

    /// Writes what stands at `at`, with the delimiters before it, and tells where to go on.
    fn step(&mut self, at: usize) -> usize {
        self.turn(at);
        let Some((ch, set)) = self.words.chars.get(at).copied() else { return at + 1 };
        if let Some(end) = self.autolink(at) {
            return end;
        }
        if set.code {
            let end = at + self.words.chars[at..].iter().take_while(|(_, other)| *other == set).count();
            self.code(at, end);
            return end;
        }
        self.last = Some(at);
        match ch {
            _ if self.referred.contains(&at) => self.out.push_str(&format!("&#{};", u32::from(ch))),
            BREAK if self.place == Place::Lines => self.out.push_str("\\\n"),
            BREAK => self.out.push_str("<br>"),
            _ => {
                if self.is_special(at, ch) {
                    self.out.push('\\');
                }
                self.out.push(ch);
            }
        }
        at + 1
    }

    /// Closes and opens marks between the characters before and at `at`.
    fn turn(&mut self, at: usize) {
        let set = self.set(at);
        let before = self.side(self.last);
        let after = self.side(Some(at).filter(|_| !self.is_autolink(at)));
        let mut keep = self.open.iter().position(|(mark, _)| !has(set, *mark)).unwrap_or(self.open.len());
        let mut opening = self.opening(at, keep);
        if keep == self.open.len() && opening.is_empty() {
            return;
        }
        // A run that should open would close one of three stars, if it can close at all: then that ends here as well.
        let alone = keep == self.open.len() && opening.len() == 1;
        let could_close = !alone || !before.is_gap() || before == Side::Gap && after != Side::Word;
        let threes = self.open[..keep].iter().position(|(mark, stars)| is_star(*mark) && *stars == 3);
        if let Some(three) = threes
            && could_close
            && opening.iter().any(|mark| is_star(*mark))
        {
            keep = three;
            opening = self.opening(at, keep);
        }
        let closing: Vec<Mark> = self.open.drain(keep..).rev().map(|(mark, _)| mark).collect();

        let (refer_before, refer_after) = references(before, after, &closing, &opening);
        self.wanted.extend(self.last.filter(|_| refer_before));
        self.wanted.extend(Some(at).filter(|_| refer_after));
        for mark in &closing {
            match mark {
                Mark::Link(link) => self.close_link(*link),
                _ => self.out.push_str(delimiter(*mark)),
            }
        }
        let mut count = stars(&closing) + stars(&opening);
        if stars(&closing) > 0 && stars(&opening) > 0 && count > 3 {
            // So long a run would pair up otherwise than meant.
            self.out.push_str("<!-- -->");
            count = stars(&opening);
        }
        for mark in &opening {
            match mark {
                Mark::Link(_) => self.out.push('['),
                _ => self.out.push_str(delimiter(*mark)),
            }
        }
        self.open.extend(opening.into_iter().map(|mark| (mark, count)));
        self.last = None;
    }

    /// The marks that begin at `at` when the first `keep` of those in force stay: the one that ends last comes first.
    fn opening(&self, at: usize, keep: usize) -> Vec<Mark> {
        let set = self.set(at);
        let kept = |mark: &Mark| self.open[..keep].iter().any(|(have, _)| have == mark);
        let opening = [
            set.link.filter(|_| !self.is_autolink(at)).map(Mark::Link),
            Some(Mark::Bold),
            Some(Mark::Italic),
            Some(Mark::Strike),
        ]
        .into_iter()
        .flatten()
        .filter(|mark| has(set, *mark) && !kept(mark));
        stdx::in_order(opening, |one, other| self.extent(*one, at) > self.extent(*other, at))
    }

    /// How far `mark` goes on from `at`.
    fn extent(&self, mark: Mark, at: usize) -> usize {
        self.words.chars[at.min(self.words.chars.len())..]
            .iter()
            .take_while(|(_, set)| has(*set, mark))
            .count()
    }

    fn close_link(&mut self, link: usize) {
        let address = self.words.links.get(link).map(|it| &**it).unwrap_or_default();
        let entities = address.replace('&', "&amp;");
        let address = if has_reference(address) { &entities } else { address };
        match address.contains(['(', ')']) {
            true => self.out.push_str(&format!("](<{address}>)")),
            false => self.out.push_str(&format!("]({address})")),
        }
    }

    /// Whether a link begins at `at` whose words are its own address, so that `<…>` says it all.
    fn is_autolink(&self, at: usize) -> bool {
        self.autolink_end(at).is_some()
    }

    fn autolink_end(&self, at: usize) -> Option<usize> {
        let set = self.set(at);
        let link = set.link?;
        if set.code || at > 0 && self.set(at - 1).link == set.link {
            return None;
        }
        let end = at + self.extent(Mark::Link(link), at);
        let chars = &self.words.chars[at..end];
        let address: &str = self.words.links.get(link)?;
        let plain = address.is_ascii() && crate::address::is_web(address) && !has_reference(address);
        let same = chars.iter().all(|(_, other)| *other == set)
            && chars.iter().map(|(ch, _)| *ch).eq(address.chars());
        (plain && same).then_some(end)
    }

    /// Writes the whole of such a link; as a mark it was never opened.
    fn autolink(&mut self, at: usize) -> Option<usize> {
        let end = self.autolink_end(at)?;
        let link = self.set(at).link?;
        let address = self.words.links.get(link)?;
        self.out.push_str(&format!("<{address}>"));
        self.last = None;
        Some(end)
    }

    fn code(&mut self, at: usize, end: usize) {
        let code: String = self.words.chars[at..end].iter().map(|(ch, _)| *ch).collect();
        let fence = "`".repeat(longest_run(&code, '`') + 1);
        let padded = code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty();
        let pad = if padded || code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        let code = if self.place == Place::Cell { code.replace('|', "\\|") } else { code };
        self.out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
        self.last = None;
    }

    /// Whether a character would mean something other than itself.
    fn is_special(&self, at: usize, ch: char) -> bool {
        let next = self.plain(at + 1);
        match ch {
            '\\' | '`' | '*' | '~' | '[' | ']' | '|' => true,
            '_' => !self.is_within_word(at),
            '<' => next.is_some_and(|ch| ch.is_ascii_alphabetic() || "/!?".contains(ch)),
            '&' => {
                let rest: String = self.words.chars[at..].iter().take(40).map(|(ch, _)| *ch).collect();
                has_reference(&rest)
            }
            '!' => self.set(at + 1).link.is_some(),
            _ => self.place == Place::Lines && self.begins_block(at, ch),
        }
    }

    /// Whether the `_` at `at`, with others around it, has letters or digits on both sides and no mark turns there.
    fn is_within_word(&self, at: usize) -> bool {
        // Longer runs are nothing a word has.
        const MOST: usize = 8;
        let set = self.set(at);
        let is_word = |place: usize| self.side(Some(place)) == Side::Word && self.set(place) == set;
        let ends = |place: &usize| self.plain(*place) != Some('_');
        let before = (at.saturating_sub(MOST)..at).rev().find(ends);
        let after = (at + 1..at + MOST).find(ends);
        before.is_some_and(is_word) && after.is_some_and(is_word)
    }

    /// Whether a character at the start of a line, or the dot after a number there, would begin a block.
    fn begins_block(&self, at: usize, ch: char) -> bool {
        let is_start = |at: usize| at == 0 || self.words.chars[at - 1].0 == BREAK;
        let gap = |at: usize| self.words.chars.get(at).is_none_or(|(ch, _)| ch.is_whitespace());
        match ch {
            '.' | ')' => {
                let before = self.words.chars[..at].iter().rev().take(10);
                let digits = before.take_while(|(ch, set)| ch.is_ascii_digit() && !set.code).count();
                (1..=9).contains(&digits) && is_start(at - digits) && gap(at + 1)
            }
            _ if !is_start(at) => false,
            '>' | '=' => true,
            '+' => gap(at + 1),
            '-' => gap(at + 1) || matches!(self.plain(at + 1), Some('-' | ':')),
            ':' => self.plain(at + 1) == Some('-'),
            '#' => {
                let signs = self.words.chars[at..].iter().take(7).take_while(|(ch, _)| *ch == '#').count();
                signs <= 6 && gap(at + signs)
            }
            _ => false,
        }
    }
}

fn has(set: Set, mark: Mark) -> bool {
    match mark {
        Mark::Link(link) => set.link == Some(link),
        Mark::Bold => set.bold,
        Mark::Italic => set.italic,
        Mark::Strike => set.strike,
    }
}

fn delimiter(mark: Mark) -> &'static str {
    match mark {
        Mark::Link(_) => "",
        Mark::Bold => "**",
        Mark::Italic => "*",
        Mark::Strike => "~~",
    }
}

fn is_star(mark: Mark) -> bool {
    delimiter(mark).starts_with('*')
}

/// How many `*` the delimiters next to the turning point have.
fn stars(marks: &[Mark]) -> usize {
    marks.iter().filter(|mark| is_star(**mark)).map(|mark| delimiter(*mark).len()).sum()
}

/// Which of the characters around a turn of marks must become references, so that each run of delimiters may close and
/// open what it should.
fn references(before: Side, after: Side, closing: &[Mark], opening: &[Mark]) -> (bool, bool) {
    // Runs of like delimiters: the sign, whether it closes, whether it opens.
    let mut runs: Vec<(char, bool, bool)> = Vec::new();
    let marks = closing.iter().map(|mark| (*mark, true)).chain(opening.iter().map(|mark| (*mark, false)));
    for (mark, closes) in marks {
        let sign = delimiter(mark).chars().next().unwrap_or('[');
        match runs.last_mut() {
            Some(run) if run.0 == sign => {
                run.1 |= closes;
                run.2 |= !closes;
            }
            _ => runs.push((sign, closes, !closes)),
        }
    }
    let (mut before, mut after) = (before, after);
    let (mut refer_before, mut refer_after) = (false, false);
    // Making one side a reference can ask for the other.
    for _ in 0..2 {
        for (at, (sign, closes, opens)) in runs.iter().enumerate() {
            if *sign == '[' {
                continue;
            }
            let left = if at == 0 { before } else { Side::Gap };
            let right = if at + 1 == runs.len() { after } else { Side::Gap };
            if *closes && left == Side::Space || *opens && right != Side::Word && !left.is_gap() {
                (refer_before, before) = (true, Side::Gap);
            }
            if *opens && right == Side::Space || *closes && left != Side::Word && !right.is_gap() {
                (refer_after, after) = (true, Side::Gap);
            }
        }
    }
    (refer_before, refer_after)
}

/// Whether some `&…;` in `text` would be read as a character reference.
fn has_reference(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = text[at + 1..].strip_prefix('#').unwrap_or(&text[at + 1..]);
        let len = name.chars().take_while(char::is_ascii_alphanumeric).count();
        len > 0 && name[len..].starts_with(';')
    })
}

/// The length of the longest run of `ch` in `text`.
pub(super) fn longest_run(text: &str, ch: char) -> usize {
    text.split(|other| other != ch).map(str::len).max().unwrap_or(0)
}

/// Escapes the signs at the end of a heading that would otherwise be taken for its closing decoration.
fn without_closing_sequence(mut heading: String) -> String {
    let words = heading.trim_end_matches('#').len();
    if words < heading.len() && (words == 0 || heading[..words].ends_with(' ')) {
        heading.insert(words, '\\');
    }
    heading
}
