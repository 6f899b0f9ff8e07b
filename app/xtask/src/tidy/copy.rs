//! Words for people stand in files named `copy.rs`, where someone can read them all in one go.
//!
//! The rule guesses: a text with a capital and at least two plain words reads like a sentence, and so does a text
//! in a place where only people read. What it takes wrongly can nearly always be a constant in `copy.rs` too.

use super::rust::Code;
use super::{Finding, Source};

/// Attributes that are read out or shown.
const SHOWN: &[&str] = &["aria-label=", "aria-description=", "title=", "placeholder=", "alt=", "label="];

pub(super) fn check(source: &Source, code: &Code) -> Vec<Finding> {
    if source.name() == "copy.rs" {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut find = |line: usize, words: &str| {
        if !code.is_test(line) {
            findings.push(
                source.finding(line, format!("“{words}” is for people: move it to copy.rs and name it")),
            );
        }
    };
    for text in &code.strings {
        let before = code.lines.get(text.line - 1).and_then(|line| line.get(..text.at)).unwrap_or_default();
        if is_sentence(&text.value) || (is_shown(before) && has_word(&text.value)) {
            find(text.line, &text.value);
        }
    }
    if code.lines.iter().any(|line| line.contains("view!")) {
        for (index, line) in code.lines.iter().enumerate() {
            if let Some(words) = bare_words(line) {
                find(index + 1, words);
            }
        }
    }
    findings
}

/// A capital, and two words of plain letters after one another.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| ",.;:!?…’'()“”".contains(c));
        word.chars().count() >= 2 && word.chars().skip(1).all(|c| c.is_lowercase() || c == '’' || c == '\'')
    };
    let words: Vec<_> = text.split(' ').collect();
    let pair = words.windows(2).any(|pair| pair.iter().all(is_word));
    pair && text.chars().any(char::is_uppercase)
}

/// Whether the code before a string makes it something that people see: a shown attribute or the inside of a tag.
fn is_shown(before: &str) -> bool {
    let before = before.trim_end();
    SHOWN.iter().any(|attribute| before.ends_with(attribute))
        || (before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->"))
}

fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() >= 2)
}

/// Words that stand in a view without quotes: after a tag, a capital and a second word.
fn bare_words(line: &str) -> Option<&str> {
    line.match_indices('>').find_map(|(at, _)| {
        let is_arrow = line[..at].ends_with(['=', '-']);
        let words = line[at + 1..].split('<').next().unwrap_or_default().trim();
        let plain = words.chars().all(|c| c.is_alphanumeric() || " ,.;:!?…’'".contains(c));
        let begins = words.starts_with(char::is_uppercase);
        (!is_arrow && plain && begins && is_sentence(words)).then_some(words)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;

    #[test]
    fn sentences_are_told_from_names() {
        for text in
            ["Save a recovery file", "You are offline.", "Ask Ines for a new one", "{} Rooms are here"]
        {
            assert!(is_sentence(text), "{text}");
        }
        for text in [
            "ArrowUp",
            "row between",
            "M17.5 18.5A7.5 7.5 0 0 1",
            "Content-Type",
            "no capital here",
            "Enter",
            "KB MB",
            "",
        ] {
            assert!(!is_sentence(text), "{text}");
        }
    }

    #[test]
    fn words_in_a_view_belong_to_copy() {
        for line in [
            "view! { <p>\"Nothing here yet\"</p> }",
            "view! { <button>\"Save\"</button> }",
            "view! { <button aria-label=\"Close\" /> }",
            "view! { <p>Nothing here yet</p> }",
            "let title = format!(\"Room of {name} and others\");",
        ] {
            assert_eq!(said("app/web/src/features/home.rs", line).len(), 1, "{line}");
            assert_eq!(said("app/web/src/features/home/copy.rs", line), [""; 0], "{line}");
            assert_eq!(said("app/model/src/a.rs", line), [""; 0], "{line}");
        }
    }

    #[test]
    fn what_only_programs_read_may_stay() {
        for line in [
            "view! { <p class=\"row between\" data-kind=\"primary\">{copy::NOTHING}</p> }",
            "match key { \"Enter\" => save(), \"Escape\" => leave(), _ => {} }",
            "let _ = view! { <Icon name=\"check\" /> }; // Say why in a comment",
            "if a > Limit as usize { view! { <p>\"·\"</p> } }",
            "fn a(b: Option<String>, label: Signal<String>) { view! { <i>{b}</i> } }",
            "fn a() -> \"x\" { view! { <i>{b}</i> } }",
        ] {
            assert_eq!(said("app/web/src/features/home.rs", line), [""; 0], "{line}");
        }
        let test = "#[cfg(test)]\nmod tests { fn a() { b(\"Nothing here yet\"); } }";
        assert_eq!(said("app/ui/src/a.rs", test), [""; 0]);
    }
}
