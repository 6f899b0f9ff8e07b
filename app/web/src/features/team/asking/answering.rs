//! How a question is answered: by a press or a key where there is something to choose, else by writing.

use leptos::{
    ev::{Event, KeyboardEvent, SubmitEvent},
    prelude::*,
};
use terms::{
    book::TEXT_MAX,
    price::Decimal,
    question::{Answer, Asks, Question},
};
use ui::{Button, ButtonKind, ButtonSize, live};

use super::{Team, copy, interview::Held};

/// A question's choices, or the field for what is written. `ways` are the other ways on.
#[component]
pub(super) fn Answering(held: Held, question: Question, ways: ViewFn) -> impl IntoView {
    match question.asks {
        Asks::YesNo | Asks::One => view! { <OneOf held question ways /> }.into_any(),
        Asks::Several => view! { <SomeOf held question ways /> }.into_any(),
        Asks::Number | Asks::Money | Asks::Text => view! { <Written held question ways /> }.into_any(),
    }
}

/// What there is to choose, each with the answer that it is.
fn choices(question: &Question) -> Vec<(String, Answer)> {
    if question.asks == Asks::YesNo {
        return vec![(copy::YES.to_owned(), Answer::Yes), (copy::NO.to_owned(), Answer::No)];
    }
    let chosen = |it: &terms::question::Choice| (it.words.clone(), Answer::Chosen(vec![it.id.clone()]));
    question.choices.iter().map(chosen).collect()
}

/// Calls `pick` with the place of the choice whose key is pressed; the keys are 1 to 9.
fn by_number(count: usize, pick: impl Fn(usize) + 'static) {
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat());
        // A tick is no field that is written in.
        let is_ours = !browser::view::is_writing(&event) || browser::view::is_ticking(&event);
        let number = event.key().parse::<usize>().ok().filter(|number| (1..=count).contains(number));
        if let Some(number) = number.filter(|_| is_plain && is_ours) {
            event.prevent_default();
            pick(number - 1);
        }
    });
    on_cleanup(move || keys.remove());
}

/// The key of a choice, for those who see.
fn key(at: usize) -> Option<AnyView> {
    (at < 9)
        .then(|| view! { <kbd class="only-wide" aria-hidden="true">{(at + 1).to_string()}</kbd> }.into_any())
}

/// One is chosen, and that is the answer.
#[component]
fn OneOf(held: Held, question: Question, ways: ViewFn) -> impl IntoView {
    let before = answered(held, &question.id);
    let all = choices(&question);
    let id = StoredValue::new(question.id);
    let answers = StoredValue::new(all.iter().map(|it| it.1.clone()).collect::<Vec<_>>());
    let pick = move |at: usize| {
        if let Some(says) = answers.with_value(|all| all.get(at).cloned()) {
            held.answer(&id.get_value(), &says);
        }
    };
    by_number(all.len(), pick);
    let button = |(at, (words, says)): (usize, (String, Answer))| {
        let is_it = (before.as_ref() == Some(&says)).to_string();
        view! { <button type="button" class="answer" aria-pressed=is_it on:click=move |_| pick(at)>{key(at)}<span>{words}</span></button> }
    };
    view! {
        <div class="answers" role="group" aria-labelledby="ask">{all.into_iter().enumerate().map(button).collect_view()}</div>
        <div class="row" data-wrap="">{ways.run()}<p class="hint push only-wide">{copy::BY_NUMBER}</p></div>
    }
}

/// Some are chosen, then they are the answer.
#[component]
fn SomeOf(held: Held, question: Question, ways: ViewFn) -> impl IntoView {
    let before = match answered(held, &question.id) {
        Some(Answer::Chosen(chosen)) => chosen,
        _ => Vec::new(),
    };
    let chosen = RwSignal::new(before);
    let is_none = RwSignal::new(false);
    let names = StoredValue::new(question.choices.iter().map(|it| it.id.clone()).collect::<Vec<_>>());
    let turn = move |at: usize| {
        let Some(name) = names.with_value(|names| names.get(at).cloned()) else { return };
        is_none.set(false);
        chosen.update(|chosen| match chosen.iter().position(|it| *it == name) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(name),
        });
    };
    // With the keyboard on what was chosen last Enter goes on.
    let by_key = move |at: usize| {
        turn(at);
        browser::view::focus_on(&format!(".answers > :nth-child({}) > input", at + 1));
    };
    by_number(question.choices.len(), by_key);
    let id = StoredValue::new(question.id);
    let keep = move |event: SubmitEvent| {
        event.prevent_default();
        // In the order of the choices, whatever was chosen first.
        let all = chosen.with_untracked(|chosen| {
            names.with_value(|names| {
                names.iter().filter(|it| chosen.contains(it)).cloned().collect::<Vec<_>>()
            })
        });
        is_none.set(all.is_empty());
        if !all.is_empty() {
            held.answer(&id.get_value(), &Answer::Chosen(all));
        }
    };
    let tick = |(at, choice): (usize, terms::question::Choice)| {
        let name = choice.id;
        let is_on = move || chosen.with(|chosen| chosen.contains(&name));
        view! {
            <label class="answer">
                <input type="checkbox" class="tick" prop:checked=is_on on:change=move |_| turn(at) />
                {key(at)}<span>{choice.words}</span>
            </label>
        }
    };
    let error = live(move || {
        is_none.get().then(|| view! { <p class="field-error" role="alert">{copy::CHOOSE_SOME}</p> })
    });
    view! {
        <form class="stack" on:submit=keep>
            <div class="answers" role="group" aria-labelledby="ask">{question.choices.into_iter().enumerate().map(tick).collect_view()}</div>
            {error}
            <div class="row" data-wrap="">
                <Button label=copy::NEXT kind=ButtonKind::Primary size=ButtonSize::Large submit=true />
                {ways.run()}
                <p class="hint push only-wide">{copy::SEVERAL_BY_NUMBER}</p>
            </div>
        </form>
    }
}

/// A number, an amount or words.
#[component]
fn Written(held: Held, question: Question, ways: ViewFn) -> impl IntoView {
    let asks = question.asks;
    let text = RwSignal::new(match answered(held, &question.id) {
        Some(Answer::Number(number)) => crate::features::worth::number(number),
        Some(Answer::Text(text)) => text,
        _ => String::new(),
    });
    let wrong = RwSignal::new(None::<&'static str>);
    let id = StoredValue::new(question.id);
    let keep = move || {
        let typed = text.get_untracked().trim().to_owned();
        let says = match asks {
            _ if typed.is_empty() => Err(copy::WRITE_OR_SKIP),
            Asks::Text => Ok(Answer::Text(typed)),
            _ => Decimal::typed(&typed, Team::separators()).map(Answer::Number).or(Err(copy::NO_NUMBER)),
        };
        wrong.set(says.as_ref().err().copied());
        if let Ok(says) = says {
            held.answer(&id.get_value(), &says);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        keep();
    };
    let write = move |event: Event| {
        wrong.set(None);
        text.set(event_target_value(&event));
    };
    let by_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            keep();
        }
    };
    let invalid = move || wrong.get().map(|_| "true");
    let unit = match asks {
        Asks::Money => held.asking.currency().code().to_owned(),
        _ => question.unit,
    };
    let field = if asks == Asks::Text {
        view! {
            <textarea class="input" rows="4" data-first="" aria-labelledby="ask" aria-invalid=invalid maxlength=TEXT_MAX.to_string()
                prop:value=text on:input=write on:keydown=by_key></textarea>
        }
        .into_any()
    } else {
        view! {
            <div class="row ask-number">
                <input class="input" inputmode="decimal" autocomplete="off" data-first="" aria-labelledby="ask" aria-invalid=invalid maxlength="40" prop:value=text on:input=write />
                <span class="soft">{unit}</span>
            </div>
        }
        .into_any()
    };
    let error =
        live(move || wrong.get().map(|words| view! { <p class="field-error" role="alert">{words}</p> }));
    let hint = if asks == Asks::Text { copy::ENTER_OR_LINE } else { copy::ENTER };
    view! {
        <form class="stack" on:submit=submit>
            {field}
            {error}
            <div class="row" data-wrap="">
                <Button label=copy::NEXT kind=ButtonKind::Primary size=ButtonSize::Large submit=true />
                {ways.run()}
                <p class="hint push only-wide">{hint}</p>
            </div>
        </form>
    }
}

/// What was answered before.
fn answered(held: Held, question: &str) -> Option<Answer> {
    held.asking.interview.with_untracked(|it| {
        let asked = it.asked.iter().chain(&it.before).find(|asked| asked.question.id == question)?;
        asked.answered.as_ref().map(|it| it.says.clone())
    })
}
