//! The carrier: how sealed entries and blobs travel over roads that know Yjs and nothing else.
//!
//! For the roads it is a shared document with two maps. `entries` goes from the name of an entry to its sealed bytes. `blobs`
//! holds sealed blobs in pieces that every road can take, each named by its digest, and lists of the pieces of which a blob
//! consists. Relays and peers keep and merge this as they would any document, and read nothing. It can be thrown away at any
//! time: whoever has the entries and blobs makes it anew.
//!
//! Who puts a thing in does so as a client whose number follows from its name, as that client's first act. So two
//! who put the same thing in do the same, and nothing doubles. A road cannot be kept from deleting or overwriting what
//! it carries. What is gone is put in again, as the next client and under the next key that follow from the name, up to
//! [`TRIES`] times; beyond that the road is of no use for it.
//!
//! No document is kept here: what is put in never changes, so what an update says of it is read from its bytes. Strangers
//! write these updates, and of all that a document can hold they bring, only things by their names stay.

mod name;
mod update;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::limits;
use stdx::{Cut, Reader, Writer};

use crate::road::Unfit;
pub use name::{Name, TRIES, digest};
use update::{Block, Update};

/// The largest update that a carrier makes of several things, in bytes: some roads take no more than 256 KiB at once, and
/// lose what is larger without a word.
const UPDATE_MAX: usize = 192 * 1024;
/// So many clients are known whose first act is of no use any more.
const SPENT_MAX: usize = 200_000;

/// What an update did to a carrier.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Bytes that are said to be these things, and were not there before. Pieces and lists are what their names say.
    pub things: Vec<(Name, Vec<u8>)>,
    /// Things that were put in here and were taken away or overwritten on the road, as they were.
    pub gone: Vec<(Name, Arc<[u8]>)>,
    /// Things that were here already, as they stand on the road.
    pub same: Vec<Name>,
}

/// A thing that was put in here.
struct Held {
    attempt: u8,
    client: u64,
    sealed: Arc<[u8]>,
}

/// The entries and blobs of a room as a document for the road.
#[derive(Default)]
pub struct Carrier {
    /// What was found good. Only this is passed on.
    held: BTreeMap<Name, Held>,
    of_client: BTreeMap<u64, Name>,
    /// What others brought, by name and attempt.
    others: BTreeMap<(Name, u8), Arc<[u8]>>,
    /// Clients of which it is known that what they put in is gone, or was something else.
    spent: BTreeSet<u64>,
}

impl Carrier {
    /// With nothing in it yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts things in, or says of those that others brought that they are good, so that they are passed on. Answers
    /// updates for those who may lack them. Nothing is done for what was put in before, nor for what was lost [`TRIES`]
    /// times.
    pub fn put(&mut self, things: &[(Name, &[u8])]) -> Vec<Vec<u8>> {
        let mut placed = Vec::new();
        for (name, sealed) in things {
            if self.held.contains_key(name) {
                continue;
            }
            let free = (0..TRIES).find(|attempt| {
                let other = self.others.get(&(*name, *attempt));
                other.is_none_or(|other| **other == **sealed) && !self.spent.contains(&name.client(*attempt))
            });
            let Some(attempt) = free else { continue };
            let client = name.client(attempt);
            let sealed = self.others.remove(&(*name, attempt)).unwrap_or_else(|| (*sealed).into());
            for attempt in 0..TRIES {
                self.others.remove(&(*name, attempt));
            }
            self.of_client.insert(client, *name);
            self.held.insert(*name, Held { attempt, client, sealed });
            placed.push(*name);
        }
        self.updates(&placed)
    }

    /// Updates that put in what was put in here of these.
    pub fn updates(&self, names: &[Name]) -> Vec<Vec<u8>> {
        updates_of(names.iter().filter_map(|name| self.held.get_key_value(name)))
    }

    /// Whether exactly these bytes are here under a name, whoever brought them.
    pub fn has(&self, name: &Name, sealed: &[u8]) -> bool {
        self.held.get(name).is_some_and(|held| *held.sealed == *sealed)
            || self.others.range((*name, 0)..(*name, TRIES)).any(|(_, other)| **other == *sealed)
    }

    /// A piece or a list, if it is here, whoever brought it.
    pub fn part(&self, name: &Name) -> Option<Arc<[u8]>> {
        let held = self.held.get(name).map(|held| &held.sealed);
        held.or_else(|| self.others.range((*name, 0)..(*name, TRIES)).next().map(|(_, other)| other)).cloned()
    }

    /// Takes in what came over a road.
    ///
    /// # Errors
    /// When it is no update, or too large.
    pub fn receive(&mut self, update: &[u8]) -> Result<Brought, Unfit> {
        if update.len() > limits::ENTRY_MAX {
            return Err(Unfit("the update is too large".into()));
        }
        let update = Update::read(update).map_err(|Cut| Unfit("the update is damaged".into()))?;
        let mut brought = Brought::default();
        for Block { client, clock, set } in update.blocks {
            let named = set.and_then(|set| Some((Name::read(set.map, set.key)?, set.bytes)));
            if let Some(((name, attempt), bytes)) = named {
                self.heard(name, attempt, bytes, &mut brought);
                if client == name.client(attempt) {
                    continue;
                }
            }
            // It is not what this client does when one of us puts something in.
            if clock == 0 {
                self.spend(client, &mut brought);
            }
        }
        for (client, clock, len) in update.deleted {
            if clock == 0 && len > 0 {
                self.spend(client, &mut brought);
            }
        }
        Ok(brought)
    }

    /// Somebody has put these bytes in under a name.
    fn heard(&mut self, name: Name, attempt: u8, bytes: &[u8], brought: &mut Brought) {
        match self.held.get(&name) {
            Some(held) if held.attempt == attempt && *held.sealed != *bytes => {
                let client = held.client;
                self.spend(client, brought);
            }
            Some(held) if held.attempt == attempt => brought.same.push(name),
            Some(_) => {}
            None if name.fits(bytes) => {
                let before = self.others.insert((name, attempt), bytes.into());
                if before.is_some_and(|before| *before == *bytes) {
                    brought.same.push(name);
                } else {
                    brought.things.push((name, bytes.to_vec()));
                }
            }
            // Who puts it in must take another attempt.
            None => self.spend(name.client(attempt), brought),
        }
    }

    /// What this client put in is not there any more, or never was.
    fn spend(&mut self, client: u64, brought: &mut Brought) {
        if self.spent.len() < SPENT_MAX {
            self.spent.insert(client);
        }
        if let Some(name) = self.of_client.remove(&client)
            && let Some(held) = self.held.remove(&name)
        {
            brought.gone.push((name, held.sealed));
        }
    }

    /// Throws away all that was not put in here.
    pub fn forget_others(&mut self) {
        self.others.clear();
    }

    /// What was put in here, as a Yjs state vector.
    pub fn state_vector(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.uint(self.of_client.len() as u64);
        for client in self.of_client.keys() {
            out.uint(*client).uint(1);
        }
        out.finish()
    }

    /// What a copy that knows as much as this Yjs state vector says does not have, in updates of moderate size. Only
    /// what was put in here is in them, and no deletions.
    ///
    /// # Errors
    /// When this is no state vector.
    pub fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        let known = clients_in(known).map_err(|Cut| Unfit("the state vector is damaged".into()))?;
        Ok(updates_of(self.held.iter().filter(|(_, held)| !known.contains(&held.client))))
    }
}

/// The clients that have written something, by a Yjs state vector.
fn clients_in(state_vector: &[u8]) -> Result<BTreeSet<u64>, Cut> {
    let mut from = Reader::new(state_vector);
    let mut clients = BTreeSet::new();
    for _ in 0..from.uint()? {
        let (client, clock) = (from.uint()?, from.uint()?);
        if clock > 0 {
            clients.insert(client);
        }
    }
    Ok(clients)
}

/// Updates of moderate size that put these in.
fn updates_of<'a>(things: impl Iterator<Item = (&'a Name, &'a Held)>) -> Vec<Vec<u8>> {
    let (mut updates, mut together, mut size) = (Vec::new(), Vec::new(), 0);
    for thing in things {
        if size + thing.1.sealed.len() > UPDATE_MAX && !together.is_empty() {
            updates.push(update_of(&std::mem::take(&mut together)));
            size = 0;
        }
        size += thing.1.sealed.len();
        together.push(thing);
    }
    if !together.is_empty() {
        updates.push(update_of(&together));
    }
    updates
}

/// A Yjs update, version 1, of which each client writes one thing as its first act.
fn update_of(things: &[(&Name, &Held)]) -> Vec<u8> {
    /// Bytes, under a key of a map, with nothing beside it.
    const BYTES_UNDER_A_KEY: u8 = 0x23;
    let mut out = Writer::new();
    out.uint(things.len() as u64);
    for (name, Held { attempt, client, sealed }) in things {
        out.uint(1).uint(*client).uint(0);
        out.u8(BYTES_UNDER_A_KEY).uint(1).text(name.map()).text(&name.text(*attempt)).bytes(sealed);
    }
    // Nothing is deleted.
    out.uint(0);
    out.finish()
}
