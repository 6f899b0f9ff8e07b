use text::{Intent, Mark, Marks, Selection, gap, intend, marked};

use crate::{check, check_all, check_nothing, check_with, insert};

#[test]
fn typing_replaces_the_selection() {
    check("ab|cd", insert("x"), "abx|cd");
    check("a«bc|»d", insert("x"), "ax|d");
    check("a«|bc»d", insert("x"), "ax|d");
    check("# a«b\nc|»d", insert("x"), "# ax|d");
    check("a«b|»c", insert(""), "a|c");
    check_nothing("a|", insert(""));
}

#[test]
fn a_text_without_a_last_terminator_gets_one() {
    check("|⋯", insert("a"), "a|");
    check("one\ntwo|⋯", insert("a"), "one\ntwoa|");
    check("on|e\ntwo⋯", insert("a"), "ona|e\ntwo");
    check("on|⋯", Intent::Break, "on\n|");
    check("a|⋯", Intent::Block(text::Block::Heading(1)), "# a|");
    check("«a|»⋯", Intent::Mark(Mark::Bold, true), "«**a**|»");
    check("«a|»⋯", Intent::DeleteSelection, "|");
    check("- a|\nb⋯", crate::delete(), "- a|b");
    check_nothing("a|⋯", Intent::Block(text::Block::Paragraph));
    check_nothing("a|⋯", crate::delete());
}

#[test]
fn typing_goes_on_with_the_marks_before() {
    check("**ab|**c", insert("x"), "**abx|**c");
    check("a**|b**", insert("x"), "ax|**b**");
    check("|**b**", insert("x"), "**x|b**");
    check("a«**bc**|»d", insert("x"), "a**x|**d");
    check("a\n|**b**", insert("x"), "a\n**x|b**");
    check("`ab|`", insert("x"), "`abx|`");
}

#[test]
fn a_link_goes_on_only_within_itself() {
    check("[ab|](u)", insert("x"), "[ab](u)x|");
    check("[a|b](u)", insert("x"), "[ax|b](u)");
    check("|[ab](u)", insert("x"), "x|[ab](u)");
    check("a[«b|»c](u)", insert("x"), "a[x|c](u)");
    check("a[«bc|»](u)", insert("x"), "ax|");
    check("[ab](u)|[cd](v)", insert("x"), "[ab](u)x|[cd](v)");
    check("**[ab](u)**|", insert("x"), "**[ab](u)x|**");
}

#[test]
fn pending_marks_are_for_what_is_typed_next() {
    let bold = Marks::default().with(Mark::Bold, true);
    check_with("ab|cdef", Some(&bold), insert("Q"), "ab**Q|**cdef");
    // slab/quill#1176: only the typed letter is bold, and the caret is behind it.
    check_all("ab|cdef", [Intent::ToggleMark(Mark::Bold), insert("Q")], "ab**Q|**cdef");
    check_all(
        "ab|cdef",
        [Intent::ToggleMark(Mark::Bold), Intent::ToggleMark(Mark::Bold), insert("Q")],
        "abQ|cdef",
    );
    check_all(
        "Som|",
        [Intent::ToggleMark(Mark::Bold), insert("eth"), Intent::ToggleMark(Mark::Bold), insert("ing")],
        "Som**eth**ing|",
    );
}

#[test]
fn code_takes_no_marks() {
    let bold = Marks::default().with(Mark::Bold, true);
    check_with("``` a|", Some(&bold), insert("b"), "``` ab|");
    check_with("«\n``` a|»", Some(&bold), insert("b"), "``` b|");
    check_nothing("``` a|", Intent::ToggleMark(Mark::Bold));
}

#[test]
fn line_ends_in_typed_text_are_as_by_enter() {
    check("- a|b", insert("x\r\ny"), "- ax\n- y|b");
    check("[x] a|", insert("\nb"), "[x] a\n[ ] b|");
    check("a|", insert("x\u{2029}y\rz"), "ax\ny\nz|");
}

#[test]
fn what_must_not_stand_in_a_section_is_left_out() {
    check("a|", insert("\u{FFFC}b\u{0}c\td"), "abc\td|");
    check_nothing("a|", insert("\u{FFFC}"));
}

#[test]
fn typing_on_a_divider_goes_below_it() {
    check("a\n---|\nb", insert("x"), "a\n---\nx|\nb");
    check("---|", insert("x"), "---\nx|");
    check("---|\nb⋯", insert("x"), "---\nx|\nb");
    check("{table t}|\n# b", insert("x"), "{table t}\nx|\n# b");
    check("a\n«---\nb|»c", insert("x"), "a\nx|c");
}

#[test]
fn a_correction_replaces_its_own_range() {
    // w3c/editing#494: a suggestion replaces the target range, wherever the caret was, and the caret goes behind it.
    check("a teh| cat", Intent::Replace { range: 2..5, text: "the".into() }, "a the| cat");
    check("teh cat|", Intent::Replace { range: 0..3, text: "the".into() }, "the| cat");
    // lexical#5538
    check("Ri|ns place", Intent::Replace { range: 0..4, text: "Runs".into() }, "Runs| place");
    check("a **teh** cat|", Intent::Replace { range: 2..5, text: "the".into() }, "a **the|** cat");
    check("[teh](u) cat|", Intent::Replace { range: 0..3, text: "the".into() }, "the| cat");
    check("[teh](u) cat|", Intent::Replace { range: 1..3, text: "he".into() }, "[the|](u) cat");
    check("# a|", Intent::Replace { range: 1..1, text: "b".into() }, "# ab|");
    check("ab|", Intent::Replace { range: 1..99, text: "x".into() }, "ax|");
    check("ab|", Intent::Replace { range: 0..1, text: String::new() }, "|b");
    check_nothing("the| cat", Intent::Replace { range: 0..3, text: "the".into() });
}

#[test]
fn what_a_browser_typed_on_its_own_is_read_back() {
    // lexical#1054: a correction in an item leaves the next line alone. blocksuite#2134: a checker replaces a word
    // without saying so.
    for (before, typed, caret, after) in [
        ("- helo|\nb", "hello ", 6, "- hello |\nb"),
        ("a **teh** cat|", "a the cat", 5, "a **the|** cat"),
        ("aa|aa", "aaaaa", 3, "aaa|aa"),
        ("**a|**b", "axb", 2, "**ax|**b"),
        ("ab|", "a", 1, "a|"),
    ] {
        let (doc, _) = marked::read(before);
        let gap = gap(&doc.lines()[0].text(), typed, Some(caret)).expect("a difference");
        let range = Selection::new(gap.at, gap.at + gap.removed);
        let change = intend(&doc, range, None, insert(&gap.inserted)).expect("a change");
        crate::compare(&doc, &change, after);
    }
}

#[test]
fn a_caret_at_a_line_end_stays_in_its_line() {
    // y-quill#14
    let (mut doc, selection) = marked::read("ab|\ncd");
    let remote = text::Delta::new().retain(2).insert("x");
    doc.apply(&remote);
    for after in [false, true] {
        assert_eq!(doc.place(selection.map(&remote, after).head).line, 0);
    }
}

#[test]
fn typing_never_cuts_what_a_reader_sees_as_one_character() {
    // The typed letter takes up the accent that stood alone.
    check("|\u{301}b", insert("e"), "e\u{301}|b");
    check("🇩|", insert("🇪"), "🇩🇪|");
    check("a😀|", insert("😀"), "a😀😀|");
    check("שלום|", insert("א"), "שלוםא|");
}
