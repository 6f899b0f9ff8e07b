//! Words between the tabs of this browser.

use gloo::events::EventListener;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to the other tabs that opened one of the same name; closed when dropped. A tab does not hear itself.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Tabs {
    /// Opens the channel `name`. Where the browser has none, nothing is ever heard and posting does nothing.
    pub fn open(name: &str, on_message: impl Fn(Vec<u8>) + 'static) -> Self {
        // Missing in Safari before 15.4, and refused to pages without an origin of their own.
        let channel = BroadcastChannel::new(name).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                // Tabs of another version may say things of another kind.
                if let Some(bytes) = data.and_then(|data| data.dyn_into::<Uint8Array>().ok()) {
                    on_message(bytes.to_vec());
                }
            })
        });
        Self { channel, _listener: listener }
    }

    /// Tells all other tabs. Bytes arrive whole and in order.
    pub fn post(&self, bytes: &[u8]) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&Uint8Array::from(bytes));
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
