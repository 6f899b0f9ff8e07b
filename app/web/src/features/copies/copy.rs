//! The words for rooms that are made of rooms.

use super::Goal;

pub(super) const DUPLICATE: &str = "Duplicate";
pub(super) const MAKE_TEMPLATE: &str = "Make a template";
pub(super) const MAKE_ROOM: &str = "New room from it";
pub(super) const TITLE: &str = "Title";
pub(super) const TITLE_NEEDED: &str = "Give it a title.";
pub(super) const LOOK: &str = "Open it";
pub(super) const LEFT_OUT: &str = "It takes over the text, the first page, the price, the plan, your files, and what your team keeps. It leaves out what belongs to one buyer: names, answers, comments, files, signatures and dates.";

/// What the dialog is about.
pub(super) fn heading(goal: Option<Goal>) -> &'static str {
    match goal {
        Some(Goal::Template) => "Make a template",
        Some(Goal::Room) => "New room from a template",
        Some(Goal::Duplicate) | None => "Duplicate the room",
    }
}

/// What the button does.
pub(super) fn act(goal: Option<Goal>) -> &'static str {
    match goal {
        Some(Goal::Template) => "Make the template",
        Some(Goal::Room | Goal::Duplicate) | None => "Make the room",
    }
}

pub(super) fn copy_of(title: &str) -> String {
    format!("Copy of {title}")
}

pub(super) fn is_template(title: &str) -> String {
    format!("“{title}” is among your templates")
}
