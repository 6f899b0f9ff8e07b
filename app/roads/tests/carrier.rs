//! The carrier with a relay that keeps it as a Yjs document.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

use model::{BlobHash, EntryHash, hex};
use sync::carrier::{Brought, Carrier, Name, TRIES, digest};
use yrs::{Map as _, MapRef, ReadTxn as _, StateVector, Transact as _, updates::decoder::Decode as _};

/// Puts one entry in, and answers the update that says so.
fn put(carrier: &mut Carrier, hash: EntryHash, sealed: &[u8]) -> Option<Vec<u8>> {
    let mut updates = carrier.put(&[(Name::Entry(hash), sealed)]);
    assert!(updates.len() < 2);
    updates.pop()
}

fn entries(brought: Brought) -> Vec<(EntryHash, Vec<u8>)> {
    let things = brought.things.into_iter();
    things
        .map(|(name, bytes)| if let Name::Entry(hash) = name { (hash, bytes) } else { panic!("{name:?}") })
        .collect()
}

fn gone(brought: &Brought) -> Vec<Name> {
    brought.gone.iter().map(|(name, _)| *name).collect()
}

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
        let map = self.0.get_or_insert_map("entries");
        f(&map, &mut self.0.transact_mut());
    }
}

#[test]
fn entries_reach_another_copy_over_a_relay_that_reads_nothing() {
    let (mut one, mut other, relay) = (Carrier::new(), Carrier::new(), Relay::new());
    for byte in 0..20 {
        relay.take(&put(&mut one, hash(byte), &[byte; 50]).unwrap());
    }
    assert_eq!(put(&mut one, hash(3), &[3; 50]), None, "it is there");
    let brought = other.receive(&relay.give()).unwrap();
    let brought = entries(brought);
    assert_eq!(brought.len(), 20);
    assert!(brought.contains(&(hash(5), vec![5; 50])));
    let again = other.receive(&relay.give()).unwrap();
    assert!(again.things.is_empty() && again.gone.is_empty(), "nothing comes twice");
    assert_eq!(again.same.len(), 20);
}

#[test]
fn two_who_put_in_the_same_entry_do_the_same_thing() {
    let (mut one, mut other, relay) = (Carrier::new(), Carrier::new(), Relay::new());
    let update = put(&mut one, hash(1), b"words").unwrap();
    assert_eq!(put(&mut other, hash(1), b"words").unwrap(), update);
    relay.take(&update);
    let before = relay.give();
    relay.take(&update);
    assert_eq!(relay.give(), before);
}

#[test]
fn only_what_is_missing_there_is_given_in_pieces_that_a_road_can_take() {
    let mut one = Carrier::new();
    for byte in 0..40 {
        put(&mut one, hash(byte), &[byte; 20_000]);
    }
    let mut other = Carrier::new();
    put(&mut other, hash(0), &[0; 20_000]);
    let pieces = one.since(&other.state_vector()).unwrap();
    assert!(pieces.len() > 3);
    assert!(pieces.iter().all(|piece| piece.len() < 200 * 1024));
    for piece in pieces {
        for (name, bytes) in other.receive(&piece).unwrap().things {
            other.put(&[(name, &bytes)]);
        }
    }
    assert!(one.since(&other.state_vector()).unwrap().is_empty());
    assert!(other.since(&one.state_vector()).unwrap().is_empty());
    assert!(one.since(&[9, 9]).is_err(), "no state vector");
    let long = [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1];
    assert!(one.since(&long).unwrap().len() > 3, "a client that cannot be");
}

#[test]
fn what_a_hostile_peer_deletes_comes_back() {
    let (mut one, relay) = (Carrier::new(), Relay::new());
    relay.take(&put(&mut one, hash(1), b"words").unwrap());
    for _ in 1..TRIES {
        relay.change(|map, txn| map.clear(txn));
        let brought = one.receive(&relay.give()).unwrap();
        assert_eq!(brought.gone, [(Name::Entry(hash(1)), b"words"[..].into())]);
        relay.take(&put(&mut one, hash(1), b"words").unwrap());
        let mut new = Carrier::new();
        assert_eq!(entries(new.receive(&relay.give()).unwrap()), [(hash(1), b"words".to_vec())]);
    }
    relay.change(|map, txn| map.clear(txn));
    assert_eq!(gone(&one.receive(&relay.give()).unwrap()), [Name::Entry(hash(1))]);
    assert_eq!(put(&mut one, hash(1), b"words"), None, "after so many times the road is given up");
}

#[test]
fn what_a_hostile_peer_overwrites_comes_back_and_its_junk_is_not_passed_on() {
    let (mut one, relay) = (Carrier::new(), Relay::new());
    relay.take(&put(&mut one, hash(1), b"words").unwrap());
    relay.change(|map, txn| {
        map.insert(txn, hash(1).to_string(), yrs::Any::from(b"junk".to_vec()));
        map.insert(txn, "not a hash", "at all");
    });
    relay.take(&put(&mut Carrier::new(), hash(2), b"other junk").unwrap());
    let brought = one.receive(&relay.give()).unwrap();
    assert_eq!(gone(&brought), [Name::Entry(hash(1))]);
    assert_eq!(entries(brought), [(hash(2), b"other junk".to_vec())]);
    relay.take(&put(&mut one, hash(1), b"words").unwrap());
    assert_eq!(one.since(&[0]).unwrap().len(), 1);
    let mut other = Carrier::new();
    for piece in one.since(&[0]).unwrap() {
        assert_eq!(entries(other.receive(&piece).unwrap()), [(hash(1), b"words".to_vec())]);
    }
    // Who meets the relay first takes the good one from beside the junk.
    let met = entries(Carrier::new().receive(&relay.give()).unwrap());
    assert!(met.contains(&(hash(1), b"words".to_vec())));
}

#[test]
fn what_was_found_good_is_passed_on() {
    let (mut one, mut other) = (Carrier::new(), Carrier::new());
    let update = put(&mut one, hash(1), b"words").unwrap();
    other.receive(&update).unwrap();
    assert_eq!(other.since(&[0]), Ok(vec![]), "nobody said yet that it is good");
    assert_eq!(put(&mut other, hash(1), b"words").unwrap(), update, "for those who may lack it");
    assert_eq!(put(&mut other, hash(1), b"words"), None);
    assert_eq!(other.since(&[0]), Ok(vec![update]));
}

#[test]
fn parts_of_blobs_are_what_their_names_say_or_nothing() {
    let (mut one, relay) = (Carrier::new(), Relay::new());
    let piece = Name::Piece(digest(b"a piece"));
    let list = Name::List(BlobHash([5; 32]), digest(b"a list"));
    for update in one.put(&[(piece, b"a piece"), (list, b"a list")]) {
        relay.take(&update);
    }
    let brought = Carrier::new().receive(&relay.give()).unwrap();
    assert_eq!(brought.things.len(), 2);
    assert!(brought.things.contains(&(piece, b"a piece".to_vec())));
    let blobs = relay.0.get_or_insert_map("blobs");
    blobs.insert(&mut relay.0.transact_mut(), hex(&digest(b"a piece")), yrs::Any::from(b"junk".to_vec()));
    let mut late = Carrier::new();
    let brought = late.receive(&relay.give()).unwrap();
    assert!(brought.things.iter().all(|(name, _)| *name == list), "the junk is nothing");
    assert_eq!(late.part(&piece), None);
    // Who had it puts it again.
    let brought = one.receive(&relay.give()).unwrap();
    assert_eq!(brought.gone, [(piece, b"a piece"[..].into())]);
    for update in one.put(&[(piece, b"a piece")]) {
        late.receive(&update).unwrap();
    }
    assert_eq!(late.part(&piece).as_deref(), Some(&b"a piece"[..]));
}

#[test]
fn what_others_brought_can_be_thrown_away_and_comes_again() {
    let (mut one, mut other, relay) = (Carrier::new(), Carrier::new(), Relay::new());
    relay.take(&put(&mut one, hash(1), b"words").unwrap());
    put(&mut other, hash(2), b"more words");
    other.receive(&relay.give()).unwrap();
    other.forget_others();
    assert_eq!(other.since(&[0]).unwrap().len(), 1);
    assert_eq!(other.state_vector()[0], 1);
    assert_eq!(entries(other.receive(&relay.give()).unwrap()), [(hash(1), b"words".to_vec())]);
}

#[test]
fn other_bytes_in_the_name_of_a_client_that_are_met_make_way() {
    let (mut one, mut hostile, relay) = (Carrier::new(), Carrier::new(), Relay::new());
    relay.take(&put(&mut hostile, hash(1), b"junk").unwrap());
    // The relay takes nothing more in this client's name, and this one met the junk later.
    relay.take(&put(&mut one, hash(1), b"words").unwrap());
    let brought = one.receive(&relay.give()).unwrap();
    assert_eq!(gone(&brought), [Name::Entry(hash(1))]);
    relay.take(&put(&mut one, hash(1), b"words").unwrap());
    let met = entries(Carrier::new().receive(&relay.give()).unwrap());
    assert!(met.contains(&(hash(1), b"words".to_vec())));
}
