//! What is told, and whether it is also told outside of the page.

use insight::alerts::{Kind, can_be_muted};
use leptos::prelude::*;
use model::RoomId;
use ui::{Button, ButtonKind, Dialog, DialogSize, Switch, live};

use super::{Alerts, copy, kinds};
use crate::{copy as words, handsel::use_handsel, route::Route};

/// The dialog. In a room it is about that room, elsewhere about all.
#[component]
pub(super) fn AlertSettings(alerts: Alerts) -> impl IntoView {
    let handsel = use_handsel();
    let room = Memo::new(move |_| match handsel.route.get() {
        Route::Room(id, _) => Some(id),
        _ => None,
    });
    let allowed = RwSignal::new(browser::notices::are_allowed());
    let outside = move |on: bool| {
        if !on {
            browser::notices::forget();
            return allowed.set(false);
        }
        browser::timers::spawn(async move {
            let is_allowed = browser::notices::ask().await;
            let _ = allowed.try_set(is_allowed);
            if !is_allowed {
                handsel.toasts.say(copy::NOT_ALLOWED);
            }
        });
    };
    let footer = move || {
        view! { <Button label=words::CLOSE kind=ButtonKind::Primary on_press=move |()| alerts.settings.set(false) /> }
    };
    let about = Signal::derive(move || match room.get() {
        Some(_) => copy::IN_THIS_ROOM.to_owned(),
        None => copy::IN_ALL_ROOMS.to_owned(),
    });
    view! {
        <Dialog open=alerts.settings title=copy::SETTINGS close_label=words::CLOSE size=DialogSize::Small footer>
            <Switch label=copy::OUTSIDE hint=copy::OUTSIDE_HINT on=allowed on_turn=outside />
            <fieldset class="alert-kinds">
                <legend>{about}</legend>
                {kinds().map(|kind| view! { <KindSwitch alerts kind room /> }).collect_view()}
            </fieldset>
        </Dialog>
    }
}

#[component]
fn KindSwitch(alerts: Alerts, kind: Kind, room: Memo<Option<RoomId>>) -> impl IntoView {
    let handsel = use_handsel();
    let muted = move |of: Option<RoomId>| {
        alerts.told.with(|told| told.as_ref().is_some_and(|told| told.muted.is_set(of, kind)))
    };
    // What is told nowhere is told in no room.
    let everywhere = Memo::new(move |_| room.get().is_some() && muted(None));
    let on = Memo::new(move |_| !muted(room.get()) && !everywhere.get());
    let fixed = Memo::new(move |_| !can_be_muted(kind) || everywhere.get());
    let turn = move |on: bool| {
        let (rooms, of) = (handsel.rooms(), room.get_untracked());
        handsel.attempt(async move { rooms.mute(of, kind, !on).await });
    };
    let hint = move || match (can_be_muted(kind), everywhere.get()) {
        (false, _) => Some(copy::ALWAYS),
        (true, true) => Some(copy::MUTED_EVERYWHERE),
        (true, false) => None,
    };
    live(move || match hint() {
        Some(hint) => {
            view! { <Switch label=copy::kind(kind) on on_turn=turn disabled=fixed hint=hint /> }.into_any()
        }
        None => view! { <Switch label=copy::kind(kind) on on_turn=turn disabled=fixed /> }.into_any(),
    })
}
