//! The edges to the browser, one file per port. No JavaScript value leaves this crate.
//!
//! What listens does so until the value it returned is dropped.

pub mod attending;
pub mod cipher;
pub mod clipboard;
pub mod clock;
pub mod entropy;
pub mod figures;
pub mod files;
pub mod html;
pub mod idb;
pub mod images;
pub mod journal;
pub mod lead;
mod listener;
pub mod notices;
pub mod page;
pub mod pages;
pub mod panic;
mod place;
mod program;
pub mod reader;
pub mod roads;
pub mod showing;
pub mod tabs;
mod thrown;
pub mod timers;
pub mod transfer;
pub mod view;
pub mod worker;

pub use listener::Listener;
pub use place::ReadersPlace;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
