//! What deals come to together: currencies are never added to each other without a rate.

use super::{Cell, Cells, Change, Field, Record, Shelf, cell_of};
use crate::{
    plan::Day,
    price::{Currency, Decimal, Money},
};

/// What one unit of a currency is worth in the team's own, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The currency.
    pub of: Currency,
    /// From when on.
    pub from: Day,
    /// How many units of the team's currency one unit is worth; above zero.
    pub rate: Decimal,
}

/// The team's own currency, and what others are worth in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates {
    /// The team's currency. Amounts whose currency nobody said are in it.
    pub own: Currency,
    /// What is known of others, in any order.
    pub rates: Vec<Rate>,
}

/// What deals come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many there are.
    pub count: usize,
    /// What they come to in the team's currency, without those that are not summed. Each is rounded to the currency's minor
    /// unit, half away from zero, before it is added.
    pub total: Money,
    /// How many of them have no amount, or are in a currency without a rate.
    pub not_summed: usize,
    /// What they come to in each currency, in the order of the currencies' codes, whether there is a rate or not.
    pub by_currency: Vec<(Currency, Decimal)>,
}

const OWN: &str = "currency";
const RATE: &str = "rate/";

impl Rates {
    /// Reads them from the cells of the book's settings. What is not understood is passed over.
    pub fn read(settings: &Cells) -> Self {
        let rate = |(key, cell): &(String, Cell)| {
            let (of, from) = key.strip_prefix(RATE)?.split_once('/')?;
            let rate = Decimal::parse(cell.text()?).filter(|rate| *rate > Decimal::ZERO)?;
            Some(Rate { of: Currency::parse(of)?, from: Day::parse(from)?, rate })
        };
        let own = cell_of(settings, OWN).and_then(Cell::text).and_then(Currency::parse);
        Self { own: own.unwrap_or_default(), rates: settings.iter().filter_map(rate).collect() }
    }

    /// What becomes of the settings when the rates were `before`.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        let key = |rate: &Rate| format!("{RATE}{}/{}", rate.of.code(), rate.from);
        let change = |key, to| Change { shelf: Shelf::Settings, id: String::new(), key, to };
        let mut changes = Vec::new();
        if self.own != before.own {
            changes.push(change(OWN.to_owned(), Some(Cell::Text(self.own.code().to_owned()))));
        }
        for rate in before.rates.iter().filter(|old| self.rates.iter().all(|new| key(new) != key(old))) {
            changes.push(change(key(rate), None));
        }
        for rate in self.rates.iter().filter(|rate| !before.rates.contains(rate)) {
            changes.push(change(key(rate), Some(Cell::Text(rate.rate.to_string()))));
        }
        changes
    }

    /// What one unit of a currency is worth on a day: by the newest rate from before the end of it.
    pub fn on(&self, of: Currency, day: Day) -> Option<Decimal> {
        if of == self.own {
            return Some(Decimal::ONE);
        }
        let known = self.rates.iter().filter(|rate| rate.of == of && rate.from <= day);
        known.max_by_key(|rate| rate.from).map(|rate| rate.rate)
    }

    /// An amount in the team's currency, by the rates of a day, in its minor units; none without a rate, and where it is more than
    /// can be counted.
    pub fn in_own(&self, amount: Decimal, of: Currency, day: Day) -> Option<Money> {
        self.on(of, day).and_then(|rate| amount.times_in(rate, self.own))
    }

    /// What deals come to, by the rates of a day.
    pub fn sum<'a>(&self, deals: impl IntoIterator<Item = &'a Record>, day: Day) -> Sums {
        let mut sums = Sums::default();
        for deal in deals {
            sums.count += 1;
            let Some(amount) = deal.number(Field::Amount) else {
                sums.not_summed += 1;
                continue;
            };
            let currency = deal.currency().unwrap_or(self.own);
            match sums.by_currency.binary_search_by(|(have, _)| have.code().cmp(currency.code())) {
                Ok(at) => sums.by_currency[at].1 = sums.by_currency[at].1.plus(amount),
                Err(at) => sums.by_currency.insert(at, (currency, amount)),
            }
            match self.in_own(amount, currency, day) {
                Some(money) => sums.total = sums.total.plus(money),
                None => sums.not_summed += 1,
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Kind, Value},
        *,
    };

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn deal(amount: &str, code: &str) -> Record {
        let mut fields = Vec::new();
        fields.extend(Decimal::parse(amount).map(|it| (Field::Amount, Value::Number(it))));
        fields.extend(Currency::parse(code).map(|it| (Field::Currency, Value::Currency(it))));
        Record {
            kind: Kind::Deal,
            id: String::new(),
            fields,
            moves: Vec::new(),
            seen: Vec::new(),
            scores: Vec::new(),
            log: Vec::new(),
            used: Vec::new(),
            answers: Vec::new(),
        }
    }

    fn rate(of: &str, from: &str, rate: &str) -> Rate {
        Rate { of: currency(of), from: day(from), rate: Decimal::parse(rate).unwrap() }
    }

    #[test]
    fn currencies_are_added_by_the_rates_of_the_day_or_not_at_all() {
        let rates = Rates {
            own: currency("EUR"),
            rates: vec![
                rate("USD", "2027-01-01", "0.9"),
                rate("USD", "2026-01-01", "0.8"),
                rate("JPY", "2026-01-01", "0.0062"),
            ],
        };
        let deals = [
            deal("100", ""),
            deal("50.5", "EUR"),
            deal("10.01", "USD"),
            deal("1000", "JPY"),
            deal("7", "CHF"),
            deal("3", "CHF"),
            deal("", "USD"),
        ];
        let sums = rates.sum(&deals, day("2026-12-31"));
        // 100 + 50.50 + 8.008 rounded + 6.20.
        assert_eq!((sums.count, sums.not_summed, sums.total), (7, 3, Money(16_471)));
        let told: Vec<String> =
            sums.by_currency.iter().map(|(of, sum)| format!("{} {sum}", of.code())).collect();
        assert_eq!(told, ["CHF 10", "EUR 150.5", "JPY 1000", "USD 10.01"]);
        assert_eq!(rates.sum(&deals, day("2027-01-01")).total, Money(16_571), "a cent and a bit each dollar");
        let before = rates.sum(&deals, day("2025-12-31"));
        assert_eq!((before.not_summed, before.total), (5, Money(15_050)));
        assert_eq!(rates.sum(&[], day("2026-12-31")), Sums::default());
    }

    #[test]
    fn each_is_rounded_half_away_from_zero_and_what_cannot_be_counted_is_left_out() {
        let rates = Rates { own: currency("JPY"), rates: vec![rate("EUR", "2026-01-01", "150")] };
        let today = day("2026-06-01");
        let of = |amount: &str, code| rates.in_own(Decimal::parse(amount).unwrap(), currency(code), today);
        assert_eq!(of("0.01", "EUR"), Some(Money(2)));
        assert_eq!(of("-0.01", "EUR"), Some(Money(-2)));
        assert_eq!(of("2.5", "JPY"), Some(Money(3)));
        let absurd = Rates { rates: vec![Rate { rate: Decimal::MAX, ..rates.rates[0].clone() }], ..rates };
        assert_eq!(absurd.in_own(Decimal::MAX, currency("EUR"), today), None);
    }
}
