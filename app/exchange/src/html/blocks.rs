//! Blocks as elements: real nested lists, quotations, code and tables.

use text::{Align, Document, Image, Line, Marks, Run, Table, Within};

use super::escape;
use crate::{
    address,
    image::{self, Blobs},
    tree::{self, Item, Node},
};

/// What the elements are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// A page with our look.
    Page,
    /// Another program's page: nothing but the elements.
    Pasting,
}

/// What the elements are for, and where the bytes of images are.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) use_for: For,
    pub(super) blobs: Blobs<'a>,
}

/// The elements for `nodes`, each block on a line of its own.
pub(super) fn write(nodes: &[Node<'_>], way: Way<'_>) -> String {
    let mut out = String::new();
    for node in nodes {
        block(&mut out, node, way);
    }
    out
}

fn block(out: &mut String, node: &Node<'_>, way: Way<'_>) {
    match node {
        Node::Paragraph(line) => element(out, "p", line),
        Node::Heading(level, line) => element(out, &format!("h{level}"), line),
        Node::Divider => out.push_str("<hr>\n"),
        Node::Code { language, lines } => code(out, language, lines),
        Node::Table(table) => grid(out, table, way.use_for),
        Node::Image(image) => picture(out, image, way),
        Node::Within(within, children) => {
            let (name, kind) = match within {
                Within::Callout => ("aside", " class=\"callout\""),
                _ => ("blockquote", ""),
            };
            out.push_str(&format!("<{name}{kind}>\n{}</{name}>\n", write(children, way)));
        }
        Node::List { ordered, items } => {
            let name = if *ordered { "ol" } else { "ul" };
            out.push_str(&format!("<{name}>\n"));
            items.iter().for_each(|it| item(out, it, way));
            out.push_str(&format!("</{name}>\n"));
        }
    }
}

fn item(out: &mut String, item: &Item<'_>, way: Way<'_>) {
    let words = words(&item.line.runs);
    // What stands within the item would be aligned as its words are.
    let own = style(item.line.format.align);
    let style = if item.children.is_empty() { own } else { "" };
    let words = match item.check {
        // The words name the box for those who hear the page.
        Some(done) => {
            let checked = if done { " checked" } else { "" };
            out.push_str(&format!("<li class=\"check\"{style}>"));
            format!("<label><input type=\"checkbox\" disabled{checked}> {words}</label>")
        }
        None => {
            out.push_str(&format!("<li{style}>"));
            words
        }
    };
    let short = own.is_empty() && item.children.iter().all(|node| matches!(node, Node::List { .. }));
    match item.children.is_empty() {
        true => out.push_str(&words),
        false if short => out.push_str(&format!("{words}\n")),
        false if tree::is_blank(item.line) && item.check.is_none() => out.push('\n'),
        false => out.push_str(&format!("\n<p{own}>{words}</p>\n")),
    }
    out.push_str(&write(&item.children, way));
    out.push_str("</li>\n");
}

fn element(out: &mut String, name: &str, line: &Line) {
    let style = style(line.format.align);
    out.push_str(&format!("<{name}{style}>{}</{name}>\n", words(&line.runs)));
}

fn style(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::Center => " style=\"text-align: center\"",
        Align::End => " style=\"text-align: end\"",
        Align::Justify => " style=\"text-align: justify\"",
    }
}

fn code(out: &mut String, language: &str, lines: &[&Line]) {
    match language {
        "" => out.push_str("<pre><code>"),
        name => out.push_str(&format!("<pre><code class=\"language-{}\">", escape::attribute(name))),
    }
    for line in lines {
        for run in &line.runs {
            out.push_str(&escape::text(&run.text.replace('\u{2028}', "\n")).replace("&nbsp;", "\u{a0}"));
        }
        out.push('\n');
    }
    out.push_str("</code></pre>\n");
}

/// An image with its bytes inside; only its words where they are not there.
fn picture(out: &mut String, image: &Image, way: Way<'_>) {
    let alt = escape::attribute(&image.alt);
    let Some(address) = (way.blobs)(image.blob).and_then(|bytes| image::data_address(&bytes)) else {
        if !image.alt.is_empty() {
            out.push_str(&format!("<p>{}</p>\n", escape::text(&image.alt)));
        }
        return;
    };
    let size = match image.size {
        Some((width, height)) => format!(" width=\"{width}\" height=\"{height}\""),
        None => String::new(),
    };
    let width = image.width.name().map(|name| format!(" data-width=\"{name}\"")).unwrap_or_default();
    let name = if way.use_for == For::Page { "figure" } else { "p" };
    out.push_str(&format!("<{name}><img src=\"{address}\" alt=\"{alt}\"{size}{width}></{name}>\n"));
}

fn grid(out: &mut String, table: &Table, use_for: For) {
    let width = tree::width(table);
    if use_for == For::Page {
        // A wide table scrolls by itself, also from the keyboard.
        out.push_str("<div class=\"table\" tabindex=\"0\">\n");
    }
    out.push_str("<table>\n");
    let (names, rows) = match table.rows.split_first() {
        Some((names, rows)) if table.header => (Some(names), rows),
        _ => (None, table.rows.as_slice()),
    };
    let row = |cells: &[text::Delta], open: &str, close: &str| {
        let cells = (0..width).map(|at| {
            let words = cells.get(at).map(cell).unwrap_or_default();
            format!("<{open}{}>{words}</{close}>", style(tree::column(table, at)))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    if let Some(names) = names {
        out.push_str(&format!("<thead>\n{}</thead>\n", row(names, "th scope=\"col\"", "th")));
    }
    if !rows.is_empty() {
        out.push_str("<tbody>\n");
        rows.iter().for_each(|cells| out.push_str(&row(cells, "td", "td")));
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n");
    if use_for == For::Page {
        out.push_str("</div>\n");
    }
}

fn cell(cell: &text::Delta) -> String {
    let doc = Document::from_delta(cell);
    let lines: Vec<String> = doc.lines().iter().map(|line| words(&line.runs)).collect();
    lines.join("<br>")
}

/// A line's words; those of one link stand in one element.
fn words(runs: &[Run]) -> String {
    let linked = |run: &Run| run.marks.link.as_deref().and_then(address::kept);
    let mut out = String::new();
    for same in runs.chunk_by(|one, next| linked(one) == linked(next)) {
        let inner = marked(same, &MARKS);
        match same.first().and_then(linked) {
            Some(address) => {
                let address = escape::attribute(&address);
                out.push_str(&format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{inner}</a>"));
            }
            None => out.push_str(&inner),
        }
    }
    out
}

/// A mark and the name of its element.
type Element = (fn(&Marks) -> bool, &'static str);

/// From the outermost to the innermost.
const MARKS: [Element; 6] = [
    (|marks| marks.bold, "strong"),
    (|marks| marks.italic, "em"),
    (|marks| marks.underline, "u"),
    (|marks| marks.strike, "s"),
    (|marks| marks.highlight, "mark"),
    (|marks| marks.code, "code"),
];

/// The words with `elements` around those that bear their marks.
fn marked(runs: &[Run], elements: &[Element]) -> String {
    let Some(((has, name), inner)) = elements.split_first() else {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        return escape::text(&text).replace('\u{2028}', "<br>");
    };
    let mut out = String::new();
    for same in runs.chunk_by(|one, next| has(&one.marks) == has(&next.marks)) {
        let words = marked(same, inner);
        match same.first() {
            Some(run) if has(&run.marks) => out.push_str(&format!("<{name}>{words}</{name}>")),
            _ => out.push_str(&words),
        }
    }
    out
}
