//! Two copies of a room in one page, over connections and sockets of the browser. The program that they run is the one of
//! the build; `cargo xtask test --only browser` puts it beside these tests.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use std::cell::RefCell;
use std::rc::Rc;

use browser::roads::{self, Roads};
use futures_channel::mpsc::{self, UnboundedReceiver};
use futures_util::StreamExt as _;
use model::{BlobHash, EntryHash};
use sync::places::Places;
use sync::relay::Status;
use sync::roads::{Ask, Code, News, Plan, RelayAt, RelayKind, Standing};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The page says where the program is.
fn name_the_program(address: &str) {
    let document = web_sys::window().unwrap().document().unwrap();
    if let Some(before) = document.query_selector("meta[name=roads]").unwrap() {
        before.remove();
    }
    let meta = document.create_element("meta").unwrap();
    meta.set_attribute("name", "roads").unwrap();
    meta.set_attribute("content", address).unwrap();
    document.body().unwrap().append_child(&meta).unwrap();
}

fn plan(client: u8, relay: Option<&str>) -> Plan {
    Plan {
        name: "room".into(),
        key: [7; 32],
        client: client.into(),
        seed: [client; 32],
        places: Places {
            relay: relay.map(|address| RelayAt {
                kind: RelayKind::YWebsocket,
                address: address.into(),
                token: String::new(),
            }),
            ..Places::default()
        },
    }
}

/// A copy of the room, and what it hears.
struct Copy {
    roads: Roads,
    news: UnboundedReceiver<News>,
}

impl Copy {
    fn open(plan: Plan) -> Self {
        let (sender, news) = mpsc::unbounded();
        Self { roads: roads::open(plan, move |news| drop(sender.unbounded_send(news))), news }
    }

    /// Waits for news of which something is wanted.
    async fn hears<T>(&mut self, mut wanted: impl FnMut(News) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self.news.next().await.unwrap()) {
                return found;
            }
        }
    }

    async fn code(&mut self) -> Code {
        self.hears(|news| if let News::Code(code) = news { Some(code) } else { None }).await
    }

    async fn stands(&mut self, so: impl Fn(&Standing) -> bool) {
        self.hears(
            |news| if let News::Standing(standing) = news { so(&standing).then_some(()) } else { None },
        )
        .await;
    }
}

/// Two copies that people connected by passing codes on.
async fn connected() -> (Copy, Copy) {
    name_the_program("/tests/roads.wasm");
    let (mut one, mut other) = (Copy::open(plan(1, None)), Copy::open(plan(2, None)));
    one.roads.ask(Ask::Invite);
    let invitation = one.code().await;
    assert!(!invitation.is_answer);
    other.roads.ask(Ask::Meet(invitation.text));
    let answer = other.code().await;
    assert!(answer.is_answer);
    one.roads.ask(Ask::Meet(answer.text));
    one.stands(|standing| standing.peers == 1).await;
    other.stands(|standing| standing.peers == 1).await;
    (one, other)
}

#[wasm_bindgen_test]
async fn two_copies_connected_by_codes_exchange_entries_and_blobs() {
    let (mut one, mut other) = connected().await;
    let entry = |byte: u8| (EntryHash([byte; 32]), vec![byte; 300]);
    one.roads.ask(Ask::Put(vec![entry(1)]));
    other.roads.ask(Ask::Put(vec![entry(2)]));
    let brought = |news| if let News::Brought(entries) = news { Some(entries) } else { None };
    assert_eq!(other.hears(brought).await, [entry(1)]);
    assert_eq!(one.hears(brought).await, [entry(2)]);
    // More than a channel holds at one time, so that it is held back.
    let blob: Vec<u8> = (0..6_000_000_u32).map(|at| (at ^ (at >> 8)) as u8).collect();
    one.roads.ask(Ask::PutBlobs(vec![(BlobHash([3; 32]), blob.clone())]));
    let came =
        other.hears(|news| if let News::Blob(hash, bytes) = news { Some((hash, bytes)) } else { None });
    let (hash, bytes) = came.await;
    assert_eq!(hash, BlobHash([3; 32]));
    assert!(bytes == blob, "the same {} bytes", bytes.len());
    one.roads.ask(Ask::Say(Some("{\"name\":\"Ann\"}".into())));
    let people = other.hears(|news| if let News::People(people) = news { Some(people) } else { None }).await;
    assert_eq!(people, [(1, "{\"name\":\"Ann\"}".to_owned())]);
}

#[wasm_bindgen_test]
async fn dropping_one_ends_all_of_it_and_the_other_notices() {
    let (one, mut other) = connected().await;
    let Copy { roads, mut news } = one;
    drop(roads);
    while news.try_recv().is_ok() {}
    other.stands(|standing| standing.peers == 0).await;
    assert!(news.next().await.is_none(), "nothing was told, and nothing can be any more");
}

#[wasm_bindgen_test]
async fn who_hears_may_ask_at_once_and_may_end_it() {
    name_the_program("/tests/roads.wasm");
    let (sender, mut told) = mpsc::unbounded();
    let kept = Rc::new(RefCell::new(None::<Roads>));
    let weak = Rc::downgrade(&kept);
    let roads = roads::open(plan(1, Some("ws://127.0.0.1:9")), move |news| {
        let Some(kept) = weak.upgrade() else { return };
        sender.unbounded_send(news.clone()).unwrap();
        match news {
            News::Standing(_) => kept.borrow().as_ref().unwrap().ask(Ask::Invite),
            News::Code(_) => drop(kept.take()),
            _ => {}
        }
    });
    *kept.borrow_mut() = Some(roads);
    while !matches!(told.next().await, Some(News::Code(_))) {}
    assert!(told.next().await.is_none());
}

#[wasm_bindgen_test]
async fn a_relay_that_cannot_be_reached_is_waited_for() {
    name_the_program("/tests/roads.wasm");
    // One that nobody answers at, and one that passes for an address until the browser looks at it.
    for address in ["ws://127.0.0.1:9", "ws://127.0.0.1:99999"] {
        let mut copy = Copy::open(plan(1, Some(address)));
        copy.stands(|standing| {
            matches!(standing.relay.as_ref().unwrap().status, Status::Waiting { until } if until > 0)
        })
        .await;
        // It is tried again by itself.
        copy.stands(|standing| standing.relay.as_ref().unwrap().status == Status::Connecting).await;
    }
}

#[wasm_bindgen_test]
async fn a_program_that_does_not_arrive_is_told() {
    name_the_program("/tests/nowhere.wasm");
    let mut copy = Copy::open(plan(1, None));
    copy.roads.ask(Ask::Invite);
    assert!(matches!(copy.news.next().await, Some(News::NoProgram(_))));
    copy.roads.ask(Ask::Wake);
    drop(copy.roads);
    assert!(copy.news.next().await.is_none());
}
