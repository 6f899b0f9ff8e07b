//! Making a page ready for the browser's parser.
//!
//! Where a page is only parsed nothing in it runs. Browsers complain all the same of every style and handler that the
//! policy of our own page forbids, and take long over pages that nest without end. So what they would complain of gets
//! another name, and pages that are too deep are told. Tags are found by their looks: one that is taken wrongly costs a
//! complaint, or a word in a remark, and nothing else.

/// Deeper pages are made by nobody who wants to be read. Browsers look through all open elements at each tag, so the time
/// they take grows with the square of the depth.
const DEEPEST: usize = 5_000;

/// The name that the attribute `style` gets.
pub(super) const STYLE: &str = "x-style";

/// Elements that never hold others, or that end by themselves where their like begins.
const FLAT: [&str; 32] = [
    "area", "base", "basefont", "bgsound", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "hr",
    "img", "input", "keygen", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track",
];

/// `page` with other names for what a browser would complain of; nothing when it nests so deep that a browser would take
/// long to parse it.
pub fn inert(page: &str) -> Option<String> {
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut depth = 0_usize;
    let mut rest = page;
    while let Some((words, tag)) = rest.split_once('<') {
        out.push_str(words);
        out.push('<');
        let (closes, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        if !name.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            rest = tag;
            continue;
        }
        let (name, after) = name.split_at(name.find(ends_name).unwrap_or(name.len()));
        if !FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
            if depth > DEEPEST {
                return None;
            }
        }
        out.push_str(if closes { "/" } else { "" });
        out.push_str(match name {
            // Its content is then read as of a page of its own, which nobody sees.
            _ if name.eq_ignore_ascii_case("style") => "template",
            _ if name.eq_ignore_ascii_case("base") => "wbr",
            _ => name,
        });
        rest = attributes(after, &mut out);
    }
    out.push_str(rest);
    Some(out)
}

/// Writes the attributes of a tag and its end, and gives what follows.
fn attributes<'a>(mut rest: &'a str, out: &mut String) -> &'a str {
    loop {
        let (between, after) =
            rest.split_at(rest.find(|ch: char| !ch.is_whitespace() && ch != '/').unwrap_or(rest.len()));
        out.push_str(between);
        if after.is_empty() {
            return after;
        }
        if let Some(after) = after.strip_prefix('>') {
            out.push('>');
            return after;
        }
        // A name may begin with what would end it.
        let first = after.chars().next().map_or(0, char::len_utf8);
        let end = after[first..].find(ends_name).map_or(after.len(), |end| first + end);
        let (name, after) = after.split_at(end);
        match name {
            _ if name.eq_ignore_ascii_case("style") => out.push_str(STYLE),
            _ if name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) => out.push_str("x-on"),
            _ => out.push_str(name),
        }
        rest = value(after, out);
    }
}

/// Writes the value of an attribute, where it has one, and gives what follows.
fn value<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let Some(after) = rest.trim_start().strip_prefix('=') else { return rest };
    let after = after.trim_start();
    out.push('=');
    let quote = after.chars().next().filter(|ch| "\"'".contains(*ch));
    let end = match quote {
        Some(quote) => after[1..].find(quote).map(|end| end + 2),
        None => after.find(|ch: char| ch.is_whitespace() || ch == '>'),
    };
    let (value, after) = after.split_at(end.unwrap_or(after.len()));
    out.push_str(value);
    after
}

fn ends_name(ch: char) -> bool {
    ch.is_whitespace() || "/>=".contains(ch)
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn what_browsers_complain_of_has_another_name() {
        for (page, wanted) in [
            ("<p STYLE='a>b' onclick = x>words", "<p x-style='a>b' x-on=x>words"),
            ("<style>p {}</style><BASE href=x>", "<template>p {}</template><wbr href=x>"),
            ("a < b <3 style=x <", "a < b <3 style=x <"),
            ("<img/onerror=alert(1)>", "<img/x-on=alert(1)>"),
            ("<a =x \"style=1><b", "<a =x \"style=1><b"),
            ("<a title=\"never ends", "<a title=\"never ends"),
            ("<br/><é style=x>", "<br/><é style=x>"),
        ] {
            assert_eq!(inert(page).as_deref(), Some(wanted), "{page}");
        }
        let word = include_str!("../../fixtures/paste/word-desktop.html");
        let again = inert(word).unwrap().replace("x-style=", "style=").replace("template", "style");
        assert_eq!(again, word);
    }

    #[test]
    fn only_bombs_are_too_deep() {
        assert!(inert(&"<div>".repeat(10_000)).is_none());
        assert!(inert(&"<UL><li><x:y a=\"b\">".repeat(3_000)).is_none());
        assert!(inert(&"<p>a<br><img src=x>".repeat(100_000)).is_some());
        assert!(inert(&"<div><b>a</b></div>".repeat(100_000)).is_some());
        assert!(inert(&"a < b <3 </ < ".repeat(10_000)).is_some());
    }
}
