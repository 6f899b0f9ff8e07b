//! Later: after a time, before the next frame, when the browser is idle, and futures.

use std::{any::Any, future::Future};

use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise, Reflect};
use model::Later;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::IdleRequestOptions;

/// Runs `future` on this thread, whether or not anyone waits for it.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    // In a box all futures are of one type, and the code that runs them is there once.
    let future: Later<()> = Box::pin(future);
    wasm_bindgen_futures::spawn_local(future);
}

/// Ready after `ms` milliseconds. Dropping it takes the wait back.
pub async fn sleep(ms: u32) {
    let (sender, over) = oneshot::channel();
    let _timer = after(ms, move || {
        let _ = sender.send(());
    });
    let _ = over.await;
}

/// Something that will be called. Dropping it takes the call back.
#[must_use = "dropping it takes the call back"]
pub struct Timer(#[expect(dead_code, reason = "it is kept for its drop")] Box<dyn Any>);

struct Frame {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

struct Idle {
    handle: u32,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ = window.cancel_animation_frame(self.handle);
        }
    }
}

impl Drop for Idle {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.cancel_idle_callback(self.handle);
        }
    }
}

/// Calls `f` once, after `ms` milliseconds. Browsers stretch this in hidden tabs, to a second and more.
pub fn after(ms: u32, f: impl FnOnce() + 'static) -> Timer {
    Timer(Box::new(Timeout::new(ms, f)))
}

/// Calls `f` once, before the browser paints the next frame. Hidden tabs have no frames: there it waits.
pub fn next_frame(f: impl FnOnce() + 'static) -> Timer {
    let callback = Closure::once(f);
    let asked =
        web_sys::window().map(|window| window.request_animation_frame(callback.as_ref().unchecked_ref()));
    Timer(Box::new(Frame { handle: asked.and_then(Result::ok).unwrap_or(0), _callback: callback }))
}

/// Ready before the browser paints the next frame.
pub async fn frame() {
    let (sender, over) = oneshot::channel();
    let _timer = next_frame(move || {
        let _ = sender.send(());
    });
    let _ = over.await;
}

/// Ready once what follows from signals that just changed is in the page, and before the next key or press comes in: all
/// that happens as microtasks, between which browsers hand out no events.
pub async fn settled() {
    // An effect may change a signal that another follows, and so on; each costs a turn.
    const TURNS: usize = 12;
    for _ in 0..TURNS {
        // A promise that is kept already cannot fail.
        let _ = wasm_bindgen_futures::JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
    }
}

/// Calls `f` once when the browser has nothing else to do, after a second at the latest.
pub fn idle(f: impl FnOnce() + 'static) -> Timer {
    const LATEST: u32 = 1_000;
    let Some(window) = web_sys::window().filter(has_idle_callbacks) else { return after(1, f) };
    let callback = Closure::once(f);
    let options = IdleRequestOptions::new();
    options.set_timeout(LATEST);
    let function: &Function = callback.as_ref().unchecked_ref();
    let asked = window.request_idle_callback_with_options(function, &options);
    Timer(Box::new(Idle { handle: asked.unwrap_or(0), _callback: callback }))
}

/// Safari has no `requestIdleCallback` (https://bugs.webkit.org/show_bug.cgi?id=285049).
fn has_idle_callbacks(window: &web_sys::Window) -> bool {
    Reflect::has(window, &JsValue::from_str("requestIdleCallback")).unwrap_or(false)
}
