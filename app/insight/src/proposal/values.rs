//! What variables stand for in a proposal.

use std::collections::BTreeMap;

use terms::{
    book::{Field, Record, Value},
    question::Interview,
};

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The words.
    pub value: String,
    /// Where they are from.
    pub from: Source,
}

/// Where a value is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An answer to the question of this name.
    Answer(String),
    /// The deal.
    Deal,
    /// The account.
    Account,
    /// The contact that the proposal is for.
    Contact,
    /// Somebody wrote it into the draft.
    Hand,
}

/// What a buyer may read of the team's book. Notes, plans, ratings, discounts and competitors are not in it.
const OPEN: [(&str, Source, Field); 11] = [
    ("account.name", Source::Account, Field::Name),
    ("account.industry", Source::Account, Field::Industry),
    ("account.region", Source::Account, Field::Region),
    ("account.website", Source::Account, Field::Website),
    ("account.employees", Source::Account, Field::Employees),
    ("contact.name", Source::Contact, Field::Name),
    ("contact.role", Source::Contact, Field::Role),
    ("deal.name", Source::Deal, Field::Name),
    ("deal.application", Source::Deal, Field::Application),
    ("product.name", Source::Deal, Field::Products),
    ("seller.name", Source::Deal, Field::Owner),
];

/// What is known for variables, by their names. An answer goes before what the book says.
pub(super) fn of(
    deal: &Record,
    account: Option<&Record>,
    contact: Option<&Record>,
    interview: &Interview,
) -> BTreeMap<String, Filled> {
    let mut values = BTreeMap::new();
    for (name, from, field) in OPEN {
        let record = match from {
            Source::Account => account,
            Source::Contact => contact,
            _ => Some(deal),
        };
        if let Some(value) = record.and_then(|it| it.get(field)).and_then(words) {
            values.insert(name.to_owned(), Filled { value, from });
        }
    }
    for given in interview.variables() {
        values.insert(given.name, Filled { value: given.value, from: Source::Answer(given.question) });
    }
    values
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::List(texts) => Some(texts.join(", ")),
        Value::Currency(_) | Value::Day(_) | Value::Contacts(_) => None,
    }
}
