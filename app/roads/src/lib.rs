//! Runs a room's roads to other copies, as a program of its own that the page fetches when a room has one.
//!
//! [`Roads`] puts the machines of `sync` together: a relay, signalling servers, a mesh of browsers, codes, and the carrier
//! that travels over all of them. It knows neither the page nor JavaScript: it is told what happened, as
//! [`sync::roads::Event`], and answers what is to be done, as [`sync::roads::Act`]. It cannot open what it carries.
//! Nothing is passed on before the room has said that it is good.

mod blobs;
mod codes;
mod debts;
#[cfg(target_arch = "wasm32")]
mod exports;
mod load;
mod loans;
mod machine;
mod sealing;

pub use debts::{BYTES_MAX, THINGS_MAX};
pub use machine::Roads;
