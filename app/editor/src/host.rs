//! What a surface asks of the program around it, and the small values they exchange.

use model::BlobHash;
use text::{Change, Delta, LineFormat, Marks, Selection};
use web_sys::{Element, FileList};

/// How a surface is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The name that screen readers give the text.
    pub label: String,
    /// What stands, greyed, in an empty text.
    pub placeholder: String,
    /// Whether the text can only be read.
    pub read_only: bool,
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

/// The program around a surface. It is called with nothing locked: it may call the surface back at once, except while
/// it fills a table.
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
    /// Draws the table `id` into `figure`. Called when the figure is new.
    fn fill_table(&self, id: &str, figure: &Element);
    /// Shows the image of these bytes in `figure`, now or later, by [`crate::show_image`]; or says that they are not there,
    /// by [`crate::miss_image`]. Called when the figure is new, and by [`crate::Surface::refill_images`].
    fn fill_image(&self, blob: BlobHash, figure: &Element);
}
