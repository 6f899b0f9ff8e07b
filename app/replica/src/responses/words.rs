//! The last words of an author on things, each with a turn by which those of several authors are put in order.

use std::{collections::HashMap, sync::Arc};

use yrs::{Any, Map as _, MapRef, Number, Out, ReadTxn as _};

use super::Responses;
use crate::{guard::Refused, shared::SYSTEM};

/// The fields of a value.
pub(crate) type Fields = HashMap<String, Any>;

/// The last word of an author on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<T> {
    /// What it says.
    pub says: T,
    /// The highest turn of all authors counts: each takes one more than all it has seen.
    pub turn: u64,
    /// When, by the author's clock, milliseconds since 1970: for people to read, never to decide by.
    pub at: u64,
}

impl Responses {
    /// The words in a map, by the names of what they are about. What is not understood is passed over.
    pub(super) fn words<T>(
        &self,
        map: &str,
        read: impl Fn(&str, &Fields) -> Option<T>,
    ) -> Vec<(String, Word<T>)> {
        self.values(map, |about, fields| {
            let says = read(about, fields)?;
            Some((about.to_owned(), Word { says, turn: whole(fields, "turn")?, at: whole(fields, "at")? }))
        })
    }

    /// Says something, in place of what was said of the same before.
    pub(super) fn say<T>(
        &mut self,
        map: &str,
        about: &str,
        (field, says): (&str, Any),
        word: &Word<T>,
    ) -> Result<(), Refused> {
        let fields = [(field, says), ("turn", number(word.turn)), ("at", number(word.at))];
        self.put(map, about, fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    pub(super) fn put(&mut self, map: &str, key: &str, fields: Fields) -> Result<(), Refused> {
        let map: MapRef = self.shared.doc.get_or_insert_map(map);
        self.shared.write(SYSTEM, |txn| {
            map.insert(txn, key, Any::Map(Arc::new(fields)));
        })
    }

    /// What a map holds, in no order.
    pub(super) fn values<T>(&self, map: &str, read: impl Fn(&str, &Fields) -> Option<T>) -> Vec<T> {
        let all = self.shared.read(|txn| {
            let map = txn.get_map(map)?;
            let values = map.iter(txn).filter_map(|(key, value)| match value {
                Out::Any(Any::Map(fields)) => read(key, &fields),
                _ => None,
            });
            Some(values.collect())
        });
        all.ok().flatten().unwrap_or_default()
    }
}

/// A time or a turn as any Yjs program reads it; both are far below 2⁵³, unless somebody wants to be the last.
pub(crate) fn number(value: u64) -> Any {
    Any::Number(Number::Int(value.min(Number::I64_MAX_SAFE_INTEGER as u64) as i64))
}

/// Reads what [`number`] writes; none where it is anything else.
pub(crate) fn whole(fields: &Fields, name: &str) -> Option<u64> {
    match fields.get(name)? {
        Any::Number(value) => u64::try_from(value.as_i64()?).ok(),
        _ => None,
    }
}

/// A string among the fields.
pub(crate) fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    match fields.get(name)? {
        Any::String(text) => Some(text),
        _ => None,
    }
}

/// A string among the fields, at most so many characters of it.
pub(super) fn short(fields: &Fields, name: &str, most: usize) -> Option<String> {
    text(fields, name).map(|text| text.chars().take(most).collect())
}

/// Whether a field says yes.
pub(super) fn is_true(fields: &Fields, name: &str) -> bool {
    matches!(fields.get(name), Some(Any::Bool(true)))
}
