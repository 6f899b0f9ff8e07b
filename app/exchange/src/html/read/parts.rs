//! What is no plain words: boxes to tick, breaks, images, code, grids, markers written out, the page's title.

use model::BlobHash;
use sha2::{Digest as _, Sha256};
use text::{Align, Block, Image, Marks, Run, Width};

use super::{Item, Reader};
use crate::html::tokens::Element;
use crate::{address, image};

impl Reader<'_> {
    /// A box to tick makes an item of the line that it begins.
    pub(super) fn tick(&mut self, done: bool) {
        if let Some(item) = self.items.last_mut() {
            item.block = Block::Check { done };
        }
    }

    /// One break stays within the line; two in a row end it.
    pub(super) fn line_break(&mut self) {
        if self.words.push_break() && self.grid.is_none() {
            self.line_end();
        }
    }

    /// A picture's words, as a link to it where it is on the web. Dots that count readers, and what says that it only
    /// decorates, are no loss.
    pub(super) fn picture(&mut self, element: &Element<'_>, marks: &Marks) {
        let box_waits = matches!(self.items.last(), Some(Item { block: Block::Check { .. }, .. }));
        if box_waits && self.words.is_blank() {
            // The box itself.
            return;
        }
        let said = element.get("alt").map(str::trim);
        let words = said.unwrap_or_default();
        let is_line = self.grid.is_none() && self.heading.is_none() && marks.link.is_none();
        if let Some(bytes) = element.get("src").filter(|_| is_line).and_then(image::held) {
            return self.image(element, words, bytes);
        }
        let dot = |name| element.number(name).is_some_and(|size| size <= 1);
        if said == Some("") || dot("width") || dot("height") {
            return;
        }
        if !words.is_empty() && !words.contains(char::is_alphanumeric) {
            // A sign drawn as a picture, as mail programs do with emoji.
            return self.words.push(words, marks, false);
        }
        self.lost.images += 1;
        let address = element.get("src").and_then(address::kept).filter(|address| address::is_web(address));
        let link = marks.link.clone().or(address.map(Into::into));
        self.words.push(words, &Marks { link, ..marks.clone() }, false);
    }

    /// An image that the page holds itself is a line of its own.
    pub(super) fn image(&mut self, element: &Element<'_>, words: &str, bytes: Vec<u8>) {
        self.line_end();
        let blob = BlobHash(Sha256::digest(&bytes).into());
        let named = element.get("data-width");
        let width =
            [Width::Small, Width::Half].into_iter().find(|width| width.name() == named).unwrap_or_default();
        let image = Image { size: image::size(&bytes), width, ..Image::new(blob).described(words) };
        self.line(Vec::new(), Block::Image(image), Align::Start);
        if !self.blobs.contains(&bytes) {
            self.blobs.push(bytes);
        }
    }

    pub(super) fn code_end(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        if code.trim().is_empty() {
            return;
        }
        for line in
            code.strip_suffix('\n').unwrap_or(&code).replace("\r\n", "\n").split(['\n', '\r', '\u{2028}'])
        {
            let text: String = line.chars().filter(|ch| !crate::tree::is_dropped(*ch)).collect();
            let runs = if text.is_empty() { Vec::new() } else { vec![Run { text, marks: Marks::default() }] };
            self.line(runs, Block::Code { language: language.clone() }, Align::Start);
        }
    }

    pub(super) fn grid_end(&mut self) {
        let Some(mut grid) = self.grid.take() else { return };
        self.words.take();
        self.lost.rest += std::mem::take(&mut grid.rest);
        if let Some(words) = grid.only() {
            let runs = text::Document::from_delta(words).lines()[0].runs.clone();
            return self.line_of_words(runs, Align::Start);
        }
        let next_id = &mut *self.next_id;
        let Some(table) = grid.table(next_id) else { return };
        self.line(Vec::new(), Block::Table(table.id.clone()), Align::Start);
        self.tables.push(table);
    }

    /// Word's written markers: bullets are signs, or the letter `o`; numbers and letters end in a dot or a bracket.
    pub(super) fn marker_end(&mut self) {
        let marker = self.marker.take().unwrap_or_default();
        let marker = marker.trim_matches(|ch: char| ch.is_whitespace());
        let numbered = marker.ends_with(['.', ')', ':']) && marker.contains(char::is_alphanumeric)
            || !marker.is_empty() && marker.chars().all(|ch| ch.is_ascii_digit());
        if let Some(item) = self.items.last_mut().filter(|item| numbered && item.block == Block::Bullet) {
            item.block = Block::Ordered;
        }
    }

    pub(super) fn title_end(&mut self) {
        let title = self.named.take().unwrap_or_default();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(title);
        }
    }
}
