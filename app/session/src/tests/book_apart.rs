//! The book on two devices that change it apart, and what of it is in what leaves a room.

use exchange::bundle::{self, Envelope, SEALED_AS};
use model::{DocName, Right, RoomId, StoredEntry};
use sync::ledger::SignedEntry;
use terms::{
    book::{Field, Kind, Letter, Place, Proof, Score},
    question::{Answer, starter},
};

use super::{
    book::{begun, deal, move_deals, number, open, step, text},
    rights::{begin, share, take},
    world::{Device, World},
};
use crate::{Book, Share, Terms};

/// What a device has stored of the book.
fn stored(world: &World, device: &Device, book: &Book) -> Vec<StoredEntry> {
    let (store, id) = (device.store.clone(), book.team().workspace().unwrap().id());
    let flushing = book.clone();
    world.run(async move {
        flushing.flush().await.unwrap();
        store.entries(id).await.unwrap()
    })
}

fn change_something(
    world: &World,
    random: &mut fastrand::Rng,
    book: &Book,
    process: &terms::process::Process,
) {
    let ids: Vec<String> = book.deals().keys().cloned().collect();
    let Some(id) = random.choice(&ids).cloned() else { return };
    let one = [id.clone()];
    match random.u32(..12) {
        0 => drop(book.add(&[deal("New", 1, process)]).unwrap()),
        1 | 2 => {
            let fields = [Field::Name, Field::Note, Field::Region];
            let field = *random.choice(&fields).unwrap();
            let value = random.bool().then(|| text(&random.u8(..).to_string()));
            book.edit(Kind::Deal, &one, &[(field, value)]).unwrap();
        }
        3 => {
            let some: Vec<String> = ids.iter().filter(|_| random.bool()).cloned().collect();
            book.edit(Kind::Deal, &some, &[(Field::Amount, Some(number(random.i64(..99))))]).unwrap();
        }
        4 | 5 => {
            let places = [step(process, 0), step(process, 3), Place::Won, Place::Lost];
            move_deals(world, book, &one, random.choice(&places).unwrap(), ("Too dear", "")).unwrap();
        }
        6 => {
            let given = random.bool().then_some(("By phone", ""));
            book.mark_evidence(&id, "l-qualify-problem", given).unwrap();
        }
        7 => {
            let (letter, score) = (Letter::Pain, random.u8(1..4));
            book.score(&id, &Score { letter, score, proof: Proof::Quote, words: "Nine days".into() })
                .unwrap();
        }
        8 | 9 => {
            let asked: Vec<String> = book.questions().iter().map(|it| it.id.clone()).collect();
            let says = [Some(Answer::Passed), None][random.usize(..2)].clone();
            book.answer(&id, random.choice(&asked).unwrap(), says.as_ref(), "").unwrap();
        }
        10 => {
            let asked: Vec<String> = book.questions().iter().map(|it| it.id.clone()).collect();
            book.move_question(random.choice(&asked).unwrap(), random.usize(..12)).unwrap();
        }
        _ if random.bool() => drop(book.undo().unwrap()),
        _ => book.remove(Kind::Deal, &one).unwrap(),
    }
}

#[test]
fn bk_two_devices_end_alike_whatever_they_do_apart_and_in_whatever_order_they_hear_of_it() {
    for seed in 0..12 {
        let mut random = fastrand::Rng::with_seed(seed);
        let world = World::default();
        let devices = [world.device(), world.device()];
        let (ines, tom) = (devices[0].tab(), devices[1].tab());
        let (team, book, process) = begun(&world, &ines);
        book.add(&[deal("Ledger", 1, &process), deal("Archive", 2, &process)]).unwrap();
        book.set_questions(&starter(&str::to_owned)).unwrap();
        take(&world, &tom, &share(&world, &ines, team, Terms::of(Right::Own))).unwrap();
        let books = [book, open(&world, &tom, team).unwrap()];
        for round in 0..6 {
            for _ in 0..random.usize(1..20) {
                let book = &books[random.usize(..2)];
                change_something(&world, &mut random, book, &process);
                world.pass(random.u64(..200));
            }
            let mut entries =
                [stored(&world, &devices[0], &books[0]), stored(&world, &devices[1], &books[1])];
            for (to, from) in [(0, 1), (1, 0)] {
                random.shuffle(&mut entries[from]);
                for entry in &entries[from] {
                    books[to].team().workspace().unwrap().take_in(entry);
                }
            }
            let place = format!("seed {seed} round {round}");
            for kind in Kind::ALL {
                assert_eq!(*books[0].records(kind), *books[1].records(kind), "{place}");
            }
            assert_eq!(*books[0].questions(), *books[1].questions(), "{place}");
            // What was followed change by change is what somebody reads who comes now.
            let followed = books[0].deals().clone();
            books[0].follow(true);
            assert_eq!(followed, *books[0].deals(), "{place}");
        }
    }
}

#[test]
fn bk_moves_that_two_make_at_once_both_stand() {
    let world = World::default();
    let devices = [world.device(), world.device()];
    let (ines, tom) = (devices[0].tab(), devices[1].tab());
    let (team, book, process) = begun(&world, &ines);
    let ids = book.add(&[deal("Ledger", 1, &process)]).unwrap();
    take(&world, &tom, &share(&world, &ines, team, Terms::of(Right::Own))).unwrap();
    let his = open(&world, &tom, team).unwrap();
    world.pass(10);
    move_deals(&world, &book, &ids, &step(&process, 1), ("", "")).unwrap();
    world.pass(10);
    move_deals(&world, &his, &ids, &step(&process, 2), ("", "")).unwrap();
    his.edit(Kind::Deal, &ids, &[(Field::Note, Some(text("They are in a hurry")))]).unwrap();
    for entry in stored(&world, &devices[1], &his) {
        book.team().workspace().unwrap().take_in(&entry);
    }
    let deals = book.deals();
    assert_eq!((deals[&ids[0]].moves.len(), deals[&ids[0]].place()), (3, Some(&step(&process, 2))));
    assert_eq!(deals[&ids[0]].text(Field::Note), "They are in a hurry");
}

/// Everything that is in what leaves, as its holder's program opens it.
pub(super) fn opened(world: &World, device: &Device, share: &Share) -> bundle::Bundle {
    let Envelope { key, nonce, sealed, .. } = Envelope::from_file(&share.file).unwrap();
    let cipher = device.ports().cipher;
    let packed = world.run(async move { cipher.open(&key, &nonce, SEALED_AS, sealed).await.unwrap() });
    bundle::unpack(&packed).unwrap()
}

/// How many entries change the book, or have the word in them.
fn count(room: RoomId, entries: &[bundle::PackedEntry], word: &str) -> usize {
    let tells = |packed: &&bundle::PackedEntry| {
        let entry = SignedEntry::read(room, packed.epoch, &packed.bytes).unwrap().entry;
        let has = entry.update.windows(word.len()).any(|bytes| bytes == word.as_bytes());
        has || matches!(entry.doc, DocName::Book(_))
    };
    entries.iter().filter(tells).count()
}

#[test]
fn bk_no_word_of_the_book_is_in_what_leaves_a_room() {
    const WORD: &str = "Zwetschgenwasser";
    let world = World::default();
    let device = world.device();
    let ines = device.tab();
    let (team, book, process) = begun(&world, &ines);
    book.add(&[deal(WORD, 1, &process)]).unwrap();
    let (room, _) = begin(&world, &ines);
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        for id in [team, room] {
            let bundle = opened(&world, &device, &share(&world, &ines, id, Terms::of(right)));
            assert!(bundle.workspace.is_empty());
            assert_eq!(count(id, &bundle.entries, WORD), 0);
        }
    }
    let bundle = opened(&world, &device, &share(&world, &ines, team, Terms::of(Right::Own)));
    assert_eq!(count(team, &bundle.entries, WORD), 0);
    let inside = book.team().workspace().unwrap().id();
    assert!(count(inside, &bundle.workspace, WORD) >= 2, "where it is to be it is found");
}
