//! Parts of the browser that `web-sys` does not offer in its stable set, called so that a browser without them is no
//! trouble.

use js_sys::{JsString, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, Document, Node, Range};

#[wasm_bindgen]
extern "C" {
    /// The page, as to points in it.
    #[wasm_bindgen(extends = Object)]
    type Points;

    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    fn caret_position(this: &Points, x: i32, y: i32) -> Result<Option<CaretPlace>, JsValue>;

    #[wasm_bindgen(method, catch, js_name = caretRangeFromPoint)]
    fn caret_range(this: &Points, x: i32, y: i32) -> Result<Option<Range>, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type CaretPlace;

    #[wasm_bindgen(method, getter, js_name = offsetNode)]
    fn node(this: &CaretPlace) -> Option<Node>;

    #[wasm_bindgen(method, getter)]
    fn offset(this: &CaretPlace) -> u32;

    /// What is on a clipboard, without copying it at once.
    #[wasm_bindgen(extends = Object)]
    type Held;

    #[wasm_bindgen(method, catch, js_name = getData)]
    fn data(this: &Held, form: &str) -> Result<JsString, JsValue>;

    /// A set of ranges that style sheets give a look by `::highlight(name)`.
    #[wasm_bindgen(extends = Object)]
    #[derive(Clone)]
    pub(crate) type Highlight;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn add(this: &Highlight, range: &Range) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn delete(this: &Highlight, range: &Range) -> Result<bool, JsValue>;

    /// The page's highlights by name.
    #[wasm_bindgen(extends = Object)]
    type Registry;

    #[wasm_bindgen(method)]
    fn get(this: &Registry, name: &str) -> Option<Highlight>;

    #[wasm_bindgen(method)]
    fn set(this: &Registry, name: &str, highlight: &Highlight) -> JsValue;
}

/// The place between characters nearest to a point in the window. Safari before 18.4 has only the older call.
pub(crate) fn place_at(page: &Document, x: i32, y: i32) -> Option<(Node, u32)> {
    let page: &Points = page.unchecked_ref();
    match page.caret_position(x, y) {
        Ok(place) => place.and_then(|place| Some((place.node()?, place.offset()))),
        Err(_missing) => {
            let range = page.caret_range(x, y).ok().flatten()?;
            Some((range.start_container().ok()?, range.start_offset().ok()?))
        }
    }
}

/// What a clipboard or a drag holds in a form; empty where it has none.
pub(crate) fn data(clipboard: &DataTransfer, form: &str) -> JsString {
    clipboard.unchecked_ref::<Held>().data(form).unwrap_or_else(|_closed| JsString::from(""))
}

/// Whether this browser can highlight ranges: Chrome from 105, Safari from 17.2, Firefox from 140.
pub(crate) fn can_highlight() -> bool {
    registry().is_some()
}

/// Adds a range to the highlight `name`, which all surfaces of the page share.
pub(crate) fn highlight(name: &str, range: &Range) -> Option<Highlight> {
    let registry = registry()?;
    let highlight = match registry.get(name) {
        Some(highlight) => highlight,
        None => {
            let new = Highlight::new().ok()?;
            registry.set(name, &new);
            new
        }
    };
    highlight.add(range).ok()?;
    Some(highlight)
}

/// Takes a range out of a highlight.
pub(crate) fn fade(highlight: &Highlight, range: &Range) {
    // A range that is not in it is no concern.
    let _ = highlight.delete(range);
}

fn registry() -> Option<Registry> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok().filter(JsValue::is_object)?;
    let registry = Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object)?;
    Some(registry.unchecked_into())
}
