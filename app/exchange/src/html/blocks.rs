//! Blocks as elements: real nested lists, quotations, code and tables.

use text::{Align, Document, Line, Marks, Run, Table};

use super::escape;
use crate::{
    address,
    tree::{self, Item, Node},
};

/// The elements for `nodes`, each block on a line of its own.
pub(super) fn write(nodes: &[Node<'_>]) -> String {
    let mut out = String::new();
    for node in nodes {
        block(&mut out, node);
    }
    out
}

fn block(out: &mut String, node: &Node<'_>) {
    match node {
        Node::Paragraph(line) => element(out, "p", line),
        Node::Heading(level, line) => element(out, &format!("h{level}"), line),
        Node::Divider => out.push_str("<hr>\n"),
        Node::Code { language, lines } => code(out, language, lines),
        Node::Table(table) => grid(out, table),
        Node::Quote(children) => {
            out.push_str("<blockquote>\n");
            out.push_str(&write(children));
            out.push_str("</blockquote>\n");
        }
        Node::List { ordered, items } => {
            let name = if *ordered { "ol" } else { "ul" };
            out.push_str(&format!("<{name}>\n"));
            items.iter().for_each(|it| item(out, it));
            out.push_str(&format!("</{name}>\n"));
        }
    }
}

fn item(out: &mut String, item: &Item<'_>) {
    let words = words(&item.line.runs);
    let style = style(item.line.format.align);
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
    let short = item.children.iter().all(|node| matches!(node, Node::List { .. }));
    match item.children.is_empty() {
        true => out.push_str(&words),
        false if short => out.push_str(&format!("{words}\n")),
        false if tree::is_blank(item.line) && item.check.is_none() => out.push('\n'),
        false => out.push_str(&format!("\n<p>{words}</p>\n")),
    }
    out.push_str(&write(&item.children));
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

fn grid(out: &mut String, table: &Table) {
    let width = tree::width(table);
    // A wide table scrolls by itself, also from the keyboard.
    out.push_str("<div class=\"table\" tabindex=\"0\">\n<table>\n");
    let (names, rows) = match table.rows.split_first() {
        Some((names, rows)) if table.header => (Some(names), rows),
        _ => (None, table.rows.as_slice()),
    };
    let mut row = |cells: &[text::Delta], open: &str, close: &str| {
        out.push_str("<tr>");
        for at in 0..width {
            let words = cells.get(at).map(cell).unwrap_or_default();
            out.push_str(&format!("<{open}{}>{words}</{close}>", style(tree::column(table, at))));
        }
        out.push_str("</tr>\n");
    };
    if let Some(names) = names {
        row(names, "th scope=\"col\"", "th");
    }
    for cells in rows {
        row(cells, "td", "td");
    }
    out.push_str("</table>\n</div>\n");
}

fn cell(cell: &text::Delta) -> String {
    let doc = Document::from_delta(cell);
    let lines: Vec<String> = doc.lines().iter().map(|line| words(&line.runs)).collect();
    lines.join("<br>")
}

/// A line's words; those of one link stand in one element.
fn words(runs: &[Run]) -> String {
    let mut out = String::new();
    let linked = |run: &Run| run.marks.link.as_deref().and_then(address::kept);
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let link = linked(first);
        let len = rest.iter().take_while(|run| linked(run) == link).count();
        let (same, after) = rest.split_at(len);
        let inner: String = same.iter().map(marked).collect();
        match &link {
            Some(address) => {
                let address = escape::attribute(address);
                out.push_str(&format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{inner}</a>"));
            }
            None => out.push_str(&inner),
        }
        rest = after;
    }
    out
}

fn marked(run: &Run) -> String {
    let Marks { bold, italic, underline, strike, code, highlight, link: _ } = &run.marks;
    let mut words = escape::text(&run.text).replace('\u{2028}', "<br>");
    for (is_set, name) in [
        (code, "code"),
        (highlight, "mark"),
        (strike, "s"),
        (underline, "u"),
        (italic, "em"),
        (bold, "strong"),
    ] {
        if *is_set {
            words = format!("<{name}>{words}</{name}>");
        }
    }
    words
}
