//! Where characters, as readers see them, and words begin and end.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::utf16_len;

/// How far one step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// What a reader sees as one character: a letter with its accents, a flag, an emoji of several people.
    Grapheme,
    /// To the edge of a word, with the space between.
    Word,
    /// To the line's start or end.
    Line,
}

/// A soft break stands for itself; words do not reach across it.
const SOFT_BREAK: char = '\u{2028}';

/// The place one `unit` before `offset` in a line's text; 0 stays.
pub(crate) fn previous(text: &str, offset: usize, unit: Unit) -> usize {
    let head = &text[..byte(text, offset)];
    let to = match unit {
        Unit::Line => 0,
        Unit::Grapheme => GraphemeCursor::new(head.len(), text.len(), true)
            .prev_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(0),
        Unit::Word => word_before(head),
    };
    utf16_len(&text[..to])
}

/// The place one `unit` after `offset` in a line's text; the end stays.
pub(crate) fn next(text: &str, offset: usize, unit: Unit) -> usize {
    let from = byte(text, offset);
    let to = match unit {
        Unit::Line => text.len(),
        Unit::Grapheme => GraphemeCursor::new(from, text.len(), true)
            .next_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(text.len()),
        Unit::Word => from + word_after(&text[from..]),
    };
    utf16_len(&text[..to])
}

/// `offset` itself if it is between two characters as readers see them, else the next such place.
pub(crate) fn snap(text: &str, offset: usize) -> usize {
    let at = byte(text, offset);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let to = match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => at,
    };
    utf16_len(&text[..to])
}

/// `offset` itself, or the end of the surrogate pair that it would cut.
pub(crate) fn whole_pair(text: &str, offset: usize) -> usize {
    if text.is_ascii() { offset.min(text.len()) } else { utf16_len(before(text, offset)) }
}

/// What stands before `offset`.
pub(crate) fn before(text: &str, offset: usize) -> &str {
    &text[..byte(text, offset)]
}

/// What stands after `offset`.
pub(crate) fn after(text: &str, offset: usize) -> &str {
    &text[byte(text, offset)..]
}

/// The byte at a UTF-16 offset; within a surrogate pair it is the pair's end, past the end the end.
fn byte(text: &str, offset: usize) -> usize {
    if text.is_ascii() {
        return offset.min(text.len());
    }
    let mut units = 0;
    for (byte, char) in text.char_indices() {
        if units >= offset {
            return byte;
        }
        units += char.len_utf16();
    }
    text.len()
}

fn word_before(head: &str) -> usize {
    let mut pieces = pieces(head).into_iter().rev().peekable();
    let mut at = head.len();
    let mut spaced = false;
    while let Some((start, _)) = pieces.next_if(|(_, kind)| matches!(kind, Kind::Space | Kind::Break)) {
        if head[start..].starts_with(SOFT_BREAK) {
            return if spaced { at } else { start };
        }
        (at, spaced) = (start, true);
    }
    pieces.next().map_or(at, |(start, _)| start)
}

fn word_after(tail: &str) -> usize {
    let pieces = pieces(tail);
    let ends = pieces.iter().skip(1).map(|(start, _)| *start).chain([tail.len()]);
    let mut at = 0;
    for ((start, kind), end) in pieces.iter().zip(ends) {
        if *kind == Kind::Break {
            return if *start == 0 { end } else { *start };
        }
        at = end;
        if *kind != Kind::Space {
            break;
        }
    }
    at
}

/// What a character is to words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Break,
    /// A letter or a digit: with its neighbours it makes a word.
    Letter,
    /// Part of a word between two of its letters, else alone: an apostrophe, a decimal point.
    Joint,
    /// Stands for itself: punctuation, a picture, a character of a script that puts no space between words.
    Alone,
}

fn kind(char: char) -> Kind {
    match char {
        SOFT_BREAK => Kind::Break,
        char if char.is_whitespace() => Kind::Space,
        '\'' | '\u{2019}' | '.' | ',' | ':' | '\u{b7}' => Kind::Joint,
        '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'.. => {
            Kind::Alone
        }
        char if char.is_alphanumeric() || char == '_' => Kind::Letter,
        _ => Kind::Alone,
    }
}

/// Where words, the space between them, and what stands alone begin, in bytes.
pub(crate) fn starts(text: &str) -> Vec<usize> {
    pieces(text).into_iter().map(|(start, _)| start).collect()
}

/// Where characters as readers see them, or words and what is between them, begin and end, in UTF-16 units.
pub(crate) fn edges(text: &str, unit: Unit) -> Vec<usize> {
    let mut starts = match unit {
        Unit::Grapheme => text.grapheme_indices(true).map(|(start, _)| start).collect(),
        Unit::Word => starts(text),
        Unit::Line => vec![0],
    };
    starts.push(text.len());
    let mut edges = Vec::with_capacity(starts.len());
    let (mut byte, mut at) = (0, 0);
    for start in starts {
        at += utf16_len(&text[byte..start]);
        byte = start;
        edges.push(at);
    }
    edges
}

/// Where words, the space between them, and what stands alone begin. The tables for the finer rules of Unicode would
/// be a fiftieth of the program.
fn pieces(text: &str) -> Vec<(usize, Kind)> {
    let clusters = text.grapheme_indices(true);
    let all: Vec<(usize, Kind)> =
        clusters.map(|(at, cluster)| (at, cluster.chars().next().map_or(Kind::Alone, kind))).collect();
    let at = |idx: usize| all.get(idx).map(|(_, kind)| *kind);
    let goes_on = |idx: usize| match (at(idx.wrapping_sub(1)), at(idx)) {
        (Some(Kind::Space), Some(Kind::Space)) | (Some(Kind::Letter), Some(Kind::Letter)) => true,
        (Some(Kind::Letter), Some(Kind::Joint)) => at(idx + 1) == Some(Kind::Letter),
        (Some(Kind::Joint), Some(Kind::Letter)) => at(idx.wrapping_sub(2)) == Some(Kind::Letter),
        _ => false,
    };
    (0..all.len()).filter(|idx| !goes_on(*idx)).map(|idx| all[idx]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_what_a_reader_sees() {
        let family = "👨‍👩‍👧";
        let text = format!("e\u{301}🇩🇪{family}");
        let len = utf16_len(&text);
        assert_eq!(next(&text, 0, Unit::Grapheme), 2);
        assert_eq!(next(&text, 2, Unit::Grapheme), 6);
        assert_eq!(previous(&text, len, Unit::Grapheme), 6);
        assert_eq!(snap(&text, 1), 2);
        assert_eq!(snap(&text, 4), 6);
        assert_eq!(snap(&text, len + 9), len);
    }

    #[test]
    fn words_go_with_the_space_between() {
        let text = "one  two, drei";
        assert_eq!(previous(text, 14, Unit::Word), 10);
        assert_eq!(previous(text, 10, Unit::Word), 8);
        assert_eq!(previous(text, 5, Unit::Word), 0);
        assert_eq!(next(text, 3, Unit::Word), 8);
        assert_eq!(next(text, 8, Unit::Word), 9);
    }

    #[test]
    fn words_are_what_a_reader_takes_for_one() {
        let after = |text: &str| next(text, 0, Unit::Word);
        assert_eq!(after("don\u{2019}t go"), 5);
        assert_eq!(after("3.14, about"), 4);
        assert_eq!(after("end. Then"), 3);
        assert_eq!(after("snake_case x"), 10);
        assert_eq!(after("e\u{301}te\u{301}!"), 5);
        assert_eq!(after("Ünïcode ok"), 7);
        assert_eq!(after("漢字"), 1);
        assert_eq!(after("👨‍👩‍👧👨‍👩‍👧"), utf16_len("👨‍👩‍👧"));
        assert_eq!(previous("it's", 4, Unit::Word), 0);
        assert_eq!(previous("a'", 2, Unit::Word), 1);
    }

    #[test]
    fn words_stop_at_a_soft_break() {
        let text = "one\u{2028}two";
        assert_eq!(previous(text, 4, Unit::Word), 3);
        assert_eq!(next(text, 3, Unit::Word), 4);
        assert_eq!(next("one \u{2028}two", 3, Unit::Word), 4);
        assert_eq!(previous("one\u{2028} two", 5, Unit::Word), 4);
    }
}
