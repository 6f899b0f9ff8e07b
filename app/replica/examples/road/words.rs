//! What is asked and answered, as JSON.

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use sync::relay::{Standing, Status};
use sync::signalling::Signal;
use sync::{mesh, relay, signalling};

#[derive(Deserialize)]
pub(crate) struct Request {
    pub(crate) now: u64,
    pub(crate) ask: Ask,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Ask {
    /// Begins anew with an empty document, as this client.
    Begin {
        client: u64,
        entries: bool,
    },
    /// The road is a y-websocket server.
    YWebsocket {
        server: String,
        room: String,
    },
    /// The road is a Hocuspocus server.
    Hocuspocus {
        server: String,
        name: String,
        token: String,
    },
    /// The road is a mesh, by way of a signalling server.
    Mesh {
        server: String,
        topic: String,
        sealed: bool,
        name: String,
        luck: f64,
    },
    Start,
    Stop,
    Wake,
    Time,
    /// Something happened to the relay's socket,
    Relay(AskRelay),
    /// to that of the signalling server,
    Signalling(AskSignalling),
    /// or to the connection to a peer.
    Peer {
        peer: String,
        event: AskMesh,
    },
    /// Writes words at the end of the text, or as an entry.
    Write(String),
    /// Says something about this copy, as JSON.
    Say(Option<String>),
    /// A browser's description as a code.
    Code {
        kind: String,
        sdp: String,
    },
    /// A code as a description for a browser.
    Description(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AskRelay {
    Opened,
    Frame(String),
    Closed { code: u16, reason: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AskSignalling {
    Opened,
    Text(String),
    Closed,
    Sealed { nonce: String, sealed: String },
    Unsealed(Option<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AskMesh {
    Signal(Said),
    /// The channel is open and takes messages of this length.
    Opened(usize),
    Message(String),
    Closed,
}

/// What a browser says to another one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Said {
    Offer(String),
    Answer(String),
    Candidate(String),
}

impl From<Said> for Signal {
    fn from(said: Said) -> Self {
        match said {
            Said::Offer(sdp) => Self::Offer(sdp),
            Said::Answer(sdp) => Self::Answer(sdp),
            Said::Candidate(candidate) => Self::Candidate { candidate, mid: Some("0".into()), line: Some(0) },
        }
    }
}

pub(crate) fn of_relay(output: relay::Output) -> Option<Json> {
    Some(match output {
        relay::Output::Dial(address) => json!({ "relay": { "dial": address } }),
        relay::Output::Send(frame) => json!({ "relay": { "send": BASE64.encode(&frame) } }),
        relay::Output::HangUp => json!({ "relay": { "hangUp": true } }),
        relay::Output::Heard(_) => return None,
    })
}

pub(crate) fn of_signalling(output: signalling::Output) -> Option<Json> {
    Some(match output {
        signalling::Output::Dial(address) => json!({ "signalling": { "dial": address } }),
        signalling::Output::Send(text) => json!({ "signalling": { "send": text } }),
        signalling::Output::HangUp => json!({ "signalling": { "hangUp": true } }),
        signalling::Output::Seal(plain) => json!({ "seal": BASE64.encode(&plain) }),
        signalling::Output::Unseal { nonce, sealed } => {
            json!({ "unseal": { "nonce": BASE64.encode(&nonce), "sealed": BASE64.encode(&sealed) } })
        }
        signalling::Output::Joined | signalling::Output::Heard(_) => return None,
    })
}

pub(crate) fn of_mesh(output: mesh::Output) -> Json {
    match output {
        mesh::Output::Open { peer, initiator } => json!({ "open": { "peer": peer, "initiator": initiator } }),
        mesh::Output::Signal { peer, signal } => {
            let signal = match signal {
                Signal::Offer(sdp) => json!({ "offer": sdp }),
                Signal::Answer(sdp) => json!({ "answer": sdp }),
                Signal::Candidate { candidate, .. } => json!({ "candidate": candidate }),
                Signal::Wish | Signal::Unknown => Json::Null,
            };
            json!({ "signal": { "peer": peer, "signal": signal } })
        }
        mesh::Output::Close { peer, why } => json!({ "close": { "peer": peer, "why": format!("{why:?}") } }),
        mesh::Output::Send { peer, message } => {
            json!({ "send": { "peer": peer, "message": BASE64.encode(&message) } })
        }
        mesh::Output::TooLong { peer, len } => json!({ "tooLong": { "peer": peer, "len": len } }),
        mesh::Output::Publish { .. } | mesh::Output::Heard { .. } | mesh::Output::Loan { .. } => Json::Null,
    }
}

pub(crate) fn standing(standing: &Standing) -> Json {
    let (status, reason) = match &standing.status {
        Status::Off => ("off", None),
        Status::Connecting => ("connecting", None),
        Status::InStep => ("in step", None),
        Status::ReadOnly => ("read only", None),
        Status::Waiting { .. } => ("waiting", None),
        Status::Refused { reason, .. } => ("refused", Some(reason)),
    };
    json!({
        "status": status,
        "reason": reason,
        "unacknowledged": standing.unacknowledged,
        "faults": standing.faults,
    })
}
