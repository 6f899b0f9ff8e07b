//! What rules look at: one catalogue, and the values that are known of a deal.

use std::collections::BTreeMap;

use crate::{
    book::{Field, Rates, Record},
    plan::Day,
    price::Decimal,
};

/// Something that a rule may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// What the deal is worth, in the team's currency; where the deal does not say, what is paid in the first year.
    Amount,
    /// What the amounts are in: the deal's currency, else that of the price.
    Currency,
    /// The segment of the deal, else of its account.
    Segment,
    /// The industry of the deal, else of its account.
    Industry,
    /// The region of the deal, else of its account.
    Region,
    /// What the product is to be used for.
    Application,
    /// What the deal is about to sell.
    Products,
    /// Who else wants to sell.
    Competitors,
    /// Whose the deal is.
    Owner,
    /// When the deal is expected to close.
    Close,
    /// The step at which the deal is, by its name in the process; where it advances, the step to which it comes, or `won`.
    Step,
    /// How much less is paid in the first year than by the team's list of products, in percent, before tax. See
    /// [`super::Priced`].
    Discount,
    /// Whether a line is sold that the team's list of products does not have.
    OffList,
    /// What is paid in the whole term, before tax, in the team's currency.
    Net,
    /// What is paid in the first year, before tax, in the team's currency.
    FirstYear,
    /// What is left of the first year, in percent of what is paid; known where all costs are.
    Margin,
    /// How long the term is, in months.
    Months,
    /// The last day on which the price holds.
    ValidUntil,
    /// How many lines the price has.
    Lines,
    /// Whether the room has a plan.
    Plan,
    /// How many sections the room has.
    Sections,
    /// Whether the room's words name one of the deal's competitors.
    NamesCompetitor,
}

/// What a fact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// One or several texts.
    Words,
    /// An exact number.
    Number,
    /// A day.
    Day,
    /// Yes or no.
    Truth,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The deal in the team's book.
    Deal,
    /// The price in the deal's room.
    Price,
    /// The words and the plan in the deal's room.
    Document,
}

/// A value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// One or several texts, in order, each once.
    Words(Vec<String>),
    /// An exact number.
    Number(Decimal),
    /// A day.
    Day(Day),
    /// Yes or no.
    Truth(bool),
}

/// What is known of a deal. A fact that is not there is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(BTreeMap<Fact, Known>);

/// A row of the catalogue.
struct About(Fact, &'static str, Sort, Source);

/// In the order of [`Fact`].
const CATALOGUE: [About; 22] = [
    About(Fact::Amount, "amount", Sort::Number, Source::Deal),
    About(Fact::Currency, "currency", Sort::Words, Source::Deal),
    About(Fact::Segment, "segment", Sort::Words, Source::Deal),
    About(Fact::Industry, "industry", Sort::Words, Source::Deal),
    About(Fact::Region, "region", Sort::Words, Source::Deal),
    About(Fact::Application, "application", Sort::Words, Source::Deal),
    About(Fact::Products, "products", Sort::Words, Source::Deal),
    About(Fact::Competitors, "competitors", Sort::Words, Source::Deal),
    About(Fact::Owner, "owner", Sort::Words, Source::Deal),
    About(Fact::Close, "close", Sort::Day, Source::Deal),
    About(Fact::Step, "step", Sort::Words, Source::Deal),
    About(Fact::Discount, "discount", Sort::Number, Source::Price),
    About(Fact::OffList, "off list", Sort::Truth, Source::Price),
    About(Fact::Net, "net", Sort::Number, Source::Price),
    About(Fact::FirstYear, "first year", Sort::Number, Source::Price),
    About(Fact::Margin, "margin", Sort::Number, Source::Price),
    About(Fact::Months, "months", Sort::Number, Source::Price),
    About(Fact::ValidUntil, "valid until", Sort::Day, Source::Price),
    About(Fact::Lines, "lines", Sort::Number, Source::Price),
    About(Fact::Plan, "plan", Sort::Truth, Source::Document),
    About(Fact::Sections, "sections", Sort::Number, Source::Document),
    About(Fact::NamesCompetitor, "names competitor", Sort::Truth, Source::Document),
];

impl Fact {
    /// All of them, in the order in which a form offers them.
    pub fn all() -> impl Iterator<Item = Self> {
        CATALOGUE.iter().map(|about| about.0)
    }

    /// Its name where it is kept; people never see it.
    pub fn name(self) -> &'static str {
        self.about().1
    }

    /// The fact with this name.
    pub fn parse(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|about| about.1 == name).map(|about| about.0)
    }

    /// What it holds.
    pub fn sort(self) -> Sort {
        self.about().2
    }

    /// Where it comes from.
    pub fn source(self) -> Source {
        self.about().3
    }

    fn about(self) -> &'static About {
        &CATALOGUE[self as usize]
    }
}

impl Known {
    /// Texts as they are compared: in order, each once, without those that are empty.
    pub fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let texts = texts.into_iter().map(str::trim).filter(|text| !text.is_empty());
        let mut words = stdx::in_order(texts.map(str::to_owned), |one, other| one < other);
        words.dedup();
        (!words.is_empty()).then_some(Self::Words(words))
    }

    /// What it is.
    pub fn sort(&self) -> Sort {
        match self {
            Self::Words(_) => Sort::Words,
            Self::Number(_) => Sort::Number,
            Self::Day(_) => Sort::Day,
            Self::Truth(_) => Sort::Truth,
        }
    }
}

impl Facts {
    /// What is known of a fact.
    pub fn get(&self, fact: Fact) -> Option<&Known> {
        self.0.get(&fact)
    }

    /// Says what is known of a fact; none where nothing is.
    pub fn set(&mut self, fact: Fact, known: Option<Known>) {
        match known {
            Some(known) => drop(self.0.insert(fact, known)),
            None => drop(self.0.remove(&fact)),
        }
    }

    /// All that is known, in the order of the facts.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, &Known)> {
        self.0.iter().map(|(fact, known)| (*fact, known))
    }

    /// How many facts are known.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in what the book says of a deal and of the account that it is with. An amount in a currency that has no rate on the day
    /// is not known.
    pub fn know_deal(&mut self, deal: &Record, account: Option<&Record>, rates: &Rates, day: Day) {
        let amount = deal.number(Field::Amount).and_then(|amount| {
            let own = rates.in_own(amount, deal.currency().unwrap_or(rates.own), day)?;
            Some(Known::Number(rates.own.decimal(own)))
        });
        self.set(Fact::Amount, amount);
        let of_either = |field| match (deal.text(field), account) {
            ("", Some(account)) => Known::words([account.text(field)]),
            (text, _) => Known::words([text]),
        };
        let of_all = |field| Known::words(deal.list(field).iter().map(String::as_str));
        for (fact, field) in [
            (Fact::Segment, Field::Segment),
            (Fact::Industry, Field::Industry),
            (Fact::Region, Field::Region),
        ] {
            self.set(fact, of_either(field));
        }
        for (fact, field) in [(Fact::Application, Field::Application), (Fact::Owner, Field::Owner)] {
            self.set(fact, Known::words([deal.text(field)]));
        }
        for (fact, field) in [(Fact::Products, Field::Products), (Fact::Competitors, Field::Competitors)] {
            self.set(fact, of_all(field));
        }
        self.set(Fact::Close, deal.day(Field::Close).map(Known::Day));
        self.set(Fact::Currency, deal.currency().and_then(|currency| Known::words([currency.code()])));
    }
}

impl FromIterator<(Fact, Known)> for Facts {
    fn from_iter<T: IntoIterator<Item = (Fact, Known)>>(all: T) -> Self {
        let mut facts = Self::default();
        for (fact, known) in all {
            facts.set(fact, Some(known));
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_is_in_the_order_of_the_facts_and_names_come_back() {
        for (at, about) in CATALOGUE.iter().enumerate() {
            assert_eq!(about.0 as usize, at);
            assert_eq!(Fact::parse(about.1), Some(about.0));
        }
        assert_eq!(Fact::all().count(), CATALOGUE.len());
        assert_eq!(Fact::parse("mood"), None);
    }

    #[test]
    fn words_are_in_order_and_each_is_there_once() {
        assert_eq!(Known::words([" b", "a", "b", ""]), Some(Known::Words(vec!["a".into(), "b".into()])));
        assert_eq!(Known::words(["", " "]), None);
    }
}
