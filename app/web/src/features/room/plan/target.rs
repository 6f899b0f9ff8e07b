//! The dialog in which the target is set and moved, after a look at what moves with it.

use leptos::prelude::*;
use terms::plan::{Day, Moved};
use ui::{Button, ButtonKind, Dialog, Field, effect, live};

use super::{
    board::{Board, Seen},
    copy,
};
use crate::copy as words;

/// The target, and what moving it does.
#[component]
pub(super) fn TargetDialog(board: Board, open: RwSignal<bool>) -> impl IntoView {
    let (goal, day) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    effect(move || {
        if open.get() {
            let seen = board.seen.get_untracked();
            goal.set(seen.room.plan.goal.clone());
            day.set(seen.room.plan.target.map(|day| day.to_string()).unwrap_or_default());
            wrong.set(None);
        }
    });
    let save = move |()| {
        let Some(target) = Day::parse(&day.get_untracked()) else {
            return wrong.set(Some(copy::DAY_MISSING.to_owned()));
        };
        let room = board.room.get();
        let moves = board.seen.with_untracked(|seen| seen.room.plan.target != Some(target));
        let done = room
            .set_goal(&goal.get_untracked())
            .and_then(|()| if moves { room.set_target(Some(target)) } else { Ok(()) });
        if board.told(done).is_some() {
            open.set(false);
        }
    };
    let label = Signal::derive(move || {
        let is_set = board.seen.with(|seen| seen.room.plan.target.is_some());
        if is_set { copy::MOVE_IT } else { copy::SET_TARGET }.to_owned()
    });
    let foot = move || view! { <Button label kind=ButtonKind::Primary on_press=save /> };
    let preview = move || {
        live(move || {
            let to = Day::parse(&day.get())?;
            board.seen.with(|seen| {
                let from = seen.room.plan.target.filter(|from| *from != to)?;
                Some(preview(seen, &seen.room.plan.moved(to), from, to))
            })
        })
    };
    view! {
        <Dialog open title=copy::TARGET close_label=words::CLOSE limit=copy::TARGET_LIMIT footer=foot>
            <Field label=copy::GOAL optional=copy::OPTIONAL hint=copy::GOAL_HINT value=goal max_length=200 />
            <Field label=copy::TARGET_DAY kind="date" value=day error=Signal::derive(move || wrong.get()) />
            {preview()}
        </Dialog>
    }
}

fn preview(seen: &Seen, moved: &[Moved], from: Day, to: Day) -> AnyView {
    let write = seen.days();
    let said = |day: Option<Day>| day.map_or_else(|| copy::NO_DAY.to_owned(), &write);
    let stay = moved.iter().filter(|it| it.stays).count();
    let count = if moved.is_empty() {
        copy::NOTHING_MOVES.to_owned()
    } else {
        copy::move_count(moved.len() - stay, stay)
    };
    let row = |it: &Moved| {
        let step = &seen.room.plan.steps[it.step];
        let change =
            if it.stays { copy::stays(&said(it.to)) } else { copy::moves(&said(it.from), &said(it.to)) };
        view! { <li data-stays=it.stays.then_some("")><span>{step.name.clone()}</span><span>{change}</span></li> }.into_any()
    };
    let rows: Vec<AnyView> = moved.iter().map(row).collect();
    view! {
        <section class="plan-moves" aria-label=copy::MOVES>
            <p role="status"><strong>{copy::moves(&write(from), &write(to))}</strong>" "{count}</p>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}
