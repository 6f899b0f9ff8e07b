use text::{Delta, Intent, marked};

use crate::{check, check_nothing};

/// What `notation` shows, without the terminator that the notation adds, unless it ends in `¶`.
fn paste(notation: &str) -> Intent {
    let text = match notation.strip_suffix('¶') {
        Some(text) => text.to_owned(),
        None => format!("{notation}⋯"),
    };
    Intent::Paste(marked::read(&text).0.to_delta())
}

#[test]
fn words_go_into_the_line() {
    check("a|b", paste("**x**y"), "a**x**y|b");
    check("a|b", paste("x¶"), "ax|b");
    check("**a|b**", paste("x"), "**a**x|**b**");
    check("a«b\nc|»d", paste("x"), "ax|d");
    check("# a|b", paste("x¶"), "# ax|b");
    check("# a|b", paste("- x¶"), "# ax|b");
    check("|⋯", paste("x"), "x|");
    check_nothing("a|", Intent::Paste(Delta::new()));
    check_nothing("a|", Intent::Paste(Delta::new().retain(1).delete(1)));
}

#[test]
fn an_empty_line_takes_the_format() {
    check("|", paste("# x¶"), "# x|");
    check("a\n|\nb", paste("- x\n- y¶"), "a\n- x\n- y|\nb");
    check("- |", paste("x¶"), "- x|");
}

#[test]
fn several_lines_keep_theirs_within() {
    check("a|b", paste("x\n# y\nz"), "ax\n# y\nz|b");
    check("# a|b", paste("x\n- y¶"), "# ax\n# y|b");
    check("ab|", paste("- x\n- y¶"), "abx\n- y|");
    check("|ab", paste("# x\ny¶"), "# x\ny|ab");
    // slab/quill#3976: only the second line is bold.
    check("|", paste("aaa\n**bbb**¶"), "aaa\n**bbb**|");
}

#[test]
fn plain_lines_become_more_of_what_they_are_pasted_into() {
    check("- a|", paste("x\ny\nz"), "- ax\n- y\n- z|");
    check("[x] a|", paste("\ny"), "[x] a\n[ ] y|");
    check("> a|b", paste("x\ny"), "> ax\n> y|b");
    check("# a|", paste("x\ny"), "# ax\ny|");
    check("a|", paste("¶"), "a\n|");
    check("``` a|b", paste("# **x**\n- y¶"), "``` ax\n``` y|b");
    check("|", paste("``` x\n``` y¶"), "``` x\n``` y|");
}

#[test]
fn dividers_and_tables_get_lines_of_their_own() {
    check("a|b", paste("---¶"), "a\n---\n|b");
    check("|", paste("---¶"), "---\n|");
    check("a|", paste("x\n{table t}¶"), "ax\n{table t}\n|");
    check("---|", paste("x\n# y¶"), "---\nx\n# y|");
    check("---|\na", paste("x"), "---\nx|\na");
}

#[test]
fn what_must_not_stand_in_a_section_is_left_out() {
    check("a|", Intent::Paste(Delta::new().insert("x\r\ny\u{FFFC}\u{7}")), "ax\ny|");
}

#[test]
fn what_is_copied_can_be_pasted_as_it_was() {
    let (doc, selection) = marked::read("«# a\n- b\n- c|»d");
    check("x\n|", Intent::Paste(doc.copy(selection.range())), "x\n# a\n- b\n- c|");
    let (doc, selection) = marked::read("- «a**b**|»");
    check("|", Intent::Paste(doc.copy(selection.range())), "- a**b**|");
    check("c|d", Intent::Paste(doc.copy(selection.range())), "ca**b**|d");
    let (doc, selection) = marked::read("# a«b|»c");
    check("|", Intent::Paste(doc.copy(selection.range())), "b|");
}
