//! Deals on their way: moves, evidence, scores, what the team did; and the processes that they go through.

use terms::{
    book::{Did, DidKind, Fault, Field, Kind, Move, Place, Record, Score, Seen, TEXT_MAX},
    process::Process,
};

use super::Book;
use crate::{Problem, room::bounded};

impl Book {
    /// Puts deals somewhere. Those that are there already stay as they are. Whoever loses a deal says why; `competitor` is to whom, and may
    /// be empty.
    ///
    /// # Errors
    /// [`Problem::Book`] where a deal is not there, its process has no such step, or a reason is missing, and [`Problem::Held`] where a rule
    /// holds one back; nothing is moved then.
    pub async fn move_deals(
        &self,
        ids: &[String],
        to: &Place,
        reason: &str,
        competitor: &str,
    ) -> Result<(), Problem> {
        self.are_there(Kind::Deal, ids)?;
        if *to == Place::Lost && reason.trim().is_empty() {
            return Err(Fault::NoReason.into());
        }
        let _rooms = self.hold_rooms(ids).await?;
        let mut changes = Vec::new();
        {
            let deals = self.deals();
            for deal in ids.iter().filter_map(|id| deals.get(id)).filter(|deal| deal.place() != Some(to)) {
                self.check_place(to, deal.text(Field::Process))?;
                let moved = Move {
                    reason: bounded(reason, TEXT_MAX),
                    competitor: bounded(competitor, TEXT_MAX),
                    ..self.new_move(to, deal.moves.last())
                };
                changes.push(Record::moved(&deal.id, &moved));
            }
        }
        self.write(changes, Vec::new())
    }

    /// Says that the buyer of a deal has given evidence, with what there is to say of it and what of the room it follows from; or that
    /// they have not, after all.
    ///
    /// # Errors
    /// [`Problem::Book`] where the deal is not there.
    pub fn mark_evidence(
        &self,
        deal: &str,
        evidence: &str,
        given: Option<(&str, &str)>,
    ) -> Result<(), Problem> {
        self.are_there(Kind::Deal, &[deal.to_owned()])?;
        let seen = given.map(|(note, source)| Seen {
            evidence: evidence.to_owned(),
            at: self.after(None),
            by: self.own_name(),
            note: bounded(note, TEXT_MAX),
            source: bounded(source, TEXT_MAX),
        });
        self.write(vec![Record::marked(deal, evidence, seen.as_ref())], Vec::new())
    }

    /// Scores a letter of a deal's qualification.
    ///
    /// # Errors
    /// [`Problem::Book`] where the deal is not there, and for a score above 0 that rests on nothing.
    pub fn score(&self, deal: &str, score: &Score) -> Result<(), Problem> {
        self.are_there(Kind::Deal, &[deal.to_owned()])?;
        score.check()?;
        self.write(vec![Record::scored(deal, score)], Vec::new())
    }

    /// Notes what the team did for a record: in words, or an activity of a step by its name in the process.
    ///
    /// # Errors
    /// [`Problem::Book`] where the record is not there.
    pub fn log(&self, kind: Kind, id: &str, did: DidKind, what: &str) -> Result<(), Problem> {
        self.are_there(kind, &[id.to_owned()])?;
        let did = Did {
            id: self.new_name(),
            at: self.after(None),
            by: self.own_name(),
            kind: did,
            what: bounded(what, TEXT_MAX),
        };
        self.write(vec![Record::did(kind, id, &did)], Vec::new())
    }

    /// Makes of a process what it is to be, or makes a new one where it has no name among processes. A step that is in it no more is
    /// retired. Answers its name.
    ///
    /// # Errors
    /// [`Problem::Book`] where parts of it have one name.
    pub fn set_process(&self, process: &Process) -> Result<String, Problem> {
        let id = if process.id.is_empty() { self.new_name() } else { process.id.clone() };
        let before = self.processes().iter().find(|it| it.id == id).cloned();
        let process = Process { id, ..process.clone() };
        process.check()?;
        let process = process.follow(before.as_ref(), self.after(None), &self.new_name());
        self.write(process.changes_from(before.as_ref()), Vec::new())?;
        Ok(process.id)
    }

    /// Whether a deal of this process can be there.
    pub(super) fn check_place(&self, place: &Place, process: &str) -> Result<(), Fault> {
        let Place::Step(step) = place else { return Ok(()) };
        let processes = self.processes();
        let process = processes.iter().find(|it| it.id == process);
        let is_there = process.is_some_and(|process| process.live().any(|it| it.id == *step));
        if is_there { Ok(()) } else { Err(Fault::NoSuchStep) }
    }

    /// A move that comes after `last`, now.
    pub(super) fn new_move(&self, to: &Place, last: Option<&Move>) -> Move {
        Move {
            id: self.new_name(),
            to: to.clone(),
            at: self.after(last.map(|last| last.at)),
            by: self.own_name(),
            reason: String::new(),
            competitor: String::new(),
        }
    }
}
