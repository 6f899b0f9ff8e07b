//! What the team counts in, and what other currencies are worth in it.

use leptos::{ev::Event, prelude::*};
use terms::{
    book::{Rate, Rates},
    plan::Day,
    price::{Currency, Decimal},
};
use ui::{Button, ButtonKind, ButtonSize, Dialog, DialogSize, Field as TextField, effect, live};

use super::{Team, copy};
use crate::copy as words;

/// A rate while it is written: of what, from which day on, how much.
#[derive(Clone, Copy)]
struct Row {
    of: RwSignal<String>,
    from: RwSignal<String>,
    rate: RwSignal<String>,
}

impl Row {
    fn new(of: &str, from: String, rate: String) -> Self {
        Self { of: RwSignal::new(of.to_owned()), from: RwSignal::new(from), rate: RwSignal::new(rate) }
    }

    /// None where it is empty, or makes no sense.
    fn read(self) -> Option<Result<Rate, ()>> {
        let (of, from, rate) =
            (self.of.get_untracked(), self.from.get_untracked(), self.rate.get_untracked());
        if rate.trim().is_empty() {
            return None;
        }
        let read = || {
            let rate = Decimal::typed(&rate, Team::separators()).ok().filter(|rate| *rate > Decimal::ZERO)?;
            Some(Rate { of: Currency::parse(&of)?, from: Day::parse(&from)?, rate })
        };
        Some(read().ok_or(()))
    }
}

/// The dialog with them.
#[component]
pub(super) fn CurrencyDialog(team: Team, open: RwSignal<bool>) -> impl IntoView {
    let own = RwSignal::new(String::new());
    let rows = RwSignal::new(Vec::<Row>::new());
    let is_wrong = RwSignal::new(false);
    // What is written lives as long as the dialog's owner, not only as the press that made it.
    let owner = StoredValue::new(Owner::current());
    let add = move |of: &str, from: String, rate: String| {
        let row =
            owner.with_value(|owner| owner.as_ref().map(|owner| owner.with(|| Row::new(of, from, rate))));
        rows.update(|rows| rows.extend(row));
    };
    effect(move || {
        if open.get() {
            let rates = team.book.with_value(session::Book::rates);
            own.set(rates.own.code().to_owned());
            rows.set(Vec::new());
            is_wrong.set(false);
            for rate in &rates.rates {
                add(
                    rate.of.code(),
                    rate.from.to_string(),
                    browser::figures::number(&rate.rate.to_string(), 0),
                );
            }
        }
    });
    let keep = move |()| {
        let read: Vec<Result<Rate, ()>> = rows.get_untracked().into_iter().filter_map(Row::read).collect();
        let rates: Result<Vec<Rate>, ()> = read.into_iter().collect();
        let (Ok(rates), Some(own)) = (rates, Currency::parse(&own.get_untracked())) else {
            return is_wrong.set(true);
        };
        if team.write(|book| book.set_rates(&Rates { own, rates })) {
            open.set(false);
        }
    };
    let currencies = |value: RwSignal<String>, label: &'static str| {
        let option = move |code: &'static str| {
            let name = format!("{code} · {}", browser::figures::currency_name(code));
            view! { <option value=code selected=value.with_untracked(|value| value == code)>{name}</option> }
        };
        view! {
            <select class="input" aria-label=label on:change=move |event: Event| value.set(event_target_value(&event))>
                {Currency::codes().into_iter().map(option).collect_view()}
            </select>
        }
    };
    let row = move |(at, row): (usize, Row)| {
        view! {
            <li>
                {currencies(row.of, copy::OTHER_CURRENCY)}
                <TextField label=copy::WORTH plain=true placeholder=copy::WORTH value=row.rate max_length=30 />
                <TextField label=copy::FROM_DAY plain=true value=row.from kind="date" />
                <Button label=copy::REMOVE icon="trash" icon_only=true kind=ButtonKind::Quiet on_press=move |()| rows.update(|rows| { rows.remove(at); }) />
            </li>
        }
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SAVE_RATES kind=ButtonKind::Primary on_press=keep />
        }
    };
    view! {
        <Dialog open title=copy::CURRENCY close_label=words::CLOSE size=DialogSize::Wide footer>
            <label class="field"><span class="label">{copy::OWN_CURRENCY}</span>{currencies(own, copy::OWN_CURRENCY)}</label>
            <h3>{copy::RATES}</h3>
            <p class="hint">{copy::RATES_HINT}</p>
            <ul class="rates">{live(move || rows.get().into_iter().enumerate().map(row).collect_view())}</ul>
            {live(move || is_wrong.get().then(|| view! { <p class="field-error" role="alert">{copy::RATES_WRONG}</p> }))}
            <Button label=copy::ADD_RATE size=ButtonSize::Small icon="plus" on_press=move |()| add("USD", browser::clock::today(), String::new()) />
        </Dialog>
    }
}
