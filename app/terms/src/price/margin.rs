//! What a price leaves its seller. Costs are the seller's own; no buyer has them.

use std::collections::BTreeMap;

use super::{
    AMOUNT_MAX, Decimal, Fault, Faulty, Money, PriceList, Recurrence, Totals, decimal::ONE, decimal::rounded,
};

/// What is paid over a time and what it costs, both before tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Margin {
    /// What is paid, after all discounts.
    pub net: Money,
    /// What the lines cost whose cost is known.
    pub cost: Money,
}

/// The margins of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Margins {
    /// Of the first year.
    pub first_year: Margin,
    /// Of the whole term.
    pub term: Margin,
    /// How many lines count whose cost is not known. As long as there are any, the true margin is smaller.
    pub unknown: usize,
}

impl Margin {
    /// What is left; below zero where it costs more than is paid.
    pub fn left(self) -> Money {
        self.net.minus(self.cost)
    }

    /// What is left in percent of what is paid, to one decimal, half away from zero; nothing where nothing is paid.
    pub fn percent(self) -> Option<Decimal> {
        // Sums are at most 10^19 minor units, so this does not overflow.
        (self.net.0 > 0).then(|| Decimal(rounded(self.left().0 * 1_000, self.net.0) * (ONE / 10)))
    }

    fn plus(self, paid: Money, cost: Money, times: u32) -> Self {
        Self { net: self.net.plus(paid.times(times)), cost: self.cost.plus(cost.times(times)) }
    }
}

impl PriceList {
    /// What is left of `totals`, which this price comes to, where one of each line costs `costs`, by the lines' names. Each
    /// line's cost is rounded by itself, half away from zero, as its price is.
    pub fn margins(&self, totals: &Totals, costs: &BTreeMap<String, Decimal>) -> Result<Margins, Faulty> {
        let mut margins = Margins::default();
        let mut sums = BTreeMap::<Recurrence, Money>::new();
        for (line, total) in self.lines.iter().zip(&totals.lines).filter(|(_, total)| total.counts) {
            let Some(cost) = costs.get(&line.id) else {
                margins.unknown += 1;
                continue;
            };
            let cost = total.quantity.0.checked_mul(cost.0).filter(|cost| *cost <= AMOUNT_MAX * ONE * ONE);
            let cost = cost.ok_or(Faulty { line: Some(line.id.clone()), fault: Fault::TooLarge })?;
            let cost = Money(rounded(cost * self.currency.minor(), ONE * ONE));
            let sum = sums.entry(line.recurrence).or_default();
            *sum = sum.plus(cost);
        }
        let years = totals.months.div_ceil(12);
        for (recurrence, in_first, in_term) in [
            (Recurrence::Once, 1, 1),
            (Recurrence::Monthly, totals.first_months(), totals.months),
            (Recurrence::Yearly, 1, years),
        ] {
            let paid = totals.bucket(recurrence).before_tax();
            let cost = sums.get(&recurrence).copied().unwrap_or_default();
            margins.first_year = margins.first_year.plus(paid, cost, in_first);
            margins.term = margins.term.plus(paid, cost, in_term);
        }
        Ok(margins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::{Choices, Currency, DealDiscount, Line};

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn line(id: &str, quantity: &str, price: &str, recurrence: Recurrence) -> Line {
        let (quantity, price) = (number(quantity), number(price));
        Line { id: id.into(), quantity, price, recurrence, ..Line::default() }
    }

    fn margins(list: &PriceList, costs: &[(&str, &str)]) -> Margins {
        let totals = list.total(&Choices::default()).unwrap();
        let costs = costs.iter().map(|(line, cost)| ((*line).to_owned(), number(cost))).collect();
        list.margins(&totals, &costs).unwrap()
    }

    fn list() -> PriceList {
        PriceList {
            currency: Currency::parse("EUR").unwrap(),
            months: 18,
            lines: vec![
                line("a", "1", "12000", Recurrence::Once),
                line("b", "40", "19.99", Recurrence::Monthly),
                line("c", "1", "2400", Recurrence::Yearly),
            ],
            ..PriceList::default()
        }
    }

    #[test]
    fn costs_are_counted_as_often_as_they_are_paid() {
        let margins = margins(&list(), &[("a", "9000"), ("b", "7.005"), ("c", "0")]);
        // 12,000 + 12 · 799.60 + 2,400, and 9,000 + 12 · 280.20.
        assert_eq!(margins.first_year, Margin { net: Money(2_399_520), cost: Money(1_236_240) });
        assert_eq!(margins.first_year.left(), Money(1_163_280));
        assert_eq!(margins.first_year.percent(), Some(number("48.5")));
        // 18 months, and two years that have begun.
        assert_eq!(margins.term, Margin { net: Money(3_119_280), cost: Money(1_404_360) });
        assert_eq!(margins.unknown, 0);
    }

    #[test]
    fn a_discount_takes_from_the_margin_and_a_loss_is_shown_as_one() {
        let discount = DealDiscount { percent: number("50"), ..DealDiscount::default() };
        let margins = margins(&PriceList { discount, ..list() }, &[("a", "9000")]);
        assert_eq!(margins.unknown, 2);
        let once = PriceList { discount, lines: list().lines[..1].to_vec(), ..list() };
        let lost = self::margins(&once, &[("a", "9000")]).first_year;
        assert_eq!((lost.left(), lost.percent()), (Money(-300_000), Some(number("-50"))));
    }

    #[test]
    fn what_does_not_count_costs_nothing_and_nothing_paid_has_no_percentage() {
        let mut list = list();
        list.lines.truncate(1);
        list.lines[0].optional = Some(false);
        let margins = margins(&list, &[("a", "9000")]);
        assert_eq!(margins.term, Margin::default());
        assert_eq!(margins.term.percent(), None);
    }

    #[test]
    fn more_than_can_be_counted_is_refused() {
        let list = list();
        let totals = list.total(&Choices::default()).unwrap();
        let costs = [("b".to_owned(), Decimal::MAX)].into();
        let fault = list.margins(&totals, &costs).unwrap_err();
        assert_eq!(fault, Faulty { line: Some("b".into()), fault: Fault::TooLarge });
    }
}
