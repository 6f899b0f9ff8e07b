//! The messages of y-protocols 1.0, which every provider of Yjs speaks: who has what of a document, and who is here.
//!
//! Each message is a number and what belongs to it, in lib0's shapes, which are those of [`stdx::Writer`].

use model::limits;
use stdx::{Cut, Reader, Writer};

/// The longest message that is read: the largest update, and room for what stands around it.
pub const MESSAGE_MAX: usize = limits::ENTRY_MAX + 64 * 1024;

/// The longest state vector that is answered, about 100,000 clients.
const STATE_VECTOR_MAX: usize = 1024 * 1024;

/// Numbers of messages and of what they are about.
pub(crate) const SYNC: u64 = 0;
pub(crate) const AWARENESS: u64 = 1;
pub(crate) const AUTH: u64 = 2;
pub(crate) const QUERY: u64 = 3;
const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;
const DENIED: u64 = 0;

/// Why a message from elsewhere was passed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It ends too early, or a number in it is none.
    #[error("the message is cut off or damaged")]
    Cut,
    /// A kind of message that is not known.
    #[error("a message of the unknown kind {0}")]
    Unknown(u64),
    /// Longer than what is taken in.
    #[error("the message is too long")]
    TooLong,
    /// What somebody says about themselves is not JSON; programs in JavaScript would throw the whole message away.
    #[error("a state is not JSON")]
    NotJson,
    /// The document does not take it.
    #[error("{0}")]
    Unfit(String),
}

impl From<Cut> for Fault {
    fn from(_: Cut) -> Self {
        Self::Cut
    }
}

/// A message between two copies of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// What the sender has, as a state vector; it asks for the rest.
    Step1(&'a [u8]),
    /// What the receiver lacked, as an update: the answer to a [`Message::Step1`].
    Step2(&'a [u8]),
    /// A change, as an update.
    Update(&'a [u8]),
    /// States of some who are here, for [`crate::awareness::Awareness::receive`].
    Awareness(&'a [u8]),
    /// The other side refuses, for this reason.
    Denied(&'a str),
    /// Asks for the states of all who are here.
    Query,
}

impl<'a> Message<'a> {
    /// Reads a message. What stands behind it is passed over, as other programs do: some have put new fields there.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() > MESSAGE_MAX {
            return Err(Fault::TooLong);
        }
        let mut from = Reader::new(bytes);
        Self::body(from.uint()?, &mut from)
    }

    /// Reads the rest of a message of this kind.
    pub(crate) fn body(kind: u64, from: &mut Reader<'a>) -> Result<Self, Fault> {
        Ok(match kind {
            SYNC => match from.uint()? {
                STEP_1 => match from.bytes()? {
                    known if known.len() <= STATE_VECTOR_MAX => Self::Step1(known),
                    _ => return Err(Fault::TooLong),
                },
                STEP_2 => Self::Step2(from.bytes()?),
                UPDATE => Self::Update(from.bytes()?),
                other => return Err(Fault::Unknown(other)),
            },
            AWARENESS => Self::Awareness(from.bytes()?),
            AUTH => match from.uint()? {
                DENIED => Self::Denied(from.text()?),
                other => return Err(Fault::Unknown(other)),
            },
            QUERY => Self::Query,
            other => return Err(Fault::Unknown(other)),
        })
    }

    /// The message as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        match self {
            Self::Step1(known) => out.uint(SYNC).uint(STEP_1).bytes(known),
            Self::Step2(update) => out.uint(SYNC).uint(STEP_2).bytes(update),
            Self::Update(update) => out.uint(SYNC).uint(UPDATE).bytes(update),
            Self::Awareness(states) => out.uint(AWARENESS).bytes(states),
            Self::Denied(reason) => out.uint(AUTH).uint(DENIED).text(reason),
            Self::Query => out.uint(QUERY),
        };
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{hex, unhex};

    /// Written by yjs 13.6.33 with y-protocols 1.0.7.
    const GOLDEN: &[(Message<'static>, &str)] = &[
        (Message::Step1(&[0]), "00000100"),
        (Message::Step2(&[0, 0]), "0001020000"),
        (Message::Update(&[1, 1, 1, 0, 4, 1, 1, 0x74, 2, 0x68, 0x69, 0]), "00020c010101000401017402686900"),
        (Message::Step1(&[1, 1, 2]), "000003010102"),
        (
            Message::Awareness(b"\x01\x01\x01\x15{\"user\":{\"name\":\"A\"}}"),
            "0119010101157b2275736572223a7b226e616d65223a2241227d7d",
        ),
        (Message::Awareness(b"\x01\x01\x02\x04null"), "0108010102046e756c6c"),
        (Message::Denied("no"), "0200026e6f"),
        (Message::Query, "03"),
    ];

    #[test]
    fn messages_are_those_of_yjs_byte_for_byte() {
        for (message, golden) in GOLDEN {
            assert_eq!(hex(&message.write()), *golden);
            assert_eq!(Message::read(&unhex(golden).unwrap()), Ok(*message));
        }
    }

    #[test]
    fn what_is_cut_or_unknown_is_said_to_be() {
        for (_, golden) in GOLDEN {
            let bytes = unhex(golden).unwrap();
            for end in 0..bytes.len() {
                assert_eq!(Message::read(&bytes[..end]), Err(Fault::Cut), "{golden} to {end}");
            }
        }
        assert_eq!(Message::read(&[77]), Err(Fault::Unknown(77)));
        assert_eq!(Message::read(&[0, 9, 0]), Err(Fault::Unknown(9)));
        assert_eq!(Message::read(&[2, 1]), Err(Fault::Unknown(1)));
        assert_eq!(Message::read(&[2, 0, 1, 0xff]), Err(Fault::Cut), "reasons are UTF-8");
        assert_eq!(Message::read(&vec![0; MESSAGE_MAX + 1]), Err(Fault::TooLong));
        let known = vec![0; STATE_VECTOR_MAX + 1];
        assert_eq!(Message::read(&Message::Step1(&known).write()), Err(Fault::TooLong));
        assert_eq!(Message::read(&[3, 1, 2, 3]), Ok(Message::Query), "what follows is passed over");
    }
}
