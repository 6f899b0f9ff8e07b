//! The edges to the browser, one file per port. No JavaScript value leaves this crate.
//!
//! What listens does so until the value it returned is dropped.

pub mod cipher;
pub mod clipboard;
pub mod clock;
pub mod entropy;
pub mod files;
pub mod html;
pub mod idb;
pub mod images;
pub mod journal;
mod listener;
pub mod page;
pub mod panic;
mod place;
pub mod reader;
pub mod tabs;
mod thrown;
pub mod timers;
pub mod view;
pub mod worker;

pub use listener::Listener;
pub use place::ReadersPlace;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
