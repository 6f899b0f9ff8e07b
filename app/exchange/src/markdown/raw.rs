//! HTML inside Markdown: never interpreted, only its words are kept.

use crate::html::is_block;

/// What a single tag among words means for the words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// `<br>`, which tables need for a break.
    Break,
    /// The start of something whose content is not words.
    Unseen(&'a str),
    /// `</name>`.
    End(&'a str),
    /// `<!-- … -->`, which nobody sees.
    Comment,
    /// Any other one.
    Other,
}

/// Elements whose content is nothing to read.
const UNSEEN: [&str; 2] = ["script", "style"];

/// Reads the tag that `html` begins with.
pub(super) fn tag(html: &str) -> Tag<'_> {
    let Some(inner) = html.strip_prefix('<') else { return Tag::Other };
    if inner.starts_with(['!', '?']) {
        return Tag::Comment;
    }
    let (end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name = &inner[..inner.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    match UNSEEN.iter().find(|unseen| name.eq_ignore_ascii_case(unseen)) {
        Some(_) if !end => Tag::Unseen(name),
        _ if end => Tag::End(name),
        _ if name.eq_ignore_ascii_case("br") => Tag::Break,
        _ => Tag::Other,
    }
}

/// The words of a block of HTML, a paragraph each, and whether there was more than words and comments.
pub(super) fn words(html: &str) -> (Vec<String>, bool) {
    let mut paragraphs = vec![String::new()];
    let (mut rest, mut had_tags) = (html, false);
    while let Some(at) = rest.find('<') {
        add(&mut paragraphs, &rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest[1..].starts_with(|ch: char| ch.is_ascii_alphabetic() || "/!?".contains(ch)) {
            add(&mut paragraphs, "<");
            rest = &rest[1..];
            continue;
        }
        had_tags = true;
        let here = tag(rest);
        let after = &rest[tag_end(rest)..];
        let name = rest[1..].trim_start_matches('/');
        let name = &name[..name.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(name.len())];
        rest = match here {
            Tag::Unseen(name) => after_element(after, name),
            _ => after,
        };
        match name.to_ascii_lowercase().as_str() {
            "td" | "th" => add(&mut paragraphs, " "),
            name if begins_line(name) => paragraphs.push(String::new()),
            _ => {}
        }
    }
    add(&mut paragraphs, rest);
    let tidy = |words: &String| unescaped(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    (paragraphs.iter().map(tidy).filter(|words| !words.is_empty()).collect(), had_tags)
}

fn begins_line(name: &str) -> bool {
    matches!(name, "blockquote" | "br" | "hr" | "li") || is_block(name)
}

fn add(paragraphs: &mut [String], words: &str) {
    if let Some(last) = paragraphs.last_mut() {
        last.push_str(words);
    }
}

/// Where the tag that `html` begins with ends; a `>` in quotation marks does not end it.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, ch) in html.char_indices() {
        match (quote, ch) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(ch),
            (Some(open), _) if open == ch => quote = None,
            _ => {}
        }
    }
    // A quotation mark that never closes would swallow the rest; then the first `>` counts.
    html.find('>').map_or(html.len(), |at| at + 1)
}

/// What follows the end tag of `name`.
fn after_element<'a>(html: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = html[from..].find("</") {
        let start = from + at + 2;
        if html.get(start..start + name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
            return &html[start + html[start..].find('>').map_or(html.len() - start, |end| end + 1)..];
        }
        from = start;
    }
    ""
}

/// `text` with the character references that matter for words resolved.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(10).find(|(_, ch)| *ch == ';').map(|(end, _)| end);
        match end.and_then(|end| reference(&rest[1..end]).map(|ch| (ch, end + 1))) {
            Some((ch, len)) => {
                out.push(ch);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "euro" => '€',
        "pound" => '£',
        "copy" => '©',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_kept() {
        let html = "<div title=\"a>b\">\n<h2>Our  offer</h2> H<sub>2</sub>O &amp; more &bogus; <!-- <b>no</b> -->\n\
                    <SCRIPT>if (a < b) alert('</p>')</SCRIPT><td>1</td><td>2</td> a < b</div>";
        assert_eq!(words(html), (vec!["Our offer".into(), "H2O & more &bogus; 1 2 a < b".into()], true));
        assert_eq!(words("<!-- only a remark -->"), (vec![], false));
    }

    #[test]
    fn broken_markup_ends_somewhere() {
        for html in [
            "<",
            "<a",
            "<a href=\"x>words",
            "<script>never ends",
            "<!-- open",
            "</",
            "&#xffffffff;&#;&;",
            "<é>",
        ] {
            words(html);
        }
        assert_eq!(words("<a href=\"x>words").0, ["words"]);
    }

    #[test]
    fn tags_among_words() {
        assert_eq!(tag("<BR />"), Tag::Break);
        assert_eq!(tag("<script async>"), Tag::Unseen("script"));
        assert_eq!(tag("</Script>"), Tag::End("Script"));
        assert_eq!(tag("<!-- a -->"), Tag::Comment);
        assert_eq!(tag("<span>"), Tag::Other);
    }
}
