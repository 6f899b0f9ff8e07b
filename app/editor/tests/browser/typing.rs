//! Typing, deleting, and what structure does.

use editor::EditKind;
use text::{Intent, Mark, Selection};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CharacterData, InputEvent, InputEventInit};

use crate::stage::Stage;

#[wasm_bindgen_test]
fn typing_goes_into_the_text() {
    let stage = Stage::new("|");
    stage.type_text("Hé 🎉");
    stage.shows("Hé 🎉|");
    assert!(stage.host.kinds.borrow().iter().all(|kind| *kind == EditKind::Typing));
    stage.backspace();
    stage.shows("Hé |");
    assert_eq!(stage.host.kinds.borrow().last(), Some(&EditKind::Deleting));
}

#[wasm_bindgen_test]
fn a_doubled_letter_comes_where_the_caret_was() {
    let stage = Stage::new("a|aa");
    stage.type_text("a");
    stage.shows("aa|aa");
    assert_eq!(stage.host.deltas.borrow()[0], text::Delta::new().retain(1).insert("a"));
}

#[wasm_bindgen_test]
fn what_comes_into_the_page_counts_and_not_what_was_announced() {
    // Other letters than announced, letters elsewhere, and an extension that changes the line as well.
    let stage = Stage::new("one| two");
    stage.announce("insertText", Some("x"));
    stage.write("y", 0);
    stage.tell_input();
    stage.shows("oney| two");

    let (node, offset) = stage.page_caret();
    stage.announce("insertText", Some("x"));
    stage.put_caret(&node, 0);
    stage.write("x", 0);
    stage.tell_input();
    stage.shows("x|oney two");

    stage.put_caret(&node, offset);
    stage.announce("insertText", Some("z"));
    stage.write("z", 0);
    node.unchecked_ref::<CharacterData>().replace_data(0, 1, "X").unwrap();
    stage.tell_input();
    assert_eq!(stage.surface.document().text(), "Xonezy two\n");
    stage.agrees("");

    stage.announce("insertText", Some("q"));
    stage.tell_input();
    stage.agrees("what was announced and did not come");
}

#[wasm_bindgen_test]
async fn a_caret_that_is_put_elsewhere_right_after_a_letter_is_seen() {
    let stage = Stage::new("one| two");
    stage.type_text("x");
    let (node, offset) = stage.page_caret();
    stage.selection_becomes(Selection::caret(4)).await;
    stage.type_text("y");
    stage.put_caret(&node, offset - 2);
    stage.selection_becomes(Selection::caret(2)).await;
    stage.put_caret(&node, offset + 1);
    // Also back where it was after the letter.
    stage.selection_becomes(Selection::caret(5)).await;
}

#[wasm_bindgen_test]
fn a_mark_chosen_at_the_caret_is_for_what_comes() {
    let stage = Stage::new("ab|cdef");
    stage.surface.act(Intent::ToggleMark(Mark::Bold));
    assert!(stage.host.deltas.borrow().is_empty());
    stage.type_text("QR");
    stage.shows("ab**QR**|cdef");
    stage.surface.act(Intent::ToggleMark(Mark::Bold));
    stage.type_text("s");
    stage.shows("ab**QR**s|cdef");
}

#[wasm_bindgen_test]
fn moving_the_caret_drops_the_chosen_mark() {
    let stage = Stage::new("ab|cd");
    stage.surface.act(Intent::ToggleMark(Mark::Bold));
    let node = stage.lines()[0].first_child().unwrap();
    stage.put_caret(&node, 3);
    stage.type_text("x");
    stage.shows("abcx|d");
}

#[wasm_bindgen_test]
fn bold_goes_on_and_a_link_does_not() {
    let stage = Stage::new("**ab|** c");
    stage.type_text("x");
    stage.shows("**abx**| c");
    let stage = Stage::new("[ab](https://a.example)| c");
    stage.type_text("x");
    stage.shows("[ab](https://a.example)x| c");
}

#[wasm_bindgen_test]
fn enter_splits_and_backspace_joins() {
    let stage = Stage::new("# Ti|tle");
    assert!(!stage.announce("insertParagraph", None));
    stage.shows("# Ti\n# |tle");
    stage.backspace();
    stage.shows("# Ti\n|tle");
    stage.backspace();
    stage.shows("# Ti|tle");
}

#[wasm_bindgen_test]
fn a_soft_break_stays_in_the_line() {
    let stage = Stage::new("ab|cd");
    assert!(!stage.announce("insertLineBreak", None));
    stage.type_text("x");
    stage.shows("ab⏎x|cd");
    let stage = Stage::new("ab|");
    stage.announce("insertLineBreak", None);
    stage.shows("ab⏎|");
    stage.type_text("x");
    stage.shows("ab⏎x|");
    stage.backspace();
    stage.backspace();
    stage.shows("ab|");
}

#[wasm_bindgen_test]
fn typing_replaces_what_is_selected() {
    let stage = Stage::new("o«ne\ntw|»o");
    stage.type_text("X");
    stage.shows("oX|o");
}

#[wasm_bindgen_test]
fn deleting_everything_leaves_one_line() {
    let stage = Stage::new("# one\n- two\n---\n{table t}\nx|");
    stage.surface.select(Selection::new(0, usize::MAX));
    stage.announce("deleteContentBackward", None);
    stage.shows("# |");
    let stage = Stage::new("a|\n---");
    stage.press("Ctrl+a");
    stage.type_text("zy");
    stage.shows("zy|");
    for all in ["a\n---|", "{table t}|\n# x\n---", "{table t}|\n---", "|a\n{table t}"] {
        let stage = Stage::new(all);
        stage.press("Ctrl+a");
        stage.announce("deleteContentBackward", None);
        assert_eq!(stage.marked().trim_start_matches("# "), "|", "{all}");
        stage.agrees(all);
    }
}

#[wasm_bindgen_test]
fn backspace_takes_a_rule_or_a_table_as_a_whole() {
    let stage = Stage::new("a\n---\n|b");
    stage.backspace();
    stage.shows("a\n|b");
    let stage = Stage::new("a\n{table t}\n|b");
    stage.backspace();
    stage.shows("a\n|b");
}

#[wasm_bindgen_test]
fn the_last_letter_of_a_mark_goes_without_leaving_its_look_behind() {
    let stage = Stage::new("a**b|**");
    stage.backspace();
    stage.shows("a|");
    stage.type_text("c");
    stage.shows("ac|");
}

#[wasm_bindgen_test]
fn shortcuts_turn_into_formats() {
    let stage = Stage::new("|");
    stage.type_text("# ");
    stage.shows("# |");
    stage.type_text("Head");
    stage.announce("insertParagraph", None);
    stage.type_text("- item");
    stage.shows("# Head\n- item|");
    let stage = Stage::new("|");
    stage.type_text("so **bold** it");
    stage.shows("so **bold** it|");
}

#[wasm_bindgen_test]
fn backspace_right_after_signs_became_a_format_takes_that_back() {
    for typed in ["- ", "so **bold**", "---"] {
        let stage = Stage::new("|");
        stage.type_text(typed);
        let formatted = stage.host.deltas.borrow().len();
        stage.backspace();
        assert_eq!(*stage.host.said.borrow(), ["undo"], "{typed}");
        assert_eq!(stage.host.deltas.borrow().len(), formatted, "{typed}");
    }
    let stage = Stage::new("|");
    stage.type_text("- a");
    stage.backspace();
    stage.shows("- |");
    assert!(stage.host.said.borrow().is_empty());
}

#[wasm_bindgen_test]
fn typing_on_a_rule_begins_a_line_below() {
    let stage = Stage::new("a\n---|");
    stage.type_text("xy");
    stage.shows("a\n---\nxy|");
}

#[wasm_bindgen_test]
fn a_chosen_spelling_replaces_its_word_wherever_the_caret_is() {
    for data in [Some("Runs"), None] {
        let stage = Stage::new("**Rins** place|");
        stage.announce_at("insertReplacementText", data, "Runs", 0..4);
        stage.shows("**Runs**| place");
    }
}

#[wasm_bindgen_test]
fn deleting_honours_the_browsers_idea_of_a_word() {
    let stage = Stage::new("one-two| three");
    stage.announce_at("deleteWordBackward", None, "", 4..7);
    stage.shows("one-| three");
    let stage = Stage::new("Ri|ns place");
    stage.announce_at("deleteSoftLineForward", None, "", 2..4);
    stage.shows("Ri| place");
}

#[wasm_bindgen_test]
fn a_word_at_the_lines_start_is_deleted_by_the_rules_of_lines() {
    let stage = Stage::new("one\n# |two");
    stage.announce("deleteWordBackward", None);
    stage.shows("one\n|two");
}

#[wasm_bindgen_test]
fn a_character_that_comes_in_halves_is_one() {
    let stage = Stage::new("a|b");
    for unit in [0xD83C, 0xDF89] {
        let init = InputEventInit::new();
        init.set_input_type("insertText");
        init.set_bubbles(true);
        init.set_cancelable(true);
        js_sys::Reflect::set(&init, &"data".into(), &js_sys::JsString::from_char_code1(unit)).unwrap();
        let event = InputEvent::new_with_event_init_dict("beforeinput", &init).unwrap();
        assert!(!stage.root.dispatch_event(&event).unwrap());
    }
    stage.shows("a🎉|b");
    assert_eq!(stage.host.deltas.borrow().len(), 1);
}
