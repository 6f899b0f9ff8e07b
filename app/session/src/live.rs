//! A room that is live: what it holds travels over the roads of its places, by the one tab of this browser that leads.
//!
//! The tab that leads tells the others how it stands and who is here; entries reach all of them as always. Bytes that others
//! brought are judged (`brought`) before they are kept and passed on.

mod brought;
mod others;
mod reach;
mod wants;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use model::{BlobHash, Right, StoredEntry};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{GetUntracked as _, Set as _},
};
use sync::{
    places::Places,
    presence::Presence,
    roads::{Ask, BadCode, Code, News, Plan, Standing},
    tabs::TabMessage,
};

use crate::{Lead, Problem, Room, Way, ports::Ports, room::set_if_new};

pub(crate) use brought::Brought;
pub(crate) use others::SAY_MS;
pub use reach::{Live, Reach};
pub use wants::Fetching;
use wants::Wants;

/// Where this device keeps the addresses that its person has allowed to be spoken with, one a line.
const AGREED: &str = "handsel/agreed-addresses";

/// Browsers that have not connected for so long are kept from it by something in between. In milliseconds.
const TRYING_MS: u64 = 20_000;

/// What an open room knows of its roads.
pub(crate) struct Line {
    pub(crate) client: u64,
    pub(crate) places: ArcRwSignal<Places>,
    pub(crate) live: ArcRwSignal<Live>,
    pub(crate) code: ArcRwSignal<Option<Result<Code, BadCode>>>,
    /// The open roads, in the tab that leads, or in one in which people exchange codes.
    way: RefCell<Option<Rc<dyn Way>>>,
    /// Whether these roads go to other browsers by codes alone.
    by_codes: Cell<bool>,
    /// How it stands without those.
    without_codes: RefCell<Live>,
    lead: RefCell<Option<Box<dyn Lead>>>,
    /// What others say of themselves, by their numbers, still sealed.
    sealed_others: RefCell<BTreeMap<u64, Vec<u8>>>,
    pub(crate) others: RefCell<BTreeMap<u64, Presence>>,
    pub(crate) brought: RefCell<Brought>,
    /// The blobs that the roads were given.
    given: RefCell<Vec<BlobHash>>,
    wants: RefCell<Wants>,
    fetching: ArcRwSignal<Fetching>,
    /// Since when browsers have been connecting to this one in vain.
    trying_since: Cell<Option<u64>>,
    /// What is said of this device is about to be said.
    saying: Cell<bool>,
}

impl Line {
    pub(crate) fn new(ports: &Ports, places: Places) -> Rc<Self> {
        Rc::new(Self {
            client: u64::from_be_bytes(ports.random()) >> 11,
            places: ArcRwSignal::new(places),
            live: ArcRwSignal::new(Live::default()),
            code: ArcRwSignal::new(None),
            way: RefCell::default(),
            by_codes: Cell::default(),
            without_codes: RefCell::default(),
            lead: RefCell::default(),
            sealed_others: RefCell::default(),
            others: RefCell::default(),
            brought: RefCell::default(),
            given: RefCell::default(),
            wants: RefCell::default(),
            fetching: ArcRwSignal::new(Fetching::default()),
            trying_since: Cell::default(),
            saying: Cell::default(),
        })
    }

    /// Asks something of the roads, where this tab leads.
    pub(crate) fn ask(&self, ask: Ask) {
        // Asking may be answered at once, and the answer may end the roads.
        let way = self.way.borrow().clone();
        if let Some(way) = way {
            way.ask(ask);
        }
    }

    fn is_open(&self) -> bool {
        self.way.borrow().is_some()
    }

    /// Whether this tab holds the roads for all tabs.
    fn leads(&self) -> bool {
        self.is_open() && !self.by_codes.get()
    }

    /// Gives the roads an entry that counts here.
    pub(crate) fn put(&self, entry: &StoredEntry) {
        if self.is_open() {
            self.ask(Ask::Put(vec![(entry.hash, entry.sealed.clone())]));
        }
    }

    /// Whether browsers have been connecting for long, in vain.
    fn is_blocked(&self, standing: &Standing, now: u64) -> bool {
        let since = match self.trying_since.get() {
            _ if standing.peers > 0 => None,
            None if standing.trying > 0 => Some(now),
            since => since,
        };
        self.trying_since.set(since);
        since.is_some_and(|since| now >= since + TRYING_MS)
    }

    /// Leaves the roads, and the lead.
    fn leave(&self) {
        let (way, lead) = (self.way.take(), self.lead.take());
        drop((way, lead));
        self.given.borrow_mut().clear();
    }
}

impl Room {
    /// Where the room's other copies are to be found, as it changes.
    pub fn places(&self) -> ArcRwSignal<Places> {
        self.line().places.clone()
    }

    /// How it stands with the other copies, as it changes.
    pub fn live(&self) -> ArcRwSignal<Live> {
        self.line().live.clone()
    }

    /// The code that was made last for somebody to pass on, or why one that was passed on is of no use.
    pub fn code(&self) -> ArcRwSignal<Option<Result<Code, BadCode>>> {
        self.line().code.clone()
    }

    /// Says where the room's copies meet from now on. Whoever says so agrees to it.
    ///
    /// # Errors
    /// [`Problem::NoRight`] where this device does not own the room.
    pub async fn set_places(&self, places: Places) -> Result<(), Problem> {
        self.may(Right::Own)?;
        self.agree_to(&places).await?;
        self.documents_mut().offer.set_places(&places.write())?;
        self.settle();
        self.follow_places(places);
        Ok(())
    }

    /// Agrees that this browser speaks with the room's servers.
    pub async fn agree(&self) -> Result<(), Problem> {
        let places = self.line().places.get_untracked();
        self.agree_to(&places).await?;
        self.tell_tabs(&TabMessage::Agreed);
        self.begin_live();
        Ok(())
    }

    async fn agree_to(&self, places: &Places) -> Result<(), Problem> {
        let mut agreed = self.ports().store.setting(AGREED).await?.unwrap_or_default();
        for address in places.addresses() {
            if !agreed.lines().any(|line| line == address) {
                agreed.push_str(address);
                agreed.push('\n');
            }
        }
        Ok(self.ports().store.put_setting(AGREED, &agreed).await?)
    }

    /// The offer may name other places.
    pub(crate) fn follow_offered_places(&self) {
        if let Some(front) = self.front() {
            // The copies of a workspace meet where those of its room do.
            return self.follow_places(front.line().places.get_untracked());
        }
        let bytes = self.documents().offer.places();
        // What cannot be read is from a later version, or from somebody's own program: then the places stay as they were.
        if let Ok(places) = if bytes.is_empty() { Ok(Places::default()) } else { Places::read(&bytes) } {
            self.follow_places(places);
        }
    }

    fn follow_places(&self, places: Places) {
        if self.line().places.get_untracked() != places {
            self.line().places.set(places.clone());
            self.begin_live();
            if let Some(workspace) = self.workspace() {
                workspace.follow_places(places);
            }
        }
    }

    /// Meets the other copies from now on, if the room has places and this person has agreed to them. Call once somebody
    /// looks at the room.
    pub(crate) fn begin_live(&self) {
        if let Some(workspace) = self.workspace() {
            workspace.begin_live();
        }
        let line = self.line();
        line.leave();
        self.hear_others(&[]);
        let places = line.places.get_untracked();
        if places.is_empty() || !self.is_looked_at() {
            self.show_live(Live::default());
            return;
        }
        let room = self.downgrade();
        let asked = self.ports().store.setting(AGREED);
        self.ports().tasks.spawn(Box::pin(async move {
            // Where the settings cannot be read, nobody has agreed.
            let agreed = asked.await.ok().flatten().unwrap_or_default();
            let Some(room) = room.upgrade() else { return };
            if room.line().places.get_untracked() != places {
                return;
            }
            if places.addresses().iter().all(|address| agreed.lines().any(|line| line == *address)) {
                room.stand_in_line();
            } else {
                room.show_live(Live { reach: Reach::Asks, ..Live::default() });
            }
        }));
    }

    fn stand_in_line(&self) {
        let room = self.downgrade();
        let begin = move || {
            if let Some(room) = room.upgrade() {
                room.show_live(Live { reach: Reach::Connecting, ..Live::default() });
                let places = room.line().places.get_untracked();
                room.open_roads(places, false);
            }
        };
        let lead = self.ports().tabs.lead(&format!("handsel/lead/{}", self.id()), Box::new(begin));
        *self.line().lead.borrow_mut() = Some(lead);
    }

    /// Opens the roads to these places: as the tab that leads, or by codes alone.
    fn open_roads(&self, places: Places, by_codes: bool) {
        let line = self.line();
        line.by_codes.set(by_codes);
        let weak = self.downgrade();
        let hear = move |news| {
            if let Some(room) = weak.upgrade() {
                room.hear_news(news);
            }
        };
        let way = self.ports().roads.open(self.roads_plan(places), Box::new(hear));
        *line.way.borrow_mut() = Some(way.into());
        self.say_presence();
        let room = self.clone();
        self.ports().tasks.spawn(Box::pin(async move {
            // What the store does not give now stays here; it gives it when the room is opened again.
            let _ = room.give_all().await;
            let _ = room.give_needed_blobs().await;
        }));
    }

    fn roads_plan(&self, places: Places) -> Plan {
        let content = self.keys().content;
        Plan {
            name: sync::roads::name(self.id(), &content),
            key: sync::roads::key(self.id(), &content),
            client: self.line().client,
            seed: self.ports().random(),
            places,
        }
    }

    /// Gives the roads everything that counts.
    async fn give_all(&self) -> Result<(), Problem> {
        let stored = self.ports().store.entries(self.id()).await?;
        let documents = self.documents();
        let good = stored.into_iter().filter(|entry| documents.counts(&entry.hash));
        let good: Vec<_> = good.map(|entry| (entry.hash, entry.sealed)).collect();
        drop(documents);
        self.line().ask(Ask::Put(good));
        Ok(())
    }

    /// Gives the roads the blobs that the room refers to. What is there besides does not travel.
    async fn give_needed_blobs(&self) -> Result<(), Problem> {
        let (all, needed) = (self.ports().store.blobs(self.id()).await?, self.needed_blobs()?);
        self.give_blobs(all.into_iter().filter(|hash| needed.contains(hash)).collect()).await
    }

    /// Gives the roads these blobs, which came since, and which something is about to refer to.
    pub(crate) fn give_new_blobs(&self, hashes: Vec<BlobHash>) {
        if self.line().is_open() {
            let room = self.clone();
            // What cannot be given now is given when the room is opened again.
            self.ports().tasks.spawn(Box::pin(async move { drop(room.give_blobs(hashes).await) }));
        }
    }

    /// What large files consist of does not go to all: who wants it asks for it.
    async fn give_blobs(&self, hashes: Vec<BlobHash>) -> Result<(), Problem> {
        let staying = self.staying_blobs();
        for hash in hashes {
            if staying.contains(&hash) || self.line().given.borrow().contains(&hash) {
                continue;
            }
            if let Some(sealed) = self.ports().store.blob(self.id(), hash).await? {
                self.note_given(hash, sealed);
            }
        }
        Ok(())
    }

    fn hear_news(&self, news: News) {
        match news {
            News::Brought(entries) => self.bring(entries),
            News::Blob(hash, sealed) => self.bring_blob(hash, sealed),
            News::Wanted(by, hash) => self.lend(by, hash),
            News::Lacks(hash) => self.is_lacking(hash),
            News::Gone(_) => {
                let room = self.clone();
                // Putting what is still there changes nothing.
                self.ports().tasks.spawn(Box::pin(async move { drop(room.give_all().await) }));
            }
            News::People(people) => self.hear_others(&people),
            News::Standing(standing) => {
                let is_blocked = self.line().is_blocked(&standing, (self.ports().now)());
                self.show_standing(Live::of(&standing, is_blocked));
            }
            News::Code(code) => self.line().code.set(Some(Ok(code))),
            News::BadCode(why) => self.line().code.set(Some(Err(why))),
            News::NoProgram(why) => {
                self.show_live(Live { reach: Reach::NoProgram(why), ..Live::default() });
            }
        }
    }

    /// Shows how it stands with the roads of this tab.
    fn show_standing(&self, live: Live) {
        if self.line().leads() {
            self.tell_tabs(&TabMessage::Live(live.write()));
            self.show_live(live);
        } else if live.reach == Reach::Off {
            // Nobody has come by a code, so it stands as it does without.
            let without = self.line().without_codes.borrow().clone();
            set_if_new(&self.line().live, without);
        } else {
            set_if_new(&self.line().live, live);
        }
    }

    /// Shows how it stands, apart from browsers that came by codes.
    fn show_live(&self, live: Live) {
        if live.reach == Reach::InStep && live.unsent == 0 {
            self.note_sent_later();
        }
        self.line().without_codes.borrow_mut().clone_from(&live);
        set_if_new(&self.line().live, live);
    }

    /// The tab that leads has told how it stands.
    pub(crate) fn hear_live(&self, words: &[u8]) {
        if !self.line().leads()
            && let Ok(live) = Live::read(words)
        {
            self.show_live(live);
        }
    }

    /// Makes a code by which one other browser reaches this one without a server. It comes by [`Room::code`].
    pub fn invite(&self) {
        self.ask_for_code(Ask::Invite);
    }

    /// Takes a code that somebody passed on. What it leads to comes by [`Room::code`] and [`Room::live`].
    pub fn meet(&self, code: &str) {
        self.ask_for_code(Ask::Meet(code.to_owned()));
    }

    fn ask_for_code(&self, ask: Ask) {
        self.line().code.set(None);
        if !self.line().is_open() {
            // A code is between two people: it is no reason to speak with the servers that the room names.
            self.open_roads(Places::default(), true);
        }
        self.line().ask(ask);
    }

    /// Call when the network may be back, or the page is seen again.
    pub fn wake(&self) {
        self.line().ask(Ask::Wake);
    }
}
