//! What the price comes to, beside its lines.

use browser::figures;
use leptos::prelude::*;
use terms::price::{Decimal, Detail, Money, Recurrence, Sum, Totals};
use ui::{Banner, Tone, live};

use super::{Pricing, Shown, copy};
use crate::{features::room::OpenRoom, route::Place};

/// The sums: what is paid when, the first year, the whole term.
#[component]
pub(super) fn YourTotal(pricing: Pricing, is_buyers: bool) -> impl IntoView {
    let spoken = Memo::new(move |_| {
        pricing.shown.with(|shown| {
            let first = shown.totals.as_ref().ok()?.first_year();
            Some(copy::first_year(!first.tax.is_empty()).to_owned() + ": " + &shown.money(first.before_tax))
        })
    });
    view! {
        <aside class="card price-total" aria-labelledby="price-total">
            <h3 id="price-total">{copy::YOUR_TOTAL}</h3>
            <p class="visually-hidden" role="status">{spoken}</p>
            {live(move || pricing.shown.with(|shown| sums(shown, is_buyers)))}
        </aside>
    }
}

/// What the price comes to in a few figures, for the first page; nothing while there is no price.
#[component]
pub(crate) fn PriceCard(room: OpenRoom) -> impl IntoView {
    let shown = super::shown(room, || false);
    let href = room.way(Place::Price).href();
    live(move || {
        shown.with(|shown| {
            let totals = shown.totals.as_ref().ok().filter(|_| !shown.price.list.lines.is_empty())?;
            let first = totals.first_year();
            let rows = Recurrence::ALL.into_iter().filter_map(|recurrence| {
                let bucket = totals.bucket(recurrence);
                let label = copy::paid(recurrence);
                (bucket.lines > 0).then(|| view! { <dt>{label}</dt><dd>{shown.money(bucket.net)}</dd> })
            });
            Some(view! {
                <section class="card">
                    <div class="card-head"><h3>{copy::PRICE}</h3><a href=href.clone()>{copy::SEE_PRICE}</a></div>
                    <div>
                        <p class="price-figure">{shown.money(first.before_tax)}</p>
                        <p class="price-first">{copy::first_year(!first.tax.is_empty())}</p>
                    </div>
                    <dl class="price-sums">{rows.collect_view()}</dl>
                </section>
            })
        })
    })
}

/// All sums; in the buyer's view without what is hidden, which are never sums themselves.
pub(super) fn sums(shown: &Shown, is_buyers: bool) -> AnyView {
    let hides = |detail| is_buyers && shown.hides(detail);
    let totals = match &shown.totals {
        Ok(totals) => totals,
        Err(faulty) => {
            let line = faulty.line.as_ref().and_then(|id| shown.line(id));
            let words = copy::no_total(line.map(|(line, _)| line.name.as_str()), faulty.fault);
            return view! { <Banner tone=Tone::Danger words /> }.into_any();
        }
    };
    let row = |label: String, money: Money| view! { <dt>{label}</dt><dd>{shown.money(money)}</dd> };
    let parts = Recurrence::ALL.into_iter().filter_map(|recurrence| {
        let bucket = totals.bucket(recurrence);
        let times = if recurrence == Recurrence::Monthly { totals.first_months() } else { 1 };
        (bucket.lines > 0).then(|| {
            let label = match recurrence {
                Recurrence::Monthly => copy::months_of(times, &shown.money(bucket.net)),
                _ => copy::paid(recurrence).to_owned(),
            };
            let less = Money::default().minus(bucket.less).times(times);
            let off = (bucket.less > Money::default()).then(|| row(copy::DISCOUNT.to_owned(), less));
            view! { {row(label, bucket.net.times(times))} {off} }
        })
    });
    let (first, term) = (totals.first_year(), totals.term());
    let saved = saved(totals);
    let has_tax = !first.tax.is_empty();
    let taxes = has_tax.then(|| {
        let each = first.tax.iter().filter(|_| !hides(Detail::Tax));
        let each = each.map(|(rate, tax)| row(copy::tax_at(&percent(*rate)), *tax)).collect_view();
        view! { <dl class="price-sums">{each} {row(copy::WITH_TAX.to_owned(), first.with_tax())}</dl> }
    });
    let whole = (totals.months != 12).then(|| {
        let Sum { before_tax, .. } = term;
        view! {
            <hr class="rule" />
            <dl class="price-sums">
                {row(copy::whole_term(totals.months), before_tax)}
                {has_tax.then(|| row(copy::WITH_TAX.to_owned(), term.with_tax()))}
            </dl>
        }
    });
    view! {
        <dl class="price-sums">{parts.collect_view()}</dl>
        <hr class="rule" />
        <div>
            <p class="price-first">{copy::first_year(has_tax)}</p>
            <p class="price-figure">{shown.money(first.before_tax)}</p>
        </div>
        {taxes}
        {whole}
        {(saved > Money::default() && !hides(Detail::Less)).then(|| view! { <p class="price-saved">{copy::saves(&shown.money(saved))}</p> })}
    }
    .into_any()
}

/// What all discounts take off the first year.
fn saved(totals: &Totals) -> Money {
    Recurrence::ALL.into_iter().fold(Money::default(), |sum, recurrence| {
        let bucket = totals.bucket(recurrence);
        let times = if recurrence == Recurrence::Monthly { totals.first_months() } else { 1 };
        sum.plus(bucket.list.minus(bucket.before_tax()).times(times))
    })
}

pub(super) fn percent(rate: Decimal) -> String {
    figures::percent(&rate.to_string())
}
