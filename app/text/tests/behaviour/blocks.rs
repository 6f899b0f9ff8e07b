use text::{Align, Block, Intent, Unit, Within};

use crate::{check, check_all, check_nothing};

fn toggle(block: Block) -> Intent {
    Intent::ToggleBlock(block)
}

fn code() -> Block {
    Block::Code { language: String::new() }
}

#[test]
fn lines_become_another_kind() {
    check("a|b", toggle(Block::Heading(1)), "# a|b");
    check("# a|b", toggle(Block::Heading(2)), "## a|b");
    check("# a|b", toggle(Block::Heading(1)), "a|b");
    check("- a|b", toggle(Block::Ordered), "1. a|b");
    check("[x] a|b", toggle(Block::Check { done: false }), "a|b");
    check("«a\n# b|»\nc", toggle(Block::Bullet), "«- a\n- b|»\nc");
    check("«- a\nb|»", toggle(Block::Bullet), "«- a\n- b|»");
    check("«- a\n- b|»", toggle(Block::Bullet), "«a\nb|»");
    check("> a|", toggle(Block::Heading(1)), "> # a|");
    check_nothing("# a|", Intent::Block(Block::Heading(1)));
}

#[test]
fn only_lists_keep_their_indent() {
    check("  - a|", Intent::Block(Block::Ordered), "  1. a|");
    check("  - a|", Intent::Block(Block::Heading(1)), "# a|");
    check("  - a|", Intent::Block(Block::Paragraph), "a|");
}

#[test]
fn code_has_no_marks_and_no_alignment() {
    check("{center}**a**[b|](u)", toggle(code()), "``` ab|");
    check("«**a**\nb|»", toggle(code()), "«``` a\n``` b|»");
    check("«**a**\nb|»⋯", toggle(code()), "«``` a\n``` b|»");
    check("a\n«_b_|»⋯", toggle(code()), "a\n``` «b|»");
}

#[test]
fn a_line_that_is_only_touched_is_left_alone() {
    // A triple click ends at the start of the line below.
    check("«a\n|»b", toggle(Block::Bullet), "«- a\n|»b");
}

#[test]
fn dividers_and_tables_are_left_alone() {
    check("«a\n---\nb|»", toggle(Block::Bullet), "«- a\n---\n- b|»");
    check("«- a\n---\n- b|»", toggle(Block::Bullet), "«a\n---\nb|»");
    check_nothing("{table t}|", toggle(Block::Heading(1)));
    check_nothing("---|", Intent::ToggleWithin(Within::Quote));
}

#[test]
fn quotations_go_with_other_kinds() {
    check("- a|", Intent::ToggleWithin(Within::Quote), "> - a|");
    check("> - a|", Intent::ToggleWithin(Within::Quote), "- a|");
    check("«> a\nb|»", Intent::ToggleWithin(Within::Quote), "«> a\n> b|»");
}

#[test]
fn a_callout_takes_the_place_of_a_quotation() {
    check("a|", Intent::ToggleWithin(Within::Callout), "! a|");
    check("> a|", Intent::ToggleWithin(Within::Callout), "! a|");
    check("! a|", Intent::ToggleWithin(Within::Callout), "a|");
    check("! - a|", Intent::ToggleWithin(Within::Quote), "> - a|");
    check("! a\n! |", Intent::Break, "! a\n|");
    check("! |a", Intent::Delete { unit: Unit::Grapheme, forward: false }, "|a");
}

#[test]
fn lines_are_aligned_but_code_and_rules_are_not() {
    check("«a\n---\n# b\n``` c|»", Intent::Align(Align::Center), "«{center}a\n---\n{center}# b\n``` c|»");
    check("{center}a|", Intent::Align(Align::Start), "a|");
    check_nothing("{end}a|", Intent::Align(Align::End));
}

#[test]
fn tab_moves_items_and_what_belongs_to_them() {
    check("- a\n- b|", Intent::Indent(1), "- a\n  - b|");
    check("- a\n  - b|", Intent::Indent(-1), "- a\n- b|");
    check("«- a\n  1. b|»", Intent::Indent(1), "«  - a\n    1. b|»");
    check("- a\nb|", Intent::Indent(1), "- a\n  b|");
    check("  a|", Intent::Indent(-1), "a|");
    check_nothing("a|", Intent::Indent(1));
    check_nothing("a|", Intent::Indent(-1));
    check_nothing("# a|", Intent::Indent(1));
    check_nothing("- a|", Intent::Indent(-1));
    check_all("- a|", vec![Intent::Indent(1); 9], "                - a|");
}

#[test]
fn tab_moves_code() {
    check("``` a|b", Intent::Indent(1), "```   a|b");
    check("```   a|b", Intent::Indent(-1), "``` a|b");
    check("```    a|", Intent::Indent(-1), "```  a|");
    check("``` «a\n``` b|»\nc⋯", Intent::Indent(1), "```   «a\n```   b|»\nc");
    check_nothing("``` a|", Intent::Indent(-1));
    check_nothing("---|", Intent::Indent(1));
}

#[test]
fn boxes_are_ticked() {
    check("|a\n[ ] b", Intent::ToggleCheck { line: 1 }, "|a\n[x] b");
    check("|a\n[x] b", Intent::ToggleCheck { line: 1 }, "|a\n[ ] b");
    check_nothing("|a", Intent::ToggleCheck { line: 0 });
    check_nothing("|a", Intent::ToggleCheck { line: usize::MAX });
}
