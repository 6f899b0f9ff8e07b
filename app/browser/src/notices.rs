//! Telling outside of the page: by the system's notifications, and by a mark on the program's icon.
//!
//! Both work while the page is open, in front or not. Whether notifications are wanted is kept in `localStorage`, since leave that was
//! once given to a site cannot be given back by it.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Under what it is kept that notifications are wanted here.
const WANTED: &str = "handsel/notices";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten())
}

/// Whether this browser has notifications at all: those of phones have none for pages.
fn exist() -> bool {
    web_sys::window().is_some_and(|window| {
        js_sys::Reflect::has(&window, &JsValue::from_str("Notification")).unwrap_or(false)
    })
}

/// Whether notifications are wanted, and the browser lets them.
pub fn are_allowed() -> bool {
    let wanted = storage().and_then(|storage| storage.get_item(WANTED).ok().flatten()).is_some();
    wanted && exist() && Notification::permission() == NotificationPermission::Granted
}

/// Asks the person for leave, where the browser has not been told yet. Answers whether there is any.
pub async fn ask() -> bool {
    if !exist() {
        return false;
    }
    if let Ok(asked) = Notification::request_permission() {
        // A browser that does not answer has not agreed.
        let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
    }
    if let Some(storage) = storage() {
        let _ = storage.set_item(WANTED, "1");
    }
    are_allowed()
}

/// No notifications are wanted any more.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(WANTED);
    }
}

/// Shows a notification, in place of one of the same `name`. Pressing it brings the page to the front and calls `go`.
pub fn show(title: &str, words: &str, name: &str, go: impl FnOnce() + 'static) {
    if !are_allowed() {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(words);
    options.set_tag(name);
    // Chromium on Android has the constructor and throws; nothing is shown there.
    let Ok(notice) = Notification::new_with_options(title, &options) else { return };
    let shown = notice.clone();
    let press = Closure::once_into_js(move || {
        if let Some(window) = web_sys::window() {
            let _ = window.focus();
        }
        shown.close();
        go();
    });
    notice.set_onclick(press.dyn_ref());
}

/// Marks the program's icon with a number, where it was installed and the browser can; 0 takes the mark away.
pub fn mark(count: usize) {
    let Some(window) = web_sys::window() else { return };
    let navigator: JsValue = window.navigator().into();
    // Firefox and Safari before 16.4 have no badges.
    let name = if count == 0 { "clearAppBadge" } else { "setAppBadge" };
    let Ok(function) = js_sys::Reflect::get(&navigator, &JsValue::from_str(name)) else { return };
    if let Some(function) = function.dyn_ref::<js_sys::Function>() {
        let answer = match count {
            0 => function.call0(&navigator),
            count => function.call1(&navigator, &JsValue::from_f64(count as f64)),
        };
        // A page that was not installed is refused, which is no matter.
        if let Ok(promise) = answer.and_then(|answer| answer.dyn_into::<js_sys::Promise>()) {
            let ignore = Closure::<dyn FnMut(JsValue)>::new(|_| {});
            let _ = promise.catch(&ignore);
            ignore.forget();
        }
    }
}
