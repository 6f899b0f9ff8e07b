//! What something is worth, as figures: one that goes in, with a stepper, and those that come out. For all screens that show a calculator.

pub(crate) mod copy;

use browser::figures;
use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
};
use terms::{
    price::{Currency, Decimal, Separators},
    roi::{Calculator, Fault, Input, Unit},
};
use ui::live;

/// A number of a calculator in the reader's way of writing.
pub(crate) fn written(number: Decimal, unit: &Unit, currency: Currency) -> String {
    let text = number.to_string();
    match unit {
        Unit::Money => {
            let least = if text.contains('.') { currency.digits() } else { 0 };
            figures::money(&text, currency.code(), least, currency.digits())
        }
        Unit::Named(unit) if unit == "%" => figures::percent(&number.rounded_to(4).to_string()),
        Unit::Named(unit) if unit.is_empty() => figures::number(&text, 0),
        Unit::Named(unit) => copy::of(&figures::number(&text, 0), unit),
    }
}

/// What comes out, in order: the first as a figure by itself, the others as rows below.
pub(crate) fn results(
    calculator: &Calculator,
    figures: &[Result<Decimal, Fault>],
    currency: Currency,
) -> AnyView {
    let called = |fault: &Fault| match fault {
        Fault::RestsOn(name) => {
            calculator.outcomes.iter().find(|it| it.name == *name).map(|it| it.label.as_str())
        }
        _ => None,
    };
    let words = |unit: &Unit, figure: &Result<Decimal, Fault>| match figure {
        Ok(number) => written(*number, unit, currency),
        Err(fault) => copy::no_figure(fault, called(fault).unwrap_or_default()),
    };
    let mut all = calculator.outcomes.iter().zip(figures);
    let first = all.next().map(|(outcome, figure)| {
        let is_figure = figure.is_ok().then_some("price-figure");
        view! {
            <div>
                <p class="price-first">{outcome.label.clone()}</p>
                <p class=is_figure>{words(&outcome.unit, figure)}</p>
            </div>
        }
    });
    let row = |(outcome, figure): (&terms::roi::Outcome, &Result<Decimal, Fault>)| {
        view! { <dt>{outcome.label.clone()}</dt><dd>{words(&outcome.unit, figure)}</dd> }
    };
    let rows = all.map(row).collect_view();
    view! { {first}<dl class="price-sums">{rows}</dl> }.into_any()
}

/// A figure that goes in: written, or stepped by buttons and arrow keys, within what it may be.
#[component]
pub(crate) fn Figure(
    /// As it is in the calculator. Its value says how large the steps are.
    input: Input,
    value: Memo<Decimal>,
    currency: Currency,
    on_set: Callback<Decimal>,
) -> impl IntoView {
    let label = input.label.clone();
    let (fewer, greater, group, name) = (copy::less(&label), copy::more(&label), label.clone(), label);
    let unit = match &input.unit {
        Unit::Money => currency.code().to_owned(),
        Unit::Named(unit) => unit.clone(),
    };
    let field = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(false);
    let by = stride(input.value);
    let (least, most) = (input.least, input.most);
    let input = StoredValue::new(input);
    let step = move |by: Decimal| {
        wrong.set(false);
        on_set.run(input.with_value(|input| input.within(value.get_untracked().plus(by))));
    };
    let type_in = move |event: Event| {
        let (decimal, group) = figures::separators();
        let typed = Decimal::typed(&event_target_value(&event), Separators { decimal, group }).ok();
        let fitting = typed.filter(|typed| input.with_value(|input| input.within(*typed) == *typed));
        wrong.set(fitting.is_none());
        if let Some(fitting) = fitting {
            on_set.run(fitting);
            if let Some(field) = field.get_untracked() {
                field.set_value(&number(value.get_untracked()));
            }
        }
    };
    let by_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowUp" => {
            event.prevent_default();
            step(by);
        }
        "ArrowDown" => {
            event.prevent_default();
            step(by.negated());
        }
        _ => {}
    };
    let at_least = Signal::derive(move || least.is_some_and(|least| value.get() <= least));
    let at_most = Signal::derive(move || most.is_some_and(|most| value.get() >= most));
    let invalid = move || wrong.get().then_some("true");
    let error = live(move || {
        let bound = |bound: Option<Decimal>| bound.map(number);
        wrong.get().then(|| {
            let words = copy::only(bound(least).as_deref(), bound(most).as_deref());
            view! { <span class="field-error" role="alert">{words}</span> }
        })
    });
    view! {
        <span class="figure">
            <span class="quantity" role="group" aria-label=group>
                <button type="button" aria-label=fewer disabled=at_least on:click=move |_| step(by.negated())>"−"</button>
                <input
                    node_ref=field
                    inputmode="decimal"
                    autocomplete="off"
                    aria-label=name
                    aria-invalid=invalid
                    prop:value=move || number(value.get())
                    on:change=type_in
                    on:keydown=by_key
                />
                <button type="button" aria-label=greater disabled=at_most on:click=move |_| step(by)>"+"</button>
            </span>
            <span class="figure-unit">{unit}</span>
            {error}
        </span>
    }
}

/// A number as it is written into a field.
pub(crate) fn number(number: Decimal) -> String {
    figures::number(&number.to_string(), 0)
}

/// How much more or less one step is: one of a hundred steps or so, as a power of ten.
fn stride(of: Decimal) -> Decimal {
    let ten = Decimal::whole(10);
    let (mut by, mut reach) = (Decimal::ONE, Decimal::whole(200));
    while reach < of {
        let (Some(further), Some(larger)) = (reach.checked_times(ten), by.checked_times(ten)) else { break };
        (reach, by) = (further, larger);
    }
    by
}
