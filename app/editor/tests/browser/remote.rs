//! Changes from elsewhere: the selection follows, and the page's own caret stays with its words.

use text::{Attrs, Delta, Document, Selection, Value};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, framed};

fn bold() -> Attrs {
    Attrs::none().with("bold", Value::True)
}

#[wasm_bindgen_test]
fn the_caret_stays_with_its_words() {
    let stage = Stage::new("one\ntw|o");
    stage.receive(&Delta::new().insert("new\n"));
    stage.receive(&Delta::new().retain(8).insert("xx"));
    stage.shows("new\none\nxxtw|o");
    let (node, offset) = stage.page_caret();
    assert_eq!((node.text_content().unwrap().as_str(), offset), ("xxtwo", 4));
    stage.type_text("!");
    stage.shows("new\none\nxxtw!|o");
}

#[wasm_bindgen_test]
fn the_caret_survives_a_line_that_is_drawn_anew() {
    let stage = Stage::new("abc def gh|i");
    stage.receive(&Delta::new().retain(4).retain_with(3, bold()));
    stage.shows("abc **def** gh|i");
    let (node, offset) = stage.page_caret();
    assert_eq!((node.text_content().unwrap().as_str(), offset), (" ghi", 3));
    stage.receive(&Delta::new().retain(11).retain_with(1, Attrs::none().with("header", Value::Int(1))));
    stage.shows("# abc **def** gh|i");
    stage.type_text("x");
    stage.shows("# abc **def** ghx|i");
}

#[wasm_bindgen_test]
fn the_line_with_the_caret_may_go() {
    let stage = Stage::new("one\ntw|o\nthree");
    stage.receive(&Delta::new().retain(4).delete(4));
    stage.shows("one\n|three");
    stage.type_text("x");
    stage.shows("one\nx|three");
}

#[wasm_bindgen_test]
fn what_others_type_at_the_caret_goes_behind_it() {
    let stage = Stage::new("ab|");
    stage.receive(&Delta::new().retain(2).insert("cd"));
    stage.shows("ab|cd");
    stage.type_text("x");
    stage.shows("abx|cd");
}

#[wasm_bindgen_test]
fn another_text_takes_the_place() {
    let stage = Stage::new("one\ntwo|");
    let other = Document::from_delta(&Delta::new().insert("x\n"));
    *stage.host.doc.borrow_mut() = other.clone();
    stage.surface.replace(other);
    stage.shows("x|");
    stage.type_text("y");
    stage.shows("xy|");
}

#[wasm_bindgen_test]
fn undo_shows_where_it_was() {
    let stage = Stage::new("one\ntwo|");
    let delta = Delta::new().retain(1).insert("X");
    stage.host.doc.borrow_mut().apply(&delta);
    stage.surface.restore(&delta, Some(Selection::caret(2)));
    stage.shows("oX|ne\ntwo");
    let (node, offset) = stage.page_caret();
    assert_eq!((node.text_content().unwrap().as_str(), offset), ("oXne", 2));
}

#[wasm_bindgen_test]
async fn the_host_hears_of_the_caret_once_a_frame() {
    let stage = Stage::new("ab|");
    framed().await;
    stage.host.carets.borrow_mut().clear();
    stage.type_text("cde");
    framed().await;
    let carets = stage.host.carets.borrow();
    assert_eq!(carets.iter().map(|caret| caret.selection).collect::<Vec<_>>(), [Selection::caret(5)]);
}
