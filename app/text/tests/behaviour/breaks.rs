use text::{Intent, Intent::Break, Intent::Divider, Intent::SoftBreak, Mark};

use crate::{check, check_all, insert};

#[test]
fn enter_divides_a_line() {
    check("ab|cd", Break, "ab\n|cd");
    check("|ab", Break, "\n|ab");
    check("ab|", Break, "ab\n|");
    check("a«bc|»d", Break, "a\n|d");
    check("a«b\ncd\ne|»f", Break, "a\n|f");
    check("{center}a|b", Break, "{center}a\n{center}|b");
}

#[test]
fn enter_after_a_heading_begins_a_paragraph() {
    check("# ab|", Break, "# ab\n|");
    check("# a|b", Break, "# a\n# |b");
    check("# |ab", Break, "\n# |ab");
    check("> ## ab|", Break, "> ## ab\n> |");
    check("# |", Break, "# \n|");
}

#[test]
fn enter_in_a_list_begins_an_item() {
    check("- ab|", Break, "- ab\n- |");
    check("  1. a|b", Break, "  1. a\n  1. |b");
    check("[x] ab|", Break, "[x] ab\n[ ] |");
    check("[x] a|b", Break, "[x] a\n[ ] |b");
    check("[x] |ab", Break, "[ ] \n[x] |ab");
}

#[test]
fn enter_on_an_empty_item_goes_outwards_and_then_ends_the_list() {
    check_all("- a\n    - |", [Break], "- a\n  - |");
    check_all("- a\n    - |", [Break, Break], "- a\n- |");
    check_all("- a\n    - |", [Break, Break, Break], "- a\n|");
    check("[ ] |", Break, "|");
    check_all("> - |", [Break], "> |");
    check_all("> - |", [Break, Break], "|");
    check("- a\n  |", Break, "- a\n|");
}

#[test]
fn enter_in_code_stays_and_twice_leaves_it() {
    check("```rust a|b", Break, "```rust a\n```rust |b");
    check_all("``` a|", [Break, Break], "``` a\n|");
    check("``` a\n``` |\n``` b", Break, "``` a\n``` \n``` |\n``` b");
    // Code that has only begun is not left by accident.
    check("``` |", Break, "``` \n``` |");
}

#[test]
fn enter_twice_leaves_a_quotation() {
    check_all("> a|", [Break], "> a\n> |");
    check_all("> a|", [Break, Break], "> a\n|");
    check("> a\n> |\n> b", Break, "> a\n> \n> |\n> b");
}

#[test]
fn enter_after_backticks_begins_code() {
    check(r"\`\`\`|", Break, "``` |");
    check(r"\`\`\`Rust|", Break, "```rust |");
    check(r"\`\`\`not a name|", Break, "\\`\\`\\`not a name\n|");
}

#[test]
fn marks_go_on_after_enter_but_not_code_and_links() {
    check_all("**ab|**", [Break, insert("c")], "**ab**\n**c|**");
    check_all("`ab|`", [Break, insert("c")], "`ab`\nc|");
    check_all("[ab|](u)", [Break, insert("c")], "[ab](u)\nc|");
    check_all("a|", [Intent::ToggleMark(Mark::Bold), Break, insert("c")], "a\n**c|**");
    check_all("**a|b**", [Break, insert("c")], "**a**\n**c|b**");
}

#[test]
fn shift_enter_begins_a_row_in_the_same_line() {
    check("- a|b", SoftBreak, "- a⏎|b");
    check("**a|b**", SoftBreak, "**a⏎|b**");
    check("a«b\nc|»d", SoftBreak, "a⏎|d");
    check("``` a|b", SoftBreak, "``` a\n``` |b");
    check("---|", SoftBreak, "---\n|");
}

#[test]
fn enter_on_a_divider_or_table_begins_a_line_below() {
    check("---|\na", Break, "---\n|\na");
    check("a\n{table t}|", Break, "a\n{table t}\n|");
}

#[test]
fn a_divider_leaves_a_line_to_go_on() {
    check("ab|", Divider, "ab\n---\n|");
    check("a|b", Divider, "a\n---\n|b");
    check("|ab", Divider, "---\n|ab");
    check("|", Divider, "---\n|");
    check("- |\nb", Divider, "---\n|\nb");
    check("# ab|", Divider, "# ab\n---\n|");
    check("# a|b", Divider, "# a\n---\n# |b");
    check("a«b|»c", Divider, "a\n---\n|c");
    check("---|\na", Divider, "---\n---\n|\na");
    check("|⋯", Divider, "---\n|");
    check("a|", Intent::Block(text::Block::Table("t".into())), "a\n{table t}\n|");
}
