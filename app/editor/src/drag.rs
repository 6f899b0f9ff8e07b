//! Dragging words within the text, out of it and into it.

use text::{Intent, Selection};
use web_sys::DragEvent;

use crate::extras;
use crate::host::EditKind;
use crate::surface::Inner;

impl Inner {
    /// Words are picked up.
    pub(crate) fn drag(&self, event: &DragEvent) {
        if self.is_elsewhere(event) {
            return;
        }
        self.refresh_selection();
        let range = self.grasped();
        let Some(data) = event.data_transfer().filter(|_| !range.is_empty()) else { return };
        if self.offer(&data, &self.text().copy(range.clone())) {
            data.set_effect_allowed(if self.read_only() { "copy" } else { "copyMove" });
            *self.dragged.borrow_mut() = Some(range);
        }
    }

    /// Files are held over the text: without consent the browser would open them in place of the page.
    pub(crate) fn drag_over(&self, event: &DragEvent) {
        let files = event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
        if files && !self.read_only() && !self.is_elsewhere(event) {
            event.prevent_default();
        }
    }

    /// Words or files are let go over the text. The browser is never left to it: it would move nodes, not text.
    pub(crate) fn drop_here(&self, event: &DragEvent) {
        if self.is_elsewhere(event) {
            return self.drop_in_cell(event);
        }
        if self.read_only() {
            return;
        }
        let Some(data) = event.data_transfer() else { return };
        event.prevent_default();
        self.settle();
        let Some(at) = self.offset_at(event.client_x(), event.client_y()) else { return };
        let dragged = self.dragged.take();
        let moved =
            dragged.filter(|_| !(if self.platform.apple { event.alt_key() } else { event.ctrl_key() }));
        if moved.as_ref().is_some_and(|range| (range.start..=range.end).contains(&at)) {
            return;
        }
        // What is more than words goes below the line that it falls on.
        let files = data.types().includes(&"Files".into(), 0);
        let at = if files { self.text().line_end(self.text().place(at).line) } else { at };
        // As browsers do, the keyboard goes where things are dropped.
        self.focus();
        self.move_to(Selection::caret(at));
        let delta = match &moved {
            Some(range) => Some(self.text().copy(range.clone())),
            None => self.take(&data, false),
        };
        let Some(delta) = delta else { return };
        let mut to = at;
        let kind = match moved {
            Some(range) => {
                let before = Selection::new(range.start, range.end);
                let len = self.text().len();
                self.act_at(before, Intent::DeleteSelection, EditKind::Other);
                to = if at >= range.end { (at + self.text().len()).saturating_sub(len) } else { at };
                EditKind::Joined
            }
            None => EditKind::Other,
        };
        if self.act_at(Selection::caret(to), Intent::Paste(delta), kind) {
            // What was dropped stays selected, as when it was picked up.
            let end = self.selection.get().head;
            self.move_to(Selection::new(to, end));
        }
    }

    /// The offset in the text nearest to a point in the window.
    pub(crate) fn offset_at(&self, x: i32, y: i32) -> Option<usize> {
        let (node, offset) = extras::place_at(&self.page, x, y)?;
        self.offset_of(&node, offset)
    }
}
