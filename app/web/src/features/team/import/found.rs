//! What was found in a table, and what its columns are.

use exchange::sheet::{self, Encoding, Forced, Table, Takes, Target};
use leptos::{ev::Event, prelude::*};
use terms::price::Currency;
use ui::{Banner, Tone, live};

use super::{Intake, copy};

/// So many rows are shown.
const SHOWN: usize = 6;
const ENCODINGS: [Encoding; 4] =
    [Encoding::Utf8, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A choice among a few: what each is called, and which is chosen.
fn pick(
    label: &'static str,
    options: Vec<(&'static str, bool)>,
    on_pick: impl Fn(usize) + 'static,
) -> AnyView {
    let option = |(at, (words, is_chosen)): (usize, (&'static str, bool))| {
        view! { <option value=at.to_string() selected=is_chosen>{words}</option> }
    };
    let change = move |event: Event| {
        if let Ok(at) = event_target_value(&event).parse() {
            on_pick(at);
        }
    };
    view! {
        <label class="field"><span class="label">{label}</span>
            <select class="input filter" on:change=change>{options.into_iter().enumerate().map(option).collect_view()}</select>
        </label>
    }
    .into_any()
}

/// The card.
#[component]
pub(super) fn FoundCard(intake: Intake) -> impl IntoView {
    let name = move || intake.source.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let facts = live(move || {
        let found = intake.sheet()?;
        let table = intake.mapping.with(|it| it.table);
        let tables = Table::ALL.iter().map(|it| (copy::table(*it), *it == table)).collect();
        let encodings = ENCODINGS
            .iter()
            .take(3)
            .map(|it| (copy::encoding(*it), copy::encoding(*it) == copy::encoding(found.encoding)))
            .collect();
        let delimiter = found.sheet.delimiter();
        let delimiters = DELIMITERS.iter().map(|it| (copy::delimiter(*it), *it == delimiter)).collect();
        let has_header = found.sheet.has_header();
        let again = move |forced: Forced| {
            intake.forced.set(forced);
            intake.read(Some(intake.mapping.with_untracked(|it| it.table)));
        };
        let header =
            move |_| again(Forced { has_header: Some(!has_header), ..intake.forced.get_untracked() });
        let encoding = move |at: usize| {
            intake.encoding.set(ENCODINGS.get(at).copied());
            intake.read(Some(intake.mapping.with_untracked(|it| it.table)));
        };
        let (doubtful, troubles) = (found.doubtful, found.sheet.troubles().len());
        let looks = (doubtful > 0)
            .then(|| copy::doubtful(doubtful))
            .into_iter()
            .chain((troubles > 0).then(|| copy::troubles(troubles)));
        let looks = looks.chain((table == Table::Sellers).then(|| copy::SELLERS.to_owned()));
        Some(view! {
            <div class="import-facts">
                {pick(copy::ROWS_ARE, tables, move |at| intake.read(Table::ALL.get(at).copied()))}
                {pick(copy::ENCODING, encodings, encoding)}
                {pick(copy::DELIMITER, delimiters, move |at| again(Forced { delimiter: DELIMITERS.get(at).copied(), ..intake.forced.get_untracked() }))}
                <label class="import-check"><input type="checkbox" class="tick" prop:checked=has_header on:change=header />{copy::HEADER}</label>
            </div>
            {looks.map(|words| view! { <Banner tone=Tone::Warn words /> }).collect_view()}
        })
    });
    let missing = live(move || {
        let missing = intake.mapping.with(|it| it.missing());
        missing
            .into_iter()
            .map(|one_of| view! { <Banner tone=Tone::Warn words=copy::missing(one_of) /> })
            .collect_view()
    });
    let rows = move || intake.sheet().map(|found| copy::rows(found.sheet.rows()));
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::FOUND}</h2><p class="hint" role="status">{name}" · "{rows}</p></div>
            {facts}
            <Preview intake />
            {missing}
        </section>
    }
}

/// The first rows, and above each column what it is.
#[component]
fn Preview(intake: Intake) -> impl IntoView {
    // Only another reading makes the table anew: what a column is changes within it.
    let found = Memo::new(move |_| intake.found.get().and_then(Result::ok));
    live(move || {
        let found = found.get()?.0;
        let width = found.sheet.width();
        let heads = (0..width)
            .map(|column| view! { <Head intake column name=found.sheet.header()[column].clone() /> })
            .collect_view();
        let row = |row: usize| {
            let cell = |column: usize| {
                let is_out =
                    move || intake.mapping.with(|it| it.columns.get(column) == Some(&None)).then_some("");
                view! { <td data-out=is_out>{found.sheet.cell(row, column).to_owned()}</td> }
            };
            view! { <tr>{(0..width).map(cell).collect_view()}</tr> }
        };
        let rows = (0..found.sheet.rows().min(SHOWN)).map(row).collect_view();
        Some(view! {
            <div class="import-preview" role="region" aria-label=copy::PREVIEW tabindex="0">
                <table class="table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        })
    })
}

#[component]
fn Head(intake: Intake, column: usize, name: String) -> impl IntoView {
    let label = copy::means(&name);
    let money = copy::currency_of(&name);
    let target = Memo::new(move |_| intake.mapping.with(|it| it.columns.get(column).copied().flatten()));
    let targets = intake.mapping.with_untracked(|it| it.table.targets());
    let option = move |(at, it): (usize, &Target)| {
        let it = *it;
        view! { <option value=at.to_string() selected=move || target.get() == Some(it)>{copy::target(it)}</option> }
    };
    let change = move |event: Event| {
        let picked = event_target_value(&event).parse::<usize>().ok().and_then(|at| targets.get(at).copied());
        intake.mapping.update(|mapping| {
            if let Some(place) = mapping.columns.get_mut(column) {
                *place = picked;
            }
        });
    };
    let is_money = Memo::new(move |_| {
        target.get().is_some_and(|it| it.takes() == Takes::Money && !copy::is_not_kept(it))
            && intake.mapping.with(|it| it.column(Target::Currency).is_none() && it.table != Table::Products)
    });
    let currency = move || {
        let money = money.clone();
        is_money.get().then(|| {
            let change = move |event: Event| {
                let code = Currency::parse(&event_target_value(&event));
                intake.say(column, |how| how.currency = code);
            };
            view! {
                <select class="input filter" aria-label=money on:change=change>
                    <option value="">{copy::OWN_CURRENCY}</option>
                    {Currency::codes().into_iter().map(|code| view! { <option value=code>{code}</option> }).collect_view()}
                </select>
            }
        })
    };
    let can_be_serial = Memo::new(move |_| {
        let holds = intake.sheet().and_then(|found| found.guesses.get(column).map(|it| it.kind));
        target.get().is_some_and(|it| it.takes() == Takes::Day) && holds == Some(sheet::Kind::Number)
    });
    let serial = live(move || {
        can_be_serial.get().then(|| {
            let is_serial = move || intake.choices.with(|it| it.columns.get(column).is_some_and(|how| how.is_serial));
            view! {
                <label class="import-check"><input type="checkbox" class="tick" prop:checked=is_serial on:change=move |_| intake.say(column, |how| how.is_serial = !how.is_serial) />{copy::SERIAL}</label>
            }
        })
    });
    let not_kept = live(move || {
        target
            .get()
            .is_some_and(copy::is_not_kept)
            .then(|| view! { <span class="hint" title=copy::NOT_KEPT>{copy::NOT_KEPT_SHORT}</span> })
    });
    view! {
        <th scope="col" data-out=move || target.get().is_none().then_some("")>
            <div class="stack snug">
                <span class="clip">{name}</span>
                <select class="input filter" aria-label=label on:change=change>
                    <option value="" selected=move || target.get().is_none()>{copy::NOT_TAKEN}</option>
                    {targets.iter().enumerate().map(option).collect_view()}
                </select>
                {live(currency)}
                {serial}
                {not_kept}
            </div>
        </th>
    }
}
