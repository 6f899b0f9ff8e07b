//! One style sheet from the layers of `style/`: one request instead of a dozen, and no order to keep in the page.

use std::path::Path;

use anyhow::bail;

use super::read_text;
use crate::repo;

/// All sheets of a folder and the folders in it, in the order of their names, without comments and indentation.
pub(super) fn joined(folder: &Path) -> anyhow::Result<String> {
    let mut sheets = repo::files(folder)?;
    sheets.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    if sheets.is_empty() {
        bail!("{} has no style sheets", folder.display());
    }
    let mut joined = String::new();
    for sheet in sheets {
        joined.push_str(&compact(&read_text(&sheet)?));
        joined.push('\n');
    }
    Ok(joined)
}

/// Drops comments and makes each run of white space outside strings one space, or one line end if it held one.
/// Nothing else: a space can carry meaning in CSS, and compression leaves little to gain.
fn compact(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if matches!(first, '"' | '\'') {
            let end = string_end(rest, first);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if first.is_ascii_whitespace() {
            let end = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
            push_space(&mut out, if rest[..end].contains('\n') { '\n' } else { ' ' });
            rest = &rest[end..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A comment between two runs must not leave two of them.
fn push_space(out: &mut String, space: char) {
    match out.chars().next_back() {
        None | Some('\n') => {}
        Some(' ') => {
            out.pop();
            out.push(space);
        }
        Some(_) => out.push(space),
    }
}

/// Where the string at the start of a text ends, past its closing quote.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return index + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn comments_and_indentation_go_and_meaning_stays() {
        let sheet = "/* head */\n@layer a {\n    .b > .c  { /* x */ color: red }\n\n    .d :hover{ width: calc(1px + 2px) }\n}\n";
        assert_eq!(
            compact(sheet),
            "@layer a {\n.b > .c { color: red }\n.d :hover{ width: calc(1px + 2px) }\n}"
        );
    }

    #[test]
    fn strings_are_left_alone() {
        let sheet = r#"a::after { content: "/*  not  \" a comment */"; }   b { content: '  ' }"#;
        assert_eq!(
            compact(sheet),
            r#"a::after { content: "/*  not  \" a comment */"; } b { content: '  ' }"#
        );
    }

    #[test]
    fn sheets_are_joined_in_the_order_of_their_names() {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}", std::process::id()));
        fs::create_dir_all(folder.join("ui")).unwrap();
        fs::write(folder.join("ui/button.css"), "c{}").unwrap();
        fs::write(folder.join("20-b.css"), "b{}").unwrap();
        fs::write(folder.join("10-a.css"), "a{}\n").unwrap();
        fs::write(folder.join("notes.txt"), "no").unwrap();
        assert_eq!(joined(&folder).unwrap(), "a{}\nb{}\nc{}\n");
    }
}
