//! A world in memory: devices with a store each, tabs that hear each other, time that passes when told to.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use model::{Cipher, CipherError, Entropy, Later, MemoryStore, RoomStore};

use crate::{Journal, Ports, Reader, Rooms, TabLine, Tabs, Tasks};

/// When, and what is called then.
type Timer = (u64, Box<dyn FnOnce()>);
type Task = Pin<Box<dyn Future<Output = ()>>>;
type Hearers = RefCell<BTreeMap<u64, (String, Rc<dyn Fn(Vec<u8>)>)>>;

struct NativeCipher;

impl Cipher for NativeCipher {
    fn seal(
        &self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        plain: Vec<u8>,
    ) -> Later<Result<Vec<u8>, CipherError>> {
        let sealed = Aes256Gcm::new(key.into()).encrypt(&Nonce::from(*nonce), Payload { msg: &plain, aad });
        Box::pin(std::future::ready(sealed.or(Err(CipherError::Wrong))))
    }

    fn open(
        &self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        sealed: Vec<u8>,
    ) -> Later<Result<Vec<u8>, CipherError>> {
        let plain = Aes256Gcm::new(key.into()).decrypt(&Nonce::from(*nonce), Payload { msg: &sealed, aad });
        Box::pin(std::future::ready(plain.or(Err(CipherError::Wrong))))
    }
}

struct NativeReader;

impl Reader for NativeReader {
    fn ask(&self, question: Vec<u8>) -> Later<Result<Vec<u8>, String>> {
        Box::pin(std::future::ready(Ok(exchange::parcel::answer(&question))))
    }
}

struct SeededEntropy(RefCell<fastrand::Rng>);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.borrow_mut().fill(bytes);
    }
}

/// Everything that devices share in a test: time, and tasks waiting for it.
#[derive(Clone, Default)]
pub(super) struct World(Rc<Shared>);

#[derive(Default)]
struct Shared {
    now: Cell<u64>,
    ready: RefCell<VecDeque<Task>>,
    timers: RefCell<Vec<Timer>>,
    seed: Cell<u64>,
}

/// A device: its store, its journal, and the line between its tabs.
#[derive(Clone)]
pub(super) struct Device {
    world: World,
    pub(super) store: Rc<dyn RoomStore>,
    hearers: Rc<Hearers>,
    pub(super) journal: Rc<RefCell<BTreeMap<String, String>>>,
}

impl World {
    pub(super) fn device(&self) -> Device {
        self.device_with(Rc::new(MemoryStore::default()))
    }

    pub(super) fn device_with(&self, store: Rc<dyn RoomStore>) -> Device {
        Device { world: self.clone(), store, hearers: Rc::default(), journal: Rc::default() }
    }

    /// Lets so many milliseconds pass, with everything that was to happen in them.
    pub(super) fn pass(&self, ms: u64) {
        let end = self.0.now.get() + ms;
        loop {
            self.run_ready();
            let due = {
                let mut timers = self.0.timers.borrow_mut();
                let next =
                    (0..timers.len()).filter(|idx| timers[*idx].0 <= end).min_by_key(|idx| timers[*idx].0);
                next.map(|idx| timers.remove(idx))
            };
            let Some((at, call)) = due else { break };
            self.0.now.set(at.max(self.0.now.get()));
            call();
        }
        self.0.now.set(end);
    }

    fn run_ready(&self) {
        let mut context = Context::from_waker(Waker::noop());
        let mut idle = 0;
        loop {
            let Some(mut task) = self.0.ready.borrow_mut().pop_front() else { return };
            match task.as_mut().poll(&mut context) {
                Poll::Ready(()) => idle = 0,
                Poll::Pending => {
                    self.0.ready.borrow_mut().push_back(task);
                    idle += 1;
                    if idle > 100 {
                        return;
                    }
                }
            }
        }
    }

    /// Runs `future` to its end while nothing else waits for time.
    pub(super) fn run<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> T {
        let answer = Rc::new(RefCell::new(None));
        let slot = answer.clone();
        self.0.ready.borrow_mut().push_back(Box::pin(async move {
            *slot.borrow_mut() = Some(future.await);
        }));
        self.run_ready();
        answer.take().expect("the future ends without time passing")
    }
}

impl Device {
    /// Another tab on this device.
    pub(super) fn tab(&self) -> Rooms {
        let seed = self.world.0.seed.replace(self.world.0.seed.get() + 1);
        let world = self.world.clone();
        Rooms::new(Ports {
            store: self.store.clone(),
            cipher: Rc::new(NativeCipher),
            entropy: Rc::new(SeededEntropy(RefCell::new(fastrand::Rng::with_seed(seed)))),
            now: Rc::new(move || 1_000_000 + world.0.now.get()),
            tasks: Rc::new(self.world.clone()),
            tabs: Rc::new(self.clone()),
            journal: Rc::new(self.clone()),
            reader: Rc::new(NativeReader),
        })
    }
}

impl Tasks for World {
    fn spawn(&self, task: Later<()>) {
        self.0.ready.borrow_mut().push_back(task);
    }

    fn after(&self, ms: u32, f: Box<dyn FnOnce()>) {
        self.0.timers.borrow_mut().push((self.0.now.get() + u64::from(ms), f));
    }
}

struct Line {
    device: Device,
    name: String,
    id: u64,
}

impl TabLine for Line {
    fn post(&self, message: &[u8]) {
        let hearers: Vec<Rc<dyn Fn(Vec<u8>)>> = {
            let all = self.device.hearers.borrow();
            let others = all.iter().filter(|(id, (name, _))| **id != self.id && *name == self.name);
            others.map(|(_, (_, hear))| hear.clone()).collect()
        };
        for hear in hearers {
            hear(message.to_vec());
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.device.hearers.borrow_mut().remove(&self.id);
    }
}

impl Tabs for Device {
    fn join(&self, name: &str, hear: Box<dyn Fn(Vec<u8>)>) -> Box<dyn TabLine> {
        let id = self.world.0.seed.replace(self.world.0.seed.get() + 1);
        self.hearers.borrow_mut().insert(id, (name.to_owned(), hear.into()));
        Box::new(Line { device: self.clone(), name: name.to_owned(), id })
    }
}

impl Journal for Device {
    fn put(&self, name: &str, text: &str) {
        let mut journal = self.journal.borrow_mut();
        if text.is_empty() {
            journal.remove(name)
        } else {
            journal.insert(name.to_owned(), text.to_owned())
        };
    }

    fn take_all(&self, prefix: &str) -> Vec<String> {
        let mut journal = self.journal.borrow_mut();
        let names: Vec<String> = journal.keys().filter(|name| name.starts_with(prefix)).cloned().collect();
        names.iter().filter_map(|name| journal.remove(name)).collect()
    }
}
