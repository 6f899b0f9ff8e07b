//! The program that runs a room's roads to other copies, with what it is lent: sockets, connections to other browsers, and
//! the clock.

mod peer;
mod socket;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};

use sync::roads::{Act, Ask, AtPeer, AtSocket, Event, IceServer, News, Plan, read_acts};
use wasm_bindgen::JsValue;

use crate::timers::{self, Timer};
use crate::{clock, program::Program, thrown};
use peer::Peer;
use socket::Socket;

/// The roads of a room. Dropping it ends them at once: sockets and connections are closed, and nothing more is told.
pub struct Roads(Rc<Driver>);

/// Fetches the program and lets it run the roads of `plan`. What they have to tell goes to `hear`, which may ask something
/// and may drop what is answered here.
pub fn open(plan: Plan, hear: impl Fn(News) + 'static) -> Roads {
    let driver = Rc::new(Driver {
        hear: Box::new(hear),
        ice: plan.places.ice.clone(),
        program: RefCell::default(),
        events: RefCell::new(VecDeque::from([Event::Start(plan)])),
        is_acting: Cell::new(false),
        is_over: Cell::new(false),
        sockets: RefCell::default(),
        peers: RefCell::default(),
        timer: RefCell::default(),
    });
    let waiting = Rc::downgrade(&driver);
    timers::spawn(async move {
        let program = Program::start("roads").await;
        let Some(driver) = waiting.upgrade() else { return };
        match program {
            Ok(program) => {
                *driver.program.borrow_mut() = Some(program);
                driver.go_on();
            }
            Err(error) => driver.fail(&error),
        }
    });
    Roads(driver)
}

impl Roads {
    /// Asks the roads something. What is asked before the program is there waits for it.
    pub fn ask(&self, ask: Ask) {
        self.0.tell(Event::Ask(ask));
    }
}

impl Drop for Roads {
    fn drop(&mut self) {
        self.0.end();
    }
}

struct Driver {
    hear: Box<dyn Fn(News)>,
    ice: Vec<IceServer>,
    program: RefCell<Option<Program>>,
    /// What happened and the program was not told yet.
    events: RefCell<VecDeque<Event>>,
    is_acting: Cell<bool>,
    is_over: Cell<bool>,
    sockets: RefCell<BTreeMap<u32, Socket>>,
    peers: RefCell<BTreeMap<String, Rc<Peer>>>,
    timer: RefCell<Option<Timer>>,
}

impl Driver {
    fn tell(self: &Rc<Self>, event: Event) {
        if !self.is_over.get() {
            self.events.borrow_mut().push_back(event);
            self.go_on();
        }
    }

    /// Tells the program what happened, and does what it answers. What happens meanwhile is told after that.
    fn go_on(self: &Rc<Self>) {
        if self.is_acting.get() || self.program.borrow().is_none() {
            return;
        }
        self.is_acting.set(true);
        while let Some(acts) = self.next_acts() {
            match acts {
                Ok(acts) => acts.into_iter().for_each(|act| self.act(act)),
                Err(error) => self.fail(&error),
            }
        }
        self.is_acting.set(false);
    }

    fn next_acts(&self) -> Option<Result<Vec<Act>, JsValue>> {
        let event = self.events.borrow_mut().pop_front()?;
        let program = self.program.borrow();
        let told: (&str, &[JsValue]) = ("told", &[(clock::now_ms() as f64).into()]);
        let acts = program.as_ref()?.ask(&event.write(), told, "acts");
        Some(acts.and_then(|acts| read_acts(&acts).map_err(|_cut| "its answer is cut".into())))
    }

    fn act(self: &Rc<Self>, act: Act) {
        if self.is_over.get() {
            return;
        }
        match act {
            Act::Dial { id, address } => self.dial(id, &address),
            Act::SendBinary { id, frame } => {
                if let Some(socket) = self.sockets.borrow().get(&id) {
                    socket.send(&frame);
                }
            }
            Act::SendText { id, text } => {
                if let Some(socket) = self.sockets.borrow().get(&id) {
                    socket.send_text(&text);
                }
            }
            Act::HangUp { id } => drop(self.take_socket(id)),
            Act::OpenPeer { name, initiator } => self.open_peer(name, initiator),
            Act::Signal { name, signal } => self.with_peer(&name, |peer| peer.signal(signal)),
            Act::Describe { name } => self.with_peer(&name, |peer| peer.describe()),
            Act::SendPeer { name, message } => self.with_peer(&name, |peer| peer.send(message)),
            Act::ClosePeer { name } => drop(self.take_peer(&name)),
            Act::News(news) => (self.hear)(news),
            Act::WakeAt(at) => self.wake_at(at),
        }
    }

    fn dial(self: &Rc<Self>, id: u32, address: &str) {
        let driver = Rc::downgrade(self);
        let socket = Socket::open(address, move |what| {
            let Some(driver) = driver.upgrade() else { return };
            if matches!(what, AtSocket::Closed { .. }) {
                drop(driver.take_socket(id));
            }
            driver.tell(Event::Socket { id, what });
        });
        match socket {
            Ok(socket) => drop(self.sockets.borrow_mut().insert(id, socket)),
            Err(error) => {
                let what = AtSocket::Closed { code: 1006, reason: thrown::words(&error) };
                self.tell(Event::Socket { id, what });
            }
        }
    }

    fn open_peer(self: &Rc<Self>, name: String, initiator: bool) {
        drop(self.take_peer(&name));
        let (driver, named) = (Rc::downgrade(self), name.clone());
        let say = move |peer: &Weak<Peer>, what| {
            let Some(driver) = driver.upgrade() else { return };
            // Another one may have this name by now.
            let is_ours = driver.peers.borrow().get(&named).is_some_and(|ours| ours.is(peer));
            if !is_ours {
                return;
            }
            if what == AtPeer::Closed {
                drop(driver.take_peer(&named));
            }
            driver.tell(Event::Peer { name: named.clone(), what });
        };
        match Peer::open(&self.ice, initiator, say) {
            Ok(peer) => {
                self.peers.borrow_mut().insert(name, peer.clone());
                peer.begin();
            }
            Err(_) => self.tell(Event::Peer { name, what: AtPeer::Closed }),
        }
    }

    /// Does something with a connection that is still there. It may say something at once.
    fn with_peer(&self, name: &str, act: impl FnOnce(&Rc<Peer>)) {
        let peer = self.peers.borrow().get(name).cloned();
        if let Some(peer) = peer {
            act(&peer);
        }
    }

    // What closes when it is dropped is dropped after the borrow is over, since it may come back here.

    fn take_socket(&self, id: u32) -> Option<Socket> {
        self.sockets.borrow_mut().remove(&id)
    }

    fn take_peer(&self, name: &str) -> Option<Rc<Peer>> {
        let peer = self.peers.borrow_mut().remove(name);
        if let Some(peer) = &peer {
            peer.close();
        }
        peer
    }

    fn wake_at(self: &Rc<Self>, at: Option<u64>) {
        let driver = Rc::downgrade(self);
        *self.timer.borrow_mut() = at.map(|at| {
            let wait = at.saturating_sub(clock::now_ms()).min(i32::MAX as u64);
            timers::after(wait as u32, move || {
                if let Some(driver) = driver.upgrade() {
                    driver.tell(Event::Time);
                }
            })
        });
    }

    /// The program did not arrive, or cannot go on.
    fn fail(&self, error: &JsValue) {
        if !self.is_over.get() {
            self.end();
            (self.hear)(News::NoProgram(thrown::words(error)));
        }
    }

    fn end(&self) {
        self.is_over.set(true);
        self.events.take();
        self.timer.take();
        drop(self.sockets.take());
        for peer in self.peers.take().into_values() {
            peer.close();
        }
    }
}
