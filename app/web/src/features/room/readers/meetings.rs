//! Presentations: who attended, for how long, and what held them.

use leptos::prelude::*;
use ui::{Avatar, Party, live};

use super::{Readers, copy, records::Asked, seen::Seen};
use crate::features::room::copy as room_words;

/// A presentation with those who attended: each with whose records are behind it, their name, and what they did.
type Meeting = (String, Vec<(String, String, String)>);

/// The list; nothing where nobody ever attended one.
#[component]
pub(super) fn Meetings(readers: Readers) -> impl IntoView {
    let all = Memo::new(move |_| readers.with(meetings).unwrap_or_default());
    live(move || {
        let all = all.get();
        let person = move |(who, name, did): (String, String, String)| {
            let asked = Asked { who: Some(who), part: None };
            view! {
                <li class="reader">
                    <Avatar name=name.clone() party=Party::Buyer />
                    <div>
                        <button type="button" class="reader-name" on:click=move |_| readers.ask(asked.clone())>{name}</button>
                        <p>{did}</p>
                    </div>
                </li>
            }
        };
        let meeting = move |(when, people): Meeting| {
            view! { <li><p class="hint">{when}</p><ul class="reader-list">{people.into_iter().map(person).collect_view()}</ul></li> }
        };
        (!all.is_empty()).then(|| {
            view! {
                <section class="card">
                    <div class="card-head"><h3>{copy::PRESENTATIONS}</h3></div>
                    <ul class="reader-list">{all.into_iter().map(meeting).collect_view()}</ul>
                </section>
            }
        })
    })
}

fn meetings(seen: &Seen) -> Vec<Meeting> {
    let of = |meeting: &insight::story::Meeting| {
        let person = |it: &insight::story::Attendee| {
            let most = it.parts.iter().max_by_key(|part| part.followed).filter(|part| part.followed > 0);
            let most = most.map(|part| seen.names.name(&part.part)).unwrap_or_default();
            let (shown, followed) = (room_words::spent(it.shown()), room_words::spent(it.followed()));
            (it.who.clone(), seen.name(&it.who), copy::attended(&shown, &followed, &most))
        };
        let people: Vec<_> = meeting.people.iter().map(person).collect();
        (copy::meeting(&browser::clock::date_time(meeting.since), people.len()), people)
    };
    // The latest first.
    seen.story.meetings.iter().rev().map(of).collect()
}
