//! A copy of a room on a road to others, without a socket and without a clock: one request a line on standard input, one
//! answer a line on standard output, both JSON, bytes in base64. `e2e/peers` lends it real sockets and speaks with real
//! servers.
//!
//! The machines are those of `sync`, as they are; here they are only put together.

mod document;
mod words;

use std::io::{self, BufRead as _, Write as _};

use data_encoding::BASE64;
use document::Document;
use serde_json::{Value as Json, json};
use stdx::base64;
use sync::awareness::Awareness;
use sync::code::{Description, Kind};
use sync::mesh::{self, Mesh};
use sync::relay::{self, Hocuspocus, Relay, YWebsocket};
use sync::road::{Heard, Ours};
use sync::signalling::{self, Signalling};
use words::{Ask, AskMesh, AskRelay, AskSignalling, Request};

/// An answer, or what is said to be wrong.
type Answer = Result<Json, Box<dyn std::error::Error>>;

struct Copy {
    document: Document,
    people: Awareness,
    relay: Option<Relay>,
    /// A mesh, and the one signalling server by which it finds others.
    mesh: Option<(Signalling, Mesh)>,
    /// Whether the document is another one than was last told.
    is_new: bool,
}

fn main() -> io::Result<()> {
    let Some(document) = Document::text(1) else { return Ok(()) };
    let mut copy = Copy { document, people: Awareness::new(1), relay: None, mesh: None, is_new: true };
    let mut answers = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = serde_json::from_str(&line?)
            .map_err(Into::into)
            .and_then(|Request { now, ask }| copy.answer(ask, now))
            .unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(answers, "{answer}")?;
        answers.flush()?;
    }
    Ok(())
}

impl Copy {
    fn answer(&mut self, ask: Ask, now: u64) -> Answer {
        let mut out = Vec::new();
        self.act(ask, now, &mut out)?;
        let others: Vec<_> = self.people.others().map(|(client, state)| json!([client, state])).collect();
        let machines = [
            self.relay.as_ref().and_then(Relay::wakes_at),
            self.mesh.as_ref().and_then(|(signalling, _)| signalling.wakes_at()),
            self.mesh.as_ref().and_then(|(_, mesh)| mesh.wakes_at()),
            self.people.wakes_at(),
        ];
        Ok(json!({
            "outputs": out,
            "text": if std::mem::take(&mut self.is_new) { Some(self.document.read()?) } else { None },
            "others": others,
            "standing": self.relay.as_ref().map(|relay| words::standing(&relay.standing())),
            "connected": self.mesh.as_ref().map(|(_, mesh)| mesh.connected().map(|(peer, _)| peer.to_owned()).collect::<Vec<_>>()),
            "wakesAt": machines.into_iter().flatten().min(),
        }))
    }

    fn act(&mut self, ask: Ask, now: u64, out: &mut Vec<Json>) -> Result<(), Box<dyn std::error::Error>> {
        match ask {
            Ask::Begin { client, entries } => {
                let text = Document::text(client).ok_or("no section")?;
                self.document = if entries { Document::entries() } else { text };
                self.people = Awareness::new(client);
                (self.relay, self.mesh, self.is_new) = (None, None, true);
            }
            Ask::YWebsocket { server, room } => {
                let address = relay::address(&server, &room, &[]);
                self.relay = Some(Relay::YWebsocket(YWebsocket::new(address, 1)));
            }
            Ask::Hocuspocus { server, name, token } => {
                self.relay = Some(Relay::Hocuspocus(Hocuspocus::new(&server, &name, &token, 1)));
            }
            Ask::Mesh { server, topic, sealed, name, luck } => {
                self.mesh = Some((Signalling::new(&server, &topic, sealed), Mesh::new(&name, luck, 12, 2)));
            }
            Ask::Start => {
                self.relay(relay::Input::Start, now, out);
                self.signal(signalling::Input::Start, now, out);
            }
            Ask::Stop => {
                self.relay(relay::Input::Stop, now, out);
                self.mesh(mesh::Input::Leave, now, out);
                self.signal(signalling::Input::Stop, now, out);
            }
            Ask::Wake => {
                self.relay(relay::Input::Wake, now, out);
                self.signal(signalling::Input::Wake, now, out);
                self.mesh(mesh::Input::Wake, now, out);
            }
            Ask::Time => {
                let (renew, _) = self.people.tick(now);
                self.relay(relay::Input::Time, now, out);
                self.signal(signalling::Input::Time, now, out);
                self.mesh(mesh::Input::Time, now, out);
                if renew {
                    self.spread(&Heard::People(vec![self.people.client()]), None, now, out);
                }
            }
            Ask::Relay(event) => match event {
                AskRelay::Opened => self.relay(relay::Input::Opened, now, out),
                AskRelay::Frame(frame) => self.relay(relay::Input::Frame(&bytes(&frame)?), now, out),
                AskRelay::Closed { code, reason } => {
                    self.relay(relay::Input::Closed { code, reason: &reason }, now, out);
                }
            },
            Ask::Signalling(event) => match event {
                AskSignalling::Opened => self.signal(signalling::Input::Opened, now, out),
                AskSignalling::Text(text) => self.signal(signalling::Input::Text(&text), now, out),
                AskSignalling::Closed => self.signal(signalling::Input::Closed, now, out),
                AskSignalling::Sealed { nonce, sealed } => {
                    let nonce = bytes(&nonce)?.try_into().or(Err("no nonce"))?;
                    self.signal(signalling::Input::Sealed { nonce, sealed: bytes(&sealed)? }, now, out);
                }
                AskSignalling::Unsealed(plain) => {
                    let plain = plain.map(|plain| bytes(&plain)).transpose()?;
                    self.signal(signalling::Input::Unsealed(plain), now, out);
                }
            },
            Ask::Peer { peer, event } => match event {
                AskMesh::Signal(signal) => {
                    self.mesh(mesh::Input::Signal { peer: &peer, signal: signal.into() }, now, out);
                }
                AskMesh::Opened(takes) => self.mesh(mesh::Input::Opened { peer: &peer, takes }, now, out),
                AskMesh::Message(message) => {
                    self.mesh(mesh::Input::Message { peer: &peer, message: &bytes(&message)? }, now, out);
                }
                AskMesh::Closed => self.mesh(mesh::Input::Closed { peer: &peer }, now, out),
            },
            Ask::Write(words) => {
                for update in self.document.write(&words)? {
                    self.spread(&Heard::Update(update), None, now, out);
                }
            }
            Ask::Say(state) => {
                self.people.set(state, now)?;
                self.spread(&Heard::People(vec![self.people.client()]), None, now, out);
            }
            Ask::Code { kind, sdp } => {
                let kind = if kind == "offer" { Kind::Offer } else { Kind::Answer };
                let code = Description::from_sdp(kind, &sdp)?.to_bytes();
                out.push(json!({ "code": base64::to_url(&code) }));
            }
            Ask::Description(code) => {
                let code = base64::from_url(&code).ok_or("no base64url")?;
                out.push(json!({ "description": Description::from_bytes(&code)?.to_sdp() }));
            }
        }
        Ok(())
    }

    fn relay(&mut self, input: relay::Input, now: u64, out: &mut Vec<Json>) {
        let Some(relay) = &mut self.relay else { return };
        let mut ours = Ours { carried: &mut self.document, people: &mut self.people };
        for output in relay.handle(input, now, &mut ours) {
            if let relay::Output::Heard(heard) = &output {
                self.is_new |= matches!(heard, Heard::Update(_));
                self.give_mesh(heard, None, now, out);
            }
            out.extend(words::of_relay(output));
        }
    }

    fn signal(&mut self, input: signalling::Input, now: u64, out: &mut Vec<Json>) {
        let Some((signalling, _)) = &mut self.mesh else { return };
        for output in signalling.handle(input, now) {
            match output {
                signalling::Output::Joined => self.mesh(mesh::Input::Joined { server: 0 }, now, out),
                signalling::Output::Heard(notice) => {
                    self.mesh(mesh::Input::Notice { server: 0, notice: &notice }, now, out);
                }
                output => out.extend(words::of_signalling(output)),
            }
        }
    }

    fn mesh(&mut self, input: mesh::Input, now: u64, out: &mut Vec<Json>) {
        let Some((_, mesh)) = &mut self.mesh else { return };
        let mut ours = Ours { carried: &mut self.document, people: &mut self.people };
        for output in mesh.handle(input, now, &mut ours) {
            match output {
                mesh::Output::Publish { notice, .. } => {
                    self.signal(signalling::Input::Publish(&notice), now, out);
                }
                mesh::Output::Heard { peer, heard } => self.spread(&heard, peer.as_deref(), now, out),
                output => out.push(words::of_mesh(output)),
            }
        }
    }

    /// Gives to all roads what is new here, but not to the peer that brought it.
    fn spread(&mut self, heard: &Heard, from: Option<&str>, now: u64, out: &mut Vec<Json>) {
        self.is_new |= matches!(heard, Heard::Update(_));
        match heard {
            Heard::Update(update) => self.relay(relay::Input::Update(update), now, out),
            Heard::People(clients) => self.relay(relay::Input::People(clients), now, out),
        }
        self.give_mesh(heard, from, now, out);
    }

    fn give_mesh(&mut self, heard: &Heard, from: Option<&str>, now: u64, out: &mut Vec<Json>) {
        match heard {
            Heard::Update(update) => self.mesh(mesh::Input::Update { update, from }, now, out),
            Heard::People(clients) => self.mesh(mesh::Input::People(clients), now, out),
        }
    }
}

fn bytes(base64: &str) -> Result<Vec<u8>, data_encoding::DecodeError> {
    BASE64.decode(base64.as_bytes())
}
