//! The team's book: its deals, accounts and contacts, and how it sells.
//!
//! It is kept in the workspace of the team's room, so saving, tabs, roads and links for colleagues are those of any room. What
//! somebody reads is a projection of its leaves, kept up to date record by record: a change reads again what it touched, nothing else.

mod approvals;
pub(crate) mod gate;
mod imports;
mod interview;
mod joining;
mod leaving;
mod library;
mod proposing;
mod questions;
mod reading;
mod rules;
mod steps;
mod undo;
mod writing;

use std::{
    cell::{Ref, RefCell},
    rc::{Rc, Weak},
};

use model::{Right, RoomId};
use reactive_graph::{signal::ArcRwSignal, traits::Update as _};
use terms::{
    book::{Kind, Rates},
    nugget::Nugget,
    process::Process,
    question::Question,
    roi::Calculator,
};

use crate::{Problem, Room, Rooms, Saved};

pub use approvals::{Asked, Roles};
pub use imports::{Import, Imported, PastImport, Row};
pub use joining::{
    Count, Join, Joined, Joining, NewProducts, Offer, Price, Refused, Unfit, preset, process_of_stages,
    stage_column,
};
pub use leaving::Columns;
pub use library::Taken;
pub use reading::Records;
pub use undo::Undone;
pub use writing::Draft;

/// The team's book, open. Clones are the same book; what was undone and can be done again lasts as long as one of them.
#[derive(Clone)]
pub struct Book(Rc<Open>);

/// A book that closes when nobody else holds it.
#[derive(Default)]
pub(crate) struct WeakBook(Weak<Open>);

impl WeakBook {
    pub(crate) fn upgrade(&self) -> Option<Book> {
        self.0.upgrade().map(Book)
    }
}

struct Open {
    rooms: Rooms,
    /// The team's room.
    team: Room,
    /// Its workspace, where the leaves are.
    inside: Room,
    read: RefCell<reading::Read>,
    changed: ArcRwSignal<u64>,
    past: undo::Past,
}

impl Rooms {
    /// The book of a team of this device, begun if there was none.
    ///
    /// # Errors
    /// [`Problem::NoSuchRoom`] where this is no team's room, [`Problem::NoRight`] where this device is not of the team, and what the
    /// store says.
    pub async fn book(&self, team: RoomId) -> Result<Book, Problem> {
        let room = self.open(team).await?;
        if !room.is_teams() {
            return Err(Problem::NoSuchRoom);
        }
        let inside = room.begin_workspace().await?;
        if let Some(book) = inside.book_in().borrow().upgrade() {
            return Ok(book);
        }
        let (read, changed, past) = (RefCell::default(), ArcRwSignal::new(0), undo::Past::default());
        let (rooms, team, inside_of) = (self.clone(), room, inside.clone());
        let book = Book(Rc::new(Open { rooms, team, inside: inside_of, read, changed, past }));
        *inside.book_in().borrow_mut() = WeakBook(Rc::downgrade(&book.0));
        book.follow(true);
        Ok(book)
    }
}

impl Book {
    /// Counts how often something of the book changed, here or elsewhere: track it to look again.
    pub fn changed(&self) -> ArcRwSignal<u64> {
        self.0.changed.clone()
    }

    /// The room of the team whose book it is.
    pub fn team(&self) -> &Room {
        &self.0.team
    }

    /// Whether all is stored, as it changes.
    pub fn saved(&self) -> ArcRwSignal<Saved> {
        self.0.team.saved()
    }

    /// Whether this device may write in it now.
    pub fn may_write(&self) -> bool {
        self.0.inside.right() == Some(Right::Own)
    }

    /// The records of a kind, by their names, without those that were removed. Let go of them before anything is written.
    pub fn records(&self, kind: Kind) -> Ref<'_, Records> {
        Ref::map(self.0.read.borrow(), |read| read.records(kind))
    }

    /// The deals, as [`Book::records`].
    pub fn deals(&self) -> Ref<'_, Records> {
        self.records(Kind::Deal)
    }

    /// The accounts, as [`Book::records`].
    pub fn accounts(&self) -> Ref<'_, Records> {
        self.records(Kind::Account)
    }

    /// The contacts, as [`Book::records`].
    pub fn contacts(&self) -> Ref<'_, Records> {
        self.records(Kind::Contact)
    }

    /// The processes, in the order of their names among processes. Let go of them before anything is written.
    pub fn processes(&self) -> Ref<'_, [Process]> {
        Ref::map(self.0.read.borrow(), |read| read.processes.as_slice())
    }

    /// The library, in the order of the nuggets' names among them. Let go of it before anything is written.
    pub fn nuggets(&self) -> Ref<'_, [Nugget]> {
        Ref::map(self.0.read.borrow(), |read| read.nuggets.as_slice())
    }

    /// What the team asks its buyers, in the team's order. Let go of it before anything is written.
    pub fn questions(&self) -> Ref<'_, [Question]> {
        Ref::map(self.0.read.borrow(), |read| read.questions.as_slice())
    }

    /// The calculators, in the order of their names among them. Let go of them before anything is written.
    pub fn calculators(&self) -> Ref<'_, [Calculator]> {
        Ref::map(self.0.read.borrow(), |read| read.calculators.as_slice())
    }

    /// The team's currency, and what others are worth in it.
    pub fn rates(&self) -> Rates {
        self.0.read.borrow().rates.clone()
    }

    /// Waits until everything is stored.
    ///
    /// # Errors
    /// What the store says.
    pub async fn flush(&self) -> Result<(), Problem> {
        self.0.inside.flush().await
    }

    /// Reads what changed, or all of it anew.
    pub(crate) fn follow(&self, anew: bool) {
        let (founder, held_back) = (self.founder(), self.holds_price_back());
        let touched = {
            let mut documents = self.0.inside.documents_mut();
            documents.approvals.founded_by(founder);
            self.0.read.borrow_mut().follow(&mut documents, anew)
        };
        if touched {
            self.0.changed.update(|count| *count += 1);
        }
        if self.holds_price_back() != held_back {
            self.0.rooms.all_open().iter().for_each(Room::learn_rules_later);
        }
    }

    /// What this device's person is called in the team's room; empty where they have not said.
    fn own_name(&self) -> String {
        self.0.team.name_of_author(&self.0.team.author())
    }

    /// A name for something new.
    fn new_name(&self) -> String {
        model::hex(&self.0.inside.ports().random::<8>())
    }

    /// The time now, or just after `last` where a clock that is behind would put before it what comes after it.
    fn after(&self, last: Option<u64>) -> u64 {
        self.0.inside.now().max(last.map_or(0, |last| last.saturating_add(1)))
    }

    fn may(&self) -> Result<(), Problem> {
        self.0.inside.may(Right::Own)
    }
}
