//! What the buyer has shown at a step, and what the team does there.

use leptos::prelude::*;
use terms::{
    book::{DidKind, Kind},
    process::Step,
};
use ui::{Badge, Tone, live};

use super::{OpenDeal, copy};

/// The step that is looked at: where the seller is, unless the buyer is further behind.
fn step(open: OpenDeal) -> Option<Step> {
    let process = open.process.get()?;
    let position = open.deal.with(|deal| process.position(deal.as_ref()?));
    let last = process.live().count().saturating_sub(1);
    let at = position.map_or(last, |it| it.seller.min(it.buyer).min(last));
    process.live().nth(at).cloned()
}

/// The evidence of the step at which the buyer is held up, and of the others behind a choice.
#[component]
pub(super) fn Evidence(open: OpenDeal) -> impl IntoView {
    let chosen = RwSignal::new(None::<String>);
    let steps = Memo::new(move |_| {
        open.process.with(|process| process.iter().flat_map(|it| it.live().cloned()).collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| {
        let wanted = chosen.get();
        let found = steps.with(|steps| steps.iter().find(|it| Some(&it.id) == wanted.as_ref()).cloned());
        found.or_else(|| step(open))
    });
    let pick = move |event: leptos::ev::Event| chosen.set(Some(event_target_value(&event)));
    let options = move || {
        let here = shown.with(|it| it.as_ref().map(|it| it.id.clone()));
        let option = move |it: Step| view! { <option value=it.id.clone() selected=Some(&it.id) == here.as_ref()>{it.name}</option> };
        steps.get().into_iter().map(option).collect_view()
    };
    let count = live(move || {
        let step = shown.get()?;
        let required: Vec<_> = step.evidence.iter().filter(|it| it.is_required).collect();
        let given = open.deal.with(|deal| {
            let deal = deal.as_ref()?;
            Some(required.iter().filter(|it| deal.seen(&it.id).is_some()).count())
        })?;
        let tone = if given == required.len() { Tone::Ok } else { Tone::Plain };
        (!required.is_empty()).then(|| view! { <Badge label=copy::shown_of(given, required.len()) tone /> })
    });
    let list = live(move || {
        let step = shown.get()?;
        if step.evidence.is_empty() {
            return Some(view! { <p class="hint">{copy::NO_EVIDENCE}</p> }.into_any());
        }
        let row = |it: terms::process::Evidence| {
            let id = StoredValue::new(it.id.clone());
            let seen = Memo::new(move |_| {
                open.deal
                    .with(|deal| deal.as_ref().and_then(|deal| id.with_value(|id| deal.seen(id).cloned())))
            });
            let turn = move |event: leptos::ev::Event| {
                let given = event_target_checked(&event).then_some(("", ""));
                let deal = open.id.get_value();
                open.team.write(|book| book.mark_evidence(&deal, &id.get_value(), given));
            };
            let about = move || seen.get().map(|seen| copy::seen(&seen, &browser::clock::date(seen.at)));
            let optional = (!it.is_required).then(|| view! { <span class="hint">{copy::HELPS}</span> });
            view! {
                <li>
                    <label>
                        <input type="checkbox" class="tick" data-party="buyer" prop:checked=move || seen.with(Option::is_some) on:change=turn />
                        <span>{it.name} {optional}</span>
                    </label>
                    <span class="hint">{about}</span>
                </li>
            }
        };
        Some(view! { <ul class="checks">{step.evidence.into_iter().map(row).collect_view()}</ul> }.into_any())
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{copy::EVIDENCE}</h2>
                {count}
            </div>
            <select class="input filter" aria-label=copy::STEP on:change=pick>{live(options)}</select>
            {list}
            <p class="hint">{copy::EVIDENCE_ABOUT}</p>
        </section>
    }
}

/// What the team does at the step where the deal is, what else must hold, and what to ask.
#[component]
pub(super) fn Ours(open: OpenDeal) -> impl IntoView {
    let here = Memo::new(move |_| {
        let process = open.process.get()?;
        let at = open.deal.with(|deal| process.position(deal.as_ref()?))?.seller;
        process.live().nth(at).cloned()
    });
    let list = live(move || {
        let Some(step) = here.get() else {
            return view! { <p class="hint">{copy::CLOSED_NOTHING_TO_DO}</p> }.into_any();
        };
        let row = |it: terms::process::Activity| {
            let id = StoredValue::new(it.id.clone());
            let done = Memo::new(move |_| {
                open.deal.with(|deal| {
                    let log = deal.iter().flat_map(|deal| &deal.log);
                    let mut done = log
                        .filter(|did| did.kind == DidKind::Activity && id.with_value(|id| did.what == *id));
                    done.next_back().map(|did| did.at)
                })
            });
            let tick = move |event: leptos::ev::Event| {
                if event_target_checked(&event) {
                    let deal = open.id.get_value();
                    open.team.write(|book| book.log(Kind::Deal, &deal, DidKind::Activity, &id.get_value()));
                }
            };
            view! {
                <li>
                    <label>
                        <input type="checkbox" class="tick" data-party="seller" prop:checked=move || done.get().is_some() disabled=move || done.get().is_some() on:change=tick />
                        <span>{it.name}</span>
                    </label>
                    <span class="hint">{move || done.get().map(browser::clock::date)}</span>
                </li>
            }
        };
        let lines = |title: &'static str, lines: Vec<String>, ordered: bool| {
            (!lines.is_empty()).then(|| {
                let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                let list = if ordered {
                    view! { <ol class="lines">{lines}</ol> }.into_any()
                } else {
                    view! { <ul class="lines">{lines}</ul> }.into_any()
                };
                view! { <h3>{title}</h3>{list} }
            })
        };
        let Step { activities, criteria, questions, tools, .. } = step;
        let none = (activities.is_empty() && criteria.is_empty() && questions.is_empty() && tools.is_empty())
            .then(|| view! { <p class="hint">{copy::NOTHING_OF_OURS}</p> });
        view! {
            {none}
            <ul class="checks">{activities.into_iter().map(row).collect_view()}</ul>
            {lines(copy::CRITERIA, criteria, false)}
            {lines(copy::QUESTIONS, questions, true)}
            {lines(copy::TOOLS, tools, false)}
        }
        .into_any()
    });
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::OUR_PART}</h2></div>
            {list}
        </section>
    }
}
