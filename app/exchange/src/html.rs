//! HTML in and out: pages and what other programs put on the clipboard are read, a page that stands on its own or a
//! fragment for the clipboard is written.
//!
//! No parser of HTML is in here: the browser has one. What it made of some HTML comes as [`Tokens`] to [`read`].

mod blocks;
mod element;
mod encoding;
mod escape;
mod grid;
mod inert;
mod read;
mod style;
mod tokens;
mod words;

pub use encoding::encoding;
pub use inert::inert;
pub use read::read;
pub use tokens::Tokens;

use blocks::{For, Way};
pub(crate) use element::is_block;
use text::{Document, Table};

use crate::image::Blobs;

/// The page's own look: the reader's fonts and colours, light or dark as they like it, plain on paper.
const STYLE: &str = include_str!("html/page.css");

/// Writes `doc` as one HTML file that needs nothing else.
///
/// `title` names the page; it is also shown at its top unless the document begins with a heading of level 1. `lang` is
/// the language of the words as a BCP 47 tag; an empty one leaves it open. An image whose bytes `blobs` does not find
/// leaves its words.
pub fn write(title: &str, doc: &Document, tables: &[Table], blobs: Blobs<'_>, lang: &str) -> String {
    let blocks = crate::tree::blocks(doc, tables);
    let lang = match lang {
        "" => String::new(),
        lang => format!(" lang=\"{}\"", escape::attribute(lang)),
    };
    let title = escape::text(title.trim());
    let heading = match blocks.first() {
        Some(crate::tree::Node::Heading(1, _)) => String::new(),
        _ if title.is_empty() => String::new(),
        _ => format!("<h1>{title}</h1>\n"),
    };
    let body = blocks::write(&blocks, Way { use_for: For::Page, blobs });
    format!(
        "<!doctype html>\n<html{lang}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{heading}{body}</main>\n</body>\n</html>\n"
    )
}

/// Writes `doc` as HTML elements without a page around them and without a look, as other programs like to paste it.
pub fn fragment(doc: &Document, tables: &[Table], blobs: Blobs<'_>) -> String {
    blocks::write(&crate::tree::blocks(doc, tables), Way { use_for: For::Pasting, blobs })
}
