//! A copy of a room's documents that other programs can play against: one request a line on standard input, one answer
//! a line on standard output, both JSON, updates in base64. `e2e/peers` speaks to it.
//!
//! Nothing is a short cut here: what comes in goes through the guard and waits for its ground, as updates from strangers
//! do.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, Write as _};

use data_encoding::BASE64;
use model::SectionId;
use replica::{Content, EditKind, Offer, Restored};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use text::{Attrs, Delta, Document, Op, Selection, Value};

/// An answer, or what is said to be wrong.
type Answer = Result<Json, Box<dyn std::error::Error>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Request {
    /// Begins anew with empty documents, written as this client.
    Begin(u64),
    /// A change by this copy's user; one that `joins` is undone together with the one before.
    Edit {
        delta: Vec<Step>,
        joins: bool,
    },
    /// Gives the room a title.
    Title(String),
    Undo,
    Redo,
    /// An update from elsewhere.
    Receive {
        document: Name,
        update: String,
    },
    /// Several updates as one.
    Merge(Vec<String>),
    /// What the copy holds.
    Read,
    /// All that it holds, as one update of each document.
    State,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Name {
    Content,
    Offer,
}

/// A step of a delta, as Quill writes it.
#[derive(Deserialize)]
struct Step {
    insert: Option<String>,
    retain: Option<usize>,
    delete: Option<usize>,
    #[serde(default)]
    attributes: BTreeMap<String, Json>,
}

struct Copy {
    section: SectionId,
    content: Content,
    offer: Offer,
    /// The text as an editor that only hears of changes believes it to be.
    shown: Document,
}

fn main() -> io::Result<()> {
    let Some(section) = SectionId::parse("main") else { return Ok(()) };
    let mut copy = Copy::new(section, 0);
    let mut answers = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = serde_json::from_str(&line?)
            .map_err(Into::into)
            .and_then(|request| copy.answer(request))
            .unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(answers, "{answer}")?;
        answers.flush()?;
    }
    Ok(())
}

impl Copy {
    fn new(section: SectionId, client: u64) -> Self {
        let (mut content, offer) = (Content::new(client), Offer::new(client));
        // A section is watched from its first reading on.
        drop(content.read(&section));
        Self { section, content, offer, shown: Document::new() }
    }

    fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::Begin(client) => *self = Self::new(self.section.clone(), client),
            Request::Edit { delta, joins } => self.edit(&delta_of(&delta), joins)?,
            Request::Title(title) => self.offer.set_title(&title)?,
            Request::Undo => {
                let restored = self.content.undo();
                self.show(restored);
            }
            Request::Redo => {
                let restored = self.content.redo();
                self.show(restored);
            }
            Request::Receive { document, update } => self.receive(document, &update)?,
            Request::Merge(updates) => {
                let updates = updates.iter().map(|update| bytes(update)).collect::<Result<Vec<_>, _>>()?;
                return Ok(base64(&replica::merge(&updates)?));
            }
            Request::Read => return self.read(),
            Request::State => {
                return Ok(json!({
                    "content": base64(&self.content.state()?),
                    "offer": base64(&self.offer.state()?),
                }));
            }
        }
        let [content, offer] = [self.content.take_updates(), self.offer.take_updates()]
            .map(|updates| updates.iter().map(|update| base64(update)).collect::<Vec<_>>());
        Ok(json!({ "content": content, "offer": offer }))
    }

    fn edit(&mut self, delta: &Delta, joins: bool) -> Result<(), replica::Refused> {
        let at = match delta.ops() {
            [Op::Retain { len, .. }, ..] => *len,
            _ => 0,
        };
        let (kind, around) = (if joins { EditKind::Typing } else { EditKind::Other }, Selection::caret(at));
        self.content.edit(&self.section, delta, kind, (around, around), 0)?;
        self.shown.apply(delta);
        Ok(())
    }

    fn receive(&mut self, document: Name, update: &str) -> Result<(), Box<dyn std::error::Error>> {
        let update = bytes(update)?;
        match document {
            Name::Offer => self.offer.receive(&update)?,
            Name::Content => {
                for event in self.content.receive(&update)? {
                    self.shown.apply(&event.delta);
                }
            }
        }
        Ok(())
    }

    fn show(&mut self, restored: Option<Restored>) {
        for event in restored.into_iter().flat_map(|restored| restored.events) {
            self.shown.apply(&event.delta);
        }
    }

    fn read(&mut self) -> Answer {
        let text = self.content.read(&self.section)?;
        agree(&self.shown.to_delta(), &Document::from_delta(&text).to_delta())?;
        Ok(json!({
            "text": text.ops().iter().filter_map(step_of).collect::<Vec<_>>(),
            "title": self.offer.title(),
            "waiting": self.content.is_waiting() || self.offer.is_waiting(),
        }))
    }
}

/// Says where the text that is shown differs from the one that is kept.
fn agree(shown: &Delta, kept: &Delta) -> Result<(), String> {
    let (shown, kept) = (in_pieces(shown), in_pieces(kept));
    let at = shown.ops().iter().zip(kept.ops()).take_while(|(one, other)| one == other).count();
    let (shown, kept) = (shown.ops().get(at), kept.ops().get(at));
    if shown == kept { Ok(()) } else { Err(format!("shown is {shown:?}, and kept is {kept:?}")) }
}

/// A stranger who writes into the middle of a character outside the basic plane leaves two replacement characters, and
/// nobody is told of that, so all such characters count as two.
fn in_pieces(delta: &Delta) -> Delta {
    let mut pieces = Delta::new();
    for op in delta.ops() {
        if let Op::Insert { text, attrs } = op {
            let text = text
                .chars()
                .map(|c| if c.len_utf16() == 2 { "\u{fffd}\u{fffd}".into() } else { String::from(c) });
            pieces.push(Op::Insert { text: text.collect(), attrs: attrs.clone() });
        }
    }
    pieces
}

fn base64(bytes: &[u8]) -> Json {
    BASE64.encode(bytes).into()
}

fn bytes(base64: &str) -> Result<Vec<u8>, data_encoding::DecodeError> {
    BASE64.decode(base64.as_bytes())
}

fn delta_of(steps: &[Step]) -> Delta {
    let mut delta = Delta::new();
    for step in steps {
        let attrs = step.attributes.iter().map(|(name, value)| (name.clone(), value_of(value))).collect();
        if let Some(text) = &step.insert {
            delta.push(Op::Insert { text: text.clone(), attrs });
        } else if let Some(len) = step.retain {
            delta.push(Op::Retain { len, attrs });
        } else if let Some(len) = step.delete {
            delta.push(Op::Delete(len));
        }
    }
    delta
}

fn value_of(json: &Json) -> Value {
    match json {
        Json::Bool(true) => Value::True,
        Json::Number(number) => number.as_i64().map_or(Value::Null, Value::Int),
        Json::String(text) => Value::Text(text.clone()),
        _ => Value::Null,
    }
}

fn step_of(op: &Op) -> Option<Json> {
    let Op::Insert { text, attrs } = op else { return None };
    Some(json!({ "insert": text, "attributes": attributes(attrs) }))
}

fn attributes(attrs: &Attrs) -> Json {
    attrs
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Null => Json::Null,
                Value::True => true.into(),
                Value::Int(number) => (*number).into(),
                Value::Text(text) => text.as_str().into(),
            };
            (name.to_owned(), value)
        })
        .collect()
}
