//! Words made safe to stand in HTML.

use crate::tree;

/// `text` as the content of an element.
pub(super) fn text(text: &str) -> String {
    escaped(text, false)
}

/// `text` as the value of an attribute in double quotation marks.
pub(super) fn attribute(text: &str) -> String {
    escaped(text, true)
}

fn escaped(text: &str, quotes: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars().filter(|ch| !tree::is_dropped(*ch)) {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quotes => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            _ => out.push(ch),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_breaks_out() {
        assert_eq!(super::text("<script>\u{0}&\"\u{fffc}"), "&lt;script&gt;&amp;\"");
        assert_eq!(super::attribute("\"><b onload='x'>"), "&quot;&gt;&lt;b onload='x'&gt;");
    }
}
