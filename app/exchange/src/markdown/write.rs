//! Text → Markdown.

use text::{Align, Document, Image, Line, Marks, Run, Table, Within};

use super::inline::{self, Place};
use super::language;
use super::words::Words;
use crate::image::{self, Blobs, Kind};
use crate::tree::{self, Item, Node};

/// Images of up to so many bytes stand in the text themselves. Longer ones would bury its words, so they are named.
pub const INLINE_MAX: usize = 32 * 1024;

/// Writes `doc` as Markdown, with those of `tables` it refers to.
///
/// The meaning is kept as far as Markdown has words for it; the module's own text lists what it has not. Underline and
/// highlight are written as plain words, and empty paragraphs are left out.
/// Images stand there by a name, as `image-1a2b3c4d.png`. The result is empty or ends in a line end.
pub fn write(doc: &Document, tables: &[Table]) -> String {
    write_with(doc, tables, &image::no_blobs)
}

/// As [`write`], but an image of up to 32 KiB that `blobs` finds stands there itself.
pub fn write_with(doc: &Document, tables: &[Table], blobs: Blobs<'_>) -> String {
    let mut page = Page { out: String::new(), prefix: Vec::new(), marker: None, blobs };
    page.nodes(&tree::blocks(doc, tables), false);
    page.out
}

struct Page<'a> {
    blobs: Blobs<'a>,
    out: String,
    /// What each line begins with, one piece for each container around it.
    prefix: Vec<String>,
    /// The signs of containers that have only just begun, and how many stand around these: the next line carries them
    /// instead of their pieces of prefix.
    marker: Option<(usize, String)>,
}

impl Page<'_> {
    fn line(&mut self, words: &str) {
        let start = self.out.len();
        let (outer, signs) = self.marker.take().unwrap_or_else(|| (self.prefix.len(), String::new()));
        self.out.extend(self.prefix.iter().take(outer).map(String::as_str));
        self.out.push_str(&signs);
        if words.is_empty() {
            self.out.truncate(start + self.out[start..].trim_end().len());
        }
        self.out.push_str(words);
        self.out.push('\n');
    }

    /// A line that sets two blocks apart.
    fn gap(&mut self) {
        // An item that has only just begun is itself the start of a block.
        if self.marker.is_none() && !self.out.is_empty() {
            self.line("");
        }
    }

    /// Writes blocks one after another; `inside` an item the first follows the item's words.
    fn nodes(&mut self, nodes: &[Node<'_>], inside: bool) {
        // Two lists in a row differ in their sign, or they would be one.
        let mut other_sign = false;
        for (at, node) in nodes.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| nodes.get(at));
            match (before, node) {
                (Some(Node::List { ordered: before, .. }), Node::List { ordered, .. })
                    if before == ordered =>
                {
                    other_sign = !other_sign;
                }
                _ => other_sign = false,
            }
            if at > 0 || (inside && needs_gap(node)) {
                self.gap();
            }
            self.node(node, other_sign);
        }
    }

    fn node(&mut self, node: &Node<'_>, other_sign: bool) {
        match node {
            Node::Paragraph(line) => self.words(line),
            Node::Heading(level, line) => {
                let words = inline::write(&Words::of(&line.runs), Place::Heading);
                let signs = "#".repeat(usize::from(*level));
                self.line(format!("{signs} {words}").trim_end());
            }
            Node::Code { language, lines } => self.code(language, lines),
            Node::Divider => {
                // At the very top `---` could be the start of front matter, within a list an item.
                let plain = self.prefix.is_empty() && !self.out.is_empty();
                self.line(if plain { "---" } else { "___" });
            }
            Node::Table(table) => self.table(table),
            Node::Image(image) => self.image(image),
            Node::Within(within, children) => {
                self.begin("> ".to_owned(), "> ".to_owned());
                if *within == Within::Callout {
                    self.line("[!NOTE]");
                    // An item without words would be read as part of that line.
                    if !matches!(children.first(), Some(Node::Paragraph(_))) {
                        self.gap();
                    }
                }
                self.nodes(children, false);
                self.prefix.pop();
            }
            Node::List { ordered, items } => {
                let loose = items.iter().any(is_long);
                for (at, item) in items.iter().enumerate() {
                    let sign = match (ordered, other_sign) {
                        (true, false) => format!("{}. ", at + 1),
                        (true, true) => format!("{}) ", at + 1),
                        (false, false) => "- ".to_owned(),
                        (false, true) => "* ".to_owned(),
                    };
                    let after_long = at.checked_sub(1).is_some_and(|before| is_long(&items[before]));
                    if at > 0 && (after_long || is_long(item)) {
                        self.gap();
                    }
                    self.item(sign, item, loose);
                }
            }
        }
    }

    fn item(&mut self, sign: String, item: &Item<'_>, loose: bool) {
        self.begin(sign.clone(), " ".repeat(sign.len()));
        let words = inline::write(&Words::of(&item.line.runs), Place::Lines);
        let check = match item.check {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        // Between empty lines nothing at all would not do as an item.
        let words =
            if words.is_empty() && item.children.is_empty() && loose { "<!-- -->".to_owned() } else { words };
        let words = format!("{check}{words}");
        let alone = matches!(item.children.first(), None | Some(Node::List { .. }));
        if !words.is_empty() || alone {
            for line in words.trim_end_matches(' ').split('\n') {
                self.line(line);
            }
        }
        // After no words an empty line would end the item.
        self.nodes(&item.children, !tree::is_blank(item.line));
        self.prefix.pop();
    }

    /// Opens a container whose first line begins with `first` and the others with `rest`.
    fn begin(&mut self, first: String, rest: String) {
        let (outer, signs) = self.marker.take().unwrap_or_else(|| (self.prefix.len(), String::new()));
        self.marker = Some((outer, signs + &first));
        self.prefix.push(rest);
    }

    fn words(&mut self, line: &Line) {
        for line in inline::write(&Words::of(&line.runs), Place::Lines).split('\n') {
            self.line(line);
        }
    }

    fn code(&mut self, info: &str, lines: &[&Line]) {
        let mut rows: Vec<String> = Vec::new();
        for line in lines {
            let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            rows.extend(
                text.split([super::words::BREAK, '\n', '\r'])
                    .map(|row| row.chars().filter(|ch| !tree::is_dropped(*ch)).collect()),
            );
        }
        let longest = rows.iter().map(|row| inline::longest_run(row, '`')).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.line(&format!("{fence}{}", language(info)));
        for row in &rows {
            self.line(row);
        }
        self.line(&fence);
    }

    fn image(&mut self, image: &Image) {
        let alt = Run { text: image.alt.clone(), marks: Marks::default() };
        let alt = inline::write(&Words::of(&[alt]), Place::Cell);
        let bytes = (self.blobs)(image.blob);
        let inside = bytes.as_ref().filter(|bytes| bytes.len() <= INLINE_MAX);
        let target = inside.and_then(|bytes| image::data_address(bytes)).unwrap_or_else(|| {
            let ending = bytes.as_deref().and_then(Kind::of).unwrap_or(Kind::Png).ending();
            format!("image-{}.{ending}", &image.blob.to_string()[..8])
        });
        self.line(&format!("![{alt}]({target})"));
    }

    fn table(&mut self, table: &Table) {
        let width = tree::width(table);
        let (names, rows) = match table.rows.split_first() {
            Some((names, rows)) if table.header => (names.as_slice(), rows),
            _ => (&[] as &[_], table.rows.as_slice()),
        };
        self.row((0..width).map(|at| cell(names, at)));
        self.row((0..width).map(|at| {
            match tree::column(table, at) {
                Align::Start | Align::Justify => "---",
                Align::Center => ":-:",
                Align::End => "--:",
            }
            .to_owned()
        }));
        for row in rows {
            self.row((0..width).map(|at| cell(row, at)));
        }
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) {
        let mut line = String::from("|");
        for cell in cells {
            line.push(' ');
            line.push_str(&cell);
            line.push_str(if cell.is_empty() { "|" } else { " |" });
        }
        self.line(&line);
    }
}

/// The words of a row's cell; cells of several lines are joined by breaks.
fn cell(row: &[text::Delta], at: usize) -> String {
    let Some(cell) = row.get(at) else { return String::new() };
    let doc = Document::from_delta(cell);
    let mut runs = Vec::new();
    for (at, line) in doc.lines().iter().enumerate() {
        if at > 0 {
            runs.push(Run { text: "\u{2028}".to_owned(), marks: Marks::default() });
        }
        runs.extend(line.runs.iter().cloned());
    }
    inline::write(&Words::of(&runs), Place::Cell)
}

/// Whether a block within an item must not follow the item's words directly.
fn needs_gap(node: &Node<'_>) -> bool {
    match node {
        // An item without words cannot interrupt a paragraph.
        Node::List { items, .. } => {
            items.first().is_some_and(|item| tree::is_blank(item.line) || is_long(item))
        }
        _ => true,
    }
}

/// Whether an item has more than words and lists within it.
fn is_long(item: &Item<'_>) -> bool {
    item.children.iter().any(|node| match node {
        Node::List { items, .. } => items.iter().any(is_long),
        _ => true,
    })
}
