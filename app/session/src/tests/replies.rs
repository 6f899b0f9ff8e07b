//! What somebody is told of a reply.

use model::Right;
use terms::plan::Step;
use text::{Change, Delta, Selection};

use super::{type_at, world::World};
use crate::{News, Start, Terms};

const PROPOSAL: &[u8] =
    b"# Month-end\n\nWe close your books.\n\n| Step | Weeks |\n|---|--:|\n| Pilot | 2 |\n";

#[test]
fn b2_a_reply_tells_what_changed_and_by_how_many() {
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let first = own.section();
        let second = own.add_section(Some(&first), None).unwrap();
        let link = ines.share(id, Some(&Terms::of(Right::Edit))).await.unwrap().fragment.unwrap();
        let came = priya.receive_link(&link).await.unwrap();
        assert!(!came.had && came.news == News::default(), "a new room has no news: {came:?}");
        tom.receive_link(&link).await.unwrap();

        // Two places of one text, and a table.
        let at_priya = priya.open(id).await.unwrap();
        type_at(&at_priya, 0, "Our ");
        type_at(&at_priya, 15, "!");
        let table = at_priya.tables_of(&at_priya.document(&first).unwrap()).remove(0).id;
        let grid = at_priya.grid(&table).unwrap();
        let cell = grid.name(1, 1).unwrap();
        let change =
            Change { delta: Delta::new().insert("1"), selection: Selection::caret(1), pending: None };
        at_priya.edit_cell(&cell, &change, replica::EditKind::Typing, Selection::caret(0)).unwrap();
        let reply = priya.share(id, None).await.unwrap().fragment.unwrap();
        let came = ines.receive_link(&reply).await.unwrap();
        assert_eq!(
            came.news,
            News { changes: 3, authors: 1, sections: vec![first.clone()], ..News::default() }
        );
        assert_eq!(ines.receive_link(&reply).await.unwrap().news, News::default(), "once is enough");

        // Somebody else names the second section, and passes on what the first one wrote.
        tom.receive_link(&reply).await.unwrap();
        tom.open(id).await.unwrap().rename_section(&second, "Price", None).unwrap();
        let reply = tom.share(id, None).await.unwrap().fragment.unwrap();
        let came = ines.receive_link(&reply).await.unwrap();
        assert_eq!(came.news, News { changes: 1, authors: 1, sections: vec![second], ..News::default() });
    });
}

#[test]
fn b2_a_reply_tells_of_comments_and_answers() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let step = own.write_step(None, &Step { name: "Kick-off".into(), ..Step::default() }).unwrap();
        let thread = own.comment(&own.section(), None, "Well?").unwrap();
        own.flush().await.unwrap();
        let link = ines.share(id, Some(&Terms::of(Right::Comment))).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        hers.answer(&thread, "Yes.").unwrap();
        hers.comment(&hers.section(), None, "And this?").unwrap();
        hers.confirm_step(&step, true).unwrap();
        hers.settle_thread(&thread, true).unwrap();
        hers.flush().await.unwrap();
        let reply = priya.share(id, None).await.unwrap().fragment.unwrap();
        let news = ines.receive_link(&reply).await.unwrap().news;
        assert_eq!(news, News { authors: 1, comments: 2, answers: 2, ..News::default() });
        assert!(ines.receive_link(&reply).await.unwrap().news.is_empty(), "once is enough");
        // What the seller says comes back to nobody as news of their own.
        own.answer(&thread, "Good.").unwrap();
        own.flush().await.unwrap();
        let back = ines.share(id, None).await.unwrap().fragment.unwrap();
        assert!(ines.receive_link(&back).await.unwrap().news.is_empty());
    });
}
