//! What strangers send, changed at random: nothing panics, and nothing grows without end. `HANDSEL_MUTATIONS` sets how many
//! are tried of each; the whole run is a million.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use insight::record::{Attended, Device, Did, Glance, Part, Record, What};
use model::RoomId;
use sync::any::Any;
use sync::awareness::{Awareness, CLIENTS_MAX, STATE_MAX};
use sync::chunks::{self, Assembly};
use sync::code::{Description, Kind};
use sync::ledger::Pen;
use sync::mesh::{self, Mesh};
use sync::places::Places;
use sync::receipt;
use sync::relay::{self, Hocuspocus, Relay, YWebsocket};
use sync::road::{Carried, Ours, Unfit};
use sync::roads::{IceServer, RelayAt, RelayKind};
use sync::signalling::{self, Signalling};
use sync::stage::{Pointer, Showing, Spot, Stage};
use sync::tabs::TabMessage;
use sync::yjs::{MESSAGE_MAX, Message};

/// A document that takes anything in and has one update to give.
struct Anything;

impl Carried for Anything {
    fn state_vector(&self) -> Vec<u8> {
        Vec::from([0])
    }

    fn since(&self, _: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        Ok(Vec::from([Vec::from([1, 2, 3])]))
    }

    fn receive(&mut self, update: &[u8]) -> Result<bool, Unfit> {
        if update.len().is_multiple_of(7) { Err(Unfit("by chance".into())) } else { Ok(true) }
    }
}

fn count() -> u64 {
    std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000)
}

fn mutated(random: &mut fastrand::Rng, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=bytes.len());
        match random.u8(..5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, random.u8(..)),
            // Numbers that claim much.
            2 => drop(bytes.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
            3 if at < bytes.len() => bytes[at] = random.u8(..),
            _ if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
            _ => {}
        }
    }
    bytes
}

/// Calls with each mutation of each sample.
fn each(samples: &[Vec<u8>], mut f: impl FnMut(&[u8])) {
    for seed in 0..count() {
        let mut random = fastrand::Rng::with_seed(seed);
        let sample = &samples[random.usize(..samples.len())];
        f(&mutated(&mut random, sample));
    }
}

fn states() -> Vec<u8> {
    let mut people = Awareness::new(5);
    people.set(Some(r#"{"user":{"name":"Inés","at":[1,-2.5e3,null,true]}}"#.into()), 0).unwrap();
    people.write(&[5]).remove(0)
}

fn messages() -> Vec<Vec<u8>> {
    let states = states();
    let all = [
        Message::Step1(&[1, 1, 2]),
        Message::Step2(b"an update of some length"),
        Message::Update(b"another one"),
        Message::Awareness(&states),
        Message::Denied("no"),
        Message::Query,
    ];
    all.iter().map(Message::write).collect()
}

#[test]
fn messages_and_states() {
    let mut people = Awareness::new(7);
    people.set(Some("{}".into()), 0).unwrap();
    let mut now = 0;
    each(&messages(), |bytes| {
        now += 1;
        if let Ok(message) = Message::read(bytes) {
            assert_eq!(Message::read(&message.write()), Ok(message));
        }
        let _ = people.receive(bytes, 1, now);
    });
    let mut own = 0;
    each(&[states()], |bytes| {
        now += 1;
        let _ = people.receive(bytes, 1, now);
        own = own.max(people.present().len());
        people.tick(now);
    });
    assert!(own <= CLIENTS_MAX + 1);
    assert!(people.others().all(|(client, state)| client < 1 << 53 && state.len() <= STATE_MAX));
}

#[test]
fn values() {
    let json =
        r#"{"type":"signal","token":1.5e3,"list":[true,false,null,"\u00e9\ud83c\udf88"],"deep":[[[{}]]]}"#;
    let value = Any::from_json(json).unwrap();
    each(&[json.as_bytes().to_vec()], |bytes| {
        let Ok(value) = Any::from_json(&String::from_utf8_lossy(bytes)) else { return };
        assert_eq!(Any::from_json(&value.to_json()), Ok(value));
    });
    each(&[value.to_bytes()], |bytes| {
        let _ = Any::from_bytes(bytes).map(|value| value.to_json());
    });
}

#[test]
fn frames_of_relays() {
    let named: Vec<_> = messages()
        .iter()
        .chain(
            [&b"\x02\x02\x0aread-write"[..], b"\x02\x01\x02no", b"\x08\x01", b"\x07\x03bye", b"\x05\x02hi"]
                .map(<[u8]>::to_vec)
                .iter(),
        )
        .map(|message| [b"\x04room", &message[..]].concat())
        .collect();
    for (mut relay, samples) in [
        (Relay::YWebsocket(YWebsocket::new("ws://h/room".into(), 1)), messages()),
        (Relay::Hocuspocus(Hocuspocus::new("ws://h", "room", "", 1)), named),
    ] {
        let mut people = Awareness::new(7);
        let mut now = 0;
        each(&samples, |bytes| {
            now += 1;
            let mut ours = Ours { carried: &mut Anything, people: &mut people };
            if !matches!(relay.standing().status, relay::Status::Connecting | relay::Status::InStep) {
                relay.handle(relay::Input::Stop, now, &mut ours);
                relay.handle(relay::Input::Start, now, &mut ours);
                relay.handle(relay::Input::Opened, now, &mut ours);
            }
            relay.handle(relay::Input::Update(b"u"), now, &mut ours);
            let outputs = relay.handle(relay::Input::Frame(bytes), now, &mut ours);
            assert!(outputs.len() < 10);
        });
    }
}

#[test]
fn what_signalling_servers_say() {
    let samples = [
        r#"{"type":"publish","topic":"room","clients":2,"data":{"type":"announce","from":"a"}}"#,
        r#"{"type":"publish","topic":"room","data":{"type":"signal","from":"a","to":"me","token":1.5,"signal":{"type":"offer","sdp":"v=0"}}}"#,
        r#"{"type":"publish","topic":"room","data":{"type":"signal","from":"a","to":"me","token":2.5,"signal":{"candidate":{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0}}}}"#,
        r#"{"type":"publish","topic":"room","data":"B0FFUy1HQ00MAAAAAAAAAAAAAAAAAQI="}"#,
        r#"{"type":"pong"}"#,
    ]
    .map(|text| text.as_bytes().to_vec());
    let mut people = Awareness::new(7);
    let mut mesh = Mesh::new("me", 0.5, 12, 1);
    for is_sealed in [false, true] {
        let mut machine = Signalling::new("ws://h", "room", is_sealed);
        machine.handle(signalling::Input::Start, 0);
        machine.handle(signalling::Input::Opened, 0);
        let mut now = 0;
        each(&samples, |bytes| {
            now += 1;
            for output in machine.handle(signalling::Input::Text(&String::from_utf8_lossy(bytes)), 0) {
                match output {
                    signalling::Output::Heard(notice) => {
                        let mut ours = Ours { carried: &mut Anything, people: &mut people };
                        mesh.handle(mesh::Input::Notice { server: 0, notice: &notice }, now, &mut ours);
                        mesh.handle(mesh::Input::Time, now, &mut ours);
                    }
                    signalling::Output::Unseal { sealed, .. } => {
                        machine.handle(signalling::Input::Unsealed(Some(sealed)), 0);
                    }
                    _ => {}
                }
            }
        });
    }
}

#[test]
fn what_peers_say_and_pieces_of_it() {
    let mut samples = messages();
    samples.push(b"\x04\x00\x10handsel/chunks/1".to_vec());
    samples.extend(chunks::split(3, &vec![2; 40_000]).map(|piece| piece[..piece.len().min(40)].to_vec()));
    let mut people = Awareness::new(7);
    let mut mesh = Mesh::new("me", 0.5, 12, 1);
    let mut now = 0;
    each(&samples, |message| {
        now += 1;
        let mut ours = Ours { carried: &mut Anything, people: &mut people };
        if mesh.connected().next().is_none() {
            mesh.handle(mesh::Input::Opened { peer: "a", takes: 1_000 }, now, &mut ours);
        }
        mesh.handle(mesh::Input::Message { peer: "a", message }, now, &mut ours);
    });
    let mut assembly = Assembly::default();
    each(&samples, |piece| {
        if let Ok(Some(whole)) = assembly.take(piece) {
            assert!(whole.len() <= MESSAGE_MAX);
        }
    });
}

#[test]
fn places_and_what_tabs_say() {
    let places = Places {
        relay: Some(RelayAt {
            kind: RelayKind::Hocuspocus,
            address: "wss://relay.example.com".into(),
            token: "t".into(),
        }),
        signalling: vec!["wss://signal.example.com".into()],
        ice: vec![IceServer {
            url: "stun:stun.example.com".into(),
            username: String::new(),
            credential: "c".into(),
        }],
    };
    each(&[places.write()], |bytes| {
        if let Ok(places) = Places::read(bytes) {
            assert_eq!(Places::read(&places.write()), Ok(places));
        }
    });
    let others = TabMessage::Others(vec![(1, vec![2; 20]), (3, vec![4])]);
    let spot = Spot {
        part: Part::Section("main".into()),
        offset: 7,
        pointer: Some(Pointer { part: Part::Price, x: 1, y: 2 }),
    };
    let stage = Some(Stage::Showing(Showing { spot, since: 1_798_000_000_000 }));
    let stage = TabMessage::Stage { tab: 3, stage };
    each(&[others.write(), TabMessage::Live(vec![4, 1, 0, 0]).write(), stage.write()], |bytes| {
        drop(TabMessage::read(bytes))
    });
}

#[test]
fn descriptions_and_codes() {
    let sdp = "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=candidate:1 1 udp 2113937151 \
               0a1b2c3d-0000-4000-8000-00000000abcd.local 50001 typ host generation 0\r\na=candidate:2 1 udp 1677729535 \
               203.0.113.7 50002 typ srflx raddr 0.0.0.0 rport 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef01234567\r\n\
               a=fingerprint:sha-256 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:\
               1E:1F\r\na=setup:actpass\r\na=mid:0\r\n";
    let code = Description::from_sdp(Kind::Offer, sdp).unwrap().to_bytes();
    each(&[sdp.as_bytes().to_vec()], |bytes| {
        let Ok(description) = Description::from_sdp(Kind::Answer, &String::from_utf8_lossy(bytes)) else {
            return;
        };
        let _ = Description::from_bytes(&description.to_bytes());
    });
    let mut body = vec![1, 0];
    body.extend(match code[1] {
        1 => miniz_oxide::inflate::decompress_to_vec(&code[2..]).unwrap(),
        _ => code[2..].to_vec(),
    });
    each(&[code, body], |bytes| {
        if let Ok(description) = Description::from_bytes(bytes) {
            let sdp = description.to_sdp();
            assert!(sdp.len() < 20_000 && sdp.lines().all(|line| !line.contains('\r')));
            assert_eq!(Description::from_sdp(description.kind, &sdp).as_ref(), Ok(&description));
        }
    });
}

fn reading() -> Vec<Record> {
    let page = |number| Part::Page { file: "0011223344556677".into(), number };
    let parts = [Part::Overview, Part::Section("main".into()), Part::Price, page(1), page(2)];
    let parts = parts.map(|part| Glance { part, active: 2_500, depth: Some(70) });
    let acts = Vec::from([Did { what: What::Downloaded, part: Part::Files, at: 1_798_000_000_900 }]);
    let record = Record {
        visit: [3; 8],
        device: Device::Tablet,
        from: 1_798_000_000_000,
        until: 1_798_000_120_000,
        active: 60_000,
        parts: parts.into(),
        acts,
        attended: Vec::new(),
    };
    let attended =
        |part| Attended { by: [4; 32], since: 1_798_000_000_000, part, shown: 3_000, followed: 2_000 };
    let attended = [attended(page(1)), attended(Part::Price)].into();
    Vec::from([record.clone(), Record { from: record.until, until: record.until + 9, attended, ..record }])
}

#[test]
fn receipts_of_reading() {
    let (room, author, seed) = (RoomId([7; 16]), Pen::new(&[1; 32]).author(), [9; 32]);
    let owner = Pen::new(&seed).author();
    let sealed = receipt::seal(room, &author, &owner, [5; 32], &reading()).unwrap();
    each(std::slice::from_ref(&sealed), |bytes| {
        let opened = receipt::open(room, &author, &seed, bytes);
        assert!(bytes == sealed || opened.is_err(), "what was changed opens: {bytes:?}");
    });
    // What is inside is its author's, who may be anybody with a link.
    each(&[receipt::write(&reading())], |bytes| {
        if let Ok(records) = receipt::read(bytes) {
            assert_eq!(receipt::read(&receipt::write(&records)), Ok(records.clone()), "{bytes:?}");
            receipt::parcels(&records);
        }
    });
}
