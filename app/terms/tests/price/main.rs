//! What prices come to.
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]

mod cents;
mod random;
mod rules;
mod tiers;
mod typing;

use terms::price::{Choices, Currency, Decimal, Discount, Line, PriceList, Recurrence, Totals};

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

fn line(id: &str, quantity: &str, price: &str) -> Line {
    Line { id: id.to_owned(), quantity: number(quantity), price: number(price), ..Line::default() }
}

fn taxed(id: &str, quantity: &str, price: &str, tax: &str) -> Line {
    Line { tax: number(tax), ..line(id, quantity, price) }
}

fn list(currency: &str, lines: Vec<Line>) -> PriceList {
    let currency = Currency::parse(currency).expect("a currency");
    PriceList { currency, lines, months: 12, ..PriceList::default() }
}

fn percent(off: &str) -> Option<Discount> {
    Some(Discount::Percent(number(off)))
}

fn amount(off: &str) -> Option<Discount> {
    Some(Discount::Amount(number(off)))
}

fn total(list: &PriceList) -> Totals {
    list.total(&Choices::default()).expect("it can be worked out")
}

/// What is paid once, before tax and with it, as written.
fn once(list: &PriceList) -> (String, String) {
    let sum = total(list).first_year();
    (list.currency.write(sum.before_tax), list.currency.write(sum.with_tax()))
}

fn monthly(line: Line) -> Line {
    Line { recurrence: Recurrence::Monthly, ..line }
}

fn yearly(line: Line) -> Line {
    Line { recurrence: Recurrence::Yearly, ..line }
}
