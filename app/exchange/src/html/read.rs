//! HTML → text: what the browser's parser made of some HTML becomes lines.
//!
//! Junk falls away by itself: only words, marks, kinds of lines and links that may be followed have a way into a line.
//! Whatever the depth of the elements, nothing here calls itself.

mod lines;
mod parts;

use text::{Align, Block, Delta, Line, Marks, Op, Run, Table, Within};

use super::element;
use super::grid::{Grid, grids};
use super::inert::STYLE;
use super::style::{self, Style};
use super::tokens::{Element, Token, tokens};
use super::words::Words;
use crate::imported::{Imported, Lost};
use crate::tree::DEEPEST;

/// The most lines that are read; a page draws them all.
const LINES_MAX: usize = 10_000;

/// Reads a page from its [`super::Tokens`]. It never fails: what has no place in a text is told in
/// [`Imported::notes`], save for what is there for looks only.
///
/// `next_id` names each table as it comes. Empty paragraphs and items are left out, two breaks in a row end a line, and
/// tables that only lay a page out are read cell by cell. Nothing at all gives one empty line.
pub fn read(page: &[u8], next_id: &mut dyn FnMut() -> String) -> Imported {
    let mut reader = Reader {
        next_id,
        grids: grids(tokens(page)),
        table: 0,
        title: None,
        lines: Vec::new(),
        tables: Vec::new(),
        blobs: Vec::new(),
        words: Words::default(),
        open: Vec::new(),
        unseen: 0,
        around: Vec::new(),
        lists: Vec::new(),
        items: Vec::new(),
        heading: None,
        code: None,
        grid: None,
        marker: None,
        named: None,
        lost: Lost::default(),
    };
    for token in tokens(page) {
        match token {
            Token::Open(element) => reader.open(&element),
            Token::Text(words) => reader.text(words),
            Token::Close => reader.close(),
            Token::Rest => reader.lost.rest += 1,
        }
    }
    reader.finish()
}

/// What the end of an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Nothing,
    Line,
    Heading,
    Within,
    List,
    Item,
    Code,
    Grid,
    Head,
    Row,
    Cell,
    Marker,
    Title,
}

/// An open element, with what holds for the words in it.
#[derive(Debug, Clone)]
struct Open {
    end: End,
    marks: Marks,
    align: Align,
    /// Whether spaces and line ends count.
    spaced: bool,
    /// How many items waited for their words when it began.
    waiting: usize,
}

/// An item whose words have not come yet.
#[derive(Debug, Clone)]
struct Item {
    block: Block,
    indent: u8,
    within: Within,
    /// Whether it is an item only so that other items can stand in it.
    unmarked: bool,
}

struct Reader<'a> {
    next_id: &'a mut dyn FnMut() -> String,
    /// For each table whether it is a grid, and which one comes next.
    grids: Vec<bool>,
    table: usize,
    title: Option<String>,
    lines: Vec<Line>,
    tables: Vec<Table>,
    blobs: Vec<Vec<u8>>,
    words: Words,
    open: Vec<Open>,
    /// How many elements are open in which nothing is read.
    unseen: usize,
    /// The quotations and callouts that are open; the outermost one counts.
    around: Vec<Within>,
    /// The open lists: whether each is numbered.
    lists: Vec<bool>,
    /// The items that wait for words, the outermost first. One that gets none, nor anything else, leaves no line.
    items: Vec<Item>,
    heading: Option<u8>,
    /// The language of the open code and its words.
    code: Option<(String, String)>,
    grid: Option<Grid>,
    /// Word's marker of a list item, while it is read.
    marker: Option<String>,
    /// The page's title, while it is read.
    named: Option<String>,
    lost: Lost,
}

impl Reader<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let grid = element.name == "table" && self.next_table();
        if self.unseen > 0 {
            self.unseen += 1;
            return;
        }
        let style = Style::of(element.get(STYLE).unwrap_or_default());
        if element::is_unseen(element, &style) {
            self.unseen = 1;
            return;
        }
        let waiting = self.items.len();
        let mut open = match self.open.last() {
            Some(around) => Open { end: End::Nothing, waiting, ..around.clone() },
            None => Open {
                end: End::Nothing,
                marks: Marks::default(),
                align: Align::Start,
                spaced: false,
                waiting,
            },
        };
        open.marks = element::marks(&open.marks, element, &style, &mut self.lost.links);
        open.spaced = style.spaced.unwrap_or(open.spaced);
        let said = style.align.or_else(|| element.get("align").and_then(style::align));
        open.align = said.unwrap_or(if element.name == "center" { Align::Center } else { open.align });
        open.end = if self.code.is_some() {
            self.open_code(element)
        } else {
            self.begin(element, &style, grid, &open)
        };
        self.open.push(open);
    }

    /// Begins an element; answers what its end will mean.
    fn begin(&mut self, element: &Element<'_>, style: &Style, grid: bool, open: &Open) -> End {
        if let Some(done) = element::tick(element).filter(|_| element.name == "input") {
            self.tick(done);
            return End::Nothing;
        }
        match element.name {
            "br" => self.line_break(),
            "img" => self.picture(element, &open.marks),
            "title" => {
                self.named = Some(String::new());
                return End::Title;
            }
            _ if style.word_marker => {
                self.marker = Some(String::new());
                return End::Marker;
            }
            "tr" | "td" | "th" | "thead" if self.grid.is_some() => return self.begin_in_grid(element, open),
            // Everything else in a cell is just words on lines of their own.
            _ if self.grid.as_ref().is_some_and(|grid| grid.in_cell) => {
                let block = element::is_block(element.name)
                    || matches!(element.name, "ul" | "ol" | "li" | "pre" | "blockquote" | "hr");
                if block {
                    self.words.push_break();
                    if let Some(grid) = self.grid.as_mut().filter(|_| self.words.is_blank()) {
                        grid.set_cell(open.align);
                    }
                    return End::Line;
                }
            }
            _ => return self.begin_block(element, style, grid),
        }
        End::Nothing
    }

    fn begin_block(&mut self, element: &Element<'_>, style: &Style, grid: bool) -> End {
        match element.name {
            "hr" => {
                self.line_end();
                self.line(Vec::new(), Block::Divider, Align::Start);
                End::Nothing
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.line_end();
                self.lists.push(element.name == "ol");
                self.lost.numbering += usize::from(element.number("start").is_some_and(|start| start != 1));
                self.lost.nesting += usize::from(self.lists.len() > usize::from(DEEPEST) + 1);
                End::List
            }
            "li" => {
                self.line_end();
                let ordered = match element.get("data-list") {
                    Some(kind) => kind == "ordered",
                    None => self.lists.last().copied().unwrap_or_default(),
                };
                let block = match element::tick(element) {
                    Some(done) => Block::Check { done },
                    None if ordered => Block::Ordered,
                    None => Block::Bullet,
                };
                let depth =
                    element::level(element, style).map_or(self.lists.len().saturating_sub(1), usize::from);
                self.wait(block, depth, style.unmarked);
                End::Item
            }
            "blockquote" if !style.borderless => {
                self.line_end();
                self.stands_in(Within::Quote)
            }
            "aside" | "div" if element::is_callout(element) => {
                self.line_end();
                self.stands_in(Within::Callout)
            }
            // Editors of code have a block of their own for each line.
            "pre" | "div" if element.name == "pre" || style.even && style.spaced == Some(true) => {
                self.line_end();
                self.code = Some((element::language(element).unwrap_or_default(), String::new()));
                End::Code
            }
            "table" if grid => {
                self.line_end();
                self.grid = Some(Grid::default());
                End::Grid
            }
            _ => {
                if let Some(level) = element::heading(element) {
                    self.line_end();
                    self.heading = Some(level);
                    return End::Heading;
                }
                if !element::is_block(element.name) && element.name != "blockquote" {
                    return End::Nothing;
                }
                self.line_end();
                if let Some(level) = element::level(element, style) {
                    // Word's items are paragraphs; whether they are numbered stands in their written marker.
                    self.wait(Block::Bullet, level.into(), false);
                    return End::Item;
                }
                End::Line
            }
        }
    }

    fn begin_in_grid(&mut self, element: &Element<'_>, open: &Open) -> End {
        let Some(grid) = &mut self.grid else { return End::Nothing };
        match element.name {
            "thead" => {
                grid.head(true);
                End::Head
            }
            "tr" => {
                grid.row();
                End::Row
            }
            _ => {
                self.words.take();
                grid.cell(element, open.align);
                End::Cell
            }
        }
    }

    /// Begins an element within code, where only lines count.
    fn open_code(&mut self, element: &Element<'_>) -> End {
        let Some((language, code)) = &mut self.code else { return End::Nothing };
        if element.name == "br" {
            code.push('\n');
            return End::Nothing;
        }
        if language.is_empty() && element.name == "code" {
            *language = element::language(element).unwrap_or_default();
        }
        if !element::is_block(element.name) && element.name != "li" {
            return End::Nothing;
        }
        end_code_line(code);
        End::Line
    }

    fn text(&mut self, words: &str) {
        if self.unseen > 0 {
            return;
        }
        if let Some(title) = &mut self.named {
            title.push_str(words);
        } else if let Some(marker) = &mut self.marker {
            marker.push_str(words);
        } else if let Some((_, code)) = &mut self.code {
            code.push_str(words);
        } else if let Some(open) = self.open.last() {
            self.words.push(words, &open.marks, open.spaced);
        } else {
            self.words.push(words, &Marks::default(), false);
        }
    }

    fn close(&mut self) {
        if self.unseen > 0 {
            self.unseen -= 1;
            return;
        }
        let end = self.open.last().map_or(End::Nothing, |open| open.end);
        match end {
            End::Nothing => {}
            End::Line if self.code.is_some() => {
                if let Some((_, code)) = &mut self.code {
                    end_code_line(code);
                }
            }
            End::Line => self.line_end(),
            End::Heading => {
                self.line_end();
                self.heading = None;
            }
            End::Within => {
                self.line_end();
                self.around.pop();
            }
            End::List => {
                self.line_end();
                self.lists.pop();
            }
            End::Item => {
                self.line_end();
                let waiting = self.open.last().map_or(0, |open| open.waiting);
                self.items.truncate(waiting);
            }
            End::Code => self.code_end(),
            End::Grid => self.grid_end(),
            End::Head | End::Row | End::Cell => self.grid_part_end(end),
            End::Marker => self.marker_end(),
            End::Title => self.title_end(),
        }
        self.open.pop();
    }

    fn grid_part_end(&mut self, end: End) {
        let Some(grid) = &mut self.grid else { return };
        match end {
            End::Head => grid.head(false),
            End::Row => grid.row_end(),
            _ => grid.cell_end(self.words.take()),
        }
    }

    /// Whether the table that now begins is a grid.
    fn next_table(&mut self) -> bool {
        self.table += 1;
        self.grids.get(self.table - 1).copied().unwrap_or_default()
    }

    fn finish(mut self) -> Imported {
        self.line_end();
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        let mut text = Delta::new();
        for line in self.lines {
            for Run { text: words, marks } in line.runs {
                text.push(Op::Insert { text: words, attrs: marks.to_attrs() });
            }
            text.push(Op::Insert { text: "\n".to_owned(), attrs: line.format.to_attrs() });
        }
        Imported { title: self.title, text, tables: self.tables, blobs: self.blobs, notes: self.lost.notes() }
    }
}

fn end_code_line(code: &mut String) {
    if !code.is_empty() && !code.ends_with('\n') {
        code.push('\n');
    }
}
