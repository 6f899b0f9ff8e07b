//! What a surface asks of the program around it, and the small values they exchange.

use model::BlobHash;
use text::suggest::Mode;
use text::{Align, CellName, Change, Delta, Grid, LineFormat, Marks, Selection, TableAct};
use web_sys::{Element, FileList};

use crate::chip::Chip;

/// How a surface is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The name that screen readers give the text.
    pub label: String,
    /// What stands, greyed, in an empty text.
    pub placeholder: String,
    /// What screen readers say of the box of a check line that is ticked, and of one that is not.
    pub boxes: (String, String),
    /// Whether the text can only be read.
    pub read_only: bool,
    /// How its person works where suggestions are shown in the text; nothing where none is, and nobody suggests.
    pub mode: Option<Mode>,
}

/// What kind of change it was, so that undo can put a run of typing into one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditKind {
    /// Words were typed; joins the typing right before it.
    Typing,
    /// Characters were taken away one after the other; joins the deleting right before it.
    Deleting,
    /// A step of its own.
    Other,
    /// The second half of the change right before it, as when words are dragged to another place.
    Joined,
}

/// Where the caret stands and what is set there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaretState {
    /// The selection in UTF-16 units of the text.
    pub selection: Selection,
    /// Whether the surface has the keyboard.
    pub focused: bool,
    /// Marks on all of the selection; at a caret those that typing would take.
    pub marks: Marks,
    /// The format that all selected lines share.
    pub format: Option<LineFormat>,
    /// The cell of a table that the caret is in; the selection is then one in the cell.
    pub cell: Option<CellPlace>,
}

/// A cell, where it is in its table, and how that is set there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// Which cell.
    pub cell: CellName,
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0.
    pub column: usize,
    /// How many rows there are.
    pub rows: usize,
    /// How many columns there are.
    pub columns: usize,
    /// Whether the first row names the columns.
    pub header: bool,
    /// How its column is set.
    pub align: Align,
}

/// What goes to the clipboard or into a drag, and what comes from there. What is not there is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clip {
    /// For this program's own pages.
    pub own: String,
    /// For programs that take rich text.
    pub html: String,
    /// For all others.
    pub plain: String,
}

/// What the host makes of a [`Clip`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pasted {
    /// This insert-only text.
    Text(Delta),
    /// Its plain words, one line a line.
    Words,
    /// It takes a moment: the host pastes by [`crate::Surface::act`] when it is ready.
    Later,
}

/// Another person's caret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemoteCaret {
    /// Tells this caret from the others for as long as it is shown.
    pub id: u64,
    /// The name at the caret.
    pub name: String,
    /// Which side the person is on: `seller` or `buyer`.
    pub party: String,
    /// Where the selection began.
    pub anchor: usize,
    /// Where the caret is.
    pub head: usize,
    /// The cell of a table in which both are offsets.
    pub cell: Option<CellName>,
}

/// Why a surface could not be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditorError {
    /// The element is not part of a page with a window.
    #[error("the element does not stand in an open page")]
    NoPage,
    /// The browser lacks something the surface is built on.
    #[error("this browser cannot watch the text for changes")]
    NoObserver,
}

/// The program around a surface. It is called with nothing locked: it may call the surface back at once, except where it
/// is asked for tables or variables.
pub trait Host {
    /// A change made here. The surface's document and page have it already; `before` is the selection it found.
    fn changed(&self, change: &Change, kind: EditKind, before: Selection);
    /// The selection, or what is set at it, became another. At most once a frame.
    fn moved(&self, caret: &CaretState);
    /// A key without Ctrl, Alt or Meta goes down in the text, outside a composition. Taking it keeps it from the text: a
    /// menu that is open beside the caret moves by arrows, say.
    fn key(&self, _key: &str) -> bool {
        false
    }
    /// An arrow leads out of the text, forward or back; `x` is where the caret stood in the window, for arrows that go by
    /// rows. Answers whether the caret went elsewhere.
    fn leave(&self, _forward: bool, _x: Option<f64>) -> bool {
        false
    }
    /// The person wants the last step back.
    fn undo(&self);
    /// The person wants the step taken back again.
    fn redo(&self);
    /// The person follows a link. `address` has passed [`crate::followable`].
    fn link(&self, address: &str);
    /// The person wants to set or change the link at the selection.
    fn ask_link(&self);
    /// The forms in which `delta`, an insert-only piece of the text, goes to the clipboard.
    fn copied(&self, delta: &Delta) -> Clip;
    /// Makes text of what is pasted or dropped; not everything in it is empty.
    fn pasted(&self, clip: Clip) -> Pasted;
    /// What is pasted or dropped is too large. Its plain words come in all the same where `words` says so, else nothing.
    fn too_large(&self, words: bool);
    /// Files were pasted or dropped with the caret where they should go.
    fn files(&self, files: &FileList);
    /// Shows the image of these bytes in `figure`, now or later, by [`crate::show_image`]; or says that they are not there,
    /// by [`crate::miss_image`]. Called when the figure is new, and by [`crate::Surface::refill_images`].
    fn fill_image(&self, blob: BlobHash, figure: &Element);
    /// How a variable is shown. Asked while lines are drawn, and by [`crate::Surface::redraw_variables`].
    fn variable(&self, name: &str) -> Chip;
    /// The person wants to reach the tools by keyboard.
    fn ask_tools(&self) {}
    /// The table `id`; nothing as long as it is not there. From then on the surface must be told of what others change in
    /// it.
    fn table(&self, id: &str) -> Option<Grid>;
    /// What a cell holds.
    fn cell(&self, cell: &CellName) -> Delta;
    /// The name that screen readers give a cell: its row and column from 0, and what the column is called.
    fn cell_label(&self, row: usize, column: usize, heading: Option<&str>) -> String;
    /// As [`Host::changed`], in a cell.
    fn cell_changed(&self, cell: &CellName, change: &Change, kind: EditKind, before: Selection);
    /// The person does something with a table, from a cell with `selection` in it. Answers the cell where the caret goes;
    /// nothing when there was nothing to do.
    fn act_on_table(&self, cell: &CellName, selection: Selection, act: &TableAct) -> Option<CellName>;
}
