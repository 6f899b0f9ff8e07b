//! The browser's edges in the shapes that the session asks for.

use std::rc::Rc;

use browser::{
    cipher::WebCipher, clock, entropy::WebEntropy, journal, lead, reader, roads, tabs, timers,
    transfer::WebTransfer,
};
use model::{Later, RoomStore};
use session::{Journal, Lead, Ports, Reader, Roads, TabLine, Tabs, Tasks, Way};
use sync::roads::{Ask, News, Plan};

struct PageTasks;

impl Tasks for PageTasks {
    fn spawn(&self, task: Later<()>) {
        timers::spawn(task);
    }

    fn after(&self, ms: u32, f: Box<dyn FnOnce()>) {
        timers::spawn(async move {
            timers::sleep(ms).await;
            f();
        });
    }
}

struct PageTabs;

struct PageLine(tabs::Tabs);

struct PageLead(#[expect(dead_code, reason = "it is held, and dropped to hand the lead on")] lead::Lead);

impl Lead for PageLead {}

struct PageRoads;

struct PageWay(roads::Roads);

impl Way for PageWay {
    fn ask(&self, ask: Ask) {
        self.0.ask(ask);
    }
}

impl Roads for PageRoads {
    fn open(&self, plan: Plan, hear: Box<dyn Fn(News)>) -> Box<dyn Way> {
        Box::new(PageWay(roads::open(plan, hear)))
    }
}

impl TabLine for PageLine {
    fn post(&self, message: &[u8]) {
        self.0.post(message);
    }
}

impl Tabs for PageTabs {
    fn join(&self, name: &str, hear: Box<dyn Fn(Vec<u8>)>) -> Box<dyn TabLine> {
        Box::new(PageLine(tabs::Tabs::open(name, hear)))
    }

    fn lead(&self, name: &str, begin: Box<dyn FnOnce()>) -> Box<dyn Lead> {
        Box::new(PageLead(lead::lead(name, begin)))
    }
}

struct PageJournal;

impl Journal for PageJournal {
    fn put(&self, name: &str, text: &str) {
        journal::put(name, text);
    }

    fn take_all(&self, prefix: &str) -> Vec<String> {
        journal::take_all(prefix)
    }
}

struct PageReader;

impl Reader for PageReader {
    fn ask(&self, question: Vec<u8>) -> Later<Result<Vec<u8>, String>> {
        Box::pin(async move { reader::ask(&question).await })
    }
}

/// Everything the session asks of the world, over this store.
pub(crate) fn ports(store: Rc<dyn RoomStore>) -> Ports {
    Ports {
        store,
        cipher: Rc::new(WebCipher),
        entropy: Rc::new(WebEntropy),
        now: Rc::new(clock::now_ms),
        tasks: Rc::new(PageTasks),
        tabs: Rc::new(PageTabs),
        journal: Rc::new(PageJournal),
        reader: Rc::new(PageReader),
        transfer: Rc::new(WebTransfer),
        roads: Rc::new(PageRoads),
    }
}
