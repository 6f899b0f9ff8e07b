use text::{ComparedRun, Comparison, Delta, Document, Fate, LineFormat, Op, Selection, compare, marked};

/// The comparison of two texts in the notation, line by line: `-` before a line that went and `+` before one that came,
/// `[-words-]` that went and `{+words+}` that came, `«words»` whose marks changed, `(was …)` before a line with another
/// format.
#[track_caller]
fn check(old: &str, new: &str, wanted: &str) {
    let (old, new) = (marked::read(old).0, marked::read(new).0);
    let comparison = compare(&old, &new);
    assert_eq!(shown(&comparison), wanted);
    assert_eq!(comparison.is_same(), old == new);
}

fn shown(comparison: &Comparison) -> String {
    let line = |line: &text::ComparedLine| {
        let sign = match line.fate {
            Fate::Kept => "",
            Fate::Inserted => "+",
            Fate::Deleted => "-",
        };
        let runs: String = line.runs.iter().map(|run| run_shown(run, line.fate)).collect();
        let signs = |format: &LineFormat| {
            let delta = Delta::new().insert_with("\n", format.to_attrs());
            marked::write(&Document::from_delta(&delta), Selection::caret(0)).replace('|', "")
        };
        let was = line.before.as_ref().map(|format| format!("(was {:?})", signs(format))).unwrap_or_default();
        let table = if line.other_table { "(other)" } else { "" };
        format!("{sign}{was}{}{table}{runs}", signs(&line.format))
    };
    comparison.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn run_shown(run: &ComparedRun, line: Fate) -> String {
    let words = |marks: &text::Marks| {
        let delta = Delta::new().insert_with(&run.text, marks.to_attrs());
        let shown = marked::write(&Document::from_delta(&delta), Selection::caret(0));
        shown.replacen('|', "", 1).replace('⋯', "")
    };
    let now = words(&run.marks);
    match (run.fate, &run.before) {
        (fate, None) if fate == line => now,
        (Fate::Kept, None) => now,
        (Fate::Kept, Some(before)) => format!("«{}→{now}»", words(before)),
        (Fate::Inserted, _) => format!("{{+{now}+}}"),
        (Fate::Deleted, _) => format!("[-{now}-]"),
    }
}

#[test]
fn words_in_a_line_change() {
    check("We bring three vans", "We bring four vans", "We bring [-three-]{+four+} vans");
    check("We bring vans", "We bring two vans", "We bring {+two +}vans");
    check("We bring two vans", "We bring vans", "We bring [-two -]vans");
    check("Two days.", "Two days. Four men.", "Two days.{+ Four men.+}");
    check(
        "It is a small, old house",
        "It is a large and new house",
        "It is a [-small, old-]{+large and new+} house",
    );
    check("e\u{301}te\u{301} 漢字", "e\u{301}te\u{301} 漢語", "e\u{301}te\u{301} 漢[-字-]{+語+}");
}

#[test]
fn the_same_has_no_change() {
    check(
        "# One\ntwo **three**\n---\n\n{table t}",
        "# One\ntwo **three**\n---\n\n{table t}",
        "# One\ntwo **three**\n---\n\n{table t}",
    );
    check("", "", "");
    assert!(
        compare(&Document::new(), &marked::read("").0).is_same(),
        "a last line end is nothing to a reader"
    );
}

#[test]
fn lines_come_and_go() {
    check("one\ntwo\nthree", "one\nthree", "one\n-two\nthree");
    check("one\nthree", "one\ntwo\nthree", "one\n+two\nthree");
    check("alpha\nbeta", "gamma\ndelta", "-alpha\n-beta\n+gamma\n+delta");
    check("", "one\ntwo", "-\n+one\n+two");
    check("one\ntwo\nthree", "two\nthree\none", "-one\ntwo\nthree\n+one");
}

#[test]
fn a_line_is_found_again_among_others() {
    check(
        "The plan is short\nWe start in May with four people",
        "Something else stands here now\nWe start in June with four people",
        "-The plan is short\n+Something else stands here now\nWe start in [-May-]{+June+} with four people",
    );
    check(
        "We start in May with four people and two vans",
        "We start in May\nwith four people and two vans",
        "+We start in May\n[-We start in May -]with four people and two vans",
    );
    check("a b c d e f g h", "a v w x y z 1 2", "-a b c d e f g h\n+a v w x y z 1 2");
}

#[test]
fn formatting_shows() {
    check("one **two** three", "**one two** three", "«one →**one **»**two** three");
    check("one [two](u)", "one [two](v)", "one «[two](u)→[two](v)»");
    check("one **two**", "one **two** **six**", "one **two**{+ +}{+**six**+}");
    check("one two", "# one two", "(was \"\")# one two");
    check("- one\n- two", "1. one\n- two", "(was \"- \")1. one\n- two");
    check("[ ] one two", "[x] one six", "(was \"[ ] \")[x] one [-two-]{+six+}");
}

#[test]
fn rules_and_tables_are_no_words() {
    check("one\n---", "one\n", "one\n----\n+");
    check("{table a}\none", "{table b}\none", "-{table a}\n+{table b}\none");
    let doc = marked::read("{table a}\n{table b}").0;
    let mut comparison = compare(&doc, &doc);
    comparison.note_tables(|id| id == "b");
    assert_eq!(shown(&comparison), "{table a}\n{table b}(other)");
    assert!(!comparison.is_same());
}

/// Texts made to be slow to compare: nothing alike, everything alike, the same words in many orders.
#[test]
fn no_text_takes_long() {
    let doc = |text: String| Document::from_delta(&Delta::new().insert(&text));
    let words = |seed: u64, count: usize, many: usize, between: &str| {
        let mut rng = fastrand::Rng::with_seed(seed);
        let word = |_| format!("w{}", rng.usize(0..many));
        doc((0..count).map(word).collect::<Vec<_>>().join(between))
    };
    for (old, new) in [
        (words(1, 20_000, 3, " "), words(2, 20_000, 3, " ")),
        (words(1, 20_000, 3, "\n"), words(2, 20_000, 3, "\n")),
        (words(1, 20_000, 20_000, " "), words(2, 20_000, 20_000, " ")),
        (words(1, 20_000, 20_000, "\n"), words(2, 20_000, 20_000, "\n")),
        (words(1, 20_000, 1, " "), words(2, 10_000, 1, "\n")),
        (doc("🇩🇪".repeat(10_000)), doc("🇪🇩".repeat(10_000))),
    ] {
        let comparison = compare(&old, &new);
        let was: Vec<_> = comparison.lines.iter().filter_map(|line| line.was()).collect();
        assert_eq!(was, old.lines());
    }
}

/// A line that others turned into two kinds at once shows as one of them, so nothing shows when the other comes.
#[test]
fn what_no_reader_sees_is_no_change() {
    let end = |extra: bool| {
        let attrs = LineFormat::from(text::Block::Heading(1)).to_attrs();
        if extra { attrs.with("list", text::Value::Text("bullet".into())) } else { attrs }
    };
    let doc = |extra| {
        let mut delta = Delta::new().insert("one");
        delta.push(Op::Insert { text: "\n".into(), attrs: end(extra) });
        Document::from_delta(&delta)
    };
    assert!(compare(&doc(false), &doc(true)).is_same());
}
