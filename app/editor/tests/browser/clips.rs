//! Copying, cutting and pasting, with a clipboard of our own.

use editor::{Clip, Pasted};
use js_sys::{Array, Uint8Array};
use text::{Attrs, Delta, Intent, Value};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ClipboardEvent, ClipboardEventInit, DataTransfer, Element, File};

/// The form for this program's own pages.
const OWN: &str = "application/vnd.handsel.text";

use crate::stage::{Stage, give};

pub(crate) fn clip(stage: &Stage, name: &str, data: &DataTransfer) {
    clip_at(&stage.hands(), name, data);
}

/// What the browser does where it tells of the clipboard at an element of its choice.
pub(crate) fn clip_at(target: &Element, name: &str, data: &DataTransfer) {
    let init = ClipboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = ClipboardEvent::new_with_event_init_dict(name, &init).unwrap();
    give(&event, "clipboardData", data);
    target.dispatch_event(&event).unwrap();
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
    assert!(data.get_data(OWN).unwrap().starts_with("own bc"));
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
    *stage.host.pasted.borrow_mut() = Some(Pasted::Text(Delta::new().insert_with("B", bold)));
    let data = DataTransfer::new().unwrap();
    data.set_data("text/html", "<b>B</b>").unwrap();
    data.set_data(OWN, "own").unwrap();
    clip(&stage, "paste", &data);
    stage.shows("x**B**|y");
    let held = Clip { own: "own".into(), html: "<b>B</b>".into(), plain: String::new() };
    assert_eq!(*stage.host.clip.borrow(), held);
}

#[wasm_bindgen_test]
fn what_has_to_be_read_first_comes_later() {
    let stage = Stage::new("x«z|»y");
    *stage.host.pasted.borrow_mut() = Some(Pasted::Later);
    let data = DataTransfer::new().unwrap();
    data.set_data("text/html", "<b>B</b>").unwrap();
    clip(&stage, "paste", &data);
    stage.shows("x«z|»y");
    stage.surface.act(Intent::Paste(Delta::new().insert("B")));
    stage.shows("xB|y");
}

#[wasm_bindgen_test]
fn the_keys_for_plain_words_leave_looks_behind() {
    let stage = Stage::new("|");
    let bold = Attrs::none().with("bold", Value::True);
    *stage.host.pasted.borrow_mut() = Some(Pasted::Text(Delta::new().insert_with("B", bold)));
    let data = DataTransfer::new().unwrap();
    data.set_data("text/html", "<b>B</b>").unwrap();
    data.set_data("text/plain", "- b").unwrap();
    stage.press("Ctrl+Shift+V");
    clip(&stage, "paste", &data);
    stage.shows("\\- b|");
    clip(&stage, "paste", &data);
    stage.shows("\\- b**B**|");
}

#[wasm_bindgen_test]
fn what_is_too_large_is_refused() {
    let stage = Stage::new("x|");
    let huge = "a".repeat(8 * 1024 * 1024 + 1);
    let data = DataTransfer::new().unwrap();
    data.set_data("text/html", &huge).unwrap();
    data.set_data("text/plain", "words").unwrap();
    clip(&stage, "paste", &data);
    stage.shows("xwords|");
    data.set_data("text/plain", &huge).unwrap();
    clip(&stage, "paste", &data);
    stage.shows("xwords|");
    assert_eq!(*stage.host.said.borrow(), ["only words", "too large"]);
}

#[wasm_bindgen_test]
fn files_come_as_files_unless_there_are_words() {
    let stage = Stage::new("x|");
    let data = DataTransfer::new().unwrap();
    let parts = Array::of1(&Uint8Array::new_with_length(1));
    data.items().add_with_file(&File::new_with_u8_array_sequence(&parts, "a.png").unwrap()).unwrap();
    data.set_data("text/html", "<img src=a.png>").unwrap();
    clip(&stage, "paste", &data);
    assert_eq!(*stage.host.said.borrow(), ["1 files"]);
    data.set_data("text/plain", "words").unwrap();
    clip(&stage, "paste", &data);
    stage.shows("xwords|");
}

#[wasm_bindgen_test]
fn an_address_pasted_over_words_becomes_their_link() {
    paste("see «this|»", " https://a.example/x ").shows("see «[this](https://a.example/x)|»");
    paste("see |", "https://a.example").shows("see https://a.example|");
    paste("see «this|»", "javascript:1").shows("see javascript:1|");
}
