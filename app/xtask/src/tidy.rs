//! `cargo xtask tidy`: the rules of this repository that no compiler checks.

mod copy;
mod layers;
mod rust;
mod style;
mod text;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::repo;

/// The crates that put something on the screen.
const SHOWING: &[&str] = &["app/web/", "app/ui/"];

/// A rule that is broken somewhere.
#[derive(Debug, PartialEq)]
struct Finding {
    /// The file, from the root of the repository.
    path: String,
    /// The line, counted from one.
    line: usize,
    /// What is wrong and how to mend it.
    say: String,
}

/// A file to check.
struct Source {
    /// From the root of the repository, with `/` between the parts.
    path: String,
    text: String,
}

impl Source {
    fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    fn finding(&self, line: usize, say: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, say: say.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.say)
    }
}

/// Prints every broken rule and fails when there is one.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let sources = sources(root)?;
    let findings = findings(&sources);
    for finding in &findings {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} to mend", count(findings.len(), "place"));
    }
    eprintln!("{} in order", count(sources.len(), "file"));
    Ok(())
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn findings(sources: &[Source]) -> Vec<Finding> {
    let mut findings = layers::check(sources);
    let tests = rust::TestFiles::of(sources);
    for source in sources {
        findings.extend(text::check(source));
        match source.extension() {
            "rs" => {
                let code = rust::Code::read(&source.text, tests.contain(&source.path));
                findings.extend(rust::check(source, &code));
                if SHOWING.iter().any(|folder| source.path.starts_with(folder)) {
                    findings.extend(copy::check(source, &code));
                    findings.extend(style::check_code(source, &code));
                }
            }
            "css" => findings.extend(style::check(source)),
            _ => {}
        }
    }
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    findings
}

/// The text files of the repository that people write.
fn sources(root: &Path) -> anyhow::Result<Vec<Source>> {
    let enters = |folder: &Path| {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let built = ["target", "dist", "node_modules"].contains(&name) || folder == root.join("e2e/out");
        !built && (!name.starts_with('.') || [".ci", ".cargo", ".github"].contains(&name))
    };
    let mut paths = Vec::new();
    repo::collect(root, &enters, &mut paths)?;
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let relative: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let relative = relative.join("/");
        if relative.ends_with(".lock") || relative.ends_with("package-lock.json") {
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("{relative} cannot be read"))?;
        // What is not text is not ours to judge.
        if let Ok(text) = String::from_utf8(bytes) {
            sources.push(Source { path: relative, text });
        }
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said about a file, each finding as `line: words`.
    pub(super) fn said(path: &str, text: &str) -> Vec<String> {
        let sources = [Source { path: path.to_owned(), text: text.to_owned() }];
        let findings = findings(&sources).into_iter().filter(|finding| finding.path == path);
        findings.map(|finding| format!("{}: {}", finding.line, finding.say)).collect()
    }

    #[test]
    fn a_finding_reads_as_a_place_and_a_sentence() {
        let source = Source { path: "app/a/src/b.rs".to_owned(), text: String::new() };
        assert_eq!(source.finding(3, "no").to_string(), "app/a/src/b.rs:3: no");
        assert_eq!(count(1, "place"), "1 place");
        assert_eq!(count(2, "place"), "2 places");
    }

    #[test]
    fn built_folders_are_not_read() {
        let root = std::env::temp_dir().join(format!("xtask-tidy-{}", std::process::id()));
        for folder in ["target", "e2e/node_modules", ".git", ".ci", "app"] {
            fs::create_dir_all(root.join(folder)).unwrap();
            fs::write(root.join(folder).join("a.txt"), "text").unwrap();
        }
        fs::write(root.join("app/b.png"), [0xff, 0xfe]).unwrap();
        let paths: Vec<_> = sources(&root).unwrap().into_iter().map(|source| source.path).collect();
        assert_eq!(paths, [".ci/a.txt", "app/a.txt"]);
    }
}
