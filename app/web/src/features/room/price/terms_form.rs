//! What holds for all lines: currency, term, how long it holds, and what is taken off everything.

use browser::figures;
use leptos::{ev::Event, prelude::*};
use terms::price::{Currency, Decimal, Detail, MONTHS_MAX, PriceList};
use ui::{Switch, live};

use super::{Pricing, copy, separators};

/// The form. Each field acts when it is left.
#[component]
pub(super) fn TermsForm(pricing: Pricing) -> impl IntoView {
    let list = move |part: fn(&PriceList) -> String| {
        Memo::new(move |_| pricing.shown.with(|shown| part(&shown.price.list)))
    };
    let code = list(|list| list.currency.code().to_owned());
    let is_locked = Memo::new(move |_| pricing.shown.with(|shown| !shown.price.list.lines.is_empty()));
    let wrong = RwSignal::new(None::<String>);
    let set = move |change: &dyn Fn(&mut PriceList) -> Result<(), String>| {
        let mut list = pricing.shown.with_untracked(|shown| shown.price.list.clone());
        let changed = change(&mut list).and_then(|()| list.discount.check().map_err(super::fault));
        wrong.set(changed.as_ref().err().cloned());
        if changed.is_ok() {
            pricing.attempt(pricing.room.get().set_price(&list));
        }
    };
    let pick_currency = move |event: Event| {
        set(&|list| {
            list.currency = Currency::parse(&event_target_value(&event)).unwrap_or(list.currency);
            Ok(())
        });
    };
    let set_months = move |event: Event| {
        set(&|list| {
            let months = event_target_value(&event).trim().parse().ok();
            let months = months.filter(|months| (1..=MONTHS_MAX).contains(months));
            list.months = months.ok_or_else(|| copy::BAD_MONTHS.to_owned())?;
            Ok(())
        });
    };
    let set_until = move |event: Event| {
        set(&|list| {
            list.valid_until = event_target_value(&event);
            Ok(())
        });
    };
    let currencies = move || {
        let chosen = code.get_untracked();
        let codes = if is_locked.get() { vec![chosen.as_str()] } else { Currency::codes() };
        let option = |code: &&str| {
            let name = format!("{code} · {}", figures::currency_name(code));
            view! { <option value=(*code).to_owned() selected=*code == chosen>{name}</option> }
        };
        codes.iter().map(option).collect_view()
    };
    let off = move |label: &'static str, hint: Option<&'static str>, part: Part| {
        let value = Memo::new(move |_| {
            pricing.shown.with(|shown| {
                let mut list = shown.price.list.clone();
                let value = *part(&mut list);
                if value == Decimal::ZERO { String::new() } else { figures::number(&value.to_string(), 0) }
            })
        });
        let change = move |event: Event| {
            set(&|list| {
                *part(list) = match event_target_value(&event).trim() {
                    "" => Decimal::ZERO,
                    typed => Decimal::typed(typed, separators()).map_err(copy::untypable)?,
                };
                Ok(())
            });
        };
        view! {
            <label class="field">
                <span class="label">{label}</span>
                <input class="input" inputmode="decimal" autocomplete="off" prop:value=value on:change=change />
                {hint.map(|words| view! { <span class="hint">{words}</span> })}
            </label>
        }
    };
    let has_amounts = pricing.shown.with_untracked(|shown| {
        let off = shown.price.list.discount;
        [off.once, off.monthly, off.yearly].iter().any(|it| *it > Decimal::ZERO)
    });
    let has_hidden = pricing.shown.with_untracked(|shown| !shown.price.list.hidden.is_empty());
    let columns = Detail::ALL.map(|detail| {
        let is_shown = Memo::new(move |_| pricing.shown.with(|shown| !shown.hides(detail)));
        let turn = move |is_shown: bool| {
            set(&|list| {
                if is_shown {
                    list.hidden.remove(&detail);
                } else {
                    list.hidden.insert(detail);
                }
                Ok(())
            });
        };
        view! { <Switch label=copy::column(detail) on=is_shown on_turn=turn /> }
    });
    view! {
        <fieldset class="price-terms">
            <legend class="visually-hidden">{copy::TERMS}</legend>
            <label class="field">
                <span class="label">{copy::CURRENCY}</span>
                <select class="input" disabled=is_locked on:change=pick_currency>{live(currencies)}</select>
                {live(move || is_locked.get().then(|| view! { <span class="hint">{copy::CURRENCY_LOCKED}</span> }))}
            </label>
            {(!pricing.is_list).then(|| view! { <label class="field">
                <span class="label">{copy::MONTHS}</span>
                <input class="input" inputmode="numeric" autocomplete="off" prop:value=list(|list| list.months.to_string()) on:change=set_months />
            </label>
            <label class="field">
                <span class="label">{copy::UNTIL}</span>
                <input class="input" type="date" prop:value=list(|list| list.valid_until.clone()) on:change=set_until />
            </label>
            {off(copy::OFF_ALL, Some(copy::OFF_ALL_HINT), |list| &mut list.discount.percent)} })}
        </fieldset>
        {(!pricing.is_list).then(|| view! { <details class="share-more" open=has_amounts>
            <summary>{copy::OFF_AMOUNTS}</summary>
            <div class="price-terms">
                {off(copy::OFF_ONCE, None, |list| &mut list.discount.once)}
                {off(copy::OFF_MONTHLY, None, |list| &mut list.discount.monthly)}
                {off(copy::OFF_YEARLY, None, |list| &mut list.discount.yearly)}
            </div>
        </details> })}
        {(!pricing.is_list).then(|| view! { <details class="share-more" open=has_hidden>
            <summary>{copy::COLUMNS}</summary>
            <p class="hint">{copy::COLUMNS_HINT}</p>
            <div class="price-shown">{columns.collect_view()}</div>
        </details> })}
        {live(move || wrong.get().map(|words| view! { <p class="price-wrong" role="alert">{words}</p> }))}
    }
}

/// One of the numbers of the discount on everything.
type Part = fn(&mut PriceList) -> &mut Decimal;
