//! A section's sealed text: drawn by the editing surface, which nobody can write on.

use std::{cell::RefCell, rc::Rc};

use ::text::{CellName, Change, Delta, Document, Grid, Selection, TableAct};
use browser::images::Shown;
use editor::{Chip, Clip, EditKind, Host, Options, Pasted, Surface};
use exchange::{frozen::Frozen, image::Kind, markdown};
use leptos::{html, prelude::*};
use model::BlobHash;
use ui::effect;
use web_sys::{Element, FileList};

use super::{Sealed, copy};

/// Words with what variables stood for when it was sealed.
pub(super) fn filled_words(frozen: &Frozen, words: &str) -> String {
    let document = Document::from_delta(&Delta::new().insert(words));
    ::text::filled(&document, &frozen.variables).text().trim_end_matches('\n').to_owned()
}

/// The text of the section at this place.
#[component]
pub(super) fn SealedText(sealed: Sealed, at: usize) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let surface = StoredValue::new_local(None::<Surface>);
    effect(move || {
        let Some(element) = root.get() else { return };
        let frozen = sealed.get();
        let Some(section) = frozen.sections.get(at) else { return };
        let options = Options {
            label: copy::text_of(&section.name, at + 1),
            boxes: (copy::TICKED.into(), copy::NOT_TICKED.into()),
            read_only: true,
            ..Options::default()
        };
        let host = Still { sealed, at, shown: Rc::default() };
        // Where a browser cannot draw it, nobody can sign it either: the words are missing.
        surface.set_value(Surface::mount(element.into(), section.text.clone(), Rc::new(host), options).ok());
    });
    on_cleanup(move || drop(surface.try_update_value(Option::take)));
    let name = sealed.get().sections.get(at).map(|section| section.name.clone()).unwrap_or_default();
    view! {
        <section class="sealed-part">
            {(!name.is_empty()).then(|| view! { <p class="sealed-name">{name}</p> })}
            <div class="prose" node_ref=root></div>
        </section>
    }
}

/// Nothing can be done to a sealed text but read it.
struct Still {
    sealed: Sealed,
    at: usize,
    /// Images that are shown, for as long as the text is.
    shown: Rc<RefCell<Vec<Shown>>>,
}

impl Still {
    fn grids<T>(&self, look: impl FnOnce(&[Grid]) -> T) -> Option<T> {
        let frozen = self.sealed.frozen.try_get_value()?;
        frozen.sections.get(self.at).map(|section| look(&section.tables))
    }
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

    fn fill_image(&self, blob: BlobHash, figure: &Element) {
        let Some(pictures) = self.sealed.pictures.try_get_value() else { return };
        let (figure, shown) = (figure.clone(), self.shown.clone());
        browser::timers::spawn(async move {
            let bytes = pictures(blob).await.unwrap_or_default();
            let picture = Kind::of(&bytes).and_then(|kind| Shown::new(&bytes, kind.media_type()).ok());
            match picture {
                Some(picture) => {
                    editor::show_image(&figure, picture.address());
                    shown.borrow_mut().push(picture);
                }
                None => editor::miss_image(&figure, copy::IMAGE_MISSING),
            }
        });
    }

    fn variable(&self, name: &str) -> Chip {
        let frozen = self.sealed.frozen.try_get_value();
        let value = frozen.and_then(|frozen| frozen.variables.get(name).cloned());
        Chip { value: value.filter(|value| !value.is_empty()), title: name.to_owned() }
    }

    fn table(&self, id: &str) -> Option<Grid> {
        self.grids(|grids| grids.iter().find(|grid| grid.table.id == id).cloned()).flatten()
    }

    fn cell(&self, cell: &CellName) -> Delta {
        let find = |grids: &[Grid]| {
            let grid = grids.iter().find(|grid| grid.table.id == cell.table)?;
            let (row, column) = grid.place(cell)?;
            grid.cell(row, column).cloned()
        };
        self.grids(find).flatten().unwrap_or_default()
    }

    fn cell_label(&self, row: usize, column: usize, _: Option<&str>) -> String {
        copy::cell(row + 1, column + 1)
    }

    fn act_on_table(&self, _: &CellName, _: Selection, _: &TableAct) -> Option<CellName> {
        None
    }
}
