//! Names that are almost others, to be joined where a person says so.

use exchange::sheet::{Alike, Mapping, Near, Sheet, Table, Target, near, near_within};
use terms::book::{Field, Kind};

use super::{Book, Price};

/// Two names that are likely one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What they are names of.
    pub target: Target,
    /// The name that may be joined, as the table has it.
    pub from: String,
    /// In how many rows of the table it stands.
    pub from_count: usize,
    /// The name that it may be joined to.
    pub to: String,
    /// In how many rows of the table that stands; 0 where it is only here.
    pub to_count: usize,
    /// How they are alike.
    pub how: Alike,
}

pub(super) fn offers(book: &Book, sheet: &Sheet, mapping: &Mapping, prices: &[Price]) -> Vec<Offer> {
    const TARGETS: [Target; 7] = [
        Target::Product,
        Target::Account,
        Target::Parent,
        Target::Owner,
        Target::Industry,
        Target::Segment,
        Target::Region,
    ];
    let mut offers = Vec::new();
    let names = (mapping.table == Table::Accounts).then_some(Target::Name);
    for target in TARGETS.into_iter().chain(names) {
        let Some(column) = mapping.column(target) else { continue };
        let listed = sheet.distinct(column);
        let texts: Vec<&str> = listed.iter().map(|(name, _)| *name).collect();
        let known = known(book, target, prices);
        let here: Vec<&str> = known.iter().map(String::as_str).collect();
        let are_companies = matches!(target, Target::Account | Target::Parent | Target::Name);
        let count = |name: &str| listed.iter().find(|(it, _)| *it == name).map_or(0, |(_, count)| *count);
        let first = offers.len();
        let mut offer = |near: &Near, to: &[&str]| {
            for pair in &near.pairs {
                let (Some((from, from_count)), Some(to)) = (listed.get(pair.from), to.get(pair.to)) else {
                    continue;
                };
                let is_one_anyway = are_companies && pair.how == Alike::Form;
                let is_offered = |it: &Offer| it.from == *from || (it.from == *to && it.to == *from);
                if is_one_anyway
                    || offers.get(first..).is_some_and(|all: &[Offer]| all.iter().any(is_offered))
                {
                    continue;
                }
                offers.push(Offer {
                    target,
                    from: (*from).to_owned(),
                    from_count: *from_count,
                    to: (*to).to_owned(),
                    to_count: count(to),
                    how: pair.how,
                });
            }
        };
        offer(&near(&texts, &here, are_companies), &here);
        // The rows of a table of accounts are accounts: each is one of its own.
        if target != Target::Name {
            offer(&near_within(&listed, are_companies), &texts);
        }
    }
    offers
}

/// The names that the book, or the list of products, has for this; each once.
fn known(book: &Book, target: Target, prices: &[Price]) -> Vec<String> {
    let (kinds, field): (&[Kind], Field) = match target {
        Target::Product => return prices.iter().map(|price| price.name.clone()).collect(),
        Target::Account | Target::Parent | Target::Name => (&[Kind::Account], Field::Name),
        Target::Owner => (&Kind::ALL, Field::Owner),
        Target::Industry => (&[Kind::Account, Kind::Deal], Field::Industry),
        Target::Segment => (&[Kind::Account, Kind::Deal], Field::Segment),
        _ => (&[Kind::Account, Kind::Deal], Field::Region),
    };
    let mut names: Vec<String> = Vec::new();
    for kind in kinds {
        names.extend(book.records(*kind).values().map(|record| record.text(field).to_owned()));
    }
    stdx::sort(&mut names);
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}
