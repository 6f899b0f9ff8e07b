//! What somebody chose of the price.

use terms::price::Decimal;
use yrs::Any;

use super::{Responses, Word, words::text};
use crate::guard::Refused;

/// The root map with all choices.
const CHOICES: &str = "choices";

/// Something chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Whether an optional line is in.
    Include {
        /// The line's name.
        line: String,
        /// Whether it is in.
        is_in: bool,
    },
    /// How many of a line.
    Quantity {
        /// The line's name.
        line: String,
        /// How many.
        quantity: Decimal,
    },
    /// One of several packages.
    Package {
        /// Their group.
        group: String,
        /// The one.
        name: String,
    },
}

impl Choice {
    /// The key under which whatever is chosen of the same thing stands.
    pub fn key(&self) -> String {
        match self {
            Self::Include { line, .. } => format!("in/{line}"),
            Self::Quantity { line, .. } => format!("quantity/{line}"),
            Self::Package { group, .. } => format!("package/{group}"),
        }
    }

    fn write(&self) -> String {
        match self {
            Self::Include { is_in, .. } => if *is_in { "in" } else { "out" }.to_owned(),
            Self::Quantity { quantity, .. } => quantity.to_string(),
            Self::Package { name, .. } => name.clone(),
        }
    }

    fn read(key: &str, value: &str) -> Option<Self> {
        let (kind, of) = key.split_once('/')?;
        let of = of.to_owned();
        Some(match kind {
            "in" => Self::Include { line: of, is_in: value == "in" },
            "quantity" => Self::Quantity { line: of, quantity: Decimal::parse(value)? },
            "package" => Self::Package { group: of, name: value.to_owned() },
            _ => return None,
        })
    }
}

impl Responses {
    /// All that was chosen, by what it is chosen of.
    pub fn choices(&self) -> Vec<(String, Word<Choice>)> {
        self.words(CHOICES, |of, fields| Choice::read(of, text(fields, "chosen")?))
    }

    /// Chooses something.
    pub fn choose(&mut self, word: &Word<Choice>) -> Result<(), Refused> {
        self.say(CHOICES, &word.says.key(), ("chosen", Any::from(word.says.write())), word)
    }
}
