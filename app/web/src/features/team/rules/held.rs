//! What holds an act back, why, and asking whoever may let it pass.

use leptos::prelude::*;
use model::{RoomId, Standing};
use session::{Book, Held, Problem};
use terms::{
    approval::{Match, Missing, Requested, Said, Statement},
    rule::Gate,
};
use ui::{Badge, Button, ButtonKind, Dialog, DialogSize, Field as TextField, LinkButton, Tone, live};

use super::{
    copy,
    said::{self, Writing},
};
use crate::{
    copy as words,
    handsel::Handsel,
    route::{Route, TeamPlace},
};

/// A team whose rules hold it back.
#[derive(Clone)]
struct Ours {
    team: RoomId,
    book: Book,
}

/// The dialog. It is open while `handsel.is_held` says so.
#[component]
pub(super) fn HeldDialog(handsel: Handsel) -> impl IntoView {
    let teams: RwSignal<Vec<Ours>, LocalStorage> = RwSignal::new_local(Vec::new());
    ui::effect(move || {
        let Some(held) = handsel.held.get() else { return };
        browser::timers::spawn(async move {
            match teams_of(handsel, &held).await {
                Ok(found) => drop(teams.try_set(found)),
                Err(problem) => handsel.tell(&problem),
            }
        });
    });
    let body = move || {
        live(move || {
            let held = handsel.held.get()?;
            let all = teams.get();
            let book_of = |rule: &str| all.iter().find(|it| has_rule(&it.book, rule)).cloned();
            let blocks = held.verdict.blocks.iter().map(|it| block(it, book_of(&it.rule))).collect_view();
            let missing = held.verdict.missing.iter().map(|it| match book_of(&it.found.rule) {
                Some(ours) => view! { <Asking handsel ours missing=it.clone() /> }.into_any(),
                // Its team's book is on its way, or does not open; what holds the act back is told all the same.
                None => view! { <li class="card"><h3>{name_of(&it.found)}</h3></li> }.into_any(),
            });
            let missing = missing.collect_view();
            Some(view! {
                <p>{copy::held_more(held.gate)}</p>
                <ul class="stack held">{blocks}{missing}</ul>
            })
        })
    };
    let footer = move || {
        let to = live(move || {
            let team = teams.with(|all| all.first().map(|it| it.team))?;
            let href = Route::Team(team, TeamPlace::Rules).href();
            Some(view! { <LinkButton label=copy::TO_RULES href /> })
        });
        view! { {to}<Button label=words::CLOSE on_press=move |()| handsel.is_held.set(false) /> }
    };
    // A link in it leads elsewhere.
    let from = StoredValue::new(handsel.route.get_untracked());
    ui::effect(move || {
        let route = handsel.route.get();
        if from.get_value() != route {
            from.set_value(route);
            handsel.is_held.set(false);
        }
    });
    let open = handsel.is_held;
    view! {
        <Dialog open title=copy::HELD close_label=words::CLOSE size=DialogSize::Wide limit=copy::HELD_LIMIT footer>{body()}</Dialog>
    }
}

/// The teams of this device whose rules these are.
async fn teams_of(handsel: Handsel, held: &Held) -> Result<Vec<Ours>, Problem> {
    let list = RwSignal::from(handsel.rooms().list()).get_untracked();
    let mut found = Vec::new();
    for record in list.into_iter().flatten().filter(|it| it.standing == Standing::Team) {
        let book = match handsel.rooms().book(record.id).await {
            Ok(book) => book,
            // This device has the room of a team and is of it no more.
            Err(Problem::NoRight | Problem::NoSuchRoom) => continue,
            Err(problem) => return Err(problem),
        };
        let verdict = &held.verdict;
        let mut rules = verdict.blocks.iter().chain(verdict.missing.iter().map(|it| &it.found));
        if rules.any(|it| has_rule(&book, &it.rule)) {
            found.push(Ours { team: record.id, book });
        }
    }
    Ok(found)
}

fn has_rule(book: &Book, rule: &str) -> bool {
    book.rules().iter().any(|it| it.rule.id == rule)
}

/// What a rule is called; one that is not understood has no name.
fn name_of(found: &Match) -> String {
    if found.name.is_empty() { copy::STRANGE.to_owned() } else { found.name.clone() }
}

fn reasons(found: &Match, writing: Writing) -> impl IntoView + use<> {
    found.reasons.iter().map(|it| view! { <li>{writing.reason(it)}</li> }).collect_view()
}

fn block(found: &Match, ours: Option<Ours>) -> impl IntoView + use<> {
    let writing = ours.map(|it| Writing::of(&it.book));
    let why = writing.map(|writing| view! { <ul class="lines">{reasons(found, writing)}</ul> });
    let says = if found.name.is_empty() { copy::STRANGE_MORE.to_owned() } else { found.words.clone() };
    view! {
        <li class="card">
            <div class="card-head"><h3>{name_of(found)}</h3><Badge label=copy::STOPS tone=Tone::Danger icon="x" /></div>
            {why}
            <p>{says}</p>
        </li>
    }
}

/// Approvals that are missing for one rule: who has to give them, and asking for them.
#[component]
fn Asking(handsel: Handsel, ours: Ours, missing: Missing) -> impl IntoView {
    let note = RwSignal::new(String::new());
    // Whoever decides has to know who asks.
    let me = RwSignal::new(String::new());
    let is_nameless = RwSignal::new(false);
    browser::timers::spawn(async move {
        let name = handsel.rooms().my_name().await;
        let _ = is_nameless.try_set(name.is_empty());
        let _ = me.try_set(name);
    });
    let is_asked = RwSignal::new(matches!(missing.requested, Requested::Open(_)));
    let Ours { book, .. } = ours;
    let writing = Writing::of(&book);
    let name = name_of(&missing.found);
    let why = reasons(&missing.found, writing);
    let roles: Vec<String> = missing.asks.iter().map(|it| said::standing(&book, it)).collect();
    let roles = roles.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
    let before = match missing.requested {
        Requested::Never | Requested::Open(_) => None,
        Requested::Lapsed(_) => Some(copy::LAPSED.to_owned()),
        Requested::Refused(_, decision) => Some(refusal(&book, &decision)),
    };
    let again = before.is_some();
    let kept = StoredValue::new_local((book, missing));
    let ask = move |()| {
        let (book, missing) = kept.get_value();
        let name = me.get_untracked().trim().to_owned();
        let (is_new, note) = (is_nameless.get_untracked() && !name.is_empty(), note.get_untracked());
        handsel.attempt(async move {
            if is_new {
                handsel.rooms().set_my_name(&name).await?;
            }
            // It says who asked with or without a name.
            let _ = book.team().introduce(&name);
            book.request(&missing, note.trim()).await?;
            let next = missing.asks.iter().find(|it| it.is_next).and_then(|it| it.people.first());
            let name = next.map(|it| it.name.clone()).filter(|it| !it.is_empty());
            let _ = is_asked.try_set(true);
            handsel.toasts.say(name.map_or_else(|| copy::ASKED_NOBODY.to_owned(), |name| copy::asked(&name)));
            Ok(())
        });
    };
    let act = live(move || {
        if is_asked.get() {
            return view! { <p class="hint" role="status">{copy::IS_ASKED}</p> }.into_any();
        }
        let label = if again { copy::ASK_AGAIN } else { copy::ASK };
        let name = live(move || {
            is_nameless.get().then(|| view! { <TextField label=copy::YOUR_NAME value=me max_length=100 /> })
        });
        view! {
            {name}
            <TextField label=copy::NOTE optional=copy::NOTE_HINT value=note max_length=2000 />
            <div><Button label kind=ButtonKind::Primary on_press=ask /></div>
        }
        .into_any()
    });
    view! {
        <li class="card">
            <div class="card-head"><h3>{name}</h3></div>
            <ul class="lines">{why}</ul>
            {before.map(|it| view! { <p>{it}</p> })}
            <ul class="lines">{roles}</ul>
            {act}
        </li>
    }
}

/// Who said no, and why.
pub(super) fn refusal(book: &Book, decision: &model::StatementHash) -> String {
    match book.said(decision) {
        Some(Said { author, statement: Statement::Decided(decision) }) => {
            copy::refused(&book.name_of(&author), &decision.reason)
        }
        _ => copy::NOT_APPROVED.to_owned(),
    }
}

/// All acts, in the order in which a deal meets them, with what they are called.
pub(super) fn gates() -> [(Gate, &'static str); 6] {
    Gate::ALL.map(|gate| (gate, copy::gate(gate)))
}
