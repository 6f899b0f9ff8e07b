//! From the notation to a document.

use model::BlobHash;

use crate::{
    Align, Attrs, Block, Delta, Document, Image, LineFormat, Mark, Marks, Op, Selection, Value, Within,
};

/// The document and the selection that `notation` shows; without a caret it is at the start. What is no notation is
/// taken as text.
pub fn read(notation: &str) -> (Document, Selection) {
    let (body, terminated) = match notation.strip_suffix('⋯') {
        Some(body) => (body, false),
        None => (notation, true),
    };
    let mut reader = Reader::default();
    let count = body.split('\n').count();
    for (at, line) in body.split('\n').enumerate() {
        // A selection may begin before the signs of the line's format.
        let (edges, line) = line.split_at(line.len() - line.trim_start_matches(EDGES).len());
        let (format, text) = prefix(line);
        reader.text(edges);
        reader.text(text);
        if at + 1 < count || terminated {
            reader.put('\n', format.to_attrs());
        }
    }
    let head = reader.head.unwrap_or(0);
    let selection = match reader.edges {
        (Some(start), Some(end)) if head == start => Selection::new(end, start),
        (Some(start), Some(end)) => Selection::new(start, end),
        _ => Selection::caret(head),
    };
    (Document::from_delta(&reader.delta), selection)
}

/// Signs of a caret and of a selection's edges.
pub(super) const EDGES: [char; 3] = ['|', '«', '»'];

/// The format that a line's first signs say, and the rest of the line.
pub(super) fn prefix(line: &str) -> (LineFormat, &str) {
    let mut format = LineFormat::default();
    let mut rest = line;
    while let Some(after) = rest.strip_prefix("  ").filter(|_| format.indent < LineFormat::MAX_INDENT) {
        format.indent += 1;
        rest = after;
    }
    loop {
        if let Some(after) = rest.strip_prefix("> ").filter(|_| format.within == Within::Text) {
            (format.within, rest) = (Within::Quote, after);
        } else if let Some(after) = rest.strip_prefix("! ").filter(|_| format.within == Within::Text) {
            (format.within, rest) = (Within::Callout, after);
        } else if let Some((align, after)) = align(rest).filter(|_| format.align == Align::Start) {
            (format.align, rest) = (align, after);
        } else {
            break;
        }
    }
    if let Some((block, after)) = block(rest) {
        (format.block, rest) = (block, after);
    }
    (format, rest)
}

fn align(line: &str) -> Option<(Align, &str)> {
    [("{center}", Align::Center), ("{end}", Align::End), ("{justify}", Align::Justify)]
        .into_iter()
        .find_map(|(sign, align)| Some((align, line.strip_prefix(sign)?)))
}

fn block(line: &str) -> Option<(Block, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&level)
        && let Some(rest) = line[level..].strip_prefix(' ')
    {
        return Some((Block::Heading(level as u8), rest));
    }
    if let Some((language, rest)) = line.strip_prefix("```").and_then(|rest| rest.split_once(' ')) {
        return Some((Block::Code { language: language.to_owned() }, rest));
    }
    if let Some((id, rest)) = line.strip_prefix("{table ").and_then(|rest| rest.split_once('}')) {
        return Some((Block::Table(id.to_owned()), rest));
    }
    if let Some((words, rest)) = line.strip_prefix("{image ").and_then(|rest| rest.split_once('}')) {
        return Some((Block::Image(image(words)?), rest));
    }
    [
        ("- ", Block::Bullet),
        ("1. ", Block::Ordered),
        ("[ ] ", Block::Check { done: false }),
        ("[x] ", Block::Check { done: true }),
        ("---", Block::Divider),
    ]
    .into_iter()
    .find_map(|(sign, block)| Some((block, line.strip_prefix(sign)?)))
}

fn image(words: &str) -> Option<Image> {
    let (words, alt) = words.split_once(": ").unwrap_or((words, ""));
    let mut words = words.split(' ');
    let name = words.next()?;
    let blob = BlobHash::parse(&if name.len() == 2 { name.repeat(32) } else { name.to_owned() })?;
    let mut attrs = Attrs::none().with("x-alt", Value::Text(alt.to_owned()));
    for word in words {
        let name = if word.contains('x') { "x-size" } else { "x-width" };
        attrs.set(name, Value::Text(word.to_owned()));
    }
    Some(Image::read(blob, &attrs))
}

/// Signs that turn a mark on and off again.
pub(super) const SIGNS: [(&str, Mark); 6] = [
    ("**", Mark::Bold),
    ("_", Mark::Italic),
    ("++", Mark::Underline),
    ("~~", Mark::Strike),
    ("`", Mark::Code),
    ("==", Mark::Highlight),
];

#[derive(Default)]
struct Reader {
    delta: Delta,
    at: usize,
    head: Option<usize>,
    edges: (Option<usize>, Option<usize>),
}

impl Reader {
    fn put(&mut self, char: char, attrs: Attrs) {
        self.delta.push(Op::Insert { text: char.to_string(), attrs });
        self.at += char.len_utf16();
    }

    fn text(&mut self, mut rest: &str) {
        let mut marks = Marks::default();
        while let Some(char) = rest.chars().next() {
            let sign = SIGNS.into_iter().find_map(|(sign, mark)| Some((mark, rest.strip_prefix(sign)?)));
            if let Some((mark, after)) = sign {
                marks = marks.clone().with(mark, !marks.has(mark));
                rest = after;
                continue;
            }
            rest = &rest[char.len_utf8()..];
            match char {
                '|' => self.head = Some(self.at),
                '«' => self.edges.0 = Some(self.at),
                '»' => self.edges.1 = Some(self.at),
                '⏎' => self.put('\u{2028}', marks.to_attrs()),
                '[' if address(rest).is_some() => marks = marks.linked(address(rest)),
                ']' if marks.link.is_some() => {
                    rest = rest.split_once(')').map_or("", |(_, after)| after);
                    marks.link = None;
                }
                '\\' => {
                    let mut chars = rest.chars();
                    if let Some(char) = chars.next() {
                        self.put(char, marks.to_attrs());
                    }
                    rest = chars.as_str();
                }
                char => self.put(char, marks.to_attrs()),
            }
        }
    }
}

/// The address of the link whose text begins here.
fn address(rest: &str) -> Option<&str> {
    let (_, after) = rest.split_once("](")?;
    after.split_once(')').map(|(address, _)| address)
}
