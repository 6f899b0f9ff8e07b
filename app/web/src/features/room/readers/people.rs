//! Who read, and what is not known of them.

use leptos::prelude::*;
use ui::{Avatar, Badge, Party, Tone, live};

use super::{
    Readers, copy,
    records::Asked,
    seen::{Reader, Seen},
};
use crate::features::room::copy as room_words;

/// Somebody, with what they did in the time that is looked at.
type Row = (Reader, Option<(usize, u64, u64)>);

/// The list.
#[component]
pub(super) fn People(readers: Readers) -> impl IntoView {
    let rows = Memo::new(move |_| readers.with(rows));
    let list = live(move || {
        let row = |(reader, did): Row| {
            let asked = Asked { who: Some(reader.who.clone()), part: None };
            let by = (!reader.by.is_empty()).then(|| copy::by_link(&reader.by));
            let what = match did {
                Some((visits, active, last)) => {
                    copy::came(visits, &room_words::spent(active), &browser::clock::date_time(last))
                }
                None => copy::NOT_IN_TIME.to_owned(),
            };
            let received = reader.received.map(|at| copy::received(&browser::clock::date_time(at)));
            let name = reader.name.clone();
            view! {
                <li class="reader">
                    <Avatar name=name.clone() party=Party::Buyer />
                    <div>
                        <button type="button" class="reader-name" on:click=move |_| readers.ask(asked.clone())>{name}</button>
                        {reader.is_unknown.then(|| view! { <Badge label=copy::UNKNOWN tone=Tone::Warn /> })}
                        <p>{what}</p>
                        {by.map(|by| view! { <p class="hint">{by}</p> })}
                        {received.map(|received| view! { <p class="hint">{received}</p> })}
                    </div>
                </li>
            }
        };
        rows.get().map(|rows| rows.into_iter().map(row).collect_view())
    });
    view! {
        <section class="card">
            <div class="card-head"><h3>{copy::WHO_READ}</h3></div>
            <ul class="reader-list">{list}</ul>
            <p class="hint">{copy::WHO_ABOUT}</p>
        </section>
    }
}

fn rows(seen: &Seen) -> Vec<Row> {
    let did = |reader: &Reader| {
        let person = seen.story.people.iter().find(|person| person.who == reader.who)?;
        Some((person.visits, person.active, person.last))
    };
    seen.readers.iter().map(|reader| (reader.clone(), did(reader))).collect()
}
