//! Random documents, rich in what is hard to keep.

use fastrand::Rng;
use model::BlobHash;
use sha2::{Digest, Sha256};
use text::{Align, Block, Delta, Document, Image, LineFormat, Marks, Op, Table, Width, Within};

const WORDS: &[&str] = &[
    "a",
    "b",
    "word",
    "Über",
    "1",
    "12",
    "(x)",
    "😀",
    "—",
    "„",
    "“",
    "*",
    "**",
    "_",
    "__",
    "a_b",
    "~",
    "~~",
    "`",
    "``",
    "[",
    "]",
    "](x)",
    "<",
    "<b>",
    "<!-- -->",
    ">",
    "&",
    "&amp;",
    "&#35;",
    "#",
    "##",
    "-",
    "--",
    "---",
    "+",
    "=",
    "==",
    "1.",
    "2)",
    "1234567890.",
    "|",
    "||",
    "\\",
    "\\\\",
    "!",
    "![",
    "[x]",
    "[ ]",
    ":",
    ":-",
    "://",
    "https://x.example",
    "a@b.example",
    "[^1]",
    "[a]: b",
    "$",
    "'",
    "\"",
    "...",
    ".",
    ",",
    "^",
    "{#id}",
    "漢字",
    "é",
    "\u{301}",
    "\u{200b}",
    "\u{a0}",
    "x\u{2028}",
    "\u{2028}",
    "\t",
    "\u{fffc}",
    "\u{7}",
    "€",
    "½",
];

const ADDRESSES: &[&str] = &[
    "https://x.example",
    "https://x.example/a_b*c(d",
    "https://x.example/(a)?b=&copy;&d=[e]",
    "http://ü.example/ä ö|\"<>",
    "mailto:a@b.example",
    "tel:+44",
    "javascript:alert(1)",
    "#here",
];

const LANGUAGES: &[&str] = &["", "", "rust", "c++", "rust ignore", "`", "x&amp;y", "日本"];

/// An image so small that Markdown holds it, and what stands for one.
const IMAGE: &[u8] = b"GIF89a\x01\x00\x02\x00\x80\x00\x00;";

/// The bytes of all images in these documents.
pub(crate) fn blobs(blob: BlobHash) -> Option<Vec<u8>> {
    (blob == name(IMAGE)).then(|| IMAGE.to_vec())
}

fn name(bytes: &[u8]) -> BlobHash {
    BlobHash(Sha256::digest(bytes).into())
}

/// A document with the tables it may refer to.
pub(crate) fn document(random: &mut Rng) -> (Document, Vec<Table>) {
    let tables: Vec<Table> = (0..random.usize(0..3)).map(|at| table(random, format!("id{at}"))).collect();
    let mut delta = Delta::new();
    // Runs of like lines are what goes wrong, so a format often stays for several lines.
    let mut format = LineFormat::default();
    for _ in 0..random.usize(0..12) {
        if random.u8(0..3) > 0 {
            format = line_format(random, &tables, format.indent);
        }
        if random.u8(0..8) > 0 {
            words(random, &mut delta, 6);
        }
        delta.push(Op::Insert { text: "\n".to_owned(), attrs: format.to_attrs() });
    }
    if random.u8(0..8) == 0 {
        words(random, &mut delta, 3);
    }
    (Document::from_delta(&delta), tables)
}

fn line_format(random: &mut Rng, tables: &[Table], indent: u8) -> LineFormat {
    let block = match random.u8(0..17) {
        0..4 => Block::Paragraph,
        4..7 => Block::Bullet,
        7..9 => Block::Ordered,
        9..11 => Block::Check { done: random.bool() },
        11 => Block::Heading(random.u8(1..7)),
        12 | 13 => Block::Code { language: LANGUAGES[random.usize(0..LANGUAGES.len())].to_owned() },
        14 => Block::Divider,
        15 => Block::Image(image(random)),
        _ => match random.choice(tables) {
            Some(table) => Block::Table(table.id.clone()),
            None => Block::Table("missing".to_owned()),
        },
    };
    let indent = match random.u8(0..10) {
        0..3 => 0,
        3..6 => indent,
        6..8 => indent.saturating_add(1).min(8),
        8 => indent.saturating_sub(1),
        _ => random.u8(0..9),
    };
    let align = if random.u8(0..10) == 0 { Align::Center } else { Align::Start };
    LineFormat {
        block,
        within: [Within::Text, Within::Text, Within::Quote, Within::Callout][random.usize(0..4)],
        indent,
        align,
    }
}

fn image(random: &mut Rng) -> Image {
    let alt: String = (0..random.usize(0..4)).map(|_| WORDS[random.usize(0..WORDS.len())]).collect();
    let width = [Width::Small, Width::Half, Width::Full][random.usize(0..3)];
    Image { width, ..Image::new(name(IMAGE)) }.described(&alt)
}

fn table(random: &mut Rng, id: String) -> Table {
    let width = random.usize(0..4);
    let aligns = (0..width)
        .map(|_| [Align::Start, Align::Center, Align::End, Align::Justify][random.usize(0..4)])
        .collect();
    let mut row = || {
        (0..random.usize(0..4))
            .map(|_| {
                let mut cell = Delta::new();
                words(random, &mut cell, 3);
                cell
            })
            .collect()
    };
    let rows = vec![row(), row(), row()];
    let kept = random.usize(0..4);
    Table { id, header: random.bool(), aligns, rows: rows.into_iter().take(kept).collect() }
}

fn words(random: &mut Rng, delta: &mut Delta, most: usize) {
    for _ in 0..random.usize(0..=most) {
        let mut text = String::new();
        for _ in 0..random.usize(1..4) {
            text.push_str(WORDS[random.usize(0..WORDS.len())]);
            if random.bool() {
                text.push(' ');
            }
        }
        let mut one_in = |odds: u8| random.u8(0..odds) == 0;
        let marks = Marks {
            bold: one_in(3),
            italic: one_in(3),
            underline: one_in(9),
            strike: one_in(6),
            code: one_in(8),
            highlight: one_in(9),
            ..Marks::default()
        };
        let link = one_in(6).then(|| ADDRESSES[random.usize(0..ADDRESSES.len())]);
        if let Some(link) = link
            && random.u8(0..4) == 0
        {
            text = link.to_owned();
        }
        delta.push(Op::Insert { text, attrs: Marks { link: link.map(Into::into), ..marks }.to_attrs() });
    }
}
