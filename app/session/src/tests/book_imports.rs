//! Records that come many at once, and go again.

use std::{cell::RefCell, rc::Rc};

use model::RoomId;
use terms::{
    book::{Field, Involved, Kind, Move, Place, Value},
    process::Process,
};

use super::{
    book::{begun, names, number, open, step, text},
    world::World,
};
use crate::{Book, Import, Imported, Problem, Row, Undone};

fn row(kind: Kind, external: &str, fields: &[(Field, Value)]) -> Row {
    let fields = [fields, &[(Field::External, text(external))]].concat();
    Row { kind, record: None, name: external.to_owned(), fields, moves: Vec::new(), log: Vec::new() }
}

/// An account with a contact and a number of deals.
fn import(process: &Process, deals: usize) -> Import {
    let moved = |to: Place, at| Move {
        id: String::new(),
        to,
        at,
        by: "Tom".into(),
        reason: "Too dear".into(),
        competitor: String::new(),
    };
    let mut rows = vec![
        row(Kind::Account, "A1", &[(Field::Name, text("Quillhaven"))]),
        row(Kind::Contact, "C1", &[(Field::Name, text("Priya")), (Field::Account, text("A1"))]),
    ];
    for at in 0..deals {
        let priya = Involved { contact: "C1".into(), role: "economic buyer".into() };
        let fields = [
            (Field::Name, text(&format!("Deal {at}"))),
            (Field::Account, text("A1")),
            (Field::Contacts, Value::Contacts(vec![priya])),
            (Field::Amount, number(at as i64)),
            (Field::Process, text(&process.id)),
        ];
        let moves = vec![moved(step(process, 0), 1_000), moved(Place::Lost, 2_000)];
        rows.push(Row { moves, ..row(Kind::Deal, &format!("D{at}"), &fields) });
    }
    Import { source: "deals.csv".into(), rows }
}

fn take(world: &World, book: &Book, import: Import, most: usize) -> (Imported, Vec<usize>) {
    let (book, told) = (book.clone(), Rc::new(RefCell::new(Vec::new())));
    let telling = told.clone();
    let came = world.run(async move {
        let progress = |done, _| {
            telling.borrow_mut().push(done);
            done < most
        };
        book.import(import, &progress).await.unwrap()
    });
    (came, told.take())
}

fn undo(world: &World, book: &Book, id: &str) -> Undone {
    let (book, id) = (book.clone(), id.to_owned());
    world.run(async move { book.undo_import(&id).await.unwrap() })
}

fn counts(book: &Book) -> [usize; 3] {
    Kind::ALL.map(|kind| book.records(kind).len())
}

fn reopened(world: &World, device: &super::world::Device, team: RoomId) -> Book {
    world.pass(1_000);
    open(world, &device.tab(), team).unwrap()
}

#[test]
fn bk_what_is_imported_refers_to_what_came_along_and_can_be_taken_back_tomorrow() {
    let world = World::default();
    let device = world.device();
    let (team, book, process) = begun(&world, &device.tab());
    let (came, told) = take(&world, &book, import(&process, 900), usize::MAX);
    assert_eq!((came.made, came.changed, came.same, came.left_out), (902, 0, 0, 0));
    assert!(told.len() > 10 && told.is_sorted() && told.last() == Some(&902), "{told:?}");
    assert_eq!(counts(&book), [900, 1, 1]);
    {
        let (deals, accounts) = (book.deals(), book.accounts());
        let (deal, account) = (deals.values().next().unwrap(), accounts.values().next().unwrap());
        let contacts = book.contacts();
        let priya = contacts.values().next().unwrap();
        assert_eq!((deal.text(Field::Account), priya.text(Field::Account)), (&*account.id, &*account.id));
        let involved = Involved { contact: priya.id.clone(), role: "economic buyer".into() };
        assert_eq!(deal.get(Field::Contacts), Some(&Value::Contacts(vec![involved])));
        assert_eq!((deal.place(), deal.moves.len()), (Some(&Place::Lost), 2));
    }
    assert_eq!(book.can_step(), (true, false), "the process alone: an import is taken back by itself");
    // Tomorrow, in another run of the program.
    drop(book);
    let book = reopened(&world, &device, team);
    assert_eq!(counts(&book), [900, 1, 1]);
    let kept = book.deals().keys().next().unwrap().clone();
    book.edit(Kind::Deal, std::slice::from_ref(&kept), &[(Field::Note, Some(text("Mine")))]).unwrap();
    assert_eq!(book.imports()[0].source, "deals.csv");
    assert_eq!(undo(&world, &book, &came.id), Undone { done: 901, left: 1 });
    assert_eq!((counts(&book), book.deals().contains_key(&kept)), ([1, 0, 0], true));
    assert!(book.imports()[0].is_undone);
    assert_eq!(undo(&world, &book, &came.id), Undone::default(), "once is enough");
}

#[test]
fn bk_importing_again_changes_what_is_other_and_makes_nothing_twice() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    take(&world, &book, import(&process, 30), usize::MAX);
    let before = book.deals().clone();
    let (came, _) = take(&world, &book, import(&process, 30), usize::MAX);
    assert_eq!((came.made, came.changed, came.same), (0, 0, 32));
    assert_eq!(*book.deals(), before);
    let mut third = import(&process, 31);
    for row in third.rows.iter_mut().filter(|row| row.name == "D3" || row.name == "D4") {
        row.fields[3].1 = number(1_000);
        row.moves[1].to = Place::Won;
    }
    // A row that comes twice in one file is one record, as the later one says.
    let twice = row(Kind::Deal, "D30", &[(Field::Name, text("Once more"))]);
    third.rows.push(twice);
    let (came, _) = take(&world, &book, third, usize::MAX);
    assert_eq!((came.made, came.changed, book.deals().len()), (1, 2, 31));
    assert!(names(&book, Kind::Deal).contains(&"Once more".to_owned()));
    let changed = book.deals().values().filter(|deal| deal.moves.len() == 3).count();
    assert_eq!(changed, 2);
    let undone = undo(&world, &book, &came.id);
    assert_eq!(
        (undone, book.deals().clone()),
        (Undone { done: 5, left: 0 }, before),
        "two cells of each, and one deal"
    );
}

#[test]
fn bk_an_import_that_is_cancelled_keeps_what_is_done_and_can_be_taken_back() {
    let world = World::default();
    let (_, book, process) = begun(&world, &world.device().tab());
    let (came, _) = take(&world, &book, import(&process, 300), 100);
    assert!(came.left_out > 100 && came.made >= 100, "{came:?}");
    assert_eq!(counts(&book).iter().sum::<usize>(), came.made);
    assert_eq!(undo(&world, &book, &came.id).done, came.made);
    assert_eq!(counts(&book), [0, 0, 0]);
    let mut wrong = import(&process, 3);
    wrong.rows[4].fields[3].1 = text("five");
    let refusing = book.clone();
    let refused = world.run(async move { refusing.import(wrong, &|_, _| true).await });
    assert!(matches!(refused, Err(Problem::Book(_))), "{refused:?}");
    assert_eq!((counts(&book), book.imports().len()), ([0, 0, 0], 1));
}
