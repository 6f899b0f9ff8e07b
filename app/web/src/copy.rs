//! Words that more than one screen shows.

use exchange::{Note, bundle::OpenError, frozen::FrozenError};
use model::{StoreError, limits};
use session::Problem;

use crate::features::{kept, room, room::price};

pub(crate) const BRAND: &str = "Handsel";
pub(crate) const UNTITLED: &str = "Untitled room";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const OPENING: &str = "Opening the room";
pub(crate) const MESSAGES: &str = "Messages";
pub(crate) const SAVE_ROOM_FILE: &str = "Save room file";
pub(crate) const EXPORT_MARKDOWN: &str = "Export as Markdown";
pub(crate) const EXPORT_HTML: &str = "Export as web page";
pub(crate) const RELOAD: &str = "Reload";
pub(crate) const PART_NOT_FETCHED: &str = "This part of Handsel did not arrive";
pub(crate) const PART_NOT_FETCHED_MORE: &str =
    "The connection may have broken. Nothing of the room is lost. Try again, or reload the page.";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const ALL_ROOMS: &str = "All rooms";
pub(crate) const WITH_THEIR_KNOWLEDGE: &str = "With their knowledge";
pub(crate) const TO_THE_TEAM: &str = "To the team";
pub(crate) const DROP_VEIL: &str = "Let go to open it as a room";

pub(crate) const UPDATE_READY: &str =
    "A new version is ready. Reload when it suits you; what you wrote is kept.";
pub(crate) const READING_CAME: &str = "It brought how the room was read, and nothing else.";
pub(crate) const LOOK: &str = "Look at it";
pub(crate) const NOTHING_NEW: &str = "There was nothing new in it: this device has it all already.";
pub(crate) const FILE_NOT_SAVED: &str = "The browser did not take the file. Close other tabs and try again.";
pub(crate) const PASTE_TOO_LARGE: &str =
    "This is too large to paste. Up to 8 MB of text come in at once; save the rest as a file and open that.";
pub(crate) const PASTE_WORDS_ONLY: &str =
    "What you pasted was too large to keep its looks. Its words are here.";
pub(crate) const FILE_SAVED: &str = "The file was handed to your browser. Look among the downloads.";

/// What a "link" or a "file" did to a room that was here.
pub(crate) fn merged(what: &str) -> String {
    format!("Brought in the changes from the {what}.")
}

/// What a file is called that goes back to whom the room came from.
pub(crate) fn reply(title: &str) -> String {
    format!("{title} – reply")
}

/// What of a text left for another program without its bytes.
pub(crate) fn images_left_out(count: usize) -> String {
    let images = if count == 1 { "1 image is".to_owned() } else { format!("{count} images are") };
    format!("{images} too large for Markdown and only named in it. The web page and the room file hold them.")
}

/// A banner about the store: a fact, what is safe, what to do.
pub(crate) fn storage(error: &StoreError) -> &'static str {
    match error {
        StoreError::Refused(_) => {
            "This browser keeps nothing for this page. What you write lasts until you close the tab; save a room file to keep it."
        }
        StoreError::Full(_) => {
            "The space for this page is full. What you write now is only in this tab: save a room file, or delete rooms you no longer need."
        }
        StoreError::Blocked(_) => {
            "Handsel is open in another tab with an older version, so nothing can be saved here yet. Close that tab, then reload this one."
        }
        StoreError::Newer(_) => {
            "Your rooms were saved by a newer version of Handsel. Reload to get it; until then what you write lasts only as long as this tab."
        }
        StoreError::Lost(_) | StoreError::Damaged(_) | StoreError::Cancelled(_) => {
            "Saving does not work at the moment. What you write is kept in this tab and tried again; save a room file to be safe."
        }
    }
}

/// The steps of a plan that would depend on each other, the first one named again at the end.
fn circle(steps: &[String]) -> String {
    let names: Vec<String> = steps.iter().chain(steps.first()).map(|name| format!("“{name}”")).collect();
    format!("That would go round in a circle: {}. Take one of them out.", names.join(" → "))
}

/// Why something asked for did not happen, and what to do.
pub(crate) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Store(error) => storage(error).to_owned(),
        Problem::Open(error) => open_error(*error, "link or file").to_owned(),
        Problem::NoCryptography(_) => {
            "This page cannot seal or open rooms here. Open Handsel at an address that begins with https."
                .to_owned()
        }
        Problem::NoSuchRoom => {
            "This room is not on this device. Open its link or its room file again.".to_owned()
        }
        Problem::Document(_) => {
            "This change could not be made. Reload the page; what was saved is safe.".to_owned()
        }
        Problem::FileTooLarge => {
            format!(
                "This file is too large. A proposal may have up to {} MB of text.",
                limits::IMPORT_MAX / 1_048_576
            )
        }
        Problem::BlobTooLarge => {
            format!("This image is too large. An image may have up to {} MB.", limits::BLOB_MAX / 1_048_576)
        }
        Problem::SharedFileTooLarge => {
            format!(
                "This file is too large for a room. A file may have up to {} MB.",
                limits::SHARED_FILE_MAX / 1_048_576
            )
        }
        Problem::FileMissing => {
            "Parts of this file are not on this device yet. They come from whoever has them, when you are both online."
                .to_owned()
        }
        Problem::FileDiffers => {
            "This file is not whole: it changed on its way, or while it was read. Ask for it once more.".to_owned()
        }
        Problem::NameTaken => {
            "There is a file with this name in that folder already. Choose another name.".to_owned()
        }
        Problem::RoomFull => {
            format!(
                "This room has no space for it: what travels with a room may have up to {} MB, so that it can be sent as a file. Use smaller images or files.",
                limits::ROOM_MAX / 1_048_576
            )
        }
        Problem::NoRight => {
            "Your link to this room does not allow that. Ask whoever sent it for one that does.".to_owned()
        }
        Problem::NotShared => {
            "Not everybody in this room has what this is about: it is your team’s alone, or it is gone. Nothing was said.".to_owned()
        }
        Problem::Circle(steps) => circle(steps),
        Problem::Expired(end) => {
            format!("This link ended on {}. Ask whoever sent it for a new one.", browser::clock::date(*end))
        }
        Problem::LinkRevoked => {
            "The link to this place was revoked, so nothing newer goes there. Make a new link.".to_owned()
        }
        Problem::Fetch(why) => kept::fetch(*why),
        Problem::Send(why) => kept::send(*why),
        Problem::Price(fault) => price::fault(*fault),
        Problem::NotSigned(why) => room::not_signed(*why),
        Problem::Frozen(FrozenError::OtherVersion) => {
            "This version was kept by another version of Handsel. Reload the page to get the newest one."
                .to_owned()
        }
        Problem::Frozen(_) => "This version is damaged and does not open. The room itself is as it was.".to_owned(),
        Problem::NoReader(_) => {
            "The part of Handsel that reads texts did not arrive. Your file is as it was. Check the connection, then open it again.".to_owned()
        }
        Problem::Book(_) => {
            "This does not fit into your team’s book, so nothing of it was written. Check what you typed.".to_owned()
        }
        Problem::Question(_) => {
            "This question or answer does not fit with the others, so nothing of it was written. Check what it depends on.".to_owned()
        }
        Problem::Calculator(_) => {
            "The calculator does not come out like this, so nothing of it was written. Check its names and formulas.".to_owned()
        }
        Problem::Rule(_) => {
            "This does not fit into your team’s rules, so nothing of it was written. Check what you typed.".to_owned()
        }
        Problem::Held(held) => {
            let all = held.verdict.blocks.iter().chain(held.verdict.missing.iter().map(|it| &it.found));
            let names: Vec<&str> = all.map(|it| it.name.as_str()).filter(|name| !name.is_empty()).collect();
            format!("Your team’s rules hold this back: {}. Nothing was done.", names.join("; "))
        }
        Problem::RulesUnread => "Your team’s rules are still being read. Try again in a moment.".to_owned(),
        Problem::Cancelled => "This was ended before it was done.".to_owned(),
        Problem::Preview => "This is a preview: nothing leaves it, and nothing comes in.".to_owned(),
        Problem::NotText => {
            "This file is not a room and not a text. Choose a room file, Markdown or plain text.".to_owned()
        }
    }
}

/// One sentence on why a link or a file does not open. `what` is "link" or "file".
pub(crate) fn open_error(error: OpenError, what: &str) -> String {
    match error {
        OpenError::NotARoom => format!("This {what} does not hold a room."),
        OpenError::Incomplete => {
            format!("The {what} is incomplete. Copy it again, whole, or ask for it once more.")
        }
        OpenError::OtherVersion => {
            format!(
                "The {what} was made by another version of Handsel. Reload this page to get the newest one, then try again."
            )
        }
        OpenError::WrongKey => format!("What unlocks this room does not fit. Ask for a new {what}."),
        OpenError::TooLarge => format!("What is in this {what} would be too large to open."),
        OpenError::NeedsPassphrase | OpenError::WrongPassphrase => {
            format!("This {what} opens with its passphrase only. Ask whoever sent it.")
        }
        OpenError::Damaged => format!("The {what} is damaged inside. Ask for a new one."),
        OpenError::Backup => {
            "This is a backup of all rooms of a device. Restore it from the list of rooms.".to_owned()
        }
        OpenError::OneRoom => "This file holds one room and is no backup. Open it as a room file.".to_owned(),
        OpenError::NeedsLink => {
            "This is the file of a room that is kept at an address. It opens by the link to it only."
                .to_owned()
        }
    }
}

/// What of a proposal that became a room could not be kept as it was.
pub(crate) fn notes_of_file(notes: &[Note]) -> String {
    format!("The proposal is in the room. Not all could be kept as it was: {}.", noted(notes))
}

/// What of a pasted text could not be kept as it was.
pub(crate) fn notes_of_paste(notes: &[Note]) -> String {
    format!("Not all could be pasted as it was: {}.", noted(notes))
}

fn noted(notes: &[Note]) -> String {
    notes.iter().map(|note| note_words(*note)).collect::<Vec<_>>().join("; ")
}

fn note_words(note: Note) -> String {
    let (count, one, many) = match note {
        Note::Images(count) => (count, "image became a link", "images became links"),
        Note::Html(count) => (count, "piece of HTML became plain words", "pieces of HTML became plain words"),
        Note::Fields(count) => {
            (count, "field above the text is left out", "fields above the text are left out")
        }
        Note::Footnotes(count) => {
            (count, "footnote is now a paragraph at the end", "footnotes are now paragraphs at the end")
        }
        Note::Links(count) => {
            (count, "link led nowhere and became words", "links led nowhere and became words")
        }
        Note::Numbering(count) => (count, "list now begins at 1", "lists now begin at 1"),
        Note::Nesting(count) => (count, "nested part moved up a level", "nested parts moved up a level"),
        Note::Rest(_) => return "it was too long, and its end is left out".to_owned(),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
