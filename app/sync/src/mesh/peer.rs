//! One of the others.

use stdx::{Reader, Writer};

use super::{ANSWER_WITHIN, SILENCE_ASKED};
use crate::chunks::Assembly;
use crate::yjs::Fault;

/// y-webrtc's message by which tabs of one browser tell that they hear each other elsewhere.
pub(super) const BC_PEER: u8 = 4;
/// What is said in such a message by whoever puts chunks together.
const HELLO: &str = "handsel/chunks/1";
/// An attempt that shows signs of life is waited for up to so long in all, in milliseconds.
const ATTEMPT_MAX: u64 = 15_000;

#[derive(Debug)]
pub(super) struct Peer {
    /// The signalling server by which it is reached; none if it came by codes.
    pub(super) server: Option<u32>,
    /// Set when something was said to the other browser, until an answer came.
    pub(super) token: Option<f64>,
    /// Whether it is known to be there, so that it is offered another connection when this one comes to nothing: its browser
    /// has spoken to ours, or it announced itself while it was believed to be connected.
    pub(super) wanted: bool,
    pub(super) state: State,
}

#[derive(Debug)]
pub(super) enum State {
    /// It is being connected to; if it is not by `until`, something else is tried.
    Trying {
        since: u64,
        patience: u64,
        until: u64,
    },
    Open(Open),
}

/// A channel that is open.
#[derive(Debug)]
pub(super) struct Open {
    /// The longest message that it takes.
    pub(super) takes: usize,
    /// Whether the other side puts chunks together. Not known before its first message: ours begin with saying so.
    pub(super) takes_chunks: Option<bool>,
    pub(super) assembly: Assembly,
    pub(super) heard: u64,
    /// It was asked for a sign then, and has given none.
    pub(super) asked: Option<u64>,
    pub(super) in_step: bool,
    /// The question for what is not here is too long to be asked before it is known whether the peer takes chunks.
    pub(super) owes_question: bool,
    pub(super) faults: usize,
}

impl Peer {
    pub(super) fn trying(server: Option<u32>, now: u64, patience: u64) -> Self {
        let state = State::Trying { since: now, patience, until: now + patience };
        Self { server, token: None, wanted: false, state }
    }

    pub(super) fn open(&mut self) -> Option<&mut Open> {
        match &mut self.state {
            State::Open(open) => Some(open),
            State::Trying { .. } => None,
        }
    }

    pub(super) fn opened(&mut self, takes: usize, now: u64) {
        self.wanted = false;
        self.state = State::Open(Open {
            takes,
            takes_chunks: None,
            assembly: Assembly::default(),
            heard: now,
            asked: None,
            in_step: false,
            owes_question: false,
            faults: 0,
        });
    }

    /// The other browser has said something, so the attempt is alive.
    pub(super) fn gave_sign(&mut self, now: u64) {
        if let State::Trying { since, patience, until } = &mut self.state {
            self.wanted = true;
            *until = (now + *patience).min(*since + ATTEMPT_MAX).max(*until);
        }
    }

    pub(super) fn wakes_at(&self) -> u64 {
        match &self.state {
            State::Trying { until, .. } => *until,
            State::Open(Open { asked: Some(asked), .. }) => asked + ANSWER_WITHIN,
            State::Open(open) => open.heard + SILENCE_ASKED,
        }
    }
}

/// Says that we put chunks together. To y-webrtc it says that a tab of which it never heard is gone, which it passes over.
pub(super) fn hello() -> Vec<u8> {
    let mut out = Writer::new();
    out.u8(BC_PEER).u8(0).text(HELLO);
    out.finish()
}

/// Whether such a message says that its sender puts chunks together.
pub(super) fn is_hello(message: &[u8]) -> Result<bool, Fault> {
    let mut from = Reader::new(message);
    let (_, adds, name) = (from.u8()?, from.u8()?, from.text()?);
    Ok(adds == 0 && name == HELLO)
}
