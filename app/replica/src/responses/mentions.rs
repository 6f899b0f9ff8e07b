//! Whom comments name: by what identifies somebody, so that whoever is called otherwise later is still meant.

use std::sync::Arc;

use model::{Author, limits};
use yrs::Any;

use super::words::{Fields, short};

/// Somebody whom a comment can name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Whoever writes with this key.
    Author(Author),
    /// One of the people on the first page, by the name among them.
    Contact(String),
}

/// Somebody who is named in a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Who.
    pub who: Who,
    /// What stands behind the `@` in the comment's words: what they were called then.
    pub called: String,
}

/// Written only where there are any.
pub(super) fn write(fields: &mut Fields, mentions: &[Mention]) {
    let value = |mention: &Mention| {
        let (kind, name) = match &mention.who {
            Who::Author(author) => ("author", author.to_string()),
            Who::Contact(name) => ("contact", name.clone()),
        };
        let pairs = [(kind, name), ("called", mention.called.clone())];
        Any::Map(Arc::new(pairs.map(|(name, value)| (name.to_owned(), Any::from(value))).into()))
    };
    if !mentions.is_empty() {
        let all: Vec<Any> = mentions.iter().take(limits::MENTIONS_MAX).map(value).collect();
        fields.insert("mentions".to_owned(), Any::from(all));
    }
}

/// What is not understood is passed over.
pub(super) fn read(fields: &Fields) -> Vec<Mention> {
    let Some(Any::Array(all)) = fields.get("mentions") else { return Vec::new() };
    let read = |value: &Any| {
        let Any::Map(fields) = value else { return None };
        let author = || Author::parse(&short(fields, "author", limits::TITLE_MAX)?).map(Who::Author);
        let contact = || short(fields, "contact", limits::TITLE_MAX).map(Who::Contact);
        let called = short(fields, "called", limits::NAME_MAX).filter(|called| !called.is_empty())?;
        Some(Mention { who: author().or_else(contact)?, called })
    };
    all.iter().take(limits::MENTIONS_MAX).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_come_back_and_hostile_ones_are_passed_over() {
        let both = [
            Mention { who: Who::Author(Author([7; 32])), called: "Ines".into() },
            Mention { who: Who::Contact("c1".into()), called: "Legal reviewer".into() },
        ];
        let mut fields = Fields::new();
        write(&mut fields, &both);
        assert_eq!(read(&fields), both);
        write(&mut fields, &vec![both[1].clone(); 5_000]);
        assert_eq!(read(&fields).len(), limits::MENTIONS_MAX);
        let map = |pairs: &[(&str, &str)]| {
            let fields: Fields =
                pairs.iter().map(|(name, value)| ((*name).into(), Any::from(*value))).collect();
            Any::Map(Arc::new(fields))
        };
        let odd = vec![
            Any::from("Ines"),
            map(&[("author", "not a key"), ("called", "x")]),
            map(&[("contact", "c"), ("called", "")]),
            map(&[("called", "x")]),
            map(&[("contact", &"c".repeat(9_000)), ("called", &"n".repeat(9_000))]),
        ];
        fields.insert("mentions".into(), Any::from(odd));
        let long = Mention {
            who: Who::Contact("c".repeat(limits::TITLE_MAX)),
            called: "n".repeat(limits::NAME_MAX),
        };
        assert_eq!(read(&fields), [long]);
        fields.insert("mentions".into(), Any::from(7));
        assert_eq!(read(&fields), []);
    }
}
