//! Text for the person to paste elsewhere.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

use crate::{page::document, thrown::is_there};

/// Copies `text`. Call it while handling a click or a key; browsers refuse otherwise. Whether it was copied.
pub async fn copy_text(text: &str) -> bool {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard()).filter(is_there);
    if let Some(clipboard) = clipboard
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return true;
    }
    copy_selected(text).unwrap_or(false)
}

/// The older way, for pages within frames that may not use the clipboard: text is selected in a field and copied.
fn copy_selected(text: &str) -> Result<bool, JsValue> {
    let document = document().ok_or("no document")?;
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    // Beside what has the focus: an open dialog makes everything outside of it inert.
    let beside = focused.as_ref().and_then(|element| element.parent_element());
    let parent = match beside {
        Some(parent) => parent,
        None => document.body().ok_or("no body")?.into(),
    };
    let field: HtmlTextAreaElement =
        document.create_element("textarea")?.dyn_into().map_err(JsValue::from)?;
    field.set_value(text);
    field.set_read_only(true);
    field.set_attribute("aria-hidden", "true")?;
    field.set_class_name("visually-hidden");
    parent.append_child(&field)?;
    field.select();
    let copied = document.unchecked_into::<HtmlDocument>().exec_command("copy");
    field.remove();
    if let Some(focused) = focused {
        focused.focus()?;
    }
    copied
}
