//! The words about other copies of a room.

use session::{BadCode, Live, Reach};

pub(super) const TITLE: &str = "Live connection";
pub(super) const LIMIT: &str = "All that travels is sealed: servers pass it on and can read none of it. They see when, how much, and from which internet address.";
pub(super) const LIVE_MORE: &str = "How this room is connected";
pub(super) const DONE: &str = "Done";
pub(super) const CONNECT: &str = "Connect";
pub(super) const TRY_NOW: &str = "Try now";
pub(super) const MY_NAME: &str = "Your name";
pub(super) const MY_NAME_HINT: &str = "Others in the room see it beside your caret.";
pub(super) const SERVERS: &str = "Servers of your own";
pub(super) const SERVERS_MORE: &str =
    "A relay keeps this room in step for everybody who has it, also when you are away";
pub(super) const RELAY: &str = "Relay";
pub(super) const NO_RELAY: &str = "None";
pub(super) const RELAY_ADDRESS: &str = "Address of the relay";
pub(super) const RELAY_EXAMPLE: &str = "wss://relay.example.com";
pub(super) const TOKEN: &str = "Token";
pub(super) const TOKEN_HINT: &str =
    "What your Hocuspocus server asks for, if it does. Everybody who has the room has it too.";
pub(super) const SIGNALLING: &str = "Signalling server";
pub(super) const SIGNALLING_HINT: &str =
    "Lets browsers find each other, so that they speak directly. Any y-webrtc signalling server does.";
pub(super) const SIGNALLING_EXAMPLE: &str = "wss://signal.example.com";
pub(super) const ICE: &str = "STUN or TURN server";
pub(super) const ICE_HINT: &str = "Helps where networks are strict. For TURN, add name and password behind the address, with a space between each.";
pub(super) const ICE_EXAMPLE: &str = "turn:turn.example.com:3478 name password";
pub(super) const OPTIONAL: &str = "(optional)";
pub(super) const KEEP: &str = "Use these servers";
pub(super) const KEPT: &str = "Everybody who has this room is asked once, and meets there.";
pub(super) const STOPPED: &str = "This room is no longer live.";
pub(super) const BAD_ADDRESS: &str = "An address begins with wss:// and names a server, such as wss://relay.example.com. Without encryption, ws:// works for servers on this computer.";
pub(super) const BAD_ICE: &str = "An address begins with stun: or turn:, such as stun:stun.example.com:3478.";
pub(super) const CODES: &str = "Without a server";
pub(super) const CODES_MORE: &str = "Two people who talk to each other connect their browsers by two codes";
pub(super) const MAKE_CODE: &str = "Make a code";
pub(super) const MAKING: &str = "Making a code…";
pub(super) const CONNECTING: &str = "Connecting…";
pub(super) const YOUR_CODE: &str = "Your code";
pub(super) const CODE_DRAWN: &str = "Your code as a QR code, to be read by a phone";
pub(super) const SEND_CODE: &str = "Send it to the other person, by chat or mail. They open this room, paste it there, and send you their answer, which you paste below.";
pub(super) const SEND_ANSWER: &str =
    "Send this answer back. You are connected as soon as it is pasted there.";
pub(super) const COPY_CODE: &str = "Copy code";
pub(super) const COPIED: &str = "Code copied";
pub(super) const NOT_COPIED: &str = "The browser did not allow copying. Select the code and copy it.";
pub(super) const THEIR_CODE: &str = "Code from the other person";
pub(super) const USE_CODE: &str = "Use this code";

/// What the chip in the bar says.
pub(super) fn chip(live: &Live) -> Option<&'static str> {
    Some(match live.reach {
        Reach::Off => return None,
        Reach::Asks => "Not connected",
        Reach::Connecting => "Connecting…",
        Reach::Alone => "Connected",
        Reach::InStep => "Live",
        Reach::ReadOnly => "Receiving only",
        Reach::Waiting(_) | Reach::NoProgram(_) => "No connection",
        Reach::Blocked => "No way through",
        Reach::Refused(_) => "Refused",
        Reach::Flooded => "Left the relay",
    })
}

pub(super) fn icon(reach: &Reach) -> &'static str {
    match reach {
        Reach::InStep | Reach::Alone => "swap",
        Reach::Connecting => "clock",
        Reach::Off | Reach::Asks => "people",
        Reach::ReadOnly => "received",
        Reach::Waiting(_) | Reach::NoProgram(_) => "offline",
        Reach::Blocked | Reach::Refused(_) | Reach::Flooded => "alert",
    }
}

/// How it stands, and what to do.
pub(super) fn sentence(live: &Live) -> String {
    match &live.reach {
        Reach::Off => "This room is on this device, and travels by links and files.".into(),
        Reach::Asks => "This room has servers where its copies meet. Nothing was sent to them yet.".into(),
        Reach::Connecting => "Reaching the other copies…".into(),
        Reach::Alone => "Connected. Nobody else is here now; what you write is sent when they come.".into(),
        Reach::InStep => "In step. What anybody writes shows up here, and the other way round.".into(),
        Reach::ReadOnly => "The server gives what it has and takes nothing from you. What you write stays here until its owner lets you write.".into(),
        Reach::Waiting(_) => "No connection. What you write is kept here and sent as soon as there is one.".into(),
        Reach::Blocked => "Somebody is there, but the browsers cannot reach each other: a network between them lets nothing through. A TURN server or a relay helps, or a link.".into(),
        Reach::Refused(why) if why.is_empty() => "The relay refuses this room. Ask whoever runs it, or check the token.".into(),
        Reach::Refused(why) => format!("The relay refuses this room and says “{why}”. Ask whoever runs it, or check the token."),
        Reach::Flooded => "Somebody has filled the relay with what is of no use, so it was left. Nothing of it is in the room. Name another relay, or send a link.".into(),
        Reach::NoProgram(_) => "The part of Handsel that connects could not be fetched. Reload this page once there is a network.".into(),
    }
}

pub(super) fn question(hosts: &[&str]) -> String {
    let hosts = hosts.join(", ");
    format!(
        "This room is kept in step over {hosts}. Connect, to see what others write as they write it? What you write goes there sealed."
    )
}

pub(super) fn heard(time: &str) -> String {
    format!("Last received {time}.")
}

pub(super) fn unsent(count: usize) -> String {
    if count == 1 { "1 change is on its way.".into() } else { format!("{count} changes are on their way.") }
}

pub(super) fn peers(count: usize) -> String {
    if count == 1 {
        "1 browser is connected directly.".into()
    } else {
        format!("{count} browsers are connected directly.")
    }
}

pub(super) fn minutes_left(seconds: u64) -> String {
    format!("Good for {}:{:02} more.", seconds / 60, seconds % 60)
}

pub(super) fn bad_code(why: BadCode) -> &'static str {
    match why {
        BadCode::Damaged => "This is not a whole code. Copy all of it and paste it again.",
        BadCode::OtherRoom => {
            "This code is for another room. Both of you have to be in the same room: send a link to it first."
        }
        BadCode::OtherVersion => {
            "This code was made by another version of Handsel. Both of you should reload the page."
        }
        BadCode::TooLate => "This answer belongs to a code that has ended. Make a new code and send that.",
        BadCode::Own => "This is your own code. Send it to the other person, and paste theirs here.",
    }
}
