//! The team's book: deals, accounts and contacts as values.
//!
//! A [`Record`] is what somebody reads of one of them; its fields are those of one catalogue ([`Field`]), which forms, columns,
//! imports, filters and rules share. What is kept of a record is [`Cell`]s by their keys; what this program does not understand of
//! them stays where it is, and is in no record. How deals go through steps is in [`crate::process`].

mod cell;
mod field;
mod history;
mod money;
mod qualify;
mod record;
mod value;

pub(crate) use cell::placed;
pub use cell::{Cell, Cells, Change, Shelf, cell_of};
pub use field::{Field, Holds};
pub use history::{Move, Place, Visit};
pub use money::{Rate, Rates, Sums};
pub use qualify::{Letter, Proof, SCORE_MAX, Score};
pub use record::{Did, DidKind, GONE, Record, Seen, Used};
pub use value::{Involved, Value};

/// The longest short text, in characters.
pub const TEXT_MAX: usize = 2_000;
/// The longest text of several lines, in characters.
pub const LONG_MAX: usize = 50_000;
/// The most items of a list.
pub const LIST_MAX: usize = 500;
/// The highest influence of a contact.
pub const INFLUENCE_MAX: i64 = 3;

/// What a record is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something that may be sold to an account.
    Deal,
    /// A company that buys, or may.
    Account,
    /// Somebody there.
    Contact,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Deal, Self::Account, Self::Contact];

    /// Where records of this kind are kept.
    pub fn shelf(self) -> Shelf {
        match self {
            Self::Deal => Shelf::Deals,
            Self::Account => Shelf::Accounts,
            Self::Contact => Shelf::Contacts,
        }
    }
}

/// Why something is not written in the book. Nothing of it is then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Records of this kind have no such field.
    NoSuchField(Field),
    /// The field holds values of another sort.
    OtherValue(Field),
    /// A text is longer than [`TEXT_MAX`] or [`LONG_MAX`].
    TooLong(Field),
    /// A list has more than [`LIST_MAX`] items.
    TooMany(Field),
    /// A number is not within what the field allows.
    OutOfBounds(Field),
    /// A deal is lost for a reason, and none was given.
    NoReason,
    /// A score above 0 rests on something, and nothing was given.
    NoProof,
    /// A score is above [`SCORE_MAX`].
    Score,
    /// The record is not there, or was removed.
    NoSuchRecord,
    /// The deal's process has no such step, or it was retired.
    NoSuchStep,
    /// Two steps, activities or pieces of evidence of a process have one name, or a name has other signs than letters, digits and `-`.
    BadName,
    /// A nugget is called nothing.
    NuggetUntitled,
    /// A text of a nugget is too long, or it has too many tags.
    NuggetTooLong,
    /// The nugget is not there, or was removed.
    NoSuchNugget,
}
