//! The library in the team's book, and what comes out of it into rooms.

use exchange::Imported;
use reactive_graph::traits::GetUntracked as _;
use terms::{
    book::{Fault, Kind},
    nugget::{Facet, Nugget, NuggetKind, State},
};
use text::{Delta, Document};

use super::{
    book::{begun, deal, move_deals, open, step},
    world::World,
};
use crate::{Book, Problem, Start, Taken};

fn nugget(source: &str, title: &str, text: &str) -> Nugget {
    let mut nugget = Nugget {
        title: title.into(),
        text: text.into(),
        source: source.into(),
        kind: NuggetKind::Case,
        ..Nugget::default()
    };
    nugget.tagged_mut(Facet::Industry).push("Accounting".into());
    nugget
}

fn shown(book: &Book) -> Vec<(String, String, State, usize)> {
    let nuggets = book.nuggets();
    let mut shown: Vec<_> =
        nuggets.iter().map(|it| (it.title.clone(), it.text.clone(), it.state, it.versions.len())).collect();
    shown.sort();
    shown
}

fn row(title: &str, text: &str, state: State, versions: usize) -> (String, String, State, usize) {
    (title.into(), text.into(), state, versions)
}

#[test]
fn lb_words_have_a_history_and_an_approval_is_of_the_words() {
    let world = World::default();
    let device = world.device();
    let (team, book, _) = begun(&world, &device.tab());
    book.team().introduce("Ines").unwrap();
    let id = book.write_nugget(&nugget("", "Close", "Nine days.")).unwrap();
    book.state_nuggets(std::slice::from_ref(&id), State::Approved).unwrap();
    let approved = book.nuggets()[0].clone();
    assert_eq!(
        (approved.state, approved.stated.by.as_str(), approved.written.by.as_str()),
        (State::Approved, "Ines", "Ines")
    );
    let longer = Nugget { owner: "Priya".into(), ..approved.clone() };
    book.write_nugget(&longer).unwrap();
    assert_eq!(shown(&book), [row("Close", "Nine days.", State::Approved, 0)], "its words are as they were");
    // Whoever writes says nothing of states and versions.
    let other = Nugget { text: "Four days.".into(), state: State::Approved, versions: Vec::new(), ..longer };
    book.write_nugget(&other).unwrap();
    assert_eq!(shown(&book), [row("Close", "Four days.", State::Draft, 1)]);
    assert_eq!(book.nuggets()[0].versions[0].text, "Nine days.");
    book.undo().unwrap();
    assert_eq!(shown(&book), [row("Close", "Nine days.", State::Approved, 0)]);
    book.redo().unwrap();
    world.run(async move { book.flush().await.unwrap() });
    world.pass(1_000);
    let again = open(&world, &device.tab(), team).unwrap();
    assert_eq!(shown(&again), [row("Close", "Four days.", State::Draft, 1)]);
    again.remove_nuggets(std::slice::from_ref(&id)).unwrap();
    assert_eq!(shown(&again), []);
    assert_eq!(again.state_nuggets(&[id], State::Approved), Err(Problem::Book(Fault::NoSuchNugget)));
    again.undo().unwrap();
    assert_eq!(shown(&again).len(), 1);
    assert_eq!(again.write_nugget(&nugget("", "", "x")), Err(Problem::Book(Fault::NuggetUntitled)));
}

#[test]
fn lb_files_come_in_once_and_again_as_changes() {
    let world = World::default();
    let device = world.device();
    let (_, book, _) = begun(&world, &device.tab());
    let files = || vec![nugget("a.md", "A", "a"), nugget("cases/b.md", "B", "b"), nugget("c.md", "C", "c")];
    assert_eq!(book.take_nuggets(files()), Ok(Taken { made: 3, changed: 0, same: 0 }));
    let ids: Vec<String> = book.nuggets().iter().map(|it| it.id.clone()).collect();
    book.state_nuggets(&ids, State::Approved).unwrap();
    let mut later = files();
    later[1].text = "b, but better".into();
    later[2].tagged_mut(Facet::Role).push("CFO".into());
    later.push(nugget("d.md", "D", "d"));
    assert_eq!(book.take_nuggets(later), Ok(Taken { made: 1, changed: 2, same: 1 }));
    let expected = [
        row("A", "a", State::Approved, 0),
        row("B", "b, but better", State::Draft, 1),
        row("C", "c", State::Approved, 0),
        row("D", "d", State::Draft, 0),
    ];
    assert_eq!(shown(&book), expected);
    book.undo().unwrap();
    assert_eq!(shown(&book).len(), 3, "all files are one step");
    let before = shown(&book);
    let wrong = book.take_nuggets(vec![nugget("e.md", "E", "e"), nugget("f.md", " ", "f")]);
    assert_eq!((wrong, shown(&book)), (Err(Problem::Book(Fault::NuggetUntitled)), before));
}

#[test]
fn lb_a_use_is_noted_once_at_a_step() {
    let world = World::default();
    let device = world.device();
    let (_, book, process) = begun(&world, &device.tab());
    let id = book.write_nugget(&nugget("", "Close", "Nine days.")).unwrap();
    let ids = book.add(&[deal("Ledger", 100, &process)]).unwrap();
    let uses = || {
        let deals = book.deals();
        deals[&ids[0]].used.iter().map(|it| (it.nugget.clone(), it.step.clone())).collect::<Vec<_>>()
    };
    let at = |step: usize| (id.clone(), process.steps[step].id.clone());
    book.note_use(&ids[0], &id, true).unwrap();
    book.note_use(&ids[0], &id, true).unwrap();
    assert_eq!(uses(), [at(0)]);
    move_deals(&world, &book, &ids, &step(&process, 1), ("", "")).unwrap();
    book.note_use(&ids[0], &id, true).unwrap();
    let mut both = [at(0), at(1)];
    both.sort();
    assert_eq!(uses(), both);
    book.note_use(&ids[0], &id, false).unwrap();
    assert_eq!(uses(), [at(0)]);
    assert_eq!(book.note_use("none", &id, true), Err(Problem::Book(Fault::NoSuchRecord)));
    assert_eq!(book.records(Kind::Deal).len(), 1);
}

#[test]
fn lb_a_nugget_comes_to_the_end_of_a_room_with_its_variables() {
    let world = World::default();
    let rooms = world.device().tab();
    world.run(async move {
        let (id, _) = rooms.create(Start::Blank, "Ledger").await.unwrap();
        let room = rooms.open(id).await.unwrap();
        room.set_variable("account.name", "Quillhaven").unwrap();
        let text = Delta::new().insert("Dear {{account.name}}\n");
        let read = Imported { title: None, text, tables: Vec::new(), blobs: Vec::new(), notes: Vec::new() };
        let section = room.add_read_section("The close", read).await.unwrap();
        let sections = room.sections().get_untracked();
        assert_eq!(
            (sections.len(), sections[1].id == section, sections[1].name.as_str()),
            (2, true, "The close")
        );
        let document: Document = room.document(&section).unwrap();
        let (filled, _) = room.filled(&document, &[]);
        assert_eq!(filled.text(), "Dear Quillhaven\n");
        room.delete_section(&section, None).unwrap();
        assert_eq!(room.sections().get_untracked().len(), 1);
    });
}
