//! The client of a y-websocket server, as y-websocket 3.1 is one.
//!
//! A frame is one message. The server says what it has when a socket opens, and passes on everything to everybody, also
//! to whoever it is from. It confirms nothing; but it reads and answers in order. So when something comes back, all that
//! was sent before it has arrived; and where nothing comes back, since it was no news there, the answer to a question
//! shows the same.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::connection::{Connection, Event};
use super::{Input, Output, Standing};
use crate::awareness::Road;
use crate::road::{Ours, Told, Turn};
use crate::yjs::{Fault, Message};

/// When nothing came back for as long, in milliseconds, it is asked. A question says all that is here, which may be long.
const ASK_AFTER: u64 = 5_000;
/// So many of the last updates are recognised when they come back.
const RECOGNISED: usize = 256;

/// A y-websocket server with one room.
#[derive(Debug)]
pub struct YWebsocket {
    connection: Connection,
    road: Road,
    /// Updates for the server so far, and how many of these it has.
    made: usize,
    arrived: usize,
    /// Questions that are on their way: when one is answered, so many updates have arrived.
    asked: VecDeque<usize>,
    /// When something was last asked or came back, or was sent while nothing else was on its way.
    sure_at: u64,
    /// Digests of updates that were sent, and how many had been made with each.
    sent: VecDeque<(u64, usize)>,
}

impl YWebsocket {
    /// A server's room, by its [`super::address`].
    pub fn new(address: String, road: Road) -> Self {
        let connection = Connection::new(address, refuses);
        Self {
            connection,
            road,
            made: 0,
            arrived: 0,
            asked: VecDeque::new(),
            sure_at: 0,
            sent: VecDeque::new(),
        }
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        self.connection.standing(self.made - self.arrived, false)
    }

    /// When it wants to be woken by [`Input::Time`].
    pub fn wakes_at(&self) -> Option<u64> {
        let ask = self.is_unsure().then_some(self.sure_at + ASK_AFTER);
        self.connection.wakes_at().into_iter().chain(ask).min()
    }

    /// Tells what happened at this time, in milliseconds.
    pub fn handle(&mut self, input: Input, now: u64, ours: &mut Ours) -> Vec<Output> {
        let mut out = Vec::new();
        let mut turn = Turn::new(ours, self.road, now);
        match input {
            Input::Update(update) => {
                if self.made == self.arrived {
                    self.sure_at = now;
                }
                self.made += 1;
                if self.connection.is_open() {
                    self.sent.push_back((digest(update), self.made));
                    self.sent.drain(..self.sent.len().saturating_sub(RECOGNISED));
                    turn.say(Message::Update(update));
                }
            }
            Input::People(clients) => turn.show(clients),
            input => match self.connection.handle(input, now, &mut out) {
                Event::Opened => {
                    self.asked.push_back(self.arrived);
                    turn.greet();
                }
                Event::Frame(frame) => {
                    if self.hear(frame, &mut turn, &mut out).is_err() {
                        self.connection.found_fault();
                    }
                }
                Event::Quiet => self.ask(self.made, &mut turn),
                Event::Gone => {
                    self.asked.clear();
                    self.sent.clear();
                    turn.lose();
                }
                Event::Nothing => {}
            },
        }
        if self.is_unsure() && now >= self.sure_at + ASK_AFTER {
            self.ask(self.made, &mut turn);
        }
        if self.connection.is_open() {
            out.extend(turn.says.into_iter().map(Output::Send));
        }
        out.extend(turn.heard.into_iter().map(Output::Heard));
        out
    }

    /// Whether something was sent of which it is not known, nor asked, if it has arrived.
    fn is_unsure(&self) -> bool {
        self.connection.is_in_step() && self.asked.is_empty() && self.made > self.arrived
    }

    fn ask(&mut self, arrived: usize, turn: &mut Turn) {
        self.asked.push_back(arrived);
        self.sure_at = turn.now;
        turn.ask();
    }

    fn came_back(&mut self, update: &[u8], now: u64) {
        let digest = digest(update);
        let Some(at) = self.sent.iter().position(|(sent, _)| *sent == digest) else { return };
        if let Some((_, made)) = self.sent.drain(..=at).next_back() {
            self.arrived = self.arrived.max(made);
            self.sure_at = now;
        }
    }

    fn hear(&mut self, frame: &[u8], turn: &mut Turn, out: &mut Vec<Output>) -> Result<(), Fault> {
        let message = Message::read(frame)?;
        if let Message::Update(update) = message {
            self.came_back(update, turn.now);
        }
        match turn.hear(message)? {
            Told::Nothing => {}
            Told::Asked(pieces) => {
                // What the server lacked has just been sent; the rest it has.
                self.arrived = self.made;
                self.made += pieces;
                if pieces > 0 {
                    self.ask(self.made, turn);
                }
            }
            Told::Answered => {
                self.connection.came_in_step();
                self.connection.proved_itself();
                self.arrived = self.arrived.max(self.asked.pop_front().unwrap_or(0));
            }
            Told::Denied(reason) => {
                self.connection.refuse(reason, out);
                turn.lose();
            }
        }
        Ok(())
    }
}

/// The codes by which y-websocket's servers say that nothing will change, and a message that is too large for this server,
/// which would be sent again.
fn refuses(code: u16) -> bool {
    code == 1009 || (4400..4500).contains(&code)
}

fn digest(update: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    update.hash(&mut hasher);
    hasher.finish()
}
