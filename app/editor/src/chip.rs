//! Variables as chips: elements around their words, which stay in the page as they are.
//!
//! A chip is two elements, the look and within it the name. On paper the style sheet leaves the name out and writes
//! `data-value` in its place.

use text::{Piece, Splice};
use wasm_bindgen::JsCast;
use web_sys::{Document as Page, Element, Node};

use crate::change::Shown;
use crate::host::Host;
use crate::line_view::Drawing;
use crate::surface::{Inner, Surface};

/// What lines are drawn with.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    pub(crate) page: &'a Page,
    /// Knows what variables stand for.
    pub(crate) host: &'a dyn Host,
}

/// How the host has a variable shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chip {
    /// What the variable stands for; nothing as long as it has no value.
    pub value: Option<String>,
    /// What a pointer that rests on it, and a screen reader, are told of it.
    pub title: String,
}

const NAMES: [&str; 4] = ["class", "title", "data-value", "spellcheck"];

fn attributes(chip: Chip, piece: &Piece<'_>) -> [Option<String>; NAMES.len()] {
    // In several pieces the first one stands for all.
    let value = chip.value.map(|value| if piece.opens { value } else { String::new() });
    [Some("variable".to_owned()), Some(chip.title), value, Some("false".to_owned())]
}

/// Puts what shows the words of `piece` into a chip, if they are a variable's.
pub(crate) fn wrap(pen: Pen<'_>, piece: &Piece<'_>, words: Node) -> Drawing<Node> {
    let Some(name) = &piece.variable else { return Ok(words) };
    let (look, inner) = (pen.page.create_element("span")?, pen.page.create_element("span")?);
    for (name, value) in NAMES.into_iter().zip(attributes(pen.host.variable(name), piece)) {
        if let Some(value) = value {
            look.set_attribute(name, &value)?;
        }
    }
    inner.append_child(&words)?;
    look.append_child(&inner)?;
    Ok(look.into())
}

/// What stands in the chip that `node` is, if it is the one for `piece`.
pub(crate) fn inside(pen: Pen<'_>, piece: &Piece<'_>, node: Node) -> Option<Node> {
    let Some(name) = &piece.variable else { return Some(node) };
    let look: Element = node.dyn_into().ok()?;
    let mut wanted = NAMES.into_iter().zip(attributes(pen.host.variable(name), piece));
    let is_it = look.local_name() == "span" && wanted.all(|(name, value)| look.get_attribute(name) == value);
    let only = |parent: &Node| parent.first_child().filter(|child| child.next_sibling().is_none());
    let inner = only(&look).filter(|inner| is_it && inner.node_name() == "SPAN")?;
    only(&inner)
}

impl Surface {
    /// What variables stand for has changed: the host is asked again.
    pub fn redraw_variables(&self) {
        self.inner().redraw_variables();
    }
}

impl Inner {
    pub(crate) fn pen(&self) -> Pen<'_> {
        Pen { page: &self.page, host: &*self.host }
    }

    pub(crate) fn redraw_variables(&self) {
        self.absorb_now();
        let doc = self.text();
        let lines = doc.lines().iter().enumerate().filter(|(_, line)| text::has_variables(line));
        let splices: Vec<Splice> = lines.map(|(at, _)| Splice { at, removed: 1, added: 1 }).collect();
        drop(doc);
        if self.redraw(&splices, &Shown::Nothing) {
            self.show_selection();
            self.people_moved(true);
        }
        for cell in self.tables.all_mounted() {
            cell.surface.redraw_variables();
        }
        for view in self.tables.all() {
            // Drawing fails only when the page itself is going away.
            let _ = view.redraw_variables(self.pen(), &|root| self.tables.is_mounted(root));
        }
    }
}
