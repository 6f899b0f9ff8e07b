//! Finding each other by a signalling server of y-webrtc 10.3: whoever is in a room tells so under its topic, and passes
//! through the server what two browsers must know of each other to connect.
//!
//! The server hands everything to everybody who is at the topic, and sees what it hands on. So notices are sealed with a
//! key that both have ([`ITERATIONS`]); without one, a server could put itself between two browsers.

mod notice;
#[cfg(test)]
mod play;

use stdx::{Reader, Writer, base64};

use crate::any::Any;
pub use notice::{Notice, Signal};

/// A notice's key is PBKDF2-HMAC-SHA-256 of the password, with the topic as salt and so many rounds: 32 bytes, for
/// AES-256-GCM without additional data.
pub const ITERATIONS: u32 = 100_000;

/// A server that was not heard for as long is given up, in milliseconds.
const SILENCE_MAX: u64 = 30_000;
/// It is asked for a sign so long after it opened or gave one, in milliseconds.
const PING_AFTER: u64 = 15_000;
/// A socket that is not open after as long is given up, in milliseconds.
const DIAL_MAX: u64 = 10_000;
/// The shortest pause between attempts, in milliseconds.
const PAUSE_MIN: u64 = 100;
/// The longest message, in bytes.
const TEXT_MAX: usize = 256 * 1024;
/// How many notices may wait to be opened; what comes meanwhile is dropped.
const SEALED_MAX: usize = 64;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// The server is to be reached, and to be reached again whenever it is lost.
    Start,
    /// It is not to be reached any more.
    Stop,
    /// The network may be back: a next attempt need not wait.
    Wake,
    /// The socket is open.
    Opened,
    /// A text frame.
    Text(&'a str),
    /// The socket is closed, or could not be opened.
    Closed,
    /// Tell this to all at the topic.
    Publish(&'a Notice),
    /// What [`Output::Seal`] asked for, in the order in which it was asked: an offer goes before its addresses.
    Sealed {
        /// The nonce, random and new.
        nonce: [u8; 12],
        /// The sealed bytes, with the tag of 16 bytes behind them.
        sealed: Vec<u8>,
    },
    /// What [`Output::Unseal`] asked for, in the order in which it was asked; nothing where the key does not fit.
    Unsealed(Option<Vec<u8>>),
    /// The time at which the machine wanted to be woken has come.
    Time,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Open a socket to this address.
    Dial(String),
    /// Send this as one text frame.
    Send(String),
    /// Close the socket and forget it.
    HangUp,
    /// Seal this with the key; the answer is [`Input::Sealed`].
    Seal(Vec<u8>),
    /// Open this with the key; the answer is [`Input::Unsealed`].
    Unseal {
        /// The nonce.
        nonce: [u8; 12],
        /// The sealed bytes.
        sealed: Vec<u8>,
    },
    /// The server is there; [`crate::mesh`] should announce itself.
    Joined,
    /// Somebody has told this to all at the topic.
    Heard(Notice),
}

/// How it stands with a signalling server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is not to be reached.
    Off,
    /// It is being reached for.
    Connecting,
    /// It is there.
    Connected,
    /// It was lost or could not be reached; the next attempt is at this time.
    Waiting {
        /// The time, in milliseconds.
        until: u64,
    },
}

/// A signalling server with one topic.
#[derive(Debug)]
pub struct Signalling {
    address: String,
    topic: String,
    is_sealed: bool,
    state: State,
    /// Attempts since a socket opened.
    failures: u32,
    unsealing: usize,
}

#[derive(Debug)]
enum State {
    Off,
    Dialling { since: u64 },
    Open { heard: u64, ping_at: Option<u64> },
    Waiting { until: u64 },
}

impl Signalling {
    /// A server by its address. The topic is in clear for the server; with `is_sealed`, notices are not.
    pub fn new(address: &str, topic: &str, is_sealed: bool) -> Self {
        let (address, topic) = (address.to_owned(), topic.to_owned());
        Self { address, topic, is_sealed, state: State::Off, failures: 0, unsealing: 0 }
    }

    /// How it stands.
    pub fn status(&self) -> Status {
        match self.state {
            State::Off => Status::Off,
            State::Dialling { .. } => Status::Connecting,
            State::Open { .. } => Status::Connected,
            State::Waiting { until } => Status::Waiting { until },
        }
    }

    /// When it wants to be woken by [`Input::Time`].
    pub fn wakes_at(&self) -> Option<u64> {
        match self.state {
            State::Off => None,
            State::Dialling { since } => Some(since + DIAL_MAX),
            State::Open { heard, ping_at } => Some(ping_at.unwrap_or(u64::MAX).min(heard + SILENCE_MAX)),
            State::Waiting { until } => Some(until),
        }
    }

    /// Tells what happened at this time, in milliseconds.
    pub fn handle(&mut self, input: Input, now: u64) -> Vec<Output> {
        let mut out = Vec::new();
        match (input, &mut self.state) {
            (Input::Start, State::Off) | (Input::Start | Input::Wake, State::Waiting { .. }) => {
                self.dial(now, &mut out);
            }
            (Input::Stop, State::Dialling { .. } | State::Open { .. }) => {
                self.state = State::Off;
                out.push(Output::HangUp);
            }
            (Input::Stop, _) => self.state = State::Off,
            (Input::Opened, State::Dialling { .. }) => {
                self.state = State::Open { heard: now, ping_at: Some(now + PING_AFTER) };
                self.failures = 0;
                let topics = Any::List(Vec::from([self.topic.as_str().into()]));
                out.push(send(Any::map([("type", "subscribe".into()), ("topics", topics)])));
                out.push(Output::Joined);
            }
            (Input::Text(text), State::Open { heard, ping_at }) => {
                *heard = now;
                let message = if text.len() <= TEXT_MAX { Any::from_json(text).ok() } else { None };
                match message.as_ref().and_then(|message| message.get("type")?.text()) {
                    Some("pong") => *ping_at = Some(now + PING_AFTER),
                    Some("publish") => self.published(message.as_ref(), &mut out),
                    _ => {}
                }
            }
            (Input::Closed, State::Dialling { .. }) => {
                self.failures += 1;
                self.pause(now);
            }
            (Input::Closed, State::Open { .. }) => self.pause(now),
            (Input::Publish(notice), State::Open { .. }) => {
                let data = notice.to_any();
                out.push(if self.is_sealed { Output::Seal(data.to_bytes()) } else { self.publish(data) });
            }
            (Input::Sealed { nonce, sealed }, State::Open { .. }) => {
                let mut envelope = Writer::new();
                envelope.text(CIPHER).bytes(&nonce).bytes(&sealed);
                let letters = base64::to_standard(&envelope.finish());
                out.push(self.publish(Any::Text(letters)));
            }
            (Input::Unsealed(plain), _) => {
                self.unsealing = self.unsealing.saturating_sub(1);
                let data = plain.and_then(|plain| Any::from_bytes(&plain).ok());
                out.extend(data.and_then(|data| Notice::from_any(&data)).map(Output::Heard));
            }
            (Input::Time, State::Dialling { since }) if now >= *since + DIAL_MAX => {
                self.failures += 1;
                out.push(Output::HangUp);
                self.pause(now);
            }
            (Input::Time, State::Open { heard, .. }) if now >= *heard + SILENCE_MAX => {
                out.push(Output::HangUp);
                self.pause(now);
            }
            (Input::Time, State::Open { ping_at, .. }) if ping_at.is_some_and(|at| now >= at) => {
                *ping_at = None;
                out.push(send(Any::map([("type", "ping".into())])));
            }
            (Input::Time, State::Waiting { until }) if now >= *until => self.dial(now, &mut out),
            _ => {}
        }
        out
    }

    fn dial(&mut self, now: u64, out: &mut Vec<Output>) {
        self.state = State::Dialling { since: now };
        out.push(Output::Dial(self.address.clone()));
    }

    /// Waits as lib0's client does, whose pauses grow slowly.
    fn pause(&mut self, now: u64) {
        let pause = (f64::from(self.failures + 1).log10() * 1_200.0).min(2_500.0) as u64;
        self.state = State::Waiting { until: now + pause.max(PAUSE_MIN) };
    }

    fn publish(&self, data: Any) -> Output {
        let topic = self.topic.as_str().into();
        send(Any::map([("type", "publish".into()), ("topic", topic), ("data", data)]))
    }

    /// Somebody, perhaps this copy itself, has told something.
    fn published(&mut self, message: Option<&Any>, out: &mut Vec<Output>) {
        let Some(message) = message else { return };
        if message.get("topic").and_then(Any::text) != Some(&self.topic) {
            return;
        }
        let Some(data) = message.get("data") else { return };
        if !self.is_sealed {
            out.extend(Notice::from_any(data).map(Output::Heard));
        } else if let Some((nonce, sealed)) = data.text().and_then(envelope)
            && self.unsealing < SEALED_MAX
        {
            self.unsealing += 1;
            out.push(Output::Unseal { nonce, sealed });
        }
    }
}

/// How y-webrtc names the cipher in front of what it sealed.
const CIPHER: &str = "AES-GCM";

fn send(message: Any) -> Output {
    Output::Send(message.to_json())
}

/// Takes sealed data apart: nonce and sealed bytes.
fn envelope(letters: &str) -> Option<([u8; 12], Vec<u8>)> {
    let bytes = base64::from_standard(letters)?;
    let mut from = Reader::new(&bytes);
    let cipher = from.text().ok()?;
    let (nonce, sealed) = (from.bytes().ok()?, from.bytes().ok()?);
    (cipher == CIPHER).then_some((nonce.try_into().ok()?, sealed.to_vec()))
}
