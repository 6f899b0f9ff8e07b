//! What holds for any price. The seeds are named by what fails.

use terms::price::{DealDiscount, Line, Money, Package};

use super::*;

const CURRENCIES: [&str; 4] = ["EUR", "JPY", "KWD", "CLF"];

fn up_to(random: &mut fastrand::Rng, most: u64, decimals: u32) -> Decimal {
    let scale = 10_u64.pow(decimals);
    let value = random.u64(0..=most * scale);
    number(&format!("{}.{:0width$}", value / scale, value % scale, width = decimals as usize))
}

fn draw(random: &mut fastrand::Rng) -> PriceList {
    let lines = (0..random.usize(0..40)).map(|at| {
        let mut line = line(&format!("{:x}-{at}", random.u16(..)), "1", "1");
        let (of_quantity, of_price) = (random.u32(0..=4), random.u32(0..=6));
        line.quantity = up_to(random, 1_000, of_quantity);
        line.price = up_to(random, 100_000, of_price);
        if random.bool() {
            line.tiers = (0..random.usize(1..4))
                .map(|_| {
                    (up_to(random, 900, of_quantity).plus(Decimal::ONE), up_to(random, 100_000, of_price))
                })
                .collect();
        }
        line.tax = [number("0"), number("7"), number("19"), up_to(random, 30, 4)][random.usize(..4)];
        line.recurrence = Recurrence::ALL[random.usize(..3)];
        line.discount = match random.u8(..3) {
            0 => None,
            1 => Some(Discount::Percent(up_to(random, 100, 4))),
            _ => Some(Discount::Amount(up_to(random, 500, 2))),
        };
        line.optional = [None, Some(true), Some(false)][random.usize(..3)];
        if random.u8(..4) == 0 {
            line.package = Some(Package { group: "g".to_owned(), name: random.u8(..3).to_string() });
        }
        line
    });
    let lines = lines.collect();
    let mut list = list(CURRENCIES[random.usize(..4)], lines);
    list.months = random.u32(1..60);
    if random.bool() {
        list.discount = DealDiscount {
            percent: up_to(random, 100, 4),
            once: up_to(random, 1_000, 2),
            monthly: up_to(random, 1_000, 2),
            yearly: up_to(random, 1_000, 2),
        };
    }
    list
}

/// Choices that leave nothing to the order of the lines.
fn choose(random: &mut fastrand::Rng, list: &PriceList) -> Choices {
    let mut choices = Choices::default();
    for (group, names) in list.packages() {
        choices.packages.insert(group.to_owned(), names[random.usize(..names.len())].to_owned());
    }
    for line in &list.lines {
        if random.bool() {
            choices.included.insert(line.id.clone(), random.bool());
        }
    }
    choices
}

#[test]
fn parts_add_up_to_the_whole() {
    for seed in 0..1_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let list = draw(&mut random);
        let totals = list.total(&choose(&mut random, &list)).expect("it can be worked out");
        for recurrence in Recurrence::ALL {
            let bucket = totals.bucket(recurrence);
            let of = list.lines.iter().zip(&totals.lines);
            let counted: Vec<_> = of
                .filter(|(line, it)| it.counts && line.recurrence == recurrence)
                .map(|(_, it)| it)
                .collect();
            let sum = |part: fn(&terms::price::LineTotal) -> Money| {
                counted.iter().map(|it| part(it).0).sum::<i128>()
            };
            assert_eq!(sum(|it| it.net), bucket.net.0, "seed {seed}");
            assert_eq!(sum(|it| it.less), bucket.less.0, "seed {seed}");
            let tax: i128 = bucket.tax.values().map(|it| it.0).sum();
            assert_eq!(sum(|it| it.tax), tax, "seed {seed}");
            for it in counted {
                assert!(0 <= it.less.0 && it.less <= it.net && it.net <= it.list, "seed {seed}: {it:?}");
            }
        }
    }
}

#[test]
fn no_share_is_off_by_a_whole_cent() {
    for seed in 0..1_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let list = draw(&mut random);
        let totals = list.total(&Choices::default()).expect("it can be worked out");
        for (line, it) in list.lines.iter().zip(&totals.lines).filter(|(_, it)| it.counts) {
            let bucket = totals.bucket(line.recurrence);
            let off = it.less.0 * bucket.net.0 - bucket.less.0 * it.net.0;
            assert!(off.abs() < bucket.net.0.max(1), "seed {seed}: {it:?}");
        }
    }
}

#[test]
fn the_order_of_lines_makes_no_difference() {
    for seed in 0..1_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let list = draw(&mut random);
        let choices = choose(&mut random, &list);
        let before = list.total(&choices).expect("it can be worked out");
        let mut other = list.clone();
        random.shuffle(&mut other.lines);
        let after = other.total(&choices).expect("it can be worked out");
        for recurrence in Recurrence::ALL {
            assert_eq!(before.bucket(recurrence), after.bucket(recurrence), "seed {seed}");
        }
        for (line, it) in list.lines.iter().zip(&before.lines) {
            let at = other.lines.iter().position(|other| other.id == line.id).expect("it is there");
            assert_eq!(*it, after.lines[at], "seed {seed}");
        }
    }
}

#[test]
fn any_numbers_add_up_or_are_refused() {
    for seed in 0..3_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let wild = |random: &mut fastrand::Rng| {
            let size = random.u32(0..16);
            let whole = random.u64(0..=10_u64.pow(size).min(1_000_000_000_000_000 - 1));
            number(&format!(
                "{}{whole}.{:06}",
                if random.u8(..9) == 0 { "-" } else { "" },
                random.u32(0..1_000_000)
            ))
        };
        let lines = (0..6).map(|at| Line {
            quantity: wild(&mut random),
            price: wild(&mut random),
            tax: if random.bool() { wild(&mut random) } else { number("20") },
            discount: random.bool().then(|| Discount::Amount(wild(&mut random))),
            most: random.bool().then(|| wild(&mut random)),
            ..line(&at.to_string(), "1", "1")
        });
        let lines = lines.collect();
        let mut list = list(CURRENCIES[random.usize(..4)], lines);
        list.months = u32::MAX;
        list.discount.once = wild(&mut random);
        if let Ok(totals) = list.total(&Choices::default()) {
            let term = totals.term();
            assert!(term.before_tax <= term.with_tax(), "seed {seed}");
        }
    }
}
