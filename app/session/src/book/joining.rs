//! From the rows of a table to what the book takes in: which record each row is, what its words mean here, and how much of it is new.
//!
//! Rows come checked ([`exchange::sheet::check`]), and whatever a person had to decide is in [`Joining`]. Nothing is written here.
//!
//! What a deal closed with is not kept: of a lost deal systems say 0, and of a won one it is not what the deal was worth while it was
//! open. How likely a system thinks a deal is, is not what its owner thinks ([`Field::Call`]), and is not kept either.

mod known;
mod names;
mod products;
mod rows;

use exchange::sheet::{self, Mapping, Stage, Table, Target};
use terms::{
    book::{Field, Kind, Place},
    price::{Currency, Decimal},
    process::{Process, Step},
};

use super::{Book, Import};

pub(super) use known::account_of;
pub use names::Offer;
pub use products::NewProducts;

/// What a person decided about a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// What the rows are.
    pub table: Table,
    /// What they came from, such as the name of a file.
    pub source: String,
    /// The process that deals go through, by its name among processes.
    pub process: String,
    /// Where a deal is whose row has these words for its stage.
    pub stages: Vec<(String, Place)>,
    /// Names that are taken for others.
    pub joined: Vec<Join>,
    /// What the team sells, for deals without an amount.
    pub prices: Vec<Price>,
    /// Why a deal was lost of which the table does not say it.
    pub no_reason: String,
}

/// A name that is taken for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// What it is a name of.
    pub target: Target,
    /// As it is written.
    pub from: String,
    /// What it is taken for.
    pub to: String,
}

/// What the list says that something costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// What one gets.
    pub name: String,
    /// What one costs.
    pub price: Decimal,
    /// What that is in.
    pub currency: Currency,
}

/// How many records of a kind a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// How many the book does not have.
    pub new: usize,
    /// How many it has otherwise.
    pub changed: usize,
    /// How many it has just so.
    pub same: usize,
}

/// Why a row cannot be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// What it says of this is too long, or no number that the book keeps.
    Field(Field),
    /// An earlier row has the same names.
    SameNames {
        /// The line of that row.
        line: u32,
    },
    /// It tells of a deal that the book does not have.
    NoSuchDeal,
    /// Its words for a stage have no place.
    NoPlace,
}

/// A row that stays out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file it begins in.
    pub line: u32,
    /// Why.
    pub why: Unfit,
}

/// What a table comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Joined {
    /// What is to be taken in.
    pub import: Import,
    /// How many records of each kind, in the order of [`Kind::ALL`].
    pub counts: [Count; 3],
    /// What stays out.
    pub refused: Vec<Refused>,
    /// How many deals have an amount from the list of products.
    pub priced: usize,
}

impl Joined {
    /// How many records of this kind there are.
    pub fn count(&self, kind: Kind) -> Count {
        self.counts[kind as usize]
    }
}

impl Book {
    /// What the rows of a table would change here.
    pub fn join(&self, rows: &[sheet::Row], joining: &Joining) -> Joined {
        rows::Rows::new(self, joining).join(rows)
    }

    /// Names in a table that are almost others: of the book, of the list of products, or of the table itself. Accounts that differ in
    /// what a company is by law, in case or in spaces are one in any case and not offered.
    pub fn offers(&self, sheet: &sheet::Sheet, mapping: &Mapping, prices: &[Price]) -> Vec<Offer> {
        names::offers(self, sheet, mapping, prices)
    }
}

/// The column whose words say where a deal is.
pub fn stage_column(mapping: &Mapping) -> Option<usize> {
    mapping.column(Target::Step).or_else(|| mapping.column(Target::Outcome))
}

/// Where deals in these stages likely are in a process: at the step of that name, or as the words say. Open stages that have no step of
/// their name come to the first steps, in the order in which deals usually come to them.
pub fn preset(process: &Process, stages: &[Stage]) -> Vec<Option<Place>> {
    let steps: Vec<&Step> = process.live().collect();
    let order = open_ones(stages);
    let place = |at: usize, stage: &Stage| {
        let form = sheet::letters(&stage.words);
        if let Some(step) = steps.iter().find(|step| sheet::letters(&step.name) == form) {
            return Some(Place::Step(step.id.clone()));
        }
        match stage.place? {
            sheet::Place::Won => Some(Place::Won),
            sheet::Place::Lost => Some(Place::Lost),
            sheet::Place::NoDecision => Some(Place::NoDecision),
            sheet::Place::Open => {
                let nth = order.iter().position(|it| *it == at)?.min(steps.len().checked_sub(1)?);
                steps.get(nth).map(|step| Place::Step(step.id.clone()))
            }
        }
    };
    stages.iter().enumerate().map(|(at, stage)| place(at, stage)).collect()
}

/// A process of this name that has the open stages of a table as its steps, in the order in which deals usually come to them.
pub fn process_of_stages(name: &str, stages: &[Stage]) -> Process {
    let named = |(nth, at): (usize, usize)| {
        let name = stages.get(at).map(|stage| stage.words.clone()).unwrap_or_default();
        Step { id: format!("t-{}", nth + 1), name, ..Step::default() }
    };
    let steps = open_ones(stages).into_iter().enumerate().map(named).collect();
    Process { name: name.to_owned(), steps, ..Process::default() }
}

/// The places of stages that are not over, in the order in which deals usually come to them.
fn open_ones(stages: &[Stage]) -> Vec<usize> {
    let is_open = |at: &usize| matches!(stages[*at].place, None | Some(sheet::Place::Open));
    let mut order: Vec<usize> = (0..stages.len()).filter(is_open).collect();
    stdx::sort_by_key(&mut order, |at| sheet::early(&stages[*at].words));
    order
}
