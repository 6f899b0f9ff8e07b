use terms::price::{DealDiscount, Fault, Faulty, LINES_MAX, Line, Money, Package};

use super::*;

/// The price of the pictures: packages, a month's lines, work paid once.
fn audit() -> PriceList {
    let package = |name: &str| Some(Package { group: String::new(), name: name.to_owned() });
    let people = |id: &str, name: &str, price| Line {
        package: package(name),
        least: Some(number("380")),
        most: Some(number("620")),
        ..yearly(taxed(id, "420", price, "20"))
    };
    let option = |on, line| Line { optional: Some(on), ..line };
    let lines = vec![
        people("core", "Core", "132"),
        Line { discount: percent("4"), ..people("complete", "Complete", "168") },
        people("assurance", "Complete and Assurance", "216"),
        monthly(taxed("hosting", "1", "1480", "20")),
        option(true, monthly(taxed("support", "1", "620", "20"))),
        option(false, monthly(taxed("portal", "420", "1.90", "20"))),
        taxed("rollout", "14", "2400", "20"),
        Line { least: Some(number("4")), most: Some(number("10")), ..taxed("training", "6", "1250", "20") },
        option(false, taxed("archive", "1", "4900", "20")),
    ];
    PriceList { months: 36, ..list("GBP", lines) }
}

fn complete() -> Choices {
    Choices { packages: [(String::new(), "Complete".to_owned())].into(), ..Choices::default() }
}

#[test]
fn a_whole_price_comes_out_as_drawn() {
    let audit = audit();
    let totals = audit.total(&complete()).expect("it can be worked out");
    let written = |money| audit.currency.write(money);
    assert_eq!(written(totals.once.before_tax()), "41100.00");
    assert_eq!(written(totals.monthly.before_tax()), "2100.00");
    assert_eq!(written(totals.yearly.before_tax()), "67737.60");
    assert_eq!(written(totals.yearly.list.minus(totals.yearly.net)), "2822.40");
    let first = totals.first_year();
    assert_eq!(written(first.before_tax), "134037.60");
    assert_eq!(written(first.tax[&number("20")]), "26807.52");
    assert_eq!(written(first.with_tax()), "160845.12");
    assert_eq!(written(totals.term().before_tax), "319912.80");
}

#[test]
fn what_is_not_chosen_does_not_count_but_says_what_it_would_be() {
    let totals = audit().total(&complete()).expect("it can be worked out");
    let portal = totals.lines[5];
    assert!(!portal.counts);
    assert_eq!(portal.net, Money(79_800));
}

#[test]
fn choices_change_what_counts() {
    let audit = audit();
    let mut choices = complete();
    choices.included.insert("portal".to_owned(), true);
    choices.included.insert("support".to_owned(), false);
    choices.included.insert("hosting".to_owned(), false);
    choices.quantities.insert("complete".to_owned(), number("400"));
    choices.quantities.insert("training".to_owned(), number("99"));
    choices.quantities.insert("rollout".to_owned(), number("1"));
    let totals = audit.total(&choices).expect("it can be worked out");
    // Hosting is not for the buyer to leave out, and rollout not to change; training has a most.
    assert_eq!(totals.monthly.net, Money(148_000 + 79_800));
    assert_eq!(totals.once.net, Money(14 * 240_000 + 10 * 125_000));
    assert_eq!(totals.yearly.net, Money(6_451_200));
}

#[test]
fn the_first_package_counts_until_one_is_chosen() {
    let audit = audit();
    assert_eq!(audit.packages(), [("", vec!["Core", "Complete", "Complete and Assurance"])]);
    assert_eq!(audit.chosen("", &Choices::default()), Some("Core"));
    assert_eq!(audit.chosen("", &complete()), Some("Complete"));
    let gone = Choices { packages: [(String::new(), "Gone".to_owned())].into(), ..Choices::default() };
    assert_eq!(audit.chosen("", &gone), Some("Core"));
}

#[test]
fn a_discount_of_the_deal_adds_up_and_goes_to_the_larger_fractions() {
    let lines = vec![line("c", "1", "1"), line("a", "1", "1"), line("b", "1", "1")];
    let off = DealDiscount { once: number("1"), ..DealDiscount::default() };
    let totals = total(&PriceList { discount: off, ..list("EUR", lines) });
    // Equal fractions: the first by name gets the cent that is over.
    assert_eq!(totals.lines.iter().map(|it| it.less.0).collect::<Vec<_>>(), [33, 34, 33]);
    assert_eq!(totals.once.before_tax(), Money(200));
}

#[test]
fn an_amount_off_takes_no_more_than_there_is() {
    let off = DealDiscount { percent: number("50"), monthly: number("80"), ..DealDiscount::default() };
    let lines = vec![monthly(line("a", "1", "100")), line("b", "1", "100")];
    let totals = total(&PriceList { discount: off, ..list("EUR", lines) });
    assert_eq!(totals.monthly.before_tax(), Money(0));
    assert_eq!(totals.once.before_tax(), Money(5_000));
    let lines = vec![Line { discount: amount("20"), ..line("a", "1", "10") }];
    assert_eq!(once(&list("EUR", lines)).0, "0.00");
}

#[test]
fn terms_count_months_and_years_that_have_begun() {
    let lines = vec![line("a", "1", "1000"), monthly(line("b", "1", "10")), yearly(line("c", "1", "100"))];
    let of = |months| {
        let totals = total(&PriceList { months, ..list("EUR", lines.clone()) });
        (totals.first_year().before_tax.0 / 100, totals.term().before_tax.0 / 100)
    };
    assert_eq!(of(1), (1_110, 1_110));
    assert_eq!(of(6), (1_160, 1_160));
    assert_eq!(of(12), (1_220, 1_220));
    assert_eq!(of(13), (1_220, 1_330));
    assert_eq!(of(36), (1_220, 1_660));
}

#[test]
fn each_currency_has_its_own_minor_unit() {
    let of = |currency, price| once(&list(currency, vec![line("a", "1", price)])).0;
    assert_eq!(of("EUR", "1234.5"), "1234.50");
    assert_eq!(of("JPY", "1234.5"), "1235");
    assert_eq!(of("KWD", "1.2345"), "1.235");
    assert_eq!(of("CLF", "1.23445"), "1.2345");
    let codes = Currency::codes();
    assert!(codes.len() > 160 && codes.is_sorted() && codes.iter().all(|it| Currency::parse(it).is_some()));
    for not_one in ["", "EU", "eur", "EURO", "XXX", "€", "D E"] {
        assert_eq!(Currency::parse(not_one), None, "{not_one}");
    }
}

#[test]
fn amounts_reach_ten_to_the_fifteenth() {
    let list = list("CLF", vec![taxed("a", "1", "1000000000000000", "20")]);
    assert_eq!(once(&list), ("1000000000000000.0000".to_owned(), "1200000000000000.0000".to_owned()));
    let half = DealDiscount { percent: number("33.3333"), ..DealDiscount::default() };
    assert_eq!(once(&PriceList { discount: half, ..list }).0, "666667000000000.0000");
}

#[test]
fn what_makes_no_sense_is_named() {
    let fault = |line: Line| {
        let faulty = list("EUR", vec![Line { id: "bad".to_owned(), ..line }]).total(&Choices::default());
        let Faulty { line, fault } = faulty.expect_err("it is refused");
        assert_eq!(line.as_deref(), Some("bad"));
        fault
    };
    assert_eq!(fault(line("", "-1", "5")), Fault::Negative);
    assert_eq!(fault(line("", "1", "-5")), Fault::Negative);
    assert_eq!(fault(Line { discount: amount("-5"), ..line("", "1", "5") }), Fault::Negative);
    assert_eq!(fault(Line { discount: percent("100.5"), ..line("", "1", "5") }), Fault::PercentTooHigh);
    assert_eq!(fault(taxed("", "1", "5", "0.00001")), Fault::PercentTooFine);
    assert_eq!(fault(line("", "1000000000000000", "1000000000000000")), Fault::TooLarge);
    assert_eq!(fault(line("", "1000000000", "1000001")), Fault::TooLarge);
    let bounds = |least: &str, most: &str| Line {
        least: Some(number(least)),
        most: Some(number(most)),
        ..line("", "5", "1")
    };
    assert_eq!(fault(bounds("6", "10")), Fault::Bounds);
    assert_eq!(fault(bounds("1", "4")), Fault::Bounds);
    let together = list("EUR", vec![line("a", "1", "600000000000000"), line("b", "1", "600000000000000")]);
    let all = Faulty { line: None, fault: Fault::TooLarge };
    assert_eq!(together.total(&Choices::default()), Err(all));
    let many = list("EUR", vec![line("a", "1", "1"); LINES_MAX + 1]);
    let all = Faulty { line: None, fault: Fault::TooMany };
    assert_eq!(many.total(&Choices::default()), Err(all));
}
