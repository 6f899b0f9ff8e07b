use fastrand::Rng;

use super::*;

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn value(text: &str) -> Result<Decimal, Fault> {
    Formula::parse(text).map_err(Fault::Syntax)?.value(|name| match name {
        "a" => Ok(number("12.5")),
        "b" => Ok(Decimal::ZERO),
        _ => Err(Fault::NoSuchName(name.to_owned())),
    })
}

#[test]
fn formulas_come_to_what_they_say() {
    for (text, expected) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) × 3", "9"),
        ("10 - 4 - 3", "3"),
        ("2 − −3", "5"),
        ("--2", "2"),
        ("-a * 2", "-25"),
        ("1 / 3", "0.333333"),
        ("2 ÷ 3", "0.666667"),
        ("-2 / 3", "-0.666667"),
        ("2 / -3", "-0.666667"),
        ("12.5%", "0.125"),
        ("200 * 4 %", "8"),
        ("min(3, a, 2)", "2"),
        ("max(-1; b)", "0"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2.345, 2)", "2.35"),
        ("if(a > 10, 1, 2)", "1"),
        ("if(a <= 10, 1, 2)", "2"),
        ("if(b = 0, 0, a / b)", "0"),
        ("if(b <> 0, a / b, if(a ≥ 12.5, 7, 8)) + 1", "8"),
        ("(a > 1) + (a > 2)", "2"),
        ("0.000001 * 0.5", "0.000001"),
    ] {
        assert_eq!(value(text), Ok(number(expected)), "{text}");
    }
}

#[test]
fn what_cannot_be_reckoned_is_told_by_its_reason() {
    for (text, fault) in [
        ("a / b", Fault::ByZero),
        ("1000000000000000 * 2", Fault::TooLarge),
        ("1000000000000000 * 1000000000000000", Fault::TooLarge),
        ("-1000000000000000 - 1", Fault::TooLarge),
        ("1000000000000000 / 0.000001", Fault::TooLarge),
        ("round(1, 7)", Fault::Places),
        ("round(1, 0.5)", Fault::Places),
        ("c + 1", Fault::NoSuchName("c".into())),
    ] {
        assert_eq!(value(text), Err(fault), "{text}");
    }
}

#[test]
fn what_is_no_formula_is_told_with_its_place() {
    let long = format!("1{}", " ".repeat(FORMULA_MAX));
    let name = "n".repeat(NAME_MAX + 1);
    for (text, at, what) in [
        ("", 0, What::EndsEarly),
        ("1 +", 3, What::EndsEarly),
        ("1 + )", 4, What::Unexpected),
        ("(1 + 2", 6, What::EndsEarly),
        ("1 2", 2, What::Unexpected),
        ("é ÷ ÷", 4, What::Unexpected),
        ("𝒙 + ?", 5, What::Unexpected),
        ("1.2.3", 0, What::Number),
        ("1.1234567", 0, What::Number),
        ("1.12345%", 0, What::Number),
        ("99999999999999999", 0, What::Number),
        ("1 + sum(2)", 4, What::NoSuchFunction),
        ("round(1, 2, 3)", 0, What::Values),
        ("if(1, 2)", 0, What::Values),
        ("min", 3, What::EndsEarly),
        ("a < b < c", 6, What::Unexpected),
        (&long, FORMULA_MAX, What::TooLong),
        (&name, 0, What::LongName),
        (&"(".repeat(FORMULA_MAX), 24, What::TooDeep),
        (&"if(".repeat(100), 72, What::TooDeep),
    ] {
        assert_eq!(Formula::parse(text), Err(Syntax { at, what }), "{text}");
    }
    let minus = format!("{}1", "-".repeat(FORMULA_MAX - 1));
    assert_eq!(value(&minus), Ok(number("-1")), "signs before a number are no depth");
    let sum = vec!["1"; FORMULA_MAX / 2].join("+");
    assert_eq!(value(&sum), Ok(Decimal::whole(FORMULA_MAX as i64 / 2)));
}

/// An expression, and how somebody else reckons it: each step as a fraction, brought to millionths.
enum Tree {
    Number(i128),
    Negated(Box<Tree>),
    Of(char, Box<Tree>, Box<Tree>),
    Least(Box<Tree>, Box<Tree>),
    If(Box<[Tree; 3]>),
}

const MILLION: i128 = 1_000_000;

fn tree(random: &mut Rng, depth: u32) -> Tree {
    let part = |random: &mut Rng| Box::new(tree(random, depth - 1));
    match if depth == 0 { 0 } else { random.u32(..9) } {
        0 | 1 => Tree::Number(match random.u32(..4) {
            0 => 0,
            1 => random.i128(0..100) * MILLION,
            2 => random.i128(0..5_000_000_000),
            _ => random.i128(0..1_000_000_000_000_000) * MILLION,
        }),
        2 => Tree::Negated(part(random)),
        3 => Tree::Least(part(random), part(random)),
        4 => Tree::If(Box::new([*part(random), *part(random), *part(random)])),
        _ => Tree::Of(*random.choice(&['+', '-', '*', '/', '<', '=']).unwrap(), part(random), part(random)),
    }
}

impl Tree {
    fn write(&self, random: &mut Rng) -> String {
        let space = if random.bool() { " " } else { "" };
        match self {
            Self::Number(number) => {
                Decimal::parse(&format!("{}.{:06}", number / MILLION, number % MILLION)).unwrap().to_string()
            }
            Self::Negated(of) => format!("-{space}({})", of.write(random)),
            Self::Of(sign, one, other) => {
                let (one, other) = (one.write(random), other.write(random));
                format!("({one}){space}{sign}{space}({other})")
            }
            Self::Least(one, other) => format!("min({},{space}{})", one.write(random), other.write(random)),
            Self::If(parts) => {
                let [condition, one, other] = parts.each_ref().map(|it| it.write(random));
                format!("if({condition},{one}{space},{other})")
            }
        }
    }

    /// In millionths; none where it is beyond, or by zero.
    fn value(&self) -> Option<i128> {
        let fraction = |over: i128, under: i128| {
            let (over, under) = if under < 0 { (-over, -under) } else { (over, under) };
            let (whole, rest) = (over.div_euclid(under), over.rem_euclid(under));
            // Half goes away from zero: below zero it stays down.
            let goes_up = rest * 2 > under || (rest * 2 == under && over >= 0);
            whole + i128::from(goes_up)
        };
        let value = match self {
            Self::Number(number) => *number,
            Self::Negated(of) => -of.value()?,
            Self::Least(one, other) => one.value()?.min(other.value()?),
            Self::If(parts) => {
                let [condition, one, other] = &**parts;
                if condition.value()? == 0 { other.value()? } else { one.value()? }
            }
            Self::Of(sign, one, other) => {
                let (one, other) = (one.value()?, other.value()?);
                match sign {
                    '+' => one + other,
                    '-' => one - other,
                    '*' => fraction(one.checked_mul(other)?, MILLION),
                    '/' if other == 0 => return None,
                    '/' => fraction(one * MILLION, other),
                    '<' => i128::from(one < other) * MILLION,
                    _ => i128::from(one == other) * MILLION,
                }
            }
        };
        (value.abs() <= Decimal::MAX.0).then_some(value)
    }
}

#[test]
fn formulas_agree_with_somebody_elses_reckoning() {
    let mut reckoned = 0;
    for seed in 0..4_000 {
        let mut random = Rng::with_seed(seed);
        let depth = random.u32(..5);
        let tree = tree(&mut random, depth);
        let text = tree.write(&mut random);
        if text.chars().count() > FORMULA_MAX {
            continue;
        }
        let value = value(&text).ok().map(|it| it.0);
        assert_eq!(value, tree.value(), "seed {seed}: {text}");
        reckoned += usize::from(value.is_some());
    }
    assert!(reckoned > 1_500, "{reckoned}");
}

#[test]
fn no_text_breaks_the_reading() {
    let parts = [
        "(", ")", "if(", "min(", "a", "1", ".", "%", ",", "-", "÷", "<=", " ", "𝒙", "\u{301}", "round(", "=",
        "0", "/",
    ];
    for seed in 0..4_000 {
        let mut random = Rng::with_seed(seed);
        let text: String = (0..random.usize(..60)).map(|_| *random.choice(&parts).unwrap()).collect();
        match Formula::parse(&text) {
            Ok(formula) => drop(formula.value(|_| Ok(Decimal::MAX))),
            Err(Syntax { at, .. }) => {
                assert!(at <= text.encode_utf16().count(), "seed {seed}: {text}");
            }
        }
    }
}

fn outcome(name: &str, formula: &str) -> Outcome {
    Outcome { name: name.into(), formula: formula.into(), ..Outcome::default() }
}

fn calculator(outcomes: &[(&str, &str)]) -> Calculator {
    let input = Input {
        name: "days".into(),
        value: number("9"),
        least: Some(number("1")),
        most: Some(number("30")),
        ..Input::default()
    };
    let outcomes = outcomes.iter().map(|(name, formula)| outcome(name, formula)).collect();
    Calculator { title: "Close".into(), inputs: vec![input], outcomes, ..Calculator::default() }
}

#[test]
fn outcomes_rest_on_each_other_in_whatever_order_they_stand() {
    let all =
        calculator(&[("yearly", "monthly * 12"), ("monthly", "days * 100"), ("share", "yearly / monthly")]);
    assert_eq!(all.check(), Ok(()));
    let figures = |values: &[(&str, &str)]| {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), number(value))).collect();
        all.reckon(&values).into_iter().map(|it| it.unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(figures(&[]), ["10800", "900", "12"]);
    assert_eq!(figures(&[("days", "4"), ("monthly", "1")]), ["4800", "400", "12"]);
    assert_eq!(figures(&[("days", "400")]), ["36000", "3000", "12"], "no more than it may be");
}

#[test]
fn circles_are_refused_and_leave_the_rest_as_it_is() {
    let all = calculator(&[("x", "y + 1"), ("y", "z"), ("z", "x"), ("good", "days"), ("on", "x + good")]);
    let circle: Vec<String> = ["x", "y", "z"].map(str::to_owned).into();
    let fault = Fault::Circle(circle.clone());
    assert_eq!(all.check(), Err(Faulty { name: "x".into(), fault: fault.clone() }));
    let figures = all.reckon(&BTreeMap::new());
    assert_eq!(figures[3], Ok(number("9")));
    for at in [0, 1, 2, 4] {
        assert_eq!(figures[at], Err(fault.clone()), "{at}");
    }
    let own = calculator(&[("x", "x")]);
    assert_eq!(own.reckon(&BTreeMap::new()), [Err(Fault::Circle(vec!["x".into()]))]);
}

#[test]
fn the_most_that_may_stand_in_a_calculator_is_reckoned() {
    // Each outcome rests on all before it, by as many names as a formula has room for.
    let formula = |at: usize| {
        (0..FORMULA_MAX / 4).map(|it| format!("x{}", it % at.max(1))).collect::<Vec<_>>().join("-")
    };
    let mut all: Vec<(String, String)> = (1..ROWS_MAX).map(|at| (format!("x{at}"), formula(at))).collect();
    all.push(("x0".into(), "days".into()));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let figures = calculator(&all).reckon(&BTreeMap::new());
    let fails = figures.iter().filter(|it| it.is_err()).count();
    assert_eq!((figures.len(), figures[49].clone()), (ROWS_MAX, Ok(number("9"))));
    assert!(fails < ROWS_MAX, "what is too large is told, and nothing else is wrong: {figures:?}");
    let told = |it: &Result<Decimal, Fault>| matches!(it, Ok(_) | Err(Fault::TooLarge | Fault::RestsOn(_)));
    assert!(figures.iter().all(told), "{figures:?}");
}

#[test]
fn faults_are_told_with_whose_they_are() {
    let faults: Vec<_> =
        calculator(&[("x", "1 +"), ("y", "x * 2"), ("z", "days / 0")]).reckon(&BTreeMap::new());
    let syntax = Fault::Syntax(Syntax { at: 3, what: What::EndsEarly });
    assert_eq!(faults, [Err(syntax.clone()), Err(Fault::RestsOn("x".into())), Err(Fault::ByZero)]);
    let refused = |all: Calculator| all.check().unwrap_err();
    let of = |name: &str, fault| Faulty { name: name.into(), fault };
    assert_eq!(refused(calculator(&[("x", "1 +")])), of("x", syntax));
    assert_eq!(refused(calculator(&[("x", "gone")])), of("x", Fault::NoSuchName("gone".into())));
    assert_eq!(refused(calculator(&[("days", "1")])), of("days", Fault::BadName));
    assert_eq!(refused(calculator(&[("min", "1")])), of("min", Fault::BadName));
    let mut outside = calculator(&[]);
    outside.inputs[0].value = number("31");
    assert_eq!(refused(outside), of("days", Fault::Bounds));
    let many: Vec<(String, String)> = (0..=ROWS_MAX).map(|at| (format!("x{at}"), "1".into())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(refused(calculator(&many)), of("", Fault::TooMany));
}

#[test]
fn the_starter_reckons_saving_payback_and_return() {
    let all = starter("r", &str::to_owned);
    assert_eq!(all.check(), Ok(()));
    let values = [
        ("people", "8"),
        ("hours", "25"),
        ("hour_cost", "60"),
        (PRICE_ONCE, "12000"),
        (PRICE_YEARLY, "20000"),
    ];
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), number(value))).collect();
    let figures: Vec<String> = all.reckon(&values).into_iter().map(|it| it.unwrap().to_string()).collect();
    // 8 · 25 · 12 · 60 · 40 % = 57,600; 12,000 + 3 · 20,000; 12,000 / (37,600 / 12); 3 · 57,600 − 72,000; 100,800 / 72,000.
    assert_eq!(figures, ["57600", "72000", "3.8", "100800", "140"]);
    let dear = [(PRICE_ONCE.to_owned(), number("1")), (PRICE_YEARLY.to_owned(), number("900000"))].into();
    assert_eq!(all.reckon(&dear)[2], Err(Fault::ByZero), "it is never paid back");
}

#[test]
fn calculators_are_read_as_they_were_written() {
    let mut all = starter("r", &str::to_uppercase);
    all.currency = Currency::parse("EUR");
    all.tags[3] = vec!["Ledger".into()];
    let cells = |changes: Vec<crate::book::Change>| {
        let cells = changes.into_iter().filter_map(|it| Some((it.key, it.to?)));
        stdx::in_order(cells, |one, other| one.0 < other.0)
    };
    assert_eq!(Calculator::read("r", &cells(all.changes_from(None))), Some(all.clone()));
    let mut other = all.clone();
    other.inputs[1].value = number("7");
    assert_eq!(other.changes_from(Some(&all)).len(), 1);
    let mut gone = all.changes_from(None);
    gone.push(Calculator::gone("r"));
    assert_eq!(Calculator::read("r", &cells(gone)), None);
}
