//! Who else is in the room, as the surfaces show them.

use editor::RemoteCaret;
use model::SectionId;
use session::Person;
use text::Selection;
use ui::Party;

use super::copy;

/// Somebody else who has the room open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Somebody {
    /// Tells them from others while they are here.
    pub(super) id: u64,
    /// What they are called within a sentence.
    pub(super) name: String,
    /// On whose side they stand.
    pub(super) party: Party,
}

impl Somebody {
    /// Those who are here. Whoever has several tabs open is there once, where their caret is.
    pub(super) fn all(people: &[Person]) -> Vec<Self> {
        let mut all: Vec<&Person> = Vec::new();
        for person in people {
            let is_same = |one: &&Person| match (&one.other, &person.other) {
                (Some(one), Some(other)) => one.author == other.author,
                _ => false,
            };
            match all.iter().position(is_same) {
                Some(at) if all[at].caret.is_none() => all[at] = person,
                Some(_) => {}
                None => all.push(person),
            }
        }
        all.into_iter().map(Self::of).collect()
    }

    fn of(person: &Person) -> Self {
        let name = match &person.other {
            None => copy::YOUR_OTHER_TAB.to_owned(),
            Some(other) if other.name.is_empty() => copy::SOMEBODY.to_owned(),
            Some(other) => other.name.clone(),
        };
        Self { id: person.tab, name, party: party(person) }
    }
}

/// Owners of the room sell, and who came by a link buys.
fn party(person: &Person) -> Party {
    match &person.other {
        Some(other) if !other.owns => Party::Buyer,
        _ => Party::Seller,
    }
}

/// The carets that stand in a section's text and in the cells of its tables.
pub(super) fn carets(people: &[Person], section: &SectionId) -> Vec<RemoteCaret> {
    let caret = |person: &Person| {
        let (there, Selection { anchor, head }) = person.caret.as_ref()?;
        let name = match &person.other {
            None => copy::OTHER_TAB.to_owned(),
            Some(_) => Somebody::of(person).name,
        };
        let party = if party(person) == Party::Buyer { "buyer" } else { "seller" }.to_owned();
        (there == section).then(|| RemoteCaret {
            id: person.tab,
            name,
            party,
            anchor: *anchor,
            head: *head,
            cell: person.cell.clone(),
        })
    };
    people.iter().filter_map(caret).collect()
}
