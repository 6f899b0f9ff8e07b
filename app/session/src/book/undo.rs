//! What a batch of changes wrote, by which it can be taken back: cell by cell, and only where a cell still is what the batch
//! made of it.

use std::cell::{Cell as Counter, RefCell};

use stdx::{Cut, Reader, Writer};
use terms::book::{Cell, Change, GONE, Kind, Record, Shelf};

use super::Book;
use crate::Problem;

/// So many batches can be undone.
const STEPS_MAX: usize = 100;

/// What came of taking something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undone {
    /// How many records and fields are as they were before.
    pub done: usize,
    /// How many were left as they are, since somebody has changed them meanwhile.
    pub left: usize,
}

/// What a batch wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Batch {
    /// Records that it made.
    pub(super) made: Vec<Made>,
    /// Records that it made and that were taken away again.
    pub(super) unmade: Vec<Made>,
    /// Cells that it changed in records that were there.
    pub(super) cells: Vec<Written>,
}

/// A record that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) kind: Kind,
    pub(super) id: String,
    /// [`Cell::check_all`] of what was written.
    pub(super) check: u64,
}

/// A cell that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) shelf: Shelf,
    pub(super) id: String,
    pub(super) key: String,
    pub(super) before: Option<Cell>,
    /// [`Cell::check`] of what was written.
    pub(super) check: u64,
}

/// The batches of this device's person in this run of the program.
#[derive(Default)]
pub(super) struct Past {
    undo: RefCell<Vec<Step>>,
    redo: RefCell<Vec<Step>>,
    /// How many steps there were.
    count: Counter<u64>,
}

/// A batch with its number among the steps.
type Step = (u64, Batch);

impl Past {
    pub(super) fn note(&self, batch: Batch) {
        if batch.is_empty() {
            return;
        }
        self.redo.borrow_mut().clear();
        self.count.set(self.count.get() + 1);
        push(&self.undo, (self.count.get(), batch));
    }
}

fn push(steps: &RefCell<Vec<Step>>, step: Step) {
    let mut steps = steps.borrow_mut();
    steps.push(step);
    if steps.len() > STEPS_MAX {
        steps.remove(0);
    }
}

impl Book {
    /// Whether there is something to undo, and something to do again. Look again when [`Book::changed`] has risen.
    pub fn can_step(&self) -> (bool, bool) {
        (!self.0.past.undo.borrow().is_empty(), !self.0.past.redo.borrow().is_empty())
    }

    /// The number of the last batch that was written here and can be undone, for [`Book::undo_step`].
    pub fn last_step(&self) -> Option<u64> {
        self.0.past.undo.borrow().last().map(|(number, _)| *number)
    }

    /// Takes back one batch, whatever was written after it. None where it was undone already, or is too long ago.
    ///
    /// # Errors
    /// As [`Book::undo`].
    pub fn undo_step(&self, number: u64) -> Result<Option<Undone>, Problem> {
        self.may()?;
        {
            let mut steps = self.0.past.undo.borrow_mut();
            let Some(at) = steps.iter().position(|(known, _)| *known == number) else { return Ok(None) };
            // As the last one it is what is taken back next.
            let step = steps.remove(at);
            steps.push(step);
        }
        self.undo()
    }

    /// Takes back the last batch that was written here. None where there is none.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever is no longer of the team, and [`Problem::Held`] where a deal would advance and a rule holds it back:
    /// it can be undone later.
    pub fn undo(&self) -> Result<Option<Undone>, Problem> {
        self.step(&self.0.past.undo, &self.0.past.redo)
    }

    /// Does again what was undone last. None where there is nothing.
    ///
    /// # Errors
    /// As [`Book::undo`].
    pub fn redo(&self) -> Result<Option<Undone>, Problem> {
        self.step(&self.0.past.redo, &self.0.past.undo)
    }

    fn step(&self, from: &RefCell<Vec<Step>>, to: &RefCell<Vec<Step>>) -> Result<Option<Undone>, Problem> {
        self.may()?;
        let last = from.borrow_mut().pop();
        let Some((number, batch)) = last else { return Ok(None) };
        let (inverse, undone) = match self.revert(&batch) {
            Ok(reverted) => reverted,
            Err(problem) => {
                push(from, (number, batch));
                return Err(problem);
            }
        };
        if !inverse.is_empty() {
            push(to, (number, inverse));
        }
        self.0.inside.settle();
        Ok(Some(undone))
    }

    /// Takes back what a batch wrote. Answers what takes that back.
    pub(super) fn revert(&self, batch: &Batch) -> Result<(Batch, Undone), Problem> {
        let (mut inverse, mut undone, mut marks) = (Batch::default(), Undone::default(), Vec::new());
        for (records, is_gone) in [(&batch.made, true), (&batch.unmade, false)] {
            for made in records {
                let cells = self.cells(made.kind.shelf(), &made.id);
                let was_gone = cells.iter().any(|(key, _)| key == GONE);
                if was_gone == is_gone || Cell::check_all(&cells) != made.check {
                    undone.left += 1;
                    continue;
                }
                marks.push(Record::gone(made.kind, &made.id, is_gone));
                let inverse = if is_gone { &mut inverse.unmade } else { &mut inverse.made };
                inverse.push(made.clone());
            }
        }
        let mut changes = Vec::new();
        for written in &batch.cells {
            let now = self.cell(written.shelf, &written.id, &written.key);
            if Cell::check(now.as_ref()) != written.check || written.before == Some(Cell::Strange) {
                undone.left += 1;
                continue;
            }
            let Written { shelf, id, key, before, .. } = written.clone();
            changes.push(Change { shelf, id, key, to: before });
        }
        undone.done = marks.len() + changes.len();
        // Both or none.
        self.pass_changes(&[&marks[..], &changes].concat())?;
        self.put(marks)?;
        inverse.cells = self.put(changes)?;
        Ok((inverse, undone))
    }
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.unmade.is_empty() && self.cells.is_empty()
    }

    /// The records that were made and the cells that were changed, as bytes: `u8` 1; how many records, then for each where it is,
    /// its name and its check; how many cells, then for each where it is, the record's name, the key, the check, whether there was
    /// a cell before, and that.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.u8(1).uint(self.made.len() as u64);
        for made in &self.made {
            out.u8(made.kind.shelf() as u8).text(&made.id).raw(&made.check.to_be_bytes());
        }
        out.uint(self.cells.len() as u64);
        for written in &self.cells {
            out.u8(written.shelf as u8).text(&written.id).text(&written.key);
            out.raw(&written.check.to_be_bytes()).u8(u8::from(written.before.is_some()));
            if let Some(before) = &written.before {
                before.write(&mut out);
            }
        }
        out.finish()
    }

    /// Reads what [`Batch::write`] writes.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Cut> {
        let from = &mut Reader::new(bytes);
        if from.u8()? != 1 {
            return Err(Cut);
        }
        let mut batch = Self::default();
        for _ in 0..from.uint()? {
            let shelf = shelf(from)?;
            let kind = Kind::ALL.into_iter().find(|kind| kind.shelf() == shelf).ok_or(Cut)?;
            let (id, check) = (from.text()?.to_owned(), u64::from_be_bytes(from.array()?));
            batch.made.push(Made { kind, id, check });
        }
        for _ in 0..from.uint()? {
            let (shelf, id, key) = (shelf(from)?, from.text()?.to_owned(), from.text()?.to_owned());
            let check = u64::from_be_bytes(from.array()?);
            let before = if from.u8()? == 0 { None } else { Some(Cell::read(from)?) };
            batch.cells.push(Written { shelf, id, key, before, check });
        }
        Ok(batch)
    }
}

fn shelf(from: &mut Reader) -> Result<Shelf, Cut> {
    Shelf::ALL.get(usize::from(from.u8()?)).copied().ok_or(Cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_comes_back_from_its_bytes() {
        let made = Made { kind: Kind::Contact, id: "a".into(), check: u64::MAX };
        let written =
            |before| Written { shelf: Shelf::Deals, id: "b".into(), key: "amount".into(), before, check: 7 };
        let cells = vec![written(None), written(Some(Cell::Text("5".into())))];
        let batch = Batch { made: vec![made], unmade: Vec::new(), cells };
        let bytes = batch.write();
        assert_eq!(Batch::read(&bytes), Ok(batch));
        for cut in 0..bytes.len() {
            assert_eq!(Batch::read(&bytes[..cut]), Err(Cut));
        }
        assert_eq!(Batch::read(&[2]), Err(Cut));
    }
}
