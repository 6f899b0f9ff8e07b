//! What a person asks for, and the change that does it.

mod block;
mod cell;
mod delete;
mod divide;
mod insert;
mod mark;
mod paste;
mod replace;
mod scene;

use std::ops::Range;

use crate::{Align, Block, Delta, Document, Image, Mark, Marks, Selection, Unit, Within};
use scene::Scene;

pub(crate) use block::become_block;
pub(crate) use divide::{divider_at, fence_language};
pub(crate) use insert::clean;
pub use insert::is_clean;
pub(crate) use scene::{close, remark, rewrite};

/// What a person asks for, in terms of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Typed or composed text in place of the selection; takes the marks of its place, or the pending ones.
    Insert(String),
    /// Enter.
    Break,
    /// Shift+Enter: a new row in the same line.
    SoftBreak,
    /// Backspace and Delete; with a selection it is what goes.
    Delete {
        /// How far it reaches from a caret.
        unit: Unit,
        /// Delete rather than Backspace.
        forward: bool,
    },
    /// Cutting and the like; nothing for a caret.
    DeleteSelection,
    /// Other text in place of a range, wherever the caret is: spelling, correction.
    Replace {
        /// What goes.
        range: Range<usize>,
        /// What comes, with the marks of what it replaces.
        text: String,
    },
    /// Other text in place of each of some words, as [`crate::find`] found them.
    ReplaceAll {
        /// What goes, in order and apart. Ranges that are not within a line, or cut a character as readers see it, are
        /// left alone.
        ranges: Vec<Range<usize>>,
        /// What comes, with all the marks of the first character that it replaces. It is one line.
        text: String,
    },
    /// Rich text in place of the selection; only its insertions count. Its first line goes into the current one.
    Paste(Delta),
    /// Sets a mark or takes it away.
    Mark(Mark, bool),
    /// Takes a mark away where all of the selection has it, else sets it.
    ToggleMark(Mark),
    /// Links the selection, or the link around the caret, to an address; without one takes the link away. A caret
    /// outside a link inserts the address as text.
    Link(Option<String>),
    /// Takes all marks away.
    ClearMarks,
    /// Makes the lines of the selection this kind; dividers, tables and images are inserted instead.
    Block(Block),
    /// As [`Intent::Block`]; lines that are all of this kind become paragraphs.
    ToggleBlock(Block),
    /// Puts the lines into a quotation or a callout, or takes them out when all are in one.
    ToggleWithin(Within),
    /// Where the lines' text stands; code has no alignment.
    Align(Align),
    /// Moves list items, what belongs to them, and code by steps; negative is outwards.
    Indent(i8),
    /// Ticks a box or unticks it.
    ToggleCheck {
        /// Which line.
        line: usize,
    },
    /// A rule across the page, and a line to go on after it.
    Divider,
    /// Shows this instead of the image in a line: with other words, another width, or other bytes.
    SetImage {
        /// Which line.
        line: usize,
        /// What it becomes; what is alike stays as others may be changing it.
        image: Image,
    },
}

/// What an intent does.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Change {
    /// The change to the text; empty when only `pending` changes.
    pub delta: Delta,
    /// What is selected afterwards.
    pub selection: Selection,
    /// The marks for what is typed next at this caret, where they differ from those of its place.
    pub pending: Option<Marks>,
}

/// The change that does `intent`; `None` when there is nothing to do.
///
/// The selection is brought into the text first; every change to a text without a last terminator also adds that.
pub fn intend(
    doc: &Document,
    selection: Selection,
    pending: Option<&Marks>,
    intent: Intent,
) -> Option<Change> {
    let scene = Scene::new(doc, selection, pending);
    match intent {
        Intent::Insert(text) => insert::insert(&scene, &text),
        Intent::Break => divide::line_break(&scene),
        Intent::SoftBreak => divide::soft_break(&scene),
        Intent::Delete { unit, forward } => delete::delete(&scene, unit, forward),
        Intent::DeleteSelection => delete::selection(&scene),
        Intent::Replace { range, text } => insert::replace(doc, range, &text),
        Intent::ReplaceAll { ranges, text } => replace::all(&scene, &ranges, &text),
        Intent::Paste(delta) => paste::paste(&scene, &delta),
        Intent::Mark(mark, on) => mark::set(&scene, mark, on),
        Intent::ToggleMark(mark) => mark::toggle(&scene, mark),
        Intent::Link(address) => mark::link(&scene, address.as_deref()),
        Intent::ClearMarks => mark::clear(&scene),
        Intent::Block(block) => block::set(&scene, block),
        Intent::ToggleBlock(block) => block::toggle(&scene, block),
        Intent::ToggleWithin(within) => block::toggle_within(&scene, within),
        Intent::Align(align) => block::align(&scene, align),
        Intent::Indent(steps) => block::indent(&scene, steps),
        Intent::ToggleCheck { line } => block::toggle_check(&scene, line),
        Intent::Divider => divide::divider(&scene),
        Intent::SetImage { line, image } => block::set_image(&scene, line, image),
    }
}
