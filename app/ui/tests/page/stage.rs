//! A piece of the page with one view on it, and the ways a person reaches it.

use leptos::{
    mount::{UnmountHandle, mount_to},
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use ui::Toasts;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, MouseEvent,
    MouseEventInit,
};

/// How many frames a change may take to show before a test gives up.
const FRAMES: usize = 120;

/// The view under test. It leaves the page when the test ends.
pub(crate) struct Stage {
    root: HtmlElement,
    toasts: Option<Toasts>,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    /// Puts a view on an empty piece of the page.
    pub(crate) fn set<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let toasts = std::rc::Rc::new(std::cell::Cell::new(None));
        let told = toasts.clone();
        let mounted: UnmountHandle<_> = mount_to(root.clone(), move || {
            let view = view();
            told.set(use_context::<Toasts>());
            view
        });
        Self { root, toasts: toasts.take(), _mounted: Box::new(mounted) }
    }

    /// The messages of the view, which must have provided them.
    pub(crate) fn toasts(&self) -> Toasts {
        self.toasts.unwrap()
    }

    /// The first element of this kind.
    #[track_caller]
    pub(crate) fn find(&self, selector: &str) -> HtmlElement {
        match self.root.query_selector(selector).unwrap() {
            Some(found) => found.unchecked_into(),
            None => panic!("nothing is {selector} in {}", self.root.inner_html()),
        }
    }

    /// The dialog of this kind.
    #[track_caller]
    pub(crate) fn dialog(&self, selector: &str) -> HtmlDialogElement {
        self.find(selector).unchecked_into()
    }

    /// How many elements are of this kind.
    pub(crate) fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The words of each element of this kind.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let all = self.root.query_selector_all(selector).unwrap();
        (0..all.length()).filter_map(|at| all.item(at)?.text_content()).collect()
    }

    /// The element with the focus.
    pub(crate) fn active(&self) -> HtmlElement {
        document().active_element().unwrap().unchecked_into()
    }

    /// The words on the element with the focus.
    pub(crate) fn focused(&self) -> String {
        self.active().text_content().unwrap_or_default()
    }

    /// Presses a key where the focus is.
    pub(crate) fn key(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.active().dispatch_event(&event).unwrap();
    }

    /// Sends an event of the mouse to an element; says whether the browser's own act was prevented.
    #[track_caller]
    pub(crate) fn mouse(&self, selector: &str, kind: &str) -> bool {
        let init = MouseEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = MouseEvent::new_with_mouse_event_init_dict(kind, &init).unwrap();
        !self.find(selector).dispatch_event(&event).unwrap()
    }

    /// Writes into a field, as typing does.
    #[track_caller]
    pub(crate) fn type_into(&self, selector: &str, words: &str) {
        let input: HtmlInputElement = self.find(selector).unchecked_into();
        input.focus().unwrap();
        input.set_value(words);
        input.dispatch_event(&Event::new("input").unwrap()).unwrap();
    }

    /// What stands in a field.
    #[track_caller]
    pub(crate) fn value(&self, selector: &str) -> String {
        self.find(selector).unchecked_into::<HtmlInputElement>().value()
    }

    /// Waits until something shows, frame by frame.
    pub(crate) async fn until(&self, holds: impl Fn() -> bool) {
        for _ in 0..FRAMES {
            if holds() {
                return;
            }
            next_frame().await;
        }
        panic!("it never came; the page shows {}", self.root.inner_html());
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

async fn next_frame() {
    let mut wait = |resolve: js_sys::Function, _: js_sys::Function| {
        let done = Closure::once_into_js(move || resolve.call0(&JsValue::NULL));
        window().request_animation_frame(done.unchecked_ref()).unwrap();
    };
    JsFuture::from(js_sys::Promise::new(&mut wait)).await.unwrap();
}
