//! The example of docs/formats.md, byte for byte. When one of these tests fails, people's links, files and stores have
//! become unreadable, or another program's have: that takes a new version of the format.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use insight::record::{self, Attended, Device, Did, Glance, Record, What};
use model::{ActHash, Author, BlobHash, DocName, EntryHash, RoomId, SectionId, hex, unhex};
use sync::{
    blob,
    deal::{Acceptance, Act, Part, Seal, Signatory, Signature, SignedAct, Signer},
    ledger::{Entry, EntryError, Pen, Session, SignedEntry, unseal},
    presence::Presence,
    receipt,
    stage::{Attending, Pointer, Showing, Spot, Stage},
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

/// The example's author seals the room.
const SEAL: &str = "01018bb04e1c1b83dddf311f5bcddf7c50ede3c0802f47ec796e2a131cf41298d9f3808182838485868788898a8b8c8d\
    8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbd\
    bebf0104706c616ec0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf00010444616e6100\
    0000000080f89a89aa341b17c7d597ed633fdac62e7393eb187b3a532eec0996df285dc780a6132cb9e2b9e99f123851\
    a99c36242cf4dd894e4c8c8da4c9e36ef07eeda3032590a3d70d";
const SEAL_HASH: &str = "bcdc7e8f5402a3845d46638cf3e6d377516b5745f41fa1f8fa4ce25667b3658f";

/// Somebody whose seed is 31…50 accepts.
const ACCEPTANCE: &str = "01036c28fd058c18c88c6cce2af981d2d11c851b123ed5b69b7876773ed099ea3f83bcdc7e8f5402a3845d46638cf3e6\
    d377516b5745f41fa1f8fa4ce25667b3658f000444616e610b64406e2e6578616d706c6500010444616e61e0cc9e89aa\
    34e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff005d05dcf78e427856b6fd630d9995\
    3314d51e295f2a173f4204acb8bd537a9fb44eec11e8b45b697bcc0ebecbc188bda2dffb875abec7f2f5ac6e0700c43f\
    3b00";

/// A stretch of reading, and the same sealed by the author whose seed is 31…50 for the owner whose seed is 30…4f.
const RECORDS: &str = "0101026631010150515253545556570180f89a89aa34c0a907f0a2040201046d61696ebce00351050003a01f00010202\
    acfa9a89aa34";
/// What stands behind a record of version 2.
const ATTENDED: &str = "0201808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f80f89a89aa3401046d6169\
    6e9875904e0002b817b817";
const RECEIPT: &str = "01605a725d2a4adfeeb1a29e17edd621c1b7593ee8cdbc44ac6c4ab6e2f805d23c4010a9203fe208b36e021999459730\
    f44e2c4485a739d48f697118b8bfbd873c76b2bcb2f4f849a6adc70ecc4c098e44c5f4df74d7c8b5eaeb255014223f03\
    66d82bc3c22ca3e05dc8f31f4bbbf3c4cf3788f4b8cfb7011e3a85457a17866f3e73ce2b0b874bbd7dfde8f5145ff902\
    a7c23d632d62a99f2ec71ec91d8280304434b0328fae548974e1ce1925037772d60953ef0b451444380f451fd58b29db\
    89317f13c2911ae14b86686d27d5bf389901bc7b6960a0e367667b352673bac1c4253a8e964f4858e13155c89cbdb27b\
    5cc67c3ebb6d23d1d127e2e8d9a10eb7d47eb60b0d019ea3f29e225e3b8a4958c47932e8a4adba7e5f29705a37974ee1\
    ea069a91b054b06b7446ef500305c7eb1e";

/// Somebody who is there, as it was said before there were presentations; then the same of one who presents, and of one who attends.
const PRESENCE: &str = "0100606162636465666768696a6b6c6d6e6f7071727374757677409ea3551a92d03c74c055216d4c018a180dfaa2bfa8\
    23e8ec4dfc481da2b0728fee7c163d3b7445f2e5a63f6763f5f3e648dc67fdf473153f72f720a34a64cbc5efb8ca0649\
    1f08ebfc135c3e71a84b2e8f2603b873704d6b5be3d0f36e4d1c6fc1466a8faa7f197a2e67e2bf7a4836284119615a2e\
    681e068a3bff58982e23c98c892613";
const SHOWING: &str = "0200606162636465666768696a6b6c6d6e6f7071727374757677409ea3551a92d03c74c055216d4c018a180dfaa2bfa8\
    23e8ec4dfc481da2b0728fee7c163d3b7445f2e5a63f6763f5f3e648dc67fdec23a756dae8b88a8158dcb03e68fdbd87\
    bdb32fce3f501a5ee4f715e22125f5f093d2dc143c48fd437b892317df62e35db5bf4b1b1d2c63f027d6c9dffb2a4e7a\
    c335f4d2fb351bc7d67c0f0c32897b9b80f1f5fddea7ae459e0f7ef0ecda4974564da6dbd88fda51418360d351378cd5";
const ATTENDING: &str = "0200606162636465666768696a6b6c6d6e6f7071727374757677409ea3551a92d03c74c055216d4c018a180dfaa2bfa8\
    23e8ec4dfc481da2b0728fee7c163d3b7445f2e5a63f6763f5f3e648dc67fdefaf55b13a18546368ff385bdc8ab42009\
    2852cf34c8a064ced4280f812731c15b6c7872a0382f04941fe226ed1b89679bfa255bd593a07112c923746e1a1f98e8\
    21f70fdd4e7961181db92ed4f74dd2d36823e8f795eb02d75916bc00df274de81d986f5dc7d3709844ff803229645e61\
    ff24a2cce07a0e";

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
    let spot = Spot { part: record::Part::Plan, offset: 5, pointer: None };
    let stage = Some(Stage::Showing(Showing { spot, since: 7 }));
    for (message, form) in [
        (TabMessage::Hello { tab: 300 }, "00ac02"),
        (TabMessage::Entry(vec![0xee; 3]), "0103eeeeee"),
        (TabMessage::Caret { tab: 300, caret: None }, "02ac02"),
        (
            TabMessage::Caret { tab: 300, caret: Some(caret) },
            "03ac0200046d61696e0b008c9e85bccda4c30101410b008c9e85bccda4c3010241",
        ),
        (TabMessage::Bye { tab: 300 }, "04ac02"),
        (TabMessage::Blobs(vec![BlobHash([0xee; 32])]), &format!("06{}", "ee".repeat(32))),
        (TabMessage::Others(vec![(300, vec![0xee; 2])]), "0701ac0202eeee"),
        (TabMessage::Live(vec![0xee]), "0801ee"),
        (TabMessage::Agreed, "09"),
        (TabMessage::Stage { tab: 300, stage: None }, "0cac02"),
        (TabMessage::Stage { tab: 300, stage }, "0dac020104706c616e050007"),
        (
            TabMessage::Caret { tab: 300, caret: Some(in_cell) },
            "03ac02010174027231026330046d61696e0b008c9e85bccda4c30101410b008c9e85bccda4c3010241",
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

#[test]
fn acts_are_signed_as_the_formats_say() {
    let (room, pen) = (RoomId(run(0x00)), Pen::new(&run(0x30)));
    let seal = Seal {
        frozen: run(0x80),
        blob: BlobHash(run(0xa0)),
        parts: vec![Part { name: "plan".into(), hash: run(0xc0) }],
        shows: vec![],
        signers: vec![Signer { name: "Dana".into(), mail: String::new() }],
        in_order: false,
        until: None,
        message: String::new(),
        supersedes: vec![],
        at: 1_798_000_000_000,
    };
    let sealed = SignedAct::sign(&pen, room, Act::Sealed(seal));
    assert_eq!(hex(&sealed.bytes), SEAL);
    assert_eq!(sealed.hash().to_string(), SEAL_HASH);
    assert_eq!(SignedAct::read(room, &unhex(SEAL).unwrap()), Ok(sealed.clone()));
    let accepted = Acceptance {
        seal: ActHash::parse(SEAL_HASH).unwrap(),
        signer: 0,
        who: Signatory { name: "Dana".into(), mail: "d@n.example".into(), role: String::new() },
        signature: Signature::Typed("Dana".into()),
        at: 1_798_000_060_000,
        seen: run(0xe0),
        follows: vec![],
    };
    let accepted = SignedAct::sign(&Pen::new(&run(0x31)), room, Act::Accepted(accepted));
    assert_eq!(hex(&accepted.bytes), ACCEPTANCE);
}

#[test]
fn receipts_are_sealed_as_the_formats_say() {
    let parts = [
        Glance { part: record::Part::Section("main".into()), active: 61_500, depth: Some(80) },
        Glance { part: record::Part::Page { file: "f1".into(), number: 3 }, active: 4_000, depth: None },
    ];
    let record = Record {
        visit: run(0x50),
        device: Device::Phone,
        from: 1_798_000_000_000,
        until: 1_798_000_120_000,
        active: 70_000,
        parts: parts.into(),
        acts: vec![Did { what: What::Copied, part: record::Part::Price, at: 1_798_000_000_300 }],
        attended: vec![],
    };
    let words = receipt::write(std::slice::from_ref(&record));
    assert_eq!(hex(&words), RECORDS);
    // The same with what was attended of a presentation.
    let attended =
        |part, shown, followed| Attended { by: run(0x80), since: 1_798_000_000_000, part, shown, followed };
    let section = record::Part::Section("main".into());
    let attended = vec![attended(section, 15_000, 10_000), attended(record::Part::Price, 3_000, 3_000)];
    let with_attended = Record { attended, ..record.clone() };
    let bytes = format!("02{}{ATTENDED}", &RECORDS[2..]);
    assert_eq!(hex(&receipt::write(std::slice::from_ref(&with_attended))), bytes);
    assert_eq!(receipt::read(&unhex(&bytes).unwrap()), Ok(vec![with_attended]));
    let (author, owner) = (Pen::new(&run(0x31)).author(), Pen::new(&run(0x30)).author());
    let sealed =
        receipt::seal(RoomId(run(0)), &author, &owner, run(0xa0), std::slice::from_ref(&record)).unwrap();
    assert_eq!(hex(&sealed), RECEIPT);
    let receipt = unhex(RECEIPT).unwrap();
    assert_eq!(receipt::open(RoomId(run(0)), &author, &run(0x30), &receipt), Ok(vec![record]));
}

#[test]
fn presence_is_sealed_as_the_formats_say() {
    let (pen, room, key) = (Pen::new(&run(0x30)), RoomId(run(0)), run(0x10));
    let caret =
        Caret { section: SectionId::parse("main").unwrap(), cell: None, anchor: vec![1, 2], head: vec![3] };
    let here = Presence {
        author: pen.author(),
        name: "Dana".into(),
        tabs: vec![(3, Some(caret)), (4, None)],
        stage: None,
    };
    let spot = Spot {
        part: record::Part::Section("main".into()),
        offset: 2_500,
        pointer: Some(Pointer { part: record::Part::Price, x: 1_000, y: 9_000 }),
    };
    let showing = Stage::Showing(Showing { spot, since: 1_798_000_000_000 });
    let hand = Some(1_798_000_000_700);
    let attending = Stage::Attending(Attending { of: Author(run(0x80)), follows: true, hidden: false, hand });
    for (stage, bytes) in [(None, PRESENCE), (Some(showing), SHOWING), (Some(attending), ATTENDING)] {
        let said = Presence { stage, ..here.clone() };
        assert_eq!(hex(&said.seal(&pen, room, 17, (0, &key), run(0x60))), bytes);
        let sealed = unhex(bytes).unwrap();
        assert_eq!(Presence::open(&sealed, room, 17, |_| Some(key)), Ok(said));
    }
}
