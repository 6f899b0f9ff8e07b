//! A table in two tabs of one browser, and on its way to another.

use std::{cell::RefCell, rc::Rc};

use model::Right;

use replica::{EditKind, Spot, TableEvent};
use text::{Block, CellName, Change, Delta, Document, Selection, Table, TableAct, intend};

use super::world::World;
use crate::{Export, Room, RoomEvent, Rooms, Start, Terms};

fn open(world: &World, rooms: &Rooms, id: model::RoomId) -> Room {
    let rooms = rooms.clone();
    world.run(async move { rooms.open(id).await.unwrap() })
}

/// Puts an empty table at the start of a room's text, as the tool does; its name.
fn insert_table(room: &Room) -> String {
    let id = room.new_table_id();
    let document = room.document(&room.section()).unwrap();
    let intent = text::Intent::Block(Block::Table(id.clone()));
    let change = intend(&document, Selection::caret(0), None, intent).unwrap();
    room.bring_tables(vec![Table::blank(&id, 2, 2)]);
    room.edit(&room.section(), &change, EditKind::Other, Selection::caret(0)).unwrap();
    id
}

fn write(room: &Room, cell: &CellName, words: &str) {
    let selection = Selection::caret(words.len());
    let change = Change { delta: Delta::new().insert(words), selection, pending: None };
    room.edit_cell(cell, &change, EditKind::Typing, Selection::caret(0)).unwrap();
}

fn cells(room: &Room, id: &str) -> Vec<Vec<String>> {
    let words = |cell: &Delta| Document::from_delta(cell).text();
    room.table(id).unwrap().rows.iter().map(|row| row.iter().map(words).collect()).collect()
}

#[test]
fn a2_a_table_is_written_in_by_two_tabs_and_each_sees_where_the_other_is() {
    let world = World::default();
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let rooms = one.clone();
    let id = world.run(async move { rooms.create(Start::Blank, "Untitled").await.unwrap().0 });
    let (first, second) = (open(&world, &one, id), open(&world, &two, id));
    let seen: Rc<RefCell<Vec<RoomEvent>>> = Rc::default();
    let heard = seen.clone();
    first.listen(Rc::new(|_| {}));
    second.listen(Rc::new(move |event| heard.borrow_mut().push(event)));

    let table = insert_table(&first);
    world.pass(200);
    let grid = second.grid(&table).unwrap();
    assert!(seen.borrow().contains(&RoomEvent::Table(TableEvent::Grid(table.clone()))));
    let (here, there) = (grid.name(0, 0).unwrap(), grid.name(1, 1).unwrap());
    write(&first, &here, "Step");
    write(&second, &there, "2 weeks");
    first.show_caret_in_cell(&first.section(), &here, Selection::caret(4));
    world.pass(200);
    for room in [&first, &second] {
        assert_eq!(cells(room, &table), [["Step", ""], ["", "2 weeks"]]);
    }
    let delta = Delta::new().insert("Step");
    assert!(seen.borrow().contains(&RoomEvent::Table(TableEvent::Cell { cell: here.clone(), delta })));
    let people = seen.borrow().iter().rev().find_map(|event| match event {
        RoomEvent::People(people) => Some(people.clone()),
        _ => None,
    });
    let person = people.unwrap().remove(0);
    assert_eq!((person.cell, person.caret.unwrap().1), (Some(here.clone()), Selection::caret(4)));

    let new = first.act_on_table(&here, Selection::caret(4), &TableAct::AddColumn(1)).unwrap().unwrap();
    world.pass(200);
    assert_eq!(second.grid(&table).unwrap().place(&new), Some((0, 1)));
    assert_eq!(cells(&second, &table), [["Step", "", ""], ["", "", "2 weeks"]]);

    let undone = first.undo().unwrap();
    assert_eq!(undone.selection, Some((Spot::Cell(here.clone()), Selection::caret(4))));
    first.undo().unwrap();
    let undone = first.undo().unwrap();
    assert_eq!(undone.selection, Some((Spot::Section(first.section()), Selection::caret(0))));
    assert!(first.undo().is_none(), "what the other tab wrote is not this tab's to undo");
    first.redo().unwrap();
    first.redo().unwrap();
    world.pass(200);
    assert_eq!(cells(&second, &table), [["Step", ""], ["", "2 weeks"]], "nothing of the other is lost");
}

#[test]
fn a2_a_table_written_here_is_there_after_opening_again_and_on_another_device() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let rooms = ines.clone();
    let id = world.run(async move { rooms.create(Start::Blank, "Untitled").await.unwrap().0 });
    let room = open(&world, &ines, id);
    let table = insert_table(&room);
    let cell = room.grid(&table).unwrap().name(1, 0).unwrap();
    write(&room, &cell, "Pilot");
    room.act_on_table(&cell, Selection::caret(5), &TableAct::AddRow(2)).unwrap();
    drop(room);
    world.pass(200);
    let rooms = ines.clone();
    let share = world.run(async move { rooms.share(id, Some(&Terms::of(Right::Own))).await.unwrap() });
    let rooms = priya.clone();
    world.run(async move { rooms.receive_link(share.fragment.as_ref().unwrap()).await.unwrap() });
    for rooms in [&ines, &priya] {
        let room = open(&world, rooms, id);
        assert_eq!(cells(&room, &table), [["", ""], ["Pilot", ""], ["", ""]]);
    }
    let written = world.run(async move { priya.export(id, Export::Markdown, "en").await.unwrap() });
    assert!(written.text.contains("| Pilot"), "{}", written.text);
}
