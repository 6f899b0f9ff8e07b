//! The machines of all roads together.

use std::collections::BTreeMap;

use model::hex;
use sync::awareness::{Awareness, Road};
use sync::carrier::{Brought, Name};
use sync::mesh::{self, Loan, Mesh};
use sync::relay::{self, Hocuspocus, Relay, YWebsocket};
use sync::road::{Heard, Ours};
use sync::roads::{Act, Ask, AtPeer, AtSocket, Event, News, Plan, RelayKind, Standing};
use sync::signalling::{self, Notice, Signalling};

use crate::blobs::Blobs;
use crate::codes::Codes;
use crate::debts::{Debts, Source, Verdict};
use crate::load::Load;
use crate::loans::Loans;
use crate::sealing::Seal;

/// So many other browsers this one connects to; twice as many, if they ask.
const PEERS_MAX: usize = 12;
/// How far apart, in milliseconds, the news are that something was heard, if nothing else is new.
const HEARD_EVERY: u64 = 5_000;
/// The names of so many who flooded are kept.
const LEFT_MAX: usize = 256;
/// A piece of a blob that a browser brought is given to the relay after so long, in milliseconds, if nobody else has done so;
/// and after up to so long again, so that not all do so at once.
const RELAYED_AFTER: u64 = 5_000;
const RELAY: Road = 1;
const MESH: Road = 2;

/// The roads of one room.
#[derive(Default)]
pub struct Roads {
    running: Option<Running>,
}

impl Roads {
    /// Tells what happened at this time, in milliseconds since 1970, and answers what is to be done, in order.
    pub fn handle(&mut self, event: Event, now: u64) -> Vec<Act> {
        match (event, &mut self.running) {
            (Event::Start(plan), running) => {
                let mut acts = running.take().map(|running| running.stop(now)).unwrap_or_default();
                acts.extend(running.insert(Running::new(plan)).start(now));
                acts
            }
            (Event::Stop, running) => running.take().map(|running| running.stop(now)).unwrap_or_default(),
            (event, Some(running)) => running.handle(event, now),
            (_, None) => Vec::new(),
        }
    }
}

/// Whose socket it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    Relay,
    Signalling(usize),
}

struct Running {
    load: Load,
    people: Awareness,
    relay: Option<Relay>,
    signalling: Vec<Signalling>,
    mesh: Mesh,
    codes: Codes,
    seal: Seal,
    blobs: Blobs,
    debts: Debts,
    loans: Loans,
    /// Good pieces that the relay may lack, and when they are given to it.
    for_relay: BTreeMap<Name, u64>,
    /// How long this copy waits with that.
    relayed_after: u64,
    /// Browsers that flooded, by the names that they had.
    left: Vec<String>,
    sockets: Vec<(u32, Server)>,
    /// Sockets so far.
    dialled: u32,
    heard_at: Option<u64>,
    told: Standing,
    told_people: Vec<(u64, String)>,
    wakes_at: Option<u64>,
    out: Vec<Act>,
}

impl Running {
    fn new(plan: Plan) -> Self {
        let mut seal = Seal::new(plan.key, plan.seed);
        let name = hex(&seal.draw::<16>());
        let luck = f64::from(u32::from_be_bytes(seal.draw())) / f64::from(u32::MAX);
        let relay = plan.places.relay.map(|at| match at.kind {
            RelayKind::YWebsocket => {
                let token = Some(("token", at.token.as_str())).filter(|(_, token)| !token.is_empty());
                let address = relay::address(&at.address, &plan.name, token.as_slice());
                Relay::YWebsocket(YWebsocket::new(address, RELAY))
            }
            RelayKind::Hocuspocus => {
                Relay::Hocuspocus(Hocuspocus::new(&at.address, &plan.name, &at.token, RELAY))
            }
        });
        Self {
            load: Load::default(),
            people: Awareness::new(plan.client),
            relay,
            signalling: plan
                .places
                .signalling
                .iter()
                .map(|address| Signalling::new(address, &plan.name, true))
                .collect(),
            mesh: Mesh::new(&name, luck, PEERS_MAX, MESH),
            codes: Codes::default(),
            seal,
            blobs: Blobs::default(),
            debts: Debts::default(),
            loans: Loans::default(),
            for_relay: BTreeMap::new(),
            relayed_after: RELAYED_AFTER + (luck * RELAYED_AFTER as f64) as u64,
            left: Vec::new(),
            sockets: Vec::new(),
            dialled: 0,
            heard_at: None,
            told: Standing::default(),
            told_people: Vec::new(),
            wakes_at: None,
            out: Vec::new(),
        }
    }

    fn start(&mut self, now: u64) -> Vec<Act> {
        self.relay(relay::Input::Start, now);
        self.at_all_signalling(|| signalling::Input::Start, now);
        self.tell();
        std::mem::take(&mut self.out)
    }

    fn stop(mut self, now: u64) -> Vec<Act> {
        self.mesh(mesh::Input::Leave, now);
        self.relay(relay::Input::Stop, now);
        self.at_all_signalling(|| signalling::Input::Stop, now);
        self.codes.stop(&mut self.out);
        self.out.retain(|act| !matches!(act, Act::News(_)));
        self.out.push(Act::WakeAt(None));
        self.out
    }

    fn handle(&mut self, event: Event, now: u64) -> Vec<Act> {
        match event {
            Event::Ask(ask) => self.ask(ask, now),
            Event::Socket { id, what } => self.at_socket(id, what, now),
            Event::Peer { name, what } => self.at_peer(&name, what, now),
            Event::Time => {
                // The page has none of its own any more.
                self.wakes_at = None;
                self.time(now);
            }
            Event::Start(_) | Event::Stop => {}
        }
        self.tell();
        std::mem::take(&mut self.out)
    }

    fn ask(&mut self, ask: Ask, now: u64) {
        match ask {
            Ask::Put(entries) => {
                let things = entries.iter().map(|(hash, sealed)| (Name::Entry(*hash), sealed.as_slice()));
                self.put(things, now);
            }
            Ask::PutBlobs(blobs) => {
                let parts: Vec<_> =
                    blobs.iter().flat_map(|(hash, sealed)| self.blobs.good(*hash, sealed)).collect();
                self.put(parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())), now);
            }
            Ask::Want(hash, tries) => {
                let lenders: Vec<String> = self.mesh.ours().map(str::to_owned).collect();
                let lender = tries.checked_rem(lenders.len() as u64).map(|at| &lenders[at as usize]);
                match lender {
                    Some(peer) => {
                        self.loans.want(hash);
                        self.mesh(mesh::Input::Loan { peer, message: &Loan::Want(hash).write() }, now);
                    }
                    None => self.out.push(Act::News(News::Lacks(hash))),
                }
            }
            Ask::Lend(peer, hash, sealed) => {
                let loan = sealed.as_ref().map_or(Loan::Lacks(hash), |sealed| Loan::Lend(hash, sealed));
                self.mesh(mesh::Input::Loan { peer: &peer, message: &loan.write() }, now);
            }
            Ask::Say(state) => {
                // What is no JSON is not said.
                if self.people.set(state, now).is_ok() {
                    self.show(&[self.people.client()], now);
                }
            }
            Ask::Invite => self.codes.invite(&mut self.seal, now, &mut self.out),
            Ask::Meet(code) => self.codes.meet(&code, &self.seal, now, &mut self.out),
            Ask::Wake => {
                self.relay(relay::Input::Wake, now);
                self.at_all_signalling(|| signalling::Input::Wake, now);
                self.mesh(mesh::Input::Wake, now);
            }
        }
    }

    /// Puts things in that are good, and passes them on to those who did not bring them.
    fn put<'a>(&mut self, things: impl Iterator<Item = (Name, &'a [u8])>, now: u64) {
        let mut by_source = BTreeMap::<Vec<Source>, Vec<_>>::new();
        for (name, bytes) in things {
            let mut sources = self.debts.settle(&name);
            if !self.load.carrier.has(&name, bytes) {
                // What they brought under this name was something else.
                sources.clear();
            }
            // Who lacks pieces asks for them: if all passed them on, all would get them many times.
            if let (Name::Piece(_), false) = (name, sources.is_empty()) {
                self.load.carrier.put(&[(name, bytes)]);
                if self.relay.is_some() && !sources.contains(&Source::Relay) {
                    self.for_relay.insert(name, now + self.relayed_after);
                }
                continue;
            }
            by_source.entry(sources).or_default().push((name, bytes));
        }
        for (sources, things) in by_source {
            let from = sources.iter().find_map(|source| match source {
                Source::Peer(name) => Some(name.as_str()),
                Source::Relay => None,
            });
            for update in self.load.carrier.put(&things) {
                if !sources.contains(&Source::Relay) {
                    self.relay(relay::Input::Update(&update), now);
                }
                self.mesh(mesh::Input::Update { update: &update, from }, now);
            }
        }
    }

    fn at_socket(&mut self, id: u32, what: AtSocket, now: u64) {
        let Some((_, server)) = self.sockets.iter().find(|(known, _)| *known == id).copied() else { return };
        match what {
            AtSocket::Binary(_) | AtSocket::Text(_) => self.heard_at = Some(now),
            AtSocket::Closed { .. } => self.sockets.retain(|(known, _)| *known != id),
            AtSocket::Opened => {}
        }
        match server {
            Server::Relay => match what {
                AtSocket::Opened => self.relay(relay::Input::Opened, now),
                AtSocket::Binary(frame) => self.relay(relay::Input::Frame(&frame), now),
                AtSocket::Text(_) => {}
                AtSocket::Closed { code, reason } => {
                    self.relay(relay::Input::Closed { code, reason: &reason }, now);
                }
            },
            Server::Signalling(at) => match what {
                AtSocket::Opened => self.signalling(at, signalling::Input::Opened, now),
                AtSocket::Text(text) => self.signalling(at, signalling::Input::Text(&text), now),
                // y-webrtc's servers send text, but what they were sent as bytes they pass on so.
                AtSocket::Binary(frame) => {
                    if let Ok(text) = std::str::from_utf8(&frame) {
                        self.signalling(at, signalling::Input::Text(text), now);
                    }
                }
                AtSocket::Closed { .. } => self.signalling(at, signalling::Input::Closed, now),
            },
        }
    }

    fn at_peer(&mut self, peer: &str, what: AtPeer, now: u64) {
        match what {
            AtPeer::Signal(signal) => self.mesh(mesh::Input::Signal { peer, signal }, now),
            AtPeer::Opened { takes } => {
                self.codes.end(peer);
                self.mesh(mesh::Input::Opened { peer, takes }, now);
            }
            AtPeer::Message(message) => {
                self.heard_at = Some(now);
                self.mesh(mesh::Input::Message { peer, message: &message }, now);
            }
            AtPeer::Closed => {
                self.codes.end(peer);
                self.mesh(mesh::Input::Closed { peer }, now);
            }
            AtPeer::Described(sdp) => self.codes.described(peer, &sdp, &mut self.seal, &mut self.out),
        }
    }

    fn time(&mut self, now: u64) {
        let (renew, _) = self.people.tick(now);
        self.relay(relay::Input::Time, now);
        self.at_all_signalling(|| signalling::Input::Time, now);
        self.mesh(mesh::Input::Time, now);
        self.codes.time(now, &mut self.out);
        let due: Vec<_> = self.for_relay.extract_if(.., |_, at| *at <= now).map(|(name, _)| name).collect();
        for update in self.load.carrier.updates(&due) {
            self.relay(relay::Input::Update(&update), now);
        }
        if self.blobs.asks(now) {
            self.mesh(mesh::Input::Ask, now);
        }
        if renew {
            self.show(&[self.people.client()], now);
        }
    }

    /// Tells all roads what is known of these clients.
    fn show(&mut self, clients: &[u64], now: u64) {
        self.relay(relay::Input::People(clients), now);
        self.mesh(mesh::Input::People(clients), now);
    }

    fn relay(&mut self, input: relay::Input, now: u64) {
        let Some(relay) = &mut self.relay else { return };
        let mut ours = Ours { carried: &mut self.load, people: &mut self.people };
        let outputs = relay.handle(input, now, &mut ours);
        let brought = self.load.take_brought();
        for output in outputs {
            match output {
                relay::Output::Dial(address) => self.dial(Server::Relay, address),
                relay::Output::Send(frame) => {
                    if let Some(id) = self.socket(Server::Relay) {
                        self.out.push(Act::SendBinary { id, frame });
                    }
                }
                relay::Output::HangUp => self.hang_up(Server::Relay),
                relay::Output::Heard(Heard::People(clients)) => self.mesh(mesh::Input::People(&clients), now),
                // The room judges it first.
                relay::Output::Heard(Heard::Update(_)) => {}
            }
        }
        self.take_in(&Source::Relay, brought, now);
    }

    fn mesh(&mut self, input: mesh::Input, now: u64) {
        let source = match &input {
            mesh::Input::Message { peer, .. } => Some(Source::Peer((*peer).to_owned())),
            _ => None,
        };
        let mut ours = Ours { carried: &mut self.load, people: &mut self.people };
        let outputs = self.mesh.handle(input, now, &mut ours);
        let brought = self.load.take_brought();
        for output in outputs {
            match output {
                mesh::Output::Publish { server: Some(server), notice } => {
                    self.signalling(server as usize, signalling::Input::Publish(&notice), now);
                }
                mesh::Output::Publish { server: None, notice } => {
                    self.at_all_signalling(|| signalling::Input::Publish(&notice), now);
                }
                mesh::Output::Open { peer, initiator } => {
                    self.out.push(Act::OpenPeer { name: peer, initiator });
                }
                mesh::Output::Signal { peer, signal } => self.out.push(Act::Signal { name: peer, signal }),
                mesh::Output::Close { peer, .. } => self.out.push(Act::ClosePeer { name: peer }),
                mesh::Output::Send { peer, message } => self.out.push(Act::SendPeer { name: peer, message }),
                // Only who is none of ours takes so little.
                mesh::Output::TooLong { .. } | mesh::Output::Heard { heard: Heard::Update(_), .. } => {}
                mesh::Output::Heard { heard: Heard::People(clients), .. } => self.show(&clients, now),
                mesh::Output::Loan { peer, message } => {
                    self.out.extend(self.loans.heard(peer, &message, now).map(Act::News));
                }
            }
        }
        if let Some(source) = source {
            self.take_in(&source, brought, now);
        }
    }

    fn at_all_signalling<'i>(&mut self, input: impl Fn() -> signalling::Input<'i>, now: u64) {
        for at in 0..self.signalling.len() {
            self.signalling(at, input(), now);
        }
    }

    fn signalling(&mut self, at: usize, input: signalling::Input, now: u64) {
        let Some(signalling) = self.signalling.get_mut(at) else { return };
        for output in signalling.handle(input, now) {
            match output {
                signalling::Output::Dial(address) => self.dial(Server::Signalling(at), address),
                signalling::Output::Send(text) => {
                    if let Some(id) = self.socket(Server::Signalling(at)) {
                        self.out.push(Act::SendText { id, text });
                    }
                }
                signalling::Output::HangUp => self.hang_up(Server::Signalling(at)),
                // y-webrtc seals without saying as what.
                signalling::Output::Seal(plain) => {
                    let (nonce, sealed) = self.seal.seal(&plain, b"");
                    self.signalling(at, signalling::Input::Sealed { nonce, sealed }, now);
                }
                signalling::Output::Unseal { nonce, sealed } => {
                    let plain = self.seal.open(&nonce, &sealed, b"");
                    self.signalling(at, signalling::Input::Unsealed(plain), now);
                }
                signalling::Output::Joined => self.mesh(mesh::Input::Joined { server: at as u32 }, now),
                signalling::Output::Heard(notice) => {
                    let (Notice::Announce { from } | Notice::Signal { from, .. }) = &notice;
                    if !self.left.contains(from) {
                        self.mesh(mesh::Input::Notice { server: at as u32, notice: &notice }, now);
                    }
                }
            }
        }
    }

    /// Tells the room what somebody brought.
    fn take_in(&mut self, source: &Source, brought: Vec<Brought>, now: u64) {
        let (mut entries, mut gone, mut again) = (Vec::new(), Vec::new(), Vec::new());
        let mut verdict = Verdict::Fine;
        for Brought { things, gone: lost, same } in brought {
            for name in same {
                self.debts.add_source(source, &name);
                if *source == Source::Relay {
                    self.for_relay.remove(&name);
                }
            }
            for (name, bytes) in things {
                verdict = verdict.max(self.debts.add(source, Some(name), bytes.len()));
                if let Name::Entry(hash) = name {
                    entries.push((hash, bytes));
                    continue;
                }
                for (hash, list, sealed) in self.blobs.brought(name, &bytes, &self.load.carrier, now) {
                    // A short list can stand for a long blob.
                    let list = Name::List(hash, list);
                    verdict = verdict.max(self.debts.add(source, Some(list), sealed.len()));
                    self.out.push(Act::News(News::Blob(hash, sealed)));
                }
            }
            for (name, sealed) in lost {
                match name {
                    Name::Entry(hash) => gone.push(hash),
                    part => again.push((part, sealed)),
                }
            }
        }
        if !entries.is_empty() {
            self.out.push(Act::News(News::Brought(entries)));
        }
        if !gone.is_empty() {
            self.out.push(Act::News(News::Gone(gone)));
        }
        if !again.is_empty() {
            self.put(again.iter().map(|(name, sealed)| (*name, &**sealed)), now);
        }
        if verdict != Verdict::Fine {
            self.shed(source, verdict, now);
        }
    }

    /// Throws away what was not judged, and asks those who are not left for it once more.
    fn shed(&mut self, source: &Source, verdict: Verdict, now: u64) {
        self.load.carrier.forget_others();
        self.blobs.forget_others();
        self.debts.clear();
        if verdict == Verdict::Floods {
            match source {
                Source::Relay => self.relay(relay::Input::Stop, now),
                Source::Peer(name) => {
                    self.left.push(name.clone());
                    self.left.drain(..self.left.len().saturating_sub(LEFT_MAX));
                    self.out.push(Act::ClosePeer { name: name.clone() });
                    self.mesh(mesh::Input::Closed { peer: name }, now);
                }
            }
        }
        self.relay(relay::Input::Wake, now);
        self.mesh(mesh::Input::Ask, now);
    }

    fn dial(&mut self, server: Server, address: String) {
        self.dialled += 1;
        self.sockets.push((self.dialled, server));
        self.out.push(Act::Dial { id: self.dialled, address });
    }

    fn socket(&self, server: Server) -> Option<u32> {
        self.sockets.iter().find(|(_, known)| *known == server).map(|(id, _)| *id)
    }

    fn hang_up(&mut self, server: Server) {
        if let Some(id) = self.socket(server) {
            self.sockets.retain(|(known, _)| *known != id);
            self.out.push(Act::HangUp { id });
        }
    }

    /// Tells the room what has become different, and the page when to wake this.
    fn tell(&mut self) {
        let standing = Standing {
            relay: self.relay.as_ref().map(Relay::standing),
            signalling: self.signalling.iter().map(Signalling::status).collect(),
            peers: self.mesh.connected().count(),
            trying: self.mesh.trying() + self.codes.trying(),
            heard_at: self.heard_at,
        };
        if coarse(&standing) != coarse(&self.told) {
            self.told = standing.clone();
            self.out.push(Act::News(News::Standing(standing)));
        }
        let people = self.people.others().map(|(client, state)| (client, state.to_owned()));
        let people: Vec<_> = people.collect();
        if people != self.told_people {
            self.told_people.clone_from(&people);
            self.out.push(Act::News(News::People(people)));
        }
        let machines = [
            self.relay.as_ref().and_then(Relay::wakes_at),
            self.signalling.iter().filter_map(Signalling::wakes_at).min(),
            self.mesh.wakes_at(),
            self.people.wakes_at(),
            self.codes.wakes_at(),
            self.blobs.wakes_at(),
            self.for_relay.values().min().copied(),
        ];
        let wakes_at = machines.into_iter().flatten().min();
        if wakes_at != self.wakes_at {
            self.wakes_at = wakes_at;
            self.out.push(Act::WakeAt(wakes_at));
        }
    }
}

/// A standing with times that differ only where they are far apart.
fn coarse(standing: &Standing) -> Standing {
    let mut coarse = standing.clone();
    coarse.heard_at = coarse.heard_at.map(|at| at / HEARD_EVERY);
    if let Some(relay) = &mut coarse.relay {
        relay.heard_at = relay.heard_at.map(|at| at / HEARD_EVERY);
    }
    coarse
}
