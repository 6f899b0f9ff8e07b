//! Those whom comments name.

use std::collections::BTreeMap;

use model::{Author, Right, limits};
use replica::{Mention, Who};
use terms::plan::Side;

use crate::room::Room;

/// Somebody whom a comment can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    pub(super) who: Who,
    /// What they are called.
    pub name: String,
    /// Whether they are of the selling side.
    pub owns: bool,
}

/// A part of what a comment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// Words.
    Words(String),
    /// Somebody who is named.
    Person {
        /// What they are called now.
        name: String,
        /// Whether it is this device's person.
        is_me: bool,
    },
}

/// What those who can be named are called now.
pub(super) struct Names<'a> {
    room: &'a Room,
    contacts: BTreeMap<String, (String, bool)>,
    /// What this device's person is called, and whether they are of the selling side.
    me: (String, bool),
}

impl Room {
    /// Whom a comment can name: those who wrote in the room and those on its first page, by name, without this device's person.
    /// Somebody who is both is there once.
    pub fn addressees(&self) -> Vec<Addressee> {
        let names = self.names();
        let mut all: BTreeMap<(String, bool), Addressee> = BTreeMap::new();
        let mut add = |who: Who, name: String, owns: bool| {
            let key = (name.to_lowercase(), owns);
            if !name.is_empty() && !names.is_me(&who, &name, owns) {
                all.entry(key).or_insert(Addressee { who, name, owns });
            }
        };
        let authors: Vec<Author> = self.documents().responses.keys().copied().collect();
        for author in authors {
            add(Who::Author(author), self.name_of_author(&author), self.is_owners(&author));
        }
        for (id, (name, owns)) in &names.contacts {
            add(Who::Contact(id.clone()), name.clone(), *owns);
        }
        all.into_values().collect()
    }

    pub(super) fn names(&self) -> Names<'_> {
        let contacts = self.contacts().into_iter();
        let contacts = contacts.map(|it| (it.id.clone(), (it.called().to_owned(), it.side == Side::Seller)));
        let me = self.author();
        Names {
            room: self,
            contacts: contacts.collect(),
            me: (self.name_of_author(&me), self.is_owners(&me)),
        }
    }

    fn is_owners(&self, author: &Author) -> bool {
        self.documents().right(author) == Some(Right::Own)
    }
}

impl Names<'_> {
    /// Whether somebody is this device's person: by their key, or by the same name on the same side, as on another device.
    fn is_me(&self, who: &Who, name: &str, owns: bool) -> bool {
        let by_key = *who == Who::Author(self.room.author());
        by_key || (!name.is_empty() && owns == self.me.1 && name.to_lowercase() == self.me.0.to_lowercase())
    }

    /// What a comment says, with those whom it names as they are called now.
    pub(super) fn spoken(&self, text: &str, mentions: &[Mention]) -> Vec<Spoken> {
        let mut parts = Vec::new();
        let mut rest = 0;
        for (at, mention) in places(text, mentions, |mention| mention.called.as_str()) {
            let (name, owns) = match &mention.who {
                Who::Author(author) => (self.room.name_of_author(author), self.room.is_owners(author)),
                Who::Contact(id) => self.contacts.get(id).cloned().unwrap_or_default(),
            };
            let name = if name.is_empty() { mention.called.clone() } else { name };
            if at > rest {
                parts.push(Spoken::Words(text[rest..at].to_owned()));
            }
            parts.push(Spoken::Person { is_me: self.is_me(&mention.who, &name, owns), name });
            rest = at + 1 + mention.called.len();
        }
        if rest < text.len() {
            parts.push(Spoken::Words(text[rest..].to_owned()));
        }
        parts
    }
}

/// Those whom a comment names with an `@`. Those whom it named before are meant by the same words as before.
pub(super) fn found(text: &str, addressees: &[Addressee], before: &[Mention]) -> Vec<Mention> {
    let now = addressees.iter().map(|it| Mention { who: it.who.clone(), called: it.name.clone() });
    let all: Vec<Mention> = before.iter().cloned().chain(now).collect();
    let mut found: Vec<Mention> = Vec::new();
    for (_, mention) in places(text, &all, |mention| mention.called.as_str()) {
        if found.len() < limits::MENTIONS_MAX && !found.contains(mention) {
            found.push(mention.clone());
        }
    }
    found
}

/// Where a text names somebody, in bytes, and whom: an `@` that begins a word, and a whole name, of several the longest.
fn places<'a, T>(text: &str, all: &'a [T], called: impl Fn(&T) -> &str) -> Vec<(usize, &'a T)> {
    let mut places: Vec<(usize, &T)> = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices('@') {
        let begins = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let behind = &text[at + 1..];
        let is_here = |one: &&T| {
            let name = called(one);
            let rest = behind.strip_prefix(name).filter(|_| !name.is_empty());
            rest.is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
        };
        // Of two with the same name the first is meant.
        let longest = all.iter().rev().filter(is_here).max_by_key(|one| called(one).len());
        if let Some(one) = longest.filter(|_| begins && at >= end) {
            places.push((at, one));
            end = at + 1 + called(one).len();
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn hits(text: &str, names: &[&str]) -> Vec<(usize, String)> {
        let names = named(names);
        places(text, &names, String::as_str).into_iter().map(|(at, name)| (at, name.clone())).collect()
    }

    #[test]
    fn a_name_is_found_whole_and_the_longest_one_counts() {
        let names = ["Ann", "Ann Lee", "Çağla"];
        assert_eq!(
            hits("@Ann Lee, @Ann: ask @Çağla.", &names),
            [(0, "Ann Lee".into()), (10, "Ann".into()), (20, "Çağla".into())]
        );
        for other in ["Ann", "mail@Ann", "@Anna", "@", "@ Ann", "@ann"] {
            assert_eq!(hits(other, &names), [], "{other}");
        }
    }

    #[test]
    fn whoever_was_named_before_is_still_meant() {
        let addressee = |id: &str| Addressee { who: Who::Contact(id.into()), name: "Ann".into(), owns: true };
        let before = [Mention { who: Who::Contact("old".into()), called: "Ann".into() }];
        let found = found("@Ann and @Ann", &[addressee("new")], &before);
        assert_eq!(found, before);
    }
}
