//! The words about a room's calculator.

pub(super) const ABOUT: &str =
    "Put your own figures in. Everybody in the room sees them, and the results follow at once.";
pub(super) const ABOUT_LOOKING: &str = "What goes in, and what it comes to.";
pub(super) const ABOUT_EDITING: &str = "What you offer to reckon with. Buyers may put their own figures in its place; the results are with theirs.";
pub(super) const MORE: &str = "More for the calculator";
pub(super) const TAKE_OUT: &str = "Take it out of the room";
pub(super) const TAKEN_OUT: &str = "The calculator is out of the room.";
pub(super) const YOU: &str = "You";

pub(super) fn changed_count(count: usize, is_own: bool) -> String {
    let figures = if count == 1 { "1 figure".to_owned() } else { format!("{count} figures") };
    if is_own { format!("{figures} of yours") } else { format!("{figures} changed") }
}

fn who(name: &str) -> &str {
    if name.is_empty() { "somebody" } else { name }
}

/// Who put another figure in, when, and what was there.
pub(super) fn changed_by(name: &str, when: &str, offered: &str) -> String {
    match name {
        YOU => format!("Yours since {when}, in place of {offered}"),
        name => format!("Changed by {} on {when}, in place of {offered}", who(name)),
    }
}

/// What is reckoned with in place of what one offers.
pub(super) fn they_use(name: &str, figure: &str, when: &str) -> String {
    match name {
        YOU => format!("You put {figure} in its place on {when}"),
        "" => format!("Somebody put {figure} in its place on {when}"),
        name => format!("{name} put {figure} in its place on {when}"),
    }
}

pub(super) fn back_to(figure: &str) -> String {
    format!("Back to {figure}")
}

pub(super) fn comes_to(label: &str, figure: &str) -> String {
    format!("{label}: {figure}")
}
