//! Finding words in a text.

use std::ops::Range;

use crate::{Document, Unit, bounds};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The words; none are found nowhere.
    pub words: String,
    /// Whether capital letters and small ones differ.
    pub match_case: bool,
    /// Whether the words must not be part of longer ones.
    pub whole_words: bool,
}

/// Where the words stand: ranges in UTF-16 units, in order and apart. None reaches over a line's end or cuts what a
/// reader sees as one character; marks do not matter. Rules and tables have no words of the text.
pub fn find(doc: &Document, search: &Search) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let pattern = Pattern::of(search);
    if pattern.chars.is_empty() {
        return found;
    }
    let mut start = 0;
    for (at, line) in doc.lines().iter().enumerate() {
        if !line.format.block.is_void() {
            pattern.find(&line.as_text(), start, &mut found);
        }
        start += doc.line_len(at) + 1;
    }
    found
}

/// Words made ready for a search in one pass (D. Knuth, J. Morris, V. Pratt, "Fast Pattern Matching in Strings", 1977).
struct Pattern<'a> {
    search: &'a Search,
    chars: Vec<char>,
    /// For each length of the pattern's start that fits, the next shorter one that fits there as well.
    shorter: Vec<usize>,
    /// UTF-16 units.
    len: usize,
}

impl<'a> Pattern<'a> {
    fn of(search: &'a Search) -> Self {
        let chars: Vec<char> = search.words.chars().map(|char| fold(char, search.match_case)).collect();
        let len = chars.iter().map(|char| char.len_utf16()).sum();
        let mut pattern = Self { search, chars, shorter: vec![0], len };
        for at in 1..pattern.chars.len() {
            let next = pattern.step(pattern.shorter[at - 1], pattern.chars[at]);
            pattern.shorter.push(next);
        }
        pattern
    }

    /// How much of the pattern fits after `char`, where `fits` did before; not all of it.
    fn step(&self, mut fits: usize, char: char) -> usize {
        while fits > 0 && self.chars[fits] != char {
            fits = self.shorter[fits - 1];
        }
        fits + usize::from(self.chars[fits] == char)
    }

    fn find(&self, text: &str, start: usize, found: &mut Vec<Range<usize>>) {
        let unit = if self.search.whole_words { Unit::Word } else { Unit::Grapheme };
        let all_are_edges = text.is_ascii() && !self.search.whole_words;
        let mut edges = None;
        let (mut fits, mut end) = (0, 0);
        for char in text.chars() {
            fits = self.step(fits, fold(char, self.search.match_case));
            end += char.len_utf16();
            if fits < self.chars.len() {
                continue;
            }
            let range = end - self.len..end;
            let mut is_edge = |at| {
                all_are_edges
                    || edges.get_or_insert_with(|| bounds::edges(text, unit)).binary_search(&at).is_ok()
            };
            if is_edge(range.start) && is_edge(range.end) {
                found.push(start + range.start..start + range.end);
                fits = 0;
            } else {
                fits = self.shorter[fits - 1];
            }
        }
    }
}

/// What a character counts as: the small letter for a capital one, and for a sign that keyboards lack the plain one.
/// It has as many UTF-16 units as the character.
fn fold(char: char, match_case: bool) -> char {
    let char = match char {
        '\u{a0}' | '\u{202f}' => ' ',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        char => char,
    };
    let small = match char {
        char if match_case => char,
        // Letters that are capitals of a small letter which looks different elsewhere.
        'ς' => 'σ',
        'ſ' => 's',
        'µ' => 'μ',
        char => char.to_lowercase().next().unwrap_or(char),
    };
    if small.len_utf16() == char.len_utf16() { small } else { char }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marked;

    /// What is found in a text in the notation, each set off by brackets.
    #[track_caller]
    fn check(search: Search, notation: &str, wanted: &str) {
        let doc = marked::read(notation).0;
        let units: Vec<u16> = doc.text().encode_utf16().collect();
        let text = |range: Range<usize>| String::from_utf16_lossy(&units[range]);
        let (mut shown, mut at) = (String::new(), 0);
        for range in find(&doc, &search) {
            shown += &format!("{}<{}>", text(at..range.start), text(range.clone()));
            at = range.end;
        }
        assert_eq!(shown + &text(at..doc.last_offset()), wanted, "{search:?}");
    }

    fn words(words: &str) -> Search {
        Search { words: words.into(), ..Search::default() }
    }

    #[test]
    fn words_are_found_whatever_their_case_and_marks() {
        check(words("van"), "Vans and VAN\n**v**a_n_ v", "<Van>s and <VAN>\n<van> v");
        check(words("Straße"), "STRAßE strasse", "<STRAßE> strasse");
        check(words("ΣΊΣΥΦΟΣ"), "Σίσυφος", "<Σίσυφος>");
        check(words("istanbul"), "İstanbul", "<İstanbul>");
        check(Search { match_case: true, ..words("Van") }, "van Van", "van <Van>");
    }

    #[test]
    fn what_is_found_stands_apart() {
        check(words("aa"), "aaaaa", "<aa><aa>a");
        check(words("abab"), "abaabababab", "aba<abab><abab>");
        check(words(""), "a", "a");
        check(words("ab"), "a\nb", "a\nb");
    }

    #[test]
    fn characters_stay_whole() {
        check(words("e"), "e\u{301}e", "e\u{301}<e>");
        check(words("👩"), "👨‍👩‍👧👩", "👨‍👩‍👧<👩>");
        check(words("🇪"), "🇩🇪🇪", "🇩🇪<🇪>");
        check(words("😀"), "a😀b😀", "a<😀>b<😀>");
    }

    #[test]
    fn whole_words_are_not_part_of_others() {
        let whole = |what| Search { whole_words: true, ..words(what) };
        check(whole("van"), "van vans, van. (Van)", "<van> vans, <van>. (<Van>)");
        check(whole("don"), "don don't", "<don> don't");
        check(whole("two vans"), "two vans, two vanss", "<two vans>, two vanss");
        check(whole("aa"), "aaa aa", "aaa <aa>");
        check(whole("漢"), "漢字", "<漢>字");
    }

    #[test]
    fn plain_signs_find_those_that_keyboards_lack() {
        check(
            words("it's \"so\""),
            "It\u{2019}s\u{a0}\u{201c}so\u{201d}",
            "<It\u{2019}s\u{a0}\u{201c}so\u{201d}>",
        );
    }

    #[test]
    fn rules_and_tables_have_no_words() {
        check(words("t"), "{table t}\n---\nt", "\n\n<t>");
    }
}
