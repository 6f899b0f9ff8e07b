//! The words of the page that asks for a passphrase.

pub(crate) const ASK: &str = "Whoever sent it chose a passphrase.";
pub(crate) const ASK_MORE: &str = "They tell it by another way, on the phone perhaps. If you do not have it, ask them; nobody else knows it.";
pub(crate) const PASSPHRASE: &str = "Passphrase";
pub(crate) const OPEN: &str = "Open the room";
pub(crate) const OPENING: &str = "The passphrase is being tried.";
pub(crate) const EMPTY: &str = "Type the passphrase first.";
pub(crate) const WRONG: &str = "This passphrase does not open it. Capital letters, spaces and signs count. Try again, as often as you like.";

pub(crate) fn locked(what: &str) -> String {
    format!("This {what} opens with a passphrase")
}
