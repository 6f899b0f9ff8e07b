//! Just enough TOML for the files of this repository: sections, and keys on one line.
//!
//! A real parser would double the time this crate takes to build, for files we write ourselves.

/// One `key = value` line.
#[derive(Debug, PartialEq)]
pub(crate) struct Entry<'a> {
    /// The text in brackets above the line, `package` or `workspace.dependencies`; empty at the top.
    pub(crate) section: &'a str,
    /// The name, without quotes.
    pub(crate) key: &'a str,
    /// The value as written, without a comment after it.
    pub(crate) value: &'a str,
    /// Where it stands, counted from one.
    pub(crate) line: usize,
}

impl<'a> Entry<'a> {
    /// The value without its quotes, when it is a plain string.
    pub(crate) fn string(&self) -> Option<&'a str> {
        self.value.strip_prefix('"')?.strip_suffix('"')
    }
}

/// The `key = value` lines of a file, in order. Lines of any other form, such as the inner lines of a list,
/// are left out.
pub(crate) fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut section = "";
    let mut entries = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = without_comment(line).trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim_matches(['[', ']']).trim();
        } else if let Some((key, value)) = line.split_once('=') {
            let key = key.trim().trim_matches('"');
            entries.push(Entry { section, key, value: value.trim(), line: index + 1 });
        }
    }
    entries
}

/// The version of a package in the text of a `Cargo.lock`.
pub(crate) fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let entries = entries(lock);
    let name = entries.iter().position(|entry| entry.key == "name" && entry.string() == Some(package))?;
    entries.get(name + 1).filter(|entry| entry.key == "version")?.string()
}

fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    for (index, character) in line.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '#' if !quoted => return &line[..index],
            _ => {}
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_carry_their_section_and_line() {
        let text = "top = 1\n[package]\nname = \"x # y\" # said\n\n[target.'cfg(unix)'.dependencies]\n\"a-b\" = { path = \"c\" }\n";
        let entries = entries(text);
        assert_eq!(entries.len(), 3);
        assert_eq!((entries[0].section, entries[0].key, entries[0].value), ("", "top", "1"));
        assert_eq!((entries[1].section, entries[1].string()), ("package", Some("x # y")));
        assert_eq!((entries[2].key, entries[2].line), ("a-b", 6));
        assert_eq!(entries[2].section, "target.'cfg(unix)'.dependencies");
    }

    #[test]
    fn the_lock_names_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }
}
