//! What lines look like in the page.

use editor::followable;
use text::{Delta, Intent, Mark, Selection};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::Stage;

#[wasm_bindgen_test]
fn each_line_is_one_element() {
    let stage = Stage::new("|one\n# two\n###### six\n- a\n  1. b\n[x] c\n[ ] d\n> q\n---");
    assert_eq!(
        stage.html(),
        concat!(
            "<p>one</p>",
            "<h2 data-level=\"1\">two</h2>",
            "<h6 data-level=\"6\">six</h6>",
            "<p data-list=\"bullet\" data-indent=\"0\" dir=\"auto\">a</p>",
            "<p data-list=\"ordered\" data-indent=\"1\" dir=\"auto\">b</p>",
            "<p data-list=\"checked\" data-indent=\"0\" dir=\"auto\">c</p>",
            "<p data-list=\"unchecked\" data-indent=\"0\" dir=\"auto\">d</p>",
            "<p data-within=\"quote\" dir=\"auto\">q</p>",
            "<p data-divider=\"\" contenteditable=\"false\" role=\"separator\"></p>",
        )
    );
}

#[wasm_bindgen_test]
fn marks_nest_in_one_order() {
    let stage = Stage::new("a|b");
    stage.surface.select(Selection::new(0, 2));
    for mark in [Mark::Code, Mark::Highlight, Mark::Strike, Mark::Underline, Mark::Italic, Mark::Bold] {
        assert!(stage.surface.act(Intent::ToggleMark(mark)));
    }
    stage.surface.act(Intent::Link(Some("https://a.example/".into())));
    let wanted = "<strong><em><u><s><mark><code>ab</code></mark></s></u></em></strong></a></p>";
    assert!(stage.html().ends_with(wanted), "{}", stage.html());
    assert!(stage.html().starts_with("<p><a href=\"https://a.example/\""), "{}", stage.html());
    stage.agrees("");
}

#[wasm_bindgen_test]
fn an_address_that_could_run_is_not_a_link() {
    for address in ["javascript:alert(1)", "data:text/html,x", " https://a.example", "JAVASCRIPT:1", "", "é"]
    {
        assert!(!followable(address), "{address}");
    }
    for address in ["https://a.example", "HTTP://a", "mailto:a@b.example", "tel:+1"] {
        assert!(followable(address), "{address}");
    }
    let stage = Stage::new("[x](javascript:1)|");
    assert!(!stage.html().contains("href"), "{}", stage.html());
}

#[wasm_bindgen_test]
fn what_takes_no_room_gets_a_filler() {
    let stage = Stage::new("a⏎|\n\n⏎");
    assert_eq!(stage.html(), "<p>a\n<br></p><p><br></p><p>\n<br></p>");
}

#[wasm_bindgen_test]
fn the_placeholder_shows_while_there_is_nothing() {
    let stage = Stage::new("|");
    assert!(stage.root.has_attribute("data-empty"));
    stage.type_text("a");
    assert!(!stage.root.has_attribute("data-empty"));
    stage.backspace();
    assert!(stage.root.has_attribute("data-empty"));
    assert_eq!(stage.root.get_attribute("data-placeholder").as_deref(), Some("Write"));
}

#[wasm_bindgen_test]
fn a_table_is_filled_once_and_left_alone() {
    let stage = Stage::new("a|\n{table t1}\nb");
    assert_eq!(stage.host.filled.get(), 1);
    let figure = stage.lines()[1].clone();
    stage.type_text("xy");
    stage.surface.act(Intent::Break);
    stage.receive(&Delta::new().insert("above\n"));
    assert!(stage.lines()[3] == figure, "{}", stage.html());
    assert_eq!(stage.host.filled.get(), 1);
    stage.shows("above\naxy\n|\n{table t1}\nb");
}

#[wasm_bindgen_test]
fn only_what_changed_is_touched() {
    let stage = Stage::new("one\ntwo **bold** words|\nthree");
    let kept: Vec<_> = stage.lines().iter().map(|line| line.first_child().unwrap()).collect();
    stage.receive(&Delta::new().retain(2).insert("x"));
    stage.receive(&Delta::new().retain(18).insert("y"));
    for (line, node) in stage.lines().iter().zip(kept) {
        assert!(line.first_child().unwrap() == node);
    }
    stage.shows("onxe\ntwo **bold** wordys|\nthree");
}

#[wasm_bindgen_test]
fn a_read_only_text_is_no_field() {
    let stage = Stage::new("a|b");
    stage.surface.set_read_only(true);
    assert_eq!(stage.root.get_attribute("contenteditable").as_deref(), Some("false"));
    assert_ne!(stage.root.get_attribute("role").as_deref(), Some("textbox"));
    assert!(!stage.surface.act(Intent::Break));
    assert!(!stage.announce("insertText", Some("x")));
    stage.shows("a|b");
    stage.surface.set_read_only(false);
    stage.surface.focus();
    stage.type_text("x");
    stage.shows("ax|b");
}
