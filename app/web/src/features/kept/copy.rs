//! The words of rooms that are kept at an address.

use exchange::kept::KeptLink;
use model::{Right, limits};
use session::{Publication, Terms, Why};

pub(crate) const LOOK: &str = "Look for news";
pub(super) const NEWS: &str = "There was news at the room's address. It is in the text now.";
pub(super) const NO_NEWS: &str = "There is nothing new at the room's address.";
pub(super) const PROGRESS: &str = "How far it is";

pub(super) const OPENING: &str = "Opening the room";
pub(super) const ASK_MORE: &str =
    "That host sees that somebody asks for a file, when and from where. What is in it, it cannot read.";
pub(super) const OPEN: &str = "Open it from there";
pub(super) const NOT_OPENED: &str = "The room could not be opened";
pub(super) const TRY_AGAIN: &str = "Try again";

pub(super) const WAY: &str = "Keep it at an address";
pub(super) const WAY_MORE: &str =
    "A short link that stays the same. What you publish later reaches everybody who has it.";
pub(super) const SET_UP: &str = "Choose a place";
pub(super) const FORM: &str = "Keep the room at an address";
pub(super) const FORM_MORE: &str =
    "The room goes there as one sealed file. Only the link opens it; whoever runs the place cannot.";
pub(super) const WHERE: &str = "Where is the place?";
pub(super) const BESIDE: &str = "Beside the program";
pub(super) const BESIDE_MORE: &str = "You put a file into the folder that Handsel is served from.";
pub(super) const ELSEWHERE: &str = "At another address";
pub(super) const ELSEWHERE_MORE: &str = "WebDAV, S3, R2, Azure: Handsel sends the file there.";
pub(super) const SEND_TO: &str = "Address to send to";
pub(super) const SEND_TO_HINT: &str = "The whole address of the file, also one signed in advance. It has to take a PUT from this page: the host's CORS rules have to allow that.";
pub(super) const READ_AT: &str = "Address to read from";
pub(super) const READ_AT_HINT: &str = "Where others get the file, if that is not the same.";
pub(super) const USER: &str = "User";
pub(super) const PASSWORD: &str = "Password";
pub(super) const OPTIONAL: &str = "(optional)";
pub(super) const KEPT_HERE: &str =
    "The address, user and password stay on this device. They are not in the link.";
pub(super) const ADDRESS_WRONG: &str =
    "This is not the whole address of a file. It begins with https:// and has no user in it.";
pub(super) const SAVE_FILE: &str = "Save the file";
pub(super) const SEND: &str = "Send it there";
pub(super) const BACK: &str = "Back";
pub(super) const LINK_HINT: &str =
    "The link stays the same when you publish again. Whoever has it opens the room as you published it last.";
pub(super) const COPY_LINK: &str = "Copy link";

pub(super) const PUBLICATIONS: &str = "Kept at an address";
pub(super) const PUBLISH_AGAIN: &str = "Publish again";
pub(super) const PUBLISHED: &str = "Published. Whoever has the link gets it when they look.";
pub(super) const PUBLISHED_WITH_NEWS: &str =
    "Published. What others had published there came in first and is part of it.";
pub(super) const CHANGE: &str = "Change where it is sent";
pub(super) const FORGET: &str = "Take from this list";
pub(super) const FORGOTTEN: &str =
    "Taken from the list. The file stays where it is until you delete it there.";
pub(super) const ENDED: &str =
    "The link was revoked, so nothing newer goes there. Delete the file where it is.";

/// The question before another host is asked.
pub(super) fn ask(host: &str) -> String {
    format!("This room is kept at {host}. Open it from there?")
}

/// So many bytes, and of how many where that is known.
pub(super) fn progress(through: usize, of: Option<usize>) -> String {
    let size = |bytes: usize| browser::clock::size(bytes as u64);
    match of {
        Some(of) => format!("{} of {}", size(through), size(of)),
        None => size(through),
    }
}

/// What to do with a file that was saved.
pub(super) fn put_it_there(link: &KeptLink) -> String {
    let place = browser::transfer::whole(link.address.as_str()).unwrap_or_default();
    format!(
        "The file “{}” was handed to your browser. Put it into the folder of the program, so that it is at {place}. Then the link opens it.",
        link.address.as_str()
    )
}

/// What to do with a newer file that was saved.
pub(super) fn replace_it(link: &KeptLink) -> String {
    format!(
        "The file “{}” was handed to your browser. Put it in the place of the one there.",
        link.address.as_str()
    )
}

/// Why the link does not open what was sent.
pub(super) fn unread(why: &str) -> String {
    format!("The file was sent, but the link does not open it yet. {why}")
}

/// What is said of a place in the list.
pub(super) fn about(publication: &Publication, terms: Option<&Terms>, host: &str, now: u64) -> String {
    let mut about = host.to_owned();
    if let Some(terms) = terms {
        let right = match terms.right {
            Right::View | Right::Comment | Right::Suggest => "to read",
            Right::Edit => "to edit",
            Right::Own => "to own",
        };
        about += &format!(" · {right}");
    }
    about += &match (publication.published, publication.looked) {
        (0, _) if publication.is_own => " · not published yet".to_owned(),
        (0, 0) => String::new(),
        (0, looked) => format!(" · looked {}", browser::clock::ago(looked, now)),
        (published, _) => format!(" · published {}", browser::clock::ago(published, now)),
    };
    about
}

/// The name of a place: for whom its link is.
pub(super) fn name(publication: &Publication, terms: Option<&Terms>) -> String {
    match terms {
        Some(terms) if !terms.name.is_empty() => format!("For {}", terms.name),
        _ if publication.is_own => "For nobody in particular".to_owned(),
        _ => "Where you opened it".to_owned(),
    }
}

/// Why a file did not come from its address.
pub(crate) fn fetch(why: Why) -> String {
    match why {
        Why::Offline => "This browser is not on a network. Connect, then try again.".to_owned(),
        Why::Refused => {
            "The host did not answer, or does not let this page read from it. Check the connection. Whoever keeps the room there may have to allow this page in the host's CORS rules.".to_owned()
        }
        Why::Cut => {
            "The connection broke several times. What came so far is kept until you close this tab; try again to go on.".to_owned()
        }
        Why::TooLarge => {
            format!("What is there is larger than {} MB, which no room is.", limits::ROOM_MAX / 1_048_576)
        }
        Why::SomethingElse => {
            "There is something else at this address, not this room. Ask whoever sent the link.".to_owned()
        }
        Why::Status(401 | 403) => {
            "The host does not let anybody read this without a password or a new address. Ask whoever sent the link.".to_owned()
        }
        Why::Status(404 | 410) => {
            "There is nothing at the room's address: it is not there yet, or was taken away.".to_owned()
        }
        Why::Status(status) => at_host(status),
        Why::Cancelled | Why::Busy => "It was not fetched. Try again.".to_owned(),
    }
}

/// Why a file did not get to its address.
pub(crate) fn send(why: Why) -> String {
    match why {
        Why::Offline => "This browser is not on a network. Nothing was sent; connect, then try again.".to_owned(),
        Why::Refused => {
            "The host did not answer, or does not let this page send to it. Its CORS rules have to allow PUT from this page, with the headers If-Match, Authorization and x-ms-blob-type where these are needed.".to_owned()
        }
        Why::TooLarge => {
            format!(
                "This room is larger than {} MB, too large to be kept at an address. Send it as a room file, or use smaller images.",
                limits::ROOM_MAX / 1_048_576
            )
        }
        Why::Busy => {
            "Others keep publishing there at the same time. What they published is here now; try again.".to_owned()
        }
        Why::SomethingElse => {
            "There is something else at this address already, which is left as it is. Choose another one.".to_owned()
        }
        Why::Status(401) => "The host wants a user and a password, or does not know these.".to_owned(),
        Why::Status(403) => {
            "The host does not allow sending to this address. An address that was signed in advance may have ended: give a new one.".to_owned()
        }
        Why::Status(404 | 409) => {
            "The folder of this address is not there. Make it at the host, or check the address.".to_owned()
        }
        Why::Status(405 | 501) => {
            "This host takes no files at this address. It has to take a PUT, as WebDAV and S3 do.".to_owned()
        }
        Why::Status(413 | 507) => "The host has no space for a file of this size.".to_owned(),
        Why::Status(412) => "The host found another version there than it was said to replace. Try again.".to_owned(),
        Why::Status(status) => at_host(status),
        Why::Cut | Why::Cancelled => "It was not sent. Try again.".to_owned(),
    }
}

fn at_host(status: u16) -> String {
    if status >= 500 {
        format!("Something is wrong at the host (it answered {status}). Try again later.")
    } else {
        format!("The host said no (it answered {status}).")
    }
}
