//! The records that the book has, by what rows call them.

use std::collections::BTreeMap;

use exchange::sheet::{company, letters};
use terms::book::{Field, Kind, Record};

use crate::{Book, Records};

/// Names of records by keys, which are one of [`by_id`], [`by_mail`] and [`by_names`].
pub(super) struct Known(BTreeMap<String, String>);

/// The key of what another system calls a record. One that came from no other system is called by its name in the book, as the tables
/// are that the program writes.
pub(super) fn by_id(kind: Kind, id: &str) -> String {
    format!("{}/id/{id}", kind as u8)
}

/// The key of a contact's address.
pub(super) fn by_mail(mail: &str) -> String {
    format!("mail/{}", mail.trim().to_lowercase())
}

/// The key of a record's name, and of its account's where it has one. Companies are the same whatever they are by law.
pub(super) fn by_names(kind: Kind, name: &str, account: &str) -> String {
    let name = if kind == Kind::Account { company(name) } else { letters(name) };
    format!("{}/name/{name}/{}", kind as u8, company(account))
}

impl Known {
    pub(super) fn of(book: &Book) -> Self {
        let mut known = BTreeMap::new();
        let accounts = book.accounts();
        for kind in Kind::ALL {
            for record in book.records(kind).values() {
                let external = record.text(Field::External);
                let id = if external.is_empty() { &record.id } else { external };
                let mut keys = vec![by_id(kind, id)];
                if !record.text(Field::Mail).is_empty() {
                    keys.push(by_mail(record.text(Field::Mail)));
                }
                if !record.text(Field::Name).is_empty() {
                    keys.push(by_names(kind, record.text(Field::Name), account_of(record, &accounts)));
                }
                for key in keys {
                    known.entry(key).or_insert_with(|| record.id.clone());
                }
            }
        }
        Self(known)
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}

/// What the account is called that a record names.
pub(in crate::book) fn account_of<'a>(record: &Record, accounts: &'a Records) -> &'a str {
    if record.kind == Kind::Account {
        return "";
    }
    accounts.get(record.text(Field::Account)).map(|it| it.text(Field::Name)).unwrap_or_default()
}
