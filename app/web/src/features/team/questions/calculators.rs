//! The calculators of the team.

use leptos::prelude::*;
use terms::{question::english, roi};
use ui::{Button, ButtonKind, EmptyState, live};

use super::calculator::{CalculatorCard, copy};
use super::{Team, shelves};
use crate::route::TeamPlace;

/// The place.
#[component]
pub(super) fn CalculatorsPage(team: Team) -> impl IntoView {
    let ids = Memo::new(move |_| {
        team.look(|book| book.calculators().iter().map(|it| it.id.clone()).collect::<Vec<_>>())
    });
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let begin = move |()| {
        let calculator = roi::starter("", &|key| english(key).to_owned());
        team.write_saying(copy::BEGUN.to_owned(), |book| book.set_calculator(&calculator).map(drop));
    };
    let head = live(move || {
        (!is_empty.get()).then(|| view! { <Button label=copy::ANOTHER icon="plus" on_press=begin /> })
    });
    let body = live(move || {
        if is_empty.get() {
            return view! {
                <EmptyState icon="price" line=copy::EMPTY more=copy::EMPTY_MORE>
                    <Button label=copy::BEGIN kind=ButtonKind::Primary icon="plus" on_press=begin />
                </EmptyState>
            }
            .into_any();
        }
        view! { <For each=move || ids.get() key=|id: &String| id.clone() let:id><CalculatorCard team id /></For> }.into_any()
    });
    view! {
        <main class="page library">
            {shelves(team, TeamPlace::Calculators)}
            <header class="page-head">
                <div><h1>{copy::CALCULATORS}</h1><p class="hint">{copy::ABOUT}</p></div>
                {head}
            </header>
            {body}
        </main>
    }
}
