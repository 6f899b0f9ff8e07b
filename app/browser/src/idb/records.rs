//! What is stored, field by field. These types are apart from the program's own, so that a change over there cannot
//! change what is on people's disks unnoticed.

use indexed_db_futures::KeyRange;
use js_sys::{Array, Uint8Array};
use model::{
    Author, BlobHash, Chain, DocName, EntryHash, Head, Pass, RoomId, RoomKeys, RoomRecord, Standing,
    StoredEntry,
};

use wasm_bindgen::{JsCast, JsValue};

use super::{
    fault::Fault,
    row::{Row, Stored, unreadable},
};

/// A row of `rooms`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredRoom {
    pub(super) record: RoomRecord,
    /// The place that the room's next entry takes.
    pub(super) next: u64,
}

/// A row of `entries`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlacedEntry {
    pub(super) room: RoomId,
    /// Where the entry stands among the room's.
    pub(super) place: u64,
    pub(super) entry: StoredEntry,
}

/// A row of `blobs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptBlob {
    pub(super) room: RoomId,
    pub(super) hash: BlobHash,
    pub(super) sealed: Vec<u8>,
}

/// A row of `chains`: what a write must know of a chain without reading the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredChain {
    pub(super) room: RoomId,
    pub(super) author: Author,
    pub(super) doc: DocName,
    pub(super) head: Head,
    /// The ranges that are there as one squashed entry.
    pub(super) squashed: Vec<Span>,
}

/// A squashed range of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: u64,
    pub(super) last: u64,
}

impl Stored for StoredRoom {
    fn to_row(&self) -> Row {
        let RoomRecord { id, title, created, changed, standing, bytes, keys, given } = &self.record;
        let row = Row::default()
            .with_text("id", &id.to_string())
            .with_text("title", title)
            .with_number("created", *created)
            .with_number("changed", *changed);
        let row = match standing {
            Standing::Active => row.with_text("standing", "active"),
            Standing::Archived => row.with_text("standing", "archived"),
            Standing::Deleted(at) => row.with_text("standing", "deleted").with_number("deleted", *at),
            // An earlier program takes it for a room like others, which it is but for its place in the list.
            Standing::Template => row.with_text("standing", "active").with_number("template", 1),
            Standing::Team => row.with_text("standing", "team"),
            Standing::Workspace => row.with_text("standing", "workspace"),
        };
        let row = row
            .with_number("bytes", *bytes)
            .with_number("next", self.next)
            .with_bytes("content_key", &keys.content)
            .with_bytes("author_seed", &keys.author_seed)
            .with_bytes("owner", &keys.owner.0);
        let row =
            if keys.later.is_empty() { row } else { row.with_bytes("later_keys", &keys.later.concat()) };
        let row = match &keys.pass {
            None => row,
            Some(pass) => write_pass(row, pass),
        };
        // An earlier program drops it, and then it is found again when the room is opened; so it takes no new version.
        match given {
            None => row,
            Some(names) => {
                row.with_rows("given", names.iter().map(|name| Row::default().with_text("name", name)))
            }
        }
    }

    fn from_row(row: &Row) -> Result<Self, Fault> {
        let standing = match row.text("standing")?.as_str() {
            "active" if row.has("template") => Standing::Template,
            "active" => Standing::Active,
            "archived" => Standing::Archived,
            "deleted" => Standing::Deleted(row.number("deleted")?),
            "team" => Standing::Team,
            "workspace" => Standing::Workspace,
            other => return Err(unreadable(format!("a room stands {other}"))),
        };
        let record = RoomRecord {
            id: room_id(row, "id")?,
            title: row.text("title")?,
            created: row.number("created")?,
            changed: row.number("changed")?,
            standing,
            bytes: row.number("bytes")?,
            keys: RoomKeys {
                content: row.array("content_key")?,
                later: later_keys(row)?,
                author_seed: row.array("author_seed")?,
                owner: Author(row.array("owner")?),
                pass: read_pass(row)?,
            },
            given: if row.has("given") { Some(read_given(row)?) } else { None },
        };
        Ok(Self { record, next: row.number("next")? })
    }
}

fn later_keys(row: &Row) -> Result<Vec<[u8; 32]>, Fault> {
    if !row.has("later_keys") {
        return Ok(Vec::new());
    }
    let bytes = row.bytes("later_keys")?;
    let (keys, rest) = bytes.as_chunks::<32>();
    if rest.is_empty() { Ok(keys.to_vec()) } else { Err(unreadable("a key is cut off".to_owned())) }
}

fn write_pass(row: Row, pass: &Pass) -> Row {
    let row = row.with_bytes("link", &pass.secret).with_bytes("certificate", &pass.certificate);
    match &pass.owner_seed {
        None => row,
        Some(seed) => row.with_bytes("owner_seed", seed),
    }
}

fn read_pass(row: &Row) -> Result<Option<Pass>, Fault> {
    if !row.has("link") {
        return Ok(None);
    }
    let owner_seed = if row.has("owner_seed") { Some(row.array("owner_seed")?) } else { None };
    Ok(Some(Pass { secret: row.array("link")?, certificate: row.bytes("certificate")?, owner_seed }))
}

fn read_given(row: &Row) -> Result<Vec<String>, Fault> {
    row.rows("given")?.iter().map(|link| link.text("name")).collect()
}

impl Stored for PlacedEntry {
    fn to_row(&self) -> Row {
        let StoredEntry { hash, author, first, last, doc, sealed } = &self.entry;
        Row::default()
            .with_text("room", &self.room.to_string())
            .with_number("place", self.place)
            .with_bytes("hash", &hash.0)
            .with_bytes("author", &author.0)
            .with_number("first", *first)
            .with_number("last", *last)
            .with_text("doc", &doc.name())
            .with_bytes("sealed", sealed)
    }

    fn from_row(row: &Row) -> Result<Self, Fault> {
        let entry = StoredEntry {
            hash: EntryHash(row.array("hash")?),
            author: Author(row.array("author")?),
            first: row.number("first")?,
            last: row.number("last")?,
            doc: doc_name(row)?,
            sealed: row.bytes("sealed")?,
        };
        Ok(Self { room: room_id(row, "room")?, place: row.number("place")?, entry })
    }
}

impl Stored for KeptBlob {
    fn to_row(&self) -> Row {
        Row::default()
            .with_text("room", &self.room.to_string())
            .with_text("hash", &self.hash.to_string())
            .with_bytes("sealed", &self.sealed)
    }

    fn from_row(row: &Row) -> Result<Self, Fault> {
        let hash = row.text("hash")?;
        let hash = BlobHash::parse(&hash).ok_or_else(|| unreadable(format!("{hash} names no blob")))?;
        Ok(Self { room: room_id(row, "room")?, hash, sealed: row.bytes("sealed")? })
    }
}

impl StoredChain {
    /// What the row says; without one it is the start of `chain`.
    pub(super) fn read(row: Option<Row>, room: RoomId, chain: Chain) -> Result<Self, Fault> {
        let Chain { author, doc } = chain;
        let start = Self { room, author, doc, head: Head::START, squashed: Vec::new() };
        Ok(Row::read(row)?.unwrap_or(start))
    }

    /// Whether a squashed entry says what `entry` says.
    pub(super) fn covers(&self, entry: &StoredEntry) -> bool {
        self.squashed.iter().any(|span| span.first <= entry.first && span.last >= entry.last)
    }

    /// Takes in an entry of this chain.
    pub(super) fn take(&mut self, entry: &StoredEntry) {
        if entry.last >= self.head.number {
            self.head = Head { number: entry.last, hash: entry.hash };
        }
        self.squashed.extend(Span::of(entry));
    }

    /// Forgets the range of a squashed entry that is being replaced.
    pub(super) fn forget(&mut self, entry: &StoredEntry) {
        let gone = Span::of(entry);
        self.squashed.retain(|span| Some(span) != gone.as_ref());
    }
}

impl Stored for StoredChain {
    fn to_row(&self) -> Row {
        Row::default()
            .with_text("room", &self.room.to_string())
            .with_bytes("author", &self.author.0)
            .with_text("doc", &self.doc.name())
            .with_number("number", self.head.number)
            .with_bytes("hash", &self.head.hash.0)
            .with_rows("squashed", self.squashed.iter().map(Span::to_row))
    }

    fn from_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            room: room_id(row, "room")?,
            author: Author(row.array("author")?),
            doc: doc_name(row)?,
            head: Head { number: row.number("number")?, hash: EntryHash(row.array("hash")?) },
            squashed: row.rows("squashed")?.iter().map(Span::from_row).collect::<Result<_, _>>()?,
        })
    }
}

impl Span {
    fn of(entry: &StoredEntry) -> Option<Self> {
        let StoredEntry { first, last, .. } = *entry;
        (last > first).then_some(Self { first, last })
    }

    fn to_row(&self) -> Row {
        Row::default().with_number("first", self.first).with_number("last", self.last)
    }

    fn from_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self { first: row.number("first")?, last: row.number("last")? })
    }
}

/// The key of a room's row.
pub(super) fn room_key(room: RoomId) -> JsValue {
    room.to_string().into()
}

/// The key of something of a room.
pub(super) fn key_in(room: RoomId, second: impl Into<JsValue>) -> JsValue {
    Array::of2(&room_key(room), &second.into()).into()
}

/// The key of a chain's row.
pub(super) fn chain_key(room: RoomId, chain: Chain) -> JsValue {
    let author = Uint8Array::from(&chain.author.0[..]);
    Array::of3(&room_key(room), &author, &chain.doc.name().into()).into()
}

/// The key of a blob's row.
pub(super) fn blob_key(room: RoomId, hash: BlobHash) -> JsValue {
    key_in(room, hash.to_string())
}

/// The blob that a key of `blobs` names.
pub(super) fn blob_of_key(key: &JsValue) -> Option<BlobHash> {
    BlobHash::parse(&key.dyn_ref::<Array>()?.get(1).as_string()?)
}

/// A range of keys that holds everything of a room: a list sorts behind any other kind of key.
pub(super) fn all_in(room: RoomId) -> KeyRange<JsValue> {
    KeyRange::Bound(Array::of1(&room_key(room)).into(), false, key_in(room, Array::new()), false)
}

fn room_id(row: &Row, name: &str) -> Result<RoomId, Fault> {
    let text = row.text(name)?;
    RoomId::parse(&text).ok_or_else(|| unreadable(format!("{text} names no room")))
}

fn doc_name(row: &Row) -> Result<DocName, Fault> {
    let text = row.text("doc")?;
    DocName::parse(&text).ok_or_else(|| unreadable(format!("{text} names no document")))
}
