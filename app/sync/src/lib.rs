//! What travels between copies of a room, without the roads it travels on.
//!
//! [`ledger`] is the form in which everything written in a room is kept and passed on: signed entries. [`roll`] says who may
//! write what, and [`judge`] decides by it which entries count. [`link`] is what the holder of a link has. [`blob`] is the
//! form of what stands outside of the text. [`tabs`] is what tabs of one browser tell each other. Nothing here opens a
//! socket, reads a clock or draws a random number.

pub mod blob;
pub mod judge;
pub mod ledger;
pub mod link;
mod pen;
pub mod roll;
pub mod tabs;
