//! The rows of the plan on the screen: ticking steps off, putting them in order by keys and by dragging.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::Element,
};
use session::Thing;
use ui::{Avatar, Badge, Icon, Party, Tone, live};

use super::{
    board::{Asked, Board},
    copy,
    lines::{Arrow, Bar, Line, PARTS, Scale, StageLine, StepLine, lines},
};
use crate::features::room::comments::ThingMark;

/// A step on its way to another place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Drag {
    step: String,
    /// The row below which it would be let go; none at the top.
    above: Option<String>,
    moved: bool,
}

/// The whole plan as rows, beside them the timeline where there is one to `show`.
#[component]
pub(super) fn Rows(board: Board, scale: Memo<Option<Scale>>, view: RwSignal<&'static str>) -> impl IntoView {
    let rows = Memo::new(move |_| board.seen.with(|seen| scale.with(|scale| lines(seen, scale.as_ref()))));
    let list = NodeRef::<html::Ul>::new();
    let drag = RwSignal::new(None::<Drag>);
    let marks = live(move || {
        let marks = scale.with(|scale| scale.as_ref().map(|scale| scale.marks.clone()).unwrap_or_default());
        marks.into_iter().map(|mark| view! { <span>{mark}</span> }).collect_view()
    });
    let count = move || scale.with(|scale| scale.as_ref().map_or(1, |scale| scale.marks.len())).to_string();
    let today = move || scale.with(|scale| part(scale.as_ref().map_or(-PARTS, |scale| scale.today)));
    let row = move |line: Line| match line {
        Line::Stage(stage) => view! { <StageRow board stage drag /> }.into_any(),
        Line::Step(step) => view! { <StepRow board step list drag /> }.into_any(),
        Line::Target { words, due, at } => target_row(board, words, due, at),
    };
    let kind = move || if scale.with(Option::is_none) { "list" } else { view.get() };
    view! {
        <section class="card plan" data-flush="" data-view=kind style=("--marks", count) style=("--today", today) aria-label=copy::PLAN>
            <div class="plan-head" aria-hidden="true">
                <div class="plan-what"><span></span><span>{copy::STEP}</span><span>{copy::WHO}</span><span>{copy::BY}</span></div>
                <div class="plan-marks">{marks}</div>
            </div>
            <ul class="plan-rows" node_ref=list>
                <For each=move || rows.get() key=Line::clone children=row />
            </ul>
        </section>
    }
}

fn part(part: i64) -> String {
    format!("{}%", part as f64 * 100.0 / PARTS as f64)
}

#[component]
fn StageRow(board: Board, stage: StageLine, drag: RwSignal<Option<Drag>>) -> impl IntoView {
    let StageLine { id, name, done, of } = stage;
    let (own, asked) = (id.clone(), id.clone());
    let change = move |_| board.asked.set(Some(Asked::Stage(Some(asked.clone()))));
    let moved = id.clone();
    let keys = move |event: KeyboardEvent| {
        if let Some(by) = arrow_key(&event) {
            board.shift_stage(&moved, by);
        }
    };
    let add = id.clone();
    let name = if board.may_own() {
        view! {
            <button type="button" class="plan-name" aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" on:click=change on:keydown=keys>{name}</button>
            <button type="button" class="plan-add" aria-label=copy::ADD_STEP title=copy::ADD_STEP on:click=move |_| board.asked.set(Some(Asked::NewStep(add.clone())))>
                <Icon name="plus" />
            </button>
        }
        .into_any()
    } else {
        view! { <span class="plan-name">{name}</span> }.into_any()
    };
    view! {
        <li class="plan-row" data-stage="" data-row=id data-drop=drop_mark(drag, own)>
            <div class="plan-what"><h3>{name}</h3><span class="plan-count">{copy::done_of(done, of)}</span></div>
            <div class="plan-lane"></div>
        </li>
    }
}

#[component]
fn StepRow(
    board: Board,
    step: StepLine,
    list: NodeRef<html::Ul>,
    drag: RwSignal<Option<Drag>>,
) -> impl IntoView {
    let id = StoredValue::new(step.id.clone());
    let keys = move |event: KeyboardEvent| {
        if let Some(by) = arrow_key(&event).filter(|_| board.may_own()) {
            board.shift(&id.get_value(), by);
        }
    };
    let open = move |_| board.asked.set(Some(Asked::Step(id.get_value())));
    let badges = badges(&step);
    let tick = tick(board, &step);
    let grip = board.may_own().then(|| {
        let end = move |event: PointerEvent| {
            let let_go = drag.get_untracked().filter(|_| event.type_() == "pointerup");
            drag.set(None);
            if let Some(Drag { step, above, moved: true }) = let_go {
                board.drop_below(&step, above.as_deref());
            }
        };
        let press = move |event: PointerEvent| {
            if event.button() == 0 {
                event.prevent_default();
                if let Some(target) = event.current_target() {
                    // Without it the drag ends where the pointer leaves the grip.
                    let _ = target.unchecked_into::<Element>().set_pointer_capture(event.pointer_id());
                }
                drag.set(Some(Drag { step: id.get_value(), above: None, moved: false }));
            }
        };
        let follow = move |event: PointerEvent| {
            if let (Some(now), Some(list)) = (drag.get_untracked(), list.get_untracked()) {
                let next = Drag { above: row_above(&list, event.client_y()), moved: true, ..now.clone() };
                if next != now {
                    drag.set(Some(next));
                }
            }
        };
        view! {
            <span class="plan-grip" on:pointerdown=press on:pointermove=follow on:pointerup=end on:pointercancel=end><Icon name="grip" /></span>
        }
    });
    let party = if step.is_open {
        Party::Unknown
    } else if step.is_buyers {
        Party::Buyer
    } else {
        Party::Seller
    };
    let late = step.late.clone().map(|late| view! { <span class="plan-late">{late}</span> });
    let side = if step.is_buyers { "buyer" } else { "seller" };
    let dragged = move || {
        drag.with(|drag| drag.as_ref().is_some_and(|it| it.moved && it.step == id.get_value())).then_some("")
    };
    let bar = step.bar.as_ref().map(|bar| lane(bar, &step));
    let shortcuts = board.may_own().then_some("Alt+ArrowUp Alt+ArrowDown");
    view! {
        <li class="plan-row" data-row=step.id.clone() data-state=step.state data-drop=drop_mark(drag, step.id.clone()) data-dragged=dragged>
            <div class="plan-what">
                {tick}
                <span class="plan-step">
                    <button type="button" class="plan-name" aria-keyshortcuts=shortcuts on:click=open on:keydown=keys>{step.name.clone()}</button>
                    <ThingMark thing=Thing::Step(step.id.clone()) called=step.name.clone() />
                    {badges}
                </span>
                <span class="plan-who" data-side=side><Avatar name=step.initials.clone() party small=true /><span class="plan-whose">{step.whose.clone()}</span></span>
                <span class="plan-due"><span>{step.due.clone()}</span>{late}</span>
                {grip}
            </div>
            <div class="plan-lane" aria-hidden="true">{bar}</div>
        </li>
    }
}

/// The box that is ticked once a step is done, for those who may tick it.
fn tick(board: Board, step: &StepLine) -> AnyView {
    let done = step.state == "done";
    let is_on = if board.may_own() { done } else { step.confirmed.is_some() };
    let label = match (board.may_own(), is_on) {
        (true, false) => copy::mark_done(&step.name),
        (true, true) => copy::mark_open(&step.name),
        (false, false) => copy::confirm(&step.name),
        (false, true) => copy::take_back(&step.name),
    };
    let drawing = done.then(|| view! { <Icon name="check" /> });
    if board.may_own() || board.may_confirm() {
        let id = step.id.clone();
        let (name, title) = (label.clone(), label);
        view! { <button type="button" class="plan-tick" aria-label=name title=title on:click=move |_| board.tick(&id)>{drawing}</button> }
            .into_any()
    } else {
        view! { <span class="plan-tick" role="img" aria-label=step.status.clone() title=step.status.clone()>{drawing}</span> }.into_any()
    }
}

/// What there is to know of a step at one glance, in words.
fn badges(step: &StepLine) -> AnyView {
    let badge = |label: &'static str, tone: Tone, icon: Option<&'static str>, more: String| {
        let badge = match icon {
            Some(icon) => view! { <Badge label tone icon /> }.into_any(),
            None => view! { <Badge label tone /> }.into_any(),
        };
        let title = more.clone();
        view! { <span title=title>{badge}<span class="visually-hidden">{more}</span></span> }.into_any()
    };
    let mut badges = Vec::new();
    if step.is_inside {
        badges.push(badge(copy::ONLY_TEAM, Tone::Plain, Some("lock"), copy::IS_INSIDE.to_owned()));
    }
    if let Some(who) = &step.confirmed {
        badges.push(badge(copy::CONFIRMED, Tone::Ok, None, who.clone()));
    }
    if let Some(proposed) = &step.proposed {
        badges.push(badge(copy::PROPOSED, Tone::Accent, None, proposed.clone()));
    }
    match step.state {
        "begun" => badges.push(badge(copy::BEGUN, Tone::Plain, None, String::new())),
        "dropped" => badges.push(badge(copy::DROPPED, Tone::Plain, None, String::new())),
        _ => {}
    }
    if let Some(waits) = &step.waits {
        badges.push(badge(copy::BLOCKED, Tone::Plain, Some("lock"), waits.clone()));
    }
    if !step.troubles.is_empty() {
        badges.push(badge(copy::CHECK, Tone::Warn, Some("alert"), step.troubles.join(" ")));
    }
    badges.into_any()
}

/// The bar of a step, and arrows to those that wait for it.
fn lane(bar: &Bar, step: &StepLine) -> AnyView {
    let late = step.late.is_some().then_some("");
    let end = bar.to;
    let arrow = move |arrow: &Arrow| {
        let (steps, stages) = (arrow.steps.to_string(), arrow.stages.to_string());
        view! {
            <i class="plan-arrow" data-late=late style=("--from", part(end)) style=("--span", part(arrow.to - end)) style=("--steps", steps) style=("--stages", stages)></i>
        }
        .into_any()
    };
    let side = if step.is_buyers { "buyer" } else { "seller" };
    view! {
        <span class="plan-bar" data-side=side data-late=late style=("--from", part(bar.from)) style=("--span", part(bar.to - bar.from))></span>
        {bar.arrows.iter().map(arrow).collect::<Vec<_>>()}
    }
    .into_any()
}

fn target_row(board: Board, words: String, due: String, at: i64) -> AnyView {
    let show = board.seen.with_untracked(|seen| seen.room.plan.target.is_some());
    let goal = show.then(|| view! { <i class="plan-goal" style=("--from", part(at))></i> });
    view! {
        <li class="plan-row" data-goal="">
            <div class="plan-what"><span class="plan-flag"><Icon name="flag" /></span><span class="plan-name">{words}</span><span></span><span class="plan-due"><span>{due}</span></span></div>
            <div class="plan-lane" aria-hidden="true">{goal}</div>
        </li>
    }
    .into_any()
}

/// Whether what is dragged would be let go below this row.
fn drop_mark(
    drag: RwSignal<Option<Drag>>,
    id: String,
) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
    move || {
        drag.with(|drag| drag.as_ref().is_some_and(|it| it.moved && it.above.as_ref() == Some(&id)))
            .then_some("after")
    }
}

/// The last row whose middle is above a height in the window, by its name.
fn row_above(list: &Element, y: i32) -> Option<String> {
    let rows = list.children();
    let rows = (0..rows.length()).filter_map(|at| rows.item(at));
    let above = rows.take_while(|row| {
        let bounds = row.get_bounding_client_rect();
        f64::midpoint(bounds.top(), bounds.bottom()) < f64::from(y)
    });
    above.filter_map(|row| row.get_attribute("data-row")).last()
}

/// Up or down with Alt, which moves a row.
fn arrow_key(event: &KeyboardEvent) -> Option<isize> {
    let by = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return None,
    };
    event.alt_key().then(|| {
        event.prevent_default();
        by
    })
}
