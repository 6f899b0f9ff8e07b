//! Variables are drawn as chips, and are words all the same.

use text::{Delta, Intent, Mark, Selection};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::stage::{Stage, settled};

/// The chips on the page: their words, with the value in the place of the name behind `=`, or `?`.
fn chips(stage: &Stage) -> String {
    let all = stage.root.query_selector_all(".variable").unwrap();
    let chip = |at| {
        let chip: Element = wasm_bindgen::JsCast::unchecked_into(all.item(at).unwrap());
        let value = chip.get_attribute("data-value").map_or("?".to_owned(), |value| format!("={value}"));
        format!("{}{value}", chip.text_content().unwrap())
    };
    (0..all.length()).map(chip).collect::<Vec<_>>().join(" ")
}

fn set_value(stage: &Stage, name: &str, value: &str) {
    stage.host.values.borrow_mut().insert(name.into(), value.into());
    stage.surface.redraw_variables();
}

#[wasm_bindgen_test]
fn the_last_brace_makes_a_chip_and_without_it_there_is_none() {
    let stage = Stage::new("For |");
    stage.type_text("{{account.name}");
    assert_eq!(chips(&stage), "");
    stage.type_text("}");
    assert_eq!(chips(&stage), "{{account.name}}?");
    stage.shows("For {{account.name}}|");
    stage.type_text(", we");
    stage.shows("For {{account.name}}, we|");
    assert_eq!(chips(&stage), "{{account.name}}?");
    for left in (0..4).rev() {
        stage.backspace();
        stage.shows(&format!("For {{{{account.name}}}}{}|", &", we"[..left]));
        assert_eq!(chips(&stage), "{{account.name}}?");
    }
    stage.backspace();
    stage.shows("For {{account.name}|");
    assert_eq!(chips(&stage), "");
    stage.type_text("}");
    stage.shows("For {{account.name}}|");
    assert_eq!(chips(&stage), "{{account.name}}?");
}

#[wasm_bindgen_test]
fn letters_around_a_chip_are_outside_and_letters_in_it_are_its_name() {
    let stage = Stage::new("|{{a}}{{b}}");
    stage.type_text("x");
    stage.shows("x|{{a}}{{b}}");
    stage.surface.select(Selection::caret(6));
    stage.type_text("y");
    stage.shows("x{{a}}y|{{b}}");
    stage.surface.select(Selection::caret(10));
    let chip = stage.root.query_selector_all(".variable").unwrap().item(1).unwrap();
    stage.type_text("cd");
    stage.shows("x{{a}}y{{bcd|}}");
    stage.backspace();
    stage.shows("x{{a}}y{{bc|}}");
    assert_eq!(chips(&stage), "{{a}}? {{bc}}?");
    assert!(chip.is_same_node(stage.root.query_selector_all(".variable").unwrap().item(1).as_ref()));
    stage.type_text("-");
    assert_eq!(chips(&stage), "{{a}}?");
    stage.shows("x{{a}}y{{bc-|}}");
}

#[wasm_bindgen_test]
fn a_chip_tells_what_it_stands_for() {
    let stage = Stage::new("{{a}} and **{{ b }}**|");
    let title = || stage.root.query_selector(".variable").unwrap().unwrap().get_attribute("title");
    assert_eq!(chips(&stage), "{{a}}? {{ b }}?");
    assert_eq!(title().as_deref(), Some("No value"));
    set_value(&stage, "a", "Penhale Osgood");
    assert_eq!(chips(&stage), "{{a}}=Penhale Osgood {{ b }}?");
    assert_eq!(title().as_deref(), Some("Penhale Osgood"));
    stage.shows("{{a}} and **{{ b }}**|");
    stage.type_text("!");
    stage.shows("{{a}} and **{{ b }}!**|");
}

#[wasm_bindgen_test]
fn where_marks_change_within_it_the_first_part_has_the_value() {
    let stage = Stage::new("{{a«b»c}}");
    set_value(&stage, "abc", "x");
    stage.surface.act(Intent::ToggleMark(Mark::Bold));
    stage.shows("{{a«**b**|»c}}");
    assert_eq!(chips(&stage), "{{a=x b= c}}=");
    stage.surface.act(Intent::ToggleMark(Mark::Bold));
    assert_eq!(chips(&stage), "{{abc}}=x");
    stage.surface.select(Selection::new(0, 7));
    stage.surface.act(Intent::ToggleMark(Mark::Code));
    stage.shows("«`{{abc}}`|»");
    assert_eq!(chips(&stage), "", "in code braces are only braces");
}

#[wasm_bindgen_test]
fn what_others_write_leaves_the_caret_in_the_name() {
    let stage = Stage::new("{{a|b}}");
    stage.receive(&Delta::new().insert("X").retain(4).insert("c"));
    stage.shows("X{{a|bc}}");
    stage.receive(&Delta::new().retain(6).delete(1));
    assert_eq!(chips(&stage), "");
    stage.type_text("y");
    stage.shows("X{{ay|bc}");
}

#[wasm_bindgen_test]
async fn composing_in_a_name_is_not_touched() {
    let stage = Stage::new("To {{a|}}");
    stage.compose("compositionstart");
    stage.compose_step("k", 0);
    let (node, offset) = stage.page_caret();
    stage.receive(&Delta::new().insert("X"));
    set_value(&stage, "aか", "Penhale");
    set_value(&stage, "a", "Osgood");
    assert!(stage.page_caret() == (node, offset));
    stage.compose_step("か", 1);
    stage.compose("compositionend");
    settled().await;
    stage.shows("XTo {{aか|}}");
    assert_eq!(chips(&stage), "{{aか}}=Penhale");
}

#[wasm_bindgen_test]
async fn a_composed_brace_makes_a_chip_when_it_is_done() {
    for make in [Stage::new, Stage::on_android] {
        let stage = make("{{a|");
        stage.compose("compositionstart");
        stage.compose_step("}", 0);
        stage.compose_step("}}", 1);
        assert_eq!(chips(&stage), "");
        stage.compose("compositionend");
        settled().await;
        stage.shows("{{a}}|");
        assert_eq!(chips(&stage), "{{a}}?");
    }
}

#[wasm_bindgen_test]
fn cells_have_chips_too() {
    let stage = Stage::new("above|\n{table t}");
    stage.go_to(1, 1);
    stage.type_text("{{a}}");
    assert_eq!(chips(&stage), "{{a}}?");
    set_value(&stage, "a", "x");
    assert_eq!(chips(&stage), "{{a}}=x", "where somebody writes");
    stage.receive_cell("t", 0, 0, &Delta::new().insert("{{b}}"));
    assert_eq!(chips(&stage), "{{b}}? {{a}}=x");
    set_value(&stage, "b", "y");
    assert_eq!(chips(&stage), "{{b}}=y {{a}}=x");
    assert_eq!(stage.table(), "{{b}}Step|Weeks/Pilot|*{{a}}2");
    stage.agrees("");
    stage.press("Escape");
    set_value(&stage, "a", "z");
    assert_eq!(chips(&stage), "{{b}}=y {{a}}=z", "where nobody does");
    stage.agrees("");
}
