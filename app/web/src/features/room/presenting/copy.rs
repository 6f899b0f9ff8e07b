//! The words for presenting a room.

use session::Attendee;

pub(in crate::features::room) const PRESENT: &str = "Present";
pub(super) const PRESENTING: &str = "You are presenting";
pub(super) const NO_LONGER_PRESENTING: &str = "You are no longer presenting";
pub(super) const STOP_PRESENTING: &str = "Stop presenting";
pub(super) const NOBODY_YET: &str = "Whoever has the room open is asked to follow. Nobody does yet.";
pub(super) const NOBODY_CONNECTED: &str = "You are not connected, so nobody sees it.";
pub(super) const CONNECT: &str = "Connect";
pub(super) const WHO_ATTENDS: &str = "Who attends";
pub(super) const PRESENTATION: &str = "Presentation";
pub(super) const FOLLOW: &str = "Follow";
pub(super) const NOT_NOW: &str = "Not now";
pub(super) const LOOK_AROUND: &str = "Look around";
pub(super) const COME_BACK: &str = "Come back";
pub(super) const RAISE_HAND: &str = "Raise a hand";
pub(super) const HAND_DOWN: &str = "Take the hand down";
pub(super) const LEAVE: &str = "Leave";
pub(super) const OUT_OF_REACH: &str = "Out of reach for the moment";

/// What to call somebody who presents or attends.
pub(super) fn called(name: &str) -> String {
    if name.is_empty() { "Somebody".to_owned() } else { name.to_owned() }
}

pub(super) fn presents(name: &str) -> String {
    format!(
        "{name} is presenting. Whoever follows sees what they show; they see who follows, and who looks at another tab."
    )
}

pub(super) fn following(name: &str) -> String {
    format!("Following {name}")
}

pub(super) fn looking_around(name: &str) -> String {
    format!("Looking around while {name} presents")
}

pub(super) fn is_over(name: &str) -> String {
    format!("You no longer follow {name}")
}

pub(super) fn hand_up(name: &str) -> String {
    format!("{name} raised a hand")
}

/// What somebody does who attends.
pub(super) fn does(it: &Attendee) -> &'static str {
    match (it.hand.is_some(), it.hidden, it.follows) {
        (true, _, _) => "raised a hand",
        (_, true, _) => "looks at another tab",
        (_, _, true) => "follows",
        (..) => "looks around",
    }
}
