use text::{Intent, Intent::DeleteSelection, Unit};

use crate::{backspace, check, check_all, check_nothing, delete};

fn word(forward: bool) -> Intent {
    Intent::Delete { unit: Unit::Word, forward }
}

fn line(forward: bool) -> Intent {
    Intent::Delete { unit: Unit::Line, forward }
}

#[test]
fn characters_go_as_readers_see_them() {
    check("ab|c", backspace(), "a|c");
    check("a|bc", delete(), "a|c");
    check("a😀|", backspace(), "a|");
    check("a👨‍👩‍👧|b", backspace(), "a|b");
    check("🇩🇪🇫🇷|", backspace(), "🇩🇪|");
    check("|🇩🇪🇫🇷", delete(), "|🇫🇷");
    check("ae\u{301}|", backspace(), "a|");
    check("ab⏎|c", backspace(), "ab|c");
    check("שלום|", backspace(), "שלו|");
    check("a\\\u{FFFC}|b", backspace(), "a|b");
    // A character of two marks is still one.
    check("a**e**\u{301}|", backspace(), "a|");
}

#[test]
fn words_and_lines_go_at_once() {
    check("one two|", word(false), "one |");
    check("one two |", word(false), "one |");
    check("|one two", word(true), "| two");
    check("one| two three", word(true), "one| three");
    check("one two|", line(false), "|");
    check("one |two", line(true), "one |");
    check("one\n|two", line(false), "one|two");
    check("one\n|two", word(false), "one|two");
    check("one|\ntwo", line(true), "one|two");
}

#[test]
fn a_selection_goes_as_a_whole() {
    for intent in [backspace(), delete(), DeleteSelection, word(true)] {
        check("a«bc|»d", intent.clone(), "a|d");
        check("# a«|b\n- c»d", intent.clone(), "# a|d");
        check("a«b\nc\n- d|»", intent, "a|");
    }
    check_nothing("a|b", DeleteSelection);
    check("# «ab\ncd|»", DeleteSelection, "# |");
    check("«\n# cd|»ef", DeleteSelection, "# |ef");
}

#[test]
fn backspace_at_a_start_first_takes_the_format() {
    check("a\n# |b", backspace(), "a\n|b");
    check("a\n> |b", backspace(), "a\n|b");
    check_all("a\n  - |b", [backspace()], "a\n- |b");
    check_all("a\n  - |b", [backspace(), backspace()], "a\n|b");
    check_all("a\n  - |b", [backspace(), backspace(), backspace()], "a|b");
    check_all("> [x] |b", [backspace()], "> |b");
    check_all("> [x] |b", [backspace(), backspace()], "|b");
    check("# |", backspace(), "|");
    check("``` |a", backspace(), "|a");
    check("``` a\n``` |b", backspace(), "``` a|b");
    check_nothing("|b", backspace());
}

#[test]
fn joining_keeps_the_first_format_unless_that_line_is_empty() {
    check("# a\n|b", backspace(), "# a|b");
    check("# a|\n- b", delete(), "# a|b");
    check("|\n- b", delete(), "- |b");
    check("- \n|b", backspace(), "|b");
    check("- \n|", backspace(), "- |");
    check("- a\n|", backspace(), "- a|");
    check("a|\n", delete(), "a|");
    check_nothing("a|", delete());
}

#[test]
fn what_comes_into_code_loses_its_marks() {
    check("``` a«b\n**c|**»**d**", backspace(), "``` a|d");
    check("``` a|\n**b**⋯", delete(), "``` a|b");
}

#[test]
fn a_divider_or_table_goes_as_a_whole() {
    check("a\n---\n|b", backspace(), "a\n|b");
    check("a\n{table t}\n|", backspace(), "a\n|");
    check("a\n---\n- |b", backspace(), "a\n---\n|b");
    check("a|\n---\nb", delete(), "a|\nb");
    check("a|\n---", delete(), "a|");
    check("|\n---", delete(), "---|");
    check("a\n---|\n# b", delete(), "a\n# |b");
    check("a\n---|", delete(), "a\n|");
    check("a\n---|\nb", backspace(), "a\n|\nb");
    check("a\n«---\nb|»c", DeleteSelection, "a\n|c");
    check("a«b\n|»---\nd", DeleteSelection, "a|\n---\nd");
    check("«\n|»---", DeleteSelection, "---|");
    check("a«\n|»---", Intent::Insert("b".into()), "ab|\n---");
    check("«\n|»---", Intent::Insert("b".into()), "b|\n---");
    check_nothing("a«\n|»---", DeleteSelection);
    check("---\n---\n|", backspace(), "---\n|");
}

#[test]
fn holding_backspace_goes_on_across_lines() {
    // slate#4959
    check_all("a\n- b\\\u{FFFC}|", [backspace(), backspace(), backspace(), backspace()], "a|");
    check_all("# a\n---\nb|", vec![backspace(); 4], "# |");
}

#[test]
fn the_last_terminator_stays() {
    check("«a\nb|»", DeleteSelection, "|");
    check_all("a|", [backspace(), backspace(), delete()], "|");
}
