//! Before there is anything: how the team sells, and the first deal.

mod copy;

use leptos::prelude::*;
use terms::process::{Process, Starter, Step};
use ui::{Button, ButtonKind, EmptyState, Icon, LinkButton};

use super::{Team, copy as words};
use crate::route::TeamPlace;
pub(super) use copy::{about_starter, starter};

/// Asks how the team sells, where nobody has said so yet.
#[component]
pub(super) fn FirstProcess(team: Team) -> impl IntoView {
    let begin = move |it: Starter| {
        let process = it.process("", &starter);
        team.write(|book| book.set_process(&process).map(drop));
    };
    let card = move |it: Starter| {
        let (name, about) = about_starter(it);
        let process = it.process("", &starter);
        let steps = process.steps.iter().map(|step| view! { <li>{step.name.clone()}</li> }).collect_view();
        view! {
            <li class="card starter">
                <h2>{name}</h2>
                <p>{about}</p>
                <ol>{steps}</ol>
                <Button label=words::begin_with(name) kind=ButtonKind::Primary on_press=move |()| begin(it) />
            </li>
        }
    };
    let empty = move |()| {
        let step = |id: &str, name: &str| Step { id: id.into(), name: name.into(), ..Step::default() };
        let steps = vec![step("1", words::FIRST_STEP), step("2", words::SECOND_STEP)];
        let process = Process { name: words::OWN_PROCESS.into(), steps, ..Process::default() };
        team.write(|book| book.set_process(&process).map(drop));
    };
    view! {
        <section class="starters">
            <div class="starters-head">
                <span class="tile" data-size="large" data-tone="accent"><Icon name="process" /></span>
                <h1>{words::HOW_DO_YOU_SELL}</h1>
                <p class="hint">{words::HOW_DO_YOU_SELL_MORE}</p>
            </div>
            <ul>{Starter::ALL.map(card).collect_view()}</ul>
            <div class="row" data-wrap="">
                <Button label=words::BEGIN_EMPTY kind=ButtonKind::Quiet on_press=empty />
                <LinkButton label=words::IMPORT kind=ButtonKind::Quiet icon="received" href=team.href(TeamPlace::Import) />
            </div>
        </section>
    }
}

/// Where there are no deals yet.
#[component]
pub(super) fn FirstDeal(team: Team, begin: Callback<()>) -> impl IntoView {
    view! {
        <EmptyState icon="board" line=words::NO_DEALS more=words::NO_DEALS_MORE>
            <Button label=words::NEW_DEAL kind=ButtonKind::Primary icon="plus" on_press=begin />
            <LinkButton label=words::IMPORT icon="received" href=team.href(TeamPlace::Import) />
        </EmptyState>
    }
}
