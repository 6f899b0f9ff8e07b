//! Who else is in the room, as the surfaces show them.

use editor::RemoteCaret;
use model::SectionId;
use session::Person;
use text::Selection;

use super::copy;

/// Somebody else who has the room open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Somebody {
    /// Tells them from others while they are here.
    pub(super) id: u64,
    /// What they are called within a sentence.
    pub(super) name: String,
}

impl Somebody {
    pub(super) fn of(person: &Person) -> Self {
        Self { id: person.tab, name: copy::YOUR_OTHER_TAB.to_owned() }
    }
}

/// The carets that stand in a section's text and in the cells of its tables.
pub(super) fn carets(people: &[Person], section: &SectionId) -> Vec<RemoteCaret> {
    let caret = |person: &Person| {
        let (there, Selection { anchor, head }) = person.caret.as_ref()?;
        let (name, party) = (copy::OTHER_TAB.to_owned(), "seller".to_owned());
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
