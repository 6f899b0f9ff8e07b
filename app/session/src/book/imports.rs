//! Taking in many records at once, and taking that back: tomorrow as well, and on another device.
//!
//! What an import wrote is kept beside the records, in leaf 0, and stored before them. It is written leaf by leaf, so each gets one entry
//! for many records.

use std::collections::{BTreeMap, BTreeSet};

use terms::approval::Verdict;
use terms::book::{Cell, Cells, Change, Did, Field, Holds, Kind, Move, Record, Shelf, Value, cell_of};

use super::{Book, Undone, undo::Batch, writing::check};
use crate::Problem;

/// So many records are written and stored at a time.
const CHUNK: usize = 400;

/// What is to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// What it came from, such as the name of a file.
    pub source: String,
    /// The records.
    pub rows: Vec<Row>,
}

/// A record to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub kind: Kind,
    /// The record of the book that it becomes; none where it is a new one, or one that [`Field::External`] tells.
    pub record: Option<String>,
    /// What other rows call it in their fields; may be empty.
    pub name: String,
    /// What is known of it. One with [`Field::External`] that a record of the book has becomes that record. Other records are told by
    /// the names of their rows, or by their names in the book.
    pub fields: Vec<(Field, Value)>,
    /// Where it came and when; of a deal. The names of moves mean nothing. One that the record has already is not taken in again.
    pub moves: Vec<Move>,
    /// What the team did for it, as with moves.
    pub log: Vec<Did>,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Its name among imports.
    pub id: String,
    /// How many records it made.
    pub made: usize,
    /// How many records it changed.
    pub changed: usize,
    /// How many were in the book already just as they came.
    pub same: usize,
    /// How many deals stayed where they were, since a rule holds them back; all else of them was taken in.
    pub held: usize,
    /// What the rules say of those.
    pub verdict: Verdict,
    /// How many were not looked at, since it was cancelled before.
    pub left_out: usize,
}

/// An import as it is known later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// Its name among imports.
    pub id: String,
    /// What it came from.
    pub source: String,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// Who did it; empty where that is not known.
    pub by: String,
    /// Whether it was taken back.
    pub is_undone: bool,
}

impl PastImport {
    pub(super) fn read(id: &str, cells: &Cells) -> Option<Self> {
        let text = |key| cell_of(cells, key).and_then(Cell::text).unwrap_or_default();
        Some(Self {
            id: id.to_owned(),
            source: text("source").to_owned(),
            at: text("at").parse().ok()?,
            by: text("by").to_owned(),
            is_undone: !text("undone").is_empty(),
        })
    }
}

/// A row with the name of the record that it becomes, and whether it makes that.
struct Named {
    row: Row,
    id: String,
    is_new: bool,
}

impl Book {
    /// What was imported so far, in no order that means anything.
    pub fn imports(&self) -> Vec<PastImport> {
        self.0.read.borrow().imports.clone()
    }

    /// Takes in records, some hundred at a time, each time until they are stored. `progress` is called with how many of how many are
    /// done; it answers whether to go on. What is done by then stays, and [`Book::undo_import`] takes it back.
    ///
    /// # Errors
    /// [`Problem::Book`] where a value makes no sense, and nothing is taken in then; what the store says, and what is done by then stays.
    pub async fn import(
        &self,
        import: Import,
        progress: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Imported, Problem> {
        self.may()?;
        for row in &import.rows {
            for (field, value) in &row.fields {
                check(row.kind, *field, Some(value))?;
            }
        }
        let deals: Vec<String> = import.rows.iter().filter_map(|row| row.record.clone()).collect();
        let _rooms = self.hold_rooms(&deals).await?;
        let of = import.rows.len();
        let id = self.new_name();
        let mut came = Imported { id: id.clone(), ..Imported::default() };
        let head = |key: &str, to: &str| change(&id, key, Cell::Text(to.to_owned()));
        let (at, by) = (self.after(None).to_string(), self.own_name());
        self.put(vec![head("at", &at), head("by", &by), head("source", &import.source)])?;
        let mut rows = self.named(import.rows);
        stdx::sort_by_key(&mut rows, |named| named.row.kind.shelf().leaf(&named.id));
        let leaf = |named: &Named| named.row.kind.shelf().leaf(&named.id);
        let chunks = rows.chunk_by(|one, next| leaf(one) == leaf(next)).flat_map(|rows| rows.chunks(CHUNK));
        let mut done = 0;
        for (number, chunk) in chunks.enumerate() {
            if !progress(done, of) {
                break;
            }
            self.take_chunk(&id, number, chunk, &mut came)?;
            self.flush().await?;
            done += chunk.len();
        }
        came.left_out = of - done;
        self.0.inside.settle();
        progress(done, of);
        Ok(came)
    }

    /// Takes back what an import wrote, where nobody has changed it since.
    ///
    /// # Errors
    /// What the store says; what is taken back by then stays so, and asking again goes on.
    pub async fn undo_import(&self, id: &str) -> Result<Undone, Problem> {
        self.may()?;
        let mut undone = Undone::default();
        // What was written last is taken back first.
        for (key, cell) in self.cells(Shelf::Imports, id).into_iter().rev() {
            let Cell::Bytes(bytes) = cell else { continue };
            // What another version wrote in another way cannot be taken back by this one.
            let Ok(batch) = Batch::read(&bytes) else { continue };
            let (_, of_it) = self.revert(&batch)?;
            undone.done += of_it.done;
            undone.left += of_it.left;
            self.put(vec![Change { shelf: Shelf::Imports, id: id.to_owned(), key, to: None }])?;
            self.0.inside.settle();
            self.flush().await?;
        }
        self.put(vec![change(id, "undone", Cell::Text(self.after(None).to_string()))])?;
        self.0.inside.settle();
        self.flush().await?;
        Ok(undone)
    }

    /// The rows with the names of the records that they become, and those names in place of the rows' own.
    fn named(&self, rows: Vec<Row>) -> Vec<Named> {
        let mut known: BTreeMap<(Kind, String), String> = BTreeMap::new();
        for kind in Kind::ALL {
            for record in self.records(kind).values().filter(|it| !it.text(Field::External).is_empty()) {
                known.insert((kind, record.text(Field::External).to_owned()), record.id.clone());
            }
        }
        let (mut named, mut names) = (Vec::with_capacity(rows.len()), BTreeMap::new());
        for row in rows {
            let external = row.fields.iter().find_map(|(field, value)| match value {
                Value::Text(text) if *field == Field::External && !text.is_empty() => Some(text.clone()),
                _ => None,
            });
            let external = external.map(|external| (row.kind, external));
            let told = row.record.clone().filter(|id| self.records(row.kind).contains_key(id));
            let have = told.or_else(|| known.get(external.as_ref()?).cloned());
            let (is_new, id) = (have.is_none(), have.unwrap_or_else(|| self.new_name()));
            if let Some(external) = external.filter(|_| is_new) {
                known.insert(external, id.clone());
            }
            if !row.name.is_empty() {
                names.insert(row.name.clone(), id.clone());
            }
            named.push(Named { row, id, is_new });
        }
        for (field, value) in named.iter_mut().flat_map(|named| &mut named.row.fields) {
            match value {
                Value::Text(of) if field.holds() == Holds::Account => {
                    if let Some(id) = names.get(of) {
                        of.clone_from(id);
                    }
                }
                Value::Contacts(all) => {
                    for involved in all {
                        if let Some(id) = names.get(&involved.contact) {
                            involved.contact.clone_from(id);
                        }
                    }
                }
                _ => {}
            }
        }
        named
    }

    fn take_chunk(
        &self,
        import: &str,
        number: usize,
        chunk: &[Named],
        came: &mut Imported,
    ) -> Result<(), Problem> {
        let (mut changes, mut made) = (Vec::new(), Vec::new());
        for Named { row, id, is_new } in chunk {
            let fields =
                row.fields.iter().map(|(field, value)| Record::set(row.kind, id, *field, Some(value)));
            let mut of_row: Vec<Change> = fields.collect();
            let records = self.records(row.kind);
            let have = records.get(id);
            let moves = have.map(|have| have.moves.as_slice()).unwrap_or_default();
            let is_new_move = |it: &&Move| moves.iter().all(|had| (had.at, &had.to) != (it.at, &it.to));
            let moves: Vec<Change> = row
                .moves
                .iter()
                .filter(|_| row.kind == Kind::Deal)
                .filter(is_new_move)
                .map(|it| Record::moved(id, &Move { id: self.new_name(), ..it.clone() }))
                .collect();
            if !moves.is_empty() {
                let all: Vec<&Change> = of_row.iter().chain(&moves).collect();
                let verdict = self.judge_deal(id, &all);
                if verdict.passes() {
                    of_row.extend(moves);
                } else {
                    came.held += 1;
                    came.verdict.join(verdict);
                }
            }
            let log = have.map(|have| have.log.as_slice()).unwrap_or_default();
            for it in &row.log {
                if log.iter().all(|had| (had.at, had.kind, &had.what) != (it.at, it.kind, &it.what)) {
                    of_row.push(Record::did(row.kind, id, &Did { id: self.new_name(), ..it.clone() }));
                }
            }
            changes.extend(of_row);
            if *is_new {
                made.push((row.kind, id.clone()));
            }
        }
        let batch = self.put_batch(changes, made)?;
        let changed: BTreeSet<(Shelf, &str)> =
            batch.cells.iter().map(|it| (it.shelf, it.id.as_str())).collect();
        came.made += batch.made.len();
        came.changed += changed.len();
        came.same += chunk.len() - (batch.made.len() + changed.len()).min(chunk.len());
        if !batch.is_empty() {
            self.put(vec![change(import, &format!("part/{number:04}"), Cell::Bytes(batch.write()))])?;
        }
        self.0.inside.settle();
        Ok(())
    }
}

fn change(import: &str, key: &str, to: Cell) -> Change {
    Change { shelf: Shelf::Imports, id: import.to_owned(), key: key.to_owned(), to: Some(to) }
}
