//! Tables in a text: each cell is a surface of its own once somebody is in it.

use text::{Attrs, Block, Delta, Intent, Selection, TableAct, Value};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::DataTransfer;

use crate::clips::{clip, clip_at};
use crate::stage::{Stage, framed, settled};
use editor::{EditKind, RemoteCaret};

fn stage() -> Stage {
    Stage::new("above|\n{table t}\nbelow")
}

fn in_text(stage: &Stage) -> bool {
    stage.follow();
    stage.hands() == stage.root
}

#[wasm_bindgen_test]
fn words_typed_in_a_cell_are_the_cells() {
    let stage = stage();
    stage.go_to(1, 0);
    assert_eq!(stage.table(), "Step|Weeks/*Pilot|2");
    stage.press("Tab");
    stage.follow();
    stage.type_text("0");
    assert_eq!(stage.table(), "Step|Weeks/Pilot|*20");
    stage.press("Shift+Tab");
    stage.follow();
    stage.type_text("!");
    assert_eq!(stage.table(), "Step|Weeks/*Pilot!|20");
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "above\n\nbelow\n");
}

#[wasm_bindgen_test]
fn tab_in_the_last_cell_adds_a_row() {
    let stage = stage();
    stage.go_to(1, 1);
    assert!(!stage.press("Tab"));
    assert_eq!(stage.table(), "Step|Weeks/Pilot|2/*|");
    stage.agrees("");
    stage.go_to(0, 0);
    assert!(stage.press("Shift+Tab"), "from the first cell the browser goes on");
}

#[wasm_bindgen_test]
fn arrows_lead_into_the_table_through_it_and_out() {
    let stage = stage();
    stage.press("ArrowRight");
    stage.follow();
    assert_eq!(stage.table(), "*Step|Weeks/Pilot|2");
    stage.press("ArrowDown");
    assert_eq!(stage.table(), "Step|Weeks/*Pilot|2");
    stage.follow();
    stage.press("ArrowDown");
    assert!(in_text(&stage));
    assert_eq!(stage.marked(), "above\n{table t}\n|below");
    stage.press("ArrowLeft");
    stage.follow();
    assert_eq!(stage.table(), "Step|Weeks/Pilot|*2");
    stage.press("ArrowRight");
    assert!(in_text(&stage));
    stage.press("ArrowUp");
    assert_eq!(stage.table(), "Step|Weeks/*Pilot|2");
    stage.follow();
    stage.press("ArrowUp");
    stage.follow();
    stage.press("ArrowLeft");
    assert!(in_text(&stage));
    assert_eq!(stage.marked(), "above|\n{table t}\nbelow");
    stage.type_text("x");
    stage.shows("abovex|\n{table t}\nbelow");
}

#[wasm_bindgen_test]
fn escape_leaves_the_table_and_lines_come_where_there_are_none() {
    let stage = stage();
    stage.go_to(0, 1);
    stage.press("Escape");
    assert!(in_text(&stage));
    assert_eq!(stage.marked(), "above\n{table t}\n|below");

    let stage = Stage::new("{table t}|");
    stage.go_to(1, 1);
    stage.press("ArrowDown");
    assert!(in_text(&stage));
    stage.shows("{table t}\n|");
    stage.go_to(0, 0);
    stage.press("ArrowUp");
    assert!(in_text(&stage));
    stage.shows("|\n{table t}\n");
}

#[wasm_bindgen_test]
fn a_cell_is_one_line_with_marks() {
    let stage = stage();
    stage.go_to(1, 0);
    stage.announce("insertParagraph", None);
    stage.type_text("# **x**");
    assert!(!stage.surface.act(Intent::Block(Block::Heading(1))));
    assert!(!stage.surface.act(Intent::Divider));
    let cell = stage.host.grids.borrow()["t"].cell(1, 0).cloned().unwrap();
    let bold = Attrs::none().with("bold", Value::True);
    assert_eq!(cell, Delta::new().insert("\u{2028}# ").insert_with("x", bold).insert("Pilot"));
    stage.agrees("");
    assert!(stage.surface.act(Intent::ToggleMark(text::Mark::Italic)));
    stage.type_text("y");
    let html = stage.cell(1, 0).inner_html();
    assert!(html.contains("<em>y</em>"), "{html}");
}

#[wasm_bindgen_test]
async fn the_caret_in_a_cell_is_told_with_its_place() {
    let stage = stage();
    stage.go_to(1, 1);
    framed().await;
    let told = stage.host.carets.borrow().last().cloned().unwrap();
    let place = told.cell.unwrap();
    assert_eq!((place.row, place.column, place.rows, place.columns, place.header), (1, 1, 2, 2, true));
    assert!(told.focused);
    stage.press("Escape");
    framed().await;
    let told = stage.host.carets.borrow().last().cloned().unwrap();
    assert_eq!((told.cell, told.focused), (None, true));
}

#[wasm_bindgen_test]
fn what_others_write_in_a_cell_touches_that_cell_alone() {
    let stage = stage();
    stage.go_to(1, 0);
    stage.press("ArrowRight");
    let kept: Vec<_> = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| stage.cell(row, column)).into();
    let mine = stage.page_caret();
    stage.receive_cell("t", 0, 1, &Delta::new().delete(5).insert("Days"));
    stage.receive_cell("t", 1, 0, &Delta::new().retain(5).insert(" in one office"));
    assert_eq!(stage.table(), "Step|Days/*Pilot in one office|2");
    for (cell, (row, column)) in kept.iter().zip([(0, 0), (0, 1), (1, 0), (1, 1)]) {
        assert!(stage.cell(row, column) == *cell);
    }
    assert_eq!(stage.page_caret(), mine);
    assert_eq!(stage.cell(1, 1).get_attribute("aria-label").as_deref(), Some("1, Days"));
    stage.agrees("");
}

#[wasm_bindgen_test]
async fn a_composition_in_a_cell_goes_on_whatever_others_do() {
    let stage = stage();
    stage.go_to(1, 1);
    stage.press("ArrowDown");
    stage.go_to(1, 1);
    stage.compose("compositionstart");
    stage.compose_step("k", 0);
    let node = stage.page_caret().0;
    stage.receive_act("t", &TableAct::AddRow(0));
    stage.receive_act("t", &TableAct::MoveColumn { from: 0, to: 1 });
    stage.receive_cell("t", 2, 0, &Delta::new().retain(1).insert("!"));
    assert!(stage.page_caret().0 == node);
    stage.compose_step("か", 1);
    stage.compose("compositionend");
    settled().await;
    assert_eq!(stage.table(), "|/Weeks|Step/*か2!|Pilot");
    stage.agrees("");
}

#[wasm_bindgen_test]
fn the_cell_with_the_caret_keeps_it_while_rows_come_and_go() {
    let stage = stage();
    stage.go_to(1, 0);
    let cell = stage.cell(1, 0);
    stage.type_text("My ");
    stage.receive_act("t", &TableAct::AddRow(1));
    stage.receive_act("t", &TableAct::AddColumn(0));
    stage.receive_act("t", &TableAct::MoveRow { from: 2, to: 0 });
    assert!(stage.cell(0, 1) == cell);
    assert_eq!(stage.table(), "|*My Pilot|2/|Step|Weeks/||");
    stage.type_text("big ");
    assert_eq!(stage.table(), "|*My big Pilot|2/|Step|Weeks/||");
    stage.receive_act("t", &TableAct::DeleteRow(0));
    assert_eq!(stage.table(), "|*Step|Weeks/||", "where the row is gone the caret stays in its place");
    stage.agrees("");
}

#[wasm_bindgen_test]
fn acts_take_the_caret_along() {
    let stage = stage();
    stage.go_to(1, 0);
    assert!(stage.surface.act_on_table(&TableAct::AddRow(1)));
    assert_eq!(stage.table(), "Step|Weeks/*|/Pilot|2");
    assert!(stage.surface.act_on_table(&TableAct::MoveRow { from: 1, to: 0 }));
    assert_eq!(stage.table(), "*|/Step|Weeks/Pilot|2");
    stage.follow();
    stage.press("Alt+Shift+ArrowDown");
    assert_eq!(stage.table(), "Step|Weeks/*|/Pilot|2");
    stage.press("Ctrl+Enter");
    assert_eq!(stage.table(), "Step|Weeks/|/*|/Pilot|2");
    assert!(stage.surface.act_on_table(&TableAct::Header(false)));
    assert!(stage.root.query_selector("th").unwrap().is_none());
    stage.agrees("");
    assert!(stage.surface.delete_table());
    assert!(in_text(&stage));
    stage.shows("above\n|below");
}

#[wasm_bindgen_test]
fn a_heading_that_somebody_writes_in_stays_where_the_keyboard_is() {
    let stage = stage();
    stage.go_to(0, 1);
    stage.receive_act("t", &TableAct::Header(false));
    assert_eq!(stage.table(), "Step|*Weeks/Pilot|2");
    assert!(stage.root.query_selector("th").unwrap().is_none());
    stage.type_text("x");
    assert_eq!(stage.table(), "Step|*xWeeks/Pilot|2");
    stage.agrees("");
}

#[wasm_bindgen_test]
fn a_range_of_a_spreadsheet_fills_cells() {
    let stage = stage();
    stage.go_to(1, 1);
    let data = DataTransfer::new().unwrap();
    data.set_data("text/plain", "3\t4\r\n5\t\"six\nor so\"\r\n").unwrap();
    clip(&stage, "paste", &data);
    assert_eq!(stage.table(), "Step|Weeks|/Pilot|3|4/|5|*six\nor so");
    stage.agrees("");
    stage.follow();
    let data = DataTransfer::new().unwrap();
    data.set_data("text/plain", "two\nlines").unwrap();
    clip(&stage, "paste", &data);
    assert_eq!(stage.table(), "Step|Weeks|/Pilot|3|4/|5|*six\nor sotwo\nlines");
    stage.agrees("");
}

#[wasm_bindgen_test]
fn what_a_cell_took_is_not_pasted_around_the_table_as_well() {
    let stage = stage();
    stage.go_to(1, 1);
    stage.press("Tab");
    stage.follow();
    // Chromium 148 tells of it at what stands at the caret, which the cell has drawn anew before the text around it hears.
    let filler = stage.hands().query_selector("br").unwrap().unwrap();
    let data = DataTransfer::new().unwrap();
    data.set_data("text/plain", "3\t4\r\n5\t6\r\n").unwrap();
    clip_at(&filler, "paste", &data);
    assert_eq!(stage.table(), "Step|Weeks/Pilot|2/3|4/5|*6");
    stage.agrees("");
    assert_eq!(stage.surface.document().text(), "above\n\nbelow\n");
}

#[wasm_bindgen_test]
fn a_table_is_there_when_the_host_has_it() {
    let stage = Stage::new("a|");
    assert!(stage.surface.act(Intent::Block(Block::Table("new".into()))));
    assert!(!stage.surface.enter_table("new"));
    let mut grid = stage.host.grids.borrow()["t"].clone();
    grid.table.id = "new".into();
    stage.host.grids.borrow_mut().insert("new".into(), grid);
    stage.surface.receive_table("new");
    assert!(stage.surface.enter_table("new"));
    assert_eq!(stage.table(), "*Step|Weeks/Pilot|2");
    stage.agrees("");
}

#[wasm_bindgen_test]
async fn others_are_shown_in_cells() {
    let stage = stage();
    let cell = stage.host.grids.borrow()["t"].name(1, 1).unwrap();
    let caret = |head| RemoteCaret {
        id: 7,
        name: "Priya".into(),
        party: "buyer".into(),
        anchor: head,
        head,
        cell: Some(cell.clone()),
    };
    stage.surface.show_people(&[caret(1)]);
    framed().await;
    let there = stage.cell(1, 1).parent_element().unwrap();
    let shown = there.query_selector(".caret").unwrap().unwrap();
    assert_eq!(shown.text_content().as_deref(), Some("Priya"));
    stage.receive_cell("t", 1, 1, &Delta::new().retain(1).insert("0"));
    assert_eq!(stage.table(), "Step|Weeks/Pilot|20");
    stage.go_to(1, 1);
    stage.type_text("1");
    assert_eq!(stage.table(), "Step|Weeks/Pilot|*120");
    stage.surface.show_people(&[]);
    assert!(there.query_selector(".caret").unwrap().is_none());
}

#[wasm_bindgen_test]
fn undo_leads_back_into_the_cell() {
    let stage = stage();
    stage.go_to(1, 0);
    assert!(!stage.press("Ctrl+z"));
    assert_eq!(stage.host.said.borrow().as_slice(), ["undo"]);
    stage.press("Escape");
    let cell = stage.host.grids.borrow()["t"].name(1, 0).unwrap();
    stage.receive_cell("t", 1, 0, &Delta::new().delete(1));
    assert!(stage.surface.enter_cell(&cell, Selection::new(1, 3)));
    assert_eq!(stage.table(), "Step|Weeks/*ilot|2");
    stage.follow();
    stage.type_text("x");
    assert_eq!(stage.table(), "Step|Weeks/*ixt|2");
    stage.agrees("");
}

#[wasm_bindgen_test]
fn a_text_to_read_has_cells_to_read() {
    let stage = stage();
    stage.go_to(1, 0);
    stage.surface.set_read_only(true);
    assert!(!stage.cell(1, 0).has_attribute("contenteditable"));
    assert_eq!(stage.table(), "Step|Weeks/Pilot|2");
    stage.surface.set_read_only(false);
    stage.go_to(1, 0);
    stage.type_text("x");
    assert_eq!(stage.table(), "Step|Weeks/*xPilot|2");
}

#[wasm_bindgen_test]
fn what_is_found_is_in_reading_order_and_replaced_wherever_it_stands() {
    let stage = Stage::new("a Pilot|\n{table t}\nPilot");
    let search = text::Search { words: "pilot".into(), ..text::Search::default() };
    let found = stage.surface.look_through(&|doc| text::find(doc, &search));
    let places: Vec<_> = found.iter().map(|part| (part.cell.is_some(), part.range.clone())).collect();
    assert_eq!(places, [(false, 2..7), (true, 0..5), (false, 9..14)]);
    let orders: Vec<_> = found.iter().map(|part| part.order(part.range.start)).collect();
    assert!(orders.is_sorted(), "{orders:?}");

    // Pointed out, it is what is selected, and the keyboard stays where it is.
    let before = stage.page_caret();
    stage.surface.point_out(&found[1]);
    assert_eq!(stage.surface.selected(), found[1]);
    assert_eq!(stage.page_caret(), before);

    // The cell that is a surface by now, and the text, in one step.
    stage.surface.replace_all(&found, "Trial", false);
    assert_eq!(stage.table(), "Step|Weeks/Trial|2");
    assert_eq!(stage.surface.document().text(), "a Trial\n\nTrial\n");
    assert_eq!(*stage.host.kinds.borrow(), [EditKind::Other, EditKind::Joined]);

    // A cell that is only drawn.
    let search = text::Search { words: "step".into(), ..text::Search::default() };
    let found = stage.surface.look_through(&|doc| text::find(doc, &search));
    stage.surface.replace_all(&found, "Phase", false);
    assert_eq!(stage.table(), "Phase|Weeks/Trial|2");
    stage.agrees("");
}

#[wasm_bindgen_test]
async fn what_is_found_in_a_cell_is_set_off_there() {
    let stage = stage();
    let search = text::Search { words: "eek".into(), ..text::Search::default() };
    let found = stage.surface.look_through(&|doc| text::find(doc, &search));
    stage.surface.highlight("found", &found);
    framed().await;
    // Browsers without highlights get boxes.
    let script = "const bands = document.querySelectorAll('.caret-band[data-name=found]');
        return CSS.highlights ? [...CSS.highlights.get('found')].join() : bands.length === 1 ? 'eek' : 'none'";
    let shown = js_sys::Function::new_no_args(script).call0(&wasm_bindgen::JsValue::NULL).unwrap();
    assert_eq!(shown.as_string().unwrap(), "eek");
}
