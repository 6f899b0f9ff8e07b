//! What a page learns of a program that stops.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

use std::{cell::RefCell, rc::Rc};

use browser::panic::report_panics;
use gloo::events::EventListener;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::CustomEvent;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_panic_reaches_the_page() {
    let told = Rc::new(RefCell::new(None));
    let heard = told.clone();
    let window = web_sys::window().unwrap();
    let _listener = EventListener::new(&window, "handsel-crash", move |event| {
        *heard.borrow_mut() = event.dyn_ref::<CustomEvent>().unwrap().detail().as_string();
    });
    report_panics();
    let stopping = Closure::<dyn Fn()>::new(|| panic!("the sky fell"));
    let stopped = stopping.as_ref().unchecked_ref::<js_sys::Function>().call0(&JsValue::UNDEFINED);
    assert!(stopped.is_err());
    let told = told.borrow();
    let told = told.as_deref().unwrap();
    assert!(told.contains("the sky fell") && told.contains("crash.rs"), "{told}");
}
