//! What people do to the list of sections, from wherever they do it.

use leptos::prelude::*;
use model::SectionId;
use session::{Deleted, Problem, Section};
use text::Selection;

use super::{OpenRoom, copy};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
};

/// The acts on the sections of a room. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    room: OpenRoom,
    handsel: Handsel,
}

/// The acts, from a component.
pub(super) fn use_acts(room: OpenRoom) -> Acts {
    Acts { room, handsel: use_handsel() }
}

impl Acts {
    /// Adds a section and gives it the keyboard.
    pub(super) fn add(self, below: Option<&SectionId>) {
        let added = self.room.get().add_section(below, self.room.caret());
        if let Some(section) = self.told(added) {
            self.room.go(&section, Selection::caret(0));
        }
    }

    /// Puts a copy below a section and shows it.
    pub(super) fn duplicate(self, section: &SectionId) {
        let name = self.find(section).map(|section| section.name).unwrap_or_default();
        let name = if name.is_empty() { name } else { copy::copy_of(&name) };
        let added = self.room.get().duplicate_section(section, &name, self.room.caret());
        if let Some(section) = self.told(added) {
            self.room.go(&section, Selection::caret(0));
        }
    }

    pub(super) fn rename(self, section: &SectionId, name: &str) {
        self.told(self.room.get().rename_section(section, name, self.room.caret()));
    }

    /// Moves a section so many places down, or up. The keyboard stays where it is.
    pub(super) fn shift(self, section: &SectionId, by: isize) {
        let list = self.list();
        let Some(at) = list.iter().position(|it| it.id == *section) else { return };
        let Some(goal) = at.checked_add_signed(by).filter(|goal| *goal < list.len()) else { return };
        self.place(section, goal);
    }

    /// Moves a section to a place in the list.
    pub(super) fn place(self, section: &SectionId, goal: usize) {
        let others: Vec<SectionId> =
            self.list().into_iter().map(|it| it.id).filter(|it| it != section).collect();
        if self.list().get(goal).is_some_and(|there| there.id == *section) {
            return;
        }
        let below = goal.checked_sub(1).and_then(|above| others.get(above));
        browser::view::keep_focus();
        self.told(self.room.get().move_section(section, below, self.room.caret()));
    }

    /// Moves a section to where it was let go: in front of the section that has this place now, or behind the last.
    pub(super) fn drop_at(self, section: &SectionId, goal: usize) {
        let from = self.list().iter().position(|it| it.id == *section);
        match from {
            Some(from) if from < goal => self.place(section, goal - 1),
            Some(from) if from > goal => self.place(section, goal),
            _ => {}
        }
    }

    /// Deletes a section, called so on the screen, and offers to bring it back.
    pub(super) fn delete(self, section: &SectionId, called: &str) {
        let deleted = self.room.get().delete_section(section, self.room.caret());
        let Some(Some(deleted)) = self.told(deleted) else { return };
        self.room.go(deleted.next(), Selection::caret(0));
        let said = copy::section_deleted(called);
        // The view from which this comes goes away with the section, and what is made within it as well.
        self.handsel.attempt(async move {
            let bring_back = move |()| self.bring_back(&deleted);
            self.handsel.toasts.offer(said, words::UNDO, bring_back);
            Ok(())
        });
    }

    fn bring_back(self, deleted: &Deleted) {
        // The person may be in another room by now.
        let Some(room) = self.room.room.try_get_value() else { return };
        if self.told(room.bring_back(deleted, self.room.caret())).is_some() {
            let (room, section) = (self.room, deleted.section().id.clone());
            browser::timers::spawn(async move {
                // The message that offered this gives the keyboard back first.
                browser::timers::frame().await;
                room.go(&section, Selection::caret(0));
            });
        }
    }

    fn list(self) -> Vec<Section> {
        self.room.get().sections().get_untracked()
    }

    fn find(self, section: &SectionId) -> Option<Section> {
        self.list().into_iter().find(|it| it.id == *section)
    }

    /// What came of an act; nothing, with words, when it was not done.
    fn told<T>(self, done: Result<T, Problem>) -> Option<T> {
        done.map_err(|problem| self.handsel.tell(&problem)).ok()
    }
}
