//! The machines against what servers were seen to say.

use std::fmt::Write as _;

use super::*;
use crate::awareness::Awareness;
use crate::pile::Pile;
use crate::road::Carried as _;
use crate::yjs::Message;

const ADDRESS: &str = "ws://relay.example/room";

/// A machine with a room beside it, at a time.
struct Play {
    relay: Relay,
    pile: Pile,
    people: Awareness,
    now: u64,
}

impl Play {
    fn y_websocket() -> Self {
        Self::of(Relay::YWebsocket(YWebsocket::new(ADDRESS.into(), 1)))
    }

    fn hocuspocus() -> Self {
        Self::of(Relay::Hocuspocus(Hocuspocus::new("ws://relay.example/", "room", "tok", 1)))
    }

    fn of(relay: Relay) -> Self {
        Self { relay, pile: Pile::default(), people: Awareness::new(7), now: 1_000 }
    }

    /// Tells the machine something and writes down what it answers.
    fn tell(&mut self, input: Input) -> Vec<String> {
        let mut ours = Ours { carried: &mut self.pile, people: &mut self.people };
        self.relay.handle(input, self.now, &mut ours).iter().map(said).collect()
    }

    fn frame(&mut self, frame: &[u8]) -> Vec<String> {
        self.tell(Input::Frame(frame))
    }

    /// A message of y-protocols from a Hocuspocus server.
    fn room_frame(&mut self, message: &[u8]) -> Vec<String> {
        self.frame(&[b"\x04room", message].concat())
    }

    fn wait(&mut self, time: u64) -> Vec<String> {
        self.now += time;
        self.tell(Input::Time)
    }

    fn close(&mut self, code: u16) -> Vec<String> {
        self.tell(Input::Closed { code, reason: "because" })
    }

    fn status(&self) -> Status {
        self.relay.standing().status
    }

    fn unacknowledged(&self) -> usize {
        self.relay.standing().unacknowledged
    }
}

fn said(output: &Output) -> String {
    match output {
        Output::Dial(address) => format!("dial {address}"),
        Output::HangUp => "hang up".into(),
        Output::Send(frame) => frame.iter().fold("send ".to_owned(), |mut text, byte| match byte {
            b' '..=b'~' => {
                text.push(*byte as char);
                text
            }
            _ => {
                let _ = write!(text, "·{byte}");
                text
            }
        }),
        Output::Heard(Heard::Update(update)) => format!("heard {}", String::from_utf8_lossy(update)),
        Output::Heard(Heard::People(clients)) => format!("people {clients:?}"),
    }
}

const NOTHING: [&str; 0] = [];

/// What an empty pile says that it has.
const EMPTY: &[u8] = &[0];

#[test]
fn a_y_websocket_server_gives_what_it_has_and_gets_what_it_lacks() {
    let mut play = Play::y_websocket();
    play.people.set(Some("{}".into()), 0).unwrap();
    play.pile.write("ours");
    assert_eq!(play.status(), Status::Off);
    assert_eq!(play.tell(Input::Start), ["dial ws://relay.example/room"]);
    assert_eq!(play.status(), Status::Connecting);
    assert_eq!(
        play.tell(Input::Opened),
        ["send ·0·0·6·1·4ours", "send ·1·6·1·7·2·2{}"],
        "what is here, and who"
    );
    assert_eq!(
        play.frame(&Message::Step1(EMPTY).write()),
        ["send ·0·1·4ours", "send ·0·0·6·1·4ours"],
        "what it lacks, and a question that follows it"
    );
    assert_eq!(play.status(), Status::Connecting);
    assert_eq!(play.unacknowledged(), 1);
    let answer = play.frame(&Message::Step2(b"theirs").write());
    assert_eq!(answer, ["heard theirs"]);
    assert_eq!(play.status(), Status::InStep);
    assert_eq!(play.unacknowledged(), 1, "this answers the first question");
    play.now += 10;
    assert_eq!(play.frame(&Message::Step2(&[0, 0]).write()), NOTHING);
    assert_eq!(play.unacknowledged(), 0);
    assert_eq!(play.relay.standing().heard_at, Some(1_010));
    // From now on changes pass as they are made, and what comes back does not go round.
    assert_eq!(play.frame(&Message::Update(b"more").write()), ["heard more"]);
    assert_eq!(play.frame(&Message::Update(b"more").write()), NOTHING);
    play.now += 9_000;
    for mine in ["one", "two", "three"] {
        play.pile.write(mine);
        assert_eq!(play.tell(Input::Update(mine.as_bytes())).len(), 1);
    }
    assert_eq!(play.unacknowledged(), 3);
    assert_eq!(play.frame(&Message::Update(b"two").write()), NOTHING);
    assert_eq!(play.unacknowledged(), 1, "what came back shows that all before it arrived");
    // What does not come back is asked about.
    assert_eq!(play.relay.wakes_at(), Some(play.now + 5_000));
    assert_eq!(play.wait(4_999), NOTHING);
    assert_eq!(play.wait(1), ["send ·0·0 ·6·4more·3one·4ours·6theirs·5three·3two"]);
    play.pile.write("four");
    play.tell(Input::Update(b"four"));
    play.frame(&Message::Step2(&[0, 0]).write());
    assert_eq!(play.unacknowledged(), 1, "the fourth was sent after the question");
}

#[test]
fn what_is_written_without_a_relay_waits_for_it() {
    let mut play = Play::y_websocket();
    play.tell(Input::Start);
    play.pile.write("a");
    assert_eq!(play.tell(Input::Update(b"a")), NOTHING);
    play.pile.write("b");
    assert_eq!(play.tell(Input::Update(b"b")), NOTHING);
    assert_eq!(play.unacknowledged(), 2);
    play.tell(Input::Opened);
    assert_eq!(play.frame(&Message::Step1(EMPTY).write())[..2], ["send ·0·2·1a", "send ·0·1·1b"]);
    assert_eq!(play.unacknowledged(), 2);
    play.close(1006);
    assert_eq!(play.unacknowledged(), 2);
    // Meanwhile somebody else has brought one of them there.
    play.wait(200);
    play.tell(Input::Opened);
    assert_eq!(play.frame(&Message::Step1(&[1, 1, b'a']).write())[..1], ["send ·0·1·1b"]);
    assert_eq!(play.unacknowledged(), 1);
}

#[test]
fn attempts_are_further_and_further_apart_until_the_relay_is_in_step() {
    for mut play in [Play::y_websocket(), Play::hocuspocus()] {
        play.tell(Input::Start);
        for pause in [200, 400, 800, 1_600, 2_500, 2_500] {
            // One that opens and closes counts as one that does not open.
            play.tell(Input::Opened);
            play.close(1006);
            assert_eq!(play.status(), Status::Waiting { until: play.now + pause });
            assert_eq!(play.wait(pause - 1), NOTHING);
            assert_eq!(play.wait(1).len(), 1);
        }
        play.tell(Input::Opened);
        let named: &[u8] = if matches!(play.relay, Relay::Hocuspocus(_)) { b"\x04room" } else { b"" };
        play.frame(&[named, &Message::Step2(&[0, 0]).write()[..]].concat());
        assert_eq!(play.status(), Status::InStep);
        play.close(1001);
        assert_eq!(play.status(), Status::Waiting { until: play.now + 200 });
        assert_eq!(play.tell(Input::Wake).len(), 1, "the network is back");
        // A socket that never opens is given up.
        assert_eq!(play.wait(9_999), NOTHING);
        assert_eq!(play.wait(1), ["hang up"]);
        assert_eq!(play.tell(Input::Stop), NOTHING);
        assert_eq!((play.status(), play.relay.wakes_at()), (Status::Off, None));
    }
}

#[test]
fn a_relay_that_falls_silent_is_asked_and_then_given_up() {
    let mut play = Play::y_websocket();
    play.tell(Input::Start);
    play.tell(Input::Opened);
    play.people.set(Some("{}".into()), 0).unwrap();
    play.frame(&Message::Awareness(b"\x01\x01\x01\x011").write());
    assert_eq!(play.relay.wakes_at(), Some(16_000));
    assert_eq!(play.wait(15_000), ["send ·0·0·1·0"]);
    assert_eq!(play.relay.wakes_at(), Some(31_000));
    assert_eq!(play.wait(14_999), NOTHING);
    assert_eq!(play.wait(1), ["hang up", "people []"], "and who was heard there is gone");
    assert_eq!(play.status(), Status::Waiting { until: play.now + 200 });
    assert_eq!(play.people.present(), [7]);
}

#[test]
fn a_refusal_is_final_until_somebody_tries_again() {
    for code in [1009, 4400, 4401, 4403, 4499] {
        let mut play = Play::y_websocket();
        play.tell(Input::Start);
        play.tell(Input::Opened);
        play.close(code);
        assert_eq!(play.status(), Status::Refused { code: Some(code), reason: "because".into() });
        assert_eq!(play.relay.wakes_at(), None);
        assert_eq!(play.tell(Input::Start), ["dial ws://relay.example/room"]);
    }
    for (code, is_final) in
        [(1009, true), (4401, true), (4403, true), (4408, false), (4205, false), (1006, false)]
    {
        let mut play = Play::hocuspocus();
        play.tell(Input::Start);
        play.tell(Input::Opened);
        play.close(code);
        assert_eq!(matches!(play.status(), Status::Refused { .. }), is_final, "{code}");
    }
    let mut play = Play::y_websocket();
    play.tell(Input::Start);
    play.tell(Input::Opened);
    assert_eq!(play.frame(&Message::Denied("no").write()), ["hang up"]);
    assert_eq!(play.status(), Status::Refused { code: None, reason: "no".into() });
}

#[test]
fn what_makes_no_sense_is_counted_and_harms_nothing() {
    let mut play = Play::y_websocket();
    play.tell(Input::Start);
    play.tell(Input::Opened);
    for frame in [&b""[..], b"hello", &[0, 2, 9, 1], &[0, 2, 3, b'b', b'a', b'd'], &[1, 2, 1, 7]] {
        assert_eq!(play.frame(frame), NOTHING);
    }
    assert_eq!(play.relay.standing().faults, 5);
    assert_eq!(play.status(), Status::Connecting);
    assert_eq!(play.pile, Pile::default());
}

#[test]
fn a_hocuspocus_server_confirms_each_change() {
    let mut play = Play::hocuspocus();
    play.people.set(Some("{}".into()), 0).unwrap();
    play.pile.write("ours");
    assert_eq!(play.tell(Input::Start), ["dial ws://relay.example"]);
    assert_eq!(
        play.tell(Input::Opened),
        ["send ·4room·2·0·3tok·54.8.0", "send ·4room·0·0·6·1·4ours", "send ·4room·1·6·1·7·2·2{}"]
    );
    assert_eq!(play.room_frame(b"\x02\x02\x0aread-write"), NOTHING);
    assert_eq!(play.room_frame(&Message::Step1(EMPTY).write()), ["send ·4room·0·1·4ours"]);
    assert_eq!(play.unacknowledged(), 1);
    assert_eq!(play.room_frame(&Message::Step2(b"theirs").write()), ["heard theirs"]);
    assert_eq!(play.status(), Status::InStep);
    play.pile.write("mine");
    assert_eq!(play.tell(Input::Update(b"mine")), ["send ·4room·0·2·4mine"]);
    assert_eq!(play.unacknowledged(), 2);
    assert_eq!(play.room_frame(&[8, 1]), NOTHING);
    assert_eq!(play.room_frame(&[8, 1]), NOTHING);
    assert_eq!(play.unacknowledged(), 0);
    // The server asks whenever it was asked; where nothing lacks, nothing needs confirming.
    let all = play.pile.state_vector();
    assert_eq!(play.room_frame(&Message::Step1(&all).write()), NOTHING);
    assert_eq!(play.unacknowledged(), 0);
    // Bare pings, other documents, messages of applications, and words as from another server of a group.
    assert_eq!(play.frame(&[9]), ["send ·10"]);
    assert_eq!(play.frame(b"\x05other\x07\x02hi"), NOTHING);
    assert_eq!(play.room_frame(b"\x05\x02hi"), NOTHING);
    assert_eq!(play.room_frame(&[&[4][..], &Message::Update(b"late").write()[1..]].concat()), ["heard late"]);
    assert_eq!(
        play.room_frame(&[2, 0]),
        ["send ·4room·2·0·3tok·54.8.0"],
        "the server asks for the token again"
    );
    assert_eq!(play.relay.standing().faults, 0);
}

#[test]
fn what_is_written_before_hocuspocus_has_answered_is_sent_once() {
    let mut play = Play::hocuspocus();
    play.tell(Input::Start);
    play.tell(Input::Opened);
    play.pile.write("early");
    assert_eq!(play.tell(Input::Update(b"early")), NOTHING);
    assert_eq!(play.unacknowledged(), 1);
    play.room_frame(b"\x02\x02\x0aread-write");
    assert_eq!(play.room_frame(&Message::Step1(EMPTY).write()), ["send ·4room·0·1·5early"]);
    assert_eq!(play.unacknowledged(), 1);
    play.room_frame(&[8, 1]);
    assert_eq!(play.unacknowledged(), 0);
}

#[test]
fn hocuspocus_says_what_it_does_not_take() {
    let mut play = Play::hocuspocus();
    play.tell(Input::Start);
    play.tell(Input::Opened);
    assert_eq!(play.room_frame(b"\x02\x01\x11permission-denied"), ["hang up"]);
    assert_eq!(play.status(), Status::Refused { code: None, reason: "permission-denied".into() });

    let mut play = Play::hocuspocus();
    play.pile.write("ours");
    play.tell(Input::Start);
    play.tell(Input::Opened);
    play.room_frame(b"\x02\x02\x08readonly");
    assert_eq!(play.room_frame(&Message::Step1(EMPTY).write()), NOTHING, "it would not be taken");
    play.room_frame(&Message::Step2(b"theirs").write());
    assert_eq!(play.status(), Status::ReadOnly);
    assert_eq!(play.tell(Input::Update(b"mine")), NOTHING);
    assert_eq!(play.unacknowledged(), 2);

    // A server that takes the right away later says so at the next change.
    let mut play = Play::hocuspocus();
    play.tell(Input::Start);
    play.tell(Input::Opened);
    play.room_frame(b"\x02\x02\x0aread-write");
    play.room_frame(&Message::Step1(EMPTY).write());
    play.room_frame(&Message::Step2(&[0, 0]).write());
    play.tell(Input::Update(b"mine"));
    play.room_frame(&[8, 0]);
    assert_eq!((play.status(), play.unacknowledged()), (Status::ReadOnly, 1));
    // It closes one document, which is the only one here.
    assert_eq!(play.room_frame(b"\x07\x04bye!"), ["hang up"]);
    assert_eq!(play.status(), Status::Waiting { until: play.now + 200 });
    assert_eq!(play.unacknowledged(), 1);
}

#[test]
fn a_change_for_which_a_server_hangs_up_is_not_sent_in_a_hurry() {
    let mut play = Play::hocuspocus();
    play.pile.write("poison");
    play.tell(Input::Start);
    for pause in [200, 400, 800] {
        play.tell(Input::Opened);
        play.room_frame(b"\x02\x02\x0aread-write");
        play.room_frame(&Message::Step2(&[0, 0]).write());
        play.room_frame(&Message::Step1(EMPTY).write());
        play.close(4205);
        assert_eq!(play.status(), Status::Waiting { until: play.now + pause });
        play.wait(pause);
    }
}
