//! Presenting a room live: the presenter walks the others through it, and sees who goes along.

mod attending;
mod copy;
mod showing;

use insight::record::Part;
use leptos::prelude::*;
use session::{Presentation, Stage};

use super::{OpenRoom, places::use_place};
use crate::{
    later::{beside_later, part},
    route::Place,
};

pub(super) use copy::PRESENT;

/// What the parts of it share. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Presenting {
    room: OpenRoom,
    /// Somebody wants to present here.
    wanted: RwSignal<bool>,
    /// The dialog that says over which roads the room meets others.
    connecting: RwSignal<bool>,
    place: Memo<Place>,
    own: RwSignal<Option<Stage>>,
    others: RwSignal<Vec<Presentation>>,
}

part!(presenting(Presenting) => |presenting| view! { <showing::Showing presenting /><attending::Attending presenting /> });

impl Presenting {
    pub(super) fn new(room: OpenRoom, connecting: RwSignal<bool>) -> Self {
        let open = room.get();
        Self {
            room,
            wanted: RwSignal::new(false),
            connecting,
            place: use_place(),
            own: RwSignal::from(open.stage()),
            others: RwSignal::from(open.presentations()),
        }
    }

    /// Begins to present.
    pub(super) fn begin(self) {
        self.wanted.set(true);
    }

    /// What it shows, once there is anything to show.
    pub(super) fn view(self) -> AnyView {
        let is_needed = Memo::new(move |_| {
            self.wanted.get() || self.own.with(Option::is_some) || self.others.with(|all| !all.is_empty())
        });
        beside_later(presenting, self, is_needed)
    }
}

/// How the boxes of a place are told apart, and what it is as a whole; none where nothing of it is shown to others.
fn boxes(place: Place) -> Option<(&'static str, Part)> {
    match place {
        Place::Overview => Some(("", Part::Overview)),
        Place::Document => Some(("data-section", Part::Overview)),
        Place::Plan => Some(("", Part::Plan)),
        Place::Price => Some(("", Part::Price)),
        Place::Files => Some(("data-part", Part::Files)),
        Place::Acceptance => Some(("", Part::Signing)),
        Place::Versions | Place::Readers => None,
    }
}

/// Where a part of the room is shown.
fn place_of(part: &Part) -> Place {
    match part {
        Part::Overview => Place::Overview,
        Part::Section(_) => Place::Document,
        Part::Price => Place::Price,
        Part::Plan => Place::Plan,
        Part::Files | Part::Page { .. } => Place::Files,
        Part::Signing => Place::Acceptance,
    }
}

/// What a box is called in the page: sections by their own names, all else by that of the part.
fn name_in(place: Place, part: &Part) -> String {
    match (place, part) {
        (Place::Document, Part::Section(section)) => section.clone(),
        _ => part.name(),
    }
}

/// The part that a box of this name is.
fn part_in(place: Place, name: &str) -> Option<Part> {
    if place == Place::Document { Some(Part::Section(name.to_owned())) } else { Part::parse(name) }
}
