//! How a team sells: steps, what the team does in each, and by what the buyer shows that it is done.
//!
//! Deals go through processes, and keep their history when a process changes: steps keep their names among steps, and one that is
//! taken out is retired and still known. Each change of the steps is noted with its time, so that deals from before and after it
//! can be compared.

mod position;
mod starter;
mod stored;

use crate::{book::Fault, price::Decimal};

pub use position::Position;
pub use starter::Starter;

/// How a team sells something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Process {
    /// Its name among processes, which nobody sees.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its steps, in order; retired ones among them.
    pub steps: Vec<Step>,
    /// When its steps changed, in the order of times; the first is when it began.
    pub changes: Vec<Changed>,
}

/// The steps of a process changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The change's name among them.
    pub id: String,
    /// When, milliseconds since 1970.
    pub at: u64,
}

/// A step of a process.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Its name among steps, which nobody sees.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How long it is expected to take, in days.
    pub days: Option<Decimal>,
    /// The chance of winning a deal that has come this far, in percent, as long as the team's own deals say nothing better.
    pub chance: Option<Decimal>,
    /// What the team does.
    pub activities: Vec<Activity>,
    /// What the buyer does, by which it shows how far they are.
    pub evidence: Vec<Evidence>,
    /// What else must hold before the deal goes on.
    pub criteria: Vec<String>,
    /// What helps.
    pub tools: Vec<String>,
    /// What to ask, in order.
    pub questions: Vec<String>,
    /// Whether no deal comes to it any more.
    pub is_retired: bool,
}

/// Something that the team does in a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activity {
    /// Its name in the process, which nobody sees.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// Something that the buyer does in a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Its name in the process, which nobody sees.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether the buyer has not done the step without it.
    pub is_required: bool,
    /// What happens in the room when the buyer does it.
    pub follows: Option<RoomAct>,
}

/// What a buyer does in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoomAct {
    /// Came to the room.
    Visited,
    /// Read a section, or a page of a file.
    Read,
    /// Opened the price.
    OpenedPrice,
    /// Chose something in the price.
    ChosePrice,
    /// Said something.
    Commented,
    /// Asked something.
    Asked,
    /// Took a file along.
    Downloaded,
    /// Confirmed a step of the plan.
    ConfirmedStep,
    /// Came as somebody new, also by a link that another passed on.
    Joined,
    /// Accepted what was sealed.
    Accepted,
}

impl RoomAct {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Visited,
        Self::Read,
        Self::OpenedPrice,
        Self::ChosePrice,
        Self::Commented,
        Self::Asked,
        Self::Downloaded,
        Self::ConfirmedStep,
        Self::Joined,
        Self::Accepted,
    ];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visited => "visited",
            Self::Read => "read",
            Self::OpenedPrice => "opened price",
            Self::ChosePrice => "chose price",
            Self::Commented => "commented",
            Self::Asked => "asked",
            Self::Downloaded => "downloaded",
            Self::ConfirmedStep => "confirmed step",
            Self::Joined => "joined",
            Self::Accepted => "accepted",
        }
    }

    /// Reads what [`RoomAct::name`] tells.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

impl Process {
    /// How often its steps were as they are at some time, counting from 1.
    pub fn version(&self) -> usize {
        self.changes.len().max(1)
    }

    /// The version that held at a time, milliseconds since 1970.
    pub fn version_at(&self, at: u64) -> usize {
        self.changes.iter().filter(|changed| changed.at <= at).count().max(1)
    }

    /// The step with this name, also a retired one.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The steps that deals go through, in order.
    pub fn live(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| !step.is_retired)
    }

    /// This process as what `before` becomes, at `now`: steps that are in it no more are retired, at its end, and where the
    /// steps are others than before that is noted under the name `change`.
    pub fn follow(mut self, before: Option<&Self>, now: u64, change: &str) -> Self {
        self.changes = before.map(|before| before.changes.clone()).unwrap_or_default();
        for step in before.iter().flat_map(|before| &before.steps) {
            if self.step(&step.id).is_none() {
                self.steps.push(Step { is_retired: true, ..step.clone() });
            }
        }
        if before.is_none_or(|before| before.steps != self.steps) {
            // By a clock that is behind it would stand before what it changed.
            let last = self.changes.last().map(|changed| changed.at + 1).unwrap_or_default();
            self.changes.push(Changed { id: change.to_owned(), at: now.max(last) });
        }
        self
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Fault::BadName`] where two of its steps, activities or pieces of evidence have one name, and where a name has other signs
    /// than it may.
    pub fn check(&self) -> Result<(), Fault> {
        let activities = self.steps.iter().flat_map(|step| &step.activities).map(|it| it.id.as_str());
        // Deals tell evidence by its name alone.
        let evidence = self.steps.iter().flat_map(|step| &step.evidence).map(|it| it.id.as_str());
        let are_good = are_names([self.id.as_str()].into_iter())
            && are_names(self.steps.iter().map(|step| step.id.as_str()))
            && are_names(activities)
            && are_names(evidence);
        if are_good { Ok(()) } else { Err(Fault::BadName) }
    }
}

/// Whether these are different names of 1 to 64 letters, digits and `-`.
fn are_names<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        let is_good = (1..=64).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_good || seen.contains(&name) {
            return false;
        }
        seen.push(name);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(steps: &[&str]) -> Process {
        let step = |id: &&str| Step { id: (*id).into(), name: id.to_uppercase(), ..Step::default() };
        Process { id: "p".into(), steps: steps.iter().map(step).collect(), ..Process::default() }
    }

    fn names(process: &Process) -> Vec<String> {
        process.steps.iter().map(|it| format!("{}{}", it.id, if it.is_retired { "*" } else { "" })).collect()
    }

    #[test]
    fn a_step_that_is_taken_out_is_retired_and_each_change_makes_a_version() {
        let first = process(&["a", "b", "c"]).follow(None, 10, "x");
        assert_eq!((first.version(), first.version_at(5)), (1, 1));
        let second = process(&["c", "a", "d"]).follow(Some(&first), 20, "y");
        assert_eq!(names(&second), ["c", "a", "d", "b*"]);
        assert_eq!((second.version(), second.version_at(19), second.version_at(20)), (2, 1, 2));
        assert_eq!(second.step("b").unwrap().name, "B");
        assert_eq!(second.live().count(), 3);
        let same = second.clone().follow(Some(&second), 30, "z");
        assert_eq!(same, second);
        let renamed = Process { name: "New".into(), ..second.clone() }.follow(Some(&second), 30, "z");
        assert_eq!(renamed.version(), 2, "its own name is none of its steps");
        let behind = process(&["c"]).follow(Some(&second), 5, "z");
        assert_eq!(behind.changes.last().unwrap().at, 21);
    }

    #[test]
    fn names_are_good_and_different() {
        assert_eq!(process(&["a", "l-qualify"]).check(), Ok(()));
        for wrong in [&["a", "a"][..], &[""], &["a/b"], &["a b"]] {
            assert_eq!(process(wrong).check(), Err(Fault::BadName), "{wrong:?}");
        }
        let mut twice = process(&["a"]);
        twice.steps[0].evidence = vec![Evidence { id: "e".into(), ..Evidence::default() }; 2];
        assert_eq!(twice.check(), Err(Fault::BadName));
    }
}
