//! The rules about style sheets: colours have names, and weight is a matter of layers.

use super::rust::Code;
use super::{Finding, Source};

const FUNCTIONS: &[&str] =
    &["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];

/// The colour names that people reach for.
const NAMES: &[&str] = &[
    "white", "black", "gray", "grey", "silver", "red", "green", "blue", "yellow", "orange", "purple", "pink",
    "brown", "navy", "teal", "gold",
];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let is_tokens = source.name().contains("tokens");
    let mut findings = Vec::new();
    for (index, line) in without_comments(&source.text).lines().enumerate() {
        if line.contains("!important") {
            findings.push(source.finding(index + 1, "`!important`: put the rule into a later layer instead"));
        }
        if is_tokens {
            continue;
        }
        for colour in colours(&without_strings(line)) {
            let say = format!("`{colour}` is a colour: give it a name in the tokens sheet and use that");
            findings.push(source.finding(index + 1, say));
        }
    }
    findings
}

/// Colours in the strings of code: the page's look is the sheets' matter.
pub(super) fn check_code(source: &Source, code: &Code) -> Vec<Finding> {
    let strings = code.strings.iter().filter(|text| !code.is_test(text.line));
    let coloured = strings.filter(|text| {
        let mut words = text.value.split(|c: char| c.is_whitespace() || ",:;()".contains(c));
        words.any(is_hex) || FUNCTIONS.iter().any(|function| text.value.starts_with(function))
    });
    coloured
        .map(|text| {
            let say =
                format!("“{}” has a colour: give it a name in the tokens sheet and set a class", text.value);
            source.finding(text.line, say)
        })
        .collect()
}

/// The sheet with its comments as blanks, line for line.
fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        let (inside, after) = comment.split_once("*/").unwrap_or((comment, ""));
        out.extend(inside.chars().filter(|character| *character == '\n'));
        rest = after;
    }
    out + rest
}

/// A line with its strings emptied: what stands in one, a drawing perhaps, is not a value.
fn without_strings(line: &str) -> String {
    let mut quote = None;
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match quote {
            None => {
                out.push(character);
                quote = matches!(character, '"' | '\'').then_some(character);
            }
            Some(open) if open == character => {
                out.push(character);
                quote = None;
            }
            Some(_) => {}
        }
    }
    out
}

/// The colours written out in the values of a line.
fn colours(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for value in values(line) {
        let words = value.split(|c: char| c.is_whitespace() || ",()/".contains(c));
        found.extend(words.filter(|word| is_hex(word) || NAMES.contains(word)));
        for function in FUNCTIONS {
            let Some(at) = value.find(function) else { continue };
            let in_word = value[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            // A colour computed from a named one is not a new colour.
            let computed = value[at + function.len()..].trim_start().starts_with("from var(");
            if !in_word && !computed {
                found.push(function.trim_end_matches('('));
            }
        }
    }
    found
}

/// What stands after a colon up to the end of the declaration. A selector may hold colons too;
/// it ends in a brace and is no value.
fn values(line: &str) -> Vec<&str> {
    let mut values = Vec::new();
    for part in line.split([';', '}']) {
        let declaration = part.rsplit('{').next().unwrap_or(part);
        let selector = line[line.len().min(offset(line, part) + part.len())..].starts_with('{');
        if let Some((_, value)) = declaration.split_once(':')
            && !selector
        {
            values.push(value);
        }
    }
    values
}

fn offset(line: &str, part: &str) -> usize {
    part.as_ptr() as usize - line.as_ptr() as usize
}

fn is_hex(word: &str) -> bool {
    let Some(digits) = word.strip_prefix('#') else { return false };
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;

    #[test]
    fn colours_are_found_in_values_only() {
        for (line, found) in [
            ("a { color: #fff; }", vec!["#fff"]),
            ("  background: linear-gradient(#012345, var(--a));", vec!["#012345"]),
            ("a { border: 1px solid red }", vec!["red"]),
            ("  color: oklch(0.5 0.1 230);", vec!["oklch"]),
            ("  color: rgb(1 2 3 / 50%); fill: black;", vec!["rgb", "black"]),
            ("  --tone: light-dark(white, black);", vec!["white", "black"]),
            ("#fed:hover { color: var(--red); white-space: nowrap }", vec![]),
            ("a:has(#abc) {", vec![]),
            ("  color: color-mix(in oklch, var(--a) 20%, transparent);", vec![]),
            ("  color: oklch(from var(--a) l c h / 50%);", vec![]),
            ("  color: currentColor; content: \"red: #fff\";", vec![]),
            ("  mask: url(\"data:image/svg+xml,%3Csvg stroke='black' fill='red'/>\");", vec![]),
            ("  grid-area: a-red; transition: color 1s;", vec![]),
        ] {
            assert_eq!(colours(&without_strings(line)), found, "{line}");
        }
    }

    #[test]
    fn only_the_tokens_sheet_names_colours() {
        let sheet = "/* #fff\n red */\na { color: red; }\n";
        assert_eq!(said("style/20-tokens.css", sheet), [""; 0]);
        let said = said("style/30-base.css", sheet);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("3: `red`"), "{said:?}");
    }

    #[test]
    fn code_that_draws_names_no_colours() {
        for line in ["let a = \"#fedcba\";", "b(\"color: #fff;\")", "c(\"oklch(0.5 0.1 {h})\")"] {
            assert_eq!(said("app/ui/src/a.rs", line).len(), 1, "{line}");
            assert_eq!(said("app/model/src/a.rs", line), [""; 0], "{line}");
        }
        assert_eq!(said("app/ui/src/a.rs", "let a = \"#top\"; go(\"#room/abc\"); // #fff"), [""; 0]);
    }

    #[test]
    fn importance_is_refused_everywhere() {
        assert_eq!(said("style/20-tokens.css", "a { top: 0 !important; }").len(), 1);
    }
}
