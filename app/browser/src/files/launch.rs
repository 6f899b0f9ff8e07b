//! Files with which the person opened the installed app.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemFileHandle};

use super::GivenFile;
use crate::timers::spawn;

/// Calls `take` with each file that the installed app is opened with, now and later. Only Chromium opens installed
/// apps with files; elsewhere this does nothing.
pub fn on_launched_with(take: impl Fn(GivenFile) + Clone + 'static) {
    let Some(queue) = launch_queue() else { return };
    let Some(set_consumer) = field(&queue, "setConsumer").and_then(|f| f.dyn_into::<Function>().ok()) else {
        return;
    };
    let consumer = Closure::<dyn Fn(JsValue)>::new(move |launch: JsValue| {
        let handles = field(&launch, "files").and_then(|files| files.dyn_into::<Array>().ok());
        for handle in handles.iter().flat_map(Array::iter) {
            let take = take.clone();
            spawn(async move {
                if let Some(file) = file_of(handle).await {
                    take(GivenFile(file));
                }
            });
        }
    });
    // The browser holds the consumer for the life of the page and has no way to take it back.
    let consumer = consumer.into_js_value();
    let _ = set_consumer.call1(&queue, &consumer);
}

fn launch_queue() -> Option<JsValue> {
    field(web_sys::window()?.as_ref(), "launchQueue")
}

fn field(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

async fn file_of(handle: JsValue) -> Option<File> {
    let handle = handle.dyn_into::<FileSystemFileHandle>().ok()?;
    JsFuture::from(handle.get_file()).await.ok()?.dyn_into().ok()
}
