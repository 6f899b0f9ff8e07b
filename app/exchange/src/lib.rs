//! What comes in and goes out: bytes on one side, the room's own things on the other.
//!
//! Everything here is pure: a caller hands over text or bytes and gets values back, so each format tests natively.
//! Input from elsewhere is never an error: what cannot be kept is left out and told in a list of notes.

mod address;
mod code;
mod imported;
mod template;
mod tree;

pub mod backup;
pub mod bundle;
pub mod calendar;
pub mod clip;
pub mod csv;
pub mod file;
pub mod frozen;
pub mod html;
pub mod image;
pub mod kept;
pub mod markdown;
pub mod nugget;
pub mod parcel;
pub mod sheet;
pub mod zip;

pub use imported::{Imported, Note};
pub use template::Template;
