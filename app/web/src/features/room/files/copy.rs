//! The words of the files in a room.

use model::limits;

pub(super) const ADD: &str = "Add files";
pub(super) const DOWNLOAD_ALL: &str = "Download all";
pub(super) const LIST: &str = "Files in this room";
pub(super) const COMING: &str = "Being added";
pub(super) const EMPTY: &str = "Contracts, drawings and films that belong to this deal";
pub(super) const EMPTY_MAY: &str =
    "Drop files anywhere on this page, paste them, or choose them. Everybody in the room sees them.";
pub(super) const EMPTY_MAY_NOT: &str = "Nobody has put any file into this room yet.";
pub(super) const YOU: &str = "you";
pub(super) const SOMEBODY: &str = "somebody";
pub(super) const OPEN: &str = "Open";
pub(super) const DOWNLOAD: &str = "Download";
pub(super) const RENAME: &str = "Rename or move";
pub(super) const VERSIONS: &str = "Versions";
pub(super) const DELETE: &str = "Delete";
pub(super) const HIDE: &str = "Hide from the room";
pub(super) const NAME: &str = "Name";
pub(super) const FOLDER: &str = "Folder";
pub(super) const OPTIONAL: &str = "(optional)";
pub(super) const FOLDER_HINT: &str = "A folder is there as long as a file is in it.";
pub(super) const NAME_MISSING: &str = "Give the file a name.";
pub(super) const SAVE: &str = "Save";
pub(super) const PAUSE: &str = "Pause";
pub(super) const GO_ON: &str = "Go on";
pub(super) const TRY_AGAIN: &str = "Try again";
pub(super) const CANCEL: &str = "Cancel";
pub(super) const WAITS: &str = "Waits for its turn";
pub(super) const PAUSED: &str = "Paused";
pub(super) const NOT_HERE: &str = "Not here yet";
pub(super) const GET: &str = "Get it";
pub(super) const STOP: &str = "Stop";
pub(super) const NOBODY_HAS_IT: &str =
    "Nobody who is connected now has this file. What came so far stays; try again when they are here.";
pub(super) const CURRENT: &str = "Current";
pub(super) const PREVIOUS_FILE: &str = "Previous file";
pub(super) const NEXT_FILE: &str = "Next file";
pub(super) const SMALLER: &str = "Smaller";
pub(super) const LARGER: &str = "Larger";
pub(super) const LOADING: &str = "Opening the file";
pub(super) const UNREADABLE: &str = "could not be read. It may have been moved or changed; choose it again.";
pub(super) const NOTHING_TO_TAKE: &str = "None of the files is on this device yet.";
pub(super) const ARCHIVE_TOO_LARGE: &str =
    "All files together are too large for one archive. Download them one by one.";

pub(super) const NO_LOOK: &str = "This kind of file cannot be shown here";
pub(super) const NO_LOOK_MORE: &str = "Download it to open it with a program of yours.";
pub(super) const EMPTY_FILE: &str = "This file is empty";
pub(super) const BROKEN: &str = "This file is damaged or not what its name says";
pub(super) const LOCKED: &str = "This PDF opens with a password only";
pub(super) const STOPPED: &str = "This PDF is too much for what draws it here";
pub(super) const PAGE_BAD: &str = "This page cannot be shown here. Download the file to see it.";
pub(super) const PART_SHOWN: &str = "Only the first 2 MB are shown. Download the file to read all of it.";

/// The archive with all files.
pub(super) fn archive(title: &str) -> String {
    format!("{title} – files")
}

pub(super) fn added_by(by: &str, when: &str) -> String {
    format!("Added by {by}, {when}")
}

/// From whom a file comes that is not here.
pub(super) fn comes_from(by: &str, is_carried: bool) -> String {
    if is_carried {
        format!("It comes from {by}, or whoever else has it, by a room file or when you are both online.")
    } else {
        let most = limits::CARRIED_FILE_MAX / 1_048_576;
        format!(
            "Files over {most} MB come straight from {by}, or whoever else has it, while you are both connected."
        )
    }
}

pub(super) fn versions(count: usize) -> String {
    format!("{count} versions")
}

pub(super) fn versions_of(name: &str) -> String {
    format!("Versions of {name}")
}

pub(super) fn acts_on(name: &str) -> String {
    format!("More about {name}")
}

pub(super) fn deleted(name: &str) -> String {
    format!("Deleted “{name}”.")
}

pub(super) fn hidden(name: &str) -> String {
    format!("“{name}” is hidden from everybody.")
}

pub(super) fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

pub(super) fn so_far(came: &str, size: &str) -> String {
    format!("{came} of {size}")
}

/// An act on something that comes in.
pub(super) fn act_on(act: &str, name: &str) -> String {
    format!("{act}: {name}")
}

pub(super) fn left_out(count: usize) -> String {
    format!(
        "{} not on this device yet and not in the archive.",
        if count == 1 { "1 file is".to_owned() } else { format!("{count} files are") }
    )
}

pub(super) fn unreadable(name: &str) -> String {
    format!("“{name}” {UNREADABLE}")
}

pub(super) fn zoomed(percent: u32) -> String {
    format!("{percent}%")
}

pub(super) fn page_of(page: usize, count: usize) -> String {
    format!("Page {page} of {count}")
}
