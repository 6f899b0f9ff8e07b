//! What browsers do differently. Each item names the browser, what it does, and where that is told.

use web_sys::InputEvent;

/// The text that an input event brings.
///
/// Safari gives the word chosen from its spelling suggestions only in `dataTransfer`
/// (<https://github.com/w3c/editing/issues/494>).
pub(crate) fn text_of(event: &InputEvent) -> Option<String> {
    event
        .data()
        .or_else(|| event.data_transfer()?.get_data("text/plain").ok())
        .filter(|text| !text.is_empty())
}

/// Whether an input type is part of a composition. Safari ends one by `deleteCompositionText` and
/// `insertFromComposition`, before `compositionend` (<https://w3c.github.io/input-events/#events-inputevent-event-order>).
pub(crate) fn is_of_composition(kind: &str) -> bool {
    matches!(
        kind,
        "insertCompositionText" | "insertFromComposition" | "deleteCompositionText" | "deleteByComposition"
    )
}
