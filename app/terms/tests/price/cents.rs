//! Cents that other programs got wrong, with the right figures, and the worked cases they were reported with.

use terms::price::{DealDiscount, Line};

use super::*;

fn words(sums: (&str, &str)) -> (String, String) {
    (sums.0.to_owned(), sums.1.to_owned())
}

#[test]
fn an_amount_off_is_no_rounded_percentage() {
    // OCA/sale-workflow#3115: 70,000 off 84,000 left 14,002.80, as 83.33 percent.
    let lines = vec![Line { discount: amount("70000"), ..line("a", "1", "84000") }];
    assert_eq!(once(&list("EUR", lines)).0, "14000.00");
    // OCA/account-invoicing#1746: 70 off 870 is 800, and its tax is that of 800.
    let lines = vec![Line { discount: amount("70"), ..taxed("a", "1", "870", "22") }];
    assert_eq!(once(&list("EUR", lines)), words(("800.00", "976.00")));
    // odoo#46417: two at 158 instead of 168 made 316.01.
    let lines = vec![Line { discount: amount("20"), ..line("a", "2", "168") }];
    assert_eq!(once(&list("USD", lines)).0, "316.00");
}

#[test]
fn tax_of_groups_adds_up_to_the_tax_of_the_whole() {
    // SuiteCRM#1234: 19 percent of 25,395.20 is 4,825.09; the groups added up to 4,825.10, one of them 1,794.31 for 9,443.68.
    let lines = vec![taxed("a", "1", "9443.68", "19"), taxed("b", "1", "15951.52", "19")];
    let totals = total(&list("EUR", lines.clone()));
    assert_eq!(totals.lines.iter().map(|it| it.tax.0).collect::<Vec<_>>(), [179_430, 303_079]);
    assert_eq!(once(&list("EUR", lines)), words(("25395.20", "30220.29")));
}

#[test]
fn half_a_cent_goes_up() {
    // SuiteCRM#10811: 9.5 at 124.75 is 1,185.125; the sum cut the half off.
    assert_eq!(once(&list("EUR", vec![line("a", "9.5", "124.75")])).0, "1185.13");
    // 1.005 is a little less in binary.
    assert_eq!(once(&list("EUR", vec![line("a", "1", "1.005")])).0, "1.01");
    assert_eq!(once(&list("EUR", vec![line("a", "3", "0.335")])).0, "1.01");
}

#[test]
fn prices_may_be_finer_than_cents() {
    // odoo PR#263040: four decimals, for prices of single kilowatt hours.
    assert_eq!(once(&list("EUR", vec![line("a", "12345", "0.0875")])).0, "1080.19");
}

#[test]
fn all_of_it_off_leaves_nothing() {
    // odoo PR#248889: 100 percent off two lines left cents, with and without tax.
    let lines = vec![taxed("a", "4", "2.8207", "15"), taxed("b", "5", "2.8207", "15")];
    let all = DealDiscount { percent: number("100"), ..DealDiscount::default() };
    assert_eq!(once(&PriceList { discount: all, ..list("USD", lines) }), words(("0.00", "0.00")));
    // odoo PR#271032: and of one at 11.50 with 15 percent.
    let lines = vec![Line { discount: percent("100"), ..taxed("a", "1", "11.5", "15") }];
    assert_eq!(once(&list("USD", lines)), words(("0.00", "0.00")));
}

#[test]
fn no_discount_takes_nothing() {
    // OCA/sale-workflow#4557: these four lines got 0.01 off without any discount.
    let lines =
        vec![line("a", "3", "3.460"), line("b", "1", "25"), line("c", "6", "4.713"), line("d", "6", "4.501")];
    let totals = total(&list("EUR", lines));
    assert_eq!((totals.once.net.0, totals.once.less.0), (9_067, 0));
}

#[test]
fn discounts_of_lines_come_out_to_the_cent() {
    // OCA/account-invoicing PR#478: 35 percent off 4 at 28.50 was 74.12.
    let lines = vec![Line { discount: percent("35"), ..line("a", "4", "28.5") }];
    assert_eq!(once(&list("EUR", lines)).0, "74.10");
    // OCA/account-invoicing#1882: the total was 1,765.61 and the amount due 1,765.60.
    let lines = vec![
        Line { discount: percent("46.05"), ..taxed("a", "100", "10.480", "20") },
        taxed("b", "10", "35.440", "20"),
        Line { discount: percent("50.20"), ..taxed("c", "50", "3.150", "20") },
        Line { discount: percent("50.20"), ..taxed("d", "500", "1.900", "20") },
    ];
    let totals = total(&list("EUR", lines.clone()));
    assert_eq!(totals.lines.iter().map(|it| it.net.0).collect::<Vec<_>>(), [56_540, 35_440, 7_844, 47_310]);
    assert_eq!(once(&list("EUR", lines)), words(("1471.34", "1765.61")));
}

#[test]
fn a_discount_of_all_comes_after_those_of_lines() {
    // 10 less 10 percent is 9, less 5 percent of that.
    let lines = vec![Line { discount: percent("10"), ..line("a", "1", "10") }];
    let five = DealDiscount { percent: number("5"), ..DealDiscount::default() };
    assert_eq!(once(&PriceList { discount: five, ..list("USD", lines) }).0, "8.55");
}
