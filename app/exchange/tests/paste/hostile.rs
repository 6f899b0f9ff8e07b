//! Pages made to break a reader, and pages made to run something: all are read in bounded time, and nothing but words,
//! marks and links that may be followed comes out.

use std::time::{Duration, Instant};

use exchange::{html, html::Tokens, image::no_blobs, markdown};
use text::{Document, Op, Value};

use crate::{page, read};

/// Each of these takes seconds at most. A reader that falls into a trap takes hours, so the limit can be one that no busy
/// machine reaches.
const PATIENCE: Duration = Duration::from_secs(300);

/// Reads tokens and writes the text out again; gives the number of lines.
#[track_caller]
fn survives(name: &str, tokens: Tokens) -> usize {
    let start = Instant::now();
    let page = tokens.finish();
    let imported = html::read(&page, &mut String::new);
    let document = Document::from_delta(&imported.text);
    let written = html::fragment(&document, &imported.tables, &no_blobs);
    let spent = start.elapsed();
    assert!(spent < PATIENCE, "{name} took {spent:?} for {} bytes", written.len());
    assert!(document.lines().iter().all(|line| line.format.indent <= 8), "{name}");
    document.lines().len()
}

#[test]
fn a_hundred_thousand_nested_elements() {
    for name in ["div", "b", "li", "blockquote", "table", "td", "pre", "svg"] {
        for closed in [true, false] {
            let mut tokens = Tokens::new();
            for _ in 0..100_000 {
                tokens.open(name);
                tokens.attribute("x-style", "font-weight:bold;color:red");
                tokens.text("x");
            }
            if closed {
                (0..100_000).for_each(|_| tokens.close());
            }
            survives(name, tokens);
        }
    }
    let mut tokens = Tokens::new();
    for name in ["ul", "li", "blockquote", "table", "tbody", "tr", "td"].iter().cycle().take(100_000) {
        tokens.open(name);
    }
    survives("all of them", tokens);
}

#[test]
fn cells_that_span_everything() {
    let mut tokens = Tokens::new();
    tokens.open("table");
    for _ in 0..5_000 {
        tokens.open("tr");
        for _ in 0..20 {
            tokens.open("td");
            tokens.attribute("colspan", "1000");
            tokens.attribute("rowspan", "65534");
            tokens.text("x");
            tokens.close();
        }
        tokens.close();
    }
    tokens.close();
    survives("spans", tokens);
}

#[test]
fn much_of_one_thing() {
    let mut tokens = Tokens::new();
    for _ in 0..200_000 {
        tokens.open("br");
        tokens.close();
        tokens.text(" a\u{a0}");
    }
    survives("breaks", tokens);
    let mut tokens = Tokens::new();
    tokens.text(&"a \n".repeat(2_000_000));
    assert_eq!(survives("words", tokens), 1);
    let mut tokens = Tokens::new();
    for _ in 0..100_000 {
        tokens.open("p");
        tokens.text("a");
        tokens.close();
    }
    assert_eq!(survives("lines", tokens), 10_000);
    let mut tokens = Tokens::new();
    tokens.open("p");
    for at in 0..100_000 {
        tokens.open(if at % 2 == 0 { "b" } else { "i" });
        tokens.text("a");
        tokens.close();
    }
    survives("marks", tokens);
}

#[test]
fn bytes_that_are_no_page() {
    let whole = page::tokens(include_str!("../../fixtures/paste/web-page.html"));
    for seed in 0..3_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bytes = whole.clone();
        for _ in 0..random.usize(1..8) {
            let at = random.usize(0..bytes.len());
            bytes[at] = random.u8(..);
        }
        bytes.truncate(random.usize(0..=bytes.len()));
        html::read(&bytes, &mut String::new);
    }
}

/// What attackers put on clipboards and into files, one a line. Each holds the word `harmless`, which is to come through.
/// A journey pastes the same into the page.
const ATTACKS: &str = include_str!("../../fixtures/attacks.txt");

/// Whether the text holds only what a text may hold.
#[track_caller]
fn is_safe(what: &str, imported: &exchange::Imported) {
    const KNOWN: [&str; 17] = [
        "align",
        "blockquote",
        "bold",
        "code",
        "code-block",
        "header",
        "indent",
        "italic",
        "link",
        "list",
        "strike",
        "underline",
        "x-divider",
        "x-highlight",
        "x-table",
        "x-callout",
        "x-language",
    ];
    let cells = imported.tables.iter().flat_map(|table| table.rows.iter().flatten());
    for op in std::iter::once(&imported.text).chain(cells).flat_map(|delta| delta.ops()) {
        assert!(matches!(op, Op::Insert { .. }), "{what}: {op:?}");
        let Op::Insert { attrs, .. } = op else { continue };
        for (name, value) in attrs.iter() {
            assert!(KNOWN.contains(&name), "{what}: {name}");
            if let ("link", Value::Text(link)) = (name, value) {
                let safe =
                    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme));
                assert!(safe && !link.contains(['"', '<', '>', ' ']), "{what}: {link}");
            }
        }
    }
}

/// Whether HTML that we wrote has only elements and attributes that do nothing.
#[track_caller]
fn does_nothing(what: &str, written: &str) {
    // Words may look like tags, and are escaped: no tag is in them.
    for tag in written.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        let known = [
            "a",
            "blockquote",
            "br",
            "code",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "input",
            "label",
            "li",
            "mark",
            "ol",
            "p",
            "pre",
            "s",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "u",
            "ul",
        ];
        assert!(known.contains(&name), "{what}: <{tag}>");
        let mut rest = tag;
        while let Some((before, after)) = rest.split_once("=\"") {
            let attribute = before.split_whitespace().next_back().unwrap_or_default();
            let known = ["checked", "class", "disabled", "href", "rel", "scope", "style", "type"];
            assert!(known.contains(&attribute), "{what}: {attribute} in <{tag}>");
            rest = after.split_once('"').map_or("", |(_, rest)| rest);
        }
    }
}

#[test]
fn nothing_runs_and_nothing_is_fetched() {
    for attack in ATTACKS.lines() {
        let imported = read(attack);
        is_safe(attack, &imported);
        let document = Document::from_delta(&imported.text);
        let written = html::fragment(&document, &imported.tables, &no_blobs);
        does_nothing(attack, &written);
        assert!(written.contains("harmless"), "{attack}: {written}");
        // The same as Markdown, which may hold HTML and is read without a parser of it.
        let imported = markdown::read(attack, &mut String::new);
        is_safe(attack, &imported);
        let written = html::fragment(&Document::from_delta(&imported.text), &imported.tables, &no_blobs);
        does_nothing(attack, &written);
    }
    for link in [
        "[x](javascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](data:text/html,1)",
        "[x](vbscript:1)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](https://x.example/\"onmouseover=\"alert(1))",
        "| a |\n|---|\n| [x](javascript:alert(1)) |",
    ] {
        let imported = markdown::read(link, &mut String::new);
        is_safe(link, &imported);
        does_nothing(
            link,
            &html::fragment(&Document::from_delta(&imported.text), &imported.tables, &no_blobs),
        );
    }
}
