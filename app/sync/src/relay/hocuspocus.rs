//! The client of a Hocuspocus server, as its provider 4.8 is one.
//!
//! A frame begins with the name of a document, since one socket may serve several; this client uses it for one. It says
//! first who it is, by a token, and goes on at once: the server keeps what comes after until it has judged the token.
//! Each change is confirmed.

use stdx::{Reader, Writer};

use super::connection::{Connection, Event};
use super::{Input, Output, Standing};
use crate::awareness::Road;
use crate::road::{Ours, Told, Turn};
use crate::yjs::{self, Fault, Message};

/// Kinds of messages that y-protocols does not have.
const SYNC_REPLY: u64 = 4;
const STATELESS: u64 = 5;
const CLOSE: u64 = 7;
const SYNC_STATUS: u64 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
/// What messages about rights say.
const TOKEN: u64 = 0;
const DENIED: u64 = 1;
const AUTHENTICATED: u64 = 2;

/// The version of the provider whose ways these are; servers may ask for it.
const PROVIDER: &str = "4.8.0";

/// A Hocuspocus server with one document.
#[derive(Debug)]
pub struct Hocuspocus {
    connection: Connection,
    name: String,
    token: String,
    road: Road,
    rights: Rights,
    /// Whether the server has said what it has, and was given the rest.
    answered: bool,
    /// Updates that the server has not confirmed.
    unconfirmed: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rights {
    Unknown,
    Write,
    Read,
}

impl Hocuspocus {
    /// A document of this name at a server. The token may be empty.
    pub fn new(server: &str, name: &str, token: &str, road: Road) -> Self {
        Self {
            connection: Connection::new(server.trim_end_matches('/').to_owned(), refuses),
            name: name.to_owned(),
            token: token.to_owned(),
            road,
            rights: Rights::Unknown,
            answered: false,
            unconfirmed: 0,
        }
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        self.connection.standing(self.unconfirmed, self.rights == Rights::Read)
    }

    /// When it wants to be woken by [`Input::Time`].
    pub fn wakes_at(&self) -> Option<u64> {
        self.connection.wakes_at()
    }

    /// Tells what happened at this time, in milliseconds.
    pub fn handle(&mut self, input: Input, now: u64, ours: &mut Ours) -> Vec<Output> {
        let mut out = Vec::new();
        let mut turn = Turn::new(ours, self.road, now);
        match input {
            Input::Update(update) => {
                self.unconfirmed += 1;
                // Before the server has said what it has, its question will be answered with this too.
                if self.answered && self.rights == Rights::Write {
                    turn.say(Message::Update(update));
                }
            }
            Input::People(clients) => turn.show(clients),
            input => match self.connection.handle(input, now, &mut out) {
                Event::Opened => {
                    out.push(Output::Send(self.authentication()));
                    turn.greet();
                }
                Event::Frame([PING]) => out.push(Output::Send(Vec::from([PONG]))),
                Event::Frame(frame) => {
                    if self.hear(frame, &mut turn, &mut out).is_err() {
                        self.connection.found_fault();
                    }
                }
                Event::Quiet => turn.ask(),
                Event::Gone => self.lose(&mut turn),
                Event::Nothing => {}
            },
        }
        if self.connection.is_open() {
            out.extend(turn.says.iter().map(|message| Output::Send(self.frame(message))));
        }
        out.extend(turn.heard.into_iter().map(Output::Heard));
        out
    }

    fn lose(&mut self, turn: &mut Turn) {
        self.rights = Rights::Unknown;
        self.answered = false;
        turn.lose();
    }

    /// A message of y-protocols, with the document's name before it.
    fn frame(&self, message: &[u8]) -> Vec<u8> {
        let mut out = Writer::new();
        out.text(&self.name).raw(message);
        out.finish()
    }

    fn authentication(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.text(&self.name).uint(yjs::AUTH).uint(TOKEN).text(&self.token).text(PROVIDER);
        out.finish()
    }

    fn hear(&mut self, frame: &[u8], turn: &mut Turn, out: &mut Vec<Output>) -> Result<(), Fault> {
        if frame.len() > yjs::MESSAGE_MAX {
            return Err(Fault::TooLong);
        }
        let mut from = Reader::new(frame);
        if from.text()? != self.name {
            return Ok(());
        }
        match from.uint()? {
            yjs::AUTH => self.hear_rights(&mut from, turn, out)?,
            SYNC_STATUS => match from.uint()? {
                1 => self.confirmed(),
                // The server does not take it, whatever it said before.
                _ => self.rights = Rights::Read,
            },
            CLOSE => {
                // The socket stays open for other documents, of which there are none here.
                self.connection.drop_and_pause(turn.now, out);
                self.lose(turn);
            }
            STATELESS => {}
            kind => {
                let kind = if kind == SYNC_REPLY { yjs::SYNC } else { kind };
                let said = turn.says.len();
                match turn.hear(Message::body(kind, &mut from)?)? {
                    Told::Asked(pieces) => self.was_asked(pieces, turn, said),
                    Told::Answered => {
                        self.connection.came_in_step();
                        self.check_proof();
                    }
                    Told::Nothing | Told::Denied(_) => {}
                }
            }
        }
        Ok(())
    }

    fn hear_rights(
        &mut self,
        from: &mut Reader,
        turn: &mut Turn,
        out: &mut Vec<Output>,
    ) -> Result<(), Fault> {
        match from.uint()? {
            TOKEN => out.push(Output::Send(self.authentication())),
            DENIED => {
                self.connection.refuse(from.text()?, out);
                self.lose(turn);
            }
            AUTHENTICATED => {
                self.rights = if from.text()? == "readonly" { Rights::Read } else { Rights::Write };
            }
            other => return Err(Fault::Unknown(other)),
        }
        Ok(())
    }

    /// The server lacked so many updates, which are the last of what is said.
    fn was_asked(&mut self, pieces: usize, turn: &mut Turn, said: usize) {
        if pieces == 0 || self.rights == Rights::Read {
            turn.says.truncate(said);
        }
        // All that was made before its first question is in the answer; what was sent since is confirmed by itself.
        let before = if self.answered { self.unconfirmed } else { 0 };
        self.unconfirmed = match self.rights {
            Rights::Read => pieces,
            _ => before + pieces,
        };
        self.answered = true;
        self.check_proof();
    }

    fn confirmed(&mut self) {
        self.unconfirmed = self.unconfirmed.saturating_sub(1);
        self.check_proof();
    }

    /// A server that closes the socket because of a change that it does not like would do so again and again.
    fn check_proof(&mut self) {
        if self.connection.is_in_step() && (self.unconfirmed == 0 || self.rights == Rights::Read) {
            self.connection.proved_itself();
        }
    }
}

/// Unauthorized, forbidden, and a message that is too large for this server, which would be sent again.
fn refuses(code: u16) -> bool {
    matches!(code, 1009 | 4401 | 4403)
}
