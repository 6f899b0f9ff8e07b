//! Front matter: the lines between two `---` that some programs put above a Markdown text.

/// The title that the front matter of `source` gives, how many fields else it has, and the text below it.
///
/// A rule at the top of a text begins with the same `---`, so the lines between must all look like fields.
pub(super) fn split(source: &str) -> (Option<String>, usize, &str) {
    let Some(rest) = after_line(source, |line| line == "---") else { return (None, 0, source) };
    let mut title = None;
    let (mut at, mut fields) = (rest, 0);
    while !at.is_empty() {
        let line = at.lines().next().unwrap_or_default().trim_end();
        if line == "---" || line == "..." {
            let body = after_line(at, |_| true).unwrap_or_default();
            let others = fields - usize::from(title.is_some()).min(fields);
            return if fields > 0 { (title, others, body) } else { (None, 0, source) };
        }
        match line.split_once(':') {
            _ if fields > 0 && (line.starts_with([' ', '\t', '#']) || line.starts_with("- ")) => {}
            Some((name, value)) if is_name(name) && (value.is_empty() || value.starts_with(' ')) => {
                fields += 1;
                if name.eq_ignore_ascii_case("title") && title.is_none() {
                    title = Some(unquoted(value.trim())).filter(|title| !title.is_empty());
                }
            }
            _ if line.is_empty() && fields > 0 => {}
            _ => return (None, 0, source),
        }
        at = after_line(at, |_| true).unwrap_or_default();
    }
    (None, 0, source)
}

fn after_line(text: &str, wanted: impl Fn(&str) -> bool) -> Option<&str> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    wanted(line.trim_end()).then_some(rest)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|ch| ch.is_alphanumeric() || ch == '_' || ch == '-')
}

fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote)) {
            return match quote {
                '"' => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
                _ => inner.replace("''", "'"),
            };
        }
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_read_and_the_rest_counted() {
        let source = "---\ntitle: \"The \\\"North\\\" plan\"\ntags:\n  - a\n# note\n---\n# Body\n";
        assert_eq!(split(source), (Some("The \"North\" plan".to_owned()), 1, "# Body\n"));
        assert_eq!(split("---\nauthor: x\n...\n"), (None, 1, ""));
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for source in [
            "---\n\nWords: many\n\n---\n",
            "---\n---\n",
            "---\ntitle: x\n",
            "---\nSee: a\nplain words\n---\n",
            "--",
        ] {
            assert_eq!(split(source), (None, 0, source));
        }
    }
}
