//! The words of a room.

use model::Right;
use session::{GivenLink, News};
use text::TableAct;

pub(crate) const TITLE: &str = "Title of the room";
pub(crate) const TEXT: &str = "Text of the proposal";
pub(crate) const PLACEHOLDER: &str = "Write the proposal, or type # and a space for a heading";
pub(crate) const SAVED: &str = "Saved here";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const NOT_SAVED: &str = "Not saved";
pub(crate) const IN_MEMORY: &str = "In this tab only";
pub(crate) const NOTHING_KEPT: &str = "Nothing is kept";
pub(crate) const MORE: &str = "More";
pub(crate) const PRINT: &str = "Print";
pub(crate) const DROP_VEIL: &str = "Images go into the text, other files open as rooms";
pub(crate) const DROP_FILES: &str = "Let go to put them into the room";
pub(crate) const HERE_NOW: &str = "Here now";
/// Whoever has not said what they are called.
pub(crate) const SOMEBODY: &str = "Somebody";
pub(crate) const AS_BUYER: &str = "See it as the buyer";
pub(crate) const LIVE: &str = "Live connection";
pub(crate) const OTHER_TAB: &str = "You, in another tab";
/// The same within a sentence.
pub(crate) const YOUR_OTHER_TAB: &str = "your other tab";
pub(crate) const STOP: &str = "Stop";
pub(crate) const NOT_FOLLOWING: &str = "No longer following.";
pub(crate) const OUTLINE: &str = "Outline";
pub(crate) const ON_THIS_PAGE: &str = "On this page";
pub(crate) const NO_HEADINGS: &str = "Headings show up here.";
pub(crate) const EMPTY_SECTION: &str = "Empty section";
pub(crate) const SECTION_PLACEHOLDER: &str = "Write this section";
pub(crate) const NAME_SECTION: &str = "Name this section";
pub(crate) const ADD_SECTION: &str = "Add a section";
pub(crate) const ADD_BELOW: &str = "Add a section below";
pub(crate) const DUPLICATE: &str = "Duplicate";
pub(crate) const MOVE_UP: &str = "Move up";
pub(crate) const MOVE_DOWN: &str = "Move down";
pub(crate) const DELETE_SECTION: &str = "Delete section";
pub(crate) const NO_SURFACE: &str =
    "This browser cannot show the text for writing. Update it, then reload this page.";
pub(crate) const PART_MISSING: &str = "Part of this room could not be read on this device. What you see is all that could. Ask for the link or the room file again to complete it.";

pub(crate) const PLACES: &str = "Places in this room";
pub(crate) const OVERVIEW: &str = "Overview";
pub(crate) const DOCUMENT: &str = "Document";
pub(crate) const PLAN: &str = "Plan";
pub(crate) const PRICE: &str = "Price";
pub(crate) const FILES: &str = "Files";
pub(crate) const VERSIONS: &str = "Versions";

pub(crate) const VARIABLES: &str = "Variables";
pub(crate) const VARIABLES_HINT: &str =
    "What stands between double braces in the text. Exports and copies show the values in their place.";
pub(crate) const NO_VARIABLES: &str = "The text has no variables yet. Write a name between double braces, such as {{account.name}}, and give it a value here.";
pub(crate) const NO_VALUE: &str = "No value yet";

pub(crate) const FIND: &str = "Find and replace";
pub(crate) const FIND_WORDS: &str = "Find";
pub(crate) const FOUND_NOTHING: &str = "Nothing found";
pub(crate) const MATCH_CASE: &str = "Match case";
pub(crate) const WHOLE_WORDS: &str = "Whole words";
pub(crate) const PREVIOUS_MATCH: &str = "Previous match";
pub(crate) const NEXT_MATCH: &str = "Next match";
pub(crate) const REPLACE_TOO: &str = "Replace as well";
pub(crate) const REPLACE_WITH: &str = "Replace with";
pub(crate) const REPLACE: &str = "Replace";
pub(crate) const REPLACE_ALL: &str = "Replace all";

pub(crate) const FORMATTING: &str = "Formatting";
pub(crate) const KIND_OF_LINE: &str = "Kind of line";
pub(crate) const PLAIN_TEXT: &str = "Text";
pub(crate) const HEADINGS: [&str; 4] = ["Heading 1", "Heading 2", "Heading 3", "Heading 4"];
pub(crate) const CODE_BLOCK: &str = "Code block";
pub(crate) const BOLD: &str = "Bold";
pub(crate) const ITALIC: &str = "Italic";
pub(crate) const UNDERLINE: &str = "Underline";
pub(crate) const STRIKE: &str = "Strikethrough";
pub(crate) const CODE: &str = "Code";
pub(crate) const LINK: &str = "Link";
pub(crate) const COMMENT: &str = "Comment";
pub(crate) const BULLETS: &str = "Bulleted list";
pub(crate) const NUMBERS: &str = "Numbered list";
pub(crate) const CHECKS: &str = "Checklist";
pub(crate) const QUOTE: &str = "Quote";
pub(crate) const CALLOUT: &str = "Callout";
pub(crate) const HIGHLIGHT: &str = "Highlight";
pub(crate) const INSERT: &str = "Insert";
pub(crate) const DIVIDER: &str = "Divider";
/// Other words by which things are found behind a slash.
pub(crate) const ALSO_TITLE: &str = "title";
pub(crate) const ALSO_CHECKS: &str = "todo task";
pub(crate) const ALSO_DIVIDER: &str = "rule line";
pub(crate) const ALIGNMENT: &str = "Alignment";
pub(crate) const ALIGN_START: &str = "Align to the start";
pub(crate) const ALIGN_CENTER: &str = "Align to the middle";
pub(crate) const ALIGN_END: &str = "Align to the end";
pub(crate) const ALIGN_JUSTIFY: &str = "Justify";
pub(crate) const IMAGE: &str = "Image";
pub(crate) const ALSO_IMAGE: &str = "picture photo";
pub(crate) const CHOOSE_IMAGE: &str = "Choose images";
pub(crate) const LOGO: &str = "Logo";
pub(crate) const PICK_LOGO: &str = "Choose a logo";
pub(crate) const REPLACE_LOGO: &str = "Replace";
pub(crate) const REMOVE_LOGO: &str = "Take the logo away";
pub(crate) const LOGO_HINT: &str = "Or drop one here, or paste it. It stands on white, by day and by night. A small one keeps the room short enough for a link.";
pub(crate) const LOGO_ALT: &str = "What the logo shows";
pub(crate) const LOGO_ALT_HINT: &str = "For whoever does not see it, such as the name of your company.";
pub(crate) const LOGO_TOO_LARGE: &str =
    "This image is too large for a logo, which has at most 256 KB. Take a smaller one; the one before stays.";
pub(crate) const LOGO_PASTE_NONE: &str = "There is no image on the clipboard.";
pub(crate) const IMAGE_MISSING: &str =
    "This image has not arrived. It comes with a newer room file of this room.";
pub(crate) const NO_IMAGE_IN_CELL: &str =
    "An image stands on a line of its own. Put the caret outside of the table.";
pub(crate) const DESCRIBE: &str = "Describe";
pub(crate) const CHANGE_DESCRIPTION: &str = "Description";
pub(crate) const DESCRIPTION_TITLE: &str = "Describe the image";
pub(crate) const DESCRIPTION: &str = "Description";
pub(crate) const DESCRIPTION_HINT: &str = "What somebody who cannot see it should know. Screen readers read it aloud, and it stands in for the image where that is missing.";
pub(crate) const SET_DESCRIPTION: &str = "Set description";
pub(crate) const WIDTH_SMALL: &str = "Small";
pub(crate) const WIDTH_HALF: &str = "Half";
pub(crate) const WIDTH_FULL: &str = "Full";
pub(crate) const REPLACE_IMAGE: &str = "Replace the image";
pub(crate) const DELETE_IMAGE: &str = "Delete the image";
pub(crate) const NOTHING_TO_UNDO: &str = "Nothing to undo";
pub(crate) const NOTHING_TO_REDO: &str = "Nothing to redo";
pub(crate) const REDO: &str = "Redo";

pub(crate) const TABLE: &str = "Table";
pub(crate) const INSERT_TABLE: &str = "Insert table";
pub(crate) const ROW: &str = "Row";
pub(crate) const COLUMN: &str = "Column";
pub(crate) const ROW_ABOVE: &str = "Add row above";
pub(crate) const ROW_BELOW: &str = "Add row below";
pub(crate) const COLUMN_BEFORE: &str = "Add column before";
pub(crate) const COLUMN_AFTER: &str = "Add column after";
pub(crate) const ROW_UP: &str = "Move row up";
pub(crate) const ROW_DOWN: &str = "Move row down";
pub(crate) const COLUMN_BACK: &str = "Move column back";
pub(crate) const COLUMN_ON: &str = "Move column on";
pub(crate) const HEADER_ROW: &str = "First row is a heading";
pub(crate) const DELETE_ROW: &str = "Delete row";
pub(crate) const DELETE_COLUMN: &str = "Delete column";
pub(crate) const DELETE_TABLE: &str = "Delete table";
pub(crate) const TABLE_INSERTED: &str = "Table inserted";
pub(crate) const TABLE_DELETED: &str = "Table deleted";
pub(crate) const TABLE_FULL: &str = "A table holds at most 5,000 cells. This one cannot grow further.";

/// A cell, as screen readers name it.
pub(crate) fn cell(row: usize, column: usize, heading: Option<&str>) -> String {
    match heading {
        Some(heading) => format!("Row {row}, column {heading}"),
        None => format!("Row {row}, column {column}"),
    }
}

/// What was done to a table, said afterwards.
pub(crate) fn done_to_table(act: &TableAct) -> &'static str {
    match act {
        TableAct::AddRow(_) => "Row added",
        TableAct::AddColumn(_) => "Column added",
        TableAct::DeleteRow(_) => "Row deleted",
        TableAct::DeleteColumn(_) => "Column deleted",
        TableAct::MoveRow { .. } => "Row moved",
        TableAct::MoveColumn { .. } => "Column moved",
        TableAct::Header(true) => "First row is a heading now",
        TableAct::Header(false) => "First row is no heading any more",
        TableAct::Align { .. } => "Column aligned",
        TableAct::Fill { .. } => "Cells pasted",
    }
}

pub(crate) const ADDRESS: &str = "Address";
pub(crate) const ADDRESS_HINT: &str = "A web page, an e-mail address or a phone number.";
pub(crate) const ADDRESS_WRONG: &str =
    "Only addresses that begin with https, http, mailto or tel can be linked.";
pub(crate) const SET_LINK: &str = "Set link";
pub(crate) const REMOVE_LINK: &str = "Remove link";
pub(crate) const OPEN_LINK: &str = "Open link";
pub(crate) const EDIT_LINK: &str = "Change link";
pub(crate) const TICKED: &str = "Ticked";
pub(crate) const NOT_TICKED: &str = "Not ticked";

/// What is said when a mark was set or taken away.
pub(crate) fn mark_set(mark: &str, set: bool) -> String {
    [mark, if set { " on" } else { " off" }].concat()
}

pub(crate) const FOR_WHOM: &str = "Who is it for?";
pub(crate) const OPTIONAL: &str = "(optional)";
pub(crate) const MAY: &str = "They may";
pub(crate) const ENDS: &str = "The link ends";
pub(crate) const MORE_TERMS: &str = "More: an end, a passphrase";
pub(crate) const MORE_LOCK: &str = "More: a passphrase";
pub(crate) const PASSPHRASE: &str = "Passphrase";
pub(crate) const PASSPHRASE_HINT: &str = "Whoever opens the link or the file has to type it. Several words are good. Nobody can look it up for you.";
pub(crate) const LOCK: &str = "Make it anew with this passphrase";
pub(crate) const LOCKED: &str =
    "It opens with the passphrase only. Tell that by another way than this: on the phone, say.";
pub(crate) const MAKE_LINK: &str = "Make the link";
pub(crate) const GIVEN_LINKS: &str = "Links given out";
pub(crate) const NOBODY_NAMED: &str = "Nobody named";
pub(crate) const REVOKED: &str =
    "The link is revoked. What was read stays read; nothing new gets to its holder or comes from them.";
pub(super) const NEW_KEYS: &str = "Give the room new keys";
pub(super) const NEW_KEYS_ABOUT: &str = "If a device was lost, or you think that somebody copied from one. The links above go on; those past their end stop.";
pub(super) const KEYS_RENEWED: &str =
    "The room has new keys. Who goes on gets them with the next changes; what was read stays read.";
pub(crate) const READ_ONLY: &str = "Read only";
pub(crate) const LINK_REVOKED: &str = "Your link to this room was revoked. What you have stays here to read; what others write from now on does not reach you. Ask for a new link to go on.";

/// What a link allows, in a few words.
pub(crate) fn right(right: Right) -> &'static str {
    match right {
        Right::View => "Read",
        Right::Comment => "Comment",
        Right::Suggest => "Suggest changes",
        Right::Edit => "Edit",
        Right::Own => "Own it with me",
    }
}

/// The same, in a sentence.
pub(crate) fn right_more(right: Right) -> &'static str {
    match right {
        Right::View => "See everything, change nothing.",
        Right::Comment => "Read, and say something about it.",
        Right::Suggest => "Propose changes to the text.",
        Right::Edit => "Change the text. Title and values stay yours.",
        Right::Own => "For colleagues: change everything, give out and revoke links.",
    }
}

/// After how many days a link ends; 0 is never.
pub(crate) fn ends_after(days: u64) -> &'static str {
    match days {
        7 => "In 7 days",
        30 => "In 30 days",
        90 => "In 90 days",
        _ => "Never",
    }
}

/// What a link that was given out allows, until when, and who came by it. It is `now`, milliseconds since 1970.
pub(crate) fn about_link(link: &GivenLink, now: u64, date: impl Fn(u64) -> String) -> String {
    let mut about = right(link.right).to_owned();
    if !link.holds {
        about += " · revoked";
    } else if let Some(end) = link.expires {
        about += &format!(" · {} {}", if end > now { "ends" } else { "ended" }, date(end));
    }
    match link.devices {
        0 => about,
        1 => about + " · opened on 1 device that you heard from",
        count => about + &format!(" · opened on {count} devices that you heard from"),
    }
}

pub(super) const FORKED: &str = "A device that has this link wrote two different things as one and the same step. Either its browser was set back or copied, or somebody uses its key elsewhere. Copies of the room can differ by it. If nobody can tell why, revoke the link and give out another.";

/// The act on a link, by name.
pub(crate) fn revoke(name: &str) -> String {
    format!("Revoke the link of {name}")
}

pub(super) const INVITE: &str = "Invite a colleague";
pub(super) const INVITE_ABOUT: &str = "Whoever has the link is of your team: they see and change all of it, costs as well. Give it to colleagues only.";
pub(crate) const SHARE: &str = "Share";
pub(crate) const REPLY: &str = "Send back";
pub(crate) const REPLY_TITLE: &str = "Send back your changes";
pub(crate) const REPLY_HINT: &str = "The link carries the room with your changes. Send it to whom you have the room from: opening it there brings both together.";
pub(crate) const SHOW: &str = "Show";
pub(crate) const SHARE_TITLE: &str = "Share this room";
pub(crate) const COPY_LINK: &str = "Copy link";
pub(crate) const COPIED: &str = "The link is copied.";
pub(crate) const NOT_COPIED: &str = "The browser did not allow copying. Select the link and copy it by hand.";
pub(crate) const LINK_HINT: &str = "The link carries the whole room as it is now and unlocks it. Send it as you would send the document itself.";
pub(crate) const LINK_LONG_FOR_MAIL: &str =
    "It is long: some mail programs break such links. In doubt, send the room file.";
pub(crate) const TOO_LONG: &str = "This room is too long for a link. Send it as a room file: it opens in any browser with Handsel, without a connection.";
pub(crate) const WITHOUT_FILES: &str = "The room’s files do not fit into it: they are in the room file, and come by themselves where the room is live.";
pub(crate) const FILE_TITLE: &str = "Send a file instead";
pub(crate) const FILE_MORE: &str =
    "A room file holds the same and opens without a connection, with all files up to 32 MB.";
pub(crate) const LIMIT: &str = "Whoever has the link or the file can use it, also when it was passed on. What you write later is not in it: share again to bring it over. What somebody has read stays read.";
pub(crate) const PREPARING: &str = "Making the link…";
pub(crate) const DONE: &str = "Done";

/// What a "link", a "file" or an "address" brought to the room: how many changes, by how many others, and in which sections.
pub(crate) const ACCEPTANCE: &str = "Sign";

pub(crate) fn news(what: &str, news: &News, sections: &[String]) -> String {
    const NAMED: usize = 3;
    let counts = [
        (news.signed, "act of signing"),
        (news.changes, "change"),
        (news.comments, "comment"),
        (news.files, "file"),
        (news.answers, "answer"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, one)| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") })
        .collect();
    let count = match counts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    };
    let by = match news.authors {
        0 => String::new(),
        1 => " by somebody else".to_owned(),
        count => format!(" by {count} others"),
    };
    let names: Vec<String> = sections.iter().take(NAMED).map(|name| format!("“{name}”")).collect();
    let place = if names.is_empty() { String::new() } else { format!(", in {}", names.join(", ")) };
    let more = match sections.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("The {what} brought {count}{by}{place}{more}.")
}

/// At which match one stands, from 0, and how many there are.
pub(crate) fn found(at: Option<usize>, all: usize) -> String {
    match at {
        _ if all == 0 => FOUND_NOTHING.to_owned(),
        Some(at) => format!("{} of {all}", at + 1),
        None => format!("{all} found"),
    }
}

/// Which variables have no value.
pub(crate) fn without_value(names: &[String]) -> String {
    let all: Vec<String> = names.iter().map(|name| ["{{", name, "}}"].concat()).collect();
    format!("Without a value yet: {}. Give them one under Variables in the room's menu.", all.join(", "))
}

pub(crate) fn replaced(count: usize) -> String {
    if count == 1 { "Replaced 1 match.".to_owned() } else { format!("Replaced {count} matches.") }
}

/// A file that cannot be an image in the text.
pub(crate) fn no_image(name: &str) -> String {
    format!("“{name}” is not an image that can be shown here. Use PNG, JPEG, GIF, WebP, AVIF or SVG.")
}

/// A file that says it is an image, and is none.
pub(crate) fn image_unreadable(name: &str) -> String {
    format!(
        "“{name}” could not be read as an image. It may be damaged; open it in another program and save it anew."
    )
}

pub(crate) fn follow(name: &str) -> String {
    ["Follow ", name].concat()
}

pub(crate) fn following(name: &str) -> String {
    ["Following ", name].concat()
}

/// Said when it begins.
pub(crate) fn following_until(name: &str) -> String {
    format!("Following {name}, until you press a key or scroll.")
}

pub(crate) fn words(count: usize) -> String {
    if count == 1 { "1 word".to_owned() } else { format!("{count} words") }
}

pub(crate) fn minutes(count: usize) -> String {
    if count == 1 { "1 minute to read".to_owned() } else { format!("{count} minutes to read") }
}

pub(crate) fn text_of(name: &str) -> String {
    format!("Text of “{name}”")
}

pub(crate) fn text_of_number(number: usize) -> String {
    format!("Text of section {number}")
}

pub(crate) fn name_of_section(number: usize) -> String {
    format!("Name of section {number}")
}

pub(crate) fn more_for(section: &str) -> String {
    format!("More for “{section}”")
}

pub(crate) fn collapse(section: &str) -> String {
    format!("Collapse “{section}”")
}

pub(crate) fn expand(section: &str) -> String {
    format!("Expand “{section}”")
}

pub(crate) fn copy_of(name: &str) -> String {
    format!("{name} (copy)")
}

pub(crate) fn section_deleted(section: &str) -> String {
    format!("“{section}” is deleted")
}

/// Somebody has opened the room.
pub(crate) fn came(who: &str) -> String {
    format!("{} has opened this room.", capital(who))
}

/// Somebody has left the room.
pub(crate) fn left(who: &str) -> String {
    format!("{} has left this room.", capital(who))
}

/// The words as they begin a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(crate) const HOW_YOU_WRITE: &str = "Whether you change the text or suggest";
pub(crate) const EDITING: &str = "Editing";
pub(crate) const SUGGESTING: &str = "Suggesting";
pub(crate) const SUGGEST_WORDS_ONLY: &str =
    "Words can be suggested, images and files cannot. Switch to editing, or say it in a comment.";

pub(crate) const READERS: &str = "How they read it";
pub(crate) const GONE_SECTION: &str = "A section that was deleted";
pub(crate) const GONE_FILE: &str = "A file that was taken out";

pub(crate) fn page_of_file(name: &str, number: u64) -> String {
    format!("{name}, page {number}")
}

/// A time that somebody spent, in milliseconds.
pub(crate) fn spent(ms: u64) -> String {
    match ms.saturating_add(500) / 1_000 {
        0 => "less than 1 s".to_owned(),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds @ 60..3_600 if seconds % 60 == 0 || seconds >= 600 => format!("{} min", seconds / 60),
        seconds @ 60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds if seconds % 3_600 < 60 => format!("{} h", seconds / 3_600),
        seconds => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}
