//! Suggestions: what somebody proposes, what everybody sees of it, and what becomes of the text.

use model::Right;
use replica::EditKind;
use text::{
    Delta, Document, Intent, Selection, intend,
    suggest::{Mode, propose},
};

use super::{type_at, world::World};
use crate::{Fate, Problem, Reason, Room, Rooms, Start, Suggested, Terms, VersionKind};

const PROPOSAL: &[u8] = b"We close your books in five days.\n\nPayment within 30 days.\n";

fn words(room: &Room) -> String {
    room.document(&room.section()).unwrap().text()
}

fn shown(room: &Room) -> Document {
    let section = room.section();
    room.shown(&section).unwrap_or_else(|| room.document(&section).unwrap())
}

/// Does as the surface does for somebody who suggests.
fn suggests(room: &Room, selection: Selection, intent: Intent) -> Result<Selection, Problem> {
    let before = shown(room);
    let Some(change) = intend(&before, selection, None, intent) else { return Ok(selection) };
    let change = propose(&before, selection, change, Mode::Suggest);
    let mut after = before.clone();
    after.apply(&change.delta);
    room.suggest(&room.section(), &before, &after, EditKind::Typing)?;
    assert_eq!(shown(room).text(), after.text(), "what is kept is what was shown");
    Ok(change.selection)
}

pub(super) fn replace(room: &Room, old: &str, new: &str) {
    let at = shown(room).text().find(old).unwrap();
    let mut selection = Selection::new(at, at + old.len());
    // Letter by letter, as it is typed.
    for letter in new.chars() {
        selection = suggests(room, selection, Intent::Insert(letter.into())).unwrap();
    }
    if new.is_empty() {
        suggests(room, selection, Intent::DeleteSelection).unwrap();
    }
}

fn says(it: &Suggested) -> (String, String) {
    (it.wording.deleted(), it.wording.inserted())
}

async fn pass_on(from: &Rooms, to: &Rooms, room: model::RoomId) {
    let file = from.share(room, None).await.unwrap().file;
    to.receive_file(&file).await.unwrap();
}

#[test]
fn a3_a_suggestion_changes_nothing_until_somebody_who_may_edit_accepts_it() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        let terms = Terms { name: "Priya Raman".into(), ..Terms::of(Right::Suggest) };
        let link = ines.share(id, Some(&terms)).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        let before = words(&hers);

        // A word in place of another, typed letter by letter, is one suggestion; so is what follows it at once.
        replace(&hers, "five", "three");
        replace(&hers, " days.", "");
        let all = hers.suggestions();
        assert_eq!(all.iter().map(says).collect::<Vec<_>>(), [("five days.".to_owned(), "three".to_owned())]);
        replace(&hers, "Payment", "Full payment");
        assert_eq!(words(&hers), before, "the text is as it was");
        assert_eq!(hers.open_suggestions().map(|(count, ..)| count), Some(2));
        while hers.step_suggesting(false) {}
        assert!(hers.suggestions().is_empty(), "undo takes back what was suggested");
        while hers.step_suggesting(true) {}
        assert_eq!(hers.suggestions().len(), 2, "and redo brings it again");
        assert_eq!(words(&hers), before);
        let refused = [
            hers.accept_suggestions(&[all[0].id.clone()]).map(drop),
            hers.decline_suggestions(&[all[0].id.clone()], true),
        ];
        assert!(refused.iter().all(|said| *said == Err(Problem::NoRight)), "{refused:?}");

        // The seller writes meanwhile, sees both, and says yes to one and no to the other.
        type_at(&own, 0, "Believe us: ");
        hers.flush().await.unwrap();
        own.flush().await.unwrap();
        pass_on(&priya, &ines, id).await;
        let seen = own.suggestions();
        assert!(seen.iter().all(|it| it.name == "Priya Raman" && !it.mine && it.intact), "{seen:?}");
        assert_eq!(own.accept_suggestions(&[seen[0].id.clone()]).unwrap(), 1);
        own.decline_suggestions(&[seen[1].id.clone()], true).unwrap();
        assert!(
            words(&own).starts_with("Believe us: We close your books in three\nPayment"),
            "{}",
            words(&own)
        );
        assert!(
            own.undo().is_some() && own.suggestions()[0].is_open(),
            "one step back, and it is open again"
        );
        assert!(own.suggestions()[0].intact, "with its words");
        assert!(own.redo().is_some() && !own.suggestions()[0].is_open());
        own.flush().await.unwrap();
        pass_on(&ines, &priya, id).await;
        assert_eq!(words(&hers), words(&own));
        let fates: Vec<_> = hers.suggestions().into_iter().map(|it| it.fate).collect();
        assert!(matches!(fates[..], [Fate::Accepted { .. }, Fate::Declined { .. }]), "{fates:?}");
        assert_eq!((hers.shown(&hers.section()), hers.open_suggestions()), (None, None));

        // What she suggests from now on is something new, and she can take it back.
        replace(&hers, "Payment", "Payments");
        let new = hers.suggestions().into_iter().find(Suggested::is_open).unwrap();
        hers.take_back(&new.id).unwrap();
        assert_eq!(hers.open_suggestions(), None);
    });
}

#[test]
fn b5_only_a_link_to_suggest_suggests() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let link = ines.share(id, Some(&Terms::of(Right::Comment))).await.unwrap().fragment.unwrap();
        priya.receive_link(&link).await.unwrap();
        let hers = priya.open(id).await.unwrap();
        let refused = suggests(&hers, Selection::caret(0), Intent::Insert("x".into()));
        assert_eq!(refused, Err(Problem::NoRight));
        // A program that does not keep to that writes it all the same, and nobody shows it.
        let section = hers.section();
        let change = suggest_by_force(&hers, &section);
        assert!(change.is_ok() && hers.suggestions().is_empty());
        hers.comment(&section, None, "But I may say something.").unwrap();
    });
}

fn suggest_by_force(room: &Room, section: &model::SectionId) -> Result<(), Problem> {
    let ends = room.documents_mut().content.suggestion_ends(section, 0..0);
    let mut wording = text::suggest::Wording::default();
    wording.push(text::suggest::Part::Insert("x".into(), text::Attrs::none()));
    let forged = replica::Suggestion { id: "a".into(), section: section.clone(), ends, at: 1, wording };
    room.respond(|responses| responses.suggest(&[forged], EditKind::Other, 1))
}

/// Copies suggest, edit, accept and decline at random, apart and together. All end with the same text and the same
/// suggestions, and what two accepted apart stands there once.
#[test]
fn a3_apart_and_together_everybody_sees_the_same_and_nothing_comes_in_twice() {
    let rounds = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|count| count.parse().ok()).unwrap_or(12);
    for seed in 0..rounds {
        play(seed);
    }
}

fn play(seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let world = World::default();
    let tabs = [world.device().tab(), world.device().tab(), world.device().tab()];
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = tabs[0].create(start, "Untitled").await.unwrap().0;
        let mut rooms = vec![tabs[0].open(id).await.unwrap()];
        for (tab, right) in [(&tabs[1], Right::Suggest), (&tabs[2], Right::Edit)] {
            let link = tabs[0].share(id, Some(&Terms::of(right))).await.unwrap().fragment.unwrap();
            tab.receive_link(&link).await.unwrap();
            rooms.push(tab.open(id).await.unwrap());
        }
        let mut accepted = std::collections::BTreeMap::<String, String>::new();
        for round in 0..4 {
            for (at, room) in rooms.iter().enumerate() {
                for _ in 0..random.usize(1..4) {
                    let len = shown(room).last_offset();
                    let start = random.usize(0..=len);
                    let selection = Selection::new(start, (start + random.usize(0..6)).min(len));
                    match random.u8(0..if at == 1 { 3 } else { 6 }) {
                        0 => {
                            drop(suggests(room, selection, Intent::Insert(format!("<{seed}.{round}.{at}>"))))
                        }
                        1 => drop(suggests(room, selection, Intent::DeleteSelection)),
                        2 => drop(suggests(room, selection, Intent::Break)),
                        3 => {
                            let len = room.document(&room.section()).unwrap().last_offset();
                            type_at(room, start.min(len), "word ");
                        }
                        4 => {
                            let len = room.document(&room.section()).unwrap().last_offset();
                            let start = start.min(len);
                            let change = text::Change {
                                delta: Delta::new().retain(start).delete(3.min(len - start)),
                                selection: Selection::caret(start),
                                pending: None,
                            };
                            room.edit(&room.section(), &change, EditKind::Other, Selection::caret(start))
                                .unwrap();
                        }
                        _ => {
                            let open = room.suggestions().into_iter().find(Suggested::is_open);
                            let Some(open) = open else { continue };
                            if random.bool() {
                                room.accept_suggestions(std::slice::from_ref(&open.id)).unwrap();
                                accepted.insert(open.id, open.wording.inserted());
                            } else {
                                room.decline_suggestions(&[open.id], true).unwrap();
                            }
                        }
                    }
                }
                room.flush().await.unwrap();
            }
            if random.bool() {
                // Both who may edit accept the same one, apart.
                let of = |room: &Room| room.suggestions().into_iter().find(Suggested::is_open);
                if let Some(open) = of(&rooms[0]) {
                    let theirs =
                        rooms[2].suggestions().into_iter().any(|it| it.id == open.id && it.is_open());
                    if theirs {
                        for at in [0, 2] {
                            rooms[at].accept_suggestions(std::slice::from_ref(&open.id)).unwrap();
                            rooms[at].flush().await.unwrap();
                        }
                    }
                }
            }
            // Everybody gets everything, by way of whoever began the room.
            for _ in 0..2 {
                for tab in [1, 2] {
                    pass_on(&tabs[tab], &tabs[0], id).await;
                    pass_on(&tabs[0], &tabs[tab], id).await;
                }
                for room in &rooms {
                    room.flush().await.unwrap();
                }
            }
            let view = |room: &Room| {
                let all: Vec<_> = room
                    .suggestions()
                    .into_iter()
                    .map(|it| (it.id, it.range, it.intact, it.wording, it.fate))
                    .collect();
                (words(room), all, shown(room).text())
            };
            let first = view(&rooms[0]);
            for room in &rooms[1..] {
                let other = view(room);
                assert_eq!(first.0, other.0, "seed {seed}, round {round}: the text");
                assert_eq!(first.1, other.1, "seed {seed}, round {round}: the suggestions");
            }
            let text = words(&rooms[0]);
            for sign in (0..=round).flat_map(|round| (0..3).map(move |at| format!("<{seed}.{round}.{at}>"))) {
                let most = 3 * usize::from(text.contains(&sign));
                assert!(text.matches(&sign).count() <= most, "seed {seed}, round {round}: {sign} in {text}");
            }
        }
    });
}

/// Two who may edit accept the same suggestion apart: its words come in once.
#[test]
fn a3_what_two_accept_apart_comes_in_once() {
    let world = World::default();
    let (ines, tom) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        let own = ines.open(id).await.unwrap();
        replace(&own, "five", "three");
        own.flush().await.unwrap();
        let link = ines.share(id, Some(&Terms::of(Right::Edit))).await.unwrap().fragment.unwrap();
        tom.receive_link(&link).await.unwrap();
        let his = tom.open(id).await.unwrap();
        for room in [&own, &his] {
            let open = room.suggestions().remove(0);
            room.accept_suggestions(&[open.id]).unwrap();
            room.flush().await.unwrap();
        }
        // Words that somebody writes among those that came in stay.
        let at = words(&his).find("three").unwrap();
        type_at(&his, at + 2, "-");
        his.flush().await.unwrap();
        pass_on(&tom, &ines, id).await;
        own.flush().await.unwrap();
        pass_on(&ines, &tom, id).await;
        his.flush().await.unwrap();
        pass_on(&tom, &ines, id).await;
        assert_eq!(words(&own), words(&his));
        let text = words(&own).replace('-', "");
        assert_eq!(text.matches("three").count(), 1, "{text}");
        assert!(matches!(own.suggestions()[0].fate, Fate::Accepted { .. }));
        assert!(words(&own).contains('-'), "{}", words(&own));
    });
}

/// What the room was before several came in at once can be looked at, and brought back.
#[test]
fn a3_the_state_before_several_are_accepted_is_kept() {
    let world = World::default();
    let ines = world.device().tab();
    let own = world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = ines.create(start, "Untitled").await.unwrap().0;
        ines.open(id).await.unwrap()
    });
    type_at(&own, 0, "Now: ");
    replace(&own, "five", "three");
    replace(&own, "Payment", "Full payment");
    let before = words(&own);
    let ids: Vec<String> = own.suggestions().into_iter().map(|it| it.id).collect();
    assert_eq!(own.accept_suggestions(&ids).unwrap(), 2);
    world.pass(5_000);
    world.run(async move {
        let versions = own.versions().await.unwrap();
        let kept = versions.iter().find(|it| it.kind == VersionKind::Kept(Reason::Suggestions));
        let state = own.open_version(kept.unwrap()).await.unwrap().unwrap();
        assert_eq!(state.sections[0].text.text(), before);
    });
}
