//! A room: its bar, its text, its sharing.

mod acts;
mod beside;
mod copy;
mod desk;
mod editor_host;
mod find;
mod following;
mod given_links;
mod image_tools;
mod images;
mod link;
mod link_card;
mod open_room;
pub(crate) mod outgoing;
mod outline;
mod pasting;
mod people;
mod reading;
mod sections;
mod selection_tools;
mod share;
mod slash;
mod spoken;
mod summary;
mod table;
mod tools;
mod variables;

use leptos::{ev, prelude::*};
use model::{RoomId, StoreError};
use session::{Problem, Room, Saved};
use ui::{
    Banner, Button, ButtonKind, ButtonSize, DropZone, Icon, Menu, MenuItem, MenuRule, Skeleton,
    SkeletonShape, StatusChip, Tone, effect, live,
};

use super::trouble::NotHere;
use crate::{
    copy as words,
    features::home::incoming,
    handsel::{Handsel, Storage, use_handsel},
    route::Route,
};
use desk::Desk;
use find::{FindBar, Finder};
use following::{Following, Others};
pub(crate) use open_room::OpenRoom;
use share::ShareDialog;
use variables::VariablesDialog;

/// The screen of the room `id`: opens it, then shows it.
#[component]
pub(crate) fn RoomScreen(id: RoomId) -> impl IntoView {
    let handsel = use_handsel();
    let opened: RwSignal<Option<Result<Room, Problem>>, LocalStorage> = RwSignal::new_local(None);
    browser::timers::spawn(async move {
        let room = handsel.rooms().open(id).await;
        // The person may have gone elsewhere meanwhile; then the room closes again.
        let _ = opened.try_set(Some(room));
    });
    let anew = RwSignal::new(0);
    let show = live(move || {
        opened.with(|opened| match opened {
            None => view! { <Waiting /> }.into_any(),
            Some(Ok(room)) => {
                // Where the person may do something else than before, or what counts is something else, the screen is made
                // anew.
                RwSignal::from(room.right_signal()).track();
                anew.track();
                let room = OpenRoom::new(room, anew);
                view! { <RoomView room /> }.into_any()
            }
            Some(Err(Problem::NoSuchRoom)) => view! { <NotHere /> }.into_any(),
            Some(Err(problem)) => {
                view! { <main class="page"><Banner tone=Tone::Danger words=words::problem(problem) /></main> }
                    .into_any()
            }
        })
    });
    view! { {show} }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="room">
            <main class="desk" aria-busy="true">
                <div class="sheet"><article class="paper"><Skeleton label=words::OPENING shape=SkeletonShape::Page /></article></div>
            </main>
        </div>
    }
}

#[component]
fn RoomView(room: OpenRoom) -> impl IntoView {
    let handsel = use_handsel();
    let open = room.get();
    let title = RwSignal::from(open.title());
    effect(move || browser::page::set_title(&title.with(|title| format!("{title} · {}", words::BRAND))));
    keep_what_is_written(room);
    let sharing = RwSignal::new(false);
    let following = Following::new(room);
    let finder = Finder::new(room);
    let filling = RwSignal::new(false);
    variables::follow(room);
    let drop = move |event: ev::DragEvent| incoming::open_files(handsel, browser::files::dropped(&event));
    let missing =
        (open.unreadable() > 0).then(|| view! { <Banner tone=Tone::Warn words=copy::PART_MISSING /> });
    let revoked =
        open.right().is_none().then(|| view! { <Banner tone=Tone::Warn words=copy::LINK_REVOKED /> });
    let may_own = room.may_own();
    let saved = RwSignal::from(open.saved());
    let trouble = live(move || match saved.get() {
        Saved::Failed(error) if handsel.storage.get() == Storage::Kept => {
            let save = move |()| outgoing::save_file(handsel, room.get().id());
            Some(view! {
                <Banner tone=Tone::Danger words=words::storage(&error)>
                    <Button label=words::SAVE_ROOM_FILE size=ButtonSize::Small on_press=save />
                </Banner>
            })
        }
        _ => None,
    });
    view! {
        <DropZone on_drop=drop veil=copy::DROP_VEIL>
            <div class="room">
                <header class="bar room-bar">
                    <a class="button" href=Route::Home.href() data-kind="quiet" data-icon-only="" aria-label=words::ALL_ROOMS title=words::ALL_ROOMS>
                        <Icon name="back" />
                    </a>
                    <button
                        class="button outline-button"
                        type="button"
                        data-kind="quiet"
                        data-icon-only=""
                        popovertarget=outline::OUTLINE_ID
                        aria-label=copy::OUTLINE
                        title=copy::OUTLINE
                    >
                        <Icon name="outline" />
                    </button>
                    <Title room finder />
                    <Status room />
                    <Others following />
                    <Button
                        label=copy::SHARE
                        kind=ButtonKind::Primary
                        icon="share"
                        on_press=move |()| sharing.set(true)
                    />
                    <Menu label=copy::MORE icon="more" icon_only=true kind=ButtonKind::Quiet>
                        <MenuItem label=copy::FIND icon="search" shortcut="Ctrl+F".to_owned() on_pick=move |()| finder.summon(false) />
                        {may_own.then(|| view! { <MenuItem label=copy::VARIABLES icon="braces" on_pick=move |()| filling.set(true) /> })}
                        <MenuRule />
                        <outgoing::ExportItems room=room.get().id() />
                        <MenuRule />
                        <MenuItem label=copy::PRINT icon="print" on_pick=move |()| browser::page::print() />
                    </Menu>
                </header>
                {missing}
                {trouble}
                {revoked}
                <FindBar finder />
                <Desk room following />
            </div>
        </DropZone>
        <ShareDialog room open=sharing />
        <VariablesDialog room open=filling />
    }
}

/// Starts writing at once when the page is hidden or left, and reads what was missed when it comes back.
fn keep_what_is_written(room: OpenRoom) {
    let handsel = use_handsel();
    let leaving = browser::page::on_leaving(move || {
        // Words that are still being composed belong to the last ones.
        room.settle();
        room.get().keep_last_words();
    });
    let closing = browser::page::on_closing(move || room.get().leave());
    let coming_back = browser::page::on_visibility_change(move |visible| {
        if visible {
            let room = room.get();
            room.come_back();
            browser::timers::spawn(async move {
                // What cannot be read now is read at the next look.
                let _ = room.catch_up().await;
            });
        }
    });
    let listeners = StoredValue::new_local(Some((leaving, closing, coming_back)));
    on_cleanup(move || {
        listeners.try_update_value(Option::take);
        let Some(room) = room.room.try_get_value() else { return };
        room.keep_last_words();
        room.leave();
        room.stop_listening();
        browser::timers::spawn(async move {
            if room.flush().await.is_ok() {
                let _ = handsel.rooms().read().await;
            }
        });
    });
}

#[component]
fn Title(room: OpenRoom, finder: Finder) -> impl IntoView {
    let handsel = use_handsel();
    let title = RwSignal::from(room.get().title());
    let (field, found) = finder.of_title();
    let rename = move |event: ev::Event| {
        rename(handsel, &room.get(), &event_target_value(&event));
        // Shows what it became, also where that is what it was.
        title.notify();
    };
    let leave = move |event: ev::KeyboardEvent| {
        if let ("Enter" | "Escape", Some(surface)) = (event.key().as_str(), room.surface()) {
            event.prevent_default();
            surface.focus();
        }
    };
    view! {
        <h1 class="visually-hidden">{title}</h1>
        <input
            class="room-title"
            node_ref=field
            data-found=found
            aria-label=copy::TITLE
            maxlength="200"
            autocomplete="off"
            readonly=!room.may_own()
            prop:value=title
            on:change=rename
            on:keydown=leave
        />
    }
}

/// Gives a room a title.
fn rename(handsel: Handsel, room: &Room, wanted: &str) {
    let wanted = if wanted.trim().is_empty() { words::UNTITLED } else { wanted };
    if let Err(problem) = room.rename(wanted) {
        handsel.tell(&problem);
    }
}

#[component]
fn Status(room: OpenRoom) -> impl IntoView {
    let handsel = use_handsel();
    let saved = RwSignal::from(room.get().saved());
    let may_edit = room.may_edit();
    let state = Memo::new(move |_| match (handsel.storage.get(), saved.get()) {
        (_, Saved::Failed(StoreError::Full(_))) => (Tone::Danger, "alert", copy::NOT_SAVED),
        (_, Saved::Failed(_)) => (Tone::Danger, "alert", copy::NOT_SAVED),
        (Storage::InMemory(_), _) => (Tone::Warn, "alert", copy::IN_MEMORY),
        (Storage::Kept, Saved::Saving) => (Tone::Plain, "clock", copy::SAVING),
        (Storage::Kept, Saved::Saved) if !may_edit => (Tone::Plain, "eye", copy::READ_ONLY),
        (Storage::Kept, Saved::Saved) => (Tone::Plain, "saved", copy::SAVED),
    });
    let words = Signal::derive(move || state.get().2.to_owned());
    view! { <StatusChip tone=Signal::derive(move || state.get().0) icon=Signal::derive(move || state.get().1) words /> }
}
