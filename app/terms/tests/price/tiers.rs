//! Prices of one that hold from a quantity on.

use terms::price::{Fault, Kept, Line, Money, TIERS_MAX};

use super::*;

/// One for 10; 9 from 10 on; 8 from 50 on.
fn tiered(quantity: &str) -> Line {
    let tiers = [("10", "9"), ("50", "8")].map(|(from, price)| (number(from), number(price)));
    Line { tiers: tiers.into(), ..line("a", quantity, "10") }
}

fn chosen(quantity: &str) -> Choices {
    Choices { quantities: [("a".to_owned(), number(quantity))].into(), ..Choices::default() }
}

#[test]
fn a_tier_holds_from_its_quantity_on() {
    for (quantity, each, net) in [
        ("9.999999", "10", 10_000),
        ("10", "9", 9_000),
        ("49.99", "9", 44_991),
        ("50", "8", 40_000),
        ("1000", "8", 800_000),
    ] {
        let totals = total(&list("EUR", vec![tiered(quantity)]));
        assert_eq!(totals.lines[0].each, number(each), "{quantity}");
        assert_eq!(totals.once.net, Money(net), "{quantity}");
    }
}

#[test]
fn what_a_buyer_chooses_costs_what_its_tier_says() {
    let bounded = Line { least: Some(number("5")), most: Some(number("60")), ..tiered("5") };
    let list = list("EUR", vec![bounded]);
    let net = |quantity| list.total(&chosen(quantity)).expect("it can be worked out").once.net;
    assert_eq!(net("49"), Money(44_100));
    assert_eq!(net("50"), Money(40_000));
    // Outside of the bounds the nearest that is within them counts, at its own tier.
    assert_eq!(net("70"), Money(48_000));
    assert_eq!(net("1"), Money(5_000));
}

#[test]
fn an_owner_keeps_a_price_for_one_quantity_alone() {
    let kept = tiered("20").keeping_each(number("60"));
    assert_eq!(kept.kept, Some(Kept { quantity: number("60"), price: number("9") }));
    assert_eq!(kept.each(number("60")), number("9"));
    assert_eq!(kept.each(number("60.000001")), number("8"));
    assert_eq!(kept.clone().repriced(number("60")).each(number("60")), number("8"));
    // Where the tiers say the same there is nothing to keep.
    assert_eq!(tiered("20").keeping_each(number("30")).kept, None);
    // Without tiers it means nothing.
    let plain = Line { tiers: Default::default(), ..kept };
    assert_eq!(plain.each(number("60")), number("10"));
}

#[test]
fn another_price_is_written_where_the_one_that_holds_stands() {
    let priced = |line: Line| line.with_each(number("7"));
    assert_eq!(priced(tiered("5")).price, number("7"));
    assert_eq!(priced(tiered("12")).tiers[&number("10")], number("7"));
    assert_eq!(priced(tiered("99")).tiers[&number("50")], number("7"));
    let kept = priced(tiered("20").keeping_each(number("60")));
    assert_eq!((kept.each(number("60")), kept.each(number("61"))), (number("7"), number("8")));
}

#[test]
fn only_prices_that_can_hold_are_told() {
    let told = |least: &str, most: &str| {
        let line = Line { least: Some(number(least)), most: Some(number(most)), ..tiered(least) };
        line.levels().into_iter().map(|level| level.price.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told("1", "60"), ["10", "9", "8"]);
    assert_eq!(told("10", "49"), ["9"]);
    assert_eq!(told("9", "10"), ["10", "9"]);
    assert_eq!(told("50", "60"), ["8"]);
    assert_eq!(tiered("1").levels().len(), 3);
    assert_eq!(line("a", "1", "5").levels().len(), 1);
}

#[test]
fn tiers_that_make_no_sense_are_named() {
    let fault = |from: &str, price: &str| {
        let tiers = [(number(from), number(price))].into();
        Line { tiers, ..line("a", "1", "1") }.check().expect_err("it is refused")
    };
    assert_eq!(fault("0", "1"), Fault::Tier);
    assert_eq!(fault("-1", "1"), Fault::Tier);
    assert_eq!(fault("1", "-1"), Fault::Negative);
    let many = (1..=TIERS_MAX as i64 + 1).map(|from| (Decimal::whole(from), Decimal::ONE));
    let many = Line { tiers: many.collect(), ..line("a", "1", "1") };
    assert_eq!(many.check(), Err(Fault::TooManyTiers));
    let huge = Line { tiers: [(number("1"), Decimal::MAX)].into(), ..line("a", "1000000", "1") };
    let refused = list("EUR", vec![huge]).total(&Choices::default());
    assert_eq!(refused.map_err(|it| it.fault).err(), Some(Fault::TooLarge));
}

#[test]
fn exactly_one_price_holds_for_any_quantity() {
    for seed in 0..1_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut any = |most: u64| number(&format!("{}.{:06}", random.u64(0..most), random.u32(0..1_000_000)));
        let tiers = (0..8).map(|_| (any(100).plus(Decimal::ONE), any(50))).collect();
        let line = Line { tiers, ..line("a", "1", "40") };
        for _ in 0..20 {
            let quantity = any(120);
            let levels = line.levels();
            let holding: Vec<_> = levels.iter().filter(|level| level.holds(quantity)).collect();
            assert_eq!(holding.len(), 1, "seed {seed}: {quantity}");
            assert_eq!(holding[0].price, line.each(quantity), "seed {seed}: {quantity}");
            // The same line with that price and no tiers comes to the same, to the last cent.
            let flat =
                Line { tiers: Default::default(), price: line.each(quantity), quantity, ..line.clone() };
            let counted = Line { quantity, ..line.clone() };
            let (flat, counted) = (total(&list("EUR", vec![flat])), total(&list("EUR", vec![counted])));
            assert_eq!(flat, counted, "seed {seed}: {quantity}");
        }
    }
}

#[test]
fn what_is_hidden_changes_no_sum() {
    let lines = vec![taxed("a", "3", "9.99", "19"), Line { discount: percent("4"), ..tiered("50") }];
    let plain = list("EUR", lines);
    let hidden = PriceList { hidden: terms::price::Detail::ALL.into(), ..plain.clone() };
    assert_eq!(total(&plain), total(&hidden));
}
