//! From a deal and its interview to a room.

use std::time::Instant;

use exchange::bundle;
use insight::proposal::{Part, Proposal};
use model::{DocName, Right, RoomId};
use reactive_graph::traits::GetUntracked as _;
use sync::ledger::SignedEntry;
use terms::{
    book::{DidKind, Field, Kind, Value},
    nugget::{Facet, Nugget, NuggetKind, State},
    plan::Day,
    price::{Decimal, Line, Recurrence},
    question::{Answer, Asks, Question, english, starter},
    roi,
};

use super::{
    book::{begun, deal, text},
    book_apart::opened,
    rights::{share, take},
    world::{Device, World},
};
use crate::{Book, Draft, Problem, Room, Rooms, Terms};

/// What is the team's alone has this word in it.
const WORD: &str = "Zwetschgenwasser";

fn words(key: &str) -> String {
    english(key).to_owned()
}

fn heading(part: &Part) -> String {
    match part {
        Part::Problem(problem) => problem.clone(),
        part => format!("{part:?}"),
    }
}

fn nugget(title: &str, kind: NuggetKind, text: &str) -> Nugget {
    Nugget {
        title: title.into(),
        text: text.into(),
        kind,
        owner: WORD.into(),
        source: format!("{WORD}/{title}.md"),
        ..Nugget::default()
    }
}

/// A team with a library of so many nuggets for each kind, two products, and a deal that was asked.
fn team(world: &World, rooms: &Rooms, count: usize) -> (Book, String) {
    let (_, book, process) = begun(world, rooms);
    book.team().introduce("Ines").unwrap();
    let mut nuggets = Vec::new();
    for at in 0..count {
        for kind in [
            NuggetKind::Template,
            NuggetKind::Benefit,
            NuggetKind::Case,
            NuggetKind::Person,
            NuggetKind::Answer,
        ] {
            let text = format!(
                "## About {at}\n\n| For | {{{{account.name}}}} |\n|---|---|\n| hours | {{{{buyer.hours}}}} |\n\nWords *and* words. {{{{offer.date}}}}"
            );
            let mut nugget = nugget(&format!("{kind:?} {at}"), kind, &text);
            if kind == NuggetKind::Benefit && at == 0 {
                nugget.tagged_mut(Facet::Problem).push("slow routine work".into());
            }
            nuggets.push(nugget);
        }
    }
    nuggets.push(nugget("Fabrikam", NuggetKind::Competitor, WORD));
    nuggets.push(nugget("Asking", NuggetKind::Questions, WORD));
    book.take_nuggets(nuggets).unwrap();
    let ids: Vec<String> = book.nuggets().iter().map(|it| it.id.clone()).collect();
    book.state_nuggets(&ids, State::Approved).unwrap();
    let mut questions = starter(&words);
    questions.iter_mut().for_each(|it| it.hint = WORD.into());
    let seats = Question {
        words: "How many seats?".into(),
        asks: Asks::Number,
        product: "Ledger".into(),
        ..Question::default()
    };
    book.set_questions(&questions).unwrap();
    let seats = book.set_question(&seats).unwrap();
    book.set_calculator(&roi::starter("", &words)).unwrap();
    let line = |name: &str, price, recurrence| Line {
        name: name.into(),
        price: Decimal::whole(price),
        quantity: Decimal::ONE,
        recurrence,
        ..Line::default()
    };
    let lines = [line("Ledger", 10, Recurrence::Yearly), line("Training", 900, Recurrence::Once)];
    let lines = book.team().add_lines(&lines, 0).unwrap();
    let costs = book.team().clone();
    world.run(async move { costs.set_cost(&lines[0], Some(Decimal::whole(7_654_321))).await.unwrap() });
    let account = Draft {
        kind: Kind::Account,
        fields: vec![(Field::Name, text("Quillhaven")), (Field::Plan, text(WORD))],
        place: None,
    };
    let account = book.add(&[account]).unwrap().remove(0);
    let mut draft = deal("Ledger for Quillhaven", 100, &process);
    draft.fields.extend([
        (Field::Account, text(&account)),
        (Field::Note, text(WORD)),
        (Field::Competitors, Value::List(vec![WORD.into()])),
        (Field::Products, Value::List(vec!["Ledger".into(), "Training".into()])),
    ]);
    let id = book.add(&[draft]).unwrap().remove(0);
    book.log(Kind::Deal, &id, DidKind::Call, WORD).unwrap();
    for (question, says) in [
        ("people", Answer::Number(Decimal::whole(8))),
        ("hours", Answer::Number(Decimal::whole(25))),
        (seats.as_str(), Answer::Number(Decimal::whole(40))),
        ("goal", Answer::Text(WORD.into())),
    ] {
        book.answer(&id, question, Some(&says), "").unwrap();
    }
    (book, id)
}

fn propose(book: &Book, deal: &str) -> Proposal {
    book.propose(deal, None, Day::parse("2027-03-01").unwrap(), &heading).unwrap()
}

fn make(world: &World, rooms: &Rooms, book: &Book, draft: &Proposal) -> Result<Room, Problem> {
    let (rooms, book, draft) = (rooms.clone(), book.clone(), draft.clone());
    world.run(async move {
        let id = rooms.room_from(&book, &draft, "Untitled").await?;
        rooms.open(id).await
    })
}

#[test]
fn iv_a_proposal_becomes_the_room_of_its_deal() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (book, id) = team(&world, &ines, 2);
    let mut draft = propose(&book, &id);
    assert_eq!(draft.unfilled(), ["offer.date"]);
    let case = draft.sections.iter().find(|it| it.heading == "Cases").unwrap().picked[1].nugget.clone();
    draft.take_out(&case);
    let room = make(&world, &ines, &book, &draft).unwrap();
    assert_eq!(room.title().get_untracked(), "Ledger for Quillhaven");
    let names: Vec<String> = room.sections().get_untracked().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Opening", "slow routine work", "Benefits", "Cases", "Answers", "People"]);
    assert_eq!(room.variable("buyer.hours").as_deref(), Some("25 hours a month"));
    assert_eq!(room.variable("account.name").as_deref(), Some("Quillhaven"));
    let used = room.used_variables().unwrap();
    assert_eq!(used.iter().filter(|name| room.variable(name).is_none()).collect::<Vec<_>>(), ["offer.date"]);
    let lines = room.price().list.lines;
    let shown: Vec<_> = lines.iter().map(|it| (it.name.as_str(), it.quantity.to_string())).collect();
    assert_eq!(shown, [("Ledger", "40".into()), ("Training", "1".to_owned())]);
    assert_eq!(room.costs().len(), 1);
    let roi = room.roi().unwrap();
    let values: Vec<String> = roi.inputs.iter().take(2).map(|it| it.value().to_string()).collect();
    assert_eq!((values, roi.inputs[5].value()), (vec!["8".to_owned(), "25".to_owned()], Decimal::whole(400)));
    {
        let deals = book.deals();
        let deal = &deals[&id];
        assert_eq!(RoomId::parse(deal.text(Field::Room)), Some(room.id()));
        assert_eq!(deal.used.len(), draft.nuggets().count());
        assert!(deal.used.iter().all(|it| it.nugget != case));
    }
    book.undo().unwrap();
    assert_eq!((book.deals()[&id].text(Field::Room), book.deals()[&id].used.len()), ("", 0));
    let terms = Terms { name: "Priya".into(), ..Terms::of(Right::Comment) };
    let hers = take(&world, &priya, &share(&world, &ines, room.id(), terms)).unwrap();
    hers.put_figure("people", Some(Decimal::whole(12))).unwrap();
    take(&world, &ines, &share(&world, &priya, room.id(), Terms::of(Right::Comment))).unwrap();
    let put = room.roi().unwrap().inputs[0].put.clone().unwrap();
    assert_eq!((put.name.as_str(), put.says), ("Priya", Decimal::whole(12)));
}

#[test]
fn iv_what_makes_no_sense_leaves_no_room_behind() {
    let world = World::default();
    let ines = world.device().tab();
    let (book, id) = team(&world, &ines, 1);
    let count = || {
        let rooms = ines.clone();
        world.run(async move {
            rooms.read().await.unwrap();
            rooms.list().get_untracked().unwrap().len()
        })
    };
    let before = count();
    let mut draft = propose(&book, &id);
    if let Some(calculator) = &mut draft.calculator {
        calculator.outcomes[0].formula = "1 +".into();
    }
    assert!(matches!(make(&world, &ines, &book, &draft).map(drop), Err(Problem::Calculator(_))));
    let gone = Proposal { deal: "gone".into(), ..propose(&book, &id) };
    assert!(matches!(make(&world, &ines, &book, &gone).map(drop), Err(Problem::Book(_))));
    assert_eq!((count(), book.deals()[&id].text(Field::Room)), (before, ""));
    // A draft with nothing in it is a blank room.
    let blank = Proposal {
        sections: Vec::new(),
        lines: Vec::new(),
        calculator: None,
        title: " ".into(),
        ..propose(&book, &id)
    };
    let room = make(&world, &ines, &book, &blank).unwrap();
    assert_eq!((room.title().get_untracked().as_str(), room.roi()), ("Untitled", None));
}

/// How many entries of what leaves a room have something of the team in them.
fn tells(world: &World, device: &Device, rooms: &Rooms, room: RoomId, right: Right, says: &[&str]) -> usize {
    let bundle = opened(world, device, &share(world, rooms, room, Terms::of(right)));
    assert!(bundle.workspace.is_empty());
    let tells = |packed: &&bundle::PackedEntry| {
        let entry = SignedEntry::read(room, packed.epoch, &packed.bytes).unwrap().entry;
        let has = |word: &&str| entry.update.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        says.iter().any(has) || matches!(entry.doc, DocName::Book(_))
    };
    bundle.entries.iter().filter(tells).count()
}

#[test]
fn iv_nothing_of_the_team_is_in_what_leaves_the_room() {
    let world = World::default();
    let device = world.device();
    let ines = device.tab();
    let (book, id) = team(&world, &ines, 2);
    let room = make(&world, &ines, &book, &propose(&book, &id)).unwrap();
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        assert_eq!(tells(&world, &device, &ines, room.id(), right, &[WORD, "7654321"]), 0, "{right:?}");
        assert!(tells(&world, &device, &ines, room.id(), right, &["Quillhaven"]) > 0, "it is looked into");
    }
}

#[test]
fn iv_a_room_of_twenty_nuggets_is_there_at_once() {
    let world = World::default();
    let ines = world.device().tab();
    let (book, id) = team(&world, &ines, 30);
    let begun = Instant::now();
    let mut draft = propose(&book, &id);
    let more: Vec<Nugget> = book.nuggets().iter().filter(|it| it.kind == NuggetKind::Case).cloned().collect();
    for nugget in more.iter().take(20) {
        if draft.nuggets().count() < 20 {
            draft.put_in(1, nugget);
        }
    }
    let room = make(&world, &ines, &book, &draft).unwrap();
    let took = begun.elapsed();
    assert_eq!((draft.nuggets().count(), room.sections().get_untracked().len()), (20, draft.sections.len()));
    assert!(took.as_millis() < 1_000, "{took:?}");
    println!("a room of twenty nuggets: {took:?}");
}
