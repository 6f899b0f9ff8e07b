//! The surface in a real browser. What only real keys can show (input methods, the clipboard's own formats) is driven
//! from outside, by the project's end-to-end journeys.

#![cfg(target_arch = "wasm32")]
// A step that fails is a test that fails.
#![allow(clippy::unwrap_used)]

mod android;
mod chips;
mod clips;
mod composing;
mod dragging;
mod drawing;
mod foreign;
mod images;
mod keys;
mod random;
mod remote;
mod reported;
mod selecting;
mod stage;
mod tables;
mod tables_random;
mod typing;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
