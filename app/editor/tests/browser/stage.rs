//! A surface on a page, a host that keeps its own copy of the text, and hands that do what a browser does.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use editor::{CaretState, Chip, Clip, EditKind, Host, Options, Pasted, Surface};
use model::BlobHash;
use text::{CellName, Change, Delta, Document, Grid, Op, Selection, Table, TableAct, marked};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CharacterData, CompositionEvent, CompositionEventInit, DataTransfer, Element, Event, EventInit, FileList,
    HtmlElement, InputEvent, InputEventInit, KeyboardEvent, KeyboardEventInit, Node, StaticRange,
    StaticRangeInit,
};

/// What a surface told its host, and the host's own copy of the text.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) doc: RefCell<Document>,
    pub(crate) kinds: RefCell<Vec<EditKind>>,
    pub(crate) deltas: RefCell<Vec<Delta>>,
    pub(crate) carets: RefCell<Vec<CaretState>>,
    pub(crate) said: RefCell<Vec<String>>,
    pub(crate) filled: Cell<usize>,
    pub(crate) clip: RefCell<Clip>,
    pub(crate) pasted: RefCell<Option<Pasted>>,
    pub(crate) grids: RefCell<HashMap<String, Grid>>,
    /// What variables stand for.
    pub(crate) values: RefCell<HashMap<String, String>>,
    named: Cell<usize>,
}

impl Host for Notes {
    fn changed(&self, change: &Change, kind: EditKind, _before: Selection) {
        self.doc.borrow_mut().apply(&change.delta);
        self.kinds.borrow_mut().push(kind);
        self.deltas.borrow_mut().push(change.delta.clone());
    }
    fn moved(&self, caret: &CaretState) {
        self.carets.borrow_mut().push(caret.clone());
    }
    fn undo(&self) {
        self.said.borrow_mut().push("undo".into());
    }
    fn redo(&self) {
        self.said.borrow_mut().push("redo".into());
    }
    fn link(&self, address: &str) {
        self.said.borrow_mut().push(format!("link {address}"));
    }
    fn ask_link(&self) {
        self.said.borrow_mut().push("ask link".into());
    }
    fn copied(&self, delta: &Delta) -> Clip {
        let words =
            delta.ops().iter().map(|op| if let Op::Insert { text, .. } = op { text.as_str() } else { "" });
        let plain: String = words.collect();
        Clip { own: format!("own {plain}"), html: format!("<p>{plain}</p>"), plain }
    }
    fn pasted(&self, clip: Clip) -> Pasted {
        *self.clip.borrow_mut() = clip;
        self.pasted.borrow_mut().take().unwrap_or(Pasted::Words)
    }
    fn too_large(&self, words: bool) {
        self.said.borrow_mut().push(if words { "only words" } else { "too large" }.into());
    }
    fn files(&self, files: &FileList) {
        self.said.borrow_mut().push(format!("{} files", files.length()));
    }
    fn fill_image(&self, blob: BlobHash, figure: &Element) {
        self.filled.set(self.filled.get() + 1);
        editor::miss_image(figure, &format!("{} is not here", &blob.to_string()[..2]));
    }
    fn variable(&self, name: &str) -> Chip {
        let value = self.values.borrow().get(name).cloned();
        Chip { title: value.clone().unwrap_or_else(|| "No value".into()), value }
    }
    fn table(&self, id: &str) -> Option<Grid> {
        self.filled.set(self.filled.get() + 1);
        self.grids.borrow().get(id).cloned()
    }
    fn cell(&self, cell: &CellName) -> Delta {
        let grids = self.grids.borrow();
        let grid = &grids[&cell.table];
        grid.place(cell).and_then(|(row, column)| grid.cell(row, column).cloned()).unwrap_or_default()
    }
    fn cell_label(&self, row: usize, column: usize, heading: Option<&str>) -> String {
        format!("{row}, {}", heading.map_or_else(|| column.to_string(), str::to_owned))
    }
    fn cell_changed(&self, cell: &CellName, change: &Change, kind: EditKind, _before: Selection) {
        self.write(cell, &change.delta);
        self.kinds.borrow_mut().push(kind);
        self.deltas.borrow_mut().push(change.delta.clone());
    }
    fn act_on_table(&self, cell: &CellName, _selection: Selection, act: &TableAct) -> Option<CellName> {
        let mut grids = self.grids.borrow_mut();
        let grid = grids.get_mut(&cell.table).unwrap();
        let at = grid.place(cell).unwrap();
        let mut name = || {
            self.named.set(self.named.get() + 1);
            format!("n{}", self.named.get())
        };
        if !grid.act(act, &mut name) {
            return None;
        }
        let (row, column) = grid.after(act, at);
        grid.name(row, column)
    }
}

impl Notes {
    /// Writes in a cell.
    fn write(&self, cell: &CellName, delta: &Delta) {
        let mut grids = self.grids.borrow_mut();
        let grid = grids.get_mut(&cell.table).unwrap();
        // What is written in a cell that is gone waits for it to come back.
        let Some((row, column)) = grid.place(cell) else { return };
        let held = &mut grid.table.rows[row][column];
        let mut doc = Document::from_delta(held);
        doc.apply(delta);
        *held = doc.slice(0..doc.last_offset());
    }
}

/// The table that a line `{table …}` stands for: words in two rows and two columns.
fn table(id: &str) -> Grid {
    let rows = [["Step", "Weeks"], ["Pilot", "2"]];
    let rows = rows.iter().map(|row| row.iter().map(|cell| Delta::new().insert(cell)).collect()).collect();
    let table = Table { id: id.to_owned(), header: true, aligns: Vec::new(), rows };
    Grid::new(table, vec!["r0".into(), "r1".into()], vec!["c0".into(), "c1".into()])
}

/// A mounted surface; it leaves the page with this value.
pub(crate) struct Stage {
    pub(crate) surface: Surface,
    pub(crate) host: Rc<Notes>,
    pub(crate) root: HtmlElement,
    /// What keys, letters and compositions go to: the text, or a cell.
    hands: RefCell<HtmlElement>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

fn new_root() -> HtmlElement {
    let page = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = page.create_element("div").unwrap().unchecked_into();
    page.body().unwrap().append_child(&root).unwrap();
    root
}

fn mount(doc: &Document, host: Notes) -> (Surface, Rc<Notes>, HtmlElement) {
    let root = new_root();
    let host = Rc::new(Notes { doc: RefCell::new(doc.clone()), ..host });
    let (label, placeholder) = ("Proposal".into(), "Write".into());
    let options = Options { label, placeholder, ..Options::default() };
    let surface = Surface::mount(root.clone(), doc.clone(), host.clone(), options).unwrap();
    (surface, host, root)
}

impl Stage {
    /// Shows a marked text and gives it the keyboard.
    pub(crate) fn new(marked_text: &str) -> Self {
        let (doc, selection) = marked::read(marked_text);
        let ids = ["t", "t1"].map(|id| (id.to_owned(), table(id)));
        let grids = RefCell::new(ids.into_iter().collect());
        let (surface, host, root) = mount(&doc, Notes { grids, ..Notes::default() });
        surface.focus();
        surface.select(selection);
        let hands = RefCell::new(root.clone());
        Self { surface, host, root, hands }
    }

    /// The inside of a cell of the first table.
    pub(crate) fn cell(&self, row: u32, column: u32) -> HtmlElement {
        let row = self.root.query_selector_all("tr").unwrap().item(row).unwrap();
        let cells = row.unchecked_into::<Element>().query_selector_all(".cell").unwrap();
        cells.item(column).unwrap().unchecked_into()
    }

    /// What keys, letters and compositions go to.
    pub(crate) fn hands(&self) -> HtmlElement {
        self.hands.borrow().clone()
    }

    /// Lets keys, letters and compositions go to what has the keyboard now.
    pub(crate) fn follow(&self) {
        let page = web_sys::window().unwrap().document().unwrap();
        *self.hands.borrow_mut() = page.active_element().unwrap().unchecked_into();
    }

    /// Gives a cell of the first table the keyboard, as Tab of the browser's own does.
    pub(crate) fn go_to(&self, row: u32, column: u32) {
        self.cell(row, column).focus().unwrap();
        self.follow();
    }

    /// The words of the first table on the page, cells parted by `|`, rows by `/`, and `*` before the cell that has the
    /// keyboard.
    pub(crate) fn table(&self) -> String {
        let active = web_sys::window().unwrap().document().unwrap().active_element();
        let rows = self.root.query_selector_all("tr").unwrap();
        let row = |row: Node| {
            let cells = row.unchecked_into::<Element>().query_selector_all(".cell").unwrap();
            let cell = |cell: Node| {
                let star = if active.as_ref().is_some_and(|active| cell.is_same_node(Some(active))) {
                    "*"
                } else {
                    ""
                };
                format!("{star}{}", cell.text_content().unwrap())
            };
            (0..cells.length()).map(|at| cell(cells.item(at).unwrap())).collect::<Vec<_>>().join("|")
        };
        (0..rows.length()).map(|at| row(rows.item(at).unwrap())).collect::<Vec<_>>().join("/")
    }

    /// Somebody else does something with a table.
    pub(crate) fn receive_act(&self, id: &str, act: &TableAct) {
        let first = self.host.grids.borrow()[id].name(0, 0).unwrap();
        self.host.act_on_table(&first, Selection::caret(0), act);
        self.surface.receive_table(id);
    }

    /// Somebody else writes in a cell.
    pub(crate) fn receive_cell(&self, id: &str, row: usize, column: usize, delta: &Delta) {
        let cell = self.host.grids.borrow()[id].name(row, column).unwrap();
        self.host.write(&cell, delta);
        self.surface.receive_cell(&cell, delta);
    }

    /// The same on a machine whose screen keyboard composes every word.
    pub(crate) fn on_android(marked_text: &str) -> Self {
        let script = |script: &str| js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
        script("Object.defineProperty(navigator, 'userAgent', { value: 'Android', configurable: true })");
        let stage = Self::new(marked_text);
        script("delete navigator.userAgent");
        stage
    }

    /// The text and the selection, marked.
    pub(crate) fn marked(&self) -> String {
        marked::write(&self.surface.document(), self.surface.selection())
    }

    /// Asserts what a user would see, and that page, surface and host agree.
    #[track_caller]
    pub(crate) fn shows(&self, marked_text: &str) {
        assert_eq!(self.marked(), marked_text);
        self.agrees("");
    }

    /// Asserts that the host has the same text and that the page, patched many times, is as if drawn anew.
    #[track_caller]
    pub(crate) fn agrees(&self, context: &str) {
        let doc = self.surface.document();
        assert_eq!(*self.host.doc.borrow(), *doc, "host and surface {context}");
        let lines: Vec<String> = self.lines().iter().map(shown_text).collect();
        let wanted: Vec<String> = doc
            .lines()
            .iter()
            .map(|line| {
                if line.format.block.is_void() {
                    String::new()
                } else {
                    line.text().replace('\u{2028}', "\n")
                }
            })
            .collect();
        assert_eq!(lines, wanted, "page and text {context}");
        let (grids, values) = (self.host.grids.clone(), self.host.values.clone());
        let (_fresh, _, root) = mount(&doc, Notes { grids, values, ..Notes::default() });
        for (at, (have, want)) in self.lines().iter().zip(children(&root)).enumerate() {
            let (have, want) = (unnamed(have), unnamed(&want));
            assert!(
                have.is_equal_node(Some(&want)),
                "line {at}: {} is not {} {context}",
                have.outer_html(),
                want.outer_html()
            );
        }
        root.remove();
    }

    /// The elements of the lines.
    pub(crate) fn lines(&self) -> Vec<Element> {
        children(&self.root)
    }

    /// The lines as HTML.
    pub(crate) fn html(&self) -> String {
        self.root.inner_html()
    }

    /// Where the page's caret is.
    pub(crate) fn page_caret(&self) -> (Node, u32) {
        let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
        (selection.focus_node().unwrap(), selection.focus_offset())
    }

    /// Puts the page's caret somewhere, as a click would.
    pub(crate) fn put_caret(&self, node: &Node, offset: u32) {
        let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
        selection.collapse_with_offset(Some(node), offset).unwrap();
    }

    /// Waits until the surface has heard of a selection. A browser tells of one when it comes to it: Firefox under load
    /// some frames later.
    pub(crate) async fn selection_becomes(&self, expected: Selection) {
        for _ in 0..120 {
            if self.surface.selection() == expected {
                return;
            }
            framed().await;
        }
        assert_eq!(self.surface.selection(), expected, "after two seconds of frames");
    }

    /// Announces a change; answers whether the browser is to make it.
    pub(crate) fn announce(&self, kind: &str, data: Option<&str>) -> bool {
        let init = InputEventInit::new();
        init.set_input_type(kind);
        init.set_data(data);
        init.set_bubbles(true);
        init.set_cancelable(true);
        self.hands
            .borrow()
            .dispatch_event(&InputEvent::new_with_event_init_dict("beforeinput", &init).unwrap())
            .unwrap()
    }

    /// Announces a change of a range in the first line's first text, with the words in both places browsers put them.
    pub(crate) fn announce_at(&self, kind: &str, data: Option<&str>, moved: &str, range: Range<u32>) {
        assert!(!self.offer_at(kind, data, moved, range), "{kind} is left to the browser");
    }

    /// The same, and what is left to the browser is done as it would do it.
    pub(crate) fn change_at(&self, kind: &str, data: Option<&str>, moved: &str, range: Range<u32>) {
        if self.offer_at(kind, data, moved, range.clone()) {
            let node: CharacterData = self.first_node().unchecked_into();
            node.replace_data(range.start, range.end - range.start, moved).unwrap();
            self.put_caret(&node, range.start + moved.encode_utf16().count() as u32);
            self.tell_input();
        }
    }

    /// The first node in the first line that has none inside it.
    fn first_node(&self) -> Node {
        let mut node: Node = self.lines()[0].clone().into();
        while let Some(inner) = node.first_child() {
            node = inner;
        }
        node
    }

    fn offer_at(&self, kind: &str, data: Option<&str>, moved: &str, range: Range<u32>) -> bool {
        let node = self.first_node();
        let ends = StaticRangeInit::new(&node, range.end, &node, range.start);
        let words = DataTransfer::new().unwrap();
        words.set_data("text/plain", moved).unwrap();
        let init = InputEventInit::new();
        init.set_input_type(kind);
        init.set_data(data);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = InputEvent::new_with_event_init_dict("beforeinput", &init).unwrap();
        if data.is_none() {
            give(&event, "dataTransfer", &words);
        }
        let ranges = js_sys::Array::of1(&StaticRange::new(&ends).unwrap());
        let answer = js_sys::Function::new_with_args("ranges", "return () => ranges");
        give(&event, "getTargetRanges", &answer.call1(&JsValue::NULL, &ranges).unwrap());
        self.root.dispatch_event(&event).unwrap()
    }

    /// Says that the browser has changed the page.
    pub(crate) fn tell_input(&self) {
        let init = EventInit::new();
        init.set_bubbles(true);
        self.hands
            .borrow()
            .dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap())
            .unwrap();
    }

    /// Types as a browser does: announced, done in the text node at the caret, told.
    pub(crate) fn type_text(&self, text: &str) {
        for letter in text.chars() {
            let letter = letter.to_string();
            if self.announce("insertText", Some(&letter)) {
                self.write(&letter, 0);
                self.tell_input();
            }
        }
    }

    /// Writes at the page's caret, in place of the `over` units before it.
    pub(crate) fn write(&self, text: &str, over: u32) {
        let (node, offset) = self.page_caret();
        let len = text.encode_utf16().count() as u32;
        if let Some(data) = node.dyn_ref::<CharacterData>() {
            data.replace_data(offset - over, over, text).unwrap();
            self.put_caret(&node, offset - over + len);
        } else {
            // A browser puts a text node in place of the filler.
            let filler = node.child_nodes().item(offset).filter(|child| child.node_name() == "BR");
            let new: Node = node.owner_document().unwrap().create_text_node(text).into();
            match filler {
                Some(filler) => drop(node.replace_child(&new, &filler).unwrap()),
                None => drop(node.append_child(&new).unwrap()),
            }
            self.put_caret(&new, len);
        }
    }

    /// Backspace, done by the browser's own rules if it is left to it.
    pub(crate) fn backspace(&self) {
        if self.announce("deleteContentBackward", None) {
            let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
            selection.modify("extend", "backward", "character").unwrap();
            selection.delete_from_document().unwrap();
            self.tell_input();
        }
    }

    /// A key with modifiers written before it, as `Ctrl+Shift+s`. Answers whether the browser may act on it.
    pub(crate) fn press(&self, keys: &str) -> bool {
        let mut parts: Vec<&str> = keys.split('+').collect();
        let key = parts.pop().unwrap();
        let init = KeyboardEventInit::new();
        init.set_key(key);
        if key.len() == 1 && key.as_bytes()[0].is_ascii_digit() {
            init.set_code(&format!("Digit{key}"));
        }
        init.set_ctrl_key(parts.contains(&"Ctrl"));
        init.set_shift_key(parts.contains(&"Shift"));
        init.set_alt_key(parts.contains(&"Alt"));
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        let hands = self.hands.borrow().clone();
        hands.dispatch_event(&event).unwrap()
    }

    /// One step of a composition: `compositionstart`, `compositionend`.
    pub(crate) fn compose(&self, step: &str) {
        let init = CompositionEventInit::new();
        init.set_bubbles(true);
        let event = CompositionEvent::new_with_event_init_dict(step, &init).unwrap();
        self.hands.borrow().dispatch_event(&event).unwrap();
    }

    /// Composes `shown`, step by step, and lets the last one stand.
    pub(crate) async fn compose_all(&self, shown: &[&str]) {
        self.compose("compositionstart");
        let mut before = 0;
        for text in shown {
            self.compose_step(text, before);
            before = text.encode_utf16().count() as u32;
        }
        self.compose("compositionend");
        settled().await;
    }

    /// Shows `text` in place of the `over` units composed before.
    pub(crate) fn compose_step(&self, text: &str, over: u32) {
        self.announce("insertCompositionText", Some(text));
        self.write(text, over);
        self.tell_input();
    }

    /// A change by somebody else.
    pub(crate) fn receive(&self, delta: &Delta) {
        self.host.doc.borrow_mut().apply(delta);
        self.surface.receive(delta);
    }
}

/// Gives an event what a browser puts into it. Not every browser takes all of it when an event is made by a script.
pub(crate) fn give(event: &Event, name: &str, value: &JsValue) {
    let property: js_sys::Object = js_sys::Object::new();
    js_sys::Reflect::set(&property, &"value".into(), value).unwrap();
    let event: &js_sys::Object = event.unchecked_ref();
    js_sys::Object::define_property(event, &name.into(), &property);
}

/// Lets microtasks run: observers' calls and the ends of compositions.
pub(crate) async fn settled() {
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
}

/// Lets a frame pass.
pub(crate) async fn framed() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window().unwrap().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(frame).await.unwrap();
    settled().await;
}

fn children(root: &HtmlElement) -> Vec<Element> {
    let list = root.children();
    (0..list.length()).map(|at| list.item(at).unwrap()).collect()
}

/// A copy of a line whose cells have no names: those follow a heading only when whoever writes in it is done.
fn unnamed(line: &Element) -> Element {
    let copy: Element = line.clone_node_with_deep(true).unwrap().unchecked_into();
    let cells = copy.query_selector_all(".cell").unwrap();
    for at in 0..cells.length() {
        cells.item(at).unwrap().unchecked_into::<Element>().remove_attribute("aria-label").unwrap();
    }
    copy
}

fn shown_text(line: &Element) -> String {
    if line.has_attribute("contenteditable") {
        String::new()
    } else {
        line.text_content().unwrap_or_default()
    }
}
