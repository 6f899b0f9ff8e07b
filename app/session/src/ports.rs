//! The world as the session sees it. The program hands in the browser's; tests hand in their own.

use std::rc::Rc;

use model::{Cipher, Entropy, Later, RoomStore, Transfer};
use sync::roads::{Ask, News, Plan};

/// Lets work go on later, on this thread.
pub trait Tasks {
    /// Runs a task to its end.
    fn spawn(&self, task: Later<()>);
    /// Calls `f` in `ms` milliseconds.
    fn after(&self, ms: u32, f: Box<dyn FnOnce()>);
}

/// A line on which tabs of this browser hear each other. Dropping it leaves.
pub trait TabLine {
    /// Sends to all others on the line.
    fn post(&self, message: &[u8]);
}

/// Joins lines between tabs.
pub trait Tabs {
    /// Joins the line called `name`; `hear` is called with what others post.
    fn join(&self, name: &str, hear: Box<dyn Fn(Vec<u8>)>) -> Box<dyn TabLine>;

    /// Stands in line to lead in what is called `name`; `begin` is called once this tab does. One tab at a time leads. Where
    /// the browser cannot say who does, every tab leads.
    fn lead(&self, name: &str, begin: Box<dyn FnOnce()>) -> Box<dyn Lead>;
}

/// A place that takes a few words at the very last moment, when a tab is closed and no durable write can be waited for.
pub trait Journal {
    /// Keeps `text` under `name`, replacing what was there; nothing when `text` is empty.
    fn put(&self, name: &str, text: &str);
    /// Takes out everything kept under names that begin with `prefix`.
    fn take_all(&self, prefix: &str) -> Vec<String>;
}

/// Reads texts from elsewhere. In the browser that is a program of its own, which may not arrive.
pub trait Reader {
    /// Answers an [`exchange::parcel::question`], or says why there is no answer.
    fn ask(&self, question: Vec<u8>) -> Later<Result<Vec<u8>, String>>;
}

/// The open roads of a room. Dropping them leaves at once.
pub trait Way {
    /// Asks something of them. What is asked before they are open waits.
    fn ask(&self, ask: Ask);
}

/// Opens the roads to other copies of a room. In the browser that is a program of its own, with sockets and connections that
/// the page lends it.
pub trait Roads {
    /// Opens roads by a plan; `hear` is called with what they have to tell.
    fn open(&self, plan: Plan, hear: Box<dyn Fn(News)>) -> Box<dyn Way>;
}

/// The lead in something that one tab does for all. Dropping it hands the lead on.
pub trait Lead {}

/// Everything that the session asks of the world.
#[derive(Clone)]
pub struct Ports {
    /// Durable storage, or memory where there is none.
    pub store: Rc<dyn RoomStore>,
    /// Seals links and room files.
    pub cipher: Rc<dyn Cipher>,
    /// Unguessable bytes.
    pub entropy: Rc<dyn Entropy>,
    /// Milliseconds since 1970.
    pub now: Rc<dyn Fn() -> u64>,
    /// Later work.
    pub tasks: Rc<dyn Tasks>,
    /// Other tabs.
    pub tabs: Rc<dyn Tabs>,
    /// Last words of a closing tab.
    pub journal: Rc<dyn Journal>,
    /// Reads texts from elsewhere.
    pub reader: Rc<dyn Reader>,
    /// Files at addresses.
    pub transfer: Rc<dyn Transfer>,
    /// Reaches other copies of a room.
    pub roads: Rc<dyn Roads>,
}

impl Ports {
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}
