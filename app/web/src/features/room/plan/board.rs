//! The plan as it is seen, and what people do with it, for all parts of its screen.

use leptos::prelude::*;
use session::{Problem, Room, RoomPlan};
use terms::plan::{Day, Schedule, Side, Status, Step};

use super::copy;
use crate::{
    copy as words,
    features::room::OpenRoom,
    handsel::{Handsel, use_handsel},
};

/// The plan with what it comes to today.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) room: RoomPlan,
    pub(crate) schedule: Schedule,
    pub(crate) today: Day,
    /// What the two sides are called, seller first.
    pub(super) companies: [String; 2],
}

/// What a dialog is open for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    /// A new step in this stage.
    NewStep(String),
    /// A step, by its name.
    Step(String),
    /// A new stage, or the one with this name.
    Stage(Option<String>),
}

/// The plan on the screen. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) room: OpenRoom,
    pub(super) handsel: Handsel,
    pub(super) seen: Memo<Seen>,
    pub(super) asked: RwSignal<Option<Asked>>,
}

impl Seen {
    /// What everybody in the room sees.
    pub(crate) fn of(room: &Room) -> Self {
        Self::with(room, room.plan())
    }

    /// The same with the steps that only the selling team has, for whoever has them.
    fn of_team(room: &Room) -> Self {
        Self::with(room, room.team_plan())
    }

    fn with(room: &Room, plan: RoomPlan) -> Self {
        let (year, month, day) = browser::clock::local_day(room.now());
        // A clock beyond year 9999 is as good as none.
        let today = Day::new(year, month, day).unwrap_or(Day::LAST);
        let schedule = plan.plan.schedule(today);
        let portal = room.portal();
        let called = |said: String, side: Side| {
            let said = if said.is_empty() && side == Side::Buyer {
                room.variable("account.name")
            } else {
                Some(said)
            };
            said.filter(|name| !name.is_empty()).unwrap_or_else(|| copy::side(side).to_owned())
        };
        let companies = [called(portal.seller, Side::Seller), called(portal.buyer, Side::Buyer)];
        Self { room: plan, schedule, today, companies }
    }

    pub(crate) fn company(&self, side: Side) -> &str {
        &self.companies[usize::from(side == Side::Buyer)]
    }

    pub(super) fn is_empty(&self) -> bool {
        let plan = &self.room.plan;
        plan.target.is_none() && plan.goal.is_empty() && plan.steps.is_empty() && plan.stages.is_empty()
    }

    pub(super) fn step(&self, id: &str) -> Option<(usize, &Step)> {
        let at = self.room.plan.find(id)?;
        Some((at, &self.room.plan.steps[at]))
    }

    /// Writes days in the reader's words.
    pub(super) fn days(&self) -> impl Fn(Day) -> String + use<> {
        let days = browser::clock::Days::new(self.today.figures().0);
        move |day: Day| days.write(day.number(), day.figures().0)
    }

    /// The stage of a step as it is shown: none where it is not there.
    fn stage_of(&self, step: &Step) -> Option<&str> {
        self.room.plan.stages.iter().map(|stage| stage.id.as_str()).find(|id| *id == step.stage)
    }

    /// The stages in the order in which they are shown; steps without one come first.
    fn groups(&self) -> Vec<Option<&str>> {
        let stages = self.room.plan.stages.iter().map(|stage| Some(stage.id.as_str()));
        [None].into_iter().chain(stages).collect()
    }

    /// Whether only the selling team has a step.
    pub(super) fn is_inside(&self, id: &str) -> bool {
        self.room.inside.contains(id)
    }

    /// The steps of a stage among which a step has its place: those that as many people have.
    fn ids_of(&self, stage: Option<&str>, like: &str) -> Vec<&str> {
        let steps = self.room.plan.steps_of(stage).map(|(_, step)| step.id.as_str());
        steps.filter(|id| self.is_inside(id) == self.is_inside(like)).collect()
    }

    /// The place in its stage of a step, and how many there are.
    fn place(&self, step: &Step) -> (usize, usize) {
        let ids = self.ids_of(self.stage_of(step), &step.id);
        (ids.iter().position(|id| *id == step.id).unwrap_or_default(), ids.len())
    }
}

impl Board {
    pub(super) fn new(room: OpenRoom) -> Self {
        let (offer, answers) = (room.get().offer_changed(), room.get().responses_changed());
        let (offer, answers) = (RwSignal::from(offer), RwSignal::from(answers));
        let values = RwSignal::from(room.get().variables());
        let seen = Memo::new(move |_| {
            offer.track();
            answers.track();
            values.track();
            Seen::of_team(&room.get())
        });
        Self { room, handsel: use_handsel(), seen, asked: RwSignal::new(None) }
    }

    pub(super) fn may_own(self) -> bool {
        self.room.may_own()
    }

    pub(super) fn may_confirm(self) -> bool {
        self.room.get().may_confirm()
    }

    /// What came of an act; nothing, with words, when it was not done.
    pub(super) fn told<T>(self, done: Result<T, Problem>) -> Option<T> {
        done.map_err(|problem| self.handsel.tell(&problem)).ok()
    }

    pub(super) fn say(self, words: String) {
        self.room.said.set(words);
    }

    /// Ticks a step off or takes the tick back, for whichever side this person is of.
    pub(super) fn tick(self, id: &str) {
        let seen = self.seen.get_untracked();
        let Some((at, step)) = seen.step(id) else { return };
        let confirmed = seen.room.evidence[at].confirmed.is_some();
        if self.may_own() {
            if confirmed {
                self.handsel.toasts.say(copy::NOT_TAKEN_BACK);
                return;
            }
            let status = if step.status == Status::Done { Status::Open } else { Status::Done };
            let new = Step { status, ..step.clone() };
            self.told(self.room.get().write_step(Some(step), &new));
        } else {
            self.confirm(step.id.clone(), !confirmed);
        }
    }

    /// Confirms a step for the buyers, or takes that back.
    pub(super) fn confirm(self, step: String, done: bool) {
        self.speak(move |room| room.confirm_step(&step, done));
    }

    /// Does something in this person's name, which the others are told first.
    pub(super) fn speak(self, act: impl FnOnce(&Room) -> Result<(), Problem> + 'static) {
        self.handsel.attempt(async move {
            let name = self.handsel.rooms().my_name().await;
            let Some(room) = self.room.room.try_get_value() else { return Ok(()) };
            room.introduce(&name)?;
            act(&room)
        });
    }

    /// Moves a step one place up or down, from stage to stage; the keyboard stays where it is.
    pub(super) fn shift(self, id: &str, by: isize) {
        let seen = self.seen.get_untracked();
        let Some((_, step)) = seen.step(id) else { return };
        let (at, _) = seen.place(step);
        let stage = seen.stage_of(step);
        let goal = at.checked_add_signed(by).filter(|goal| *goal < seen.ids_of(stage, id).len());
        let (stage, at) = match goal {
            Some(goal) => (stage, goal),
            None => {
                let groups = seen.groups();
                let here = groups.iter().position(|group| *group == stage).unwrap_or_default();
                let Some(next) = here.checked_add_signed(by).and_then(|next| groups.get(next)) else {
                    return;
                };
                (*next, if by < 0 { seen.ids_of(*next, id).len() } else { 0 })
            }
        };
        self.put(id, stage.unwrap_or_default(), at);
    }

    /// Moves a stage one place up or down.
    pub(super) fn shift_stage(self, id: &str, by: isize) {
        let seen = self.seen.get_untracked();
        let stages = &seen.room.plan.stages;
        let at = stages.iter().position(|stage| stage.id == id);
        if let Some(goal) = at.and_then(|at| at.checked_add_signed(by)).filter(|goal| *goal < stages.len()) {
            self.told(self.room.get().move_stage(id, goal));
            focus_on(id);
        }
    }

    /// Puts a step where it was let go: behind the row of `above`, a step or a stage; without one, at the top.
    pub(super) fn drop_below(self, id: &str, above: Option<&str>) {
        let seen = self.seen.get_untracked();
        let Some(above) = above else { return self.put(id, "", 0) };
        if above == id {
            return;
        }
        match seen.step(above) {
            None => self.put(id, above, 0),
            Some((_, step)) => {
                let stage = seen.stage_of(step);
                let all: Vec<&str> = seen.room.plan.steps_of(stage).map(|(_, it)| it.id.as_str()).collect();
                let above = all.iter().take_while(|other| **other != above).count() + 1;
                let kin = seen.ids_of(stage, id);
                let at = all[..above].iter().filter(|other| **other != id && kin.contains(other)).count();
                self.put(id, stage.unwrap_or_default(), at);
            }
        }
    }

    fn put(self, id: &str, stage: &str, at: usize) {
        if self.told(self.room.get().move_step(id, stage, at)).is_none() {
            return;
        }
        focus_on(id);
        let seen = self.seen.get_untracked();
        if let Some((_, step)) = seen.step(id) {
            let (at, of) = seen.place(step);
            self.say(copy::moved_up(&step.name, at + 1, of));
        }
    }

    /// Deletes a step and offers to bring it back.
    pub(super) fn delete_step(self, step: Step) {
        let said = copy::step_deleted(&step.name);
        self.delete(said, move |room, gone| room.delete_step(&step.id, gone));
    }

    /// Deletes a stage and offers to bring it back.
    pub(super) fn delete_stage(self, id: String, name: &str) {
        self.delete(copy::stage_deleted(name), move |room, gone| room.delete_stage(&id, gone));
    }

    fn delete(
        self,
        said: String,
        delete: impl Fn(&Room, bool) -> Result<(), Problem> + Send + Sync + 'static,
    ) {
        if self.told(delete(&self.room.get(), true)).is_none() {
            return;
        }
        // What is made within the dialog goes away with it.
        self.handsel.attempt(async move {
            let bring_back = move |()| {
                if let Some(room) = self.room.room.try_get_value() {
                    self.told(delete(&room, false));
                }
            };
            self.handsel.toasts.offer(said, words::UNDO, bring_back);
            Ok(())
        });
    }
}

/// Gives the keyboard back to a row that was moved, once it is there.
fn focus_on(id: &str) {
    let selector = format!("[data-row=\"{id}\"] .plan-name");
    browser::timers::spawn(async move {
        browser::timers::frame().await;
        browser::view::focus_on(&selector);
    });
}
