//! HTML as the browser's own parser reads it.

use exchange::html::{Tokens, inert};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomParser, Element, Node, SupportedType, TextDecoder};

/// The most elements and words of a page that are taken down. A browser walks through so many in about a second.
const NODES_MAX: usize = 300_000;

/// The tokens of a page or a part of one. It is parsed into a document of its own, in which nothing runs, nothing is
/// fetched and nothing drawn.
///
/// Nothing when it nests so deep that parsing it would hold up the page.
pub fn tokens(source: &str) -> Option<Vec<u8>> {
    let source = inert(source)?;
    let mut tokens = Tokens::new();
    let page = DomParser::new().and_then(|parser| parser.parse_from_string(&source, SupportedType::TextHtml));
    if let Some(root) = page.ok().and_then(|page| page.document_element()) {
        take_down(&mut tokens, root.into());
    }
    Some(tokens.finish())
}

/// Takes down `root` and all that is in it. However deep it nests, this goes step by step.
fn take_down(tokens: &mut Tokens, root: Node) {
    let mut node = root.clone();
    let mut depth = 0_usize;
    for _ in 0..NODES_MAX {
        let element = node.dyn_ref::<Element>();
        if let Some(element) = element {
            begin(tokens, element);
        } else if node.node_type() == Node::TEXT_NODE {
            tokens.text(&node.node_value().unwrap_or_default());
        }
        if let Some(child) = element.and_then(|element| element.first_child()) {
            depth += 1;
            node = child;
            continue;
        }
        let mut ends = element.is_some();
        loop {
            if ends {
                tokens.close();
            }
            if depth == 0 {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent_node() else { return };
            depth -= 1;
            node = parent;
            ends = true;
        }
    }
    tokens.rest();
}

fn begin(tokens: &mut Tokens, element: &Element) {
    tokens.open(&element.local_name());
    if !element.has_attributes() {
        return;
    }
    let attributes = element.attributes();
    for attribute in (0..attributes.length()).filter_map(|at| attributes.item(at)) {
        let name = attribute.name();
        if Tokens::knows(&name) {
            tokens.attribute(&name, &attribute.value());
        }
    }
}

/// The words of a file in the encoding that it says or seems to be in. What makes no sense in it becomes replacement
/// characters.
pub fn decode(bytes: &[u8]) -> String {
    let decoded = |label: &str| -> Result<String, JsValue> {
        TextDecoder::new_with_label(label)?.decode_with_buffer_source(&Uint8Array::from(bytes))
    };
    let guess = exchange::html::encoding(bytes);
    decoded(&guess).unwrap_or_else(|_unknown| String::from_utf8_lossy(bytes).into_owned())
}
