//! Many steps in a table by this person, the browser and others, in any order: page, cells and host always agree.

use fastrand::Rng;
use text::{Align, Attrs, Delta, Intent, Mark, Selection, TableAct, Value, utf16_len};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

/// How many rows and columns the table has.
fn size(stage: &Stage) -> (usize, usize) {
    let grids = stage.host.grids.borrow();
    (grids["t"].rows.len(), grids["t"].columns.len())
}

fn act(random: &mut Rng, stage: &Stage) -> TableAct {
    let (rows, columns) = size(stage);
    let (row, column) = (random.usize(..rows), random.usize(..columns));
    match random.u8(..9) {
        0 => TableAct::AddRow(random.usize(..=rows)),
        1 => TableAct::AddColumn(random.usize(..=columns)),
        2 => TableAct::DeleteRow(row),
        3 => TableAct::DeleteColumn(column),
        4 => TableAct::MoveRow { from: row, to: random.usize(..rows) },
        5 => TableAct::MoveColumn { from: column, to: random.usize(..columns) },
        6 => TableAct::Header(random.bool()),
        7 => TableAct::Align { column, align: random.choice([Align::Start, Align::End]).unwrap() },
        _ => TableAct::Fill { row, column, cells: vec![vec![Delta::new().insert("7"), Delta::new()]; 2] },
    }
}

/// Somebody else writes in a cell.
fn write(random: &mut Rng, stage: &Stage) {
    let (rows, columns) = size(stage);
    let (row, column) = (random.usize(..rows), random.usize(..columns));
    let held = stage.host.grids.borrow()["t"].cell(row, column).cloned().unwrap();
    let len = text::Document::from_delta(&held).len();
    let at = random.usize(..=len);
    let part = random.usize(..=(len - at).min(3));
    let start = Delta::new().retain(at);
    let delta = match random.u8(..4) {
        0 => start.delete(part),
        1 => start.retain_with(part, Attrs::none().with("bold", Value::True)),
        _ => start.insert(random.choice(["r", "{{k}}", "\u{2028}"]).unwrap()),
    };
    stage.receive_cell("t", row, column, &delta);
}

fn others(random: &mut Rng, stage: &Stage) {
    match random.u8(..5) {
        0 => stage.receive(&Delta::new().insert(random.choice(["x", "\n"]).unwrap())),
        1 => {
            // What others put into cells is told cell by cell.
            let act = act(random, stage);
            if !matches!(act, TableAct::Fill { .. }) {
                stage.receive_act("t", &act);
            }
        }
        2 => {
            // Each time it is another one.
            let known = stage.host.values.borrow_mut().remove("k");
            if known.is_none() {
                stage.host.values.borrow_mut().insert("k".to_owned(), "Penhale".to_owned());
            }
            stage.surface.redraw_variables();
        }
        _ => write(random, stage),
    }
}

fn go(random: &mut Rng, stage: &Stage) {
    let (rows, columns) = size(stage);
    let cell = stage.host.grids.borrow()["t"].name(random.usize(..rows), random.usize(..columns)).unwrap();
    let at = random.usize(..4);
    assert!(stage.surface.enter_cell(&cell, Selection::new(at, at + random.usize(..2))));
    stage.follow();
}

async fn compose(random: &mut Rng, stage: &Stage) {
    stage.compose("compositionstart");
    let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    selection.delete_from_document().unwrap();
    let mut over = 0;
    for word in ["n", "ni", "你"] {
        // Others may take the very cell away in which words are composed.
        let (node, offset) = stage.page_caret();
        if !stage.hands().contains(Some(&node)) || offset < over {
            break;
        }
        stage.compose_step(word, over);
        over = utf16_len(word) as u32;
        if random.bool() {
            others(random, stage);
        }
    }
    stage.compose("compositionend");
    settled().await;
}

#[wasm_bindgen_test]
async fn everybody_agrees_on_a_table_after_every_step() {
    for seed in [1, 2] {
        let mut random = Rng::with_seed(seed);
        let stage = Stage::new("one|\n{table t}\nend");
        go(&mut random, &stage);
        for step in 0..300 {
            let context = format!("seed {seed} step {step}");
            let in_cell = stage.surface.caret().cell.is_some();
            match random.u8(..11) {
                0 | 1 => stage.type_text(random.choice(["a", "{{a}}", " ", "**b**"]).unwrap()),
                2 if in_cell => stage.backspace(),
                3 => _ = stage.press(random.choice(["Tab", "Shift+Tab", "ArrowDown", "ArrowLeft"]).unwrap()),
                4 => {
                    stage.surface.act(Intent::ToggleMark(Mark::Italic));
                }
                5 if in_cell => {
                    stage.surface.act_on_table(&act(&mut random, &stage));
                }
                6..=8 => others(&mut random, &stage),
                9 if in_cell => compose(&mut random, &stage).await,
                _ => go(&mut random, &stage),
            }
            stage.follow();
            stage.agrees(&context);
            // Small enough to go on quickly.
            while size(&stage).0 > 6 {
                stage.receive_act("t", &TableAct::DeleteRow(0));
            }
            while size(&stage).1 > 5 {
                stage.receive_act("t", &TableAct::DeleteColumn(0));
            }
            stage.follow();
        }
    }
}
