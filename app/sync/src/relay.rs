//! Relays: servers that hold a copy of a room and pass on what reaches them.
//!
//! [`YWebsocket`] speaks with servers of y-websocket, [`Hocuspocus`] with those of Hocuspocus. Whoever runs one of them
//! owns a `WebSocket` and a clock: it does what the machine answers, and tells it what happened. After an
//! [`Output::HangUp`] nothing more of that socket may be told.

mod address;
mod connection;
mod hocuspocus;
#[cfg(test)]
mod play;
mod y_websocket;

pub use address::address;
pub use hocuspocus::Hocuspocus;
pub use y_websocket::YWebsocket;

use crate::road::{Heard, Ours};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input<'a> {
    /// The relay is to be reached, and to be reached again whenever it is lost. Also after it refused.
    Start,
    /// It is not to be reached any more.
    Stop,
    /// The network may be back, or the page is seen again: a next attempt need not wait.
    Wake,
    /// The socket is open.
    Opened,
    /// A binary frame.
    Frame(&'a [u8]),
    /// The socket is closed, or could not be opened (1006, when nothing else is known).
    Closed {
        /// The code of RFC 6455, section 7.4.
        code: u16,
        /// The server's reason, if it gave one.
        reason: &'a str,
    },
    /// An update that is new here: written by this copy, or heard on another road.
    Update(&'a [u8]),
    /// There is something new of these clients.
    People(&'a [u64]),
    /// The time at which the machine wanted to be woken has come.
    Time,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Open a socket to this address, for binary frames.
    Dial(String),
    /// Send this as one binary frame.
    Send(Vec<u8>),
    /// Close the socket and forget it.
    HangUp,
    /// Something was heard; the rest of the program and the other roads should know.
    Heard(Heard),
}

/// How it stands with a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It is not to be reached.
    Off,
    /// It is being reached for, or has not yet given what it has.
    Connecting,
    /// It has given what it had, and hears what is written here.
    InStep,
    /// It has given what it had, and takes nothing from here.
    ReadOnly,
    /// It was lost, or could not be reached; the next attempt is at this time.
    Waiting {
        /// The time, in milliseconds.
        until: u64,
    },
    /// It refuses, and is not asked again before somebody says so ([`Input::Start`]).
    Refused {
        /// The code with which it closed the socket, if it did.
        code: Option<u16>,
        /// Its reason in its own words, which may be empty.
        reason: String,
    },
}

/// What can be told of a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How it stands.
    pub status: Status,
    /// How many changes were made here, or passed on from elsewhere, that the relay has not said to have.
    pub unacknowledged: usize,
    /// When something was received last, in milliseconds.
    pub heard_at: Option<u64>,
    /// How many messages made no sense or were not taken in, since the start. If there are some and the relay never
    /// comes in step, it is no relay, or not one for this room.
    pub faults: usize,
}

/// A relay of either kind.
#[derive(Debug)]
pub enum Relay {
    /// One that speaks as y-websocket does.
    YWebsocket(YWebsocket),
    /// One that speaks as Hocuspocus does.
    Hocuspocus(Hocuspocus),
}

impl Relay {
    /// Tells what happened at this time, in milliseconds.
    pub fn handle(&mut self, input: Input, now: u64, ours: &mut Ours) -> Vec<Output> {
        match self {
            Self::YWebsocket(relay) => relay.handle(input, now, ours),
            Self::Hocuspocus(relay) => relay.handle(input, now, ours),
        }
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        match self {
            Self::YWebsocket(relay) => relay.standing(),
            Self::Hocuspocus(relay) => relay.standing(),
        }
    }

    /// When it wants to be woken by [`Input::Time`].
    pub fn wakes_at(&self) -> Option<u64> {
        match self {
            Self::YWebsocket(relay) => relay.wakes_at(),
            Self::Hocuspocus(relay) => relay.wakes_at(),
        }
    }
}
