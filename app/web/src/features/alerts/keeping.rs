//! What finds out what is told: it asks anew when something came, and now and then, since rooms go quiet by themselves.

use std::rc::Rc;

use leptos::prelude::*;
use model::RoomId;
use session::{Notice, lines, unseen};
use ui::effect;

use super::{Alerts, Told, copy, settings::AlertSettings};
use crate::{
    handsel::Handsel,
    route::{Place, Route},
};

/// So often it is looked at anew, in milliseconds.
const EVERY_MS: u32 = 5 * 60_000;

/// So many alerts at once are told outside of the page by their number alone.
const EACH: usize = 3;

/// Keeps what is told up to date, and tells outside of the page what nobody sees in it.
#[component]
pub(super) fn Keeping(handsel: Handsel, alerts: Alerts) -> impl IntoView {
    handsel.rooms().keep_activity();
    let changed = RwSignal::from(handsel.rooms().activity_changed());
    let list = RwSignal::from(handsel.rooms().list());
    let ticks = RwSignal::new(0u32);
    effect(move || {
        changed.track();
        list.track();
        ticks.track();
        browser::timers::spawn(async move {
            // Where the store does not say, what was told stands.
            if let Ok(told) = look(handsel).await {
                show_outside(handsel, alerts, &told);
                let _ = alerts.told.try_set(Some(Rc::new(told)));
            }
        });
    });
    browser::timers::spawn(async move {
        loop {
            browser::timers::sleep(EVERY_MS).await;
            if ticks.try_update(|count| *count = count.wrapping_add(1)).is_none() {
                return;
            }
        }
    });
    view! { <AlertSettings alerts /> }
}

async fn look(handsel: Handsel) -> Result<Told, session::Problem> {
    let store = handsel.rooms();
    let (rooms, muted) = (store.activity(browser::clock::offset_ms()).await?, store.muted().await?);
    let seen = store.alerts_seen().await?;
    let (lines, unseen) = (lines(&rooms, &muted), unseen(&rooms, &muted, seen));
    Ok(Told { rooms, muted, lines, unseen, seen })
}

/// Marks the program's icon, and tells in the system's way what came since it was last looked at, where that was allowed.
fn show_outside(handsel: Handsel, alerts: Alerts, told: &Told) {
    browser::notices::mark(told.unseen);
    let Some(before) = alerts.told.with_untracked(|before| before.clone()) else { return };
    if browser::page::is_visible() {
        return;
    }
    let was_told = |room: RoomId, notice: &Notice| {
        let of = before.rooms.iter().find(|of| of.room == room);
        of.is_some_and(|of| of.alerts.iter().any(|it| it.alert == notice.alert))
    };
    let new: Vec<_> = told
        .rooms
        .iter()
        .flat_map(|of| of.alerts.iter().map(move |notice| (of, notice)))
        .filter(|(of, notice)| {
            notice.came > told.seen
                && !told.muted.is(of.room, notice.alert.kind)
                && !was_told(of.room, notice)
        })
        .collect();
    if new.len() > EACH {
        let go = move || handsel.go(Route::Home);
        return browser::notices::show(&copy::several(new.len()), "", "handsel", go);
    }
    for (of, notice) in new {
        let room = of.room;
        let words = copy::line(notice.alert.kind, std::slice::from_ref(&notice.name), 1);
        let go = move || handsel.go(Route::Room(room, Place::Readers));
        browser::notices::show(&of.title, &words, &format!("{room}/{}", notice.alert.kind.name()), go);
    }
}
