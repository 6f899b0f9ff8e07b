//! What something is worth to a buyer, by figures that the buyer can put their own in place of: a calculator.
//!
//! Its outcomes are [`Formula`]s over its inputs and over each other. All numbers are exact; what cannot be reckoned is a [`Fault`] with
//! its reason, never a figure.

mod formula;
mod starter;
mod stored;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use stdx::Gather as _;

pub use formula::{FORMULA_MAX, Formula, NAME_MAX, Syntax, What, is_name};
pub use starter::starter;

use crate::{
    book::TEXT_MAX,
    nugget::Tags,
    price::{Currency, Decimal},
};

/// How many inputs a calculator has at most, and how many outcomes.
pub const ROWS_MAX: usize = 50;
/// The input that takes what a price asks once, before tax.
pub const PRICE_ONCE: &str = "price.once";
/// The input that takes what a price asks each year, before tax.
pub const PRICE_YEARLY: &str = "price.yearly";

/// What a number is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// An amount in the calculator's currency.
    Money,
    /// What it is called, such as "days" or "%"; may be empty.
    Named(String),
}

/// A number that goes into a calculator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// Its name in formulas; see [`is_name`].
    pub name: String,
    /// What people read.
    pub label: String,
    /// What it is of.
    pub unit: Unit,
    /// What it is, as long as nobody says otherwise.
    pub value: Decimal,
    /// The least that it may be.
    pub least: Option<Decimal>,
    /// The most that it may be.
    pub most: Option<Decimal>,
}

/// What comes out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Its name in formulas; see [`is_name`].
    pub name: String,
    /// What people read.
    pub label: String,
    /// What it is of.
    pub unit: Unit,
    /// How it is reckoned, as [`Formula::parse`] reads it.
    pub formula: String,
}

/// Inputs and what comes out of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calculator {
    /// Its name among calculators, which nobody sees; empty in a room, which has one.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it is for; in a room nothing is said of that.
    pub tags: Tags,
    /// What amounts are in; none where that is for the deal to say.
    pub currency: Option<Currency>,
    /// What goes in, in order.
    pub inputs: Vec<Input>,
    /// What comes out, in order.
    pub outcomes: Vec<Outcome>,
}

/// Why something is not reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The formula is none.
    Syntax(Syntax),
    /// Nothing has this name.
    NoSuchName(String),
    /// Something is divided by zero.
    ByZero,
    /// A number is beyond [`Decimal::MAX`].
    TooLarge,
    /// It is to be rounded to so many decimals as there are not: 0 to 6.
    Places,
    /// It is reckoned from itself, by way of these outcomes in order, or from one that is.
    Circle(Vec<String>),
    /// It is reckoned from the outcome of this name, which has a fault.
    RestsOn(String),
    /// It has a name that is none, or that something else has.
    BadName,
    /// The least is more than the most, or the value is not between them.
    Bounds,
    /// There are more than [`ROWS_MAX`] inputs or outcomes.
    TooMany,
    /// A text is longer than [`TEXT_MAX`] characters.
    TooLong,
    /// The calculator is called nothing.
    Untitled,
}

/// A fault of a calculator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// The input or the outcome that has it; empty where it is the calculator's own.
    pub name: String,
    /// What is wrong.
    pub fault: Fault,
}

impl Default for Unit {
    fn default() -> Self {
        Self::Named(String::new())
    }
}

impl Input {
    /// A number within what this may be.
    pub fn within(&self, number: Decimal) -> Decimal {
        // By turns, since what came from elsewhere may have a least above its most.
        let least = self.least.map_or(number, |least| number.max(least));
        self.most.map_or(least, |most| least.min(most))
    }

    fn fault(&self) -> Option<Fault> {
        if !is_name(&self.name) {
            return Some(Fault::BadName);
        }
        let are_ordered = self.least.zip(self.most).is_none_or(|(least, most)| least <= most);
        (!are_ordered || self.within(self.value) != self.value).then_some(Fault::Bounds)
    }
}

impl Calculator {
    /// What each outcome comes to, in their order, where inputs are as `values` says and else as they stand. What a number may be at
    /// least and at most holds for all of them.
    pub fn reckon(&self, values: &BTreeMap<String, Decimal>) -> Vec<Result<Decimal, Fault>> {
        let value = |input: &Input| input.within(values.get(&input.name).copied().unwrap_or(input.value));
        let inputs: BTreeMap<&str, Decimal> =
            self.inputs.iter().map(|input| (input.name.as_str(), value(input))).gather();
        let formulas = self.formulas();
        let mut done: Vec<Option<Result<Decimal, Fault>>> = formulas.iter().map(|_| None).collect();
        for at in self.order(&formulas) {
            let Ok(formula) = &formulas[at] else { continue };
            let of = |name: &str| match (inputs.get(name), self.place(name)) {
                (Some(value), _) => Ok(*value),
                (None, Some(place)) => {
                    let known = done.get(place).cloned().flatten().and_then(Result::ok);
                    known.ok_or_else(|| Fault::RestsOn(name.to_owned()))
                }
                (None, None) => Err(Fault::NoSuchName(name.to_owned())),
            };
            let value = formula.value(of);
            done[at] = Some(value);
        }
        let circle = self.circle(&formulas).unwrap_or_default();
        let rest = done.into_iter().zip(formulas);
        rest.map(|(done, formula)| match formula {
            Err(syntax) => Err(Fault::Syntax(syntax)),
            Ok(_) => done.unwrap_or_else(|| Err(Fault::Circle(circle.clone()))),
        })
        .collect()
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// The first fault that it has.
    pub fn check(&self) -> Result<(), Faulty> {
        let own = |fault| Err(Faulty { name: String::new(), fault });
        if self.title.trim().is_empty() {
            return own(Fault::Untitled);
        }
        if self.inputs.len().max(self.outcomes.len()) > ROWS_MAX {
            return own(Fault::TooMany);
        }
        let is_long = |text: &str| text.chars().count() > TEXT_MAX;
        if is_long(&self.title) || self.tags.iter().flatten().any(|tag| is_long(tag)) {
            return own(Fault::TooLong);
        }
        let inputs = self.inputs.iter().map(|it| (&it.name, &it.label, &it.unit));
        let rows = inputs.chain(self.outcomes.iter().map(|it| (&it.name, &it.label, &it.unit)));
        let mut names: Vec<&str> = Vec::new();
        for (name, label, unit) in rows {
            let fault = match unit {
                _ if !is_name(name) || names.contains(&name.as_str()) => Fault::BadName,
                Unit::Named(unit) if is_long(unit) => Fault::TooLong,
                _ if is_long(label) => Fault::TooLong,
                _ => {
                    names.push(name);
                    continue;
                }
            };
            return Err(Faulty { name: name.clone(), fault });
        }
        for input in &self.inputs {
            if let Some(fault) = input.fault() {
                return Err(Faulty { name: input.name.clone(), fault });
            }
        }
        let formulas = self.formulas();
        for (outcome, formula) in self.outcomes.iter().zip(&formulas) {
            let fault = match formula {
                Err(syntax) => Some(Fault::Syntax(*syntax)),
                Ok(formula) => formula
                    .names()
                    .find(|name| !names.contains(name))
                    .map(|name| Fault::NoSuchName(name.to_owned())),
            };
            if let Some(fault) = fault {
                return Err(Faulty { name: outcome.name.clone(), fault });
            }
        }
        match self.circle(&formulas) {
            None => Ok(()),
            Some(circle) => {
                let name = circle.first().cloned().unwrap_or_default();
                Err(Faulty { name, fault: Fault::Circle(circle) })
            }
        }
    }

    /// This calculator as a room has it: without its name among calculators and what it is for.
    pub fn for_room(mut self) -> Self {
        self.id.clear();
        self.tags = Tags::default();
        self
    }

    fn formulas(&self) -> Vec<Result<Formula, Syntax>> {
        self.outcomes.iter().map(|outcome| Formula::parse(&outcome.formula)).collect()
    }

    /// Where the outcome of this name stands.
    fn place(&self, name: &str) -> Option<usize> {
        self.outcomes.iter().position(|outcome| outcome.name == name)
    }

    /// The outcomes from which one is reckoned; an input hides an outcome of the same name.
    fn ground(&self, formula: &Result<Formula, Syntax>) -> Vec<usize> {
        let Ok(formula) = formula else { return Vec::new() };
        let outcomes = formula.names().filter(|name| self.inputs.iter().all(|input| input.name != *name));
        let mut ground: Vec<usize> = outcomes.filter_map(|name| self.place(name)).collect();
        stdx::sort(&mut ground);
        ground.dedup();
        ground
    }

    /// The outcomes in an order in which each comes after those that it is reckoned from. Those in circles, and what rests on such, are
    /// not in it.
    fn order(&self, formulas: &[Result<Formula, Syntax>]) -> Vec<usize> {
        let grounds: Vec<Vec<usize>> = formulas.iter().map(|it| self.ground(it)).collect();
        let mut order: Vec<usize> = Vec::new();
        loop {
            let is_next =
                |at: &usize| !order.contains(at) && grounds[*at].iter().all(|it| order.contains(it));
            match (0..formulas.len()).find(is_next) {
                Some(next) => order.push(next),
                None => return order,
            }
        }
    }

    /// The names of outcomes that are reckoned from each other in a circle, in order, where there is one.
    fn circle(&self, formulas: &[Result<Formula, Syntax>]) -> Option<Vec<String>> {
        let order = self.order(formulas);
        let mut way: Vec<usize> = Vec::new();
        // Each that is not in the order rests on another such one, so whoever goes on comes round.
        let mut at = (0..formulas.len()).find(|at| !order.contains(at))?;
        while !way.contains(&at) {
            way.push(at);
            at = self.ground(&formulas[at]).into_iter().find(|it| !order.contains(it))?;
        }
        let start = way.iter().position(|it| *it == at)?;
        Some(way[start..].iter().map(|it| self.outcomes[*it].name.clone()).collect())
    }
}
