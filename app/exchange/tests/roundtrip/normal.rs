//! The normal form of a text that went through Markdown, worked out on its flat lines.

use text::{Align, Block, Delta, Document, Image, Line, LineFormat, Marks, Op, Run, Table, Within};

const BREAK: char = '\u{2028}';

/// What a container's last block was.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Last {
    Nothing,
    List(bool),
    Within(Within),
    Code(String),
    Other,
}

/// A container around the next line: the text itself, a quotation, or (with its indent) an item.
struct Frame {
    item: Option<u8>,
    within: Within,
    last: Last,
    /// Whether something showed that nothing more joins the last block.
    broken: bool,
    /// A quotation that has shown nothing yet.
    fresh: bool,
}

impl Frame {
    fn new(item: Option<u8>, within: Within) -> Self {
        Self { item, within, last: Last::Nothing, broken: false, fresh: within != Within::Text }
    }
}

/// The lines of `doc`, and the tables it refers to named in order, as they come back.
pub(crate) fn form(doc: &Document, tables: &[Table]) -> (Vec<Line>, Vec<Table>) {
    let mut form = Form {
        frames: vec![Frame::new(None, Within::Text)],
        lines: Vec::new(),
        tables: Vec::new(),
        item: None,
        raw_before: None,
    };
    for line in doc.lines() {
        form.line(line, tables);
    }
    if form.lines.is_empty() {
        form.lines.push(Line::default());
    }
    (form.lines, form.tables)
}

struct Form {
    frames: Vec<Frame>,
    lines: Vec<Line>,
    tables: Vec<Table>,
    /// Where the line of the item is that the last frame stands for.
    item: Option<usize>,
    /// The full name of the language of the line before.
    raw_before: Option<String>,
}

impl Form {
    fn line(&mut self, line: &Line, tables: &[Table]) {
        let LineFormat { block, within, indent, .. } = &line.format;
        let ends = |frame: &Frame| {
            frame.item.is_some_and(|item| item >= *indent)
                || frame.within != Within::Text && frame.within != *within
        };
        let keep = self.frames.iter().position(ends).unwrap_or(self.frames.len());
        self.frames.truncate(keep);
        if *within != Within::Text && self.within() == Within::Text {
            self.top().broken = true;
            self.frames.push(Frame::new(None, *within));
        }
        let runs = runs(line);
        match block {
            Block::Paragraph if runs.is_empty() => self.top().broken = true,
            Block::Paragraph => {
                let is_first = self.top().item.is_some() && self.top().last == Last::Nothing;
                match self.item.and_then(|at| self.lines.get_mut(at)) {
                    Some(item) if is_first && item.runs.is_empty() => {
                        *item = Line::new(runs, item.format.clone())
                    }
                    _ => self.push(runs, Block::Paragraph, Last::Other),
                }
            }
            Block::Bullet | Block::Ordered | Block::Check { .. } => {
                let kind = Last::List(*block == Block::Ordered);
                self.push(runs, block.clone(), kind);
                self.item = Some(self.lines.len() - 1);
                self.frames.push(Frame::new(Some(*indent), Within::Text));
            }
            Block::Heading(_) => self.push(runs, block.clone(), Last::Other),
            Block::Divider => self.push(Vec::new(), Block::Divider, Last::Other),
            Block::Image(image) => {
                let alt: String = image.alt.chars().filter(|ch| is_kept(*ch)).collect();
                let image = Image { size: Some((1, 2)), ..Image::new(image.blob).described(&alt) };
                self.push(Vec::new(), Block::Image(image), Last::Other);
            }
            Block::Code { language } => self.code(line, language),
            Block::Table(id) => {
                match tables.iter().find(|table| table.id == *id).and_then(|table| self.table(table)) {
                    Some(table) => {
                        self.push(Vec::new(), Block::Table(table.id.clone()), Last::Other);
                        self.tables.push(table);
                    }
                    None => self.top().broken = true,
                }
            }
        }
    }

    fn top(&mut self) -> &mut Frame {
        // The first one, the text itself, is never closed.
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn push(&mut self, runs: Vec<Run>, block: Block, kind: Last) {
        if self.top().fresh {
            self.top().fresh = false;
            let outer = self.frames.len() - 2;
            let kind = Last::Within(self.within());
            if self.frames[outer].last == kind {
                let indent = self.depth(outer);
                self.lines.push(plain(indent, Within::Text));
            }
            self.frames[outer].last = kind;
        }
        let depth = self.depth(self.frames.len() - 1);
        let within = self.within();
        let (same, broken) = (self.top().last == kind, self.top().broken);
        if same && broken && kind != Last::Other {
            self.lines.push(plain(depth, within));
        }
        self.top().last = kind;
        self.top().broken = false;
        self.lines.push(Line::new(runs, LineFormat { block, within, indent: depth, align: Align::Start }));
    }

    /// The quotation or callout that is open.
    fn within(&self) -> Within {
        let open = self.frames.iter().map(|frame| frame.within);
        open.fold(Within::Text, |have, within| if have == Within::Text { within } else { have })
    }

    /// How many items stand around what is in `frame`.
    fn depth(&self, frame: usize) -> u8 {
        self.frames[..=frame].iter().filter(|frame| frame.item.is_some()).count() as u8
    }

    fn code(&mut self, line: &Line, raw: &str) {
        // Names that differ only in what is left out of them are two blocks that come back with one name.
        let word = raw.split_whitespace().next().unwrap_or_default();
        let language: String =
            word.chars().filter(|ch| ch.is_alphanumeric() || "+-#._/".contains(*ch)).collect();
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let joins = self.top().last == Last::Code(language.clone());
        if joins && self.raw_before.as_deref() != Some(raw) {
            self.top().broken = true;
        }
        self.raw_before = Some(raw.to_owned());
        for row in text.split(BREAK) {
            let text: String = row.chars().filter(|ch| is_kept(*ch)).collect();
            let runs = vec![Run { text, marks: Marks::default() }];
            self.push(runs, Block::Code { language: language.clone() }, Last::Code(language.clone()));
        }
    }

    fn table(&self, table: &Table) -> Option<Table> {
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.aligns.len());
        if width == 0 {
            return None;
        }
        let mut rows: Vec<Vec<Delta>> =
            table.rows.iter().map(|row| (0..width).map(|at| cell(row.get(at))).collect()).collect();
        if !table.header || rows.is_empty() {
            rows.insert(0, vec![Delta::new(); width]);
        }
        let header = rows.len() == 1 || rows[0].iter().any(|cell| !cell.is_empty());
        if !header {
            rows.remove(0);
        }
        let aligns = (0..width).map(|at| match table.aligns.get(at) {
            Some(Align::Center) => Align::Center,
            Some(Align::End) => Align::End,
            _ => Align::Start,
        });
        Some(Table { id: format!("t{}", self.tables.len() + 1), header, aligns: aligns.collect(), rows })
    }
}

fn plain(indent: u8, within: Within) -> Line {
    Line::new([], LineFormat { indent, within, ..LineFormat::default() })
}

fn cell(cell: Option<&Delta>) -> Delta {
    let mut out = Delta::new();
    if let Some(cell) = cell {
        for Run { text, marks } in runs(&Document::from_delta(cell).lines()[0]) {
            out.push(Op::Insert { text, attrs: marks.to_attrs() });
        }
    }
    out
}

fn is_kept(ch: char) -> bool {
    ch == '\t' || !ch.is_control() && ch != '\u{fffc}' && ch != '\u{feff}'
}

/// The words of a line: what Markdown can mark, and white space only between words.
fn runs(line: &Line) -> Vec<Run> {
    let mut chars: Vec<(char, Marks)> = Vec::new();
    for run in &line.runs {
        for ch in run.text.chars().filter(|ch| is_kept(*ch)) {
            let mut marks = Marks { underline: false, highlight: false, ..run.marks.clone() };
            marks.link = marks.link.and_then(|it| address(&it)).map(Into::into);
            marks.code &= ch != BREAK;
            chars.push((if ch == '\t' { ' ' } else { ch }, marks));
        }
    }
    let is_space = |(ch, marks): &(char, Marks)| ch.is_whitespace() && !marks.code;
    let mut kept: Vec<(char, Marks)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|it| is_space(it)).count();
        if end == at {
            kept.push(chars[at].clone());
            at += 1;
            continue;
        }
        if let (Some((_, before)), Some((_, after))) = (kept.last().cloned(), chars.get(end)) {
            let all = |has: &dyn Fn(&Marks) -> bool| {
                has(&before) && has(after) && chars[at..end].iter().all(|(_, marks)| has(marks))
            };
            let link = before.link.clone().filter(|link| all(&|marks| marks.link.as_ref() == Some(link)));
            let marks = Marks {
                bold: all(&|marks| marks.bold),
                italic: all(&|marks| marks.italic),
                strike: all(&|marks| marks.strike),
                link,
                ..Marks::default()
            };
            let has_break = chars[at..end].iter().any(|(ch, _)| *ch == BREAK);
            let stay = |ch: char| !has_break || ch == BREAK;
            kept.extend(
                chars[at..end].iter().filter(|(ch, _)| stay(*ch)).map(|(ch, _)| (*ch, marks.clone())),
            );
        }
        at = end;
    }
    let runs = kept.into_iter().map(|(ch, marks)| Run { text: ch.into(), marks });
    Line::new(runs, LineFormat::default()).runs
}

fn address(address: &str) -> Option<String> {
    let kept = ["http://", "https://", "mailto:", "tel:"].iter().any(|start| address.starts_with(start));
    let encoded = |ch: char| match ch {
        ' ' | '"' | '<' | '>' | '|' | '\\' | '`' => format!("%{:02X}", u32::from(ch)),
        _ => ch.to_string(),
    };
    kept.then(|| address.chars().map(encoded).collect())
}
