//! The interview of a deal, on one device and on two.

use model::Right;
use terms::{
    book::{Field, Kind, Value},
    nugget::Facet,
    price::Decimal,
    question::{Answer, Asks, Choice, Condition, Fault, Question, Reveal, english, starter},
    roi,
};

use super::{
    book::{begun, deal, move_deals, open, step, text},
    rights::{share, take},
    world::World,
};
use crate::{Book, Problem, Terms};

fn words(key: &str) -> String {
    english(key).to_owned()
}

fn number(number: i64) -> Answer {
    Answer::Number(Decimal::whole(number))
}

fn ids(book: &Book) -> Vec<String> {
    book.questions().iter().map(|it| it.id.clone()).collect()
}

fn asked(book: &Book, deal: &str) -> Vec<String> {
    let interview = book.interview(deal, None).unwrap();
    interview.asked.iter().map(|it| it.question.id.clone()).collect()
}

#[test]
fn iv_questions_are_kept_in_their_order_and_undone() {
    let world = World::default();
    let device = world.device();
    let (team, book, _) = begun(&world, &device.tab());
    book.team().introduce("Ines").unwrap();
    book.set_questions(&starter(&words)).unwrap();
    assert_eq!((ids(&book).len(), ids(&book)[0].as_str()), (12, "reason"));
    assert_eq!(book.questions()[0].written.by, "Ines");
    let own = Question {
        words: "Which system is it?".into(),
        asks: Asks::One,
        choices: ["Ours", "Theirs"].map(|it| Choice { words: it.into(), ..Choice::default() }).into(),
        ..Question::default()
    };
    let id = book.set_question(&own).unwrap();
    assert_eq!(ids(&book).last(), Some(&id));
    assert!(book.questions()[12].choices.iter().all(|it| !it.id.is_empty()));
    book.move_question(&id, 1).unwrap();
    assert_eq!(ids(&book)[1], id);
    book.undo().unwrap();
    assert_eq!(ids(&book).last(), Some(&id));
    book.redo().unwrap();
    let step = book.last_step();
    book.set_questions(&starter(&words)).unwrap();
    assert_eq!(book.last_step(), step, "they are as they were");
    let wrong = Question {
        reveals: vec![Reveal {
            id: String::new(),
            problem: "x".into(),
            is: Condition::AtLeast(Decimal::ONE),
        }],
        ..own
    };
    assert!(matches!(book.set_question(&wrong), Err(Problem::Question(Fault::Condition(_)))));
    assert_eq!(book.remove_questions(&["tried".into()]), Ok(vec!["tried-why".into()]));
    assert_eq!(book.move_question("tried", 0), Err(Problem::Question(Fault::NoSuchQuestion)));
    book.undo().unwrap();
    assert_eq!(ids(&book).len(), 13);
    let before = ids(&book);
    let calculator = book.set_calculator(&roi::starter("", &words)).unwrap();
    let flushed = book.clone();
    world.run(async move { flushed.flush().await.unwrap() });
    world.pass(1_000);
    let again = open(&world, &device.tab(), team).unwrap();
    assert_eq!((ids(&again), &*again.questions()), (before, &*book.questions()));
    assert_eq!(again.calculators()[0].title, "What it is worth");
    again.remove_calculator(&calculator).unwrap();
    assert_eq!(again.calculators().len(), 0);
}

#[test]
fn iv_answers_are_the_deals_and_go_on_elsewhere() {
    let world = World::default();
    let device = world.device();
    let (team, book, process) = begun(&world, &device.tab());
    book.team().introduce("Ines").unwrap();
    book.set_questions(&starter(&words)).unwrap();
    let mut late = book.questions().iter().find(|it| it.id == "decide").cloned().unwrap();
    late.tags[Facet::Step as usize] = vec![process.steps[1].name.clone()];
    book.set_question(&late).unwrap();
    let id = book.add(&[deal("Ledger", 100, &process)]).unwrap().remove(0);
    assert_eq!(asked(&book, &id).len(), 9, "neither the branches nor what belongs to a later step");
    book.answer(&id, "hours", Some(&number(30)), "c1").unwrap();
    book.answer(&id, "errors", Some(&Answer::Yes), "").unwrap();
    assert!(asked(&book, &id).contains(&"error-cost".to_owned()));
    book.answer(&id, "error-cost", Some(&number(4_000)), "").unwrap();
    book.answer(&id, "reason", Some(&Answer::Passed), "").unwrap();
    let interview = book.interview(&id, None).unwrap();
    assert_eq!((interview.progress(), interview.next().unwrap().id.as_str()), ((4, 10), "goal"));
    let problems: Vec<String> = interview.problems().into_iter().map(|it| it.problem).collect();
    assert_eq!(problems, ["slow routine work", "costly mistakes"]);
    let hours = book.deals()[&id].answered("hours").cloned().unwrap();
    assert_eq!((hours.who.as_str(), hours.written.by.as_str()), ("c1", "Ines"));
    assert_eq!(book.answer(&id, "hours", Some(&Answer::Yes), ""), Err(Problem::Question(Fault::OtherAnswer)));
    assert_eq!(book.answer(&id, "none", None, ""), Err(Problem::Question(Fault::NoSuchQuestion)));
    assert!(matches!(book.answer("none", "hours", None, ""), Err(Problem::Book(_))));
    // Another answer hides what hangs on it, and keeps it.
    book.answer(&id, "errors", Some(&Answer::No), "").unwrap();
    assert_eq!(book.interview(&id, None).unwrap().hidden.len(), 1);
    book.undo().unwrap();
    assert_eq!(book.interview(&id, None).unwrap(), interview);
    let flushed = book.clone();
    world.run(async move { flushed.flush().await.unwrap() });
    world.pass(1_000);
    let again = open(&world, &device.tab(), team).unwrap();
    assert_eq!(again.interview(&id, None).unwrap(), interview);
    move_deals(&world, &again, std::slice::from_ref(&id), &step(&process, 1), ("", "")).unwrap();
    assert!(asked(&again, &id).contains(&"decide".to_owned()));
}

#[test]
fn iv_two_who_ask_at_once_both_keep_their_answers() {
    let world = World::default();
    let (ines, tom) = (world.device().tab(), world.device().tab());
    let (team, book, process) = begun(&world, &ines);
    book.set_questions(&starter(&words)).unwrap();
    let id = book.add(&[deal("Ledger", 100, &process)]).unwrap().remove(0);
    take(&world, &tom, &share(&world, &ines, team, Terms::of(Right::Own))).unwrap();
    let his = open(&world, &tom, team).unwrap();
    assert_eq!(ids(&his), ids(&book));
    book.answer(&id, "people", Some(&number(8)), "").unwrap();
    book.answer(&id, "errors", Some(&Answer::Yes), "").unwrap();
    world.pass(10);
    his.answer(&id, "hours", Some(&number(25)), "").unwrap();
    his.answer(&id, "way", Some(&Answer::Chosen(vec!["sheets".into()])), "").unwrap();
    his.move_question("decide", 0).unwrap();
    for (from, to) in [(&tom, &ines), (&ines, &tom)] {
        take(&world, to, &share(&world, from, team, Terms::of(Right::Own))).unwrap();
    }
    let both = book.interview(&id, None).unwrap();
    assert_eq!((both.progress(), both.inputs().len()), ((4, 11), 2));
    assert_eq!(his.interview(&id, None).unwrap(), both);
    assert_eq!(ids(&book)[0], "decide");
}

#[test]
fn iv_whom_it_is_asked_of_decides_by_their_part() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let mut money =
        Question { words: "Is money set aside?".into(), asks: Asks::YesNo, ..Question::default() };
    money.tags[Facet::Role as usize] = vec!["CFO".into()];
    book.set_question(&money).unwrap();
    let contact = |name: &str, role: &str| crate::Draft {
        kind: Kind::Contact,
        fields: vec![(Field::Name, text(name)), (Field::Role, text(role))],
        place: None,
    };
    let contacts = book.add(&[contact("Priya", "CFO"), contact("Paul", "Engineer")]).unwrap();
    let id = book.add(&[deal("Ledger", 100, &process)]).unwrap().remove(0);
    let all = contacts.iter().map(|it| terms::book::Involved { contact: it.clone(), role: String::new() });
    let all = Value::Contacts(all.collect());
    book.edit(Kind::Deal, std::slice::from_ref(&id), &[(Field::Contacts, Some(all))]).unwrap();
    let count = |contact: Option<&str>| book.interview(&id, contact).unwrap().asked.len();
    assert_eq!((count(None), count(Some(&contacts[0])), count(Some(&contacts[1]))), (1, 1, 0));
}
