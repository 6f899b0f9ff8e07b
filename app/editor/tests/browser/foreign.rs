//! Changes of the page that nobody announced: extensions, corrections, a browser's own ideas.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::CharacterData;

use crate::stage::{Stage, settled};

#[wasm_bindgen_test]
async fn a_correction_by_an_extension_comes_into_the_text() {
    let stage = Stage::new("teh cat|");
    let node: CharacterData = stage.lines()[0].first_child().unwrap().unchecked_into();
    node.set_data("the cat");
    settled().await;
    stage.shows("the cat|");
}

#[wasm_bindgen_test]
async fn foreign_markup_is_cleaned_and_its_words_kept() {
    let stage = Stage::new("one\ntwo|");
    stage.lines()[0].set_inner_html("<font color=\"red\">one</font> <b onclick=\"x()\">more</b>");
    settled().await;
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "one more\ntwo\n");
}

#[wasm_bindgen_test]
async fn a_line_that_the_browser_made_is_a_line() {
    let stage = Stage::new("# one\n- two|");
    let new = stage.lines()[1].clone_node_with_deep(true).unwrap();
    new.set_text_content(Some("mid"));
    stage.root.insert_before(&new, Some(&stage.lines()[1])).unwrap();
    settled().await;
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "one\nmid\ntwo\n");
}

#[wasm_bindgen_test]
async fn a_split_by_the_browser_follows_the_rules_of_enter() {
    let stage = Stage::new("[x] one|");
    let new = stage.lines()[0].clone_node_with_deep(false).unwrap();
    new.append_child(&web_sys::window().unwrap().document().unwrap().create_element("br").unwrap()).unwrap();
    stage.root.append_child(&new).unwrap();
    stage.put_caret(&new, 0);
    stage.tell_input();
    stage.shows("[x] one\n[ ] |");
}

#[wasm_bindgen_test]
async fn a_lost_line_takes_only_itself_along() {
    let stage = Stage::new("# one\n- two\n> three|");
    stage.lines()[1].remove();
    settled().await;
    stage.shows("# one\n> three|");
}

#[wasm_bindgen_test]
async fn a_page_without_lines_is_one_line() {
    let stage = Stage::new("one\ntwo|");
    stage.root.set_text_content(Some("bare"));
    settled().await;
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "bare\n");
    stage.root.set_text_content(None);
    settled().await;
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "\n");
}

#[wasm_bindgen_test]
async fn a_table_is_the_hosts_own_affair() {
    let stage = Stage::new("a|\n{table t}");
    let cell = stage.root.query_selector("td").unwrap().unwrap();
    cell.set_text_content(Some("changed"));
    settled().await;
    assert!(stage.host.deltas.borrow().is_empty());
    assert_eq!(cell.text_content().as_deref(), Some("changed"));
    let input = web_sys::InputEvent::new("beforeinput").unwrap();
    assert!(cell.dispatch_event(&input).unwrap());
}
