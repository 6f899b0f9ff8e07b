//! Tables that several people change at once.
//!
//! `HANDSEL_SCENARIOS` sets how many are played; each prints its number when it fails, which is its seed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeMap;

use fastrand::Rng;
use model::SectionId;
use replica::{Content, EditKind, Restored, Spot, TableEvent};
use text::{Align, Attrs, CellName, Delta, Document, Grid, Op, Selection, Table, TableAct, Value};
use yrs::{
    Any, ArrayPrelim, Doc, Map as _, MapPrelim, ReadTxn as _, StateVector, Text as _, TextPrelim,
    Transact as _,
};

fn main_section() -> SectionId {
    SectionId::parse("main").unwrap()
}

fn table(rows: &[&[&str]]) -> Table {
    let cells = |row: &&[&str]| row.iter().map(|cell| Delta::new().insert(cell)).collect();
    Table { id: "t".into(), header: true, aligns: Vec::new(), rows: rows.iter().map(cells).collect() }
}

/// A room with one table, and copies of it.
fn copies(clients: &[u64], table: &Table) -> Vec<Content> {
    copies_of(clients, &new_form(table))
}

fn new_form(table: &Table) -> Vec<Vec<u8>> {
    let line = Delta::new().insert_with("\n", Attrs::none().with("x-table", Value::Text(table.id.clone())));
    let mut first = Content::new(1);
    first.add_section(&main_section(), &line, std::slice::from_ref(table)).unwrap();
    first.take_updates()
}

/// The same as the first previews wrote it: texts of cells in a map within the grid.
fn old_form(table: &Table) -> Vec<Vec<u8>> {
    let doc = Doc::with_client_id(1);
    {
        let (order, tables) = (doc.get_or_insert_map("sections"), doc.get_or_insert_map("tables"));
        let main = doc.get_or_insert_text("section/main");
        let mut txn = doc.transact_mut();
        order.insert(&mut txn, "main", "00000001");
        let line = [("x-table".into(), Any::from(table.id.as_str()))].into_iter().collect();
        main.insert_with_attributes(&mut txn, 0, "\n", line);
        let grid = tables.insert(&mut txn, table.id.as_str(), MapPrelim::default());
        let names =
            |prefix: &str, count: usize| ArrayPrelim::from_iter((0..count).map(|at| format!("{prefix}{at}")));
        grid.insert(&mut txn, "header", table.header);
        grid.insert(&mut txn, "rows", names("r", table.rows.len()));
        grid.insert(&mut txn, "cols", names("c", table.columns()));
        grid.insert(&mut txn, "align", MapPrelim::default());
        let cells = grid.insert(&mut txn, "cells", MapPrelim::default());
        for (row, held) in table.rows.iter().enumerate() {
            for (column, words) in held.iter().enumerate() {
                let words = Document::from_delta(words).text();
                cells.insert(&mut txn, format!("r{row}:c{column}"), TextPrelim::new(words.trim_end()));
            }
        }
    }
    vec![doc.transact().encode_state_as_update_v1(&StateVector::default())]
}

fn copies_of(clients: &[u64], start: &[Vec<u8>]) -> Vec<Content> {
    let copy = |client: &u64| {
        let mut content = Content::new(*client);
        start.iter().for_each(|update| drop(content.receive(update).unwrap()));
        content.grid("t").unwrap();
        content.take_table_events();
        content
    };
    clients.iter().map(copy).collect()
}

fn grid(content: &mut Content) -> Grid {
    content.grid("t").unwrap()
}

fn name(content: &mut Content, row: usize, column: usize) -> CellName {
    grid(content).name(row, column).unwrap()
}

fn write(content: &mut Content, cell: &CellName, words: &str) {
    let around = (Selection::caret(0), Selection::caret(words.len()));
    content.edit_cell(cell, &Delta::new().insert(words), EditKind::Other, around, 0).unwrap();
}

fn act(content: &mut Content, act: TableAct) -> Option<CellName> {
    let at = name(content, 0, 0);
    content.act_on_table(&at, Selection::caret(0), &act, 0).unwrap()
}

fn words(content: &mut Content) -> Vec<Vec<String>> {
    let cell = |cell: &Delta| Document::from_delta(cell).text();
    grid(content).table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

/// Brings what each has written to all others.
fn meet(contents: &mut [Content]) {
    let updates: Vec<Vec<Vec<u8>>> = contents.iter_mut().map(Content::take_updates).collect();
    for (to, content) in contents.iter_mut().enumerate() {
        for (_, updates) in updates.iter().enumerate().filter(|(from, _)| *from != to) {
            updates.iter().for_each(|update| drop(content.receive(update).unwrap()));
        }
    }
    let first = grid(&mut contents[0]);
    contents.iter_mut().for_each(|content| assert_eq!(grid(content), first, "all copies are equal"));
}

#[test]
fn a_row_and_a_column_added_at_once_are_both_there() {
    let mut both = copies(&[2, 3], &table(&[&["a", "b"], &["c", "d"]]));
    act(&mut both[0], TableAct::AddRow(1)).unwrap();
    act(&mut both[1], TableAct::AddColumn(1)).unwrap();
    meet(&mut both);
    assert_eq!(words(&mut both[0]), [["a", "", "b"], ["", "", ""], ["c", "", "d"]]);
    // The crossing was made by nobody. Two who are the first to write in it at once both keep their words.
    let crossing = name(&mut both[0], 1, 1);
    write(&mut both[0], &crossing, "mine");
    write(&mut both[1], &crossing, "yours");
    meet(&mut both);
    let met = words(&mut both[0])[1][1].clone();
    assert!(met == "mineyours" || met == "yoursmine", "{met}");
}

#[test]
fn two_who_write_in_one_cell_both_keep_their_words() {
    let mut both = copies(&[2, 3], &table(&[&["a", ""]]));
    let (full, empty) = (name(&mut both[0], 0, 0), name(&mut both[0], 0, 1));
    for (who, word) in [(0, "one "), (1, "two ")] {
        write(&mut both[who], &full, word);
        write(&mut both[who], &empty, word);
    }
    meet(&mut both);
    for cell in &words(&mut both[1])[0] {
        assert!(cell.contains("one ") && cell.contains("two "), "{cell}");
    }
    assert!(words(&mut both[1])[0][0].ends_with('a'));
}

#[test]
fn a_row_that_is_deleted_while_somebody_writes_in_it_comes_back_with_their_words() {
    let mut both = copies(&[2, 3], &table(&[&["a", "b"], &["c", "d"]]));
    act(&mut both[0], TableAct::DeleteRow(1)).unwrap();
    let cell = name(&mut both[1], 1, 0);
    write(&mut both[1], &cell, "new ");
    meet(&mut both);
    assert_eq!(words(&mut both[1]), [["a", "b"]]);
    let restored = both[0].undo().unwrap();
    assert!(restored.tables.contains(&TableEvent::Grid("t".into())));
    meet(&mut both);
    assert_eq!(words(&mut both[1])[1][1], "d");
    let back = words(&mut both[1])[1][0].clone();
    assert!(back.contains("new ") && back.contains('c'), "{back}");
    both[0].redo().unwrap();
    meet(&mut both);
    assert_eq!(words(&mut both[1]), [["a", "b"]]);
}

#[test]
fn two_who_move_one_row_leave_one_row() {
    let mut both = copies(&[2, 3], &table(&[&["a"], &["b"], &["c"]]));
    act(&mut both[0], TableAct::MoveRow { from: 0, to: 2 }).unwrap();
    act(&mut both[1], TableAct::MoveRow { from: 0, to: 1 }).unwrap();
    meet(&mut both);
    let mut rows: Vec<String> = words(&mut both[0]).into_iter().map(|row| row.concat()).collect();
    assert_eq!(rows.len(), 3);
    rows.sort();
    assert_eq!(rows.concat(), "abc");
    act(&mut both[0], TableAct::DeleteRow(0)).unwrap();
    meet(&mut both);
    assert_eq!(words(&mut both[1]).len(), 2, "no second one of it comes to light");
}

#[test]
fn two_who_delete_the_last_two_rows_leave_one_empty_row() {
    let mut both = copies(&[2, 3], &table(&[&["a"], &["b"]]));
    act(&mut both[0], TableAct::DeleteRow(0)).unwrap();
    act(&mut both[1], TableAct::DeleteRow(1)).unwrap();
    meet(&mut both);
    assert_eq!(words(&mut both[0]), [[""]]);
    let cell = name(&mut both[0], 0, 0);
    write(&mut both[0], &cell, "x");
    act(&mut both[1], TableAct::AddRow(1)).unwrap();
    meet(&mut both);
    assert_eq!(words(&mut both[1]), [["x"], [""]]);
}

#[test]
fn undo_goes_through_cells_and_tables_and_says_where_the_selection_goes() {
    let mut content = copies(&[2], &table(&[&["a", "b"], &["c", "d"]])).remove(0);
    let first = name(&mut content, 0, 0);
    for (at, letter) in [(1, "x"), (2, "y")] {
        let around = (Selection::caret(at), Selection::caret(at + 1));
        let delta = Delta::new().retain(at).insert(letter);
        content.edit_cell(&first, &delta, EditKind::Typing, around, 100).unwrap();
    }
    let second = name(&mut content, 0, 1);
    let around = (Selection::caret(1), Selection::caret(2));
    let typed = Delta::new().retain(1).insert("z");
    content.edit_cell(&second, &typed, EditKind::Typing, around, 100).unwrap();
    let new = content.act_on_table(&second, Selection::caret(2), &TableAct::AddRow(2), 100).unwrap().unwrap();
    assert_eq!(words(&mut content), [["axy", "bz"], ["c", "d"], ["", ""]]);
    assert_eq!(grid(&mut content).place(&new), Some((2, 1)));

    let spot = |restored: Option<Restored>| restored.unwrap().selection.unwrap();
    let in_cell = |cell: &CellName, at| (Spot::Cell(cell.clone()), Selection::caret(at));
    assert_eq!(spot(content.undo()), in_cell(&second, 2));
    assert_eq!(words(&mut content).len(), 2);
    assert_eq!(spot(content.undo()), in_cell(&second, 1), "another cell is another step");
    assert_eq!(spot(content.undo()), in_cell(&first, 1));
    assert_eq!(words(&mut content), [["a", "b"], ["c", "d"]]);
    assert!(content.undo().is_none());
    assert_eq!(spot(content.redo()), in_cell(&first, 3));
    content.redo().unwrap();
    assert_eq!(spot(content.redo()), in_cell(&new, 0));
    assert_eq!(words(&mut content), [["axy", "bz"], ["c", "d"], ["", ""]]);
}

#[test]
fn a_table_that_is_brought_goes_and_comes_with_its_line() {
    let mut content = Content::new(1);
    content.add_section(&main_section(), &Delta::new().insert("\n"), &[]).unwrap();
    let line = Delta::new().insert_with("\n", Attrs::none().with("x-table", Value::Text("t".into())));
    let (kind, around) = (EditKind::Other, (Selection::caret(0), Selection::caret(1)));
    let brought = table(&[&["a", "b"]]);
    content.edit_with(&main_section(), std::slice::from_ref(&brought), &line, kind, around, 0).unwrap();
    assert_eq!(words(&mut content), [["a", "b"]]);
    assert_eq!(content.undo().unwrap().selection, Some((Spot::Section(main_section()), Selection::caret(0))));
    assert_eq!(content.read(&main_section()).unwrap(), Delta::new().insert("\n"));
    content.redo().unwrap();
    assert_eq!(words(&mut content), [["a", "b"]]);
    let mut copy = Content::new(2);
    copy.receive(&content.state().unwrap()).unwrap();
    assert_eq!(words(&mut copy), [["a", "b"]]);
}

#[test]
fn what_is_deleted_is_not_in_the_state() {
    let mut content = copies(&[2], &table(&[&["a", "b"]])).remove(0);
    act(&mut content, TableAct::AddRow(1)).unwrap();
    let cell = name(&mut content, 1, 0);
    write(&mut content, &cell, "floor price");
    let holds = |state: Vec<u8>| state.windows(11).any(|part| part == b"floor price");
    assert!(holds(content.state().unwrap()));
    act(&mut content, TableAct::DeleteRow(1)).unwrap();
    let mut reader = Content::new(3);
    reader.receive(&content.state().unwrap()).unwrap();
    assert!(!holds(reader.state().unwrap()));
}

#[test]
fn a_table_of_an_earlier_preview_has_its_words_and_two_who_write_in_it_do_not_double_them() {
    let start = table(&[&["Step", "Weeks"], &["Pilot", "2"]]);
    let mut both = copies_of(&[2, 3], &old_form(&start));
    assert_eq!(both[1].table("t").unwrap(), copies(&[4], &start)[0].table("t").unwrap());
    let pilot = name(&mut both[0], 1, 0);
    write(&mut both[0], &pilot, "one ");
    write(&mut both[1], &pilot, "two ");
    act(&mut both[0], TableAct::MoveRow { from: 1, to: 0 }).unwrap();
    meet(&mut both);
    let met = words(&mut both[0])[0][0].clone();
    assert!(met == "one two Pilot" || met == "two one Pilot", "{met}");
    both[0].undo().unwrap();
    both[0].undo().unwrap();
    meet(&mut both);
    assert_eq!(words(&mut both[1]), [["Step", "Weeks"], ["two Pilot", "2"]]);

    // A cell that was emptied stays empty, and a new one is written in like any other.
    act(&mut both[1], TableAct::DeleteRow(1)).unwrap();
    act(&mut both[1], TableAct::AddRow(1)).unwrap();
    let (weeks, new) = (name(&mut both[1], 0, 1), name(&mut both[1], 1, 0));
    both[1].edit_cell(&weeks, &Delta::new().delete(5), EditKind::Other, Default::default(), 0).unwrap();
    write(&mut both[1], &new, "new");
    meet(&mut both);
    let mut fresh = copies_of(&[5], &[both[1].state().unwrap()]);
    assert_eq!(words(&mut fresh[0]), [["Step", ""], ["new", ""]]);
}

#[test]
fn words_written_in_an_earlier_previews_table_since_then_stand_before_its_own() {
    let mut update = old_form(&table(&[&["Step", "Weeks"]]));
    let doc = Doc::with_client_id(9);
    let cell = doc.get_or_insert_text("cell/t/r0/c0");
    cell.insert(&mut doc.transact_mut(), 0, "Phase");
    update.push(doc.transact().encode_state_as_update_v1(&StateVector::default()));
    let mut copy = copies_of(&[2], &update).remove(0);
    assert_eq!(words(&mut copy), [["Phase", "Weeks"]]);
    let first = name(&mut copy, 0, 0);
    copy.edit_cell(&first, &Delta::new().delete(5), EditKind::Other, Default::default(), 0).unwrap();
    let mut fresh = copies_of(&[3], &[copy.state().unwrap()]);
    assert_eq!(words(&mut fresh[0]), [["", "Weeks"]]);
}

/// What an editor shows that reads the table where its grid changed, and else only hears of cells.
struct Peer {
    content: Content,
    shown: BTreeMap<CellName, Document>,
    inbox: Vec<Vec<u8>>,
}

impl Peer {
    fn read(&mut self) {
        let grid = grid(&mut self.content);
        let cells = (0..grid.rows.len()).flat_map(|row| (0..grid.columns.len()).map(move |at| (row, at)));
        let cells = cells.map(|(row, at)| (grid.name(row, at).unwrap(), grid.cell(row, at).unwrap()));
        self.shown = cells.map(|(name, words)| (name, Document::from_delta(words))).collect();
    }

    fn show(&mut self, events: Vec<TableEvent>) {
        if events.iter().any(|event| matches!(event, TableEvent::Grid(_))) {
            return self.read();
        }
        for event in events {
            if let TableEvent::Cell { cell, delta } = event
                && let Some(shown) = self.shown.get_mut(&cell)
            {
                shown.apply(&delta);
            }
        }
    }

    fn hear(&mut self, update: &[u8], seed: u64) {
        self.content.receive(update).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let events = self.content.take_table_events();
        self.show(events);
    }

    #[track_caller]
    fn agrees(&mut self, context: &str) {
        let shown: BTreeMap<CellName, Delta> =
            self.shown.iter().map(|(name, words)| (name.clone(), words.to_delta())).collect();
        self.read();
        let kept: BTreeMap<CellName, Delta> =
            self.shown.iter().map(|(name, words)| (name.clone(), words.to_delta())).collect();
        assert_eq!(shown, kept, "{context}");
    }
}

fn random_act(random: &mut Rng, grid: &Grid) -> TableAct {
    let (rows, columns) = (grid.rows.len(), grid.columns.len());
    let (row, column) = (random.usize(..rows), random.usize(..columns));
    match random.u8(..10) {
        0 => TableAct::AddRow(random.usize(..=rows)),
        1 => TableAct::AddColumn(random.usize(..=columns)),
        2 => TableAct::DeleteRow(row),
        3 => TableAct::DeleteColumn(column),
        4 => TableAct::MoveRow { from: row, to: random.usize(..rows) },
        5 => TableAct::MoveColumn { from: column, to: random.usize(..columns) },
        6 => TableAct::Header(random.bool()),
        7 => TableAct::Align { column, align: random.choice([Align::Start, Align::End]).unwrap() },
        _ => {
            let cell = |random: &mut Rng| Delta::new().insert(["", "7", "seven"][random.usize(..3)]);
            let cells = (0..random.usize(1..3)).map(|_| vec![cell(random), cell(random)]).collect();
            TableAct::Fill { row, column, cells }
        }
    }
}

fn random_edit(random: &mut Rng, held: &Delta) -> Delta {
    let len: usize =
        held.ops().iter().map(|op| if let Op::Insert { text, .. } = op { text.len() } else { 0 }).sum();
    let at = random.usize(..=len);
    let delta = Delta::new().retain(at);
    match random.u8(..4) {
        0 => delta.delete(random.usize(1..4)),
        1 => delta.retain_with(random.usize(1..4), Attrs::none().with("bold", Value::True)),
        _ => delta.insert(["x", "price ", "\u{2028}"][random.usize(..3)]),
    }
}

fn play(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let clients = [seed * 10 + 1, seed * 10 + 2, seed * 10 + 3];
    let start = table(&[&["Step", "Weeks"], &["Pilot", "2"]]);
    let start = if seed % 4 == 3 { old_form(&start) } else { new_form(&start) };
    let mut peers: Vec<Peer> = copies_of(&clients, &start)
        .into_iter()
        .map(|content| Peer { content, shown: BTreeMap::new(), inbox: Vec::new() })
        .collect();
    peers.iter_mut().for_each(Peer::read);
    for step in 0..60u64 {
        let who = random.usize(..3);
        let peer = &mut peers[who];
        match random.u8(..12) {
            0 | 1 => {
                let restored = if random.bool() { peer.content.undo() } else { peer.content.redo() };
                peer.show(restored.map(|restored| restored.tables).unwrap_or_default());
            }
            2..=5 => {
                let some = random.usize(..=peer.inbox.len());
                let updates: Vec<Vec<u8>> = peer.inbox.drain(..some).collect();
                updates.iter().for_each(|update| peer.hear(update, seed));
            }
            kind => {
                let grid = grid(&mut peer.content);
                let (row, column) = (random.usize(..grid.rows.len()), random.usize(..grid.columns.len()));
                let cell = grid.name(row, column).unwrap();
                if kind < 9 {
                    let act = random_act(&mut random, &grid);
                    let mut pure = grid.clone();
                    let would = pure.act(&act, &mut String::new);
                    let goal =
                        peer.content.act_on_table(&cell, Selection::caret(0), &act, step * 100).unwrap();
                    assert_eq!(goal.is_some(), would, "seed {seed} step {step} {act:?}");
                    let after = peer.content.grid("t").unwrap();
                    assert_eq!(after.table, pure.table, "seed {seed} step {step} {act:?}");
                    assert!(goal.is_none_or(|goal| after.place(&goal).is_some()));
                } else {
                    let delta = random_edit(&mut random, grid.cell(row, column).unwrap());
                    let around = (Selection::caret(0), Selection::caret(9));
                    let kind = if random.bool() { EditKind::Typing } else { EditKind::Other };
                    peer.content.edit_cell(&cell, &delta, kind, around, step * 100).unwrap();
                }
                peer.read();
            }
        }
        peer.agrees(&format!("seed {seed} step {step}"));
        let updates = peer.content.take_updates();
        for (_, other) in peers.iter_mut().enumerate().filter(|(at, _)| *at != who) {
            for update in &updates {
                let at = random.usize(..=other.inbox.len());
                other.inbox.insert(at, update.clone());
                if random.u8(..5) == 0 {
                    other.inbox.push(update.clone());
                }
            }
        }
    }
    for peer in &mut peers {
        for update in std::mem::take(&mut peer.inbox) {
            peer.hear(&update, seed);
        }
        peer.agrees(&format!("seed {seed} at the end"));
    }
    let grids: Vec<Grid> = peers.iter_mut().map(|peer| grid(&mut peer.content)).collect();
    assert_eq!(grids[0], grids[1], "seed {seed}: the first two copies differ");
    assert_eq!(grids[1], grids[2], "seed {seed}: the last two copies differ");
    assert!(!grids[0].rows.is_empty() && !grids[0].columns.is_empty());
    assert!(grids[0].table.rows.iter().all(|row| row.len() == grids[0].columns.len()), "seed {seed}");
    let mut fresh = Content::new(seed * 10 + 9);
    fresh.receive(&peers[0].content.state().unwrap()).unwrap();
    assert_eq!(grid(&mut fresh), grids[0], "seed {seed}: the whole state opens to the same table");
}

#[test]
fn three_copies_of_a_table_converge_whatever_the_road() {
    let count: u64 = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    (0..count).for_each(play);
}
