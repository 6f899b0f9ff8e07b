//! A room made of sections, in two tabs.

use std::{cell::RefCell, rc::Rc};

use model::SectionId;
use reactive_graph::traits::GetUntracked as _;
use replica::{EditKind, Spot};
use text::{Attrs, Change, Delta, Selection, Table, Value};

use super::world::World;
use crate::{CaretPlace, Export, Room, RoomEvent, Rooms, Start};

fn caret(section: &SectionId, offset: usize) -> Option<CaretPlace> {
    Some((section.clone(), Selection::caret(offset)))
}

fn names(room: &Room) -> Vec<String> {
    room.sections().get_untracked().into_iter().map(|section| section.name).collect()
}

fn words(room: &Room, section: &SectionId) -> String {
    room.document(section).unwrap().text()
}

fn write(room: &Room, section: &SectionId, delta: Delta) {
    let change = Change { delta, selection: Selection::caret(0), pending: None };
    room.edit(section, &change, EditKind::Other, Selection::caret(0)).unwrap();
}

/// A room with the sections "Offer" and "Price", open in two tabs.
fn two_tabs(world: &World, source: &'static str) -> (Rooms, Room, Room) {
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let id = world.run({
        let one = one.clone();
        async move {
            let start = Start::Markdown { name: "offer.md", bytes: source.as_bytes() };
            one.create(start, "Untitled").await.unwrap().0
        }
    });
    let open = |rooms: &Rooms| {
        let rooms = rooms.clone();
        world.run(async move { rooms.open(id).await.unwrap() })
    };
    let (first, second) = (open(&one), open(&two));
    let main = first.section();
    first.rename_section(&main, "Offer", None).unwrap();
    let price = first.add_section(Some(&main), caret(&main, 0)).unwrap();
    first.rename_section(&price, "Price", caret(&price, 0)).unwrap();
    world.pass(500);
    (one, first, second)
}

#[test]
fn sections_are_the_same_in_every_tab_and_stay() {
    let world = World::default();
    let (rooms, first, second) = two_tabs(&world, "We bring vans.\n");
    assert_eq!(names(&second), ["Offer", "Price"]);
    let told: Rc<RefCell<Vec<RoomEvent>>> = Rc::default();
    let heard = told.clone();
    second.listen(Rc::new(move |event| heard.borrow_mut().push(event)));
    told.borrow_mut().clear();

    let price = first.sections().get_untracked()[1].id.clone();
    first.move_section(&price, None, caret(&price, 0)).unwrap();
    write(&first, &price, Delta::new().insert("Forty."));
    world.pass(500);
    assert_eq!(names(&second), ["Price", "Offer"]);
    assert_eq!(words(&second, &price), "Forty.\n");
    assert!(told.borrow().contains(&RoomEvent::Sections));
    assert_eq!(second.section(), price, "the first is the first in order");

    let before = told.borrow().len();
    second.rename_section(&price, "  What it costs ", caret(&price, 0)).unwrap();
    world.pass(500);
    assert_eq!(names(&first), ["What it costs", "Offer"]);
    assert_eq!(told.borrow().len(), before, "what this tab did itself is told to nobody here");
    drop((first, second));
    let id = rooms.list().get_untracked().unwrap()[0].id;
    let again = world.run(async move { rooms.open(id).await.unwrap() });
    assert_eq!(names(&again), ["What it costs", "Offer"]);
}

#[test]
fn a_deleted_section_comes_back_by_undo_and_by_its_toast_with_what_the_other_tab_wrote() {
    let world = World::default();
    let (_rooms, first, second) = two_tabs(&world, "We bring vans.\n");
    let list = first.sections().get_untracked();
    let (offer, price) = (list[0].id.clone(), list[1].id.clone());
    let deleted = first.delete_section(&price, caret(&price, 0)).unwrap().unwrap();
    assert_eq!(deleted.section().name, "Price");
    write(&second, &price, Delta::new().insert("Forty."));
    world.pass(500);
    assert_eq!((names(&first), names(&second)), (vec!["Offer".to_owned()], vec!["Offer".to_owned()]));
    assert!(first.delete_section(&offer, None).unwrap().is_none(), "one section stays");

    let restored = first.undo().unwrap();
    let there = Some((Spot::Section(price.clone()), Selection::caret(0)));
    assert_eq!(restored.selection, there, "the caret is where it was");
    world.pass(500);
    assert_eq!(names(&second), ["Offer", "Price"]);
    assert_eq!(words(&second, &price), "Forty.\n");

    let deleted_again = first.delete_section(&price, caret(&price, 0)).unwrap().unwrap();
    write(&first, &offer, Delta::new().insert("Later: "));
    first.bring_back(&deleted_again, None).unwrap();
    first.bring_back(&deleted, None).unwrap();
    world.pass(500);
    assert_eq!(names(&second), ["Offer", "Price"]);
    assert_eq!(words(&second, &offer), "Later: We bring vans.\n");
}

#[test]
fn a_copy_of_a_section_has_its_formats_and_tables_of_its_own() {
    let world = World::default();
    let (_rooms, first, second) = two_tabs(&world, "A **bold** one.\n\n| a | b |\n|---|---|\n| c | d |\n");
    let offer = first.section();
    let copy = first.duplicate_section(&offer, "Offer again", caret(&offer, 0)).unwrap();
    world.pass(500);
    assert_eq!(names(&second), ["Offer", "Offer again", "Price"]);
    let (old, new) = (second.document(&offer).unwrap(), second.document(&copy).unwrap());
    assert_eq!(old.lines()[0], new.lines()[0]);
    let tables = |document: &text::Document| -> Vec<Table> { second.tables_of(document) };
    let (old, new) = (tables(&old), tables(&new));
    assert_eq!((old.len(), new.len()), (1, 1));
    assert_ne!(old[0].id, new[0].id);
    assert_eq!(old[0].rows, new[0].rows);
    first.undo().unwrap();
    world.pass(500);
    assert_eq!(names(&second), ["Offer", "Price"]);
}

#[test]
fn a_template_becomes_named_sections() {
    let world = World::default();
    let rooms = world.device().tab();
    for template in exchange::Template::ALL {
        let room = world.run({
            let rooms = rooms.clone();
            async move {
                let id = rooms.create(Start::Template(template), "Untitled").await.unwrap().0;
                rooms.open(id).await.unwrap()
            }
        });
        let names = names(&room);
        assert!(names.len() >= 5, "{template:?}: {names:?}");
        assert!(names[0].is_empty() && names[1..].iter().all(|name| !name.is_empty()), "{names:?}");
        assert_eq!(names.last().map(String::as_str), Some("Next steps"));
        for section in room.sections().get_untracked() {
            let document = room.document(&section.id).unwrap();
            assert!(!document.is_blank() && document.is_terminated(), "{template:?}: {section:?}");
            assert!(!document.headings().iter().any(|heading| heading.level == 2), "{section:?}");
        }
        let whole = room.whole().unwrap();
        assert!(whole.headings().len() >= names.len(), "each name is a heading in what leaves");
        assert!(!room.tables_of(&whole).is_empty());
        assert!(!room.can_undo().get_untracked());
    }
}

#[test]
fn exports_go_over_all_sections_in_order() {
    let world = World::default();
    let (rooms, first, _second) = two_tabs(&world, "We bring vans.\n");
    let price = first.sections().get_untracked()[1].id.clone();
    let heading = Attrs::none().with("header", Value::Int(3));
    write(&first, &price, Delta::new().insert("Price").insert_with("\n", heading).insert("Forty."));
    first.move_section(&price, None, None).unwrap();
    first.add_section(Some(&price), None).unwrap();
    let id = first.id();
    let export = |form| {
        let rooms = rooms.clone();
        world.run(async move { rooms.export(id, form, "en").await.unwrap().text })
    };
    assert_eq!(export(Export::Markdown), "### Price\n\nForty.\n\n## Offer\n\nWe bring vans.\n");
    assert!(export(Export::Html).contains("Offer</h"));
}
