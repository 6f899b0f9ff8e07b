//! The page itself: its address, its title, whether it is seen, and what it may keep.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BeforeUnloadEvent, Document, StorageEstimate, StorageManager, VisibilityState};

use crate::{listener::Listener, thrown::is_there};

pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// What stands behind the `#` in the address, without the `#`.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').map(str::to_owned).unwrap_or(hash)
}

/// Puts something else behind the `#`, in place: neither the address bar nor the way back shows what stood there, and
/// no listener is told.
pub fn replace_fragment(fragment: &str) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&format!("#{fragment}")));
    }
}

/// Goes to another place of the program; the way back leads here. Listeners are told.
pub fn go_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Tells whenever the person, a link or [`go_to`] changes what is behind the `#`.
pub fn on_fragment_change(changed: impl Fn() + Clone + 'static) -> Listener {
    Listener::on(web_sys::window(), &["hashchange"], move |_| changed())
}

/// The program's address without anything behind it, for making links.
pub fn base_address() -> String {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return String::new() };
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{}", path.strip_suffix("index.html").unwrap_or(&path))
}

/// The address that has the mail program begin a letter.
pub fn draft_address(subject: &str, body: &str) -> String {
    let part = |words: &str| String::from(js_sys::encode_uri_component(&words.replace('\n', "\r\n")));
    ["mailto:?subject=", &part(subject), "&body=", &part(body)].concat()
}

/// Names the page in the tab and in the browser's history.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Whether the page is shown inside another one.
pub fn is_framed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Where it may not look, something is around it.
    !matches!(window.parent(), Ok(Some(parent)) if parent == window)
}

/// Whether the person can see the page.
pub fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// Tells when the page comes into sight (`true`) or goes out of it.
pub fn on_visibility_change(changed: impl Fn(bool) + Clone + 'static) -> Listener {
    Listener::on(document(), &["visibilitychange"], move |_| changed(is_visible()))
}

/// Tells when the page may be about to end: it was hidden or left. It may come back all the same. This is the last
/// moment that phones grant for writing.
pub fn on_leaving(leaving: impl Fn() + Clone + 'static) -> Listener {
    let left = leaving.clone();
    let hidden = Listener::on(document(), &["visibilitychange"], move |_| {
        if !is_visible() {
            leaving();
        }
    });
    hidden.and(Listener::on(web_sys::window(), &["pagehide"], move |_| left()))
}

/// Tells when the page itself goes away: closed, reloaded, left. It may come back all the same.
pub fn on_closing(closing: impl Fn() + Clone + 'static) -> Listener {
    Listener::on(web_sys::window(), &["pagehide"], move |_| closing())
}

/// Has the browser ask before the page is closed, until the answer is dropped. The words of that question are the
/// browser's own.
pub fn ask_before_leaving() -> Listener {
    Listener::objecting(web_sys::window(), "beforeunload", |event| {
        event.prevent_default();
        // Chromium before 119 and Safari ask only when this is set.
        if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            event.set_return_value("unsaved");
        }
    })
}

/// Whether the browser believes to be on a network.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Tells when the browser finds (`true`) or loses a network.
pub fn on_network_change(changed: impl Fn(bool) + Clone + 'static) -> Listener {
    Listener::on(web_sys::window(), &["online", "offline"], move |_| changed(is_online()))
}

/// How much this site keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageSpace {
    /// Bytes in use, roughly: browsers blur the figure.
    pub used: u64,
    /// Bytes that the browser says it would allow. The real limit may come sooner.
    pub allowed: u64,
}

/// Asks the browser never to clear this site's storage by itself. Whether it agreed.
pub async fn persist_storage() -> bool {
    let Some(storage) = storage() else { return false };
    let Ok(asked) = storage.persist() else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}

/// How much of its storage this site uses, where the browser tells.
pub async fn storage_space() -> Option<StorageSpace> {
    let estimate = JsFuture::from(storage()?.estimate().ok()?).await.ok()?;
    let estimate = estimate.unchecked_into::<StorageEstimate>();
    Some(StorageSpace { used: estimate.get_usage()? as u64, allowed: estimate.get_quota()? as u64 })
}

fn storage() -> Option<StorageManager> {
    web_sys::window().map(|window| window.navigator().storage()).filter(is_there)
}
