//! Reading Rust just far enough to know code from strings, comments and tests, and the rules about code.

use super::{Finding, Source};

/// A Rust file with its strings and comments taken out.
pub(super) struct Code {
    /// The code of each line; a string is left as an empty pair of quotes.
    pub(super) lines: Vec<String>,
    /// Strings outside comments.
    pub(super) strings: Vec<Text>,
    /// Comments, one entry a line.
    comments: Vec<(usize, String)>,
    /// Whether each line belongs to tests.
    tests: Vec<bool>,
}

/// A string literal.
pub(super) struct Text {
    /// The line it begins on, counted from one.
    pub(super) line: usize,
    /// How many bytes of that line's code come before its quotes.
    pub(super) at: usize,
    /// What stands between the quotes, escapes as written.
    pub(super) value: String,
}

/// Which files are tests from the first line to the last: those in a folder for tests, and modules that only tests
/// declare.
pub(super) struct TestFiles(Vec<String>);

impl TestFiles {
    /// Learns the modules from the files that declare them.
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut modules = Vec::new();
        for source in sources.iter().filter(|source| source.extension() == "rs") {
            let words: Vec<_> = source.text.split_whitespace().collect();
            for three in words.windows(3) {
                if let ["#[cfg(test)]", "mod", name] = three
                    && let Some(name) = name.strip_suffix(';')
                {
                    modules.push(format!("{}/{name}", module_folder(&source.path)));
                }
            }
        }
        Self(modules)
    }

    /// Whether a file, or a module that it is part of, is tests.
    pub(super) fn contain(&self, path: &str) -> bool {
        let by_folder = path.contains("/tests/") || path.ends_with("/tests.rs") || path.contains("/benches/");
        by_folder
            || self.0.iter().any(|module| {
                path.strip_prefix(module.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            })
    }
}

/// Where the modules are that a file declares.
fn module_folder(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if matches!(name, "lib.rs" | "main.rs") { folder } else { path.trim_end_matches(".rs") }
}

impl Code {
    /// Reads a file. `all_tests` marks every line as tests.
    pub(super) fn read(source: &str, all_tests: bool) -> Self {
        let mut code =
            Self { lines: vec![String::new()], strings: Vec::new(), comments: Vec::new(), tests: Vec::new() };
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            let taken = if rest.starts_with("//") {
                let end = rest.find('\n').unwrap_or(rest.len());
                code.comment(&rest[..end])
            } else if rest.starts_with("/*") {
                code.comment(block_comment(rest))
            } else if let Some((opening, length)) = string(rest, code.last()) {
                code.string(&rest[..length], opening)
            } else if first == '\'' {
                code.quoted(rest)
            } else {
                code.push(first);
                first.len_utf8()
            };
            rest = &rest[taken..];
        }
        code.tests = if all_tests { vec![true; code.lines.len()] } else { test_lines(&code.lines) };
        code
    }

    /// Whether a line, counted from one, belongs to tests.
    pub(super) fn is_test(&self, line: usize) -> bool {
        self.tests.get(line - 1).copied().unwrap_or(false)
    }

    /// The character of code before the place that is read.
    fn last(&self) -> Option<char> {
        self.lines.last()?.chars().next_back()
    }

    fn push(&mut self, character: char) {
        if character == '\n' {
            self.lines.push(String::new());
        } else if let Some(line) = self.lines.last_mut() {
            line.push(character);
        }
    }

    fn comment(&mut self, text: &str) -> usize {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.push('\n');
            }
            self.comments.push((self.lines.len(), line.to_owned()));
        }
        text.len()
    }

    fn string(&mut self, literal: &str, opening: usize) -> usize {
        // The quote and as many hashes as stand before the first one.
        let closing = 1 + literal[..opening].matches('#').count();
        let value =
            literal.get(opening..literal.len().saturating_sub(closing)).unwrap_or_default().to_owned();
        let at = self.lines.last().map_or(0, String::len);
        self.strings.push(Text { line: self.lines.len(), at, value });
        self.push('"');
        self.push('"');
        for _ in literal.matches('\n') {
            self.push('\n');
        }
        literal.len()
    }

    /// A character such as `'"'`, or the tick of a lifetime.
    fn quoted(&mut self, rest: &str) -> usize {
        let mut characters = rest.char_indices().skip(1);
        let end = match (characters.next(), characters.next()) {
            (Some((_, '\\')), Some((after, _))) => {
                rest[after + 1..].find('\'').map(|close| after + 1 + close + 1)
            }
            (Some(_), Some((close, '\''))) => Some(close + 1),
            _ => None,
        };
        match end {
            Some(end) => {
                self.push('\'');
                self.push('\'');
                end
            }
            None => {
                self.push('\'');
                1
            }
        }
    }
}

/// The comment at the start of a text; such comments nest.
fn block_comment(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return &text[..at];
            }
        } else {
            at += 1;
        }
    }
    text
}

/// A string literal at the start of a text: how many bytes come before its content, and its whole length.
fn string(text: &str, before: Option<char>) -> Option<(usize, usize)> {
    let prefix = text.find(|c: char| !matches!(c, 'r' | 'b' | 'c' | '#'))?;
    let (letters, raw) = (&text[..prefix], text[..prefix].contains('r'));
    let is_prefix = matches!(letters.trim_end_matches('#'), "" | "r" | "b" | "c" | "br" | "cr");
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_') && prefix > 0;
    if !text[prefix..].starts_with('"') || !is_prefix || in_word || (letters.contains('#') && !raw) {
        return None;
    }
    let opening = prefix + 1;
    if raw {
        let close = format!("\"{}", "#".repeat(letters.matches('#').count()));
        let length = text[opening..].find(&close).map_or(text.len(), |end| opening + end + close.len());
        return Some((opening, length));
    }
    let mut escaped = false;
    for (index, character) in text[opening..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((opening, opening + index + 1)),
            _ => {}
        }
    }
    Some((opening, text.len()))
}

/// Which lines belong to an item under `#[cfg(test)]`.
fn test_lines(lines: &[String]) -> Vec<bool> {
    let mut tests = vec![false; lines.len()];
    let mut index = 0;
    while index < lines.len() {
        if !lines[index].contains("#[cfg(test)]") {
            index += 1;
            continue;
        }
        let end = item_end(&lines[index..]) + index;
        tests[index..=end].fill(true);
        index = end + 1;
    }
    tests
}

/// The last line of the item that begins on the first one: where its braces close, or its semicolon.
fn item_end(lines: &[String]) -> usize {
    let mut depth = 0_i32;
    for (index, line) in lines.iter().enumerate() {
        for character in line.chars() {
            match character {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        return index;
                    }
                }
                ';' if depth == 0 => return index,
                _ => {}
            }
        }
    }
    lines.len() - 1
}

/// The rules about code and comments.
pub(super) fn check(source: &Source, code: &Code) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The compiler's own lints hold too; where one is switched off with a reason, the file has had its say.
    let excused = code.lines.iter().any(|line| line.contains("allow(clippy::unwrap_used"));
    for (index, text) in code.lines.iter().enumerate() {
        let line = index + 1;
        for (word, mend) in [
            ("todo!", "finish it, or leave it out"),
            ("unimplemented!", "finish it, or leave it out"),
            ("#[ignore", "mend the test, or delete it"),
        ] {
            if text.contains(word) {
                findings.push(source.finding(line, format!("`{word}`: {mend}")));
            }
        }
        for word in [".unwrap()", ".expect("] {
            if text.contains(word) && !excused && !code.is_test(line) {
                findings.push(
                    source.finding(
                        line,
                        format!("`{word}` outside tests: return the error, or handle the case"),
                    ),
                );
            }
        }
    }
    for (line, comment) in &code.comments {
        for word in ["TODO", "FIXME", "XXX"] {
            if comment.split(|c: char| !c.is_alphanumeric()).any(|found| found == word) {
                findings.push(
                    source.finding(*line, format!("`{word}`: do it now, or take it to the issue list")),
                );
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;

    #[test]
    fn strings_comments_and_characters_are_told_from_code() {
        let code = Code::read(
            "let a = \"x // y\"; // z \"q\"\nlet b = r#\"a \" b\"#; /* one\n/* two */ */ let c = '\"'; let d: &'static str = b\"\\\"\";\n",
            false,
        );
        assert_eq!(code.lines[0], "let a = \"\"; ");
        assert_eq!(code.lines[1], "let b = \"\"; ");
        assert_eq!(code.lines[2], " let c = ''; let d: &'static str = \"\";");
        let strings: Vec<_> = code.strings.iter().map(|text| (text.line, text.value.as_str())).collect();
        assert_eq!(strings, [(1, "x // y"), (2, "a \" b"), (3, "\\\"")]);
        assert_eq!(code.comments[0], (1, "// z \"q\"".to_owned()));
    }

    #[test]
    fn escapes_and_names_that_end_like_prefixes_do_not_confuse_it() {
        let code = Code::read(
            "let c = '\\''; let bar = for_r(\"a\\\\\"); let n = '\\u{1F600}'; x\n\"s\nt\" y",
            false,
        );
        assert_eq!(code.lines, ["let c = ''; let bar = for_r(\"\"); let n = ''; x", "\"\"", " y"]);
        assert_eq!(code.strings[0].value, "a\\\\");
    }

    #[test]
    fn tests_are_what_stands_under_their_attribute() {
        let code = Code::read(
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"}\"; }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}\n",
            false,
        );
        let tests: Vec<_> = (1..=9).filter(|line| code.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5, 7, 8]);
    }

    #[test]
    fn a_module_that_only_tests_declare_is_tests_and_so_are_its_parts() {
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let files = TestFiles::of(&[
            source("app/x/src/lib.rs", "mod a;\n#[cfg(test)]\nmod play;\n"),
            source("app/x/src/a.rs", "#[cfg(test)] mod b;\n"),
        ]);
        for path in ["app/x/src/play.rs", "app/x/src/play/one.rs", "app/x/src/a/b.rs", "app/x/tests/c.rs"] {
            assert!(files.contain(path), "{path}");
        }
        for path in ["app/x/src/a.rs", "app/x/src/player.rs", "app/y/src/play.rs"] {
            assert!(!files.contain(path), "{path}");
        }
    }

    #[test]
    fn unwrapping_is_for_tests() {
        let text = "fn a() { b.unwrap(); } // c.unwrap()\n#[cfg(test)]\nmod tests {\n    fn d() { e.expect(\"f\"); }\n}\n";
        let said = said("app/x/src/a.rs", text);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("1: `.unwrap()`"), "{said:?}");
        assert_eq!(super::super::tests::said("app/x/tests/a.rs", text), [""; 0]);
        assert_eq!(super::super::tests::said("app/x/src/a.rs", "a.unwrap_or(b); c.expect_err(d);"), [""; 0]);
        let excused = format!("#![allow(clippy::unwrap_used, reason = \"why\")]\n{text}");
        assert_eq!(super::super::tests::said("app/x/src/a.rs", &excused), [""; 0]);
    }

    #[test]
    fn nothing_unfinished_is_left() {
        for text in [
            "fn a() { todo!() }",
            "unimplemented!(\"x\")",
            "#[ignore]\nfn a() {}",
            "// TODO: b",
            "/* FIXME */",
        ] {
            assert_eq!(said("app/x/src/a.rs", text).len(), 1, "{text}");
        }
        assert_eq!(said("app/x/src/a.rs", "let a = \"TODO todo!\"; // a to-do list, todos\n"), [""; 0]);
    }
}
