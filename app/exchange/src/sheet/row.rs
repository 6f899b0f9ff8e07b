//! Rows as what they mean, and by what they are known again.

use terms::price::{Currency, Decimal};

use super::{Moment, Table, Target, normal};

/// What a cell means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, without spaces around them.
    Text(String),
    /// A number; of `60 %` it is 60.
    Number(Decimal),
    /// An amount, and its currency where the cell, the row or a person named one.
    Money(Decimal, Option<Currency>),
    /// A day, with a time or without.
    Day(Moment),
    /// A currency.
    Currency(Currency),
}

/// A row that can be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file it begins in.
    pub line: u32,
    /// What it says, in the order of its columns. Empty cells are not there. A contact that has no name of its own is called by the
    /// first and the last one.
    pub values: Vec<(Target, Value)>,
}

/// What makes a row the same as one that came before, so that importing again updates it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Its name in the system it comes from.
    Id(String),
    /// Its e-mail address in small letters.
    Email(String),
    /// The names in it, in the form in which alike ones are the same.
    Names(String),
}

impl Row {
    /// What it says of this.
    pub fn get(&self, target: Target) -> Option<&Value> {
        self.values.iter().find(|(it, _)| *it == target).map(|(_, value)| value)
    }

    /// The words it has for this.
    pub fn text(&self, target: Target) -> Option<&str> {
        match self.get(target)? {
            Value::Text(words) => Some(words),
            _ => None,
        }
    }

    /// By what it is known again. Nothing for a row that could be any.
    pub fn key(&self, table: Table) -> Option<Key> {
        if let Some(id) = self.text(Target::Id) {
            return Some(Key::Id(id.to_owned()));
        }
        let name = |target| self.text(target).map(normal::letters);
        let account = || self.text(Target::Account).map(normal::company).unwrap_or_default();
        let names = match table {
            Table::Accounts => vec![self.text(Target::Name).map(normal::company)?],
            Table::Products => vec![name(Target::Name)?],
            Table::Contacts | Table::Sellers => {
                if let Some(address) = self.text(Target::Email) {
                    return Some(Key::Email(address.to_lowercase()));
                }
                vec![name(Target::Name)?, account()]
            }
            Table::Deals => vec![name(Target::Name)?, account()],
            Table::History => {
                let Some(Value::Day(entered)) = self.get(Target::Entered) else { return None };
                let time = entered.second.unwrap_or(0);
                let deal = self.text(Target::Deal)?.to_owned();
                vec![deal, name(Target::Step)?, entered.day.to_string(), time.to_string()]
            }
        };
        Some(Key::Names(names.join("\n")))
    }
}
