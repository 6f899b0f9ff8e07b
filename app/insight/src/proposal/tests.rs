use terms::{
    book::{Kind, Rates, Value},
    nugget::{Mark, State},
    plan::Day,
    price::Recurrence,
    question::{Answer, Answered, Asks, Condition, Question, Reveal},
    roi::{Input, Outcome},
};

use super::*;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn record(kind: Kind, id: &str, fields: &[(Field, Value)]) -> Record {
    let mut fields = fields.to_vec();
    fields.sort_by_key(|(field, _)| *field);
    let id = id.to_owned();
    let (moves, seen, scores, log, used, answers) = Default::default();
    Record { kind, id, fields, moves, seen, scores, log, used, answers }
}

/// Title, kind, tags, text.
type Seed = (&'static str, NuggetKind, &'static [(Facet, &'static str)], &'static str);

const SEEDS: [Seed; 12] = [
    (
        "Opening",
        NuggetKind::Template,
        &[],
        "Dear {{contact.name}}, you want {{buyer.goal}} by {{offer.date}}.",
    ),
    (
        "Close faster",
        NuggetKind::Benefit,
        &[(Facet::Problem, "slow month end")],
        "From {{close.days}} to four.",
    ),
    ("Why not wait", NuggetKind::Answer, &[(Facet::Problem, "Slow month-end")], "A year of waiting costs."),
    ("One ledger", NuggetKind::Benefit, &[(Facet::Product, "Ledger")], "All in one for {{account.name}}."),
    ("Less downtime", NuggetKind::Benefit, &[(Facet::Problem, "downtime")], "Machines run."),
    ("Quillhaven", NuggetKind::Case, &[(Facet::Industry, "Accounting")], "They closed in four days."),
    ("A plant", NuggetKind::Case, &[(Facet::Industry, "Manufacturing")], "They made more."),
    ("Anna Vogt", NuggetKind::Person, &[(Facet::Role, "CFO")], "Led forty closes."),
    ("Tom Reyes", NuggetKind::Person, &[(Facet::Role, "plant manager")], "Installs sensors."),
    ("Fabrikam", NuggetKind::Competitor, &[(Facet::Problem, "slow month end")], "They are dear."),
    ("What to ask", NuggetKind::Questions, &[], "Ask for the close."),
    ("Too dear", NuggetKind::Answer, &[], "It pays for itself."),
];

fn nuggets() -> Vec<Nugget> {
    let nugget = |(title, kind, tags, text): &Seed| {
        let mut nugget = Nugget {
            id: title.to_lowercase().replace(' ', "-"),
            title: (*title).into(),
            text: (*text).into(),
            kind: *kind,
            state: State::Approved,
            ..Nugget::default()
        };
        for (facet, tag) in *tags {
            nugget.tagged_mut(*facet).push((*tag).into());
        }
        nugget
    };
    let draft =
        Nugget { state: State::Draft, id: "draft".into(), title: "Draft".into(), ..Nugget::default() };
    SEEDS.iter().map(nugget).chain([draft]).collect()
}

fn questions() -> Vec<Question> {
    let reveal = |problem: &str, is| Reveal { id: "r".into(), problem: problem.into(), is };
    let number =
        |id: &str| Question { id: id.into(), words: "?".into(), asks: Asks::Number, ..Question::default() };
    vec![
        Question {
            reveals: vec![reveal("slow month end", Condition::AtLeast(decimal("6")))],
            variable: "close.days".into(),
            input: "days".into(),
            unit: "days".into(),
            ..number("days")
        },
        Question { product: "Ledger".into(), ..number("seats") },
        Question { id: "goal".into(), variable: "buyer.goal".into(), ..number("goal") },
        Question { reveals: vec![reveal("no owner", Condition::Yes)], asks: Asks::YesNo, ..number("owner") },
    ]
}

fn answered(question: &str, says: Answer) -> Answered {
    Answered { question: question.into(), says, who: String::new(), written: Mark::default() }
}

fn list() -> PriceList {
    let line = |id: &str, name: &str, price: &str, recurrence| Line {
        id: id.into(),
        name: name.into(),
        price: decimal(price),
        quantity: Decimal::ONE,
        recurrence,
        ..Line::default()
    };
    let lines = vec![
        line("p1", "Ledger", "10", Recurrence::Monthly),
        line("p2", "Training", "900", Recurrence::Once),
        line("p3", "Support", "100", Recurrence::Yearly),
    ];
    PriceList { lines, ..PriceList::default() }
}

fn calculator(title: &str, product: &str) -> Calculator {
    let input = |name: &str, unit: Unit, most: Option<&str>| Input {
        name: name.into(),
        unit,
        most: most.map(decimal),
        ..Input::default()
    };
    let mut calculator = Calculator {
        id: title.into(),
        title: title.into(),
        inputs: vec![
            input("days", Unit::default(), Some("20")),
            input(PRICE_ONCE, Unit::Money, None),
            input(PRICE_YEARLY, Unit::Money, None),
        ],
        outcomes: vec![Outcome { name: "x".into(), formula: "days * 2".into(), ..Outcome::default() }],
        ..Calculator::default()
    };
    calculator.tags[Facet::Product as usize] = vec![product.into()];
    calculator
}

fn propose_with(answers: Vec<Answered>, currency: &str) -> Proposal {
    let fields = [
        (Field::Name, text("Month end at Quillhaven")),
        (Field::Products, Value::List(vec!["ledger".into(), "Training".into(), "Robot".into()])),
        (Field::Note, text("They would pay 20 % more.")),
        (Field::Currency, Value::Currency(Currency::parse(currency).unwrap())),
    ];
    let deal = Record { answers, ..record(Kind::Deal, "d1", &fields) };
    let account = record(
        Kind::Account,
        "a1",
        &[(Field::Name, text("Quillhaven")), (Field::Industry, text("Accounting, audit"))],
    );
    let contact =
        record(Kind::Contact, "c1", &[(Field::Name, text("Priya Raman")), (Field::Role, text("CFO"))]);
    let roles = vec!["CFO".to_owned()];
    let facts = Facts::of(&deal, Some(&account), None, &roles);
    let interview = Interview::of(&questions(), &facts, &deal.answers);
    let rates = Rates::default();
    let beside = Beside {
        account: Some(&account),
        roles,
        problems: interview.problems().into_iter().map(|it| it.problem).collect(),
        process: None,
        deals: vec![&deal],
        rates: &rates,
        today: Day::parse("2027-03-01").unwrap(),
        read: &|_| 0.0,
    };
    let calculators =
        [calculator("A robot", "Robots of others"), calculator("Any", ""), calculator("Close", "Ledger")];
    let (nuggets, products) = (nuggets(), list());
    let material = Material {
        nuggets: &nuggets,
        calculators: &calculators,
        products: &products,
        contact: Some(&contact),
        facts: &facts,
    };
    propose(&deal, &interview, &beside, &material, &|part| format!("{part:?}"))
}

fn full() -> Proposal {
    propose_with(
        vec![
            answered("days", Answer::Number(decimal("9"))),
            answered("seats", Answer::Number(decimal("40"))),
            answered("owner", Answer::Yes),
        ],
        "EUR",
    )
}

fn shown(proposal: &Proposal) -> Vec<(String, Vec<&str>)> {
    let titles = |section: &'_ Section| {
        section
            .picked
            .iter()
            .map(|it| SEEDS.iter().find(|seed| seed.0 == it.title).map_or("", |seed| seed.0))
            .collect()
    };
    proposal.sections.iter().map(|section| (section.heading.clone(), titles(section))).collect()
}

#[test]
fn what_answers_reveal_decides_what_goes_in() {
    let proposal = full();
    let section = |heading: &str, titles: &[&'static str]| (heading.to_owned(), titles.to_vec());
    let expected = [
        section("Opening", &["Opening"]),
        section("Problem(\"slow month end\")", &["Close faster", "Why not wait"]),
        section("Benefits", &["One ledger"]),
        section("Cases", &["Quillhaven"]),
        section("Answers", &["Too dear"]),
        section("People", &["Anna Vogt"]),
    ];
    assert_eq!(shown(&proposal), expected);
    assert_eq!(
        (&proposal.unmet, &proposal.unlisted),
        (&vec!["no owner".to_owned()], &vec!["Robot".to_owned()])
    );
    let because: Vec<&[String]> = proposal.problems.iter().map(|it| it.because.as_slice()).collect();
    assert_eq!(because, [["days".to_owned()], ["owner".to_owned()]]);
    let reasons = &proposal.sections[1].picked[0].reasons;
    assert!(reasons.contains(&Reason::Tags(Facet::Problem, vec!["slow month end".into()])), "{reasons:?}");
    assert_eq!(proposal, full(), "it is the same each time");
    let quick = propose_with(vec![answered("days", Answer::Number(decimal("2")))], "EUR");
    assert_eq!(quick.problems, []);
    assert!(shown(&quick).iter().all(|(heading, _)| !heading.starts_with("Problem")));
}

#[test]
fn variables_are_filled_and_those_that_are_not_are_told() {
    let proposal = full();
    let value = |name: &str| proposal.values.get(name).map(|it| (it.value.as_str(), it.from.clone()));
    assert_eq!(value("close.days"), Some(("9 days", Source::Answer("days".into()))));
    assert_eq!(value("contact.name"), Some(("Priya Raman", Source::Contact)));
    assert_eq!(value("account.name"), Some(("Quillhaven", Source::Account)));
    assert_eq!(proposal.unfilled(), ["buyer.goal", "offer.date"]);
    let names: Vec<String> = proposal.variables().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["contact.name", "buyer.goal", "offer.date", "close.days", "account.name"]);
    let mut filled = proposal.clone();
    filled.fill("offer.date", " 1 May ");
    filled.title = "For {{seller.team}}".into();
    assert_eq!(filled.unfilled(), ["seller.team", "buyer.goal"]);
    filled.fill("offer.date", "");
    assert_eq!(filled.unfilled().len(), 3);
    assert!(proposal.values.values().all(|it| !it.value.contains("20 %")), "no note is in it");
}

#[test]
fn price_and_calculator_have_the_numbers_of_the_answers() {
    let proposal = full();
    let lines: Vec<(&str, String)> =
        proposal.lines.iter().map(|it| (it.id.as_str(), it.quantity.to_string())).collect();
    assert_eq!(lines, [("p1", "40".to_owned()), ("p2", "1".to_owned())]);
    let calculator = proposal.calculator.as_ref().unwrap();
    let values: Vec<String> = calculator.inputs.iter().map(|it| it.value.to_string()).collect();
    assert_eq!((calculator.title.as_str(), values), ("Close", vec!["9".into(), "900".into(), "4800".into()]));
    assert_eq!(proposal.figures.len(), 1);
    // What is in another currency stays out, and more days than it takes are as many as it takes.
    let dollars = propose_with(vec![answered("days", Answer::Number(decimal("31")))], "USD");
    let values: Vec<String> =
        dollars.calculator.unwrap().inputs.iter().map(|it| it.value.to_string()).collect();
    assert_eq!(values, ["20", "0", "0"]);
}

#[test]
fn a_draft_is_changed_by_hand() {
    let mut proposal = full();
    proposal.take_out("quillhaven");
    assert!(proposal.sections.iter().all(|it| it.heading != "Cases"));
    let plant = nuggets().into_iter().find(|it| it.title == "A plant").unwrap();
    proposal.put_in(0, &plant);
    proposal.put_in(2, &plant);
    proposal.put_in(99, &plant);
    assert_eq!(proposal.sections[0].picked.len(), 2, "each stands once");
    assert_eq!(proposal.nuggets().filter(|it| it.nugget == "a-plant").count(), 1);
    let markdown = proposal.sections[0].markdown();
    assert!(markdown.starts_with("### Opening\n\nDear {{contact.name}}"), "{markdown}");
    assert!(markdown.ends_with("### A plant\n\nThey made more."), "{markdown}");
    assert_eq!(proposal.sections[2].markdown(), "All in one for {{account.name}}.");
    assert_eq!(plain("C# & \\*x*\n"), "C\\# \\& \\\\\\*x\\* ");
}
