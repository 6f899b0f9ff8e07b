use text::{Intent, Mark, Marks};

use crate::{check, check_all, check_nothing, insert};

const BOLD: Intent = Intent::ToggleMark(Mark::Bold);

fn link(address: &str) -> Intent {
    Intent::Link(Some(address.to_owned()))
}

#[test]
fn marks_are_set_and_taken_away() {
    check("a«bc|»d", BOLD, "a«**bc**|»d");
    check("a«|bc»d", BOLD, "a«|**bc**»d");
    check("a«**bc**|»d", BOLD, "a«bc|»d");
    check("a«**b**c|»d", BOLD, "a«**bc**|»d");
    check("«a\n- b|»c", BOLD, "«**a**\n- **b**|»c");
    check("«_a_b|»", BOLD, "«**_a_b**|»");
    check("«**a**b|»", Intent::Mark(Mark::Bold, false), "«ab|»");
    check_nothing("«**a**|»", Intent::Mark(Mark::Bold, true));
    check_nothing("«\n|»", BOLD);
}

#[test]
fn line_ends_take_no_marks() {
    let change = check("«a\nb|»", BOLD, "«**a**\n**b**|»");
    let bold = Marks::default().with(Mark::Bold, true).to_attrs();
    let wanted = text::Delta::new().retain_with(1, bold.clone()).retain(1).retain_with(1, bold);
    assert_eq!(change.delta, wanted);
}

#[test]
fn code_lines_take_no_marks() {
    check("«a\n``` b|»", BOLD, "«**a**\n``` b|»");
    check("«**a**\n``` b|»", BOLD, "«a\n``` b|»");
    check_nothing("``` «b|»", BOLD);
}

#[test]
fn at_a_caret_marks_wait_for_what_is_typed() {
    let change = check("a|", BOLD, "a|");
    assert!(change.delta.is_empty());
    assert_eq!(change.pending, Some(Marks::default().with(Mark::Bold, true)));
    check_all("**a|**", [BOLD, insert("b")], "**a**b|");
    check_all("**_a|_**", [Intent::ClearMarks, insert("b")], "**_a_**b|");
    check_all("a|", [BOLD, Intent::ToggleMark(Mark::Italic), insert("b")], "a**_b|_**");
    check_nothing("a|", Intent::ClearMarks);
    check_nothing("**a|**", Intent::Mark(Mark::Bold, true));
}

#[test]
fn links_are_set_changed_and_taken_away() {
    check("a«bc|»d", link(" u "), "a«[bc](u)|»d");
    check("a[b|c](u)d", link("v"), "a[b|c](v)d");
    check("a[b|c](u)d", Intent::Link(None), "ab|cd");
    check("a[bc|](u)d", Intent::Link(None), "abc|d");
    check("[a](u)[|b](v)", Intent::Link(None), "a|[b](v)");
    check("a[b**c|**](u)d", Intent::Link(None), "ab**c|**d");
    check("[a](u) [b|](u)", Intent::Link(None), "[a](u) b|");
    check("a«[b](u)c|»", Intent::Link(None), "a«bc|»");
    check("a |", link("https://a.example"), "a [https://a.example](https://a.example)|");
    check("a |", link("mailto:b@a.example"), "a [b@a.example](mailto:b@a.example)|");
    check_nothing("a|", Intent::Link(None));
    check_nothing("a|", link(" "));
    check_nothing("``` a|", link("u"));
}

#[test]
fn clearing_takes_all_marks() {
    check("«**_a_**[b](u)`c`|»", Intent::ClearMarks, "«abc|»");
    check("# «**a**|»", Intent::ClearMarks, "# «a|»");
    check_nothing("«a|»", Intent::ClearMarks);
}
