//! The first page: an invitation for newcomers, the rooms of this device for everybody else.

mod copy;
pub(crate) mod incoming;
mod list;
mod team;
mod welcome;

use exchange::Template;
use leptos::{ev, prelude::*};
use model::{RoomId, RoomRecord, Standing};
use session::Start;
use ui::{DropZone, Icon, Menu, MenuItem, MenuTitle, live};

use crate::{
    copy as words,
    features::{alerts::Alerts, certificate, copies::Copies},
    handsel::{Handsel, use_handsel},
    route::Route,
};
use list::RoomList;
use team::Teams;
use welcome::Welcome;

/// The first page.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let handsel = use_handsel();
    browser::page::set_title(words::BRAND);
    let list = RwSignal::from(handsel.rooms().list());
    let is_room = |room: &RoomRecord| room.standing != Standing::Team;
    let is_new = Memo::new(move |_| list.with(|rooms| !rooms.iter().flatten().any(is_room)));
    let feed = expect_context::<Alerts>().feed(None);
    let drop = move |event: ev::DragEvent| incoming::open_files(handsel, browser::files::dropped(&event));
    let pasted = window_event_listener(ev::paste, move |event| incoming::open_pasted(handsel, &event));
    on_cleanup(move || pasted.remove());
    let body =
        live(
            move || {
                if is_new.get() {
                    view! { <Welcome /> }.into_any()
                } else {
                    view! { <RoomList /> }.into_any()
                }
            },
        );
    view! {
        <div class="home">
            <header class="bar"><Brand /></header>
            <DropZone on_drop=drop veil=words::DROP_VEIL>
                <main class="page">
                    {feed}
                    {body}
                    <Teams />
                    <p class="privacy-line"><Icon name="lock" /><span>{copy::PRIVACY}</span></p>
                    <p class="privacy-line"><Icon name="shield" /><a href=Route::Verify.href()>{certificate::TITLE}</a></p>
                </main>
            </DropZone>
        </div>
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href=Route::Home.href()>
            <svg viewBox="0 0 48 48" aria-hidden="true">
                <circle class="logo-seller" cx="18.5" cy="24" r="14" />
                <rect class="logo-buyer" x="17.5" y="11" width="26" height="26" rx="7.5" />
                <path class="logo-deal" d="M17.5 18.5A7.5 7.5 0 0 1 23.9 11.08 14 14 0 0 1 23.9 36.92 7.5 7.5 0 0 1 17.5 29.5z" />
            </svg>
            {words::BRAND}
        </a>
    }
}

/// Makes a room and goes there.
fn new_room(handsel: Handsel, start: Start<'static>) {
    handsel.attempt(async move {
        let (id, _) = handsel.rooms().create(start, words::UNTITLED).await?;
        handsel.go(Route::room(id));
        Ok(())
    });
}

/// The proposals to begin with.
#[component]
fn Templates() -> impl IntoView {
    let handsel = use_handsel();
    let item = move |template: Template, label: &'static str, hint: &'static str| {
        let pick = move |()| new_room(handsel, Start::Template(template));
        view! { <MenuItem label hint=hint.to_owned() icon="doc" on_pick=pick /> }
    };
    let list = RwSignal::from(handsel.rooms().list());
    let own = Memo::new(move |_| {
        let own = |room: &&RoomRecord| room.standing == Standing::Template;
        let named = |room: &RoomRecord| (room.id, room.title.clone());
        list.with(|rooms| rooms.iter().flatten().filter(own).map(named).collect::<Vec<_>>())
    });
    let copies = expect_context::<Copies>();
    let of_own = move |(id, label): (RoomId, String)| {
        view! { <MenuItem label icon="copy" on_pick=move |()| copies.make_room(id) /> }
    };
    let owns = live(move || {
        let own = own.get();
        (!own.is_empty()).then(|| {
            view! {
                <MenuTitle label=copy::OWN_TEMPLATES />
                {own.into_iter().map(of_own).collect_view()}
                <MenuTitle label=copy::GIVEN_TEMPLATES />
            }
        })
    });
    view! {
        <Menu label=copy::TEMPLATES>
            {owns}
            {item(Template::Services, copy::SERVICES, copy::SERVICES_MORE)}
            {item(Template::Software, copy::SOFTWARE, copy::SOFTWARE_MORE)}
            {item(Template::Pilot, copy::PILOT, copy::PILOT_MORE)}
        </Menu>
    }
}
