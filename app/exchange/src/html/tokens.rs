//! A page as a flat row of tokens, in bytes: what the browser's own parser made of some HTML, on its way to the reader.
//!
//! The page and the reader are built together, so these bytes are never kept and have no version.

use stdx::{Cut, Reader, Writer};

use super::inert::STYLE;

/// The attributes that say something about a text; all others are left out.
const ATTRIBUTES: [&str; 23] = [
    "align",
    "alt",
    "aria-checked",
    "aria-level",
    "checked",
    "class",
    "colspan",
    "data-aria-level",
    "data-checked",
    "data-list",
    "data-width",
    "height",
    "hidden",
    "href",
    "id",
    "role",
    "rowspan",
    "src",
    "start",
    "type",
    "width",
    "value",
    STYLE,
];

/// Values that are longer, in bytes, say nothing that a text could keep, save for images in full.
const VALUE_MAX: usize = 4_096;

const CLOSE: u8 = 0;
const TEXT: u8 = 1;
const OPEN: u8 = 2;
const ATTRIBUTE: u8 = 3;
const REST: u8 = 4;

/// Takes down a page in the order of its source.
#[derive(Debug, Default)]
pub struct Tokens {
    out: Writer,
}

impl Tokens {
    /// No tokens.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether an attribute of this name is worth taking down.
    pub fn knows(name: &str) -> bool {
        ATTRIBUTES.contains(&name)
    }

    /// An element begins; `name` is in lower case.
    pub fn open(&mut self, name: &str) {
        self.out.u8(OPEN).text(name);
    }

    /// An attribute of the element that has just begun. One that says nothing about a text is left out.
    pub fn attribute(&mut self, name: &str, value: &str) {
        if let Some(code) = ATTRIBUTES.iter().position(|known| *known == name)
            && (value.len() <= VALUE_MAX || name == "src" && value.starts_with("data:image/"))
        {
            self.out.u8(ATTRIBUTE).u8(code as u8).text(value);
        }
    }

    /// Words.
    pub fn text(&mut self, words: &str) {
        self.out.u8(TEXT).text(words);
    }

    /// The innermost open element ends, also one that cannot have anything inside.
    pub fn close(&mut self) {
        self.out.u8(CLOSE);
    }

    /// There was more than is taken down.
    pub fn rest(&mut self) {
        self.out.u8(REST);
    }

    /// All tokens as bytes, for [`super::read`].
    pub fn finish(self) -> Vec<u8> {
        self.out.finish()
    }
}

/// A token of a page.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Open(Element<'a>),
    Text(&'a str),
    Close,
    Rest,
}

/// An element as it begins.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    attributes: Vec<(&'static str, &'a str)>,
}

impl<'a> Element<'a> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(have, _)| *have == name).map(|(_, value)| *value)
    }

    /// Whether an attribute has exactly this value.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|have| have.eq_ignore_ascii_case(value))
    }

    /// The value of an attribute as a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }
}

/// The tokens in `bytes`, up to where these make no sense.
pub(super) fn tokens(bytes: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut from = Reader::new(bytes);
    std::iter::from_fn(move || if from.is_empty() { None } else { next(&mut from).ok() })
}

fn next<'a>(from: &mut Reader<'a>) -> Result<Token<'a>, Cut> {
    match from.u8()? {
        CLOSE => Ok(Token::Close),
        REST => Ok(Token::Rest),
        TEXT => Ok(Token::Text(from.text()?)),
        OPEN => {
            let mut element = Element { name: from.text()?, attributes: Vec::new() };
            while from.rest().first() == Some(&ATTRIBUTE) {
                from.u8()?;
                let name = ATTRIBUTES.get(usize::from(from.u8()?)).ok_or(Cut)?;
                element.attributes.push((name, from.text()?));
            }
            Ok(Token::Open(element))
        }
        _ => Err(Cut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back_as_it_was_taken_down() {
        let mut page = Tokens::new();
        page.open("a");
        page.attribute("href", "https://x.example");
        page.attribute("onclick", "alert(1)");
        page.attribute("title", "x");
        page.attribute("alt", &" ".repeat(VALUE_MAX + 1));
        page.text("words");
        page.close();
        let bytes = page.finish();
        let mut back = tokens(&bytes);
        let Some(Token::Open(link)) = back.next() else { panic!("no element") };
        assert_eq!((link.name, link.get("href")), ("a", Some("https://x.example")));
        assert_eq!((link.get("onclick"), link.get("title"), link.get("alt")), (None, None, None));
        assert!(matches!(back.next(), Some(Token::Text("words"))));
        assert!(matches!(back.next(), Some(Token::Close)));
        assert!(back.next().is_none());
    }

    #[test]
    fn bytes_that_make_no_sense_end_the_page() {
        assert_eq!(tokens(&[9, 9, 9]).count(), 0);
        assert_eq!(tokens(&[CLOSE, OPEN, 200]).count(), 1);
        assert_eq!(tokens(&[OPEN, 1, b'p', ATTRIBUTE, 99, 0]).count(), 0);
    }
}
