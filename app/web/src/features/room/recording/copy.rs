//! The words for what is recorded of reading, as buyers see them.

use insight::record::{Device, What};

pub(in crate::features::room) const WHAT_IS_RECORDED: &str = "What is recorded";
pub(super) const NOTICE: &str =
    "Whoever shared this room sees which parts of it are read, and for how long. Nobody else does.";
pub(super) const LOOK: &str = "What is recorded";
pub(super) const GOT_IT: &str = "Understood";
pub(super) const ASKS: &str = "Whoever shared this room would like to see which parts of it you read, and for how long, to answer better. Nothing is noted unless you say yes.";
pub(super) const MAY: &str = "Yes, they may";
pub(super) const MAY_NOT: &str = "No";
pub(super) const ABOUT: &str = "This is all that is noted of how this room is read in this browser. It is sealed for the selling side when it leaves: by a reply, or while you are connected. Others who have the room see that there is something, not what it says.";
pub(super) const NOT_NOTED: &str = "Where you point, what you type, which other pages you visit, and where you are is not noted. What you say, choose, confirm or sign in the room is in the room itself.";
pub(super) const RECORD: &str = "Record how I read this room";
pub(super) const RECORD_HINT: &str = "While it is off, nothing is noted, on this device.";
pub(super) const NONE: &str = "Nothing is noted yet";
pub(super) const NONE_MORE: &str = "It begins when you scroll, press or type.";
pub(super) const WAITING: &str = "Not sent yet";
pub(super) const FORGET: &str = "Delete what was not sent";
pub(super) const FORGOTTEN: &str = "What was not sent is deleted.";
pub(super) const PART: &str = "Part";
pub(super) const TIME: &str = "Time";
pub(super) const ELSEWHERE: &str = "Other parts of the page";

pub(in crate::features::room) const PRESENTED: &str = "as it was presented";

/// For how long something was shown in a presentation, and for how long of that it was followed.
pub(in crate::features::room) fn attended(shown: &str, followed: &str) -> String {
    format!("{shown} shown, {followed} followed")
}

pub(super) fn sent(when: &str) -> String {
    format!("Sent {when}")
}

/// A visit as a heading: when, and for how long somebody was active.
pub(super) fn visit(when: &str, active: &str) -> String {
    format!("{when} · {active}")
}

pub(in crate::features::room) fn device(device: Device) -> &'static str {
    match device {
        Device::Desktop => "On a computer",
        Device::Phone => "On a phone",
        Device::Tablet => "On a tablet",
    }
}

pub(in crate::features::room) fn did(what: What) -> &'static str {
    match what {
        What::Downloaded => "Downloaded",
        What::Printed => "Printed",
        What::Copied => "Copied",
        What::Played => "Played",
    }
}

/// How far down a section was in sight.
pub(in crate::features::room) fn depth(percent: u8) -> String {
    format!("down to {percent}%")
}
