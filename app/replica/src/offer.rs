//! What only the selling team writes: the room's title, what variables in its text stand for, where its copies
//! meet, its first page, the plan, the price, the calculator.

mod costs;
mod draft;
mod plan;
mod portal;
mod price;
mod restoring;
mod roi;
mod stakeholders;

use std::collections::BTreeMap;

use stdx::Gather as _;
use yrs::{Any, Map as _, MapRef, Out};

use crate::{
    attrs::text_of,
    guard::Refused,
    shared::{SYSTEM, Shared},
};

pub use restoring::EarlierOffer;

/// The shared document `offer`.
pub struct Offer {
    shared: Shared,
    about: MapRef,
    variables: MapRef,
    plan: plan::Maps,
    people: MapRef,
    price: MapRef,
    lines: MapRef,
    costs: MapRef,
    stakeholders: MapRef,
    roi: roi::Maps,
}

impl Offer {
    /// An empty offer, written as `client`.
    pub fn new(client: u64) -> Self {
        let shared = Shared::new(client);
        let about = shared.doc.get_or_insert_map("about");
        let variables = shared.doc.get_or_insert_map("variables");
        let plan = plan::Maps::of(&shared.doc);
        let people = shared.doc.get_or_insert_map("people");
        let (price, lines) =
            (shared.doc.get_or_insert_map("price"), shared.doc.get_or_insert_map("price/lines"));
        let costs = shared.doc.get_or_insert_map("costs");
        let stakeholders = shared.doc.get_or_insert_map("stakeholders");
        let roi = roi::Maps::of(&shared.doc);
        Self { shared, about, variables, plan, people, price, lines, costs, stakeholders, roi }
    }

    /// The room's title; empty when it was never given one.
    pub fn title(&self) -> String {
        let title = self.shared.read(|txn| text_of(&self.about.get(txn, "title")?));
        title.ok().flatten().unwrap_or_default()
    }

    /// Gives the room a title.
    pub fn set_title(&mut self, title: &str) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.insert(txn, "title", title);
        })
    }

    /// Whether this is what a selling team has for itself, in place of a room for a deal.
    pub fn is_teams(&self) -> bool {
        let kind = self.shared.read(|txn| text_of(&self.about.get(txn, "kind")?));
        kind.ok().flatten().as_deref() == Some("team")
    }

    /// Says that it is.
    pub fn make_teams(&mut self) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.insert(txn, "kind", "team");
        })
    }

    /// Whether buyers are asked before it is recorded how they read.
    pub fn asks(&self) -> bool {
        let asks = self.shared.read(|txn| text_of(&self.about.get(txn, "asks")?));
        asks.ok().flatten().is_some_and(|asks| !asks.is_empty())
    }

    /// Says whether they are.
    pub fn set_asks(&mut self, asks: bool) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.insert(txn, "asks", if asks { "1" } else { "" });
        })
    }

    /// What variables stand for, by their names.
    pub fn variables(&self) -> BTreeMap<String, String> {
        let read = self.shared.read(|txn| {
            let values = self.variables.iter(txn);
            Some(values.filter_map(|(name, value)| Some((name.to_owned(), text_of(&value)?))).gather())
        });
        read.ok().flatten().unwrap_or_default()
    }

    /// Gives a variable a value; an empty one takes it away.
    pub fn set_variable(&mut self, name: &str, value: &str) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            if value.is_empty() {
                self.variables.remove(txn, name);
            } else {
                self.variables.insert(txn, name, value);
            }
        })
    }

    /// Where the room's other copies are to be found, in bytes of whoever wrote it; empty where nothing was said.
    pub fn places(&self) -> Vec<u8> {
        let read = self.shared.read(|txn| match self.about.get(txn, "places")? {
            Out::Any(Any::Buffer(bytes)) => Some(bytes.to_vec()),
            _ => None,
        });
        read.ok().flatten().unwrap_or_default()
    }

    /// Says where the room's other copies are to be found.
    pub fn set_places(&mut self, places: &[u8]) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            self.about.insert(txn, "places", Any::from(places.to_vec()));
        })
    }

    /// Takes in an update that came from elsewhere.
    pub fn receive(&mut self, update: &[u8]) -> Result<(), Refused> {
        self.shared.receive(update)
    }

    /// Updates made here since the last call.
    pub fn take_updates(&mut self) -> Vec<Vec<u8>> {
        self.shared.take_updates()
    }

    /// The whole document as one update.
    pub fn state(&self) -> Result<Vec<u8>, Refused> {
        self.shared.state()
    }

    /// Whether something received builds on parts that are missing.
    pub fn is_waiting(&self) -> bool {
        self.shared.is_waiting()
    }
}
