//! What lies on people's disks, written down. When one of these tests fails, the stored form has changed, and that
//! takes a new version and a step in `migrations`.

use js_sys::{Array, JSON, Object, Uint8Array};
use model::{
    Author, BlobHash, DocName, EntryHash, Head, Pass, RoomId, RoomKeys, RoomRecord, Standing, StoredEntry,
    hex,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{
    records::{KeptBlob, PlacedEntry, Span, StoredChain, StoredRoom},
    row::{Row, Stored},
};

/// A stored value as text: one field a line, bytes as their type and hexadecimal digits.
fn shown(value: &JsValue) -> String {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        return format!("Uint8Array {}", hex(&bytes.to_vec()));
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        let items: Vec<_> = list.iter().map(|item| shown(&item).replace('\n', ", ")).collect();
        return format!("[{}]", items.join("; "));
    }
    let Some(object) = value.dyn_ref::<Object>() else {
        return JSON::stringify(value).unwrap().into();
    };
    let fields = Object::entries(object).into_iter().map(|field| {
        let field = field.unchecked_into::<Array>();
        format!("{}: {}", field.get(0).as_string().unwrap(), shown(&field.get(1)))
    });
    fields.collect::<Vec<_>>().join("\n")
}

fn check<T: Stored + PartialEq + std::fmt::Debug>(value: &T, form: &str) {
    let stored = value.to_row().into_js();
    assert_eq!(shown(&stored), form);
    assert_eq!(&T::from_row(&Row::from_js(stored).unwrap()).unwrap(), value);
}

fn room(standing: Standing) -> StoredRoom {
    let keys = RoomKeys {
        content: [0xc0; 32],
        later: Vec::new(),
        author_seed: [0x5e; 32],
        owner: Author([0x0a; 32]),
        pass: None,
    };
    StoredRoom {
        record: RoomRecord {
            id: RoomId([0x1d; 16]),
            title: "Pilot for Ström & Söhne 😀".into(),
            created: 1_700_000_000_000,
            changed: 1_700_000_000_123,
            standing,
            bytes: 512,
            keys,
            given: None,
        },
        next: 9,
    }
}

fn entry(first: u64, last: u64, doc: DocName) -> StoredEntry {
    StoredEntry {
        hash: EntryHash([0xee; 32]),
        author: Author([0xaa; 32]),
        first,
        last,
        doc,
        sealed: vec![1, 2, 254],
    }
}

#[wasm_bindgen_test]
fn a_room() {
    let rest = "\
bytes: 512
next: 9
content_key: Uint8Array c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0
author_seed: Uint8Array 5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e
owner: Uint8Array 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a";
    let start = "\
id: \"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d\"
title: \"Pilot for Ström & Söhne 😀\"
created: 1700000000000
changed: 1700000000123";
    for (standing, lines) in [
        (Standing::Active, "standing: \"active\""),
        (Standing::Archived, "standing: \"archived\""),
        (Standing::Deleted(77), "standing: \"deleted\"\ndeleted: 77"),
        (Standing::Template, "standing: \"active\"\ntemplate: 1"),
        (Standing::Team, "standing: \"team\""),
        (Standing::Workspace, "standing: \"workspace\""),
    ] {
        check(&room(standing), &format!("{start}\n{lines}\n{rest}"));
    }
}

#[wasm_bindgen_test]
fn a_room_with_rights() {
    let mut with_rights = room(Standing::Active);
    with_rights.record.keys.later = vec![[1; 32], [2; 32]];
    let pass = Pass { secret: [0x11; 32], certificate: vec![0xce, 0x27], owner_seed: None };
    with_rights.record.keys.pass = Some(pass.clone());
    let form = shown(&with_rights.to_row().into_js());
    let (ones, twos, link) = ("01".repeat(32), "02".repeat(32), "11".repeat(32));
    let lines =
        format!("later_keys: Uint8Array {ones}{twos}\nlink: Uint8Array {link}\ncertificate: Uint8Array ce27");
    assert!(form.ends_with(&lines), "{form}");
    check(&with_rights, &form);
    with_rights.record.keys.pass = Some(Pass { owner_seed: Some([3; 32]), ..pass });
    let form = shown(&with_rights.to_row().into_js());
    assert!(form.ends_with(&format!("{lines}\nowner_seed: Uint8Array {}", "03".repeat(32))), "{form}");
    check(&with_rights, &form);
}

#[wasm_bindgen_test]
fn a_room_that_was_given_out() {
    for (given, line) in [
        (Vec::new(), "given: []"),
        (vec![String::new(), "Priya".into()], "given: [name: \"\"; name: \"Priya\"]"),
    ] {
        let mut own = room(Standing::Active);
        own.record.given = Some(given);
        let form = shown(&own.to_row().into_js());
        assert!(form.ends_with(line), "{form}");
        check(&own, &form);
    }
}

#[wasm_bindgen_test]
fn an_entry() {
    let room = RoomId([0x1d; 16]);
    let form = "\
room: \"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d\"
place: 4
hash: Uint8Array eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
author: Uint8Array aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
first: 3
last: 5
doc: \"content\"
sealed: Uint8Array 0102fe";
    check(&PlacedEntry { room, place: 4, entry: entry(3, 5, DocName::Content) }, form);
}

#[wasm_bindgen_test]
fn a_blob() {
    let form = "\
room: \"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d\"
hash: \"b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0\"
sealed: Uint8Array 0102fe";
    check(&KeptBlob { room: RoomId([0x1d; 16]), hash: BlobHash([0xb0; 32]), sealed: vec![1, 2, 254] }, form);
}

#[wasm_bindgen_test]
fn a_chain() {
    let form = "\
room: \"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d\"
author: Uint8Array aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
doc: \"content\"
number: 12
hash: Uint8Array eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
squashed: [first: 1, last: 4; first: 5, last: 9]";
    let chain = StoredChain {
        room: RoomId([0x1d; 16]),
        author: Author([0xaa; 32]),
        doc: DocName::Content,
        head: Head { number: 12, hash: EntryHash([0xee; 32]) },
        squashed: vec![Span { first: 1, last: 4 }, Span { first: 5, last: 9 }],
    };
    check(&chain, form);
}

#[wasm_bindgen_test]
fn a_value_of_another_form_is_refused() {
    let stored = room(Standing::Active).to_row().into_js();
    for (field, value) in [
        ("title", JsValue::from(5)),
        ("created", JsValue::from(-1)),
        ("bytes", JsValue::from(0.5)),
        ("next", JsValue::UNDEFINED),
        ("standing", JsValue::from("gone")),
        ("owner", Uint8Array::new_with_length(31).into()),
        ("content_key", JsValue::from("c0")),
    ] {
        let changed = Object::assign(&Object::new(), stored.unchecked_ref());
        js_sys::Reflect::set(&changed, &field.into(), &value).unwrap();
        let row = Row::from_js(changed.into()).unwrap();
        assert!(StoredRoom::from_row(&row).is_err(), "{field}");
    }
    assert!(Row::from_js(JsValue::from("a text")).is_err());
}
