//! What waits for this person's decision, and how what they asked for stands.

use leptos::prelude::*;
use session::{Asked, Book};
use terms::approval::Requested;
use ui::{Badge, Button, ButtonKind, Field as TextField, Tone, live};

use super::{
    Team, copy, held,
    said::{self, Writing},
};

/// What a card shows of a request.
#[derive(Clone, PartialEq)]
struct Shown {
    asked: Asked,
    title: String,
    deal: Option<String>,
    when: String,
    why: Vec<String>,
    roles: Vec<String>,
    refusal: Option<String>,
}

impl Shown {
    fn of(book: &Book, asked: Asked) -> Self {
        let request = &asked.request;
        let writing = Writing::of(book);
        let what = said::scope(book, &request.scope);
        let roles = asked.missing.iter().flat_map(|it| &it.asks).map(|it| said::standing(book, it)).collect();
        let refusal = match asked.missing.as_ref().map(|it| it.requested) {
            Some(Requested::Refused(_, decision)) => Some(held::refusal(book, &decision)),
            _ => None,
        };
        let deal = match &request.scope {
            terms::approval::Scope::Deal(id) => Some(id.clone()),
            terms::approval::Scope::Room(_) => None,
        };
        Self {
            title: copy::asks(&request.by, &what),
            deal,
            when: browser::clock::date_time(request.at),
            why: request.rule.condition.reasons(&request.facts).iter().map(|it| writing.reason(it)).collect(),
            roles,
            refusal,
            asked,
        }
    }
}

/// Both cards; each only where there is something in it.
#[component]
pub(super) fn Inbox(team: Team) -> impl IntoView {
    let read = move |find: fn(&Book) -> Vec<Asked>| {
        Memo::new(move |_| {
            team.look(|book| find(book).into_iter().map(|it| Shown::of(book, it)).collect::<Vec<_>>())
        })
    };
    let (waiting, own) = (read(Book::inbox), read(Book::own_requests));
    let inbox = live(move || {
        let all = waiting.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|shown| view! { <Waiting team shown /> }).collect_view();
            view! {
                <section class="card">
                    <div class="card-head"><h2>{copy::INBOX}</h2></div>
                    <ul class="stack requests">{rows}</ul>
                </section>
            }
        })
    });
    let asked = live(move || {
        let all = own.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().rev().map(own_row).collect_view();
            view! {
                <section class="card">
                    <div class="card-head"><h2>{copy::OWN}</h2></div>
                    <ul class="stack requests">{rows}</ul>
                </section>
            }
        })
    });
    view! { {inbox}{asked} }
}

/// A request that waits for this person.
#[component]
fn Waiting(team: Team, shown: Shown) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    // The role for which a no is being written.
    let refusing = RwSignal::new(None::<String>);
    let is_bare = RwSignal::new(false);
    let hash = shown.asked.hash;
    let decide = move |role: String, is_yes: bool| {
        let why = reason.get_untracked().trim().to_owned();
        if !is_yes && why.is_empty() {
            return is_bare.set(true);
        }
        let book = team.book();
        team.handsel.attempt(async move {
            // It says who decided with or without a name.
            let _ = book.team().introduce(&team.handsel.rooms().my_name().await);
            book.decide(hash, &role, is_yes, &why).await?;
            team.handsel.toasts.say(if is_yes { copy::APPROVED } else { copy::NOT_APPROVED });
            Ok(())
        });
    };
    let roles = StoredValue::new(shown.asked.mine.clone());
    let acts = move |role: String| {
        let label = if roles.with_value(|all| all.len() > 1) {
            copy::approve_as(&role)
        } else {
            copy::APPROVE.to_owned()
        };
        let (yes, no) = (role.clone(), role);
        view! {
            <Button label kind=ButtonKind::Primary icon="check" on_press=move |()| decide(yes.clone(), true) />
            <Button label=copy::SAY_NO on_press=move |()| refusing.set(Some(no.clone())) />
        }
    };
    let error = Signal::derive(move || is_bare.get().then(|| copy::REASON_NEEDED.to_owned()));
    let below = live(move || {
        match refusing.get() {
        None => {
            let acts = roles.get_value().into_iter().map(acts).collect_view();
            view! { <div class="row" data-wrap="">{acts}</div> }.into_any()
        }
        Some(role) => view! {
            <TextField label=copy::REASON value=reason error max_length=2000 autofocus=true />
            <div class="row" data-wrap="">
                <Button label=copy::SAY_NO kind=ButtonKind::Danger on_press=move |()| decide(role.clone(), false) />
                <Button label=crate::copy::CANCEL on_press=move |()| refusing.set(None) />
            </div>
        }
        .into_any(),
    }
    });
    let href = shown.deal.as_ref().map(|deal| team.deal_href(deal));
    view! { <li>{about(&shown, href)}{below}</li> }
}

fn own_row(shown: Shown) -> impl IntoView {
    let (label, tone) = match shown.asked.missing.as_ref().map(|it| it.requested) {
        None => (copy::IS_APPROVED, Tone::Ok),
        Some(Requested::Refused(..)) => (copy::IS_REFUSED, Tone::Danger),
        Some(Requested::Lapsed(_)) => (copy::IS_LAPSED, Tone::Warn),
        Some(Requested::Open(_) | Requested::Never) => (copy::IS_WAITING, Tone::Plain),
    };
    let refusal = shown.refusal.clone().map(|it| view! { <p>{it}</p> });
    view! { <li>{about(&shown, None)}{refusal}<p><Badge label tone /></p></li> }
}

/// What was asked, why it needs approval, and how it stands with each role.
fn about(shown: &Shown, href: Option<String>) -> impl IntoView + use<> {
    let title = match href {
        Some(href) => view! { <a class="text-link" href=href>{shown.title.clone()}</a> }.into_any(),
        None => view! { <strong>{shown.title.clone()}</strong> }.into_any(),
    };
    let line = |it: &String| view! { <li>{it.clone()}</li> };
    let why = shown.why.iter().map(line).collect_view();
    let roles = shown.roles.iter().map(line).collect_view();
    let note = Some(shown.asked.request.note.clone()).filter(|it| !it.is_empty());
    view! {
        <p>{title}</p>
        <p class="hint">{shown.asked.request.rule.name.clone()}" · "{shown.when.clone()}</p>
        <ul class="lines">{why}</ul>
        {note.map(|note| view! { <blockquote>{note}</blockquote> })}
        <ul class="lines">{roles}</ul>
    }
}
