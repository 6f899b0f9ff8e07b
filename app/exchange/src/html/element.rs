//! What elements mean for the words in them.

use text::Marks;

use super::style::Style;
use super::tokens::Element;
use crate::address;

/// Elements whose content nobody reads as words.
const UNSEEN: [&str; 24] = [
    "annotation",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "frame",
    "iframe",
    "map",
    "math",
    "meter",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "progress",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
    "xml",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "menu",
    "nav",
    "optgroup",
    "option",
    "p",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// Whether nothing in the element is to be read.
pub(super) fn is_unseen(element: &Element<'_>, style: &Style) -> bool {
    UNSEEN.contains(&element.name) || style.hidden || element.get("hidden").is_some()
}

/// Whether an element of this name, in small letters, stands on lines of its own.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// The level of a heading, by its name or, as Word on the web writes them, by its role.
pub(super) fn heading(element: &Element<'_>) -> Option<u8> {
    if element.is("role", "heading") {
        return element.number("aria-level").map(|level| level.clamp(1, 6) as u8);
    }
    match element.name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ if element.name == "p" && element.get("class") == Some("MsoTitle") => Some(1),
        _ => None,
    }
}

/// Whether it sets what it says apart from the rest: by its class, or as Notion writes such boxes.
pub(super) fn is_callout(element: &Element<'_>) -> bool {
    let named = |class: &str| matches!(class, "callout" | "admonition" | "markdown-alert");
    match element.get("class") {
        Some(classes) => classes.split_whitespace().any(named),
        None => element.name == "aside",
    }
}

/// Whether a box is ticked, where the element is or has one.
pub(super) fn tick(element: &Element<'_>) -> Option<bool> {
    let said = match element.name {
        "input" if element.is("type", "checkbox") => return Some(element.get("checked").is_some()),
        "li" if element.is("role", "checkbox") => element.get("aria-checked"),
        "li" => element.get("data-checked").or(match element.get("data-list") {
            Some("checked") => Some("true"),
            Some("unchecked") => Some("false"),
            _ => None,
        }),
        _ => None,
    };
    said.map(|said| said == "true")
}

/// The step of a list item, from 0, where the element says it.
pub(super) fn level(element: &Element<'_>, style: &Style) -> Option<u8> {
    let level = match style.word_level {
        Some(level) => Some(usize::from(level)),
        None if element.name == "li" => element.number("aria-level").or(element.number("data-aria-level")),
        None => None,
    };
    level.map(|level| level.clamp(1, 9) as u8 - 1)
}

/// The language of code, by the classes in which pages say it.
pub(super) fn language(element: &Element<'_>) -> Option<String> {
    let classes = element.get("class")?.split_whitespace();
    let names = ["language-", "lang-", "highlight-source-"];
    let name =
        |class: &str| names.iter().find_map(|start| class.strip_prefix(start).map(crate::markdown::language));
    classes.into_iter().find_map(name).filter(|name| !name.is_empty())
}

/// What is set on the words in the element, given what is set around it. `lost` counts links that lead nowhere.
pub(super) fn marks(around: &Marks, element: &Element<'_>, style: &Style, lost: &mut usize) -> Marks {
    let mut marks = around.clone();
    match element.name {
        "b" | "strong" => marks.bold = true,
        "i" | "em" | "cite" | "dfn" | "var" => marks.italic = true,
        "u" | "ins" => marks.underline = true,
        "s" | "strike" | "del" => marks.strike = true,
        "code" | "kbd" | "samp" | "tt" => marks.code = true,
        "mark" => marks.highlight = true,
        "a" => {
            if let Some(href) = element.get("href") {
                marks.link = address::kept(href).map(Into::into);
                // Places within the page itself are no loss.
                *lost += usize::from(marks.link.is_none() && !href.trim_start().starts_with('#'));
            }
        }
        _ => {}
    }
    marks.bold = style.bold.unwrap_or(marks.bold);
    marks.italic = style.italic.unwrap_or(marks.italic);
    // A line that stands below or through what is around goes on here, whatever is said.
    marks.underline = around.underline || style.underline.unwrap_or(marks.underline);
    marks.strike = around.strike || style.strike.unwrap_or(marks.strike);
    // What is painted on a block is no marker's work, nor is the ground that code has.
    marks.highlight |= style.highlight && !is_block(element.name);
    marks.highlight &= !marks.code;
    // Links have a line below by themselves.
    marks.underline &= marks.link.is_none();
    marks
}
