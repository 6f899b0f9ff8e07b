//! The questions in their order.

use leptos::{ev::KeyboardEvent, prelude::*};
use session::Book;
use terms::question::{Question, english, starter, stranded};
use ui::{Badge, Banner, Button, ButtonKind, EmptyState, Menu, MenuItem, Tone, live};

use super::{Team, copy, editor::QuestionDialog, shelves};
use crate::route::TeamPlace;

/// The place.
#[component]
pub(super) fn QuestionsPage(team: Team) -> impl IntoView {
    // The question that is written: its name, empty for a new one.
    let open = RwSignal::new(None::<String>);
    let ids = Memo::new(move |_| {
        team.look(|book| book.questions().iter().map(|it| it.id.clone()).collect::<Vec<_>>())
    });
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let lost = Memo::new(move |_| {
        team.look(|book| {
            let questions = book.questions();
            let lost = stranded(&questions);
            questions.iter().filter(|it| lost.contains(&it.id)).map(|it| it.words.clone()).collect::<Vec<_>>()
        })
    });
    let warning = move || {
        live(move || {
            let lost = lost.get();
            (!lost.is_empty())
                .then(|| view! { <Banner tone=Tone::Warn words=copy::asked_of_nobody(&lost) /> })
        })
    };
    let begin = move |()| {
        let all = starter(&|key| english(key).to_owned());
        team.write_saying(copy::begun(all.len()), |book| book.set_questions(&all));
    };
    let new = move |()| open.set(Some(String::new()));
    let head = live(move || {
        (!is_empty.get())
            .then(|| view! { <Button label=copy::NEW kind=ButtonKind::Primary icon="plus" on_press=new /> })
    });
    let body = live(move || {
        if is_empty.get() {
            return view! {
                <EmptyState icon="question" line=copy::EMPTY more=copy::EMPTY_MORE>
                    <Button label=copy::BEGIN kind=ButtonKind::Primary icon="list" on_press=begin />
                    <Button label=copy::NEW icon="plus" on_press=new />
                </EmptyState>
            }
            .into_any();
        }
        view! {
            {warning()}
            <ol class="nugget-list card" data-flush="">
                <For each=move || ids.get() key=|id: &String| id.clone() let:id><Row team id open /></For>
            </ol>
            <p class="hint">{copy::KEYS}</p>
        }
        .into_any()
    });
    view! {
        <main class="page library">
            {shelves(team, TeamPlace::Questions)}
            <header class="page-head">
                <div><h1>{copy::QUESTIONS}</h1><p class="hint">{copy::ABOUT}</p></div>
                {head}
            </header>
            {body}
        </main>
        <QuestionDialog team open />
    }
}

#[component]
fn Row(team: Team, id: String, open: RwSignal<Option<String>>) -> impl IntoView {
    let own = StoredValue::new(id);
    let shown = Memo::new(move |_| {
        team.look(|book| {
            let questions = book.questions();
            let question = own.with_value(|id| questions.iter().find(|it| it.id == *id).cloned())?;
            let is_lost = stranded(&questions).contains(&question.id);
            Some((about(&question, &questions), question, is_lost))
        })
    });
    let words = move || shown.with(|it| it.as_ref().map(|it| it.1.words.clone()));
    let called = Signal::derive(move || copy::more_for(&words().unwrap_or_default()));
    let asks = move || shown.with(|it| it.as_ref().map(|it| copy::asks(it.1.asks)));
    let reveals = move || {
        shown.with(|it| {
            let problems = it.iter().flat_map(|it| &it.1.reveals).map(|it| it.problem.clone());
            problems.collect::<Vec<_>>().join(" · ")
        })
    };
    let about = move || shown.with(|it| it.as_ref().map(|it| it.0.clone()));
    let lost = live(move || {
        let is_lost = shown.with(|it| it.as_ref().is_some_and(|it| it.2));
        is_lost.then(|| view! { <Badge label=copy::NOBODY tone=Tone::Warn icon="alert" /> })
    });
    let shift = move |by: isize| own.with_value(|id| shift(team, id, by));
    let by_key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => -1,
            "ArrowDown" => 1,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            shift(by);
        }
    };
    let remove = move |()| {
        let id = own.get_value();
        let mut lost = Vec::new();
        let is_done = team.write(|book| {
            lost = book.remove_questions(&[id])?;
            Ok(())
        });
        if is_done {
            team.say_with_undo(copy::removed(&named(team, &lost)));
        }
    };
    let mark = own.get_value();
    view! {
        <li class="nugget-row">
            <span class="nugget-kind">{asks}</span>
            <div class="nugget-name">
                <button type="button" class="nugget-open" data-question=mark on:click=move |_| open.set(Some(own.get_value())) on:keydown=by_key>{words}</button>
                <p>{reveals}</p>
            </div>
            <p class="nugget-about hint">{about}</p>
            <span class="nugget-badges">
                {lost}
                <Menu label=called icon="more" icon_only=true kind=ButtonKind::Quiet>
                    <MenuItem label=copy::UP icon="up" on_pick=move |()| shift(-1) />
                    <MenuItem label=copy::DOWN icon="down" on_pick=move |()| shift(1) />
                    <MenuItem label=copy::REMOVE icon="trash" danger=true on_pick=remove />
                </Menu>
            </span>
        </li>
    }
}

/// On which answer it waits.
fn about(question: &Question, all: &[Question]) -> String {
    let Some(branch) = &question.branch else { return String::new() };
    match all.iter().find(|it| it.id == branch.question) {
        Some(ground) => copy::only_if(&ground.words, &copy::condition(&branch.is, ground)),
        None => copy::GROUND_GONE.to_owned(),
    }
}

fn named(team: Team, ids: &[String]) -> Vec<String> {
    team.book.with_value(|book| {
        book.questions().iter().filter(|it| ids.contains(&it.id)).map(|it| it.words.clone()).collect()
    })
}

/// One place up or down; it keeps the keyboard.
fn shift(team: Team, id: &str, by: isize) {
    let place = |book: &Book| book.questions().iter().position(|it| it.id == id);
    let Some(at) = team.book.with_value(place).and_then(|at| at.checked_add_signed(by)) else { return };
    if team.write(|book| book.move_question(id, at)) {
        let selector = format!("[data-question=\"{id}\"]");
        browser::timers::spawn(async move {
            browser::timers::frame().await;
            browser::view::focus_on(&selector);
        });
    }
}
