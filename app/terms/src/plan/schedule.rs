//! What a plan comes to: the day of each step, what is late, what waits, how far each side is.

use super::{Day, Due, Plan, Side, Status, Step, circles};

/// Why a part of what was written about a step does not hold. Numbers are places of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Its day is counted from the target, and there is none.
    NoTarget,
    /// The step that its day is counted from has no day.
    NoDay(usize),
    /// The step that its day is counted from is not there any more.
    Gone,
    /// Its day would be before year 0 or after year 9999.
    BeyondYears,
    /// Days are counted from each other in a circle; its own was left out.
    CountsInCircle(Vec<usize>),
    /// Steps wait for each other in a circle; what this one waits for there was left out.
    WaitsInCircle(Vec<usize>),
    /// It is to be done before a step that it waits for.
    BeforeIts(usize),
}

/// How a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The day by which it is to be done.
    pub due: Option<Day>,
    /// By how many days it is late; 0 where it is not.
    pub late: u32,
    /// The steps still to be done that it waits for; none once it is done itself. It is blocked where there are any.
    pub waits_for: Vec<usize>,
    /// What of it does not hold.
    pub troubles: Vec<Trouble>,
}

/// How many of a side's steps are done, of those that were not dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Done.
    pub done: usize,
    /// All that count.
    pub of: usize,
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// How each step stands, in the plan's order.
    pub standings: Vec<Standing>,
    /// How far those are who sell.
    pub seller: Progress,
    /// How far those are who buy.
    pub buyer: Progress,
    /// How many steps are late.
    pub late: usize,
    /// How many steps that are not late themselves wait for one that is.
    pub held_up: usize,
}

/// What moving the target does to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The place of the step.
    pub step: usize,
    /// Its day so far.
    pub from: Option<Day>,
    /// Its day then.
    pub to: Option<Day>,
    /// Whether it stays for being done, pinned, or on a day of its own.
    pub stays: bool,
}

impl Schedule {
    /// How far a side is.
    pub fn of(&self, side: Side) -> Progress {
        match side {
            Side::Seller => self.seller,
            Side::Buyer => self.buyer,
        }
    }
}

impl Plan {
    /// What the plan comes to on the day `today`.
    pub fn schedule(&self, today: Day) -> Schedule {
        let mut schedule = Schedule { standings: self.days(self.target), ..Schedule::default() };
        self.mark_waits(&mut schedule.standings);
        for (step, standing) in self.steps.iter().zip(&mut schedule.standings) {
            let side = match step.side {
                Side::Seller => &mut schedule.seller,
                Side::Buyer => &mut schedule.buyer,
            };
            side.of += usize::from(step.counts());
            side.done += usize::from(step.status == Status::Done);
            let passed = standing.due.map_or(0, |due| today.number() - due.number());
            if step.is_open() && passed > 0 {
                standing.late = passed as u32;
                schedule.late += 1;
            }
        }
        let is_late = |at: &usize| schedule.standings[*at].late > 0;
        let held_up = schedule.standings.iter().filter(|it| it.late == 0 && it.waits_for.iter().any(is_late));
        schedule.held_up = held_up.count();
        schedule
    }

    /// What moving the target to `target` does: each step whose day changes, and those that stay though their day would
    /// have changed or they have one of their own.
    pub fn moved(&self, target: Day) -> Vec<Moved> {
        let before = self.days(self.target);
        let after = self.held(&before).days(Some(target));
        let days = before.iter().zip(&after).enumerate();
        let moves = days.map(|(step, (before, after))| {
            let stays = self.steps[step].stays();
            Moved { step, from: before.due, to: after.due, stays }
        });
        moves
            .filter(|moved| moved.from != moved.to || (moved.stays && self.steps[moved.step].is_open()))
            .collect()
    }

    /// The steps that are to be pinned so that moving the target leaves them where they are, with their days: those that
    /// are done or dropped.
    pub fn to_pin(&self) -> Vec<(usize, Day)> {
        let days = self.days(self.target);
        let settled =
            |step: &Step| !step.is_open() && step.pinned.is_none() && !matches!(step.due, Due::On(_));
        let steps = self.steps.iter().zip(days).enumerate().filter(|(_, (step, _))| settled(step));
        steps.filter_map(|(at, (_, standing))| Some((at, standing.due?))).collect()
    }

    /// The same plan with what is done or dropped pinned to the days that `standings` tell.
    fn held(&self, standings: &[Standing]) -> Self {
        let mut plan = self.clone();
        for (step, standing) in plan.steps.iter_mut().zip(standings).filter(|(step, _)| !step.is_open()) {
            step.pinned = step.pinned.or(standing.due);
        }
        plan
    }

    /// The day of each step, with what is wrong about it, for a target.
    fn days(&self, target: Option<Day>) -> Vec<Standing> {
        let mut standings = vec![Standing::default(); self.steps.len()];
        let mut from = circles::counted_from(self, &self.places());
        let mut open = vec![true; self.steps.len()];
        for (step, circle) in circles::open_counts(self, &mut from) {
            standings[step].troubles.push(Trouble::CountsInCircle(circle));
            standings[step].due = self.steps[step].pinned;
            open[step] = false;
        }
        let mut way = Vec::new();
        for start in 0..self.steps.len() {
            // What a day is counted from comes first.
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| open[*at]) {
                open[at] = false;
                way.push(at);
                next = from[at];
            }
            while let Some(at) = way.pop() {
                let found = self.day(at, target, from[at].map(|other| (other, standings[other].due)));
                match found {
                    Ok(due) => standings[at].due = due,
                    Err(trouble) => standings[at].troubles.push(trouble),
                }
                // A pinned day stands whatever its rule comes to.
                standings[at].due = self.steps[at].pinned.or(standings[at].due);
            }
        }
        standings
    }

    /// The day of a step by its rule; `other` is the step that it is counted from, with its day.
    fn day(
        &self,
        at: usize,
        target: Option<Day>,
        other: Option<(usize, Option<Day>)>,
    ) -> Result<Option<Day>, Trouble> {
        let (base, offset) = match &self.steps[at].due {
            Due::Open => return Ok(None),
            Due::On(day) => return Ok(Some(*day)),
            Due::Target(offset) => (target.ok_or(Trouble::NoTarget)?, offset),
            Due::Step(_, offset) => {
                let (other, day) = other.ok_or(Trouble::Gone)?;
                (day.ok_or(Trouble::NoDay(other))?, offset)
            }
        };
        offset.from(base).map(Some).ok_or(Trouble::BeyondYears)
    }

    /// Adds what each step waits for.
    fn mark_waits(&self, standings: &mut [Standing]) {
        let mut waits = circles::waits(self, &self.places());
        for (step, circle) in circles::open_waits(self, &mut waits) {
            standings[step].troubles.push(Trouble::WaitsInCircle(circle));
        }
        for (step, before) in waits.into_iter().enumerate() {
            if !self.steps[step].is_open() {
                continue;
            }
            let due = standings[step].due;
            let open: Vec<usize> = before.into_iter().filter(|other| self.steps[*other].is_open()).collect();
            let later = open.iter().find(|other| due.is_some() && standings[**other].due > due);
            let trouble = later.map(|other| Trouble::BeforeIts(*other));
            standings[step].troubles.extend(trouble);
            standings[step].waits_for = open;
        }
    }
}

#[cfg(test)]
mod tests;
