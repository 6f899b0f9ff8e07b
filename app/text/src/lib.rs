//! Rich text without a browser: what a section's text is, and what a change to it is.
//!
//! A section's text is one flat string with attributes, named as Quill names them, and lines end in `\n` which carries
//! the line's attributes. Every offset and length counts UTF-16 code units, as the DOM, Quill and Yjs do.
//! This crate knows neither the DOM nor the shared document; it is pure and tests natively.
//!
//! Entry points: [`Document`] (lines of marked runs, patched by a [`Delta`]), [`intend`] (what a person asked for →
//! the [`Change`] that does it), [`shortcut`] (what typed characters ask for), [`gap`] (what a browser typed on its
//! own), [`compare`] (what became of one state on the way to another) and [`find`].
//!
//! What always holds:
//!
//! - A document has at least one line. No run is empty or holds `\n`, and no two neighbours have the same marks.
//! - `document.apply(change)` gives the same lines as reading the changed text anew, whatever the change: two people who
//!   got the same changes see the same. Offsets past the end are cut off; nothing panics.
//! - The [`Splice`]s of a change cover all lines that look different after it, and only lines that it reaches.
//! - An intent never deletes the last terminator, and one that changes a text without it adds it. It puts marks on text
//!   only and formats on terminators only, leaves dividers, tables and images without text and code without marks, cuts no
//!   surrogate pair, and leaves the caret where a reader sees the edge of a character.
//! - Attributes this crate does not know are left alone: a change names only what it changes.

mod attrs;
mod bounds;
mod compare;
mod delta;
mod diff;
mod document;
mod find;
mod format;
mod image;
mod intent;
mod line;
pub mod marked;
mod marks;
mod proposed;
mod selection;
mod shortcut;
pub mod suggest;
mod table;
mod variables;

pub use attrs::{Attrs, Value};
pub use bounds::Unit;
pub use compare::{ComparedLine, ComparedRun, Comparison, Fate, compare, difference};
pub use delta::{Delta, Op, utf16_len};
pub use diff::{Gap, gap};
pub use document::{Document, Heading, Place, Splice};
pub use find::{Search, find};
pub use format::{Align, Block, LineFormat, Within};
pub use image::{Image, Width};
pub use intent::{Change, Intent, intend, is_clean};
pub use line::{Line, Run};
pub use marks::{Mark, Marks};
pub use proposed::{Proposed, Several, Who};
pub use selection::Selection;
pub use shortcut::{mark_shortcut, shortcut};
pub use table::{CellName, Grid, Table, TableAct, sheet};
pub use variables::{Piece, Variable, filled, filled_table, has_variables, pieces, variables};
