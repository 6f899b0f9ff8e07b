//! The words about costs and margin.

pub(super) const MARGIN: &str = "Margin";
pub(super) const INSIDE: &str = "Only your team sees this.";
pub(super) const COST: &str = "Cost";
pub(super) const COST_ABOUT: &str =
    "What a product costs you comes along into the price of a room, for your team only.";
pub(super) const COSTS: &str = "Enter costs…";
pub(super) const COSTS_TITLE: &str = "What it costs you";
pub(super) const COSTS_ABOUT: &str = "What one of each costs, before tax. It is kept beside the room and goes to your team only, never to buyers.";
pub(super) const KEEP_COSTS: &str = "Keep costs";
pub(super) const NO_COSTS: &str = "Say what lines cost you, and see here what is left.";
pub(super) const NO_LINES: &str = "The price has no lines yet.";
pub(super) const COST_NEGATIVE: &str = "A cost cannot be below zero.";
pub(super) const FIRST_YEAR: &str = "First year";

pub(super) const KEEPING: &str = "Being kept…";

/// Somebody else said what a line costs while this person did.
pub(super) fn changed_meanwhile(now: Option<&str>) -> String {
    match now {
        Some(now) => format!("Somebody set this to {now} meanwhile. Keep again to put yours in its place."),
        None => "Somebody took this cost away meanwhile. Keep again to put yours there.".to_owned(),
    }
}

/// Why the costs are not kept yet.
pub(super) fn not_kept(why: &str) -> String {
    format!("{why} What you entered is still here.")
}

pub(super) fn costs_of(when: &str) -> String {
    format!("{when}, cost")
}

pub(super) fn margin_of(when: &str) -> String {
    format!("{when}, margin")
}

pub(super) fn left(money: &str, percent: &str) -> String {
    format!("{money} ({percent})")
}

pub(super) fn unknown(lines: usize) -> String {
    match lines {
        1 => "1 line has no cost yet and counts as free.".to_owned(),
        lines => format!("{lines} lines have no cost yet and count as free."),
    }
}

pub(super) fn sold_for(each: &str) -> String {
    format!("Sold for {each} each.")
}

pub(super) fn line(name: &str) -> String {
    if name.is_empty() { "Line without a name".to_owned() } else { name.to_owned() }
}
