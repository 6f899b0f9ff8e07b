//! Markdown in and out, by example.

use exchange::{Imported, Note, markdown};
use expect_test::{Expect, expect};
use text::{Document, Within};

fn read(source: &str) -> Imported {
    let mut next = 0;
    markdown::read(source, &mut || {
        next += 1;
        format!("t{next}")
    })
}

/// A document as plain words a person can check: one line each, its format in front, marks in brackets.
fn shown(imported: &Imported) -> String {
    let doc = Document::from_delta(&imported.text);
    let mut out = String::new();
    for line in doc.lines() {
        let format = &line.format;
        let mut name = format!("{:?}", format.block);
        if format.within == Within::Callout {
            name.push_str(" callout");
        }
        if format.within == Within::Quote {
            name.push_str(" quote");
        }
        if format.indent > 0 {
            name.push_str(&format!(" +{}", format.indent));
        }
        out.push_str(&format!("{name}|"));
        for run in &line.runs {
            let marks = run.marks.to_attrs();
            let names: Vec<String> = marks
                .iter()
                .map(|(name, value)| match value {
                    text::Value::Text(value) => value.clone(),
                    _ => name.to_owned(),
                })
                .collect();
            let text = run.text.replace('\u{2028}', "⏎");
            match names.is_empty() {
                true => out.push_str(&text),
                false => out.push_str(&format!("{{{}: {text}}}", names.join(" "))),
            }
        }
        out.push('\n');
    }
    out
}

#[track_caller]
fn check(source: &str, expected: Expect) {
    let imported = read(source);
    expected.assert_eq(&shown(&imported));
    let doc = Document::from_delta(&imported.text);
    let written = markdown::write(&doc, &imported.tables);
    let again = read(&written);
    let twice = markdown::write(&Document::from_delta(&again.text), &again.tables);
    assert_eq!(written, twice, "the second trip changes the text");
}

#[test]
fn plain_words() {
    check(
        "",
        expect![[r#"
        Paragraph|
    "#]],
    );
    check(
        "A soft\nbreak and a hard\\\none.\n\nNext  \nline",
        expect![[r#"
            Paragraph|A soft break and a hard⏎one.
            Paragraph|Next⏎line
        "#]],
    );
}

#[test]
fn marks() {
    check(
        "**bold** *italic* ***both*** ~~gone~~ `code` [link](https://x.example/a) <https://y.example> <a@b.example>",
        expect![[r#"
            Paragraph|{bold: bold} {italic: italic} {bold italic: both} {strike: gone} {code: code} {https://x.example/a: link} {https://y.example: https://y.example} {mailto:a@b.example: a@b.example}
        "#]],
    );
}

#[test]
fn lists() {
    check(
        "- a\n  - b\n    1. c\n    2. d\n\n       more of d\n\n  more of a\n- [x] e\n- [ ] f\n",
        expect![[r#"
            Bullet|a
            Bullet +1|b
            Ordered +2|c
            Ordered +2|d
            Paragraph +3|more of d
            Paragraph +1|more of a
            Check { done: true }|e
            Check { done: false }|f
        "#]],
    );
    check(
        "- [ ]\n- [x] a\n-\n- # Heading\n- > quote\n- - deep\n- ```\n  code\n  ```\n",
        expect![[r#"
        Check { done: false }|
        Check { done: true }|a
        Bullet|
        Bullet|
        Heading(1) +1|Heading
        Bullet|
        Paragraph quote +1|quote
        Bullet|
        Bullet +1|deep
        Bullet|
        Code { language: "" } +1|code
    "#]],
    );
    check(
        "- a\n\n<!-- -->\n\n- b\n\n\n1. a\n\n1) b\n",
        expect![[r#"
        Bullet|a
        Paragraph|
        Bullet|b
        Ordered|a
        Paragraph|
        Ordered|b
    "#]],
    );
}

#[test]
fn callouts() {
    check(
        "> [!NOTE]\n> a\n>\n> - b\n\n> c\n\n> [!WARNING]\n> d\n\n> [!NOTE]\n> e\n\n> \\[!NOTE] f\n",
        expect![[r#"
        Paragraph callout|a
        Bullet callout|b
        Paragraph quote|c
        Paragraph callout|d
        Paragraph|
        Paragraph callout|e
        Paragraph quote|[!NOTE] f
    "#]],
    );
}

#[test]
fn quotes() {
    check(
        "> a\n> > b\n>\n> - c\n>   - d\n>\n> # e\n\n> f\n\n- g\n  > h\n",
        expect![[r#"
        Paragraph quote|a
        Paragraph quote|b
        Bullet quote|c
        Bullet quote +1|d
        Heading(1) quote|e
        Paragraph|
        Paragraph quote|f
        Bullet|g
        Paragraph quote +1|h
    "#]],
    );
}

#[test]
fn code() {
    check(
        "```rust ignore\nfn a() {}\n\n\tb\n```\n\n```rust\nx\n```\n\n    indented\n",
        expect![[r#"
        Code { language: "rust" }|fn a() {}
        Code { language: "rust" }|
        Code { language: "rust" }|	b
        Paragraph|
        Code { language: "rust" }|x
        Code { language: "" }|indented
    "#]],
    );
}

#[test]
fn tables() {
    let source = "a | b\n:-: | --:\n**x** \\| y | `p\\|q`<br>z\nshort\n";
    check(
        source,
        expect![[r#"
        Table("t1")|
    "#]],
    );
    let table = &read(source).tables[0];
    expect![[r#"
        Table {
            id: "t1",
            header: true,
            aligns: [
                Center,
                End,
            ],
            rows: [
                [
                    Delta {
                        ops: [
                            Insert {
                                text: "a",
                                attrs: Attrs(
                                    [],
                                ),
                            },
                        ],
                    },
                    Delta {
                        ops: [
                            Insert {
                                text: "b",
                                attrs: Attrs(
                                    [],
                                ),
                            },
                        ],
                    },
                ],
                [
                    Delta {
                        ops: [
                            Insert {
                                text: "x",
                                attrs: Attrs(
                                    [
                                        (
                                            "bold",
                                            True,
                                        ),
                                    ],
                                ),
                            },
                            Insert {
                                text: " | y",
                                attrs: Attrs(
                                    [],
                                ),
                            },
                        ],
                    },
                    Delta {
                        ops: [
                            Insert {
                                text: "p|q",
                                attrs: Attrs(
                                    [
                                        (
                                            "code",
                                            True,
                                        ),
                                    ],
                                ),
                            },
                            Insert {
                                text: "\u{2028}z",
                                attrs: Attrs(
                                    [],
                                ),
                            },
                        ],
                    },
                ],
                [
                    Delta {
                        ops: [
                            Insert {
                                text: "short",
                                attrs: Attrs(
                                    [],
                                ),
                            },
                        ],
                    },
                    Delta {
                        ops: [],
                    },
                ],
            ],
        }
    "#]]
    .assert_debug_eq(table);
}

#[test]
fn footnotes_stand_at_the_end() {
    check(
        "a[^1]\n\n[^1]: first *foot*\n\n    more\n\n- b[^x]\n\n  [^x]: second\n\n- c\n\n> d\n",
        expect![[r#"
            Paragraph|a[1]
            Bullet|b[x]
            Bullet|c
            Paragraph quote|d
            Divider|
            Paragraph|[1] first {italic: foot}
            Paragraph|more
            Paragraph|[x] second
        "#]],
    );
}

#[test]
fn what_does_not_come_through() {
    let source = "<div>\n<p>Words &amp; more</p>\n<script>\nalert(1)\n</script>\n</div>\n\n\
                  a <b>c</b> <script>evil()</script>d[^1] ![a cat](https://x.example/cat.png) ![](local.png) [here](#there)\n\n\
                  3. three\n\n> > nested\n\n[^1]: The foot.\n";
    check(
        source,
        expect![[r#"
            Paragraph|Words & more
            Paragraph|a c d[1] {https://x.example/cat.png: a cat}  here
            Ordered|three
            Paragraph quote|nested
            Divider|
            Paragraph|[1] The foot.
        "#]],
    );
    assert_eq!(
        read(source).notes,
        [
            Note::Images(2),
            Note::Html(4),
            Note::Footnotes(1),
            Note::Links(1),
            Note::Numbering(1),
            Note::Nesting(1)
        ]
    );
}
