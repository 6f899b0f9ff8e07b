//! Reads Markdown and HTML, and draws QR codes, in a program of its own. Few visits need it, so the page fetches this only when one does.
//!
//! It knows neither the page nor JavaScript: the caller asks for a [`place`] in the memory, writes an
//! [`exchange::parcel::question`] there, lets it be [`read`], and finds the answer at [`answer`].

use std::cell::RefCell;

thread_local! {
    static QUESTION: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where a question of so many bytes goes.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn place(length: usize) -> *mut u8 {
    QUESTION.with_borrow_mut(|question| {
        question.resize(length, 0);
        question.as_mut_ptr()
    })
}

/// Reads the question, and tells how many bytes the answer has.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn read() -> usize {
    let answer = QUESTION.with_borrow(|question| exchange::parcel::answer(question));
    let length = answer.len();
    ANSWER.set(answer);
    length
}

/// Where the answer is.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}
