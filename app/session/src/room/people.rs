//! Who else has the room open, and where their carets are.

use model::SectionId;
use sync::tabs::{Caret, TabMessage};
use text::{CellName, Selection};

use super::{Room, RoomEvent};

/// Somebody else who has the room open now: another tab of this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Which tab, for as long as it is open.
    pub tab: u64,
    /// Where the caret is: section, and the selection within it, or within `cell`.
    pub caret: Option<(SectionId, Selection)>,
    /// The cell of a table in that section that the caret is in.
    pub cell: Option<CellName>,
}

impl Room {
    /// Tells the others where this tab's caret is.
    pub fn show_caret(&self, caret: Option<(&SectionId, Selection)>) {
        let caret = caret.map(|(section, selection)| {
            let content = &mut self.0.documents.borrow_mut().content;
            let head = content.anchor(section, selection.head);
            let anchor =
                if selection.is_caret() { head.clone() } else { content.anchor(section, selection.anchor) };
            Caret { section: section.clone(), cell: None, anchor, head }
        });
        self.move_caret(caret);
    }

    pub(super) fn move_caret(&self, caret: Option<Caret>) {
        if *self.0.own_caret.borrow() != caret {
            *self.0.own_caret.borrow_mut() = caret;
            // Whoever comes later says hello and is told then.
            if !self.0.people.borrow().is_empty() {
                self.post_caret();
            }
        }
    }

    /// Call when nobody is in the room any more: the others see this tab's caret go.
    pub fn leave(&self) {
        self.0.line.post(&TabMessage::Bye { tab: self.0.tab }.write());
    }

    /// Call when the page comes back into sight: the others see this tab again.
    pub fn come_back(&self) {
        if self.0.listener.borrow().is_some() {
            self.0.line.post(&TabMessage::Hello { tab: self.0.tab }.write());
            self.post_caret();
        }
    }

    pub(super) fn post_caret(&self) {
        let caret = self.0.own_caret.borrow().clone();
        self.0.line.post(&TabMessage::Caret { tab: self.0.tab, caret }.write());
    }

    pub(super) fn tell_people(&self) {
        let people = {
            let documents = self.0.documents.borrow();
            let place = |caret: &Caret| {
                let anchor = documents.content.resolve(&caret.anchor)?;
                let head = documents.content.resolve(&caret.head)?;
                Some((caret.section.clone(), Selection { anchor, head }))
            };
            let people = self.0.people.borrow();
            people
                .iter()
                .map(|(tab, caret)| Person {
                    tab: *tab,
                    caret: caret.as_ref().and_then(place),
                    cell: caret.as_ref().and_then(|caret| caret.cell.clone()),
                })
                .collect()
        };
        self.tell(RoomEvent::People(people));
    }
}
