//! The sample proposals: real documents, which must go out and come in again with their meaning unchanged.

use exchange::{Imported, Note, markdown};
use text::{Block, Document, Line};

fn read(source: &str) -> Imported {
    let mut next = 0;
    markdown::read(source, &mut || {
        next += 1;
        format!("t{next}")
    })
}

fn document(imported: &Imported) -> Document {
    Document::from_delta(&imported.text)
}

/// The lines a reader sees: all but empty paragraphs.
fn seen(doc: &Document) -> Vec<&Line> {
    doc.lines().iter().filter(|line| line.format.block != Block::Paragraph || !line.is_empty()).collect()
}

/// Sends a document round twice and gives it back as it was read first.
#[track_caller]
fn round_trip(source: &str) -> (Imported, Document) {
    let first = read(source);
    let doc = document(&first);
    let written = markdown::write(&doc, &first.tables);
    let second = read(&written);
    assert_eq!(seen(&document(&second)), seen(&doc));
    assert_eq!(second.tables, first.tables);
    assert_eq!(second.notes, [], "what goes out has nothing that cannot come in");
    assert_eq!(
        markdown::write(&document(&second), &second.tables),
        written,
        "the second trip changes nothing"
    );
    (first, doc)
}

fn count(doc: &Document, is: impl Fn(&Line) -> bool) -> usize {
    doc.lines().iter().filter(|line| is(line)).count()
}

#[test]
fn two_pages() {
    let (imported, doc) = round_trip(include_str!("../fixtures/two-pages.md"));
    assert_eq!(imported.title.as_deref(), Some("Audit workflow for fourteen offices"));
    assert_eq!(imported.notes, []);
    assert_eq!(imported.tables.len(), 2);
    assert_eq!(doc.headings().len(), 7);
    assert_eq!(count(&doc, |line| matches!(line.format.block, Block::Check { done: true })), 2);
    assert_eq!(count(&doc, |line| line.format.within == text::Within::Quote), 2);
}

#[test]
fn twelve_pages() {
    let (imported, doc) = round_trip(include_str!("../fixtures/twelve-pages.md"));
    assert_eq!(
        imported.title.as_deref(),
        Some("Audit workflow and managed close service for Penhale Osgood LLP")
    );
    assert_eq!(
        imported.notes,
        [
            Note::Images(1),
            Note::Html(3),
            Note::Fields(2),
            Note::Footnotes(2),
            Note::Links(1),
            Note::Numbering(1),
            Note::Nesting(1)
        ]
    );
    assert_eq!(imported.tables.len(), 7);
    let text = doc.text();
    for words in [
        "the bar in E.2 | Bank separates",
        "a backtick (`) in an engagement",
        "*starred* clients",
        "bank_letter_2025_v2.pdf",
        "We write H2 for the second half-year, 5 < 6 where five is less than six, and © where",
        "Card One request & its answer.",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn sixty_pages() {
    let (imported, doc) = round_trip(include_str!("../fixtures/sixty-pages.md"));
    let title =
        "One firm, one system: practice management, finance and managed service for Penhale Osgood LLP";
    assert_eq!(imported.title.as_deref(), Some(title));
    assert_eq!(imported.notes, [Note::Fields(2)]);
    assert_eq!(imported.tables.len(), 47);
    assert_eq!(count(&doc, |line| line.format.block == Block::Heading(1)), 51);
    let in_tables: usize = imported
        .tables
        .iter()
        .flat_map(|table| table.rows.iter().flatten())
        .map(|cell| Document::from_delta(cell).words())
        .sum();
    let words = doc.words() + in_tables;
    assert!((24_000..28_000).contains(&words), "{words}");
}
