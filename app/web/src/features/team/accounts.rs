//! The companies that buy, or may: all of them, and each with its people, its deals and what is known of it.

use leptos::prelude::*;
use session::Draft;
use terms::book::{Field, Kind, Record, Value};
use ui::{
    Button, ButtonKind, ButtonSize, Dialog, EmptyState, Field as TextField, LinkButton, Menu, MenuItem,
    SearchField, effect, live,
};

use super::{Team, called, copy, fields::RecordField, place_name};
use crate::{
    copy as words,
    route::{RecordName, TeamPlace},
};
use insight::pipeline::process_of;

/// So many accounts are listed at first, and so many more each time.
const LISTED: usize = 100;

/// The list.
#[component]
pub(super) fn Accounts(team: Team) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let limit = RwSignal::new(LISTED);
    let found = Memo::new(move |_| {
        let query = search.get().to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        team.look(|book| {
            let accounts = book.accounts();
            let texts = |it: &Record| {
                [Field::Name, Field::Industry, Field::Region]
                    .map(|field| it.text(field).to_lowercase())
                    .join(" ")
            };
            let mut found: Vec<(String, String)> = accounts
                .values()
                .filter(|it| words.is_empty() || words.iter().all(|word| texts(it).contains(word)))
                .map(|it| (it.text(Field::Name).to_lowercase(), it.id.clone()))
                .collect();
            stdx::sort(&mut found);
            found.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| team.look(|book| book.accounts().is_empty()));
    let row = move |id: String| {
        let shown = {
            let id = id.clone();
            Memo::new(move |_| {
                team.look(|book| {
                    let (accounts, deals, rates) = (book.accounts(), book.deals(), book.rates());
                    let account = accounts.get(&id)?;
                    let theirs: Vec<&Record> =
                        deals.values().filter(|it| it.text(Field::Account) == id && it.is_open()).collect();
                    let sums = rates.sum(theirs.iter().copied(), team.today());
                    let about = [Field::Industry, Field::Region]
                        .map(|field| account.text(field))
                        .into_iter()
                        .filter(|it| !it.is_empty());
                    let worth = (sums.count > sums.not_summed).then(|| Team::sum(sums.total, rates.own));
                    Some((
                        called(account).to_owned(),
                        about.collect::<Vec<_>>().join(" · "),
                        copy::open_deals(sums.count, worth.as_deref()),
                    ))
                })
            })
        };
        let href = team.href(RecordName::parse(&id).map_or(TeamPlace::Accounts, TeamPlace::Account));
        view! {
            <li class="room-row">
                <a class="room-link" href=href>
                    <span class="room-name">{move || shown.get().map(|it| it.0)}</span>
                    <span class="room-meta">{move || shown.get().map(|it| it.1)}</span>
                </a>
                <span class="hint">{move || shown.get().map(|it| it.2)}</span>
            </li>
        }
    };
    let rows = move || found.with(|found| found.iter().take(limit.get()).cloned().collect::<Vec<_>>());
    let more = move || {
        live(move || {
            let left = found.with(Vec::len).saturating_sub(limit.get());
            (left > 0).then(|| view! { <Button label=copy::more(left) on_press=move |()| limit.update(|it| *it += LISTED) /> })
        })
    };
    let creating = RwSignal::new(false);
    let body = live(move || {
        if is_empty.get() {
            return view! {
                <EmptyState icon="people" line=copy::NO_ACCOUNTS more=copy::NO_ACCOUNTS_MORE>
                    <Button label=copy::NEW_ACCOUNT icon="plus" on_press=move |()| creating.set(true) />
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <SearchField label=copy::SEARCH_ACCOUNTS value=search clear_label=copy::CLEAR_SEARCH />
            <ul class="room-list card" data-flush=""><For each=rows key=|id: &String| id.clone() children=row /></ul>
            {more()}
        }
        .into_any()
    });
    let made = move |name: String| {
        let fields = vec![(Field::Name, Value::Text(name))];
        match team.book.with_value(|book| book.add(&[Draft { kind: Kind::Account, fields, place: None }])) {
            Ok(ids) => {
                if let Some(id) = ids.first().and_then(|id| RecordName::parse(id)) {
                    team.go(TeamPlace::Account(id));
                }
            }
            Err(problem) => team.handsel.tell(&problem),
        }
    };
    view! {
        <main class="page accounts">
            <header class="page-head">
                <div class="row wide" data-base=""><h1>{copy::ACCOUNTS}</h1><p class="hint">{move || copy::accounts(found.with(Vec::len))}</p></div>
                <div class="row">
                    <LinkButton label=copy::IMPORT kind=ButtonKind::Quiet icon="received" href=team.href(TeamPlace::Import) />
                    <Button label=copy::NEW_ACCOUNT kind=ButtonKind::Primary icon="plus" on_press=move |()| creating.set(true) />
                </div>
            </header>
            {body}
        </main>
        <NameDialog open=creating title=copy::NEW_ACCOUNT label=copy::ACCOUNT_NAME on_name=Callback::new(made) />
    }
}

/// Asks what something new is called.
#[component]
fn NameDialog(
    open: RwSignal<bool>,
    title: &'static str,
    label: &'static str,
    on_name: Callback<String>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let is_empty = RwSignal::new(false);
    effect(move || {
        if open.get() {
            name.set(String::new());
            is_empty.set(false);
        }
    });
    let keep = move || {
        let called = name.get_untracked().trim().to_owned();
        is_empty.set(called.is_empty());
        if !called.is_empty() {
            open.set(false);
            on_name.run(called);
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        keep();
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::MAKE kind=ButtonKind::Primary on_press=move |()| keep() />
        }
    };
    let error = Signal::derive(move || is_empty.get().then(|| copy::NAME_NEEDED.to_owned()));
    view! {
        <Dialog open title close_label=words::CLOSE footer>
            <form on:submit=submit><TextField label value=name error max_length=2000 autofocus=true /></form>
        </Dialog>
    }
}

/// An account's own page.
#[component]
pub(super) fn AccountPage(team: Team, account: RecordName) -> impl IntoView {
    let id = StoredValue::new(account.to_string());
    let account = Memo::new(move |_| team.look(|book| id.with_value(|id| book.accounts().get(id).cloned())));
    let is_there = Memo::new(move |_| account.with(Option::is_some));
    let name = move || account.with(|it| it.as_ref().map(|it| called(it).to_owned()).unwrap_or_default());
    let deals = move || {
        live(move || {
            team.look(|book| {
            let (deals, processes, rates) = (book.deals(), book.processes(), book.rates());
            let mut theirs: Vec<&Record> = deals.values().filter(|it| id.with_value(|id| it.text(Field::Account) == id)).collect();
            stdx::sort_by_key(&mut theirs, |it| (!it.is_open(), std::cmp::Reverse(it.moves.last().map(|it| it.at))));
            let row = |deal: &Record| {
                let currency = deal.currency().unwrap_or(rates.own);
                let amount = deal.number(Field::Amount).map(|it| Team::money(it, currency)).unwrap_or_default();
                let place = place_name(deal.place(), process_of(deal, &processes));
                view! {
                    <li class="room-row">
                        <a class="room-link" href=team.deal_href(&deal.id)><span class="room-name">{called(deal).to_owned()}</span><span class="room-meta">{place}</span></a>
                        <span>{amount}</span>
                    </li>
                }
            };
            match theirs.is_empty() {
                true => view! { <p class="hint">{copy::NO_DEALS_THERE}</p> }.into_any(),
                false => view! { <ul class="room-list">{theirs.into_iter().map(row).collect_view()}</ul> }.into_any(),
            }
        })
        })
    };
    let page = move || {
        view! {
            <main class="page account-page">
                <header class="page-head">
                    <div>
                        <p class="crumbs"><a class="text-link" href=team.href(TeamPlace::Accounts)>{copy::ALL_ACCOUNTS}</a></p>
                        <h1>{name}</h1>
                    </div>
                    <Menu label=copy::MORE_ACTS icon="more" icon_only=true>
                        <MenuItem label=copy::REMOVE_ACCOUNT icon="trash" danger=true on_pick=move |()| {
                            if team.write_saying(copy::REMOVED.to_owned(), |book| book.remove(Kind::Account, &[id.get_value()])) {
                                team.go(TeamPlace::Accounts);
                            }
                        } />
                    </Menu>
                </header>
                <div class="with-rail">
                    <section class="card">
                        <div class="card-head"><h2>{copy::ABOUT_ACCOUNT}</h2></div>
                        <div class="fields">{Field::of(Kind::Account).map(|field| view! { <RecordField team kind=Kind::Account id field record=account /> }).collect_view()}</div>
                    </section>
                    <div class="stack">
                        <section class="card"><div class="card-head"><h2>{copy::DEALS}</h2></div>{deals()}</section>
                        <People team account=id />
                    </div>
                </div>
            </main>
        }
    };
    live(move || match is_there.get() {
        true => page().into_any(),
        false => view! { <main class="page"><p>{copy::NO_SUCH_ACCOUNT}</p></main> }.into_any(),
    })
}

/// The people of an account.
#[component]
fn People(team: Team, account: StoredValue<String>) -> impl IntoView {
    let creating = RwSignal::new(false);
    let ids = Memo::new(move |_| {
        team.look(|book| {
            let contacts = book.contacts();
            let mut theirs: Vec<(String, String)> = contacts
                .values()
                .filter(|it| account.with_value(|id| it.text(Field::Account) == id))
                .map(|it| (it.text(Field::Name).to_lowercase(), it.id.clone()))
                .collect();
            stdx::sort(&mut theirs);
            theirs.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        })
    });
    let made = move |name: String| {
        let fields =
            vec![(Field::Name, Value::Text(name)), (Field::Account, Value::Text(account.get_value()))];
        team.write(|book| book.add(&[Draft { kind: Kind::Contact, fields, place: None }]).map(drop));
    };
    let row = move |id: String| {
        let own = StoredValue::new(id);
        let contact =
            Memo::new(move |_| team.look(|book| own.with_value(|id| book.contacts().get(id).cloned())));
        let name = move || contact.with(|it| it.as_ref().map(|it| called(it).to_owned()).unwrap_or_default());
        let about = move || contact.with(|it| it.as_ref().map(|it| it.text(Field::Role).to_owned()));
        let remove = move |()| {
            team.write_saying(copy::REMOVED.to_owned(), |book| {
                book.remove(Kind::Contact, &[own.get_value()])
            });
        };
        let fields = Field::of(Kind::Contact).filter(|field| *field != Field::Account);
        view! {
            <li>
                <details>
                    <summary><strong>{name}</strong> <span class="hint">{about}</span></summary>
                    <div class="fields">{fields.map(|field| view! { <RecordField team kind=Kind::Contact id=own field record=contact /> }).collect_view()}</div>
                    <Button label=copy::REMOVE_CONTACT kind=ButtonKind::Danger size=ButtonSize::Small on_press=remove />
                </details>
            </li>
        }
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{copy::PEOPLE}</h2>
                <Button label=copy::ADD_CONTACT icon="plus" kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move |()| creating.set(true) />
            </div>
            {live(move || ids.with(Vec::is_empty).then(|| view! { <p class="hint">{copy::NOBODY_THERE}</p> }))}
            <ul class="contacts"><For each=move || ids.get() key=|id: &String| id.clone() children=row /></ul>
        </section>
        <NameDialog open=creating title=copy::ADD_CONTACT label=copy::CONTACT_NAME on_name=Callback::new(made) />
    }
}
