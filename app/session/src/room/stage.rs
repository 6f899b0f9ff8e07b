//! Presentations of the room: an owner walks the others through it, they follow or look around, and the owner sees who does.
//!
//! What this tab does is a [`Stage`], which goes with the device's presence ([`sync::presence`]); other tabs of the device hear it as
//! they hear carets, so that the one that leads says it. It stays with the tab while no road leads anywhere: who comes back into
//! reach goes on where they were.

mod attended;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use insight::record::Device;
use model::{Author, Right};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{GetUntracked as _, Set as _},
};
use sync::{
    presence::Presence,
    stage::{Attending, Showing, Spot, Stage},
    tabs::TabMessage,
};

use super::{Room, set_if_new};
use crate::{Problem, live::SAY_MS};
use attended::Counting;

/// A presentation that somebody on another device gives now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
    /// Whose device it is.
    pub author: Author,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// Where they are.
    pub showing: Showing,
}

/// Somebody who attends this device's presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Whose device it is.
    pub author: Author,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// Whether they see what is shown to them; not while they look around.
    pub follows: bool,
    /// Whether their page is out of sight.
    pub hidden: bool,
    /// When they raised a hand, by their device's clock, milliseconds since 1970; none where it is down.
    pub hand: Option<u64>,
}

/// What an open room knows of presentations.
pub(super) struct Stages {
    /// What this tab does.
    own: ArcRwSignal<Option<Stage>>,
    /// What the other tabs of this device do.
    tabs: RefCell<BTreeMap<u64, Stage>>,
    presentations: ArcRwSignal<Vec<Presentation>>,
    attendees: ArcRwSignal<Vec<Attendee>>,
    /// What this tab does is about to be told.
    telling: Cell<bool>,
    /// What of a presentation was attended here and is not noted yet.
    counting: RefCell<Option<Counting>>,
    /// It is noted after a while.
    is_ticking: Cell<bool>,
}

impl Stages {
    pub(super) fn new() -> Self {
        Self {
            own: ArcRwSignal::new(None),
            tabs: RefCell::default(),
            presentations: ArcRwSignal::new(Vec::new()),
            attendees: ArcRwSignal::new(Vec::new()),
            telling: Cell::default(),
            counting: RefCell::default(),
            is_ticking: Cell::default(),
        }
    }
}

impl Room {
    /// What this tab does in presentations, as it changes.
    pub fn stage(&self) -> ArcRwSignal<Option<Stage>> {
        self.0.stages.own.clone()
    }

    /// The presentations that owners give on other devices, as they change: the one that began first stands first, and is the one to
    /// follow where nobody chooses.
    pub fn presentations(&self) -> ArcRwSignal<Vec<Presentation>> {
        self.0.stages.presentations.clone()
    }

    /// Who attends this device's presentation, as it changes: raised hands first, in the order in which they were raised, then by
    /// name.
    pub fn attendees(&self) -> ArcRwSignal<Vec<Attendee>> {
        self.0.stages.attendees.clone()
    }

    /// Begins to present in this tab, from `spot`; whoever attends a presentation no longer does. In a tab that presents it is
    /// [`Room::show`].
    ///
    /// # Errors
    /// [`Problem::NoRight`] where this device does not own the room.
    pub fn present(&self, spot: Spot) -> Result<(), Problem> {
        if self.right() != Some(Right::Own) {
            return Err(Problem::NoRight);
        }
        if matches!(self.own_stage(), Some(Stage::Showing(_))) {
            self.show(spot);
        } else if let Some(spot) = spot.checked() {
            self.stop_attending();
            self.change_stage(Some(Stage::Showing(Showing { spot, since: self.now() })));
        }
        Ok(())
    }

    /// The presenter is there now. Call it as often as anything moves: it is told with presence, every 60 ms. Nothing in a tab that does
    /// not present, and for a part whose name is none.
    pub fn show(&self, spot: Spot) {
        if let (Some(Stage::Showing(Showing { since, .. })), Some(spot)) = (self.own_stage(), spot.checked())
        {
            self.change_stage(Some(Stage::Showing(Showing { spot, since })));
        }
    }

    /// Presents no longer: nobody who attended does from then on.
    pub fn stop_presenting(&self) {
        if matches!(self.own_stage(), Some(Stage::Showing(_))) {
            self.change_stage(None);
        }
    }

    /// Follows this author's presentation from now on, on a device of this kind. Nothing where they do not present, or where this tab
    /// attends it already.
    pub fn attend(&self, of: &Author, on: Device) {
        let presents = self.0.stages.presentations.get_untracked().iter().any(|it| it.author == *of);
        if !presents || self.attending().is_some_and(|attending| attending.of == *of) {
            return;
        }
        // What was attended so far is another's, or was in no presentation.
        self.stop_attending();
        self.stop_presenting();
        self.begin_to_count(on);
        let attending = Attending { of: *of, follows: true, hidden: false, hand: None };
        self.change_stage(Some(Stage::Attending(attending)));
    }

    /// Looks around by oneself, and goes on attending.
    pub fn look_around(&self) {
        self.change_attending(|attending| attending.follows = false);
    }

    /// Follows the presentation again after having looked around.
    pub fn follow_again(&self) {
        self.change_attending(|attending| attending.follows = true);
    }

    /// Raises a hand, or takes it down. Raising one that is up changes nothing, so nobody loses their turn.
    pub fn raise_hand(&self, up: bool) {
        let now = self.now();
        self.change_attending(|attending| attending.hand = up.then(|| attending.hand.unwrap_or(now)));
    }

    /// Says whether this page is out of sight, where it attends.
    pub fn set_hidden(&self, hidden: bool) {
        self.change_attending(|attending| attending.hidden = hidden);
        if hidden {
            self.note_attended(true);
        }
    }

    /// Attends no longer.
    pub fn stop_attending(&self) {
        if self.attending().is_some() {
            self.note_attended(false);
            *self.0.stages.counting.borrow_mut() = None;
            self.change_stage(None);
        }
    }

    fn own_stage(&self) -> Option<Stage> {
        self.0.stages.own.get_untracked()
    }

    fn attending(&self) -> Option<Attending> {
        match self.own_stage() {
            Some(Stage::Attending(attending)) => Some(attending),
            _ => None,
        }
    }

    fn change_attending(&self, change: impl FnOnce(&mut Attending)) {
        if let Some(mut attending) = self.attending() {
            change(&mut attending);
            self.change_stage(Some(Stage::Attending(attending)));
        }
    }

    fn change_stage(&self, stage: Option<Stage>) {
        if self.own_stage() == stage {
            return;
        }
        // By what held until now.
        self.count_attended();
        self.0.stages.own.set(stage);
        self.tell_stage_soon();
    }

    /// Has the other tabs and devices know what this tab does, soon: pointers move without pause.
    fn tell_stage_soon(&self) {
        if self.0.stages.telling.replace(true) {
            return;
        }
        let room = self.downgrade();
        let tell = move || {
            let Some(room) = room.upgrade() else { return };
            room.0.stages.telling.set(false);
            room.post_stage();
            room.say_presence_now();
        };
        self.ports().tasks.after(SAY_MS, Box::new(tell));
    }

    fn post_stage(&self) {
        self.tell_tabs(&TabMessage::Stage { tab: self.0.tab, stage: self.own_stage() });
    }

    /// Another tab has come, and is to know what this one does.
    pub(super) fn post_stage_to_newcomer(&self) {
        if self.own_stage().is_some() {
            self.post_stage();
        }
    }

    /// Another tab of this device does this now, or has gone.
    pub(super) fn hear_stage(&self, tab: u64, stage: Option<Stage>) {
        let before = match stage.clone() {
            Some(stage) => self.0.stages.tabs.borrow_mut().insert(tab, stage),
            None => self.0.stages.tabs.borrow_mut().remove(&tab),
        };
        if before != stage {
            // The other tab has waited already.
            self.say_presence_now();
        }
    }

    /// What this device does: its tab that began to present last, else the one that attends with most attention.
    pub(crate) fn stage_of_device(&self) -> Option<Stage> {
        let tabs = self.0.stages.tabs.borrow();
        let all = self.own_stage().into_iter().chain(tabs.values().cloned());
        all.min_by_key(|stage| match stage {
            Stage::Showing(showing) => (false, false, false, std::cmp::Reverse(showing.since)),
            Stage::Attending(it) => (true, it.hidden, !it.follows, std::cmp::Reverse(it.hand.unwrap_or(0))),
        })
    }

    /// Nobody looks at the room in this tab any more.
    pub(super) fn leave_stage(&self) {
        self.stop_attending();
        self.stop_presenting();
    }

    /// Brings up to date who presents and who attends, by what the other devices say.
    pub(crate) fn follow_stages(&self) {
        self.count_attended();
        let (presentations, attendees) = {
            let others = self.line().others.borrow();
            (self.presentations_of(others.values()), self.attendees_of(others.values()))
        };
        let is_over = self.attending().is_some_and(|Attending { of, .. }| {
            let presents = presentations.iter().any(|it| it.author == of);
            // Whoever is out of reach may come back; whoever is here and shows nothing has stopped.
            !presents && self.line().others.borrow().values().any(|it| it.author == of)
        });
        set_if_new(&self.0.stages.presentations, presentations);
        set_if_new(&self.0.stages.attendees, attendees);
        if is_over {
            self.stop_attending();
        }
    }

    /// Whatever anybody says of presenting counts only where they own the room.
    fn presentations_of<'p>(&self, others: impl Iterator<Item = &'p Presence>) -> Vec<Presentation> {
        let own = self.author();
        let mut all: Vec<Presentation> = Vec::new();
        for presence in others {
            let Some(Stage::Showing(showing)) = &presence.stage else { continue };
            let author = presence.author;
            if author == own || self.documents().right(&author) != Some(Right::Own) {
                continue;
            }
            let one = Presentation { author, name: self.name_of(presence), showing: showing.clone() };
            // A device that was out of reach may be there twice for a while. What it began last is what it does.
            match all.iter_mut().find(|it| it.author == author) {
                Some(known) if known.showing.since < one.showing.since => *known = one,
                Some(_) => {}
                None => all.push(one),
            }
        }
        stdx::sort_by_key(&mut all, |it| (it.showing.since, it.author));
        all
    }

    fn attendees_of<'p>(&self, others: impl Iterator<Item = &'p Presence>) -> Vec<Attendee> {
        let own = self.author();
        let mut all: Vec<Attendee> = Vec::new();
        for presence in others {
            let Some(Stage::Attending(it)) = &presence.stage else { continue };
            let author = presence.author;
            if it.of != own || author == own || all.iter().any(|known| known.author == author) {
                continue;
            }
            let name = self.name_of(presence);
            all.push(Attendee { author, name, follows: it.follows, hidden: it.hidden, hand: it.hand });
        }
        stdx::sort_by(&mut all, |one, other| {
            let place = |it: &Attendee| (it.hand.is_none(), it.hand);
            (place(one), &one.name, one.author).cmp(&(place(other), &other.name, other.author))
        });
        all
    }
}
