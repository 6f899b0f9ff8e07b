//! The plan: a place of the room with what both sides do, by when, and how far they are.

mod board;
mod copy;
mod form;
mod leaving;
mod lines;
mod rows;
mod talk;
mod target;

pub(super) use board::Seen;
use leptos::prelude::*;
use terms::plan::{Due, Offset, Side, Stage, Step};
use ui::{
    Avatar, Badge, Button, ButtonKind, Dialog, EmptyState, Field, Menu, MenuItem, Party, Segment, Segmented,
    Tone, effect, live,
};

use super::OpenRoom;
use crate::copy as words;
use board::{Asked, Board};
use form::{Form, StepActs, StepForm};
use lines::Scale;
use rows::Rows;
use talk::{StepTalk, TalkActs};
use target::TargetDialog;

/// The plan of a room.
#[component]
pub(super) fn PlanPlace(room: OpenRoom) -> impl IntoView {
    let board = Board::new(room);
    let targeting = RwSignal::new(false);
    let is_empty = Memo::new(move |_| board.seen.with(board::Seen::is_empty));
    let body = live(move || {
        if is_empty.get() {
            let more = if board.may_own() { copy::NO_PLAN_OWN } else { copy::NO_PLAN_OTHER };
            let begin = board.may_own().then(|| {
                view! { <Button label=copy::BEGIN kind=ButtonKind::Primary icon="calendar" on_press=move |()| targeting.set(true) /> }
            });
            view! { <EmptyState icon="calendar" line=copy::NO_PLAN more>{begin}</EmptyState> }.into_any()
        } else {
            view! { <Filled board targeting /> }.into_any()
        }
    });
    view! {
        <main class="page plan-page">
            {body}
            <p class="visually-hidden" role="status">{room.said}</p>
        </main>
        <TargetDialog board open=targeting />
        <StepDialog board />
        <StageDialog board />
    }
}

#[component]
fn Filled(board: Board, targeting: RwSignal<bool>) -> impl IntoView {
    let view = RwSignal::new("timeline");
    let scale = Memo::new(move |_| board.seen.with(Scale::of));
    let heading = Memo::new(move |_| {
        board.seen.with(|seen| {
            copy::heading(&seen.room.plan.goal, seen.room.plan.target.map(seen.days()).as_deref())
        })
    });
    let acts = board.may_own().then(|| {
        let last = move || board.seen.with_untracked(|seen| seen.room.plan.stages.last().map(|stage| stage.id.clone()).unwrap_or_default());
        view! {
            <Button label=copy::MOVE_TARGET icon="calendar" on_press=move |()| targeting.set(true) />
            <Button label=copy::ADD_STAGE icon="list" on_press=move |()| board.asked.set(Some(Asked::Stage(None))) />
            <Button label=copy::ADD_STEP kind=ButtonKind::Primary icon="plus" on_press=move |()| board.asked.set(Some(Asked::NewStep(last()))) />
        }
    });
    let intro = if board.may_confirm() { copy::INTRO_BUYER } else { copy::INTRO_OWN };
    let segments = [("timeline", copy::TIMELINE), ("list", copy::LIST)];
    let segments =
        segments.map(|(id, label)| Segment { id, label: Signal::stored(label.to_owned()), icon: None });
    view! {
        <header class="page-head">
            <div><h2 class="plan-title">{heading}</h2><p class="plan-intro">{intro}</p></div>
            <div class="row plan-acts" data-wrap="">
                <Menu label=copy::TAKE icon="download">
                    <MenuItem label=copy::TO_CALENDAR icon="calendar" on_pick=move |()| leaving::calendar(board, None) />
                    <MenuItem label=copy::TO_TABLE icon="table" on_pick=move |()| leaving::table(board) />
                    <MenuItem label=copy::PRINT icon="print" on_pick=move |()| browser::page::print() />
                </Menu>
                {acts}
            </div>
        </header>
        <div class="plan-sums">
            {live(move || sums(board))}
            <div class="plan-views">
                <Segmented label=copy::HOW_SHOWN segments=segments.into() value=view on_pick=move |to| view.set(to) />
            </div>
        </div>
        <Rows board scale view />
    }
}

/// How far both sides are, and what is late.
fn sums(board: Board) -> AnyView {
    board.seen.track();
    // Both sides count the same steps.
    let seen = Seen::of(&board.room.get());
    {
        let seen = &seen;
        let schedule = &seen.schedule;
        let (seller, buyer) = (schedule.seller, schedule.buyer);
        let all = copy::done_of(seller.done + buyer.done, seller.of + buyer.of);
        let side = |side: Side| {
            let progress = schedule.of(side);
            let party = if side == Side::Buyer { Party::Buyer } else { Party::Seller };
            let name = seen.company(side).to_owned();
            let words = copy::side_progress(&name, progress);
            let share = progress.done as f64 * 100.0 / progress.of.max(1) as f64;
            let kind = if side == Side::Buyer { "buyer" } else { "seller" };
            view! {
                <span class="plan-sum">
                    <span aria-hidden="true"><Avatar name party small=true /></span>
                    <span>{words}</span>
                    <span class="plan-meter" data-side=kind aria-hidden="true" style=("--share", format!("{share}%"))></span>
                </span>
            }
            .into_any()
        };
        let late = (schedule.late > 0).then(|| {
            let label = copy::late(schedule.late, schedule.held_up);
            view! { <Badge label tone=Tone::Danger icon="clock" /> }
        });
        view! { <strong>{all}</strong> {side(Side::Buyer)} {side(Side::Seller)} {late} }.into_any()
    }
}

/// A step: a form for owners, what there is to know and to say for others.
#[component]
fn StepDialog(board: Board) -> impl IntoView {
    let open = RwSignal::new(false);
    let form = Form::new(board);
    effect(move || {
        let step = match board.asked.get() {
            Some(Asked::NewStep(stage)) => {
                let due = board.seen.with_untracked(|seen| seen.room.plan.target.is_some());
                let due = if due { Due::Target(Offset { days: -7, working: false }) } else { Due::Open };
                Some(Step { stage, due, ..Step::default() })
            }
            Some(Asked::Step(id)) => {
                board.seen.with_untracked(|seen| seen.step(&id).map(|(_, step)| step.clone()))
            }
            Some(Asked::Stage(_)) | None => None,
        };
        open.set(step.is_some());
        if let Some(step) = step {
            form.fill(step);
        }
    });
    let close = Callback::new(move |()| open.set(false));
    effect(move || {
        if !open.get() {
            forget(board, |asked| !matches!(asked, Asked::Stage(_)));
        }
    });
    let asked = move || match board.asked.get_untracked() {
        Some(Asked::Step(id)) => id,
        _ => String::new(),
    };
    let title = Signal::derive(move || {
        if board.may_own() {
            if form.is_new() { copy::NEW_STEP } else { copy::CHANGE_STEP }.to_owned()
        } else {
            form.title()
        }
    });
    let foot = move || {
        if board.may_own() {
            view! { <StepActs form close /> }.into_any()
        } else {
            view! { <TalkActs board id=asked() /> }.into_any()
        }
    };
    view! {
        <Dialog open title close_label=words::CLOSE footer=foot>
            {if board.may_own() { view! { <StepForm form /> }.into_any() } else { view! { <StepTalk board id=asked() /> }.into_any() }}
        </Dialog>
    }
}

/// Whoever asks for the same again is heard anew.
fn forget(board: Board, which: fn(&Asked) -> bool) {
    if board.asked.with_untracked(|asked| asked.as_ref().is_some_and(which)) {
        board.asked.set(None);
    }
}

/// A stage: its name and its place.
#[component]
fn StageDialog(board: Board) -> impl IntoView {
    let open = RwSignal::new(false);
    let old = RwSignal::new(None::<Stage>);
    let name = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    effect(move || {
        if let Some(Asked::Stage(id)) = board.asked.get() {
            let stage = board.seen.with_untracked(|seen| {
                seen.room.plan.stages.iter().find(|it| Some(&it.id) == id.as_ref()).cloned()
            });
            name.set(stage.as_ref().map(|stage| stage.name.clone()).unwrap_or_default());
            old.set(stage);
            wrong.set(None);
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            forget(board, |asked| matches!(asked, Asked::Stage(_)));
        }
    });
    let save = move |()| {
        let before = old.get_untracked();
        let id = before.as_ref().map(|stage| stage.id.clone()).unwrap_or_default();
        let new = Stage { id, name: name.get_untracked().trim().to_owned() };
        if new.name.is_empty() {
            wrong.set(Some(copy::STAGE_NAME_MISSING.to_owned()));
        } else if board.told(board.room.get().write_stage(before.as_ref(), &new)).is_some() {
            open.set(false);
        }
    };
    let foot = move || {
        let more = old.get_untracked().map(|stage| {
            let id = StoredValue::new(stage.id.clone());
            let delete = move |()| {
                open.set(false);
                board.delete_stage(stage.id.clone(), &stage.name);
            };
            view! {
                <Button label=copy::DELETE_STAGE kind=ButtonKind::Danger icon="trash" icon_only=true on_press=delete />
                <Button label=copy::MOVE_UP kind=ButtonKind::Quiet icon="up" icon_only=true on_press=move |()| board.shift_stage(&id.get_value(), -1) />
                <Button label=copy::MOVE_DOWN kind=ButtonKind::Quiet icon="down" icon_only=true on_press=move |()| board.shift_stage(&id.get_value(), 1) />
                <span class="push"></span>
            }
        });
        view! { {more} <Button label=copy::SAVE_STAGE kind=ButtonKind::Primary on_press=save /> }
    };
    let title = Signal::derive(move || {
        if old.with(Option::is_none) { copy::NEW_STAGE } else { copy::CHANGE_STAGE }.to_owned()
    });
    view! {
        <Dialog open title close_label=words::CLOSE footer=foot>
            <Field label=copy::STAGE_NAME value=name error=Signal::derive(move || wrong.get()) max_length=200 />
        </Dialog>
    }
}
