//! The rows of a calculator: what goes in, and what comes out by which formula.

use leptos::{ev::Event, prelude::*};
use terms::{
    price::Decimal,
    roi::{FORMULA_MAX, Fault, Formula, Input, Outcome, Syntax, Unit},
};
use ui::{Button, ButtonKind, ButtonSize, live};

use super::{super::Team, Writing, copy};
use crate::features::worth::number;

/// A cell that is written in: its head, its name for screen readers, what is in it, whether that is wrong, what is done with what is written.
fn cell(
    head: &'static str,
    of: Memo<String>,
    value: Memo<String>,
    is_wrong: Signal<bool>,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let name = move || of.with(|of| copy::cell(head, of));
    let invalid = move || is_wrong.get().then_some("true");
    view! {
        <label class="field">
            <span class="label" aria-hidden="true">{head}</span>
            <input class="input" autocomplete="off" spellcheck="false" maxlength="200" aria-label=name aria-invalid=invalid prop:value=value on:change=move |event: Event| write(event_target_value(&event).trim().to_owned()) />
        </label>
    }
    .into_any()
}

fn unit_of(text: &str) -> Unit {
    if text == copy::MONEY { Unit::Money } else { Unit::Named(text.to_owned()) }
}

fn unit_text(unit: &Unit) -> String {
    match unit {
        Unit::Money => copy::MONEY.to_owned(),
        Unit::Named(unit) => unit.clone(),
    }
}

/// Something that goes in.
#[component]
pub(super) fn InputRow(writing: Writing, at: usize) -> impl IntoView {
    let draft = writing.draft;
    let part = move |part: fn(&Input) -> String| {
        Memo::new(move |_| draft.with(|it| it.inputs.get(at).map(part).unwrap_or_default()))
    };
    let change = move |change: &dyn Fn(&mut Input)| {
        writing.change(|it| {
            if let Some(input) = it.inputs.get_mut(at) {
                change(input);
            }
        });
    };
    let of = part(|it| it.label.clone());
    let fault = Memo::new(move |_| {
        let name = draft.with(|it| it.inputs.get(at).map(|it| it.name.clone()))?;
        writing.fault.get().filter(|it| it.name == name).map(|it| it.fault)
    });
    let right = Signal::derive(|| false);
    let bad_name = Signal::derive(move || matches!(fault.get(), Some(Fault::BadName)));
    let bad_bounds = Signal::derive(move || matches!(fault.get(), Some(Fault::Bounds)));
    let typed = RwSignal::new(false);
    let number_of = move |text: String, set: fn(&mut Input, Option<Decimal>), may_be_none: bool| {
        let read =
            if text.is_empty() { Ok(None) } else { Decimal::typed(&text, Team::separators()).map(Some) };
        match read {
            Ok(read) if read.is_some() || may_be_none => {
                typed.set(false);
                change(&|it| set(it, read));
            }
            _ => typed.set(true),
        }
    };
    let remove = move |()| writing.change(|it| drop(it.inputs.remove(at)));
    let told = live(move || {
        let words = if typed.get() {
            Some(copy::NO_NUMBER.to_owned())
        } else {
            fault.get().map(|it| copy::fault(&it))
        };
        words.map(|words| view! { <p class="field-error" role="alert">{words}</p> })
    });
    let label = Signal::derive(move || of.with(|of| copy::remove_row(of)));
    view! {
        <li>
            <div class="calculator-row">
                {cell(copy::LABEL, of, of, right, move |text| change(&|it| it.label.clone_from(&text)))}
                {cell(copy::NAME, of, part(|it| it.name.clone()), bad_name, move |text| change(&|it| it.name.clone_from(&text)))}
                {cell(copy::UNIT, of, part(|it| unit_text(&it.unit)), right, move |text| change(&|it| it.unit = unit_of(&text)))}
                {cell(copy::VALUE, of, part(|it| number(it.value)), bad_bounds, move |text| number_of(text, |it, to| it.value = to.unwrap_or_default(), false))}
                {cell(copy::LEAST, of, part(|it| it.least.map(number).unwrap_or_default()), bad_bounds, move |text| number_of(text, |it, to| it.least = to, true))}
                {cell(copy::MOST, of, part(|it| it.most.map(number).unwrap_or_default()), bad_bounds, move |text| number_of(text, |it, to| it.most = to, true))}
                <Button label size=ButtonSize::Small kind=ButtonKind::Quiet icon="x" icon_only=true on_press=remove />
            </div>
            {told}
        </li>
    }
}

/// Something that comes out.
#[component]
pub(super) fn OutcomeRow(writing: Writing, at: usize) -> impl IntoView {
    let draft = writing.draft;
    let part = move |part: fn(&Outcome) -> String| {
        Memo::new(move |_| draft.with(|it| it.outcomes.get(at).map(part).unwrap_or_default()))
    };
    let change = move |change: &dyn Fn(&mut Outcome)| {
        writing.change(|it| {
            if let Some(outcome) = it.outcomes.get_mut(at) {
                change(outcome);
            }
        });
    };
    let of = part(|it| it.label.clone());
    let formula = part(|it| it.formula.clone());
    let fault = Memo::new(move |_| {
        let (name, text) =
            draft.with(|it| it.outcomes.get(at).map(|it| (it.name.clone(), it.formula.clone())))?;
        match Formula::parse(&text) {
            Err(syntax) => Some(Fault::Syntax(syntax)),
            Ok(_) => writing.fault.get().filter(|it| it.name == name).map(|it| it.fault),
        }
    });
    let right = Signal::derive(|| false);
    let bad_name = Signal::derive(move || matches!(fault.get(), Some(Fault::BadName)));
    let invalid =
        move || fault.with(|it| it.as_ref().is_some_and(|it| *it != Fault::BadName)).then_some("true");
    let remove = move |()| writing.change(|it| drop(it.outcomes.remove(at)));
    let write = move |event: Event| {
        let text = event_target_value(&event);
        change(&|it| it.formula.clone_from(&text));
    };
    let told = live(move || {
        let fault = fault.get()?;
        let place = match fault {
            Fault::Syntax(syntax) => Some(marked(&formula.get(), syntax)),
            _ => None,
        };
        Some(view! { <p class="field-error" role="alert">{copy::fault(&fault)}{place}</p> })
    });
    let name = move || of.with(|of| copy::cell(copy::FORMULA, of));
    let label = Signal::derive(move || of.with(|of| copy::remove_row(of)));
    view! {
        <li>
            <div class="calculator-row" data-kind="outcome">
                {cell(copy::LABEL, of, of, right, move |text| change(&|it| it.label.clone_from(&text)))}
                {cell(copy::NAME, of, part(|it| it.name.clone()), bad_name, move |text| change(&|it| it.name.clone_from(&text)))}
                {cell(copy::UNIT, of, part(|it| unit_text(&it.unit)), right, move |text| change(&|it| it.unit = unit_of(&text)))}
                <Button label size=ButtonSize::Small kind=ButtonKind::Quiet icon="x" icon_only=true on_press=remove />
                <label class="field">
                    <span class="label" aria-hidden="true">{copy::FORMULA}</span>
                    <input class="input formula" autocomplete="off" spellcheck="false" maxlength=FORMULA_MAX.to_string() aria-label=name aria-invalid=invalid prop:value=formula on:input=write />
                </label>
            </div>
            {told}
        </li>
    }
}

/// The formula with the place marked where it goes wrong.
fn marked(text: &str, syntax: Syntax) -> AnyView {
    let mut units = 0;
    let at = text.char_indices().find(|(_, char)| {
        let is_there = units >= syntax.at;
        units += char.len_utf16();
        is_there
    });
    let (before, rest) = text.split_at(at.map_or(text.len(), |(at, _)| at));
    let mut rest = rest.chars();
    let here = rest.next().map_or_else(|| copy::END.to_owned(), String::from);
    view! { <code class="formula">{before.to_owned()}<mark>{here}</mark>{rest.as_str().to_owned()}</code> }
        .into_any()
}
