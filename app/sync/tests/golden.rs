//! The example of docs/formats.md, byte for byte. When one of these tests fails, people's links, files and stores have
//! become unreadable, or another program's have: that takes a new version of the format.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use model::{DocName, EntryHash, RoomId, SectionId, hex, unhex};
use sync::{
    blob,
    ledger::{Entry, EntryError, Pen, Session, SignedEntry, unseal},
    tabs::{Caret, TabMessage},
};
use text::CellName;

/// The title "Pilot", as a Yjs update.
const TITLE: &str = "01018c9e85bccda4c3010028010561626f7574057469746c6501770550696c6f7400";

const BODY: &str = "01\
    8bb04e1c1b83dddf311f5bcddf7c50ede3c0802f47ec796e2a131cf41298d9f3\
    01\
    00\
    0000000000000000000000000000000000000000000000000000000000000000\
    01\
    5051525354555657\
    056f66666572\
    00\
    22\
    01018c9e85bccda4c3010028010561626f7574057469746c6501770550696c6f7400";

const SIGNATURE: &str = "ad7484298cbb22dcf6f87fd8ed040c0e84098383178166b3dcdc4f0b405e8f40\
    1a2d93c81130e202676611d1a2268c1ecbeb4db15dec13cae9cbe2a2df634c05";

const HASH: &str = "77b80ca83fe54fd3ea8f34c7f00a5f67d48163a9f5b777fab5cd3dfd69571c41";

const SEALED: &str = "01\
    000102030405060708090a0b0c0d0e0f\
    00\
    606162636465666768696a6b6c6d6e6f7071727374757677\
    1c17f5711cfece2fdb6d5f3a39b8b4c2f3107095d46100e31c4a233c614be7196a1302a2cacf1f9c9f654ccd0291e296\
    bade74422ba34b16be5d53d5eaad8f2ee118ac9c16e58911f8cdd427f64f2aa28661f5612b1a6011dd7f7a4e02b1b4b7\
    909e5ef0df7db3c7f47152808c47ee478ada1e25eb937c76194e40346619a5f08ab840b20117de784f32531dbf5a47c3\
    6793c72dc69624bb3a70efee9275c88fd52f934b394f3ff8123403caf460fc8ce24dc78cbea06a5299ad6de590b77be6\
    3e29b03a5602";

/// The name of the six bytes "GIF89a" as a blob, and the key for blobs of the room.
const BLOB: &str = "610f5ae4d76e332636a17bd357fd6ce99029316a99d320280d4d77a746bf29e8";
const BLOB_KEY: &str = "4560ec30e397076851f60d7694f42fc4ffe77c8f24728ae8708a5bafb058054a";

/// `N` bytes that count up from `first`.
fn run<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|idx| first + idx as u8)
}

fn entry(pen: &Pen) -> Entry {
    Entry {
        author: pen.author(),
        first: 1,
        last: 1,
        prev: EntryHash([0; 32]),
        sessions: vec![Session(run(0x50))],
        doc: DocName::Offer,
        update: unhex(TITLE).unwrap(),
    }
}

#[test]
fn an_entry_is_written_as_the_formats_say() {
    let (room, content_key, pen) = (RoomId(run(0x00)), run(0x10), Pen::new(&run(0x30)));
    assert_eq!(Session(run(0x50)).client(&pen.author()), 858_876_815_691_532);
    let signed = pen.sign(room, 0, entry(&pen));
    assert_eq!(hex(&signed.bytes), format!("{BODY}{SIGNATURE}"));
    assert_eq!(signed.hash().to_string(), HASH);
    assert_eq!(hex(&signed.seal(room, 0, &content_key, run(0x60)).sealed), SEALED);
}

#[test]
fn the_written_entry_is_read() {
    let (room, content_key, pen) = (RoomId(run(0x00)), run(0x10), Pen::new(&run(0x30)));
    let (epoch, bytes) = unseal(room, &content_key, &unhex(SEALED).unwrap()).unwrap();
    let signed = SignedEntry::read(room, epoch, &bytes).unwrap();
    assert_eq!((epoch, signed.entry), (0, entry(&pen)));

    let mut other = unhex(SEALED).unwrap();
    other[0] = 2;
    assert_eq!(unseal(room, &content_key, &other), Err(EntryError::OtherVersion(2)));
    let mut other = bytes;
    other[0] = 2;
    assert_eq!(SignedEntry::read(room, 0, &other), Err(EntryError::OtherVersion(2)));
}

#[test]
fn what_tabs_say_is_written_as_the_formats_say() {
    let anchor = unhex("008c9e85bccda4c3010141").unwrap();
    let head = unhex("008c9e85bccda4c3010241").unwrap();
    let caret = Caret { section: SectionId::parse("main").unwrap(), cell: None, anchor, head };
    let cell = CellName { table: "t".into(), row: "r1".into(), column: "c0".into() };
    let in_cell = Caret { cell: Some(cell), ..caret.clone() };
    for (message, form) in [
        (TabMessage::Hello { tab: 300 }, "00ac02"),
        (TabMessage::Entry(vec![0xee; 3]), "0103eeeeee"),
        (TabMessage::Caret { tab: 300, caret: None }, "02ac02"),
        (
            TabMessage::Caret { tab: 300, caret: Some(caret) },
            "03ac02046d61696e0b008c9e85bccda4c30101410b008c9e85bccda4c3010241",
        ),
        (TabMessage::Bye { tab: 300 }, "04ac02"),
        (TabMessage::Blobs, "06"),
        (
            TabMessage::Caret { tab: 300, caret: Some(in_cell) },
            "050174027231026330ac02046d61696e0b008c9e85bccda4c30101410b008c9e85bccda4c3010241",
        ),
    ] {
        assert_eq!(hex(&message.write()), form);
        assert_eq!(TabMessage::read(&unhex(form).unwrap()), Ok(message));
    }
}

#[test]
fn a_blob_is_sealed_as_the_formats_say() {
    let hash = blob::name(b"GIF89a");
    assert_eq!(hash.to_string(), BLOB);
    assert_eq!(hex(&blob::key(&run(0x10))), BLOB_KEY);
    let sealed_as = format!("68616e6473656c20626c6f622031{}{BLOB}", RoomId(run(0x00)));
    assert_eq!(hex(&blob::sealed_as(RoomId(run(0x00)), hash)), sealed_as);
    let stored = blob::write(&run(0xc0), &[0xee; 3]);
    assert_eq!(hex(&stored), "01c0c1c2c3c4c5c6c7c8c9cacbeeeeee");
    assert_eq!(blob::read(&stored), Some((run(0xc0), vec![0xee; 3])));
    assert_eq!(blob::read(&[2; 20]), None, "another version");
    assert_eq!(blob::read(&stored[..12]), None, "cut");
}
