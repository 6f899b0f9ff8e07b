//! Copies that edit apart, with updates lost for a while, doubled and out of order, end with the same text.
//!
//! `HANDSEL_SCENARIOS` sets how many are played; each prints its number when it fails, which is its seed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use fastrand::Rng;
use model::SectionId;
use replica::{Content, EditKind};
use text::{Attrs, Delta, Document, Op, Selection, Value};

const WORDS: [&str; 8] = ["price ", "plan", "\n", "😀", "e\u{301}", "ق", "terms of delivery ", "\u{2028}"];

fn main_section() -> SectionId {
    SectionId::parse("main").unwrap()
}

/// The offsets between characters. The editor keeps to them: half a character cannot be shared.
fn edges(delta: &Delta) -> Vec<usize> {
    let mut edges = vec![0];
    for op in delta.ops() {
        let Op::Insert { text, .. } = op else { continue };
        for c in text.chars() {
            edges.push(edges[edges.len() - 1] + c.len_utf16());
        }
    }
    edges
}

fn random_attrs(random: &mut Rng) -> Attrs {
    match random.u8(..6) {
        0 => Attrs::none().with("bold", Value::True),
        1 => Attrs::none().with("bold", Value::Null),
        2 => Attrs::none().with("header", Value::Int(random.i64(1..4))),
        3 => Attrs::none().with("list", Value::Text("bullet".into())),
        4 => Attrs::none().with("link", Value::Text("https://quillhaven.example/".into())),
        _ => Attrs::none(),
    }
}

/// A change anywhere in a text with these edges, now and then reaching past its end.
fn random_delta(random: &mut Rng, edges: &[usize]) -> Delta {
    let (from, to) = (random.usize(..edges.len()), random.usize(..8));
    let at = edges[from];
    let some = edges.get(from + to).map_or(to + 50, |end| end - at);
    let delta = Delta::new().retain(at);
    match random.u8(..5) {
        0 => delta.delete(some),
        1 => delta.retain_with(some, random_attrs(random)),
        2 => delta.insert_with(WORDS[random.usize(..WORDS.len())], random_attrs(random)).delete(some),
        _ => delta.insert_with(WORDS[random.usize(..WORDS.len())], random_attrs(random)),
    }
}

struct Peer {
    content: Content,
    /// The text as an editor that only hears of changes believes it to be.
    shown: Document,
    inbox: Vec<Vec<u8>>,
}

impl Peer {
    fn hear(&mut self, update: &[u8], seed: u64) {
        for event in self.content.receive(update).unwrap_or_else(|error| panic!("seed {seed}: {error}")) {
            self.shown.apply(&event.delta);
        }
    }
}

fn send_to_others(peers: &mut [Peer], from: usize, random: &mut Rng) {
    let updates = peers[from].content.take_updates();
    for (to, peer) in peers.iter_mut().enumerate() {
        for update in updates.iter().filter(|_| to != from) {
            let at = random.usize(..=peer.inbox.len());
            peer.inbox.insert(at, update.clone());
            if random.u8(..5) == 0 {
                peer.inbox.push(update.clone());
            }
        }
    }
}

fn play(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let mut first = Content::new(seed * 10 + 1);
    first.add_section(&main_section(), &Delta::new().insert("Month-end in four days"), &[]).unwrap();
    let start = first.take_updates();
    let mut peers: Vec<Peer> = vec![Peer { content: first, shown: Document::new(), inbox: vec![] }];
    for client in 2..=3 {
        let mut content = Content::new(seed * 10 + client);
        start.iter().for_each(|update| drop(content.receive(update).unwrap()));
        peers.push(Peer { content, shown: Document::new(), inbox: vec![] });
    }
    for peer in &mut peers {
        peer.shown = Document::from_delta(&peer.content.read(&main_section()).unwrap());
    }
    for step in 0..60u64 {
        let who = random.usize(..3);
        match random.u8(..12) {
            0 => {
                if let Some(restored) = peers[who].content.undo() {
                    restored.events.iter().for_each(|event| drop(peers[who].shown.apply(&event.delta)));
                }
            }
            1 => {
                if let Some(restored) = peers[who].content.redo() {
                    restored.events.iter().for_each(|event| drop(peers[who].shown.apply(&event.delta)));
                }
            }
            2..=5 => {
                let some = random.usize(..=peers[who].inbox.len());
                let updates: Vec<Vec<u8>> = peers[who].inbox.drain(..some).collect();
                updates.iter().for_each(|update| peers[who].hear(update, seed));
            }
            _ => {
                let text = peers[who].content.read(&main_section()).unwrap();
                let delta = random_delta(&mut random, &edges(&text));
                let around = (Selection::caret(random.usize(..99)), Selection::caret(random.usize(..99)));
                let kind = if random.bool() { EditKind::Typing } else { EditKind::Other };
                peers[who].content.edit(&main_section(), &delta, kind, around, step * 100).unwrap();
                let before = Document::from_delta(&text).to_delta();
                assert_eq!(
                    before,
                    peers[who].shown.to_delta(),
                    "seed {seed} step {step}: shown before the edit"
                );
                peers[who].shown = Document::from_delta(&peers[who].content.read(&main_section()).unwrap());
            }
        }
        send_to_others(&mut peers, who, &mut random);
    }
    for peer in &mut peers {
        for update in std::mem::take(&mut peer.inbox) {
            peer.hear(&update, seed);
        }
    }
    let texts: Vec<Document> = peers
        .iter_mut()
        .map(|peer| Document::from_delta(&peer.content.read(&main_section()).unwrap()))
        .collect();
    assert_eq!(texts[0], texts[1], "seed {seed}: the first two copies differ");
    assert_eq!(texts[1], texts[2], "seed {seed}: the last two copies differ");
    for (peer, text) in peers.iter().zip(&texts) {
        assert!(!peer.content.is_waiting(), "seed {seed}: nothing is missing");
        assert_eq!(peer.shown.to_delta(), text.to_delta(), "seed {seed}: what was shown is what is kept");
    }
    let state = peers[0].content.state().unwrap();
    let mut fresh = Content::new(seed * 10 + 9);
    fresh.receive(&state).unwrap();
    let again = Document::from_delta(&fresh.read(&main_section()).unwrap());
    assert_eq!(again, texts[0], "seed {seed}: the whole state opens to the same text");
}

#[test]
fn three_copies_converge_whatever_the_road() {
    let count: u64 = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    (0..count).for_each(play);
}
