//! Suggestions that were accepted: in the same transaction as the words that come in by it, the text notes whose they were.
//!
//! Map `accepted`: `<suggestion>/<client>` → who, when, in which section, and the clocks of what came in. Every copy that
//! accepts has a key of its own, so where two accept the same one apart, both are known to all. The words of the lowest key
//! stay; those of the others are deleted again by every program that may write. Deleting the same twice is deleting it once,
//! so all end with the same text and the words stand there once.

use std::{collections::BTreeMap, sync::Arc};

use model::{Author, SectionId};
use text::{Delta, Selection};
use yrs::{
    Any, Assoc, ClientID, ID, IndexedSequence as _, Map as _, Out, ReadTxn as _, StickyIndex, Text as _,
    TextRef,
};

use super::{Content, ContentEvent, apply};
use crate::shared::LOCAL;
use crate::{
    guard::Refused,
    history::{EditKind, Spot},
    responses::{number, text, whole},
    shared::SYSTEM,
};

/// The most units that one suggestion may have brought, so that looking for them ends.
const MOST: u64 = 200_000;

/// That a suggestion was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// Who accepted it, as they say themselves: anybody who may edit could have written it.
    pub by: Author,
    /// When, by their clock, milliseconds since 1970.
    pub at: u64,
}

/// What came into a section by one client's accepting.
struct Came {
    key: String,
    section: SectionId,
    client: u64,
    clocks: std::ops::Range<u64>,
}

impl Content {
    /// Anchors of the part of a section that a suggestion is about. Where it only puts words in, they stay behind the words
    /// before them.
    pub fn suggestion_ends(&mut self, section: &SectionId, range: std::ops::Range<usize>) -> [Vec<u8>; 2] {
        if !range.is_empty() {
            return self.anchor_range(section, None, range);
        }
        let anchor = self.anchor(section, range.start);
        [anchor.clone(), anchor]
    }

    /// Accepts the suggestion of this name, among all: `delta` is what it does to the section.
    pub fn accept(
        &mut self,
        section: &SectionId,
        suggestion: &str,
        delta: &Delta,
        accepted: Accepted,
        (kind, now): (EditKind, u64),
    ) -> Result<(), Refused> {
        let text = self.text(section);
        let spot = Spot::Section(section.clone());
        let begins = self.history.begin(spot.clone(), kind, now);
        let caret = first_touched(delta);
        let before =
            if begins { Some(self.sticky_selection(&spot, &text, Selection::caret(caret))?) } else { None };
        self.shared.write(LOCAL, |txn| {
            let client = txn.doc().client_id();
            let clock = |txn: &yrs::TransactionMut| u64::from(txn.state_vector().get(&client));
            let from = clock(txn);
            apply(txn, &text, delta);
            let to = clock(txn);
            let fields = [
                ("by", Any::from(accepted.by.to_string())),
                ("at", number(accepted.at)),
                ("section", Any::from(section.as_str())),
                ("from", number(from)),
                ("to", number(to)),
            ];
            let fields = fields.map(|(name, value)| (name.to_owned(), value)).into();
            let key = format!("{suggestion}/{:014x}", client.get());
            self.accepted.insert(txn, key, Any::Map(Arc::new(fields)));
        })?;
        let end = delta.map(caret, true);
        let after = self.sticky_selection(&spot, &text, Selection::caret(end))?;
        self.history.record(before, after);
        Ok(())
    }

    /// The suggestions that were accepted, by their names among all.
    pub fn accepted(&self) -> BTreeMap<String, Accepted> {
        let mut all = BTreeMap::new();
        let found = self.shared.read(|txn| {
            for (key, value) in self.accepted.iter(txn) {
                let (Some((suggestion, _)), Out::Any(Any::Map(fields))) = (key.rsplit_once('/'), value)
                else {
                    continue;
                };
                let by = text(&fields, "by").and_then(Author::parse);
                if let (Some(by), Some(at)) = (by, whole(&fields, "at")) {
                    all.entry(suggestion.to_owned()).or_insert(Accepted { by, at });
                }
            }
        });
        if found.is_ok() { all } else { BTreeMap::new() }
    }

    /// Takes out again what came in twice, since two accepted the same suggestion apart. Answers what changed.
    pub fn withdraw_doubles(&mut self) -> Result<Vec<ContentEvent>, Refused> {
        let mut events = Vec::new();
        for came in self.doubles()? {
            let text = self.text(&came.section);
            self.shared.write(SYSTEM, |txn| {
                for clock in came.clocks.clone() {
                    let id = ID::new(ClientID::new(came.client), clock as u32);
                    if let Some(at) = place_of(txn, &text, id) {
                        text.remove_range(txn, at, 1);
                        let delta = Delta::new().retain(at as usize).delete(1);
                        events.push(ContentEvent { section: came.section.clone(), delta });
                    }
                }
                self.accepted.remove(txn, &came.key);
            })?;
        }
        Ok(events)
    }

    /// All but the first that accepted the same suggestion.
    fn doubles(&self) -> Result<Vec<Came>, Refused> {
        self.shared.read(|txn| {
            if self.accepted.len(txn) < 2 {
                return Vec::new();
            }
            let mut all: BTreeMap<String, Option<Came>> = BTreeMap::new();
            for (key, value) in self.accepted.iter(txn) {
                let came = if let Out::Any(Any::Map(fields)) = value { came(key, &fields) } else { None };
                all.insert(key.to_owned(), came);
            }
            let mut last: Option<String> = None;
            let mut doubles = Vec::new();
            for (key, came) in all {
                let suggestion = key.rsplit_once('/').map(|(suggestion, _)| suggestion.to_owned());
                if suggestion.is_some() && suggestion == last {
                    doubles.extend(came);
                }
                last = suggestion;
            }
            doubles
        })
    }
}

fn came(key: &str, fields: &std::collections::HashMap<String, Any>) -> Option<Came> {
    let client = u64::from_str_radix(key.rsplit_once('/')?.1, 16).ok()?;
    let (from, to) = (whole(fields, "from")?, whole(fields, "to")?);
    let fits = from <= to && to - from <= MOST && to <= u64::from(u32::MAX);
    let section = SectionId::parse(text(fields, "section")?)?;
    fits.then_some(Came { key: key.to_owned(), section, client, clocks: from..to })
}

/// Where a unit of the text is, if it is still there.
fn place_of(txn: &yrs::TransactionMut, text: &TextRef, id: ID) -> Option<u32> {
    let at = StickyIndex::from_id(id, Assoc::After).get_offset(txn)?.index;
    let found = text.sticky_index(txn, at, Assoc::After)?;
    (found.id() == Some(&id)).then_some(at)
}

/// Where a change begins.
fn first_touched(delta: &Delta) -> usize {
    match delta.ops().first() {
        Some(text::Op::Retain { len, attrs }) if attrs.is_empty() => *len,
        _ => 0,
    }
}
