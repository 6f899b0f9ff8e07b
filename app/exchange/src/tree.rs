//! A document's flat lines seen as blocks within blocks, as Markdown and HTML want them.
//!
//! The depth is bounded by the text itself (indents 0 to 8 and one quotation or callout), so walking it may recurse.

use text::{Align, Block, Document, Image, Line, Table, Within};

/// The deepest indent a line can have.
pub(crate) const DEEPEST: u8 = 8;

/// A block with what stands within it.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Paragraph(&'a Line),
    Heading(u8, &'a Line),
    Code {
        language: &'a str,
        lines: Vec<&'a Line>,
    },
    Divider,
    Table(&'a Table),
    Image(&'a Image),
    /// A quotation or a callout.
    Within(Within, Vec<Node<'a>>),
    /// Items of one list; bullets and check boxes may stand in the same one.
    List {
        ordered: bool,
        items: Vec<Item<'a>>,
    },
}

/// One item of a list.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    /// The item's own words.
    pub(crate) line: &'a Line,
    /// For a check box: whether it is ticked.
    pub(crate) check: Option<bool>,
    /// What follows the words within the item.
    pub(crate) children: Vec<Node<'a>>,
}

/// The blocks of `doc`.
///
/// Empty paragraphs are left out, yet what stands on their two sides stays apart. An indent without a list item above
/// it does not count. An item without words takes the paragraph that follows it within the item as its words.
/// A table's line is left out when `tables` has no such table.
pub(crate) fn blocks<'a>(doc: &'a Document, tables: &'a [Table]) -> Vec<Node<'a>> {
    let mut builder = Builder { open: Vec::new(), root: Vec::new(), in_code: false };
    for line in doc.lines() {
        builder.line(line, tables);
    }
    builder.close_to(0);
    builder.root
}

/// The alignment of column `index`, whatever the table says of it.
pub(crate) fn column(table: &Table, index: usize) -> Align {
    table.aligns.get(index).copied().unwrap_or_default()
}

/// How many columns the widest row has.
pub(crate) fn width(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.aligns.len())
}

/// A block that may still take more.
enum Open<'a> {
    Within(Within, Vec<Node<'a>>),
    List { ordered: bool, items: Vec<Item<'a>> },
    Item { indent: u8, item: Item<'a> },
}

struct Builder<'a> {
    root: Vec<Node<'a>>,
    open: Vec<Open<'a>>,
    /// Whether the line before was one of code, in the block this one would join.
    in_code: bool,
}

impl<'a> Builder<'a> {
    fn line(&mut self, line: &'a Line, tables: &'a [Table]) {
        let format = &line.format;
        let indent = format.indent.min(DEEPEST);
        let depth = self.open.len();
        self.close_for(indent, format.within);
        let (ordered, check) = match format.block {
            Block::Bullet => (false, None),
            Block::Check { done } => (false, Some(done)),
            Block::Ordered => (true, None),
            _ => {
                // Whatever is not an item ends the list it would otherwise stand between two items of.
                self.close_list();
                self.open_within(format.within);
                let joins = self.in_code && depth == self.open.len();
                self.in_code = false;
                self.leaf(line, joins, tables);
                return;
            }
        };
        self.in_code = false;
        self.open_within(format.within);
        if !matches!(self.open.last(), Some(Open::List { ordered: have, .. }) if *have == ordered) {
            self.close_list();
            self.open.push(Open::List { ordered, items: Vec::new() });
        }
        self.open.push(Open::Item { indent, item: Item { line, check, children: Vec::new() } });
    }

    fn leaf(&mut self, line: &'a Line, joins_code: bool, tables: &'a [Table]) {
        let node = match &line.format.block {
            Block::Heading(level) => Node::Heading((*level).clamp(1, 6), line),
            Block::Divider => Node::Divider,
            Block::Image(image) => Node::Image(image),
            Block::Table(id) => match tables.iter().find(|table| table.id == *id && width(table) > 0) {
                Some(table) => Node::Table(table),
                None => return,
            },
            Block::Code { language } => {
                self.in_code = true;
                if joins_code
                    && let Some(Node::Code { language: have, lines }) = self.children().last_mut()
                    && *have == language.as_str()
                {
                    lines.push(line);
                    return;
                }
                Node::Code { language, lines: vec![line] }
            }
            _ if is_blank(line) => return,
            _ => {
                if let Some(Open::Item { item, .. }) = self.open.last_mut()
                    && item.children.is_empty()
                    && is_blank(item.line)
                {
                    item.line = line;
                    return;
                }
                Node::Paragraph(line)
            }
        };
        self.children().push(node);
    }

    /// Closes what a line with this indent and surroundings cannot stand in.
    fn close_for(&mut self, indent: u8, within: Within) {
        let ends = |open: &Open<'_>| match open {
            Open::Item { indent: have, .. } => *have >= indent,
            Open::Within(have, _) => *have != within,
            Open::List { .. } => false,
        };
        let keep = self.open.iter().position(ends).unwrap_or(self.open.len());
        self.close_to(keep);
    }

    fn close_list(&mut self) {
        if matches!(self.open.last(), Some(Open::List { .. })) {
            self.close_to(self.open.len() - 1);
        }
    }

    fn open_within(&mut self, within: Within) {
        if within != Within::Text && !self.open.iter().any(|open| matches!(open, Open::Within(..))) {
            self.close_list();
            self.open.push(Open::Within(within, Vec::new()));
        }
    }

    /// Where the next block goes.
    fn children(&mut self) -> &mut Vec<Node<'a>> {
        match self.open.last_mut() {
            Some(Open::Within(_, children)) => children,
            Some(Open::Item { item, .. }) => &mut item.children,
            _ => &mut self.root,
        }
    }

    /// Closes open blocks until `count` are left.
    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            match self.open.pop() {
                Some(Open::Within(within, children)) if !children.is_empty() => {
                    self.children().push(Node::Within(within, children))
                }
                Some(Open::List { ordered, items }) => self.children().push(Node::List { ordered, items }),
                Some(Open::Item { item, .. }) => {
                    if let Some(Open::List { items, .. }) = self.open.last_mut() {
                        items.push(item);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the line shows nothing.
pub(crate) fn is_blank(line: &Line) -> bool {
    let shows =
        |ch: char, code: bool| !is_dropped(ch) && if code { ch != '\u{2028}' } else { !ch.is_whitespace() };
    line.runs.iter().all(|run| !run.text.chars().any(|ch| shows(ch, run.marks.code)))
}

/// Whether a character has no place outside: control characters, byte order marks and the sign of a foreign embed.
pub(crate) fn is_dropped(ch: char) -> bool {
    (ch.is_control() && ch != '\t') || ch == '\u{fffc}' || ch == '\u{feff}'
}
