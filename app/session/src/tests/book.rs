//! The team's book on one device, and with a colleague.

use model::{Right, RoomId};
use reactive_graph::traits::GetUntracked as _;
use terms::{
    book::{DidKind, Fault, Field, Kind, Letter, Place, Proof, Rate, Rates, Score, Value},
    plan::Day,
    price::{Currency, Decimal},
    process::{Process, Starter},
};

use super::{
    rights::{begin, share, take},
    world::{Device, World},
};
use crate::{Book, Draft, Problem, Rooms, Saved, Terms, Undone};

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub(super) fn number(number: i64) -> Value {
    Value::Number(Decimal::whole(number))
}

pub(super) fn open(world: &World, rooms: &Rooms, team: RoomId) -> Result<Book, Problem> {
    let rooms = rooms.clone();
    world.run(async move { rooms.book(team).await })
}

/// A team with a process in its book.
pub(super) fn begun(world: &World, rooms: &Rooms) -> (RoomId, Book, Process) {
    let beginning = rooms.clone();
    let team = world.run(async move { beginning.begin_team("Northwind Sales").await.unwrap() });
    let book = open(world, rooms, team).unwrap();
    let id = book.set_process(&Starter::Long.process("", &str::to_owned)).unwrap();
    let process = book.processes().iter().find(|it| it.id == id).cloned().unwrap();
    (team, book, process)
}

/// Moves deals somewhere, as lost to somebody where it is that.
pub(super) fn move_deals(
    world: &World,
    book: &Book,
    ids: &[String],
    to: &Place,
    why: (&str, &str),
) -> Result<(), Problem> {
    let (book, ids, to) = (book.clone(), ids.to_vec(), to.clone());
    let (reason, competitor) = (why.0.to_owned(), why.1.to_owned());
    world.run(async move { book.move_deals(&ids, &to, &reason, &competitor).await })
}

pub(super) fn step(process: &Process, at: usize) -> Place {
    Place::Step(process.steps[at].id.clone())
}

/// A deal at the first step of a process.
pub(super) fn deal(name: &str, amount: i64, process: &Process) -> Draft {
    let fields =
        vec![(Field::Name, text(name)), (Field::Amount, number(amount)), (Field::Process, text(&process.id))];
    Draft { kind: Kind::Deal, fields, place: Some(step(process, 0)) }
}

fn add(book: &Book, name: &str, process: &Process) -> String {
    book.add(&[deal(name, 100, process)]).unwrap().remove(0)
}

pub(super) fn names(book: &Book, kind: Kind) -> Vec<String> {
    let mut names: Vec<String> =
        book.records(kind).values().map(|it| it.text(Field::Name).to_owned()).collect();
    names.sort();
    names
}

/// The same device after its tabs were closed.
fn again(world: &World, device: &Device, team: RoomId) -> Book {
    world.pass(1_000);
    open(world, &device.tab(), team).unwrap()
}

#[test]
fn bk_what_was_written_is_there_again() {
    let world = World::default();
    let device = world.device();
    let (team, book, process) = begun(&world, &device.tab());
    let account = Draft { kind: Kind::Account, fields: vec![(Field::Name, text("Quillhaven"))], place: None };
    let account = book.add(&[account]).unwrap().remove(0);
    let id = add(&book, "Ledger", &process);
    book.edit(
        Kind::Deal,
        std::slice::from_ref(&id),
        &[(Field::Account, Some(text(&account))), (Field::Amount, None)],
    )
    .unwrap();
    book.team().introduce("Ines").unwrap();
    move_deals(&world, &book, std::slice::from_ref(&id), &step(&process, 1), ("", "")).unwrap();
    book.mark_evidence(&id, "l-qualify-problem", Some(("Nine days", ""))).unwrap();
    book.log(Kind::Deal, &id, DidKind::Call, "Who signs?").unwrap();
    let pain = Score { letter: Letter::Pain, score: 2, proof: Proof::Quote, words: "Nine days".into() };
    book.score(&id, &pain).unwrap();
    let dollars = Currency::parse("USD").unwrap();
    let rate =
        Rate { of: dollars, from: Day::parse("2027-01-01").unwrap(), rate: Decimal::parse("0.9").unwrap() };
    let rates = Rates { rates: vec![rate], ..Rates::default() };
    book.set_rates(&rates).unwrap();
    assert_eq!(book.saved().get_untracked(), Saved::Saving);
    let before = book.deals().clone();
    let again = again(&world, &device, team);
    assert_eq!(book.saved().get_untracked(), Saved::Saved);
    assert_eq!((&*again.deals(), &*again.processes()), (&before, &*book.processes()));
    assert_eq!((again.rates(), names(&again, Kind::Account)), (rates, vec!["Quillhaven".to_owned()]));
    let read = &again.deals()[&id];
    assert_eq!((read.text(Field::Account), read.number(Field::Amount)), (account.as_str(), None));
    assert_eq!((read.place(), read.moves[1].by.as_str()), (Some(&step(&process, 1)), "Ines"));
    assert_eq!((read.moves.len(), read.log.len(), &read.scores[..]), (2, 1, &[pain][..]));
    let position = process.position(read).unwrap();
    assert_eq!((position.seller, position.buyer, position.gap()), (1, 1, 0));
}

#[test]
fn bk_what_makes_no_sense_is_refused_and_leaves_nothing() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let id = add(&book, "Ledger", &process);
    let (before, ids) = (book.deals().clone(), [id.clone(), "gone".to_owned()]);
    let refused = |done: Result<(), Problem>, fault| assert_eq!(done, Err(Problem::Book(fault)));
    let amount = |value| [(Field::Note, Some(text("x"))), (Field::Amount, Some(value))];
    refused(book.edit(Kind::Deal, &ids[..1], &amount(text("5"))), Fault::OtherValue(Field::Amount));
    refused(book.edit(Kind::Deal, &ids, &amount(number(5))), Fault::NoSuchRecord);
    refused(book.edit(Kind::Contact, &[], &amount(number(5))), Fault::NoSuchField(Field::Amount));
    refused(move_deals(&world, &book, &ids, &Place::Won, ("", "")), Fault::NoSuchRecord);
    refused(move_deals(&world, &book, &ids[..1], &Place::Lost, (" ", "Meyer")), Fault::NoReason);
    refused(move_deals(&world, &book, &ids[..1], &Place::Step("s".into()), ("", "")), Fault::NoSuchStep);
    let empty = Score { letter: Letter::Pain, score: 1, proof: Proof::Quote, words: String::new() };
    refused(book.score(&id, &empty), Fault::NoProof);
    refused(book.remove(Kind::Deal, &ids), Fault::NoSuchRecord);
    refused(book.log(Kind::Account, &id, DidKind::Call, "x"), Fault::NoSuchRecord);
    let lost = Draft { fields: Vec::new(), ..deal("b", 1, &process) };
    refused(book.add(&[deal("a", 1, &process), lost]).map(drop), Fault::NoSuchStep);
    assert_eq!(*book.deals(), before);
    let read = &book.deals()[&id];
    assert_eq!(read.moves.len(), 1);
}

#[test]
fn bk_history_stays_whatever_becomes_of_deals_and_steps() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let id = add(&book, "Ledger", &process);
    let ids = [id.clone()];
    let to = |place: &Place| {
        world.pass(60_000);
        move_deals(&world, &book, &ids, place, ("Too dear", "Meyer")).unwrap();
    };
    to(&step(&process, 2));
    to(&step(&process, 1));
    to(&step(&process, 1));
    to(&Place::Lost);
    to(&step(&process, 1));
    let mut steps = process.steps.clone();
    let retired = steps.remove(1);
    book.set_process(&Process { steps, ..process.clone() }).unwrap();
    let after = book.processes()[0].clone();
    assert_eq!((after.version(), after.step(&retired.id).unwrap().name.as_str()), (2, "l-discover"));
    assert_eq!(move_deals(&world, &book, &ids, &step(&process, 1), ("", "")), Ok(()), "it is there already");
    let refused = book.add(&[Draft { place: Some(step(&process, 1)), ..deal("New", 1, &process) }]);
    assert_eq!(refused, Err(Problem::Book(Fault::NoSuchStep)));
    {
        let deals = book.deals();
        let told: Vec<_> = deals[&id].visits().iter().map(|it| (it.step.to_owned(), it.lasted(0))).collect();
        let minute = |step: &str, ms| (step.to_owned(), ms);
        assert_eq!(told[..2], [minute("l-qualify", 60_000), minute("l-design", 60_000)]);
        assert_eq!(told[2..], [minute("l-discover", 120_000), minute("l-discover", 0)]);
        let lost = &deals[&id].moves[3];
        assert_eq!((lost.reason.as_str(), lost.competitor.as_str()), ("Too dear", "Meyer"));
    }
    book.remove(Kind::Deal, &ids).unwrap();
    assert!(book.deals().is_empty());
    book.undo().unwrap();
    assert_eq!(book.deals()[&id].moves.len(), 5);
}

#[test]
fn bk_a_step_back_takes_back_what_nobody_has_changed_since() {
    let world = World::default();
    let device = world.device();
    let (team, book, process) = begun(&world, &device.tab());
    let ids = book.add(&[deal("Ledger", 1, &process), deal("Archive", 2, &process)]).unwrap();
    let other = again(&world, &device, team);
    let amounts = |book: &Book| {
        let deals = book.deals();
        ids.iter().map(|id| deals[id].number(Field::Amount).unwrap().to_string()).collect::<Vec<_>>()
    };
    let set = |book: &Book, ids: &[String], amount| {
        book.edit(Kind::Deal, ids, &[(Field::Amount, Some(number(amount)))]).unwrap();
        world.pass(1_000);
    };
    set(&book, &ids, 5);
    set(&other, &ids[..1], 7);
    assert_eq!(amounts(&book), ["7", "5"], "the other tab is heard");
    assert_eq!(book.undo(), Ok(Some(Undone { done: 1, left: 1 })));
    assert_eq!(amounts(&book), ["7", "2"]);
    assert_eq!(book.can_step(), (true, true));
    assert_eq!(book.redo(), Ok(Some(Undone { done: 1, left: 0 })));
    assert_eq!(amounts(&book), ["7", "5"]);
    book.undo().unwrap();
    // A deal that somebody has gone on with stays; the other one goes, and comes again.
    assert_eq!(book.undo(), Ok(Some(Undone { done: 1, left: 1 })));
    assert_eq!(names(&book, Kind::Deal), ["Ledger"]);
    book.redo().unwrap();
    assert_eq!(names(&book, Kind::Deal), ["Archive", "Ledger"]);
    book.undo().unwrap();
    assert_eq!(names(&book, Kind::Deal), ["Ledger"]);
    set(&book, &ids[..1], 9);
    assert_eq!(book.redo(), Ok(None), "something new was written");
    world.pass(1_000);
    assert_eq!(names(&other, Kind::Deal), ["Ledger"]);
    assert_eq!(other.undo(), Ok(Some(Undone { done: 0, left: 1 })), "it was changed since");
}

#[test]
fn bk_a_step_is_taken_back_by_itself_whatever_came_after_it() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let ids = book.add(&[deal("Ledger", 1, &process), deal("Archive", 2, &process)]).unwrap();
    let set = |field, value| book.edit(Kind::Deal, &ids[..1], &[(field, Some(value))]).unwrap();
    let told = || {
        let deals = book.deals();
        (
            deals[&ids[0]].number(Field::Amount).unwrap().to_string(),
            deals[&ids[0]].text(Field::Owner).to_owned(),
        )
    };
    set(Field::Amount, number(5));
    let priced = book.last_step().unwrap();
    set(Field::Owner, text("Ines"));
    let owned = book.last_step().unwrap();
    assert_ne!(priced, owned);
    assert_eq!(book.undo_step(priced), Ok(Some(Undone { done: 1, left: 0 })));
    assert_eq!(told(), ("1".into(), "Ines".into()), "what came after it stays");
    assert_eq!(book.undo_step(priced), Ok(None), "once is enough");
    // Another who went on with it is not overwritten.
    set(Field::Owner, text("Tomas"));
    assert_eq!(book.undo_step(owned), Ok(Some(Undone { done: 0, left: 1 })));
    assert_eq!(told(), ("1".into(), "Tomas".into()));
    assert_eq!(book.last_step().map(|step| step > owned), Some(true));
}

#[test]
fn bk_colleagues_have_the_book_and_buyers_never_do() {
    let world = World::default();
    let (ines, tom, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (team, book, process) = begun(&world, &ines);
    add(&book, "Ledger", &process);
    take(&world, &tom, &share(&world, &ines, team, Terms::of(Right::Own))).unwrap();
    let his = open(&world, &tom, team).unwrap();
    assert_eq!((names(&his, Kind::Deal), his.processes().len()), (vec!["Ledger".to_owned()], 1));
    let before = book.changed().get_untracked();
    add(&his, "Archive", &process);
    take(&world, &ines, &share(&world, &tom, team, Terms::of(Right::Own))).unwrap();
    assert_eq!(names(&book, Kind::Deal), ["Archive", "Ledger"]);
    assert!(book.changed().get_untracked() > before);
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        let hers = take(&world, &priya, &share(&world, &ines, team, Terms::of(right))).unwrap();
        assert!(hers.workspace().is_none() && hers.documents().book.is_empty());
    }
    assert!(matches!(open(&world, &priya, team), Err(Problem::NoSuchRoom)));
    let (room, _) = begin(&world, &ines);
    assert!(matches!(open(&world, &ines, room), Err(Problem::NoSuchRoom)), "a room for a deal has none");
}

#[test]
fn bk_the_last_words_of_a_closed_tab_are_kept() {
    let world = World::default();
    let device = world.device();
    let rooms = device.tab();
    let (team, book, process) = begun(&world, &rooms);
    world.pass(1_000);
    add(&book, "Ledger", &process);
    book.team().keep_last_words();
    assert!(!device.journal.borrow().is_empty());
    drop((book, rooms));
    let again = open(&world, &device.tab(), team).unwrap();
    assert_eq!(names(&again, Kind::Deal), ["Ledger"]);
}

#[test]
fn bk_a_leaf_that_strays_into_a_room_does_no_harm() {
    let world = World::default();
    let device = world.device();
    let (id, room) = begin(&world, &device.tab());
    let before = super::words(&room);
    let stray = terms::book::Record::set(Kind::Deal, "x", Field::Name, Some(&text("Stray")));
    for leaf in [3, 200] {
        room.documents_mut().leaf(leaf).write(std::slice::from_ref(&stray)).unwrap();
    }
    room.settle();
    world.pass(1_000);
    let rooms = device.tab();
    let shared = share(&world, &rooms, id, Terms::of(Right::Edit));
    let hers = take(&world, &world.device().tab(), &shared).unwrap();
    assert_eq!((super::words(&hers), hers.unreadable()), (before, 0));
}
