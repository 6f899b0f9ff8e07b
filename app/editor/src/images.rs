//! Images among the lines: choosing one with the keyboard or the pointer, and showing that it is chosen.
//!
//! An image is chosen when the caret stands on its line. The page then has its figure selected: between two figures no
//! browser keeps a caret. Browsers step over what cannot be edited, each in its own way, so the steps onto an image and off
//! it are ours.

use std::ops::Range;

use text::{Block, Document, Place, Selection};
use web_sys::{Element, KeyboardEvent, Node};

use crate::surface::Inner;

/// How far a row may be from its line's edge and still be the first or the last, in pixels.
const ROW_SLACK: f64 = 8.0;

impl Inner {
    /// The line of the image that is chosen.
    pub(crate) fn chosen_image(&self) -> Option<usize> {
        let (doc, selection) = (self.text(), self.selection.get());
        let line = doc.place(selection.head).line;
        (selection.is_caret() && is_image(&doc, line)).then_some(line)
    }

    /// The caret on an image, where the page has nothing but its figure selected.
    pub(crate) fn caret_around(&self, from: (&Node, u32), to: (&Node, u32)) -> Option<usize> {
        let root: &Node = &self.root;
        let line = from.1.min(to.1) as usize;
        let doc = self.text();
        let around = from.0 == root && to.0 == root && from.1.abs_diff(to.1) == 1;
        (around && line < doc.lines().len() && is_image(&doc, line)).then(|| doc.line_start(line))
    }

    /// What copying, cutting and dragging take: the selection, or the whole line of a chosen image.
    pub(crate) fn grasped(&self) -> Range<usize> {
        let Some(line) = self.chosen_image() else { return self.selection.get().range() };
        let start = self.text().line_start(line);
        start..start + 1
    }

    /// Marks the figure of the chosen image, and no other.
    pub(crate) fn mark_chosen(&self) {
        let chosen = self.chosen_image().filter(|_| self.focused.get());
        let chosen = chosen.and_then(|line| self.root.children().item(line as u32));
        let marked = self.marked.replace(chosen.clone());
        if marked == chosen {
            return;
        }
        // Fixed names are always accepted.
        let _ = self.root.toggle_attribute_with_force("data-on-image", chosen.is_some());
        marked.iter().for_each(|figure| drop(figure.remove_attribute("data-chosen")));
        chosen.iter().for_each(|figure| drop(figure.set_attribute("data-chosen", "")));
    }

    /// Asks the host anew for each image that was not there when it was drawn.
    pub(crate) fn refill_images(&self) {
        let doc = self.text();
        for (at, line) in doc.lines().iter().enumerate() {
            if let Block::Image(image) = &line.format.block
                && let Some(figure) = self.root.children().item(at as u32)
                && figure.has_attribute("data-missing")
            {
                self.host.fill_image(image.blob, &figure);
            }
        }
    }

    /// A press on an image chooses it.
    pub(crate) fn choose(&self, figure: &Element) {
        if self.is_line(figure) && figure.has_attribute("data-image") {
            let start = self.text().line_start(self.index_of(figure));
            self.move_to(Selection::caret(start));
            self.focus();
        }
    }

    /// Where an arrow leads that steps onto an image or off it.
    pub(crate) fn image_step(&self, event: &KeyboardEvent, key: &str) -> Option<Selection> {
        if event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return None;
        }
        let (forward, along) = match key {
            "ArrowRight" => (true, true),
            "ArrowLeft" => (false, true),
            "ArrowDown" => (true, false),
            "ArrowUp" => (false, false),
            _ => return None,
        };
        self.refresh_selection();
        let caret = self.selection.get();
        let doc = self.text();
        let Place { line, offset } = doc.place(caret.head);
        let next = if forward { line + 1 } else { line.checked_sub(1)? };
        if !caret.is_caret() || next >= doc.lines().len() {
            return None;
        }
        let on_image = is_image(&doc, line);
        let at_edge = || match (along, forward) {
            (true, true) => offset == doc.line_len(line),
            (true, false) => offset == 0,
            (false, _) => self.is_outer_row(caret.head, line, forward).unwrap_or(true),
        };
        let steps = on_image || is_image(&doc, next) && at_edge();
        if !steps {
            return None;
        }
        let start = doc.line_start(next);
        Some(Selection::caret(if forward || is_image(&doc, next) {
            start
        } else {
            start + doc.line_len(next)
        }))
    }

    /// Whether the caret's row is the last one of its line, or the first one.
    fn is_outer_row(&self, caret: usize, line: usize, last: bool) -> Option<bool> {
        let row = self.bounds(caret..caret)?;
        let line = self.root.children().item(line as u32)?.get_bounding_client_rect();
        Some(
            if last { line.bottom() - row.bottom() } else { row.top() - line.top() }
                < row.height().min(ROW_SLACK),
        )
    }
}

fn is_image(doc: &Document, line: usize) -> bool {
    matches!(doc.lines()[line].format.block, Block::Image(_))
}
