//! Copies of a room with a relay, a signalling server and connections that are played, and a clock that the test moves.

use std::collections::{BTreeMap, VecDeque};

use model::{BlobHash, EntryHash};
use roads::Roads;
use sync::any::Any;
use sync::places::Places;
use sync::roads::{
    Act, Ask, AtPeer, AtSocket, Event, News, Plan, RelayAt, RelayKind, Standing, read_acts, write_acts,
};
use sync::signalling::Signal;
use sync::yjs::Message;
use yrs::{ReadTxn as _, Transact as _, updates::decoder::Decode as _, updates::encoder::Encode as _};

pub(crate) const RELAY: &str = "ws://relay";
pub(crate) const SIGNALLING: &str = "ws://signalling";

/// An entry is good when it is named by its digest; so is a blob.
pub(crate) fn entry(text: &str) -> (EntryHash, Vec<u8>) {
    (EntryHash(sync::carrier::digest(text.as_bytes())), text.into())
}

pub(crate) fn blob(text: &str, len: usize) -> (BlobHash, Vec<u8>) {
    let bytes: Vec<u8> =
        text.bytes().cycle().take(len).enumerate().map(|(at, byte)| byte ^ (at >> 9) as u8).collect();
    (BlobHash(sync::carrier::digest(&bytes)), bytes)
}

pub(crate) fn plan(member: usize, relay: bool, signalling: bool) -> Plan {
    Plan {
        name: "room".into(),
        key: [7; 32],
        client: 1_000 + member as u64,
        seed: [member as u8; 32],
        places: Places {
            relay: relay.then(|| RelayAt {
                kind: RelayKind::YWebsocket,
                address: RELAY.into(),
                token: String::new(),
            }),
            signalling: signalling.then(|| SIGNALLING.to_owned()).into_iter().collect(),
            ice: Vec::new(),
        },
    }
}

/// A copy of the room.
pub(crate) struct Member {
    roads: Roads,
    /// Whether it tells its roads what of that which came is good.
    pub(crate) judges: bool,
    pub(crate) entries: BTreeMap<EntryHash, Vec<u8>>,
    pub(crate) blobs: BTreeMap<BlobHash, Vec<u8>>,
    /// News but for those that were dealt with.
    pub(crate) news: Vec<News>,
    pub(crate) standing: Standing,
    pub(crate) people: Vec<(u64, String)>,
    wakes_at: Option<u64>,
}

struct Socket {
    member: usize,
    id: u32,
    is_relay: bool,
}

struct Connection {
    member: usize,
    name: String,
    ufrag: String,
    remote: Option<String>,
    is_open: bool,
}

#[derive(Default)]
pub(crate) struct World {
    pub(crate) now: u64,
    pub(crate) members: Vec<Member>,
    sockets: Vec<Socket>,
    connections: Vec<Connection>,
    connections_made: usize,
    relay: Option<yrs::Doc>,
    /// How many bytes went over connections, and to and from the relay.
    pub(crate) carried: usize,
    /// All that the signalling server was told.
    pub(crate) overheard: String,
    events: VecDeque<(usize, Event)>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { now: 1_000_000, relay: Some(yrs::Doc::with_client_id(1)), ..Self::default() }
    }

    pub(crate) fn join(&mut self, plan: Plan) -> usize {
        self.members.push(Member {
            roads: Roads::default(),
            judges: true,
            entries: BTreeMap::new(),
            blobs: BTreeMap::new(),
            news: Vec::new(),
            standing: Standing::default(),
            people: Vec::new(),
            wakes_at: None,
        });
        let member = self.members.len() - 1;
        self.tell(member, Event::Start(plan));
        self.run();
        member
    }

    pub(crate) fn ask(&mut self, member: usize, ask: Ask) {
        match &ask {
            Ask::Put(entries) => self.members[member].entries.extend(entries.iter().cloned()),
            Ask::PutBlobs(blobs) => self.members[member].blobs.extend(blobs.iter().cloned()),
            _ => {}
        }
        self.tell(member, Event::Ask(ask));
        self.run();
    }

    pub(crate) fn stop(&mut self, member: usize) -> Vec<Act> {
        let acts = self.members[member].roads.handle(Event::Stop, self.now);
        acts.iter().for_each(|act| self.act(member, act.clone()));
        self.run();
        acts
    }

    /// Tells an event, by way of its bytes, and does what is answered.
    pub(crate) fn tell(&mut self, member: usize, event: Event) {
        let event = Event::read(&event.write()).unwrap();
        let acts = self.members[member].roads.handle(event, self.now);
        for act in read_acts(&write_acts(&acts)).unwrap() {
            self.act(member, act);
        }
    }

    /// Does all that follows of itself.
    pub(crate) fn run(&mut self) {
        while let Some((member, event)) = self.events.pop_front() {
            self.tell(member, event);
        }
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, ms: u64) {
        let end = self.now + ms;
        loop {
            let due =
                (0..self.members.len()).filter_map(|member| Some((self.members[member].wakes_at?, member)));
            let Some((at, member)) = due.min().filter(|(at, _)| *at <= end) else { break };
            self.now = self.now.max(at);
            self.members[member].wakes_at = None;
            self.tell(member, Event::Time);
            self.run();
        }
        self.now = end;
    }

    pub(crate) fn texts(&self, member: usize) -> Vec<String> {
        let entries = self.members[member].entries.values();
        let mut texts: Vec<_> = entries.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        texts.sort();
        texts
    }

    /// Changes what the relay holds, as one who has its address can.
    pub(crate) fn at_relay(&mut self, change: impl FnOnce(&yrs::Doc)) {
        let relay = self.relay.as_ref().unwrap();
        let before = relay.transact().state_vector();
        change(relay);
        let update = relay.transact().encode_diff_v1(&before);
        self.relay_says(&Message::Update(&update).write());
        self.run();
    }

    fn act(&mut self, member: usize, act: Act) {
        match act {
            Act::Dial { id, address } => {
                let is_relay = address.starts_with(RELAY);
                if is_relay && self.relay.is_none() {
                    let what = AtSocket::Closed { code: 1006, reason: String::new() };
                    return self.events.push_back((member, Event::Socket { id, what }));
                }
                self.sockets.push(Socket { member, id, is_relay });
                self.events.push_back((member, Event::Socket { id, what: AtSocket::Opened }));
                if let Some(relay) = self.relay.as_ref().filter(|_| is_relay) {
                    let known = relay.transact().state_vector().encode_v1();
                    let what = AtSocket::Binary(Message::Step1(&known).write());
                    self.events.push_back((member, Event::Socket { id, what }));
                }
            }
            Act::SendBinary { id, frame } => {
                self.carried += frame.len();
                self.relay_hears(member, id, &frame);
            }
            Act::SendText { text, .. } => self.signalling_hears(&text),
            Act::HangUp { id } => self.sockets.retain(|socket| (socket.member, socket.id) != (member, id)),
            Act::OpenPeer { name, initiator } => {
                self.close(member, &name);
                self.connections_made += 1;
                let ufrag = format!("connection{}", self.connections_made);
                if initiator {
                    let what = AtPeer::Signal(Signal::Offer(sdp(&ufrag)));
                    self.events.push_back((member, Event::Peer { name: name.clone(), what }));
                }
                self.connections.push(Connection { member, name, ufrag, remote: None, is_open: false });
            }
            Act::Signal { name, signal } => self.signal(member, &name, signal),
            Act::Describe { name } => {
                let mine = self.connections.iter().find(|one| one.member == member && one.name == name);
                let what = AtPeer::Described(sdp(&mine.unwrap().ufrag));
                self.events.push_back((member, Event::Peer { name, what }));
            }
            Act::SendPeer { name, message } => {
                self.carried += message.len();
                let mine = self.connections.iter().find(|one| one.member == member && one.name == name);
                if let Some(other) = mine.filter(|mine| mine.is_open).and_then(|mine| self.other(mine)) {
                    let other = &self.connections[other];
                    let what = AtPeer::Message(message);
                    self.events.push_back((other.member, Event::Peer { name: other.name.clone(), what }));
                }
            }
            Act::ClosePeer { name } => self.close(member, &name),
            Act::WakeAt(at) => self.members[member].wakes_at = at,
            Act::News(news) => self.news(member, news),
        }
    }

    fn news(&mut self, member: usize, news: News) {
        let copy = &mut self.members[member];
        let ask = match news {
            News::Brought(brought) if copy.judges => {
                let good: Vec<_> = brought
                    .into_iter()
                    .filter(|(hash, bytes)| sync::carrier::digest(bytes) == hash.0)
                    .collect();
                copy.entries.extend(good.iter().cloned());
                Ask::Put(good)
            }
            News::Gone(gone) if copy.judges => Ask::Put(
                gone.into_iter().filter_map(|hash| Some((hash, copy.entries.get(&hash)?.clone()))).collect(),
            ),
            News::Blob(hash, bytes) if copy.judges && sync::carrier::digest(&bytes) == hash.0 => {
                copy.blobs.insert(hash, bytes.clone());
                Ask::PutBlobs(Vec::from([(hash, bytes)]))
            }
            News::Standing(standing) => return copy.standing = standing,
            News::People(people) => return copy.people = people,
            news => return copy.news.push(news),
        };
        self.events.push_back((member, Event::Ask(ask)));
    }

    fn relay_hears(&mut self, member: usize, id: u32, frame: &[u8]) {
        let Some(relay) = &self.relay else { return };
        match Message::read(frame).unwrap() {
            Message::Step1(known) => {
                let known = yrs::StateVector::decode_v1(known).unwrap();
                let update = relay.transact().encode_diff_v1(&known);
                let what = AtSocket::Binary(Message::Step2(&update).write());
                self.events.push_back((member, Event::Socket { id, what }));
            }
            Message::Step2(update) | Message::Update(update) => {
                relay.transact_mut().apply_update(yrs::Update::decode_v1(update).unwrap()).unwrap();
                self.relay_says(&Message::Update(update).write());
            }
            Message::Awareness(_) => self.relay_says(frame),
            Message::Query | Message::Denied(_) => {}
        }
    }

    /// The relay sends this to all, also to whoever it is from.
    fn relay_says(&mut self, frame: &[u8]) {
        for socket in self.sockets.iter().filter(|socket| socket.is_relay) {
            self.carried += frame.len();
            let what = AtSocket::Binary(frame.to_vec());
            self.events.push_back((socket.member, Event::Socket { id: socket.id, what }));
        }
    }

    fn signalling_hears(&mut self, text: &str) {
        self.overheard.push_str(text);
        assert!(Any::from_json(text).is_ok(), "{text}");
        if text.contains("\"publish\"") {
            for socket in self.sockets.iter().filter(|socket| !socket.is_relay) {
                let what = AtSocket::Text(text.to_owned());
                self.events.push_back((socket.member, Event::Socket { id: socket.id, what }));
            }
        }
    }

    fn signal(&mut self, member: usize, name: &str, signal: Signal) {
        let mine = self.connections.iter_mut().find(|one| one.member == member && one.name == name);
        let mine = mine.unwrap();
        match signal {
            Signal::Offer(theirs) => {
                mine.remote = Some(ufrag(&theirs));
                let what = AtPeer::Signal(Signal::Answer(sdp(&mine.ufrag)));
                self.events.push_back((member, Event::Peer { name: name.to_owned(), what }));
            }
            Signal::Answer(theirs) => {
                mine.remote = Some(ufrag(&theirs));
                let (own, theirs) = (mine.ufrag.clone(), mine.remote.clone());
                let is_there = self.connections.iter().any(|other| {
                    Some(&other.ufrag) == theirs.as_ref() && other.remote.as_ref() == Some(&own)
                });
                for one in &mut self.connections {
                    if is_there && (one.ufrag == own || Some(&one.ufrag) == theirs.as_ref()) {
                        one.is_open = true;
                        let what = AtPeer::Opened { takes: 65_536 };
                        self.events.push_back((one.member, Event::Peer { name: one.name.clone(), what }));
                    }
                }
            }
            _ => {}
        }
    }

    fn other(&self, mine: &Connection) -> Option<usize> {
        self.connections.iter().position(|other| Some(&other.ufrag) == mine.remote.as_ref())
    }

    fn close(&mut self, member: usize, name: &str) {
        let Some(at) = self.connections.iter().position(|one| one.member == member && one.name == name)
        else {
            return;
        };
        let mine = self.connections.remove(at);
        if let Some(other) = self.other(&mine).filter(|_| mine.is_open) {
            let other = self.connections.remove(other);
            self.events.push_back((other.member, Event::Peer { name: other.name, what: AtPeer::Closed }));
        }
    }

    /// What one calls another that it is connected to.
    pub(crate) fn named_by(&self, member: usize, other: usize) -> String {
        let mine = self.connections.iter().filter(|one| one.member == member && one.is_open);
        let is_other =
            |one: &&Connection| self.other(one).is_some_and(|at| self.connections[at].member == other);
        mine.clone().find(is_other).unwrap().name.clone()
    }

    /// How many connections between two are open.
    pub(crate) fn connections(&self) -> usize {
        self.connections.iter().filter(|one| one.is_open).count() / 2
    }
}

/// A browser's description of a connection that is told apart by its name of ICE.
fn sdp(ufrag: &str) -> String {
    let fingerprint = ["AB"; 32].join(":");
    format!(
        "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=candidate:1 1 udp 7 192.0.2.1 9 typ host\r\n\
         a=ice-ufrag:{ufrag}\r\na=ice-pwd:password\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:actpass\r\na=mid:0\r\n"
    )
}

fn ufrag(sdp: &str) -> String {
    sdp.lines().find_map(|line| line.strip_prefix("a=ice-ufrag:")).unwrap().to_owned()
}
