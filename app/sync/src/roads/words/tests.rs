use super::*;

fn plan() -> Plan {
    Plan {
        name: "room".into(),
        key: [1; 32],
        client: 1 << 52,
        seed: [2; 32],
        places: Places { signalling: Vec::from(["wss://b".into(), "wss://c".into()]), ..Places::default() },
    }
}

fn signals() -> [Signal; 6] {
    let candidate = |mid: Option<&str>, line| Signal::Candidate {
        candidate: "candidate:1".into(),
        mid: mid.map(Into::into),
        line,
    };
    [
        Signal::Offer("o".into()),
        Signal::Answer("a".into()),
        candidate(Some("0"), Some(0)),
        candidate(None, None),
        Signal::Wish,
        Signal::Unknown,
    ]
}

fn events() -> Vec<Event> {
    let entry = (EntryHash([7; 32]), b"sealed".to_vec());
    let asks = [
        Ask::Put(Vec::from([entry.clone(), entry])),
        Ask::PutBlobs(Vec::from([(BlobHash([8; 32]), b"blob".to_vec())])),
        Ask::Say(None),
        Ask::Say(Some("{}".into())),
        Ask::Invite,
        Ask::Meet("code".into()),
        Ask::Wake,
        Ask::Want(BlobHash([9; 32]), 300),
        Ask::Lend("p".into(), BlobHash([9; 32]), None),
        Ask::Lend("p".into(), BlobHash([9; 32]), Some(b"blob".to_vec())),
    ];
    let sockets = [
        AtSocket::Opened,
        AtSocket::Binary(Vec::from([1, 2])),
        AtSocket::Text("é".into()),
        AtSocket::Closed { code: 1006, reason: "r".into() },
    ];
    let peers = [
        AtPeer::Opened { takes: 65_536 },
        AtPeer::Message(Vec::from([3])),
        AtPeer::Closed,
        AtPeer::Described("v=0".into()),
    ];
    let plain = Plan { places: Places::default(), ..plan() };
    let mut all = Vec::from([Event::Start(plan()), Event::Start(plain), Event::Time, Event::Stop]);
    all.extend(asks.map(Event::Ask));
    all.extend(sockets.map(|what| Event::Socket { id: 300, what }));
    let signals = signals().map(AtPeer::Signal);
    all.extend(peers.into_iter().chain(signals).map(|what| Event::Peer { name: "p".into(), what }));
    all
}

fn standings() -> impl Iterator<Item = Standing> {
    let refused = |code| relay::Status::Refused { code, reason: "no".into() };
    let relays = [
        relay::Status::Off,
        relay::Status::Connecting,
        relay::Status::InStep,
        relay::Status::ReadOnly,
        relay::Status::Waiting { until: 9 },
        refused(None),
        refused(Some(4401)),
    ];
    let signalling = Vec::from([
        signalling::Status::Off,
        signalling::Status::Connecting,
        signalling::Status::Connected,
        signalling::Status::Waiting { until: 5 },
    ]);
    relays.into_iter().map(move |status| Standing {
        relay: Some(relay::Standing { status, unacknowledged: 3, heard_at: Some(4), faults: 2 }),
        signalling: signalling.clone(),
        peers: 2,
        trying: 1,
        heard_at: Some(1 << 41),
    })
}

fn acts() -> Vec<Act> {
    let (id, name) = (7, String::from("p"));
    let mut all = Vec::from([
        Act::Dial { id, address: "wss://a".into() },
        Act::SendBinary { id, frame: Vec::from([1]) },
        Act::SendText { id, text: "t".into() },
        Act::HangUp { id },
        Act::OpenPeer { name: name.clone(), initiator: true },
        Act::Describe { name: name.clone() },
        Act::SendPeer { name: name.clone(), message: Vec::from([2]) },
        Act::ClosePeer { name: name.clone() },
        Act::WakeAt(None),
        Act::WakeAt(Some(1 << 41)),
    ]);
    all.extend(signals().map(|signal| Act::Signal { name: name.clone(), signal }));
    let mut news = Vec::from([
        News::Brought(Vec::from([(EntryHash([7; 32]), b"sealed".to_vec())])),
        News::Blob(BlobHash([8; 32]), b"blob".to_vec()),
        News::Gone(Vec::from([EntryHash([9; 32])])),
        News::People(Vec::from([(5, "{}".into())])),
        News::Standing(Standing::default()),
        News::Code(Code { is_answer: true, text: "c".into() }),
        News::NoProgram("why".into()),
        News::Wanted("p".into(), BlobHash([9; 32])),
        News::Lacks(BlobHash([9; 32])),
    ]);
    news.extend(standings().map(News::Standing));
    let bad = [BadCode::Damaged, BadCode::OtherRoom, BadCode::OtherVersion, BadCode::TooLate, BadCode::Own];
    news.extend(bad.map(News::BadCode));
    all.extend(news.into_iter().map(Act::News));
    all
}

#[test]
fn every_word_comes_back() {
    for event in events() {
        let bytes = event.write();
        assert_eq!(Event::read(&bytes).as_ref(), Ok(&event));
        for end in 0..bytes.len() {
            assert_eq!(Event::read(&bytes[..end]), Err(Cut), "{event:?} until {end}");
        }
    }
    assert_eq!(read_acts(&write_acts(&acts())), Ok(acts()));
    for act in acts() {
        let bytes = write_acts(std::slice::from_ref(&act));
        for end in 1..bytes.len() {
            assert_eq!(read_acts(&bytes[..end]), Err(Cut), "{act:?} until {end}");
        }
    }
}
