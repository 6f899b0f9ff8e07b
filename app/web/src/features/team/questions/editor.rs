//! A question while it is written.

use leptos::{ev::Event, prelude::*};
use session::Problem;
use terms::{
    nugget::Facet,
    question::{Asks, Branch, Choice, Condition, Question},
};
use ui::{Banner, Button, ButtonKind, Dialog, DialogSize, Field as TextField, Tone, effect, live};

use super::{
    super::library::Tags,
    Team,
    condition::{ConditionField, first},
    copy,
    reveals::{RevealRow, Reveals},
};

/// The sorts of tags that a question may have.
const FACETS: [Facet; 4] = [Facet::Step, Facet::Industry, Facet::Product, Facet::Role];

/// What is in the fields. Copies are the same.
#[derive(Clone, Copy)]
struct Fields {
    words: RwSignal<String>,
    hint: RwSignal<String>,
    asks: RwSignal<Asks>,
    unit: RwSignal<String>,
    choices: RwSignal<Vec<Choice>>,
    /// In the order of [`FACETS`], with commas.
    tags: [RwSignal<String>; 4],
    /// The question that it waits for; empty for none.
    ground: RwSignal<String>,
    is: RwSignal<Condition>,
    reveals: RwSignal<Vec<RevealRow>>,
    variable: RwSignal<String>,
    input: RwSignal<String>,
    product: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let field = || RwSignal::new(String::new());
        Self {
            words: field(),
            hint: field(),
            asks: RwSignal::new(Asks::default()),
            unit: field(),
            choices: RwSignal::new(Vec::new()),
            tags: std::array::from_fn(|_| field()),
            ground: field(),
            is: RwSignal::new(Condition::Given),
            reveals: RwSignal::new(Vec::new()),
            variable: field(),
            input: field(),
            product: field(),
        }
    }

    fn show(self, question: &Question) {
        self.words.set(question.words.clone());
        self.hint.set(question.hint.clone());
        self.asks.set(question.asks);
        self.unit.set(question.unit.clone());
        self.choices.set(question.choices.clone());
        for (field, facet) in self.tags.iter().zip(FACETS) {
            field.set(question.tagged(facet).join(", "));
        }
        self.ground.set(question.branch.as_ref().map(|it| it.question.clone()).unwrap_or_default());
        self.is.set(question.branch.as_ref().map_or(Condition::Given, |it| it.is.clone()));
        self.reveals.set(question.reveals.iter().cloned().map(RevealRow::of).collect());
        self.variable.set(question.variable.clone());
        self.input.set(question.input.clone());
        self.product.set(question.product.clone());
    }

    /// The question `before` with what is in the fields.
    fn read(self, before: Question) -> Question {
        let line = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let split = |text: String| {
            text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let asks = self.asks.get_untracked();
        let has_choices = matches!(asks, Asks::One | Asks::Several);
        let has_number = matches!(asks, Asks::Number | Asks::Money);
        let ground = self.ground.get_untracked();
        let mut tags = before.tags.clone();
        for (field, facet) in self.tags.iter().zip(FACETS) {
            tags[facet as usize] = split(field.get_untracked());
        }
        Question {
            words: line(self.words),
            hint: line(self.hint),
            asks,
            unit: if asks == Asks::Number { line(self.unit) } else { String::new() },
            choices: if has_choices { self.choices.get_untracked() } else { Vec::new() },
            tags,
            branch: (!ground.is_empty()).then(|| Branch { question: ground, is: self.is.get_untracked() }),
            reveals: self.reveals.with_untracked(|rows| rows.iter().filter_map(|it| it.read()).collect()),
            variable: line(self.variable),
            input: if has_number { line(self.input) } else { String::new() },
            product: if has_number { line(self.product) } else { String::new() },
            ..before
        }
    }
}

/// The choices that lines are, with the names of those that were there before: by their words, else by their place.
fn choices_of(text: &str, before: &[Choice]) -> Vec<Choice> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let is_known = |line: &&str| before.iter().any(|it| it.words == **line);
    let mut taken: Vec<String> =
        before.iter().filter(|it| lines.contains(&it.words.as_str())).map(|it| it.id.clone()).collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let known = before.iter().find(|it| it.words == *line).filter(|_| is_known(line));
        let same_place = before.get(at).filter(|it| lines.len() == before.len() && !taken.contains(&it.id));
        let id = known.or(same_place).map(|it| it.id.clone()).unwrap_or_else(|| {
            let free = |number: &usize| {
                let id = format!("c{number}");
                !taken.contains(&id) && before.iter().all(|it| it.id != id)
            };
            format!("c{}", (1..).find(free).unwrap_or_default())
        });
        taken.push(id.clone());
        all.push(Choice { id, words: (*line).to_owned() });
    }
    all
}

/// The dialog; `open` names the question, by nothing where it is new.
#[component]
pub(super) fn QuestionDialog(team: Team, open: RwSignal<Option<String>>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let fields = Fields::new();
    let shown = RwSignal::new(Question::default());
    let wrong = RwSignal::new(None::<String>);
    effect(move || {
        let Some(id) = open.get() else { return };
        let question = team.book.with_value(|book| book.questions().iter().find(|it| it.id == id).cloned());
        let question = question.unwrap_or_default();
        fields.show(&question);
        shown.set(question);
        wrong.set(None);
        is_open.set(true);
    });
    effect(move || {
        if !is_open.get() {
            open.set(None);
        }
    });
    let keep = move |()| {
        let question = fields.read(shown.get_untracked());
        let written = team.book.with_value(|book| book.set_question(&question));
        match written {
            Ok(_) => {
                is_open.set(false);
                team.say_with_undo(copy::SAVED.to_owned());
            }
            Err(Problem::Question(fault)) => {
                let named = |id: &str| {
                    let asked = team.book.with_value(|book| {
                        book.questions().iter().find(|it| it.id == id).map(|it| it.words.clone())
                    });
                    asked.unwrap_or_else(|| question.words.clone())
                };
                wrong.set(Some(copy::fault(&fault, named)));
            }
            Err(problem) => team.handsel.tell(&problem),
        }
    };
    let footer = move || {
        view! {
            {live(move || wrong.get().map(|words| view! { <Banner tone=Tone::Danger words /> }))}
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=keep />
        }
    };
    view! {
        <Dialog open=is_open title=copy::EDIT close_label=copy::CLOSE size=DialogSize::Wide footer>
            <Inside team fields id=shown.with_untracked(|it| it.id.clone()) />
        </Dialog>
    }
}

#[component]
fn Inside(team: Team, fields: Fields, id: String) -> impl IntoView {
    let asks = Signal::derive(move || fields.asks.get());
    let choices = Signal::derive(move || fields.choices.get());
    let pick = move |event: Event| {
        let name = event_target_value(&event);
        if let Some(asks) = Asks::ALL.into_iter().find(|it| it.name() == name) {
            fields.asks.set(asks);
            fields.reveals.with_untracked(|rows| rows.iter().for_each(|row| row.begin_anew(asks)));
        }
    };
    let option = move |it: Asks| view! { <option value=it.name() selected=move || fields.asks.get() == it>{copy::asks(it)}</option> };
    let lines = RwSignal::new(
        fields
            .choices
            .with_untracked(|all| all.iter().map(|it| it.words.as_str()).collect::<Vec<_>>().join("\n")),
    );
    effect(move || {
        let text = lines.get();
        let before = fields.choices.get_untracked();
        let after = choices_of(&text, &before);
        if after != before {
            fields.choices.set(after);
        }
    });
    let of_kind = live(move || {
        match fields.asks.get() {
        Asks::One | Asks::Several => view! { <TextField label=copy::CHOICES hint=copy::CHOICES_HINT value=lines multiline=true max_length=5000 /> }.into_any(),
        Asks::Number => view! { <TextField label=copy::UNIT hint=copy::UNIT_HINT value=fields.unit max_length=200 /> }.into_any(),
        _ => ().into_any(),
    }
    });
    let others = team.book.with_value(|book| {
        let questions = book.questions();
        let others = questions.iter().filter(|it| it.id != id);
        others.map(|it| (it.id.clone(), it.words.clone())).collect::<Vec<_>>()
    });
    let ground = Memo::new(move |_| {
        let id = fields.ground.get();
        team.look(|book| book.questions().iter().find(|it| it.id == id).cloned())
    });
    let other = move |(id, words): (String, String)| {
        let own = id.clone();
        view! { <option value=id selected=move || fields.ground.with(|it| *it == own)>{words}</option> }
    };
    let wait = move |event: Event| {
        fields.ground.set(event_target_value(&event));
        if let Some(ground) = ground.get_untracked() {
            fields.is.set(first(ground.asks));
        }
    };
    let has_ground = Memo::new(move |_| ground.with(Option::is_some));
    let ground_asks =
        Signal::derive(move || ground.with(|it| it.as_ref().map(|it| it.asks).unwrap_or_default()));
    let ground_choices = Signal::derive(move || {
        ground.with(|it| it.as_ref().map(|it| it.choices.clone()).unwrap_or_default())
    });
    let like = live(move || {
        has_ground.get().then(|| view! { <ConditionField label=copy::ANSWER_IS asks=ground_asks choices=ground_choices condition=fields.is /> })
    });
    let tags = FACETS.into_iter().zip(fields.tags);
    let tags = tags.map(|(facet, value)| view! { <Tags team facet value /> }).collect_view();
    let of_number =
        live(move || {
            matches!(fields.asks.get(), Asks::Number | Asks::Money).then(|| view! {
            <TextField label=copy::INPUT hint=copy::INPUT_HINT value=fields.input max_length=64 />
            <TextField label=copy::PRODUCT hint=copy::PRODUCT_HINT value=fields.product max_length=200 />
        })
        });
    let of_words = live(move || {
        (fields.asks.get() != Asks::YesNo).then(|| view! { <TextField label=copy::VARIABLE hint=copy::VARIABLE_HINT value=fields.variable max_length=64 /> })
    });
    let gives =
        live(move || (fields.asks.get() != Asks::YesNo).then(|| view! { <legend>{copy::GIVES}</legend> }));
    view! {
        <TextField label=copy::WORDS value=fields.words multiline=true max_length=2000 autofocus=true />
        <TextField label=copy::WHY hint=copy::WHY_HINT value=fields.hint max_length=2000 />
        <label class="field">
            <span class="label">{copy::ASKS}</span>
            <select class="input filter" on:change=pick>{Asks::ALL.map(option).collect_view()}</select>
        </label>
        {of_kind}
        <Reveals rows=fields.reveals asks choices />
        <fieldset class="question-part">
            <legend>{copy::WHEN}</legend>
            <label class="field">
                <span class="label">{copy::ONLY_IF}</span>
                <select class="input filter" on:change=wait>
                    <option value="" selected=move || fields.ground.with(String::is_empty)>{copy::ALWAYS}</option>
                    {others.into_iter().map(other).collect_view()}
                </select>
            </label>
            {like}
            <p class="hint">{copy::WHEN_HINT}</p>
            <div class="nugget-tags">{tags}</div>
        </fieldset>
        <fieldset class="question-part">{gives}{of_words}{of_number}</fieldset>
    }
}
