use text::{Intent, Search, find, marked};

use crate::check;

/// Replacing all that is found of `words` in `before` leads to `after`.
#[track_caller]
fn check_all(before: &str, words: &str, text: &str, after: &str) {
    let ranges = find(&marked::read(before).0, &Search { words: words.into(), ..Search::default() });
    check(before, Intent::ReplaceAll { ranges, text: text.into() }, after);
}

#[test]
fn all_that_was_found_is_replaced() {
    check_all("|one two One", "one", "three", "|three two three");
    check_all("a|\n- a\n# a", "a", "bc", "bc|\n- bc\n# bc");
    check_all("|aaaa", "aa", "a", "|aa");
    check_all("|a b a", "a ", "", "|b a");
    check_all("|a⋯", "a", "b", "|b");
}

#[test]
fn what_comes_has_the_marks_of_what_goes() {
    check_all("|a **acme** [acme](u)`acme`", "acme", "Globex", "|a **Globex** [Globex](u)`Globex`");
    check_all("|**ac**me", "acme", "Globex", "|**Globex**");
    check_all("|ac**me**", "acme", "Globex", "|Globex");
    check_all("|``` acme", "acme", "Globex", "|``` Globex");
}

#[test]
fn the_selection_goes_along() {
    check_all("aa «bb|» cc", "a", "x1", "x1x1 «bb|» cc");
    check_all("aa «bb|» cc", "bb", "x", "aa x| cc");
    check_all("aa bb| cc", "cc", "e\nd", "aa bb| e d");
    check_all("ab|c", "c", "\u{301}", "ab\u{301}|");
}

#[test]
fn what_is_not_within_a_line_stays() {
    let ranges = vec![0..1, 1..3, 2..2, 3..4, 4..5, 5..6, 9..12];
    let intent = Intent::ReplaceAll { ranges, text: "x".into() };
    check("|a\nb\n😀", intent, "|x\nb\n😀");
    let all = Intent::ReplaceAll { ranges: vec![0..0, 0..1], text: "x".into() };
    crate::check_nothing("{table t}|", all);
}
