//! What other programs put on the clipboard, and what becomes of it.

#[path = "paste/hostile.rs"]
mod hostile;
#[path = "paste/page.rs"]
mod page;
#[path = "roundtrip/random.rs"]
mod random;

use exchange::{Imported, html, image::no_blobs};
use expect_test::{ExpectFile, expect_file};
use text::{Document, Selection, Table, marked};

fn read(source: &str) -> Imported {
    let mut next = 0;
    html::read(&page::tokens(source), &mut || {
        next += 1;
        format!("t{next}")
    })
}

/// The text in the marked notation, its tables behind it row by row.
fn shown(imported: &Imported) -> String {
    let notation = |document: &Document| marked::write(document, Selection::caret(usize::MAX));
    let mut out = notation(&Document::from_delta(&imported.text)) + "\n";
    for Table { id, header, aligns, rows } in &imported.tables {
        out.push_str(&format!("\n{id}, {}, {aligns:?}\n", if *header { "names first" } else { "no names" }));
        for row in rows {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| notation(&Document::from_delta(cell)).trim_end_matches('⋯').to_owned())
                .collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    if !imported.notes.is_empty() {
        out.push_str(&format!("\n{:?}\n", imported.notes));
    }
    out
}

#[track_caller]
fn check(source: &str, expected: ExpectFile) {
    let imported = read(source);
    expected.assert_eq(&shown(&imported));
    // What came in goes out and comes in the same, as far as our own elements say it all.
    let document = Document::from_delta(&imported.text);
    let again = read(&html::fragment(&document, &imported.tables, &no_blobs));
    assert_eq!(Document::from_delta(&again.text), document);
    assert_eq!(again.tables, imported.tables);
}

macro_rules! programs {
    ($($name:ident $file:literal)*) => {$(
        #[test]
        fn $name() {
            check(
                include_str!(concat!("../fixtures/paste/", $file, ".html")),
                expect_file![concat!("../fixtures/paste/", $file, ".txt")],
            );
        }
    )*};
}

programs! {
    word "word-desktop"
    word_on_the_web "word-web"
    google_docs "google-docs"
    google_docs_two_lines "google-docs-two-lines"
    libreoffice "libreoffice"
    excel "excel"
    google_sheets "google-sheets"
    gmail "gmail"
    notion "notion"
    a_web_page "web-page"
    an_editor_of_code "code-editor"
}

/// What our own elements say comes back; what they do not say (empty lines, for one) is gone after the first trip.
/// Images that stand in a page as their own bytes come back as they were.
#[test]
fn a_second_trip_through_html_changes_nothing() {
    for seed in 0..300 {
        let (document, tables) = random::document(&mut fastrand::Rng::with_seed(seed));
        let mut once = read(&html::fragment(&document, &tables, &random::blobs));
        let again = read(&html::fragment(&Document::from_delta(&once.text), &once.tables, &random::blobs));
        once.notes.clear();
        assert_eq!(shown(&again), shown(&once), "seed {seed}");
    }
}
