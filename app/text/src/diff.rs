//! What the browser did to a line's text, read back from the text before and after.

use crate::utf16_len;

/// One stretch of text that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Where it starts, in UTF-16 units.
    pub at: usize,
    /// How many units went.
    pub removed: usize,
    /// What came.
    pub inserted: String,
}

/// The stretch in which `old` and `new` differ; `None` when they are alike.
///
/// Where several are possible, as when a letter is typed beside its like, it is the one that ends at the caret: what is
/// typed ends there, and what is deleted was there. Without a caret it is the last one. No surrogate pair is cut.
pub fn gap(old: &str, new: &str, caret_in_new: Option<usize>) -> Option<Gap> {
    if old == new {
        return None;
    }
    let behind = caret_in_new.map_or("", |caret| crate::bounds::after(new, caret));
    let kept = common_end(old, behind);
    let start = common_start(&old[..old.len() - kept], &new[..new.len() - kept]);
    let kept = kept + common_end(&old[start..old.len() - kept], &new[start..new.len() - kept]);
    Some(Gap {
        at: utf16_len(&old[..start]),
        removed: utf16_len(&old[start..old.len() - kept]),
        inserted: new[start..new.len() - kept].to_owned(),
    })
}

/// Bytes at the start that are alike.
fn common_start(one: &str, two: &str) -> usize {
    one.chars().zip(two.chars()).take_while(|(one, two)| one == two).map(|(char, _)| char.len_utf8()).sum()
}

/// Bytes at the end that are alike.
fn common_end(one: &str, two: &str) -> usize {
    let pairs = one.chars().rev().zip(two.chars().rev());
    pairs.take_while(|(one, two)| one == two).map(|(char, _)| char.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `new` has the caret as `|`.
    fn check(old: &str, new: &str, at: usize, removed: usize, inserted: &str) {
        let caret = new.find('|').map(|byte| utf16_len(&new[..byte]));
        let found = gap(old, &new.replace('|', ""), caret);
        assert_eq!(found, Some(Gap { at, removed, inserted: inserted.into() }), "{old} → {new}");
    }

    #[test]
    fn typing_ends_at_the_caret() {
        check("abc", "abx|c", 2, 0, "x");
        check("aaaa", "aa|aaa", 1, 0, "a");
        check("aaaa", "aaaaa", 4, 0, "a");
        check("", "a|", 0, 0, "a");
        check("ab ab", "ab ab| ab", 2, 0, " ab");
    }

    #[test]
    fn deleting_happens_at_the_caret() {
        check("aaaa", "a|aa", 1, 1, "");
        check("abcd", "a|d", 1, 2, "");
        check("a", "|", 0, 1, "");
    }

    #[test]
    fn a_correction_away_from_the_caret_is_small() {
        check("helo world", "hello world|", 3, 0, "l");
        check("teh cat", "the cat|", 1, 2, "he");
        check("(", "(|)", 1, 0, ")");
    }

    #[test]
    fn pairs_stay_whole() {
        // Both begin with the same half.
        check("😀", "😁|", 0, 2, "😁");
        check("a😀b", "a😀😀|b", 3, 0, "😀");
        assert_eq!(gap("😀x", "😀y", Some(1)), Some(Gap { at: 2, removed: 1, inserted: "y".into() }));
    }

    #[test]
    fn alike_is_nothing() {
        assert_eq!(gap("same", "same", Some(2)), None);
    }
}
