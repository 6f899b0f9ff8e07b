//! HTML out: what it looks like, and that nothing in a text can break it.

#[path = "roundtrip/random.rs"]
mod random;

use exchange::{html, image::no_blobs, markdown};
use expect_test::{Expect, expect};
use text::{Align, Delta, Document, LineFormat, Marks, Op};

#[track_caller]
fn check(source: &str, expected: Expect) {
    let imported = markdown::read(source, &mut || "t".to_owned());
    expected.assert_eq(&html::fragment(&Document::from_delta(&imported.text), &imported.tables, &no_blobs));
}

#[test]
fn words() {
    check(
        "# A & B\n\nPlain, **bold *and italic***, ~~gone~~, `a<b`,\\\n[a **link**](https://x.example/?a=1&b=\"2\").\n\n---\n",
        expect![[r#"
            <h1>A &amp; B</h1>
            <p>Plain, <strong>bold <em>and italic</em></strong>, <s>gone</s>, <code>a&lt;b</code>,<br><a href="https://x.example/?a=1&amp;b=%222%22" rel="noopener noreferrer">a <strong>link</strong></a>.</p>
            <hr>
        "#]],
    );
}

#[test]
fn lists_nest_and_carry_what_stands_in_them() {
    check(
        "- a\n  1. b\n\n     more of b\n- [x] done\n- [ ] open\n\n> - quoted\n>   - deeper\n\n1. one\n\n   ```rust\n   fn a() -> &'static str\n   ```\n",
        expect![[r#"
            <ul>
            <li>a
            <ol>
            <li>
            <p>b</p>
            <p>more of b</p>
            </li>
            </ol>
            </li>
            <li class="check"><label><input type="checkbox" disabled checked> done</label></li>
            <li class="check"><label><input type="checkbox" disabled> open</label></li>
            </ul>
            <blockquote>
            <ul>
            <li>quoted
            <ul>
            <li>deeper</li>
            </ul>
            </li>
            </ul>
            </blockquote>
            <ol>
            <li>
            <p>one</p>
            <pre><code class="language-rust">fn a() -&gt; &amp;'static str
            </code></pre>
            </li>
            </ol>
        "#]],
    );
}

#[test]
fn tables() {
    check(
        "| Name | Price |\n| --- | --: |\n| a \\| b | **1** |\n| c |\n",
        expect![[r#"
            <table>
            <thead>
            <tr><th scope="col">Name</th><th scope="col" style="text-align: end">Price</th></tr>
            </thead>
            <tbody>
            <tr><td>a | b</td><td style="text-align: end"><strong>1</strong></td></tr>
            <tr><td>c</td><td style="text-align: end"></td></tr>
            </tbody>
            </table>
        "#]],
    );
    check(
        "| | |\n|-|-|\n| a | b |\n",
        expect![[r#"
            <table>
            <tbody>
            <tr><td>a</td><td>b</td></tr>
            </tbody>
            </table>
        "#]],
    );
}

#[test]
fn what_markdown_cannot_say() {
    let mut text = Delta::new();
    let marks = Marks { underline: true, highlight: true, ..Marks::default() };
    text.push(Op::Insert { text: "both\u{2028}lines".to_owned(), attrs: marks.to_attrs() });
    let format = LineFormat { align: Align::Center, ..LineFormat::default() };
    text.push(Op::Insert { text: "\n".to_owned(), attrs: format.to_attrs() });
    let link = Marks { link: Some("javascript:alert(1)".into()), ..Marks::default() };
    text.push(Op::Insert { text: "not a link".to_owned(), attrs: link.to_attrs() });
    expect![[r#"
        <p style="text-align: center"><u><mark>both<br>lines</mark></u></p>
        <p>not a link</p>
    "#]]
    .assert_eq(&html::fragment(&Document::from_delta(&text), &[], &no_blobs));
}

#[test]
fn the_page_stands_on_its_own() {
    let doc = Document::from_delta(&Delta::new().insert("Words\n"));
    let page = html::write("Offer <3>", &doc, &[], &no_blobs, "en-GB");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">\n"), "{page}");
    assert!(page.contains("<title>Offer &lt;3&gt;</title>"), "{page}");
    assert!(page.contains("<main>\n<h1>Offer &lt;3&gt;</h1>\n<p>Words</p>\n</main>"), "{page}");
    for outside in ["<script", "<link", "src=", "url(", "@import", "http"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // A text with its own heading at the top is not given a second one.
    let heading = markdown::read("# Offer\n", &mut String::new).text;
    let page = html::write("Offer", &Document::from_delta(&heading), &[], &no_blobs, "");
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.contains("<html>"));
}

/// Walks through `html` and complains about an element that is not closed in its place, one we never write, or an
/// attribute with anything but our own kind of value.
fn assert_well_formed(html: &str, what: &str) {
    const EMPTY: [&str; 4] = ["br", "hr", "img", "input"];
    const KNOWN: &str = "a aside blockquote code div em figure h1 h2 h3 h4 h5 h6 label li mark ol p pre s strong table thead tbody \
                         td th tr u ul br hr img input";
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once('<') {
        let (tag, after) = from.split_once('>').unwrap_or((from, ""));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{what}: {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(KNOWN.split(' ').any(|known| known == name), "{what}: {tag}");
        assert_eq!(attributes.matches('"').count() % 2, 0, "{what}: {tag}");
        for attribute in attributes.split('"').step_by(2).flat_map(str::split_whitespace) {
            let known = [
                "href=",
                "rel=",
                "class=",
                "style=",
                "type=",
                "disabled",
                "checked",
                "tabindex=",
                "scope=",
                "src=",
                "alt=",
                "data-width=",
            ];
            assert!(known.contains(&attribute), "{what}: {tag}");
        }
        let parent_fits = match name {
            "li" => matches!(open.last(), Some(&("ul" | "ol"))),
            "td" | "th" => open.last() == Some(&"tr"),
            "tr" => matches!(open.last(), Some(&("thead" | "tbody"))),
            _ => !matches!(open.last(), Some(&("ul" | "ol" | "tr" | "thead" | "tbody"))),
        };
        assert!(parent_fits, "{what}: {name} in {:?}", open.last());
        if !EMPTY.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{what}: {open:?}");
}

#[test]
fn random_texts_make_well_formed_pages() {
    for seed in 0..2_000 {
        let (doc, tables) = random::document(&mut fastrand::Rng::with_seed(seed));
        assert_well_formed(&html::fragment(&doc, &tables, &random::blobs), &format!("seed {seed}"));
        let page = html::write("Title", &doc, &tables, &random::blobs, "en");
        let (_, body) = page.split_once("<main>").expect("the page has its main part");
        assert_well_formed(body.split("</main>").next().expect("it ends"), &format!("page of seed {seed}"));
    }
}
