//! Which deals a pipeline shows, and in what order.

use std::cmp::Ordering;

use terms::{
    book::{Field, Place, Rates, Record},
    plan::Day,
    price::Money,
    process::{Position, Process},
};

#[cfg(test)]
mod tests;

/// Which side is further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The buyer has not done what the seller's step takes for granted.
    BuyerBehind,
    /// Both are in the same step.
    InStep,
    /// The buyer is further than the seller.
    BuyerAhead,
}

impl Gap {
    /// What a position comes to.
    pub fn of(position: &Position) -> Self {
        match position.gap().cmp(&0) {
            Ordering::Greater => Self::BuyerBehind,
            Ordering::Equal => Self::InStep,
            Ordering::Less => Self::BuyerAhead,
        }
    }
}

/// Which deals are shown. The default is all that are open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The process they go through; all where none is named.
    pub process: Option<String>,
    /// Words that stand in its name, its account, its owner, its products, or what is next; each of them, in any order, in small or
    /// capital letters.
    pub words: String,
    /// Whose they are.
    pub owner: Option<String>,
    /// They are expected to close by this day.
    pub close_by: Option<Day>,
    /// How the sides stand.
    pub gap: Option<Gap>,
    /// Those that are closed, in place of those that are open.
    pub closed: bool,
}

/// By what deals are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Column {
    /// What they are called.
    Name,
    /// Whom they are with.
    Account,
    /// Whose they are.
    Owner,
    /// What they are worth, in the team's currency.
    #[default]
    Amount,
    /// How far they are: by steps, then won, lost, without a decision.
    Step,
    /// How far the buyer is from the seller.
    Gap,
    /// When they are expected to close.
    Close,
    /// By when something is to be done.
    Next,
    /// When they came to where they are.
    Since,
}

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// Whether the largest stands first. What is not known stands last either way.
    pub down: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: Column::Amount, down: true }
    }
}

/// A deal as a pipeline shows it.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The deal.
    pub deal: &'a Record,
    /// Where both sides are; none where it is closed, or at no step of its process.
    pub position: Option<Position>,
    /// What it is worth in the team's currency; none without an amount or a rate.
    pub worth: Option<Money>,
}

/// What the book has beside the deals.
pub struct Beside<'a> {
    /// What accounts are called, by their names among accounts; empty where there is none.
    pub account: &'a dyn Fn(&str) -> &'a str,
    /// The processes.
    pub processes: &'a [Process],
    /// What currencies are worth.
    pub rates: &'a Rates,
    /// The day by whose rates amounts are compared.
    pub today: Day,
}

/// The deals that are shown, in order; those that are equal stand by their names.
pub fn rows<'a>(
    deals: impl Iterator<Item = &'a Record>,
    beside: &Beside<'a>,
    filter: &Filter,
    sort: Sort,
) -> Vec<Row<'a>> {
    let words: Vec<String> = filter.words.split_whitespace().map(str::to_lowercase).collect();
    let mut rows: Vec<(Key<'a>, Row<'a>)> = Vec::new();
    for deal in deals.filter(|deal| passes(deal, filter) && has_words(deal, beside, &words)) {
        let row = row(deal, beside);
        if filter.gap.is_none_or(|gap| row.position.as_ref().map(Gap::of) == Some(gap)) {
            rows.push((key(&row, beside, sort.by), row));
        }
    }
    stdx::sort_by(&mut rows, |(one, first), (other, second)| {
        let order = match (one, other) {
            (Key::None, Key::None) => Ordering::Equal,
            (Key::None, _) => Ordering::Greater,
            (_, Key::None) => Ordering::Less,
            _ if sort.down => other.cmp(one),
            _ => one.cmp(other),
        };
        let name = |row: &Row<'a>| (row.deal.text(Field::Name), row.deal.id.as_str());
        order.then_with(|| name(first).cmp(&name(second)))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A deal with where both sides are, and what it is worth.
pub fn row<'a>(deal: &'a Record, beside: &Beside<'a>) -> Row<'a> {
    let process = process_of(deal, beside.processes);
    let currency = deal.currency().unwrap_or(beside.rates.own);
    let worth = |amount| beside.rates.in_own(amount, currency, beside.today);
    Row {
        deal,
        position: process.and_then(|process| process.position(deal)),
        worth: deal.number(Field::Amount).and_then(worth),
    }
}

/// The process that a deal goes through.
pub fn process_of<'a>(deal: &Record, processes: &'a [Process]) -> Option<&'a Process> {
    let id = deal.text(Field::Process);
    processes.iter().find(|process| process.id == id)
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Words(String),
    Text(&'a str),
    Number(i128),
    Day(Day),
    None,
}

fn key<'a>(row: &Row<'a>, beside: &Beside<'a>, by: Column) -> Key<'a> {
    let deal = row.deal;
    let text = |text: &'a str| if text.is_empty() { Key::None } else { Key::Text(text) };
    let day = |field| deal.day(field).map_or(Key::None, Key::Day);
    match by {
        // As people look for names: small and capital letters are the same.
        Column::Name => Key::Words(deal.text(Field::Name).to_lowercase()),
        Column::Account => match (beside.account)(deal.text(Field::Account)) {
            "" => Key::None,
            name => Key::Words(name.to_lowercase()),
        },
        Column::Owner => text(deal.text(Field::Owner)),
        Column::Amount => row.worth.map_or(Key::None, |worth| Key::Number(worth.0)),
        Column::Step => step_of(deal, beside.processes).map_or(Key::None, Key::Number),
        Column::Gap => row.position.map_or(Key::None, |at| Key::Number(at.gap().into())),
        Column::Close => day(Field::Close),
        Column::Next => day(Field::NextDay),
        Column::Since => deal.moves.last().map_or(Key::None, |it| Key::Number(it.at.into())),
    }
}

/// How far a deal is: by steps, then closed ones.
fn step_of(deal: &Record, processes: &[Process]) -> Option<i128> {
    const CLOSED: i128 = 1_000_000;
    Some(match deal.place()? {
        Place::Step(id) => {
            let at = process_of(deal, processes)?.steps.iter().position(|step| step.id == *id)?;
            at as i128
        }
        Place::Won => CLOSED,
        Place::Lost => CLOSED + 1,
        Place::NoDecision => CLOSED + 2,
    })
}

fn passes(deal: &Record, filter: &Filter) -> bool {
    deal.is_open() != filter.closed
        && filter.process.as_ref().is_none_or(|process| deal.text(Field::Process) == process)
        && filter.owner.as_ref().is_none_or(|owner| deal.text(Field::Owner) == owner)
        && filter.close_by.is_none_or(|by| deal.day(Field::Close).is_some_and(|close| close <= by))
}

fn has_words(deal: &Record, beside: &Beside<'_>, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let texts = [
        deal.text(Field::Name),
        (beside.account)(deal.text(Field::Account)),
        deal.text(Field::Owner),
        deal.text(Field::NextStep),
        deal.text(Field::External),
    ];
    let texts = texts.into_iter().chain(deal.list(Field::Products).iter().map(String::as_str));
    let all: Vec<String> = texts.filter(|text| !text.is_empty()).map(str::to_lowercase).collect();
    words.iter().all(|word| all.iter().any(|text| text.contains(word.as_str())))
}
