//! Input methods: nothing half composed is told, and what others write meanwhile finds its place.

use text::{Delta, Intent, Mark};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

#[wasm_bindgen_test]
async fn only_what_was_composed_is_told() {
    let stage = Stage::new("a|b");
    stage.compose_all(&["d", "di", "地"]).await;
    stage.shows("a地|b");
    assert_eq!(*stage.host.deltas.borrow(), [Delta::new().retain(1).insert("地")]);
}

#[wasm_bindgen_test]
async fn a_cancelled_composition_changes_nothing() {
    let stage = Stage::new("a|b");
    stage.compose_all(&["n", "ni", ""]).await;
    stage.shows("a|b");
    assert!(stage.host.deltas.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn the_composed_node_is_not_touched() {
    let stage = Stage::new("abc| def");
    stage.compose("compositionstart");
    stage.compose_step("ni", 0);
    let (node, offset) = stage.page_caret();
    stage.receive(&Delta::new().insert("X").retain(7).insert("Y"));
    assert_eq!(stage.lines()[0].text_content().unwrap(), "abcni def");
    assert!(stage.page_caret() == (node, offset));
    stage.compose_step("你", 2);
    stage.compose("compositionend");
    settled().await;
    stage.shows("Xabc你| defY");
}

#[wasm_bindgen_test]
async fn what_comes_at_the_same_place_stands_before() {
    let stage = Stage::new("|");
    stage.compose("compositionstart");
    stage.compose_step("ni", 0);
    stage.receive(&Delta::new().insert("X"));
    stage.compose_step("你", 2);
    stage.compose("compositionend");
    settled().await;
    stage.shows("X你|");
}

#[wasm_bindgen_test]
async fn lines_come_and_go_around_a_composition() {
    let around: [(Delta, &str); 5] = [
        (Delta::new().insert("new\n"), "new\none\nabc你| def\nend"),
        (Delta::new().retain(3).delete(1), "oneabc你| def\nend"),
        (Delta::new().retain(6).insert("\n"), "one\nab\nc你| def\nend"),
        (Delta::new().retain(11).delete(1), "one\nabc你| defend"),
        (Delta::new().retain(4).delete(8), "one\n你|end"),
    ];
    for (delta, wanted) in around {
        let stage = Stage::new("one\nabc| def\nend");
        stage.compose("compositionstart");
        stage.compose_step("ni", 0);
        stage.receive(&delta);
        stage.compose_step("nih", 2);
        stage.compose_step("你", 3);
        stage.compose("compositionend");
        settled().await;
        stage.shows(wanted);
    }
}

#[wasm_bindgen_test]
async fn a_word_composed_anew_keeps_what_others_put_into_it() {
    let stage = Stage::new("wrld|");
    stage.compose("compositionstart");
    stage.receive(&Delta::new().retain(2).insert("--"));
    stage.write("cards", 4);
    stage.tell_input();
    stage.compose("compositionend");
    settled().await;
    stage.agrees("");
    let text = stage.surface.document().text();
    assert!(text.contains("--") && text.contains("cards"), "{text}");
}

#[wasm_bindgen_test]
async fn a_chosen_mark_is_for_what_is_composed() {
    let stage = Stage::new("a|b");
    stage.surface.act(Intent::ToggleMark(Mark::Bold));
    stage.compose_all(&["ni", "你"]).await;
    stage.shows("a**你**|b");
}

#[wasm_bindgen_test]
async fn composing_over_lines_takes_them_away_first() {
    let stage = Stage::new("o«ne\ntw|»o");
    stage.compose_all(&["ni", "你"]).await;
    stage.shows("o你|o");
}

#[wasm_bindgen_test]
async fn a_tool_used_meanwhile_finds_the_words_in_the_text() {
    let stage = Stage::new("a|");
    stage.compose("compositionstart");
    stage.compose_step("ni", 0);
    stage.surface.act(Intent::Break);
    stage.shows("ani\n|");
    stage.compose("compositionend");
    settled().await;
    stage.shows("ani\n|");
}

#[wasm_bindgen_test]
async fn closing_the_page_keeps_what_is_half_composed() {
    let stage = Stage::new("a|");
    stage.compose("compositionstart");
    stage.compose_step("abc", 0);
    stage.surface.settle();
    stage.shows("aabc|");
}

#[wasm_bindgen_test]
async fn a_browser_may_change_the_page_after_the_end() {
    let stage = Stage::new("a|");
    stage.compose("compositionstart");
    stage.compose_step("ni", 0);
    stage.compose("compositionend");
    settled().await;
    stage.write("你", 2);
    stage.tell_input();
    stage.shows("a你|");
}
