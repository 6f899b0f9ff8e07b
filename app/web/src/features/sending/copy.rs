//! The words of letters and codes.

use super::Letter;

pub(super) const WRITE_MAIL: &str = "Write an e-mail";
pub(super) const WRITE_MAIL_WITH_FILE: &str = "Save the file and write an e-mail";
pub(super) const SHOW_CODE: &str = "Show a QR code";
pub(super) const HIDE_CODE: &str = "Hide the QR code";
pub(super) const CODE_OF_LINK: &str = "QR code of the link. The camera of a phone opens it.";
pub(super) const DRAWING: &str = "Drawing the code…";
pub(super) const NOT_DRAWN: &str =
    "The part of Handsel that draws codes did not arrive. Check the connection, then try again.";
pub(super) const TOO_LONG_FOR_CODE: &str = "This link is too long for a code that phones can read. Send it, or the file; or keep the room at an address, which makes a short link.";

/// Subject and words of a letter with a link, or with a file that is to be opened at the address `page`.
pub(super) fn draft(letter: &Letter, link: Option<&str>, page: &str) -> (String, String) {
    let Letter { title, is_reply, locked } = letter;
    let named = if title.is_empty() { "a proposal".to_owned() } else { format!("“{title}”") };
    let subject = match (is_reply, title.is_empty()) {
        (true, _) => format!("Re: {title}"),
        (false, true) => "A proposal for you".to_owned(),
        (false, false) => title.clone(),
    };
    let about =
        if *is_reply { format!("here is {named} with my changes.") } else { format!("here is {named}.") };
    let way = match link {
        Some(link) => {
            format!("Open it by this link:\n\n{link}\n\nIt opens in the browser, without an account.")
        }
        None => format!(
            "It is the file attached to this letter. Open {page} and drop the file there; it needs no account."
        ),
    };
    let lock = if *locked { " You will need the passphrase, which I tell you by another way." } else { "" };
    (subject, format!("Hello,\n\n{about} {way}{lock}\n"))
}
