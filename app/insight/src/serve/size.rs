//! How large a deal is, for tags that say so.

use terms::{
    book::{Field, Rates, Record},
    plan::Day,
    price::{Decimal, Money},
};

use super::Beside;

/// From so many deals with an amount on it can be said which are small and which are large.
const COMPARED: usize = 6;

/// What tags of size are held against.
pub(super) struct Sizes {
    /// What the deal is worth, in the team's currency.
    worth: Option<Money>,
    /// What the first and the second third of all deals are worth at most.
    thirds: Option<(Money, Money)>,
    rates: Rates,
    today: Day,
}

impl Sizes {
    pub(super) fn of(deal: &Record, beside: &Beside<'_>) -> Self {
        let (rates, today) = (beside.rates, beside.today);
        let worth =
            |it: &Record| rates.in_own(it.number(Field::Amount)?, it.currency().unwrap_or(rates.own), today);
        let mut all: Vec<Money> = beside.deals.iter().filter_map(|it| worth(it)).collect();
        stdx::sort(&mut all);
        let at = |part: usize| all.get((all.len() * part).div_ceil(3).saturating_sub(1)).copied();
        let thirds = if all.len() < COMPARED { None } else { at(1).zip(at(2)) };
        Self { worth: worth(deal), thirds, rates: rates.clone(), today }
    }

    /// Whether a tag fits.
    pub(super) fn fits(&self, tag: &str) -> bool {
        self.test(tag) == Some(true)
    }

    /// Whether it can be told of one of these tags if it fits.
    pub(super) fn tells(&self, tags: &[String]) -> bool {
        tags.iter().any(|tag| self.test(tag).is_some())
    }

    /// Whether a tag fits; none where that cannot be told.
    fn test(&self, tag: &str) -> Option<bool> {
        let worth = self.worth?;
        let tag: String = tag.chars().filter(|char| !char.is_whitespace() && *char != ',').collect();
        let amount = |text: &str| self.rates.in_own(Decimal::parse(text)?, self.rates.own, self.today);
        match tag.to_lowercase().as_str() {
            "small" => self.thirds.map(|(first, _)| worth <= first),
            "medium" => self.thirds.map(|(first, second)| worth > first && worth <= second),
            "large" => self.thirds.map(|(_, second)| worth > second),
            tag => {
                if let Some(above) = tag.strip_prefix('>') {
                    Some(worth > amount(above)?)
                } else if let Some(below) = tag.strip_prefix('<') {
                    Some(worth < amount(below)?)
                } else {
                    let (from, to) = tag.split_once(['-', '–'])?;
                    Some(worth >= amount(from)? && worth <= amount(to)?)
                }
            }
        }
    }
}
