//! Words that an input method is composing.
//!
//! The line they are in belongs to the browser until the composition ends: its element is not touched. The text lags
//! behind it, and changes from elsewhere gather here, so that what was composed finds its place among them. Where the
//! screen keyboard composes every word (Android), what is typed goes into the text at once, still without touching the
//! element.

use std::ops::Range;

use text::{Delta, Gap, Intent, Line, Selection, gap, utf16_len};
use web_sys::{Element, Event};

use crate::change::Shown;
use crate::host::EditKind;
use crate::observer::{Touched, intent_of};
use crate::read_back::{self, Reading};
use crate::surface::Inner;

/// A composition under way.
pub(crate) struct Composition {
    /// The line being composed in.
    pub(crate) element: Element,
    /// What it showed when the text last agreed with it.
    pub(crate) base: Line,
    /// Where the line began in the text then.
    start: usize,
    /// What came from elsewhere since.
    later: Vec<Delta>,
    /// The element lacks a part of what came.
    pub(crate) stale: bool,
    /// The browser changed more than this line.
    strayed: bool,
}

impl Composition {
    /// Notes a change from elsewhere.
    pub(crate) fn follow(&mut self, delta: &Delta) {
        self.later.push(delta.clone());
    }

    /// Where the line begins now.
    pub(crate) fn start_now(&self) -> usize {
        self.now(self.start, true)
    }

    /// Where an offset of then is now.
    fn now(&self, offset: usize, after: bool) -> usize {
        self.later.iter().fold(offset, |offset, delta| delta.map(offset, after))
    }

    /// The pieces of `range` that are left, as ranges of now.
    fn left_of(&self, start: usize, len: usize) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for unit in start..start + len {
            let (from, to) = (self.now(unit, true), self.now(unit + 1, false));
            match pieces.last_mut() {
                _ if from >= to => {}
                Some(last) if last.end == from => last.end = to,
                _ => pieces.push(from..to),
            }
        }
        pieces
    }
}

impl Inner {
    /// A composition begins.
    pub(crate) fn compose(&self, event: &Event) {
        if self.read_only() || !self.is_target(event) {
            return;
        }
        self.settle();
        self.refresh_selection();
        if self.chosen_image().is_some() {
            // The browser would put the words in the place of the image.
            self.act(Intent::Break);
        }
        let selection = self.selection.get();
        let doc = self.text();
        let lines = doc.place(selection.start()).line..doc.place(selection.end()).line;
        if !lines.is_empty() && !self.platform.android {
            // The browser would join the lines in its own way. Screen keyboards begin compositions of words that are
            // there already, and nothing may be taken away for them.
            drop(doc);
            self.act_at(selection, Intent::DeleteSelection, EditKind::Other);
        }
        let doc = self.text();
        let line = doc.place(self.selection.get().start()).line;
        let Some(element) = self.root.children().item(line as u32) else { return };
        *self.composition.borrow_mut() = Some(Composition {
            element,
            base: doc.lines()[line].clone(),
            start: doc.line_start(line),
            later: Vec::new(),
            stale: false,
            strayed: false,
        });
    }

    /// A composition ended. WebKit may still change the page after this event
    /// (<https://bugs.webkit.org/show_bug.cgi?id=31902>), so the line is read a moment later.
    pub(crate) fn composed(&self, event: &Event) {
        if self.is_target(event) {
            self.conclude_soon();
        }
    }

    /// Reads what was composed, and turns it into a format if it stands for one.
    pub(crate) fn conclude(&self) {
        if self.composing() {
            self.settle();
            self.try_shortcut();
        }
    }

    /// Something changed in the page while words were composed.
    pub(crate) fn composing_touched(&self, touched: &Touched) {
        let mut composition = self.composition.borrow_mut();
        let Some(composition) = composition.as_mut() else { return };
        match touched {
            Touched::Nothing => {}
            Touched::Line(line) => composition.strayed |= *line != composition.element,
            Touched::Several => composition.strayed = true,
        }
    }

    /// Takes typing on a screen keyboard into the text at once, if nobody else has changed the line meanwhile.
    pub(crate) fn compose_on(&self) {
        if !self.platform.android {
            return;
        }
        let Some(old) = self.composition.take() else { return };
        if old.stale || old.strayed || !self.is_line(&old.element) {
            *self.composition.borrow_mut() = Some(old);
            return;
        }
        let reading = self.read_composed(&old);
        let line = self.index_of(&old.element);
        *self.composition.borrow_mut() = Some(Composition {
            element: old.element.clone(),
            base: old.base.clone(),
            start: old.start_now(),
            later: Vec::new(),
            stale: false,
            strayed: false,
        });
        self.take_composed(&old, &reading, Shown::Line(line));
        let base = self.text().lines().get(line).cloned();
        if let (Some(composition), Some(base)) = (self.composition.borrow_mut().as_mut(), base) {
            composition.base = base;
        }
    }

    /// Brings text and page together, also in the middle of a composition.
    pub(crate) fn settle(&self) {
        self.absorb_now();
        let Some(composition) = self.composition.take() else { return };
        let kept = self.is_line(&composition.element);
        if kept {
            let reading = self.read_composed(&composition);
            self.take_composed(&composition, &reading, Shown::Nothing);
        }
        if composition.strayed || !kept {
            self.absorb_all();
        } else {
            let at = self.index_of(&composition.element);
            self.redraw_line(&self.text(), at);
        }
        self.show_selection();
    }

    /// Makes the browser end the composition, before something else happens to the line. Browsers do so only when the
    /// keyboard leaves; otherwise the input method would go on in words that are no longer there.
    pub(crate) fn end_composition(&self) {
        if !self.composing() {
            return;
        }
        self.settle();
        if self.focused.get() && self.root.blur().is_ok() {
            self.focus();
        }
    }

    pub(crate) fn is_line(&self, element: &Element) -> bool {
        element.parent_element().as_ref() == Some(&self.root)
    }

    fn read_composed(&self, composition: &Composition) -> Reading {
        let focus = self.page_focus();
        read_back::read(&composition.element, focus.as_ref().map(|(node, offset)| (node, *offset)))
    }

    /// Puts what was composed where it belongs by now.
    fn take_composed(&self, composition: &Composition, reading: &Reading, shown: Shown) {
        let found = gap(&composition.base.as_text(), &reading.text, reading.place);
        let found =
            found.unwrap_or(Gap { at: reading.place.unwrap_or(0), removed: 0, inserted: String::new() });
        let before = self.selection.get();
        let at = composition.now(composition.start + found.at, true);
        let pieces = composition.left_of(composition.start + found.at, found.removed);
        let (range, rest) = match pieces.as_slice() {
            [only] if only.start == at => (only.clone(), &[][..]),
            rest => (at..at, rest),
        };
        let inserted = utf16_len(&found.inserted);
        let (intent, kind) = intent_of(Gap { at, removed: range.len(), inserted: found.inserted }, 0);
        let change = self.intend(Selection::caret(range.end), intent);
        let caret = reading.place.map(|place| {
            if (found.at..=found.at + inserted).contains(&place) {
                return at + place - found.at;
            }
            let then = if place < found.at { place } else { place + found.removed - inserted };
            let now = composition.now(composition.start + then, false);
            change.as_ref().map_or(now, |change| change.delta.map(now, false))
        });
        match change {
            Some(mut change) => {
                change.selection = caret.map_or(change.selection, Selection::caret);
                self.commit(change, kind, before, shown);
            }
            None => self.selection.set(caret.map_or(before, Selection::caret)),
        }
        // What the person replaced in parts, since somebody else had written into the middle of it.
        for piece in rest.iter().rev() {
            let range =
                if piece.start < at { piece.clone() } else { piece.start + inserted..piece.end + inserted };
            self.take_away(range);
        }
    }

    fn take_away(&self, range: Range<usize>) {
        let before = self.selection.get();
        let change = text::intend(&self.text(), before, None, Intent::Replace { range, text: String::new() });
        if let Some(mut change) = change {
            change.selection = before.map(&change.delta, false);
            self.commit(change, EditKind::Joined, before, Shown::Nothing);
        }
    }
}
