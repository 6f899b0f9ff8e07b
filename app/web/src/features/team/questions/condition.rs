//! What an answer is to be like: for what waits on it, and for what it reveals.

use leptos::{ev::Event, prelude::*};
use terms::{
    price::Decimal,
    question::{Asks, Choice, Condition},
};
use ui::{live, unique_id};

use super::{Team, copy};

/// The conditions on an answer of this sort, to choose from.
fn kinds(asks: Asks) -> Vec<(&'static str, &'static str)> {
    let mut kinds = vec![("given", copy::ANY)];
    match asks {
        Asks::YesNo => kinds.extend([("yes", copy::YES), ("no", copy::NO)]),
        Asks::One | Asks::Several => kinds.push(("chosen", copy::CHOSEN)),
        Asks::Number | Asks::Money => kinds.extend([("least", copy::AT_LEAST), ("most", copy::AT_MOST)]),
        Asks::Text => {}
    }
    kinds
}

fn kind(condition: &Condition) -> &'static str {
    match condition {
        Condition::Given => "given",
        Condition::Yes => "yes",
        Condition::No => "no",
        Condition::Chosen(_) => "chosen",
        Condition::AtLeast(_) => "least",
        Condition::AtMost(_) => "most",
    }
}

/// A condition to begin with, where an answer of another sort makes the one before mean nothing.
pub(super) fn first(asks: Asks) -> Condition {
    match asks {
        Asks::YesNo => Condition::Yes,
        Asks::One | Asks::Several => Condition::Chosen(Vec::new()),
        Asks::Number | Asks::Money => Condition::AtLeast(Decimal::ZERO),
        Asks::Text => Condition::Given,
    }
}

/// A condition on an answer of some sort.
#[component]
pub(super) fn ConditionField(
    label: &'static str,
    asks: Signal<Asks>,
    choices: Signal<Vec<Choice>>,
    condition: RwSignal<Condition>,
) -> impl IntoView {
    let id = unique_id("condition");
    let shown = Memo::new(move |_| condition.with(kind));
    let pick = move |event: Event| {
        let number = condition.with_untracked(|it| match it {
            Condition::AtLeast(number) | Condition::AtMost(number) => *number,
            _ => Decimal::ZERO,
        });
        condition.set(match event_target_value(&event).as_str() {
            "yes" => Condition::Yes,
            "no" => Condition::No,
            "chosen" => Condition::Chosen(Vec::new()),
            "least" => Condition::AtLeast(number),
            "most" => Condition::AtMost(number),
            _ => Condition::Given,
        });
    };
    let options = live(move || {
        let option = |(name, words): (&'static str, &'static str)| {
            view! { <option value=name selected=move || shown.get() == name>{words}</option> }
        };
        kinds(asks.get()).into_iter().map(option).collect_view()
    });
    let write = move |event: Event| {
        let Ok(number) = Decimal::typed(&event_target_value(&event), Team::separators()) else { return };
        condition.update(|it| {
            if let Condition::AtLeast(own) | Condition::AtMost(own) = it {
                *own = number;
            }
        });
    };
    let detail = live(move || match shown.get() {
        "least" | "most" => {
            let number = condition.with_untracked(|it| match it {
                Condition::AtLeast(number) | Condition::AtMost(number) => {
                    crate::features::worth::number(*number)
                }
                _ => String::new(),
            });
            view! { <input class="input" inputmode="decimal" aria-label=copy::NUMBER maxlength="40" prop:value=number on:input=write /> }.into_any()
        }
        "chosen" => {
            let tick = move |choice: Choice| {
                let (own, turned) = (choice.id.clone(), choice.id);
                let is_on =
                    move || condition.with(|it| matches!(it, Condition::Chosen(any) if any.contains(&own)));
                let turn = move |event: Event| {
                    let is_in = event_target_checked(&event);
                    condition.update(|it| {
                        if let Condition::Chosen(any) = it {
                            any.retain(|id| *id != turned);
                            if is_in {
                                any.push(turned.clone());
                            }
                        }
                    });
                };
                view! { <label class="library-tick"><input type="checkbox" class="tick" prop:checked=is_on on:change=turn /><span>{choice.words}</span></label> }
            };
            view! { <div class="row" data-wrap="" role="group" aria-label=copy::WHICH>{live(move || choices.get().into_iter().map(tick).collect_view())}</div> }.into_any()
        }
        _ => ().into_any(),
    });
    view! {
        <div class="field">
            <label class="label" for=id.clone()>{label}</label>
            <select class="input filter" id=id on:change=pick>{options}</select>
            {detail}
        </div>
    }
}
