//! Where arrows lead out of the text, and how the caret comes in from a text beside it.

use text::Selection;
use web_sys::KeyboardEvent;

use crate::surface::Inner;

impl Inner {
    /// An arrow that leads no further in this text goes on in the next one, if the host has one.
    pub(crate) fn leave(&self, event: &KeyboardEvent, key: &str) -> bool {
        let sideways = matches!(key, "ArrowLeft" | "ArrowRight");
        let mut forward = matches!(key, "ArrowDown" | "ArrowRight");
        if event.shift_key() || !(forward || sideways || key == "ArrowUp") {
            return false;
        }
        self.refresh_selection();
        let selection = self.selection.get();
        let doc = self.text();
        if !selection.is_caret() {
            return false;
        }
        if sideways {
            forward ^= self.runs_leftwards(doc.place(selection.head).line);
            let end = if forward { doc.last_offset() } else { 0 };
            return selection.head == end && self.host.leave(forward, None);
        }
        let end = if forward { doc.last_offset() } else { 0 };
        let x = || Some(self.bounds(selection.head..selection.head)?.left());
        doc.place(selection.head).line == doc.place(end).line
            && self.is_on_outer_row(forward)
            && self.host.leave(forward, x())
    }

    /// The caret comes in at the start, or at the end, near `x` in window coordinates where it comes by rows.
    pub(crate) fn arrive(&self, forward: bool, x: Option<f64>) {
        let doc = self.text();
        let edge = if forward { 0 } else { doc.last_offset() };
        self.move_to(Selection::caret(edge));
        self.focus();
        self.scroll_to_caret();
        let Some((x, row)) = x.zip(self.caret_box(&doc, edge)) else { return };
        let middle = f64::midpoint(row.top(), row.bottom());
        if let Some(at) = self.offset_at(x as i32, middle as i32) {
            self.move_to(Selection::caret(at));
        }
    }

    fn runs_leftwards(&self, line: usize) -> bool {
        let direction = || {
            let style = self.window.get_computed_style(&self.root.children().item(line as u32)?).ok()??;
            style.get_property_value("direction").ok()
        };
        direction().is_some_and(|direction| direction == "rtl")
    }
}
