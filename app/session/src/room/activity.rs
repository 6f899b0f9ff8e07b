//! What happened in the room, for its owners: what they are told, and what the list of rooms keeps of it.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use stdx::Gather as _;

use insight::{
    alerts::alerts,
    engagement::{Deed, quiet_from},
    record::Part,
    story::{Told, story},
};
use model::{Author, Later, Right};
use reactive_graph::traits::GetUntracked as _;

use super::Room;
use crate::{
    Problem,
    activity::{
        Notice,
        summary::{Happened, Summary, activity_name, notices},
    },
    sharing::owns,
};

/// So many milliseconds after something came, what happened is looked at anew: much of it comes together.
const NOTING_MS: u32 = 3_000;

/// Keeps what happened in a room. It is handed in, so that a program may have what does it later than rooms.
pub(crate) type Keep = Rc<dyn Fn(Room) -> Later<()>>;

/// What an open room knows of keeping what happened in it.
#[derive(Default)]
pub(super) struct Noting {
    /// What does it; none before somebody asked for it, and for a room that is not in the list.
    keep: RefCell<Option<Keep>>,
    is_waiting: Cell<bool>,
}

impl Room {
    /// What this device's person is told of the room now, oldest first.
    ///
    /// # Errors
    /// As [`Room::readings`].
    pub async fn alerts(&self) -> Result<Vec<Notice>, Problem> {
        let now = self.now();
        let happened = self.happened(now).await?;
        let kept = self.ports().store.setting(&activity_name(self.id())).await?.unwrap_or_default();
        Ok(notices(&happened, &Summary::read(&kept), now))
    }

    /// What buyers did here that counts, by when they did, each with what its person is called; the name is empty where nobody has said.
    ///
    /// # Errors
    /// As [`Room::readings`].
    pub async fn deeds_told(&self) -> Result<Vec<(Deed, String)>, Problem> {
        let Happened { story, names, .. } = self.happened(self.now()).await?;
        let named = |deed: Deed| {
            let name = names.get(&deed.who).cloned().unwrap_or_default();
            (deed, name)
        };
        Ok(story.deeds.into_iter().map(named).collect())
    }

    /// What happened here, as far as the documents tell it now. Devices that joined by no given link count nowhere.
    async fn happened(&self, now: u64) -> Result<Happened, Problem> {
        let mut readings = self.readings().await?.of;
        let (people, mut names) = (self.known_people(), BTreeMap::<String, String>::new());
        let known: BTreeSet<&str> = people.values().map(String::as_str).gather();
        readings.retain(|of| known.contains(of.who.as_str()));
        // Of several devices of a person, the name on the first one that was used counts.
        stdx::sort_by_key(&mut readings, |of| (of.records.first().map(|record| record.from), of.author));
        let mut call = |who: &str, name: String| {
            if !name.is_empty() && !names.contains_key(who) {
                names.insert(who.to_owned(), name);
            }
        };
        for of in &readings {
            call(&of.who, of.name.clone());
        }
        for (author, who) in &people {
            call(who, self.named(author).0);
        }
        let words = if readings.is_empty() { BTreeMap::new() } else { self.words_by_section() };
        let words = |part: &Part| match part {
            Part::Section(section) => words.get(section).copied().unwrap_or_default(),
            _ => 0,
        };
        let devices: Vec<String> = readings.iter().map(|of| of.author.to_string()).collect();
        let told: Vec<Told<'_>> = (readings.iter().zip(&devices))
            .flat_map(|(of, device)| {
                of.records.iter().map(move |record| Told { device, who: &of.who, record })
            })
            .collect();
        let story = story(&told, &self.deeds(), words);
        let begun: Vec<u64> = story.visits.iter().map(|visit| visit.from).collect();
        let declines = self.declines(&people);
        let last = story.last.max(declines.iter().map(|(_, at)| *at).max());
        let last = last.map(|last| (last, quiet_from(&begun, last)));
        let alerts = alerts(&story, &declines, now);
        Ok(Happened { story, last, alerts, names })
    }

    /// The devices of the buying side that joined by a given link, each with whose it is.
    pub(super) fn known_people(&self) -> BTreeMap<Author, String> {
        let documents = self.documents();
        let Some(judge) = documents.judge() else { return BTreeMap::new() };
        let given = judge.roll().links().into_iter();
        let joined = given.flat_map(|(grant, _)| judge.roll().joined_by(&grant.certificate.link));
        let joined: BTreeSet<Author> = joined.gather();
        let buys = |author: &Author| documents.right(author) != Some(Right::Own);
        joined.into_iter().filter(buys).map(|author| (author, self.who(&author))).gather()
    }

    fn declines(&self, people: &BTreeMap<Author, String>) -> Vec<(String, u64)> {
        let documents = self.documents();
        let seals = documents.deal.seals();
        let declines = seals.iter().flat_map(|seal| seal.declines.iter().flatten());
        declines.filter_map(|(_, author, decline)| Some((people.get(author)?.clone(), decline.at))).collect()
    }

    fn words_by_section(&self) -> BTreeMap<String, u64> {
        let sections = self.sections().get_untracked().into_iter();
        // A section that cannot be read has no words that anybody could have read.
        let words = |section: &replica::Section| self.document(&section.id).map_or(0, |it| it.words() as u64);
        sections.map(|section| (section.id.as_str().to_owned(), words(&section))).gather()
    }

    /// Keeps what happens here for the list of rooms, from now on and now.
    pub(crate) fn keep_activity_by(&self, keep: &Keep) {
        *self.0.noting.keep.borrow_mut() = Some(keep.clone());
        if self.is_told_of() {
            self.ports().tasks.spawn(keep(self.clone()));
        }
    }

    /// Something came of which the list may have to know.
    pub(super) fn note_activity_soon(&self) {
        if self.0.noting.keep.borrow().is_none()
            || !self.is_told_of()
            || self.0.noting.is_waiting.replace(true)
        {
            return;
        }
        let weak = self.downgrade();
        let note = move || {
            if let Some(room) = weak.upgrade() {
                room.note_waiting_activity();
            }
        };
        self.ports().tasks.after(NOTING_MS, Box::new(note));
    }

    /// Keeps now what was to be kept soon, such as when nobody looks at the room any more: it may be closed before its time.
    pub(super) fn note_waiting_activity(&self) {
        let keep = self.0.noting.keep.borrow().clone();
        if let Some(keep) = keep.filter(|_| self.0.noting.is_waiting.replace(false)) {
            self.ports().tasks.spawn(keep(self.clone()));
        }
    }

    /// Whether this device's person is told what happens here.
    fn is_told_of(&self) -> bool {
        self.has_rights() && owns(self.keys().pass.as_ref())
    }

    /// Keeps what happened here for the list of rooms, where that is other than what is kept, and has `tell` called then.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn note_activity(&self, tell: &dyn Fn()) -> Result<(), Problem> {
        if !self.is_told_of() {
            return Ok(());
        }
        let (name, now) = (activity_name(self.id()), self.now());
        let happened = self.happened(now).await?;
        let write = move |kept: &str| Summary::of(&happened, &Summary::read(kept), now).write();
        let kept = self.ports().store.setting(&name).await?.unwrap_or_default();
        // A room that was erased meanwhile leaves nothing behind.
        if write(&kept) == kept || self.ports().store.room(self.id()).await?.is_none() {
            return Ok(());
        }
        // Another tab may have been faster; then there is nothing new.
        let is_new = Rc::new(Cell::new(false));
        let noted = is_new.clone();
        let change = move |kept: &str| {
            let text = write(kept);
            noted.set(text != kept);
            text
        };
        self.ports().store.change_setting(&name, Box::new(change)).await?;
        if is_new.get() {
            tell();
        }
        Ok(())
    }
}
