//! Whether plain words are meant as Markdown.

/// Whether `words` are clearly Markdown, so that whoever pastes them wants what the signs stand for.
///
/// They are when one of these is among them: a fence of code with its end; a row of table names with the row of dashes
/// below; two items of a list right below each other; a heading set apart from the words around it. Signs within lines,
/// such as `**words**`, and a lone line do not count: these stand in words of all kinds.
pub fn is_clear(words: &str) -> bool {
    let lines: Vec<&str> = words.lines().map(str::trim_end).collect();
    let mut fence: Option<&str> = None;
    let mut before = "";
    for (at, line) in lines.iter().enumerate() {
        if let Some(sign) = fence {
            if line.trim_start().starts_with(sign) {
                return true;
            }
            continue;
        }
        let after = lines.get(at + 1).copied().unwrap_or_default();
        let alone = before.is_empty() && after.is_empty() && lines.len() > 1;
        if is_item(before) && is_item(line)
            || is_dashes(line) && before.contains('|')
            || is_heading(line) && (alone || before.is_empty() && (is_heading(after) || is_item(after)))
        {
            return true;
        }
        fence = ["```", "~~~"].into_iter().find(|sign| line.starts_with(sign));
        before = line;
    }
    false
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ')
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let bullet = line.strip_prefix(['-', '*', '+']);
    let number = line.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let number = number.strip_prefix(['.', ')']).filter(|_| (1..=9).contains(&(line.len() - number.len())));
    bullet.or(number).is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
}

/// Whether the line stands below the names of a table's columns.
fn is_dashes(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|ch| "|-: \t".contains(ch))
}

#[cfg(test)]
mod tests {
    use super::is_clear;

    #[test]
    fn signs_that_leave_no_doubt() {
        for markdown in [
            "# Offer\n\nWords",
            "Words\n\n## Next\n\nMore",
            "# Offer\n## Part\nWords",
            "- a\n- b",
            "Bring:\n  1. a\n  2) b\n",
            "a | b\n--|:-:\n1 | 2",
            "See\n```rust\nfn a()\n```\n",
        ] {
            assert!(is_clear(markdown), "{markdown}");
        }
    }

    #[test]
    fn words_that_only_look_like_it() {
        for words in [
            "",
            "# one line",
            "one **bold** line and a `sign`\nand _more_",
            "#!/bin/sh\n# a remark\necho 1",
            "# a remark\nimport os\n",
            "a - b\nc - d",
            "- a lone item\nand words",
            "-a\n-b",
            "1.5 metres\n2.5 metres",
            "a | b\nc | d",
            "```\nnever ended",
            "-- \nBest, Ines",
            "#tag\n\n#other",
        ] {
            assert!(!is_clear(words), "{words}");
        }
    }
}
