//! What is in sight, in a real browser.

#![allow(clippy::unwrap_used, reason = "tests may stop")]

use browser::attending::{InSight, in_sight, is_covered};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen]
extern "C" {
    type Dialog;
    #[wasm_bindgen(method, js_name = showModal)]
    fn show_modal(this: &Dialog);
    #[wasm_bindgen(method)]
    fn close(this: &Dialog);
}

/// Puts an element into the page, which says this and looks like that.
fn put(kind: &str, part: &str, style: &str) -> Element {
    let page = web_sys::window().unwrap().document().unwrap();
    let element = page.create_element(kind).unwrap();
    element.set_attribute("data-tried", part).unwrap();
    element.set_attribute("style", &format!("position: fixed; left: 0; width: 50px; {style}")).unwrap();
    page.body().unwrap().append_child(&element).unwrap();
    element
}

fn seen(part: &str, height: u32, depth: u8) -> InSight {
    InSight { part: part.to_owned(), height, depth }
}

#[wasm_bindgen_test]
fn what_is_in_sight_is_told_by_its_height_and_how_far_down_it_goes() {
    let window = browser::view::height() as i32;
    let whole = put("div", "whole", "top: 10px; height: 40px");
    // A quarter of it is above the window.
    let left = put("div", "left", "top: -25px; height: 100px");
    // Half of it is below.
    let begun = put("div", "begun", &format!("top: {}px; height: 100px", window - 50));
    let outside = put("div", "outside", &format!("top: {}px; height: 100px", window + 10));
    let empty = put("div", "empty", "top: 0; height: 0");
    let all = [seen("whole", 40, 100), seen("left", 75, 100), seen("begun", 50, 50)];
    assert_eq!(in_sight("data-tried"), all);
    assert!(!is_covered());

    let dialog = put("dialog", "dialog", "top: 0; height: 30px; padding: 0; border: 0; margin: 0");
    let modal: &Dialog = dialog.unchecked_ref();
    modal.show_modal();
    assert!(is_covered());
    assert_eq!(in_sight("data-tried"), [seen("dialog", 30, 100)], "what a dialog covers is not seen");
    modal.close();
    assert_eq!(in_sight("data-tried"), all);
    for element in [whole, left, begun, outside, empty, dialog] {
        element.remove();
    }
}
