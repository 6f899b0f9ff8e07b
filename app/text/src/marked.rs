//! A notation for tests: a document and what is selected in it, as one string.
//!
//! | notation | meaning |
//! |---|---|
//! | `ab\|cd` | the caret |
//! | `a«bc\|»d`, `a«\|bc»d` | a selection, with its head |
//! | `**bold**` `_italic_` `++underlined++` `~~struck~~` `` `code` `` `==highlit==` | marks |
//! | `[text](address)` | a link |
//! | `# ` … `###### `, `- `, `1. `, `[ ] `, `[x] ` at a line's start | kinds of lines |
//! | three backticks, a language or none, a space | a line of code |
//! | `> `, `! ` before the kind | within a quotation, a callout |
//! | two spaces before all else | a step of indent, up to 8 |
//! | `{center}` `{end}` `{justify}` before the kind | how it is aligned |
//! | `---`, `{table id}` | a line that stands for a divider or a table |
//! | `{image 07}`, `{image 07 half 640x480: Alt}` | one that stands for an image; two digits are those of all bytes of its hash |
//! | `⏎` | a soft break |
//! | `⋯` at the very end | the last line has no terminator |
//! | `\` | the next character is only itself |

mod read;
mod write;

pub use read::read;
pub use write::write;
