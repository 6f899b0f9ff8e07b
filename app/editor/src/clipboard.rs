//! Copying, cutting and pasting.

use text::{Block, Delta, Intent, Unit};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, Element, Event};

use crate::line_view::followable;
use crate::surface::Inner;

impl Inner {
    /// Puts what is selected on the clipboard.
    pub(crate) fn copy(&self, event: &ClipboardEvent) {
        if self.is_elsewhere(event) {
            return;
        }
        self.refresh_selection();
        let range = self.grasped();
        let Some(clipboard) = event.clipboard_data().filter(|_| !range.is_empty()) else { return };
        if self.offer(&clipboard, &self.text().copy(range)) {
            event.prevent_default();
        }
    }

    /// Puts what is selected on the clipboard and deletes it.
    pub(crate) fn cut(&self, event: &ClipboardEvent) {
        self.copy(event);
        if event.default_prevented() && !self.read_only() {
            let forward = Intent::Delete { unit: Unit::Grapheme, forward: true };
            self.act(if self.selection.get().is_caret() { forward } else { Intent::DeleteSelection });
        }
    }

    /// Puts what is on the clipboard in place of the selection.
    pub(crate) fn paste(&self, event: &ClipboardEvent) {
        if self.is_elsewhere(event) || self.read_only() {
            return;
        }
        event.prevent_default();
        self.refresh_selection();
        let Some(clipboard) = event.clipboard_data() else { return };
        let plain = clipboard.get_data("text/plain").unwrap_or_default();
        if !self.selection.get().is_caret() && is_address(plain.trim()) && !self.in_code() {
            // An address pasted over words becomes their link.
            self.act(Intent::Link(Some(plain.trim().to_owned())));
        } else if let Some(delta) = self.take(&clipboard) {
            self.act(Intent::Paste(delta));
        }
    }

    /// Writes `delta` into a clipboard or a drag in the forms that other programs know.
    pub(crate) fn offer(&self, clipboard: &DataTransfer, delta: &Delta) -> bool {
        let clip = self.host.copied(delta);
        clipboard.set_data("text/html", &clip.html).is_ok()
            && clipboard.set_data("text/plain", &clip.plain).is_ok()
    }

    /// What a clipboard or a drag holds, as text to insert. Files without words go to the host.
    pub(crate) fn take(&self, clipboard: &DataTransfer) -> Option<Delta> {
        let html = clipboard.get_data("text/html").ok().filter(|html| !html.is_empty());
        let plain = clipboard.get_data("text/plain").unwrap_or_default();
        let delta = if self.in_code() {
            // Code is taken as it stands, blank lines and all.
            Delta::new().insert(&plain.replace("\r\n", "\n").replace('\r', "\n"))
        } else if html.is_some() || !plain.is_empty() {
            self.host.pasted(html.as_deref(), &plain).unwrap_or_else(|| lines_of(&plain))
        } else {
            Delta::new()
        };
        if !delta.is_empty() {
            return Some(delta);
        }
        if let Some(files) = clipboard.files().filter(|files| files.length() > 0) {
            self.settle();
            self.refresh_selection();
            self.host.files(&files);
        }
        None
    }

    fn in_code(&self) -> bool {
        let doc = self.text();
        let line = doc.place(self.selection.get().start()).line;
        matches!(doc.lines()[line].format.block, Block::Code { .. })
    }

    /// Whether an event belongs to a field in a table.
    pub(crate) fn is_elsewhere(&self, event: &Event) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        target.is_some_and(|target| target.closest("[data-table]").ok().flatten().is_some())
    }
}

fn is_address(plain: &str) -> bool {
    followable(plain) && !plain.contains(char::is_whitespace)
}

/// Plain text as lines. Blank lines only part paragraphs, which stand apart by themselves.
fn lines_of(plain: &str) -> Delta {
    let lines: Vec<&str> = plain.split(['\n', '\r']).collect();
    let (first, last) = (lines.first().copied(), lines.last().copied());
    let mut kept: Vec<&str> = lines.iter().copied().filter(|line| !line.trim().is_empty()).collect();
    // A line end at either edge parts what is pasted from what stands there.
    if first.is_some_and(str::is_empty) && kept.is_empty() {
        kept.push("");
    }
    if lines.len() > 1 && last.is_some_and(str::is_empty) {
        kept.push("");
    }
    Delta::new().insert(&kept.join("\n"))
}
