//! Who is in the room on other devices, and what this one says of itself.

use std::collections::BTreeMap;

use model::Author;
use reactive_graph::traits::GetUntracked as _;
use stdx::Gather as _;
use stdx::base64;
use sync::{presence::Presence, roads::Ask, tabs::TabMessage};

use crate::{Problem, Room, Rooms};

/// What changes of this device within so many milliseconds is said together.
pub(crate) const SAY_MS: u32 = 60;
/// Where this device keeps what its person calls themselves.
const NAME: &str = "handsel/name";

impl Rooms {
    /// What this device's person calls themselves; empty when they have not said.
    pub async fn my_name(&self) -> String {
        self.ports.store.setting(NAME).await.ok().flatten().unwrap_or_default()
    }

    /// Keeps what this device's person calls themselves. Others who are in a room with them see it.
    pub async fn set_my_name(&self, name: &str) -> Result<(), Problem> {
        let name: String = name.trim().chars().take(sync::presence::NAME_MAX).collect();
        Ok(self.ports.store.put_setting(NAME, &name).await?)
    }
}

impl Room {
    /// What somebody is called: by themselves, or else by the link that they were given. Empty where nobody has said.
    pub(crate) fn name_of(&self, presence: &Presence) -> String {
        if !presence.name.is_empty() {
            return presence.name.clone();
        }
        self.link_name(&presence.author)
    }

    /// For whom the link is by which an author joined; empty where nobody has said.
    pub fn link_name(&self, author: &Author) -> String {
        let documents = self.documents();
        documents.judge().and_then(|judge| judge.roll().name_of(author)).unwrap_or_default().to_owned()
    }

    /// Says to the other devices who is here, soon: carets move with each key.
    pub(crate) fn say_presence(&self) {
        if !self.line().is_open() || self.line().saying.replace(true) {
            return;
        }
        let room = self.downgrade();
        let say = move || {
            let Some(room) = room.upgrade() else { return };
            room.line().saying.set(false);
            room.say_presence_now();
        };
        self.ports().tasks.after(SAY_MS, Box::new(say));
    }

    /// Says it to the other devices at once, where this tab has the roads. Whoever calls has waited, or what they say is rare.
    pub(crate) fn say_presence_now(&self) {
        if !self.line().is_open() || self.line().saying.get() {
            return;
        }
        let name = self.ports().store.setting(NAME);
        let room = self.clone();
        self.ports().tasks.spawn(Box::pin(async move {
            let name = name.await.ok().flatten().unwrap_or_default();
            room.line().ask(Ask::Say(Some(room.sealed_presence(name))));
        }));
    }

    fn sealed_presence(&self, name: String) -> String {
        let (tabs, stage) = (self.carets_of_device(), self.stage_of_device());
        let presence = Presence { author: self.author(), name, tabs, stage };
        let (keys, nonce) = (self.keys(), self.ports().random());
        let newest = (keys.epoch(), keys.newest());
        let sealed = presence.seal(&self.writer().pen, self.id(), self.line().client, newest, nonce);
        format!("\"{}\"", base64::to_url(&sealed))
    }

    /// The roads tell who is there.
    pub(super) fn hear_others(&self, people: &[(u64, String)]) {
        let own = self.line().client;
        let others = people.iter().filter(|(client, _)| *client != own).filter_map(|(client, json)| {
            let sealed = base64::from_url(json.strip_prefix('"')?.strip_suffix('"')?)?;
            Some((*client, sealed))
        });
        let others: BTreeMap<u64, Vec<u8>> = others.gather();
        let before = self.line().sealed_others.replace(others);
        self.tell_others();
        self.open_new_others(&before);
    }

    /// Tells the tabs that do not lead who is there.
    pub(crate) fn tell_others(&self) {
        if self.line().leads() {
            let others = self.line().sealed_others.borrow();
            let others = others.iter().map(|(client, sealed)| (*client, sealed.clone())).collect();
            self.tell_tabs(&TabMessage::Others(others));
            self.tell_tabs(&TabMessage::Live(self.line().live.get_untracked().write()));
        }
    }

    /// The tab that leads has told who is there.
    pub(crate) fn hear_told_others(&self, others: Vec<(u64, Vec<u8>)>) {
        if !self.line().is_open() {
            let before = self.line().sealed_others.replace(others.into_iter().gather());
            self.open_new_others(&before);
        }
    }

    /// Reads what the others say with the keys that are here now.
    pub(crate) fn open_others(&self) {
        self.open_new_others(&BTreeMap::new());
    }

    /// Reads what the others say anew, but for what is as it was `before`: a presenter's pointer moves without pause, and the others
    /// are many.
    fn open_new_others(&self, before: &BTreeMap<u64, Vec<u8>>) {
        let opened: BTreeMap<u64, Presence> = {
            let keys = self.keys();
            let (sealed, known) = (self.line().sealed_others.borrow(), self.line().others.borrow());
            let open = |(client, sealed): (&u64, &Vec<u8>)| {
                if let Some(known) = known.get(client).filter(|_| before.get(client) == Some(sealed)) {
                    return Some((*client, known.clone()));
                }
                let said = Presence::open(sealed, self.id(), *client, |epoch| keys.of_epoch(epoch).copied());
                Some((*client, said.ok()?))
            };
            sealed.iter().filter_map(open).collect()
        };
        // Whoever's right has ended is not shown, nor is whoever never had one.
        let is_in = |presence: &Presence| self.documents().right(&presence.author).is_some();
        let opened: BTreeMap<u64, Presence> = opened.into_iter().filter(|(_, it)| is_in(it)).gather();
        if *self.line().others.borrow() != opened {
            self.is_seen(!opened.is_empty());
            let before = self.line().others.replace(opened);
            let has_moved = self.have_moved(&before);
            // Whoever has come is to see the caret here, which was nobody's business until now.
            if self.line().others.borrow().keys().any(|client| !before.contains_key(client)) {
                self.say_presence();
            }
            if has_moved {
                self.tell_people();
            }
        }
        self.follow_stages();
    }

    /// Whether others have come, left, moved their carets or changed their names since they were as `before`; what they do in
    /// presentations apart.
    fn have_moved(&self, before: &BTreeMap<u64, Presence>) -> bool {
        let others = self.line().others.borrow();
        let is_same = |client: &u64, it: &Presence| {
            let was = before.get(client);
            was.is_some_and(|was| was.author == it.author && was.name == it.name && was.tabs == it.tabs)
        };
        others.len() != before.len() || !others.iter().all(|(client, it)| is_same(client, it))
    }
}
