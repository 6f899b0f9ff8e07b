//! How the page calls the program: it asks for a [`place`] in the memory, writes an event there, lets it be [`told`], and
//! finds the acts at [`acts`].

use std::cell::RefCell;

use sync::roads::{Event, write_acts};

use crate::Roads;

thread_local! {
    static ROADS: RefCell<Roads> = RefCell::default();
    static EVENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ACTS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where an event of so many bytes goes.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn place(length: usize) -> *mut u8 {
    EVENT.with_borrow_mut(|event| {
        // A long one does not keep its memory for ever.
        *event = vec![0; length];
        event.as_mut_ptr()
    })
}

/// Tells the event, with the time in milliseconds since 1970, and answers how many bytes the acts have.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn told(now: f64) -> usize {
    let Ok(event) = Event::read(&EVENT.take()) else { return 0 };
    let acts = write_acts(&ROADS.with_borrow_mut(|roads| roads.handle(event, now as u64)));
    let length = acts.len();
    ACTS.set(acts);
    length
}

/// Where the acts are.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn acts() -> *const u8 {
    ACTS.with_borrow(|acts| acts.as_ptr())
}
