//! Trying a calculator out while it is written.

use std::collections::BTreeMap;

use leptos::prelude::*;
use terms::{price::Decimal, roi::Input};
use ui::live;

use super::{Writing, copy};
use crate::features::worth::{Figure, results};

/// Its figures to play with, and what they come to.
#[component]
pub(super) fn TryOut(writing: Writing) -> impl IntoView {
    let draft = writing.draft;
    let tried = RwSignal::new(BTreeMap::<String, Decimal>::new());
    // What is only about its values does not make the fields anew.
    let shape = Memo::new(move |_| {
        draft.with(|it| {
            it.inputs.iter().map(|it| Input { value: Decimal::ZERO, ..it.clone() }).collect::<Vec<_>>()
        })
    });
    let field = move |input: Input| {
        let name = StoredValue::new(input.name.clone());
        let value = Memo::new(move |_| {
            let tried = tried.with(|tried| name.with_value(|name| tried.get(name).copied()));
            draft.with(|it| {
                let input = name.with_value(|name| it.inputs.iter().find(|it| it.name == *name));
                input.map(|it| it.within(tried.unwrap_or(it.value))).unwrap_or_default()
            })
        });
        let set = move |to: Decimal| {
            tried.update(|tried| {
                tried.insert(name.get_value(), to);
            })
        };
        let label = input.label.clone();
        let currency = writing.currency();
        let input = Input { value: value.get_untracked(), ..input };
        view! { <li class="roi-input"><span class="grow">{label}</span><Figure input value currency on_set=Callback::new(set) /></li> }
    };
    let fields = live(move || shape.get().into_iter().map(field).collect_view());
    let comes = live(move || {
        let currency = writing.currency();
        draft.with(|it| tried.with(|tried| results(it, &it.reckon(tried), currency)))
    });
    view! {
        <section class="card" aria-label=copy::TRY>
            <h3>{copy::TRY}</h3>
            <div class="roi-results stack" role="status">{comes}</div>
            <ul class="rows">{fields}</ul>
        </section>
    }
}
