//! A price that several people change at once, and what others choose of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use fastrand::Rng;
use replica::{Choice, Offer, Responses, Word};
use terms::price::{
    Currency, DealDiscount, Decimal, Detail, Discount, Kept, Line, Package, PriceList, Recurrence,
};

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn line(id: &str) -> Line {
    Line { id: id.to_owned(), name: id.to_uppercase(), quantity: number("1"), ..Line::default() }
}

/// A line that says something in each field.
fn full(id: &str) -> Line {
    Line {
        note: "Daily copies".to_owned(),
        unit: "person".to_owned(),
        section: "Licences".to_owned(),
        quantity: number("420"),
        least: Some(number("380")),
        most: Some(number("620")),
        price: number("168.0055"),
        tiers: [("10", "9"), ("50.5", "8.25")].map(|(from, price)| (number(from), number(price))).into(),
        kept: Some(Kept { quantity: number("420"), price: number("168") }),
        recurrence: Recurrence::Yearly,
        discount: Some(Discount::Percent(number("4.25"))),
        tax: number("20"),
        optional: Some(false),
        package: Some(Package { group: "Licence".to_owned(), name: "Complete".to_owned() }),
        ..line(id)
    }
}

fn meet(one: &mut Offer, other: &mut Offer) {
    let (first, second) = (one.state().unwrap(), other.state().unwrap());
    one.receive(&second).unwrap();
    other.receive(&first).unwrap();
    assert_eq!(one.price(), other.price());
}

/// Two copies of a price with these lines.
fn two(lines: &[Line]) -> (Offer, Offer) {
    let (mut one, mut other) = (Offer::new(1), Offer::new(2));
    one.insert_lines(lines, 0).unwrap();
    meet(&mut one, &mut other);
    (one, other)
}

fn names(offer: &Offer) -> Vec<String> {
    offer.price().lines.into_iter().map(|line| line.id).collect()
}

#[test]
fn a_price_comes_back_as_it_was_written() {
    let (mut one, mut other) = two(&[full("b"), line("a"), Line::default()]);
    assert_eq!(one.price().lines, [full("b"), line("a"), Line::default()]);
    let amount =
        Line { discount: Some(Discount::Amount(number("70000"))), optional: Some(true), ..line("a") };
    one.set_line(&line("a"), &amount).unwrap();
    one.set_line(&full("b"), &line("b")).unwrap();
    let head = PriceList {
        currency: Currency::parse("JPY").unwrap(),
        months: 36,
        valid_until: "2026-12-31".to_owned(),
        hidden: [Detail::Each, Detail::Tax].into(),
        discount: DealDiscount { percent: number("5"), monthly: number("80"), ..DealDiscount::default() },
        ..PriceList::default()
    };
    one.set_price(&PriceList::default(), &head).unwrap();
    meet(&mut one, &mut other);
    let lines = vec![line("b"), amount, Line::default()];
    assert_eq!(other.price(), PriceList { lines, ..head });
}

#[test]
fn two_who_change_different_fields_of_a_line_both_have_their_way() {
    let (mut one, mut other) = two(&[full("a")]);
    one.set_line(&full("a"), &Line { price: number("99"), ..full("a") }).unwrap();
    other.set_line(&full("a"), &Line { name: "Another".to_owned(), least: None, ..full("a") }).unwrap();
    meet(&mut one, &mut other);
    let both = Line { price: number("99"), name: "Another".to_owned(), least: None, ..full("a") };
    assert_eq!(one.price().lines, [both]);
}

#[test]
fn two_who_write_different_tiers_both_have_their_way() {
    let tiered = |tiers: &[(&str, &str)]| Line {
        tiers: tiers.iter().map(|(from, price)| (number(from), number(price))).collect(),
        ..line("a")
    };
    let before = tiered(&[("10", "9"), ("50", "8")]);
    let (mut one, mut other) = two(std::slice::from_ref(&before));
    one.set_line(&before, &tiered(&[("10", "9"), ("20", "8.50"), ("50", "8")])).unwrap();
    other.set_line(&before, &tiered(&[("10", "9.25")])).unwrap();
    meet(&mut one, &mut other);
    assert_eq!(one.price().lines, [tiered(&[("10", "9.25"), ("20", "8.5")])]);
    // Of two who price the same tier apart, one counts, on both copies the same.
    let before = one.price().lines[0].clone();
    one.set_line(&before, &tiered(&[("10", "7"), ("20", "8.5")])).unwrap();
    other.set_line(&before, &tiered(&[("10", "6"), ("20", "8.5")])).unwrap();
    meet(&mut one, &mut other);
    let price = one.price().lines[0].tiers[&number("10")];
    assert!([number("7"), number("6")].contains(&price));
}

#[test]
fn two_who_hide_different_columns_both_have_their_way() {
    let (mut one, mut other) = two(&[line("a")]);
    let before = one.price();
    let hiding = |detail| PriceList { hidden: [detail].into(), ..before.clone() };
    one.set_price(&before, &hiding(Detail::Each)).unwrap();
    other.set_price(&before, &hiding(Detail::Less)).unwrap();
    meet(&mut one, &mut other);
    assert_eq!(one.price().hidden, [Detail::Each, Detail::Less].into());
}

#[test]
fn a_deleted_line_comes_back_with_what_others_wrote_in_it() {
    let (mut one, mut other) = two(&[line("a"), line("b"), line("c")]);
    let places = one.delete_lines(&["a".to_owned(), "b".to_owned(), "never".to_owned()]).unwrap();
    assert_eq!(names(&one), ["c"]);
    other.set_line(&line("b"), &Line { price: number("5"), ..line("b") }).unwrap();
    meet(&mut one, &mut other);
    assert_eq!(names(&other), ["c"]);
    one.restore_lines(&places).unwrap();
    meet(&mut one, &mut other);
    assert_eq!(names(&other), ["a", "b", "c"]);
    assert_eq!(other.price().lines[1].price, number("5"));
}

#[test]
fn lines_go_where_they_are_put() {
    let (mut one, mut other) = two(&[line("a"), line("b"), line("c")]);
    one.move_line("a", 2).unwrap();
    assert_eq!(names(&one), ["b", "c", "a"]);
    one.move_line("a", 0).unwrap();
    one.move_line("c", 1).unwrap();
    assert_eq!(names(&one), ["a", "c", "b"]);
    other.insert_lines(&[line("x"), line("y")], 1).unwrap();
    assert_eq!(names(&other), ["a", "x", "y", "b", "c"]);
    meet(&mut one, &mut other);
    assert_eq!(names(&one).len(), 5);
    other.insert_lines(&[line("z")], 99).unwrap();
    assert_eq!(names(&other).last().map(String::as_str), Some("z"));
}

#[test]
fn copies_that_did_anything_apart_are_equal_together() {
    for seed in 0..60 {
        let mut random = Rng::with_seed(seed);
        let (mut one, mut other) = two(&[line("a"), line("b"), line("c")]);
        let mut deleted = Vec::new();
        for step in 0..40 {
            let offer = if random.bool() { &mut one } else { &mut other };
            let lines = offer.price().lines;
            let any = lines.get(random.usize(..lines.len().max(1))).cloned();
            match (random.u8(..7), any) {
                (0, _) | (_, None) => {
                    let at = random.usize(..=lines.len());
                    offer.insert_lines(&[line(&format!("n{step}"))], at).unwrap();
                }
                (1, Some(line)) => offer.move_line(&line.id, random.usize(..lines.len())).unwrap(),
                (2, Some(line)) => deleted.extend(offer.delete_lines(&[line.id]).unwrap()),
                (3, _) => offer.restore_lines(&deleted.split_off(deleted.len() / 2)).unwrap(),
                (4, Some(line)) => {
                    let to = Line { price: Decimal::whole(random.i64(..99)), ..line.clone() };
                    offer.set_line(&line, &to).unwrap();
                }
                (5, Some(line)) => {
                    let mut to = line.clone();
                    if random.bool() {
                        to.tiers.insert(Decimal::whole(random.i64(1..9)), Decimal::whole(random.i64(..99)));
                    } else {
                        to.tiers.pop_first();
                    }
                    to.kept = random.bool().then_some(Kept { quantity: line.quantity, price: line.price });
                    offer.set_line(&line, &to).unwrap();
                }
                (_, Some(line)) => offer.set_line(&line, &full(&line.id)).unwrap(),
            }
            if random.u8(..8) == 0 {
                meet(&mut one, &mut other);
            }
        }
        meet(&mut one, &mut other);
        let mut ids = names(&one);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), one.price().lines.len(), "seed {seed}: each line is there once");
    }
}

#[test]
fn choices_come_back_as_they_were_made() {
    let mut responses = Responses::new(7);
    let word = |says, turn| Word { says, turn, at: 1_000_000 };
    let is_in = |is_in| Choice::Include { line: "a".to_owned(), is_in };
    let many = Choice::Quantity { line: "a".to_owned(), quantity: number("12.5") };
    let package = Choice::Package { group: "Support, in/out".to_owned(), name: "Gold and more".to_owned() };
    assert_eq!(responses.choices(), []);
    responses.choose(&word(is_in(true), 1)).unwrap();
    responses.choose(&word(many.clone(), 2)).unwrap();
    responses.choose(&word(package.clone(), 3)).unwrap();
    responses.choose(&word(is_in(false), 4)).unwrap();
    let mut copy = Responses::new(8);
    copy.receive(&responses.state().unwrap()).unwrap();
    let mut choices: Vec<_> = copy.choices().into_iter().map(|(_, word)| word).collect();
    choices.sort_unstable_by_key(|word| word.turn);
    assert_eq!(choices, [word(many, 2), word(package, 3), word(is_in(false), 4)]);
}
