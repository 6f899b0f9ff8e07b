//! What JavaScript threw, as words.

use js_sys::Error;
use wasm_bindgen::{JsCast, JsValue};

/// The name and the message of a thrown value.
pub(crate) fn words(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<Error>() {
        Some(error) => format!("{}: {}", String::from(error.name()), String::from(error.message())),
        None => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}

/// Whether a browser has what a getter promises: missing things come as `undefined`.
pub(crate) fn is_there(value: &impl AsRef<JsValue>) -> bool {
    let value = value.as_ref();
    !value.is_undefined() && !value.is_null()
}
