//! The frame around every screen: banners, messages, and the screen that the address names.

use leptos::prelude::*;
use model::{RoomId, StoreError};
use ui::{Banner, Button, ButtonSize, ToastRegion, Tone, live};

use crate::{
    copy,
    features::{
        alerts::Alerts,
        certificate::Verify,
        copies::Copies,
        home::Home,
        kept::OpeningKept,
        locked::Locked,
        room::{Preview, RoomScreen, outgoing},
        team::{TeamScreen, rules::held_dialog},
        trouble::{NotHere, Refused},
    },
    handsel::{Handsel, Storage},
    later::{later, part},
    route::{Place, Route, TeamPlace},
};

part!(verify(()) => |_nothing| view! { <Verify /> });
part!(kept(Handsel) => |handsel| handsel.kept.get_untracked().map(|link| view! { <OpeningKept link /> }));
part!(locked(Handsel) => |handsel| handsel.locked.get_untracked().map(|(envelope, what)| view! { <Locked envelope what /> }));
part!(team(RoomId) => |id| view! { <TeamScreen id /> });
part!(preview(RoomId) => |id| view! { <Preview id /> });

/// The whole page.
#[component]
pub(crate) fn App(handsel: Handsel) -> impl IntoView {
    provide_context(handsel);
    provide_context(handsel.toasts);
    let copies = Copies::new(handsel);
    provide_context(copies);
    let alerts = Alerts::new();
    provide_context(alerts);
    // A room stays on the screen while its person goes from one place in it to another.
    let place_apart = Memo::new(move |_| match handsel.route.get() {
        Route::Room(id, _) => Route::room(id),
        Route::AsBuyer(id, _) => Route::AsBuyer(id, Place::default()),
        Route::Team(id, _) => Route::Team(id, TeamPlace::default()),
        route => route,
    });
    let screen = move || match place_apart.get() {
        Route::Home => view! { <Home /> }.into_any(),
        Route::Verify => later(verify, ()),
        Route::Room(id, _) => view! { <RoomScreen id /> }.into_any(),
        Route::AsBuyer(id, _) => later(preview, id),
        Route::Team(id, _) => later(team, id),
        Route::Nowhere => view! { <NotHere /> }.into_any(),
    };
    let page = live(move || {
        if handsel.refused.with(Option::is_some) {
            view! { <Refused /> }.into_any()
        } else if handsel.kept.with(Option::is_some) {
            later(kept, handsel)
        } else if handsel.locked.with(Option::is_some) {
            later(locked, handsel)
        } else {
            screen()
        }
    });
    view! {
        <Banners />
        {page}
        {copies.dialog()}
        {held_dialog(handsel)}
        {alerts.keep(handsel)}
        <ToastRegion label=copy::MESSAGES close_label=copy::CLOSE />
    }
}

/// What stands above every screen: at most the state of the store and a version that waits.
#[component]
fn Banners() -> impl IntoView {
    let handsel = crate::handsel::use_handsel();
    let storage = live(move || match handsel.storage.get() {
        Storage::Kept => None,
        Storage::InMemory(error) => {
            let save = match handsel.route.get() {
                Route::Room(id, _) => Some(view! {
                    <Button
                        label=copy::SAVE_ROOM_FILE
                        size=ButtonSize::Small
                        on_press=move |()| outgoing::save_file(handsel, id)
                    />
                }),
                _ => None,
            };
            let reload = matches!(error, StoreError::Blocked(_) | StoreError::Newer(_)).then(|| {
                let press = move |()| browser::page::reload();
                view! { <Button label=copy::RELOAD size=ButtonSize::Small on_press=press /> }
            });
            Some(view! { <Banner tone=Tone::Warn words=copy::storage(&error)>{save}{reload}</Banner> })
        }
    });
    let update = live(move || {
        handsel.update_ready.get().then(|| {
            let press = move |()| handsel.activate_update();
            view! {
                <Banner tone=Tone::Accent words=copy::UPDATE_READY>
                    <Button label=copy::RELOAD size=ButtonSize::Small on_press=press />
                </Banner>
            }
        })
    });
    view! { <div class="banners">{storage}{update}</div> }
}
