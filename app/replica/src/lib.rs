//! The shared documents. The only crate that knows yrs.
//!
//! Each shared document has one door for writing and one for reading: [`Content`] holds the sections' text, [`Offer`]
//! what only the selling team writes, [`Responses`] what one author answers, [`Leaf`] a part of the
//! team's book. Writing answers with the update to store and pass on; what came from elsewhere goes through [`guard`] first. No signals, no storage, no clock: the time is an argument where it is needed.
//!
//! Offsets are UTF-16 units throughout.

mod attrs;
mod book;
mod content;
pub mod guard;
mod history;
mod needs;
mod offer;
mod order;
mod responses;
mod shared;
mod tables;

pub use book::Leaf;
pub use content::{
    Accepted, Content, ContentEvent, Earlier, Moment, NewSection, Restored, Section, TableEvent,
};
pub use guard::{Refused, merge};
pub use history::{EditKind, Spot};
pub use needs::clients;
pub use offer::{EarlierOffer, Offer};
pub use responses::{
    Choice, Comment, Ground, Mention, NamedVersion, Responses, SharedFile, Suggestion, Thing, Who, Word,
};
