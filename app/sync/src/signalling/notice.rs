//! What those at a topic tell each other.

use crate::any::Any;

/// The longest name of a peer, in bytes; y-webrtc draws UUIDs.
const NAME_MAX: usize = 64;

/// Something told to all at a topic.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A peer is here and may be connected to.
    Announce {
        /// Its name.
        from: String,
    },
    /// What a peer's browser wants another one's to know.
    Signal {
        /// Its name.
        from: String,
        /// The name of the one it is for.
        to: String,
        /// Where both have made an offer, the one with the higher token stands.
        token: f64,
        /// What it is.
        signal: Signal,
    },
}

/// What one browser says to the other, as simple-peer 9 writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// A description that asks.
    Offer(String),
    /// A description that answers.
    Answer(String),
    /// An address at which to try.
    Candidate {
        /// The line without `a=`; empty when there are no more.
        candidate: String,
        /// `sdpMid`.
        mid: Option<String>,
        /// `sdpMLineIndex`.
        line: Option<u16>,
    },
    /// A wish for something that data channels do not need; passed over.
    Wish,
    /// What has no meaning. simple-peer ends a connection for it, and so do we.
    Unknown,
}

impl Notice {
    pub(super) fn to_any(&self) -> Any {
        match self {
            Self::Announce { from } => {
                Any::map([("type", "announce".into()), ("from", from.as_str().into())])
            }
            Self::Signal { from, to, token, signal } => Any::map([
                ("to", to.as_str().into()),
                ("from", from.as_str().into()),
                ("type", "signal".into()),
                ("token", Any::Number(*token)),
                ("signal", signal.to_any()),
            ]),
        }
    }

    /// Reads a notice; nothing when it is none.
    pub(super) fn from_any(data: &Any) -> Option<Self> {
        let name =
            |key| Some(data.get(key)?.text()?.to_owned()).filter(|name: &String| name.len() <= NAME_MAX);
        match data.get("type")?.text()? {
            "announce" => Some(Self::Announce { from: name("from")? }),
            "signal" => Some(Self::Signal {
                from: name("from")?,
                to: name("to")?,
                // A number that is none would compare with nothing.
                token: match data.get("token") {
                    Some(Any::Number(token)) if token.is_finite() => *token,
                    _ => 0.0,
                },
                signal: Signal::from_any(data.get("signal")?),
            }),
            _ => None,
        }
    }
}

impl Signal {
    fn to_any(&self) -> Any {
        let description = |kind: &str, sdp: &str| Any::map([("type", kind.into()), ("sdp", sdp.into())]);
        match self {
            Self::Offer(sdp) => description("offer", sdp),
            Self::Answer(sdp) => description("answer", sdp),
            Self::Candidate { candidate, mid, line } => Any::map([
                ("type", "candidate".into()),
                (
                    "candidate",
                    Any::map([
                        ("candidate", candidate.as_str().into()),
                        ("sdpMLineIndex", line.map_or(Any::Null, |line| Any::Number(line.into()))),
                        ("sdpMid", mid.as_deref().map_or(Any::Null, Any::from)),
                    ]),
                ),
            ]),
            Self::Wish => Any::map([("type", "renegotiate".into()), ("renegotiate", Any::Bool(true))]),
            Self::Unknown => Any::Null,
        }
    }

    fn from_any(signal: &Any) -> Self {
        let text = |value: &Any, key| Some(value.get(key)?.text()?.to_owned());
        let kind = signal.get("type").and_then(Any::text);
        if let (Some(kind), Some(sdp)) = (kind, text(signal, "sdp")) {
            return match kind {
                "offer" => Self::Offer(sdp),
                "answer" => Self::Answer(sdp),
                _ => Self::Unknown,
            };
        }
        if let Some(found) = signal.get("candidate")
            && let Some(candidate) = text(found, "candidate")
        {
            let line = match found.get("sdpMLineIndex") {
                Some(Any::Number(line)) if *line >= 0.0 && *line <= 65_535.0 => Some(*line as u16),
                _ => None,
            };
            return Self::Candidate { candidate, mid: text(found, "sdpMid"), line };
        }
        if signal.get("renegotiate").is_some() || signal.get("transceiverRequest").is_some() {
            return Self::Wish;
        }
        Self::Unknown
    }
}
