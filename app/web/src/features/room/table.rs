//! Tables: inserting one, and what can be done with the one that the caret is in.

use editor::{CaretState, CellPlace, Surface};
use leptos::prelude::*;
use replica::TableEvent;
use text::{Block, Intent, Selection, Table, TableAct};
use ui::{ButtonKind, Menu, MenuItem, MenuRule};

use super::{OpenRoom, copy};

/// How large a new table is.
const ROWS: usize = 3;
const COLUMNS: usize = 3;

/// Shows on the surface what changed in a table. Answers whether it stands there.
pub(super) fn show(surface: &Surface, event: &TableEvent) -> bool {
    match event {
        TableEvent::Grid(id) => surface.receive_table(id),
        TableEvent::Cell { cell, delta } => surface.receive_cell(cell, delta),
    }
}

/// Puts an empty table where the caret is in the text and goes into its first cell.
pub(super) fn insert(room: OpenRoom) {
    let Some(surface) = room.surface() else { return };
    let caret = surface.caret();
    // A table holds no tables.
    if caret.cell.is_some() {
        return;
    }
    // What is selected stays.
    surface.select(Selection::caret(caret.selection.end()));
    let open = room.get();
    let id = open.new_table_id();
    open.bring_tables(vec![Table::blank(&id, ROWS, COLUMNS)]);
    if surface.act(Intent::Block(Block::Table(id.clone()))) && surface.enter_table(&id) {
        room.say(copy::TABLE_INSERTED);
    } else {
        open.bring_tables(Vec::new());
    }
}

/// What can be done with the table that the caret is in. Stands where the kind of a line is chosen in the text: a cell has
/// no kinds.
#[component]
pub(super) fn TableTools(room: OpenRoom, caret: RwSignal<CaretState>) -> impl IntoView {
    let place = Memo::new(move |_| caret.with(|caret| caret.cell.clone()));
    let is = move |look: Look| Signal::derive(move || place.with(|place| place.as_ref().is_some_and(look)));
    let pick = move |make: Make| {
        move |()| {
            if let Some(place) = place.get_untracked() {
                act(room, &make(&place));
            }
        }
    };
    let item = move |label: &'static str, keys: &'static str, blocked: Look, make: Make| {
        let shortcut = (!keys.is_empty()).then(|| keys.to_owned());
        view! { <MenuItem label shortcut blocked=is(blocked) on_pick=pick(make) /> }
    };
    let delete = move |label: &'static str, blocked: Look, make: Make| {
        view! { <MenuItem label icon="trash" danger=true blocked=is(blocked) on_pick=pick(make) /> }
    };
    let delete_table = move |()| {
        if let Some(surface) = room.surface()
            && surface.delete_table()
        {
            surface.focus();
            room.say(copy::TABLE_DELETED);
        }
    };
    view! {
        <Menu label=copy::ROW kind=ButtonKind::Quiet>
            {item(copy::ROW_ABOVE, "", |_| false, |at| TableAct::AddRow(at.row))}
            {item(copy::ROW_BELOW, "Ctrl+Enter", |_| false, |at| TableAct::AddRow(at.row + 1))}
            <MenuRule />
            {item(copy::ROW_UP, "Alt+Shift+↑", |at| at.row == 0, |at| TableAct::MoveRow { from: at.row, to: at.row.saturating_sub(1) })}
            {item(copy::ROW_DOWN, "Alt+Shift+↓", |at| at.row + 1 == at.rows, |at| TableAct::MoveRow { from: at.row, to: at.row + 1 })}
            <MenuRule />
            {delete(copy::DELETE_ROW, |at| at.rows == 1, |at| TableAct::DeleteRow(at.row))}
        </Menu>
        <Menu label=copy::COLUMN kind=ButtonKind::Quiet>
            {item(copy::COLUMN_BEFORE, "", |_| false, |at| TableAct::AddColumn(at.column))}
            {item(copy::COLUMN_AFTER, "", |_| false, |at| TableAct::AddColumn(at.column + 1))}
            <MenuRule />
            {item(copy::COLUMN_BACK, "Alt+Shift+←", |at| at.column == 0, |at| TableAct::MoveColumn { from: at.column, to: at.column.saturating_sub(1) })}
            {item(copy::COLUMN_ON, "Alt+Shift+→", |at| at.column + 1 == at.columns, |at| TableAct::MoveColumn { from: at.column, to: at.column + 1 })}
            <MenuRule />
            {delete(copy::DELETE_COLUMN, |at| at.columns == 1, |at| TableAct::DeleteColumn(at.column))}
        </Menu>
        <Menu label=copy::TABLE kind=ButtonKind::Quiet>
            <MenuItem label=copy::HEADER_ROW icon="heading" checked=is(|at| at.header) on_pick=pick(|at| TableAct::Header(!at.header)) />
            <MenuRule />
            <MenuItem label=copy::DELETE_TABLE icon="trash" danger=true on_pick=delete_table />
        </Menu>
    }
}

/// Whether something is so, given where the caret is.
type Look = fn(&CellPlace) -> bool;
/// What to do, given where the caret is.
type Make = fn(&CellPlace) -> TableAct;

/// Does something with the table that the caret is in, and gives the cell the keyboard.
pub(super) fn act(room: OpenRoom, act: &TableAct) {
    if let Some(surface) = room.surface() {
        surface.act_on_table(act);
        surface.focus();
    }
}
