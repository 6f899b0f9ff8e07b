//! Headings, lists, quotations, code and indents.

use super::scene::{Scene, close, reformat};
use super::{Change, divide};
use crate::{Align, Block, Delta, Image, LineFormat, Selection, Within, bounds};

pub(super) fn set(scene: &Scene<'_>, block: Block) -> Option<Change> {
    if block.is_void() {
        return divide::rule(scene, block);
    }
    scene.keep(reformat(scene.doc, scene.lines(), |format| {
        text_line(format, |format| become_block(format, &block))
    }))
}

pub(super) fn toggle(scene: &Scene<'_>, block: Block) -> Option<Change> {
    let all = text_formats(scene).all(|format| format.block.is_like(&block));
    set(scene, if all { Block::Paragraph } else { block })
}

pub(super) fn toggle_within(scene: &Scene<'_>, within: Within) -> Option<Change> {
    let all = text_formats(scene).all(|format| format.within == within);
    let within = if all { Within::Text } else { within };
    scene
        .keep(reformat(scene.doc, scene.lines(), |format| text_line(format, |format| format.within = within)))
}

pub(super) fn align(scene: &Scene<'_>, align: Align) -> Option<Change> {
    scene.keep(reformat(scene.doc, scene.lines(), |format| {
        if format.block.is_code() {
            return None;
        }
        text_line(format, |format| format.align = align)
    }))
}

pub(super) fn toggle_check(scene: &Scene<'_>, line: usize) -> Option<Change> {
    let toggled = |format: &LineFormat| match format.block {
        Block::Check { done } => Some(LineFormat { block: Block::Check { done: !done }, ..format.clone() }),
        _ => None,
    };
    scene.keep(reformat(scene.doc, line..line.saturating_add(1), toggled))
}

pub(super) fn set_image(scene: &Scene<'_>, line: usize, image: Image) -> Option<Change> {
    let other = |format: &LineFormat| match format.block {
        Block::Image(_) => Some(LineFormat { block: Block::Image(image.clone()), ..format.clone() }),
        _ => None,
    };
    scene.keep(reformat(scene.doc, line..line.saturating_add(1), other))
}

pub(super) fn indent(scene: &Scene<'_>, steps: i8) -> Option<Change> {
    if text_formats(scene).all(|format| format.block.is_code()) {
        return indent_code(scene, steps);
    }
    let first = scene.lines().start;
    let above = first.checked_sub(1).map(|line| scene.doc.format(line));
    let mut in_list = above.is_some_and(|format| format.block.is_list() || format.indent > 0);
    let delta = reformat(scene.doc, scene.lines(), |format| {
        // A paragraph can move inwards only to become part of the item above it.
        let movable = format.block.is_list()
            || (format.block == Block::Paragraph && (format.indent > 0 || in_list || steps < 0));
        in_list = format.block.is_list() || (in_list && movable);
        if !movable {
            return None;
        }
        let indent = i16::from(format.indent) + i16::from(steps);
        let indent = indent.clamp(0, i16::from(LineFormat::MAX_INDENT)) as u8;
        Some(LineFormat { indent, ..format.clone() })
    });
    scene.keep(delta)
}

/// How far one step goes in code.
const CODE_INDENT: &str = "  ";

fn indent_code(scene: &Scene<'_>, steps: i8) -> Option<Change> {
    let doc = scene.doc;
    let (mut delta, mut at) = (Delta::new(), 0);
    for line in scene.lines().filter(|line| doc.lines()[*line].format.block.is_code()) {
        let start = doc.line_start(line);
        let text = doc.lines()[line].as_text();
        let spaces = text.bytes().take_while(|byte| *byte == b' ').take(CODE_INDENT.len()).count();
        let outwards = if text.starts_with('\t') { 1 } else { spaces };
        if steps > 0 {
            delta = delta.retain(start - at).insert(CODE_INDENT);
            at = start;
        } else if steps < 0 && outwards > 0 {
            delta = delta.retain(start - at).delete(outwards);
            at = start + outwards;
        }
    }
    if delta.is_empty() {
        return None;
    }
    let moved = |edge: usize| {
        let place = doc.place(edge);
        let text = [CODE_INDENT, &doc.lines()[place.line].as_text()].concat();
        // The first character may be one that combines with the space that comes before it.
        let combined = bounds::snap(&text, CODE_INDENT.len()) - CODE_INDENT.len();
        delta.map(edge, true) + if steps > 0 && place.offset == 0 { combined } else { 0 }
    };
    let selection = Selection::new(moved(scene.selection.anchor), moved(scene.selection.head));
    let last = doc.lines().last().map(|line| line.format.clone()).unwrap_or_default();
    Some(Change { delta: close(doc, delta, at, &last), selection, pending: None })
}

/// Makes a line this kind, without what does not go with it.
pub(crate) fn become_block(format: &mut LineFormat, block: &Block) {
    format.block = block.clone();
    if !block.is_list() {
        format.indent = 0;
    }
    if block.is_code() {
        format.align = Align::Start;
    }
}

/// Dividers, tables and images are left alone.
fn text_line(format: &LineFormat, change: impl Fn(&mut LineFormat)) -> Option<LineFormat> {
    let mut format = format.clone();
    if format.block.is_void() {
        return None;
    }
    change(&mut format);
    Some(format)
}

fn text_formats<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a LineFormat> {
    let lines = &scene.doc.lines()[scene.lines()];
    lines.iter().map(|line| &line.format).filter(|format| !format.block.is_void())
}
