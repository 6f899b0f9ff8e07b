//! Between places in the page and offsets in the text; carets of others.

use editor::RemoteCaret;
use text::Selection;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, Node};

use crate::stage::{Stage, framed};

/// Reads the page's caret back by typing nothing that matters: a tool that has nothing to do.
fn selection_after(stage: &Stage, node: &Node, offset: u32) -> Selection {
    stage.put_caret(node, offset);
    stage.surface.act(text::Intent::DeleteSelection);
    stage.surface.selection()
}

#[wasm_bindgen_test]
fn every_offset_goes_to_the_page_and_back() {
    let stage = Stage::new("|a **b**c\n\n[li**nk**](https://a.example)⏎\n---\n- 🎉x\n{table t}\nend");
    let last = stage.surface.document().last_offset();
    for at in 0..=last {
        stage.surface.select(Selection::caret(at));
        let (node, offset) = stage.page_caret();
        assert_eq!(selection_after(&stage, &node, offset), Selection::caret(at), "{at}");
    }
    for (anchor, head) in [(0, last), (last, 0), (2, 5), (9, 3)] {
        stage.surface.select(Selection::new(anchor, head));
        let page = web_sys::window().unwrap().get_selection().unwrap().unwrap();
        let (node, offset) = (page.anchor_node().unwrap(), page.anchor_offset());
        let (focus, end) = (page.focus_node().unwrap(), page.focus_offset());
        assert_eq!(selection_after(&stage, &node, offset), Selection::caret(anchor));
        assert_eq!(selection_after(&stage, &focus, end), Selection::caret(head));
    }
}

#[wasm_bindgen_test]
fn places_on_elements_are_places_in_the_text() {
    let stage = Stage::new("|ab\n\n**cd**e\n---\nf");
    let root: Node = stage.root.clone().into();
    let lines = stage.lines();
    let cases: [(&Node, u32, usize); 11] = [
        (&root, 0, 0),
        (&root, 1, 3),
        (&root, 2, 4),
        (&root, 3, 8),
        (&root, 5, 10),
        (&lines[0], 1, 2),
        (&lines[1], 0, 3),
        (&lines[1], 1, 3),
        (&lines[2], 1, 6),
        (&lines[2], 2, 7),
        (&lines[3], 0, 8),
    ];
    for (node, offset, wanted) in cases {
        assert_eq!(
            selection_after(&stage, node, offset),
            Selection::caret(wanted),
            "{} {offset}",
            node.node_name()
        );
    }
}

#[wasm_bindgen_test]
fn the_page_is_left_alone_while_the_keyboard_is_elsewhere() {
    let stage = Stage::new("abc|");
    stage.root.blur().unwrap();
    let page = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    page.remove_all_ranges().unwrap();
    stage.surface.select(Selection::caret(1));
    assert_eq!(page.range_count(), 0);
    assert!(stage.surface.act(text::Intent::Insert("x".into())));
    stage.shows("ax|bc");
    assert_eq!(page.range_count(), 0);
    stage.surface.focus();
    assert_eq!(stage.page_caret().1, 2);
}

#[wasm_bindgen_test]
async fn others_are_shown_beside_the_text() {
    let stage = Stage::new("hello|\nworld");
    let caret = |head| RemoteCaret {
        id: 7,
        name: "Ines".into(),
        party: "seller".into(),
        anchor: head,
        head,
        cell: None,
    };
    stage.surface.show_people(&[caret(8)]);
    framed().await;
    let layer: HtmlElement = stage.root.next_element_sibling().unwrap().unchecked_into();
    let mark = layer.first_element_child().unwrap();
    assert_eq!((mark.class_name().as_str(), mark.text_content().as_deref()), ("caret", Some("Ines")));
    assert_eq!(mark.get_attribute("data-party").as_deref(), Some("seller"));
    let second = stage.lines()[1].get_bounding_client_rect();
    let middle = |mark: &web_sys::Element| {
        let bounds = mark.get_bounding_client_rect();
        (bounds.left(), (bounds.top() + bounds.bottom()) / 2.0)
    };
    let (x, y) = middle(&mark);
    assert!(y > second.top() && y < second.bottom() && x > second.left(), "{x} {y}");
    // A new line above moves it along at once.
    stage.announce("insertParagraph", None);
    framed().await;
    let third = stage.lines()[2].get_bounding_client_rect();
    let (_, y) = middle(&mark);
    assert!(y > third.top() && y < third.bottom());
    stage.surface.show_people(&[]);
    assert_eq!(layer.child_element_count(), 0);
    assert_eq!(stage.root.child_element_count(), 3);
}

#[wasm_bindgen_test]
async fn what_is_pointed_out_is_selected_and_in_view_while_the_keyboard_is_elsewhere() {
    let stage = Stage::new(&format!("|{}end", "many words ".repeat(4_000)));
    stage.root.blur().unwrap();
    // Firefox brings a caret that was put somewhere into view a moment later.
    framed().await;
    let last = stage.surface.document().last_offset();
    stage.surface.point_out(&(last - 3..last).into());
    framed().await;
    assert_eq!(stage.surface.selection(), Selection::new(last - 3, last));
    let shown = stage.surface.bounds(last - 3..last).unwrap();
    let height = web_sys::window().unwrap().inner_height().unwrap().as_f64().unwrap();
    assert!(shown.top() >= 0.0 && shown.bottom() <= height, "{} of {height}", shown.top());
    let page = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    assert!(page.is_collapsed(), "the page's own selection is left to the field that has the keyboard");
}

#[wasm_bindgen_test]
async fn a_browser_without_highlights_gets_boxes() {
    let page = |script: &str| js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
    page("Object.defineProperty(CSS, 'highlights', { value: undefined, configurable: true })");
    let stage = Stage::new("one two|\ntwo");
    let bands = |name: &str| {
        let all = web_sys::window().unwrap().document().unwrap();
        let found = all.query_selector_all(&format!(".caret-band[data-name={name}]")).unwrap();
        (0..found.length())
            .map(|at| found.item(at).unwrap().unchecked_into::<HtmlElement>())
            .collect::<Vec<_>>()
    };
    stage.surface.highlight("found", &[(4..7).into(), (8..11).into()]);
    framed().await;
    let shown = bands("found");
    assert_eq!(shown.len(), 2);
    for (band, range) in shown.iter().zip([4..7, 8..11]) {
        let (band, words) = (band.get_bounding_client_rect(), stage.surface.bounds(range).unwrap());
        assert!((band.left() - words.left()).abs() < 2.0 && (band.top() - words.top()).abs() < 2.0);
    }
    stage.surface.highlight("found", &[]);
    assert_eq!(bands("found").len(), 0);
    page("delete CSS.highlights");
    stage.agrees("");
}

#[wasm_bindgen_test]
fn replacing_in_two_texts_is_told_as_one_step() {
    let (one, two) = (Stage::new("b b|"), Stage::new("|b **b**"));
    let all = || text::Intent::ReplaceAll { ranges: vec![0..1, 2..3], text: "cd".into() };
    assert!(one.surface.act(all()));
    assert!(two.surface.act_joined(all()));
    one.shows("cd cd|");
    two.shows("|cd **cd**");
    assert_eq!(*one.host.kinds.borrow(), [editor::EditKind::Other]);
    assert_eq!(*two.host.kinds.borrow(), [editor::EditKind::Joined]);
}

#[wasm_bindgen_test]
fn a_dropped_surface_listens_no_more() {
    let stage = Stage::new("a|");
    let root = stage.root.clone();
    let host = stage.host.clone();
    drop(stage.surface.clone());
    stage.type_text("b");
    assert_eq!(host.deltas.borrow().len(), 1);
    drop(stage);
    root.first_child().unwrap().set_text_content(Some("x"));
    root.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    assert_eq!(host.deltas.borrow().len(), 1);
    assert_eq!(std::rc::Rc::strong_count(&host), 1);
}
