//! The words for when there is nothing to show.

pub(crate) const NOT_HERE: &str = "There is nothing at this address";
pub(crate) const NOT_HERE_MORE: &str =
    "The room is not on this device, or was deleted. Open its link or its room file again.";

pub(crate) fn cannot_open(what: &str) -> String {
    format!("This {what} cannot be opened")
}
