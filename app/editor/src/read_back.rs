//! What a line shows, read from the page.

use wasm_bindgen::JsCast;
use web_sys::{CharacterData, Node, Text};

use crate::line_view::SOFT_BREAK;

/// A line as the page shows it.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Its text, soft breaks as in the model.
    pub(crate) text: String,
    /// Where in it the asked place is, in UTF-16 units.
    pub(crate) place: Option<usize>,
    /// Whether the line is one text node and nothing else.
    pub(crate) bare: bool,
}

/// Reads `line`, and where (`node`, `offset`) is in it.
pub(crate) fn read(line: &Node, place: Option<(&Node, u32)>) -> Reading {
    // The usual line on the way of each key.
    if let Some(only) = line.first_child().filter(|first| first.next_sibling().is_none())
        && let Some(node) = only.dyn_ref::<Text>()
    {
        let text = node.data();
        let place = place.and_then(|(asked, offset)| {
            if asked == &only {
                Some(offset as usize)
            } else if asked == line {
                Some(if offset == 0 { 0 } else { text::utf16_len(&text) })
            } else {
                None
            }
        });
        return Reading { place, text: unshown(text), bare: true };
    }
    let mut walk = Walk { place, len: 0, reading: Reading::default() };
    walk.children(line, line);
    walk.reading.text = unshown(walk.reading.text);
    walk.reading
}

/// The page's text in the words of the model; the counterpart of [`crate::line_view::shown`].
fn unshown(text: String) -> String {
    if text.contains('\n') { text.replace('\n', "\u{2028}") } else { text }
}

struct Walk<'a> {
    place: Option<(&'a Node, u32)>,
    len: usize,
    reading: Reading,
}

impl Walk<'_> {
    fn children(&mut self, parent: &Node, line: &Node) {
        let mut index = 0;
        let mut child = parent.first_child();
        while let Some(node) = child {
            self.reach(parent, index);
            child = node.next_sibling();
            if let Some(text) = node.dyn_ref::<CharacterData>() {
                self.text(&node, text);
            } else if node.node_name() == "BR" {
                // The last one takes no room; others are soft breaks that the browser made.
                if child.is_some() || parent != line {
                    self.reading.text.push(SOFT_BREAK);
                    self.len += 1;
                }
            } else {
                self.children(&node, line);
            }
            index += 1;
        }
        self.reach(parent, u32::MAX);
    }

    fn text(&mut self, node: &Node, text: &CharacterData) {
        if node.node_type() != Node::TEXT_NODE {
            return;
        }
        let data = text.data();
        let len = text::utf16_len(&data);
        if let Some((asked, offset)) = self.place
            && asked == node
        {
            self.reading.place = Some(self.len + (offset as usize).min(len));
        }
        self.len += len;
        self.reading.text.push_str(&data);
    }

    /// Notes the place if it is before child `index` of `parent`, or at or past its end.
    fn reach(&mut self, parent: &Node, index: u32) {
        if let Some((asked, offset)) = self.place
            && self.reading.place.is_none()
            && offset <= index
            && asked == parent
        {
            self.reading.place = Some(self.len);
        }
    }
}
