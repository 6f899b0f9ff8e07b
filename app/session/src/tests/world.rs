//! A world in memory: devices with a store each, tabs that hear each other, time that passes when told to.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet, VecDeque},
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

use super::hosts::Hosts;
use sync::roads::{Ask, News, Plan, Standing};

use crate::{Journal, Lead, Ports, Reader, Roads, Rooms, TabLine, Tabs, Tasks, Way};

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

    /// Quick instead of slow, since nobody guesses here.
    fn derive(&self, passphrase: &str, salt: &[u8; 32]) -> Later<Result<[u8; 32], CipherError>> {
        let mut key = *salt;
        passphrase
            .bytes()
            .enumerate()
            .for_each(|(at, byte)| key[at % 32] ^= byte.rotate_left(at as u32 / 32));
        Box::pin(std::future::ready(Ok(key)))
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
    hosts: Rc<Hosts>,
    pub(super) net: RefCell<Net>,
}

/// Roads between devices: whoever has a plan of one name hears each other, and what was put once stays.
#[derive(Default)]
pub(super) struct Net {
    /// Nobody is reached while it is cut.
    pub(super) is_cut: bool,
    /// Copies that are out of reach, by their numbers.
    away: BTreeSet<u64>,
    ways: BTreeMap<u64, Ear>,
    /// All that was ever asked to be reached.
    pub(super) plans: Vec<Plan>,
    /// What everybody at a name was given, as roads keep it for those who are away.
    pub(super) entries: BTreeMap<String, BTreeMap<model::EntryHash, Vec<u8>>>,
    pub(super) blobs: BTreeMap<String, BTreeMap<model::BlobHash, Vec<u8>>>,
    pub(super) said: BTreeMap<(String, u64), String>,
}

#[derive(Clone)]
struct Ear {
    name: String,
    client: u64,
    hear: Rc<dyn Fn(News)>,
}

struct NetWay {
    world: World,
    id: u64,
    plan: Plan,
}

impl Roads for World {
    fn open(&self, plan: Plan, hear: Box<dyn Fn(News)>) -> Box<dyn Way> {
        let id = self.0.seed.replace(self.0.seed.get() + 1);
        let ear = Ear { name: plan.name.clone(), client: plan.client, hear: hear.into() };
        // By codes alone nobody is reached here.
        if !plan.places.is_empty() {
            self.0.net.borrow_mut().ways.insert(id, ear);
        }
        self.0.net.borrow_mut().plans.push(plan.clone());
        let way = NetWay { world: self.clone(), id, plan };
        way.catch_up();
        Box::new(way)
    }
}

impl NetWay {
    fn tell(&self, to: impl Fn(u64) -> bool, news: &News) {
        let net = self.world.0.net.borrow();
        if net.is_cut || net.away.contains(&self.plan.client) {
            return;
        }
        for (_, ear) in net.ways.iter().filter(|(id, ear)| to(**id) && ear.name == self.plan.name) {
            if net.away.contains(&ear.client) {
                continue;
            }
            let (hear, news) = (ear.hear.clone(), news.clone());
            self.world.spawn(Box::pin(async move { hear(news) }));
        }
    }

    fn catch_up(&self) {
        let (entries, blobs) = {
            let net = self.world.0.net.borrow();
            (net.entries.get(&self.plan.name).cloned(), net.blobs.get(&self.plan.name).cloned())
        };
        self.tell(|id| id == self.id, &News::Brought(entries.unwrap_or_default().into_iter().collect()));
        for (hash, sealed) in blobs.unwrap_or_default() {
            self.tell(|id| id == self.id, &News::Blob(hash, sealed));
        }
        let standing = Standing { peers: 1, ..Standing::default() };
        self.tell(|id| id == self.id, &News::Standing(standing));
    }
}

impl Way for NetWay {
    fn ask(&self, ask: Ask) {
        match ask {
            Ask::Put(entries) => {
                let new: Vec<_> = {
                    let mut net = self.world.0.net.borrow_mut();
                    let all = net.entries.entry(self.plan.name.clone()).or_default();
                    entries
                        .into_iter()
                        .filter(|(hash, sealed)| all.insert(*hash, sealed.clone()).is_none())
                        .collect()
                };
                if !new.is_empty() {
                    self.tell(|id| id != self.id, &News::Brought(new));
                }
            }
            Ask::PutBlobs(blobs) => {
                for (hash, sealed) in blobs {
                    let mut net = self.world.0.net.borrow_mut();
                    net.blobs.entry(self.plan.name.clone()).or_default().insert(hash, sealed.clone());
                    drop(net);
                    self.tell(|id| id != self.id, &News::Blob(hash, sealed));
                }
            }
            Ask::Say(state) => {
                let mut net = self.world.0.net.borrow_mut();
                let at = (self.plan.name.clone(), self.plan.client);
                match state {
                    Some(state) => net.said.insert(at, state),
                    None => net.said.remove(&at),
                };
                drop(net);
                self.tell_people();
            }
            Ask::Want(hash, tries) => {
                let others: Vec<u64> = {
                    let net = self.world.0.net.borrow();
                    let same =
                        net.ways.iter().filter(|(id, ear)| **id != self.id && ear.name == self.plan.name);
                    same.map(|(id, _)| *id).collect()
                };
                match tries.checked_rem(others.len() as u64).map(|at| others[at as usize]) {
                    Some(other) => self.tell(|id| id == other, &News::Wanted(self.id.to_string(), hash)),
                    None => self.tell(|id| id == self.id, &News::Lacks(hash)),
                }
            }
            Ask::Lend(to, hash, sealed) => {
                let news = sealed.map_or(News::Lacks(hash), |sealed| News::Blob(hash, sealed));
                self.tell(|id| id.to_string() == to, &news);
            }
            Ask::Invite | Ask::Meet(_) | Ask::Wake => {}
        }
    }
}

impl NetWay {
    fn tell_people(&self) {
        let said = self.world.0.net.borrow().said.clone();
        let people = said.into_iter().filter(|((name, _), _)| *name == self.plan.name);
        let is_away = |client: &u64| self.world.0.net.borrow().away.contains(client);
        let people = people.map(|((_, client), state)| (client, state));
        let people = people.filter(|(client, _)| !is_away(client)).collect();
        self.tell(|_| true, &News::People(people));
    }
}

impl Drop for NetWay {
    fn drop(&mut self) {
        let mut net = self.world.0.net.borrow_mut();
        net.ways.remove(&self.id);
        net.said.remove(&(self.plan.name.clone(), self.plan.client));
        drop(net);
        self.tell_people();
    }
}

/// A device: its store, its journal, and the line between its tabs.
#[derive(Clone)]
pub(super) struct Device {
    world: World,
    pub(super) store: Rc<dyn RoomStore>,
    hearers: Rc<Hearers>,
    pub(super) journal: Rc<RefCell<BTreeMap<String, String>>>,
    leads: Rc<Leads>,
}

/// Who stands in line for a lead, the one who has it first.
type Leads = RefCell<BTreeMap<String, VecDeque<(u64, Option<Box<dyn FnOnce()>>)>>>;

struct StandIn {
    device: Device,
    name: String,
    id: u64,
}

impl Lead for StandIn {}

impl Device {
    fn begin_first(&self, name: &str) {
        let mut leads = self.leads.borrow_mut();
        let begin = leads.get_mut(name).and_then(|line| line.front_mut()?.1.take());
        drop(leads);
        if let Some(begin) = begin {
            self.world.spawn(Box::pin(async move { begin() }));
        }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(line) = self.device.leads.borrow_mut().get_mut(&self.name) {
            line.retain(|(id, _)| *id != self.id);
        }
        self.device.begin_first(&self.name);
    }
}

impl World {
    pub(super) fn device(&self) -> Device {
        self.device_with(Rc::new(MemoryStore::default()))
    }

    pub(super) fn device_with(&self, store: Rc<dyn RoomStore>) -> Device {
        Device {
            world: self.clone(),
            store,
            hearers: Rc::default(),
            journal: Rc::default(),
            leads: Rc::default(),
        }
    }

    /// Everything that is on the web.
    pub(super) fn hosts(&self) -> Rc<Hosts> {
        self.0.hosts.clone()
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

    pub(super) fn net(&self) -> std::cell::RefMut<'_, Net> {
        self.0.net.borrow_mut()
    }

    /// The names under which somebody meets now.
    pub(super) fn names_met(&self) -> std::collections::BTreeSet<String> {
        self.net().ways.values().map(|ear| ear.name.clone()).collect()
    }

    /// The net is whole again: everybody gets what they lack, and what there is besides.
    pub(super) fn heal(&self) {
        self.net().is_cut = false;
        let ears: Vec<Ear> = self.net().ways.values().cloned().collect();
        for Ear { name, hear, .. } in ears {
            let entries = self.net().entries.get(&name).cloned().unwrap_or_default();
            self.spawn(Box::pin(async move { hear(News::Brought(entries.into_iter().collect())) }));
        }
    }

    /// The copy of this number goes out of reach, or comes back into it: as roads tell of it, to itself and to the others.
    pub(super) fn reach(&self, client: u64, is_within: bool) {
        let (ears, said, away) = {
            let mut net = self.net();
            if is_within {
                net.away.remove(&client)
            } else {
                net.away.insert(client)
            };
            (net.ways.values().cloned().collect::<Vec<Ear>>(), net.said.clone(), net.away.clone())
        };
        for ear in ears {
            let is_met =
                |other: u64| other == ear.client || !away.contains(&other) && !away.contains(&ear.client);
            let people = said.iter().filter(|((name, other), _)| *name == ear.name && is_met(*other));
            let people = people.map(|((_, client), state)| (*client, state.clone())).collect();
            (ear.hear)(News::People(people));
        }
        if is_within {
            self.heal();
        }
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
        let rooms = Rooms::new(self.ports());
        rooms.keep_activity();
        rooms
    }

    pub(super) fn ports(&self) -> Ports {
        let seed = self.world.0.seed.replace(self.world.0.seed.get() + 1);
        let world = self.world.clone();
        Ports {
            store: self.store.clone(),
            cipher: Rc::new(NativeCipher),
            entropy: Rc::new(SeededEntropy(RefCell::new(fastrand::Rng::with_seed(seed)))),
            now: Rc::new(move || 1_000_000 + world.0.now.get()),
            tasks: Rc::new(self.world.clone()),
            tabs: Rc::new(self.clone()),
            journal: Rc::new(self.clone()),
            reader: Rc::new(NativeReader),
            transfer: self.world.hosts(),
            roads: Rc::new(self.world.clone()),
        }
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

    fn lead(&self, name: &str, begin: Box<dyn FnOnce()>) -> Box<dyn Lead> {
        let id = self.world.0.seed.replace(self.world.0.seed.get() + 1);
        self.leads.borrow_mut().entry(name.to_owned()).or_default().push_back((id, Some(begin)));
        self.begin_first(name);
        Box::new(StandIn { device: self.clone(), name: name.to_owned(), id })
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
