//! What the page lends the program of the roads: sockets, connections to other browsers, and a clock.
//!
//! The page tells what happened and when, and does what is answered, in order. Of a socket that was hung up, and of a
//! connection that was closed or made anew, nothing more is told.

use super::{Ask, News, Plan};
use crate::signalling::Signal;

/// What happened in the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The roads are to be run by this plan, from nothing.
    Start(Plan),
    /// The room asks something.
    Ask(Ask),
    /// Something happened to a socket.
    Socket {
        /// Its number in [`Act::Dial`].
        id: u32,
        /// What.
        what: AtSocket,
    },
    /// Something happened to the connection to another browser.
    Peer {
        /// Its name in [`Act::OpenPeer`].
        name: String,
        /// What.
        what: AtPeer,
    },
    /// The time of [`Act::WakeAt`] has come.
    Time,
    /// All is to end.
    Stop,
}

/// What happens to a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtSocket {
    /// It is open.
    Opened,
    /// A binary frame.
    Binary(Vec<u8>),
    /// A text frame.
    Text(String),
    /// It is closed, or could not be opened (1006, when nothing else is known).
    Closed {
        /// The code of RFC 6455, section 7.4.
        code: u16,
        /// The server's reason, if it gave one.
        reason: String,
    },
}

/// What happens to the connection to another browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtPeer {
    /// It has something for the other side.
    Signal(Signal),
    /// Its data channel is open.
    Opened {
        /// The longest message that the channel takes, in bytes.
        takes: usize,
    },
    /// A binary message.
    Message(Vec<u8>),
    /// It failed, or its channel closed.
    Closed,
    /// The description that [`Act::Describe`] asked for (SDP, RFC 8866), with all addresses.
    Described(String),
}

/// What the page is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Open a socket.
    Dial {
        /// Its number, which no other has had.
        id: u32,
        /// Its address.
        address: String,
    },
    /// Send a binary frame.
    SendBinary {
        /// The socket.
        id: u32,
        /// The frame.
        frame: Vec<u8>,
    },
    /// Send a text frame.
    SendText {
        /// The socket.
        id: u32,
        /// The frame.
        text: String,
    },
    /// Close a socket and forget it.
    HangUp {
        /// The socket.
        id: u32,
    },
    /// Make a connection to another browser, anew if there is one of this name.
    OpenPeer {
        /// Its name.
        name: String,
        /// Whether this side makes the channel and the offer.
        initiator: bool,
    },
    /// Give this to a connection.
    Signal {
        /// The connection.
        name: String,
        /// What the other side said.
        signal: Signal,
    },
    /// Gather all addresses of a connection, and say its description as a whole. Until its channel is open, such a
    /// connection does not fail: a person is passing its code on meanwhile.
    Describe {
        /// The connection.
        name: String,
    },
    /// Send a binary message by a connection's channel, in order; held back while the channel's buffer is full.
    SendPeer {
        /// The connection.
        name: String,
        /// The message.
        message: Vec<u8>,
    },
    /// Close a connection and forget it.
    ClosePeer {
        /// The connection.
        name: String,
    },
    /// The room is to know.
    News(News),
    /// Say [`Event::Time`] at this time, in milliseconds, and at none that was asked for before.
    WakeAt(Option<u64>),
}
