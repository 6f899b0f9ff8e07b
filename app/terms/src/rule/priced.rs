//! What a price tells rules.

use std::collections::BTreeMap;

use super::{Fact, Facts, Known};
use crate::{
    book::Rates,
    plan::Day,
    price::{Choices, Currency, Decimal, Line, Money, PriceList, Recurrence, Totals},
};

/// A price, and what there is to hold it against.
pub struct Priced<'a> {
    /// The price.
    pub list: &'a PriceList,
    /// What was chosen of it.
    pub choices: &'a Choices,
    /// What one of each line costs the seller, by the lines' names.
    pub costs: &'a BTreeMap<String, Decimal>,
    /// The team's list of products.
    pub products: &'a [Line],
    /// What the prices of the products are in.
    pub products_in: Currency,
}

impl Facts {
    /// Takes in what a price comes to, by the rates of a day. A price that cannot be added up tells nothing. One without lines takes
    /// nothing off.
    pub fn know_price(&mut self, priced: &Priced<'_>, rates: &Rates, day: Day) {
        let Ok(totals) = priced.list.total(priced.choices) else { return };
        let list = priced.list;
        let number = |number: i64| Some(Known::Number(Decimal::whole(number)));
        self.set(Fact::Months, number(i64::from(list.months)));
        self.set(Fact::Lines, number(list.lines.len() as i64));
        self.set(Fact::ValidUntil, Day::parse(&list.valid_until).map(Known::Day));
        let in_own = |money: Money| {
            let own = rates.in_own(list.currency.decimal(money), list.currency, day)?;
            Some(Known::Number(rates.own.decimal(own)))
        };
        let first_year = in_own(totals.first_year().before_tax);
        self.set(Fact::Net, in_own(totals.term().before_tax));
        self.set(Fact::FirstYear, first_year.clone());
        if !list.lines.is_empty() && self.get(Fact::Amount).is_none() {
            self.set(Fact::Amount, first_year);
        }
        if self.get(Fact::Currency).is_none() {
            self.set(Fact::Currency, Known::words([list.currency.code()]));
        }
        let (listed, is_off_list) = priced.listed(&totals);
        self.set(Fact::Discount, discount(listed, totals.first_year().before_tax).map(Known::Number));
        self.set(Fact::OffList, Some(Known::Truth(is_off_list)));
        let margin = list.margins(&totals, priced.costs).ok().filter(|margins| margins.unknown == 0);
        let left = margin.and_then(|it| part(it.first_year.left(), it.first_year.net, Round::Down));
        self.set(Fact::Margin, left.map(Known::Number));
    }
}

impl Priced<'_> {
    /// What the lines that count would come to in the first year by the list of products, and whether one is not on it. What is not
    /// counts as it is priced, before its discount.
    fn listed(&self, totals: &Totals) -> (Money, bool) {
        let (mut sum, mut is_off_list) = (Money::default(), false);
        for (line, total) in self.list.lines.iter().zip(&totals.lines).filter(|(_, total)| total.counts) {
            let is_it = |product: &&Line| {
                product.name.trim() == line.name.trim() && product.recurrence == line.recurrence
            };
            let product = self.products.iter().find(is_it).filter(|_| self.products_in == self.list.currency);
            let each = product.map(|product| product.tiered(total.quantity));
            is_off_list |= each.is_none();
            let list = each.and_then(|each| total.quantity.times_in(each, self.list.currency));
            let times = if line.recurrence == Recurrence::Monthly { totals.first_months() } else { 1 };
            sum = sum.plus(list.unwrap_or(total.list).times(times));
        }
        (sum, is_off_list)
    }
}

/// How much less than `listed` is paid, in percent. It is rounded up, so that no rule with a limit is slipped under by less than can be
/// written. Where nothing is asked by the list nothing is taken off, unless something is paid: then it cannot be told.
fn discount(listed: Money, net: Money) -> Option<Decimal> {
    match (listed.0, net.0) {
        (0, 0) => Some(Decimal::ZERO),
        _ => part(listed.minus(net), listed, Round::Up),
    }
}

enum Round {
    Up,
    Down,
}

/// A part of a whole in percent, to six decimals; none of nothing, and where it is more than can be written.
fn part(part: Money, whole: Money, round: Round) -> Option<Decimal> {
    // Sums are at most some 10^22 minor units, so this does not overflow.
    let exact = part.0.checked_mul(100)?.checked_mul(Decimal::ONE.0)?;
    let down = (whole.0 > 0).then(|| exact.div_euclid(whole.0))?;
    let is_rounded = exact.rem_euclid(whole.0) != 0;
    let percent = Decimal(down + i128::from(is_rounded && matches!(round, Round::Up)));
    (-Decimal::MAX.0..=Decimal::MAX.0).contains(&percent.0).then_some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::{DealDiscount, Discount};

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn line(name: &str, quantity: &str, price: &str, recurrence: Recurrence) -> Line {
        let (quantity, price) = (number(quantity), number(price));
        Line { id: name.into(), name: name.into(), quantity, price, recurrence, ..Line::default() }
    }

    fn list(lines: Vec<Line>) -> PriceList {
        PriceList { lines, ..PriceList::default() }
    }

    fn told(list: &PriceList, products: &[Line], costs: &[(&str, &str)]) -> Facts {
        let mut facts = Facts::default();
        let costs = costs.iter().map(|(id, cost)| ((*id).to_owned(), number(cost))).collect();
        let (choices, products_in) = (&Choices::default(), Currency::default());
        let priced = Priced { list, choices, costs: &costs, products, products_in };
        facts.know_price(&priced, &Rates::default(), Day::parse("2027-01-01").unwrap());
        facts
    }

    fn shown(facts: &Facts, fact: Fact) -> String {
        match facts.get(fact) {
            Some(Known::Number(number)) => number.to_string(),
            Some(Known::Truth(truth)) => truth.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn ru_a_discount_is_what_is_paid_less_than_by_the_list_whoever_lowered_it() {
        let products =
            [line("Ledger", "1", "100", Recurrence::Once), line("Care", "1", "10", Recurrence::Monthly)];
        let discount = |list: &PriceList| shown(&told(list, &products, &[]), Fact::Discount);
        let sold = || {
            vec![line("Ledger", "8", "100", Recurrence::Once), line("Care", "1", "10", Recurrence::Monthly)]
        };
        assert_eq!(discount(&list(sold())), "0");
        assert_eq!(discount(&list(Vec::new())), "0");
        let mut lower = list(sold());
        lower.lines[0].price = number("90");
        // 80 of 800 + 12 * 10, rounded up in the last place.
        assert_eq!(discount(&lower), "8.695653");
        let mut by_line = list(sold());
        by_line.lines[0].discount = Some(Discount::Percent(number("50")));
        assert_eq!(discount(&by_line), "43.478261");
        let off = DealDiscount { percent: number("5"), ..DealDiscount::default() };
        assert_eq!(discount(&PriceList { discount: off, ..list(sold()) }), "5");
        let mut higher = list(sold());
        higher.lines[0].price = number("200");
        assert!(discount(&higher).starts_with('-'));
        let mut left_out = lower.clone();
        left_out.lines[0].optional = Some(false);
        assert_eq!(discount(&left_out), "0");
        let gift = list(vec![line("Ledger", "1", "0", Recurrence::Once)]);
        assert_eq!(
            (discount(&gift), shown(&told(&gift, &[], &[]), Fact::Discount)),
            ("100".into(), "0".into())
        );
    }

    #[test]
    fn ru_what_the_list_does_not_have_is_flagged_and_counts_as_it_is_priced() {
        let products = [line("Ledger", "1", "100", Recurrence::Once)];
        let mut sold = list(vec![
            line("Ledger", "1", "100", Recurrence::Once),
            line("Extra", "1", "100", Recurrence::Once),
        ]);
        sold.lines[1].discount = Some(Discount::Percent(number("20")));
        let facts = told(&sold, &products, &[("Ledger", "30"), ("Extra", "60")]);
        let all = [
            Fact::OffList,
            Fact::Discount,
            Fact::FirstYear,
            Fact::Net,
            Fact::Amount,
            Fact::Lines,
            Fact::Margin,
        ];
        let all: Vec<String> = all.iter().map(|fact| shown(&facts, *fact)).collect();
        assert_eq!(all, ["true", "10", "180", "180", "180", "2", "50"]);
        let monthly = list(vec![line("Ledger", "1", "100", Recurrence::Monthly)]);
        assert_eq!(shown(&told(&monthly, &products, &[]), Fact::OffList), "true", "it is another price");
        let facts = told(&list(vec![products[0].clone()]), &products, &[]);
        assert_eq!((shown(&facts, Fact::OffList), facts.get(Fact::Margin)), ("false".into(), None));
        let dollars = PriceList { currency: Currency::parse("USD").unwrap(), ..sold };
        let facts = told(&dollars, &products, &[]);
        assert_eq!((facts.get(Fact::Net), facts.get(Fact::Amount)), (None, None), "there is no rate");
        assert_eq!(shown(&facts, Fact::OffList), "true");
    }
}
