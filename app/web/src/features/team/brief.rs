//! What to know before a call, on one page: who they are, what they read, what was said last, what to ask.

use insight::{
    engagement::{Act, Deed},
    pipeline::process_of,
};
use leptos::prelude::*;
use model::RoomId;
use terms::{
    book::{DidKind, Field, Record},
    process::Step,
};
use ui::{Button, Icon, live};

use super::{
    Team, called,
    card::gap_mark,
    copy,
    told::{self, Told},
};
use crate::route::{RecordName, TeamPlace};

/// So many lines of each kind are enough before a call.
const LINES: usize = 5;

/// The page.
#[component]
pub(super) fn BriefPage(team: Team, deal: RecordName) -> impl IntoView {
    let id = StoredValue::new(deal.to_string());
    let deal = Memo::new(move |_| team.look(|book| id.with_value(|id| book.deals().get(id).cloned())));
    let room = Memo::new(move |_| deal.with(|deal| RoomId::parse(deal.as_ref()?.text(Field::Room))));
    let told = told::follow(team, room);
    live(move || {
        let Some(deal) = deal.get() else {
            return view! { <main class="page"><p>{copy::NO_SUCH_DEAL}</p></main> }.into_any();
        };
        let back = team.deal_href(&deal.id);
        let name = called(&deal).to_owned();
        view! {
            <main class="page brief">
                <header class="page-head">
                    <div>
                        <p class="crumbs"><a class="text-link" href=team.href(TeamPlace::Pipeline)>{copy::ALL_DEALS}</a><Icon name="right" /><a class="text-link" href=back>{name.clone()}</a></p>
                        <h1>{copy::brief_of(&name)}</h1>
                    </div>
                    <Button label=copy::PRINT icon="print" on_press=move |()| browser::page::print() />
                </header>
                {standing(team, &deal)}
                <div class="brief-cards">
                    {who(team, &deal)}
                    {live(move || told.get().map(|told| read(&told)))}
                    {last(&deal)}
                    {asking(team, &deal, told)}
                    {bought(team, &deal)}
                    {against(&deal)}
                </div>
            </main>
        }
        .into_any()
    })
}

fn card(title: &'static str, body: AnyView) -> AnyView {
    view! { <section class="card"><div class="card-head"><h2>{title}</h2></div>{body}</section> }.into_any()
}

fn lines(lines: Vec<String>) -> AnyView {
    view! { <ul class="lines">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
        .into_any()
}

/// Where both sides are, what it is worth, by when.
fn standing(team: Team, deal: &Record) -> AnyView {
    team.look(|book| {
        let processes = book.processes();
        let process = process_of(deal, &processes);
        let position = process.and_then(|process| process.position(deal));
        let gap = position.zip(process).map(|(position, process)| view! {
            <p class="track-gap">{gap_mark(&position)} <span class="hint">{copy::gap_more(&position, process)}</span></p>
        });
        let currency = deal.currency().unwrap_or(book.rates().own);
        let amount = deal.number(Field::Amount).map(|it| Team::money(it, currency));
        let close = deal.day(Field::Close).map(|day| copy::closes_on(&browser::clock::day(&day.to_string())));
        let facts: Vec<String> = [amount, close].into_iter().flatten().collect();
        view! { <div class="brief-standing"><p><strong>{facts.join(" · ")}</strong></p>{gap}</div> }.into_any()
    })
}

/// The company, and its people with how they like to be reached.
fn who(team: Team, deal: &Record) -> AnyView {
    let (about, plan, people) = team.look(|book| {
        let (accounts, contacts) = (book.accounts(), book.contacts());
        let account = accounts.get(deal.text(Field::Account));
        let about = account.map(|it| {
            let facts = [Field::Industry, Field::Segment, Field::Region, Field::Rating]
                .map(|field| it.text(field).to_owned());
            let employees = it
                .number(Field::Employees)
                .map(|count| copy::people_there(&browser::figures::number(&count.to_string(), 0)));
            let facts = facts
                .into_iter()
                .chain(employees)
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            (called(it).to_owned(), facts)
        });
        let plan = account.map(|it| it.text(Field::Plan).to_owned()).filter(|it| !it.is_empty());
        let theirs = contacts.values().filter(|it| {
            !it.text(Field::Account).is_empty() && it.text(Field::Account) == deal.text(Field::Account)
        });
        let person = |it: &Record| {
            let reached = [Field::Channel, Field::Format]
                .map(|field| it.text(field))
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>();
            let parts = [called(it).to_owned(), it.text(Field::Role).to_owned(), copy::prefers(&reached)];
            parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
        };
        (about, plan, theirs.map(person).collect::<Vec<_>>())
    });
    let nobody = about.is_none() && people.is_empty();
    let about =
        about.map(|(name, facts)| view! { <p><strong>{name}</strong> <span class="hint">{facts}</span></p> });
    let plan = plan.map(|plan| view! { <p>{plan}</p> });
    let none = nobody.then(|| view! { <p class="hint">{copy::NOTHING_KNOWN}</p> });
    card(copy::WHO_THEY_ARE, view! { {about}{plan}{lines(people)}{none} }.into_any())
}

/// What they did in the room lately.
fn read(told: &Told) -> AnyView {
    let mut deeds: Vec<&(Deed, String)> =
        told.deeds.iter().filter(|(deed, _)| deed.act != Act::Visited).collect();
    stdx::sort_by_key(&mut deeds, |(deed, _)| std::cmp::Reverse(deed.at));
    let said =
        |(deed, who): &&(Deed, String)| copy::happened(deed.act, who, &browser::clock::date_time(deed.at));
    let latest: Vec<String> = deeds.iter().take(LINES).map(said).collect();
    let body = match latest.is_empty() {
        true => view! { <p class="hint">{copy::NOBODY_CAME}</p> }.into_any(),
        false => lines(latest),
    };
    card(copy::WHAT_THEY_DID, body)
}

/// The last contact, and what is next.
fn last(deal: &Record) -> AnyView {
    let spoken = deal.log.iter().rev().filter(|did| did.kind != DidKind::Activity);
    let spoken = spoken
        .take(LINES)
        .map(|did| format!("{}: {}", browser::clock::date(did.at), copy::did(did.kind, &did.what)));
    let spoken: Vec<String> = spoken.collect();
    let next = Some(deal.text(Field::NextStep)).filter(|it| !it.is_empty()).map(|next| {
        let day =
            deal.day(Field::NextDay).map(|day| browser::clock::day(&day.to_string())).unwrap_or_default();
        view! { <p><strong>{copy::next_is(next, &day)}</strong></p> }
    });
    let none =
        (spoken.is_empty() && next.is_none()).then(|| view! { <p class="hint">{copy::NOT_SPOKEN}</p> });
    card(copy::LAST_CONTACT, view! { {next}{lines(spoken)}{none} }.into_any())
}

/// What to ask: what they asked themselves first, then the questions of the step.
fn asking(team: Team, deal: &Record, told: RwSignal<Option<Told>>) -> AnyView {
    let step = team.look(|book| {
        let processes = book.processes();
        let process = process_of(deal, &processes)?;
        let at = process.position(deal)?;
        process.live().nth(at.seller.min(at.buyer)).cloned()
    });
    let Step { questions, evidence, .. } = step.unwrap_or_default();
    let missing: Vec<String> = evidence
        .iter()
        .filter(|it| it.is_required && deal.seen(&it.id).is_none())
        .map(|it| copy::still_to_show(&it.name))
        .collect();
    let theirs = live(move || {
        let asked = told.get().map(|told| told.questions).unwrap_or_default();
        (!asked.is_empty()).then(|| {
            let asked = asked.into_iter().take(LINES).map(|(text, who)| copy::asked(&text, &who)).collect();
            view! { <h3>{copy::THEY_ASKED}</h3>{lines(asked)} }
        })
    });
    let ours = (!questions.is_empty()).then(|| {
        view! {
            <h3>{copy::QUESTIONS}</h3>
            <ol class="lines">{questions.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ol>
        }
    });
    card(copy::WHAT_TO_ASK, view! { {theirs}{ours}{lines(missing)} }.into_any())
}

/// What they bought and have contracts for, and the campaigns that reached their people.
fn bought(team: Team, deal: &Record) -> Option<AnyView> {
    let (bought, contracts, touches) = team.look(|book| {
        let (accounts, contacts) = (book.accounts(), book.contacts());
        let account = accounts.get(deal.text(Field::Account));
        let list = |field| account.map(|it| it.list(field).to_vec()).unwrap_or_default();
        let theirs = contacts
            .values()
            .filter(|it| account.is_some_and(|account| it.text(Field::Account) == account.id));
        let touches = theirs.flat_map(|it| {
            it.list(Field::Touches).iter().map(move |touch| format!("{}: {touch}", called(it)))
        });
        (list(Field::Purchases), list(Field::Contracts), touches.collect::<Vec<_>>())
    });
    let part = |title: &'static str, all: Vec<String>| {
        (!all.is_empty()).then(|| view! { <h3>{title}</h3>{lines(all)} })
    };
    (!(bought.is_empty() && contracts.is_empty() && touches.is_empty())).then(|| {
        let body = view! { {part(copy::CONTRACTS, contracts)}{part(copy::PURCHASES, bought)}{part(copy::CAMPAIGNS, touches)} };
        card(copy::BETWEEN_US, body.into_any())
    })
}

/// Who else wants to sell.
fn against(deal: &Record) -> Option<AnyView> {
    let all = deal.list(Field::Competitors);
    (!all.is_empty()).then(|| card(copy::field(Field::Competitors), lines(all.to_vec())))
}
