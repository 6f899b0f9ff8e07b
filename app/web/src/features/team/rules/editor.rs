//! The dialog in which a rule is written.

mod row;

use leptos::{ev::Event, prelude::*};
use session::Problem;
use terms::rule::{Approvers, Ask, Condition, Effect, Fact, Gate, Rule};
use ui::{
    Button, ButtonKind, ButtonSize, Dialog, DialogSize, Field as TextField, Segment, Segmented, effect, live,
};

use super::{Team, copy, held, said::Writing};
use crate::copy as words;
use row::{Row, RowView};

const APPROVE: &str = "approve";
const WARN: &str = "warn";
const SUGGEST: &str = "suggest";
const BLOCK: &str = "block";

/// A role that is asked, while it is written.
#[derive(Clone, Copy)]
struct Asking {
    role: RwSignal<String>,
    stand_in: RwSignal<String>,
}

/// A rule while it is written. Copies are the same.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    any: RwSignal<bool>,
    rows: RwSignal<Vec<Row>>,
    /// Conditions that stand in each other, which this form cannot show.
    nested: RwSignal<Option<Condition>>,
    kind: RwSignal<&'static str>,
    words: RwSignal<String>,
    asks: RwSignal<Vec<Asking>>,
    in_order: RwSignal<bool>,
    gates: RwSignal<Vec<Gate>>,
    wrong: RwSignal<Option<String>>,
    /// What is written lives as long as the dialog, not only as the press that made it.
    owner: StoredValue<Option<Owner>>,
}

impl Form {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            any: RwSignal::new(false),
            rows: RwSignal::default(),
            nested: RwSignal::new(None),
            kind: RwSignal::new(APPROVE),
            words: RwSignal::default(),
            asks: RwSignal::default(),
            in_order: RwSignal::new(false),
            gates: RwSignal::default(),
            wrong: RwSignal::new(None),
            owner: StoredValue::new(Owner::current()),
        }
    }

    fn within<T>(self, make: impl FnOnce() -> T) -> Option<T> {
        self.owner.with_value(|owner| owner.as_ref().map(|owner| owner.with(make)))
    }

    fn add_row(self, row: impl FnOnce() -> Row) {
        let row = self.within(row);
        self.rows.update(|rows| rows.extend(row));
    }

    fn add_ask(self, role: &str, stand_in: &str) {
        let ask = self.within(|| Asking {
            role: RwSignal::new(role.to_owned()),
            stand_in: RwSignal::new(stand_in.to_owned()),
        });
        self.asks.update(|asks| asks.extend(ask));
    }

    /// Shows a rule; none for a new one.
    fn show(self, rule: Option<&Rule>) {
        self.wrong.set(None);
        self.rows.set(Vec::new());
        self.asks.set(Vec::new());
        self.nested.set(None);
        self.words.set(String::new());
        self.in_order.set(false);
        let Some(rule) = rule else {
            self.name.set(String::new());
            self.any.set(false);
            self.add_row(|| Row::new(Fact::Discount));
            self.kind.set(APPROVE);
            self.add_ask("", "");
            self.gates.set(vec![Gate::Share, Gate::Publish, Gate::Seal, Gate::Countersign, Gate::Export]);
            return;
        };
        self.name.set(rule.name.clone());
        self.gates.set(rule.gates.clone());
        let of = match &rule.condition {
            Condition::All(of) | Condition::Any(of) => of.as_slice(),
            one @ Condition::Where(_) => std::slice::from_ref(one),
        };
        self.any.set(matches!(rule.condition, Condition::Any(_)));
        if of.iter().all(|it| matches!(it, Condition::Where(_))) {
            for condition in of {
                if let Condition::Where(comparison) = condition {
                    self.add_row(|| Row::of(comparison));
                }
            }
        } else {
            self.nested.set(Some(rule.condition.clone()));
        }
        match &rule.effect {
            Effect::Approve(approvers) => {
                self.kind.set(APPROVE);
                self.in_order.set(approvers.in_order);
                for ask in &approvers.asks {
                    self.add_ask(&ask.role, ask.stand_in.as_deref().unwrap_or_default());
                }
            }
            Effect::Warn(words) => (self.kind.set(WARN), self.words.set(words.clone())).1,
            Effect::Suggest(words) => (self.kind.set(SUGGEST), self.words.set(words.clone())).1,
            Effect::Block(words) => (self.kind.set(BLOCK), self.words.set(words.clone())).1,
        }
    }

    /// The rule as it is written, under the name `id`; none where a value cannot be read.
    fn read(self, id: String, is_off: bool) -> Option<Rule> {
        let condition = match self.nested.get_untracked() {
            Some(condition) => condition,
            None => {
                let rows = self.rows.get_untracked();
                let of = rows.into_iter().map(|row| row.read().map(Condition::Where));
                let of = of.collect::<Option<Vec<_>>>()?;
                if self.any.get_untracked() { Condition::Any(of) } else { Condition::All(of) }
            }
        };
        let said = self.words.get_untracked().trim().to_owned();
        let ask = |it: Asking| {
            let stand_in = it.stand_in.get_untracked().trim().to_owned();
            Ask {
                role: it.role.get_untracked().trim().to_owned(),
                stand_in: Some(stand_in).filter(|it| !it.is_empty()),
            }
        };
        let effect = match self.kind.get_untracked() {
            WARN => Effect::Warn(said),
            SUGGEST => Effect::Suggest(said),
            BLOCK => Effect::Block(said),
            _ => Effect::Approve(Approvers {
                asks: self.asks.get_untracked().into_iter().map(ask).collect(),
                in_order: self.in_order.get_untracked(),
            }),
        };
        let gates = self.gates.get_untracked();
        let gates = Gate::ALL.into_iter().filter(|gate| gates.contains(gate)).collect();
        Some(Rule { id, name: self.name.get_untracked().trim().to_owned(), gates, condition, effect, is_off })
    }
}

/// The dialog. `open` has the rule's name among rules, empty for a new one.
#[component]
pub(super) fn RuleDialog(team: Team, open: RwSignal<Option<String>>) -> impl IntoView {
    let form = Form::new();
    let is_open = RwSignal::new(false);
    let kept = move |id: &str| {
        team.book.with_value(|book| book.rules().iter().find(|it| it.rule.id == id).map(|it| it.rule.clone()))
    };
    effect(move || {
        if let Some(id) = open.get() {
            form.show(kept(&id).as_ref());
            is_open.set(true);
        }
    });
    effect(move || {
        if !is_open.get() {
            open.set(None);
        }
    });
    let save = move |()| {
        let Some(id) = open.get_untracked() else { return };
        let is_off = kept(&id).is_some_and(|it| it.is_off);
        let Some(rule) = form.read(id, is_off) else {
            return form.wrong.set(Some(copy::VALUE_ODD.to_owned()));
        };
        let done = team.book.with_value(|book| book.write_rule(&rule));
        match done {
            Ok(_) => {
                is_open.set(false);
                team.say_with_undo(copy::kept(&rule.name));
            }
            Err(Problem::Rule(fault)) => form.wrong.set(Some(copy::fault(fault))),
            Err(problem) => team.handsel.tell(&problem),
        }
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| is_open.set(false) />
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=save />
        }
    };
    let wrong = move || {
        live(move || form.wrong.get().map(|it| view! { <p class="field-error" role="alert">{it}</p> }))
    };
    view! {
        <Dialog open=is_open title=copy::RULE close_label=words::CLOSE size=DialogSize::Wide footer>
            <TextField label=copy::NAME value=form.name max_length=100 autofocus=true />
            <h3>{copy::WHEN}</h3>
            {conditions(team, form)}
            <h3>{copy::THEN}</h3>
            {effects(form)}
            <h3>{copy::AT}</h3>
            {gates(form)}
            {wrong()}
        </Dialog>
    }
}

fn conditions(team: Team, form: Form) -> impl IntoView {
    let pick = move |event: Event| form.any.set(event_target_value(&event) == "any");
    let how = move || {
        live(move || {
            form.rows.with(|rows| rows.len() > 1).then(|| {
                view! {
                    <select class="input filter" aria-label=copy::HOW_MANY on:change=pick>
                        <option value="all">{copy::ALL_HOLD}</option>
                        <option value="any" selected=form.any.get_untracked()>{copy::ANY_HOLDS}</option>
                    </select>
                }
            })
        })
    };
    let row = move |(at, row): (usize, Row)| {
        let remove = move |()| {
            form.rows.update(|rows| {
                rows.remove(at);
            })
        };
        view! {
            <li>
                <RowView row />
                <Button label=copy::REMOVE_CONDITION icon="trash" icon_only=true kind=ButtonKind::Quiet on_press=remove />
            </li>
        }
    };
    let writing = team.book.with_value(Writing::of);
    live(move || {
        if let Some(nested) = form.nested.get() {
            return view! { <p>{writing.when(&nested)}</p><p class="hint">{copy::NESTED}</p> }.into_any();
        }
        let rows = live(move || form.rows.get().into_iter().enumerate().map(row).collect_view());
        view! {
            {how()}
            <ul class="rule-conditions">{rows}</ul>
            <div><Button label=copy::ADD_CONDITION size=ButtonSize::Small icon="plus" on_press=move |()| form.add_row(|| Row::new(Fact::Amount)) /></div>
        }
        .into_any()
    })
}

fn effects(form: Form) -> impl IntoView {
    let segment = |id, effect: Effect| Segment { id, label: copy::effect(&effect).into(), icon: None };
    let segments = vec![
        segment(APPROVE, Effect::Approve(Approvers::default())),
        segment(WARN, Effect::Warn(String::new())),
        segment(SUGGEST, Effect::Suggest(String::new())),
        segment(BLOCK, Effect::Block(String::new())),
    ];
    let ask = move |(at, ask): (usize, Asking)| {
        let remove = move |()| {
            form.asks.update(|asks| {
                asks.remove(at);
            })
        };
        view! {
            <li>
                <TextField label=copy::ROLE value=ask.role max_length=100 />
                <TextField label=copy::STAND_IN optional=copy::STAND_IN_HINT value=ask.stand_in max_length=100 />
                <Button label=copy::REMOVE_ROLE icon="trash" icon_only=true kind=ButtonKind::Quiet on_press=remove />
            </li>
        }
    };
    let body = live(move || {
        if form.kind.get() != APPROVE {
            return view! { <TextField label=copy::WORDS value=form.words multiline=true max_length=2000 /> }
                .into_any();
        }
        let asks = live(move || form.asks.get().into_iter().enumerate().map(ask).collect_view());
        let order = live(move || {
            form.asks.with(|asks| asks.len() > 1).then(|| view! {
                <label class="library-tick"><input type="checkbox" class="tick" prop:checked=form.in_order on:change=move |event| form.in_order.set(event_target_checked(&event)) /><span>{copy::ONE_AFTER_OTHER}</span></label>
            })
        });
        view! {
            <ul class="rule-roles">{asks}</ul>
            {order}
            <div><Button label=copy::ADD_ROLE size=ButtonSize::Small icon="plus" on_press=move |()| form.add_ask("", "") /></div>
        }
        .into_any()
    });
    view! {
        <Segmented label=copy::THEN segments value=form.kind on_pick=move |id| form.kind.set(id) />
        {body}
    }
}

fn gates(form: Form) -> impl IntoView {
    let tick = move |(gate, name): (Gate, &'static str)| {
        let is_on = move || form.gates.with(|gates| gates.contains(&gate));
        let turn = move |event: Event| {
            let is_on = event_target_checked(&event);
            form.gates.update(|gates| {
                gates.retain(|it| *it != gate);
                gates.extend(is_on.then_some(gate));
            });
        };
        view! { <label class="library-tick"><input type="checkbox" class="tick" prop:checked=is_on on:change=turn /><span>{name}</span></label> }
    };
    view! { <div class="row" data-wrap="" role="group" aria-label=copy::AT>{held::gates().map(tick).collect_view()}</div> }
}
