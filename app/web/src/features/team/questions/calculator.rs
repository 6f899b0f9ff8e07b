//! A calculator while it is written, and beside it what it comes to.

pub(super) mod copy;
mod rows;
mod trying;

use leptos::prelude::*;
use session::Problem;
use terms::{
    price::Currency,
    roi::{Calculator, Faulty, Input, Outcome},
};
use ui::{
    Badge, Banner, Button, ButtonKind, ButtonSize, Field as TextField, Menu, MenuItem, Tone, effect, live,
};

use super::Team;
use rows::{InputRow, OutcomeRow};
use trying::TryOut;

/// A calculator on the screen. Copies are the same.
#[derive(Clone, Copy)]
struct Writing {
    team: Team,
    /// As it is on the screen.
    draft: RwSignal<Calculator>,
    /// What is wrong with it as a whole.
    fault: Memo<Option<Faulty>>,
}

/// The card.
#[component]
pub(super) fn CalculatorCard(team: Team, id: String) -> impl IntoView {
    let own = StoredValue::new(id);
    let kept = Memo::new(move |_| {
        team.look(|book| own.with_value(|id| book.calculators().iter().find(|it| it.id == *id).cloned()))
    });
    let draft = RwSignal::new(kept.get_untracked().unwrap_or_default());
    let fault = Memo::new(move |_| draft.with(|it| it.check().err()));
    let writing = Writing { team, draft, fault };
    let seen = StoredValue::new(kept.get_untracked());
    // What a colleague wrote is shown at once, unless something is being written here.
    effect(move || {
        let now = kept.get();
        let is_untouched = draft.with_untracked(|draft| seen.with_value(|seen| seen.as_ref() == Some(draft)));
        if let Some(now) = now.clone().filter(|_| is_untouched) {
            draft.set(now);
        }
        seen.set_value(now);
    });
    let is_changed = Memo::new(move |_| kept.with(|kept| draft.with(|draft| kept.as_ref() != Some(draft))));
    let save = move |()| writing.save();
    let discard = move |()| {
        if let Some(kept) = kept.get_untracked() {
            draft.set(kept);
        }
    };
    let remove = move |()| {
        let id = own.get_value();
        team.write_saying(copy::REMOVED.to_owned(), |book| book.remove_calculator(&id));
    };
    let title = RwSignal::new(String::new());
    effect(move || title.set(draft.with(|it| it.title.clone())));
    let retitle = move |()| writing.change(|it| it.title = title.get_untracked());
    let named = move || draft.with(|it| it.title.clone());
    let more = Signal::derive(move || copy::more_for(&named()));
    let acts = live(move || {
        is_changed.get().then(|| {
            let blocked = Signal::derive(move || writing.told());
            view! {
                <Badge label=copy::NOT_SAVED tone=Tone::Warn icon="pen" />
                <Button label=copy::DISCARD kind=ButtonKind::Quiet on_press=discard />
                <Button label=copy::SAVE kind=ButtonKind::Primary blocked on_press=save />
            }
        })
    });
    let own_fault = live(move || {
        let is_shown = |fault: &Faulty| {
            let is_row = |name: &str| {
                draft.with(|it| {
                    it.inputs.iter().any(|it| it.name == name) || it.outcomes.iter().any(|it| it.name == name)
                })
            };
            fault.name.is_empty() || !is_row(&fault.name)
        };
        fault.get().filter(is_shown)?;
        Some(view! { <Banner tone=Tone::Warn words=writing.told().unwrap_or_default() /> })
    });
    let inputs = Memo::new(move |_| draft.with(|it| it.inputs.len()));
    let outcomes = Memo::new(move |_| draft.with(|it| it.outcomes.len()));
    let add_input = move |()| {
        writing.change(|it| {
            let name = free_name(it, "input");
            it.inputs.push(Input { label: copy::NEW_INPUT.to_owned(), name, ..Input::default() });
        })
    };
    let add_outcome = move |()| {
        writing.change(|it| {
            let name = free_name(it, "outcome");
            it.outcomes.push(Outcome {
                label: copy::NEW_OUTCOME.to_owned(),
                name,
                formula: "0".to_owned(),
                ..Outcome::default()
            });
        })
    };
    view! {
        <section class="with-rail" aria-label=named>
            <div class="card">
            <div class="card-head">
                <h2>{named}</h2>
                <div class="row" data-wrap="">
                    {acts}
                    <Menu label=more icon="more" icon_only=true kind=ButtonKind::Quiet>
                        <MenuItem label=copy::REMOVE icon="trash" danger=true on_pick=remove />
                    </Menu>
                </div>
            </div>
            {own_fault}
                <div class="stack">
                    <TextField label=copy::TITLE value=title max_length=200 on_commit=Callback::new(retitle) />
                    <div class="question-part">
                        <h3>{copy::INPUTS}</h3>
                        <ul class="calculator-rows">{live(move || (0..inputs.get()).map(|at| view! { <InputRow writing at /> }).collect_view())}</ul>
                        <div><Button label=copy::ADD_INPUT size=ButtonSize::Small kind=ButtonKind::Quiet icon="plus" on_press=add_input /></div>
                    </div>
                    <div class="question-part">
                        <h3>{copy::OUTCOMES}</h3>
                        <p class="hint">{copy::FORMULA_HINT}</p>
                        <ul class="calculator-rows">{live(move || (0..outcomes.get()).map(|at| view! { <OutcomeRow writing at /> }).collect_view())}</ul>
                        <div><Button label=copy::ADD_OUTCOME size=ButtonSize::Small kind=ButtonKind::Quiet icon="plus" on_press=add_outcome /></div>
                    </div>
                </div>
            </div>
            <TryOut writing />
        </section>
    }
}

/// A name that nothing in it has yet.
fn free_name(calculator: &Calculator, stem: &str) -> String {
    let is_free = |name: &String| {
        calculator.inputs.iter().all(|it| it.name != *name)
            && calculator.outcomes.iter().all(|it| it.name != *name)
    };
    let mut names = (1..).map(|number| format!("{stem}{number}"));
    names.find(is_free).unwrap_or_else(|| stem.to_owned())
}

impl Writing {
    fn change(self, change: impl FnOnce(&mut Calculator)) {
        self.draft.update(change);
    }

    /// What amounts are in while it is tried out.
    fn currency(self) -> Currency {
        let own = self.draft.with(|it| it.currency);
        own.unwrap_or_else(|| self.team.look(|book| book.rates().own))
    }

    /// What is wrong with it, in words.
    fn told(self) -> Option<String> {
        let faulty = self.fault.get()?;
        let label = self.draft.with(|it| {
            let input = it.inputs.iter().find(|it| it.name == faulty.name).map(|it| it.label.clone());
            let outcome = || it.outcomes.iter().find(|it| it.name == faulty.name).map(|it| it.label.clone());
            input.or_else(outcome).unwrap_or_default()
        });
        Some(copy::in_row(&label, &copy::fault(&faulty.fault)))
    }

    fn save(self) {
        let draft = self.draft.get_untracked();
        match self.team.book.with_value(|book| book.set_calculator(&draft)) {
            Ok(_) => self.team.say_with_undo(copy::SAVED.to_owned()),
            // It is said where it stands.
            Err(Problem::Calculator(_)) => {}
            Err(problem) => self.team.handsel.tell(&problem),
        }
    }
}
