//! How buyers read the room, as their browsers told: for the selling side alone.

mod along;
mod copy;
mod deciders;
mod deciding;
mod leaving;
mod meetings;
mod people;
mod records;
mod seen;
mod visits;
mod warmth;

use leptos::prelude::*;
use session::{Problem, Readings};
use ui::{
    Badge, Banner, Button, EmptyState, Segment, Segmented, Skeleton, SkeletonShape, Switch, Tone, effect,
    live,
};

use super::OpenRoom;
use crate::{copy as words, features::alerts::Alerts, handsel::use_handsel};
use along::Along;
use deciders::Deciders;
use meetings::Meetings;
use people::People;
use records::{Asked, Records};
use seen::{Seen, Span};
use visits::Visits;
use warmth::Warmth;

/// What the parts of this place share. Copies are the same.
#[derive(Clone, Copy)]
struct Readers {
    room: OpenRoom,
    /// What was read in the time that is looked at; none before it was opened.
    seen: Memo<Option<Seen>>,
    /// Whose records are looked at, and of which part.
    asked: RwSignal<Option<Asked>>,
    is_asking: RwSignal<bool>,
}

/// The place.
#[component]
pub(super) fn ReadersPlace(room: OpenRoom) -> impl IntoView {
    let handsel = use_handsel();
    let open = room.get();
    let came = RwSignal::from(open.readings_changed());
    let answered = RwSignal::from(open.responses_changed());
    let signed = RwSignal::from(open.deal_changed());
    let sections = RwSignal::from(open.sections());
    let opened: RwSignal<Option<Result<Readings, Problem>>> = RwSignal::new(None);
    effect(move || {
        came.track();
        let open = room.get();
        browser::timers::spawn(async move {
            let readings = open.readings().await;
            let _ = opened.try_set(Some(readings));
        });
    });
    let span = RwSignal::new(Span::All);
    let seen = Memo::new(move |_| {
        answered.track();
        signed.track();
        sections.track();
        let readings = opened.get()?.ok()?;
        Some(Seen::of(room, readings, span.get(), browser::clock::now_ms()))
    });
    let readers = Readers { room, seen, asked: RwSignal::new(None), is_asking: RwSignal::new(false) };
    let is_empty = Memo::new(move |_| {
        opened.with(|opened| match opened {
            None => None,
            Some(Ok(readings)) => Some(readings.of.is_empty()),
            Some(Err(_)) => Some(true),
        })
    });
    let trouble = live(move || {
        let problem = opened.with(|opened| opened.clone()?.err())?;
        Some(view! { <Banner tone=Tone::Danger words=words::problem(&problem) /> })
    });
    let unreadable = live(move || {
        let count = opened.with(|opened| Some(opened.as_ref()?.as_ref().ok()?.unreadable))?;
        (count > 0).then(|| view! { <Banner tone=Tone::Warn words=copy::unreadable(count) /> })
    });
    let body = live(move || match is_empty.get() {
        None => view! { <Skeleton label=copy::READING shape=SkeletonShape::Page /> }.into_any(),
        Some(true) => view! {
            <div class="with-rail readers-columns">
                <EmptyState icon="eye" line=copy::NONE more=copy::NONE_MORE />
                <div class="stack">
                    <Deciders readers />
                    <AskFirst readers />
                </div>
            </div>
        }
        .into_any(),
        Some(false) => view! {
            <div class="with-rail readers-columns">
                <div class="stack">
                    <Along readers />
                    <Visits readers />
                </div>
                <div class="stack">
                    <Warmth readers />
                    <Deciders readers />
                    {expect_context::<Alerts>().feed(Some(room.get().id()))}
                    <People readers />
                    <Meetings readers />
                    <AskFirst readers />
                </div>
            </div>
        }
        .into_any(),
    });
    let segment = |span: Span| Segment { id: span.id(), label: copy::span(span).into(), icon: None };
    let tools = live(move || {
        (is_empty.get() == Some(false)).then(|| {
            view! {
                <Segmented
                    label=copy::SPAN
                    segments=Span::ALL.map(segment).to_vec()
                    value=Signal::derive(move || span.get().id())
                    on_pick=move |id| span.set(Span::parse(id))
                />
                <Button label=copy::EXPORT icon="download" on_press=move |()| leaving::table(handsel, readers) />
            }
        })
    });
    view! {
        <main class="page readers">
            <header class="page-head">
                <div>
                    <h2>{copy::HOW_THEY_READ}</h2>
                    <p class="hint"><Badge label=copy::PRIVATE tone=Tone::Accent icon="lock" /> {copy::ABOUT}</p>
                </div>
                <div class="row">{tools}</div>
            </header>
            {trouble}
            {unreadable}
            {body}
        </main>
        <Records readers />
    }
}

/// Whether buyers are asked before anything is noted.
#[component]
fn AskFirst(readers: Readers) -> impl IntoView {
    let handsel = use_handsel();
    let changed = RwSignal::from(readers.room.get().offer_changed());
    let asks = Memo::new(move |_| {
        changed.track();
        readers.room.get().asks_before_recording()
    });
    let turn = move |asks: bool| {
        if let Err(problem) = readers.room.get().ask_before_recording(asks) {
            handsel.tell(&problem);
        }
    };
    view! {
        <section class="card">
            <Switch label=copy::ASK_FIRST hint=copy::ASK_FIRST_HINT on=asks on_turn=turn />
        </section>
    }
}

impl Readers {
    /// Shows the records behind a figure.
    fn ask(self, asked: Asked) {
        self.asked.set(Some(asked));
        self.is_asking.set(true);
    }

    /// Something of what was read, once it is there.
    fn with<T>(self, look: impl FnOnce(&Seen) -> T) -> Option<T> {
        self.seen.with(|seen| seen.as_ref().map(look))
    }
}
