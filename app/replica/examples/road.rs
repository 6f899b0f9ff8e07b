//! A copy of a room on a road to others, without a socket and without a clock: one request a line on standard input, one
//! answer a line on standard output, both JSON, bytes in base64. `e2e/peers` lends it real sockets and speaks with real
//! servers.
//!
//! The copy is a Yjs document, and the machines are those of `sync`, as they are.

use std::io::{self, BufRead as _, Write as _};

use data_encoding::BASE64;
use model::SectionId;
use replica::Content;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use sync::awareness::Awareness;
use sync::relay::{self, Hocuspocus, Output, Relay, Standing, Status, YWebsocket};
use sync::road::{Carried, Heard, Ours, Unfit};
use text::{Delta, Op};

/// An answer, or what is said to be wrong.
type Answer = Result<Json, Box<dyn std::error::Error>>;

#[derive(Deserialize)]
struct Request {
    now: u64,
    ask: Ask,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Ask {
    /// Begins anew with an empty document, written as this client.
    Begin(u64),
    /// The road is a y-websocket server.
    YWebsocket {
        server: String,
        room: String,
    },
    /// The road is a Hocuspocus server.
    Hocuspocus {
        server: String,
        name: String,
        token: String,
    },
    Start,
    Stop,
    Wake,
    Opened,
    Frame(String),
    Closed {
        code: u16,
        reason: String,
    },
    Time,
    /// Writes words at the end of the text.
    Write(String),
    /// Says something about this copy, as JSON.
    Say(Option<String>),
    /// What the copy holds, and who is here.
    Read,
}

/// A Yjs document as what travels.
struct Document {
    content: Content,
    section: SectionId,
}

impl Document {
    fn state(&self) -> Result<Vec<u8>, Unfit> {
        self.content.state().map_err(unfit)
    }
}

fn unfit(error: impl std::fmt::Display) -> Unfit {
    Unfit(error.to_string())
}

impl Carried for Document {
    fn state_vector(&self) -> Vec<u8> {
        let vector =
            self.state().and_then(|state| yrs::encode_state_vector_from_update_v1(&state).map_err(unfit));
        vector.unwrap_or_else(|_| Vec::from([0]))
    }

    fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        let update = self.content.state_since(known).map_err(unfit)?;
        Ok(if update == [0, 0] { Vec::new() } else { Vec::from([update]) })
    }

    fn receive(&mut self, update: &[u8]) -> Result<bool, Unfit> {
        let before = self.state()?;
        self.content.receive(update).map_err(unfit)?;
        Ok(self.state()? != before)
    }
}

struct Copy {
    document: Document,
    people: Awareness,
    relay: Option<Relay>,
}

fn main() -> io::Result<()> {
    let Some(section) = SectionId::parse("main") else { return Ok(()) };
    let mut copy = Copy::new(section, 1);
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
    fn new(section: SectionId, client: u64) -> Self {
        let document = Document { content: Content::new(client), section };
        Self { document, people: Awareness::new(client), relay: None }
    }

    fn answer(&mut self, ask: Ask, now: u64) -> Answer {
        let outputs = match &ask {
            Ask::Begin(client) => {
                *self = Self::new(self.document.section.clone(), *client);
                Vec::new()
            }
            Ask::YWebsocket { server, room } => {
                self.relay = Some(Relay::YWebsocket(YWebsocket::new(relay::address(server, room, &[]), 1)));
                Vec::new()
            }
            Ask::Hocuspocus { server, name, token } => {
                self.relay = Some(Relay::Hocuspocus(Hocuspocus::new(server, name, token, 1)));
                Vec::new()
            }
            Ask::Start => self.tell(relay::Input::Start, now),
            Ask::Stop => self.tell(relay::Input::Stop, now),
            Ask::Wake => self.tell(relay::Input::Wake, now),
            Ask::Opened => self.tell(relay::Input::Opened, now),
            Ask::Frame(frame) => self.tell(relay::Input::Frame(&BASE64.decode(frame.as_bytes())?), now),
            Ask::Closed { code, reason } => self.tell(relay::Input::Closed { code: *code, reason }, now),
            Ask::Time => {
                let (renew, _) = self.people.tick(now);
                let mut outputs = self.tell(relay::Input::Time, now);
                if renew {
                    outputs.extend(self.tell(relay::Input::People(&[self.people.client()]), now));
                }
                outputs
            }
            Ask::Write(words) => {
                let at = self.words()?.encode_utf16().count();
                self.document
                    .content
                    .write(&self.document.section, &Delta::new().retain(at).insert(words))?;
                let updates = self.document.content.take_updates();
                updates.iter().flat_map(|update| self.tell(relay::Input::Update(update), now)).collect()
            }
            Ask::Say(state) => {
                self.people.set(state.clone(), now)?;
                self.tell(relay::Input::People(&[self.people.client()]), now)
            }
            Ask::Read => Vec::new(),
        };
        let others: Vec<_> = self.people.others().map(|(client, state)| json!([client, state])).collect();
        let wakes =
            self.relay.as_ref().and_then(Relay::wakes_at).into_iter().chain(self.people.wakes_at()).min();
        Ok(json!({
            "outputs": outputs.iter().map(output).collect::<Vec<_>>(),
            "text": self.words()?,
            "others": others,
            "standing": self.relay.as_ref().map(|relay| standing(&relay.standing())),
            "wakesAt": wakes,
        }))
    }

    fn tell(&mut self, input: relay::Input, now: u64) -> Vec<Output> {
        let mut ours = Ours { carried: &mut self.document, people: &mut self.people };
        self.relay.as_mut().map(|relay| relay.handle(input, now, &mut ours)).unwrap_or_default()
    }

    fn words(&mut self) -> Result<String, replica::Refused> {
        let text = self.document.content.read(&self.document.section)?;
        Ok(text
            .ops()
            .iter()
            .filter_map(|op| if let Op::Insert { text, .. } = op { Some(&**text) } else { None })
            .collect())
    }
}

fn output(output: &Output) -> Json {
    match output {
        Output::Dial(address) => json!({ "dial": address }),
        Output::Send(frame) => json!({ "send": BASE64.encode(frame) }),
        Output::HangUp => json!("hangUp"),
        Output::Heard(Heard::Update(_)) => json!("heard"),
        Output::Heard(Heard::People(_)) => json!("people"),
    }
}

fn standing(standing: &Standing) -> Json {
    let (status, reason) = match &standing.status {
        Status::Off => ("off", None),
        Status::Connecting => ("connecting", None),
        Status::InStep => ("in step", None),
        Status::ReadOnly => ("read only", None),
        Status::Waiting { .. } => ("waiting", None),
        Status::Refused { reason, .. } => ("refused", Some(reason)),
    };
    json!({
        "status": status,
        "reason": reason,
        "unacknowledged": standing.unacknowledged,
        "faults": standing.faults,
    })
}
