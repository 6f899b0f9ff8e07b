//! Who else has the room open, and where their carets are.

use model::{Author, Right, SectionId};
use sync::tabs::{Caret, TabMessage};
use text::{CellName, Selection};

use super::{Room, RoomEvent};

/// Somebody else who has the room open now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Which tab, for as long as it is open.
    pub tab: u64,
    /// Whose device it is; nothing for another tab of this browser.
    pub other: Option<Other>,
    /// Where the caret is: section, and the selection within it, or within `cell`.
    pub caret: Option<(SectionId, Selection)>,
    /// The cell of a table in that section that the caret is in.
    pub cell: Option<CellName>,
}

/// Somebody on another device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Whose key the device writes with.
    pub author: Author,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// Whether it is one of the owner's devices.
    pub owns: bool,
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
        let is_alone = self.0.people.borrow().is_empty() && self.0.live.others.borrow().is_empty();
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

    /// Call when nobody is in the room any more: the others see this tab's caret go, and what it does in presentations.
    pub fn leave(&self) {
        self.suspend_attending();
        self.0.line.post(&TabMessage::Bye { tab: self.0.tab }.write());
    }

    /// Call when the page comes back into sight: the others see this tab again.
    pub fn come_back(&self) {
        if self.0.listener.borrow().is_some() {
            self.0.line.post(&TabMessage::Hello { tab: self.0.tab }.write());
            self.post_caret();
            self.post_stage_to_newcomer();
            self.resume_attending();
        }
    }

    pub(super) fn post_caret(&self) {
        let caret = self.0.own_caret.take().map(|caret| self.anchored(caret));
        *self.0.own_caret.borrow_mut() = caret.clone().map(OwnCaret::Told);
        self.0.line.post(&TabMessage::Caret { tab: self.0.tab, caret }.write());
        self.say_presence();
    }

    /// The tabs of this device that have the room open, and where their carets are.
    pub(crate) fn carets_of_device(&self) -> Vec<(u64, Option<Caret>)> {
        let own = self.0.own_caret.take().map(|caret| self.anchored(caret));
        *self.0.own_caret.borrow_mut() = own.clone().map(OwnCaret::Told);
        let others =
            self.0.people.borrow().iter().map(|(tab, caret)| (*tab, caret.clone())).collect::<Vec<_>>();
        [(self.0.tab, own)].into_iter().chain(others).collect()
    }

    pub(crate) fn tell_people(&self) {
        let people = {
            let documents = self.0.documents.borrow();
            let place = |caret: &Caret| {
                let anchor = documents.content.resolve(&caret.anchor)?;
                let head = documents.content.resolve(&caret.head)?;
                Some((caret.section.clone(), Selection { anchor, head }))
            };
            let person = |(tab, caret): (&u64, &Option<Caret>), other| Person {
                tab: *tab,
                other,
                caret: caret.as_ref().and_then(place),
                cell: caret.as_ref().and_then(|caret| caret.cell.clone()),
            };
            let (tabs, others) = (self.0.people.borrow(), self.0.live.others.borrow());
            let mut people: Vec<Person> = tabs.iter().map(|tab| person(tab, None)).collect();
            for presence in others.values() {
                let other = Other {
                    author: presence.author,
                    name: self.name_of(presence),
                    owns: documents.right(&presence.author) == Some(Right::Own),
                };
                let tabs = presence.tabs.iter().map(|(tab, caret)| person((tab, caret), Some(other.clone())));
                people.extend(tabs);
            }
            people
        };
        self.tell(RoomEvent::People(people));
    }
}
