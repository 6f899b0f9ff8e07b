//! What somebody is told of the time since they were last in a room.

use model::Right;
use terms::plan::Step;

use super::{type_at, world::World};
use crate::{Since, Start, Terms};

#[test]
fn a1_somebody_who_comes_back_hears_what_changed() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let bytes = b"We close.\n\n| Step | Weeks |\n|---|--:|\n| Pilot | 2 |\n";
        let start = Start::Markdown { name: "proposal.md", bytes };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        type_at(&own, 0, "We close your books.");
        let second = own.add_section(Some(&own.section()), None).unwrap();
        let kick_off = own.write_step(None, &Step { name: "Kick-off".into(), ..Step::default() }).unwrap();
        own.flush().await.unwrap();
        let terms = Terms::of(Right::Comment);
        let link = ines.share(id, Some(&terms)).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        assert_eq!(hers.since_last_visit().await.unwrap(), None, "a first visit has no before");
        hers.note_visit().await.unwrap();
        let left = hers.now();
        assert!(hers.since_last_visit().await.unwrap().unwrap().is_empty());

        own.rename_section(&second, "Price", None).unwrap();
        let table = own.tables_of(&own.document(&own.section()).unwrap()).remove(0).id;
        let cell = own.grid(&table).unwrap().name(1, 1).unwrap();
        let delta = text::Delta::new().insert("1");
        let change = text::Change { delta, selection: text::Selection::caret(1), pending: None };
        own.edit_cell(&cell, &change, replica::EditKind::Typing, text::Selection::caret(0)).unwrap();
        own.comment(&own.section(), None, "Is that right?").unwrap();
        let step = own.plan().plan.steps.into_iter().find(|step| step.id == kick_off).unwrap();
        let done = Step { status: terms::plan::Status::Done, ..step.clone() };
        own.write_step(Some(&step), &done).unwrap();
        own.write_step(None, &Step { name: "Sign".into(), ..Step::default() }).unwrap();
        own.flush().await.unwrap();
        let file = ines.share(id, None).await.unwrap().file;
        priya.receive_file(&file).await.unwrap();
        let since = hers.since_last_visit().await.unwrap().unwrap();
        let steps_done = vec!["Kick-off".to_owned()];
        let expected = Since {
            at: left,
            sections: vec![own.section(), second],
            remarks: 1,
            files: 0,
            steps_done,
            price: false,
            plan: true,
        };
        assert_eq!(since, expected);
        hers.note_visit().await.unwrap();
        assert!(hers.since_last_visit().await.unwrap().unwrap().is_empty());
    });
}
