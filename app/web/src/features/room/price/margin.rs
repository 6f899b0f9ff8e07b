//! What the price costs the seller and leaves, beside its totals: the selling team alone has these figures.

mod copy;

use std::collections::BTreeMap;

use leptos::prelude::*;
use session::Problem;
use terms::price::{Decimal, Line, Margin};
use ui::{Banner, Button, ButtonKind, Dialog, Field, Icon, Tone, live};

use super::{Pricing, Shown, buyer::written, copy as of_price, separators, totals::percent};
use crate::copy as words;

/// The margin, and the way to what lines cost.
#[component]
pub(super) fn MarginCard(pricing: Pricing) -> impl IntoView {
    let open = RwSignal::new(false);
    let costs = Memo::new(move |_| {
        // What costs changed tells of itself as the offer does.
        pricing.shown.track();
        pricing.changed.track();
        pricing.room.get().costs()
    });
    let (title, about) =
        if pricing.is_list { (copy::COST, copy::COST_ABOUT) } else { (copy::MARGIN, copy::INSIDE) };
    let body = live(move || {
        // What a team sells is no deal, so nothing is left of it.
        (!pricing.is_list).then(|| pricing.shown.with(|shown| costs.with(|costs| figures(shown, costs))))
    });
    view! {
        <aside class="card price-margin" aria-labelledby="price-margin">
            <h3 id="price-margin">{title}</h3>
            <p class="price-inside"><Icon name="lock" />{about}</p>
            {body}
            <div class="row"><Button label=copy::COSTS kind=ButtonKind::Quiet on_press=move |()| open.set(true) /></div>
        </aside>
        <CostsDialog pricing costs open />
    }
}

fn figures(shown: &Shown, costs: &BTreeMap<String, Decimal>) -> AnyView {
    let Ok(totals) = &shown.totals else { return ().into_any() };
    let list = &shown.price.list;
    if costs.is_empty() {
        return view! { <p class="price-hint-plain">{copy::NO_COSTS}</p> }.into_any();
    }
    let margins = match list.margins(totals, costs) {
        Ok(margins) => margins,
        Err(faulty) => {
            let line = faulty.line.as_ref().and_then(|id| shown.line(id));
            let words = of_price::no_total(line.map(|(line, _)| line.name.as_str()), faulty.fault);
            return view! { <Banner tone=Tone::Danger words /> }.into_any();
        }
    };
    let rows = |label: String, margin: Margin| {
        let left = match margin.percent() {
            Some(share) => copy::left(&shown.money(margin.left()), &percent(share)),
            None => shown.money(margin.left()),
        };
        view! {
            <dt>{copy::costs_of(&label)}</dt><dd>{shown.money(margin.cost)}</dd>
            <dt>{copy::margin_of(&label)}</dt><dd><strong>{left}</strong></dd>
        }
    };
    let term = (totals.months != 12).then(|| rows(of_price::whole_term(totals.months), margins.term));
    let unknown = (margins.unknown > 0).then(|| {
        view! { <p class="price-hint-plain">{copy::unknown(margins.unknown)}</p> }
    });
    view! {
        <dl class="price-sums">{rows(copy::FIRST_YEAR.to_owned(), margins.first_year)}{term}</dl>
        {unknown}
    }
    .into_any()
}

/// What one of each line costs.
#[component]
fn CostsDialog(
    pricing: Pricing,
    costs: Memo<BTreeMap<String, Decimal>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let fields = move || {
        let known = costs.get_untracked();
        let lines = pricing.shown.with_untracked(|shown| shown.price.list.lines.clone());
        view! { <Costs pricing costs known lines open /> }
    };
    view! { <Dialog open title=copy::COSTS_TITLE close_label=words::CLOSE>{fields()}</Dialog> }
}

/// Writes what lines cost, and waits until it is stored.
async fn store(pricing: Pricing, costs: Vec<(String, Option<Decimal>)>) -> Result<(), Problem> {
    let Some(room) = pricing.room.room.try_get_value() else { return Ok(()) };
    for (line, cost) in costs {
        room.set_cost(&line, cost).await?;
    }
    room.flush().await
}

#[component]
fn Costs(
    pricing: Pricing,
    costs: Memo<BTreeMap<String, Decimal>>,
    known: BTreeMap<String, Decimal>,
    lines: Vec<Line>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let wrong = RwSignal::new(None::<(String, String)>);
    let failed = RwSignal::new(None::<String>);
    let is_keeping = RwSignal::new(false);
    let typed: Vec<(Line, RwSignal<String>)> = lines
        .into_iter()
        .map(|line| {
            let cost = known.get(&line.id).map(|cost| written(*cost)).unwrap_or_default();
            (line, RwSignal::new(cost))
        })
        .collect();
    let rows = typed.iter().map(|(line, value)| {
        let (id, name) = (line.id.clone(), copy::line(&line.name));
        let sold = pricing.shown.with_untracked(|shown| copy::sold_for(&shown.each(line.price)));
        let error = Signal::derive(move || {
            wrong.with(|wrong| wrong.as_ref().filter(|it| it.0 == id).map(|it| it.1.clone()))
        });
        view! { <Field label=name hint=sold value=*value error max_length=30 /> }
    });
    let rows = rows.collect_view();
    let is_empty = typed.is_empty();
    let typed = StoredValue::new(typed);
    let known = StoredValue::new(known);
    let keep = move |()| {
        let now = costs.get_untracked();
        wrong.set(None);
        failed.set(None);
        let mut changes = Vec::new();
        for (line, value) in typed.get_value() {
            let value = value.get_untracked();
            let cost = match value.trim() {
                "" => None,
                typed => match Decimal::typed(typed, separators()) {
                    Ok(cost) if cost >= Decimal::ZERO => Some(cost),
                    Ok(_) => return wrong.set(Some((line.id, copy::COST_NEGATIVE.to_owned()))),
                    Err(why) => return wrong.set(Some((line.id, of_price::untypable(why)))),
                },
            };
            let newest = now.get(&line.id).copied();
            let before = known.with_value(|known| known.get(&line.id).copied());
            if cost == before {
                continue;
            }
            if newest != before && newest != cost {
                // Who presses once more has seen it.
                known.update_value(|known| {
                    known.remove(&line.id);
                    known.extend(newest.map(|newest| (line.id.clone(), newest)));
                });
                let newest = newest.map(|newest| pricing.shown.with_untracked(|shown| shown.each(newest)));
                return wrong.set(Some((line.id, copy::changed_meanwhile(newest.as_deref()))));
            }
            changes.push((line.id, cost));
        }
        if changes.is_empty() {
            return open.set(false);
        }
        is_keeping.set(true);
        browser::timers::spawn(async move {
            let kept = store(pricing, changes).await;
            let is_there = is_keeping.try_set(false).is_none();
            match kept {
                Ok(()) => drop(open.try_set(false)),
                Err(problem) if is_there => failed.set(Some(copy::not_kept(&words::problem(&problem)))),
                // The dialog was closed meanwhile.
                Err(problem) => pricing.handsel.tell(&problem),
            }
        });
    };
    let waiting = Signal::derive(move || is_keeping.get().then(|| copy::KEEPING.to_owned()));
    let body = if is_empty {
        view! { <p>{copy::NO_LINES}</p> }.into_any()
    } else {
        view! {
            <p class="price-inside"><Icon name="lock" />{copy::COSTS_ABOUT}</p>
            <div class="price-terms">{rows}</div>
            {live(move || failed.get().map(|words| view! { <Banner tone=Tone::Danger words /> }))}
            <div class="row"><Button label=copy::KEEP_COSTS kind=ButtonKind::Primary blocked=waiting on_press=keep /></div>
        }
        .into_any()
    };
    view! { {body} }
}
