//! The tables in a text. Each stands in the figure of its line, closed to the text around it, and each of its cells is
//! open again by itself. A cell becomes a surface of its own when it gets the keyboard or somebody else's caret; until
//! then it is only drawn.

use std::cell::RefCell;
use std::rc::Rc;

use text::{Block, CellName, Change, Delta, Intent, Selection, TableAct};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, Event, HtmlElement};

use crate::cell::{CellHost, InCell};
use crate::dom_selection;
use crate::host::{CaretState, CellPlace, EditKind, Options, RemoteCaret};
use crate::surface::{Inner, Surface};
use crate::table_view::{self, Look, TableView};

/// What a surface knows of its tables.
#[derive(Default)]
pub(crate) struct Tables {
    views: RefCell<Vec<Rc<TableView>>>,
    /// Figures whose tables were not there yet when they were drawn.
    unfilled: RefCell<Vec<Element>>,
    mounted: RefCell<Vec<Rc<Cell>>>,
    /// The cell that has the keyboard, or had it last and would get it again.
    active: RefCell<Option<Rc<Cell>>>,
    people: RefCell<Vec<RemoteCaret>>,
}

/// A cell that is a surface.
pub(crate) struct Cell {
    pub(crate) name: CellName,
    pub(crate) surface: Surface,
}

impl Cell {
    fn inner(&self) -> &Rc<Inner> {
        self.surface.inner()
    }

    fn root(&self) -> &HtmlElement {
        &self.inner().root
    }
}

impl Surface {
    /// The table `id` may have changed in its rows, columns or how they are set, or is there at last. Answers whether it
    /// stands here.
    pub fn receive_table(&self, id: &str) -> bool {
        self.inner().read_table(id, false);
        self.inner().tables.view(id).is_some()
    }

    /// A cell was changed from elsewhere. The caret and what is being composed in it stay. Answers whether its table stands
    /// here.
    pub fn receive_cell(&self, cell: &CellName, delta: &Delta) -> bool {
        self.inner().receive_cell(cell, delta);
        self.inner().tables.view(&cell.table).is_some()
    }

    /// Gives a cell the keyboard and selects a part of what it holds. Answers whether it is there.
    pub fn enter_cell(&self, cell: &CellName, selection: Selection) -> bool {
        self.inner().enter(cell, selection)
    }

    /// Gives the first cell of a table the keyboard. Answers whether the table is there.
    pub fn enter_table(&self, id: &str) -> bool {
        let inner = self.inner();
        let view = inner.tables.view(id);
        let first = view.and_then(|view| view.grid.borrow().name(0, 0));
        first.is_some_and(|first| inner.enter(&first, Selection::caret(0)))
    }

    /// Does something with the table in which the caret is. Answers whether there was anything to do.
    pub fn act_on_table(&self, act: &TableAct) -> bool {
        let inner = self.inner();
        let cell = inner.tables.active();
        cell.is_some_and(|cell| inner.act_on_table(&cell, act))
    }

    /// Puts cells in place of the one in which the caret is and those to the right and below. Answers whether there was
    /// anything to do.
    pub fn fill_cells(&self, cells: Vec<Vec<Delta>>) -> bool {
        let cell = self.inner().tables.active();
        cell.is_some_and(|cell| self.inner().fill_cells(&cell, cells))
    }

    /// Takes away the table in which the caret is, with the line that stands for it.
    pub fn delete_table(&self) -> bool {
        let inner = self.inner();
        let Some(cell) = inner.tables.active() else { return false };
        let Some(line) = inner.line_of_table(&cell.name.table) else { return false };
        inner.go_to_line(line, false);
        inner.act_at(
            inner.selection.get(),
            Intent::Delete { unit: text::Unit::Grapheme, forward: true },
            EditKind::Other,
        )
    }
}

impl Tables {
    pub(crate) fn active(&self) -> Option<Rc<Cell>> {
        self.active.borrow().clone()
    }

    pub(crate) fn view(&self, id: &str) -> Option<Rc<TableView>> {
        self.views.borrow().iter().find(|view| view.grid.borrow().table.id == id).cloned()
    }

    /// The table that `node` stands in, and the place of its cell there.
    fn at(&self, node: &Element) -> Option<(Rc<TableView>, (usize, usize))> {
        let figure = node.closest("[data-table]").ok().flatten()?;
        let view = self.views.borrow().iter().find(|view| view.figure == figure).cloned()?;
        let place = view.place_of(node)?;
        Some((view, place))
    }

    pub(crate) fn mounted_at(&self, root: &HtmlElement) -> Option<Rc<Cell>> {
        self.mounted.borrow().iter().find(|cell| cell.root() == root).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Rc<TableView>> {
        self.views.borrow().clone()
    }

    pub(crate) fn is_mounted(&self, root: &HtmlElement) -> bool {
        self.mounted_at(root).is_some()
    }

    pub(crate) fn all_mounted(&self) -> Vec<Rc<Cell>> {
        self.mounted.borrow().clone()
    }
}

impl Inner {
    /// Draws the table of a line into its new figure, or notes that it is not there yet.
    pub(crate) fn draw_table(&self, figure: &Element, id: &str) {
        self.forget_gone();
        let Some(grid) = self.host.table(id) else {
            return self.tables.unfilled.borrow_mut().push(figure.clone());
        };
        let label =
            |row: usize, column: usize, heading: Option<&str>| self.host.cell_label(row, column, heading);
        let look = Look { pen: self.pen(), open: !self.cells_closed(), label: &label, pinned: None };
        // Drawing fails only when the page itself is going away.
        if let Ok(view) = TableView::draw(figure, grid, &look) {
            self.tables.views.borrow_mut().push(Rc::new(view));
            self.show_people_in_cells();
        }
    }

    /// Draws tables that were not there when their figures were.
    pub(crate) fn fill_rest(&self) {
        for figure in self.tables.unfilled.take() {
            let id = figure.get_attribute("data-table").filter(|_| self.root.contains(Some(&figure)));
            if let Some(id) = id {
                self.draw_table(&figure, &id);
            }
        }
    }

    /// Ends what belongs to figures that are no longer in the page.
    fn forget_gone(&self) {
        let gone = |element: &Element| !self.root.contains(Some(element));
        self.tables.views.borrow_mut().retain(|view| !gone(&view.figure));
        self.tables.unfilled.borrow_mut().retain(|figure| !gone(figure));
        for cell in self.tables.all_mounted() {
            if gone(cell.root()) {
                self.unmount(&cell);
            }
        }
    }

    /// Reads a table anew, after something `own` or from elsewhere has changed it.
    pub(crate) fn read_table(&self, id: &str, own: bool) {
        self.fill_rest();
        let views = self.tables.all();
        for view in views.iter().filter(|view| view.grid.borrow().table.id == id) {
            let Some(grid) = self.host.table(id) else { continue };
            let active = self.tables.active().filter(|cell| view.figure.contains(Some(cell.root())));
            let had_keyboard = active.as_ref().is_some_and(|cell| cell.inner().focused.get());
            let place = active.as_ref().and_then(|cell| view.grid.borrow().place(&cell.name));
            let label =
                |row: usize, column: usize, heading: Option<&str>| self.host.cell_label(row, column, heading);
            let look = Look {
                pen: self.pen(),
                open: !self.cells_closed(),
                label: &label,
                pinned: active.as_ref().filter(|_| had_keyboard).map(|cell| cell.root().clone().into()),
            };
            let Ok(new) = view.updated(grid, &look, &|root| self.tables.is_mounted(root)) else { continue };
            let new = Rc::new(new);
            for have in self.tables.views.borrow_mut().iter_mut().filter(|have| Rc::ptr_eq(have, view)) {
                *have = new.clone();
            }
            if own {
                self.refresh_mounted(&new);
            }
            self.forget_gone();
            self.show_people_in_cells();
            let Some(active) = active.filter(|_| had_keyboard) else { continue };
            if new.named(&active.name).is_some() {
                // Where a cell became a heading its inside has moved, and browsers take the keyboard from it.
                if self.page.active_element().as_ref() != Some(active.root()) {
                    active.inner().focus();
                }
            } else if let Some((row, column)) = place {
                let (row, column) = {
                    let grid = new.grid.borrow();
                    (row.min(grid.rows.len() - 1), column.min(grid.columns.len() - 1))
                };
                self.enter_at(&new, (row, column), Selection::caret(usize::MAX));
            }
        }
    }

    /// Brings the cells that are surfaces up to what their table holds.
    fn refresh_mounted(&self, view: &TableView) {
        for cell in self.tables.all_mounted() {
            let place = view.grid.borrow().place(&cell.name);
            let words = place.and_then(|(row, column)| view.grid.borrow().cell(row, column).cloned());
            if let Some(words) = words.filter(|_| view.figure.contains(Some(cell.root()))) {
                cell.show(&words);
            }
        }
    }

    /// Takes over what somebody else changed in a cell.
    fn receive_cell(&self, name: &CellName, delta: &Delta) {
        let views = self.tables.all();
        for view in views.iter() {
            let Some(place) = view.grid.borrow().place(name) else { continue };
            let mounted = view.cell(place.0, place.1).and_then(|root| self.tables.mounted_at(root));
            if let Some(cell) = &mounted {
                cell.surface.receive(delta);
            }
            let words = self.host.cell(name);
            match mounted {
                Some(cell) => {
                    // What came may have been in the cell already when it became a surface.
                    cell.show(&words);
                    view.note(place, &words);
                }
                None => {
                    // Drawing fails only when the page itself is going away.
                    let _ = view.show(self.pen(), place, &words);
                }
            }
            self.name_column(view, place);
        }
    }

    /// Names the cells of a column again, if `place` is its heading.
    pub(crate) fn name_column(&self, view: &TableView, (row, column): (usize, usize)) {
        if row == 0 && view.grid.borrow().table.header {
            let label =
                |row: usize, column: usize, heading: Option<&str>| self.host.cell_label(row, column, heading);
            let look = Look { pen: self.pen(), open: true, label: &label, pinned: None };
            // Fixed names are always accepted.
            let _ = view.label(column, &look);
        }
    }

    /// The keyboard, or a drop, comes to something in a table.
    pub(crate) fn reach_cell(&self, event: &Event) -> Option<Rc<Cell>> {
        let target: Element = event.target()?.dyn_into().ok()?;
        let (view, place) = self.tables.at(&target)?;
        let root = view.cell(place.0, place.1)?;
        match self.tables.mounted_at(root) {
            Some(cell) => Some(cell),
            None => self.mount(&view, place),
        }
    }

    /// The keyboard comes to a cell.
    pub(crate) fn gain_cell(&self, event: &Event) {
        let known = self.tables.all_mounted().len();
        let Some(cell) = self.reach_cell(event).filter(|_| !self.cells_closed()) else { return };
        if self.tables.all_mounted().len() > known {
            // It was no surface yet when it got the keyboard.
            if self.pressed.take() {
                cell.inner().pressed.set(true);
            }
            cell.inner().come_in();
        }
        self.make_active(&cell);
    }

    /// A press on a cell of a table where it has no words goes into its words. Answers whether it was one.
    pub(crate) fn press_beside_cell(&self, event: &Event) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let beside = target.filter(|target| matches!(target.local_name().as_str(), "td" | "th"));
        let Some(cell) = beside.and_then(|beside| beside.first_element_child()) else { return false };
        let there = self.tables.at(&cell);
        self.pressed.set(false);
        there.is_some_and(|(view, place)| self.enter_at(&view, place, Selection::caret(usize::MAX)))
    }

    pub(crate) fn make_active(&self, cell: &Rc<Cell>) {
        let before = self.tables.active.borrow_mut().replace(cell.clone());
        if let Some(before) = before.filter(|before| !Rc::ptr_eq(before, cell)) {
            self.release(&before);
        }
    }

    /// The caret is in the text again, and not in a cell.
    pub(crate) fn leave_cell(&self) {
        let before = self.tables.active.borrow_mut().take();
        if let Some(before) = before {
            self.told.take();
            self.release(&before);
        }
    }

    /// A cell that nobody is in needs not be a surface.
    fn release(&self, cell: &Rc<Cell>) {
        let people = self.tables.people.borrow();
        if people.iter().all(|caret| caret.cell.as_ref() != Some(&cell.name)) {
            drop(people);
            self.unmount(cell);
        }
    }

    pub(crate) fn mount(&self, view: &Rc<TableView>, place: (usize, usize)) -> Option<Rc<Cell>> {
        let root = view.cell(place.0, place.1)?.clone();
        let name = view.grid.borrow().name(place.0, place.1)?;
        let options = Options {
            label: root.get_attribute("aria-label").unwrap_or_default(),
            read_only: self.cells_closed(),
            ..Options::default()
        };
        let host = Rc::new(CellHost { outer: self.me.clone(), name: name.clone() });
        let within = InCell { outer: self.me.clone(), name: name.clone() };
        let doc = table_view::document(&self.host.cell(&name));
        let surface = Surface::mount_cell(root, doc, host, options, within).ok()?;
        let cell = Rc::new(Cell { name, surface });
        self.tables.mounted.borrow_mut().push(cell.clone());
        Some(cell)
    }

    fn unmount(&self, cell: &Rc<Cell>) {
        let words = {
            cell.surface.settle();
            cell.words()
        };
        let views = self.tables.all();
        for view in views.iter().filter(|view| view.figure.contains(Some(cell.root()))) {
            let place = view.grid.borrow().place(&cell.name);
            if let Some(place) = place {
                view.note(place, &words);
                self.name_column(view, place);
            }
        }
        self.tables.mounted.borrow_mut().retain(|have| !Rc::ptr_eq(have, cell));
        let was_active = self.tables.active.borrow().as_ref().is_some_and(|active| Rc::ptr_eq(active, cell));
        if was_active {
            self.tables.active.take();
            self.told.take();
        }
    }

    /// Gives a cell the keyboard, with `selection` in it.
    pub(crate) fn enter(&self, name: &CellName, selection: Selection) -> bool {
        let view = self.tables.view(&name.table);
        let there = view.and_then(|view| {
            let place = view.grid.borrow().place(name)?;
            Some((view, place))
        });
        there.is_some_and(|(view, place)| self.enter_at(&view, place, selection))
    }

    fn enter_at(&self, view: &Rc<TableView>, place: (usize, usize), selection: Selection) -> bool {
        let mounted = view.cell(place.0, place.1).and_then(|root| self.tables.mounted_at(root));
        let Some(cell) = mounted.or_else(|| self.mount(view, place)) else { return false };
        cell.inner().select_within(selection);
        cell.inner().focus();
        cell.surface.select(cell.surface.selection());
        self.make_active(&cell);
        true
    }

    /// The last place, or the first one, of the table at a line of the text.
    pub(crate) fn enter_from(&self, line: usize, last_row: bool, last_column: bool, at: Selection) -> bool {
        let id = match self.text().lines().get(line).map(|line| &line.format.block) {
            Some(Block::Table(id)) => id.clone(),
            _ => return false,
        };
        let Some(view) = self.tables.view(&id) else { return false };
        let place = {
            let grid = view.grid.borrow();
            let end = |last, len: usize| if last { len - 1 } else { 0 };
            (end(last_row, grid.rows.len()), end(last_column, grid.columns.len()))
        };
        self.enter_at(&view, place, at)
    }

    /// Which line stands for a table.
    pub(crate) fn line_of_table(&self, id: &str) -> Option<usize> {
        let view = self.tables.view(id)?;
        self.root.contains(Some(&view.figure)).then(|| self.index_of(&view.figure))
    }

    /// Gives the text the keyboard, with the caret at a line's start or `end`.
    pub(crate) fn go_to_line(&self, line: usize, end: bool) {
        let at = if end { self.text().line_end(line) } else { self.text().line_start(line) };
        self.leave_cell();
        self.select_within(Selection::caret(at));
        self.focus();
        self.move_to(Selection::caret(at));
        self.scroll_to_caret();
    }

    /// Puts the caret above or below a table. Where the text ends there, a line comes in.
    pub(crate) fn leave_table(&self, id: &str, below: bool) {
        let Some(line) = self.line_of_table(id) else { return };
        let lines = self.text().lines().len();
        let is_table = |line: usize| matches!(self.text().lines()[line].format.block, Block::Table(_));
        if below && line + 1 < lines {
            if !is_table(line + 1) || !self.enter_from(line + 1, false, false, Selection::caret(0)) {
                self.go_to_line(line + 1, false);
            }
        } else if below {
            self.go_to_line(line, false);
            self.act_at(self.selection.get(), Intent::Break, EditKind::Other);
        } else if line > 0 {
            if !is_table(line - 1) || !self.enter_from(line - 1, true, false, Selection::caret(0)) {
                self.go_to_line(line - 1, true);
            }
        } else {
            self.go_to_line(line, false);
            let delta = Delta::new().insert("\n");
            let change = Change { delta, selection: Selection::caret(0), pending: None };
            self.commit(change, EditKind::Other, self.selection.get(), crate::change::Shown::Nothing);
        }
    }

    /// Does something with the table of a cell, and takes the caret where it goes then.
    pub(crate) fn act_on_table(&self, cell: &Rc<Cell>, act: &TableAct) -> bool {
        cell.surface.settle();
        let selection = cell.surface.selection();
        let Some(goal) = self.host.act_on_table(&cell.name, selection, act) else { return false };
        self.read_table(&cell.name.table, true);
        let stays = goal == cell.name;
        self.enter(&goal, if stays { cell.surface.selection() } else { Selection::caret(usize::MAX) });
        true
    }

    /// Puts cells in place of `cell` and those to the right and below.
    pub(crate) fn fill_cells(&self, cell: &Rc<Cell>, cells: Vec<Vec<Delta>>) -> bool {
        let place = self.place_of_cell(&cell.name);
        place.is_some_and(|place| {
            self.act_on_table(cell, &TableAct::Fill { row: place.row, column: place.column, cells })
        })
    }

    /// The place of a cell of this surface in its table, and how large that is.
    pub(crate) fn place_of_cell(&self, name: &CellName) -> Option<CellPlace> {
        let view = self.tables.view(&name.table)?;
        let grid = view.grid.borrow();
        let (row, column) = grid.place(name)?;
        Some(CellPlace {
            cell: name.clone(),
            row,
            column,
            rows: grid.rows.len(),
            columns: grid.columns.len(),
            header: grid.table.header,
            align: grid.table.aligns[column],
        })
    }

    /// The name of a cell by its place in the table of another.
    pub(crate) fn cell_at(&self, of: &CellName, row: usize, column: usize) -> Option<CellName> {
        self.tables.view(&of.table)?.grid.borrow().name(row, column)
    }

    /// Tells the host of the caret in a cell.
    pub(crate) fn tell_moved_in_cell(&self, name: &CellName, caret: &CaretState) {
        if self.tables.active().is_some_and(|cell| cell.name == *name) {
            self.host.moved(&CaretState { cell: self.place_of_cell(name), ..caret.clone() });
        }
    }

    /// Something is let go over a cell that is no surface: the browser is never left to it.
    pub(crate) fn drop_in_cell(&self, event: &DragEvent) {
        let known = self.tables.all_mounted().len();
        if let Some(cell) = self.reach_cell(event).filter(|_| self.tables.all_mounted().len() > known) {
            cell.inner().drop_here(event);
        }
    }

    /// Notes who is in which cell, and shows them.
    pub(crate) fn set_people_in_cells(&self, carets: &[RemoteCaret]) {
        let none = carets.is_empty() && self.tables.people.borrow().is_empty();
        if !none {
            *self.tables.people.borrow_mut() = carets.to_vec();
            self.show_people_in_cells();
        }
    }

    /// As [`Inner::show_person`], in a cell, which a wide table scrolls to as well.
    pub(crate) fn show_person_in_cell(&self, id: u64) -> bool {
        let people = self.tables.people.borrow();
        let there = people.iter().find(|caret| caret.id == id).and_then(|caret| caret.cell.clone());
        drop(people);
        let cell = self.tables.all_mounted().into_iter().find(|cell| Some(&cell.name) == there.as_ref());
        cell.is_some_and(|cell| {
            dom_selection::scroll_to(cell.root());
            cell.inner().show_person(id)
        })
    }

    fn show_people_in_cells(&self) {
        let people = self.tables.people.borrow().clone();
        for caret in &people {
            let Some(name) = &caret.cell else { continue };
            let view = self.tables.view(&name.table);
            let there = view.and_then(|view| {
                let place = view.grid.borrow().place(name)?;
                Some((view, place))
            });
            let Some((view, place)) = there else { continue };
            let root = view.cell(place.0, place.1);
            if root.is_some_and(|root| self.tables.mounted_at(root).is_none()) {
                self.mount(&view, place);
            }
        }
        for cell in self.tables.all_mounted() {
            let here: Vec<RemoteCaret> =
                people.iter().filter(|caret| caret.cell.as_ref() == Some(&cell.name)).cloned().collect();
            cell.surface.show_people(&here);
            let is_active = self.tables.active().is_some_and(|active| Rc::ptr_eq(&active, &cell));
            if here.is_empty() && !is_active {
                self.unmount(&cell);
            }
        }
    }

    /// Opens the cells for writing, or closes them.
    pub(crate) fn redraw_tables(&self) {
        self.leave_cell();
        let figures: Vec<Element> = self.tables.views.take().iter().map(|view| view.figure.clone()).collect();
        self.tables.unfilled.borrow_mut().extend(figures);
        for cell in self.tables.mounted.take() {
            cell.surface.settle();
        }
        self.fill_rest();
    }
}

impl Cell {
    /// What it holds.
    fn words(&self) -> Delta {
        let doc = self.surface.document();
        doc.slice(0..doc.last_offset())
    }

    /// Shows `words`, if it holds something else.
    fn show(&self, words: &Delta) {
        let doc = table_view::document(words);
        if !self.inner().composing() && *self.surface.document() != doc {
            self.surface.replace(doc);
        }
    }
}
