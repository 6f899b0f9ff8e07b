//! Writing in the book. Each call is one batch, and one step to undo.

use std::collections::BTreeMap;

use terms::book::{Cell, Cells, Change, Fault, Field, Kind, Place, Rates, Record, Shelf, Value};

use super::{
    Book,
    undo::{Batch, Made, Written},
};
use crate::Problem;

/// A record to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is of.
    pub kind: Kind,
    /// What is known of it.
    pub fields: Vec<(Field, Value)>,
    /// Where it is to begin; of a deal.
    pub place: Option<Place>,
}

impl Book {
    /// Makes records. Answers their names, in order.
    ///
    /// # Errors
    /// [`Problem::Book`] where a value makes no sense, and nothing is made then.
    pub fn add(&self, drafts: &[Draft]) -> Result<Vec<String>, Problem> {
        self.may()?;
        let (mut ids, mut changes) = (Vec::new(), Vec::new());
        for draft in drafts {
            let id = self.new_name();
            for (field, value) in &draft.fields {
                check(draft.kind, *field, Some(value))?;
                changes.push(Record::set(draft.kind, &id, *field, Some(value)));
            }
            if let Some(place) = draft.place.as_ref().filter(|_| draft.kind == Kind::Deal) {
                let process = draft.fields.iter().find_map(|(field, value)| match value {
                    Value::Text(process) if *field == Field::Process => Some(process.as_str()),
                    _ => None,
                });
                self.check_place(place, process.unwrap_or_default())?;
                changes.push(Record::moved(&id, &self.new_move(place, None)));
            }
            ids.push(id);
        }
        let made = drafts.iter().zip(&ids).map(|(draft, id)| (draft.kind, id.clone())).collect();
        self.write(changes, made)?;
        Ok(ids)
    }

    /// Gives fields of records other values; none takes a value away.
    ///
    /// # Errors
    /// [`Problem::Book`] where a value makes no sense or a record is not there, and nothing is changed then.
    pub fn edit(&self, kind: Kind, ids: &[String], to: &[(Field, Option<Value>)]) -> Result<(), Problem> {
        self.are_there(kind, ids)?;
        for (field, value) in to {
            check(kind, *field, value.as_ref())?;
        }
        let set = |id: &String| {
            let id = id.clone();
            to.iter().map(move |(field, value)| Record::set(kind, &id, *field, value.as_ref()))
        };
        self.write(ids.iter().flat_map(set).collect(), Vec::new())
    }

    /// Removes records. What is known of them stays in the book, unseen, so history does.
    ///
    /// # Errors
    /// As [`Book::edit`].
    pub fn remove(&self, kind: Kind, ids: &[String]) -> Result<(), Problem> {
        self.are_there(kind, ids)?;
        self.write(ids.iter().map(|id| Record::gone(kind, id, true)).collect(), Vec::new())
    }

    /// Says what the team's currency is, and what others are worth in it.
    ///
    /// # Errors
    /// [`Problem::NoRight`].
    pub fn set_rates(&self, rates: &Rates) -> Result<(), Problem> {
        let changes = rates.changes_from(&self.0.read.borrow().rates);
        self.write(changes, Vec::new())
    }

    /// Writes a batch, in which these records are new, as a step to undo.
    pub(super) fn write(&self, changes: Vec<Change>, made: Vec<(Kind, String)>) -> Result<(), Problem> {
        self.may()?;
        let batch = self.put_batch(changes, made)?;
        self.0.past.note(batch);
        self.0.inside.settle();
        Ok(())
    }

    /// Writes a batch without passing it on, and answers what was written.
    pub(super) fn put_batch(
        &self,
        changes: Vec<Change>,
        made: Vec<(Kind, String)>,
    ) -> Result<Batch, Problem> {
        let mut cells = self.put(changes)?;
        let made: Vec<Made> = made
            .into_iter()
            .map(|(kind, id)| {
                let check = Cell::check_all(&self.cells(kind.shelf(), &id));
                Made { kind, id, check }
            })
            .collect();
        let mut names: Vec<(Shelf, &str)> = made.iter().map(|it| (it.kind.shelf(), it.id.as_str())).collect();
        stdx::sort(&mut names);
        cells.retain(|it| names.binary_search(&(it.shelf, it.id.as_str())).is_err());
        Ok(Batch { made, unmade: Vec::new(), cells })
    }

    /// Changes cells where they are other than they are to be, those of a leaf at once; none where a rule holds a deal back.
    pub(super) fn put(&self, changes: Vec<Change>) -> Result<Vec<Written>, Problem> {
        self.pass_changes(&changes)?;
        let mut leaves: BTreeMap<u8, Vec<Change>> = BTreeMap::new();
        let mut all = Vec::new();
        for change in changes {
            let before = self.cell(change.shelf, &change.id, &change.key);
            if before == change.to {
                continue;
            }
            let Change { shelf, id, key, to } = change.clone();
            all.push(Written { shelf, id, key, before, check: Cell::check(to.as_ref()) });
            leaves.entry(change.shelf.leaf(&change.id)).or_default().push(change);
        }
        for (leaf, changes) in leaves {
            self.0.inside.documents_mut().leaf(leaf).write(&changes)?;
        }
        Ok(all)
    }

    /// The cells of a record as they are now.
    pub(super) fn cells(&self, shelf: Shelf, id: &str) -> Cells {
        let documents = self.0.inside.documents();
        documents.book.get(&shelf.leaf(id)).map(|leaf| leaf.cells(shelf, id)).unwrap_or_default()
    }

    /// A cell of a record as it is now.
    pub(super) fn cell(&self, shelf: Shelf, id: &str, key: &str) -> Option<Cell> {
        self.0.inside.documents().book.get(&shelf.leaf(id))?.cell(shelf, id, key)
    }

    pub(super) fn are_there(&self, kind: Kind, ids: &[String]) -> Result<(), Problem> {
        let records = self.records(kind);
        if ids.iter().all(|id| records.contains_key(id)) { Ok(()) } else { Err(Fault::NoSuchRecord.into()) }
    }
}

/// Whether a field of a record of this kind can have this value.
pub(super) fn check(kind: Kind, field: Field, value: Option<&Value>) -> Result<(), Fault> {
    if !field.belongs_to(kind) {
        return Err(Fault::NoSuchField(field));
    }
    value.map_or(Ok(()), |value| value.check(field))
}
