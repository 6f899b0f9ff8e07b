//! What a Yjs update (version 1) does to maps of bytes, read without a document to which it could be applied.

use stdx::{Cut, Reader};

use crate::block;

/// What stands in an update.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Update<'a> {
    pub(super) blocks: Vec<Block<'a>>,
    /// What is deleted: client, first tick, and how many.
    pub(super) deleted: Vec<(u64, u64, u64)>,
}

/// Something that a client did.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    pub(super) client: u64,
    /// Its first tick.
    pub(super) clock: u64,
    /// Bytes under a key of a map, by the names of both; none for everything else.
    pub(super) set: Option<Set<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Set<'a> {
    pub(super) map: &'a str,
    pub(super) key: &'a str,
    pub(super) bytes: &'a [u8],
}

impl<'a> Update<'a> {
    pub(super) fn read(update: &'a [u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(update);
        let mut read = Self::default();
        for _ in 0..from.uint()? {
            let (count, client, mut clock) = (from.uint()?, from.uint()?, from.uint()?);
            for _ in 0..count {
                let (len, set) = read_block(&mut from)?;
                // What stands for a gap does nothing.
                if let Some(set) = set {
                    read.blocks.push(Block { client, clock, set });
                }
                clock = clock.checked_add(len).ok_or(Cut)?;
            }
        }
        for _ in 0..from.uint()? {
            let client = from.uint()?;
            for _ in 0..from.uint()? {
                read.deleted.push((client, from.uint()?, from.uint()?));
            }
        }
        if from.is_empty() { Ok(read) } else { Err(Cut) }
    }
}

/// Passes one block. Answers its length in ticks, and what it sets, if anything; nothing at all for a gap.
#[allow(clippy::type_complexity, reason = "it is taken apart at once")]
fn read_block<'a>(from: &mut Reader<'a>) -> Result<(u64, Option<Option<Set<'a>>>), Cut> {
    const HAS_LEFT: u8 = 0x80;
    const HAS_RIGHT: u8 = 0x40;
    const HAS_KEY: u8 = 0x20;
    const COLLECTED: u8 = 0;
    const GAP: u8 = 10;
    const BYTES: u8 = 3;
    // Another document: its name, and settings.
    const DOCUMENT: u8 = 9;
    let info = from.u8()?;
    let kind = info & 0x1f;
    if matches!(kind, COLLECTED | GAP) {
        return Ok((from.uint()?, (kind == COLLECTED).then_some(None)));
    }
    for neighbour in [HAS_LEFT, HAS_RIGHT] {
        if info & neighbour != 0 {
            from.uint()?;
            from.uint()?;
        }
    }
    let (mut map, mut key) = (None, None);
    // With a neighbour, it is wherever that is.
    if info & (HAS_LEFT | HAS_RIGHT) == 0 {
        if from.uint()? == 1 {
            map = Some(from.text()?);
        } else {
            from.uint()?;
            from.uint()?;
        }
        if info & HAS_KEY != 0 {
            key = Some(from.text()?);
        }
    }
    if kind == BYTES {
        let bytes = from.bytes()?;
        return Ok((1, Some(map.zip(key).map(|(map, key)| Set { map, key, bytes }))));
    }
    if kind == DOCUMENT {
        from.bytes()?;
        block::value(from)?;
        return Ok((1, Some(None)));
    }
    Ok((block::content(kind, from)?, Some(None)))
}
