//! Processes to begin with.

use super::{Activity, Evidence, Process, RoomAct, Step};
use crate::price::Decimal;

/// A process to begin with. What its parts are called is for the screen to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// For deals of many months with many people.
    Long,
    /// For deals of some weeks with few.
    Short,
}

/// A piece of evidence: its name, whether it is required, what it follows from.
struct Shown(&'static str, bool, Option<RoomAct>);

/// A step: its name, days, percent, activities, evidence.
struct Begun(&'static str, i64, i64, &'static [&'static str], &'static [Shown]);

const LONG: [Begun; 6] = [
    Begun(
        "l-qualify",
        15,
        10,
        &["research", "first-call"],
        &[Shown("problem", true, None), Shown("visit", false, Some(RoomAct::Visited))],
    ),
    Begun(
        "l-discover",
        20,
        20,
        &["interview", "meet-buyer"],
        &[Shown("criteria", true, None), Shown("people", true, Some(RoomAct::Joined))],
    ),
    Begun(
        "l-design",
        30,
        35,
        &["draft", "demonstrate"],
        &[Shown("read", false, Some(RoomAct::Read)), Shown("plan", true, Some(RoomAct::ConfirmedStep))],
    ),
    Begun(
        "l-propose",
        20,
        50,
        &["send", "present"],
        &[
            Shown("price", true, Some(RoomAct::OpenedPrice)),
            Shown("options", false, Some(RoomAct::ChosePrice)),
        ],
    ),
    Begun("l-negotiate", 25, 70, &["agree-terms"], &[Shown("terms", true, Some(RoomAct::Commented))]),
    Begun("l-close", 10, 85, &["seal", "hand-over"], &[Shown("accept", true, Some(RoomAct::Accepted))]),
];

const SHORT: [Begun; 4] = [
    Begun("s-qualify", 5, 15, &["first-call"], &[Shown("problem", true, None)]),
    Begun("s-show", 7, 35, &["demonstrate"], &[Shown("visit", true, Some(RoomAct::Visited))]),
    Begun("s-propose", 7, 55, &["send"], &[Shown("price", true, Some(RoomAct::OpenedPrice))]),
    Begun("s-close", 5, 80, &["seal"], &[Shown("accept", true, Some(RoomAct::Accepted))]),
];

impl Starter {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Long, Self::Short];

    /// The process, under the name `id`. `words` tells what things are called, by keys: `long` and `short` for the processes, the
    /// names of steps, and behind a step's name and a `/` those of its activities and evidence.
    pub fn process(self, id: &str, words: &dyn Fn(&str) -> String) -> Process {
        let (name, steps) = match self {
            Self::Long => ("long", &LONG[..]),
            Self::Short => ("short", &SHORT[..]),
        };
        let step = |Begun(id, days, chance, activities, evidence): &Begun| {
            let called = |part: &str| words(&format!("{id}/{part}"));
            // Deals tell both by their names alone, so those are different in each step.
            let activity = |part: &&str| Activity { id: format!("{id}-{part}"), name: called(part) };
            let shown = |Shown(part, is_required, follows): &Shown| Evidence {
                id: format!("{id}-{part}"),
                name: called(part),
                is_required: *is_required,
                follows: *follows,
            };
            Step {
                id: (*id).to_owned(),
                name: words(id),
                days: Some(Decimal::whole(*days)),
                chance: Some(Decimal::whole(*chance)),
                activities: activities.iter().map(activity).collect(),
                evidence: evidence.iter().map(shown).collect(),
                ..Step::default()
            }
        };
        let steps = steps.iter().map(step).collect();
        Process { id: id.to_owned(), name: words(name), steps, changes: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn both_can_be_kept_and_ask_for_different_words() {
        for starter in Starter::ALL {
            let asked = RefCell::new(Vec::new());
            let process = starter.process("p", &|key| {
                asked.borrow_mut().push(key.to_owned());
                key.to_owned()
            });
            assert_eq!(process.check(), Ok(()));
            let mut different = asked.borrow().clone();
            different.sort();
            different.dedup();
            assert_eq!(different.len(), asked.borrow().len());
            let chances: Vec<_> = process.steps.iter().map(|step| step.chance).collect();
            assert!(chances.is_sorted());
            assert!(process.steps.iter().all(|step| step.evidence.iter().any(|it| it.is_required)));
        }
    }
}
