//! What the page says to a service worker and hears of it.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use std::{cell::Cell, rc::Rc};

use browser::worker::{self, Worker};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/worker.js")]
extern "C" {
    fn install();
    fn uninstall();
    fn registered() -> String;
    fn checks() -> u32;
    fn update();
    #[wasm_bindgen(js_name = takeOver)]
    fn take_over();
    #[wasm_bindgen(js_name = saidToWaiting)]
    fn said_to_waiting() -> String;
}

async fn fresh() -> Worker {
    install();
    worker::register().await.unwrap().unwrap()
}

fn counter() -> (Rc<Cell<u32>>, impl Fn() + Clone + 'static) {
    let count = Rc::new(Cell::new(0));
    let counted = count.clone();
    (count, move || counted.set(counted.get() + 1))
}

#[wasm_bindgen_test]
async fn it_lies_beside_the_page_and_is_never_taken_from_a_cache() {
    fresh().await;
    assert_eq!(registered(), r#"./sw.js {"updateViaCache":"none"}"#);
    uninstall();
    assert!(worker::register().await.unwrap().is_none(), "a browser without");
}

#[wasm_bindgen_test]
async fn only_a_second_version_is_an_update() {
    let worker = fresh().await;
    let (ready, count) = counter();
    let listener = worker.on_update_ready(count);
    update();
    assert_eq!(ready.get(), 0, "the first installation is no update");
    take_over();
    update();
    assert_eq!(ready.get(), 1);
    let (late, count) = counter();
    let _late = worker.on_update_ready(count);
    assert_eq!(late.get(), 1, "one that waits already is told of at once");
    drop(listener);
    update();
    assert_eq!((ready.get(), late.get()), (1, 2));
}

#[wasm_bindgen_test]
async fn the_waiting_version_is_asked_to_take_over() {
    let worker = fresh().await;
    update();
    worker.activate_update();
    assert_eq!(said_to_waiting(), r#"{"type":"activate"}"#);
}

#[wasm_bindgen_test]
async fn another_tab_may_let_it_take_over() {
    let worker = fresh().await;
    let (taken, count) = counter();
    let _listener = worker.on_taken_over(count);
    update();
    take_over();
    assert_eq!(taken.get(), 0, "the first one takes over by itself");
    update();
    take_over();
    assert_eq!(taken.get(), 1);
}

#[wasm_bindgen_test]
async fn builds_are_asked_for_and_looked_for() {
    let worker = fresh().await;
    assert_eq!(worker.build().await, None, "nothing serves the page yet");
    update();
    take_over();
    assert_eq!(worker.build().await.as_deref(), Some("b2"));
    let listener = worker.check_when_visible();
    let document = web_sys::window().unwrap().document().unwrap();
    document.dispatch_event(&web_sys::Event::new("visibilitychange").unwrap()).unwrap();
    assert_eq!(checks(), 1);
    drop(listener);
    document.dispatch_event(&web_sys::Event::new("visibilitychange").unwrap()).unwrap();
    assert_eq!(checks(), 1);
}
