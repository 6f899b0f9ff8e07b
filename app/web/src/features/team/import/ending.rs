//! What becomes of a table: what would be taken in, taking it in, and taking that back.

use std::sync::Arc;

use exchange::sheet::{self, BadRow, Fault, LeaveOut, Table};
use leptos::prelude::*;
use session::{Imported, NewProducts, PastImport, Refused};
use terms::book::{Field, Kind};
use ui::{Button, ButtonKind, ButtonSize, Icon, LinkButton, live};

use super::{Found, Intake, Outlook, Ready, ReadyAnew, copy};
use crate::{
    features::room::outgoing,
    route::{Place as RoomPlace, Route, TeamPlace},
};

/// So many rows that stay out are listed.
const LISTED: usize = 8;

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    /// Somebody looks at what would become of the table.
    Choosing,
    /// So many of so many are written, unless it is being stopped.
    Working(usize, usize, bool),
    /// It is done.
    Done(Came),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Came {
    Records(Imported),
    Products(NewProducts),
}

/// What stands below the questions.
#[component]
pub(super) fn Ending(intake: Intake) -> impl IntoView {
    let stage = Memo::new(move |_| {
        intake.state.with(|it| match it {
            State::Choosing => 0,
            State::Working(..) => 1,
            State::Done(_) => 2,
        })
    });
    live(move || match stage.get() {
        0 => view! { <Summary intake /> }.into_any(),
        1 => view! { <Working intake /> }.into_any(),
        _ => view! { <Done intake /> }.into_any(),
    })
}

#[component]
fn Summary(intake: Intake) -> impl IntoView {
    live(move || {
        let Outlook::Ready(ReadyAnew(ready)) = intake.outlook.get() else { return None };
        let found = intake.sheet()?;
        let table = intake.mapping.with_untracked(|it| it.table);
        let (checked, joined) = (&ready.checked, &ready.joined);
        let is_products = table == Table::Products;
        let can_be_placed =
            !matches!(table, Table::Deals | Table::History) || untrack(|| intake.process_now()).is_some();
        let mut lines: Vec<String> =
            Kind::ALL.into_iter().filter_map(|kind| copy::count(kind, joined.count(kind))).collect();
        if is_products && !checked.rows.is_empty() {
            lines.push(copy::products(checked.rows.len()));
        }
        if joined.priced > 0 {
            lines.push(copy::priced(joined.priced));
        }
        let is_bare = |row: &&session::Row| {
            row.kind == Kind::Deal
                && row.record.is_none()
                && row.fields.iter().all(|it| it.0 != Field::Amount)
        };
        let bare = if table == Table::Deals { joined.import.rows.iter().filter(is_bare).count() } else { 0 };
        if bare > 0 {
            lines.push(copy::not_priced(bare));
        }
        if checked.blank > 0 {
            lines.push(copy::blank(checked.blank));
        }
        let changes = joined.counts.iter().any(|it| it.new + it.changed > 0)
            || (is_products && !checked.rows.is_empty());
        let is_all_same = !changes && joined.counts.iter().any(|it| it.same > 0);
        if !changes {
            lines.push(if is_all_same { copy::NOTHING_NEW } else { copy::NOTHING }.to_owned());
        }
        let bad = bad(&found, &ready);
        let list = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        let begin = move |()| begin(intake, ready.clone());
        Some(view! {
            <section class="card import-summary">
                <h2>{copy::SUMMARY}</h2>
                <div role="status"><ul class="lines">{list}</ul></div>
                <Bad intake found bad />
                {(changes && can_be_placed).then(|| view! { <div class="row"><Button label=copy::IMPORT kind=ButtonKind::Primary icon="received" on_press=begin /></div> })}
            </section>
        })
    })
}

/// A row that stays out, or goes in without a cell.
type BadLine = (BadRow, String);

/// All rows in which something is wrong, with what it is, in the order of the file.
fn bad(found: &Found, ready: &Ready) -> Vec<BadLine> {
    let words = |bad: &BadRow| {
        bad.faults.iter().map(|fault| fault_words(found, bad.row, fault)).collect::<Vec<_>>().join("; ")
    };
    let checked = ready.checked.bad.iter().chain(&ready.checked.lacking).map(|bad| (bad.clone(), words(bad)));
    let sheet = &found.sheet;
    // Lines rise from row to row.
    let places: Vec<(u32, usize)> = (0..sheet.rows()).map(|row| (sheet.line(row), row)).collect();
    let refused = ready.joined.refused.iter().filter_map(|Refused { line, why }| {
        let row = places.binary_search_by_key(line, |it| it.0).ok().map(|at| places[at].1)?;
        Some((BadRow { row, line: *line, faults: Vec::new() }, copy::unfit(*why)))
    });
    let mut all: Vec<BadLine> = checked.chain(refused).collect();
    stdx::sort_by_key(&mut all, |it| it.0.row);
    all
}

fn fault_words(found: &Found, row: usize, fault: &Fault) -> String {
    match fault.column {
        Some(column) => {
            let name = found.sheet.header().get(column).map(String::as_str).unwrap_or_default();
            copy::fault(name, found.sheet.cell(row, column).trim(), fault.reason)
        }
        None => copy::reason(fault.reason),
    }
}

#[component]
fn Bad(intake: Intake, found: Arc<Found>, bad: Vec<BadLine>) -> impl IntoView {
    let has_cells = bad.iter().any(|(bad, _)| bad.faults.iter().any(|it| it.column.is_some()));
    if bad.is_empty() {
        return ().into_any();
    }
    let item = |(bad, words): &BadLine| view! { <li><span class="hint">{copy::LINE}" "{bad.line}</span><span>{words.clone()}</span></li> };
    let list = bad.iter().take(LISTED).map(item).collect_view();
    let more = bad.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| view! { <li class="hint">{copy::more_bad(more)}</li> });
    let title = copy::bad(bad.len());
    let save = move |()| {
        let name =
            intake.source.with_untracked(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
        let name = name.strip_suffix(".csv").unwrap_or(&name).to_owned();
        let rows: Vec<BadRow> = bad.iter().map(|it| it.0.clone()).collect();
        let words = |row: &BadRow| {
            bad.iter().find(|it| it.0.row == row.row).map(|it| it.1.clone()).unwrap_or_default()
        };
        let text = sheet::bad_rows(&found.sheet, &rows, copy::WHY, &words);
        outgoing::save(
            intake.team.handsel,
            &copy::bad_title(&name),
            "csv",
            "text/csv;charset=utf-8",
            text.as_bytes(),
        );
    };
    let is_cell = move || intake.choices.with(|it| it.leave_out == LeaveOut::Cell);
    let toggle = move |_| {
        intake.choices.update(|it| {
            it.leave_out = if it.leave_out == LeaveOut::Cell { LeaveOut::Row } else { LeaveOut::Cell }
        })
    };
    view! {
        <section class="import-bad">
            <h3><Icon name="alert" />{title}</h3>
            <p class="hint">{copy::BAD_ABOUT}</p>
            <ul>{list}{more}</ul>
            <div class="row" data-wrap="">
                <Button label=copy::SAVE_BAD icon="download" size=ButtonSize::Small on_press=save />
                {has_cells.then(|| view! { <label class="import-check"><input type="checkbox" class="tick" prop:checked=is_cell on:change=toggle />{copy::WITHOUT_CELLS}</label> })}
            </div>
        </section>
    }
    .into_any()
}

/// Takes it in.
fn begin(intake: Intake, ready: Arc<Ready>) {
    let team = intake.team;
    let table = intake.mapping.with_untracked(|it| it.table);
    intake.trouble.set(None);
    intake.state.set(State::Working(0, ready.checked.rows.len(), false));
    let progress = move |done: usize, of: usize| {
        let mut goes_on = false;
        let _ = intake.state.try_update(|state| {
            if let State::Working(_, _, is_stopped) = *state {
                goes_on = !is_stopped;
                *state = State::Working(done, of, is_stopped);
            }
        });
        goes_on
    };
    browser::timers::spawn(async move {
        // The bar is to be seen before the work begins.
        browser::timers::settled().await;
        let Some(book) = team.book.try_get_value() else { return };
        let came = if table == Table::Products {
            let came = team.handsel.rooms().take_products(team.id, &ready.checked.rows, &progress).await;
            came.map(Came::Products)
        } else {
            let process = if matches!(table, Table::Deals | Table::History) {
                intake.made_process(&book)
            } else {
                Ok(String::new())
            };
            match process {
                Ok(process) => {
                    let joined = book.join(&ready.checked.rows, &intake.joining(process));
                    book.import(joined.import, &progress).await.map(Came::Records)
                }
                Err(problem) => Err(problem),
            }
        };
        match came {
            Ok(came) => {
                let _ = intake.state.try_set(State::Done(came));
                intake.look_up_prices();
                crate::later::focus_later(".import-done h2");
            }
            Err(problem) => {
                let _ = intake.state.try_set(State::Choosing);
                team.handsel.tell(&problem);
            }
        }
    });
}

#[component]
fn Working(intake: Intake) -> impl IntoView {
    let at = move || {
        intake.state.with(|it| if let State::Working(done, of, _) = it { (*done, *of) } else { (0, 1) })
    };
    let stop = move |()| {
        intake.state.update(|it| {
            if let State::Working(_, _, is_stopped) = it {
                *is_stopped = true;
            }
        })
    };
    view! {
        <section class="card import-working" aria-busy="true">
            <h2>{copy::WORKING}</h2>
            <progress aria-label=copy::WORKING max=move || at().1.max(1).to_string() prop:value=move || at().0 as f64></progress>
            <div class="row between"><p class="hint">{move || copy::progress(at().0, at().1)}</p><Button label=copy::STOP size=ButtonSize::Small on_press=stop /></div>
        </section>
    }
}

#[component]
fn Done(intake: Intake) -> impl IntoView {
    live(move || {
        let State::Done(came) = intake.state.get() else { return None };
        let team = intake.team;
        let (title, words) = match &came {
            Came::Records(came) => {
                (if came.left_out > 0 { copy::STOPPED } else { copy::DONE }, copy::came(came))
            }
            Came::Products(came) => (copy::DONE, copy::came_products(came)),
        };
        let table = intake.mapping.with_untracked(|it| it.table);
        let (href, label) = match table {
            Table::Products => (Route::Room(team.id, RoomPlace::Price).href(), copy::TO_PRODUCTS),
            Table::Accounts | Table::Contacts => (team.href(TeamPlace::Accounts), copy::TO_ACCOUNTS),
            _ => (team.href(TeamPlace::Pipeline), copy::TO_PIPELINE),
        };
        let undo = match came {
            Came::Records(came) => {
                Some(view! { <UndoButton intake id=came.id name=copy::UNDO_IMPORT.to_owned() /> })
            }
            Came::Products(_) => None,
        };
        let next = intake.queue.with(|queue| queue.first().map(|it| it.name.clone()));
        let label_next = next.map_or_else(|| copy::ANOTHER.to_owned(), |name| copy::go_on_with(&name));
        Some(view! {
            <section class="card import-done">
                <h2 tabindex="-1"><Icon name="check" />{title}</h2>
                <p role="status">{words}</p>
                <div class="row" data-wrap="">
                    <LinkButton label href kind=ButtonKind::Primary />
                    <Button label=label_next on_press=move |()| intake.go_on() />
                    {undo}
                </div>
            </section>
        })
    })
}

/// Takes an import back, and says what came of it.
#[component]
fn UndoButton(intake: Intake, id: String, name: String) -> impl IntoView {
    let id = StoredValue::new(id);
    let team = intake.team;
    let is_working = RwSignal::new(false);
    let is_undone = Memo::new(move |_| {
        team.look(|book| book.imports().iter().any(|it| id.with_value(|id| it.id == *id) && it.is_undone))
    });
    let undo = move |()| {
        is_working.set(true);
        browser::timers::spawn(async move {
            let Some(book) = team.book.try_get_value() else { return };
            let Some(id) = id.try_get_value() else { return };
            match book.undo_import(&id).await {
                Ok(undone) => team.handsel.toasts.say(copy::undone(undone.done, undone.left)),
                Err(problem) => team.handsel.tell(&problem),
            }
            let _ = is_working.try_set(false);
        });
    };
    let name = StoredValue::new(name);
    let blocked = Signal::derive(move || is_working.get().then(|| copy::UNDOING.to_owned()));
    live(move || {
        match is_undone.get() {
        true => view! { <span class="hint">{copy::UNDONE}</span> }.into_any(),
        false => view! { <span title=name.get_value()><Button label=Signal::derive(move || if is_working.get() { copy::UNDOING.to_owned() } else { name.get_value() }) icon="undo" size=ButtonSize::default() blocked on_press=undo /></span> }.into_any(),
    }
    })
}

/// What was imported before, newest first.
#[component]
pub(super) fn Past(intake: Intake) -> impl IntoView {
    let past = Memo::new(move |_| {
        let mut all: Vec<PastImport> = intake.team.look(|book| book.imports());
        stdx::sort_by_key(&mut all, |it| std::cmp::Reverse(it.at));
        all.into_iter().map(|it| (it.id, it.source, it.at, it.by)).collect::<Vec<_>>()
    });
    let row = move |(id, source, at, by): (String, String, u64, String)| {
        let about = copy::past(&browser::clock::date_time(at), &by);
        view! {
            <li>
                <span class="import-name grow"><strong class="clip">{source.clone()}</strong><span class="hint">{about}</span></span>
                <UndoButton intake id name=copy::undo_of(&source) />
            </li>
        }
    };
    let is_there = Memo::new(move |_| past.with(|it| !it.is_empty()));
    live(move || {
        is_there.get().then(|| {
            view! {
                <section class="card">
                    <h2>{copy::PAST}</h2>
                    <ul class="rows import-past"><For each=move || past.get() key=|it| it.0.clone() children=row /></ul>
                </section>
            }
        })
    })
}
