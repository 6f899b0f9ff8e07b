//! Attributes and deltas between the shared text's form and ours.

use std::sync::Arc;

use text::{Attrs, Delta, Op, Proposed, Value};
use yrs::{Any, Out, any::Number, types::Delta as SharedDelta};

/// Longer words and addresses in attributes are not taken in.
const VALUE_MAX: usize = 4_096;

fn to_any(value: &Value) -> Any {
    match value {
        Value::Null => Any::Null,
        Value::True => Any::Bool(true),
        Value::Int(number) => Any::Number(Number::Int(*number)),
        Value::Text(text) => Any::String(text.as_str().into()),
    }
}

fn from_any(any: &Any) -> Value {
    match any {
        Any::Bool(true) => Value::True,
        Any::Number(Number::Int(number)) => Value::Int(*number),
        Any::Number(Number::Float(number)) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Value::Int(*number as i64)
        }
        Any::String(text) if text.len() <= VALUE_MAX => Value::Text(text.to_string()),
        // Quill's binding writes `false` for "not set". Values that have no place here are not set either, also where
        // they come in place of one that has.
        _ => Value::Null,
    }
}

pub(crate) fn to_shared(attrs: &Attrs) -> yrs::types::Attrs {
    attrs.iter().map(|(name, value)| (Arc::from(name), to_any(value))).collect()
}

pub(crate) fn from_shared(attrs: Option<&yrs::types::Attrs>) -> Attrs {
    let Some(attrs) = attrs else { return Attrs::none() };
    let attrs: Attrs = attrs.iter().map(|(name, any)| (name.to_string(), from_any(any))).collect();
    // What is proposed stands in no shared text, whatever other programs write there.
    if Proposed::is_in(&attrs) { Proposed::without(&attrs) } else { attrs }
}

/// A value that is text.
pub(crate) fn text_of(out: &Out) -> Option<String> {
    match out {
        Out::Any(Any::String(text)) => Some(text.to_string()),
        _ => None,
    }
}

/// What is inserted, as words: a foreign embed shows as one object-replacement character.
pub(crate) fn words(out: &Out) -> String {
    match out {
        Out::Any(Any::String(text)) => text.replace('\r', " "),
        _ => "\u{fffc}".to_owned(),
    }
}

/// A change that the shared text reports, in our form.
pub(crate) fn from_shared_delta(steps: &[SharedDelta]) -> Delta {
    let mut delta = Delta::new();
    for step in steps {
        delta.push(match step {
            SharedDelta::Inserted(out, attrs) => {
                Op::Insert { text: words(out), attrs: set_only(from_shared(attrs.as_deref())) }
            }
            SharedDelta::Deleted(len) => Op::Delete(*len as usize),
            SharedDelta::Retain(len, attrs) => {
                Op::Retain { len: *len as usize, attrs: from_shared(attrs.as_deref()) }
            }
        });
    }
    delta
}

/// Attributes without those that are not set.
pub(crate) fn set_only(attrs: Attrs) -> Attrs {
    attrs
        .iter()
        .filter(|(_, value)| **value != Value::Null)
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}
