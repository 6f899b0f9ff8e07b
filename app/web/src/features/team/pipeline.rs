//! All deals of a team: which are shown, as a board or as a table.

use std::sync::Arc;

use insight::pipeline::{Beside, Filter, Gap, Row, Sort, rows};
use leptos::{ev::Event, prelude::*};
use terms::{
    book::{Field, Kind, Sums},
    plan::Day,
    process::Process,
};
use ui::{Button, ButtonKind, EmptyState, LinkButton, SearchField, Segment, Segmented, live};

use super::{
    Team,
    board::Board,
    closing::{Closing, ClosingDialog},
    copy,
    new_deal::NewDealDialog,
    start::{FirstDeal, FirstProcess},
    table::Table,
};
use crate::route::TeamPlace;

const BOARD: &str = "board";
const TABLE: &str = "table";
const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// The pipeline on the screen, for its parts. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Pipe {
    pub(super) team: Team,
    /// The process whose steps the board has.
    pub(super) process: Memo<Option<Process>>,
    /// The names of the deals that are shown, in order.
    pub(super) shown: Memo<Arc<Vec<String>>>,
    pub(super) sort: RwSignal<Sort>,
    /// Deals that are to be closed.
    pub(super) closing: RwSignal<Option<Closing>>,
    pub(super) begin: Callback<Option<String>>,
}

/// The place.
#[component]
pub(super) fn Pipeline(team: Team) -> impl IntoView {
    let processes = Memo::new(move |_| team.look(|book| book.processes().to_vec()));
    let is_begun = Memo::new(move |_| processes.with(|all| !all.is_empty()));
    live(move || {
        if is_begun.get() {
            view! { <Deals team processes /> }.into_any()
        } else {
            view! { <main class="page"><FirstProcess team /></main> }.into_any()
        }
    })
}

#[component]
fn Deals(team: Team, processes: Memo<Vec<Process>>) -> impl IntoView {
    let filter = RwSignal::new(Filter::default());
    let sort = RwSignal::new(Sort::default());
    let view_as = RwSignal::new(BOARD);
    let chosen = RwSignal::new(None::<String>);
    let process = Memo::new(move |_| {
        processes.with(|all| {
            let wanted = chosen.get();
            let found = all.iter().find(|it| Some(&it.id) == wanted.as_ref()).or_else(|| all.first());
            found.cloned()
        })
    });
    let looked = Memo::new(move |_| {
        let mut filter = filter.get();
        filter.process = process.with(|it| it.as_ref().map(|it| it.id.clone()));
        // What is closed stands at no step.
        filter.closed &= view_as.get() == TABLE;
        filter
    });
    let shown = Memo::new(move |_| {
        team.look(|book| {
            let found = |rows: Vec<Row<'_>>| rows.into_iter().map(|row| row.deal.id.clone()).collect();
            Arc::new(looked.with(|filter| with_rows(team, book, filter, sort.get(), found)))
        })
    });
    let is_empty = Memo::new(move |_| team.look(|book| book.deals().is_empty()));
    let sums = Memo::new(move |_| team.look(|book| looked.with(|filter| sums_of(team, book, filter))));
    let creating = RwSignal::new(false);
    let at = RwSignal::new(None::<String>);
    let begin = Callback::new(move |step: Option<String>| {
        at.set(step);
        creating.set(true);
    });
    let closing = RwSignal::new(None::<Closing>);
    let pipe = Pipe { team, process, shown, sort, closing, begin };
    let summary = move || {
        let own = team.look(|book| book.rates().own);
        sums.with(|sums| {
            copy::summary(
                &Team::sum(sums.total, own),
                sums.count,
                sums.not_summed,
                looked.with(|it| it.closed),
            )
        })
    };
    let behind = live(move || {
        let own = team.look(|book| book.rates().own);
        let ahead = Filter { gap: Some(Gap::BuyerBehind), ..looked.get() };
        let sums = team.look(|book| sums_of(team, book, &ahead));
        let press = move |()| {
            filter.update(|filter| {
                filter.gap = match filter.gap {
                    Some(Gap::BuyerBehind) => None,
                    _ => Some(Gap::BuyerBehind),
                }
            })
        };
        (sums.count > 0 && looked.with(|it| it.gap.is_none())).then(|| {
            let label = copy::we_are_ahead(sums.count, &Team::sum(sums.total, own));
            view! { <Button label kind=ButtonKind::Quiet icon="alert" on_press=press /> }
        })
    });
    let body = live(move || {
        if is_empty.get() {
            return view! { <FirstDeal team begin=Callback::new(move |()| begin.run(None)) /> }.into_any();
        }
        match view_as.get() {
            BOARD => view! { <Board pipe /> }.into_any(),
            _ => view! { <Table pipe /> }.into_any(),
        }
    });
    let nothing = live(move || {
        let is_none = !is_empty.get() && shown.with(|shown| shown.is_empty());
        let clear = move |()| filter.set(Filter::default());
        (is_none && filter.with(|filter| *filter != Filter::default())).then(|| {
            view! {
                <EmptyState icon="filter" line=copy::NONE_PASSES>
                    <Button label=copy::CLEAR_FILTERS on_press=clear />
                </EmptyState>
            }
        })
    });
    let segment = |id, label: &'static str, icon| Segment { id, label: label.into(), icon: Some(icon) };
    let plain = |id, label: &'static str| Segment { id, label: label.into(), icon: None };
    view! {
        <main class="page pipeline" data-view=move || view_as.get()>
            <header class="page-head">
                <div class="row wide" data-base="" data-wrap="">
                    <h1>{copy::PIPELINE}</h1>
                    <p class="hint" role="status">{summary}</p>
                </div>
                <div class="row">
                    <Segmented
                        label=copy::VIEW
                        segments=vec![segment(BOARD, copy::BOARD, "board"), segment(TABLE, copy::TABLE, "table")]
                        value=view_as
                        on_pick=move |id| view_as.set(id)
                    />
                    <LinkButton label=copy::IMPORT kind=ButtonKind::Quiet icon="received" href=team.href(TeamPlace::Import) />
                    {live(move || (!is_empty.get()).then(|| view! {
                        <Button label=copy::NEW_DEAL kind=ButtonKind::Primary icon="plus" on_press=move |()| begin.run(None) />
                    }))}
                </div>
            </header>
            <div class="row pipeline-filters" data-wrap="" hidden=move || is_empty.get()>
                <Search filter />
                <ProcessFilter processes process chosen />
                <OwnerFilter team filter />
                <CloseFilter team filter />
                <GapFilter filter />
                {live(move || (view_as.get() == TABLE).then(|| view! {
                    <Segmented
                        label=copy::OPEN_OR_CLOSED
                        segments=vec![plain(OPEN, copy::OPEN), plain(CLOSED, copy::CLOSED)]
                        value=Signal::derive(move || if filter.with(|filter| filter.closed) { CLOSED } else { OPEN })
                        on_pick=move |id| filter.update(|filter| filter.closed = id == CLOSED)
                    />
                }))}
                {behind}
            </div>
            {body}
            {nothing}
        </main>
        <NewDealDialog team open=creating process at />
        <ClosingDialog team closing />
    }
}

/// Looks at the deals that a filter lets through, in order.
pub(super) fn with_rows<T>(
    team: Team,
    book: &session::Book,
    filter: &Filter,
    sort: Sort,
    look: impl FnOnce(Vec<Row<'_>>) -> T,
) -> T {
    let (deals, accounts, processes, rates) = (book.deals(), book.accounts(), book.processes(), book.rates());
    let account = |id: &str| accounts.get(id).map(|it| it.text(Field::Name)).unwrap_or_default();
    let beside = Beside { account: &account, processes: &processes, rates: &rates, today: team.today() };
    look(rows(deals.values(), &beside, filter, sort))
}

fn sums_of(team: Team, book: &session::Book, filter: &Filter) -> Sums {
    let rates = book.rates();
    with_rows(team, book, filter, Sort::default(), |rows| {
        rates.sum(rows.iter().map(|row| row.deal), team.today())
    })
}

#[component]
fn Search(filter: RwSignal<Filter>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    ui::effect(move || {
        let words = words.get();
        filter.update(|filter| filter.words = words);
    });
    // Filters that are cleared leave no words.
    ui::effect(move || {
        if filter.with(|filter| filter.words.is_empty()) && !words.with_untracked(String::is_empty) {
            words.set(String::new());
        }
    });
    view! { <SearchField label=copy::SEARCH value=words clear_label=copy::CLEAR_SEARCH /> }
}

/// A list to filter by: the options by what they mean and what they are called; an empty one is all.
fn filter_by(
    label: &'static str,
    options: Vec<(String, String)>,
    value: Signal<String>,
    pick: Callback<String>,
) -> AnyView {
    let option = move |(id, words): (String, String)| {
        let is_chosen = value.get_untracked() == id;
        view! { <option value=id selected=is_chosen>{words}</option> }
    };
    view! {
        <select class="input filter" aria-label=label prop:value=value on:change=move |event: Event| pick.run(event_target_value(&event))>
            {options.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

#[component]
fn ProcessFilter(
    processes: Memo<Vec<Process>>,
    process: Memo<Option<Process>>,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    live(move || {
        let options =
            processes.with(|all| all.iter().map(|it| (it.id.clone(), it.name.clone())).collect::<Vec<_>>());
        let value = Signal::derive(move || {
            process.with(|it| it.as_ref().map(|it| it.id.clone()).unwrap_or_default())
        });
        (options.len() > 1)
            .then(|| filter_by(copy::PROCESS, options, value, Callback::new(move |id| chosen.set(Some(id)))))
    })
}

#[component]
fn OwnerFilter(team: Team, filter: RwSignal<Filter>) -> impl IntoView {
    let owners = Memo::new(move |_| owners(team));
    live(move || {
        let owners = owners.get();
        let all = [(String::new(), copy::ALL_OWNERS.to_owned())];
        let options =
            all.into_iter().chain(owners.into_iter().map(|it| (it.clone(), it))).collect::<Vec<_>>();
        let value = Signal::derive(move || filter.with(|filter| filter.owner.clone().unwrap_or_default()));
        let pick = move |owner: String| {
            filter.update(|filter| filter.owner = Some(owner).filter(|it| !it.is_empty()))
        };
        (options.len() > 1).then(|| filter_by(copy::OWNER, options, value, Callback::new(pick)))
    })
}

/// Everybody who has a deal.
pub(super) fn owners(team: Team) -> Vec<String> {
    distinct(team, Field::Owner)
}

/// What stands in a field of deals, each once, in order.
pub(super) fn distinct(team: Team, field: Field) -> Vec<String> {
    team.look(|book| {
        let deals = book.records(Kind::Deal);
        let texts = deals.values().flat_map(|deal| {
            let text = Some(deal.text(field)).filter(|text| !text.is_empty());
            text.into_iter().chain(deal.list(field).iter().map(String::as_str))
        });
        let mut all: Vec<&str> = texts.collect();
        stdx::sort(&mut all);
        all.dedup();
        all.into_iter().map(str::to_owned).collect()
    })
}

#[component]
fn CloseFilter(team: Team, filter: RwSignal<Filter>) -> impl IntoView {
    const SPANS: [i32; 3] = [30, 90, 180];
    let all = [(String::new(), copy::ANY_CLOSE.to_owned())];
    let spans = SPANS.map(|days| (days.to_string(), copy::closes_within(days)));
    let options = all.into_iter().chain(spans).collect();
    let days = RwSignal::new(String::new());
    ui::effect(move || {
        if filter.with(|filter| filter.close_by.is_none()) {
            days.set(String::new());
        }
    });
    let pick = move |picked: String| {
        let by: Option<Day> = picked.parse().ok().and_then(|days| team.today().plus(days));
        days.set(picked);
        filter.update(|filter| filter.close_by = by);
    };
    filter_by(copy::CLOSES, options, days.into(), Callback::new(pick))
}

#[component]
fn GapFilter(filter: RwSignal<Filter>) -> impl IntoView {
    const GAPS: [(&str, Gap); 3] =
        [("behind", Gap::BuyerBehind), ("even", Gap::InStep), ("ahead", Gap::BuyerAhead)];
    let all = [(String::new(), copy::ANY_GAP.to_owned())];
    let gaps = GAPS.map(|(id, gap)| (id.to_owned(), copy::gap_filter(gap).to_owned()));
    let options = all.into_iter().chain(gaps).collect();
    let value = Signal::derive(move || {
        let gap = filter.with(|filter| filter.gap);
        GAPS.iter().find(|(_, it)| Some(*it) == gap).map(|(id, _)| (*id).to_owned()).unwrap_or_default()
    });
    let pick = move |id: String| {
        let gap = GAPS.iter().find(|(it, _)| *it == id).map(|(_, gap)| *gap);
        filter.update(|filter| filter.gap = gap);
    };
    filter_by(copy::GAP, options, value, Callback::new(pick))
}

impl Pipe {
    /// Moves deals to a step of the process that is shown.
    pub(super) fn move_to(self, ids: Vec<String>, step: &str) {
        if let Some(process) = self.process.get_untracked() {
            self.team.move_to(ids, &process, step);
        }
    }
}
