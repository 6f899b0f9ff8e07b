//! The places of a room: its text and what stands beside it, and the way from one to another.

use leptos::prelude::*;
use ui::{Icon, live};

use session::Since;

use super::{
    OpenRoom,
    acceptance::{self, AcceptancePlace},
    copy,
    files::{FilesPlace, Uploads},
    plan::PlanPlace,
    price::PricePlace,
    readers::ReadersPlace,
    versions::VersionsPlace,
};
use crate::{
    handsel::use_handsel,
    later::{later, part},
    route::{Place, Route},
};

/// Where in the open room its person is.
pub(super) fn use_place() -> Memo<Place> {
    let handsel = use_handsel();
    Memo::new(move |before| match handsel.route.get() {
        Route::Room(_, place) | Route::AsBuyer(_, place) => place,
        // On the way out the room stays as it was.
        Route::Home | Route::Team(..) | Route::Verify | Route::Nowhere => before.copied().unwrap_or_default(),
    })
}

/// What a place is called, and its drawing.
fn named(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::Overview => (copy::OVERVIEW, "home"),
        Place::Document => (copy::DOCUMENT, "doc"),
        Place::Plan => (copy::PLAN, "calendar"),
        Place::Price => (copy::PRICE, "price"),
        Place::Files => (copy::FILES, "file"),
        Place::Acceptance => (copy::ACCEPTANCE, "seal"),
        Place::Versions => (copy::VERSIONS, "history"),
        Place::Readers => (copy::READERS, "people"),
    }
}

/// The way to each place: in the bar, or at the bottom of a narrow window.
#[component]
pub(super) fn Places(room: OpenRoom, place: Memo<Place>) -> impl IntoView {
    let tab = move |to: Place| {
        let (label, icon) = named(to);
        let current = move || (place.get() == to).then_some("page");
        view! {
            <a href=room.way(to).href() aria-current=current>
                <Icon name=icon />
                <span>{label}</span>
            </a>
        }
    };
    let signs = acceptance::is_shown(room);
    let acceptance = live(move || signs.get().then(|| tab(Place::Acceptance)));
    let always = Place::ALL.into_iter().filter(|place| *place != Place::Acceptance);
    view! { <nav class="tab-bar room-places" aria-label=copy::PLACES>{always.map(tab).collect_view()}{acceptance}</nav> }
}

part!(plan(OpenRoom) => |room| view! { <PlanPlace room /> });
part!(price(OpenRoom) => |room| view! { <PricePlace room /> });
part!(files((OpenRoom, Uploads)) => |given| view! { <FilesPlace room=given.0 uploads=given.1 /> });
part!(signing((OpenRoom, RwSignal<bool>)) => |given| view! { <AcceptancePlace room=given.0 sharing=given.1 /> });
part!(versions((OpenRoom, RwSignal<Option<Since>>)) => |given| view! { <VersionsPlace room=given.0 since=given.1 /> });
part!(readers(OpenRoom) => |room| view! { <ReadersPlace room /> });

/// The place itself.
#[component]
pub(super) fn AtPlace(
    room: OpenRoom,
    place: Memo<Place>,
    uploads: Uploads,
    sharing: RwSignal<bool>,
    since: RwSignal<Option<Since>>,
    overview: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
    document: impl Fn() -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    live(move || match place.get() {
        Place::Overview => overview(),
        Place::Document => document(),
        Place::Plan => later(plan, room),
        Place::Price => later(price, room),
        Place::Files => later(files, (room, uploads)),
        Place::Acceptance => later(signing, (room, sharing)),
        Place::Versions => later(versions, (room, since)),
        Place::Readers => later(readers, room),
    })
}
