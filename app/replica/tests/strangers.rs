//! What other programs may write, and what of it is shown.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use model::SectionId;
use replica::Content;
use text::{Attrs, Delta, Document, Value};
use yrs::{
    Any, ClientID, Doc, OffsetKind, Options, ReadTxn as _, Text as _, Transact as _, TransactionMut,
    types::Attrs as SharedAttrs,
};

/// A copy by another program.
struct Stranger(Doc);

impl Stranger {
    fn new() -> Self {
        let mut options = Options::with_client_id(ClientID::new(1));
        options.offset_kind = OffsetKind::Utf16;
        Self(Doc::with_options(options))
    }

    /// Writes, and answers the update that tells of it.
    fn write(&self, act: impl FnOnce(&mut TransactionMut, &yrs::TextRef)) -> Vec<u8> {
        let text = self.0.get_or_insert_text("section/main");
        let mut txn = self.0.transact_mut();
        let before = txn.state_vector();
        act(&mut txn, &text);
        txn.encode_diff_v1(&before)
    }
}

fn named(name: &str, value: impl Into<Any>) -> SharedAttrs {
    [(name.into(), value.into())].into()
}

/// What an editor shows that only hears of changes, and what opens anew.
fn shown_and_kept(updates: &[Vec<u8>]) -> (Document, Document) {
    let section = SectionId::parse("main").unwrap();
    let mut content = Content::new(2);
    let mut shown = Document::from_delta(&content.read(&section).unwrap());
    for update in updates {
        for event in content.receive(update).unwrap() {
            shown.apply(&event.delta);
        }
    }
    (shown, Document::from_delta(&content.read(&section).unwrap()))
}

#[test]
fn a_value_that_has_no_place_takes_the_one_before_away() {
    let stranger = Stranger::new();
    let bold = stranger.write(|txn, text| {
        text.insert_with_attributes(txn, 0, "price", named("bold", true));
        text.insert_with_attributes(txn, 5, "\n", named("header", 2));
    });
    let odd = stranger.write(|txn, text| {
        text.format(txn, 0, 5, named("bold", 1.5));
        text.format(txn, 5, 1, named("header", Any::from_json(r#"{"level":2}"#).unwrap()));
    });
    let (shown, kept) = shown_and_kept(&[bold, odd]);
    assert_eq!(kept.to_delta(), Delta::new().insert("price\n"));
    assert_eq!(shown.to_delta(), kept.to_delta());
}

#[test]
fn half_a_character_takes_its_marks() {
    let stranger = Stranger::new();
    let start = stranger.write(|txn, text| text.insert(txn, 0, "😀\n"));
    let halves = stranger.write(|txn, text| {
        text.format(txn, 0, 1, named("bold", true));
    });
    let (shown, kept) = shown_and_kept(&[start, halves]);
    let bold = Attrs::none().with("bold", Value::True);
    assert_eq!(kept.to_delta(), Delta::new().insert_with("\u{fffd}", bold).insert("\u{fffd}\n"));
    assert_eq!(shown.to_delta(), kept.to_delta());
}

#[test]
fn an_embed_is_one_sign() {
    let stranger = Stranger::new();
    let embed = Any::from_json(r#"{"image":"https://a.example/a.png"}"#).unwrap();
    let update = stranger.write(|txn, text| {
        text.insert(txn, 0, "a\n");
        text.insert_embed(txn, 1, embed);
    });
    let (shown, kept) = shown_and_kept(&[update]);
    assert_eq!(kept.text(), "a\u{fffc}\n");
    assert_eq!(shown, kept);
}
