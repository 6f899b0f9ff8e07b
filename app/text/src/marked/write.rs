//! From a document to the notation.

use super::read::{EDGES, SIGNS, prefix};
use crate::{Align, Block, Document, Image, Line, Marks, Selection, Within};

/// The notation of a document and a selection; [`super::read`] reads it back.
pub fn write(doc: &Document, selection: Selection) -> String {
    let mut out = String::new();
    for (at, line) in doc.lines().iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        line_signs(&mut out, line);
        let start = doc.line_start(at);
        let end = start + doc.line_len(at);
        let within = |offset: &usize| (start..=end).contains(offset);
        let mut stops: Vec<(usize, char)> =
            stops(selection).into_iter().filter(|(at, _)| within(at)).collect();
        let mut text = String::new();
        line_text(&mut text, line, start, &mut stops);
        stops.iter().for_each(|(_, sign)| text.push(*sign));
        // Text that would read as a line's format begins with an escape.
        let rest = text.trim_start_matches(EDGES);
        out.push_str(&text[..text.len() - rest.len()]);
        if !line.format.block.is_void() && prefix(rest).1.len() != rest.len() {
            out.push('\\');
        }
        out.push_str(rest);
    }
    if !doc.is_terminated() {
        out.push('⋯');
    }
    out
}

fn stops(selection: Selection) -> Vec<(usize, char)> {
    let (start, end, head) = (selection.start(), selection.end(), selection.head);
    match selection.is_caret() {
        true => vec![(head, '|')],
        false if head == start => vec![(start, '«'), (start, '|'), (end, '»')],
        false => vec![(start, '«'), (end, '|'), (end, '»')],
    }
}

fn line_signs(out: &mut String, line: &Line) {
    let format = &line.format;
    out.push_str(&"  ".repeat(usize::from(format.indent)));
    out.push_str(match format.align {
        Align::Start => "",
        Align::Center => "{center}",
        Align::End => "{end}",
        Align::Justify => "{justify}",
    });
    out.push_str(match format.within {
        Within::Text => "",
        Within::Quote => "> ",
        Within::Callout => "! ",
    });
    out.push_str(&match &format.block {
        Block::Paragraph => String::new(),
        Block::Heading(level) => "#".repeat(usize::from(*level)) + " ",
        Block::Bullet => "- ".to_owned(),
        Block::Ordered => "1. ".to_owned(),
        Block::Check { done: false } => "[ ] ".to_owned(),
        Block::Check { done: true } => "[x] ".to_owned(),
        Block::Code { language } => format!("```{language} "),
        Block::Divider => "---".to_owned(),
        Block::Table(id) => format!("{{table {id}}}"),
        Block::Image(it) => image(it),
    });
}

fn image(image: &Image) -> String {
    let name = image.blob.to_string();
    let mut out = String::from("{image ");
    out.push_str(if name[..2].repeat(32) == name { &name[..2] } else { &name });
    if let Some(width) = image.width.name() {
        out.extend([" ", width]);
    }
    if let Some((width, height)) = image.size {
        out.push_str(&format!(" {width}x{height}"));
    }
    if !image.alt.is_empty() {
        out.extend([": ", &image.alt]);
    }
    out.push('}');
    out
}

fn line_text(out: &mut String, line: &Line, mut at: usize, stops: &mut Vec<(usize, char)>) {
    let mut open = Marks::default();
    for run in &line.runs {
        for char in run.text.chars() {
            if stops.first().is_some_and(|(stop, _)| *stop <= at) {
                turn(out, &mut open, &Marks::default());
                while stops.first().is_some_and(|(stop, _)| *stop <= at) {
                    out.push(stops.remove(0).1);
                }
            }
            turn(out, &mut open, &run.marks);
            match char {
                '\u{2028}' => out.push('⏎'),
                '\\' | '|' | '«' | '»' | '*' | '_' | '+' | '~' | '`' | '=' | '[' | ']' | '⏎' | '⋯' => {
                    out.extend(['\\', char]);
                }
                char => out.push(char),
            }
            at += char.len_utf16();
        }
    }
    turn(out, &mut open, &Marks::default());
}

/// Closes what `open` has and `marks` has not, and opens the rest.
fn turn(out: &mut String, open: &mut Marks, marks: &Marks) {
    if open == marks {
        return;
    }
    if let Some(address) = open.link.as_ref().filter(|_| open.link != marks.link) {
        out.push_str(&format!("]({address})"));
    }
    for (sign, mark) in SIGNS {
        if open.has(mark) != marks.has(mark) {
            out.push_str(sign);
        }
    }
    if marks.link.is_some() && open.link != marks.link {
        out.push('[');
    }
    *open = marks.clone();
}
