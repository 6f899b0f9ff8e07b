//! Copying, cutting and pasting.

use text::{Block, Delta, Intent, Unit};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DataTransfer, Element, Event};

use crate::extras;
use crate::host::{Clip, Pasted};
use crate::line_view::followable;
use crate::surface::Inner;

/// The most that comes in at once, in UTF-16 units.
const MOST: u32 = 8 * 1024 * 1024;

/// The form in which this program's own pages hand text to each other.
pub(crate) const OWN: &str = "application/vnd.handsel.text";
pub(crate) const HTML: &str = "text/html";
pub(crate) const PLAIN: &str = "text/plain";

/// What a clipboard or a drag holds in a form; nothing when it is too large, empty when there is none. The browser's
/// string is measured before it is copied into the program.
pub(crate) fn data(clipboard: &DataTransfer, form: &str) -> Option<String> {
    let data = extras::data(clipboard, form);
    (data.length() <= MOST).then(|| data.into())
}

impl Inner {
    /// Puts what is selected on the clipboard.
    pub(crate) fn copy(&self, event: &ClipboardEvent) {
        if self.is_elsewhere(event) {
            return;
        }
        self.refresh_selection();
        let range = self.grasped();
        let Some(clipboard) = event.clipboard_data().filter(|_| !range.is_empty()) else { return };
        let doc = self.text();
        // What is only proposed stays behind.
        let copied = if self.mode().is_some() { text::suggest::copy(&doc, range) } else { doc.copy(range) };
        if self.offer(&clipboard, &copied) {
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
        if self.cell.is_some() && self.paste_range(&clipboard) {
            return;
        }
        let only_words = self.only_words.take();
        let link =
            (!self.selection.get().is_caret() && !self.in_code()).then(|| data(&clipboard, PLAIN)).flatten();
        match link.filter(|words| is_address(words.trim())) {
            // An address pasted over words becomes their link.
            Some(address) => {
                self.act(Intent::Link(Some(address.trim().to_owned())));
            }
            None => {
                if let Some(delta) = self.take(&clipboard, only_words) {
                    self.act(Intent::Paste(delta));
                }
            }
        }
    }

    /// Writes `delta` into a clipboard or a drag in the forms that other programs know.
    pub(crate) fn offer(&self, clipboard: &DataTransfer, delta: &Delta) -> bool {
        let clip = self.host.copied(delta);
        // A browser that takes no forms of ours still has the others.
        let _ = clipboard.set_data(OWN, &clip.own);
        clipboard.set_data(HTML, &clip.html).is_ok() && clipboard.set_data(PLAIN, &clip.plain).is_ok()
    }

    /// What a clipboard or a drag holds, as text to insert at the selection, or nothing when that is in the host's hands.
    /// Files without words go to the host. With `only_words` all looks are left behind.
    pub(crate) fn take(&self, clipboard: &DataTransfer, only_words: bool) -> Option<Delta> {
        let Some(plain) = data(clipboard, PLAIN) else {
            self.host.too_large(false);
            return None;
        };
        let files = clipboard.files().filter(|files| files.length() > 0 && plain.trim().is_empty());
        if let Some(files) = files {
            self.settle();
            self.refresh_selection();
            self.host.files(&files);
            return None;
        }
        if self.in_code() {
            // Code is taken as it stands, blank lines and all.
            return Some(Delta::new().insert(&plain.replace("\r\n", "\n").replace('\r', "\n")));
        }
        if only_words {
            return Some(plain_lines(&plain));
        }
        let (own, html) = (data(clipboard, OWN), data(clipboard, HTML));
        if own.is_none() || html.is_none() {
            self.host.too_large(true);
        }
        let clip = Clip { own: own.unwrap_or_default(), html: html.unwrap_or_default(), plain };
        if clip == Clip::default() {
            return None;
        }
        let words = plain_lines(&clip.plain);
        match self.host.pasted(clip) {
            Pasted::Text(delta) => Some(delta),
            Pasted::Words => Some(words),
            Pasted::Later => None,
        }
    }

    fn in_code(&self) -> bool {
        let doc = self.text();
        let line = doc.place(self.selection.get().start()).line;
        matches!(doc.lines()[line].format.block, Block::Code { .. })
    }

    /// Whether an event belongs to a cell of a table in this text. The way that it takes tells, which stands from the start:
    /// the cell may have drawn anew what the event was meant for. (Chromium 148 means the filler of an empty cell.)
    pub(crate) fn is_elsewhere(&self, event: &Event) -> bool {
        let inside = |step: &JsValue| !step.loose_eq(&self.root);
        let mut way = event.composed_path().into_iter().take_while(inside);
        way.any(|step| step.dyn_ref::<Element>().is_some_and(|element| element.has_attribute("data-table")))
    }

    /// Whether `element` stands in a table of this text.
    pub(crate) fn is_in_table(&self, element: &Element) -> bool {
        let figure = element.closest("[data-table]").ok().flatten();
        figure.is_some_and(|figure| self.root.contains(Some(&figure)))
    }
}

fn is_address(plain: &str) -> bool {
    followable(plain) && !plain.contains(char::is_whitespace)
}

/// Plain words as lines. Blank lines only part paragraphs, which stand apart by themselves.
pub fn plain_lines(plain: &str) -> Delta {
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
