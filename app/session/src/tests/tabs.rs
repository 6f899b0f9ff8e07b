//! Two tabs of one browser.

use std::{cell::RefCell, rc::Rc};

use reactive_graph::traits::GetUntracked as _;
use text::Selection;

use super::{type_at, words, world::World};
use crate::{RoomEvent, Start};

#[test]
fn b3_tabs_show_the_same_text_and_each_others_carets() {
    let world = World::default();
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let id = world.run({
        let one = one.clone();
        async move { one.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let first = world.run({
        let one = one.clone();
        async move { one.open(id).await.unwrap() }
    });
    let second = world.run({
        let two = two.clone();
        async move { two.open(id).await.unwrap() }
    });
    let seen: Rc<RefCell<Vec<RoomEvent>>> = Rc::default();
    first.listen(Rc::new(|_| {}));
    let heard = seen.clone();
    second.listen(Rc::new(move |event| heard.borrow_mut().push(event)));
    type_at(&first, 0, "Hello 😀");
    first.show_caret(Some((&first.section(), Selection { anchor: 0, head: 8 })));
    world.pass(100);
    assert_eq!(words(&second), "Hello 😀\n");
    type_at(&second, 0, ">> ");
    world.pass(100);
    assert_eq!(words(&first), ">> Hello 😀\n");
    let people = |seen: &[RoomEvent]| {
        let last = seen.iter().rev().find_map(|event| {
            if let RoomEvent::People(people) = event { Some(people.clone()) } else { None }
        });
        last.unwrap_or_default()
    };
    second.show_caret(None);
    first.show_caret(Some((&first.section(), Selection { anchor: 3, head: 11 })));
    let there = people(&seen.borrow());
    assert_eq!(there.len(), 1);
    assert_eq!(
        there[0].caret.as_ref().map(|(_, selection)| *selection),
        Some(Selection { anchor: 3, head: 11 })
    );
    first.leave();
    assert!(people(&seen.borrow()).is_empty(), "who leaves is gone");
    first.come_back();
    assert_eq!(people(&seen.borrow()).len(), 1);
}

#[test]
fn a_title_changes_in_every_tab_and_in_the_list() {
    let world = World::default();
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let id = world.run({
        let one = one.clone();
        async move { one.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let open = world.run({
        let two = two.clone();
        async move { two.open(id).await.unwrap() }
    });
    world.run({
        let one = one.clone();
        async move { one.rename(id, "  Penhale Osgood  ").await.unwrap() }
    });
    world.pass(100);
    assert_eq!(open.title().get_untracked(), "Penhale Osgood");
    let titles: Vec<String> =
        two.list().get_untracked().unwrap().into_iter().map(|room| room.title).collect();
    assert_eq!(titles, ["Penhale Osgood"]);
}

#[test]
fn undo_takes_back_only_what_this_tab_wrote() {
    let world = World::default();
    let device = world.device();
    let (one, two) = (device.tab(), device.tab());
    let id = world.run({
        let one = one.clone();
        async move { one.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let first = world.run({
        let one = one.clone();
        async move { one.open(id).await.unwrap() }
    });
    let second = world.run({
        let two = two.clone();
        async move { two.open(id).await.unwrap() }
    });
    type_at(&first, 0, "mine");
    world.pass(100);
    type_at(&second, 4, " yours");
    world.pass(100);
    assert!(first.can_undo().get_untracked());
    let undone = first.undo().unwrap();
    assert_eq!(undone.selection.map(|(_, selection)| selection), Some(Selection::caret(0)));
    world.pass(100);
    assert_eq!((words(&first), words(&second)), (" yours\n".into(), " yours\n".into()));
    let redone = first.redo().unwrap();
    assert_eq!(redone.selection.map(|(_, selection)| selection), Some(Selection::caret(4)));
    world.pass(100);
    assert_eq!(words(&second), "mine yours\n");
    assert!(second.undo().is_some());
    assert!(second.undo().is_none(), "the other tab's words are not this tab's to undo");
}
