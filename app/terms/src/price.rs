//! The price: lines with what the buyer may choose, and what they come to.
//!
//! All arithmetic is in whole numbers. What is rounded, is rounded half away from zero to the currency's own minor
//! unit, in this order: a line's list amount, its net after its own discount, its share of the deal's discount, its tax.

mod currency;
mod decimal;
mod hidden;
mod margin;
mod tier;
mod total;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

use stdx::Gather as _;

pub use currency::{Currency, Money};
pub use decimal::Decimal;
pub use hidden::Detail;
pub use margin::{Margin, Margins};
pub use tier::{Kept, Level, TIERS_MAX};
pub use total::{Bucket, LineTotal, Sum, Totals};
pub use typed::{Separators, Untypable};

/// How many lines a price has at most.
pub const LINES_MAX: usize = 1_000;
/// How many months a term has at most.
pub const MONTHS_MAX: u32 = 1_200;
/// The largest amount, in units of the currency, that a line or all lines of one recurrence may come to.
pub const AMOUNT_MAX: i128 = 1_000_000_000_000_000;

/// How often a line is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Recurrence {
    /// Once.
    #[default]
    Once,
    /// Each month of the term.
    Monthly,
    /// Each year of the term that has begun.
    Yearly,
}

impl Recurrence {
    /// All of them, in the order in which totals name them.
    pub const ALL: [Self; 3] = [Self::Once, Self::Monthly, Self::Yearly];
}

/// What is taken off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// So many percent of it.
    Percent(Decimal),
    /// An amount off the whole line; kept as it is, since as a percentage it would not come out to the cent.
    Amount(Decimal),
}

/// What a line belongs to when the buyer chooses one of several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// What is chosen, such as "Support"; may be empty.
    pub group: String,
    /// The one of the choices that this line is part of.
    pub name: String,
}

/// One line of the price.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its name among the lines; never shown.
    pub id: String,
    /// What one gets.
    pub name: String,
    /// More about it.
    pub note: String,
    /// What one of it is called, such as "person"; may be empty.
    pub unit: String,
    /// The heading that it stands below; may be empty.
    pub section: String,
    /// How many, unless the buyer says otherwise.
    pub quantity: Decimal,
    /// The fewest that the buyer may choose.
    pub least: Option<Decimal>,
    /// The most that the buyer may choose. Without it the quantity is fixed.
    pub most: Option<Decimal>,
    /// What one costs, before the first tier where there are tiers.
    pub price: Decimal,
    /// What one costs from a quantity on, by that quantity.
    pub tiers: BTreeMap<Decimal, Decimal>,
    /// A price of one that holds for one quantity against the tiers.
    pub kept: Option<Kept>,
    /// How often it is paid.
    pub recurrence: Recurrence,
    /// What is taken off.
    pub discount: Option<Discount>,
    /// Tax on it, in percent.
    pub tax: Decimal,
    /// Whether the buyer may leave it out or take it in; if so, whether it is in unless they say otherwise.
    pub optional: Option<bool>,
    /// The package it comes with.
    pub package: Option<Package>,
}

/// What is taken off all lines together: first the percentage of each recurrence, then its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DealDiscount {
    /// Percent of everything.
    pub percent: Decimal,
    /// An amount off what is paid once.
    pub once: Decimal,
    /// An amount off each month.
    pub monthly: Decimal,
    /// An amount off each year.
    pub yearly: Decimal,
}

/// The price of a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    /// What all amounts are in.
    pub currency: Currency,
    /// The lines, in the order in which they are shown.
    pub lines: Vec<Line>,
    /// What is taken off all of them.
    pub discount: DealDiscount,
    /// How long the term is, in months.
    pub months: u32,
    /// The last day on which the price holds, as `2026-12-31`; empty for no end.
    pub valid_until: String,
    /// What of the lines the buyer's view leaves out. It changes no figure, and keeps none secret.
    pub hidden: BTreeSet<Detail>,
}

/// What the buyer chose. What is said of lines or packages that are not there, or not to be chosen, means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// Whether optional lines are in, by their names.
    pub included: BTreeMap<String, bool>,
    /// How many of a line, by its name.
    pub quantities: BTreeMap<String, Decimal>,
    /// The package of each group.
    pub packages: BTreeMap<String, String>,
}

/// What is wrong with a line, or with what was typed into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A number is below zero.
    Negative,
    /// It comes to more than [`AMOUNT_MAX`].
    TooLarge,
    /// A discount takes more than all, or a tax is above 1,000 percent.
    PercentTooHigh,
    /// A percentage has more than four decimals.
    PercentTooFine,
    /// The fewest are more than the most, or the quantity is not between them.
    Bounds,
    /// There would be more than [`LINES_MAX`] lines.
    TooMany,
    /// A tier does not begin above zero, or two begin at the same quantity.
    Tier,
    /// A line would have more than [`TIERS_MAX`] tiers.
    TooManyTiers,
    /// The currency stays once there are lines.
    CurrencyLocked,
}

/// The line that has a fault, where it is one line's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// Its name; nothing where all lines of a recurrence together are too much.
    pub line: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

impl Line {
    /// Whether its numbers make sense. What they come to is found out by adding up.
    pub fn check(&self) -> Result<(), Fault> {
        let bounds = [Some(self.quantity), self.least, self.most];
        let amounts = [Some(self.price), Some(self.tax), self.discount.map(Discount::figure)];
        if bounds.iter().chain(&amounts).flatten().any(|number| *number < Decimal::ZERO) {
            return Err(Fault::Negative);
        }
        self.check_tiers()?;
        percent(self.tax, 1_000)?;
        if let Some(Discount::Percent(off)) = self.discount {
            percent(off, 100)?;
        }
        let least = self.least.unwrap_or_default();
        let within = self.most.is_none_or(|most| least <= self.quantity && self.quantity <= most);
        if within { Ok(()) } else { Err(Fault::Bounds) }
    }

    /// The quantities that the buyer may choose from, if they may.
    pub fn bounds(&self) -> Option<(Decimal, Decimal)> {
        let most = self.most?;
        let least = self.least.unwrap_or_default();
        (least < most).then_some((least, most))
    }
}

impl Choices {
    /// The package that counts of a group that has packages of these names.
    fn of<'a>(&self, group: &str, names: &[&'a str]) -> Option<&'a str> {
        let wanted = self.packages.get(group);
        let chosen = names.iter().find(|name| wanted.is_some_and(|wanted| wanted == **name));
        chosen.or(names.first()).copied()
    }
}

impl Discount {
    fn figure(self) -> Decimal {
        match self {
            Self::Percent(figure) | Self::Amount(figure) => figure,
        }
    }
}

impl DealDiscount {
    /// The amount off what is paid so often.
    pub fn amount(&self, recurrence: Recurrence) -> Decimal {
        match recurrence {
            Recurrence::Once => self.once,
            Recurrence::Monthly => self.monthly,
            Recurrence::Yearly => self.yearly,
        }
    }

    /// Whether its numbers make sense.
    pub fn check(&self) -> Result<(), Fault> {
        if [self.percent, self.once, self.monthly, self.yearly].iter().any(|it| *it < Decimal::ZERO) {
            return Err(Fault::Negative);
        }
        percent(self.percent, 100)
    }
}

/// Whether a percentage is at most `most`, with at most four decimals.
fn percent(value: Decimal, most: i64) -> Result<(), Fault> {
    if value > Decimal::whole(most) {
        return Err(Fault::PercentTooHigh);
    }
    if value.has_at_most_four_decimals() { Ok(()) } else { Err(Fault::PercentTooFine) }
}

impl Default for PriceList {
    fn default() -> Self {
        Self {
            currency: Currency::default(),
            lines: Vec::new(),
            discount: DealDiscount::default(),
            months: 12,
            valid_until: String::new(),
            hidden: BTreeSet::new(),
        }
    }
}

impl PriceList {
    /// The groups of packages with the names in each, both in the order of the lines.
    pub fn packages(&self) -> Vec<(&str, Vec<&str>)> {
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        let (mut places, mut known) = (BTreeMap::new(), BTreeSet::new());
        for package in self.lines.iter().filter_map(|line| line.package.as_ref()) {
            let at = *places.entry(&package.group).or_insert_with(|| {
                groups.push((&package.group, Vec::new()));
                groups.len() - 1
            });
            if known.insert(package)
                && let Some((_, names)) = groups.get_mut(at)
            {
                names.push(&package.name);
            }
        }
        groups
    }

    /// The package of a group that counts: the one that was chosen, else the first.
    pub fn chosen<'a>(&'a self, group: &str, choices: &Choices) -> Option<&'a str> {
        let groups = self.packages();
        let (_, names) = groups.iter().find(|(name, _)| *name == group)?;
        choices.of(group, names)
    }

    /// How many of a line there are, given what was chosen.
    pub fn quantity(line: &Line, choices: &Choices) -> Decimal {
        match (line.bounds(), choices.quantities.get(&line.id)) {
            (Some((least, most)), Some(wanted)) => (*wanted).clamp(least, most),
            _ => line.quantity,
        }
    }

    /// What counts of all that can be chosen, whether somebody chose it or it is so from the start. What cannot be chosen is
    /// not in it.
    pub fn settled(&self, choices: &Choices) -> Choices {
        let mut settled = Choices::default();
        for line in &self.lines {
            if let Some(preset) = line.optional {
                let is_in = *choices.included.get(&line.id).unwrap_or(&preset);
                settled.included.insert(line.id.clone(), is_in);
            }
            if line.bounds().is_some() {
                settled.quantities.insert(line.id.clone(), Self::quantity(line, choices));
            }
        }
        for (group, names) in self.packages() {
            if let Some(name) = choices.of(group, &names) {
                settled.packages.insert(group.to_owned(), name.to_owned());
            }
        }
        settled
    }

    /// Whether each line counts, given what was chosen, in the order of the lines.
    pub fn counting(&self, choices: &Choices) -> Vec<bool> {
        let groups = self.packages();
        let chosen: BTreeMap<&str, Option<&str>> =
            groups.iter().map(|(group, names)| (*group, choices.of(group, names))).gather();
        let counts = self.lines.iter().map(|line| {
            let in_package = line.package.as_ref().is_none_or(|package| {
                chosen.get(package.group.as_str()) == Some(&Some(package.name.as_str()))
            });
            let is_in = line.optional.is_none_or(|preset| *choices.included.get(&line.id).unwrap_or(&preset));
            in_package && is_in
        });
        counts.gather()
    }
}
