//! The library: writing nuggets, taking them in from files, approving them, and noting where they were used.

use terms::{
    book::{Fault, Kind, Place, Record, Used},
    nugget::{Mark, Nugget, State},
};

use super::Book;
use crate::Problem;

/// What came of taking nuggets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// How many are new.
    pub made: usize,
    /// How many were there under the name of the same file, and are other now.
    pub changed: usize,
    /// How many were there just as they came.
    pub same: usize,
}

impl Book {
    /// Makes of a nugget what it is to be, or makes a new one where it has no name among nuggets. Its state, its marks and its versions are
    /// kept by the book: other words make a draft of it, and those from before stay as a version. Answers its name.
    ///
    /// # Errors
    /// [`Problem::Book`] where it is called nothing, or is too long.
    pub fn write_nugget(&self, nugget: &Nugget) -> Result<String, Problem> {
        nugget.check()?;
        let id = if nugget.id.is_empty() { self.new_name() } else { nugget.id.clone() };
        let nugget = Nugget { id: id.clone(), ..nugget.clone() };
        self.write_nuggets(vec![nugget])?;
        Ok(id)
    }

    /// Takes in nuggets from files, as one step to undo. One from a file whose nugget is there already becomes that.
    ///
    /// # Errors
    /// As [`Book::write_nugget`], and nothing is taken in then.
    pub fn take_nuggets(&self, nuggets: Vec<Nugget>) -> Result<Taken, Problem> {
        let mut taken = Taken::default();
        let mut changed: Vec<Nugget> = Vec::new();
        for nugget in nuggets {
            nugget.check()?;
            let is_it = |it: &&Nugget| !it.source.is_empty() && it.source == nugget.source;
            let have = self.nuggets().iter().find(is_it).cloned();
            let id = have.as_ref().map_or_else(|| self.new_name(), |have| have.id.clone());
            let nugget = Nugget { id, ..nugget };
            match have {
                None => taken.made += 1,
                Some(have) if is_same(&have, &nugget) => {
                    taken.same += 1;
                    continue;
                }
                Some(_) => taken.changed += 1,
            }
            changed.push(nugget);
        }
        self.write_nuggets(changed)?;
        Ok(taken)
    }

    /// Says how far nuggets are.
    ///
    /// # Errors
    /// [`Problem::Book`] where one is not there, and nothing is changed then.
    pub fn state_nuggets(&self, ids: &[String], state: State) -> Result<(), Problem> {
        let stated = self.mark();
        let mut changes = Vec::new();
        for id in ids {
            let before = self.nugget(id)?;
            if before.state != state {
                let after = Nugget { state, stated: stated.clone(), ..before.clone() };
                changes.extend(after.changes_from(Some(&before)));
            }
        }
        self.write(changes, Vec::new())
    }

    /// Removes nuggets. Deals that used them still tell so.
    ///
    /// # Errors
    /// As [`Book::state_nuggets`].
    pub fn remove_nuggets(&self, ids: &[String]) -> Result<(), Problem> {
        for id in ids {
            self.nugget(id)?;
        }
        self.write(ids.iter().map(|id| Nugget::gone(id)).collect(), Vec::new())
    }

    /// Notes that a nugget was used for a deal at the step where that is; or that it was not, after all. Used again at the same step it is noted
    /// once.
    ///
    /// # Errors
    /// [`Problem::Book`] where the deal is not there.
    pub fn note_use(&self, deal: &str, nugget: &str, is_used: bool) -> Result<(), Problem> {
        self.are_there(Kind::Deal, &[deal.to_owned()])?;
        let (step, was_used) = {
            let deals = self.deals();
            let deal = deals.get(deal);
            let step =
                deal.and_then(|deal| deal.place()).and_then(Place::step).unwrap_or_default().to_owned();
            let was_used = deal.is_some_and(|deal| deal.has_used(nugget, &step));
            (step, was_used)
        };
        if was_used == is_used {
            return Ok(());
        }
        let Mark { at, by } = self.mark();
        let used = Used { nugget: nugget.to_owned(), step, at, by };
        self.write(vec![Record::used(deal, &used, is_used)], Vec::new())
    }

    fn write_nuggets(&self, nuggets: Vec<Nugget>) -> Result<(), Problem> {
        let mut changes = Vec::new();
        for nugget in nuggets {
            let before = self.nuggets().iter().find(|it| it.id == nugget.id).cloned();
            let last = before.as_ref().map(|before| before.written.at);
            let now = Mark { at: self.after(last), ..self.mark() };
            let nugget = nugget.follow(before.as_ref(), &now, &self.new_name());
            changes.extend(nugget.changes_from(before.as_ref()));
        }
        self.write(changes, Vec::new())
    }

    fn nugget(&self, id: &str) -> Result<Nugget, Fault> {
        self.nuggets().iter().find(|it| it.id == id).cloned().ok_or(Fault::NoSuchNugget)
    }

    /// Now, by this device's person.
    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.after(None), by: self.own_name() }
    }
}

/// Whether a file says of a nugget what is known of it.
fn is_same(have: &Nugget, new: &Nugget) -> bool {
    (&have.title, &have.text, have.kind, &have.tags, &have.owner, have.review_by)
        == (&new.title, &new.text, new.kind, &new.tags, &new.owner, new.review_by)
}
