//! What the owner of rooms is told by itself: that somebody came, came back, asked, accepted; and what has gone quiet.
//!
//! What finds it out is a part of the program, which is fetched by whoever owns a room; it keeps [`Told`] up to date for the screens.

mod copy;
mod feed;
mod keeping;
mod settings;

use std::rc::Rc;

use insight::alerts::{Kind, Line};
use leptos::prelude::*;
use model::RoomId;
use session::{Activity, Muted};
use ui::{Badge, Tone, effect, live};

use crate::{
    handsel::{Handsel, use_handsel},
    later::{beside_later, part},
};
use feed::Feed;
use keeping::Keeping;

/// What is told of all rooms, as it was looked at last.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Told {
    /// Each room of one's own.
    pub(crate) rooms: Vec<Activity>,
    /// What is not told.
    pub(crate) muted: Muted,
    /// The lines, newest first.
    pub(crate) lines: Vec<Line<RoomId>>,
    /// How many of them nobody has seen, as alerts.
    pub(crate) unseen: usize,
    /// Until when alerts were seen, milliseconds since 1970.
    pub(crate) seen: u64,
}

/// What is told, for every screen. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Alerts {
    pub(crate) told: RwSignal<Option<Rc<Told>>, LocalStorage>,
    settings: RwSignal<bool>,
}

part!(keeping((Handsel, Alerts)) => |given| view! { <Keeping handsel=given.0 alerts=given.1 /> });
part!(alert_feed((Alerts, Option<RoomId>)) => |given| view! { <Feed alerts=given.0 room=given.1 /> });

impl Alerts {
    /// Nothing is told yet.
    pub(crate) fn new() -> Self {
        Self { told: RwSignal::new_local(None), settings: RwSignal::new(false) }
    }

    /// What finds it out, for whoever owns a room.
    pub(crate) fn keep(self, handsel: Handsel) -> AnyView {
        let list = RwSignal::from(handsel.rooms().list());
        let owns =
            Memo::new(move |_| list.with(|rooms| rooms.iter().flatten().any(|room| room.given.is_some())));
        beside_later(keeping, (handsel, self), owns)
    }

    /// What happened, newest first: in all rooms, or in one. Nothing is shown where nothing happened.
    pub(crate) fn feed(self, room: Option<RoomId>) -> AnyView {
        let happened = Memo::new(move |_| {
            self.told.with(|told| {
                let lines = told.iter().flat_map(|told| &told.lines);
                lines.into_iter().any(|line| room.is_none_or(|room| line.key == room))
            })
        });
        beside_later(alert_feed, (self, room), happened)
    }
}

/// How warm a room is, in a word, for its row in the list.
#[component]
pub(crate) fn WarmthMark(room: RoomId) -> impl IntoView {
    let alerts = expect_context::<Alerts>();
    let warmth = Memo::new(move |_| {
        alerts.told.with(|told| {
            let of = told.as_ref()?.rooms.iter().find(|of| of.room == room)?;
            Some((of.warmth?, of.index.round() as u64))
        })
    });
    live(move || {
        let (warmth, index) = warmth.get()?;
        let tone = if copy::is_warning(warmth) { Tone::Warn } else { copy::tone(warmth) };
        let about = copy::about_warmth(index);
        Some(view! {
            <span class="warmth" title=about.clone()>
                <Badge label=copy::warmth(warmth) tone />
                <span class="visually-hidden">{about.clone()}</span>
            </span>
        })
    })
}

/// Marks all as seen once they were on the screen for a moment, as long as whoever calls it is.
fn see(alerts: Alerts) {
    /// So long a look takes, in milliseconds.
    const LOOK_MS: u32 = 2_000;
    let handsel = use_handsel();
    let is_shown = StoredValue::new(());
    effect(move || {
        if alerts.told.with(|told| told.as_ref().is_none_or(|told| told.unseen == 0)) {
            return;
        }
        browser::timers::spawn(async move {
            browser::timers::sleep(LOOK_MS).await;
            if browser::page::is_visible() && is_shown.try_get_value().is_some() {
                let rooms = handsel.rooms();
                // What cannot be noted now is shown as new once more.
                let _ = rooms.note_alerts_seen(rooms.now()).await;
            }
        });
    });
}

/// Every kind there is, in the order in which they are offered.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter()
}
