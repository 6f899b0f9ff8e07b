//! The words of a preview.

pub(super) const PREVIEW: &str = "Preview";
pub(super) const WHAT: &str = "This is what a buyer sees who has a link to comment.";
pub(super) const NOTHING_KEPT: &str = "Try everything: nothing that is done here is kept or sent.";
pub(super) const BACK: &str = "Back to your room";
pub(in crate::features::room) const NOTHING_SENT: &str =
    "Here a buyer gets a link that brings what they did back to you. In a preview there is nothing to send.";
