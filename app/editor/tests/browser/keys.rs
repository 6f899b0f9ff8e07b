//! Shortcuts and clicks.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MouseEvent, MouseEventInit};

use crate::stage::Stage;

#[wasm_bindgen_test]
fn shortcuts_do_what_they_say() {
    let cases = [
        ("a«bc|»d", "Ctrl+b", "a«**bc**|»d"),
        ("a«bc|»d", "Ctrl+i", "a«_bc_|»d"),
        ("a«bc|»d", "Ctrl+u", "a«++bc++|»d"),
        ("a«bc|»d", "Ctrl+e", "a«`bc`|»d"),
        ("a«bc|»d", "Ctrl+Shift+S", "a«~~bc~~|»d"),
        ("ab|", "Ctrl+Alt+2", "## ab|"),
        ("## ab|", "Ctrl+Alt+0", "ab|"),
        ("- ab|", "Tab", "  - ab|"),
        ("  - ab|", "Shift+Tab", "- ab|"),
        ("[ ] ab|", "Ctrl+Enter", "[x] ab|"),
        ("ab|", "Ctrl+Shift+8", "- ab|"),
    ];
    for (from, keys, to) in cases {
        let stage = Stage::new(from);
        assert!(!stage.press(keys), "{keys} is left to the browser");
        assert_eq!(stage.marked(), to, "{keys}");
        stage.agrees(keys);
    }
}

#[wasm_bindgen_test]
fn keys_that_mean_nothing_here_are_left_to_the_browser() {
    for (text, keys) in [("ab|", "Tab"), ("ab|", "x"), ("ab|", "Ctrl+c"), ("ab|", "Ctrl+s"), ("ab|", "Alt+2")]
    {
        let stage = Stage::new(text);
        assert!(stage.press(keys), "{keys}");
        stage.shows(text);
    }
}

#[wasm_bindgen_test]
fn escape_lets_tab_leave_a_list() {
    let stage = Stage::new("- ab|");
    stage.press("Escape");
    assert!(stage.press("Tab"));
    assert!(!stage.press("Tab"));
}

#[wasm_bindgen_test]
fn undo_redo_and_links_are_the_hosts() {
    let stage = Stage::new("ab|");
    for keys in ["Ctrl+z", "Ctrl+Shift+Z", "Ctrl+y", "Ctrl+k"] {
        assert!(!stage.press(keys));
    }
    assert!(!stage.announce("historyUndo", None));
    assert_eq!(*stage.host.said.borrow(), ["undo", "redo", "redo", "ask link", "undo"]);
}

fn click(stage: &Stage, name: &str, selector: &str, x: f64, ctrl: bool) -> bool {
    let target = stage.root.query_selector(selector).unwrap().unwrap();
    let bounds = target.get_bounding_client_rect();
    let init = MouseEventInit::new();
    init.set_client_x((bounds.left() + x) as i32);
    init.set_client_y((bounds.top() + 5.0) as i32);
    init.set_ctrl_key(ctrl);
    init.set_bubbles(true);
    init.set_cancelable(true);
    target.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict(name, &init).unwrap()).unwrap()
}

#[wasm_bindgen_test]
fn a_press_on_the_box_ticks_it() {
    let stage = Stage::new("a|\n[ ] task");
    let line: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(stage.lines()[1].clone());
    line.style().set_property("padding-left", "30px").unwrap();
    assert!(!click(&stage, "mousedown", "[data-list]", 8.0, false));
    assert_eq!(stage.marked(), "a|\n[x] task");
    assert!(click(&stage, "mousedown", "[data-list]", 40.0, false));
    assert_eq!(stage.marked(), "a|\n[x] task");
}

#[wasm_bindgen_test]
fn a_link_is_followed_on_purpose() {
    let stage = Stage::new("[ab](https://a.example/)| [x](javascript:1)");
    click(&stage, "click", "a", 2.0, false);
    assert!(stage.host.said.borrow().is_empty());
    click(&stage, "click", "a", 2.0, true);
    click(&stage, "click", "a:last-child", 2.0, true);
    assert_eq!(*stage.host.said.borrow(), ["link https://a.example/"]);
    stage.surface.set_read_only(true);
    assert!(!click(&stage, "click", "a", 2.0, false));
    assert_eq!(stage.host.said.borrow().len(), 2);
}
