//! Which events lead where.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget};

use crate::listener::Listener;
use crate::surface::Inner;

/// All listeners of a surface. They end with the surface, and hold it only weakly.
pub(crate) fn listeners(inner: &Rc<Inner>) -> Vec<Listener> {
    let root: &EventTarget = &inner.root;
    vec![
        on(inner, root, "beforeinput", Inner::before_input),
        on(inner, root, "input", |inner, _: &Event| inner.after_input()),
        on(inner, root, "keydown", Inner::key),
        on(inner, root, "compositionstart", Inner::compose),
        on(inner, root, "compositionend", Inner::composed),
        on(inner, root, "focusin", Inner::gain_focus),
        on(inner, root, "focusout", Inner::lose_focus),
        on(inner, root, "selectstart", |inner, _: &Event| inner.follow_selection()),
        on(inner, root, "mousedown", Inner::press),
        on(inner, root, "mouseup", |inner, _: &Event| inner.pressed.set(false)),
        on(inner, root, "click", Inner::click),
        on(inner, root, "copy", Inner::copy),
        on(inner, root, "cut", Inner::cut),
        on(inner, root, "paste", Inner::paste),
        on(inner, root, "dragstart", Inner::drag),
        on(inner, root, "dragover", Inner::drag_over),
        on(inner, root, "dragend", |inner, _: &Event| {
            inner.dragged.take();
        }),
        on(inner, root, "drop", Inner::drop_here),
    ]
}

/// A listener that calls `act` with the event as the kind it is.
pub(crate) fn on<E: JsCast + 'static>(
    inner: &Rc<Inner>,
    target: &EventTarget,
    name: &'static str,
    act: impl Fn(&Inner, &E) + 'static,
) -> Listener {
    let weak = Rc::downgrade(inner);
    Listener::new(target, name, move |event| {
        if let Some(inner) = weak.upgrade() {
            act(&inner, event.unchecked_ref());
        }
    })
}
