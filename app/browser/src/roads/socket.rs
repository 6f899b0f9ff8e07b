//! A `WebSocket`.

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use sync::roads::AtSocket;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// A socket that closes when it is dropped, and says nothing after that.
pub(super) struct Socket {
    socket: WebSocket,
    listeners: Vec<EventListener>,
}

impl Socket {
    /// Opens one, or says why the browser does not try.
    pub(super) fn open(address: &str, say: impl Fn(AtSocket) + Clone + 'static) -> Result<Self, JsValue> {
        let socket = WebSocket::new(address)?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, heard, closed) = (say.clone(), say.clone(), say);
        let listeners = Vec::from([
            EventListener::new(&socket, "open", move |_| opened(AtSocket::Opened)),
            EventListener::new(&socket, "message", move |event| {
                let Some(data) = event.dyn_ref().map(MessageEvent::data) else { return };
                match data.dyn_ref::<ArrayBuffer>() {
                    Some(bytes) => heard(AtSocket::Binary(Uint8Array::new(bytes).to_vec())),
                    None => heard(AtSocket::Text(data.as_string().unwrap_or_default())),
                }
            }),
            EventListener::new(&socket, "close", move |event| {
                let event = event.dyn_ref::<CloseEvent>();
                let code = event.map_or(1006, CloseEvent::code);
                closed(AtSocket::Closed { code, reason: event.map(CloseEvent::reason).unwrap_or_default() });
            }),
        ]);
        Ok(Self { socket, listeners })
    }

    /// Sends a binary frame. One that is closing says so by itself.
    pub(super) fn send(&self, frame: &[u8]) {
        let _ = self.socket.send_with_js_u8_array(&Uint8Array::from(frame));
    }

    /// Sends a text frame.
    pub(super) fn send_text(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.listeners.clear();
        let _ = self.socket.close();
    }
}
