//! What stands beside the sections of a draft: what was told, what variables stand for, what it costs, what it is worth.

use std::collections::BTreeMap;

use insight::proposal::Source;
use leptos::{ev::Event, prelude::*};
use terms::{
    price::{Choices, Decimal, Line, PriceList},
    roi::Input,
};
use ui::{Badge, Button, ButtonKind, ButtonSize, Field as TextField, Icon, Tone, live};

use super::{Team, copy, heard::problems, proposal::Drafting};
use crate::features::{
    room::price::first_year,
    worth::{self, Figure},
};

/// The problems, and those that nothing answers.
#[component]
pub(super) fn Told(drafting: Drafting) -> impl IntoView {
    let told = Memo::new(move |_| drafting.draft.with(|it| (it.problems.clone(), it.unmet.clone())));
    live(move || {
        let (all, unmet) = told.get();
        let missing = (!unmet.is_empty())
            .then(|| view! { <p class="draft-warn"><Icon name="alert" />{copy::nothing_for(&unmet)}</p> });
        (!all.is_empty()).then(|| view! {
            <section class="card"><div class="card-head"><h2>{copy::PROBLEMS}</h2></div>{problems(drafting.asking, all)}{missing}</section>
        })
    })
}

/// The variables that the draft uses, with what they stand for.
#[component]
pub(super) fn Variables(drafting: Drafting) -> impl IntoView {
    let names = Memo::new(move |_| {
        drafting.draft.with(|it| it.variables().into_iter().map(|(name, _)| name).collect::<Vec<_>>())
    });
    let open = Memo::new(move |_| drafting.draft.with(|it| it.unfilled().len()));
    let has_any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    live(move || {
        let badge = live(move || {
            let count = open.get();
            (count > 0).then(|| view! { <Badge label=copy::unfilled(count) tone=Tone::Warn icon="alert" /> })
        });
        has_any.get().then(|| view! {
            <section class="card">
                <div class="card-head"><h2>{copy::VARIABLES}</h2>{badge}</div>
                <For each=move || names.get() key=|name: &String| name.clone() let:name><Variable drafting name /></For>
            </section>
        })
    })
}

#[component]
fn Variable(drafting: Drafting, name: String) -> impl IntoView {
    let label = name.clone();
    let name = StoredValue::new(name);
    let filled =
        Memo::new(move |_| drafting.draft.with(|it| name.with_value(|name| it.values.get(name).cloned())));
    let value = RwSignal::new(String::new());
    ui::effect(move || value.set(filled.get().map(|it| it.value).unwrap_or_default()));
    let keep = move |()| {
        let to = value.get_untracked();
        let is_same = filled.with_untracked(|it| it.as_ref().map_or("", |it| it.value.as_str()) == to);
        if !is_same {
            drafting.draft.update(|draft| name.with_value(|name| draft.fill(name, &to)));
        }
    };
    let hint = Signal::derive(move || {
        Some(match filled.get() {
            Some(filled) => {
                let question = match &filled.from {
                    Source::Answer(id) => drafting.asking.interview.with(|it| {
                        let asked = it.asked.iter().chain(&it.before).find(|asked| asked.question.id == *id);
                        asked.map(|asked| asked.question.words.clone()).unwrap_or_default()
                    }),
                    _ => String::new(),
                };
                copy::source(&filled.from, &question)
            }
            None => copy::STANDS_FOR_NOTHING.to_owned(),
        })
    });
    view! { <TextField label value hint max_length=2000 on_commit=Callback::new(keep) /> }
}

/// The lines of the price.
#[component]
pub(super) fn Price(drafting: Drafting) -> impl IntoView {
    let shown =
        Memo::new(move |_| drafting.draft.with(|it| (it.lines.clone(), it.unlisted.clone(), it.currency)));
    live(move || {
        let (lines, unlisted, currency) = shown.get();
        let list = PriceList { currency, lines: lines.clone(), ..PriceList::default() };
        let total = first_year(&list, &Choices::default())
            .map(|it| view! { <p class="strong">{copy::first_year(&it)}</p> });
        let has_lines = !lines.is_empty();
        let none = (!has_lines).then(|| view! { <p class="hint">{copy::NO_LINES}</p> });
        let missing =
            (!unlisted.is_empty()).then(|| view! { <p class="hint">{copy::unlisted(&unlisted)}</p> });
        let row = move |line: Line| {
            let (id, own) = (line.id.clone(), line.id.clone());
            let set = move |event: Event| {
                let typed = Decimal::typed(&event_target_value(&event), Team::separators()).ok();
                let typed = typed.filter(|it| *it >= Decimal::ZERO);
                drafting.draft.update(|draft| {
                    let line = draft.lines.iter_mut().find(|line| line.id == id);
                    if let (Some(line), Some(typed)) = (line, typed) {
                        line.quantity = typed;
                    }
                });
            };
            let leave = move |()| drafting.draft.update(|draft| draft.lines.retain(|line| line.id != own));
            view! {
                <li>
                    <span class="grow">{line.name.clone()}</span>
                    <input class="input draft-quantity" inputmode="decimal" aria-label=copy::quantity_of(&line.name) prop:value=worth::number(line.quantity) on:change=set />
                    <Button label=copy::leave_out_of(&line.name) size=ButtonSize::Small kind=ButtonKind::Quiet icon="x" icon_only=true on_press=leave />
                </li>
            }
        };
        let rows =
            has_lines.then(|| view! { <ul class="rows">{lines.into_iter().map(row).collect_view()}</ul> });
        view! {
            <section class="card">
                <div class="card-head"><h2>{copy::PRICE}</h2></div>
                {rows}
                {total}{none}{missing}
            </section>
        }
    })
}

/// The calculator's results with the answers' figures, which can be changed.
#[component]
pub(super) fn Worth(drafting: Drafting) -> impl IntoView {
    let calculator = Memo::new(move |_| drafting.draft.with(|it| it.calculator.clone()));
    let theirs = Memo::new(move |_| drafting.draft.with(|it| it.figures.len()));
    let results = move || {
        live(move || {
            let calculator = calculator.get()?;
            let currency = calculator.currency.unwrap_or_else(|| drafting.draft.with(|it| it.currency));
            Some(worth::results(&calculator, &calculator.reckon(&BTreeMap::new()), currency))
        })
    };
    let leave = move |()| drafting.draft.update(|draft| draft.calculator = None);
    // What is only about its values does not make the fields anew.
    let shape = Memo::new(move |_| {
        calculator.with(|it| {
            let inputs = it.iter().flat_map(|it| &it.inputs);
            inputs.map(|it| Input { value: Decimal::ZERO, ..it.clone() }).collect::<Vec<_>>()
        })
    });
    let is_there = Memo::new(move |_| calculator.with(Option::is_some));
    live(move || {
        let field = move |(at, input): (usize, Input)| {
            let value = Memo::new(move |_| {
                calculator
                    .with(|it| it.as_ref().and_then(|it| Some(it.inputs.get(at)?.value)).unwrap_or_default())
            });
            let currency = drafting.draft.with_untracked(|it| {
                it.calculator.as_ref().and_then(|it| it.currency).unwrap_or(it.currency)
            });
            let set = move |to: Decimal| {
                drafting.draft.update(|draft| {
                    let input = draft.calculator.as_mut().and_then(|it| it.inputs.get_mut(at));
                    if let Some(input) = input {
                        input.value = to;
                    }
                });
            };
            let label = input.label.clone();
            let input = Input { value: value.get_untracked(), ..input };
            view! { <li class="roi-input"><span class="grow">{label}</span><Figure input value currency on_set=Callback::new(set) /></li> }
        };
        is_there.get().then(move || {
            let fields = live(move || shape.get().into_iter().enumerate().map(field).collect_view());
            view! {
                <section class="card">
                    <div class="card-head"><h2>{copy::WORTH}</h2></div>
                    <p class="hint">{move || copy::figures_of_theirs(theirs.get())}</p>
                    <div class="roi-results stack">{results()}</div>
                    <details><summary>{copy::CHANGE_FIGURES}</summary><ul class="rows">{fields}</ul></details>
                    <div><Button label=copy::LEAVE_OUT size=ButtonSize::Small kind=ButtonKind::Quiet icon="x" on_press=leave /></div>
                </section>
            }
        })
    })
}
