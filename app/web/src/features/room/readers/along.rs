//! Along the proposal: each part with how long it was read, by whom, and by how many.

use insight::{attention::Reading, record::Part, story::PartStory};
use leptos::prelude::*;
use ui::{Avatar, Party, live};

use super::{Readers, copy, records::Asked, seen::Seen};
use crate::features::room::copy as room_words;

/// So many people have a column each, those who read the most.
const COLUMNS: usize = 8;

/// From how many milliseconds on a cell is so warm, the warmest last.
const WARMER: [u64; 5] = [1, 60_000, 3 * 60_000, 8 * 60_000, 20 * 60_000];

/// A row of the table.
#[derive(Clone, PartialEq)]
struct Row {
    part: Part,
    name: String,
    active: u64,
    /// How many people had a look at it, and how many read it.
    seen: usize,
    read: usize,
    /// How long each person with a column read it.
    cells: Vec<u64>,
}

/// The table.
#[component]
pub(super) fn Along(readers: Readers) -> impl IntoView {
    let table = Memo::new(move |_| readers.with(rows));
    let body = live(move || {
        let (people, rows) = table.get()?;
        let longest = rows.iter().map(|row| row.active).max().unwrap_or_default().max(1);
        let head = |(who, name): &(String, String)| {
            let (asked, label) = (Asked { who: Some(who.clone()), part: None }, copy::records_of(name));
            let name = name.clone();
            view! {
                <th scope="col" class="along-who">
                    <button type="button" title=label on:click=move |_| readers.ask(asked.clone())>
                        <Avatar name=name.clone() party=Party::Buyer />
                        <span>{name.clone()}</span>
                    </button>
                </th>
            }
        };
        let heads = people.iter().map(head).collect_view();
        let row = |row: Row| {
            let share = row.active as f64 / longest as f64;
            let asked = Asked { who: None, part: Some(row.part.clone()) };
            let cells = row.cells.iter().zip(&people).map(|(active, (who, name))| {
                let asked = Asked { who: Some(who.clone()), part: Some(row.part.clone()) };
                cell(readers, *active, asked, copy::cell(&row.name, name, &room_words::spent(*active)))
            });
            let cells = cells.collect_view();
            view! {
                <tr>
                    <th scope="row">
                        <button type="button" class="along-part" on:click=move |_| readers.ask(asked.clone())>{row.name.clone()}</button>
                    </th>
                    <td class="along-bar" aria-hidden="true"><i style=("--share", share.to_string()) data-heat=heat(row.active).to_string()></i></td>
                    <td class="along-time">{if row.active > 0 { room_words::spent(row.active) } else { copy::NOBODY.to_owned() }}</td>
                    <td class="along-count">{copy::seen_and_read(row.seen, row.read)}</td>
                    {cells}
                </tr>
            }
        };
        Some(view! {
            <div class="along-table" tabindex="0" role="group" aria-label=copy::ALONG>
                <table>
                    <caption class="visually-hidden">{copy::ALONG_ABOUT}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{copy::PART}</th>
                            <td aria-hidden="true"></td>
                            <th scope="col" class="along-time">{copy::TIME}</th>
                            <th scope="col" class="along-count">{copy::LOOKED_AND_READ}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        })
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h3>{copy::ALONG}</h3>
                <p class="along-legend hint" aria-hidden="true">
                    {copy::LESS}
                    {(1..=WARMER.len()).map(|heat| view! { <i data-heat=heat.to_string()></i> }).collect_view()}
                    {copy::MORE}
                </p>
            </div>
            {body}
            <p class="hint">{copy::HOW_COUNTED}</p>
        </section>
    }
}

fn cell(readers: Readers, active: u64, asked: Asked, label: String) -> AnyView {
    if active == 0 {
        return view! { <td class="along-cell" data-heat="0"><span aria-hidden="true">"·"</span><span class="visually-hidden">{label}</span></td> }.into_any();
    }
    view! {
        <td class="along-cell" data-heat=heat(active).to_string()>
            <button type="button" aria-label=label.clone() title=label.clone() on:click=move |_| readers.ask(asked.clone())>{copy::short(active)}</button>
        </td>
    }
    .into_any()
}

fn heat(active: u64) -> usize {
    WARMER.iter().filter(|least| active >= **least).count()
}

/// The people with a column, and a row for each part: the sections in their order, read or not, then what else was read.
fn rows(seen: &Seen) -> (Vec<(String, String)>, Vec<Row>) {
    let mut most: Vec<_> = seen.story.people.iter().collect();
    stdx::sort_by_key(&mut most, |person| std::cmp::Reverse(person.active));
    let people: Vec<(String, String)> =
        most.into_iter().take(COLUMNS).map(|person| (person.who.clone(), seen.name(&person.who))).collect();
    let told = |part: &Part| seen.story.parts.iter().find(|told| told.part == *part);
    let row = |part: &Part, name: String, told: Option<&PartStory>| {
        let of = |who: &str| {
            let reader = told.and_then(|told| told.readers.iter().find(|reader| reader.who == who));
            reader.map_or(0, |reader| reader.active)
        };
        Row {
            part: part.clone(),
            name,
            active: told.map_or(0, |told| told.active),
            seen: told.map_or(0, |told| told.readers_who(Reading::Seen)),
            read: told.map_or(0, |told| told.readers_who(Reading::Read)),
            cells: people.iter().map(|(who, _)| of(who)).collect(),
        }
    };
    let sections = seen.names.sections.iter();
    let mut rows: Vec<Row> =
        sections.map(|named| row(&named.part, named.name.clone(), told(&named.part))).collect();
    let is_listed = |part: &Part| seen.names.sections.iter().any(|named| named.part == *part);
    let mut others: Vec<&PartStory> = seen.story.parts.iter().filter(|told| !is_listed(&told.part)).collect();
    stdx::sort_by(&mut others, |one, other| one.part.cmp(&other.part));
    rows.extend(others.into_iter().map(|told| row(&told.part, seen.names.name(&told.part), Some(told))));
    (people, rows)
}
