//! A line of a price on its way back into the list of what a team sells.

use browser::timers;
use leptos::prelude::*;
use session::{Problem, Product, Products};
use terms::price::{Currency, PriceList};
use ui::{Banner, Button, ButtonKind, Dialog, Icon, Tone, live};

use super::{Pricing, Shown, copy};
use crate::copy as words;

/// The dialog that saves the line `of` to the products of a team.
#[component]
pub(in crate::features::room::price) fn SaveProduct(
    pricing: Pricing,
    of: RwSignal<Option<String>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let body = move || {
        let (sold, currency) = sold(pricing, &of.get_untracked()?)?;
        let all = RwSignal::new(None::<Vec<Products>>);
        pricing.handsel.attempt(async move {
            let found = pricing.handsel.rooms().products().await?;
            let _ = all.try_set(Some(found));
            Ok(())
        });
        Some(live(move || match all.get() {
            None => view! { <p class="hint" role="status">{copy::LOOKING}</p> }.into_any(),
            Some(all) => view! { <Saving pricing sold=sold.clone() currency all open /> }.into_any(),
        }))
    };
    view! { <Dialog open title=copy::SAVE_TITLE close_label=words::CLOSE>{body()}</Dialog> }
}

/// A line with what it costs, and what its price is in.
fn sold(pricing: Pricing, id: &str) -> Option<(Product, Currency)> {
    let (line, currency) =
        pricing.shown.with_untracked(|shown| Some((shown.line(id)?.0.clone(), shown.price.list.currency)))?;
    let cost = pricing.room.get().costs().get(id).copied();
    Some((Product { line, cost }, currency))
}

/// A product as people read it.
fn written(product: &Product, currency: Currency) -> String {
    let shown = Shown::of_list(&PriceList { currency, ..PriceList::default() });
    let line = &product.line;
    copy::priced(&copy::named(&line.name), &copy::each(&shown.each(line.price), line.recurrence, &line.unit))
}

#[component]
fn Saving(
    pricing: Pricing,
    sold: Product,
    currency: Currency,
    all: Vec<Products>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let (is_keeping, failed) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let chosen = RwSignal::new(0_usize);
    let (what, has_cost) = (written(&sold, currency), sold.cost.is_some());
    let options = all.iter().enumerate().map(|(at, list)| {
        view! { <option value=at.to_string()>{list.team.clone()}</option> }
    });
    let pick = move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default());
    let lists = (all.len() > 1).then(|| {
        view! {
            <label class="field">
                <span class="label">{copy::SAVE_TO}</span>
                <select class="input" on:change=pick>{options.collect_view()}</select>
            </label>
        }
    });
    let (all, sold) = (StoredValue::new(all), StoredValue::new(sold));
    let keep = move |instead: Option<String>| {
        let list = all.with_value(|all| all.get(chosen.get_untracked()).map(|it| (it.room, it.team.clone())));
        let Some((room, team)) = list.filter(|_| !is_keeping.get_untracked()) else { return };
        let sold = sold.get_value();
        is_keeping.set(true);
        failed.set(None);
        timers::spawn(async move {
            let kept: Result<(), Problem> =
                pricing.handsel.rooms().keep_product(room, &sold, currency, instead.as_deref()).await;
            let is_there = is_keeping.try_set(false).is_none();
            match kept {
                Ok(()) => {
                    pricing.handsel.toasts.say(copy::saved(&copy::named(&sold.line.name), &team));
                    let _ = open.try_set(false);
                }
                Err(problem) if is_there => failed.set(Some(words::problem(&problem))),
                // The dialog was closed meanwhile.
                Err(problem) => pricing.handsel.tell(&problem),
            }
        });
    };
    let waiting = Signal::derive(move || is_keeping.get().then(|| copy::SAVING.to_owned()));
    let acts = move |list: &Products| {
        if !list.products.is_empty() && list.currency != currency {
            let words = copy::other_list(list.currency.code(), currency.code());
            return view! { <Banner words /> }.into_any();
        }
        let name = sold.with_value(|sold| browser::view::folded(sold.line.name.trim()));
        let same = list.products.iter().find(|it| browser::view::folded(it.line.name.trim()) == name);
        let Some(same) = same else {
            return view! {
                <div class="row"><Button label=copy::SAVE_NEW kind=ButtonKind::Primary blocked=waiting on_press=move |()| keep(None) /></div>
            }
            .into_any();
        };
        let (words, id) = (copy::there_already(&written(same, list.currency)), same.line.id.clone());
        view! {
            <Banner words />
            <div class="row" data-wrap="">
                <Button label=copy::SAVE_INSTEAD kind=ButtonKind::Primary blocked=waiting on_press=move |()| keep(Some(id.clone())) />
                <Button label=copy::SAVE_BESIDE blocked=waiting on_press=move |()| keep(None) />
            </div>
        }
        .into_any()
    };
    let acts = live(move || {
        let chosen = chosen.get();
        all.with_value(|all| all.get(chosen).map(acts))
    });
    view! {
        <p><strong>{what}</strong></p>
        <p class="price-hint-plain">{copy::SAVE_ABOUT}</p>
        {has_cost.then(|| view! { <p class="price-inside"><Icon name="lock" />{copy::SAVED_WITH_COST}</p> })}
        {lists}
        {live(move || failed.get().map(|words| view! { <Banner tone=Tone::Danger words /> }))}
        {acts}
    }
}
