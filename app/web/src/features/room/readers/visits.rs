//! Visits along time: a dot each, larger the longer somebody was active.

use leptos::prelude::*;
use ui::{Avatar, Party, live};

use super::{Readers, copy, records::Asked, seen::Seen};
use crate::features::room::copy as room_words;

/// The width of the least and of the widest dot, in pixels.
const DOT: (f64, f64) = (8.0, 26.0);

/// A visit as a dot.
#[derive(Clone, PartialEq)]
struct Dot {
    /// How far along, from 0 to 1.
    at: f64,
    /// How wide, in pixels.
    width: f64,
    label: String,
}

/// Somebody's visits.
#[derive(Clone, PartialEq)]
struct Track {
    who: String,
    name: String,
    dots: Vec<Dot>,
}

/// The picture, and what it shows in words.
#[component]
pub(super) fn Visits(readers: Readers) -> impl IntoView {
    let drawn = Memo::new(move |_| readers.with(tracks));
    let body = live(move || {
        let (tracks, from, until) = drawn.get()?;
        if tracks.is_empty() {
            return Some(view! { <p class="hint">{copy::NO_VISITS}</p> }.into_any());
        }
        let track = |track: Track| {
            let asked = Asked { who: Some(track.who.clone()), part: None };
            let dots = track.dots.into_iter().map(|dot| {
                let at = format!("{:.2}%", 100.0 * dot.at);
                let width = format!("{:.0}px", dot.width);
                view! { <li class="visit" style=("--at", at) style=("--dot", width) title=dot.label.clone()><span class="visually-hidden">{dot.label.clone()}</span></li> }
            });
            view! {
                <li class="visit-track">
                    <button type="button" on:click=move |_| readers.ask(asked.clone())>
                        <Avatar name=track.name.clone() party=Party::Buyer />
                        <span>{track.name.clone()}</span>
                    </button>
                    <ul class="visit-line">{dots.collect_view()}</ul>
                </li>
            }
        };
        Some(
            view! {
                <ul class="visit-tracks">{tracks.into_iter().map(track).collect_view()}</ul>
                <p class="visit-ends hint"><span>{browser::clock::date(from)}</span><span>{browser::clock::date(until)}</span></p>
            }
            .into_any(),
        )
    });
    let count = move || readers.with(|seen| copy::visits(seen.story.visits.len()));
    view! {
        <section class="card">
            <div class="card-head"><h3>{copy::VISITS}</h3><span class="hint">{count}</span></div>
            {body}
        </section>
    }
}

/// The visits of everybody, and from when until when they are drawn.
fn tracks(seen: &Seen) -> (Vec<Track>, u64, u64) {
    let visits = &seen.story.visits;
    let from = visits.first().map_or(seen.now, |visit| visit.from);
    let until = seen.now.max(visits.iter().map(|visit| visit.until).max().unwrap_or_default());
    let span = (until - from).max(1) as f64;
    let longest = visits.iter().map(|visit| visit.active).max().unwrap_or_default().max(1) as f64;
    let track = |who: &str| {
        let theirs = visits.iter().filter(|visit| visit.who == who);
        let dot = |visit: &insight::story::Visit| Dot {
            at: (visit.from - from) as f64 / span,
            // By area, as eyes compare.
            width: DOT.0 + (DOT.1 - DOT.0) * (visit.active as f64 / longest).sqrt(),
            label: copy::visit(&browser::clock::date_time(visit.from), &room_words::spent(visit.active)),
        };
        Track { who: who.to_owned(), name: seen.name(who), dots: theirs.map(dot).collect() }
    };
    (seen.story.people.iter().map(|person| track(&person.who)).collect(), from, until)
}
