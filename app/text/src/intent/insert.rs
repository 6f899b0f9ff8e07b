//! Typed text, and text in place of other text.

use std::ops::Range;

use super::delete;
use super::scene::{Piece, Scene, close, following, marks_for, rewrite, whole_pairs};
use crate::{Change, Delta, Document, LineFormat, Marks, Selection};

/// A foreign object in the text; typed or pasted text must not look like one.
const OBJECT: char = '\u{FFFC}';

pub(super) fn insert(scene: &Scene<'_>, text: &str) -> Option<Change> {
    let text = clean(text);
    if text.is_empty() {
        return delete::selection(scene);
    }
    if scene.selection.is_caret() && scene.first().format.block.is_void() {
        let plain = LineFormat::default();
        let pieces = pieces(&text, &scene.marks(), &plain);
        return below(scene.doc, scene.start.line, pieces, &plain);
    }
    put(scene, &text, &scene.marks())
}

/// Puts `text` with `marks` in place of the selection.
pub(super) fn put(scene: &Scene<'_>, text: &str, marks: &Marks) -> Option<Change> {
    let (range, format) = delete::joined(scene);
    scene.rewrite(range, pieces(text, marks, &format), &last_format(text, &format))
}

pub(super) fn replace(doc: &Document, range: Range<usize>, text: &str) -> Option<Change> {
    let scene = Scene::new(doc, Selection::new(range.start, range.end.max(range.start)), None);
    let text = clean(text);
    let (old, marks) = (scene.range(), marks_for(doc, scene.range()));
    if scene.start.line != scene.end.line || text.is_empty() || scene.first().format.block.is_void() {
        return insert(&scene, &text);
    }
    let line = scene.first().as_text();
    let part = crate::bounds::before(&line, scene.end.offset);
    if crate::bounds::after(part, scene.start.offset) == text {
        return None;
    }
    let format = &scene.first().format;
    rewrite(doc, whole_pairs(doc, old), pieces(&text, &marks, format), &last_format(&text, format))
}

/// Whether text holds nothing but what one line of a section may hold as it is: typing it puts in just these characters.
pub fn is_clean(text: &str) -> bool {
    !text.contains(|char: char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}' | OBJECT))
}

/// Text without what must not stand in a section: carriage returns, control characters, signs of foreign objects.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\u{2029}' | '\u{85}' => clean.push('\n'),
            '\u{0B}' => clean.push('\u{2028}'),
            '\n' | '\t' => clean.push(char),
            OBJECT => {}
            char if char.is_control() => {}
            char => clean.push(char),
        }
    }
    clean
}

/// `text` with the ends of lines that follow one another as by Enter.
fn pieces(text: &str, marks: &Marks, format: &LineFormat) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, part) in text.split('\n').enumerate() {
        if at > 0 {
            let format = if at == 1 { format.clone() } else { following(format) };
            pieces.push(Piece::Break(format));
        }
        if !part.is_empty() {
            pieces.push(Piece::Text(part.to_owned(), marks.clone()));
        }
    }
    pieces
}

fn last_format(text: &str, format: &LineFormat) -> LineFormat {
    if text.contains('\n') { following(format) } else { format.clone() }
}

/// Puts `pieces` into a new line below a divider or a table; `end` is the format of the line where they end.
pub(super) fn below(doc: &Document, line: usize, pieces: Vec<Piece>, end: &LineFormat) -> Option<Change> {
    let at = doc.line_end(line) + 1;
    let mut delta = Delta::new().retain(at);
    let mut caret = at;
    for piece in pieces {
        caret += piece.len();
        delta.push(piece.into_op());
    }
    delta.push(Piece::Break(end.clone()).into_op());
    let delta = close(doc, delta, at, &LineFormat::default());
    Some(Change { delta, selection: Selection::caret(caret), pending: None })
}
