//! The rows of the plan, ready to be shown: their words, and where their bars are in the timeline.

use terms::plan::{Day, Side, Status, Step, Trouble, Who};

use super::{board::Seen, copy};

/// A row. Two that are equal look the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Line {
    Stage(StageLine),
    Step(StepLine),
    /// The target, below everything.
    Target {
        words: String,
        due: String,
        at: i64,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct StageLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) done: usize,
    pub(super) of: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct StepLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) is_buyers: bool,
    /// Whether only the selling team has it.
    pub(super) is_inside: bool,
    /// Whether somebody is to be named yet.
    pub(super) is_open: bool,
    /// Whose initials are shown.
    pub(super) initials: String,
    pub(super) whose: String,
    pub(super) due: String,
    pub(super) late: Option<String>,
    /// How it looks: `open`, `begun`, `done`, `dropped` or `waits`.
    pub(super) state: &'static str,
    pub(super) status: String,
    pub(super) waits: Option<String>,
    pub(super) confirmed: Option<String>,
    pub(super) proposed: Option<String>,
    pub(super) troubles: Vec<String>,
    pub(super) bar: Option<Bar>,
}

/// Where something begins and ends in the timeline, in 10,000 parts of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Bar {
    pub(super) from: i64,
    pub(super) to: i64,
    /// Arrows to steps further down that wait for this one.
    pub(super) arrows: Vec<Arrow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Arrow {
    pub(super) to: i64,
    /// How many rows of steps and of stages it goes down.
    pub(super) steps: usize,
    pub(super) stages: usize,
}

/// The days that the timeline shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// The first day, a Monday.
    first: i64,
    days: i64,
    /// What is written above, with where it begins.
    pub(super) marks: Vec<String>,
    pub(super) today: i64,
}

/// So many parts make the whole timeline.
pub(super) const PARTS: i64 = 10_000;
/// At most so many days are written above it.
const MARKS: i64 = 8;

impl Scale {
    /// The timeline of a plan; none where nothing has a day.
    pub(super) fn of(seen: &Seen) -> Option<Self> {
        let plan = &seen.room.plan;
        let steps = plan.steps.iter().zip(&seen.schedule.standings).filter(|(step, _)| step.counts());
        let spans = steps.filter_map(|(step, standing)| {
            let due = standing.due?.number();
            Some((due + 1 - i64::from(step.takes.max(1)), due))
        });
        let spans: Vec<(i64, i64)> =
            spans.chain(plan.target.map(|day| (day.number(), day.number()))).collect();
        let today = seen.today.number();
        let last = spans.iter().map(|(_, last)| *last).max()?;
        let first = spans.iter().map(|(first, _)| *first).min()?;
        // Today is shown where it is near.
        let near = |day: i64| (day - today).abs() < 400;
        let (first, last) = (
            if near(first) { first.min(today) } else { first },
            if near(last) { last.max(today) } else { last },
        );
        let first = first - (first + 3).rem_euclid(7);
        let weeks = (last - first) / 7 + 1;
        let each = (weeks + MARKS - 1) / MARKS;
        let count = (weeks + each - 1) / each;
        let write = seen.days();
        let mark = |at: i64| Day::from_number(first + at * each * 7).map(&write).unwrap_or_default();
        let days = count * each * 7;
        let today = (today - first) * PARTS / days;
        Some(Self { first, days, marks: (0..count).map(mark).collect(), today })
    }

    fn at(&self, day: i64) -> i64 {
        (day - self.first) * PARTS / self.days
    }

    fn bar(&self, step: &Step, due: Day) -> Bar {
        let last = due.number() + 1;
        let from = self.at(last - i64::from(step.takes.max(1)));
        Bar { from: from.max(0), to: self.at(last), arrows: Vec::new() }
    }
}

/// All rows, in order.
pub(super) fn lines(seen: &Seen, scale: Option<&Scale>) -> Vec<Line> {
    let plan = &seen.room.plan;
    let write = seen.days();
    let mut lines = Vec::new();
    // Where each step stands: how many rows of steps and of stages are above it.
    let mut above = vec![(0, 0); plan.steps.len()];
    let (mut steps, mut stages) = (0, 0);
    for stage in [None].into_iter().chain(plan.stages.iter().map(Some)) {
        if let Some(stage) = stage {
            let own = || plan.steps_of(Some(&stage.id)).filter(|(_, step)| step.counts());
            let done = own().filter(|(_, step)| step.status == Status::Done).count();
            let (id, name) = (stage.id.clone(), stage.name.clone());
            lines.push(Line::Stage(StageLine { id, name, done, of: own().count() }));
            stages += 1;
        }
        for (at, step) in plan.steps_of(stage.map(|stage| stage.id.as_str())) {
            above[at] = (steps, stages);
            lines.push(Line::Step(step_line(seen, at, step, scale, &write)));
            steps += 1;
        }
    }
    let arrows = scale.map(|scale| arrows(seen, scale, &above)).unwrap_or_default();
    for line in &mut lines {
        if let Line::Step(StepLine { id, bar: Some(bar), .. }) = line {
            bar.arrows =
                arrows.iter().filter(|(from, _)| from == id).map(|(_, arrow)| arrow.clone()).collect();
        }
    }
    if let Some(target) = plan.target {
        let at = scale.map_or(0, |scale| scale.at(target.number()));
        lines.push(Line::Target { words: copy::target_row(&plan.goal), due: write(target), at });
    }
    lines
}

fn step_line(
    seen: &Seen,
    at: usize,
    step: &Step,
    scale: Option<&Scale>,
    write: &impl Fn(Day) -> String,
) -> StepLine {
    let plan = &seen.room.plan;
    let (standing, evidence) = (&seen.schedule.standings[at], &seen.room.evidence[at]);
    let names: Vec<&str> = standing.waits_for.iter().map(|at| plan.steps[*at].name.as_str()).collect();
    let waits = !names.is_empty();
    let state = match step.status {
        Status::Done => "done",
        Status::Dropped => "dropped",
        Status::Begun => "begun",
        Status::Open if waits => "waits",
        Status::Open => "open",
    };
    let company = seen.company(step.side);
    let initials = match &step.who {
        Who::Company => company,
        who => who.words(),
    };
    // That a step without a day counts from another one without says nothing new of a plan without a target.
    let said = |trouble: &&Trouble| !(plan.target.is_none() && matches!(trouble, Trouble::NoDay(_)));
    StepLine {
        id: step.id.clone(),
        name: step.name.clone(),
        is_buyers: step.side == Side::Buyer,
        is_inside: seen.is_inside(&step.id),
        is_open: matches!(step.who, Who::Placeholder(_)),
        initials: initials.to_owned(),
        whose: copy::owner(&step.who, company),
        due: standing.due.map_or_else(|| copy::NO_DAY.to_owned(), write),
        late: (standing.late > 0).then(|| copy::late_by(standing.late)),
        state,
        status: copy::status(step.status).to_owned(),
        waits: waits.then(|| copy::waits_for(&names)),
        confirmed: copy::evidence(evidence, browser::clock::date),
        proposed: evidence.proposed.as_ref().map(|said| copy::proposed_by(said, &write(said.says))),
        troubles: standing.troubles.iter().filter(said).map(|it| copy::trouble(it, plan)).collect(),
        bar: scale.zip(standing.due).filter(|_| step.counts()).map(|(scale, due)| scale.bar(step, due)),
    }
}

/// Arrows from steps to those further down that wait for them and begin later, by the names of the steps.
fn arrows(seen: &Seen, scale: &Scale, above: &[(usize, usize)]) -> Vec<(String, Arrow)> {
    let steps = &seen.room.plan.steps;
    let standings = &seen.schedule.standings;
    let mut arrows = Vec::new();
    for (to, standing) in standings.iter().enumerate() {
        for from in &standing.waits_for {
            let (Some(begins), Some(ends)) = (standing.due, standings[*from].due) else { continue };
            let (begins, ends) = (scale.bar(&steps[to], begins).from, scale.bar(&steps[*from], ends).to);
            let ((steps_to, stages_to), (steps_from, stages_from)) = (above[to], above[*from]);
            if steps_to > steps_from && begins > ends {
                let arrow =
                    Arrow { to: begins, steps: steps_to - steps_from, stages: stages_to - stages_from };
                arrows.push((steps[*from].id.clone(), arrow));
            }
        }
    }
    arrows
}
