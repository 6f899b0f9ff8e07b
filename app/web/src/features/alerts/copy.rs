//! The words for what the owner of rooms is told.

use insight::alerts::{Kind, Warmth};
use ui::Tone;

pub(super) const HAPPENED: &str = "What happened";
pub(super) const HAPPENED_HERE: &str = "What happened here";
pub(super) const SETTINGS: &str = "What you are told";
pub(super) const NEW: &str = "New";
pub(super) const MORE: &str = "Earlier";
pub(super) const OUTSIDE: &str = "Also when Handsel is not in front";
pub(super) const OUTSIDE_HINT: &str = "Your browser asks you first. It works while a tab of Handsel is open.";
pub(super) const NOT_ALLOWED: &str =
    "Your browser does not allow it. You can change that in its settings for this site.";
pub(super) const IN_ALL_ROOMS: &str = "In all rooms";
pub(super) const IN_THIS_ROOM: &str = "In this room";
pub(super) const ALWAYS: &str = "Always told.";
pub(super) const MUTED_EVERYWHERE: &str = "Switched off for all rooms, on the first page.";

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstOpen => "The first visit",
        Kind::Returned => "A visit after a silence",
        Kind::NewPerson => "Somebody new",
        Kind::PriceStudied => "The price studied",
        Kind::LongRead => "A long read",
        Kind::Question => "Questions",
        Kind::Commented => "Comments and suggestions",
        Kind::StepConfirmed => "Steps confirmed",
        Kind::WentQuiet => "Gone quiet",
        Kind::Accepted => "Accepted",
        Kind::Declined => "Declined",
    }
}

/// Who, in a line.
fn who(people: &[String]) -> String {
    let named: Vec<&str> = people.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    match (named.as_slice(), people.len()) {
        ([], 0 | 1) => "Somebody".to_owned(),
        ([], count) => format!("{count} people"),
        ([one], 1) => (*one).to_owned(),
        ([one, other], 2) => format!("{one} and {other}"),
        ([one, ..], count) => format!("{one} and {} more", count - 1),
    }
}

/// What happened, in a sentence. `count` is how often, in one burst.
pub(super) fn line(kind: Kind, people: &[String], count: usize) -> String {
    let who = who(people);
    let times = |one: &str, many: &str| {
        if count == 1 {
            format!("{who} {one}")
        } else {
            format!("{who} {}", many.replace('#', &count.to_string()))
        }
    };
    match kind {
        Kind::FirstOpen => times("opened the room for the first time", "opened the room for the first time"),
        Kind::Returned => times("came back", "came back # times"),
        Kind::NewPerson => times("came to the room, new to it", "came to the room, new to it"),
        Kind::PriceStudied => times("studied the price", "studied the price # times"),
        Kind::LongRead => times("read for long", "read for long # times"),
        Kind::Question => times("asked something", "asked # questions"),
        Kind::Commented => times("said something", "said # things"),
        Kind::StepConfirmed => times("confirmed a step of the plan", "confirmed # steps of the plan"),
        Kind::WentQuiet => "Nothing was heard for longer than usual".to_owned(),
        Kind::Accepted => times("accepted what you sealed", "accepted # times what you sealed"),
        Kind::Declined => times("declined what you sealed", "declined # times what you sealed"),
    }
}

pub(super) fn several(count: usize) -> String {
    format!("{count} things happened in your rooms")
}

pub(super) fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstOpen | Kind::Returned => "eye",
        Kind::NewPerson => "people",
        Kind::PriceStudied => "price",
        Kind::LongRead => "doc",
        Kind::Question => "question",
        Kind::Commented => "comment",
        Kind::StepConfirmed => "check",
        Kind::WentQuiet => "clock",
        Kind::Accepted => "seal",
        Kind::Declined => "x",
    }
}

/// On what ground its icon stands.
pub(super) fn tile(kind: Kind) -> &'static str {
    match kind {
        Kind::WentQuiet | Kind::Declined => "",
        _ => "buyer",
    }
}

pub(super) fn warmth(warmth: Warmth) -> &'static str {
    match warmth {
        Warmth::Hot => "Hot",
        Warmth::Warm => "Warm",
        Warmth::Cold => "Cold",
        Warmth::Quiet => "Quiet",
    }
}

pub(super) fn is_warning(warmth: Warmth) -> bool {
    warmth == Warmth::Quiet
}

pub(super) fn tone(warmth: Warmth) -> Tone {
    match warmth {
        Warmth::Hot => Tone::Ok,
        Warmth::Warm => Tone::Accent,
        Warmth::Cold | Warmth::Quiet => Tone::Plain,
    }
}

pub(super) fn about_warmth(index: u64) -> String {
    format!("Engagement {index} of 100")
}
