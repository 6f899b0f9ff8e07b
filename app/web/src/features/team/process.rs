//! How the team sells: its processes, step by step. What is changed here leaves the history of deals as it was.

use leptos::{ev::Event, prelude::*};
use terms::{
    price::Decimal,
    process::{Activity, Evidence, Process, RoomAct, Starter, Step},
};
use ui::{Button, ButtonKind, ButtonSize, Field as TextField, Menu, MenuItem, effect, live};

use super::{
    Team, copy,
    start::{self, FirstProcess},
};

/// The place.
#[component]
pub(super) fn ProcessPage(team: Team) -> impl IntoView {
    let all = Memo::new(move |_| team.look(|book| book.processes().to_vec()));
    let chosen = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| {
        all.with(|all| {
            let wanted = chosen.get();
            all.iter().find(|it| Some(&it.id) == wanted.as_ref()).or_else(|| all.first()).cloned()
        })
    });
    let is_begun = Memo::new(move |_| shown.with(Option::is_some));
    let add = move |process: Process| match team.book.with_value(|book| book.set_process(&process)) {
        Ok(id) => chosen.set(Some(id)),
        Err(problem) => team.handsel.tell(&problem),
    };
    let starter = move |it: Starter| {
        let (name, _) = start::about_starter(it);
        view! { <MenuItem label=name icon="process" on_pick=move |()| add(it.process("", &start::starter)) /> }
    };
    let copied = move |()| {
        if let Some(process) = shown.get_untracked() {
            add(Process {
                id: String::new(),
                name: copy::copy_of(&process.name),
                changes: Vec::new(),
                ..process
            });
        }
    };
    let tabs = move || {
        live(move || {
            let all = all.get();
            let tab = move |it: Process| {
                let id = it.id.clone();
                let current = move || {
                    shown.with(|shown| shown.as_ref().is_some_and(|it| it.id == id)).then_some("true")
                };
                let id = it.id.clone();
                view! { <li><button type="button" class="button" data-kind="quiet" aria-current=current on:click=move |_| chosen.set(Some(id.clone()))>{it.name}</button></li> }
            };
            (all.len() > 1)
                .then(|| view! { <ul class="process-tabs">{all.into_iter().map(tab).collect_view()}</ul> })
        })
    };
    live(move || {
        if !is_begun.get() {
            return view! { <main class="page"><FirstProcess team /></main> }.into_any();
        }
        view! {
            <main class="page process-page">
                <header class="page-head">
                    <div><h1>{copy::PROCESS}</h1><p class="hint">{copy::PROCESS_ABOUT}</p></div>
                    <div class="row">
                        <Menu label=copy::ANOTHER_PROCESS icon="plus">
                            {Starter::ALL.map(starter).collect_view()}
                            <MenuItem label=copy::COPY_THIS icon="copy" on_pick=copied />
                        </Menu>
                    </div>
                </header>
                {tabs()}
                <Editor team kept=shown />
            </main>
        }
        .into_any()
    })
}

/// A process while it is written in. It is kept as a whole, since what is kept together is one version.
#[derive(Clone, Copy)]
struct Editing {
    /// As it is kept.
    kept: Memo<Option<Process>>,
    /// As it is to be.
    shown: RwSignal<Option<Process>>,
}

impl Editing {
    fn change(self, change: impl FnOnce(&mut Process)) {
        self.shown.update(|process| {
            if let Some(process) = process {
                change(process);
            }
        });
    }

    fn is_changed(self) -> bool {
        self.kept.with(|kept| self.shown.with(|shown| kept != shown))
    }

    fn step(self, id: &str, change: impl FnOnce(&mut Step)) {
        self.change(|process| {
            if let Some(step) = process.steps.iter_mut().find(|step| step.id == id) {
                change(step);
            }
        });
    }

    /// A name that no part of the process has.
    fn new_name(self) -> String {
        self.shown.with_untracked(|process| {
            let Some(process) = process else { return "1".to_owned() };
            let taken = |name: &str| {
                process.steps.iter().any(|step| {
                    step.id == name
                        || step.activities.iter().any(|it| it.id == name)
                        || step.evidence.iter().any(|it| it.id == name)
                })
            };
            (1..).map(|number| format!("n{number}")).find(|name| !taken(name)).unwrap_or_default()
        })
    }
}

#[component]
fn Editor(team: Team, kept: Memo<Option<Process>>) -> impl IntoView {
    let shown = RwSignal::new(kept.get_untracked());
    let editing = Editing { kept, shown };
    let last = StoredValue::new(kept.get_untracked());
    effect(move || {
        let now = kept.get();
        let before = last.try_update_value(|last| std::mem::replace(last, now.clone())).flatten();
        // What a colleague keeps meanwhile is shown, unless something is being written here.
        if before.as_ref().map(|it| &it.id) != now.as_ref().map(|it| &it.id)
            || shown.get_untracked() == before
        {
            shown.set(now);
        }
    });
    let save = move |()| {
        if let Some(process) = shown.get_untracked() {
            team.write_saying(copy::PROCESS_SAVED.to_owned(), |book| book.set_process(&process).map(drop));
        }
    };
    let acts = live(move || {
        editing.is_changed().then(|| view! {
            <div class="picked card" role="group" aria-label=copy::NOT_SAVED_YET>
                <strong role="status">{copy::NOT_SAVED_YET}</strong>
                <Button label=copy::SAVE_PROCESS kind=ButtonKind::Primary size=ButtonSize::Small on_press=save />
                <Button label=copy::DISCARD size=ButtonSize::Small on_press=move |()| shown.set(kept.get_untracked()) />
            </div>
        })
    });
    let name = RwSignal::new(String::new());
    effect(move || {
        if let Some(process) = shown.get() {
            name.set(process.name);
        }
    });
    let rename = move |()| {
        let name = name.get_untracked().trim().to_owned();
        if !name.is_empty() {
            editing.change(|process| process.name = name);
        }
    };
    let ids = move || {
        shown.with(|process| {
            process.iter().flat_map(|it| it.live()).map(|step| step.id.clone()).collect::<Vec<_>>()
        })
    };
    let add = move |()| {
        let id = editing.new_name();
        editing.change(|process| {
            let at = process.steps.iter().take_while(|step| !step.is_retired).count();
            process.steps.insert(at, Step { id, name: copy::NEW_STEP.to_owned(), ..Step::default() });
        });
    };
    let version = move || {
        kept.with(|process| {
            let process = process.as_ref()?;
            let last = process.changes.last().map(|it| browser::clock::date(it.at)).unwrap_or_default();
            Some(copy::version(process.version(), &last))
        })
    };
    view! {
        {acts}
        <div class="process-name"><TextField label=copy::PROCESS_NAME value=name max_length=200 on_commit=Callback::new(rename) /><p class="hint">{version}</p></div>
        <ol class="process-steps">
            <For each=ids key=|id: &String| id.clone() let:id><StepCard editing id /></For>
        </ol>
        <div><Button label=copy::ADD_STEP icon="plus" on_press=add /></div>
    }
}

#[component]
fn StepCard(editing: Editing, id: String) -> impl IntoView {
    let id = StoredValue::new(id);
    let step = Memo::new(move |_| {
        editing.shown.with(|process| process.as_ref().and_then(|it| id.with_value(|id| it.step(id).cloned())))
    });
    let change = move |change: &dyn Fn(&mut Step)| id.with_value(|id| editing.step(id, |step| change(step)));
    let field = || RwSignal::new(String::new());
    let (name, days, chance, criteria, questions, tools) =
        (field(), field(), field(), field(), field(), field());
    effect(move || {
        let Some(step) = step.get() else { return };
        let number = |it: Option<Decimal>| {
            it.map(|it| browser::figures::number(&it.to_string(), 0)).unwrap_or_default()
        };
        name.set(step.name);
        days.set(number(step.days));
        chance.set(number(step.chance));
        criteria.set(step.criteria.join("\n"));
        questions.set(step.questions.join("\n"));
        tools.set(step.tools.join("\n"));
    });
    let lines = |text: String| {
        text.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let wrong = RwSignal::new(false);
    let keep = move |()| {
        let number = |text: String| {
            let text = text.trim().to_owned();
            if text.is_empty() { Ok(None) } else { Decimal::typed(&text, Team::separators()).map(Some) }
        };
        let (Ok(days), Ok(chance)) = (number(days.get_untracked()), number(chance.get_untracked())) else {
            return wrong.set(true);
        };
        let is_chance = chance.is_none_or(|it| it >= Decimal::ZERO && it <= Decimal::whole(100));
        let fits = is_chance && days.is_none_or(|it| it >= Decimal::ZERO);
        wrong.set(!fits);
        let called = name.get_untracked().trim().to_owned();
        if !fits || called.is_empty() {
            return;
        }
        let (criteria, questions, tools) =
            (lines(criteria.get_untracked()), lines(questions.get_untracked()), lines(tools.get_untracked()));
        change(&|step| {
            step.name.clone_from(&called);
            (step.days, step.chance) = (days, chance);
            step.criteria.clone_from(&criteria);
            step.questions.clone_from(&questions);
            step.tools.clone_from(&tools);
        });
    };
    let keep = Callback::new(keep);
    let shift = move |by: isize| {
        let own = id.get_value();
        editing.change(|process| {
            let live: Vec<usize> = process
                .steps
                .iter()
                .enumerate()
                .filter(|(_, step)| !step.is_retired)
                .map(|(at, _)| at)
                .collect();
            let Some(place) = live.iter().position(|at| process.steps[*at].id == own) else { return };
            let Some(other) = place.checked_add_signed(by).and_then(|place| live.get(place)) else { return };
            process.steps.swap(live[place], *other);
        });
    };
    let retire = move |()| {
        let own = id.get_value();
        editing.change(|process| process.steps.retain(|step| step.id != own));
    };
    let activities =
        move || step.with(|step| step.iter().flat_map(|it| it.activities.clone()).collect::<Vec<_>>());
    let evidence =
        move || step.with(|step| step.iter().flat_map(|it| it.evidence.clone()).collect::<Vec<_>>());
    let activity = move |it: Activity| {
        let own = StoredValue::new(it.id);
        let write = move |event: Event| {
            let text = event_target_value(&event).trim().to_owned();
            let own = own.get_value();
            change(&|step| match text.is_empty() {
                true => step.activities.retain(|it| it.id != own),
                false => step
                    .activities
                    .iter_mut()
                    .filter(|it| it.id == own)
                    .for_each(|it| it.name.clone_from(&text)),
            });
        };
        view! { <li><input class="input" aria-label=copy::ACTIVITY_NAME maxlength="200" prop:value=it.name on:change=write /></li> }
    };
    let given = move |it: Evidence| {
        let own = StoredValue::new(it.id.clone());
        let write = move |event: Event| {
            let text = event_target_value(&event).trim().to_owned();
            let own = own.get_value();
            change(&|step| match text.is_empty() {
                true => step.evidence.retain(|it| it.id != own),
                false => step
                    .evidence
                    .iter_mut()
                    .filter(|it| it.id == own)
                    .for_each(|it| it.name.clone_from(&text)),
            });
        };
        let set = move |set: &dyn Fn(&mut Evidence)| {
            let own = own.get_value();
            change(&|step| step.evidence.iter_mut().filter(|it| it.id == own).for_each(set));
        };
        let require = move |event: Event| {
            let is_required = event_target_checked(&event);
            set(&|it| it.is_required = is_required);
        };
        let follow = move |event: Event| {
            let follows = RoomAct::parse(&event_target_value(&event));
            set(&|it| it.follows = follows);
        };
        let option = move |act: Option<RoomAct>| {
            let id = act.map(RoomAct::name).unwrap_or_default();
            view! { <option value=id selected=it.follows == act>{copy::room_act(act)}</option> }
        };
        let acts = [None].into_iter().chain(RoomAct::ALL.map(Some));
        view! {
            <li class="process-evidence">
                <input class="input" aria-label=copy::EVIDENCE_NAME maxlength="200" prop:value=it.name.clone() on:change=write />
                <select class="input filter" aria-label=copy::FOLLOWS_FROM on:change=follow>{acts.map(option).collect_view()}</select>
                <label class="process-required"><input type="checkbox" class="tick" prop:checked=it.is_required on:change=require /><span>{copy::REQUIRED}</span></label>
            </li>
        }
    };
    let add_activity = move |()| {
        let new = editing.new_name();
        change(&|step| {
            step.activities.push(Activity { id: new.clone(), name: copy::NEW_ACTIVITY.to_owned() })
        });
    };
    let add_evidence = move |()| {
        let new = editing.new_name();
        change(&|step| {
            step.evidence.push(Evidence {
                id: new.clone(),
                name: copy::NEW_EVIDENCE.to_owned(),
                is_required: true,
                follows: None,
            })
        });
    };
    let error = Signal::derive(move || wrong.get().then(|| copy::DAYS_OR_CHANCE_WRONG.to_owned()));
    view! {
        <li class="card process-step">
            <div class="process-head">
                <TextField label=copy::STEP_NAME value=name max_length=200 on_commit=keep />
                <TextField label=copy::DAYS value=days error max_length=10 on_commit=keep />
                <TextField label=copy::CHANCE value=chance max_length=10 on_commit=keep />
                <Menu label=Signal::derive(move || copy::more_for(&name.get())) icon="more" icon_only=true kind=ButtonKind::Quiet>
                    <MenuItem label=copy::EARLIER icon="up" on_pick=move |()| shift(-1) />
                    <MenuItem label=copy::LATER icon="down" on_pick=move |()| shift(1) />
                    <MenuItem label=copy::RETIRE icon="trash" danger=true on_pick=retire />
                </Menu>
            </div>
            <div class="pairs">
                <section>
                    <h2 data-party="buyer">{copy::EVIDENCE}</h2>
                    <ul class="process-list">{live(move || evidence().into_iter().map(given).collect_view())}</ul>
                    <Button label=copy::ADD_EVIDENCE size=ButtonSize::Small kind=ButtonKind::Quiet icon="plus" on_press=add_evidence />
                </section>
                <section>
                    <h2 data-party="seller">{copy::OUR_PART}</h2>
                    <ul class="process-list">{live(move || activities().into_iter().map(activity).collect_view())}</ul>
                    <Button label=copy::ADD_ACTIVITY size=ButtonSize::Small kind=ButtonKind::Quiet icon="plus" on_press=add_activity />
                </section>
            </div>
            <details>
                <summary>{copy::MORE_OF_STEP}</summary>
                <div class="stack">
                    <TextField label=copy::CRITERIA hint=copy::A_LINE_EACH value=criteria multiline=true max_length=5000 on_commit=keep />
                    <TextField label=copy::QUESTIONS hint=copy::A_LINE_EACH value=questions multiline=true max_length=5000 on_commit=keep />
                    <TextField label=copy::TOOLS hint=copy::A_LINE_EACH value=tools multiline=true max_length=5000 on_commit=keep />
                </div>
            </details>
        </li>
    }
}
