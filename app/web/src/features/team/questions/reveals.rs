//! The problems that answers to a question reveal.

use leptos::prelude::*;
use terms::question::{Asks, Choice, Condition, Reveal};
use ui::{Button, ButtonKind, ButtonSize, Field as TextField, live};

use super::{
    condition::{ConditionField, first},
    copy,
};

/// A problem while it is written. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct RevealRow {
    id: StoredValue<String>,
    problem: RwSignal<String>,
    is: RwSignal<Condition>,
}

impl RevealRow {
    pub(super) fn of(reveal: Reveal) -> Self {
        Self {
            id: StoredValue::new(reveal.id),
            problem: RwSignal::new(reveal.problem),
            is: RwSignal::new(reveal.is),
        }
    }

    /// What is written, where there is anything.
    pub(super) fn read(self) -> Option<Reveal> {
        let problem = self.problem.get_untracked().trim().to_owned();
        (!problem.is_empty()).then(|| Reveal {
            id: self.id.get_value(),
            problem,
            is: self.is.get_untracked(),
        })
    }

    /// Where answers are of another sort now, it begins anew.
    pub(super) fn begin_anew(self, asks: Asks) {
        self.is.set(first(asks));
    }
}

/// All of them.
#[component]
pub(super) fn Reveals(
    rows: RwSignal<Vec<RevealRow>>,
    asks: Signal<Asks>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let add = move |()| {
        let new = Reveal { id: String::new(), problem: String::new(), is: first(asks.get_untracked()) };
        rows.update(|rows| rows.push(RevealRow::of(new)));
    };
    let row = move |(at, row): (usize, RevealRow)| {
        let remove = move |()| {
            rows.update(|rows| {
                rows.remove(at);
            })
        };
        let label = Signal::derive(move || row.problem.with(|it| copy::remove_problem(it)));
        view! {
            <li class="question-reveal">
                <TextField label=copy::PROBLEM value=row.problem max_length=200 />
                <ConditionField label=copy::IF_ANSWER asks choices condition=row.is />
                <Button label size=ButtonSize::Small kind=ButtonKind::Quiet icon="x" icon_only=true on_press=remove />
            </li>
        }
    };
    view! {
        <fieldset class="question-part">
            <legend>{copy::REVEALS}</legend>
            <p class="hint">{copy::REVEALS_HINT}</p>
            <ul class="calculator-rows">{live(move || rows.get().into_iter().enumerate().map(row).collect_view())}</ul>
            <div><Button label=copy::ADD_PROBLEM size=ButtonSize::Small kind=ButtonKind::Quiet icon="plus" on_press=add /></div>
        </fieldset>
    }
}
