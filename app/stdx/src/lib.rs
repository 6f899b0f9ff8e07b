//! Small things every layer may use. Knows nothing of rooms, text or browsers.

pub mod base64;
mod bytes;
mod order;

pub use bytes::{Cut, Reader, Writer};
pub use order::{Gather, in_order, sort, sort_by, sort_by_key};

/// Reports a state that the code believes impossible, and answers whether it happened.
///
/// In debug builds it panics, so that tests find it; in the program it only lets the caller take a safe way out,
/// since a person's words matter more than our certainty. Pattern: `if never!(bad) { return safe; }`.
#[macro_export]
macro_rules! never {
    ($cond:expr) => {{
        let happened = $cond;
        debug_assert!(!happened, "impossible: {}", stringify!($cond));
        happened
    }};
}
