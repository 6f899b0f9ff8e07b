//! Copying, cutting and pasting, with a clipboard of our own.

use text::{Attrs, Delta, Value};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ClipboardEvent, ClipboardEventInit, DataTransfer};

use crate::stage::Stage;

fn clip(stage: &Stage, name: &str, data: &DataTransfer) {
    let init = ClipboardEventInit::new();
    init.set_clipboard_data(Some(data));
    init.set_bubbles(true);
    init.set_cancelable(true);
    stage.root.dispatch_event(&ClipboardEvent::new_with_event_init_dict(name, &init).unwrap()).unwrap();
}

fn paste(into: &str, plain: &str) -> Stage {
    let stage = Stage::new(into);
    let data = DataTransfer::new().unwrap();
    data.set_data("text/plain", plain).unwrap();
    clip(&stage, "paste", &data);
    stage
}

#[wasm_bindgen_test]
fn what_is_cut_is_on_the_clipboard_and_gone() {
    let stage = Stage::new("a«bc\nd|»e");
    let data = DataTransfer::new().unwrap();
    clip(&stage, "cut", &data);
    assert_eq!(data.get_data("text/html").unwrap(), "<p>bc\nd\n</p>");
    assert!(data.get_data("text/plain").unwrap().starts_with("bc\nd"));
    stage.shows("a|e");
}

#[wasm_bindgen_test]
fn copying_nothing_leaves_the_clipboard_alone() {
    let stage = Stage::new("ab|");
    let data = DataTransfer::new().unwrap();
    data.set_data("text/plain", "old").unwrap();
    clip(&stage, "copy", &data);
    assert_eq!(data.get_data("text/plain").unwrap(), "old");
}

#[wasm_bindgen_test]
fn plain_text_comes_as_lines() {
    paste("x|y", "one").shows("xone|y");
    paste("x|y", "one\r\n\r\n\r\ntwo\nthree").shows("xone\ntwo\nthree|y");
    paste("``` x|y", "a\n\n  b").shows("``` xa\n``` \n``` \\  b|y");
}

#[wasm_bindgen_test]
fn rich_text_comes_as_the_host_reads_it() {
    let stage = Stage::new("x|y");
    let bold = Attrs::none().with("bold", Value::True);
    *stage.host.pasted.borrow_mut() = Some(Delta::new().insert_with("B", bold));
    let data = DataTransfer::new().unwrap();
    data.set_data("text/html", "<b>B</b>").unwrap();
    clip(&stage, "paste", &data);
    stage.shows("x**B**|y");
}

#[wasm_bindgen_test]
fn an_address_pasted_over_words_becomes_their_link() {
    paste("see «this|»", " https://a.example/x ").shows("see «[this](https://a.example/x)|»");
    paste("see |", "https://a.example").shows("see https://a.example|");
    paste("see «this|»", "javascript:1").shows("see javascript:1|");
}
