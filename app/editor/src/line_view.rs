//! A line of the text as one child of the root: drawn once, then patched with the least change.
//!
//! Child *i* of a line is piece *i*: a text node inside its marks' elements, always nested in the order of [`marks_of`],
//! and inside these in a chip where it is a variable.
//! Between text and page one character differs: a soft break, U+2028, is shown as `\n`.

use std::borrow::Cow;

use text::{Align, Block, Gap, Line, Marks, Piece, Proposed, Run, Within};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Text};

use crate::chip::{self, Pen};
use crate::image_view;

/// What the page answers. It refuses only what cannot be built from our fixed names.
pub(crate) type Drawing<T> = Result<T, JsValue>;

/// The soft break within a line.
pub(crate) const SOFT_BREAK: char = '\u{2028}';

/// The attributes a line's element may carry, in the order of [`attributes`].
const NAMES: [&str; 17] = [
    "data-level",
    "data-list",
    "data-indent",
    "data-within",
    "data-code",
    "data-language",
    "data-divider",
    "data-table",
    "data-image",
    "data-width",
    "data-align",
    "contenteditable",
    "spellcheck",
    "role",
    "dir",
    "data-end",
    "data-by",
];

/// Draws `line` as a new element.
pub(crate) fn draw(pen: Pen<'_>, line: &Line) -> Drawing<Element> {
    let element = pen.page.create_element(tag(&line.format.block))?;
    for (name, value) in NAMES.into_iter().zip(attributes(line)) {
        if let Some(value) = value {
            element.set_attribute(name, &value)?;
        }
    }
    if let Block::Image(image) = &line.format.block {
        image_view::draw(pen.page, &element, image)?;
    } else if !line.format.block.is_void() {
        for piece in &text::pieces(line) {
            element.append_child(&draw_piece(pen, piece)?)?;
        }
        if needs_filler(&line.runs) {
            element.append_child(&pen.page.create_element("br")?.into())?;
        }
    }
    Ok(element)
}

/// Makes `element` show `line`. Answers the new element where the old one could not be kept.
pub(crate) fn patch(pen: Pen<'_>, element: &Element, line: &Line) -> Drawing<Option<Element>> {
    // What became another table or image is drawn anew, so that the host fills it.
    let is_other = |name: &str, wanted: Option<&str>| element.get_attribute(name).as_deref() != wanted;
    let is_filled_anew = match &line.format.block {
        Block::Table(id) => is_other("data-table", Some(id)),
        Block::Image(image) => is_other("data-image", Some(&image.blob.to_string())),
        _ => false,
    };
    if is_filled_anew || !element.tag_name().eq_ignore_ascii_case(tag(&line.format.block)) {
        let new = draw(pen, line)?;
        if let Some(parent) = element.parent_node() {
            parent.replace_child(&new, element)?;
        }
        return Ok(Some(new));
    }
    for (name, value) in NAMES.into_iter().zip(attributes(line)) {
        match (element.get_attribute(name), value) {
            (None, None) => {}
            (Some(_), None) => element.remove_attribute(name)?,
            (have, Some(value)) if have.as_deref() != Some(&*value) => element.set_attribute(name, &value)?,
            _ => {}
        }
    }
    match &line.format.block {
        Block::Table(_) => {}
        Block::Image(image) => image_view::dress(element, image)?,
        Block::Divider => element.set_text_content(None),
        _ => patch_pieces(pen, element, line)?,
    }
    Ok(None)
}

/// Whether an address may be followed: web, mail and telephone. Any other stays plain text in a link's clothes.
pub fn followable(address: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Text as the page holds it.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.contains(SOFT_BREAK) { text.replace(SOFT_BREAK, "\n").into() } else { text.into() }
}

fn tag(block: &Block) -> &'static str {
    match block {
        Block::Heading(level) => match level {
            0 | 1 => "h2",
            2 => "h3",
            3 => "h4",
            4 => "h5",
            _ => "h6",
        },
        Block::Table(_) | Block::Image(_) => "figure",
        _ => "p",
    }
}

fn attributes(line: &Line) -> [Option<Cow<'_, str>>; NAMES.len()] {
    let (format, proposed) = (&line.format, &line.proposed);
    let word = |word: &'static str| Some(Cow::Borrowed(word));
    let list = match &format.block {
        Block::Bullet => word("bullet"),
        Block::Ordered => word("ordered"),
        Block::Check { done: true } => word("checked"),
        Block::Check { done: false } => word("unchecked"),
        _ => None,
    };
    let (code, language) = match &format.block {
        Block::Code { language } => (word(""), Some(language.as_str()).filter(|name| !name.is_empty())),
        _ => (None, None),
    };
    let closed = format.block.is_void();
    // What stands before a line's words stands on the side on which they begin.
    let sided = (list.is_some() || format.indent > 0 || format.within != Within::Text) && code.is_none();
    [
        if let Block::Heading(level) = format.block { Some(level.to_string().into()) } else { None },
        list.clone(),
        (list.is_some() || format.indent > 0).then(|| format.indent.to_string().into()),
        match format.within {
            Within::Text => None,
            Within::Quote => word("quote"),
            Within::Callout => word("callout"),
        },
        code.clone(),
        language.map(Cow::from),
        if format.block == Block::Divider { word("") } else { None },
        if let Block::Table(id) = &format.block { Some(id.as_str().into()) } else { None },
        if let Block::Image(image) = &format.block { Some(image.blob.to_string().into()) } else { None },
        if let Block::Image(image) = &format.block { image.width.name().map(Cow::from) } else { None },
        match format.align {
            Align::Start => None,
            Align::Center => word("center"),
            Align::End => word("right"),
            Align::Justify => word("justify"),
        },
        if closed { word("false") } else { None },
        if code.is_some() { word("false") } else { None },
        if format.block == Block::Divider { word("separator") } else { None },
        if sided && !closed { word("auto") } else { None },
        fate(proposed).map(Cow::Borrowed),
        by(proposed).map(|who| who.to_string().into()),
    ]
}

/// What is proposed, in the words of style sheets.
fn fate(proposed: &Proposed) -> Option<&'static str> {
    match proposed {
        Proposed { inserted: Some(_), .. } => Some("inserted"),
        Proposed { deleted, .. } if !deleted.is_none() => Some("deleted"),
        Proposed { formatted, .. } if !formatted.is_none() => Some("formatted"),
        _ => None,
    }
}

/// The number of whoever proposes it.
fn by(proposed: &Proposed) -> Option<u8> {
    let who = proposed.inserted.or(proposed.deleted.first()).or(proposed.formatted.first());
    who.map(|who| who.0)
}

/// The elements that show `marks`, from the outer to the inner one.
fn marks_of(marks: &Marks) -> impl DoubleEndedIterator<Item = &'static str> {
    let proposed = &marks.proposed;
    [
        ("ins", proposed.inserted.is_some()),
        ("del", !proposed.deleted.is_none()),
        ("span", !proposed.formatted.is_none()),
        ("a", marks.link.is_some()),
        ("strong", marks.bold),
        ("em", marks.italic),
        ("u", marks.underline),
        ("s", marks.strike),
        ("mark", marks.highlight),
        ("code", marks.code),
    ]
    .into_iter()
    .filter_map(|(tag, set)| set.then_some(tag))
}

/// Whether an element shows what is proposed.
fn is_proposed(tag: &str) -> bool {
    matches!(tag, "ins" | "del" | "span")
}

fn draw_piece(pen: Pen<'_>, piece: &Piece<'_>) -> Drawing<Node> {
    let words = pen.page.create_text_node(&shown(piece.text));
    let mut node = chip::wrap(pen, piece, words.into())?;
    for tag in marks_of(piece.marks).rev() {
        let element = pen.page.create_element(tag)?;
        if let Some(address) = piece.marks.link.as_deref().filter(|_| tag == "a") {
            dress_link(&element, address)?;
        }
        if let Some(who) = by(&piece.marks.proposed).filter(|_| is_proposed(tag)) {
            element.set_attribute("data-by", &who.to_string())?;
        }
        element.append_child(&node)?;
        node = element.into();
    }
    Ok(node)
}

fn dress_link(element: &Element, address: &str) -> Drawing<()> {
    if followable(address) {
        element.set_attribute("href", address)?;
        element.set_attribute("rel", "noopener noreferrer nofollow")?;
    }
    element.set_attribute("title", address)
}

/// The last line break of an element takes no room, so an empty line and a final soft break need one more.
fn needs_filler(runs: &[Run]) -> bool {
    runs.last().is_none_or(|run| run.text.ends_with(SOFT_BREAK))
}

fn patch_pieces(pen: Pen<'_>, element: &Element, line: &Line) -> Drawing<()> {
    let mut child = element.first_child();
    for piece in &text::pieces(line) {
        match child {
            Some(node) => {
                if let Some(leaf) = leaf_of(pen, &node, piece) {
                    set_text(&leaf, &shown(piece.text))?;
                    child = node.next_sibling();
                } else {
                    let new = draw_piece(pen, piece)?;
                    element.replace_child(&new, &node)?;
                    child = new.next_sibling();
                }
            }
            None => {
                element.append_child(&draw_piece(pen, piece)?)?;
            }
        }
    }
    let mut wanted = needs_filler(&line.runs);
    while let Some(node) = child {
        child = node.next_sibling();
        if wanted && node.node_name() == "BR" {
            wanted = false;
        } else {
            element.remove_child(&node)?;
        }
    }
    if wanted {
        element.append_child(&pen.page.create_element("br")?.into())?;
    }
    Ok(())
}

/// The text node inside `node` if `node` is exactly what shows a piece like this one.
fn leaf_of(pen: Pen<'_>, node: &Node, piece: &Piece<'_>) -> Option<Text> {
    let mut node = node.clone();
    for tag in marks_of(piece.marks) {
        let element = node.dyn_into::<Element>().ok()?;
        let same = element.local_name() == tag
            && (!is_proposed(tag)
                || element.get_attribute("data-by") == by(&piece.marks.proposed).map(|who| who.to_string()))
            && (tag != "a" || element.get_attribute("title").as_deref() == piece.marks.link.as_deref());
        node = element.first_child().filter(|only| same && only.next_sibling().is_none())?;
    }
    chip::inside(pen, piece, node)?.dyn_into::<Text>().ok()
}

/// Replaces only what differs, so that the browser keeps its selection and spelling marks in the rest.
fn set_text(node: &Text, wanted: &str) -> Drawing<()> {
    match text::gap(&node.data(), wanted, None) {
        Some(Gap { at, removed, inserted }) => node.replace_data(at as u32, removed as u32, &inserted),
        None => Ok(()),
    }
}
