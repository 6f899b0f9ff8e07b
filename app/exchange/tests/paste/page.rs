//! What the browser does natively: HTML is parsed by the rules of browsers and taken down.

use exchange::html::{Tokens, inert};
use html5ever::{ParseOpts, parse_document, tendril::TendrilSink as _};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The tokens of a page.
pub(crate) fn tokens(source: &str) -> Vec<u8> {
    let source = inert(source).unwrap_or_default();
    let page = parse_document(RcDom::default(), ParseOpts::default()).one(source);
    let mut tokens = Tokens::new();
    let mut open: Vec<(Handle, usize)> = vec![(page.document.clone(), 0)];
    while let Some((node, at)) = open.last_mut() {
        let child = node.children.borrow().get(*at).cloned();
        *at += 1;
        let Some(child) = child else {
            if matches!(node.data, NodeData::Element { .. }) {
                tokens.close();
            }
            open.pop();
            continue;
        };
        match &child.data {
            NodeData::Text { contents } => tokens.text(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                tokens.open(&name.local);
                for attr in attrs.borrow().iter() {
                    tokens.attribute(&attr.name.local, &attr.value);
                }
                open.push((child.clone(), 0));
            }
            _ => {}
        }
    }
    tokens.finish()
}
