//! Two tabs of one browser.

use std::{cell::RefCell, rc::Rc};

use reactive_graph::traits::GetUntracked as _;
use text::Selection;

use super::{
    type_at, words,
    world::{Device, World},
};
use crate::{Room, RoomEvent, Start};

/// A new room in two tabs.
fn two_tabs(world: &World, device: &Device) -> (Room, Room) {
    let (one, two) = (device.tab(), device.tab());
    world.run(async move {
        let id = one.create(Start::Blank, "Untitled").await.unwrap().0;
        (one.open(id).await.unwrap(), two.open(id).await.unwrap())
    })
}

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

#[test]
fn a_caret_at_the_end_of_a_line_is_never_seen_on_the_next() {
    // y-quill#14 and #13: a letter and the caret behind it come as two messages.
    let world = World::default();
    let device = world.device();
    let (first, second) = two_tabs(&world, &device);
    type_at(&first, 0, "ab\ncd");
    world.pass(100);
    let seen: Rc<RefCell<Vec<usize>>> = Rc::default();
    first.listen(Rc::new(|_| {}));
    let (heard, reader) = (seen.clone(), second.clone());
    second.listen(Rc::new(move |event| {
        let RoomEvent::People(people) = event else { return };
        let end_of_line = words(&reader).find('\n').unwrap_or_default();
        let carets = people.iter().filter_map(|person| person.caret.as_ref());
        heard.borrow_mut().extend(carets.map(|(_, caret)| end_of_line.abs_diff(caret.head)));
    }));
    for at in 2..8 {
        type_at(&first, at, "x");
        first.show_caret(Some((&first.section(), Selection::caret(at + 1))));
        world.pass(300);
    }
    assert_eq!(words(&second), "abxxxxxx\ncd\n");
    let seen = seen.borrow();
    assert!(seen.len() >= 6 && seen.iter().all(|off| *off <= 1), "off the end of the line by {seen:?}");
}

#[test]
fn who_comes_later_sees_the_caret_of_who_was_alone() {
    let world = World::default();
    let device = world.device();
    let (first, second) = two_tabs(&world, &device);
    let carets = |room: &Room| {
        let seen: Rc<RefCell<Vec<usize>>> = Rc::default();
        let heard = seen.clone();
        room.listen(Rc::new(move |event| {
            let RoomEvent::People(people) = event else { return };
            let heads = people.iter().filter_map(|person| person.caret.as_ref());
            *heard.borrow_mut() = heads.map(|(_, caret)| caret.head).collect();
        }));
        world.pass(100);
        seen
    };
    first.listen(Rc::new(|_| {}));
    type_at(&first, 0, "Hello");
    first.show_caret(Some((&first.section(), Selection::caret(3))));
    type_at(&first, 0, ">> ");
    first.show_caret(Some((&first.section(), Selection::caret(6))));
    world.pass(100);
    let seen = carets(&second);
    assert_eq!(*seen.borrow(), vec![6]);
    // From now on it follows the text, also before its own tab says that it moved.
    type_at(&second, 0, "So: ");
    world.pass(100);
    let (again, id) = (device.tab(), first.id());
    let third = world.run(async move { again.open(id).await.unwrap() });
    assert_eq!(*carets(&third).borrow(), vec![10]);
}

#[test]
fn undo_and_redo_do_not_mind_carets_that_are_told_meanwhile() {
    // tiptap#3527 and opencloud-eu/web#3108.
    let world = World::default();
    let device = world.device();
    let (first, second) = two_tabs(&world, &device);
    first.listen(Rc::new(|_| {}));
    second.listen(Rc::new(|_| {}));
    type_at(&first, 0, "price");
    world.pass(100);
    assert!(first.undo().is_some());
    first.show_caret(Some((&first.section(), Selection::caret(0))));
    second.show_caret(Some((&second.section(), Selection::caret(0))));
    world.pass(30_000);
    first.show_caret(None);
    let redone = first.redo().unwrap();
    assert_eq!(redone.selection.map(|(_, selection)| selection), Some(Selection::caret(5)));
    world.pass(100);
    assert_eq!((words(&first), words(&second)), ("price\n".into(), "price\n".into()));
}

#[test]
fn taking_everything_back_leaves_the_words_of_the_other() {
    // lexical#6614: typed here in several steps, and by the other behind it in the same line.
    let world = World::default();
    let device = world.device();
    let (first, second) = two_tabs(&world, &device);
    for (at, word) in [(0, "This "), (5, "is "), (8, "a "), (10, "test. ")] {
        type_at(&first, at, word);
        world.pass(1_000);
    }
    type_at(&second, 16, "Word");
    world.pass(100);
    while first.undo().is_some() {}
    world.pass(100);
    assert_eq!((words(&first), words(&second)), ("Word\n".into(), "Word\n".into()));
    let again = device.tab();
    let id = first.id();
    let reopened = world.run(async move { again.open(id).await.unwrap() });
    assert_eq!(words(&reopened), "Word\n");
}
