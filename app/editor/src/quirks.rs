//! What browsers do differently. Each item names the browser, what it does, and where that is told.

use js_sys::{JsString, Reflect};
use wasm_bindgen::JsCast;
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

/// Half of a character outside the basic plane, where an event brings no more than that. Firefox tells of an emoji typed
/// by a driver or an old keyboard layout in two events, a surrogate each. `data` is the event's as text.
pub(crate) fn half_of(event: &InputEvent, data: Option<&str>) -> Option<u16> {
    // As text a half reads as the replacement character, and only then a closer look is worth its time.
    data.filter(|data| *data == "\u{FFFD}")?;
    let data: JsString = Reflect::get(event, &"data".into()).ok()?.dyn_into().ok()?;
    let unit = data.char_code_at(0) as u16;
    (0xD800..0xE000).contains(&unit).then_some(unit)
}

/// Whether an input type is part of a composition. Safari ends one by `deleteCompositionText` and
/// `insertFromComposition`, before `compositionend` (<https://w3c.github.io/input-events/>).
pub(crate) fn is_of_composition(kind: &str) -> bool {
    matches!(
        kind,
        "insertCompositionText" | "insertFromComposition" | "deleteCompositionText" | "deleteByComposition"
    )
}

/// Whether a character is a picture made of several others, as a family or a flag. Firefox deletes only its last part
/// (<https://github.com/element-hq/element-web/issues/20688>); letters with accents are better left to the browser, since
/// people who write them expect Backspace to take the accent first.
pub(crate) fn is_pictured(character: &str) -> bool {
    character.chars().count() > 1 && character.chars().any(|char| ('\u{1F000}'..='\u{1FAFF}').contains(&char))
}
