//! Markdown in and out: CommonMark with tables, task lists and strikethrough.
//!
//! [`read`] turns it into a text and its tables, [`write`] the other way. Going out and in again gives the same text
//! in its *normal form*; a text that came in by [`read`] and went out once stays letter for letter the same from then
//! on. What the normal form leaves out, because Markdown has no word for it:
//!
//! - empty paragraphs (what stands on their two sides stays apart),
//! - underline, highlight and alignment of paragraphs,
//! - an indent with no list item above it; indents of a list that skip a step,
//! - white space at the ends of a line or of a soft break, and marks on white space at their ends,
//! - marks within lines of code, and the soft breaks there, which become lines,
//! - an item without words takes the paragraph that continues it as its words,
//! - control characters, byte order marks, foreign embeds, links that are not web, mail or telephone addresses,
//! - the first number of a list, which is always 1,
//! - what a line that stands for a rule or a table says itself,
//! - the width of images, and images that are too large to stand in a text, of which the words are left.

mod front;
mod inline;
mod raw;
mod read;
mod words;
mod write;

pub use read::read;
pub use write::{INLINE_MAX, write, write_with};

use text::{Delta, Table};

/// What came out of a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What the author called it: the `title` of the front matter, else the first heading of level 1 that says
    /// anything. Such a heading stays in the text as well.
    pub title: Option<String>,
    /// The text, insertions only. It has at least one line and ends in a line end.
    pub text: Delta,
    /// The tables the text refers to, in its order.
    pub tables: Vec<Table>,
    /// The bytes of the images the text refers to.
    pub blobs: Vec<Vec<u8>>,
    /// What could not be kept as it was, each kind once.
    pub notes: Vec<Note>,
}

/// Something that did not come through as it was, and how many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Images from elsewhere; their words stand there, as a link to the image where that is on the web.
    Images(usize),
    /// Pieces of HTML; their words stand there.
    Html(usize),
    /// Footnotes; they became paragraphs that begin with their mark in brackets.
    Footnotes(usize),
    /// Links to somewhere else than a web, mail or telephone address; their words stand there.
    Links(usize),
    /// Lists whose numbers did not begin at 1; now they do.
    Numbering(usize),
    /// Quotations within quotations, and lists deeper than nine levels; they stand one level up.
    Nesting(usize),
}

/// A language's name as it stands after a code fence: its first word, without what has a meaning there.
fn language(info: &str) -> String {
    let word = info
        .split(|ch: char| ch.is_whitespace() || ch == ',')
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    word.chars().filter(|ch| ch.is_alphanumeric() || "+-#._/".contains(*ch)).collect()
}
