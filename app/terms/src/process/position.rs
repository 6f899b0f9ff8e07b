//! How far the buyer is, beside how far the seller is.

use super::{Process, Step};
use crate::book::{Place, Record};

/// Where both sides are in the live steps of a process, counting from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The step that the seller has put the deal at. Of a retired step, where the next one after it is.
    pub seller: usize,
    /// The step that the buyer is in: the first whose required evidence is not complete, or how many steps there are where all is.
    pub buyer: usize,
    /// How many pieces of required evidence of the buyer's step are there, and how many there are to be.
    pub given: (usize, usize),
}

impl Position {
    /// How many steps the seller is ahead; below 0 where the buyer is. 0 is in step.
    pub fn gap(&self) -> i64 {
        self.seller as i64 - self.buyer as i64
    }
}

impl Process {
    /// Where both sides of an open deal are; none where it is closed, or at no step of this process.
    ///
    /// A step that requires no evidence says nothing of the buyer: the buyer has done it once the seller has left it.
    pub fn position(&self, deal: &Record) -> Option<Position> {
        let Some(Place::Step(at)) = deal.place() else { return None };
        let place = self.steps.iter().position(|step| step.id == *at)?;
        let seller = self.steps.iter().take(place).filter(|step| !step.is_retired).count();
        let given = |step: &Step| {
            let required = || step.evidence.iter().filter(|it| it.is_required);
            (required().filter(|it| deal.seen(&it.id).is_some()).count(), required().count())
        };
        let mut counts = self.live().map(given).enumerate();
        let is_in = |(at, (given, required)): &(usize, (usize, usize))| match required {
            0 => *at >= seller,
            _ => given < required,
        };
        let (buyer, given) = counts.find(is_in).unwrap_or((self.live().count(), (0, 0)));
        Some(Position { seller, buyer, given })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Evidence, *};
    use crate::book::{Kind, Move, Seen};

    /// A process of steps that require these pieces of evidence; in capitals those that are not required.
    fn process(steps: &[&[&str]]) -> Process {
        let evidence = |name: &&str| Evidence {
            id: (*name).into(),
            is_required: name.chars().all(char::is_lowercase),
            ..Evidence::default()
        };
        let step = |(at, evidence_of): (usize, &&[&str])| Step {
            id: at.to_string(),
            evidence: evidence_of.iter().map(evidence).collect(),
            ..Step::default()
        };
        Process { steps: steps.iter().enumerate().map(step).collect(), ..Process::default() }
    }

    fn deal(to: Place, given: &[&str]) -> Record {
        let none = String::new;
        let seen =
            |name: &&str| Seen { evidence: (*name).into(), at: 1, by: none(), note: none(), source: none() };
        Record {
            kind: Kind::Deal,
            id: "x".into(),
            fields: Vec::new(),
            moves: vec![Move { id: "1".into(), to, at: 1, by: none(), reason: none(), competitor: none() }],
            seen: given.iter().map(seen).collect(),
            scores: Vec::new(),
            log: Vec::new(),
            used: Vec::new(),
            answers: Vec::new(),
        }
    }

    fn at(process: &Process, step: &str, seen: &[&str]) -> (usize, i64) {
        let position = process.position(&deal(Place::Step(step.into()), seen)).unwrap();
        (position.buyer, position.gap())
    }

    #[test]
    fn the_buyer_is_in_the_first_step_whose_evidence_is_not_complete() {
        let process = process(&[&["a", "b", "Z"], &["c"], &["d"]]);
        assert_eq!(at(&process, "0", &[]), (0, 0), "in step");
        assert_eq!(at(&process, "2", &["a"]), (0, 2));
        assert_eq!(at(&process, "1", &["a", "b"]), (1, 0), "what is not required holds nobody up");
        assert_eq!(at(&process, "1", &["a", "c", "d"]), (0, 1), "the first that is missing");
        assert_eq!(at(&process, "1", &["a", "b", "c", "d"]), (3, -2));
        let given = process.position(&deal(Place::Step("1".into()), &["a", "Z"])).unwrap().given;
        assert_eq!(given, (1, 2));
    }

    #[test]
    fn a_step_that_asks_nothing_of_the_buyer_says_nothing_of_the_buyer() {
        let silent = process(&[&[], &[], &[]]);
        for step in ["0", "1", "2"] {
            assert_eq!(at(&silent, step, &[]).1, 0);
        }
        let process = process(&[&[], &["a"], &[]]);
        assert_eq!(at(&process, "0", &[]), (0, 0));
        assert_eq!(at(&process, "2", &[]), (1, 1));
        assert_eq!(at(&process, "2", &["a"]), (2, 0));
    }

    #[test]
    fn retired_steps_are_not_counted_and_closed_deals_are_nowhere() {
        let mut process = process(&[&["a"], &["b"], &["c"]]);
        process.steps[1].is_retired = true;
        assert_eq!(at(&process, "2", &["a"]), (1, 0));
        assert_eq!(at(&process, "1", &["a"]), (1, 0), "it is on its way to the next");
        for place in [Place::Won, Place::Lost, Place::NoDecision, Place::Step("9".into())] {
            assert_eq!(process.position(&deal(place, &[])), None);
        }
    }
}
