//! Random texts, changes, selections and intents.

use fastrand::Rng;
use model::BlobHash;
use text::{
    Align, Attrs, Block, Delta, Document, Image, Intent, LineFormat, Mark, Marks, Op, Search, Selection,
    Unit, Value, Width, Within, find,
};

const WORDS: [&str; 26] = [
    "a",
    "b",
    "word",
    " ",
    "  ",
    "two words",
    "😀",
    "👨‍👩‍👧",
    "🇩🇪",
    "🇫",
    "e\u{301}",
    "\u{301}",
    "\u{200D}",
    "שלום",
    "مرحبا",
    "你好",
    "\u{2028}",
    "#",
    "-",
    "**",
    "`",
    "_",
    "\t",
    "\u{FFFC}",
    "---",
    "한국",
];

pub(crate) fn words(rng: &mut Rng, most: usize) -> String {
    (0..rng.usize(0..=most)).map(|_| WORDS[rng.usize(0..WORDS.len())]).collect()
}

fn marks(rng: &mut Rng) -> Marks {
    if rng.bool() {
        return Marks::default();
    }
    let mark = Mark::ALL[rng.usize(0..Mark::ALL.len())];
    Marks::default().with(mark, true).linked((rng.u8(..) < 50).then_some("https://a.example"))
}

pub(crate) fn block(rng: &mut Rng) -> Block {
    match rng.u8(0..11) {
        0 => Block::Heading(rng.u8(1..=6)),
        1 | 2 => Block::Bullet,
        3 => Block::Ordered,
        4 => Block::Check { done: rng.bool() },
        5 | 6 => Block::Code { language: if rng.bool() { String::new() } else { "rust".into() } },
        7 => Block::Divider,
        8 => Block::Table("t1".into()),
        9 => Block::Image(image(rng)),
        _ => Block::Paragraph,
    }
}

fn image(rng: &mut Rng) -> Image {
    let width = [Width::Small, Width::Half, Width::Full][rng.usize(0..3)];
    let size = rng.bool().then_some((640, 480));
    let alt = if rng.bool() { "A map" } else { "" };
    Image { width, size, ..Image::new(BlobHash([rng.u8(1..3); 32])) }.described(alt)
}

fn format(rng: &mut Rng) -> LineFormat {
    let block = if rng.bool() { Block::Paragraph } else { block(rng) };
    let plain = rng.bool() || block.is_void();
    LineFormat {
        indent: if plain { 0 } else { rng.u8(0..3) },
        within: if plain {
            Within::Text
        } else {
            [Within::Text, Within::Quote, Within::Callout][rng.usize(0..3)]
        },
        align: if plain || block.is_code() { Align::Start } else { Align::Center },
        block,
    }
}

/// A text as an editor leaves it: no text in dividers, tables and images, no marks in code.
pub(crate) fn document(rng: &mut Rng) -> Delta {
    let mut delta = Delta::new();
    let lines = rng.usize(0..8);
    for at in 0..lines {
        let format = format(rng);
        let last = at + 1 == lines && rng.bool();
        for _ in 0..rng.usize(0..4) {
            let marks = marks(rng);
            let attrs = if format.block.is_code() && !last { Attrs::none() } else { marks.to_attrs() };
            let most = if rng.u8(..) == 0 { 2_000 } else { 4 };
            let text = words(rng, most);
            if !format.block.is_void() || last {
                delta.push(Op::Insert { text, attrs });
            }
        }
        if !last {
            delta.push(Op::Insert { text: "\n".into(), attrs: format.to_attrs() });
        }
    }
    delta
}

fn edge(rng: &mut Rng, doc: &Document) -> usize {
    doc.snap(rng.usize(0..=doc.last_offset()))
}

pub(crate) fn selection(rng: &mut Rng, doc: &Document) -> Selection {
    if rng.bool() { Selection::caret(edge(rng, doc)) } else { Selection::new(edge(rng, doc), edge(rng, doc)) }
}

fn attrs(rng: &mut Rng) -> Attrs {
    let mut attrs = Attrs::none();
    for _ in 0..rng.usize(0..4) {
        let (name, value) = match rng.u8(0..15) {
            0 => ("bold", Value::True),
            1 => ("bold", Value::Null),
            2 => ("link", Value::Text("u".into())),
            3 => ("link", Value::Null),
            4 => ("font", Value::Text("serif".into())),
            5 => (
                "header",
                [Value::Null, Value::Int(2), Value::Int(99), Value::Int(0)][rng.usize(0..4)].clone(),
            ),
            6 => (
                "list",
                [Value::Null, Value::Text("bullet".into()), Value::Text("odd".into())][rng.usize(0..3)]
                    .clone(),
            ),
            7 => ("code-block", if rng.bool() { Value::True } else { Value::Null }),
            8 => ("indent", Value::Int(rng.i64(-1..10))),
            9 => (
                "x-image",
                [Value::Null, Value::Text("01".repeat(32)), Value::Text("no hash".into())][rng.usize(0..3)]
                    .clone(),
            ),
            10 => {
                ("x-alt", [Value::Null, Value::Text("A\nmap ".into()), Value::True][rng.usize(0..3)].clone())
            }
            11 => (
                "x-width",
                [Value::Null, Value::Text("half".into()), Value::Text("huge".into())][rng.usize(0..3)]
                    .clone(),
            ),
            12 => ("x-table", [Value::Null, Value::Text("t1".into())][rng.usize(0..2)].clone()),
            13 => ("x-callout", if rng.bool() { Value::True } else { Value::Null }),
            _ => ("blockquote", if rng.bool() { Value::True } else { Value::Null }),
        };
        attrs.set(name, value);
    }
    attrs
}

/// A change as others may send it, also past the end and with odd attributes, but not through characters.
pub(crate) fn change(rng: &mut Rng, doc: &Document) -> Delta {
    let text: Vec<u16> = doc.text().encode_utf16().collect();
    let whole = |at: usize| match text.get(at) {
        Some(0xDC00..=0xDFFF) => at + 1,
        _ => at,
    };
    let mut delta = Delta::new();
    let mut at = 0;
    for _ in 0..rng.usize(1..6) {
        let reach = if rng.bool() { 4 } else { 40 };
        let to = whole(at + rng.usize(0..reach));
        match rng.u8(0..4) {
            0 => delta.push(Op::Retain { len: to - at, attrs: Attrs::none() }),
            1 => delta.push(Op::Retain { len: to - at, attrs: attrs(rng) }),
            2 => delta.push(Op::Delete(to - at)),
            _ => {
                let text = [words(rng, 3), "\n".repeat(rng.usize(0..3)), words(rng, 2)].concat();
                delta.push(Op::Insert { text, attrs: attrs(rng) });
                continue;
            }
        }
        at = to;
    }
    delta
}

/// A line, mostly one of this kind, now and then one past the end.
fn line(rng: &mut Rng, doc: &Document, fits: fn(&Block) -> bool) -> usize {
    let lines = doc.lines().iter().enumerate().filter(|(_, line)| fits(&line.format.block));
    let lines: Vec<usize> = lines.map(|(at, _)| at).collect();
    if lines.is_empty() || rng.u8(0..4) == 0 {
        rng.usize(0..=doc.lines().len())
    } else {
        lines[rng.usize(0..lines.len())]
    }
}

pub(crate) fn intent(rng: &mut Rng, doc: &Document) -> Intent {
    match rng.u8(0..30) {
        0..=4 => Intent::Insert(words(rng, 3)),
        5 => Intent::Insert([words(rng, 2), "\n".into(), words(rng, 2)].concat()),
        6 | 7 => Intent::Break,
        8 => Intent::SoftBreak,
        9..=12 => Intent::Delete {
            unit: [Unit::Grapheme, Unit::Word, Unit::Line][rng.usize(0..3)],
            forward: rng.bool(),
        },
        13 => Intent::DeleteSelection,
        14 => {
            let range = Selection::new(rng.usize(0..=doc.len() + 1), rng.usize(0..=doc.len() + 1)).range();
            Intent::Replace { range, text: words(rng, 2) }
        }
        15 => Intent::Paste(document(rng)),
        16 => Intent::ToggleMark(Mark::ALL[rng.usize(0..Mark::ALL.len())]),
        17 => Intent::Link([None, Some("https://b.example".into())][rng.usize(0..2)].clone()),
        18 => Intent::ClearMarks,
        19 => Intent::ToggleBlock(block(rng)),
        20 => Intent::ToggleWithin([Within::Quote, Within::Callout][rng.usize(0..2)]),
        26 => Intent::Align([Align::Start, Align::Center, Align::End, Align::Justify][rng.usize(0..4)]),
        21 => Intent::Indent(if rng.bool() { 1 } else { -1 }),
        22 => {
            let words = if rng.bool() { WORDS[rng.usize(0..WORDS.len())].to_owned() } else { words(rng, 2) };
            let search = Search { words, match_case: rng.bool(), whole_words: rng.bool() };
            let mut ranges = find(doc, &search);
            if rng.u8(..) < 20 {
                ranges.push(selection(rng, doc).range());
            }
            Intent::ReplaceAll { ranges, text: self::words(rng, 2) }
        }
        23 => Intent::ToggleCheck { line: line(rng, doc, |block| matches!(block, Block::Check { .. })) },
        24 | 25 => Intent::SetImage {
            line: line(rng, doc, |block| matches!(block, Block::Image(_))),
            image: image(rng),
        },
        27 => Intent::Mark(Mark::ALL[rng.usize(0..Mark::ALL.len())], rng.bool()),
        28 => Intent::Block(block(rng)),
        _ => Intent::Divider,
    }
}

/// How many kinds of intents there are.
pub(crate) const KINDS: usize = 20;

/// Which of the kinds an intent is. Whoever adds an intent meets this, and then [`intent`], which must draw it.
pub(crate) fn kind(intent: &Intent) -> usize {
    match intent {
        Intent::Insert(_) => 0,
        Intent::Break => 1,
        Intent::SoftBreak => 2,
        Intent::Delete { .. } => 3,
        Intent::DeleteSelection => 4,
        Intent::Replace { .. } => 5,
        Intent::ReplaceAll { .. } => 6,
        Intent::Paste(_) => 7,
        Intent::Mark(..) => 8,
        Intent::ToggleMark(_) => 9,
        Intent::Link(_) => 10,
        Intent::ClearMarks => 11,
        Intent::Block(_) => 12,
        Intent::ToggleBlock(_) => 13,
        Intent::ToggleWithin(_) => 14,
        Intent::Align(_) => 15,
        Intent::Indent(_) => 16,
        Intent::ToggleCheck { .. } => 17,
        Intent::Divider => 18,
        Intent::SetImage { .. } => 19,
    }
}
