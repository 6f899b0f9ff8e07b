//! The machine against what y-webrtc and its server say.

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::{Aes256Gcm, Nonce};
use model::{hex, unhex};
use sha2::{Digest as _, Sha256};

use super::*;

const NOTHING: [Output; 0] = [];

fn machine(is_sealed: bool) -> Signalling {
    let mut machine = Signalling::new("ws://signal.example", "room", is_sealed);
    machine.handle(Input::Start, 0);
    machine.handle(Input::Opened, 0);
    machine
}

fn announce() -> Notice {
    Notice::Announce { from: "p1".into() }
}

/// HMAC-SHA-256 (RFC 2104), for keys of at most 64 bytes.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

/// PBKDF2 (RFC 8018) with one block, as callers of the machine derive the key.
fn key(password: &str, topic: &str) -> [u8; 32] {
    let mut last = hmac(password.as_bytes(), &[topic.as_bytes(), &[0, 0, 0, 1]].concat());
    let mut key = last;
    for _ in 1..ITERATIONS {
        last = hmac(password.as_bytes(), &last);
        key.iter_mut().zip(last).for_each(|(byte, last)| *byte ^= last);
    }
    key
}

/// What y-webrtc 10.3.0 made with the password "secret" in the room "room", and a nonce of zeros.
const KEY: &str = "a6ab2aafe2841793a1132d1ec031b8b71c06cefce0885bc4b8012d7200fba33a";
const SEALED: &str =
    "B0FFUy1HQ00MAAAAAAAAAAAAAAAAKvswieVkCbCbL2u/5P2FyNh74qyPvcll1HYoqOJhL4va1dwUc7VfXiqdlA==";

#[test]
fn notices_are_sealed_as_y_webrtc_seals_them() {
    let key = key("secret", "room");
    assert_eq!(hex(&key), KEY);
    let cipher = Aes256Gcm::new(&key.into());
    let nonce = [0; 12];
    let mut machine = machine(true);
    let asked = machine.handle(Input::Publish(&announce()), 0);
    let [Output::Seal(plain)] = &asked[..] else { panic!("{asked:?}") };
    let sealed = cipher.encrypt(&Nonce::from(nonce), plain.as_slice()).unwrap();
    let sent = machine.handle(Input::Sealed { nonce, sealed }, 0);
    let message = format!(r#"{{"type":"publish","topic":"room","data":"{SEALED}"}}"#);
    assert_eq!(sent, [Output::Send(message.clone())]);
    // And back, from the server, which tells how many heard it.
    let echoed = message.replace("\"data\"", "\"clients\":2,\"data\"");
    let asked = machine.handle(Input::Text(&echoed), 0);
    let [Output::Unseal { nonce, sealed }] = &asked[..] else { panic!("{asked:?}") };
    let plain = cipher.decrypt(&Nonce::from(*nonce), sealed.as_slice()).unwrap();
    assert_eq!(machine.handle(Input::Unsealed(Some(plain)), 0), [Output::Heard(announce())]);
    assert_eq!(machine.handle(Input::Unsealed(None), 0), NOTHING, "another key");
}

#[test]
fn what_is_not_sealed_is_not_believed_where_things_are() {
    let clear = r#"{"type":"publish","topic":"room","data":{"type":"announce","from":"p1"}}"#;
    assert_eq!(machine(false).handle(Input::Text(clear), 0), [Output::Heard(announce())]);
    assert_eq!(machine(true).handle(Input::Text(clear), 0), NOTHING);
    for data in ["\"\"", "\"B0FF\"", "\"!\"", "null"] {
        let text = format!(r#"{{"type":"publish","topic":"room","data":{data}}}"#);
        assert_eq!(machine(true).handle(Input::Text(&text), 0), NOTHING, "{data}");
    }
}

/// Every signal of simple-peer 9.11.1, as its source writes it.
#[test]
fn signals_are_those_of_simple_peer() {
    let candidate = |mid: Option<&str>, line| Signal::Candidate {
        candidate: "candidate:1 1 udp 2 h 9 typ host".into(),
        mid: mid.map(str::to_owned),
        line,
    };
    for (signal, json) in [
        (Signal::Offer("v=0\r\n".into()), r#"{"type":"offer","sdp":"v=0\r\n"}"#),
        (Signal::Answer("v=0\r\n".into()), r#"{"type":"answer","sdp":"v=0\r\n"}"#),
        (
            candidate(Some("0"), Some(0)),
            r#"{"type":"candidate","candidate":{"candidate":"candidate:1 1 udp 2 h 9 typ host","sdpMLineIndex":0,"sdpMid":"0"}}"#,
        ),
        (
            candidate(None, None),
            r#"{"type":"candidate","candidate":{"candidate":"candidate:1 1 udp 2 h 9 typ host","sdpMLineIndex":null,"sdpMid":null}}"#,
        ),
        (Signal::Wish, r#"{"type":"renegotiate","renegotiate":true}"#),
    ] {
        let notice =
            Notice::Signal { from: "p1".into(), to: "p2".into(), token: 1_700_000_000_000.25, signal };
        let text = format!(
            r#"{{"type":"publish","topic":"room","data":{{"to":"p2","from":"p1","type":"signal","token":1700000000000.25,"signal":{json}}}}}"#
        );
        let mut machine = machine(false);
        assert_eq!(machine.handle(Input::Publish(&notice), 0), [Output::Send(text.clone())]);
        assert_eq!(machine.handle(Input::Text(&text), 0), [Output::Heard(notice)]);
    }
    assert_eq!(heard(r#"{"type":"transceiverRequest","transceiverRequest":{"kind":"audio"}}"#), Signal::Wish);
    for json in
        [r#"{"type":"rollback","sdp":""}"#, "{}", "null", r#"{"type":"offer"}"#, r#"{"candidate":"text"}"#]
    {
        assert_eq!(heard(json), Signal::Unknown, "{json}");
    }
}

/// What is heard of a signal.
fn heard(json: &str) -> Signal {
    let text = format!(
        r#"{{"type":"publish","topic":"room","data":{{"to":"a","from":"b","type":"signal","token":1,"signal":{json}}}}}"#
    );
    match &machine(false).handle(Input::Text(&text), 0)[..] {
        [Output::Heard(Notice::Signal { signal, .. })] => signal.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_notice_is_passed_over() {
    let long = format!(
        r#"{{"type":"publish","topic":"room","data":{{"type":"announce","from":"{}"}}}}"#,
        "a".repeat(65)
    );
    for text in [
        "",
        "{",
        "7",
        "null",
        r#"{"type":7}"#,
        r#"{"type":"publish"}"#,
        r#"{"type":"publish","topic":"room"}"#,
        r#"{"type":"publish","topic":"other","data":{"type":"announce","from":"p1"}}"#,
        r#"{"type":"publish","topic":"room","data":{"type":"announce"}}"#,
        r#"{"type":"publish","topic":"room","data":{"type":"signal","from":"p1","signal":{}}}"#,
        r#"{"type":"publish","topic":"room","data":{"type":"other","from":"p1"}}"#,
        &long,
    ] {
        assert_eq!(machine(false).handle(Input::Text(text), 0), NOTHING, "{text}");
    }
}

#[test]
fn a_topic_is_joined_again_whenever_the_server_was_lost() {
    let mut machine = Signalling::new("ws://signal.example", "room", false);
    let dial = [Output::Dial("ws://signal.example".into())];
    let joins = [Output::Send(r#"{"type":"subscribe","topics":["room"]}"#.into()), Output::Joined];
    assert_eq!(machine.handle(Input::Start, 0), dial);
    assert_eq!(machine.handle(Input::Opened, 0), joins);
    assert_eq!(machine.status(), Status::Connected);
    machine.handle(Input::Closed, 0);
    // A server that was there is dialled almost at once, one that was not after longer and longer.
    let mut now = 0;
    for pause in [100, 361, 572, 722, 838] {
        assert_eq!(machine.status(), Status::Waiting { until: now + pause });
        now += pause;
        assert_eq!(machine.handle(Input::Time, now), dial);
        assert_eq!(machine.handle(Input::Publish(&announce()), now), NOTHING);
        machine.handle(Input::Closed, now);
    }
    assert_eq!(machine.handle(Input::Wake, now), dial);
    assert_eq!(machine.handle(Input::Time, now + 10_000), [Output::HangUp], "it never opened");
    machine.handle(Input::Wake, now);
    assert_eq!(machine.handle(Input::Opened, now), joins);
    assert_eq!(machine.handle(Input::Stop, now), [Output::HangUp]);
    assert_eq!((machine.status(), machine.wakes_at()), (Status::Off, None));
}

#[test]
fn a_silent_server_is_asked_and_given_up() {
    let mut machine = machine(false);
    let ping = [Output::Send(r#"{"type":"ping"}"#.into())];
    assert_eq!(machine.wakes_at(), Some(15_000));
    assert_eq!(machine.handle(Input::Time, 15_000), ping);
    assert_eq!(machine.handle(Input::Text(r#"{"type":"pong"}"#), 15_100), NOTHING);
    assert_eq!(machine.wakes_at(), Some(30_100));
    assert_eq!(machine.handle(Input::Time, 30_100), ping);
    assert_eq!(machine.wakes_at(), Some(45_100));
    assert_eq!(machine.handle(Input::Time, 45_100), [Output::HangUp]);
    assert_eq!(machine.status(), Status::Waiting { until: 45_200 });
}

#[test]
fn a_flood_of_sealed_notices_is_bounded() {
    let mut machine = machine(true);
    let text = format!(r#"{{"type":"publish","topic":"room","data":"{SEALED}"}}"#);
    let asked: usize = (0..1_000).map(|_| machine.handle(Input::Text(&text), 0).len()).sum();
    assert_eq!(asked, SEALED_MAX);
    machine.handle(Input::Unsealed(unhex("76")), 0);
    assert_eq!(machine.handle(Input::Text(&text), 0).len(), 1);
}
