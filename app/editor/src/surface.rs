//! The editing surface: what the program holds, and what all its parts share.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use text::suggest::Mode;
use text::{Delta, Document, Intent, Marks, Selection};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document as Page, DomRect, Element, Event, HtmlElement, MutationObserver, Node, ResizeObserver,
    Selection as PageSelection, Window,
};

use crate::cell::InCell;
use crate::composition::Composition;
use crate::find::Found;
use crate::host::{CaretState, EditorError, Host, Options, RemoteCaret};
use crate::listener::Listener;
use crate::observer::Typing;
use crate::people::People;
use crate::platform::Platform;
use crate::tables::Tables;
use crate::{attach, observer};

/// An editing surface, mounted in an element until it is dropped. Clones are the same surface.
///
/// The surface holds its own copy of the text. What is typed changes that copy first and is then told to the [`Host`];
/// what others write comes in by [`Surface::receive`]. Both sides stay equal as long as each change of one reaches the
/// other in order.
#[derive(Clone)]
pub struct Surface(Rc<Mounted>);

/// A surface and what keeps it alive in the page.
struct Mounted {
    inner: Rc<Inner>,
    listeners: Vec<Listener>,
}

/// The state of a surface. Parts of it are borrowed only for a moment, never across a call to the page or the host.
pub(crate) struct Inner {
    pub(crate) root: HtmlElement,
    pub(crate) page: Page,
    pub(crate) window: Window,
    pub(crate) host: Rc<dyn Host>,
    pub(crate) platform: Platform,
    pub(crate) page_selection: Option<PageSelection>,
    /// This surface, for listeners that come and go.
    pub(crate) me: Weak<Inner>,
    links: OnceCell<Links>,

    text: RefCell<Rc<Document>>,
    pub(crate) selection: Cell<Selection>,
    /// Marks chosen at a caret for what is typed next.
    pub(crate) pending: RefCell<Option<Marks>>,
    pub(crate) composition: RefCell<Option<Composition>>,
    /// The caret right after typed signs became a format, for as long as nothing else happens.
    pub(crate) formatted: Cell<Option<Selection>>,
    /// What the browser said it would type.
    pub(crate) typing: RefCell<Option<Typing>>,
    /// Where in the page the caret is after what was just typed, which is in the text already.
    pub(crate) typed_at: RefCell<Option<(Node, u32)>>,
    /// The line last worked in and its index, so that typing need not count lines.
    pub(crate) near: RefCell<Option<(Element, usize)>>,
    pub(crate) people: RefCell<People>,
    pub(crate) options: RefCell<Options>,
    pub(crate) selection_watch: RefCell<Option<Listener>>,
    /// What the next frame has to do.
    pub(crate) frame: Cell<Frame>,
    /// The caret as the host was last told.
    pub(crate) told: RefCell<Option<CaretState>>,
    /// Whether the page shows the placeholder; `None` before the first drawing.
    pub(crate) blank: Cell<Option<bool>>,
    pub(crate) focused: Cell<bool>,
    /// The selection was made by a triple click, which ends at the start of the next line.
    pub(crate) whole_line: Cell<bool>,
    /// The first half of a character that comes in two events.
    pub(crate) half: Cell<Option<u16>>,
    /// A button is down on the text.
    pub(crate) pressed: Cell<bool>,
    /// Escape was pressed last: Tab leaves the text.
    pub(crate) leaving: Cell<bool>,
    /// The keys for pasting plain words were pressed last.
    pub(crate) only_words: Cell<bool>,
    /// The figure that is marked as that of the chosen image.
    pub(crate) marked: RefCell<Option<Element>>,
    /// The part of the text that is being dragged.
    pub(crate) dragged: RefCell<Option<Range<usize>>>,
    /// The tables that stand in the text.
    pub(crate) tables: Tables,
    /// The cell of another surface's table that this one is; its text is one line for ever.
    pub(crate) cell: Option<InCell>,
}

/// Work that waits for the next frame.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frame {
    pub(crate) asked: bool,
    pub(crate) moved: bool,
    pub(crate) people: bool,
}

/// The browser's handles that lead back to a surface, weakly, so that dropping the surface ends them.
struct Links {
    observer: MutationObserver,
    _on_mutation: Closure<dyn Fn(Array)>,
    resized: ResizeObserver,
    _on_resize: Closure<dyn Fn()>,
    on_frame: Closure<dyn Fn()>,
    /// The frame that is asked for, to be called off.
    frame: Cell<Option<i32>>,
}

impl Links {
    fn new(inner: &Rc<Inner>) -> Result<Self, EditorError> {
        let call = |act: fn(&Inner)| {
            let weak = Rc::downgrade(inner);
            Closure::<dyn Fn()>::new(move || weak.upgrade().iter().for_each(|inner| act(inner)))
        };
        let weak = Rc::downgrade(inner);
        let on_mutation = Closure::<dyn Fn(Array)>::new(move |records: Array| {
            weak.upgrade().iter().for_each(|inner| inner.absorb(&records, false));
        });
        let on_resize = call(|inner| inner.people_moved(true));
        let resized = ResizeObserver::new(on_resize.as_ref().unchecked_ref())
            .map_err(|_refused| EditorError::NoObserver)?;
        resized.observe(&inner.root);
        Ok(Self {
            observer: observer::watch(&inner.root, on_mutation.as_ref().unchecked_ref())?,
            _on_mutation: on_mutation,
            resized,
            _on_resize: on_resize,
            on_frame: call(Inner::run_frame),
            frame: Cell::default(),
        })
    }

    /// Ends what would call back. A callback that is gone must not be called.
    fn end(&self, window: &Window) {
        self.observer.disconnect();
        self.resized.disconnect();
        if let Some(frame) = self.frame.take() {
            // Calling off a frame that has passed is no error.
            let _ = window.cancel_animation_frame(frame);
        }
    }
}

impl Surface {
    /// Turns `root` into an editing surface that shows `doc`.
    ///
    /// # Errors
    /// [`EditorError::NoPage`] if `root` does not stand in a page with a window.
    pub fn mount(
        root: HtmlElement,
        doc: Document,
        host: Rc<dyn Host>,
        options: Options,
    ) -> Result<Self, EditorError> {
        Self::mount_as(root, doc, host, options, None)
    }

    /// Turns the inside of a table's cell into a surface.
    pub(crate) fn mount_cell(
        root: HtmlElement,
        doc: Document,
        host: Rc<dyn Host>,
        options: Options,
        cell: InCell,
    ) -> Result<Self, EditorError> {
        Self::mount_as(root, doc, host, options, Some(cell))
    }

    fn mount_as(
        root: HtmlElement,
        doc: Document,
        host: Rc<dyn Host>,
        options: Options,
        cell: Option<InCell>,
    ) -> Result<Self, EditorError> {
        let page = root.owner_document().ok_or(EditorError::NoPage)?;
        let window = page.default_view().ok_or(EditorError::NoPage)?;
        let inner = Rc::new_cyclic(|me| Inner {
            me: me.clone(),
            platform: Platform::of(&window),
            page_selection: page.get_selection().ok().flatten(),
            root,
            page,
            window,
            host,
            links: OnceCell::new(),
            text: RefCell::new(Rc::new(doc)),
            selection: Cell::default(),
            pending: RefCell::default(),
            composition: RefCell::default(),
            formatted: Cell::default(),
            typing: RefCell::default(),
            typed_at: RefCell::default(),
            near: RefCell::default(),
            people: RefCell::default(),
            options: RefCell::new(options),
            selection_watch: RefCell::default(),
            frame: Cell::default(),
            told: RefCell::default(),
            blank: Cell::default(),
            focused: Cell::default(),
            whole_line: Cell::default(),
            leaving: Cell::default(),
            only_words: Cell::default(),
            half: Cell::default(),
            pressed: Cell::default(),
            marked: RefCell::default(),
            dragged: RefCell::default(),
            tables: Tables::default(),
            cell,
        });
        inner.fill_off_page();
        let links = Links::new(&inner)?;
        inner.links.get_or_init(|| links);
        let listeners = attach::listeners(&inner);
        Ok(Self(Rc::new(Mounted { inner, listeners })))
    }

    /// The text as it is now. Dropping it soon keeps the next change cheap.
    pub fn document(&self) -> Rc<Document> {
        self.0.inner.text()
    }

    pub(crate) fn inner(&self) -> &Rc<Inner> {
        &self.0.inner
    }

    /// The selection in the text.
    pub fn selection(&self) -> Selection {
        self.0.inner.selection.get()
    }

    /// The selection and what is set at it, at once; the host hears of it a frame later.
    pub fn caret(&self) -> CaretState {
        let inner = &self.0.inner;
        match inner.tables.active() {
            Some(cell) => CaretState { cell: inner.place_of_cell(&cell.name), ..cell.surface.caret() },
            None => {
                if !inner.composing() {
                    inner.refresh_selection();
                }
                inner.caret_state()
            }
        }
    }

    /// Selects a part of the text and brings the caret into view.
    pub fn select(&self, selection: Selection) {
        let inner = &self.0.inner;
        inner.settle();
        inner.leave_cell();
        inner.move_to(selection);
        inner.scroll_to_caret();
    }

    /// Gives the surface the keyboard, with the selection it had, be it in the text or in a cell.
    pub fn focus(&self) {
        match self.0.inner.tables.active() {
            Some(cell) => cell.surface.focus(),
            None => self.0.inner.focus(),
        }
    }

    /// Gives the surface the keyboard with the caret at its start, or at its end if not `forward`; near `x`, in window
    /// coordinates, where it comes from another text by an arrow that goes by rows.
    pub fn enter(&self, forward: bool, x: Option<f64>) {
        self.0.inner.arrive(forward, x);
    }

    /// Brings the line at an offset to the top of the window.
    pub fn reveal(&self, offset: usize) {
        let inner = &self.0.inner;
        let line = inner.text().place(offset).line;
        if let Some(line) = inner.root.children().item(line as u32) {
            line.scroll_into_view();
        }
    }

    /// Does what a person asked for at the selection, as a key or a tool would. The keyboard stays where it is.
    /// Answers whether there was anything to do.
    pub fn act(&self, intent: Intent) -> bool {
        match self.0.inner.tables.active() {
            Some(cell) => cell.surface.act(intent),
            None => self.0.inner.act(intent),
        }
    }

    /// As [`Surface::act`], and undone in one step with the change right before it, which may be another surface's.
    pub fn act_joined(&self, intent: Intent) -> bool {
        self.0.inner.act_joined(intent)
    }

    /// Takes over a change from elsewhere: the text, the selection and the lines it touches follow. A line in which
    /// words are being composed keeps its look until the composition ends.
    pub fn receive(&self, delta: &Delta) {
        self.0.inner.receive(delta);
    }

    /// Shows another text altogether.
    pub fn replace(&self, doc: Document) {
        self.0.inner.replace(doc);
    }

    /// Takes over what undo or redo did, and shows where: the selection becomes `selection`, or follows the change.
    pub fn restore(&self, delta: &Delta, selection: Option<Selection>) {
        let inner = &self.0.inner;
        inner.settle();
        inner.receive(delta);
        if let Some(selection) = selection {
            let in_cell = inner.tables.active().is_some_and(|cell| cell.surface.caret().focused);
            inner.leave_cell();
            inner.move_to(selection);
            if in_cell {
                inner.focus();
            }
        }
        inner.scroll_to_caret();
    }

    /// Takes what is half composed into the text at once, for moments after which nothing more may come, as when the
    /// page is about to close.
    pub fn settle(&self) {
        self.0.inner.settle();
        if let Some(cell) = self.0.inner.tables.active() {
            cell.surface.settle();
        }
    }

    /// Shows where others are, in place of all shown before.
    pub fn show_people(&self, carets: &[RemoteCaret]) {
        let inner = &self.0.inner;
        if inner.cell.is_some() {
            return inner.show_people(carets);
        }
        let (in_cells, in_text): (Vec<_>, Vec<_>) =
            carets.iter().cloned().partition(|caret| caret.cell.is_some());
        inner.show_people(&in_text);
        inner.set_people_in_cells(&in_cells);
    }

    /// Brings somebody's caret towards the middle of the window, if it is shown here. Answers whether it is.
    pub fn show_person(&self, id: u64) -> bool {
        self.0.inner.show_person(id)
    }

    /// Highlights parts of the text under a name which a style sheet gives a look by `::highlight(name)`, in place of
    /// those shown under that name before. In browsers without highlights boxes with `data-name` are laid over them.
    pub fn highlight(&self, name: &str, parts: &[Found]) {
        self.0.inner.highlight(name, parts);
    }

    /// The box around a part of the text, or of the cell that the caret is in, in window coordinates, for what should stand
    /// next to it. Costs a layout.
    pub fn bounds(&self, range: Range<usize>) -> Option<DomRect> {
        match self.0.inner.tables.active() {
            Some(cell) => cell.surface.bounds(range),
            None => self.0.inner.bounds(range),
        }
    }

    /// Asks the host again for the images whose bytes were not there.
    pub fn refill_images(&self) {
        self.0.inner.refill_images();
    }

    /// Gives the text another name for screen readers.
    pub fn set_label(&self, label: &str) {
        let inner = &self.0.inner;
        label.clone_into(&mut inner.options.borrow_mut().label);
        // A fixed name is always accepted.
        let _ = inner.root.set_attribute("aria-label", label);
    }

    /// How the person works in this text from now on, where suggestions are shown in it; cells are only read while somebody
    /// suggests.
    pub fn set_mode(&self, mode: Option<Mode>) {
        let inner = &self.0.inner;
        let before = std::mem::replace(&mut inner.options.borrow_mut().mode, mode);
        if (before == Some(Mode::Suggest)) != (mode == Some(Mode::Suggest)) {
            inner.settle();
            inner.leave_cell();
            inner.redraw_tables();
        }
    }

    /// Opens the text for writing, or closes it.
    pub fn set_read_only(&self, read_only: bool) {
        let inner = &self.0.inner;
        inner.settle();
        inner.options.borrow_mut().read_only = read_only;
        inner.dress();
        inner.redraw_tables();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.listeners.clear();
        if let Some(links) = self.inner.links.get() {
            links.end(&self.inner.window);
        }
        self.inner.selection_watch.take();
        self.inner.people.take().clear();
    }
}

impl Inner {
    /// The text as it is now.
    pub(crate) fn text(&self) -> Rc<Document> {
        self.text.borrow().clone()
    }

    /// Changes the text by `change`, which must not look at the surface.
    pub(crate) fn edit_text<T>(&self, change: impl FnOnce(&mut Document) -> T) -> T {
        change(Rc::make_mut(&mut self.text.borrow_mut()))
    }

    /// Puts another text in the place of the old one.
    pub(crate) fn set_text(&self, doc: Document) {
        *self.text.borrow_mut() = Rc::new(doc);
    }

    /// Whether the text can only be read.
    pub(crate) fn read_only(&self) -> bool {
        self.options.borrow().read_only
    }

    /// How the person works, where suggestions are shown in the text.
    pub(crate) fn mode(&self) -> Option<Mode> {
        self.options.borrow().mode
    }

    /// Whether cells can only be read: nobody suggests in them.
    pub(crate) fn cells_closed(&self) -> bool {
        self.read_only() || self.mode() == Some(Mode::Suggest)
    }

    /// Whether words are being composed right now.
    pub(crate) fn composing(&self) -> bool {
        self.composition.borrow().is_some()
    }

    /// Whether an event was meant for the text itself and not for a field within a table.
    pub(crate) fn is_target(&self, event: &Event) -> bool {
        // All listeners are the root's own; asking for the target itself would bring it over with each event.
        event.event_phase() == Event::AT_TARGET
    }

    /// Runs [`Inner::conclude`] once the events of this moment are through.
    pub(crate) fn conclude_soon(&self) {
        let weak = self.me.clone();
        let call = Closure::once_into_js(move || weak.upgrade().iter().for_each(|inner| inner.conclude()));
        self.window.queue_microtask(call.unchecked_ref());
    }

    /// Asks for `work` to be done in the next frame.
    pub(crate) fn next_frame(&self, work: impl FnOnce(&mut Frame)) {
        let mut frame = self.frame.get();
        work(&mut frame);
        if let Some(links) = self.links.get().filter(|_| !frame.asked) {
            let call = links.on_frame.as_ref().unchecked_ref::<Function>();
            links.frame.set(self.window.request_animation_frame(call).ok());
            frame.asked = links.frame.get().is_some();
        }
        self.frame.set(frame);
    }

    /// What the browser changed in the page and nobody has looked at yet.
    pub(crate) fn take_records(&self) -> Array {
        self.links.get().map(|links| links.observer.take_records()).unwrap_or_default()
    }

    fn run_frame(&self) {
        let frame = self.frame.take();
        if frame.moved {
            self.mark_chosen();
            self.tell_moved();
        }
        if frame.people {
            self.draw_people();
        }
    }

    /// Dresses the root and draws the text. A section is taken off the page for that: Chromium lays the whole page out
    /// whenever an element in it is opened for writing, and a long room has hundreds. A cell may be under a pointer.
    fn fill_off_page(&self) {
        let parent = self.root.parent_node().filter(|_| self.cell.is_none());
        let below = self.root.next_sibling();
        if parent.is_some() {
            self.root.remove();
        }
        self.dress();
        self.redraw_all();
        if let Some(parent) = parent {
            // It stood there a moment ago.
            let _ = parent.insert_before(&self.root, below.as_ref());
        }
    }

    /// Gives the root the attributes of a text field or of a text to read.
    fn dress(&self) {
        let options = self.options.borrow().clone();
        let open = !options.read_only;
        let attributes = [
            ("class", Some(if self.cell.is_some() { "cell" } else { "prose" })),
            ("contenteditable", Some(if open { "true" } else { "false" })),
            ("role", Some(if open { "textbox" } else { "group" })),
            ("aria-multiline", open.then_some("true")),
            ("aria-label", Some(options.label.as_str())),
            ("spellcheck", open.then_some("true")),
            ("data-placeholder", Some(options.placeholder.as_str())),
            ("aria-placeholder", open.then_some(options.placeholder.as_str())),
        ];
        for (name, value) in attributes {
            // These names and values are always accepted.
            let _ = match value.filter(|value| !value.is_empty()) {
                Some(value) => self.root.set_attribute(name, value),
                None => self.root.remove_attribute(name),
            };
        }
        let boxes = [("--ticked", &options.boxes.0), ("--unticked", &options.boxes.1)];
        for (name, words) in boxes.into_iter().filter(|(_, words)| !words.is_empty()) {
            // The style sheet gives them to the boxes that it draws. These names and values are always accepted.
            let _ = self.root.style().set_property(name, &["\"", words, "\""].concat());
        }
        // Without it browsers type no-break spaces and fold runs of spaces, and the page no longer equals the text.
        let _ = self.root.style().set_property("white-space", "pre-wrap");
    }
}
