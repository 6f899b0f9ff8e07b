use insight::record::{Attended, Device, Did, Glance, Part, What};

use super::*;
use crate::pen::Pen;

const ROOM: RoomId = RoomId([7; 16]);
const SEED: [u8; 32] = [9; 32];

fn owner() -> Author {
    Pen::new(&SEED).author()
}

fn author(seed: u8) -> Author {
    Pen::new(&[seed; 32]).author()
}

fn record(from: u64, parts: u64) -> Record {
    let page = |number| Part::Page { file: "00112233445566778899aabbccddeeff".into(), number };
    let glance = |number| Glance { part: page(number), active: 1_500 + number, depth: None };
    let section = Glance { part: Part::Section("main".into()), active: 60_000, depth: Some(80) };
    Record {
        visit: [3; 8],
        device: Device::Phone,
        from,
        until: from + 120_000,
        active: 118_000,
        parts: [section].into_iter().chain((1..=parts).map(glance)).collect(),
        acts: vec![Did { what: What::Copied, part: Part::Price, at: from + 5 }],
        attended: vec![],
    }
}

fn sealed(records: &[Record]) -> Vec<u8> {
    seal(ROOM, &author(1), &owner(), [5; 32], records).unwrap()
}

#[test]
fn c2_the_owner_reads_what_was_sealed() {
    for records in [vec![], vec![record(10, 0)], vec![record(10, 3), record(9_000_000, 40)]] {
        let receipt = sealed(&records);
        assert_eq!(open(ROOM, &author(1), &SEED, &receipt), Ok(records));
        assert_eq!((receipt.len() - AROUND) % BLOCK, 0);
    }
    let other = seal(ROOM, &author(1), &owner(), [6; 32], &[]).unwrap();
    assert_ne!(sealed(&[])[33..], other[33..], "another secret makes another key");
}

#[test]
fn c2_a_receipt_opens_for_its_owner_room_and_author_alone() {
    let receipt = sealed(&[record(10, 2)]);
    let wrong = Err(ReceiptError::WrongKey);
    assert_eq!(open(RoomId([8; 16]), &author(1), &SEED, &receipt), wrong);
    assert_eq!(open(ROOM, &author(2), &SEED, &receipt), wrong);
    assert_eq!(open(ROOM, &author(1), &[1; 32], &receipt), wrong, "not even for its author");
    assert_eq!(open(ROOM, &author(1), &SEED, &[9]), Err(ReceiptError::OtherVersion(9)));
    assert_eq!(open(ROOM, &author(1), &SEED, &receipt[..20]), Err(ReceiptError::Damaged));
}

#[test]
fn lengths_say_little() {
    assert_eq!(sealed(&[record(10, 1)]).len(), sealed(&[record(10, 9)]).len());
}

#[test]
fn keys_of_small_order_are_refused() {
    // The points of order 1, 2 and 4, as they are written.
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut two = [0xff; 32];
    (two[0], two[31]) = (0xec, 0x7f);
    for point in [identity, two, [0; 32]] {
        assert_eq!(
            seal(ROOM, &author(1), &Author(point), [5; 32], &[]),
            Err(ReceiptError::WeakKey),
            "{point:?}"
        );
    }
    assert!(seal(ROOM, &author(1), &Author([2; 32]), [5; 32], &[]).is_err(), "no point at all");
    // Nor is anything opened that such a key was used for.
    let mut receipt = sealed(&[record(10, 1)]);
    for low in [0, 1] {
        receipt[1..33].fill(0);
        receipt[1] = low;
        assert_eq!(open(ROOM, &author(1), &SEED, &receipt), Err(ReceiptError::WeakKey));
    }
}

#[test]
fn many_records_become_as_few_receipts_as_hold_them() {
    let records: Vec<Record> = (0..200).map(|at| record(at * 120_000, at % 7)).collect();
    let parcels = parcels(&records);
    assert_eq!(parcels.concat(), records);
    let sizes: Vec<usize> = parcels.iter().map(|parcel| sealed(parcel).len()).collect();
    assert!(sizes.iter().all(|size| *size <= limits::RECEIPT_MAX), "{sizes:?}");
    for pair in parcels.windows(2) {
        assert!(!fits(&[&pair[0][..], &pair[1][..1]].concat()), "one more would have fitted");
    }
    assert_eq!(seal(ROOM, &author(1), &owner(), [5; 32], &records), Err(ReceiptError::TooLarge));
    assert!(super::parcels(&[]).is_empty());
}

#[test]
fn a_record_that_is_too_long_comes_in_parts() {
    let long = record(10, 2_000);
    let parcels = parcels(&[long.clone(), record(20, 1)]);
    assert!(parcels.len() > 1);
    let all = parcels.concat();
    assert_eq!(all.iter().map(|it| it.active).sum::<u64>(), long.active + record(20, 1).active);
    let parts: Vec<Glance> = all.iter().flat_map(|it| it.parts.clone()).collect();
    assert_eq!(parts, [long.parts, record(20, 1).parts].concat());
    assert!(parcels.iter().all(|parcel| sealed(parcel).len() <= limits::RECEIPT_MAX));
    // A name that is no name of ours is left out rather than tried for ever.
    let mut odd = record(10, 0);
    odd.parts[0].part = Part::Section("x".repeat(9_000));
    odd.acts.clear();
    assert!(super::parcels(&[odd]).is_empty());
}

/// A record that some parts of two presentations were attended.
fn of_presentations(parts: u64) -> Record {
    let attended = (0..parts).map(|at| Attended {
        by: [if at < parts / 2 { 6 } else { 7 }; 32],
        since: 1_798_000_000_000,
        part: Part::Page { file: "f".into(), number: at },
        shown: 9_000 + at,
        followed: at,
    });
    Record::of_presentations([3; 8], Device::Phone, (10, 20), attended.collect()).unwrap()
}

#[test]
fn what_was_attended_comes_back_and_records_without_are_written_as_before() {
    let records = [record(10, 2), of_presentations(3), record(20, 1), of_presentations(2)];
    assert_eq!(read(&write(&records)), Ok(records.to_vec()));
    assert_eq!((write(&records)[0], write(&records[..1])[0]), (2, 1));
    // Too much for one receipt comes in parts.
    let long = of_presentations(2_000);
    let parcels = parcels(std::slice::from_ref(&long));
    assert!(parcels.len() > 1);
    let attended: Vec<Attended> = parcels.concat().into_iter().flat_map(|it| it.attended).collect();
    assert_eq!(attended, long.attended);
}

#[test]
fn names_that_are_too_long_are_none() {
    let mut odd = record(10, 0);
    odd.parts[0].part = Part::Section("x".repeat(129));
    assert_eq!(read(&write(&[odd])), Err(ReceiptError::Damaged));
}
