//! A nugget as its reader will see it: drawn by the editing surface, which nobody can write on here.

use std::rc::Rc;

use ::text::{CellName, Change, Delta, Document, Grid, Selection, Table, TableAct};
use editor::{Chip, Clip, EditKind, Host, Options, Pasted, Surface};
use exchange::{Imported, markdown, parcel::Source};
use leptos::{html, prelude::*};
use model::BlobHash;
use ui::{effect, live};
use web_sys::{Element, FileList};

use super::{Team, copy};

/// The text as it is when this comes on the screen.
#[component]
pub(super) fn Preview(team: Team, text: String) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let surface = StoredValue::new_local(None::<Surface>);
    let read: RwSignal<Option<Imported>, LocalStorage> = RwSignal::new_local(None);
    let is_empty = text.trim().is_empty();
    if !is_empty {
        let rooms = team.handsel.rooms();
        team.handsel.attempt(async move {
            let imported = rooms.read_text(Source::Markdown(&text)).await?;
            let _ = read.try_set(Some(imported));
            Ok(())
        });
    }
    effect(move || {
        let (Some(element), Some(Imported { text, tables, .. })) = (root.get(), read.get()) else { return };
        let options = Options { label: copy::LOOK.to_owned(), read_only: true, ..Options::default() };
        let grids = tables.into_iter().map(grid).collect();
        // Where a browser cannot draw it, the words can still be read in the field.
        surface.set_value(
            Surface::mount(element.into(), Document::from_delta(&text), Rc::new(Still { grids }), options)
                .ok(),
        );
    });
    on_cleanup(move || drop(surface.try_update_value(Option::take)));
    let empty = live(move || is_empty.then(|| view! { <p class="hint">{copy::EMPTY_TEXT}</p> }));
    view! { <div class="nugget-preview">{empty}<div class="prose" node_ref=root></div></div> }
}

/// A table with names for its cells, as the surface wants it.
fn grid(table: Table) -> Grid {
    let names = |count: usize| (0..count).map(|at| at.to_string()).collect::<Vec<_>>();
    let (rows, columns) = (names(table.rows.len()), names(table.columns()));
    Grid::new(table, rows, columns)
}

/// Nothing can be done to the text but read it.
struct Still {
    grids: Vec<Grid>,
}

impl Host for Still {
    fn changed(&self, _: &Change, _: EditKind, _: Selection) {}
    fn moved(&self, _: &editor::CaretState) {}
    fn undo(&self) {}
    fn redo(&self) {}
    fn ask_link(&self) {}
    fn too_large(&self, _: bool) {}
    fn files(&self, _: &FileList) {}
    fn cell_changed(&self, _: &CellName, _: &Change, _: EditKind, _: Selection) {}

    fn link(&self, address: &str) {
        browser::view::open_elsewhere(address);
    }

    fn copied(&self, delta: &Delta) -> Clip {
        Clip { plain: markdown::write(&Document::from_delta(delta), &[]), ..Clip::default() }
    }

    fn pasted(&self, _: Clip) -> Pasted {
        Pasted::Text(Delta::new())
    }

    fn fill_image(&self, _: BlobHash, figure: &Element) {
        editor::miss_image(figure, copy::IMAGE_IN_ROOM);
    }

    fn variable(&self, name: &str) -> Chip {
        Chip { value: None, title: name.to_owned() }
    }

    fn table(&self, id: &str) -> Option<Grid> {
        self.grids.iter().find(|grid| grid.table.id == id).cloned()
    }

    fn cell(&self, cell: &CellName) -> Delta {
        let find = |grid: &Grid| {
            let (row, column) = grid.place(cell)?;
            grid.cell(row, column).cloned()
        };
        self.grids.iter().find(|grid| grid.table.id == cell.table).and_then(find).unwrap_or_default()
    }

    fn cell_label(&self, row: usize, column: usize, _: Option<&str>) -> String {
        format!("{} {}", row + 1, column + 1)
    }

    fn act_on_table(&self, _: &CellName, _: Selection, _: &TableAct) -> Option<CellName> {
        None
    }
}
