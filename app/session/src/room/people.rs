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

/// Where this tab's own caret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OwnCaret {
    /// Nobody was there to be told, and finding the anchors means walking through the text.
    Untold(SectionId, Option<CellName>, Selection),
    /// As the others know it.
    Told(Caret),
}

impl Room {
    /// Tells the others where this tab's caret is.
    pub fn show_caret(&self, caret: Option<(&SectionId, Selection)>) {
        self.move_caret(caret.map(|(section, selection)| OwnCaret::Untold(section.clone(), None, selection)));
    }

    pub(super) fn move_caret(&self, caret: Option<OwnCaret>) {
        // Whoever comes later says hello and is told then.
        let is_alone = self.0.people.borrow().is_empty();
        let caret = if is_alone { caret } else { caret.map(|caret| OwnCaret::Told(self.anchored(caret))) };
        if *self.0.own_caret.borrow() != caret {
            *self.0.own_caret.borrow_mut() = caret;
            if !is_alone {
                self.post_caret();
            }
        }
    }

    /// The caret with anchors that follow the text.
    fn anchored(&self, caret: OwnCaret) -> Caret {
        let (section, cell, selection) = match caret {
            OwnCaret::Untold(section, cell, selection) => (section, cell, selection),
            OwnCaret::Told(caret) => return caret,
        };
        let content = &mut self.0.documents.borrow_mut().content;
        let mut anchor = |offset| match &cell {
            Some(cell) => content.anchor_in_cell(cell, offset),
            None => content.anchor(&section, offset),
        };
        let head = anchor(selection.head);
        let anchor = if selection.is_caret() { head.clone() } else { anchor(selection.anchor) };
        Caret { section, cell, anchor, head }
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
        let caret = self.0.own_caret.take().map(|caret| self.anchored(caret));
        *self.0.own_caret.borrow_mut() = caret.clone().map(OwnCaret::Told);
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
