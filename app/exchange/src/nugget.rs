//! Nuggets from Markdown files: the lines between two `---` at the top say what a nugget is for, the text below is what it says.
//!
//! ```text
//! ---
//! title: The close in four days
//! kind: case
//! industries: [Accounting, "Audit, tax"]
//! problems:
//!   - slow month-end close
//! review_by: 2027-03-01
//! ---
//! Northwind closed …
//! ```
//!
//! That is the part of YAML (<https://yaml.org/spec/1.2.2/>) that people write there: one value, or a list, a name; lists in brackets, with
//! commas, or a line each; quotes; `#` for notes. Anything else is refused with its line, so that nothing is half understood.

use terms::{
    nugget::{Facet, Nugget, NuggetKind},
    plan::Day,
};

/// A nugget as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What was read.
    pub nugget: Nugget,
    /// Lines, counting from 1, with names that mean nothing here; they are left out.
    pub passed_over: Vec<(usize, String)>,
}

/// Why a file was not read, and at which line, counting from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line.
    pub line: usize,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The file is no text.
    NotText,
    /// No `---` ends what begins at the top.
    NoEnd,
    /// It is neither a name with a value, nor an item of a list.
    NoField,
    /// Its name has a value already.
    Twice,
    /// There is no kind of this name.
    NoKind(String),
    /// It is no day as 2027-03-01.
    NoDay(String),
    /// It has several values where one is meant.
    Several,
}

/// A name with its values.
struct Entry<'a> {
    line: usize,
    name: &'a str,
    values: Vec<String>,
}

/// Reads a file; `path` is its name with its folders. Its title is the one that it gives, else its first line where that is a heading of
/// level 1, else the name of the file. Such a heading is not part of what the nugget says where it only repeats the title.
///
/// # Errors
/// The first line that is wrong.
pub fn read(path: &str, bytes: &[u8]) -> Result<Read, Wrong> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let source = std::str::from_utf8(bytes).ok().filter(|source| !source.contains('\0'));
    let source = source.ok_or(Wrong { line: 1, what: What::NotText })?;
    let (entries, body) = split(source)?;
    let mut nugget = Nugget { source: path.to_owned(), ..Nugget::default() };
    let mut passed_over = Vec::new();
    for Entry { line, name, values } in entries {
        let wrong = |what| Wrong { line, what };
        let one = || match values.as_slice() {
            [] => Ok(String::new()),
            [value] => Ok(value.clone()),
            _ => Err(wrong(What::Several)),
        };
        let facet = |name: &str| {
            Facet::ALL.into_iter().find(|facet| facet.name() == name || singular(*facet) == name)
        };
        match name.to_ascii_lowercase().as_str() {
            "title" => nugget.title = values.join(", "),
            "owner" => nugget.owner = values.join(", "),
            "kind" => {
                let kind = one()?;
                let known = NuggetKind::parse(&kind.to_lowercase().replace(['-', '_'], " "));
                nugget.kind = known.ok_or_else(|| wrong(What::NoKind(kind)))?;
            }
            "review_by" | "review-by" | "review" => {
                let day = one()?;
                let known = Day::parse(&day).map(Some).or(day.is_empty().then_some(None));
                nugget.review_by = known.ok_or_else(|| wrong(What::NoDay(day)))?;
            }
            lower => match facet(lower) {
                Some(facet) => *nugget.tagged_mut(facet) = values,
                None => passed_over.push((line, name.to_owned())),
            },
        }
    }
    let body = body.trim();
    let heading = body
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("# "))
        .map(str::trim)
        .filter(|it| !it.is_empty());
    if nugget.title.is_empty() {
        nugget.title = heading.map_or_else(|| from_name(path), str::to_owned);
    }
    nugget.text = match heading {
        Some(heading) if heading == nugget.title => {
            body.split_once('\n').map_or("", |(_, rest)| rest).trim_start()
        }
        _ => body,
    }
    .to_owned();
    Ok(Read { nugget, passed_over })
}

/// The name of a facet for one tag, as people also write it.
fn singular(facet: Facet) -> &'static str {
    match facet {
        Facet::Step => "step",
        Facet::Problem => "problem",
        Facet::Industry => "industry",
        Facet::Product => "product",
        Facet::Role => "role",
        Facet::Size => "size",
    }
}

fn from_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['_', '-'], " ")
}

/// The entries at the top of a text, and what stands below them.
fn split(source: &str) -> Result<(Vec<Entry<'_>>, &str), Wrong> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut rest = source;
    let mut number = 0;
    while !rest.is_empty() {
        let (line, below) = rest.split_once('\n').unwrap_or((rest, ""));
        (rest, number) = (below, number + 1);
        let line = line.trim_end();
        let wrong = |what| Wrong { line: number, what };
        if number == 1 {
            match line {
                "---" => continue,
                _ => return Ok((entries, source)),
            }
        }
        if matches!(line, "---" | "...") {
            return Ok((entries, below));
        }
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with('#') {
            continue;
        }
        if let Some(item) = inner.strip_prefix("- ") {
            let list = entries.last_mut().ok_or_else(|| wrong(What::NoField))?;
            list.values.push(plain(item).ok_or_else(|| wrong(What::NoField))?);
            continue;
        }
        let is_name = |name: &&str| {
            !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "_-".contains(char))
        };
        let field =
            line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
        let (name, value) = field.filter(|(name, _)| is_name(name)).ok_or_else(|| wrong(What::NoField))?;
        if entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name)) {
            return Err(wrong(What::Twice));
        }
        let values = values(value.trim()).ok_or_else(|| wrong(What::NoField))?;
        entries.push(Entry { line: number, name, values });
    }
    if number == 0 { Ok((entries, source)) } else { Err(Wrong { line: 1, what: What::NoEnd }) }
}

/// What stands behind a name: nothing, one value, or several.
fn values(text: &str) -> Option<Vec<String>> {
    if let Some(inner) = text.strip_prefix('[') {
        return list(inner.strip_suffix(']')?);
    }
    // A text that goes over several lines, or a map, is more than is read here.
    if text.starts_with(['|', '>', '{', '&', '*', '!']) {
        return None;
    }
    if text.starts_with(['"', '\'']) { Some(vec![plain(text)?]) } else { list(uncommented(text)) }
}

/// Values with commas between them; empty ones are left out.
fn list(text: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, char) in text.char_indices().chain([(text.len(), ',')]) {
        match (quote, char) {
            (Some(open), char) if open == char => quote = None,
            (None, '"' | '\'') if text[start..at].trim().is_empty() => quote = Some(char),
            (None, ',') => {
                values.push(plain(text.get(start..at)?)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    values.retain(|value| !value.is_empty());
    if quote.is_none() { Some(values) } else { None }
}

/// One value without its quotes.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let Some(quote) = text.chars().next().filter(|char| "\"'".contains(*char)) else {
        return Some(uncommented(text).to_owned());
    };
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(if quote == '"' {
        inner.replace("\\\"", "\"").replace("\\\\", "\\")
    } else {
        inner.replace("''", "'")
    })
}

/// What stands before a note on the same line.
fn uncommented(text: &str) -> &str {
    text.split_once(" #").map_or(text, |(before, _)| before).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nugget(path: &str, source: &str) -> Nugget {
        read(path, source.as_bytes()).unwrap().nugget
    }

    fn wrong(source: &str) -> (usize, What) {
        let wrong = read("a.md", source.as_bytes()).unwrap_err();
        (wrong.line, wrong.what)
    }

    #[test]
    fn lb_a_file_says_what_it_is_for() {
        let source = "\u{feff}---\r\n# of the close\r\ntitle: \"The \\\"close\\\" in four days\"\r\nkind: Question-Guide\r\n\
            industries: [Accounting, \"Audit, tax\" ]\r\nproblems:\r\n  - slow month-end close # nine days\r\n- 'audit''s late'\r\n\
            steps: Discover, Design\r\nsize: \">100000\"\r\nowner: Ines Okafor\r\nreview_by: 2027-03-01\r\n\r\nauthor: x\r\n---\r\n\
            \r\nNine days, then four.\r\n\r\n---\r\n{{account.name}}\r\n";
        let Read { nugget, passed_over } = read("cases/close.md", source.as_bytes()).unwrap();
        assert_eq!(
            (nugget.title.as_str(), nugget.kind),
            ("The \"close\" in four days", NuggetKind::Questions)
        );
        assert_eq!(nugget.tagged(Facet::Industry), ["Accounting", "Audit, tax"]);
        assert_eq!(nugget.tagged(Facet::Problem), ["slow month-end close", "audit's late"]);
        assert_eq!(nugget.tagged(Facet::Step), ["Discover", "Design"]);
        assert_eq!(nugget.tagged(Facet::Size), [">100000"]);
        assert_eq!(nugget.tagged(Facet::Role), [""; 0]);
        assert_eq!((nugget.owner.as_str(), nugget.source.as_str()), ("Ines Okafor", "cases/close.md"));
        assert_eq!(nugget.review_by, Day::parse("2027-03-01"));
        assert_eq!(nugget.text, "Nine days, then four.\r\n\r\n---\r\n{{account.name}}");
        assert_eq!(passed_over, [(14, "author".to_owned())]);
    }

    #[test]
    fn lb_a_file_without_a_title_is_called_by_its_heading_or_its_name() {
        let headed = nugget("a.md", "# The close\n\nIn four days.");
        assert_eq!((headed.title.as_str(), headed.text.as_str()), ("The close", "In four days."));
        let other = nugget("a.md", "---\ntitle: Close\n---\n# The close\nIn four days.");
        assert_eq!((other.title.as_str(), other.text.as_str()), ("Close", "# The close\nIn four days."));
        let named = nugget("cases/the-close_1.md", "In four days.");
        assert_eq!((named.title.as_str(), named.text.as_str()), ("the close 1", "In four days."));
        assert_eq!(nugget("a.md", "").text, "");
    }

    #[test]
    fn lb_a_line_that_is_not_understood_is_named() {
        assert_eq!(wrong("---\ntitle: a\nkind: poem\n---\n"), (3, What::NoKind("poem".into())));
        assert_eq!(wrong("---\n\nreview_by: soon\n---\n"), (3, What::NoDay("soon".into())));
        assert_eq!(wrong("---\ntitle: a\n"), (1, What::NoEnd));
        assert_eq!(wrong("---\ntitle: a\nTitle: b\n---\n"), (3, What::Twice));
        assert_eq!(wrong("---\nkind: [case, person]\n---\n"), (2, What::Several));
        for line in ["- a", "words", "a:b", "roles: [a", "roles: \"a", "roles: |", "  a: b", "roles: {a: b}"]
        {
            assert_eq!(wrong(&format!("---\n{line}\n---\n")), (2, What::NoField), "{line}");
        }
        assert_eq!(read("a.md", b"\xff").unwrap_err().what, What::NotText);
    }

    #[test]
    fn whatever_a_file_holds_it_is_read_or_refused() {
        let seed = fastrand::u64(..);
        println!("seed {seed}");
        let mut random = fastrand::Rng::with_seed(seed);
        let pieces = [
            "---\n", "title", ":", " ", "[", "]", "\"", "'", "- ", ",", "\n", "ä", "kind", "#", "é", "roles",
        ];
        for _ in 0..20_000 {
            let count = random.usize(..24);
            let text: String = (0..count).map(|_| pieces[random.usize(..pieces.len())]).collect();
            let source = format!("---\n{text}\n---\nbody");
            match read("a.md", source.as_bytes()) {
                Ok(read) => assert!(read.nugget.text.ends_with("body"), "{source:?}"),
                Err(wrong) => assert!(wrong.line <= source.lines().count(), "{source:?}"),
            }
        }
    }
}
