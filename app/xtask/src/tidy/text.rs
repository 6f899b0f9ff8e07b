//! The rules that hold for every file.

use super::{Finding, Source};

/// The longest file that can still be read in one go.
const LINES: usize = 600;

/// Folders of the machines we work on. In two parts, or this file would break its own rule.
const FOLDERS: &[&str] =
    &[concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let extension = source.extension();
    let lines = source.text.lines().count();
    if matches!(extension, "rs" | "css" | "js" | "mjs") && lines > LINES {
        let say = format!("{lines} lines; at most {LINES}, so split it by what it is about");
        findings.push(source.finding(LINES + 1, say));
    }
    if source.name() == "mod.rs" {
        let folder = source.path.trim_end_matches("/mod.rs");
        findings.push(source.finding(1, format!("name it {folder}.rs, so that a file says what it is")));
    }
    for (index, line) in source.text.lines().enumerate() {
        if let Some(folder) = FOLDERS.iter().find(|folder| names_folder(line, folder)) {
            let say =
                format!("`{folder}` is a folder of one machine; take a relative path or ask the environment");
            findings.push(source.finding(index + 1, say));
        }
        // Rust's own comments are read with more care.
        let unfinished = matches!(extension, "css" | "js" | "mjs" | "html" | "toml" | "yml")
            && ["TODO", "FIXME", "XXX"].iter().any(|word| line.contains(word));
        if unfinished {
            findings.push(
                source.finding(index + 1, "something is left to do: do it now, or take it to the issue list"),
            );
        }
    }
    findings
}

/// Whether a line holds an absolute path into a folder; `a/root/b` and `x.example/home/` are others.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || "\"'`(=:,<[".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;

    #[test]
    fn a_file_has_at_most_600_lines() {
        assert_eq!(said("app/x/src/a.rs", &"\n".repeat(600)), [""; 0]);
        assert_eq!(said("app/x/src/a.rs", &"\n".repeat(601)).len(), 1);
        assert_eq!(said("e2e/a.mjs", &"\n".repeat(601)).len(), 1);
        assert_eq!(said("README.md", &"\n".repeat(900)), [""; 0]);
    }

    #[test]
    fn modules_are_named_after_what_they_hold() {
        let said = said("app/x/src/a/mod.rs", "");
        assert_eq!(said, ["1: name it app/x/src/a.rs, so that a file says what it is"]);
    }

    #[test]
    fn paths_of_a_machine_are_refused() {
        let folder = FOLDERS[0];
        assert_eq!(said("README.md", &format!("run `{folder}x/y`")).len(), 1);
        assert_eq!(said("a.toml", &format!("a = \"{folder}x\"")).len(), 1);
        assert_eq!(said("README.md", &format!("see https://example.com{folder} and a{folder}")), [""; 0]);
    }

    #[test]
    fn nothing_is_left_for_later_in_scripts_and_sheets() {
        assert_eq!(said("public/a.js", "// TODO later").len(), 1);
        assert_eq!(said("style/a.css", "/* FIXME */").len(), 1);
        assert_eq!(said("README.md", "There is no TODO in the code."), [""; 0]);
    }
}
