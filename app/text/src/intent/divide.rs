//! Enter, Shift+Enter and dividers: what makes one line two.

use std::ops::Range;

use super::scene::{Piece, Scene, following, reformat, rewrite};
use super::{Change, delete, insert};
use crate::{Block, Document, LineFormat, Marks, Proposed, Within};

pub(super) fn line_break(scene: &Scene<'_>) -> Option<Change> {
    let format = &scene.first().format;
    if scene.selection.is_caret() && format.block.is_void() {
        return insert::below(scene.doc, scene.start.line, Vec::new(), &LineFormat::default());
    }
    if let Some(change) = leave(scene).or_else(|| fence(scene)) {
        return Some(change);
    }
    let (range, format) = delete::joined(scene);
    let (head, tail) = sides(scene, format);
    let mut change = scene.rewrite(range, vec![Piece::Break(head)], &tail)?;
    if scene.tail_is_empty() && !tail.block.is_code() {
        let marks = Marks { code: false, link: None, proposed: Proposed::default(), ..scene.marks() };
        change.pending = Some(marks).filter(|marks| !marks.is_plain());
    }
    Some(change)
}

/// The formats of the lines before and after a break.
fn sides(scene: &Scene<'_>, format: LineFormat) -> (LineFormat, LineFormat) {
    let paragraph = |format: &LineFormat| LineFormat { block: Block::Paragraph, ..format.clone() };
    match format.block {
        Block::Heading(_) if scene.tail_is_empty() => {
            let next = paragraph(&format);
            (format, next)
        }
        Block::Heading(_) if scene.head_is_empty() => (paragraph(&format), format),
        // What is done stays with the words that were done.
        Block::Check { done: true } if scene.head_is_empty() && !scene.tail_is_empty() => {
            (following(&format), format)
        }
        _ => {
            let next = following(&format);
            (format, next)
        }
    }
}

/// Enter on an empty line at the end of a list, a quotation or code goes one step out of it instead.
fn leave(scene: &Scene<'_>) -> Option<Change> {
    let line = scene.start.line;
    if !scene.selection.is_caret() || !scene.first().is_empty() {
        return None;
    }
    let mut format = scene.first().format.clone();
    let beside =
        |line: Option<usize>| line.and_then(|line| scene.doc.lines().get(line)).map(|line| &line.format);
    let (above, below) = (beside(line.checked_sub(1)), beside(line.checked_add(1)));
    let code = |format: Option<&LineFormat>| format.is_some_and(|format| format.block.is_code());
    if format.block.is_code() {
        if code(below) || !code(above) {
            return None;
        }
        format.block = Block::Paragraph;
    } else if format.indent > 0 {
        format.indent -= 1;
    } else if format.block.is_list() {
        format.block = Block::Paragraph;
    } else if format.within != Within::Text && below.is_none_or(|below| below.within != format.within) {
        format.within = Within::Text;
    } else {
        return None;
    }
    scene.keep(reformat(scene.doc, line..line + 1, |_| Some(format.clone())))
}

/// Enter after three backticks, with or without the name of a language, begins code.
fn fence(scene: &Scene<'_>) -> Option<Change> {
    let line = scene.first();
    if !scene.selection.is_caret() || !scene.tail_is_empty() || line.format.block != Block::Paragraph {
        return None;
    }
    let language = fence_language(&line.as_text())?;
    let start = scene.doc.line_start(scene.start.line);
    let format = LineFormat { block: Block::Code { language }, indent: 0, ..line.format.clone() };
    scene.rewrite(start..scene.selection.head, Vec::new(), &format)
}

/// The language named behind three backticks; empty when none is.
pub(crate) fn fence_language(text: &str) -> Option<String> {
    let name = text.strip_prefix("```")?;
    let fits = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '#' | '-' | '.' | '_');
    (name.len() <= 24 && name.chars().all(fits)).then(|| name.to_ascii_lowercase())
}

pub(super) fn soft_break(scene: &Scene<'_>) -> Option<Change> {
    let block = &scene.first().format.block;
    if block.is_code() || (block.is_void() && scene.selection.is_caret()) {
        return line_break(scene);
    }
    insert::put(scene, "\u{2028}", &scene.marks())
}

pub(super) fn divider(scene: &Scene<'_>) -> Option<Change> {
    rule(scene, Block::Divider)
}

/// Makes a line of which `range` is all the text a divider.
pub(crate) fn divider_at(doc: &Document, range: Range<usize>) -> Option<Change> {
    rewrite(doc, range, vec![Piece::Break(Block::Divider.into())], &LineFormat::default())
}

/// Puts a line that stands for something else than text in place of the selection, and a line to go on below it.
pub(super) fn rule(scene: &Scene<'_>, block: Block) -> Option<Change> {
    let void = Piece::Break(block.into());
    let caret = scene.selection.is_caret();
    if caret && scene.first().format.block.is_void() {
        return insert::below(scene.doc, scene.start.line, vec![void], &LineFormat::default());
    }
    let (range, format) = delete::joined(scene);
    let next = if scene.tail_is_empty() { LineFormat::default() } else { format.clone() };
    let pieces = if scene.head_is_empty() { vec![void] } else { vec![Piece::Break(format), void] };
    scene.rewrite(range, pieces, &next)
}
