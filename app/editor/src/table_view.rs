//! A table in its figure: drawn once, then patched so that the cell in which somebody writes stays where it is.

use std::cell::RefCell;
use std::collections::HashMap;

use text::{Align, CellName, Delta, Document, Grid};
use wasm_bindgen::JsCast;
use web_sys::{Document as Page, Element, HtmlElement, Node};

use crate::chip::Pen;
use crate::line_view::{self, Drawing};

/// So many characters of a heading name the cells of its column.
const HEADING_MAX: usize = 80;

/// A table as its figure shows it.
pub(crate) struct TableView {
    /// The line that stands for the table.
    pub(crate) figure: Element,
    /// What was drawn. Cells that are surfaces may be further.
    pub(crate) grid: RefCell<Grid>,
    body: Element,
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Row {
    element: Element,
    /// What is written in, within the table's own cells.
    cells: Vec<HtmlElement>,
}

/// How cells are drawn.
pub(crate) struct Look<'a> {
    pub(crate) pen: Pen<'a>,
    /// Whether cells can be written in.
    pub(crate) open: bool,
    /// The name of a cell for screen readers: row, column, and what the column is called.
    pub(crate) label: &'a dyn Fn(usize, usize, Option<&str>) -> String,
    /// What is being written in; it is never moved, since browsers would take the keyboard from it.
    pub(crate) pinned: Option<Element>,
}

/// A cell's words as a text of one line.
pub(crate) fn document(words: &Delta) -> Document {
    let mut delta = words.clone();
    delta.push(text::Op::Insert { text: "\n".to_owned(), attrs: text::Attrs::none() });
    Document::from_delta(&delta)
}

impl TableView {
    /// Draws `grid` into `figure`, in place of what is there.
    pub(crate) fn draw(figure: &Element, grid: Grid, look: &Look<'_>) -> Drawing<Self> {
        let table = look.pen.page.create_element("table")?;
        let body = look.pen.page.create_element("tbody")?;
        table.append_child(&body)?;
        figure.set_text_content(None);
        figure.append_child(&table)?;
        if !look.open {
            // A wide table scrolls by itself, so the keyboard must be able to reach it.
            figure.set_attribute("tabindex", "0")?;
        }
        let empty = Grid::new(text::Table::default(), Vec::new(), Vec::new());
        let view = Self { figure: figure.clone(), grid: RefCell::new(empty), body, rows: Vec::new() };
        view.updated(grid, look, &|_| false)
    }

    /// The view with `grid` in place of what was drawn. What rows and columns are still there keep their elements; cells
    /// of which `is_mounted` says so are left as they are.
    pub(crate) fn updated(
        &self,
        grid: Grid,
        look: &Look<'_>,
        is_mounted: &dyn Fn(&HtmlElement) -> bool,
    ) -> Drawing<Self> {
        let old = self.grid.borrow().clone();
        let index = |names: &[String]| names.iter().cloned().zip(0..).collect::<HashMap<String, usize>>();
        let (old_rows, old_columns) = (index(&old.rows), index(&old.columns));
        let pinned = |name: &str| {
            look.pinned.as_ref().and_then(|pinned| pinned.closest(name).ok().flatten()).map(Node::from)
        };
        let (pinned_row, pinned_cell, pinned_head) = (pinned("tr"), pinned("td"), pinned("th"));
        let mut rows = Vec::with_capacity(grid.rows.len());
        for (at, name) in grid.rows.iter().enumerate() {
            let there = old_rows.get(name).and_then(|row| Some((*row, self.rows.get(*row)?)));
            let element = match there {
                Some((_, row)) => row.element.clone(),
                None => look.pen.page.create_element("tr")?,
            };
            let head = grid.table.header && at == 0;
            let (mut cells, mut boxes) = (Vec::new(), Vec::<Node>::new());
            for (column, name) in grid.columns.iter().enumerate() {
                let was = there.and_then(|(row, drawn)| {
                    let column = *old_columns.get(name)?;
                    Some((drawn.cells.get(column)?.clone(), old.cell(row, column)?))
                });
                let words = &grid.table.rows[at][column];
                let cell = match was {
                    Some((cell, before)) => {
                        if before != words && !is_mounted(&cell) {
                            show(look.pen, &cell, words)?;
                        }
                        cell
                    }
                    None => new_cell(look, words)?,
                };
                boxes.push(boxed(look.pen.page, &cell, head, grid.table.aligns[column])?.into());
                cells.push(cell);
            }
            let pinned = pinned_cell.as_ref().or(pinned_head.as_ref());
            arrange(&element, &boxes, pinned)?;
            rows.push(Row { element, cells });
        }
        let elements: Vec<Node> = rows.iter().map(|row| row.element.clone().into()).collect();
        arrange(&self.body, &elements, pinned_row.as_ref())?;
        let view =
            Self { figure: self.figure.clone(), grid: RefCell::new(grid), body: self.body.clone(), rows };
        for column in 0..view.grid.borrow().columns.len() {
            view.label(column, look)?;
        }
        Ok(view)
    }

    /// Names the cells of a column, as after its heading has changed.
    pub(crate) fn label(&self, column: usize, look: &Look<'_>) -> Drawing<()> {
        let heading = {
            let grid = self.grid.borrow();
            let words = grid.cell(0, column).filter(|_| grid.table.header);
            let said = |words| document(words).lines()[0].text().replace('\u{2028}', " ");
            words.map(|words| said(words).chars().take(HEADING_MAX).collect::<String>())
        };
        let heading = heading.as_deref().map(str::trim).filter(|heading| !heading.is_empty());
        for (at, row) in self.rows.iter().enumerate() {
            let Some(cell) = row.cells.get(column) else { continue };
            let label = (look.label)(at, column, heading);
            if cell.get_attribute("aria-label").as_deref() != Some(&*label) {
                cell.set_attribute("aria-label", &label)?;
            }
        }
        Ok(())
    }

    /// What a cell is written in.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&HtmlElement> {
        self.rows.get(row)?.cells.get(column)
    }

    /// What a cell is written in, by its name.
    pub(crate) fn named(&self, name: &CellName) -> Option<&HtmlElement> {
        let place = self.grid.borrow().place(name)?;
        self.cell(place.0, place.1)
    }

    /// The place of the cell that `node` is in.
    pub(crate) fn place_of(&self, node: &Element) -> Option<(usize, usize)> {
        let line = node.closest("tr").ok().flatten()?;
        let row = self.rows.iter().position(|row| row.element == line)?;
        let column = self.rows[row].cells.iter().position(|cell| cell.contains(Some(node)))?;
        Some((row, column))
    }

    /// Shows other words in a cell that is no surface.
    pub(crate) fn show(&self, pen: Pen<'_>, place: (usize, usize), words: &Delta) -> Drawing<()> {
        self.note(place, words);
        self.cell(place.0, place.1).map_or(Ok(()), |cell| show(pen, cell, words))
    }

    /// Draws the cells with variables anew, but for those that are surfaces.
    pub(crate) fn redraw_variables(
        &self,
        pen: Pen<'_>,
        is_mounted: &dyn Fn(&HtmlElement) -> bool,
    ) -> Drawing<()> {
        let grid = self.grid.borrow();
        for (row, cells) in self.rows.iter().zip(&grid.table.rows) {
            for (cell, words) in row.cells.iter().zip(cells) {
                if !is_mounted(cell) && text::has_variables(&document(words).lines()[0]) {
                    show(pen, cell, words)?;
                }
            }
        }
        Ok(())
    }

    /// Notes that a cell shows these words.
    pub(crate) fn note(&self, (row, column): (usize, usize), words: &Delta) {
        let mut grid = self.grid.borrow_mut();
        if let Some(have) = grid.table.rows.get_mut(row).and_then(|row| row.get_mut(column)) {
            have.clone_from(words);
        }
    }
}

/// A cell's inside, with its words.
fn new_cell(look: &Look<'_>, words: &Delta) -> Drawing<HtmlElement> {
    let cell: HtmlElement = look.pen.page.create_element("div")?.unchecked_into();
    cell.set_class_name("cell");
    if look.open {
        for (name, value) in [
            ("contenteditable", "true"),
            // Said by itself, since not all that looks for it knows that such a text has the keyboard anyway.
            ("tabindex", "0"),
            ("role", "textbox"),
            ("aria-multiline", "true"),
            ("spellcheck", "true"),
        ] {
            cell.set_attribute(name, value)?;
        }
    }
    cell.style().set_property("white-space", "pre-wrap")?;
    show(look.pen, &cell, words)?;
    Ok(cell)
}

/// Makes a cell's only line show `words`.
fn show(pen: Pen<'_>, cell: &HtmlElement, words: &Delta) -> Drawing<()> {
    let doc = document(words);
    let line = &doc.lines()[0];
    match cell.first_element_child().filter(|_| cell.child_element_count() == 1) {
        Some(element) => drop(line_view::patch(pen, &element, line)?),
        None => {
            cell.set_text_content(None);
            cell.append_child(&line_view::draw(pen, line)?.into())?;
        }
    }
    Ok(())
}

/// The table's own cell around a cell's inside: a heading or not, set as its column is.
fn boxed(page: &Page, cell: &HtmlElement, head: bool, align: Align) -> Drawing<Element> {
    let tag = if head { "th" } else { "td" };
    let around = cell.parent_element();
    let is_such = |around: &Element| around.tag_name().eq_ignore_ascii_case(tag);
    let new = match around.as_ref().filter(|around| is_such(around)) {
        Some(around) => around.clone(),
        None => {
            let new = page.create_element(tag)?;
            if head {
                new.set_attribute("scope", "col")?;
            }
            // Other people's carets stand beside a cell's inside.
            match &around {
                Some(around) => {
                    while let Some(child) = around.first_child() {
                        new.append_child(&child)?;
                    }
                    around.replace_with_with_node_1(&new)?;
                }
                None => drop(new.append_child(cell)?),
            }
            new
        }
    };
    match align {
        Align::Center => new.set_attribute("data-align", "center")?,
        Align::End => new.set_attribute("data-align", "right")?,
        _ => new.remove_attribute("data-align")?,
    }
    Ok(new)
}

/// Makes the children of `parent` be `wanted` without moving `pinned`.
fn arrange(parent: &Element, wanted: &[Node], pinned: Option<&Node>) -> Drawing<()> {
    let mut at = parent.first_child();
    for want in wanted {
        if at.as_ref() != Some(want) && pinned == Some(want) && want.parent_node().as_ref() == Some(parent) {
            // What stands before it finds its place later, or goes.
            while let Some(before) = at.filter(|node| node != want) {
                at = before.next_sibling();
                parent.append_child(&before)?;
            }
            at = Some(want.clone());
        }
        match &at {
            Some(node) if node == want => at = want.next_sibling(),
            _ => drop(parent.insert_before(want, at.as_ref())?),
        }
    }
    while let Some(gone) = at {
        at = gone.next_sibling();
        parent.remove_child(&gone)?;
    }
    Ok(())
}
