//! The mutual plan: what both sides do, and by when, counted back from the day that both want to reach.
//!
//! A [`Plan`] is what people wrote. [`Plan::schedule`] makes of it what they see: days, what is late, what waits. Today is
//! an argument. Nothing that people wrote is refused here: where it makes no sense, as when two of them made a circle of
//! steps at once, the schedule leaves out the same part for everybody and says so.

mod circles;
mod day;
mod schedule;

use std::fmt;

pub use day::Day;
pub use schedule::{Moved, Progress, Schedule, Standing, Trouble};

/// Which of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Those who sell.
    #[default]
    Seller,
    /// Those who buy.
    Buyer,
}

/// Who of a side does a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Who {
    /// The company, whoever it sends.
    #[default]
    Company,
    /// A person, by name.
    Person(String),
    /// Somebody who is not named yet, by what is known, as "a lawyer".
    Placeholder(String),
}

/// How far from a day another one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offset {
    /// Days after it, or before it where below 0.
    pub days: i32,
    /// Whether Saturdays and Sundays are left out of the count.
    pub working: bool,
}

/// By when a step is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Due {
    /// Nobody said.
    #[default]
    Open,
    /// On a day of its own.
    On(Day),
    /// Counted from the target.
    Target(Offset),
    /// Counted from the day of the step with this name.
    Step(String, Offset),
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Not begun.
    #[default]
    Open,
    /// Begun.
    Begun,
    /// Done.
    Done,
    /// Not to be done any more. It counts nowhere and holds nothing up.
    Dropped,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Its name among steps, which nobody sees.
    pub id: String,
    /// The stage it stands in; one that is not there is none.
    pub stage: String,
    /// What is to be done.
    pub name: String,
    /// Whose it is.
    pub side: Side,
    /// Who of that side does it.
    pub who: Who,
    /// By when.
    pub due: Due,
    /// A day that stands in place of what `due` comes to, so that it stays where it was agreed.
    pub pinned: Option<Day>,
    /// How many days it takes, its own included; 0 where nobody said.
    pub takes: u16,
    /// How far it is.
    pub status: Status,
    /// The steps that must be done before it.
    pub after: Vec<String>,
    /// What else there is to say of it.
    pub comment: String,
    /// The turn of the last proposal of another day that was answered, as taken or declined; 0 where none was.
    pub answered: u64,
}

/// A part of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stage {
    /// Its name among stages, which nobody sees.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// A plan as people wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What is to be reached, as "Go live"; empty where nobody said.
    pub goal: String,
    /// The day on which it is to be reached.
    pub target: Option<Day>,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Its steps, in order within their stages.
    pub steps: Vec<Step>,
}

impl Plan {
    /// The place of a step, by its name.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }

    /// The steps of a stage with their places, in order. Without one: those whose stage is not there.
    pub fn steps_of(&self, stage: Option<&str>) -> impl Iterator<Item = (usize, &Step)> {
        let is_there = |id: &str| self.stages.iter().any(|stage| stage.id == id);
        self.steps.iter().enumerate().filter(move |(_, step)| match stage {
            Some(stage) => step.stage == stage,
            None => !is_there(&step.stage),
        })
    }
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Seller, Self::Buyer];
}

impl Step {
    /// Whether it is counted among what is to be done.
    pub fn counts(&self) -> bool {
        self.status != Status::Dropped
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Open | Status::Begun)
    }

    /// Whether moving the target leaves its day as it is: it is done, dropped, pinned or on a day of its own.
    pub fn stays(&self) -> bool {
        !self.is_open() || self.pinned.is_some() || matches!(self.due, Due::On(_))
    }
}

impl Status {
    /// As it is kept; nothing for what is not begun.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// All of them, in the order in which a step goes through them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Begun, Self::Done, Self::Dropped];

    /// Reads what [`Status::name`] tells. What is not understood is not begun.
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.name() == name).unwrap_or_default()
    }
}

impl Who {
    /// Reads what [`fmt::Display`] writes. What is not understood is the company.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some(("person", name)) => Self::Person(name.to_owned()),
            Some(("open", what)) => Self::Placeholder(what.to_owned()),
            _ => Self::Company,
        }
    }

    /// The words of it; none for the company.
    pub fn words(&self) -> &str {
        match self {
            Self::Company => "",
            Self::Person(words) | Self::Placeholder(words) => words,
        }
    }
}

impl Offset {
    /// The day this far from `day`; nothing outside the years 0 to 9999.
    pub fn from(self, day: Day) -> Option<Day> {
        if self.working { day.plus_working(self.days) } else { day.plus(self.days) }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (days, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let working = match unit {
            "d" => false,
            "w" => true,
            _ => return None,
        };
        Some(Self { days: days.parse().ok()?, working })
    }
}

impl Due {
    /// Reads what [`fmt::Display`] writes. What is not understood is a day that nobody said.
    pub fn parse(text: &str) -> Self {
        if let Some(day) = Day::parse(text) {
            return Self::On(day);
        }
        let sign = text.rfind(['+', '-']).unwrap_or(text.len());
        let (from, offset) = text.split_at_checked(sign).unwrap_or_default();
        match (Offset::parse(offset), from.strip_prefix("step:")) {
            (Some(offset), Some(step)) => Self::Step(step.to_owned(), offset),
            (Some(offset), None) if from == "target" => Self::Target(offset),
            _ => Self::Open,
        }
    }
}

/// As it is kept: `person:Anna`, `open:a lawyer`, or nothing.
impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company => Ok(()),
            Self::Person(name) => write!(f, "person:{name}"),
            Self::Placeholder(what) => write!(f, "open:{what}"),
        }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+}{}", self.days, if self.working { 'w' } else { 'd' })
    }
}

/// As it is kept: `2026-03-01`, `target-10w` (working days), `step:NAME+3d`, or nothing.
impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => Ok(()),
            Self::On(day) => write!(f, "{day}"),
            Self::Target(offset) => write!(f, "target{offset}"),
            Self::Step(step, offset) => write!(f, "step:{step}{offset}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_days_are_read_as_they_are_written() {
        for text in ["", "2026-03-01", "target-10w", "target+0d", "step:a+b-c-3d", "step:x+2w"] {
            assert_eq!(Due::parse(text).to_string(), text);
        }
        for text in
            ["soon", "target", "target-w", "target10d", "step:x", "goal+1d", "target+99999999999d", "-", "é"]
        {
            assert_eq!(Due::parse(text), Due::Open, "{text:?}");
        }
    }

    #[test]
    fn who_and_how_far_are_read_as_they_are_written() {
        for who in [Who::Company, Who::Person("A: B".into()), Who::Placeholder("a lawyer".into())] {
            assert_eq!(Who::parse(&who.to_string()), who);
        }
        assert_eq!(Who::parse("team:A"), Who::Company);
        for status in Status::ALL {
            assert_eq!(Status::parse(status.name()), status);
        }
        assert_eq!(Status::parse("paused"), Status::Open);
    }

    #[test]
    fn steps_without_a_stage_that_is_there_stand_by_themselves() {
        let step = |id: &str, stage: &str| Step { id: id.into(), stage: stage.into(), ..Step::default() };
        let stages = vec![Stage { id: "s".into(), name: "Decide".into() }];
        let plan =
            Plan { stages, steps: vec![step("a", "s"), step("b", "gone"), step("c", "")], ..Plan::default() };
        let ids = |stage| plan.steps_of(stage).map(|(_, step)| step.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids(Some("s")), ["a"]);
        assert_eq!(ids(None), ["b", "c"]);
    }
}
