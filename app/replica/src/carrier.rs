//! The carrier: how sealed entries travel over roads that know Yjs and nothing else.
//!
//! It is a shared document with one map, `entries`, from the name of an entry to its sealed bytes. Relays and peers keep
//! and merge it as they would any document, and read nothing. It can be thrown away at any time: whoever has the entries
//! makes it anew.
//!
//! Who puts an entry in does so as a client whose number follows from the entry's hash, as that client's first act. So two
//! who put the same entry in do the same thing, and nothing doubles. A road cannot be kept from deleting or overwriting what
//! it carries. What is gone is put in again, as the next client and under the next name that follow from the hash, up to
//! [`TRIES`] times; beyond that the road is of no use for it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use model::EntryHash;
use sha2::{Digest, Sha256};
use stdx::Writer;
use yrs::{
    ClientID, Map as _, MapRef, Observable as _, Out, ReadTxn as _, StateVector, types::EntryChange,
    updates::decoder::Decode as _, updates::encoder::Encode as _,
};

use crate::{guard::Refused, shared::Shared};

/// So often an entry is put into a carrier that loses it.
pub(crate) const TRIES: u8 = 16;

/// The largest update that [`Carrier::since`] makes of several entries, in bytes: some roads take no more than 256 KiB at
/// once, and lose what is larger without a word.
const PIECE_MAX: usize = 192 * 1024;

const ENTRIES: &str = "entries";

/// What an update did to a carrier.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Bytes that are said to be these entries, and were not there before.
    pub entries: Vec<(EntryHash, Vec<u8>)>,
    /// Entries of which something was taken away or overwritten. They may still be there under another name.
    pub gone: Vec<EntryHash>,
}

/// What a carrier holds of an entry.
struct Held {
    attempt: u8,
    sealed: Vec<u8>,
}

/// A name in the map, and the bytes that stand under it since; none where it was taken away.
type Changed = (String, Option<Vec<u8>>);

/// The entries of a room as a document for the road.
pub struct Carrier {
    shared: Shared,
    entries: MapRef,
    /// What was found good. Only this is passed on.
    held: BTreeMap<EntryHash, Held>,
    changed: Rc<RefCell<Vec<Changed>>>,
}

impl Carrier {
    /// With nothing in it yet.
    pub fn new() -> Self {
        // It is never written as a client of its own.
        let shared = Shared::new(0);
        let entries = shared.doc.get_or_insert_map(ENTRIES);
        let changed: Rc<RefCell<Vec<_>>> = Rc::default();
        let heard = changed.clone();
        entries.observe("carrier", move |txn, event: &yrs::types::map::MapEvent| {
            for (name, change) in event.keys(txn) {
                let bytes = match change {
                    EntryChange::Inserted(Out::Any(yrs::Any::Buffer(bytes)))
                    | EntryChange::Updated(_, Out::Any(yrs::Any::Buffer(bytes))) => Some(bytes.to_vec()),
                    _ => None,
                };
                heard.borrow_mut().push((name.to_string(), bytes));
            }
        });
        Self { shared, entries, held: BTreeMap::new(), changed }
    }

    /// Puts an entry in, and answers the update that does so, for those who are connected; nothing when it is there
    /// already, or when it was lost [`TRIES`] times.
    pub fn put(&mut self, hash: EntryHash, sealed: &[u8]) -> Result<Option<Vec<u8>>, Refused> {
        if self.held.contains_key(&hash) {
            return Ok(None);
        }
        for attempt in 0..TRIES {
            if self.found(&hash, attempt)?.is_some_and(|found| found == sealed) {
                self.hold(hash, attempt, sealed);
                return Ok(None);
            }
            if self.shared.read(|txn| txn.state_vector().get(&ClientID::new(client(&hash, attempt))))? > 0 {
                continue;
            }
            let update = put_all([(&hash, attempt, sealed)].into_iter());
            self.shared.receive(&update)?;
            self.changed.borrow_mut().clear();
            self.hold(hash, attempt, sealed);
            return Ok(Some(update));
        }
        Ok(None)
    }

    /// Says that what was brought as this entry is the entry, so that it is passed on.
    pub fn confirm(&mut self, hash: EntryHash, sealed: &[u8]) -> Result<(), Refused> {
        for attempt in 0..TRIES {
            if self.found(&hash, attempt)?.is_some_and(|found| found == sealed) {
                self.hold(hash, attempt, sealed);
                return Ok(());
            }
        }
        Ok(())
    }

    fn hold(&mut self, hash: EntryHash, attempt: u8, sealed: &[u8]) {
        self.held.insert(hash, Held { attempt, sealed: sealed.to_vec() });
    }

    /// What stands under an entry's name.
    fn found(&self, hash: &EntryHash, attempt: u8) -> Result<Option<Vec<u8>>, Refused> {
        self.shared.read(|txn| match self.entries.get(txn, &name(hash, attempt)) {
            Some(Out::Any(yrs::Any::Buffer(bytes))) => Some(bytes.to_vec()),
            _ => None,
        })
    }

    /// Takes in what came over a road.
    pub fn receive(&mut self, update: &[u8]) -> Result<Brought, Refused> {
        self.shared.receive(update)?;
        let mut brought = Brought::default();
        let mut gone = BTreeSet::new();
        for (name, bytes) in self.changed.take() {
            let Some((hash, attempt)) = read_name(&name) else { continue };
            match (self.held.get(&hash), bytes) {
                (Some(held), bytes) if held.attempt == attempt => {
                    if bytes.as_ref() != Some(&held.sealed) {
                        self.held.remove(&hash);
                        gone.insert(hash);
                    }
                }
                (None, Some(bytes)) => brought.entries.push((hash, bytes)),
                (None, None) => {
                    gone.insert(hash);
                }
                (Some(_), _) => {}
            }
        }
        brought.gone = gone.into_iter().collect();
        Ok(brought)
    }

    /// How much of the document is here: a Yjs state vector.
    pub fn state_vector(&self) -> Result<Vec<u8>, Refused> {
        self.shared.read(|txn| txn.state_vector().encode_v1())
    }

    /// What a copy that knows as much as this Yjs state vector says does not have, in updates of moderate size. Only
    /// what was put in or confirmed here is in them, and no deletions.
    pub fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Refused> {
        let known = StateVector::decode_v1(known).map_err(|error| Refused::Damaged(error.to_string()))?;
        let mut pieces = Vec::new();
        let mut piece = Vec::new();
        let mut size = 0;
        for (hash, held) in &self.held {
            if known.get(&ClientID::new(client(hash, held.attempt))) > 0 {
                continue;
            }
            if size + held.sealed.len() > PIECE_MAX && !piece.is_empty() {
                pieces.push(put_all(std::mem::take(&mut piece).into_iter()));
                size = 0;
            }
            size += held.sealed.len();
            piece.push((hash, held.attempt, held.sealed.as_slice()));
        }
        if !piece.is_empty() {
            pieces.push(put_all(piece.into_iter()));
        }
        Ok(pieces)
    }

    /// How many entries were put in or confirmed.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether there is no entry in it.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }
}

impl Default for Carrier {
    fn default() -> Self {
        Self::new()
    }
}

/// The client that puts an entry in, the `attempt`th time.
fn client(hash: &EntryHash, attempt: u8) -> u64 {
    let digest =
        Sha256::new().chain_update(b"handsel carrier 1").chain_update(hash.0).chain_update([attempt]);
    let mut first = [0; 8];
    first.copy_from_slice(&digest.finalize()[..8]);
    u64::from_be_bytes(first) >> 11
}

fn name(hash: &EntryHash, attempt: u8) -> String {
    if attempt == 0 { hash.to_string() } else { format!("{hash}.{attempt}") }
}

fn read_name(name: &str) -> Option<(EntryHash, u8)> {
    let (hash, attempt) = match name.split_once('.') {
        Some((hash, attempt)) => (hash, attempt.parse().ok().filter(|attempt| (1..TRIES).contains(attempt))?),
        None => (name, 0),
    };
    Some((EntryHash::parse(hash)?, attempt))
}

/// A Yjs update, version 1, of which each client writes one entry as its first act.
fn put_all<'a>(entries: impl ExactSizeIterator<Item = (&'a EntryHash, u8, &'a [u8])>) -> Vec<u8> {
    /// Bytes, under a key of a map, with nothing beside it.
    const BYTES_UNDER_A_KEY: u8 = 0x23;
    let mut out = Writer::new();
    out.uint(entries.len() as u64);
    for (hash, attempt, sealed) in entries {
        out.uint(1).uint(client(hash, attempt)).uint(0);
        out.u8(BYTES_UNDER_A_KEY).uint(1).text(ENTRIES).text(&name(hash, attempt)).bytes(sealed);
    }
    // Nothing is deleted.
    out.uint(0);
    out.finish()
}

#[cfg(test)]
mod tests {
    use yrs::Transact as _;

    use super::*;

    fn hash(byte: u8) -> EntryHash {
        EntryHash([byte; 32])
    }

    /// A relay: a document that takes and gives what it is given.
    struct Relay(yrs::Doc);

    impl Relay {
        fn new() -> Self {
            Self(yrs::Doc::with_client_id(7))
        }

        fn take(&self, update: &[u8]) {
            self.0.transact_mut().apply_update(yrs::Update::decode_v1(update).unwrap()).unwrap();
        }

        fn give(&self) -> Vec<u8> {
            self.0.transact().encode_diff_v1(&StateVector::default())
        }

        fn change(&self, f: impl FnOnce(&MapRef, &mut yrs::TransactionMut)) {
            let map = self.0.get_or_insert_map(ENTRIES);
            f(&map, &mut self.0.transact_mut());
        }
    }

    #[test]
    fn entries_reach_another_copy_over_a_relay_that_reads_nothing() {
        let (mut one, mut other, relay) = (Carrier::new(), Carrier::new(), Relay::new());
        for byte in 0..20 {
            relay.take(&one.put(hash(byte), &[byte; 50]).unwrap().unwrap());
        }
        assert_eq!(one.put(hash(3), &[3; 50]), Ok(None), "it is there");
        let brought = other.receive(&relay.give()).unwrap();
        assert_eq!(brought.entries.len(), 20);
        assert!(brought.entries.contains(&(hash(5), vec![5; 50])));
        assert_eq!(other.receive(&relay.give()).unwrap(), Brought::default(), "nothing comes twice");
    }

    #[test]
    fn two_who_put_in_the_same_entry_do_the_same_thing() {
        let (mut one, mut other, relay) = (Carrier::new(), Carrier::new(), Relay::new());
        let update = one.put(hash(1), b"words").unwrap().unwrap();
        assert_eq!(other.put(hash(1), b"words").unwrap().unwrap(), update);
        relay.take(&update);
        let before = relay.give();
        relay.take(&update);
        assert_eq!(relay.give(), before);
    }

    #[test]
    fn only_what_is_missing_there_is_given_in_pieces_that_a_road_can_take() {
        let mut one = Carrier::new();
        for byte in 0..40 {
            one.put(hash(byte), &[byte; 20_000]).unwrap();
        }
        let mut other = Carrier::new();
        other.put(hash(0), &[0; 20_000]).unwrap();
        let pieces = one.since(&other.state_vector().unwrap()).unwrap();
        assert!(pieces.len() > 3);
        assert!(pieces.iter().all(|piece| piece.len() < 200 * 1024));
        let brought: usize = pieces.iter().map(|piece| other.receive(piece).unwrap().entries.len()).sum();
        assert_eq!(brought, 39);
        assert_eq!(one.since(&other.state_vector().unwrap()), Ok(vec![]));
        assert!(one.since(&[9, 9]).is_err(), "no state vector");
    }

    #[test]
    fn what_a_hostile_peer_deletes_comes_back() {
        let (mut one, relay) = (Carrier::new(), Relay::new());
        relay.take(&one.put(hash(1), b"words").unwrap().unwrap());
        for _ in 1..TRIES {
            relay.change(|map, txn| map.clear(txn));
            let brought = one.receive(&relay.give()).unwrap();
            assert_eq!(brought.gone, [hash(1)]);
            relay.take(&one.put(hash(1), b"words").unwrap().unwrap());
            let mut new = Carrier::new();
            assert_eq!(new.receive(&relay.give()).unwrap().entries, [(hash(1), b"words".to_vec())]);
        }
        relay.change(|map, txn| map.clear(txn));
        assert_eq!(one.receive(&relay.give()).unwrap().gone, [hash(1)]);
        assert_eq!(one.put(hash(1), b"words"), Ok(None), "after so many times the road is given up");
    }

    #[test]
    fn what_a_hostile_peer_overwrites_comes_back_and_its_junk_is_not_passed_on() {
        let (mut one, relay) = (Carrier::new(), Relay::new());
        relay.take(&one.put(hash(1), b"words").unwrap().unwrap());
        relay.change(|map, txn| {
            map.insert(txn, name(&hash(1), 0), yrs::Any::from(b"junk".to_vec()));
            map.insert(txn, name(&hash(2), 0), yrs::Any::from(b"other junk".to_vec()));
            map.insert(txn, "not a hash", "at all");
        });
        let brought = one.receive(&relay.give()).unwrap();
        assert_eq!(
            brought,
            Brought { entries: vec![(hash(2), b"other junk".to_vec())], gone: vec![hash(1)] }
        );
        relay.take(&one.put(hash(1), b"words").unwrap().unwrap());
        assert_eq!(one.since(&[0]).unwrap().len(), 1);
        let mut other = Carrier::new();
        for piece in one.since(&[0]).unwrap() {
            assert_eq!(other.receive(&piece).unwrap().entries, [(hash(1), b"words".to_vec())]);
        }
        // Who meets the relay first takes the good one from beside the junk.
        let met = Carrier::new().receive(&relay.give()).unwrap();
        assert!(met.entries.contains(&(hash(1), b"words".to_vec())));
    }

    #[test]
    fn what_was_confirmed_is_passed_on() {
        let (mut one, mut other) = (Carrier::new(), Carrier::new());
        let update = one.put(hash(1), b"words").unwrap().unwrap();
        other.receive(&update).unwrap();
        assert_eq!(other.since(&[0]), Ok(vec![]), "nobody said yet that it is good");
        other.confirm(hash(1), b"words").unwrap();
        assert_eq!(other.since(&[0]), Ok(vec![update]));
    }
}
