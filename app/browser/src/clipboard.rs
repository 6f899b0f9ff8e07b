//! Text for the person to paste elsewhere, and what they paste here.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, Element, FileList, HtmlDocument, HtmlElement, HtmlTextAreaElement};

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

/// What somebody pastes.
pub struct Given {
    /// The files in it.
    pub files: Option<FileList>,
    /// Its rich form; empty where it has none.
    pub html: String,
    /// Its words.
    pub plain: String,
}

/// What is pasted elsewhere than in a field, which takes it by itself. Nothing where there is nothing.
pub fn pasted(event: &ClipboardEvent) -> Option<Given> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let field = |target: Element| target.closest("input, textarea, [contenteditable=true]").ok().flatten();
    let data = event.clipboard_data().filter(|_| target.and_then(field).is_none())?;
    let text = |form| data.get_data(form).unwrap_or_default();
    let files = data.files().filter(|files| files.length() > 0);
    let given = Given { files, html: text("text/html"), plain: text("text/plain") };
    (given.files.is_some() || !given.plain.trim().is_empty()).then_some(given)
}

/// The plain words that are pasted into a field.
pub fn pasted_text(event: &ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}
