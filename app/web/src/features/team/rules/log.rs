//! All that was certified, ended, asked and decided.

use leptos::prelude::*;
use session::Book;
use terms::approval::{Logged, Statement};
use ui::{Badge, Button, Tone, live};

use super::{Team, copy, said};

/// So many are shown at first.
const LINES: usize = 10;

/// The card; nothing before there is something in it.
#[component]
pub(super) fn Log(team: Team) -> impl IntoView {
    let limit = RwSignal::new(LINES);
    let rows = Memo::new(move |_| {
        team.look(|book| {
            let log = book.decision_log();
            log.iter().rev().map(|it| (line(book, it), about(book, it), it.counts)).collect::<Vec<_>>()
        })
    });
    live(move || {
        let all = rows.get();
        if all.is_empty() {
            return None;
        }
        let left = all.len().saturating_sub(limit.get());
        let row = |(line, about, counts): (String, String, bool)| {
            let mark =
                (!counts).then(|| view! { <Badge label=copy::NOT_COUNTED tone=Tone::Danger icon="alert" /> });
            view! { <li><p>{line} {mark}</p><p class="hint">{about}</p></li> }
        };
        let shown = all.into_iter().take(limit.get()).map(row).collect_view();
        let more = (left > 0)
            .then(|| view! { <Button label=copy::more(left) on_press=move |()| limit.set(usize::MAX) /> });
        Some(view! {
            <section class="card">
                <div class="card-head"><h2>{copy::LOG}</h2></div>
                <p class="hint">{copy::LOG_ABOUT}</p>
                <ol class="deal-log">{shown}</ol>
                {more}
            </section>
        })
    })
}

fn about(book: &Book, logged: &Logged) -> String {
    let when = browser::clock::date_time(logged.said.statement.at());
    let who = book.name_of(&logged.said.author);
    if who.is_empty() { when } else { format!("{when} · {who}") }
}

fn line(book: &Book, logged: &Logged) -> String {
    let of_request = |hash| match book.said(hash).map(|said| said.statement) {
        Some(Statement::Asked(request)) => request.rule.name,
        _ => String::new(),
    };
    match &logged.said.statement {
        Statement::Certified(it) => copy::log_certified(&it.name, &it.roles.join(", ")),
        Statement::Ended(it) => match book.said(&it.certificate).map(|said| said.statement) {
            Some(Statement::Certified(it)) => copy::log_ended(&it.name),
            _ => copy::LOG_ENDED.to_owned(),
        },
        Statement::Asked(it) => copy::log_asked(&it.rule.name, &said::scope(book, &it.scope)),
        Statement::Decided(it) => {
            copy::log_decided(it.is_yes, &it.role, &of_request(&it.request), &it.reason)
        }
    }
}
