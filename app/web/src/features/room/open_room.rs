//! An open room on the screen: its surfaces, which of them is worked in, and what reaches across them.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use browser::ReadersPlace;
use editor::{RemoteCaret, Surface};
use insight::record::Did;
use leptos::{prelude::*, web_sys::Element};
use model::{Right, SectionId};
use replica::{Restored, Spot, TableEvent};
use session::{CaretPlace, Person, Room};
use stdx::Gather as _;
use text::{Document, Intent, Selection};

use super::{people, table};
use crate::{
    handsel::{Handsel, use_handsel},
    route::{self, Route},
};

/// What keeps its look when something above it changes.
const LINES: &str = ".prose > *, .cell > *, .section-head";

/// An open room with the surfaces that its sections are written on, for the parts of its screen. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct OpenRoom {
    pub(super) room: StoredValue<Room, LocalStorage>,
    surfaces: StoredValue<Rc<RefCell<Surfaces>>, LocalStorage>,
    text_changed: StoredValue<Vec<(u64, TextChanged)>, LocalStorage>,
    place: StoredValue<Option<ReadersPlace>, LocalStorage>,
    /// What a screen reader is to say of what was done.
    pub(super) said: RwSignal<String>,
    /// Counts how often bytes came that may have been missing.
    pub(super) came: RwSignal<usize>,
    /// The sections that show suggestions, as their surfaces show them.
    pub(super) shown: StoredValue<BTreeMap<SectionId, Document>, LocalStorage>,
    /// Whether what is written is suggested.
    pub(super) suggesting: RwSignal<bool>,
    /// The file that is to be looked at, by the name of its version; an empty name where none is. Nobody wants any where it is none.
    pub(super) file_wanted: RwSignal<Option<String>>,
    /// Counts how often everything had to be read anew.
    pub(super) anew: RwSignal<usize>,
    /// What was done with parts of the room since it was last noted; kept only where it is.
    pub(super) did: StoredValue<Vec<Did>>,
    handsel: Handsel,
}

/// What is called when the text of a section has changed.
type TextChanged = Rc<dyn Fn(&SectionId)>;

#[derive(Default)]
struct Surfaces {
    /// The sections that are in the page; those without a surface have one as soon as they are woken.
    places: BTreeMap<SectionId, Place>,
    /// The section that has the keyboard, or had it last.
    current: Option<SectionId>,
    /// Where the keyboard goes once the section there has its surface.
    wanted: Option<CaretPlace>,
    people: Vec<Person>,
}

struct Place {
    surface: Option<Surface>,
    /// Gives the section its surface, and where it is told so opens it if it is collapsed.
    wake: Rc<dyn Fn(bool)>,
}

impl OpenRoom {
    pub(super) fn new(room: &Room, anew: RwSignal<usize>) -> Self {
        Self {
            room: StoredValue::new_local(room.clone()),
            surfaces: StoredValue::new_local(Rc::default()),
            text_changed: StoredValue::new_local(Vec::new()),
            place: StoredValue::new_local(None),
            said: RwSignal::new(String::new()),
            came: RwSignal::new(0),
            shown: StoredValue::new_local(BTreeMap::new()),
            suggesting: RwSignal::new(room.right() == Some(Right::Suggest)),
            file_wanted: RwSignal::new(None),
            anew,
            did: StoredValue::new(Vec::new()),
            handsel: use_handsel(),
        }
    }

    /// Whether it is there to be looked at only, as a buyer has it.
    pub(super) fn is_preview(self) -> bool {
        self.handsel.is_preview
    }

    /// The way to a place in it.
    pub(super) fn way(self, place: route::Place) -> Route {
        self.handsel.way(self.get().id(), place)
    }

    pub(super) fn get(self) -> Room {
        self.room.get_value()
    }

    /// The sections are shown in this element.
    pub(super) fn shown_in(self, sections: &Element) {
        self.place.set_value(Some(ReadersPlace::new(sections, LINES)));
    }

    /// Others are about to change what is shown: what the reader has in sight stays where it is.
    /// `moves` where whole sections are taken out and put elsewhere.
    pub(super) fn hold_place(self, moves: bool) {
        self.place.try_with_value(|place| place.iter().for_each(|place| place.hold(moves)));
    }

    /// Whether this device may change the text. It stays so as long as this room is on the screen.
    pub(super) fn may_edit(self) -> bool {
        self.get().right() >= Some(Right::Edit)
    }

    /// Whether what is written here is to go back to whom the room came from.
    pub(super) fn replies(self) -> bool {
        let room = self.get();
        room.has_rights() && !room.is_owner() && room.right() >= Some(Right::Comment)
    }

    /// Whether this device may change the title and what stands for variables.
    pub(super) fn may_own(self) -> bool {
        self.get().right() >= Some(Right::Own)
    }

    /// The section that has the keyboard, or had it last; at first the first one.
    pub(super) fn current(self) -> Option<SectionId> {
        let kept = self.with(|all| all.current.clone().filter(|section| all.places.contains_key(section)));
        kept.flatten().or_else(|| Some(self.room.try_get_value()?.section()))
    }

    /// The surface of the current section, while it is in the page.
    pub(super) fn surface(self) -> Option<Surface> {
        self.surface_of(&self.current()?)
    }

    /// The surface of a section, while it is in the page.
    pub(super) fn surface_of(self, section: &SectionId) -> Option<Surface> {
        self.with(|all| all.places.get(section)?.surface.clone()).flatten()
    }

    /// All surfaces that are in the page, in the order of the document.
    pub(super) fn surfaces(self) -> Vec<(SectionId, Surface)> {
        let Some(room) = self.room.try_get_value() else { return Vec::new() };
        let sections = room.sections().get_untracked();
        sections.into_iter().filter_map(|it| Some((it.id.clone(), self.surface_of(&it.id)?))).gather()
    }

    /// Where the caret is, or was last, for undo.
    pub(super) fn caret(self) -> Option<CaretPlace> {
        let section = self.current()?;
        let selection = self.surface_of(&section)?.selection();
        let selection = self.to_section(&section, selection);
        Some((section, selection))
    }

    /// The keyboard is in this section now.
    pub(super) fn enter(self, section: &SectionId) {
        self.with(|all| all.current = Some(section.clone()));
    }

    /// A section is in the page; `wake` gives it its surface, and opens it where it is told so.
    pub(super) fn add_place(self, section: &SectionId, wake: Rc<dyn Fn(bool)>) {
        self.with(|all| all.places.insert(section.clone(), Place { surface: None, wake }));
    }

    /// A section leaves the page.
    pub(super) fn remove_place(self, section: &SectionId) {
        let place = self.with(|all| all.places.remove(section)).flatten();
        if let Some(surface) = place.and_then(|place| place.surface) {
            // Words that are still being composed belong to it, and come back with it.
            surface.settle();
        }
    }

    /// A section has its surface, which shows who is there, and takes the keyboard if it was meant to.
    pub(super) fn mounted(self, section: &SectionId, surface: &Surface) {
        let shown = self.with(|all| {
            if let Some(place) = all.places.get_mut(section) {
                place.surface = Some(surface.clone());
            }
            let wanted = all.wanted.take_if(|(there, _)| there == section);
            (people::carets(&all.people, section), wanted)
        });
        let Some((carets, wanted)) = shown else { return };
        surface.show_people(&self.carets_shown(section, carets));
        self.text_changed(section);
        if let Some((section, selection)) = wanted {
            self.go(&section, selection);
        }
    }

    /// Gives a section the keyboard with this selection, and brings it into view.
    pub(super) fn go(self, section: &SectionId, selection: Selection) {
        self.wake(section);
        match self.surface_of(section) {
            Some(surface) => {
                self.enter(section);
                surface.select(selection);
                surface.focus();
                // Where the list changed as well, the section may yet be moved.
                browser::view::keep_focus();
            }
            None => {
                self.with(|all| all.wanted = Some((section.clone(), selection)));
            }
        }
    }

    /// Works in a section from now on, which shows its text; the keyboard stays where it is.
    pub(super) fn turn_to(self, section: &SectionId) {
        self.wake(section);
        self.enter(section);
    }

    fn wake(self, section: &SectionId) {
        let wake = self.with(|all| Some(all.places.get(section)?.wake.clone())).flatten();
        if let Some(wake) = wake {
            wake(true);
        }
    }

    /// Takes the caret from a section on to the next one that is shown whole, or back. Answers whether there is one.
    pub(super) fn leave(self, section: &SectionId, forward: bool, x: Option<f64>) -> bool {
        let Some(room) = self.room.try_get_value() else { return false };
        let mut list = room.sections().get_untracked();
        if !forward {
            list.reverse();
        }
        let mut after = list.into_iter().skip_while(|it| it.id != *section).skip(1);
        let Some(next) = after.find(|it| !room.is_collapsed(&it.id)) else { return false };
        match self.surface_of(&next.id) {
            Some(surface) => surface.enter(forward, x),
            None => self.go(&next.id, Selection::caret(0)),
        }
        true
    }

    /// Has one more section show its text, the first in the document that does not. Answers whether there was one.
    pub(super) fn wake_next(self) -> bool {
        let Some(room) = self.room.try_get_value() else { return false };
        let sleeping = self.with(|all| {
            let sections = room.sections().get_untracked();
            let mut places = sections.iter().filter_map(|it| all.places.get(&it.id));
            places.find(|place| place.surface.is_none()).map(|place| place.wake.clone())
        });
        let Some(wake) = sleeping.flatten() else { return false };
        wake(false);
        true
    }

    /// Shows where others are.
    pub(super) fn show_people(self, people: Vec<Person>) {
        let surfaces = self.with(|all| {
            all.people = people;
            let of = |(section, place): (&SectionId, &Place)| {
                Some((section.clone(), place.surface.clone()?, people::carets(&all.people, section)))
            };
            all.places.iter().filter_map(of).collect::<Vec<_>>()
        });
        for (section, surface, carets) in surfaces.into_iter().flatten() {
            surface.show_people(&self.carets_shown(&section, carets));
        }
    }

    /// Carets at their places among suggestions.
    fn carets_shown(self, section: &SectionId, mut carets: Vec<RemoteCaret>) -> Vec<RemoteCaret> {
        if self.is_mixed(section) {
            for caret in carets.iter_mut().filter(|caret| caret.cell.is_none()) {
                for at in [&mut caret.anchor, &mut caret.head] {
                    *at = self.to_shown(section, *at..*at).start;
                }
            }
        }
        carets
    }

    /// Brings somebody's caret into view, in a section that is opened for it. Answers whether it is there.
    pub(super) fn show_person(self, id: u64) -> bool {
        let find = |all: &mut Surfaces| all.people.iter().find(|person| person.tab == id)?.caret.clone();
        let Some((section, _)) = self.with(find).flatten() else { return true };
        self.wake(&section);
        self.surface_of(&section).is_some_and(|surface| surface.show_person(id))
    }

    /// Takes what is half composed into the text, wherever it is.
    pub(super) fn settle(self) {
        for (_, surface) in self.surfaces() {
            surface.settle();
        }
    }

    /// Has `call` called after each change of a section's text, whoever made it, until what asks for it is gone.
    pub(super) fn on_text_changed(self, call: TextChanged) {
        let last = self.text_changed.with_value(|calls| calls.last().map_or(0, |(number, _)| *number));
        self.text_changed.update_value(|calls| calls.push((last + 1, call)));
        on_cleanup(move || {
            self.text_changed.try_update_value(|calls| calls.retain(|(number, _)| *number != last + 1));
        });
    }

    pub(super) fn text_changed(self, section: &SectionId) {
        for (_, call) in self.text_changed.try_get_value().unwrap_or_default() {
            call(section);
        }
    }

    /// Shows what changed in a table, in whichever section it stands.
    pub(super) fn show_table(self, event: &TableEvent) {
        for (section, surface) in self.surfaces() {
            if table::show(&surface, event) {
                self.text_changed(&section);
            }
        }
    }

    /// Takes back this tab's last step, or does it `again`, and shows where.
    pub(super) fn step(self, again: bool) {
        if self.suggests() {
            return self.step_suggesting(again);
        }
        let room = self.get();
        let restored = if again { room.redo() } else { room.undo() };
        if let Some(restored) = restored {
            self.show_restored(&restored);
        }
    }

    fn show_restored(self, restored: &Restored) {
        let (mut goal, mut cell) = (None, None);
        match &restored.selection {
            Some((Spot::Section(section), selection)) => goal = Some((section, *selection)),
            Some((Spot::Cell(name), selection)) => cell = Some((name, *selection)),
            _ => {}
        }
        let last = restored.events.len().saturating_sub(1);
        for (idx, event) in restored.events.iter().enumerate() {
            // A section that only comes back by this reads its text when it is shown.
            if self.is_mixed(&event.section) {
                self.refresh(&event.section);
            } else if let Some(surface) = self.surface_of(&event.section) {
                match goal {
                    None if idx == last && cell.is_none() => surface.restore(&event.delta, None),
                    _ => surface.receive(&event.delta),
                }
            }
            self.text_changed(&event.section);
        }
        let surfaces = self.surfaces();
        restored.tables.iter().for_each(|event| self.show_table(event));
        if let Some((section, selection)) = goal {
            let at = |at: usize| self.to_shown(section, at..at).start;
            self.go(section, Selection::new(at(selection.anchor), at(selection.head)));
        }
        if let Some((name, selection)) = cell {
            // Whichever section the table stands in.
            let there = surfaces.iter().find(|(_, surface)| surface.enter_cell(name, selection));
            there.into_iter().for_each(|(section, _)| self.enter(section));
        }
    }

    /// Has screen readers say what was done.
    pub(super) fn say(self, words: &str) {
        // The same words twice are said twice.
        let _ = self.said.try_set(String::new());
        let _ = self.said.try_set(words.to_owned());
    }

    /// Does something to the text at the selection, as a tool does, and gives the text the keyboard.
    pub(super) fn act(self, intent: Intent) {
        if let Some(surface) = self.surface() {
            surface.act(intent);
            surface.focus();
        }
    }

    /// Looks at the surfaces. Nothing once the room has left the screen.
    fn with<T>(self, look: impl FnOnce(&mut Surfaces) -> T) -> Option<T> {
        let surfaces = self.surfaces.try_get_value()?;
        Some(look(&mut surfaces.borrow_mut()))
    }
}
