//! The price in a room: what the owner's side asks, what was chosen of it, and what both come to.

use std::collections::BTreeMap;

use model::{Right, limits};
use replica::{Choice, Responses, Word};
use stdx::Gather as _;
use terms::price::{Choices, Decimal, Fault, LINES_MAX, Line, MONTHS_MAX, PriceList};

use super::{Room, bounded};
use crate::Problem;

/// The price as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Price {
    /// The lines and what holds for all of them.
    pub list: PriceList,
    /// What was chosen of them.
    pub choices: Choices,
    /// What was chosen last, of what still can be.
    pub last: Option<Chosen>,
}

/// Something that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What.
    pub choice: Choice,
    /// Whether it was this device's person.
    pub is_own: bool,
    /// What its author is called; empty where nobody has said.
    pub name: String,
    /// When, by its author's clock, in milliseconds since 1970.
    pub time: u64,
}

/// Lines that were deleted, for [`Room::restore_lines`].
#[derive(Debug, Clone)]
pub struct DeletedLines {
    places: Vec<(String, String)>,
    /// The same as they were, each with its place among the others.
    lines: Vec<(usize, Line)>,
}

impl Room {
    /// The price as it stands now. Track [`Room::offer_changed`] and [`Room::responses_changed`] to look at it again.
    pub fn price(&self) -> Price {
        let list = self.documents().offer.price();
        self.priced(list)
    }

    /// A price with what was chosen of it.
    pub(super) fn priced(&self, list: PriceList) -> Price {
        let mut price = Price { list, ..Price::default() };
        let chosen: Vec<_> = self.last_words(Responses::choices, |_| true).into_values().collect();
        let offered = chosen.iter().filter(|(_, word)| offers(&price.list, &word.says));
        price.last = offered.max_by_key(|(author, word)| (word.turn, *author)).map(|(author, word)| {
            let (is_own, name) = (*author == self.author(), self.name_of_author(author));
            Chosen { choice: word.says.clone(), is_own, name, time: word.at }
        });
        for (_, word) in chosen {
            match word.says {
                Choice::Include { line, is_in } => drop(price.choices.included.insert(line, is_in)),
                Choice::Quantity { line, quantity } => drop(price.choices.quantities.insert(line, quantity)),
                Choice::Package { group, name } => drop(price.choices.packages.insert(group, name)),
            }
        }
        price
    }

    /// Chooses something, for everybody in the room. What the price does not offer is refused.
    pub fn choose(&self, choice: &Choice) -> Result<(), Problem> {
        self.may(Right::Comment)?;
        if !offers(&self.documents().offer.price(), choice) {
            return Err(Problem::Price(Fault::Bounds));
        }
        // Of all choices, so that people see who chose last.
        let seen = self.last_words(Responses::choices, |_| true).into_values().map(|(_, word)| word.turn);
        let turn = seen.max().unwrap_or_default().saturating_add(1);
        let word = Word { says: choice.clone(), turn, at: self.now() };
        self.respond(|responses| responses.choose(&word))
    }

    /// Changes what holds for all lines. The lines of `to` mean nothing. Like all that follows, it changes the draft of the
    /// price where there is one or [`Room::price_waits`], and the room's price else.
    pub fn set_price(&self, to: &PriceList) -> Result<(), Problem> {
        to.discount.check().map_err(Problem::Price)?;
        let from = self.written_price();
        if from.currency != to.currency && !from.lines.is_empty() {
            return Err(Problem::Price(Fault::CurrencyLocked));
        }
        if !(1..=MONTHS_MAX).contains(&to.months) {
            return Err(Problem::Price(Fault::Bounds));
        }
        if *to == (PriceList { lines: to.lines.clone(), ..from.clone() }) {
            return self.may(Right::Own);
        }
        self.change_price(|offer| offer.set_price(&from, to))
    }

    /// Adds lines at place `at` of the list; past its end is at its end. Answers their names, whatever they had before.
    pub fn add_lines(&self, lines: &[Line], at: usize) -> Result<Vec<String>, Problem> {
        self.may(Right::Own)?;
        let list = self.written_price();
        if list.lines.len() + lines.len() > LINES_MAX {
            return Err(Problem::Price(Fault::TooMany));
        }
        let mut named = Vec::with_capacity(lines.len());
        for line in lines {
            line.check().map_err(Problem::Price)?;
            let id = u64::from_be_bytes(self.ports().random());
            named.push(Line { id: format!("{id:016x}"), ..trimmed(line) });
        }
        self.change_price(|offer| offer.insert_lines(&named, at))?;
        Ok(named.into_iter().map(|line| line.id).collect())
    }

    /// Changes a line where it differs from what it is.
    pub fn set_line(&self, to: &Line) -> Result<(), Problem> {
        self.set_lines(std::slice::from_ref(to))
    }

    /// Changes lines where they differ from what they are; all of them, or none where one makes no sense.
    pub fn set_lines(&self, lines: &[Line]) -> Result<(), Problem> {
        lines.iter().try_for_each(Line::check).map_err(Problem::Price)?;
        let list = self.written_price();
        let before: BTreeMap<&str, &Line> = list.lines.iter().map(|line| (line.id.as_str(), line)).gather();
        let other =
            |to: Line| before.get(to.id.as_str()).map(|from| (*from, to)).filter(|(from, to)| *from != to);
        let changes: Vec<(&Line, Line)> = lines.iter().map(trimmed).filter_map(other).collect();
        if changes.is_empty() {
            return self.may(Right::Own);
        }
        self.change_price(|offer| changes.iter().try_for_each(|(from, to)| offer.set_line(from, to)))
    }

    /// Puts a line at place `at` among the others.
    pub fn move_line(&self, line: &str, at: usize) -> Result<(), Problem> {
        self.change_price(|offer| offer.move_line(line, at))
    }

    /// Takes lines out of the price.
    pub fn delete_lines(&self, lines: &[String]) -> Result<DeletedLines, Problem> {
        let deleted = self.written_price().lines.into_iter().enumerate();
        let deleted = deleted.filter(|(_, line)| lines.contains(&line.id)).collect();
        let places = self.change_price(|offer| offer.delete_lines(lines))?;
        Ok(DeletedLines { places, lines: deleted })
    }

    /// Brings deleted lines back, with what others wrote in them meanwhile.
    pub fn restore_lines(&self, deleted: &DeletedLines) -> Result<(), Problem> {
        self.change_price(|offer| {
            offer.restore_lines(&deleted.places)?;
            // A draft that has begun since does not know them.
            for (at, line) in &deleted.lines {
                if offer.price().lines.iter().all(|it| it.id != line.id) {
                    offer.insert_lines(std::slice::from_ref(line), *at)?;
                }
            }
            Ok(())
        })
    }
}

impl Room {
    /// What one of each line costs the seller, by the lines' names; nothing where this device is none of the owner's.
    pub fn costs(&self) -> BTreeMap<String, Decimal> {
        self.workspace().map(|workspace| workspace.documents().offer.costs()).unwrap_or_default()
    }

    /// Says what one of a line costs the seller, for the selling team alone; none takes it back.
    ///
    /// # Errors
    /// [`Problem::Price`] for a cost below zero, and as [`Room::begin_workspace`].
    pub async fn set_cost(&self, line: &str, cost: Option<Decimal>) -> Result<(), Problem> {
        if cost.is_some_and(|cost| cost < Decimal::ZERO) {
            return Err(Problem::Price(Fault::Negative));
        }
        let workspace = self.begin_workspace().await?;
        workspace.change_offer(|offer| offer.set_cost(line, cost))
    }
}

/// The line with its words no longer than they may be.
fn trimmed(line: &Line) -> Line {
    Line {
        name: bounded(&line.name, limits::TITLE_MAX),
        note: bounded(&line.note, 5 * limits::TITLE_MAX),
        unit: bounded(&line.unit, limits::TITLE_MAX),
        section: bounded(&line.section, limits::TITLE_MAX),
        ..line.clone()
    }
}

/// Whether a price offers this to be chosen.
fn offers(list: &PriceList, choice: &Choice) -> bool {
    let line = |id: &str| list.lines.iter().find(|line| line.id == id);
    match choice {
        Choice::Include { line: id, .. } => line(id).is_some_and(|line| line.optional.is_some()),
        Choice::Quantity { line: id, quantity } => {
            let bounds = line(id).and_then(Line::bounds);
            bounds.is_some_and(|(least, most)| (least..=most).contains(quantity))
        }
        Choice::Package { group, name } => {
            list.packages().iter().any(|(it, names)| it == group && names.contains(&name.as_str()))
        }
    }
}
