//! The library on the screen: what is in it, found by words, kind and state.

use leptos::{ev::Event, prelude::*};
use terms::nugget::{Facet, Nugget, NuggetKind, State};
use ui::{Badge, Button, ButtonKind, ButtonSize, DropZone, EmptyState, SearchField, Tone, live};

use super::{
    Team, copy,
    nugget::NuggetDialog,
    shelves,
    taking::{BringIn, Brought, Report, take},
};
use crate::route::TeamPlace;

/// So many are listed at first, and so many more each time.
const LISTED: usize = 60;

/// The place.
#[component]
pub(super) fn LibraryPage(team: Team) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let kind = RwSignal::new(None::<NuggetKind>);
    let state = RwSignal::new(None::<State>);
    let is_stale = RwSignal::new(false);
    let limit = RwSignal::new(LISTED);
    // The nugget that is open: its name, empty for a new one.
    let open = RwSignal::new(None::<String>);
    let brought = RwSignal::new(None::<Brought>);
    let count = Memo::new(move |_| team.look(|book| book.nuggets().len()));
    let found = Memo::new(move |_| {
        let query = query.get();
        let (kind, state, is_stale) = (kind.get(), state.get(), is_stale.get());
        team.look(|book| {
            let nuggets = book.nuggets();
            let is_wanted = |it: &&Nugget| {
                kind.is_none_or(|kind| it.kind == kind)
                    && state.is_none_or(|state| it.state == state)
                    && (!is_stale || it.is_stale(team.today()))
            };
            let found = insight::serve::search(&nuggets, &query).into_iter().map(|at| &nuggets[at]);
            found.filter(is_wanted).map(|it| (it.id.clone(), it.state)).collect::<Vec<_>>()
        })
    });
    let is_empty = Memo::new(move |_| count.get() == 0);
    let ids =
        move || found.with(|found| found.iter().take(limit.get()).map(|it| it.0.clone()).collect::<Vec<_>>());
    let kinds = move |event: Event| kind.set(NuggetKind::parse(&event_target_value(&event)));
    let states = move |event: Event| {
        let name = event_target_value(&event);
        state.set(State::ALL.into_iter().find(|it| it.name() == name));
    };
    let waiting = Memo::new(move |_| {
        found.with(|found| {
            let waits = found.iter().filter(|(_, state)| *state != State::Approved);
            waits.map(|(id, _)| id.clone()).collect::<Vec<_>>()
        })
    });
    let approve = move |()| {
        let ids = waiting.get_untracked();
        team.write_saying(copy::approved(ids.len()), |book| book.state_nuggets(&ids, State::Approved));
    };
    let approve_all = move || {
        live(move || {
            let count = waiting.with(Vec::len);
            (count > 0).then(|| view! { <Button label=copy::approve_all(count) size=ButtonSize::Small icon="check" on_press=approve /> })
        })
    };
    let filters = move || {
        let kind_option = |it: NuggetKind| view! { <option value=it.name()>{copy::kind(it)}</option> };
        let state_option = |it: State| view! { <option value=it.name()>{copy::state(it)}</option> };
        view! {
            <div class="row library-filters" data-wrap="">
                <div class="search-field"><SearchField label=copy::SEARCH value=query clear_label=copy::CLEAR_SEARCH /></div>
                <select class="input filter" aria-label=copy::KIND on:change=kinds>
                    <option value="">{copy::ALL_KINDS}</option>{NuggetKind::ALL.map(kind_option).collect_view()}
                </select>
                <select class="input filter" aria-label=copy::STATE on:change=states>
                    <option value="">{copy::ALL_STATES}</option>{State::ALL.map(state_option).collect_view()}
                </select>
                <label class="library-tick"><input type="checkbox" class="tick" prop:checked=is_stale on:change=move |event| is_stale.set(event_target_checked(&event)) /><span>{copy::STALE_ONLY}</span></label>
                <p class="hint push" role="status">{move || copy::found(found.with(Vec::len), count.get())}</p>
                {approve_all()}
            </div>
        }
    };
    let more = move || {
        live(move || {
            let left = found.with(Vec::len).saturating_sub(limit.get());
            (left > 0).then(|| view! { <Button label=copy::more(left) on_press=move |()| limit.update(|it| *it += LISTED) /> })
        })
    };
    let list = move || {
        live(move || {
            if found.with(Vec::is_empty) {
                return view! { <p class="hint">{copy::NONE_FOUND}</p> }.into_any();
            }
            view! {
                <ul class="nugget-list card" data-flush="">
                    <For each=ids key=|id: &String| id.clone() let:id><NuggetRow team id open /></For>
                </ul>
            }
            .into_any()
        })
    };
    let body = live(move || {
        if is_empty.get() {
            return view! {
                <EmptyState icon="bulb" line=copy::EMPTY more=copy::EMPTY_MORE>
                    <BringIn team brought />
                    <Button label=copy::NEW kind=ButtonKind::Primary icon="plus" on_press=move |()| open.set(Some(String::new())) />
                </EmptyState>
            }
            .into_any();
        }
        view! { {filters()}{list()}{more()} }.into_any()
    });
    let head = live(move || {
        (!is_empty.get()).then(|| {
            view! {
                <div class="row" data-wrap="">
                    <BringIn team brought />
                    <Button label=copy::NEW kind=ButtonKind::Primary icon="plus" on_press=move |()| open.set(Some(String::new())) />
                </div>
            }
        })
    });
    let dropped = move |event| take(team, browser::files::dropped(&event), brought);
    view! {
        <DropZone on_drop=dropped veil=copy::DROP>
            <main class="page library">
                {shelves(team, TeamPlace::Library)}
                <header class="page-head">
                    <div><h1>{copy::LIBRARY}</h1><p class="hint">{copy::ABOUT}</p></div>
                    {head}
                </header>
                <Report brought />
                {body}
            </main>
        </DropZone>
        <NuggetDialog team open />
    }
}

#[component]
fn NuggetRow(team: Team, id: String, open: RwSignal<Option<String>>) -> impl IntoView {
    let own = StoredValue::new(id);
    let nugget = Memo::new(move |_| {
        team.look(|book| own.with_value(|id| book.nuggets().iter().find(|it| it.id == *id).cloned()))
    });
    let tags = move || {
        nugget.with(|it| {
            let tags = it.iter().flat_map(|it| Facet::ALL.into_iter().flat_map(|facet| it.tagged(facet)));
            tags.cloned().collect::<Vec<_>>().join(" · ")
        })
    };
    let badges = live(move || {
        let it = nugget.get()?;
        let stale = it
            .is_stale(team.today())
            .then(|| view! { <Badge label=copy::STALE tone=Tone::Danger icon="alert" /> });
        let tone = match it.state {
            State::Draft => Tone::Plain,
            State::Submitted => Tone::Warn,
            State::Approved => Tone::Ok,
        };
        Some(view! { {stale}<Badge label=copy::state(it.state) tone /> })
    });
    let about = move || {
        let it = nugget.get()?;
        let due = it.review_by.map(|day| copy::review_by(&browser::clock::day(&day.to_string())));
        let parts = [Some(it.owner).filter(|it| !it.is_empty()), due];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    let kind = move || nugget.with(|it| it.as_ref().map(|it| copy::kind(it.kind)));
    let title = move || nugget.with(|it| it.as_ref().map(|it| it.title.clone()));
    view! {
        <li class="nugget-row">
            <span class="nugget-kind">{kind}</span>
            <div class="nugget-name">
                <button type="button" class="nugget-open" on:click=move |_| open.set(Some(own.get_value()))>{title}</button>
                <p>{tags}</p>
            </div>
            <p class="nugget-about hint">{about}</p>
            <span class="nugget-badges">{badges}</span>
        </li>
    }
}
