//! Where in the room threads stand now.

use std::{cell::OnceCell, collections::BTreeMap, ops::Range};

use model::SectionId;
use reactive_graph::traits::GetUntracked as _;
use replica::{Ground, Thing};
use stdx::Gather as _;
use terms::price::{Decimal, Detail, Line, PriceList};
use text::CellName;

use crate::room::Room;

/// Where in the room a thread stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standpoint {
    /// In the text.
    Text {
        /// The section; it may be gone.
        section: SectionId,
        /// The cell of a table in it, if it is in one.
        cell: Option<CellName>,
        /// The part of the text; none where it is about the section as a whole, or the words are gone.
        range: Option<Range<usize>>,
        /// The words that it was about; empty where it is about the section as a whole.
        quote: String,
    },
    /// On something outside of the text.
    Thing {
        /// What.
        thing: Thing,
        /// What it is called; once it is gone, what it was called.
        called: String,
        /// Whether it is no longer there.
        is_gone: bool,
    },
}

impl Standpoint {
    /// The thing outside of the text that it is about.
    pub fn thing(&self) -> Option<&Thing> {
        match self {
            Self::Text { .. } => None,
            Self::Thing { thing, .. } => Some(thing),
        }
    }
}

/// What things are called, and in which order they stand, by what there is of them in a room.
type Named<K> = BTreeMap<K, (usize, String)>;

/// The places of a room where threads can stand. What there is beside the text is only looked up where a thread stands on it.
pub(super) struct Places<'a> {
    room: &'a Room,
    sections: BTreeMap<SectionId, usize>,
    lines: OnceCell<Named<String>>,
    steps: OnceCell<Named<String>>,
    files: OnceCell<Named<String>>,
}

/// Where among all threads one comes: by the part of the room, the thing in it, and how far into that.
type Order = (u8, usize, usize);

impl<'a> Places<'a> {
    pub(super) fn new(room: &'a Room) -> Self {
        let sections = room.sections().get_untracked().into_iter().enumerate();
        Self {
            room,
            sections: sections.map(|(place, section)| (section.id, place)).gather(),
            lines: OnceCell::new(),
            steps: OnceCell::new(),
            files: OnceCell::new(),
        }
    }

    fn named(&self, thing: &Thing) -> Option<&(usize, String)> {
        match thing {
            Thing::Line(name) => {
                let lines = || {
                    let list = self.room.price().list;
                    named(list.lines.iter().map(|line| (line.id.clone(), called(line, &list))))
                };
                self.lines.get_or_init(lines).get(name)
            }
            Thing::Step(name) => {
                let steps = || named(self.room.plan().plan.steps.into_iter().map(|it| (it.id, it.name)));
                self.steps.get_or_init(steps).get(name)
            }
            Thing::File { version, .. } => {
                let versions = |file: crate::RoomFile| {
                    let name = file.name;
                    file.versions.into_iter().map(move |version| (version.id, name.clone()))
                };
                let files = || named(self.room.files().into_iter().flat_map(versions));
                self.files.get_or_init(files).get(version)
            }
        }
    }

    /// What a thing is called, where it is there.
    pub(super) fn called(&self, thing: &Thing) -> Option<String> {
        self.named(thing).map(|(_, called)| called.clone())
    }

    /// Where something stands now.
    pub(super) fn stands(&self, ground: Ground) -> Standpoint {
        match ground {
            Ground::Section(section) => {
                Standpoint::Text { section, cell: None, range: None, quote: String::new() }
            }
            Ground::Text { section, cell, ends: [start, end], quote } => {
                let documents = self.room.documents();
                let place = |anchor: &[u8]| documents.content.resolve(anchor);
                let range = place(&start).zip(place(&end)).filter(|(start, end)| start < end);
                Standpoint::Text { section, cell, range: range.map(|(start, end)| start..end), quote }
            }
            Ground::Thing { thing, called } => {
                let now = self.called(&thing);
                let is_gone = now.is_none();
                Standpoint::Thing { thing, called: now.unwrap_or(called), is_gone }
            }
        }
    }

    /// Where among all threads one comes; those on what is gone after the others of their part of the room.
    pub(super) fn place_of(&self, at: &Standpoint) -> Order {
        match at {
            Standpoint::Text { section, range, .. } => {
                let place = self.sections.get(section).copied().unwrap_or(usize::MAX);
                (0, place, range.as_ref().map_or(0, |range| range.start))
            }
            Standpoint::Thing { thing, .. } => {
                let (part, within) = match thing {
                    Thing::Line(_) => (1, 0),
                    Thing::Step(_) => (2, 0),
                    Thing::File { page, .. } => (3, page.unwrap_or(0) as usize),
                };
                (part, self.named(thing).map_or(usize::MAX, |(place, _)| *place), within)
            }
        }
    }
}

fn named(all: impl Iterator<Item = (String, String)>) -> Named<String> {
    all.enumerate().map(|(place, (name, called))| (name, (place, called))).gather()
}

/// A line with how many of it, where that says something and buyers see it.
fn called(line: &Line, list: &PriceList) -> String {
    let is_plain = line.quantity == Decimal::ONE || list.hidden.contains(&Detail::Quantity);
    match (is_plain, line.unit.is_empty()) {
        (true, _) => line.name.clone(),
        (false, true) => format!("{}, {}", line.name, line.quantity),
        (false, false) => format!("{}, {} {}", line.name, line.quantity, line.unit),
    }
}
