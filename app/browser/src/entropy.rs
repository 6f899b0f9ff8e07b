//! Unguessable bytes from the browser.

use model::Entropy;
use wasm_bindgen::throw_str;

/// The browser's `crypto.getRandomValues`.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebEntropy;

impl Entropy for WebEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Going on without randomness would make keys that anyone can guess, so the program stops instead. Every
        // browser that runs the program has it.
        if let Err(error) = getrandom::fill(bytes) {
            throw_str(&format!("this browser gives no random numbers: {error}"));
        }
    }
}
