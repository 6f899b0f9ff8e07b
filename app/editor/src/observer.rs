//! What the browser or an extension changed in the page by itself, and how it comes into the text.
//!
//! The observer's records are the one source: after each `input` event they say which line to read, and what changes
//! without any event (an extension's correction, a browser's own repair) arrives by the observer's call.

use std::ops::Range;

use js_sys::{Array, Function};
use text::{Block, Change, Delta, Document, Gap, Intent, Line, Selection, gap, utf16_len};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node, Text};

use crate::change::Shown;
use crate::host::{EditKind, EditorError};
use crate::line_view;
use crate::read_back;
use crate::surface::Inner;

/// Where records say that something changed.
pub(crate) enum Touched {
    Nothing,
    Line(Element),
    Several,
}

/// Letters that the browser is about to put into a line, as it announced them.
pub(crate) struct Typing {
    /// Where the caret is in the page.
    pub(crate) node: Node,
    pub(crate) offset: u32,
    /// The line that this is in.
    pub(crate) line: usize,
    pub(crate) words: String,
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
        self.absorb(&self.take_records(), false);
    }

    /// Takes into the text what `records` say has changed in the page; `typed` by a person, and not by a program.
    pub(crate) fn absorb(&self, records: &Array, typed: bool) {
        let touched = self.touched(records);
        if self.composing() {
            self.composing_touched(&touched);
            return;
        }
        match touched {
            Touched::Nothing => {}
            Touched::Line(line) => self.absorb_line(&line, typed),
            Touched::Several => self.absorb_all(),
        }
    }

    /// Takes letters into the text that were announced and that the page has now, if they came into a line without marks
    /// and nothing else happened. That is the way of nearly all keys, and spares reading the line and the selection.
    pub(crate) fn absorb_typed(&self, records: &Array, typing: Typing) -> bool {
        let Typing { node, offset, line, words } = typing;
        let doc = self.text();
        let (added, start) = (utf16_len(&words) as u32, doc.line_start(line));
        let is_bare = match doc.lines().get(line).map(|line| line.runs.as_slice()) {
            // What ends in a soft break, or is empty, has a filler beside its text.
            Some([run]) => run.marks.is_plain() && !run.text.ends_with(line_view::SOFT_BREAK),
            _ => false,
        };
        let is_bare = is_bare && !text::has_variables(&doc.lines()[line]);
        let record = records.get(0).unchecked_into::<MutationRecord>();
        let text = node.unchecked_ref::<Text>();
        let is_so = is_bare
            && self.mode().is_none()
            && text::is_clean(&words)
            && records.length() == 1
            && record.target().as_ref() == Some(&node)
            && node.node_type() == Node::TEXT_NODE
            && text.length() as usize == doc.line_len(line) + added as usize
            && text.substring_data(offset, added).is_ok_and(|found| found == words);
        drop(doc);
        if !is_so {
            return false;
        }
        let before = Selection::caret(start + offset as usize);
        let Some(mut change) = self.intend(before, Intent::Insert(words)) else { return false };
        change.selection = Selection::caret(before.head + added as usize);
        self.commit(change, EditKind::Typing, before, Shown::Typed(line));
        *self.typed_at.borrow_mut() = Some((node, offset + added));
        self.try_shortcut();
        true
    }

    /// The lines that records speak of. What happens inside a table or an image is the host's own affair.
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
                _ if self.is_closed(&line) => {}
                Touched::Line(_) => return Touched::Several,
                _ => touched = Touched::Line(line),
            }
        }
        touched
    }

    /// Whether a line is a table or an image, by the text: asking the page costs more, and each key asks.
    fn is_closed(&self, line: &Element) -> bool {
        let index = self.index_of(line);
        let doc = self.text();
        doc.lines()
            .get(index)
            .is_some_and(|line| matches!(line.format.block, Block::Table(_) | Block::Image(_)))
    }

    /// Reads one line and takes over how it differs.
    fn absorb_line(&self, line: &Element, typed: bool) {
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
        let change = self.intend(before, intent);
        drop(old);
        drop(doc);
        let Some(mut change) = change else { return };
        change.selection = match reading.place {
            Some(place) if typed || place > 0 => Selection::caret(start + place),
            // Where a program wrote, the page's caret falls to the start of what was replaced.
            _ => self.selection.get().map(&change.delta, false),
        };
        let shown = if reading.bare { Shown::Bare(index, reading.text) } else { Shown::Nothing };
        let caret = change.selection;
        self.commit(change, kind, before, shown);
        if !typed {
            self.show_selection();
        } else if reading.place.is_some() && self.selection.get() == caret && self.mode().is_none() {
            *self.typed_at.borrow_mut() = focus;
        }
        if kind == EditKind::Typing {
            self.try_shortcut();
        }
    }

    /// Reads the whole page, where more than one line changed, and draws all of it anew from the text.
    pub(crate) fn absorb_all(&self) {
        let doc = self.text();
        let focus = self.page_focus();
        let (shown, caret) = self.read_page(focus.as_ref());
        let change = unlike_lines(&doc, &shown, caret).and_then(|(range, text)| {
            let before = Selection::new(range.start, range.end);
            let whole = [range.start, range.end].iter().all(|at| doc.place(*at).offset == 0);
            let intent = match text.as_str() {
                // Whole lines went, and the line below keeps its own format.
                "" if whole => {
                    let delta = Delta::new().retain(range.start).delete(range.len());
                    return Some((
                        Change { delta, selection: Selection::caret(range.start), pending: None },
                        before,
                    ));
                }
                "\n" if range.is_empty() => Intent::Break,
                "" => Intent::DeleteSelection,
                _ => Intent::Insert(text),
            };
            Some((self.intend(before, intent)?, before))
        });
        drop(doc);
        match change {
            Some((mut change, before)) => {
                change.selection = caret.map_or(change.selection, Selection::caret);
                self.commit(change, EditKind::Other, before, Shown::Unknown);
            }
            None => {
                self.redraw_all();
                self.show_selection();
            }
        }
    }

    /// The text of each line, and where in all of it the caret is.
    fn read_page(&self, focus: Option<&(Node, u32)>) -> (Vec<String>, Option<usize>) {
        let (mut lines, mut caret, mut start) = (Vec::new(), None, 0);
        let mut child = self.root.first_child();
        while let Some(line) = child {
            child = line.next_sibling();
            let closed = line.dyn_ref::<Element>().is_some_and(|line| line.has_attribute("contenteditable"));
            let text = if closed {
                String::new()
            } else if let Some(loose) = line.dyn_ref::<Text>() {
                loose.data()
            } else {
                let reading = read_back::read(&line, focus.map(|(node, offset)| (node, *offset)));
                caret = caret.or(reading.place.map(|place| start + place));
                reading.text
            };
            start += utf16_len(&text) + 1;
            lines.push(text);
        }
        (lines, caret)
    }
}

/// What stands in the page instead of what part of the text: lines that are alike above and below are left out, so that
/// each keeps its own format.
fn unlike_lines(doc: &Document, shown: &[String], caret: Option<usize>) -> Option<(Range<usize>, String)> {
    let lines = doc.lines();
    let same = |(line, shown): &(&Line, &String)| line.as_text() == shown.as_str();
    let above = lines.iter().zip(shown).take_while(same).count();
    let most = lines.len().min(shown.len()) - above;
    let below = lines.iter().rev().zip(shown.iter().rev()).take(most).take_while(same).count();
    let (old, new) = (above..lines.len() - below, &shown[above..shown.len() - below]);
    let start = doc.line_start(old.start);
    if old.is_empty() && new.is_empty() {
        return None;
    }
    if old.is_empty() {
        // Whole lines came in: below the line above them, as Enter at its end does it.
        let (at, text) = match above.checked_sub(1) {
            Some(line) => (doc.line_end(line), format!("\n{}", new.join("\n"))),
            None => (0, format!("{}\n", new.join("\n"))),
        };
        return Some((at..at, text));
    }
    if new.is_empty() {
        let from = if below == 0 { start.saturating_sub(1) } else { start };
        let to = if below == 0 { doc.last_offset() } else { doc.line_start(old.end) };
        return Some((from..to, String::new()));
    }
    let text: Vec<_> = lines[old].iter().map(|line| line.as_text()).collect();
    let caret = caret.and_then(|caret| caret.checked_sub(start));
    let found = gap(&text.join("\n"), &new.join("\n"), caret)?;
    let at = start + found.at;
    Some((at..at + found.removed, found.inserted))
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
