//! Drawing a table into its figure.

use text::{Align, Delta, Document, Table};
use web_sys::{Element, Node};

use crate::line_view::draw_run;

/// Draws `table` into `figure`, in place of what is there. A figure outside a page stays as it is.
pub fn draw_table(figure: &Element, table: &Table) {
    // Drawing fails only when the page itself is going away.
    let _ = draw(figure, table);
}

fn draw(figure: &Element, table: &Table) -> Result<(), wasm_bindgen::JsValue> {
    let Some(page) = figure.owner_document() else { return Ok(()) };
    let grid = page.create_element("table")?;
    let head = page.create_element("thead")?;
    let body = page.create_element("tbody")?;
    for (idx, cells) in table.rows.iter().enumerate() {
        let is_head = table.header && idx == 0;
        let row = page.create_element("tr")?;
        for (at, words) in cells.iter().enumerate() {
            let cell = page.create_element(if is_head { "th" } else { "td" })?;
            if is_head {
                cell.set_attribute("scope", "col")?;
            }
            match table.aligns.get(at) {
                Some(Align::Center) => cell.set_attribute("data-align", "center")?,
                Some(Align::End) => cell.set_attribute("data-align", "right")?,
                _ => {}
            }
            for node in nodes(&page, words)? {
                cell.append_child(&node)?;
            }
            row.append_child(&cell)?;
        }
        if is_head {
            head.append_child(&row)?
        } else {
            body.append_child(&row)?
        };
    }
    if head.has_child_nodes() {
        grid.append_child(&head)?;
    }
    grid.append_child(&body)?;
    // A wide table scrolls by itself, so the keyboard must be able to reach it.
    figure.set_attribute("tabindex", "0")?;
    figure.set_text_content(None);
    figure.append_child(&grid)?;
    Ok(())
}

fn nodes(page: &web_sys::Document, words: &Delta) -> Result<Vec<Node>, wasm_bindgen::JsValue> {
    let document = Document::from_delta(words);
    document.lines().iter().flat_map(|line| &line.runs).map(|run| draw_run(page, run)).collect()
}
