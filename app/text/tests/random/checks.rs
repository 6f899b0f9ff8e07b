//! What holds after every change.

use std::collections::BTreeSet;

use text::{Delta, Document, Line, Op, Splice, utf16_len};

use crate::naive::Naive;

/// Applies `delta` to both and compares them, and what was told about the lines.
#[track_caller]
pub(crate) fn check_apply(doc: &mut Document, naive: &mut Naive, delta: &Delta, at: &str) {
    let old = doc.clone();
    let splices = doc.apply(delta);
    naive.apply(delta);
    let wanted = Document::from_delta(&naive.to_delta());
    assert_eq!(*doc, wanted, "{at}");
    assert_eq!(Document::from_delta(&doc.to_delta()), wanted, "{at}: there and back");
    check_invariants(doc, at);
    check_splices(&old, doc, delta, &splices, at);
}

pub(crate) fn check_invariants(doc: &Document, at: &str) {
    assert!(!doc.lines().is_empty(), "{at}: no line");
    let terminators = doc.lines().len() - usize::from(!doc.is_terminated());
    assert_eq!(doc.len(), doc.lines().iter().map(Line::len).sum::<usize>() + terminators, "{at}: length");
    assert_eq!(doc.len(), utf16_len(&doc.text()), "{at}: length of the text");
    for (index, line) in doc.lines().iter().enumerate() {
        assert_eq!(doc.line_len(index), line.len(), "{at}: length of line {index}");
        for run in &line.runs {
            assert!(!run.text.is_empty() && !run.text.contains('\n'), "{at}: run {:?}", run.text);
            assert!(!run.text.contains('\u{FFFD}'), "{at}: half a character in {:?}", run.text);
        }
        for pair in line.runs.windows(2) {
            assert_ne!(pair[0].marks, pair[1].marks, "{at}: neighbours in line {index}");
        }
    }
    if let [.., last] = doc.lines()
        && !doc.is_terminated()
        && doc.lines().len() > 1
    {
        assert!(!last.is_empty(), "{at}: an empty line after the last terminator");
    }
}

/// Whoever follows the splices has the new lines, and only lines that the change reaches are in them.
fn check_splices(old: &Document, new: &Document, delta: &Delta, splices: &[Splice], at: &str) {
    let mut lines = old.lines().to_vec();
    let mut shift = 0isize;
    let mut end = 0;
    let reached = reached(old, delta);
    for (index, splice) in splices.iter().enumerate() {
        assert!(index == 0 || splice.at > end, "{at}: {splices:?} are not apart");
        end = splice.at + splice.added;
        for line in splice.at..splice.at + splice.removed {
            let line = line.wrapping_add_signed(-shift);
            assert!(reached.contains(&line), "{at}: {splices:?} name line {line}, which stays");
        }
        shift += splice.added as isize - splice.removed as isize;
        lines.splice(splice.at..splice.at + splice.removed, new.lines()[splice.at..end].iter().cloned());
    }
    assert_eq!(as_read(&lines), shown(new), "{at}: {splices:?}");
}

/// The lines as a reader sees them.
pub(crate) fn shown(doc: &Document) -> Vec<Line> {
    as_read(doc.lines())
}

fn as_read(lines: &[Line]) -> Vec<Line> {
    lines.iter().map(|line| Line::new(line.runs.clone(), line.format.clone())).collect()
}

/// The old lines in which something may change.
fn reached(old: &Document, delta: &Delta) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut at = 0;
    for op in delta.ops() {
        let (len, changes) = match op {
            Op::Retain { len, attrs } => (*len, !attrs.is_empty()),
            Op::Insert { .. } => (0, true),
            Op::Delete(len) => (*len, true),
        };
        if changes {
            lines.extend(old.place(at).line..=old.place(at + len).line);
        }
        at += len;
    }
    lines
}

/// After an intent, marks stand on text only and formats on line ends only, and none is left that means nothing there;
/// dividers, tables and images have no text and code no marks.
pub(crate) fn check_lines_keep_their_kind(doc: &Document, naive: &Naive, at: &str) {
    const LINE: [&str; 13] = [
        "header",
        "list",
        "indent",
        "blockquote",
        "x-callout",
        "code-block",
        "align",
        "x-divider",
        "x-table",
        "x-image",
        "x-alt",
        "x-width",
        "x-size",
    ];
    /// Formats of which a line has one.
    const KINDS: [&str; 6] = ["header", "list", "code-block", "x-divider", "x-table", "x-image"];
    /// Formats that only say more of an image.
    const DETAILS: [&str; 3] = ["x-alt", "x-width", "x-size"];
    for (unit, attrs) in &naive.units {
        let end = *unit == u16::from(b'\n');
        for (name, _) in attrs.iter() {
            let of_line = LINE.contains(&name);
            assert_eq!(of_line, end, "{at}: {name} on {unit:?}");
        }
        let kinds = KINDS.iter().filter(|name| attrs.find(name).is_some()).count();
        assert!(kinds <= 1, "{at}: a line of several kinds, {attrs:?}");
        let details = DETAILS.iter().any(|name| attrs.find(name).is_some());
        assert!(
            !details || attrs.find("x-image").is_some(),
            "{at}: of an image that is not there, {attrs:?}"
        );
    }
    for line in doc.lines() {
        let block = &line.format.block;
        assert!(!block.is_void() || line.is_empty(), "{at}: {block:?} has {:?}", line.text());
        assert!(!block.is_code() || line.runs.iter().all(|run| run.marks.is_plain()), "{at}: marks in code");
    }
}
