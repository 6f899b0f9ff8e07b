//! The dialog in which a room's owner writes a step.

use leptos::{ev::Event, prelude::*};
use terms::plan::{Day, Due, Offset, Side, Status, Step, Who};
use ui::{Banner, Button, ButtonKind, Field, Segment, Segmented, Switch, Tone, live};

use super::{
    board::{Board, Seen},
    copy, leaving,
    talk::Evidences,
};
use crate::copy as words;

/// The furthest that a day may be counted, in days.
const FURTHEST: i32 = 36_500;

/// What is written of a step before it is saved. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Form {
    board: Board,
    /// The step as it was when the dialog was opened; a new one has no name among steps.
    old: RwSignal<Step>,
    name: RwSignal<String>,
    side: RwSignal<&'static str>,
    who: RwSignal<String>,
    unnamed: RwSignal<bool>,
    stage: RwSignal<String>,
    /// How its day comes about: `open`, `on`, `target` or `step`.
    mode: RwSignal<&'static str>,
    day: RwSignal<String>,
    count: RwSignal<String>,
    working: RwSignal<bool>,
    after_it: RwSignal<bool>,
    from: RwSignal<String>,
    pinned: RwSignal<bool>,
    takes: RwSignal<String>,
    status: RwSignal<&'static str>,
    waits: RwSignal<Vec<String>>,
    comment: RwSignal<String>,
    /// Whether only the selling team is to have it.
    inside: RwSignal<bool>,
    /// Which field is not right, and why.
    wrong: RwSignal<Option<(&'static str, String)>>,
}

impl Form {
    pub(super) fn new(board: Board) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            board,
            old: RwSignal::new(Step::default()),
            name: text(),
            side: RwSignal::new("seller"),
            who: text(),
            unnamed: RwSignal::new(false),
            stage: text(),
            mode: RwSignal::new("open"),
            day: text(),
            count: text(),
            working: RwSignal::new(false),
            after_it: RwSignal::new(false),
            from: text(),
            pinned: RwSignal::new(false),
            takes: text(),
            status: RwSignal::new(""),
            waits: RwSignal::new(Vec::new()),
            comment: text(),
            inside: RwSignal::new(false),
            wrong: RwSignal::new(None),
        }
    }

    /// Begins with a step as it is.
    pub(super) fn fill(self, step: Step) {
        let (mode, offset, from) = match &step.due {
            Due::Open => ("open", Offset::default(), ""),
            Due::On(_) => ("on", Offset::default(), ""),
            Due::Target(offset) => ("target", *offset, ""),
            Due::Step(from, offset) => ("step", *offset, from.as_str()),
        };
        self.name.set(step.name.clone());
        self.side.set(if step.side == Side::Buyer { "buyer" } else { "seller" });
        self.who.set(step.who.words().to_owned());
        self.unnamed.set(matches!(step.who, Who::Placeholder(_)));
        self.stage.set(step.stage.clone());
        self.mode.set(mode);
        self.day.set(if let Due::On(day) = step.due { day.to_string() } else { String::new() });
        self.count.set(offset.days.unsigned_abs().to_string());
        self.working.set(offset.working);
        self.after_it.set(offset.days > 0);
        self.from.set(from.to_owned());
        self.pinned.set(step.pinned.is_some());
        self.takes.set(if step.takes == 0 { String::new() } else { step.takes.to_string() });
        self.status.set(step.status.name());
        self.waits.set(step.after.clone());
        self.comment.set(step.comment.clone());
        self.inside.set(self.board.seen.with_untracked(|seen| seen.is_inside(&step.id)));
        self.wrong.set(None);
        self.old.set(step);
    }

    /// Saves the step; answers whether that went well.
    pub(super) fn save(self) -> bool {
        let old = self.old.get_untracked();
        let new = match self.step(&old) {
            Ok(new) => new,
            Err(wrong) => {
                self.wrong.set(Some(wrong));
                return false;
            }
        };
        let before = (!old.id.is_empty()).then_some(&old);
        if before.is_none() && self.inside.get_untracked() {
            let room = self.board.room;
            self.board.handsel.attempt(async move {
                let Some(room) = room.room.try_get_value() else { return Ok(()) };
                room.write_step_inside(&new).await.map(drop)
            });
            return true;
        }
        match self.board.room.get().write_step(before, &new) {
            Ok(_) => true,
            Err(problem) => {
                self.wrong.set(Some(("all", words::problem(&problem))));
                false
            }
        }
    }

    fn step(self, old: &Step) -> Result<Step, (&'static str, String)> {
        let wrong = |field: &'static str, words: &str| (field, words.to_owned());
        let name = self.name.get_untracked().trim().to_owned();
        if name.is_empty() {
            return Err(wrong("name", copy::NAME_MISSING));
        }
        let who = self.who.get_untracked().trim().to_owned();
        let who = match (who.is_empty(), self.unnamed.get_untracked()) {
            (true, _) => Who::Company,
            (false, false) => Who::Person(who),
            (false, true) => Who::Placeholder(who),
        };
        let offset = || {
            let count: i32 = self.count.get_untracked().trim().parse().ok()?;
            let days = if self.after_it.get_untracked() { count } else { -count };
            (0..=FURTHEST).contains(&count).then_some(Offset { days, working: self.working.get_untracked() })
        };
        let offset = || offset().ok_or_else(|| wrong("count", copy::COUNT_MISSING));
        let due = match self.mode.get_untracked() {
            "on" => {
                Due::On(Day::parse(&self.day.get_untracked()).ok_or_else(|| wrong("day", copy::DAY_MISSING))?)
            }
            "target" => Due::Target(offset()?),
            "step" => match self.from.get_untracked() {
                from if from.is_empty() => return Err(wrong("from", copy::STEP_MISSING)),
                from => Due::Step(from, offset()?),
            },
            _ => Due::Open,
        };
        let takes = self.takes.get_untracked();
        let takes = takes.trim();
        let takes =
            if takes.is_empty() { 0 } else { takes.parse().or(Err(wrong("takes", copy::COUNT_MISSING)))? };
        let mut new = Step {
            name,
            side: if self.side.get_untracked() == "buyer" { Side::Buyer } else { Side::Seller },
            who,
            stage: self.stage.get_untracked(),
            due,
            pinned: None,
            takes,
            status: Status::parse(self.status.get_untracked()),
            after: self.waits.get_untracked(),
            comment: self.comment.get_untracked(),
            ..old.clone()
        };
        let is_counted = matches!(new.due, Due::Target(_) | Due::Step(..));
        if self.pinned.get_untracked() && is_counted {
            new.pinned = if new.due == old.due { old.pinned } else { None }.or_else(|| self.day_of(&new));
        }
        Ok(new)
    }

    /// The day that a step comes to now.
    fn day_of(self, step: &Step) -> Option<Day> {
        self.board.seen.with_untracked(|seen| {
            let mut plan = seen.room.plan.clone();
            let at = plan.find(&step.id).unwrap_or(plan.steps.len());
            match plan.steps.get_mut(at) {
                Some(there) => there.clone_from(step),
                None => plan.steps.push(step.clone()),
            }
            plan.schedule(seen.today).standings.get(at)?.due
        })
    }

    /// Whether it is a step that is not in the plan yet.
    pub(super) fn is_new(self) -> bool {
        self.old.with(|old| old.id.is_empty())
    }

    /// What the step is called that was opened.
    pub(super) fn title(self) -> String {
        self.old.with(|old| old.name.clone())
    }

    /// The plan as far as the step may refer to it: what the buyers have says nothing of what they do not have.
    fn visible(self, seen: &Seen) -> Seen {
        let mut seen = seen.clone();
        if !self.inside.get() {
            let inside = std::mem::take(&mut seen.room.inside);
            seen.room.plan.steps.retain(|step| !inside.contains(&step.id));
        }
        seen
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.wrong.with(|wrong| wrong.as_ref().filter(|it| it.0 == field).map(|it| it.1.clone()))
        })
    }
}

/// A choice from a list. `choices` are names with their words.
pub(super) fn choose(
    label: &'static str,
    plain: bool,
    value: String,
    choices: Vec<(String, String)>,
    pick: impl Fn(String) + 'static,
) -> AnyView {
    let option = |(name, words): (String, String)| {
        let selected = name == value;
        view! { <option value=name selected=selected>{words}</option> }.into_any()
    };
    let options: Vec<AnyView> = choices.into_iter().map(option).collect();
    let changed = move |event: Event| pick(event_target_value(&event));
    view! {
        <label class="field plan-choice">
            <span class=if plain { "visually-hidden" } else { "label" }>{label}</span>
            <select class="input" on:change=changed>{options}</select>
        </label>
    }
    .into_any()
}

/// The fields of a step.
#[component]
pub(super) fn StepForm(form: Form) -> impl IntoView {
    let seen = form.board.seen.get_untracked();
    let owned = |words: &str| words.to_owned();
    let sides = Side::ALL.map(|side| {
        let id = if side == Side::Buyer { "buyer" } else { "seller" };
        Segment { id, label: Signal::stored(seen.company(side).to_owned()), icon: None }
    });
    let plan = &seen.room.plan;
    let stages = plan.stages.iter().map(|stage| (stage.id.clone(), stage.name.clone()));
    let stages = [(String::new(), owned(copy::NO_STAGE))].into_iter().chain(stages).collect();
    // A stage that is gone is none.
    let stage = plan.stages.iter().map(|it| it.id.clone()).find(|id| *id == form.stage.get_untracked());
    let status = Status::ALL.map(|status| (owned(status.name()), owned(copy::status(status)))).into();
    let pick_status = move |name: String| form.status.set(Status::parse(&name).name());
    let all = form.error("all");
    let inside = if form.is_new() {
        form.board.room.get().may_keep_inside().then(|| {
            view! { <Switch label=copy::INSIDE hint=copy::INSIDE_HINT on=form.inside on_turn=move |on| form.inside.set(on) /> }
                .into_any()
        })
    } else {
        form.inside.get_untracked().then(|| view! { <Banner words=copy::IS_INSIDE icon="lock" /> }.into_any())
    };
    let known = form.old.with_untracked(|old| old.id.clone());
    view! {
        <Evidences board=form.board id=known />
        <Field label=copy::NAME value=form.name error=form.error("name") max_length=200 autofocus=true />
        <div class="plan-pair">
            <div class="field"><span class="label">{copy::WHOSE}</span>
                <Segmented label=copy::WHOSE segments=sides.into() value=form.side on_pick=move |side| form.side.set(side) />
            </div>
            <Field label=copy::PERSON optional=copy::OPTIONAL hint=copy::PERSON_HINT value=form.who max_length=100 />
        </div>
        <Switch label=copy::NOT_NAMED on=form.unnamed on_turn=move |on| form.unnamed.set(on) />
        {inside}
        <div class="plan-pair">
            {choose(copy::STAGE, false, stage.unwrap_or_default(), stages, move |stage| form.stage.set(stage))}
            {choose(copy::STATUS, false, owned(form.status.get_untracked()), status, pick_status)}
        </div>
        {live({ let seen = seen.clone(); move || view! { <DueFields form seen=form.visible(&seen) /> } })}
        <Field label=copy::TAKES optional=copy::OPTIONAL kind="number" value=form.takes error=form.error("takes") />
        {live(move || view! { <WaitFields form seen=form.visible(&seen) /> })}
        <Field label=copy::COMMENT optional=copy::OPTIONAL multiline=true value=form.comment max_length=1000 />
        {live(move || all.get().map(|words| view! { <Banner tone=Tone::Danger words /> }))}
    }
}

/// By when.
#[component]
fn DueFields(form: Form, seen: Seen) -> impl IntoView {
    const MODES: [(&str, &str); 4] = [
        ("open", copy::DUE_OPEN),
        ("on", copy::DUE_ON),
        ("target", copy::DUE_TARGET),
        ("step", copy::DUE_STEP),
    ];
    let owned = |words: &str| words.to_owned();
    let modes = MODES.map(|(name, words)| (owned(name), owned(words))).into();
    let pick =
        move |name: String| form.mode.set(MODES.iter().find(|it| it.0 == name).map_or("open", |it| it.0));
    let own = form.old.with_untracked(|old| old.id.clone());
    let others = seen.room.plan.steps.iter().filter(|step| step.id != own);
    let others = others.map(|step| (step.id.clone(), step.name.clone()));
    let others: Vec<_> = [(String::new(), owned(copy::FROM_STEP))].into_iter().chain(others).collect();
    let yes = |on: bool| if on { "1" } else { "" }.to_owned();
    let count = move |before: &str, after: &str| {
        let units = vec![(yes(false), owned(copy::DAYS)), (yes(true), owned(copy::WORKING_DAYS))];
        let ways = vec![(yes(false), before.to_owned()), (yes(true), after.to_owned())];
        view! {
            <div class="plan-count-row">
                <Field label=copy::HOW_MANY plain=true kind="number" value=form.count error=form.error("count") />
                {choose(copy::UNIT, true, yes(form.working.get_untracked()), units, move |it| form.working.set(!it.is_empty()))}
                {choose(copy::DIRECTION, true, yes(form.after_it.get_untracked()), ways, move |it| form.after_it.set(!it.is_empty()))}
            </div>
        }
    };
    let pin =
        move || view! { <Switch label=copy::PIN on=form.pinned on_turn=move |on| form.pinned.set(on) /> };
    let from_wrong = form.error("from");
    let more = live(move || match form.mode.get() {
        "on" => {
            view! { <Field label=copy::DAY plain=true kind="date" value=form.day error=form.error("day") /> }
                .into_any()
        }
        "target" => view! { {count(copy::BEFORE_TARGET, copy::AFTER_TARGET)} {pin()} }.into_any(),
        "step" => {
            let from = form.from.get_untracked();
            view! {
                {count(copy::BEFORE, copy::AFTER)}
                {choose(copy::FROM_STEP, true, from, others.clone(), move |id| form.from.set(id))}
                {live(move || from_wrong.get().map(|words| view! { <span class="error" role="alert">{words}</span> }))}
                {pin()}
            }
            .into_any()
        }
        _ => ().into_any(),
    });
    view! {
        <fieldset class="plan-due-fields">
            {choose(copy::DUE, false, owned(form.mode.get_untracked()), modes, pick)}
            {more}
        </fieldset>
    }
}

/// The steps that must be done before.
#[component]
fn WaitFields(form: Form, seen: Seen) -> impl IntoView {
    let own = form.old.with_untracked(|old| old.id.clone());
    let box_of = move |id: String, name: String| {
        let checked = form.waits.with_untracked(|waits| waits.contains(&id));
        let turn = move |event: Event| {
            let on = event_target_checked(&event);
            form.waits.update(|waits| {
                waits.retain(|other| *other != id);
                if on {
                    waits.push(id.clone());
                }
            });
        };
        view! { <label><input type="checkbox" checked=checked on:change=turn /><span>{name}</span></label> }
            .into_any()
    };
    let others = seen.room.plan.steps.iter().filter(|step| step.id != own);
    let boxes: Vec<AnyView> = others.map(|step| box_of(step.id.clone(), step.name.clone())).collect();
    let none = boxes.is_empty().then(|| view! { <p class="hint">{copy::NO_OTHERS}</p> });
    view! { <fieldset class="plan-waits"><legend class="label">{copy::WAITS_FOR}</legend>{none}{boxes}</fieldset> }
}

/// The acts below the form. `close` closes the dialog.
#[component]
pub(super) fn StepActs(form: Form, close: Callback<()>) -> impl IntoView {
    let board = form.board;
    let save = move |()| {
        if form.save() {
            close.run(());
        }
    };
    let old = form.old.get_untracked();
    let more = (!form.is_new()).then(|| {
        let id = StoredValue::new(old.id.clone());
        let delete = move |()| {
            close.run(());
            board.delete_step(old.clone());
        };
        let to_calendar = move |()| leaving::calendar(board, Some(&id.get_value()));
        view! {
            <Button label=copy::DELETE_STEP kind=ButtonKind::Danger icon="trash" icon_only=true on_press=delete />
            <Button label=copy::MOVE_UP kind=ButtonKind::Quiet icon="up" icon_only=true on_press=move |()| board.shift(&id.get_value(), -1) />
            <Button label=copy::MOVE_DOWN kind=ButtonKind::Quiet icon="down" icon_only=true on_press=move |()| board.shift(&id.get_value(), 1) />
            <Button label=copy::STEP_TO_CALENDAR kind=ButtonKind::Quiet icon="calendar" icon_only=true on_press=to_calendar />
            <span class="push"></span>
        }
    });
    view! { {more} <Button label=copy::SAVE kind=ButtonKind::Primary on_press=save /> }
}
