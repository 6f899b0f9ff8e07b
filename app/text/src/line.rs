//! A line of a section: marked runs and the line's own format.

use std::sync::Arc;

/// What is set on a stretch of text within a line.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Marks {
    /// `bold`.
    pub bold: bool,
    /// `italic`.
    pub italic: bool,
    /// `underline`.
    pub underline: bool,
    /// `strike`.
    pub strike: bool,
    /// `code`.
    pub code: bool,
    /// `x-highlight`: marked as with a text marker, without a colour of its own.
    pub highlight: bool,
    /// `link`: the address; only http, https, mailto and tel are ever followed.
    pub link: Option<Arc<str>>,
}

/// A stretch of text with the same marks. Never holds `\n`; a soft break within a line is U+2028.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// What is set on them.
    pub marks: Marks,
}

/// What kind of line it is.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// Running text; with an indent it continues the list item above it.
    #[default]
    Paragraph,
    /// `header: 1..=6`.
    Heading(u8),
    /// `list: bullet`.
    Bullet,
    /// `list: ordered`.
    Ordered,
    /// `list: checked` or `unchecked`.
    Check {
        /// Whether the box is ticked.
        done: bool,
    },
    /// `code-block`: true or the language's name.
    Code {
        /// Language, empty when not named.
        language: String,
    },
    /// `x-divider`: a rule across the page; the line's text is empty.
    Divider,
    /// `x-table`: the grid with this id stands here; the line's text is empty.
    Table(String),
}

/// Where a line's text stands. Start is the default and absent in the shared text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Along the reading direction's start.
    #[default]
    Start,
    /// `align: center`.
    Center,
    /// `align: right`, the far side.
    End,
    /// `align: justify`.
    Justify,
}

/// The format of a line, carried by the `\n` that ends it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct LineFormat {
    /// What kind of line it is.
    pub block: Block,
    /// `blockquote`: set in a quotation; may go with a list or a heading.
    pub quote: bool,
    /// `indent`: 0..=8 steps.
    pub indent: u8,
    /// `align`.
    pub align: Align,
}

/// One line: its runs, no two neighbours with equal marks, none empty.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words in order.
    pub runs: Vec<Run>,
    /// The line's own format.
    pub format: LineFormat,
}
