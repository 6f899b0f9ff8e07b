use terms::{
    book::{Kind, Move, Rate, Value},
    price::{Currency, Decimal},
    process::{Evidence, Step},
};

use super::*;

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

fn deal(id: &str, place: Place, fields: &[(Field, Value)]) -> Record {
    let mut fields = [(Field::Process, text("p"))].iter().chain(fields).cloned().collect::<Vec<_>>();
    fields.sort_by_key(|(field, _)| *field);
    let none = String::new;
    let at = id.len() as u64;
    Record {
        kind: Kind::Deal,
        id: id.into(),
        fields,
        moves: vec![Move { id: "1".into(), to: place, at, by: none(), reason: none(), competitor: none() }],
        seen: Vec::new(),
        scores: Vec::new(),
        log: Vec::new(),
        used: Vec::new(),
        answers: Vec::new(),
    }
}

fn process() -> Process {
    let step = |id: &str, required: bool| Step {
        id: id.into(),
        evidence: vec![Evidence { id: format!("{id}-e"), is_required: required, ..Evidence::default() }],
        ..Step::default()
    };
    Process { id: "p".into(), steps: vec![step("a", true), step("b", true)], ..Process::default() }
}

fn shown(deals: &[Record], filter: &Filter, sort: Sort) -> Vec<String> {
    let processes = [process()];
    let rates = Rates {
        own: Currency::parse("EUR").unwrap(),
        rates: vec![Rate {
            of: Currency::parse("USD").unwrap(),
            from: Day::parse("2026-01-01").unwrap(),
            rate: Decimal::parse("0.5").unwrap(),
        }],
    };
    let today = Day::parse("2026-06-01").unwrap();
    let account = |id: &str| if id == "acme" { "ACME Works" } else { "" };
    let beside = Beside { account: &account, processes: &processes, rates: &rates, today };
    rows(deals.iter(), &beside, filter, sort).into_iter().map(|row| row.deal.id.clone()).collect()
}

fn deals() -> Vec<Record> {
    let number = |it| (Field::Amount, Value::Number(Decimal::whole(it)));
    let day = |field, day| (field, Value::Day(Day::parse(day).unwrap()));
    let dollars = (Field::Currency, Value::Currency(Currency::parse("USD").unwrap()));
    let francs = (Field::Currency, Value::Currency(Currency::parse("CHF").unwrap()));
    let step = |id: &str| Place::Step(id.into());
    vec![
        deal("x", step("a"), &[(Field::Name, text("beta")), number(100), day(Field::Close, "2026-07-01")]),
        deal(
            "yy",
            step("b"),
            &[(Field::Name, text("Alpha")), number(150), dollars, (Field::Account, text("acme"))],
        ),
        deal(
            "zzz",
            step("b"),
            &[(Field::Name, text("gamma")), number(9), francs, (Field::Owner, text("Ines"))],
        ),
        deal(
            "wwww",
            Place::Lost,
            &[(Field::Name, text("delta")), number(1), day(Field::Close, "2026-05-01")],
        ),
    ]
}

fn sorted(by: Column, down: bool) -> Vec<String> {
    shown(&deals(), &Filter::default(), Sort { by, down })
}

#[test]
fn what_is_not_known_stands_last_either_way() {
    assert_eq!(sorted(Column::Amount, true), ["x", "yy", "zzz"], "75 in euros, and none without a rate");
    assert_eq!(sorted(Column::Amount, false), ["yy", "x", "zzz"]);
    assert_eq!(sorted(Column::Name, false), ["yy", "x", "zzz"], "capital letters are as small ones");
    assert_eq!(sorted(Column::Account, true), ["yy", "x", "zzz"]);
    assert_eq!(sorted(Column::Owner, false), ["zzz", "yy", "x"], "the others by their names");
    assert_eq!(sorted(Column::Step, true), ["yy", "zzz", "x"]);
    assert_eq!(sorted(Column::Close, false), ["x", "yy", "zzz"]);
    assert_eq!(sorted(Column::Next, true), ["yy", "x", "zzz"]);
    assert_eq!(sorted(Column::Since, true), ["zzz", "yy", "x"]);
    assert_eq!(sorted(Column::Gap, true), ["yy", "zzz", "x"]);
}

#[test]
fn filters_say_which_are_shown() {
    let all = deals();
    let with = |filter: Filter| shown(&all, &filter, Sort { by: Column::Name, down: false });
    let words = |words: &str| with(Filter { words: words.into(), ..Filter::default() });
    assert_eq!(words("ACME alp"), ["yy"]);
    assert_eq!(words(" ines "), ["zzz"]);
    assert_eq!(words("alpha gamma"), [""; 0]);
    assert_eq!(with(Filter { closed: true, ..Filter::default() }), ["wwww"]);
    assert_eq!(with(Filter { owner: Some("Ines".into()), ..Filter::default() }), ["zzz"]);
    assert_eq!(with(Filter { process: Some("q".into()), ..Filter::default() }), [""; 0]);
    let by = Day::parse("2026-07-01");
    assert_eq!(with(Filter { close_by: by, ..Filter::default() }), ["x"]);
    let gap = |gap| with(Filter { gap: Some(gap), ..Filter::default() });
    assert_eq!(gap(Gap::InStep), ["x"]);
    assert_eq!(gap(Gap::BuyerBehind), ["yy", "zzz"]);
    assert_eq!(gap(Gap::BuyerAhead), [""; 0]);
}
