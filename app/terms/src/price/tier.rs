//! Prices of one that hold from a quantity on.

use super::{Decimal, Fault, Line};

/// How many tiers a line has at most.
pub const TIERS_MAX: usize = 20;

/// A price of one that the owner keeps for one quantity, whatever the tiers say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The only quantity for which it holds.
    pub quantity: Decimal,
    /// What one costs then.
    pub price: Decimal,
}

/// A price of one and the quantities for which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The first quantity for which it holds; nothing before the first tier.
    pub from: Option<Decimal>,
    /// The first for which it no longer holds; nothing at the last tier.
    pub below: Option<Decimal>,
    /// What one costs.
    pub price: Decimal,
}

impl Level {
    /// Whether it holds for so many.
    pub fn holds(&self, quantity: Decimal) -> bool {
        self.from.is_none_or(|from| from <= quantity) && self.below.is_none_or(|below| quantity < below)
    }
}

impl Line {
    /// What one costs of so many: the price that is kept for just this quantity, else that of the tier that holds.
    pub fn each(&self, quantity: Decimal) -> Decimal {
        self.kept_for(quantity).unwrap_or_else(|| self.tiered(quantity))
    }

    /// The price that is kept for a quantity against the tiers. Without tiers there is nothing to keep it against.
    pub fn kept_for(&self, quantity: Decimal) -> Option<Decimal> {
        let kept = self.kept.filter(|kept| kept.quantity == quantity && !self.tiers.is_empty())?;
        Some(kept.price)
    }

    /// What one costs of so many by the tiers alone.
    pub fn tiered(&self, quantity: Decimal) -> Decimal {
        self.tiers.range(..=quantity).next_back().map_or(self.price, |(_, price)| *price)
    }

    /// The line with another price of one where the one that holds now stands: kept, in a tier, or before all tiers.
    pub fn with_each(mut self, price: Decimal) -> Self {
        if let Some(kept) = self.kept.as_mut().filter(|kept| kept.quantity == self.quantity)
            && !self.tiers.is_empty()
        {
            kept.price = price;
            return self;
        }
        match self.tiers.range_mut(..=self.quantity).next_back() {
            Some((_, tier)) => *tier = price,
            None => self.price = price,
        }
        self
    }

    /// The line with the price of one kept as it is for `quantity`, which it has then, where a tier says otherwise.
    pub fn keeping_each(mut self, quantity: Decimal) -> Self {
        let price = self.each(self.quantity);
        self.quantity = quantity;
        self.kept = (self.tiered(quantity) != price).then_some(Kept { quantity, price });
        self
    }

    /// The line with so many, and with the price of the tier that holds for them.
    pub fn repriced(mut self, quantity: Decimal) -> Self {
        self.quantity = quantity;
        self.kept = None;
        self
    }

    /// All prices of one that can hold, by quantity: those within the buyer's bounds where there are some.
    pub fn levels(&self) -> Vec<Level> {
        let starts = std::iter::once((None, self.price));
        let starts = starts.chain(self.tiers.iter().map(|(from, price)| (Some(*from), *price)));
        let ends = self.tiers.keys().map(|from| Some(*from)).chain([None]);
        let levels = starts.zip(ends).map(|((from, price), below)| Level { from, below, price });
        let (least, most) = match self.bounds() {
            Some((least, most)) => (Some(least), Some(most)),
            None => (None, None),
        };
        let can_hold = |level: &Level| {
            let starts = level.from.is_none_or(|from| most.is_none_or(|most| from <= most));
            starts && level.below.is_none_or(|below| least.is_none_or(|least| least < below))
        };
        levels.filter(can_hold).collect()
    }

    /// Whether its tiers make sense.
    pub(super) fn check_tiers(&self) -> Result<(), Fault> {
        if self.tiers.len() > TIERS_MAX {
            return Err(Fault::TooManyTiers);
        }
        if self.tiers.keys().any(|from| *from <= Decimal::ZERO) {
            return Err(Fault::Tier);
        }
        let kept = self.kept.map(|kept| kept.price);
        if self.tiers.values().copied().chain(kept).any(|price| price < Decimal::ZERO) {
            return Err(Fault::Negative);
        }
        Ok(())
    }
}
