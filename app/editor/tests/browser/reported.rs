//! Bugs that people reported of other editors, each with what they did and what should have come of it.

use editor::RemoteCaret;
use text::{Delta, Intent, Mark};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CharacterData, Node};

use crate::stage::{Stage, framed, settled};

#[wasm_bindgen_test]
async fn somebody_writes_at_the_start_of_a_line_being_composed() {
    // slab/quill#2314, ether/etherpad#690, codemirror5#4726; slate-yjs#362 of the caret.
    let stage = Stage::new("ab|");
    stage.compose("compositionstart");
    stage.compose_step("ni", 0);
    stage.receive(&Delta::new().insert("X"));
    assert_eq!(stage.lines()[0].text_content().unwrap(), "abni", "the composed line is left alone");
    stage.compose_step("你", 2);
    stage.compose("compositionend");
    settled().await;
    stage.shows("Xab你|");
    stage.compose_all(&["h", "hao", "好"]).await;
    stage.shows("Xab你好|");
}

#[wasm_bindgen_test]
async fn half_typed_words_are_nobody_elses_business() {
    // y-prosemirror#81, y-monaco#30.
    let stage = Stage::new("|");
    stage.compose("compositionstart");
    for (step, over) in [("d", 0), ("di", 1)] {
        stage.compose_step(step, over);
        assert!(stage.host.deltas.borrow().is_empty(), "{step} was told");
    }
    stage.compose_step("地", 2);
    stage.compose("compositionend");
    settled().await;
    assert_eq!(*stage.host.deltas.borrow(), [Delta::new().insert("地")]);
}

#[wasm_bindgen_test]
async fn a_caret_at_the_end_of_a_line_is_not_seen_on_the_next() {
    // y-quill#14 and #13.
    let stage = Stage::new("ab\ncd|");
    let line = |at: usize| stage.lines()[at].get_bounding_client_rect();
    for head in 2..5 {
        let caret =
            RemoteCaret { id: 1, name: "Ines".into(), party: "buyer".into(), anchor: head, head, cell: None };
        stage.surface.show_people(&[caret]);
        framed().await;
        let marks = stage.root.next_element_sibling().unwrap().first_element_child().unwrap();
        let bounds = marks.get_bounding_client_rect();
        let middle = (bounds.top() + bounds.bottom()) / 2.0;
        assert!(middle > line(0).top() && middle < line(0).bottom(), "typing at the end, {head}");
        stage.receive(&Delta::new().retain(head).insert("x"));
        framed().await;
        let bounds = marks.get_bounding_client_rect();
        let middle = (bounds.top() + bounds.bottom()) / 2.0;
        assert!(middle > line(0).top() && middle < line(0).bottom(), "after the letter came, {head}");
    }
}

#[wasm_bindgen_test]
fn a_spelling_chosen_from_the_menu_replaces_its_word() {
    // w3c/editing#494, WebKit's pull request 71990, trix#1131: two kinds of input, the word in either of two places.
    for kind in ["insertReplacementText", "insertText"] {
        for data in [Some("Runs"), None] {
            let stage = Stage::new("Rins place, twic|e");
            stage.change_at(kind, data, "Runs", 0..4);
            stage.shows("Runs| place, twice");
            // Also where the browser is not left to it, since a mark was chosen for what is typed.
            let stage = Stage::new("Rins place, twic|e");
            stage.surface.act(Intent::ToggleMark(Mark::Bold));
            stage.change_at(kind, data, "Runs", 0..4);
            stage.shows("Runs| place, twice");
        }
    }
}

#[wasm_bindgen_test]
fn a_suggestion_may_delete_its_word_first() {
    // lexical#5538.
    let stage = Stage::new("Ri|ns place");
    stage.change_at("deleteContentBackward", None, "", 0..4);
    stage.shows("| place");
    stage.type_text("Runs");
    stage.shows("Runs| place");
}

#[wasm_bindgen_test]
fn a_correction_after_a_list_item_leaves_the_next_line_alone() {
    // lexical#1054: Safari corrects the word before the caret when Enter or a space follows.
    let stage = Stage::new("- teh|\n- next");
    stage.announce_at("insertReplacementText", Some("the"), "the", 0..3);
    stage.announce("insertParagraph", None);
    stage.shows("- the\n- |\n- next");
}

#[wasm_bindgen_test]
fn backspace_held_down_goes_on_over_lines_and_foreign_things() {
    // slate#4959 and #5052.
    let stage = Stage::new("# o\n- a\u{fffc}b\n> 😀e\u{301}|");
    let mut presses = 0;
    while stage.surface.document().len() > 1 {
        stage.backspace();
        stage.agrees(&format!("after {presses} presses"));
        presses += 1;
        assert!(presses < 20, "it does not go on: {}", stage.marked());
    }
    assert!(stage.root.contains(Some(&stage.page_caret().0)), "the keyboard stays");
    stage.type_text("x");
    assert_eq!(stage.surface.document().text(), "x\n");
}

#[wasm_bindgen_test]
async fn an_extension_replaces_words_without_a_word() {
    // blocksuite#2134: no event announces it.
    let stage = Stage::new("I has **two** cats|");
    let node: CharacterData = stage.lines()[0].first_child().unwrap().unchecked_into();
    node.replace_data(2, 3, "have").unwrap();
    settled().await;
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "I have two cats\n");
    assert_eq!(stage.host.doc.borrow().text(), "I have two cats\n");
}

#[wasm_bindgen_test]
async fn an_extension_types_by_the_documents_own_command() {
    let stage = Stage::new("I has two cats|");
    let node: Node = stage.lines()[0].first_child().unwrap();
    let page = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    page.set_base_and_extent(&node, 2, &node, 5).unwrap();
    let command = "return document.execCommand('insertText', false, 'have')";
    js_sys::Function::new_no_args(command).call0(&wasm_bindgen::JsValue::NULL).unwrap();
    settled().await;
    stage.shows("I have| two cats");
    let command = "return document.execCommand('delete')";
    js_sys::Function::new_no_args(command).call0(&wasm_bindgen::JsValue::NULL).unwrap();
    settled().await;
    stage.shows("I hav| two cats");
}

#[wasm_bindgen_test]
async fn an_accent_waits_for_its_letter() {
    // Dead keys compose.
    let stage = Stage::new("caf|");
    stage.compose_all(&["´", "é"]).await;
    stage.shows("café|");
    stage.compose_all(&["`", ""]).await;
    stage.shows("café|");
    stage.backspace();
    stage.shows("caf|");
}

#[wasm_bindgen_test]
fn characters_of_several_parts_come_and_go_as_a_reader_sees_them() {
    let stage = Stage::new("|");
    for (typed, shown) in [("e\u{301}", "e\u{301}|"), ("👍🏽", "e\u{301}👍🏽|"), ("🇩🇪", "e\u{301}👍🏽🇩🇪|")]
    {
        stage.type_text(typed);
        stage.shows(shown);
    }
    for shown in ["e\u{301}👍🏽|", "e\u{301}|"] {
        stage.announce("deleteContentBackward", None);
        stage.shows(shown);
    }
}

#[wasm_bindgen_test]
fn right_to_left_words_stand_where_they_were_typed() {
    let stage = Stage::new("ab |cd");
    stage.type_text("שלום ");
    stage.shows("ab שלום |cd");
    stage.backspace();
    stage.backspace();
    stage.shows("ab שלו|cd");
    stage.type_text("1");
    stage.shows("ab שלו1|cd");
    let stage = Stage::new("|שלום עולם\nab שלום cd\nمرحبا **بك** x");
    for at in 0..=stage.surface.document().last_offset() {
        stage.surface.select(text::Selection::caret(at));
        let (node, offset) = stage.page_caret();
        stage.put_caret(&node, offset);
        stage.surface.act(Intent::DeleteSelection);
        assert_eq!(stage.surface.selection(), text::Selection::caret(at), "{at}");
    }
}

#[wasm_bindgen_test]
fn a_right_alt_is_no_shortcut() {
    // etherpad#2949: with the keyboards of many countries it types characters.
    let stage = Stage::new("ab|cd");
    for keys in ["Ctrl+Alt+e", "Ctrl+Alt+q", "Ctrl+Alt+7"] {
        assert!(stage.press(keys), "{keys}");
    }
    stage.shows("ab|cd");
}
