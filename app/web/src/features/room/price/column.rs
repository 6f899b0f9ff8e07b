//! The columns of the editing grid: how a line's fields are written there, and read again.

use browser::figures;
use terms::price::{Decimal, Discount, Line, PriceList, Recurrence};

use super::{copy, separators};

/// A column that can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// What one gets.
    Name,
    /// How many.
    Quantity,
    /// What one costs.
    Each,
    /// How often it is paid.
    Paid,
    /// What is taken off.
    Less,
    /// Tax in percent.
    Tax,
}

impl Column {
    /// All of them, as they stand.
    pub(super) const ALL: [Self; 6] =
        [Self::Name, Self::Quantity, Self::Each, Self::Paid, Self::Less, Self::Tax];

    /// What heads it.
    pub(super) fn head(self) -> &'static str {
        match self {
            Self::Name => copy::WHAT,
            Self::Quantity => copy::QUANTITY,
            Self::Each => copy::EACH,
            Self::Paid => copy::PAID,
            Self::Less => copy::LESS,
            Self::Tax => copy::TAX,
        }
    }

    /// The field as the reader's language writes it.
    pub(super) fn write(self, line: &Line, list: &PriceList) -> String {
        let digits = list.currency.digits();
        let percent = |value: Decimal| figures::percent(&value.to_string());
        match self {
            Self::Name => line.name.clone(),
            Self::Quantity => figures::number(&line.quantity.to_string(), 0),
            Self::Each => figures::number(&line.each(line.quantity).to_string(), digits),
            Self::Paid => copy::paid(line.recurrence).to_owned(),
            Self::Less => match line.discount {
                None => String::new(),
                Some(Discount::Percent(off)) => percent(off),
                Some(Discount::Amount(off)) => figures::number(&off.to_string(), digits),
            },
            Self::Tax if line.tax == Decimal::ZERO => String::new(),
            Self::Tax => percent(line.tax),
        }
    }

    /// The line with this field as typed, or why that makes no sense.
    pub(super) fn read(self, typed: &str, line: &Line) -> Result<Line, String> {
        let typed = typed.trim();
        let number = || match typed {
            "" => Ok(Decimal::ZERO),
            typed => Decimal::typed(typed, separators()).map_err(copy::untypable),
        };
        let mut line = line.clone();
        match self {
            Self::Name => line.name = typed.to_owned(),
            Self::Quantity => line.quantity = number()?,
            Self::Each => line = line.with_each(number()?),
            Self::Paid => {
                let named = Recurrence::ALL.into_iter().find(|it| copy::paid(*it) == typed);
                line.recurrence = named.or_else(|| copy::recurrence_of(typed)).unwrap_or_default();
            }
            Self::Less if typed.is_empty() => line.discount = None,
            Self::Less if is_percent(typed) => line.discount = Some(Discount::Percent(number()?)),
            Self::Less => line.discount = Some(Discount::Amount(number()?)),
            Self::Tax => line.tax = number()?,
        }
        line.check().map_err(super::fault)?;
        Ok(line)
    }
}

/// Whether a number is one of a hundred.
pub(super) fn is_percent(typed: &str) -> bool {
    typed.contains(['%', '٪', '％'])
}
