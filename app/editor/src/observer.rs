//! What the browser or an extension changed in the page by itself, and how it comes into the text.
//!
//! The observer's records are the one source: after each `input` event they say which line to read, and what changes
//! without any event (an extension's correction, a browser's own repair) arrives by the observer's call.

use js_sys::{Array, Function};
use text::{Delta, Gap, Intent, Selection, gap};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node};

use crate::change::Shown;
use crate::host::{EditKind, EditorError};
use crate::read_back;
use crate::surface::Inner;

/// Where records say that something changed.
pub(crate) enum Touched {
    Nothing,
    Line(Element),
    Several,
}

/// Calls `call` with records when lines of `root` change.
pub(crate) fn watch(root: &HtmlElement, call: &Function) -> Result<MutationObserver, EditorError> {
    let observer = MutationObserver::new(call).map_err(|_refused| EditorError::NoObserver)?;
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_character_data(true);
    what.set_subtree(true);
    observer.observe_with_options(root, &what).map_err(|_refused| EditorError::NoObserver)?;
    Ok(observer)
}

impl Inner {
    /// Takes into the text what changed in the page since the last look.
    pub(crate) fn absorb_now(&self) {
        self.absorb(&self.take_records());
    }

    /// Takes into the text what `records` say has changed in the page.
    pub(crate) fn absorb(&self, records: &Array) {
        let touched = self.touched(records);
        if self.composing() {
            self.composing_touched(&touched);
            return;
        }
        match touched {
            Touched::Nothing => {}
            Touched::Line(line) => self.absorb_line(&line),
            Touched::Several => self.absorb_all(),
        }
    }

    /// The lines that records speak of. What happens inside a table is the host's own affair.
    fn touched(&self, records: &Array) -> Touched {
        let mut touched = Touched::Nothing;
        for record in records.iter() {
            let Some(target) = record.unchecked_into::<MutationRecord>().target() else { continue };
            if &target == self.root.unchecked_ref::<Node>() {
                return Touched::Several;
            }
            let Some(line) = self.line_around(&target) else { continue };
            match &touched {
                Touched::Line(have) if *have == line => {}
                Touched::Line(_) => return Touched::Several,
                _ if line.has_attribute("data-table") => {}
                _ => touched = Touched::Line(line),
            }
        }
        touched
    }

    /// Reads one line and takes over how it differs.
    fn absorb_line(&self, line: &Element) {
        let index = self.index_of(line);
        let doc = self.text();
        let Some(have) = doc.lines().get(index).filter(|line| !line.format.block.is_void()) else {
            self.redraw_line(&doc, index);
            return;
        };
        let focus = self.page_focus();
        let reading = read_back::read(line, focus.as_ref().map(|(node, offset)| (node, *offset)));
        let old = have.as_text();
        let Some(found) = gap(&old, &reading.text, reading.place) else {
            // The words are the same, so the browser changed only how they are wrapped.
            self.redraw_line(&doc, index);
            return;
        };
        let start = doc.line_start(index);
        let before = Selection::caret(start + found.at + found.removed);
        let (intent, kind) = intent_of(found, start);
        let change = text::intend(&doc, before, self.pending.borrow().as_ref(), intent);
        drop(old);
        drop(doc);
        let Some(mut change) = change else { return };
        if let Some(place) = reading.place {
            change.selection = Selection::caret(start + place);
        }
        let shown = if reading.bare { Shown::Bare(index, reading.text) } else { Shown::Nothing };
        self.commit(change, kind, before, shown);
        if kind == EditKind::Typing {
            self.try_shortcut();
        }
    }

    /// Reads the whole page, where more than one line changed, and draws all of it anew from the text.
    pub(crate) fn absorb_all(&self) {
        let doc = self.text();
        let focus = self.page_focus();
        let (shown, caret) = self.read_page(focus.as_ref());
        let old: Vec<String> = doc.lines().iter().map(|line| line.text()).collect();
        let old = old.join("\n");
        let found = gap(&old, &shown, caret).unwrap_or(Gap { at: 0, removed: 0, inserted: String::new() });
        let before = Selection { anchor: found.at, head: found.at + found.removed };
        let intent = match (found.removed, found.inserted.as_str()) {
            (0, "") => None,
            (0, "\n") => Some(Intent::Break),
            (_, "") => Some(Intent::DeleteSelection),
            (_, text) if text.contains('\n') => Some(Intent::Paste(Delta::new().insert(text))),
            _ => Some(Intent::Insert(found.inserted)),
        };
        let change =
            intent.and_then(|intent| text::intend(&doc, before, self.pending.borrow().as_ref(), intent));
        drop(doc);
        match change {
            Some(change) => self.commit(change, EditKind::Other, before, Shown::Unknown),
            None => {
                self.redraw_all();
                self.show_selection();
            }
        }
    }

    /// The text of all lines, and where the caret is in it.
    fn read_page(&self, focus: Option<&(Node, u32)>) -> (String, Option<usize>) {
        let (mut text, mut caret, mut len) = (String::new(), None, 0);
        let mut child = self.root.first_child();
        while let Some(line) = child {
            child = line.next_sibling();
            if !text.is_empty() || len > 0 {
                text.push('\n');
            }
            let closed = line.dyn_ref::<Element>().is_some_and(|line| line.has_attribute("contenteditable"));
            if !closed {
                let reading = read_back::read(&line, focus.map(|(node, offset)| (node, *offset)));
                caret = caret.or(reading.place.map(|place| len + place));
                len += text::utf16_len(&reading.text);
                text.push_str(&reading.text);
            }
            len += 1;
        }
        (text, caret)
    }
}

/// What a person would have had to ask for to get `found`, in a line that starts at `start`.
pub(crate) fn intent_of(found: Gap, start: usize) -> (Intent, EditKind) {
    let range = start + found.at..start + found.at + found.removed;
    let text = found.inserted;
    match (found.removed, text.is_empty()) {
        (0, _) => (Intent::Insert(text), EditKind::Typing),
        (_, true) => (Intent::Replace { range, text }, EditKind::Deleting),
        _ => (Intent::Replace { range, text }, EditKind::Other),
    }
}
