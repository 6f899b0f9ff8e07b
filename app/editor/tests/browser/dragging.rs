//! Words dragged within the text and into it.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, DragEvent, DragEventInit, Node};

use crate::stage::Stage;

/// Lets something go over the place before a character of a line.
fn drop_at(stage: &Stage, line: usize, offset: u32, data: &DataTransfer, ctrl: bool) {
    let mut node: Node = stage.lines()[line].clone().into();
    while let Some(inner) = node.first_child() {
        node = inner;
    }
    // Nothing is let go outside the window, where a browser may have put the line.
    stage.lines()[line].scroll_into_view();
    let range = web_sys::window().unwrap().document().unwrap().create_range().unwrap();
    range.set_start(&node, offset).unwrap();
    range.set_end(&node, offset + 1).unwrap();
    let bounds = range.get_bounding_client_rect();
    let init = DragEventInit::new();
    init.set_client_x(bounds.left().ceil() as i32);
    init.set_client_y(((bounds.top() + bounds.bottom()) / 2.0) as i32);
    init.set_ctrl_key(ctrl);
    init.set_data_transfer(Some(data));
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = DragEvent::new_with_event_init_dict("drop", &init).unwrap();
    assert!(!stage.root.dispatch_event(event.unchecked_ref()).unwrap(), "the browser would move nodes");
}

fn pick_up(stage: &Stage) -> DataTransfer {
    let data = DataTransfer::new().unwrap();
    let init = DragEventInit::new();
    init.set_data_transfer(Some(&data));
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = DragEvent::new_with_event_init_dict("dragstart", &init).unwrap();
    stage.root.dispatch_event(event.unchecked_ref()).unwrap();
    data
}

#[wasm_bindgen_test]
fn dragged_words_move_and_stay_selected() {
    let cases = [
        ("one «two |»three four", 0, 14, "one three «two |»four"),
        ("one two «three |»four", 0, 4, "one «three |»two four"),
        ("one «two |»three\nfour", 1, 1, "one three\nf«two |»our"),
    ];
    for (from, line, offset, to) in cases {
        let stage = Stage::new(from);
        let data = pick_up(&stage);
        drop_at(&stage, line, offset, &data, false);
        stage.shows(to);
    }
}

#[wasm_bindgen_test]
fn with_the_key_they_are_copied() {
    let stage = Stage::new("one «two |»three four");
    let data = pick_up(&stage);
    drop_at(&stage, 0, 14, &data, true);
    stage.shows("one two three «two |»four");
}

#[wasm_bindgen_test]
fn where_they_were_they_stay() {
    let stage = Stage::new("one «two |»three");
    let data = pick_up(&stage);
    drop_at(&stage, 0, 6, &data, false);
    stage.shows("one «two |»three");
    assert!(stage.host.deltas.borrow().is_empty());
}

#[wasm_bindgen_test]
fn words_from_elsewhere_come_in() {
    let stage = Stage::new("one |two");
    let data = DataTransfer::new().unwrap();
    data.set_data("text/plain", "new ").unwrap();
    drop_at(&stage, 0, 4, &data, false);
    stage.shows("one «new |»two");
}
