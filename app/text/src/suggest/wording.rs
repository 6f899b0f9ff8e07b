//! What a suggestion says, and how it is kept.

use crate::intent::clean;
use crate::{Attrs, Delta, Op, Value};

/// One step of a suggestion along the text that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// These words come in, with these attributes.
    Insert(String, Attrs),
    /// These words go.
    Delete(String),
    /// These words get another look.
    Format(String, Attrs),
}

/// What a suggestion says, step by step.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The steps in order; no two neighbours are alike.
    pub parts: Vec<Part>,
}

const INSERT: &str = "+";
const DELETE: &str = "-";
/// Before the name of an attribute that is to be taken away.
const OFF: char = '!';
/// What suggestions bring no more of than their names: they stand for things beside the text.
const THINGS: [&str; 2] = ["x-table", "x-image"];

impl Wording {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Adds a step, joining it to the last one where they are alike.
    pub fn push(&mut self, part: Part) {
        match (self.parts.last_mut(), part) {
            (_, Part::Insert(text, _) | Part::Delete(text) | Part::Format(text, _)) if text.is_empty() => {}
            (Some(Part::Delete(have)), Part::Delete(text)) => have.push_str(&text),
            (Some(Part::Insert(have, old)), Part::Insert(text, attrs)) if *old == attrs => {
                have.push_str(&text)
            }
            (Some(Part::Format(have, old)), Part::Format(text, attrs)) if *old == attrs => {
                have.push_str(&text)
            }
            (_, part) => self.parts.push(part),
        }
    }

    /// The words of the section that it is about, as they stood.
    pub fn quote(&self) -> String {
        let words = self.parts.iter().map(|part| match part {
            Part::Delete(text) | Part::Format(text, _) => text.as_str(),
            Part::Insert(..) => "",
        });
        words.collect()
    }

    /// The words that it would put in.
    pub fn inserted(&self) -> String {
        self.words(|part| if let Part::Insert(text, _) = part { text } else { "" })
    }

    /// The words that it would take out.
    pub fn deleted(&self) -> String {
        self.words(|part| if let Part::Delete(text) = part { text } else { "" })
    }

    /// The words that it would give another look.
    pub fn formatted(&self) -> String {
        self.words(|part| if let Part::Format(text, _) = part { text } else { "" })
    }

    fn words(&self, of: impl Fn(&Part) -> &str) -> String {
        self.parts.iter().map(of).collect()
    }

    /// As the text in which it is kept: all its words in order, with attributes that say what becomes of them.
    pub fn to_delta(&self) -> Delta {
        let mut delta = Delta::new();
        for part in &self.parts {
            delta.push(match part {
                Part::Insert(text, attrs) => {
                    Op::Insert { text: text.clone(), attrs: attrs.clone().with(INSERT, Value::True) }
                }
                Part::Delete(text) => {
                    Op::Insert { text: text.clone(), attrs: Attrs::none().with(DELETE, Value::True) }
                }
                Part::Format(text, attrs) => {
                    let named = attrs.iter().map(|(name, value)| match value {
                        Value::Null => (format!("{OFF}{name}"), Value::True),
                        value => (name.to_owned(), value.clone()),
                    });
                    Op::Insert { text: text.clone(), attrs: named.collect() }
                }
            });
        }
        delta
    }

    /// Reads what [`Wording::to_delta`] writes, whoever wrote it.
    pub fn from_delta(delta: &Delta) -> Self {
        let mut wording = Self::default();
        for op in delta.ops() {
            let Op::Insert { text, attrs } = op else { continue };
            wording.push(if attrs.get(INSERT).is_set() {
                let mut attrs = attrs.clone();
                attrs.remove(INSERT);
                Part::Insert(clean(text), known(&attrs))
            } else if attrs.get(DELETE).is_set() {
                Part::Delete(text.clone())
            } else {
                let named = attrs.iter().map(|(name, value)| match name.strip_prefix(OFF) {
                    Some(name) => (name.to_owned(), Value::Null),
                    None => (name.to_owned(), value.clone()),
                });
                Part::Format(text.clone(), known(&named.collect()))
            });
        }
        wording
    }
}

/// Attributes that a suggestion may bring.
pub(super) fn known(attrs: &Attrs) -> Attrs {
    let mut known = crate::Proposed::without(attrs);
    for name in THINGS {
        if known.get(name).is_set() {
            known.remove(name);
        }
    }
    known
}
