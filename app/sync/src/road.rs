//! What a road needs of a room, and what it tells of it.
//!
//! A road is one way to other copies: a relay, or the peers of a mesh. Each is a machine without sockets and without a
//! clock: it is told what happened and when, and answers what is to be done.
//!
//! A room may have several roads at once. Whoever runs them
//!
//! - tells all of them of each update that is written here, after the document has it;
//! - judges what one of them has [`Heard`], and then tells the others;
//! - wakes each machine when it wants to be woken, and [`Awareness`] too ([`Awareness::tick`]): when that renews our state,
//!   or when our state was set, [`Awareness::client`] is news for all roads.

use crate::awareness::{Awareness, Road};
use crate::yjs::{Fault, Message};

/// Updates of a [`Carried`] should be shorter than this, in bytes, so that data channels take them: Yjs's own peers cannot
/// put a message together again, and lose in silence what is longer than 256 KiB.
pub const PIECE_MAX: usize = 200 * 1024;

/// What roads carry: all that a room holds, in the form of a Yjs document.
pub trait Carried {
    /// What is here, as a Yjs state vector.
    fn state_vector(&self) -> Vec<u8>;

    /// What a copy with this state vector lacks: updates (version 1) that can be taken in one after the other. They
    /// should be shorter than [`PIECE_MAX`] each. Nothing, if it lacks nothing.
    fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Unfit>;

    /// Takes in an update (version 1) from elsewhere and answers whether it brought something new. It comes from a
    /// stranger, so it may be anything.
    fn receive(&mut self, update: &[u8]) -> Result<bool, Unfit>;
}

/// Why a document did not take something in or could not answer, for whoever looks for the cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unfit(pub String);

impl From<Unfit> for Fault {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit.0)
    }
}

/// This side of a road.
pub struct Ours<'a> {
    /// What the room holds here.
    pub carried: &'a mut dyn Carried,
    /// Who is here, and what is known of the others.
    pub people: &'a mut Awareness,
}

/// What was heard on a road. No road passes it on by itself: whoever runs them judges it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// An update that was new here. The document has taken it in already.
    Update(Vec<u8>),
    /// Who is here has changed. Other roads should hear of these clients; there are none when a road ended.
    People(Vec<u64>),
}

/// What a message was, beyond what every road does with it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told<'a> {
    /// Nothing more.
    Nothing,
    /// The other side has said what it has and was answered with so many updates that it lacked.
    Asked(usize),
    /// The other side has answered: all that it had when it did so is here.
    Answered,
    /// The other side refuses.
    Denied(&'a str),
}

/// One turn of talking with another copy: what is said and heard in it.
pub(crate) struct Turn<'a, 'b> {
    pub(crate) ours: &'a mut Ours<'b>,
    pub(crate) road: Road,
    pub(crate) now: u64,
    /// Messages for the other side, in order.
    pub(crate) says: Vec<Vec<u8>>,
    pub(crate) heard: Vec<Heard>,
}

impl<'a, 'b> Turn<'a, 'b> {
    pub(crate) fn new(ours: &'a mut Ours<'b>, road: Road, now: u64) -> Self {
        Self { ours, road, now, says: Vec::new(), heard: Vec::new() }
    }

    pub(crate) fn say(&mut self, message: Message) {
        self.says.push(message.write());
    }

    /// Asks for what is not here.
    pub(crate) fn ask(&mut self) {
        let known = self.ours.carried.state_vector();
        self.say(Message::Step1(&known));
    }

    /// Asks for what is not here, and says who we are, as the first thing on a road to a server.
    pub(crate) fn greet(&mut self) {
        self.ask();
        self.ours.people.renew(self.now);
        self.show(&[self.ours.people.client()]);
    }

    /// Tells what is known of these clients.
    pub(crate) fn show(&mut self, clients: &[u64]) {
        for states in self.ours.people.write(clients) {
            self.say(Message::Awareness(&states));
        }
    }

    /// Does with a message what every road does with it.
    pub(crate) fn hear<'m>(&mut self, message: Message<'m>) -> Result<Told<'m>, Fault> {
        match message {
            Message::Step1(known) => {
                let pieces = self.ours.carried.since(known)?;
                match pieces.split_last() {
                    // The answer ends with a step 2, by which the other side knows that it has everything.
                    None => self.say(Message::Step2(EMPTY)),
                    Some((last, before)) => {
                        before.iter().for_each(|piece| self.say(Message::Update(piece)));
                        self.say(Message::Step2(last));
                    }
                }
                return Ok(Told::Asked(pieces.len()));
            }
            Message::Step2(update) => {
                self.take(update)?;
                return Ok(Told::Answered);
            }
            Message::Update(update) => self.take(update)?,
            Message::Awareness(states) => {
                let changes = self.ours.people.receive(states, self.road, self.now)?;
                let own = self.ours.people.client();
                if changes.news.contains(&own) {
                    self.show(&[own]);
                }
                if !changes.news.is_empty() {
                    self.heard.push(Heard::People(changes.news));
                }
            }
            Message::Query => {
                let present = self.ours.people.present();
                if present.is_empty() {
                    // Who asks wants a sign, also where nobody shows themselves.
                    self.say(Message::Awareness(NOBODY));
                }
                self.show(&present);
            }
            Message::Denied(reason) => return Ok(Told::Denied(reason)),
        }
        Ok(Told::Nothing)
    }

    fn take(&mut self, update: &[u8]) -> Result<(), Fault> {
        if update != EMPTY && self.ours.carried.receive(update)? {
            self.heard.push(Heard::Update(update.to_vec()));
        }
        Ok(())
    }

    /// The road ended, or its other end is another one now.
    pub(crate) fn lose(&mut self) {
        if self.ours.people.lose(self.road) {
            self.heard.push(Heard::People(Vec::new()));
        }
    }
}

/// States of nobody.
const NOBODY: &[u8] = &[0];

/// The update that says nothing.
const EMPTY: &[u8] = &[0, 0];
