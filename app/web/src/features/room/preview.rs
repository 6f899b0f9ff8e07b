//! The room as its buyer has it, for whoever owns it: the ordinary screen, over a copy that is made for it and kept nowhere.

mod copy;

use leptos::{context::Provider, prelude::*};
use model::{Right, RoomId};
use session::Problem;
use ui::{Banner, ButtonSize, Icon, LinkButton, Tone, live};

pub(super) use copy::NOTHING_SENT;

use super::{NotHere, OpenRoom, RoomScreen, Waiting, places::use_place};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
    route::Route,
};

/// Whether there is a preview of a room: for owners, where links have rights.
pub(super) fn is_offered(room: OpenRoom) -> bool {
    let room = room.get();
    room.has_rights() && room.right() == Some(Right::Own) && !room.is_teams()
}

/// The screen of a preview, made anew each time that somebody comes to it.
#[component]
pub(crate) fn Preview(id: RoomId) -> impl IntoView {
    let handsel = use_handsel();
    let made: RwSignal<Option<Result<Handsel, Problem>>> = RwSignal::new(None);
    browser::timers::spawn(async move {
        let rooms = handsel.rooms().as_buyer(id).await;
        // The person may have gone elsewhere meanwhile.
        let _ = made.try_set(Some(rooms.map(|rooms| handsel.with_preview(rooms))));
    });
    let shown = live(move || match made.get() {
        None => view! { <Waiting /> }.into_any(),
        Some(Ok(preview)) => view! { <Provider value=preview><RoomScreen id /></Provider> }.into_any(),
        Some(Err(Problem::NoSuchRoom)) => view! { <NotHere /> }.into_any(),
        Some(Err(problem)) => {
            view! { <main class="page"><Banner tone=Tone::Danger words=words::problem(&problem) /></main> }
                .into_any()
        }
    });
    let place = use_place();
    let back = Signal::derive(move || Route::Room(id, place.get()).href());
    view! {
        <aside class="preview-strip" aria-label=copy::PREVIEW>
            <Icon name="eye" />
            <p><strong>{copy::WHAT}</strong>" "{copy::NOTHING_KEPT}</p>
            <LinkButton label=copy::BACK size=ButtonSize::Small href=back />
        </aside>
        {shown}
    }
}
