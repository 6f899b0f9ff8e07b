//! Codes that people pass on, where no server brings two browsers together.

use model::hex;
use sha2::{Digest as _, Sha256};
use stdx::{Reader, Writer, base64};
use sync::code::{CodeError, Description, Kind};
use sync::roads::{Act, BadCode, Code, News};
use sync::signalling::Signal;

use crate::sealing::Seal;

const VERSION: u8 = 1;
/// So long an invitation counts, in milliseconds. Whoever answers waits as long.
const VALID: u64 = 10 * 60_000;
/// So long a connection may take after the answer is here, in milliseconds.
const CONNECTING_MAX: u64 = 30_000;
/// So many codes may wait for their other side; another one takes the place of the oldest.
const WAITING_MAX: usize = 8;
/// What codes are sealed as, so that nothing else is taken for one.
const SEALED_AS: &[u8] = b"handsel code 1";
/// How many bytes of its SHA-256 stand behind a code.
const CHECK: usize = 4;

/// A connection that begins with an invitation.
struct Attempt {
    /// The invitation's number.
    id: [u8; 8],
    /// The connection's name.
    name: String,
    kind: Kind,
    /// The answer to our invitation is here.
    is_answered: bool,
    until: u64,
}

/// Connections that wait for people to pass a code on.
#[derive(Default)]
pub(crate) struct Codes {
    attempts: Vec<Attempt>,
}

impl Codes {
    /// Begins a connection and a code that asks for an answer.
    pub(crate) fn invite(&mut self, seal: &mut Seal, now: u64, out: &mut Vec<Act>) {
        let id = seal.draw();
        self.begin(id, Kind::Offer, now, None, out);
    }

    /// Does what a code says that somebody passed on.
    pub(crate) fn meet(&mut self, text: &str, seal: &Seal, now: u64, out: &mut Vec<Act>) {
        if let Err(why) = self.met(text, seal, now, out) {
            out.push(Act::News(News::BadCode(why)));
        }
    }

    fn met(&mut self, text: &str, seal: &Seal, now: u64, out: &mut Vec<Act>) -> Result<(), BadCode> {
        let (id, description) = unseal(text, seal)?;
        let known = self.attempts.iter_mut().find(|attempt| attempt.id == id);
        match (description.kind, known) {
            (kind, Some(known)) if kind == known.kind => return Err(BadCode::Own),
            (Kind::Offer, _) => {
                let offer = Signal::Offer(description.to_sdp());
                self.begin(id, Kind::Answer, now, Some(offer), out);
            }
            (Kind::Answer, Some(known)) if !known.is_answered => {
                (known.is_answered, known.until) = (true, now + CONNECTING_MAX);
                let signal = Signal::Answer(description.to_sdp());
                out.push(Act::Signal { name: known.name.clone(), signal });
            }
            (Kind::Answer, _) => return Err(BadCode::TooLate),
        }
        Ok(())
    }

    fn begin(&mut self, id: [u8; 8], kind: Kind, now: u64, signal: Option<Signal>, out: &mut Vec<Act>) {
        if self.attempts.len() >= WAITING_MAX {
            out.push(Act::ClosePeer { name: self.attempts.remove(0).name });
        }
        let name = format!("code {}", hex(&id));
        out.push(Act::OpenPeer { name: name.clone(), initiator: kind == Kind::Offer });
        out.extend(signal.map(|signal| Act::Signal { name: name.clone(), signal }));
        out.push(Act::Describe { name: name.clone() });
        self.attempts.push(Attempt { id, name, kind, is_answered: false, until: now + VALID });
    }

    /// The browser has described a connection: here is its code.
    pub(crate) fn described(&mut self, name: &str, sdp: &str, seal: &mut Seal, out: &mut Vec<Act>) {
        let Some(attempt) = self.attempts.iter().find(|attempt| attempt.name == name) else { return };
        match Description::from_sdp(attempt.kind, sdp) {
            Ok(description) => {
                let is_answer = attempt.kind == Kind::Answer;
                let text = code(&attempt.id, &description, seal);
                out.push(Act::News(News::Code(Code { is_answer, text })));
            }
            Err(_) => {
                out.push(Act::ClosePeer { name: name.to_owned() });
                self.end(name);
            }
        }
    }

    /// A connection is open, or over. Answers whether it was one of these.
    pub(crate) fn end(&mut self, name: &str) -> bool {
        let before = self.attempts.len();
        self.attempts.retain(|attempt| attempt.name != name);
        self.attempts.len() < before
    }

    /// Gives up what has waited for too long.
    pub(crate) fn time(&mut self, now: u64, out: &mut Vec<Act>) {
        let late = self.attempts.extract_if(.., |attempt| attempt.until <= now);
        out.extend(late.map(|attempt| Act::ClosePeer { name: attempt.name }));
    }

    /// Gives up all.
    pub(crate) fn stop(&mut self, out: &mut Vec<Act>) {
        self.time(u64::MAX, out);
    }

    /// When [`Codes::time`] has something to do next.
    pub(crate) fn wakes_at(&self) -> Option<u64> {
        self.attempts.iter().map(|attempt| attempt.until).min()
    }

    /// How many connections nobody has to pass anything on for any more.
    pub(crate) fn trying(&self) -> usize {
        self.attempts.iter().filter(|attempt| attempt.is_answered).count()
    }
}

fn check(bytes: &[u8]) -> [u8; CHECK] {
    let digest = Sha256::digest(bytes);
    std::array::from_fn(|at| digest[at])
}

fn code(id: &[u8; 8], description: &Description, seal: &mut Seal) -> String {
    let mut plain = Writer::new();
    plain.raw(id).raw(&description.to_bytes());
    let (nonce, sealed) = seal.seal(&plain.finish(), SEALED_AS);
    let mut out = Writer::new();
    out.u8(VERSION).raw(&nonce).raw(&sealed);
    let mut bytes = out.finish();
    bytes.extend(check(&bytes));
    base64::to_url(&bytes)
}

fn unseal(text: &str, seal: &Seal) -> Result<([u8; 8], Description), BadCode> {
    // Programs for mail break lines.
    let text: String = text.split_ascii_whitespace().collect();
    let bytes = base64::from_url(&text).ok_or(BadCode::Damaged)?;
    let (bytes, behind) = bytes.split_last_chunk().ok_or(BadCode::Damaged)?;
    if check(bytes) != *behind {
        return Err(BadCode::Damaged);
    }
    let mut from = Reader::new(bytes);
    if from.u8().or(Err(BadCode::Damaged))? != VERSION {
        return Err(BadCode::OtherVersion);
    }
    let nonce = from.array().or(Err(BadCode::Damaged))?;
    let plain = seal.open(&nonce, from.rest(), SEALED_AS).ok_or(BadCode::OtherRoom)?;
    let mut from = Reader::new(&plain);
    let id = from.array().or(Err(BadCode::Damaged))?;
    let description = Description::from_bytes(from.rest()).map_err(|error| match error {
        CodeError::OtherVersion(_) => BadCode::OtherVersion,
        CodeError::Damaged | CodeError::Without(_) => BadCode::Damaged,
    })?;
    Ok((id, description))
}
