//! The words around suggestions.

pub(crate) const SUGGESTIONS: &str = "Suggestions";
pub(crate) const CLOSE: &str = "Close suggestions";
pub(crate) const NEXT: &str = "Next suggestion";
pub(crate) const BEFORE: &str = "Suggestion before";
pub(crate) const SHOWN: &str = "Which suggestions are shown";
pub(crate) const OPEN: &str = "Open";
pub(crate) const DECIDED: &str = "Decided";
pub(crate) const NONE_OPEN: &str = "No suggestion is open.";
pub(crate) const NONE_OPEN_MORE: &str =
    "Switch to suggesting above the text, and what you write is only proposed.";
pub(crate) const NONE_DECIDED: &str = "Nobody has said yes or no so far.";
pub(crate) const ACCEPT: &str = "Accept";
pub(crate) const DECLINE: &str = "Decline";
pub(crate) const ACCEPT_ALL: &str = "Accept all";
pub(crate) const DECLINE_ALL: &str = "Decline all";
pub(crate) const TAKE_BACK: &str = "Take back";
pub(crate) const OPEN_AGAIN: &str = "Open again";
pub(crate) const CHANGED: &str = "Others changed these words meanwhile. Accepting leaves what they wrote.";
pub(crate) const SAID_NO: &str = "Declined";
pub(crate) const OPEN_AGAIN_SAID: &str = "Open again";
pub(crate) const WHOSE: &str = "Whose suggestions";
pub(crate) const ALL: &str = "All";
pub(crate) const YOU: &str = "You";
pub(crate) const SOMEBODY_SELLER: &str = "Somebody of the seller";
pub(crate) const SOMEBODY_BUYER: &str = "Somebody of the buyer";
pub(crate) const LINE_END: &str = "¶";
pub(crate) const LOOK: &str = "Another look for";

/// What is said of accepting.
pub(crate) fn accepted(count: usize) -> &'static str {
    if count == 1 { "Accepted" } else { "All accepted" }
}

/// What the button in the bar is called where so many are open.
pub(crate) fn open_count(count: usize) -> String {
    match count {
        0 => SUGGESTIONS.to_owned(),
        _ => format!("{SUGGESTIONS}, {count} open"),
    }
}

/// What became of a suggestion.
pub(crate) fn fate(accepted: bool, by: &str, when: &str) -> String {
    let done = if accepted { "Accepted" } else { "Declined" };
    if by.is_empty() { format!("{done} {when}") } else { format!("{done} by {by} {when}") }
}

/// What screen readers call a suggestion.
pub(crate) fn suggestion(name: &str, old: &str, new: &str) -> String {
    match (old, new) {
        ("", new) => format!("{name}: insert “{new}”"),
        (old, "") => format!("{name}: delete “{old}”"),
        (old, new) => format!("{name}: “{new}” in place of “{old}”"),
    }
}
