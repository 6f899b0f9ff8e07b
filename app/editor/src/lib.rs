//! The editing surface: the DOM edge of rich text.
//!
//! It shows a [`text::Document`] in an element of the page, one child per line, turns what people do there into
//! [`text::Change`]s, takes over changes from elsewhere, and draws where others are. It knows neither the shared
//! document nor the program's views; whoever mounts it gives it a [`Host`].
//!
//! Who is right: the browser while words are being typed or composed in a line, the text at all other times. After
//! each step the page shows exactly the text, character for character.
//!
//! Entry points: [`Surface::mount`] and [`Host`].

mod attach;
mod cell;
mod cell_keys;
mod change;
mod chip;
mod clipboard;
mod composition;
mod dom_selection;
mod drag;
mod edge;
mod extras;
mod find;
mod host;
mod image_view;
mod images;
mod input;
mod keys;
mod line_view;
mod listener;
mod observer;
mod people;
mod platform;
mod pointer;
mod quirks;
mod read_back;
mod surface;
mod table_view;
mod tables;

pub use chip::Chip;
pub use clipboard::plain_lines;
pub use find::Found;
pub use host::{CaretState, CellPlace, Clip, EditKind, EditorError, Host, Options, Pasted, RemoteCaret};
pub use image_view::{miss_image, show_image};
pub use line_view::followable;
pub use platform::is_shortcut;
pub use surface::Surface;
