//! The state of a room as one value: the same on every copy that has the same entries.

use exchange::frozen::{Digest, Frozen, Part};
use fastrand::Rng;
use model::{Right, SectionId};
use reactive_graph::traits::GetUntracked as _;
use replica::{Choice, EditKind};
use terms::{
    plan::{Day, Stage, Step},
    portal::{Contact, Portal},
    price::{Decimal, Line, PriceList},
};
use text::{Change, Delta, Document, Intent, Mark, Selection, Table, TableAct, intend};

use super::{type_at, world::World};
use crate::{Room, Rooms, Start, Terms};

/// How many worlds are played.
const WORLDS: u64 = 6;

fn any<T: Clone>(random: &mut Rng, of: &[T]) -> Option<T> {
    (!of.is_empty()).then(|| of[random.usize(..of.len())].clone())
}

fn word(random: &mut Rng) -> String {
    let words = ["price", "😀", "we close", "bücher", "", "a b c", "12", "{{account.name}}"];
    words[random.usize(..words.len())].to_owned()
}

fn sections(room: &Room) -> Vec<SectionId> {
    room.sections().get_untracked().into_iter().map(|section| section.id).collect()
}

/// Does what a person asks of the text of a section.
fn act(room: &Room, section: &SectionId, selection: Selection, intent: Intent) {
    let document = room.document(section).unwrap();
    if let Some(change) = intend(&document, selection, None, intent) {
        room.edit(section, &change, EditKind::Other, selection).unwrap();
    }
}

fn edit_text(room: &Room, random: &mut Rng) {
    let Some(section) = any(random, &sections(room)) else { return };
    let document = room.document(&section).unwrap();
    let at = |random: &mut Rng| random.usize(..=document.last_offset());
    let selection = Selection { anchor: at(random), head: at(random) };
    match random.u8(..7) {
        0 => act(room, &section, selection, Intent::Block(text::Block::Heading(random.u8(1..4)))),
        1 => act(room, &section, selection, Intent::ToggleMark(Mark::Bold)),
        2 => act(room, &section, selection, Intent::DeleteSelection),
        3 => act(room, &section, selection, Intent::Break),
        4 => {
            let id = room.new_table_id();
            let table = Table::blank(&id, random.usize(1..3), random.usize(1..3));
            room.bring_tables(vec![table]);
            act(room, &section, selection, Intent::Block(text::Block::Table(id)));
        }
        _ => act(room, &section, selection, Intent::Insert(word(random))),
    }
}

fn edit_table(room: &Room, random: &mut Rng) {
    let Some(section) = any(random, &sections(room)) else { return };
    let tables = room.tables_of(&room.document(&section).unwrap());
    let Some(grid) = any(random, &tables).and_then(|table| room.grid(&table.id)) else { return };
    let (row, column) = (random.usize(..grid.rows.len()), random.usize(..grid.columns.len()));
    let Some(cell) = grid.name(row, column) else { return };
    let caret = Selection::caret(0);
    let table_act = match random.u8(..8) {
        0 => TableAct::AddRow(row),
        1 => TableAct::AddColumn(column),
        2 => TableAct::DeleteRow(row),
        3 => TableAct::DeleteColumn(column),
        4 => TableAct::MoveRow { from: row, to: random.usize(..grid.rows.len()) },
        5 => TableAct::Align { column, align: text::Align::End },
        _ => {
            let delta = Delta::new().insert(&word(random));
            let change = Change { delta, selection: caret, pending: None };
            room.edit_cell(&cell, &change, EditKind::Other, caret).unwrap();
            return;
        }
    };
    room.act_on_table(&cell, caret, &table_act).unwrap();
}

fn edit_sections(room: &Room, random: &mut Rng) {
    let all = sections(room);
    let (Some(one), Some(other)) = (any(random, &all), any(random, &all)) else { return };
    match random.u8(..4) {
        0 => drop(room.add_section(Some(&one), None).unwrap()),
        1 => drop(room.delete_section(&one, None).unwrap()),
        2 => room.rename_section(&one, &word(random), None).unwrap(),
        _ if one != other => room.move_section(&one, Some(&other), None).unwrap(),
        _ => {}
    }
}

fn edit_price(room: &Room, random: &mut Rng) {
    let list = room.price().list;
    let number = |random: &mut Rng| Decimal::whole(random.i64(1..50));
    let line = any(random, &list.lines);
    match (random.u8(..6), line) {
        (0, Some(line)) => drop(room.delete_lines(&[line.id]).unwrap()),
        (1, Some(line)) => room.move_line(&line.id, random.usize(..list.lines.len())).unwrap(),
        (2, Some(line)) => room.set_line(&Line { price: number(random), ..line }).unwrap(),
        (3, Some(line)) => {
            // What is not to be chosen is refused.
            let _ = room.choose(&Choice::Include { line: line.id, is_in: random.bool() });
        }
        (4, _) => room.set_price(&PriceList { months: random.u32(1..36), ..list }).unwrap(),
        _ => {
            let optional = random.bool().then_some(true);
            let line = Line { name: word(random), quantity: number(random), optional, ..Line::default() };
            drop(room.add_lines(&[line], random.usize(..3)).unwrap());
        }
    }
}

fn edit_plan(room: &Room, random: &mut Rng) {
    let plan = room.plan().plan;
    match (random.u8(..7), any(random, &plan.steps), any(random, &plan.stages)) {
        (0, Some(step), _) => room.delete_step(&step.id, true).unwrap(),
        (1, Some(step), Some(stage)) => room.move_step(&step.id, &stage.id, 0).unwrap(),
        (2, Some(step), _) => {
            // The sellers' word on that is refused.
            let _ = room.confirm_step(&step.id, random.bool());
        }
        (3, _, Some(stage)) => room.delete_stage(&stage.id, true).unwrap(),
        (4, ..) => {
            drop(room.write_stage(None, &Stage { name: word(random), ..Stage::default() }).unwrap());
        }
        (5, ..) => room.set_target(Day::parse("2027-03-01")).unwrap(),
        _ => drop(room.write_step(None, &Step { name: word(random), ..Step::default() }).unwrap()),
    }
}

fn edit_page(room: &Room, random: &mut Rng) {
    match random.u8(..4) {
        0 => room.rename(&word(random)).unwrap(),
        1 => room.set_variable("account.name", &word(random)).unwrap(),
        2 => room.set_portal(&Portal { buyer: word(random), ..room.portal() }).unwrap(),
        _ => room.write_contact(None, &Contact { name: word(random), ..Contact::default() }).unwrap(),
    }
}

/// Does something at random, anywhere in a room.
pub(super) fn do_something(room: &Room, random: &mut Rng) {
    match random.u8(..10) {
        0..4 => edit_text(room, random),
        4 => edit_table(room, random),
        5 => edit_sections(room, random),
        6 => edit_price(room, random),
        7 => edit_plan(room, random),
        8 => edit_page(room, random),
        _ => drop(room.comment(&room.section(), None, "Is that right?").unwrap()),
    }
}

/// What one has, for the other.
pub(super) async fn pass_on(from: &Rooms, to: &Rooms, room: &Room) {
    room.flush().await.unwrap();
    let file = from.share(room.id(), None).await.unwrap().file;
    to.receive_file(&file).await.unwrap();
}

/// Two devices with one room, which both own.
pub(super) async fn two(ines: &Rooms, priya: &Rooms) -> (Room, Room) {
    let bytes = b"# Pilot\n\nWe close your **books**.\n\n| Step | Weeks |\n|---|--:|\n| Pilot | 2 |\n";
    let start = Start::Markdown { name: "proposal.md", bytes };
    let id = ines.create(start, "Untitled").await.unwrap().0;
    let own = ines.open(id).await.unwrap();
    let share = ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap();
    priya.receive_file(&share.file).await.unwrap();
    let other = priya.open(id).await.unwrap();
    (own, other)
}

#[test]
fn a9_copies_that_have_the_same_entries_freeze_to_the_same_bytes() {
    for seed in 0..WORLDS {
        let world = World::default();
        let (ines, priya) = (world.device().tab(), world.device().tab());
        world.run(async move {
            let (own, other) = two(&ines, &priya).await;
            let mut random = Rng::with_seed(seed);
            for round in 0..6 {
                for _ in 0..random.usize(1..12) {
                    do_something(if random.bool() { &own } else { &other }, &mut random);
                }
                pass_on(&ines, &priya, &own).await;
                pass_on(&priya, &ines, &other).await;
                let (here, there) = (own.freeze().unwrap(), other.freeze().unwrap());
                assert_eq!(here, there, "seed {seed}, round {round}");
                let bytes = here.encode();
                assert_eq!(bytes, there.encode(), "seed {seed}, round {round}");
                assert_eq!(Frozen::decode(&bytes).map(|frozen| frozen.encode()), Ok(bytes), "seed {seed}");
            }
            // And on a copy that is read from the store.
            let id = own.id();
            let frozen = own.freeze().unwrap();
            drop(own);
            assert_eq!(ines.open(id).await.unwrap().freeze().unwrap(), frozen, "seed {seed}");
        });
    }
}

#[test]
fn a9_what_changed_is_told_by_part() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, _) = two(&ines, &priya).await;
        let digest = || Digest::of(&own.freeze().unwrap().encode()).unwrap();
        let before = digest();
        assert_eq!(digest(), before, "looking at it changes nothing");
        own.comment(&own.section(), None, "Is that right?").unwrap();
        assert_eq!(digest(), before, "what is said about a room is no part of it");
        type_at(&own, 0, "x");
        let section = Part::Section(own.section());
        assert_eq!(digest().differing(&before), std::slice::from_ref(&section));
        own.add_lines(&[Line { name: "Setup".into(), ..Line::default() }], 0).unwrap();
        own.set_goal("Go live").unwrap();
        own.set_portal(&Portal { buyer: "Osgood".into(), ..own.portal() }).unwrap();
        assert_eq!(digest().differing(&before), [Part::Page, section, Part::Price, Part::Plan]);
    });
}

#[test]
fn a9_a_frozen_room_is_kept_as_a_blob() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    world.run(async move {
        let (own, _) = two(&ines, &priya).await;
        let bytes = own.freeze().unwrap().encode();
        let blob = own.put_frozen(&bytes).await.unwrap();
        assert_eq!(own.frozen(blob).await, Ok(Some(bytes)));
        assert_eq!(own.frozen(model::BlobHash([1; 32])).await, Ok(None));
        let text = Document::from_delta(&Delta::new().insert("no frozen room"));
        let other = own.put_blob(text.text().into_bytes()).await.unwrap();
        assert!(own.frozen(other).await.is_err());
    });
}
