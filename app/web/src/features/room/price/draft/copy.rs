//! The words about a price that is being prepared.

use session::DraftChanges;

pub(super) const BEGIN: &str = "Prepare a draft";
pub(in super::super) const ABOUT: &str =
    "What you change here, only your team sees until somebody publishes it.";
pub(super) const TITLE: &str = "A draft, for your team only.";
pub(super) const NOT_IN_IT: &str =
    "Your team has a draft of the price. Buyers see what stands here until it is published.";
pub(super) const PUBLISH: &str = "Publish the price";
pub(super) const DISCARD: &str = "Discard the draft";
pub(super) const PUBLISHED: &str = "The price is published. Everybody in the room has it.";
pub(super) const DISCARDED: &str = "The draft was discarded. The price stays as buyers see it.";

/// In what a draft differs.
pub(super) fn changes(changes: DraftChanges) -> String {
    let DraftChanges { added, changed, removed, reordered, terms } = changes;
    let lines = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 line {what}")),
        count => Some(format!("{count} lines {what}")),
    };
    let parts = [
        lines(changed, "changed"),
        lines(added, "added"),
        lines(removed, "removed"),
        reordered.then(|| "another order".to_owned()),
        terms.then(|| "other terms".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return "It is still the same as the price that buyers see.".to_owned();
    }
    format!("Compared with the price that buyers see: {}.", parts.join(", "))
}

pub(super) const WAITS: &str = "Your team’s rules ask before a price reaches the buyer: what you change here is a draft until you publish it.";
