//! Input made to break a reader: it is read in bounded time and depth.

use std::time::{Duration, Instant};

use exchange::{html, image::no_blobs, markdown};
use text::Document;

/// Each of these takes seconds at most. A reader that falls into a trap takes hours, so the limit can be one that no busy
/// machine reaches.
const PATIENCE: Duration = Duration::from_secs(300);

/// Reads `source` and writes it out again in both formats; gives the number of lines.
#[track_caller]
fn survives(name: &str, source: &str) -> usize {
    let start = Instant::now();
    let imported = markdown::read(source, &mut String::new);
    let doc = Document::from_delta(&imported.text);
    let written = markdown::write(&doc, &imported.tables);
    let page = html::fragment(&doc, &imported.tables, &no_blobs);
    let spent = start.elapsed();
    assert!(doc.lines().iter().all(|line| line.format.indent <= 8), "{name}");
    assert!(spent < PATIENCE, "{name} took {spent:?} for {} and {} bytes", written.len(), page.len());
    doc.lines().len()
}

#[test]
fn deep_nesting() {
    let n = 10_000;
    assert_eq!(survives("quotes on a line", &format!("{} a", ">".repeat(n))), 1);
    assert_eq!(survives("items on a line", &format!("{}a", "- ".repeat(n))), n);
    survives("numbers on a line", &format!("{}a", "1. ".repeat(n)));
    survives("quotes and items", &format!("{}a", "> - ".repeat(n)));
    let steps: String = (0..1_000).map(|at| format!("{}- a\n", "  ".repeat(at))).collect();
    assert_eq!(survives("items step by step", &steps), 1_000);
    survives("items, then empty lines", &format!("{}a{}b", "- ".repeat(n), "\n".repeat(1_000)));
    survives("emphasis", &format!("{}a{}", "*".repeat(n), "*".repeat(n)));
    survives("turning emphasis", &"*a **b ".repeat(n));
    survives("closing emphasis", &"a** b* ".repeat(n));
}

#[test]
fn much_of_one_thing() {
    let n = 20_000;
    for piece in [
        "[", "](", "![", "<", "<a ", "<!--", "&", "`", "~~", "|", "_", "__a", "\\", ">", "#", "1) ", "*a_ ",
        "[a](b", "<br>",
    ] {
        survives(piece, &piece.repeat(n));
    }
    survives("code", &"``` ".repeat(5_000));
    survives("columns", &format!("|{}\n|{}\n{}", "a|".repeat(1_000), "-|".repeat(1_000), "|a\n".repeat(100)));
    survives("dots", &"1. 2) ".repeat(n));
    survives("marks", &"**a***b*~~c~~`d`".repeat(1_000));
    survives("links", &"[a](https://x.example)<https://y.example>".repeat(2_000));
    survives("footnotes", &"[^a]: x\n\n[^a]\n".repeat(5_000));
}
