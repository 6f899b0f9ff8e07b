//! Pasting rich text.

use super::scene::{Piece, Scene, following};
use super::{Change, delete, divide, insert};
use crate::{Block, Delta, Document, LineFormat, Marks, Op, Run, Within};

/// A line that is pasted.
struct Pasted {
    runs: Vec<Run>,
    /// Missing where the pasted text ended within the line.
    format: Option<LineFormat>,
}

pub(super) fn paste(scene: &Scene<'_>, delta: &Delta) -> Option<Change> {
    let lines = pasted(delta);
    if let [only] = lines.as_slice()
        && only.runs.is_empty()
        && only.format.as_ref().is_none_or(|format| *format == LineFormat::default())
    {
        // A lone line end is a line break, and nothing at all is nothing.
        return only.format.as_ref().and_then(|_| divide::line_break(scene));
    }
    if scene.selection.is_caret() && scene.first().format.block.is_void() {
        let (pieces, end) = fit(lines, &LineFormat::default(), true, true);
        return insert::below(scene.doc, scene.start.line, pieces, &end);
    }
    let (range, target) = delete::joined(scene);
    let (pieces, end) = fit(lines, &target, scene.head_is_empty(), scene.tail_is_empty());
    scene.rewrite(range, pieces, &end)
}

fn pasted(delta: &Delta) -> Vec<Pasted> {
    let mut clean = Delta::new();
    for op in delta.ops() {
        if let Op::Insert { text, attrs } = op {
            clean.push(Op::Insert { text: insert::clean(text), attrs: attrs.clone() });
        }
    }
    let doc = Document::from_delta(&clean);
    let lines = doc.lines().iter().enumerate().map(|(at, line)| {
        let format = doc.has_terminator(at).then(|| line.format.clone());
        let mut runs = line.runs.clone();
        match &line.format.block {
            block if block.is_void() => runs.clear(),
            block if block.is_code() => unmark(&mut runs),
            _ => {}
        }
        Pasted { runs, format }
    });
    lines.collect()
}

fn unmark(runs: &mut [Run]) {
    for run in runs {
        run.marks = Marks::default();
    }
}

/// Makes `lines` fit into a line of the format `target`: what to insert, and the format of the line where it ends.
fn fit(
    mut lines: Vec<Pasted>,
    target: &LineFormat,
    head_empty: bool,
    tail_empty: bool,
) -> (Vec<Piece>, LineFormat) {
    if target.block.is_code() {
        for line in &mut lines {
            unmark(&mut line.runs);
            line.format = None;
        }
    }
    let is_void = |line: Option<&Pasted>| {
        line.and_then(|line| line.format.as_ref()).is_some_and(|format| format.block.is_void())
    };
    if is_void(lines.first()) && !head_empty {
        lines.insert(0, Pasted { runs: Vec::new(), format: None });
    }
    if is_void(lines.last()) {
        lines.push(Pasted { runs: Vec::new(), format: None });
    }

    // Text that says nothing of its lines becomes more of what it is pasted into.
    let plain = lines.iter().filter_map(|line| line.format.as_ref()).all(|format| {
        format.block == Block::Paragraph && format.within == Within::Text && format.indent == 0
    });
    let next = continuing(target);
    let last = lines.len() - 1;
    let mut pieces = Vec::new();
    let mut end = target.clone();
    for (at, line) in lines.into_iter().enumerate() {
        let texts = line.runs.into_iter().map(|run| Piece::Text(run.text, run.marks));
        pieces.extend(texts);
        let own = line.format.filter(|_| !plain);
        let format = match at {
            0 if !head_empty || (last == 0 && !tail_empty) => target.clone(),
            0 => own.unwrap_or_else(|| target.clone()),
            _ if at == last && !tail_empty => target.clone(),
            _ => own.unwrap_or_else(|| next.clone()),
        };
        if at == last {
            end = format;
        } else {
            pieces.push(Piece::Break(format));
        }
    }
    (pieces, end)
}

/// The format of a line that comes after one of this format as its continuation.
fn continuing(format: &LineFormat) -> LineFormat {
    match format.block {
        Block::Heading(_) => LineFormat { block: Block::Paragraph, ..format.clone() },
        _ => following(format),
    }
}
