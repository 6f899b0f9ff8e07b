use super::{
    super::{Branch, Choice, Condition, Fault, Reveal, stranded},
    *,
};
use crate::nugget::Mark;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn question(id: &str, asks: Asks) -> Question {
    let choice = |id: &str| Choice { id: id.into(), words: id.to_uppercase() };
    let choices = if asks.has_choices() { ["a", "b", "c"].map(choice).into() } else { Vec::new() };
    Question { id: id.into(), words: format!("{id}?"), asks, choices, ..Question::default() }
}

fn branching(id: &str, asks: Asks, on: &str, is: Condition) -> Question {
    Question { branch: Some(Branch { question: on.into(), is }), ..question(id, asks) }
}

fn reveal(problem: &str, is: Condition) -> Reveal {
    Reveal { id: problem.replace(' ', "-"), problem: problem.into(), is }
}

fn answered(question: &str, says: Answer) -> Answered {
    Answered { question: question.into(), says, who: String::new(), written: Mark::default() }
}

fn chosen(ids: &[&str]) -> Answer {
    Answer::Chosen(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn ids(all: &[Asked]) -> Vec<&str> {
    all.iter().map(|it| it.question.id.as_str()).collect()
}

/// Who asks: the close, how long it takes, and why.
fn close() -> Vec<Question> {
    let days = Question {
        reveals: vec![reveal("slow month end", Condition::AtLeast(decimal("6")))],
        variable: "close.days".into(),
        input: "days".into(),
        unit: "days".into(),
        ..branching("days", Asks::Number, "closes", Condition::Yes)
    };
    let why = Question {
        reveals: vec![
            reveal("Slow month-end", Condition::Chosen(vec!["a".into()])),
            reveal("late figures", Condition::Chosen(vec!["b".into(), "c".into()])),
        ],
        variable: "close.why".into(),
        ..branching("why", Asks::Several, "days", Condition::AtLeast(decimal("6")))
    };
    vec![question("closes", Asks::YesNo), days, why, question("last", Asks::Text)]
}

fn interview(answers: &[Answered]) -> Interview {
    Interview::of(&close(), &Facts::default(), answers)
}

#[test]
fn branches_are_asked_as_answers_come_and_hidden_as_they_change() {
    let begun = interview(&[]);
    assert_eq!((ids(&begun.asked), begun.progress()), (vec!["closes", "last"], (0, 2)));
    assert_eq!(begun.next().unwrap().id, "closes");
    let mut answers = vec![answered("closes", Answer::Yes)];
    assert_eq!(interview(&answers).next().unwrap().id, "days");
    answers.push(answered("days", Answer::Number(decimal("9"))));
    answers.push(answered("why", chosen(&["a", "b"])));
    let full = interview(&answers);
    assert_eq!((full.next().unwrap().id.as_str(), full.progress()), ("last", (3, 4)));
    let expected = [("slow month end", vec!["days", "why"]), ("late figures", vec!["why"])];
    let expected = expected.map(|(problem, because)| Revealed {
        problem: problem.into(),
        because: because.into_iter().map(str::to_owned).collect(),
    });
    assert_eq!(full.problems(), expected, "problems that are called alike are one");
    // They do not close by themselves after all: what hangs on it says nothing, and is kept.
    answers[0].says = Answer::No;
    let hidden = interview(&answers);
    assert_eq!((ids(&hidden.asked), ids(&hidden.hidden)), (vec!["closes", "last"], vec!["days", "why"]));
    assert_eq!((hidden.problems(), hidden.inputs()), (vec![], vec![]));
    answers[0].says = Answer::Yes;
    assert_eq!(interview(&answers), full);
    answers[1].says = Answer::Number(decimal("4"));
    assert_eq!(ids(&interview(&answers).hidden), ["why"]);
    answers[0].says = Answer::Passed;
    assert_eq!(interview(&answers).progress(), (1, 2), "what is passed over reveals nothing");
}

#[test]
fn answers_fill_variables_and_inputs() {
    let answers = [
        answered("closes", Answer::Yes),
        answered("days", Answer::Number(decimal("9"))),
        answered("why", chosen(&["b", "c"])),
    ];
    let full = interview(&answers);
    let given = |name: &str, value: &str, question: &str| Given {
        name: name.into(),
        value: value.to_owned(),
        question: question.into(),
    };
    assert_eq!(full.variables(), [given("close.days", "9 days", "days"), given("close.why", "B, C", "why")]);
    assert_eq!(full.inputs().len(), 1);
    assert_eq!((full.inputs()[0].value, full.quantities()), (decimal("9"), vec![]));
}

#[test]
fn questions_are_asked_where_they_fit_and_earlier_answers_count() {
    let mut questions = close();
    questions[0].tags[Facet::Step as usize] = vec!["Discover".into()];
    questions[1].tags[Facet::Step as usize] = vec!["Discover".into(), "Design".into()];
    questions[3].tags[Facet::Industry as usize] = vec!["accounting".into()];
    let at = |step: &str, industry: &str| {
        let mut facts = Facts::default();
        facts.known[Facet::Step as usize] = vec![step.into()];
        facts.known[Facet::Industry as usize] = vec![industry.into()];
        facts
    };
    let asked = |facts: &Facts, answers: &[Answered]| {
        ids(&Interview::of(&questions, facts, answers).asked)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(&at("Discover", "Accounting and audit"), &[]), ["closes", "last"]);
    assert_eq!(asked(&at("Design", "Manufacturing"), &[]), [""; 0]);
    let answers = [answered("closes", Answer::Yes)];
    let design = Interview::of(&questions, &at("Design", "Manufacturing"), &answers);
    assert_eq!((ids(&design.asked), ids(&design.before)), (vec!["days"], vec!["closes"]));
    assert_eq!(asked(&Facts::default(), &[]), ["closes", "last"], "what is not known keeps nothing back");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let all = close();
    for question in &all {
        assert_eq!(question.check(&all), Ok(()));
    }
    let check = |question: Question| question.check(&all);
    assert_eq!(check(Question { words: " ".into(), ..all[0].clone() }), Err(Fault::Unworded));
    assert_eq!(check(Question { choices: Vec::new(), ..all[2].clone() }), Err(Fault::Choices));
    assert_eq!(check(branching("n", Asks::Text, "gone", Condition::Given)), Err(Fault::NoGround));
    assert_eq!(check(branching("n", Asks::Text, "last", Condition::Yes)), Err(Fault::Condition("n".into())));
    let circle = branching("closes", Asks::YesNo, "why", Condition::Given);
    let way = ["closes", "why", "days"].map(str::to_owned);
    assert_eq!(check(circle), Err(Fault::Circle(way.into())));
    assert_eq!(
        check(branching("n", Asks::Text, "n", Condition::Given)),
        Err(Fault::Circle(vec!["n".into()]))
    );
    // `days` asks for a yes, which this could not give any more.
    assert_eq!(check(question("closes", Asks::Text)), Err(Fault::Condition("days".into())));
    let input = |input: &str, asks| Question { input: input.into(), ..question("n", asks) };
    assert_eq!(check(input("days", Asks::Text)), Err(Fault::NoValue));
    assert_eq!(check(input("2 days", Asks::Number)), Err(Fault::BadName));
    assert_eq!(check(question("a/b", Asks::Text)), Err(Fault::BadName));
    assert_eq!(all[0].check_answer(&Answer::Number(decimal("1"))), Err(Fault::OtherAnswer));
    assert_eq!(all[2].check_answer(&chosen(&["a", "z"])), Err(Fault::OtherAnswer));
    assert_eq!(all[2].check_answer(&chosen(&[])), Err(Fault::OtherAnswer));
    assert_eq!(question("n", Asks::One).check_answer(&chosen(&["a", "b"])), Err(Fault::OtherAnswer));
}

#[test]
fn a_question_that_lost_its_ground_is_asked_of_nobody_and_told() {
    let mut all = close();
    assert_eq!(stranded(&all), [""; 0]);
    all.remove(1);
    assert_eq!(stranded(&all), ["why"]);
    let answers = [answered("closes", Answer::Yes), answered("why", chosen(&["a"]))];
    let without = Interview::of(&all, &Facts::default(), &answers);
    assert_eq!((ids(&without.asked), ids(&without.hidden)), (vec!["closes", "last"], vec!["why"]));
    // Two people who branch on each other's question at once.
    let both = [
        branching("x", Asks::Text, "y", Condition::Given),
        branching("y", Asks::Text, "x", Condition::Given),
        branching("z", Asks::Text, "x", Condition::Given),
        question("w", Asks::Text),
    ];
    assert_eq!(stranded(&both), ["x", "y", "z"]);
    let answers = ["x", "y", "z", "w"].map(|id| answered(id, Answer::Text("so".into())));
    assert_eq!(ids(&Interview::of(&both, &Facts::default(), &answers).asked), ["w"]);
}
