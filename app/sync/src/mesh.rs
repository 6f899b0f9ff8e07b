//! Copies that are connected directly, browser to browser, as y-webrtc 10.3 connects them.
//!
//! Whoever is at a signalling server's topic announces itself, and who hears that makes an offer. Once a data channel is
//! open, both sides say what they have and who is here, in the messages of y-protocols. Peers may be ours or y-webrtc's;
//! what is more than y-webrtc knows goes only to those who have said in the channel that they know it.
//!
//! Whoever runs a mesh has one `RTCPeerConnection` for each peer that [`Output::Open`] names, until [`Output::Close`]
//! names it or it is opened anew; after that nothing more of the old one may be told. The one who makes the offer also
//! makes the data channel. If another channel arrives nevertheless, messages go over that one: y-webrtc's peers do so
//! after two offers have crossed.

mod loan;
mod peer;
#[cfg(test)]
mod play;
mod tries;

use std::collections::BTreeMap;

use crate::awareness::Road;
use crate::chunks;
use crate::road::{Heard, Ours, Told, Turn};
use crate::signalling::{Notice, Signal};
use crate::yjs::{Fault, Message};
pub use loan::{LOAN, Loan};
use peer::{Peer, State};
use tries::Tries;

/// A peer that is connected and says nothing is asked after so long, in milliseconds. All say who they are every 15 s.
const SILENCE_ASKED: u64 = 20_000;
/// It must answer within this time, in milliseconds.
const ANSWER_WITHIN: u64 = 3_000;
/// It is announced at most this often that we are here, in milliseconds.
const ANNOUNCE_EVERY: u64 = 1_000;
/// A peer whose messages so often made no sense is left.
const FAULTS_MAX: usize = 16;
/// Addresses that arrive before the offer to which they belong are kept, up to so many.
const EARLY_MAX: usize = 32;
/// The largest message that any channel is given whole, in bytes; Chromium takes no more.
const WHOLE_MAX: usize = 256 * 1024;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// A signalling server is there ([`crate::signalling::Output::Joined`]); its number is the caller's.
    Joined {
        /// The server.
        server: u32,
    },
    /// Somebody has told something there.
    Notice {
        /// The server.
        server: u32,
        /// What.
        notice: &'a Notice,
    },
    /// The connection to a peer has something for the other side.
    Signal {
        /// The peer.
        peer: &'a str,
        /// What.
        signal: Signal,
    },
    /// The data channel to a peer is open. It may be a peer with whom two people have exchanged codes.
    Opened {
        /// The peer; any name that no other has, if it came by codes.
        peer: &'a str,
        /// The longest message that the channel takes, in bytes (`sctp.maxMessageSize`).
        takes: usize,
    },
    /// A binary message came by the channel.
    Message {
        /// The peer.
        peer: &'a str,
        /// The message.
        message: &'a [u8],
    },
    /// The connection failed, or the channel closed.
    Closed {
        /// The peer.
        peer: &'a str,
    },
    /// An update that is new here.
    Update {
        /// The update.
        update: &'a [u8],
        /// The peer that has it already, since it brought it.
        from: Option<&'a str>,
    },
    /// There is something new of these clients.
    People(&'a [u64]),
    /// The room has thrown away what it had heard: all are asked for what is not here.
    Ask,
    /// This is for one peer, if it is ours: a [`Loan`], as bytes.
    Loan {
        /// The peer.
        peer: &'a str,
        /// The message.
        message: &'a [u8],
    },
    /// The network may be back, or the page is seen again.
    Wake,
    /// All connections are to end, as when the page goes away.
    Leave,
    /// The time at which the machine wanted to be woken has come.
    Time,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Tell this to all at the topic.
    Publish {
        /// By this signalling server only, or by all.
        server: Option<u32>,
        /// What.
        notice: Notice,
    },
    /// Make a connection to a peer, anew if there is one.
    Open {
        /// The peer.
        peer: String,
        /// Whether this side makes the channel and the offer.
        initiator: bool,
    },
    /// Give this to the connection to a peer.
    Signal {
        /// The peer.
        peer: String,
        /// An offer, an answer or a candidate.
        signal: Signal,
    },
    /// Close the connection to a peer.
    Close {
        /// The peer.
        peer: String,
        /// Why, for whoever looks for the cause.
        why: Why,
    },
    /// Send this as one binary message by a peer's channel, in order. A long message comes as many; whoever sends them holds
    /// them back while the channel's buffer is full.
    Send {
        /// The peer.
        peer: String,
        /// The message.
        message: Vec<u8>,
    },
    /// A message is longer than a peer's channel takes, and it cannot put pieces together, so it was not sent. The peer
    /// is not ours.
    TooLong {
        /// The peer.
        peer: String,
        /// The message's length in bytes.
        len: usize,
    },
    /// A peer has sent a [`Loan`].
    Loan {
        /// The peer.
        peer: String,
        /// The message.
        message: Vec<u8>,
    },
    /// Something was heard.
    Heard {
        /// The peer that brought it; none when somebody is gone.
        peer: Option<String>,
        /// What.
        heard: Heard,
    },
}

/// Why a connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It was not there in time.
    Late,
    /// The peer does not answer any more.
    Silent,
    /// What the peer says makes no sense.
    Senseless,
    /// This copy leaves.
    Leaving,
}

/// This copy among others.
#[derive(Debug)]
pub struct Mesh {
    name: String,
    luck: f64,
    road: Road,
    max: usize,
    peers: BTreeMap<String, Peer>,
    tries: Tries,
    /// Addresses of connections that were not offered yet.
    early: Vec<(String, Signal)>,
    announced: Option<u64>,
    announce_at: Option<u64>,
    /// Long messages so far.
    numbers: u32,
}

impl Mesh {
    /// A copy that calls itself `name`, which must be random and new (y-webrtc draws a UUID), and is connected to at most
    /// `max` others, more only if they ask. `luck` is a random number from 0 to 1: by it one of two offers that cross
    /// each other stands.
    pub fn new(name: &str, luck: f64, max: usize, road: Road) -> Self {
        Self {
            name: name.to_owned(),
            luck,
            road,
            max,
            peers: BTreeMap::new(),
            tries: Tries::default(),
            early: Vec::new(),
            announced: None,
            announce_at: None,
            numbers: 0,
        }
    }

    /// The peers to whom there is a channel, and whether all that they had is here.
    pub fn connected(&self) -> impl Iterator<Item = (&str, bool)> {
        self.peers.iter().filter_map(|(name, peer)| match &peer.state {
            State::Open(open) => Some((name.as_str(), open.in_step)),
            State::Trying { .. } => None,
        })
    }

    /// The peers that are ours.
    pub fn ours(&self) -> impl Iterator<Item = &str> {
        self.peers.iter().filter_map(|(name, peer)| match &peer.state {
            State::Open(open) if open.takes_chunks == Some(true) => Some(name.as_str()),
            _ => None,
        })
    }

    /// How many peers are being connected to.
    pub fn trying(&self) -> usize {
        self.peers.len() - self.connected().count()
    }

    /// When it wants to be woken by [`Input::Time`].
    pub fn wakes_at(&self) -> Option<u64> {
        self.peers.values().map(Peer::wakes_at).chain(self.announce_at).chain(self.tries.wakes_at()).min()
    }

    /// Tells what happened at this time, in milliseconds.
    pub fn handle(&mut self, input: Input, now: u64, ours: &mut Ours) -> Vec<Output> {
        let mut out = Vec::new();
        match input {
            Input::Joined { server } => self.announce(Some(server), &mut out),
            Input::Notice { server, notice } => self.notice(server, notice, now, &mut out),
            Input::Signal { peer, signal } => self.pass_on(peer, signal, now, &mut out),
            Input::Opened { peer, takes } => self.opened(peer, takes, now, ours, &mut out),
            Input::Message { peer, message } => self.message(peer, message, now, ours, &mut out),
            Input::Closed { peer } => self.drop(peer, now, ours, &mut out),
            Input::Update { update, from } => {
                let message = Message::Update(update).write();
                let others: Vec<_> = self.open().filter(|peer| Some(peer.as_str()) != from).collect();
                others.iter().for_each(|peer| self.send(peer, &message, &mut out));
            }
            Input::People(clients) => {
                let mut turn = Turn::new(ours, self.road, now);
                turn.show(clients);
                for message in turn.says {
                    let all: Vec<_> = self.open().collect();
                    all.iter().for_each(|peer| self.send(peer, &message, &mut out));
                }
            }
            Input::Ask => {
                let mut turn = Turn::new(ours, self.road, now);
                turn.ask();
                for message in turn.says {
                    let all: Vec<_> = self.open().collect();
                    all.iter().for_each(|peer| self.send(peer, &message, &mut out));
                }
            }
            Input::Loan { peer, message } => {
                if self.ours().any(|ours| ours == peer) {
                    self.send(peer, message, &mut out);
                }
            }
            Input::Wake => {
                self.announce_at = Some(now);
                let all: Vec<_> = self.open().collect();
                all.iter().for_each(|peer| self.ask(peer, now, &mut out));
            }
            Input::Leave => {
                for (peer, _) in std::mem::take(&mut self.peers) {
                    out.push(Output::Close { peer, why: Why::Leaving });
                }
                (self.announce_at, self.tries) = (None, Tries::default());
                self.lose(now, ours, &mut out);
            }
            Input::Time => self.time(now, ours, &mut out),
        }
        while let Some((peer, server)) = self.tries.due(now) {
            if !self.peers.contains_key(&peer) && self.peers.len() < self.max {
                self.begin(&peer, true, Some(server), now, &mut out);
            }
        }
        if self.announce_at.is_some_and(|at| now >= at)
            && self.announced.is_none_or(|at| now >= at + ANNOUNCE_EVERY)
        {
            (self.announce_at, self.announced) = (None, Some(now));
            self.announce(None, &mut out);
        }
        out
    }

    fn open(&self) -> impl Iterator<Item = String> {
        self.connected().map(|(name, _)| name.to_owned())
    }

    fn announce(&self, server: Option<u32>, out: &mut Vec<Output>) {
        if self.peers.len() < self.max {
            out.push(Output::Publish { server, notice: Notice::Announce { from: self.name.clone() } });
        }
    }

    /// Announces again at this time, or before.
    fn announce_at(&mut self, at: u64) {
        let at = self.announced.map_or(at, |last| at.max(last + ANNOUNCE_EVERY));
        self.announce_at = Some(self.announce_at.map_or(at, |other| other.min(at)));
    }

    fn notice(&mut self, server: u32, notice: &Notice, now: u64, out: &mut Vec<Output>) {
        match notice {
            Notice::Announce { from } if *from != self.name => {
                if let Some(peer) = self.peers.get_mut(from) {
                    // It may be looking for somebody else, or have lost us.
                    peer.wanted = true;
                    self.ask(from, now, out);
                } else if self.peers.len() < self.max {
                    match self.tries.not_before(from) {
                        Some(at) if at > now => self.announce_at(at),
                        _ => self.begin(from, true, Some(server), now, out),
                    }
                }
            }
            Notice::Signal { from, to, token, signal } if *to == self.name && *from != self.name => {
                self.signal(server, from, *token, signal, now, out);
            }
            _ => {}
        }
    }

    /// Makes a connection; `server` is the one by which the peer is reached.
    fn begin(&mut self, peer: &str, initiator: bool, server: Option<u32>, now: u64, out: &mut Vec<Output>) {
        let patience = self.tries.patience(peer);
        self.peers.insert(peer.to_owned(), Peer::trying(server, now, patience));
        out.push(Output::Open { peer: peer.to_owned(), initiator });
    }

    /// Another browser says something to ours.
    fn signal(
        &mut self,
        server: u32,
        from: &str,
        token: f64,
        signal: &Signal,
        now: u64,
        out: &mut Vec<Output>,
    ) {
        match signal {
            Signal::Offer(_) => {
                // Both have made an offer: the one with the higher token stands.
                match self.peers.get(from) {
                    Some(peer) if peer.token.is_some_and(|own| own > token) => return,
                    None if self.peers.len() >= self.max * 2 => return,
                    _ => self.begin(from, false, Some(server), now, out),
                }
                self.give(from, signal.clone(), now, out);
                let (its, others) =
                    std::mem::take(&mut self.early).into_iter().partition(|(of, _)| of == from);
                self.early = others;
                let its: Vec<_> = its;
                its.into_iter().for_each(|(_, signal)| self.give(from, signal, now, out));
            }
            Signal::Answer(_) => {
                if let Some(peer) = self.peers.get_mut(from) {
                    peer.token = None;
                    self.give(from, signal.clone(), now, out);
                }
            }
            Signal::Candidate { .. } => {
                if self.peers.contains_key(from) {
                    self.give(from, signal.clone(), now, out);
                } else if self.early.len() < EARLY_MAX {
                    self.early.push((from.to_owned(), signal.clone()));
                } else {
                    self.early.clear();
                }
            }
            Signal::Wish => {}
            Signal::Unknown => {
                if self.peers.remove(from).is_some() {
                    out.push(Output::Close { peer: from.to_owned(), why: Why::Senseless });
                    self.announce_at(now);
                }
            }
        }
    }

    fn give(&mut self, peer: &str, signal: Signal, now: u64, out: &mut Vec<Output>) {
        if let Some(known) = self.peers.get_mut(peer) {
            known.gave_sign(now);
            out.push(Output::Signal { peer: peer.to_owned(), signal });
        }
    }

    /// Our browser says something to another one.
    fn pass_on(&mut self, peer: &str, signal: Signal, now: u64, out: &mut Vec<Output>) {
        let Some(known) = self.peers.get_mut(peer) else { return };
        let token = *known.token.get_or_insert(now as f64 + self.luck);
        let signal = without_ufrag(signal);
        let notice = Notice::Signal { from: self.name.clone(), to: peer.to_owned(), token, signal };
        out.push(Output::Publish { server: known.server, notice });
    }

    fn opened(&mut self, peer: &str, takes: usize, now: u64, ours: &mut Ours, out: &mut Vec<Output>) {
        let known = self.peers.entry(peer.to_owned()).or_insert_with(|| Peer::trying(None, now, 0));
        known.opened(takes.min(WHOLE_MAX), now);
        self.tries.succeeded(peer);
        self.send(peer, &peer::hello(), out);
        let mut turn = Turn::new(ours, self.road, now);
        turn.ask();
        if let Some(open) = self.peers.get_mut(peer).and_then(Peer::open)
            && turn.says.iter().any(|question| question.len() > open.takes)
        {
            open.owes_question = true;
            turn.says.clear();
        }
        turn.show(&turn.ours.people.present());
        let says = turn.says;
        says.iter().for_each(|message| self.send(peer, message, out));
    }

    fn message(&mut self, peer: &str, message: &[u8], now: u64, ours: &mut Ours, out: &mut Vec<Output>) {
        let Some(known) = self.peers.get_mut(peer) else { return };
        known.wanted = false;
        let Some(open) = known.open() else { return };
        (open.heard, open.asked) = (now, None);
        let mut turn = Turn::new(ours, self.road, now);
        let mut loans = Vec::new();
        let result = match message {
            // y-webrtc answers so to what it does not know.
            [] => Ok(()),
            [chunks::CHUNK, piece @ ..] => match open.assembly.take(piece) {
                Ok(Some(whole)) => hear(&whole, open, &mut turn, &mut loans),
                Ok(None) => Ok(()),
                Err(fault) => {
                    // What follows of this message would make no sense either.
                    open.faults = FAULTS_MAX;
                    Err(fault)
                }
            },
            message => hear(message, open, &mut turn, &mut loans),
        };
        let is_senseless = result.is_err() && {
            open.faults += 1;
            open.faults >= FAULTS_MAX
        };
        let Turn { says, heard, .. } = turn;
        says.iter().for_each(|message| self.send(peer, message, out));
        out.extend(heard.into_iter().map(|heard| Output::Heard { peer: Some(peer.to_owned()), heard }));
        out.extend(loans.into_iter().map(|message| Output::Loan { peer: peer.to_owned(), message }));
        if is_senseless {
            self.close(peer, Why::Senseless, now, ours, out);
        }
    }

    /// Sends a message whole or in pieces, as the peer takes it.
    fn send(&mut self, peer: &str, message: &[u8], out: &mut Vec<Output>) {
        let Some(open) = self.peers.get_mut(peer).and_then(Peer::open) else { return };
        let peer = peer.to_owned();
        match open.takes_chunks {
            Some(true) if message.len() > chunks::CHUNK_MAX => {
                self.numbers = self.numbers.wrapping_add(1);
                let pieces = chunks::split(self.numbers, message);
                out.extend(pieces.map(|message| Output::Send { peer: peer.clone(), message }));
            }
            _ if message.len() <= open.takes => out.push(Output::Send { peer, message: message.to_vec() }),
            // It has not yet asked for what it lacks; the answer will have this too.
            None => {}
            Some(_) => out.push(Output::TooLong { peer, len: message.len() }),
        }
    }

    /// Asks a peer for a sign.
    fn ask(&mut self, peer: &str, now: u64, out: &mut Vec<Output>) {
        if let Some(open) = self.peers.get_mut(peer).and_then(Peer::open)
            && open.asked.is_none()
        {
            open.asked = Some(now);
            self.send(peer, &Message::Query.write(), out);
        }
    }

    fn close(&mut self, peer: &str, why: Why, now: u64, ours: &mut Ours, out: &mut Vec<Output>) {
        out.push(Output::Close { peer: peer.to_owned(), why });
        self.drop(peer, now, ours, out);
    }

    /// A connection is gone; the peer may come again.
    fn drop(&mut self, peer: &str, now: u64, ours: &mut Ours, out: &mut Vec<Output>) {
        let Some(known) = self.peers.remove(peer) else { return };
        let again = match known.state {
            State::Trying { .. } => self.tries.failed(peer, known.server.filter(|_| known.wanted), now),
            State::Open(_) => now,
        };
        self.lose(now, ours, out);
        if let (State::Open(_), true) = (&known.state, known.wanted && self.peers.len() < self.max) {
            self.begin(peer, true, known.server, now, out);
        } else {
            self.announce_at(again);
        }
    }

    /// Forgets who was heard here, when nobody is connected any more.
    fn lose(&mut self, now: u64, ours: &mut Ours, out: &mut Vec<Output>) {
        if self.connected().next().is_none() {
            let mut turn = Turn::new(ours, self.road, now);
            turn.lose();
            out.extend(turn.heard.into_iter().map(|heard| Output::Heard { peer: None, heard }));
        }
    }

    fn time(&mut self, now: u64, ours: &mut Ours, out: &mut Vec<Output>) {
        let due: Vec<_> = self
            .peers
            .iter()
            .filter(|(_, peer)| peer.wakes_at() <= now)
            .map(|(name, _)| name.clone())
            .collect();
        for name in due {
            match self.peers.get(&name).map(|peer| &peer.state) {
                Some(State::Trying { .. }) => self.close(&name, Why::Late, now, ours, out),
                Some(State::Open(open)) if open.asked.is_some() => {
                    self.close(&name, Why::Silent, now, ours, out);
                }
                Some(State::Open(_)) => self.ask(&name, now, out),
                None => {}
            }
        }
    }
}

/// A candidate without the name of the description to which it belongs. Where two offers crossed, candidates of the one that
/// gave way may still be under way: with that name, simple-peer ends the connection that stands; without it, it tries an
/// address in vain.
fn without_ufrag(signal: Signal) -> Signal {
    let Signal::Candidate { candidate, mid, line } = signal else { return signal };
    let words: Vec<_> = candidate.split(' ').collect();
    let kept = match words.iter().position(|word| *word == "ufrag") {
        Some(at) => [&words[..at], words.get(at + 2..).unwrap_or_default()].concat(),
        None => words,
    };
    Signal::Candidate { candidate: kept.join(" "), mid, line }
}

/// Takes in one whole message of a channel.
fn hear(
    message: &[u8],
    open: &mut peer::Open,
    turn: &mut Turn,
    loans: &mut Vec<Vec<u8>>,
) -> Result<(), Fault> {
    if message.first() == Some(&peer::BC_PEER) {
        let says_so = peer::is_hello(message)?;
        open.takes_chunks = Some(says_so || open.takes_chunks == Some(true));
    }
    open.takes_chunks.get_or_insert(false);
    if std::mem::take(&mut open.owes_question) {
        turn.ask();
    }
    if message.first() == Some(&peer::BC_PEER) {
        return Ok(());
    }
    if message.first() == Some(&LOAN) {
        loans.push(message.to_vec());
        return Ok(());
    }
    if let Told::Answered = turn.hear(Message::read(message)?)? {
        open.in_step = true;
    }
    Ok(())
}
