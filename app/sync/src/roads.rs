//! What a room and its roads tell each other.
//!
//! The machines of the roads, and the carrier that travels over them, run as a program of their own (`app/roads`), which the
//! page fetches when a room has a road. It knows neither the page nor the room's words: it is handed sealed entries by their
//! names, and hands on those that others brought. Here is the language between the two; [`Event`] and [`Act`] are what
//! the page and the program tell each other besides.

mod lent;
mod words;

use model::{BlobHash, EntryHash, RoomId};

use crate::{link::child, places::Places, relay, signalling};
pub use lent::{Act, AtPeer, AtSocket, Event};
pub use words::{read_acts, write_acts};

/// Where the other copies of a room are to be found, and how this copy shows itself there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The name under which the room is known on every road. It follows from what only those in the room have, and says
    /// nothing about it.
    pub name: String,
    /// The key of what is sealed for the other copies alone: notices at a signalling server, and codes.
    pub key: [u8; 32],
    /// The number under which this copy speaks: random, below 2^53.
    pub client: u64,
    /// What everything is drawn from that must be random here: new each time.
    pub seed: [u8; 32],
    /// Over which servers; there may be none.
    pub places: Places,
}

/// The name under which a room is known on every road, from the content key with which it began: 32 hexadecimal digits.
pub fn name(room: RoomId, first_key: &[u8; 32]) -> String {
    let named = child(first_key, &[b"handsel road name 1", &room.0[..]].concat());
    model::hex(&named[..16])
}

/// The key of what is sealed for the other copies alone.
pub fn key(room: RoomId, first_key: &[u8; 32]) -> [u8; 32] {
    child(first_key, &[b"handsel road key 1", &room.0[..]].concat())
}

/// The content key of a room without rights that whoever knows its name may join: it hides nothing.
pub fn open_key(room: RoomId) -> [u8; 32] {
    child(&[0; 32], &[b"handsel open room 1", &room.0[..]].concat())
}

/// A relay by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayAt {
    /// How it speaks.
    pub kind: RelayKind,
    /// Its address, `ws:` or `wss:`.
    pub address: String,
    /// What it asks for before it lets somebody in; may be empty.
    pub token: String,
}

/// How a relay speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayKind {
    /// As servers of y-websocket do.
    YWebsocket,
    /// As Hocuspocus does.
    Hocuspocus,
}

/// A STUN or TURN server, as browsers take them (W3C WebRTC, `RTCIceServer`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:`.
    pub url: String,
    /// For TURN; may be empty.
    pub username: String,
    /// For TURN; may be empty.
    pub credential: String,
}

/// What a room asks of its roads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// These sealed entries are here and are good: they are to be where the other copies are. Those that came by a road are
    /// passed on from now on.
    Put(Vec<(EntryHash, Vec<u8>)>),
    /// These sealed blobs are here and are good.
    PutBlobs(Vec<(BlobHash, Vec<u8>)>),
    /// Ask a browser that is connected for this sealed blob, which does not go to everybody: each try another one. Answered by
    /// [`News::Blob`] or [`News::Lacks`], or not at all.
    Want(BlobHash, u64),
    /// Give a browser the sealed blob that it asked for, or say that it is not here.
    Lend(String, BlobHash, Option<Vec<u8>>),
    /// This copy says so of itself, as JSON; nothing, when nobody is here any more.
    Say(Option<String>),
    /// Make a code by which one other browser reaches this one without a server. Answered by [`News::Code`].
    Invite,
    /// A code that somebody passed on. One that asks is answered by [`News::Code`], one that answers leads to a connection.
    Meet(String),
    /// The network may be back, or the page is seen again.
    Wake,
}

/// What a room's roads have to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Others brought bytes that are said to be these sealed entries.
    Brought(Vec<(EntryHash, Vec<u8>)>),
    /// Others brought bytes that are said to be this sealed blob.
    Blob(BlobHash, Vec<u8>),
    /// A browser, by this name, asks for this sealed blob.
    Wanted(String, BlobHash),
    /// Whoever was asked for this blob does not have it, or nobody is there to be asked.
    Lacks(BlobHash),
    /// Somebody took these entries from a road. Those that are good are to be put again.
    Gone(Vec<EntryHash>),
    /// All others who are here, by number, and what they say of themselves, as JSON.
    People(Vec<(u64, String)>),
    /// How it stands.
    Standing(Standing),
    /// A code to pass on.
    Code(Code),
    /// A code that somebody passed on is of no use here.
    BadCode(BadCode),
    /// The program of the roads did not arrive, for this reason; there are no roads.
    NoProgram(String),
}

/// How it stands with a room's roads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// With its relay.
    pub relay: Option<relay::Standing>,
    /// With each of its signalling servers, in the order of the plan.
    pub signalling: Vec<signalling::Status>,
    /// How many browsers are connected to this one.
    pub peers: usize,
    /// How many browsers are being connected to. Where it stays so for long, something in between lets nothing through.
    pub trying: usize,
    /// When something came over any road last, in milliseconds.
    pub heard_at: Option<u64>,
}

/// A code that one person passes to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Whether it asks for an answer, or is one.
    pub is_answer: bool,
    /// The code: letters, digits, `-` and `_`.
    pub text: String,
}

/// Why a code is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadCode {
    /// Letters are missing, or it is none.
    Damaged,
    /// It is of another room, or was changed on the way.
    OtherRoom,
    /// It was made by another version.
    OtherVersion,
    /// It answers a code that is not waited for any more.
    TooLate,
    /// It is the code that was made here.
    Own,
}
