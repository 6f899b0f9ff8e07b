//! How words become lines: which kind each is, and what it stands in.

use text::{Align, Block, Line, LineFormat, Run, Within};

use super::{End, Item, LINES_MAX, Reader};
use crate::html::words;
use crate::tree::DEEPEST;

impl Reader<'_> {
    /// An item begins; its line comes with its words.
    pub(super) fn wait(&mut self, block: Block, depth: usize, unmarked: bool) {
        let indent = u8::try_from(depth).unwrap_or(DEEPEST).min(DEEPEST);
        self.items.push(Item { block, indent, within: self.within(), unmarked });
    }

    /// Ends a line of words, if there are any.
    pub(super) fn line_end(&mut self) {
        if self.grid.as_ref().is_some_and(|grid| grid.in_cell) {
            self.words.push_break();
            return;
        }
        if self.words.is_blank() {
            self.words.take();
            return;
        }
        let runs = self.words.take();
        let align = self.open.last().map_or(Align::Start, |open| open.align);
        self.line_of_words(runs, align);
    }

    pub(super) fn line_of_words(&mut self, runs: Vec<Run>, align: Align) {
        // A quotation within an item is no item's words.
        let within = self.within();
        match (self.items.pop_if(|item| item.within == within), self.heading) {
            (Some(item), _) => self.item_line(runs, item, align),
            (None, Some(level)) => self.heading_line(runs, level, align),
            (None, None) => self.line(runs, Block::Paragraph, align),
        }
    }

    pub(super) fn item_line(&mut self, mut runs: Vec<Run>, mut item: Item, align: Align) {
        if item.block == Block::Bullet
            && let Some(first) = runs.first_mut()
        {
            // Some programs write the boxes as Markdown does.
            for (sign, done) in [("[ ] ", false), ("[x] ", true), ("[X] ", true)] {
                if first.text.starts_with(sign) {
                    first.text.drain(..sign.len());
                    item.block = Block::Check { done };
                }
            }
            runs = words::trimmed(runs);
        }
        self.lines_of_items();
        self.push(runs, LineFormat { block: item.block, within: self.within(), indent: item.indent, align });
    }

    pub(super) fn heading_line(&mut self, mut runs: Vec<Run>, level: u8, align: Align) {
        // Headings are bold by themselves.
        if runs.iter().all(|run| run.marks.bold) {
            runs.iter_mut().for_each(|run| run.marks.bold = false);
        }
        if level == 1 && self.title.is_none() {
            self.title = Some(runs.iter().map(|run| run.text.replace('\u{2028}', " ")).collect());
        }
        self.line(runs, Block::Heading(level), align);
    }

    /// Gives the items that still wait lines without words, since something else stands in them.
    pub(super) fn lines_of_items(&mut self) {
        for item in std::mem::take(&mut self.items).into_iter().filter(|item| !item.unmarked) {
            let Item { block, indent, within, .. } = item;
            self.push(Vec::new(), LineFormat { block, within, indent, align: Align::Start });
        }
    }

    pub(super) fn line(&mut self, runs: Vec<Run>, block: Block, align: Align) {
        self.lines_of_items();
        let indent = u8::try_from(self.lists.len()).unwrap_or(DEEPEST).min(DEEPEST);
        let align = if block.is_code() || block.is_void() { Align::Start } else { align };
        self.push(runs, LineFormat { block, within: self.within(), indent, align });
    }

    pub(super) fn push(&mut self, runs: Vec<Run>, format: LineFormat) {
        if self.lines.len() < LINES_MAX {
            self.lines.push(Line::new(runs, format));
        } else {
            self.lost.rest += 1;
        }
    }

    pub(super) fn within(&self) -> Within {
        self.around.first().copied().unwrap_or_default()
    }

    /// A quotation or a callout begins.
    pub(super) fn stands_in(&mut self, within: Within) -> End {
        self.lost.nesting += usize::from(!self.around.is_empty());
        self.around.push(within);
        End::Within
    }
}
