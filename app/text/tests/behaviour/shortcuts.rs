use crate::{check_all, check_no_shortcut, check_shortcut, insert};

#[test]
fn signs_at_a_start_make_kinds_of_lines() {
    check_shortcut("\\# |", "# |");
    check_shortcut("\\###### |ab", "###### |ab");
    check_shortcut("\\- |", "- |");
    check_shortcut("\\* |", "- |");
    check_shortcut("\\1. |", "1. |");
    check_shortcut("\\[\\] |", "[ ] |");
    check_shortcut("\\[ \\] |", "[ ] |");
    check_shortcut("\\[x\\] |", "[x] |");
    check_shortcut("\\> |a", "> |a");
    check_shortcut(r"\`\`\` |", "``` |");
    check_shortcut(r"\`\`\`rust |", "```rust |");
    check_shortcut("\\---|", "---\n|");
    check_shortcut("—-|", "---\n|");
    check_shortcut("\\-\u{A0}|", "- |");
    check_shortcut("a\n\\# |b\nc", "a\n# |b\nc");
    check_shortcut("\\# |⋯", "# |");
}

#[test]
fn signs_work_where_they_make_sense() {
    check_shortcut("# \\## |a", "## |a");
    check_shortcut("- \\[\\] |a", "[ ] |a");
    check_shortcut("> \\- |a", "> - |a");
    check_shortcut("# \\> |a", "> # |a");
    check_no_shortcut("\\# a|");
    check_no_shortcut("#######\u{20}|");
    check_no_shortcut("a \\# |");
    check_no_shortcut("- \\- |");
    check_no_shortcut("``` \\# |");
    check_no_shortcut("2. |");
    check_no_shortcut("\\---|a");
    check_no_shortcut("\\#|");
    check_no_shortcut("«\\# |»");
    check_no_shortcut("> \\> |");
    check_no_shortcut(r"\`\`\`rust |a");
    check_no_shortcut(" |");
}

#[test]
fn signs_around_words_make_marks() {
    check_shortcut(r"\*\*x\*\*|", "**x**|");
    check_shortcut(r"a \*\*x y\*\*| b", "a **x y**| b");
    check_shortcut(r"\*x\*|", "_x_|");
    check_shortcut(r"a \_x\_|", "a _x_|");
    check_shortcut(r"\`x\`|", "`x`|");
    check_shortcut(r"\~\~x\~\~|", "~~x~~|");
    check_shortcut(r"(\*x\*|)", "(_x_|)");
    check_shortcut(r"你好\*世界\*|", "你好_世界_|");
    check_shortcut(r"\*\*a_b_\*\*|", "**a_b_**|");
    check_shortcut(r"a\*\*b\*\*|", "a**b**|");
    check_shortcut(r"- \*x\*|⋯", "_x_|");
}

#[test]
fn lone_signs_are_themselves() {
    for typed in [
        r"2\*3\*|",
        r"snake\_case\_|",
        r"\*\*x\*|",
        r"\*\*\*\*|",
        r"\* x\*|",
        r"\*x \*|",
        r"\*\*|",
        r"\*\*\*|",
        r"\_\_x\_|",
        r"\~\~x\~|",
        r"`a` \*b|",
        r"`\*x\*|`",
        r"``` \*x\*|",
        r"\*a⏎b\*|",
        "|",
    ] {
        check_no_shortcut(typed);
    }
}

#[test]
fn typing_after_a_made_mark_is_without_it() {
    let change = check_shortcut(r"_\*\*x\*\*|_", "_**x**_|");
    let marks = change.pending.expect("marks to go on with");
    assert!(marks.italic && !marks.bold);
    check_all("_**x**_|", [text::Intent::ToggleMark(text::Mark::Bold), insert("y")], "_**x**y|_");
}
