//! Rich text without a browser: what a section's text is, and what a change to it is.
//!
//! A section's text is one flat string with attributes, named as Quill names them, and lines end in `\n` which carries
//! the line's attributes. Every offset and length counts UTF-16 code units, as the DOM, Quill and Yjs do.
//! This crate knows neither the DOM nor the shared document; it is pure and tests natively.
//!
//! Entry points: [`Document`] (lines of marked runs, patched by a [`Delta`]) and [`intend`] (what a person asked for →
//! the [`Delta`] that does it).

mod attrs;
mod bounds;
mod delta;
mod diff;
mod document;
mod format;
mod intent;
mod line;
pub mod marked;
mod marks;
mod selection;
mod shortcut;
mod table;

pub use attrs::{Attrs, Value};
pub use bounds::Unit;
pub use delta::{Delta, Op, utf16_len};
pub use diff::{Gap, gap};
pub use document::{Document, Heading, Place, Splice};
pub use format::{Align, Block, LineFormat};
pub use intent::{Change, Intent, intend};
pub use line::{Line, Run};
pub use marks::{Mark, Marks};
pub use selection::Selection;
pub use shortcut::shortcut;
pub use table::Table;
