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

mod clear;
mod front;
mod inline;
mod raw;
mod read;
mod words;
mod write;

pub use clear::is_clear;
pub use read::read;
pub use write::{INLINE_MAX, write, write_with};

/// A language's name as it stands after a code fence: its first word, without what has a meaning there.
pub(crate) fn language(info: &str) -> String {
    let word = info
        .split(|ch: char| ch.is_whitespace() || ch == ',')
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    word.chars().filter(|ch| ch.is_alphanumeric() || "+-#._/".contains(*ch)).collect()
}
