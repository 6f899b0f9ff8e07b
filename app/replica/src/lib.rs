//! The shared documents. The only crate that knows yrs.
//!
//! Each shared document has one door for writing and one for reading: [`Content`] holds the sections' text, [`Offer`]
//! what only the selling team writes. [`Carrier`] takes sealed entries over roads that know Yjs only. Writing answers with the update to store and pass on; what came from elsewhere
//! goes through [`guard`] first. No signals, no storage, no clock: the time is an argument where it is needed.
//!
//! Offsets are UTF-16 units throughout.

mod attrs;
mod carrier;
mod content;
pub mod guard;
mod history;
mod needs;
mod offer;
mod order;
mod shared;
mod tables;

pub use carrier::{Brought, Carrier};
pub use content::{Content, ContentEvent, Moment, NewSection, Restored, Section, TableEvent};
pub use guard::{Refused, merge};
pub use history::{EditKind, Spot};
pub use needs::clients;
pub use offer::Offer;
