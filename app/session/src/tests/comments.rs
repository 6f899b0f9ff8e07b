//! Comments: what everybody sees of them, and what nobody can do to those of others.

use model::{DocName, Right};
use reactive_graph::traits::GetUntracked as _;

use super::{type_at, world::World};
use crate::{Problem, Room, Rooms, Standpoint, Start, Terms, Thread, ledger::Writer};

const PROPOSAL: &[u8] = b"We close your books in five days.\n\n| Step | Weeks |\n|---|--:|\n| Pilot | 2 |\n";

/// What is said in a thread, with whose it is.
fn said(thread: &Thread) -> Vec<(String, String)> {
    thread.remarks.iter().map(|remark| (remark.name.clone(), remark.text.clone())).collect()
}

/// The words that a thread is about as they stand now.
fn words(room: &Room, thread: &Thread) -> Option<String> {
    let Standpoint::Text { section, cell, range, .. } = &thread.at else { return None };
    let document = match cell {
        Some(cell) => text::Document::from_delta(&room.cell(cell).unwrap()),
        None => room.document(section).unwrap(),
    };
    let range = range.clone()?;
    Some(text::Document::from_delta(&document.slice(range)).text().trim_end().to_owned())
}

/// The words that a thread was begun on.
fn quote(thread: &Thread) -> &str {
    match &thread.at {
        Standpoint::Text { quote, .. } => quote,
        Standpoint::Thing { called, .. } => called,
    }
}

async fn pass_on(from: &Rooms, to: &Rooms, room: model::RoomId) {
    let file = from.share(room, None).await.unwrap().file;
    to.receive_file(&file).await.unwrap();
}

#[test]
fn a4_a_comment_follows_its_words_and_keeps_them_when_they_are_gone() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let section = own.section();
        let terms = Terms { name: "Priya Raman".into(), ..Terms::of(Right::Comment) };
        let link = ines.share(id, Some(&terms)).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        assert!(matches!(type_or_not(&hers), Err(Problem::NoRight)), "a comment link writes no text");

        // On "five days", on a cell, and on the section.
        let thread = hers.comment(&section, Some((None, 23..32)), "  Working days? ").unwrap();
        let table = hers.tables_of(&hers.document(&section).unwrap()).remove(0).id;
        let cell = hers.grid(&table).unwrap().name(1, 0).unwrap();
        hers.comment(&section, Some((Some(cell), 0..5)), "Which office?").unwrap();
        hers.comment(&section, None, "Looks good.").unwrap();
        hers.flush().await.unwrap();
        pass_on(&priya, &ines, id).await;
        let threads = own.threads();
        assert_eq!(threads.len(), 3);
        let about: Vec<_> = threads.iter().map(|it| (quote(it), words(&own, it))).collect();
        let (days, pilot) = (Some("five days".to_owned()), Some("Pilot".to_owned()));
        assert_eq!(about, [("", None), ("Pilot", pilot), ("five days", days.clone())]);
        let of_priya = |text: &str| ("Priya Raman".to_owned(), text.to_owned());
        assert_eq!(said(&threads[2]), [of_priya("Working days?")]);
        assert!(!threads[2].remarks[0].owns && !threads[2].remarks[0].mine);

        // The text in front of it, right before it and right behind it grows; then the words go.
        type_at(&own, 0, "Believe us: ");
        type_at(&own, 35, "about ");
        type_at(&own, 50, " or so");
        let thread_now = || own.threads().into_iter().find(|it| it.id == thread).unwrap();
        assert_eq!(words(&own, &thread_now()), days);
        own.answer(&thread, "Working days, yes.").unwrap();
        own.settle_thread(&thread, true).unwrap();
        let gone = text::Change {
            delta: text::Delta::new().retain(10).delete(50),
            selection: text::Selection::caret(10),
            pending: None,
        };
        own.edit(&section, &gone, replica::EditKind::Deleting, text::Selection::caret(60)).unwrap();
        assert_eq!((words(&own, &thread_now()), quote(&thread_now())), (None, "five days"));
        own.flush().await.unwrap();
        pass_on(&ines, &priya, id).await;
        let seen = hers.threads().into_iter().find(|it| it.id == thread).unwrap();
        assert!(seen.settled && seen.remarks.len() == 2 && seen.remarks[1].owns);

        // Whoever answers opens it again; whoever takes back their words leaves those of others.
        hers.answer(&thread, "Then fine.").unwrap();
        let first = seen.remarks[0].id.clone();
        hers.rewrite(&first, "").unwrap();
        let seen = hers.threads().into_iter().find(|it| it.id == thread).unwrap();
        assert!(!seen.settled);
        let texts: Vec<_> = seen.remarks.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Working days, yes.", "Then fine."]);
    });
}

#[test]
fn a4_apart_and_together_again_all_threads_are_there() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let link = ines.share(id, Some(&Terms::of(Right::Comment))).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        let thread = own.comment(&own.section(), Some((None, 0..2)), "Who?").unwrap();
        own.flush().await.unwrap();
        pass_on(&ines, &priya, id).await;
        // Both act on it at once: one settles it, the other answers twice; and each begins another.
        own.settle_thread(&thread, true).unwrap();
        own.comment(&own.section(), None, "From Ines").unwrap();
        hers.introduce("Priya").unwrap();
        hers.answer(&thread, "You.").unwrap();
        hers.comment(&hers.section(), None, "From Priya").unwrap();
        for room in [&own, &hers] {
            room.flush().await.unwrap();
        }
        pass_on(&ines, &priya, id).await;
        pass_on(&priya, &ines, id).await;
        let (seen, now) = (hers.responses_changed(), own.responses_changed());
        let before = (seen.get_untracked(), now.get_untracked());
        own.introduce("Ines").unwrap();
        assert!(now.get_untracked() > before.1, "whoever shows them looks again after one's own");
        own.flush().await.unwrap();
        pass_on(&ines, &priya, id).await;
        assert!(seen.get_untracked() > before.0, "and after those of others");
        let view = |room: &Room| room.threads().iter().map(|it| (said(it), it.settled)).collect::<Vec<_>>();
        assert_eq!(view(&own), view(&hers));
        assert_eq!(own.threads().len(), 3);
        // Priya's device again, from its store alone.
        drop(hers);
        let again = priya.open(id).await.unwrap();
        assert_eq!(view(&again), view(&own));
    });
}

#[test]
fn b5_in_a_room_without_rights_nobody_writes_in_the_answers_of_others() {
    let world = World::default();
    let tab = world.device().tab();
    world.run(async move {
        let id = model::RoomId([9; 16]);
        tab.ensure(id, "Open").await.unwrap();
        let room = tab.open(id).await.unwrap();
        // Somebody who has the key that the room's name gives, like everybody.
        let keys = model::RoomKeys { author_seed: [5; 32], ..room.keys().clone() };
        let other = Writer::new(id, keys, &tab.ports);
        let mut forged = replica::Responses::new(other.client());
        let comment = replica::Comment {
            id: "a".into(),
            thread: None,
            ground: Some(replica::Ground::Section(room.section())),
            turn: 0,
            at: 1,
            edited: None,
            text: "Not by Ines".into(),
            mentions: Vec::new(),
        };
        forged.put_comment(&comment).unwrap();
        let update = forged.take_updates().remove(0);
        for (author, count) in [(room.author(), 0), (other.author(), 1)] {
            let doc = DocName::Responses(author);
            room.take_in(&other.entry(model::Head::START, doc, update.clone(), [7; 24]));
            assert_eq!(room.threads().len(), count);
        }
    });
}

#[test]
fn b6_the_last_comment_of_a_closed_tab_is_there_when_it_opens_again() {
    let world = World::default();
    let (device, closed) = (world.device(), world.device());
    let rooms = device.tab();
    let room = world.run(async move {
        let id = rooms.create(Start::Blank, "Untitled").await.unwrap().0;
        rooms.open(id).await.unwrap()
    });
    let id = room.id();
    room.comment(&room.section(), None, "Wait").unwrap();
    room.keep_last_words();
    // The tab is gone before its write began: only the journal is left.
    let kept = device.journal.borrow().clone();
    assert_eq!(kept.len(), 1);
    *closed.journal.borrow_mut() = kept;
    let threads = world.run(async move {
        let (from, to) = (device.store.clone(), closed.store.clone());
        to.put_room(from.room(id).await.unwrap().unwrap()).await.unwrap();
        let mut entries = from.entries(id).await.unwrap();
        entries.retain(|entry| !matches!(entry.doc, DocName::Responses(_)));
        to.accept(id, model::Touch::default(), entries).await.unwrap();
        closed.tab().open(id).await.unwrap().threads()
    });
    assert_eq!(threads.iter().map(|thread| thread.remarks[0].text.as_str()).collect::<Vec<_>>(), ["Wait"]);
}

#[test]
fn b5_a_link_to_read_says_nothing() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let thread = own.comment(&own.section(), None, "Well?").unwrap();
        own.flush().await.unwrap();
        let link = ines.share(id, Some(&Terms::of(Right::View))).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        let refused = [
            hers.comment(&hers.section(), None, "May I?").map(drop),
            hers.answer(&thread, "Yes."),
            hers.settle_thread(&thread, true),
            hers.introduce("Priya"),
        ];
        assert!(refused.iter().all(|said| *said == Err(Problem::NoRight)), "{refused:?}");
        assert!(hers.threads().len() == 1 && !hers.threads()[0].settled);
    });
}

fn type_or_not(room: &Room) -> Result<(), Problem> {
    let change = text::Change {
        delta: text::Delta::new().insert("x"),
        selection: text::Selection::caret(1),
        pending: None,
    };
    room.edit(&room.section(), &change, replica::EditKind::Typing, text::Selection::caret(0))
}
