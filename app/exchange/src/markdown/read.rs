//! Markdown → text: the parser's events become lines, containers become the lines' formats.

use std::sync::Arc;

use model::BlobHash;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use sha2::{Digest, Sha256};
use text::{Align, Block, Delta, Image, Line, LineFormat, Marks, Op, Run, Table, Within};

use super::{front, language, raw, words::BREAK, words::Words};
use crate::imported::{Imported, Lost};
use crate::{address, image, tree::DEEPEST};

/// Reads Markdown. It never fails: what has no place in a text is told in [`Imported::notes`].
///
/// `next_id` names each table as it comes. Nothing is fetched, and HTML is not interpreted save for `<br>`.
/// Nothing at all gives one empty line.
pub fn read(source: &str, next_id: &mut dyn FnMut() -> String) -> Imported {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
    let (title, fields, body) = front::split(&source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut reader = Reader {
        next_id,
        title,
        lines: Vec::new(),
        tables: Vec::new(),
        blobs: Vec::new(),
        image: None,
        inline: Inline::default(),
        last: vec![Last::Other],
        quotes: 0,
        within: Within::Text,
        lists: 0,
        item: None,
        heading: None,
        code: None,
        html: None,
        table: None,
        after_mark: false,
        feet: Vec::new(),
        aside: Vec::new(),
        lost: Lost { fields, ..Lost::default() },
    };
    for event in Parser::new_ext(body, options) {
        reader.event(event);
    }
    reader.finish()
}

/// What stood last in a container: a neighbour of the same kind would run together with it.
#[derive(PartialEq, Eq)]
enum Last {
    List { ordered: bool },
    Within(Within),
    Code(String),
    Other,
}

/// The words collected since the last line ended, and the marks in force.
#[derive(Default)]
struct Inline {
    runs: Vec<Run>,
    bold: usize,
    italic: usize,
    strike: usize,
    /// Addresses of the links and images around the words; `None` where one is not kept.
    links: Vec<Option<Arc<str>>>,
    /// Where in `runs` the words of each of `links` began.
    starts: Vec<usize>,
    /// The element whose content is not words, such as `script`.
    unseen: Option<String>,
}

impl Inline {
    fn push(&mut self, text: &str, code: bool) {
        if self.unseen.is_some() {
            return;
        }
        let marks = Marks {
            bold: self.bold > 0,
            italic: self.italic > 0,
            strike: self.strike > 0,
            code,
            // The outermost one leads: an image inside a link stands for the link.
            link: self.links.iter().flatten().next().cloned(),
            ..Marks::default()
        };
        // A line end can still come from a character reference.
        let text = text.replace(['\n', '\r'], " ");
        self.runs.push(Run { text, marks });
    }

    fn open_link(&mut self, address: Option<String>) {
        self.links.push(address.map(Into::into));
        self.starts.push(self.runs.len());
    }

    /// Ends a link or image; one without words shows `instead`.
    fn close_link(&mut self, instead: impl FnOnce(&str) -> String) {
        let start = self.starts.pop().unwrap_or_default();
        let silent = self.runs[start.min(self.runs.len())..]
            .iter()
            .all(|run| !run.marks.code && run.text.trim().is_empty());
        if silent && let Some(Some(address)) = self.links.last().cloned() {
            self.push(&instead(&address), false);
        }
        self.links.pop();
    }
}

struct Grid {
    aligns: Vec<Align>,
    rows: Vec<Vec<Delta>>,
}

/// What was being read when a footnote began, which may be anywhere.
struct Aside {
    lines: Vec<Line>,
    last: Vec<Last>,
    quotes: usize,
    lists: usize,
}

struct Reader<'a> {
    next_id: &'a mut dyn FnMut() -> String,
    title: Option<String>,
    lines: Vec<Line>,
    tables: Vec<Table>,
    blobs: Vec<Vec<u8>>,
    /// The bytes of the image whose words come now, and where in the runs these begin.
    image: Option<(Vec<u8>, usize)>,
    inline: Inline,
    /// One for each container that is open, the text itself first.
    last: Vec<Last>,
    quotes: usize,
    /// What the outermost of them is.
    within: Within,
    lists: usize,
    /// The kind of the item whose own words have not come yet.
    item: Option<Block>,
    heading: Option<u8>,
    code: Option<(String, String)>,
    html: Option<String>,
    table: Option<Grid>,
    /// Whether the words so far are just a footnote's mark.
    after_mark: bool,
    /// The lines of the footnotes that have ended; they stand below all others.
    feet: Vec<Line>,
    /// What was being read around each footnote that is open.
    aside: Vec<Aside>,
    lost: Lost,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.inline.push(&text, false),
            },
            Event::Code(text) => self.inline.push(&text, true),
            Event::SoftBreak => self.inline.push(" ", false),
            Event::HardBreak => self.inline.push("\u{2028}", false),
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.inline_html(&html),
            },
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::FootnoteReference(label) => self.inline.push(&format!("[{label}]"), false),
            Event::Rule => {
                self.begin(Last::Other);
                self.line(Vec::new(), Block::Divider);
            }
            Event::TaskListMarker(done) => self.item = Some(Block::Check { done }),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.inline.push(&text, false),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            // A footnote's mark and its first paragraph are one line.
            Tag::Paragraph if std::mem::take(&mut self.after_mark) => {}
            Tag::Paragraph => self.words_end(),
            Tag::Heading { level, .. } => {
                self.begin(Last::Other);
                self.heading = Some(level as u8);
            }
            Tag::BlockQuote(kind) => {
                self.words_end();
                self.item_end();
                if self.quotes == 0 {
                    let within = if kind.is_some() { Within::Callout } else { Within::Quote };
                    self.set_apart(Last::Within(within));
                    self.within = within;
                    self.last.push(Last::Other);
                } else {
                    self.lost.nesting += 1;
                }
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                self.begin(Last::Code(language.clone()));
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.words_end();
                self.html = Some(String::new());
            }
            Tag::List(first) => {
                self.begin(Last::List { ordered: first.is_some() });
                self.lists += 1;
                self.lost.numbering += usize::from(first.is_some_and(|first| first != 1));
                self.lost.nesting += usize::from(self.lists > usize::from(DEEPEST) + 1);
            }
            Tag::Item => {
                let ordered = matches!(self.last.last(), Some(Last::List { ordered: true }));
                self.item = Some(if ordered { Block::Ordered } else { Block::Bullet });
                self.last.push(Last::Other);
            }
            Tag::FootnoteDefinition(label) => {
                self.begin(Last::Other);
                self.aside.push(Aside {
                    lines: std::mem::take(&mut self.lines),
                    last: std::mem::replace(&mut self.last, vec![Last::Other]),
                    quotes: std::mem::take(&mut self.quotes),
                    lists: std::mem::take(&mut self.lists),
                });
                self.lost.footnotes += 1;
                self.inline.push(&format!("[{label}] "), false);
                self.after_mark = true;
            }
            Tag::Table(aligns) => {
                self.begin(Last::Other);
                self.table = Some(Grid { aligns: aligns.into_iter().map(align).collect(), rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.inline.italic += 1,
            Tag::Strong => self.inline.bold += 1,
            Tag::Strikethrough => self.inline.strike += 1,
            Tag::Link { link_type, dest_url, .. } => {
                let address = match link_type {
                    LinkType::Email => address::kept(&format!("mailto:{dest_url}")),
                    _ => address::kept(&dest_url),
                };
                self.lost.links += usize::from(address.is_none());
                self.inline.open_link(address);
            }
            Tag::Image { dest_url, .. } => {
                // Within a table or a heading there is no place for a line that is an image.
                let is_line = self.table.is_none()
                    && self.heading.is_none()
                    && self.image.is_none()
                    && self.inline.links.is_empty();
                if is_line && let Some(bytes) = image::held(&dest_url) {
                    self.image = Some((bytes, self.inline.runs.len()));
                    return;
                }
                self.lost.images += 1;
                self.inline.open_link(address::kept(&dest_url).filter(|address| address::is_web(address)));
            }
            Tag::TableCell
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.words_end(),
            TagEnd::Heading(_) => {
                let runs = self.take_words();
                let level = self.heading.take().unwrap_or(1);
                if level == 1 && self.title.is_none() {
                    let title: String = runs.iter().map(|run| run.text.replace(BREAK, " ")).collect();
                    self.title = Some(title).filter(|title| !title.is_empty());
                }
                self.line(runs, Block::Heading(level));
            }
            TagEnd::BlockQuote(_) => {
                self.words_end();
                self.quotes = self.quotes.saturating_sub(1);
                if self.quotes == 0 {
                    self.within = Within::Text;
                    self.last.pop();
                }
            }
            TagEnd::CodeBlock => self.code_end(),
            TagEnd::HtmlBlock => self.html_end(),
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::Item => {
                self.words_end();
                self.item_end();
                self.last.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.words_end();
                let Some(Aside { lines, last, quotes, lists }) = self.aside.pop() else { return };
                self.feet.extend(std::mem::replace(&mut self.lines, lines));
                (self.last, self.quotes, self.lists) = (last, quotes, lists);
            }
            TagEnd::Table => self.table_end(),
            TagEnd::TableCell => {
                let mut cell = Delta::new();
                push_runs(&mut cell, self.take_words());
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Emphasis => self.inline.italic = self.inline.italic.saturating_sub(1),
            TagEnd::Strong => self.inline.bold = self.inline.bold.saturating_sub(1),
            TagEnd::Strikethrough => self.inline.strike = self.inline.strike.saturating_sub(1),
            TagEnd::Link => self.inline.close_link(str::to_owned),
            TagEnd::Image => match self.image.take_if(|_| self.inline.links.is_empty()) {
                Some((bytes, start)) => self.image_end(bytes, start),
                None => self.inline.close_link(file_name),
            },
            _ => {}
        }
    }

    fn inline_html(&mut self, html: &str) {
        let tag = raw::tag(html);
        if let Some(unseen) = &self.inline.unseen {
            if matches!(tag, raw::Tag::End(name) if name.eq_ignore_ascii_case(unseen)) {
                self.inline.unseen = None;
            }
            return;
        }
        match tag {
            raw::Tag::Break => return self.inline.push("\u{2028}", false),
            raw::Tag::Comment => return,
            raw::Tag::Unseen(name) => self.inline.unseen = Some(name.to_owned()),
            raw::Tag::End(_) | raw::Tag::Other => {}
        }
        self.lost.html += 1;
    }

    /// Begins a block other than a paragraph.
    fn begin(&mut self, kind: Last) {
        self.words_end();
        self.item_end();
        self.set_apart(kind);
    }

    /// Keeps a block from running together with a like one before it, by an empty line between them.
    fn set_apart(&mut self, kind: Last) {
        let Some(last) = self.last.last_mut() else { return };
        let joins = kind != Last::Other && *last == kind;
        *last = kind;
        if joins {
            self.line(Vec::new(), Block::Paragraph);
        }
    }

    /// Ends a line of words, if there are any.
    fn words_end(&mut self) {
        self.after_mark = false;
        let runs = self.take_words();
        if runs.is_empty() {
            return;
        }
        if let Some(last) = self.last.last_mut() {
            *last = Last::Other;
        }
        match self.item.take() {
            Some(block) => self.line(runs, block),
            None => self.line(runs, Block::Paragraph),
        }
    }

    /// Gives an item that has no words of its own its line.
    fn item_end(&mut self) {
        if let Some(block) = self.item.take() {
            self.line(Vec::new(), block);
        }
    }

    fn take_words(&mut self) -> Vec<Run> {
        self.inline.unseen = None;
        Words::of(&std::mem::take(&mut self.inline.runs)).runs()
    }

    fn line(&mut self, runs: Vec<Run>, block: Block) {
        let is_item = matches!(block, Block::Bullet | Block::Ordered | Block::Check { .. });
        let depth = self.lists.saturating_sub(usize::from(is_item));
        let indent = u8::try_from(depth).unwrap_or(DEEPEST).min(DEEPEST);
        let format = LineFormat { block, within: self.within, indent, align: Align::Start };
        self.lines.push(Line::new(runs, format));
    }

    fn code_end(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        for line in code.strip_suffix('\n').unwrap_or(&code).split(['\n', '\r', BREAK]) {
            let text: String = line.chars().filter(|ch| !crate::tree::is_dropped(*ch)).collect();
            let runs = if text.is_empty() { Vec::new() } else { vec![Run { text, marks: Marks::default() }] };
            self.line(runs, Block::Code { language: language.clone() });
        }
    }

    fn html_end(&mut self) {
        let (paragraphs, had_tags) = raw::words(&self.html.take().unwrap_or_default());
        self.lost.html += usize::from(had_tags);
        for words in paragraphs {
            self.inline.push(&words, false);
            self.words_end();
        }
    }

    fn table_end(&mut self) {
        let Some(Grid { aligns, mut rows }) = self.table.take() else { return };
        // The syntax has no table without a first row of names: one that names nothing stands for that.
        let header = rows.len() < 2 || !rows[0].iter().all(Delta::is_empty);
        if !header {
            rows.remove(0);
        }
        let id = (self.next_id)();
        self.line(Vec::new(), Block::Table(id.clone()));
        self.tables.push(Table { id, header, aligns, rows });
    }

    /// An image is a line of its own: words before it end there, and words after it are another line.
    fn image_end(&mut self, bytes: Vec<u8>, start: usize) {
        let alt = self.inline.runs.split_off(start.min(self.inline.runs.len()));
        let alt: String = alt.iter().map(|run| run.text.as_str()).collect();
        let blob = BlobHash(Sha256::digest(&bytes).into());
        let image = Image { size: image::size(&bytes), ..Image::new(blob).described(&alt) };
        self.begin(Last::Other);
        self.line(Vec::new(), Block::Image(image));
        if !self.blobs.contains(&bytes) {
            self.blobs.push(bytes);
        }
    }

    fn finish(mut self) -> Imported {
        self.words_end();
        if !self.feet.is_empty() && !self.lines.is_empty() {
            self.lines.push(Line::new([], Block::Divider.into()));
        }
        self.lines.append(&mut self.feet);
        let mut text = Delta::new();
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        for line in self.lines {
            push_runs(&mut text, line.runs);
            text.push(Op::Insert { text: "\n".to_owned(), attrs: line.format.to_attrs() });
        }
        Imported { title: self.title, text, tables: self.tables, blobs: self.blobs, notes: self.lost.notes() }
    }
}

fn push_runs(delta: &mut Delta, runs: Vec<Run>) {
    for Run { text, marks } in runs {
        delta.push(Op::Insert { text, attrs: marks.to_attrs() });
    }
}

fn align(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// What an image without words is called: the last part of its address.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(address).to_owned()
}
