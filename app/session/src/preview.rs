//! A room as a buyer has it, for its owner to look at and to try.
//!
//! It is what a link to comment would carry, taken in by a device that is made up for it: with a store in memory, no other tabs,
//! no roads and no hosts. What is done in it goes nowhere, and is gone with it.

use std::rc::Rc;

use exchange::bundle;
use model::{Answer, Ask, Later, MemoryStore, Right, RoomId, Transfer, Unanswered, Watch};
use sync::roads::{self, News, Plan, Standing};

use crate::{Journal, Lead, Ports, Problem, Roads, Rooms, TabLine, Tabs, Tasks, Terms, Way, gate::Passed};

/// The link of a preview opens nothing after this time, in milliseconds: none is to be made of it.
const OPENS_FOR_MS: u64 = 60_000;

impl Rooms {
    /// The rooms of a made-up device that has just opened a link to comment on a room, which nobody else ever has: the link is on no
    /// list, and nothing leaves these rooms.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, and where the room has no rights; and what the store says.
    pub async fn as_buyer(&self, id: RoomId) -> Result<Self, Problem> {
        let room = self.open(id).await?;
        let expires = Some(self.now() + OPENS_FOR_MS);
        let pass = room.pass_for_oneself(&Terms { expires, ..Terms::of(Right::Comment) })?;
        let sent = bundle::unpack(&self.leaving(&room, Some(pass), true, &Passed::for_oneself()).await?)?;
        let mut preview = Self::new(apart(&self.ports));
        preview.is_preview = true;
        preview.take(sent).await?;
        Ok(preview)
    }
}

/// The ports of a device that reaches nothing and keeps nothing.
fn apart(ports: &Ports) -> Ports {
    let nowhere = Rc::new(Nowhere(ports.tasks.clone()));
    Ports {
        store: Rc::new(MemoryStore::default()),
        tabs: nowhere.clone(),
        journal: nowhere.clone(),
        transfer: nowhere.clone(),
        roads: nowhere,
        ..ports.clone()
    }
}

/// No tabs, no journal, no hosts and no roads.
struct Nowhere(Rc<dyn Tasks>);

/// A line, a lead and a way in it.
struct Alone;

impl TabLine for Alone {
    fn post(&self, _message: &[u8]) {}
}

impl Lead for Alone {}

impl Way for Alone {
    fn ask(&self, _ask: roads::Ask) {}
}

impl Tabs for Nowhere {
    fn join(&self, _name: &str, _hear: Box<dyn Fn(Vec<u8>)>) -> Box<dyn TabLine> {
        Box::new(Alone)
    }

    fn lead(&self, _name: &str, begin: Box<dyn FnOnce()>) -> Box<dyn Lead> {
        self.0.spawn(Box::pin(async move { begin() }));
        Box::new(Alone)
    }
}

impl Journal for Nowhere {
    fn put(&self, _name: &str, _text: &str) {}

    fn take_all(&self, _prefix: &str) -> Vec<String> {
        Vec::new()
    }
}

impl Transfer for Nowhere {
    fn ask(&self, _ask: Ask, _watch: Watch) -> Later<Result<Answer, Unanswered>> {
        Box::pin(std::future::ready(Err(Unanswered::Refused)))
    }
}

impl Roads for Nowhere {
    fn open(&self, _plan: Plan, hear: Box<dyn Fn(News)>) -> Box<dyn Way> {
        // Who agreed to be live sees how it stands: nobody is reached.
        self.0.spawn(Box::pin(async move { hear(News::Standing(Standing::default())) }));
        Box::new(Alone)
    }
}
