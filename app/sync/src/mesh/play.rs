//! Meshes against each other, through a signalling server and connections that are played.

use super::*;
use crate::awareness::Awareness;
use crate::pile::Pile;

const SERVER: u32 = 0;
const TAKES: usize = 65_536;

/// A mesh with a room beside it.
struct Member {
    name: String,
    mesh: Mesh,
    pile: Pile,
    people: Awareness,
}

impl Member {
    fn new(number: u64, max: usize) -> Self {
        let name = format!("peer {number}");
        let mut people = Awareness::new(number);
        people.set(Some(format!("\"{name}\"")), 0).unwrap();
        let mesh = Mesh::new(&name, number as f64 / 1_000.0, max, 1);
        Self { mesh, pile: Pile::of(&[&format!("by {name}")]), people, name }
    }

    fn tell(&mut self, input: Input, now: u64) -> Vec<Output> {
        let mut ours = Ours { carried: &mut self.pile, people: &mut self.people };
        self.mesh.handle(input, now, &mut ours)
    }

    fn connected(&self) -> Vec<&str> {
        self.mesh.connected().map(|(name, _)| name).collect()
    }
}

fn signal_of(from: &str, to: &str, token: f64, signal: Signal) -> Notice {
    Notice::Signal { from: from.into(), to: to.into(), token, signal }
}

fn hear(member: &mut Member, notice: &Notice, now: u64) -> Vec<Output> {
    member.tell(Input::Notice { server: SERVER, notice }, now)
}

fn announce(from: &str) -> Notice {
    Notice::Announce { from: from.into() }
}

fn offer() -> Signal {
    Signal::Offer("offer".into())
}

fn open(peer: &str, initiator: bool) -> Output {
    Output::Open { peer: peer.into(), initiator }
}

fn pass(peer: &str, signal: Signal) -> Output {
    Output::Signal { peer: peer.into(), signal }
}

fn publish(notice: Notice) -> Output {
    Output::Publish { server: Some(SERVER), notice }
}

fn sent(outputs: &[Output]) -> Vec<&[u8]> {
    outputs
        .iter()
        .filter_map(|output| if let Output::Send { message, .. } = output { Some(&**message) } else { None })
        .collect()
}

const NOTHING: [Output; 0] = [];

/// A member with a channel to "them", who are not ours.
fn connected() -> Member {
    let mut member = Member::new(7, 12);
    member.tell(Input::Opened { peer: "them", takes: TAKES }, 0);
    member
}

fn message(member: &mut Member, message: &[u8], now: u64) -> Vec<Output> {
    member.tell(Input::Message { peer: "them", message }, now)
}

#[test]
fn who_hears_an_announcement_makes_an_offer() {
    let mut member = Member::new(7, 2);
    assert_eq!(member.tell(Input::Joined { server: SERVER }, 0), [publish(announce("peer 7"))]);
    assert_eq!(hear(&mut member, &announce("peer 7"), 0), NOTHING, "the server tells us what we said");
    assert_eq!(hear(&mut member, &announce("a"), 0), [open("a", true)]);
    assert_eq!(hear(&mut member, &announce("a"), 0), NOTHING, "by another server");
    let token = 0.007;
    assert_eq!(
        member.tell(Input::Signal { peer: "a", signal: offer() }, 0),
        [publish(signal_of("peer 7", "a", token, offer()))]
    );
    // Candidates go without the name of their description.
    let candidate = |text: &str| Signal::Candidate { candidate: text.into(), mid: None, line: None };
    assert_eq!(
        member.tell(Input::Signal { peer: "a", signal: candidate("candidate:1 typ host ufrag x cost 9") }, 5),
        [publish(signal_of("peer 7", "a", token, candidate("candidate:1 typ host cost 9")))]
    );
    let answer = Signal::Answer("answer".into());
    assert_eq!(hear(&mut member, &signal_of("a", "other", 1.0, answer.clone()), 0), NOTHING);
    assert_eq!(hear(&mut member, &signal_of("a", "peer 7", 1.0, answer.clone()), 0), [pass("a", answer)]);
    // When it is full, it offers nothing, and takes what is offered.
    assert_eq!(hear(&mut member, &announce("b"), 0), [open("b", true)]);
    assert_eq!(hear(&mut member, &announce("c"), 0), NOTHING);
    assert_eq!(
        hear(&mut member, &signal_of("c", "peer 7", 1.0, offer()), 0),
        [open("c", false), pass("c", offer())]
    );
    assert_eq!(hear(&mut member, &signal_of("d", "peer 7", 1.0, Signal::Wish), 0), NOTHING);
    hear(&mut member, &signal_of("d", "peer 7", 1.0, offer()), 0);
    assert_eq!(hear(&mut member, &signal_of("e", "peer 7", 1.0, offer()), 0), NOTHING, "there is an end");
}

#[test]
fn of_two_offers_that_cross_the_one_with_the_higher_token_stands() {
    for (theirs, stands) in [(99.9, true), (100.5, false)] {
        let mut member = Member::new(7, 12);
        hear(&mut member, &announce("a"), 100);
        member.tell(Input::Signal { peer: "a", signal: offer() }, 100);
        let said = hear(&mut member, &signal_of("a", "peer 7", theirs, offer()), 100);
        if stands {
            assert_eq!(said, NOTHING);
        } else {
            assert_eq!(said, [open("a", false), pass("a", offer())]);
        }
    }
    // Where nothing was said to them yet, theirs stands.
    let mut member = Member::new(7, 12);
    hear(&mut member, &announce("a"), 100);
    assert_eq!(
        hear(&mut member, &signal_of("a", "peer 7", 1.0, offer()), 100),
        [open("a", false), pass("a", offer())]
    );
}

#[test]
fn addresses_that_come_before_their_offer_are_kept_for_it() {
    let mut member = Member::new(7, 12);
    let candidate = |text: &str| Signal::Candidate { candidate: text.into(), mid: None, line: None };
    assert_eq!(hear(&mut member, &signal_of("a", "peer 7", 1.0, candidate("1")), 0), NOTHING);
    assert_eq!(hear(&mut member, &signal_of("b", "peer 7", 1.0, candidate("2")), 0), NOTHING);
    assert_eq!(
        hear(&mut member, &signal_of("a", "peer 7", 1.0, offer()), 0),
        [open("a", false), pass("a", offer()), pass("a", candidate("1"))]
    );
}

#[test]
fn signals_without_a_meaning_end_their_connection() {
    let mut member = Member::new(7, 12);
    assert_eq!(hear(&mut member, &signal_of("a", "peer 7", 1.0, Signal::Unknown), 0), NOTHING);
    hear(&mut member, &announce("a"), 0);
    assert_eq!(
        hear(&mut member, &signal_of("a", "peer 7", 1.0, Signal::Unknown), 0),
        [
            Output::Close { peer: "a".into(), why: Why::Senseless },
            Output::Publish { server: None, notice: announce("peer 7") }
        ]
    );
}

#[test]
fn an_open_channel_begins_with_what_is_here_and_who() {
    let mut member = Member::new(7, 12);
    let said = member.tell(Input::Opened { peer: "them", takes: TAKES }, 0);
    assert_eq!(
        sent(&said),
        [
            &b"\x04\x00\x10handsel/chunks/1"[..],
            b"\x00\x00\x0b\x01\x09by peer 7",
            b"\x01\x0c\x01\x07\x01\x08\"peer 7\"",
        ]
    );
    assert_eq!(member.mesh.connected().collect::<Vec<_>>(), [("them", false)]);
    assert_eq!(sent(&message(&mut member, &Message::Step1(&[0]).write(), 0)), [b"\x00\x01\x09by peer 7"]);
    let said = message(&mut member, &Message::Step2(b"theirs").write(), 0);
    assert_eq!(said, [Output::Heard { peer: Some("them".into()), heard: Heard::Update(b"theirs".to_vec()) }]);
    assert_eq!(member.mesh.connected().collect::<Vec<_>>(), [("them", true)]);
    assert_eq!(message(&mut member, b"", 0), NOTHING, "as y-webrtc says to what it does not know");
    assert_eq!(sent(&message(&mut member, &[3], 0)), [b"\x01\x0c\x01\x07\x01\x08\"peer 7\""]);
    // Their tabs are of no interest here.
    assert_eq!(message(&mut member, b"\x04\x01\x03tab", 0), NOTHING);
    assert_eq!(message(&mut member, b"\x04\x00\x03tab", 0), NOTHING);
    // What they brought does not go back to them, and what they have heard goes to others.
    member.tell(Input::Opened { peer: "others", takes: TAKES }, 0);
    let said = member.tell(Input::Update { update: b"theirs", from: Some("them") }, 0);
    assert_eq!(said, [Output::Send { peer: "others".into(), message: Message::Update(b"theirs").write() }]);
    assert_eq!(member.tell(Input::Update { update: b"ours", from: None }, 0).len(), 2);
    assert_eq!(member.tell(Input::People(&[7]), 0).len(), 2);
}

#[test]
fn only_who_said_so_is_sent_pieces() {
    let long = vec![b'a'; TAKES];
    let mut member = connected();
    let update = Input::Update { update: &long, from: None };
    assert_eq!(member.tell(update.clone(), 0), NOTHING, "they will ask, and say what they are");
    message(&mut member, &Message::Step1(&[0]).write(), 0);
    let len = Message::Update(&long).write().len();
    assert_eq!(member.tell(update.clone(), 0), [Output::TooLong { peer: "them".into(), len }]);
    assert_eq!(member.tell(Input::Update { update: &long[..TAKES - 9], from: None }, 0).len(), 1);

    let (mut member, mut other) = (connected(), Member::new(8, 12));
    let said = other.tell(Input::Opened { peer: "them", takes: TAKES }, 0);
    message(&mut member, sent(&said)[0], 0);
    message(&mut other, &peer::hello(), 0);
    let pieces = member.tell(update, 0);
    assert_eq!(pieces.len(), 5);
    let mut heard = Vec::new();
    for (index, piece) in sent(&pieces).into_iter().enumerate() {
        assert!(piece.len() <= chunks::CHUNK_MAX);
        heard.extend(message(&mut other, piece, 0));
        if index == 2 {
            // A short message between the pieces of a long one.
            message(&mut other, &[3], 0);
        }
    }
    assert_eq!(heard, [Output::Heard { peer: Some("them".into()), heard: Heard::Update(long) }]);
}

#[test]
fn an_attempt_is_given_up_in_time_and_tried_again_less_and_less() {
    let mut member = Member::new(7, 12);
    member.tell(Input::Joined { server: SERVER }, 0);
    let mut now = 0;
    let again = Output::Publish { server: None, notice: announce("peer 7") };
    for (patience, pause) in [(3_000, 0), (6_000, 2_000), (12_000, 8_000), (12_000, 30_000), (12_000, 30_000)]
    {
        assert_eq!(hear(&mut member, &announce("a"), now), [open("a", true)]);
        assert_eq!(member.mesh.wakes_at(), Some(now + patience));
        now += patience;
        let mut said = member.tell(Input::Time, now);
        assert_eq!(said.remove(0), Output::Close { peer: "a".into(), why: Why::Late });
        if pause > 0 {
            assert_eq!(said, NOTHING);
            assert_eq!(hear(&mut member, &announce("a"), now), NOTHING, "not yet");
            assert_eq!(member.mesh.wakes_at(), Some(now + pause));
            now += pause;
            said = member.tell(Input::Time, now);
        }
        assert_eq!(said, std::slice::from_ref(&again));
    }
    // Signs of life give it time, up to a bound.
    let mut member = Member::new(7, 12);
    hear(&mut member, &announce("a"), 0);
    let mut now = 0;
    while member.mesh.wakes_at().unwrap() > now {
        now += 2_000;
        hear(&mut member, &signal_of("a", "peer 7", 1.0, Signal::Answer(String::new())), now);
        assert!(now < 20_000);
    }
    assert_eq!(member.mesh.wakes_at(), Some(15_000));
}

#[test]
fn who_was_there_and_did_not_connect_is_offered_another_connection() {
    // y-webrtc hears no announcement of a peer to which it believes to be connecting.
    let mut member = Member::new(7, 12);
    let mut now = 0;
    hear(&mut member, &signal_of("a", "peer 7", 1.0, offer()), now);
    for (patience, pause) in [(3_000, 0), (6_000, 2_000), (12_000, 8_000), (12_000, 30_000), (12_000, 30_000)]
    {
        now += patience;
        let mut said = member.tell(Input::Time, now);
        assert_eq!(said[0], Output::Close { peer: "a".into(), why: Why::Late });
        if pause > 0 {
            now += pause;
            said = member.tell(Input::Time, now);
        }
        assert!(said.contains(&open("a", true)), "{said:?}");
        let said = member.tell(Input::Signal { peer: "a", signal: offer() }, now);
        assert_eq!(said, [publish(signal_of("peer 7", "a", now as f64 + 0.007, offer()))], "a new token");
        hear(&mut member, &signal_of("a", "peer 7", 1.0, Signal::Answer(String::new())), now);
    }
    member.tell(Input::Leave, now);
    assert_eq!(member.mesh.wakes_at(), None);
}

#[test]
fn who_falls_silent_is_asked_and_left() {
    let mut member = connected();
    assert_eq!(member.mesh.wakes_at(), Some(20_000));
    assert_eq!(sent(&member.tell(Input::Time, 20_000)), [[3]]);
    assert_eq!(member.tell(Input::Time, 22_000), NOTHING);
    message(&mut member, &Message::Awareness(b"\x01\x09\x01\x011").write(), 22_500);
    assert_eq!(member.mesh.wakes_at(), Some(42_500));
    member.tell(Input::Time, 42_500);
    let said = member.tell(Input::Time, 45_500);
    assert_eq!(said[0], Output::Close { peer: "them".into(), why: Why::Silent });
    assert_eq!(said[1], Output::Heard { peer: None, heard: Heard::People(vec![]) });
    assert_eq!(said[2], Output::Publish { server: None, notice: announce("peer 7") });
    assert_eq!(member.people.present(), [7]);
}

#[test]
fn who_shows_nobody_still_gives_a_sign() {
    let mut member = connected();
    member.people.set(None, 0).unwrap();
    let mut alone = Member { people: Awareness::new(8), ..Member::new(8, 12) };
    alone.tell(Input::Opened { peer: "them", takes: TAKES }, 0);
    assert_eq!(sent(&message(&mut alone, &Message::Query.write(), 0)), [[1, 1, 0]]);
    message(&mut member, &[1, 1, 0], 20_000);
    assert_eq!(member.mesh.wakes_at(), Some(40_000), "it was heard");
}

#[test]
fn a_peer_that_lost_us_without_our_knowing_is_connected_again_within_seconds() {
    let mut member = Member::new(7, 12);
    hear(&mut member, &announce("them"), 0);
    member.tell(Input::Opened { peer: "them", takes: TAKES }, 0);
    // It may announce itself because of somebody else, and answers.
    assert_eq!(sent(&hear(&mut member, &announce("them"), 1_000)), [[3]]);
    message(&mut member, &Message::Awareness(b"\x00").write(), 1_100);
    assert_eq!(member.mesh.wakes_at(), Some(21_100));
    assert_eq!(sent(&hear(&mut member, &announce("them"), 5_000)), [[3]]);
    let said = member.tell(Input::Time, 8_000);
    assert_eq!(said[0], Output::Close { peer: "them".into(), why: Why::Silent });
    assert_eq!(*said.last().unwrap(), open("them", true));
    // Or it makes an offer, which says as much.
    let mut member = connected();
    let said = hear(&mut member, &signal_of("them", "peer 7", 5_000.0, offer()), 5_000);
    assert_eq!(said, [open("them", false), pass("them", offer())]);
}

#[test]
fn senseless_messages_end_a_connection_in_the_end() {
    let mut member = connected();
    for _ in 1..FAULTS_MAX {
        assert_eq!(message(&mut member, b"hello", 0), NOTHING);
    }
    let said = message(&mut member, b"hello", 0);
    assert_eq!(said[0], Output::Close { peer: "them".into(), why: Why::Senseless });
    let mut member = connected();
    let said = message(&mut member, &[chunks::CHUNK, 1, 5, 9], 0);
    assert_eq!(said[0], Output::Close { peer: "them".into(), why: Why::Senseless });
    assert_eq!(message(&mut member, &[3], 0), NOTHING, "and what follows is not heard");
}

/// A browser's connection to another one, as the play knows it.
struct Connection {
    id: u64,
    initiator: bool,
    /// The connection at the other end, once an answer has come.
    other: Option<u64>,
}

/// Members, a server that tells everybody everything, and connections that need a description from each side.
struct World {
    members: Vec<Member>,
    connections: Vec<BTreeMap<String, Connection>>,
    /// What is under way: order is kept between any two, and nothing else is.
    under_way: Vec<(usize, usize, Letter)>,
    random: fastrand::Rng,
    now: u64,
    ids: u64,
    /// One attempt in so many leads nowhere.
    fails: u64,
}

enum Letter {
    Notice(Notice),
    Message { connection: u64, message: Vec<u8> },
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let members: Vec<_> = (1..=random.u64(2..6)).map(|number| Member::new(number, 12)).collect();
        let connections = members.iter().map(|_| BTreeMap::new()).collect();
        let fails = random.u64(2..6);
        Self { members, connections, under_way: Vec::new(), random, now: 1_000, ids: 0, fails }
    }

    fn tell(&mut self, at: usize, input: Input) {
        for output in self.members[at].tell(input, self.now) {
            self.act(at, output);
        }
    }

    fn index(&self, name: &str) -> usize {
        self.members.iter().position(|member| member.name == name).unwrap()
    }

    fn act(&mut self, at: usize, output: Output) {
        match output {
            Output::Publish { notice, .. } => {
                for to in 0..self.members.len() {
                    self.under_way.push((at, to, Letter::Notice(notice.clone())));
                }
            }
            Output::Open { peer, initiator } => {
                self.ids += 1;
                let id = self.ids;
                self.connections[at].insert(peer.clone(), Connection { id, initiator, other: None });
                if initiator {
                    self.tell(at, Input::Signal { peer: &peer, signal: Signal::Offer(id.to_string()) });
                }
            }
            Output::Signal { peer, signal } => {
                let Some(connection) = self.connections[at].get_mut(&peer) else { return };
                match signal {
                    Signal::Offer(id) if !connection.initiator => {
                        connection.other = id.parse().ok();
                        let answer = Signal::Answer(format!("{} {id}", connection.id));
                        self.tell(at, Input::Signal { peer: &peer, signal: answer });
                    }
                    Signal::Answer(ids) if connection.initiator => {
                        let (theirs, ours) = ids.split_once(' ').unwrap();
                        if ours != connection.id.to_string() || self.random.u64(..self.fails) == 0 {
                            return;
                        }
                        connection.other = theirs.parse().ok();
                        let (ours, to) = (connection.id, self.index(&peer));
                        let name = self.members[at].name.clone();
                        // The channel opens at both ends, if the other one is still the one that answered.
                        let theirs = self.connections[to].get(&name);
                        if theirs.is_some_and(|theirs| theirs.other == Some(ours)) {
                            self.tell(at, Input::Opened { peer: &peer, takes: TAKES });
                            self.tell(to, Input::Opened { peer: &name, takes: TAKES });
                        }
                    }
                    _ => {}
                }
            }
            Output::Close { peer, .. } => {
                // The other end hears of it only some of the time; else it must find out.
                let closed = self.connections[at].remove(&peer);
                let (to, name) = (self.index(&peer), self.members[at].name.clone());
                let theirs = self.connections[to].get(&name).and_then(|theirs| theirs.other);
                if closed.is_some_and(|closed| theirs == Some(closed.id)) && self.random.bool() {
                    self.connections[to].remove(&name);
                    self.tell(to, Input::Closed { peer: &name });
                }
            }
            Output::Send { peer, message } => {
                let other = self.connections[at].get(&peer).and_then(|connection| connection.other);
                if let Some(connection) = other {
                    let to = self.index(&peer);
                    self.under_way.push((at, to, Letter::Message { connection, message }));
                }
            }
            Output::TooLong { .. } => panic!("all can put pieces together"),
            Output::Loan { .. } => panic!("nobody asks for anything"),
            Output::Heard { peer, heard: Heard::Update(update) } => {
                self.tell(at, Input::Update { update: &update, from: peer.as_deref() });
            }
            Output::Heard { heard: Heard::People(clients), .. } => self.tell(at, Input::People(&clients)),
        }
    }

    /// Delivers something, or lets time pass.
    fn step(&mut self) {
        self.now += self.random.u64(..20);
        if self.under_way.is_empty() {
            self.now += 500;
        } else {
            let any = self.random.usize(..self.under_way.len());
            let (from, to, _) = self.under_way[any];
            let first = self.under_way.iter().position(|(a, b, _)| (*a, *b) == (from, to)).unwrap();
            let (from, to, letter) = self.under_way.remove(first);
            match letter {
                Letter::Notice(notice) => self.tell(to, Input::Notice { server: SERVER, notice: &notice }),
                Letter::Message { connection, message } => {
                    let name = self.members[from].name.clone();
                    if self.connections[to].get(&name).is_some_and(|own| own.id == connection) {
                        self.tell(to, Input::Message { peer: &name, message: &message });
                    }
                }
            }
        }
        for at in 0..self.members.len() {
            let (renew, _) = self.members[at].people.tick(self.now);
            if renew {
                self.tell(at, Input::People(&[at as u64 + 1]));
            }
            if self.members[at].mesh.wakes_at().is_some_and(|wakes| wakes <= self.now) {
                self.tell(at, Input::Time);
            }
        }
    }

    /// Whether everybody is connected to everybody else, has everything, and sees everybody.
    fn is_whole(&self) -> bool {
        let all = self.members.len();
        self.members.iter().all(|member| {
            member.connected().len() == all - 1
                && member.pile == self.members[0].pile
                && member.people.present().len() == all
        })
    }
}

#[test]
fn a_connection_that_breaks_is_there_again_within_five_seconds_though_only_one_side_is_told() {
    for seed in 0..50 {
        let mut world = World::new(seed);
        (world.fails, world.members, world.connections) =
            (u64::MAX, vec![Member::new(1, 12), Member::new(2, 12)], vec![BTreeMap::new(), BTreeMap::new()]);
        for at in 0..2 {
            world.tell(at, Input::Joined { server: SERVER });
        }
        for _ in 0..world.random.usize(100..200) {
            world.step();
        }
        assert!(world.is_whole(), "seed {seed}");
        let told = world.random.usize(..2);
        let (name, peer) = (world.members[told].name.clone(), world.members[1 - told].name.clone());
        world.connections[told].remove(&peer);
        world.connections[1 - told].remove(&name);
        let from = world.now;
        world.tell(told, Input::Closed { peer: &peer });
        while !(0..2).all(|at| world.connections[at].len() == 1 && world.members[at].connected().len() == 1) {
            world.step();
            assert!(world.now < from + 5_000, "seed {seed}");
        }
    }
}

/// `HANDSEL_SCENARIOS` sets how many worlds are played.
#[test]
fn members_that_come_at_any_time_all_meet_whatever_is_lost_on_the_way() {
    let count = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for seed in 0..count {
        let mut world = World::new(seed);
        let long = vec![b'x'; 100_000];
        world.members[0].pile.0.insert(long);
        for at in 0..world.members.len() {
            world.tell(at, Input::Joined { server: SERVER });
            for _ in 0..world.random.usize(..40) {
                world.step();
            }
        }
        // Some connections break, which one side or both are told.
        for _ in 0..world.random.usize(..6) {
            for _ in 0..world.random.usize(..200) {
                world.step();
            }
            let at = world.random.usize(..world.members.len());
            let peers: Vec<_> = world.connections[at].keys().cloned().collect();
            if let Some(peer) = peers.first() {
                let name = world.members[at].name.clone();
                let to = world.index(peer);
                world.connections[at].remove(peer);
                world.connections[to].remove(&name);
                world.tell(at, Input::Closed { peer });
                if world.random.bool() {
                    world.tell(to, Input::Closed { peer: &name });
                }
            }
            let update = format!("written {}", world.now);
            world.members[at].pile.write(&update);
            world.tell(at, Input::Update { update: update.as_bytes(), from: None });
        }
        let mut steps = 0;
        while !world.is_whole() {
            world.step();
            steps += 1;
            assert!(steps < 20_000, "seed {seed}: they never meet");
        }
        assert!(world.members[0].pile.0.len() >= world.members.len());
    }
}
