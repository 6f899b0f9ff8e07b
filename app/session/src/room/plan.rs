//! The plan of a room: what its owners write in it, and what the buyers say of its steps.

use std::collections::BTreeSet;

use model::{Author, Right, limits};
use replica::{Offer, Refused, Responses, Word};
use stdx::Gather as _;
use terms::plan::{Day, Due, Plan, Stage, Status, Step, Who};

use super::{Room, bounded};
use crate::Problem;

/// The longest comment on a step, in characters.
const COMMENT_MAX: usize = 1_000;

/// What a buyer said of a step, and who and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<T> {
    /// What.
    pub says: T,
    /// What they call themselves, or for whom their link was made; empty where nobody has said.
    pub name: String,
    /// When, by their clock, milliseconds since 1970.
    pub at: u64,
    /// Whether it was said on this device.
    pub mine: bool,
    turn: u64,
}

/// What the buyers last said of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// That it is done.
    pub confirmed: Option<Said<()>>,
    /// That another day would be better. No more once it was answered.
    pub proposed: Option<Said<Day>>,
}

/// The plan with what was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoomPlan {
    /// The plan; steps that buyers confirmed are done.
    pub plan: Plan,
    /// What buyers said, in the order of the plan's steps.
    pub evidence: Vec<Evidence>,
    /// The names of the steps that are in the workspace: buyers do not have them.
    pub inside: BTreeSet<String>,
}

impl Room {
    /// The time by the clock of the session, in milliseconds since 1970.
    pub fn now(&self) -> u64 {
        (self.ports().now)()
    }

    /// The plan as it stands. Look again when [`Room::offer_changed`] or [`Room::responses_changed`] moves.
    pub fn plan(&self) -> RoomPlan {
        let mut plan = self.documents().offer.plan();
        let done = self.last_words(Responses::confirmations, |author| self.buys(author));
        let days = self.last_words(Responses::proposals, |author| self.buys(author));
        let mut evidence = Vec::with_capacity(plan.steps.len());
        for step in &mut plan.steps {
            let confirmed = done.get(&step.id).filter(|(_, word)| word.says).map(|it| self.said(it, ()));
            if confirmed.is_some() && step.status != Status::Dropped {
                step.status = Status::Done;
            }
            let proposed = days.get(&step.id).filter(|(_, word)| word.turn > step.answered);
            let proposed = proposed.and_then(|it| Some(self.said(it, it.1.says?)));
            evidence.push(Evidence { confirmed, proposed });
        }
        RoomPlan { plan, evidence, inside: BTreeSet::new() }
    }

    /// The plan with the steps that only the selling team has, each behind the others of its stage, for whoever may have them.
    pub fn team_plan(&self) -> RoomPlan {
        let mut plan = self.plan();
        let Some(workspace) = self.workspace() else { return plan };
        for step in workspace.documents().offer.plan().steps {
            // A name that both have is the room's.
            if plan.plan.find(&step.id).is_none() {
                plan.inside.insert(step.id.clone());
                plan.evidence.push(Evidence::default());
                plan.plan.steps.push(step);
            }
        }
        plan
    }

    /// Where a step is written: in the workspace, or in the room.
    fn keeper_of(&self, step: &str) -> Self {
        let workspace = self.workspace().filter(|workspace| {
            workspace.documents().offer.knows_step(step) && !self.documents().offer.knows_step(step)
        });
        workspace.unwrap_or_else(|| self.clone())
    }

    /// The names of the steps that the buyers say are done.
    pub(super) fn confirmed_steps(&self) -> BTreeSet<String> {
        let said = self.last_words(Responses::confirmations, |author| self.buys(author));
        said.into_iter().filter(|(_, (_, word))| word.says).map(|(step, _)| step).gather()
    }

    /// Whether an author's word counts as the buyers': what the sellers say themselves is no evidence.
    fn buys(&self, author: &Author) -> bool {
        self.documents().right(author) != Some(Right::Own)
    }

    /// Says what the plan is to reach.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, or what the document says. So for all below that change the
    /// plan.
    pub fn set_goal(&self, goal: &str) -> Result<(), Problem> {
        let goal = bounded(goal, limits::TITLE_MAX);
        self.change_offer(|offer| offer.set_goal(&goal))
    }

    /// Moves the target. What is done or dropped keeps its day.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn set_target(&self, target: Option<Day>) -> Result<(), Problem> {
        let RoomPlan { plan, inside, .. } = self.team_plan();
        // Without a target before there were no days to keep.
        let pins = if plan.target.is_some() { plan.to_pin() } else { Vec::new() };
        let pins = pins.into_iter().map(|(at, day)| (plan.steps[at].id.clone(), day));
        let (own, pins): (Vec<_>, Vec<_>) = pins.partition(|(id, _)| inside.contains(id));
        self.change_offer(|offer| offer.set_target(target, &pins))?;
        match self.workspace() {
            // The target itself is the room's.
            Some(workspace) if !own.is_empty() => {
                workspace.change_offer(|offer| offer.set_target(None, &own))
            }
            _ => Ok(()),
        }
    }

    /// Writes a stage, as it was and as it is to be; a new one has no name among stages yet. Answers that name.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn write_stage(&self, old: Option<&Stage>, new: &Stage) -> Result<String, Problem> {
        let new = Stage { id: self.part_name(&new.id), name: bounded(&new.name, limits::TITLE_MAX) };
        self.change_offer(|offer| offer.write_stage(old, &new))?;
        Ok(new.id)
    }

    /// Writes a step, as it was and as it is to be, so that only what this person changed is written; a new one has no name
    /// among steps yet. Answers that name.
    ///
    /// # Errors
    /// As [`Room::set_goal`]; [`Problem::Circle`] where days would be counted from each other, or steps wait for each other.
    pub fn write_step(&self, old: Option<&Step>, new: &Step) -> Result<String, Problem> {
        let RoomPlan { plan, inside, .. } = self.team_plan();
        let mut new = self.sound_step(&plan, new)?;
        let keeper = self.keeper_of(&new.id);
        if keeper.front().is_none() {
            // What the buyers have says nothing of what they do not have.
            new.after.retain(|id| !inside.contains(id));
            if matches!(&new.due, Due::Step(id, _) if inside.contains(id)) {
                new.due = Due::Open;
            }
        }
        keeper.change_offer(|offer| offer.write_step(old, &new))?;
        Ok(new.id)
    }

    /// Writes a new step that only the selling team has. Answers its name among steps.
    ///
    /// # Errors
    /// As [`Room::write_step`] and [`Room::begin_workspace`].
    pub async fn write_step_inside(&self, new: &Step) -> Result<String, Problem> {
        let new = self.sound_step(&self.team_plan().plan, new)?;
        let workspace = self.begin_workspace().await?;
        workspace.change_offer(|offer| offer.write_step(None, &new))?;
        Ok(new.id)
    }

    /// A step with words no longer than they may be, and with a name among steps.
    fn sound_step(&self, plan: &Plan, new: &Step) -> Result<Step, Problem> {
        let circle =
            plan.counting_circle(&new.id, &new.due).or_else(|| plan.waiting_circle(&new.id, &new.after));
        if let Some(circle) = circle {
            return Err(Problem::Circle(circle.into_iter().map(|at| plan.steps[at].name.clone()).collect()));
        }
        let who = |words: &str| bounded(words, limits::NAME_MAX);
        Ok(Step {
            id: self.part_name(&new.id),
            name: bounded(&new.name, limits::TITLE_MAX),
            comment: bounded(&new.comment, COMMENT_MAX),
            who: match &new.who {
                Who::Company => Who::Company,
                Who::Person(name) => Who::Person(who(name)),
                Who::Placeholder(what) => Who::Placeholder(who(what)),
            },
            ..new.clone()
        })
    }

    /// Puts a step into a stage, as the one at place `at` among the others there that are kept where it is.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn move_step(&self, step: &str, stage: &str, at: usize) -> Result<(), Problem> {
        self.keeper_of(step).change_offer(|offer| offer.move_step(step, stage, at))
    }

    /// Puts a stage at place `at` among the others.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn move_stage(&self, stage: &str, at: usize) -> Result<(), Problem> {
        self.change_offer(|offer| offer.move_stage(stage, at))
    }

    /// Deletes a step, or brings it back with all that was written in it.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn delete_step(&self, step: &str, gone: bool) -> Result<(), Problem> {
        self.keeper_of(step).change_offer(|offer| offer.delete_step(step, gone))
    }

    /// Deletes a stage, or brings it back. Its steps stay.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn delete_stage(&self, stage: &str, gone: bool) -> Result<(), Problem> {
        self.change_offer(|offer| offer.delete_stage(stage, gone))
    }

    /// Answers a buyer's proposal of another day: the step gets that day, or the proposal is over.
    ///
    /// # Errors
    /// As [`Room::set_goal`].
    pub fn answer_proposal(&self, step: &Step, proposal: &Said<Day>, take: bool) -> Result<(), Problem> {
        let mut new = Step { answered: proposal.turn, ..step.clone() };
        if take {
            new.pinned = None;
            new.due = Due::On(proposal.says);
        }
        self.change_offer(|offer| offer.write_step(Some(step), &new))
    }

    /// Says for the buyers that a step is done, or takes that back.
    ///
    /// # Errors
    /// [`Problem::NoRight`] with less than a right to comment, and for the room's owners, since it is the buyers' word.
    pub fn confirm_step(&self, step: &str, says: bool) -> Result<(), Problem> {
        let (turn, at) = (self.next_turn(Responses::confirmations, step), self.now());
        self.may_speak_for_buyers()?;
        self.respond(|responses| responses.confirm(step, Word { says, turn, at }))
    }

    /// Proposes another day for a step, or takes that back.
    ///
    /// # Errors
    /// As [`Room::confirm_step`].
    pub fn propose_day(&self, step: &str, says: Option<Day>) -> Result<(), Problem> {
        let (turn, at) = (self.next_turn(Responses::proposals, step), self.now());
        self.may_speak_for_buyers()?;
        self.respond(|responses| responses.propose(step, Word { says, turn, at }))
    }

    /// Whether this device may confirm steps.
    pub fn may_confirm(&self) -> bool {
        self.may_speak_for_buyers().is_ok()
    }

    fn may_speak_for_buyers(&self) -> Result<(), Problem> {
        let right = self.right();
        let may = right >= Some(Right::Comment) && right != Some(Right::Own);
        if may { Ok(()) } else { Err(Problem::NoRight) }
    }

    /// Changes what only the selling side writes.
    pub(crate) fn change_offer<T>(
        &self,
        change: impl FnOnce(&mut Offer) -> Result<T, Refused>,
    ) -> Result<T, Problem> {
        self.may(Right::Own)?;
        let changed = change(&mut self.documents_mut().offer);
        self.settle();
        Ok(changed?)
    }

    /// Its own name, or a new one.
    fn part_name(&self, id: &str) -> String {
        if id.is_empty() { model::hex(&self.ports().random::<8>()) } else { id.to_owned() }
    }

    pub(super) fn said<W, T>(&self, (author, word): &(Author, Word<W>), says: T) -> Said<T> {
        let name = self.name_of_author(author);
        Said { says, name, at: word.at, mine: *author == self.author(), turn: word.turn }
    }
}
