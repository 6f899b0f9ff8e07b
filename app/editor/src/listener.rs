//! Event listeners that leave with their owner.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// A listener on `target`, removed when dropped.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    call: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Calls `call` at each event `name` that reaches `target`.
    pub(crate) fn new(target: &EventTarget, name: &'static str, call: impl Fn(Event) + 'static) -> Self {
        let call = Closure::<dyn Fn(Event)>::new(call);
        // Adding a listener fails for no argument that we could pass.
        let _ = target.add_event_listener_with_callback(name, call.as_ref().unchecked_ref());
        Self { target: target.clone(), name, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ =
            self.target.remove_event_listener_with_callback(self.name, self.call.as_ref().unchecked_ref());
    }
}
