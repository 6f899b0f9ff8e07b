use text::{Block, Delta, Document, LineFormat, Mark, Marks, Place, Splice, Unit, marked};

fn doc(notation: &str) -> Document {
    marked::read(notation).0
}

fn bold() -> Marks {
    Marks::default().with(Mark::Bold, true)
}

#[test]
fn the_notation_reads_what_it_writes() {
    for notation in [
        "|",
        "|⋯",
        "ab|cd",
        "# a«b|»c",
        "  - **a_b|_**",
        "> {center}### x\n---|\n{table t1}\n[x] done\n[ ] not\n1. one",
        "```rust let x \\= 1;\n``` |",
        "[a**b**](https://a.example)⏎«|++u++~~s~~`c`==h==»",
        "\\# not a heading|\n\\- no\n\\---\n\\  two spaces",
        "a\\|b\\«\\\\|⋯",
    ] {
        let (doc, selection) = marked::read(notation);
        let written = marked::write(&doc, selection);
        assert_eq!(marked::read(&written), (doc, selection), "{notation:?} → {written:?}");
    }
}

#[test]
fn a_text_is_lines() {
    for (text, lines, len, last) in
        [("", 1, 0, 0), ("a", 1, 1, 1), ("a\n", 1, 2, 1), ("a\nb", 2, 3, 3), ("\n\n", 2, 2, 1)]
    {
        let doc = Document::from_delta(&Delta::new().insert(text));
        assert_eq!((doc.lines().len(), doc.len(), doc.last_offset()), (lines, len, last), "{text:?}");
        assert_eq!(doc.text(), text);
        assert_eq!(doc.to_delta(), Delta::new().insert(text));
    }
}

#[test]
fn places_and_offsets_say_the_same() {
    let doc = doc("ab\n\n😀c");
    for offset in 0..=doc.last_offset() {
        assert_eq!(doc.offset(doc.place(offset)), offset);
    }
    assert_eq!(doc.place(3), Place { line: 1, offset: 0 });
    assert_eq!(doc.place(99), Place { line: 2, offset: 3 });
    assert_eq!(doc.offset(Place { line: 0, offset: 99 }), 2);
    assert_eq!(doc.offset(Place { line: 9, offset: 0 }), doc.last_offset());
    assert_eq!((doc.line_start(2), doc.line_start(9)), (4, doc.len()));
}

#[test]
fn a_change_tells_which_lines_it_replaced() {
    let splice = |at, removed, added| Splice { at, removed, added };
    for (before, delta, splices, after) in [
        ("a\nb\nc", Delta::new().retain(2).insert("x"), vec![splice(1, 1, 1)], "a\nxb\nc"),
        ("a\nb\nc", Delta::new().retain(3).insert("x\ny"), vec![splice(1, 1, 2)], "a\nbx\ny\nc"),
        ("a\nb\nc", Delta::new().retain(1).delete(2), vec![splice(0, 2, 1)], "a\nc"),
        (
            "a\nb\nc",
            Delta::new().insert("x").retain(4).insert("y"),
            vec![splice(0, 1, 1), splice(2, 1, 1)],
            "xa\nb\nyc",
        ),
        (
            "a\nb\nc",
            Delta::new().insert("x\n").retain(4).insert("y"),
            vec![splice(0, 1, 2), splice(3, 1, 1)],
            "x\na\nb\nyc",
        ),
        ("a\nb", Delta::new().retain(4).insert("c\n"), vec![splice(2, 0, 1)], "a\nb\nc"),
        ("a\nb", Delta::new().retain(4).insert("c"), vec![splice(2, 0, 1)], "a\nb\nc⋯"),
        ("a\nb", Delta::new().retain(2).delete(2), vec![splice(1, 1, 0)], "a"),
        ("a\nb", Delta::new().retain(2).delete(1), vec![splice(1, 1, 1)], "a\n"),
        ("a\nb⋯", Delta::new().retain(2).delete(1), vec![splice(1, 1, 0)], "a"),
        ("a", Delta::new().retain(1).delete(9), vec![splice(0, 1, 1)], "a⋯"),
        ("**a**\nb", Delta::new().retain_with(4, bold().to_attrs()), vec![splice(1, 1, 1)], "**a**\n**b**"),
        ("a", Delta::new().retain(99).delete(3), vec![], "a"),
    ] {
        let mut found = doc(before);
        let told = found.apply(&delta);
        assert_eq!((told, found), (splices, doc(after)), "{before:?} {delta:?}");
    }
}

#[test]
fn two_kinds_on_one_line_look_the_same_whatever_came_first() {
    let list = LineFormat::from(Block::Bullet).to_attrs();
    let heading = LineFormat::from(Block::Heading(1)).to_attrs();
    let (mut one, mut two) = (doc("a"), doc("a"));
    for attrs in [&list, &heading] {
        one.apply(&Delta::new().retain(1).retain_with(1, attrs.clone()));
    }
    for attrs in [&heading, &list] {
        two.apply(&Delta::new().retain(1).retain_with(1, attrs.clone()));
    }
    assert_eq!(one, two);
    assert_eq!(one.lines()[0].format, Block::Heading(1).into());
    assert_eq!(Document::from_delta(&one.to_delta()), one);
    // Taking the format away takes both.
    let change = text::intend(&one, Default::default(), None, text::Intent::Block(Block::Paragraph));
    one.apply(&change.expect("a change").delta);
    assert_eq!(one, doc("a"));
}

#[test]
fn a_part_is_exact_and_a_copy_brings_formats() {
    let doc = doc("# ab\n- **c**d");
    let bullet = LineFormat::from(Block::Bullet).to_attrs();
    let heading = LineFormat::from(Block::Heading(1)).to_attrs();
    let part =
        Delta::new().insert("b").insert_with("\n", heading.clone()).insert_with("c", bold().to_attrs());
    assert_eq!(doc.slice(1..4), part);
    assert_eq!(doc.copy(1..4), part.insert_with("\n", bullet));
    assert_eq!(doc.slice(0..99), doc.to_delta());
    assert_eq!(doc.copy(0..2), Delta::new().insert("ab").insert_with("\n", heading));
    assert_eq!(doc.copy(0..1), Delta::new().insert("a"));
    let (start, end) = (5, 2);
    assert_eq!(doc.slice(start..end), Delta::new());
}

#[test]
fn what_is_set_on_a_range() {
    let doc = doc("# **ab**c\n# **d**\n\n- x");
    assert_eq!(doc.marks_in(0..2), bold());
    assert_eq!(doc.marks_in(0..3), Marks::default());
    assert_eq!(doc.marks_in(3..6), bold());
    assert_eq!(doc.marks_in(2..2), bold());
    assert_eq!(doc.formats_in(0..5), Some(Block::Heading(1).into()));
    assert_eq!(doc.formats_in(0..6), Some(Block::Heading(1).into()));
    assert_eq!(doc.formats_in(0..7), None);
    assert_eq!(doc.formats_in(7..7), Some(Block::Bullet.into()));
}

#[test]
fn words_and_headings_are_found() {
    let doc = doc("# Die «Zahl» π\ntwo-part don't 3,5 — –\n你好 ok\n### **b**c");
    assert_eq!(doc.words(), 3 + 3 + 3 + 1);
    let headings: Vec<_> = doc.headings().into_iter().map(|it| (it.line, it.level, it.text)).collect();
    assert_eq!(headings, [(0, 1, "Die Zahl π".to_owned()), (3, 3, "bc".to_owned())]);
}

#[test]
fn blank_is_what_shows_nothing() {
    assert!(Document::new().is_blank() && doc("- \n \n").is_blank());
    assert!(!doc("a").is_blank() && !doc("---").is_blank() && !doc("\n{table t}").is_blank());
}

#[test]
fn steps_cross_lines() {
    let doc = doc("ab\ncd");
    assert_eq!(doc.previous(3, Unit::Grapheme), 2);
    assert_eq!(doc.next(2, Unit::Word), 3);
    assert_eq!(doc.previous(0, Unit::Line), 0);
    assert_eq!(doc.next(5, Unit::Grapheme), 5);
    assert_eq!(doc.next(99, Unit::Grapheme), 5);
}
