//! Random texts go out as Markdown and come in again, unchanged but for the documented normal form.
//!
//! `EXCHANGE_CASES` raises the number of cases; a failing case prints its seed, and `EXCHANGE_SEED` runs it alone.

#[path = "roundtrip/normal.rs"]
mod normal;
#[path = "roundtrip/random.rs"]
mod random;
#[path = "roundtrip/snippets.rs"]
mod snippets;

use exchange::{Imported, markdown};
use text::{Document, Line};

fn read(source: &str) -> Imported {
    let mut next = 0;
    markdown::read(source, &mut || {
        next += 1;
        format!("t{next}")
    })
}

fn lines(imported: &Imported) -> Vec<Line> {
    Document::from_delta(&imported.text).lines().to_vec()
}

/// Runs `case` with many seeds, or with the one asked for.
fn cases(count: u64, case: impl Fn(u64)) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    match number("EXCHANGE_SEED") {
        Some(seed) => case(seed),
        None => (0..number("EXCHANGE_CASES").unwrap_or(count)).for_each(case),
    }
}

#[test]
fn texts_come_back_in_normal_form() {
    cases(3_000, |seed| {
        let mut random = fastrand::Rng::with_seed(seed);
        let (doc, tables) = random::document(&mut random);
        let written = markdown::write_with(&doc, &tables, &random::blobs);
        let back = read(&written);
        let (expected, expected_tables) = normal::form(&doc, &tables);
        same(&lines(&back), &expected, &format!("seed {seed}, written:\n{written}"));
        assert_eq!(back.tables, expected_tables, "seed {seed}, written:\n{written}");
        assert!(back.notes.is_empty(), "seed {seed}: {:?}, written:\n{written}", back.notes);
        let again = markdown::write_with(&Document::from_delta(&back.text), &back.tables, &random::blobs);
        assert_eq!(again, written, "seed {seed}");
    });
}

#[test]
fn anything_is_read_and_settles() {
    cases(20_000, |seed| {
        let mut random = fastrand::Rng::with_seed(seed);
        let source = snippets::source(&mut random);
        let first = read(&source);
        assert!(first.text.ops().iter().all(is_tidy), "seed {seed}: {:?}", first.text);
        let written = markdown::write(&Document::from_delta(&first.text), &first.tables);
        let second = read(&written);
        let (expected, expected_tables) = normal::form(&Document::from_delta(&first.text), &first.tables);
        same(&lines(&second), &expected, &format!("seed {seed}, source:\n{source}\nwritten:\n{written}"));
        assert_eq!(second.tables, expected_tables, "seed {seed}, source:\n{source}\nwritten:\n{written}");
        let again = markdown::write(&Document::from_delta(&second.text), &second.tables);
        assert_eq!(again, written, "seed {seed}, source:\n{source}");
    });
}

/// Compares lines, and shows the first that differs.
#[track_caller]
fn same(lines: &[Line], expected: &[Line], what: &str) {
    for at in 0..lines.len().max(expected.len()) {
        assert_eq!(lines.get(at), expected.get(at), "line {at} of {what}");
    }
}

/// Whether a step inserts text that a document may hold.
fn is_tidy(op: &text::Op) -> bool {
    matches!(op, text::Op::Insert { text, .. } if !text.contains(['\r', '\u{fffc}', '\0']))
}
