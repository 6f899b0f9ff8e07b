//! What strangers send, changed at random: nothing panics, whatever comes. `HANDSEL_MUTATIONS` sets how many are tried.

use fastrand::Rng;
use roads::Roads;
use sync::relay;
use sync::roads::{Ask, AtPeer, AtSocket, Event};
use sync::signalling::Signal;
use sync::yjs::Message;

use crate::world::{blob, entry, plan};

fn count() -> u64 {
    std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000)
}

fn mutated(random: &mut Rng, bytes: &[u8]) -> Vec<u8> {
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

/// Messages of a copy that has an entry and a blob.
fn messages() -> Vec<Vec<u8>> {
    let mut carrier = sync::carrier::Carrier::new();
    let (hash, sealed) = entry("words");
    let piece = blob("piece", 200).1;
    let things: [(sync::carrier::Name, &[u8]); 2] = [
        (sync::carrier::Name::Entry(hash), &sealed),
        (sync::carrier::Name::Piece(sync::carrier::digest(&piece)), &piece),
    ];
    let update = carrier.put(&things).remove(0);
    let known = carrier.state_vector();
    let all = [
        Message::Step1(&known),
        Message::Step2(&update),
        Message::Update(&update),
        Message::Awareness(b"\x01\x07\x01\x02{}"),
        Message::Query,
        Message::Denied("no"),
    ];
    all.iter().map(Message::write).collect()
}

fn events() -> Vec<Event> {
    let mut events = vec![Event::Time, Event::Start(plan(3, true, true))];
    for id in 1..4 {
        let frames = messages().into_iter().map(AtSocket::Binary);
        let texts = [r#"{"type":"publish","topic":"room","data":"AAAA"}"#, r#"{"type":"pong"}"#];
        let texts = texts.map(|text| AtSocket::Text(text.into()));
        let closed = AtSocket::Closed { code: 1006, reason: "r".into() };
        let all = frames.chain(texts).chain([AtSocket::Opened, closed]);
        events.extend(all.map(|what| Event::Socket { id, what }));
    }
    let peers = messages().into_iter().map(AtPeer::Message);
    let rest = [
        AtPeer::Opened { takes: 65_536 },
        AtPeer::Closed,
        AtPeer::Signal(Signal::Offer("o".into())),
        AtPeer::Described("v=0\r\n".into()),
    ];
    events.extend(peers.chain(rest).map(|what| Event::Peer { name: "them".into(), what }));
    let asks = [
        Ask::Put(vec![entry("words")]),
        Ask::PutBlobs(vec![blob("blob", 500)]),
        Ask::Say(Some("{}".into())),
        Ask::Invite,
        Ask::Meet("AAAA".into()),
        Ask::Wake,
    ];
    events.extend(asks.map(Event::Ask));
    events
}

#[test]
fn events_of_every_kind_changed_at_random() {
    let events = events();
    let seed =
        std::env::var("HANDSEL_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or_else(|| Rng::new().u64(..));
    println!("HANDSEL_SEED={seed}");
    let mut random = Rng::with_seed(seed);
    let (mut roads, mut now) = (Roads::default(), 0);
    roads.handle(Event::Start(plan(3, true, true)), now);
    for _ in 0..count() {
        now += random.u64(..2_000);
        let event = &events[random.usize(..events.len())];
        // As they are, so that there is something to disturb, or changed.
        let bytes = if random.bool() { event.write() } else { mutated(&mut random, &event.write()) };
        if let Ok(event) = Event::read(&bytes) {
            roads.handle(event, now);
        }
        // What a stranger sends, within a message that is none of ours.
        if let Event::Peer { name, what: AtPeer::Message(message) } = event {
            let what = AtPeer::Message(mutated(&mut random, message));
            roads.handle(Event::Peer { name: name.clone(), what }, now);
        }
    }
    // It still does what it is for.
    roads.handle(Event::Stop, now);
    let acts = roads.handle(Event::Start(plan(3, true, false)), now);
    let address = relay::address(crate::world::RELAY, "room", &[]);
    assert_eq!(acts[0], sync::roads::Act::Dial { id: 1, address });
}
