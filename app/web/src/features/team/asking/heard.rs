//! What was heard so far: the problems that answers reveal, and the answers themselves.

use leptos::prelude::*;
use terms::question::{Asked, Interview, Revealed};
use ui::live;

use super::{Asking, copy, interview::Held};

/// The problems, each with the answers that reveal it.
#[component]
pub(super) fn Problems(asking: Asking) -> impl IntoView {
    let all = Memo::new(move |_| asking.interview.with(Interview::problems));
    let body = live(move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <p class="hint">{copy::NO_PROBLEMS}</p> }.into_any();
        }
        problems(asking, all)
    });
    view! { <section class="card"><div class="card-head"><h2>{copy::PROBLEMS}</h2></div><div role="status">{body}</div></section> }
}

/// A list of problems with what revealed them.
pub(super) fn problems(asking: Asking, all: Vec<Revealed>) -> AnyView {
    let because = |id: &String| {
        asking.interview.with(|it| {
            let asked = it.asked.iter().chain(&it.before).find(|asked| asked.question.id == *id)?;
            let says = asking.said(&asked.question, &asked.answered.as_ref()?.says);
            Some(copy::because(&asked.question.words, &says))
        })
    };
    let row = |revealed: Revealed| {
        let because: Vec<String> = revealed.because.iter().filter_map(because).collect();
        let lines = because.into_iter().map(|it| view! { <p class="hint">{it}</p> }).collect_view();
        view! { <li><p class="strong">{copy::capital(&revealed.problem)}</p>{lines}</li> }
    };
    view! { <ul class="heard">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// The answers, each of which can be changed.
#[component]
pub(super) fn Answers(held: Held) -> impl IntoView {
    let asking = held.asking;
    let part = move |part: fn(&Interview) -> &Vec<Asked>, title: Option<&'static str>, may_change: bool| {
        let all = Memo::new(move |_| {
            asking.interview.with(|it| {
                part(it).iter().filter(|asked| asked.answered.is_some()).cloned().collect::<Vec<_>>()
            })
        });
        live(move || {
            let all = all.get();
            let rows = all.iter().map(|asked| row(held, asked, may_change)).collect_view();
            let title = title.map(|title| view! { <h3>{title}</h3> });
            (!all.is_empty()).then(|| view! { {title}<ul class="heard">{rows}</ul> })
        })
    };
    let is_none = Memo::new(move |_| {
        asking.interview.with(|it| it.progress().0 == 0 && it.before.is_empty() && it.hidden.is_empty())
    });
    let none = live(move || is_none.get().then(|| view! { <p class="hint">{copy::NO_ANSWERS}</p> }));
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::ANSWERS}</h2></div>
            {none}
            {part(|it| &it.asked, None, true)}
            {part(|it| &it.before, Some(copy::FROM_BEFORE), true)}
            {part(|it| &it.hidden, Some(copy::DO_NOT_COUNT), false)}
        </section>
    }
}

fn row(held: Held, asked: &Asked, may_change: bool) -> AnyView {
    let asking = held.asking;
    let Some(answered) = &asked.answered else { return ().into_any() };
    let id = asked.question.id.clone();
    let words = asked.question.words.clone();
    let says = asking.said(&asked.question, &answered.says);
    let who = asking.team.book.with_value(|book| {
        book.contacts().get(&answered.who).map(|it| super::called(it).to_owned()).unwrap_or_default()
    });
    let about = copy::answered_by(&who, &answered.written.by, &browser::clock::date(answered.written.at));
    let question = if may_change {
        let own = id.clone();
        let current = move || held.at.with(|at| at.as_ref() == Some(&own)).then_some("true");
        view! { <button type="button" class="text-link" aria-current=current on:click=move |_| held.at.set(Some(id.clone()))>{words}</button> }.into_any()
    } else {
        view! { <span class="soft">{words}</span> }.into_any()
    };
    view! { <li>{question}<p class="strong">{says}</p><p class="hint">{about}</p></li> }.into_any()
}
