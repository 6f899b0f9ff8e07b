//! Presses and clicks: boxes to tick, links to follow, triple clicks.

use text::{Block, Intent, Selection};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::line_view::followable;
use crate::surface::Inner;

impl Inner {
    /// A button goes down.
    pub(crate) fn press(&self, event: &MouseEvent) {
        self.leaving.set(false);
        self.pressed.set(true);
        self.whole_line.set(event.detail() >= 3);
        if event.button() != 0 || self.read_only() {
            return;
        }
        if self.press_beside_cell(event) {
            return event.prevent_default();
        }
        if let Some(line) = self.box_at(event) {
            // The caret stays where it is.
            event.prevent_default();
            self.pressed.set(false);
            self.act(Intent::ToggleCheck { line });
        } else if self.is_below(event) {
            event.prevent_default();
            self.pressed.set(false);
            let last = self.text().last_offset();
            self.move_to(Selection::caret(last));
            self.focus();
            self.act(Intent::Break);
        }
    }

    /// A click on an image, which chooses it, or on a link: with the shortcut key while writing, by itself while reading.
    pub(crate) fn click(&self, event: &MouseEvent) {
        let figure = target(event).and_then(|target| target.closest("[data-image]").ok().flatten());
        if let Some(figure) = figure.filter(|_| !self.read_only()) {
            self.choose(&figure);
        }
        let Some(link) = target(event).and_then(|target| target.closest("a").ok().flatten()) else { return };
        if self.is_in_table(&link) || !self.root.contains(Some(&link)) {
            return;
        }
        let asked = self.read_only() || if self.platform.apple { event.meta_key() } else { event.ctrl_key() };
        if let Some(address) = link.get_attribute("href").filter(|address| followable(address)) {
            event.prevent_default();
            if asked {
                self.host.link(&address);
            }
        }
    }

    /// The check line whose box, in the margin before its words, was hit.
    fn box_at(&self, event: &MouseEvent) -> Option<usize> {
        let line = target(event)?;
        if !matches!(line.get_attribute("data-list")?.as_str(), "checked" | "unchecked")
            || line.parent_element().as_ref() != Some(&self.root)
        {
            return None;
        }
        let style = self.window.get_computed_style(&line).ok().flatten()?;
        // The page's own reading of numbers knows units.
        let length = |name: &str| Some(js_sys::Number::parse_float(&style.get_property_value(name).ok()?));
        let bounds = line.get_bounding_client_rect();
        let x = f64::from(event.client_x());
        let inset = if style.get_property_value("direction").ok()? == "rtl" {
            bounds.right() - x - length("padding-right")?
        } else {
            x - bounds.left() - length("padding-left")?
        };
        (inset < 0.0).then(|| self.index_of(&line))
    }

    /// Whether the press fell below a last line that takes no caret.
    fn is_below(&self, event: &MouseEvent) -> bool {
        let ends_closed = matches!(
            self.text().lines().last().map(|line| &line.format.block),
            Some(Block::Divider | Block::Table(_) | Block::Image(_))
        );
        ends_closed
            && self.is_target(event)
            && self
                .root
                .last_element_child()
                .is_some_and(|last| f64::from(event.client_y()) > last.get_bounding_client_rect().bottom())
    }
}

fn target(event: &MouseEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
