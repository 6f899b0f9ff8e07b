//! A room: its bar, its text, its sharing.

mod acceptance;
mod acts;
mod beside;
mod comments;
mod copy;
mod desk;
mod editor_host;
mod files;
mod find;
mod following;
mod given_links;
mod image_tools;
mod images;
mod link;
mod link_card;
mod live;
pub(crate) mod logo;
pub(crate) mod news;
mod open_room;
pub(crate) mod outgoing;
mod outline;
mod overview;
mod part_names;
mod pasting;
mod people;
mod places;
mod plan;
mod presenting;
mod preview;
pub(crate) mod price;
mod readers;
mod reading;
mod recording;
mod sections;
mod selection_tools;
pub(crate) mod share;
mod slash;
mod spoken;
mod suggesting;
mod suggestions;
mod summary;
mod table;
mod tools;
mod variables;
mod versions;

use leptos::{ev, prelude::*};
use model::{Right, RoomId};
use session::{Problem, Reason, Room, Saved, Since};
use ui::{
    Banner, Button, ButtonKind, ButtonSize, DropZone, Icon, Menu, MenuItem, MenuRule, Skeleton,
    SkeletonShape, StatusChip, Tone, effect, live,
};

use super::trouble::NotHere;
use crate::{
    copy as words,
    features::{
        copies::CopyItems,
        home::incoming,
        kept,
        stage::{Stage, StageChip},
    },
    handsel::{Handsel, Storage, use_handsel},
    later::{dialog_later, part},
    route::{Place, Route, TeamPlace},
};
pub(crate) use acceptance::not_signed;
use comments::{Comments, CommentsButton, PanelBeside};
use desk::Desk;
use files::Uploads;
use find::{FindBar, Finder};
use following::{Following, FollowingBar, Others};
use live::{LiveChip, LiveDialog, LiveQuestion};
use logo::{LogoImage, RoomLogo};
pub(crate) use open_room::OpenRoom;
use overview::Overview;
use places::{AtPlace, Places, use_place};
use presenting::Presenting;
pub(crate) use preview::Preview;
use share::ShareDialog;
use suggestions::{Suggestions, SuggestionsButton};
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
    let connecting = RwSignal::new(false);
    let presenting = Presenting::new(room, connecting);
    variables::follow(room);
    news::follow(room);
    acceptance::follow(room);
    let is_team = open.is_teams();
    // A team's workspace has one place so far.
    let place = if is_team { Memo::new(|_| Place::Price) } else { use_place() };
    let comments = Comments::new(room);
    provide_context(comments);
    let suggestions = Suggestions::new(room, comments.open);
    provide_context(suggestions);
    let since: RwSignal<Option<Since>> = RwSignal::new(None);
    let returned = open.clone();
    browser::timers::spawn(async move {
        // Where the store does not say, it is as on a first visit.
        let _ = since.try_set(returned.since_last_visit().await.ok().flatten());
    });
    let hue = {
        let changed = RwSignal::from(open.offer_changed());
        Memo::new(move |_| {
            changed.track();
            room.get().portal().hue.map(|hue| hue.to_string())
        })
    };
    let logo = RoomLogo::follow(room);
    let in_document = Memo::new(move |_| place.get() == Place::Document);
    let talks = Memo::new(move |_| !is_team && Comments::is_place(place.get()));
    let is_beside =
        move || talks.get() && !in_document.get() && comments.open.get() && !comments.over_file.get();
    // From now on: what is shown later is read from the room when it is shown.
    effect(move || room.get().listen(desk::listener(room, following)));
    let is_kept = kept::look_at_opening(open.id());
    let uploads = Uploads::new(room);
    let in_files = move || place.get() == Place::Files && uploads.may_add();
    let drop = move |event: ev::DragEvent| {
        let files = browser::files::dropped(&event);
        if untrack(in_files) {
            uploads.add(files);
        } else if handsel.is_preview {
            handsel.tell(&Problem::Preview);
        } else {
            incoming::open_files(handsel, files);
        }
    };
    let veil = Signal::derive(move || if in_files() { copy::DROP_FILES } else { copy::DROP_VEIL }.to_owned());
    let missing =
        (open.unreadable() > 0).then(|| view! { <Banner tone=Tone::Warn words=copy::PART_MISSING /> });
    let revoked =
        open.right().is_none().then(|| view! { <Banner tone=Tone::Warn words=copy::LINK_REVOKED /> });
    let may_own = room.may_own();
    let may_write = open.right() >= Some(Right::Comment);
    let previews = preview::is_offered(room);
    let looking = RwSignal::new(false);
    let is_noted = recording::is_noted(room);
    let noting = recording::follow(room, looking);
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
        <DropZone on_drop=drop veil>
            <div class="room" data-brand=Signal::derive(move || hue.get().map(|_| "")) style=("--accent-h", move || hue.get())>
                <header class="bar room-bar">
                    {back_from(room, is_team)}
                    {live(move || in_document.get().then(|| view! { <button
                        class="button outline-button"
                        type="button"
                        data-kind="quiet"
                        data-icon-only=""
                        popovertarget=outline::OUTLINE_ID
                        aria-label=copy::OUTLINE
                        title=copy::OUTLINE
                    >
                        <Icon name="outline" />
                    </button> }))}
                    <LogoImage logo is_beside_words=true />
                    <Title room finder />
                    <StageMark id=room.get().id() />
                    {(!is_team).then(|| view! { <Places room place /> })}
                    <Status saved may_write />
                    <LiveChip room open=connecting />
                    <Others following />
                    {live(move || in_document.get().then(|| view! { <SuggestionsButton suggestions /> }))}
                    {live(move || talks.get().then(|| view! { <CommentsButton comments /> }))}
                    <Button
                        label=if is_team { copy::INVITE } else if room.replies() { copy::REPLY } else { copy::SHARE }
                        kind=ButtonKind::Primary
                        icon="share"
                        on_press=move |()| sharing.set(true)
                    />
                    <Menu label=copy::MORE icon="more" icon_only=true kind=ButtonKind::Quiet>
                        {live(move || in_document.get().then(|| view! { <MenuItem label=copy::FIND icon="search" shortcut="Ctrl+F".to_owned() on_pick=move |()| finder.summon(false) /> }))}
                        {(may_own && !is_team).then(|| view! { <MenuItem label=copy::VARIABLES icon="braces" on_pick=move |()| filling.set(true) /> })}
                        {previews.then(|| view! { <MenuItem label=copy::READERS icon="people" on_pick=move |()| handsel.go(room.way(Place::Readers)) /> })}
                        {is_noted.then(|| view! { <MenuItem label=recording::WHAT_IS_RECORDED icon="eye" on_pick=move |()| looking.set(true) /> })}
                        {(!is_team).then(|| view! { <MenuItem label=copy::VERSIONS icon="history" on_pick=move |()| handsel.go(room.way(Place::Versions)) /> })}
                        {previews.then(|| view! { <MenuItem label=copy::AS_BUYER icon="eye" on_pick=move |()| handsel.go(Route::AsBuyer(room.get().id(), place.get_untracked())) /> })}
                        {previews.then(|| view! { <CopyItems room=room.get().id() /> })}
                        {previews.then(|| view! { <MenuItem label=presenting::PRESENT icon="play" on_pick=move |()| presenting.begin() /> })}
                        <MenuItem label=copy::LIVE icon="swap" on_pick=move |()| connecting.set(true) />
                        <MenuRule />
                        {live(move || is_kept.get().then(|| view! { <MenuItem label=kept::LOOK icon="received" on_pick=move |()| kept::look(handsel, room.get().id()) /> }))}
                        {(!is_team).then(|| view! { <outgoing::ExportItems room=room.get().id() /><MenuRule /> })}
                        <MenuItem label=copy::PRINT icon="print" on_pick=move |()| browser::page::print() />
                    </Menu>
                </header>
                {missing}
                {noting}
                {trouble}
                {revoked}
                <LiveQuestion room />
                <FindBar finder />
                <div class="place" data-panel=move || is_beside().then_some("")>
                    <AtPlace room place uploads since sharing overview=move || view! { <Overview room comments since logo /> }.into_any() document=move || view! { <Desk room comments suggestions /> }.into_any() />
                    <PanelBeside comments />
                </div>
                <FollowingBar following />
                {presenting.view()}
            </div>
        </DropZone>
        {dialog_later(sharing_dialog, (room, sharing), sharing)}
        {dialog_later(variables_dialog, (room, filling), filling)}
        {dialog_later(live_dialog, (room, connecting), connecting)}
    }
}

/// The way out: to all rooms, or from what a team sells to the team.
fn back_from(room: OpenRoom, is_team: bool) -> impl IntoView {
    let (to, label) = match is_team {
        true => (Route::Team(room.get().id(), TeamPlace::Pipeline), words::TO_THE_TEAM),
        false => (Route::Home, words::ALL_ROOMS),
    };
    view! {
        <a class="button" href=to.href() data-kind="quiet" data-icon-only="" aria-label=label title=label>
            <Icon name="back" />
        </a>
    }
}

part!(sharing_dialog((OpenRoom, RwSignal<bool>)) => |given| view! { <ShareDialog room=given.0 open=given.1 /> });
part!(variables_dialog((OpenRoom, RwSignal<bool>)) => |given| view! { <VariablesDialog room=given.0 open=given.1 /> });
part!(live_dialog((OpenRoom, RwSignal<bool>)) => |given| view! { <LiveDialog room=given.0 open=given.1 /> });

/// Starts writing at once when the page is hidden or left, and reads what was missed when it comes back.
fn keep_what_is_written(room: OpenRoom) {
    let handsel = use_handsel();
    let leaving = browser::page::on_leaving(move || {
        // Words that are still being composed belong to the last ones.
        room.settle();
        let room = room.get();
        room.keep_last_words();
        note_visit(room);
    });
    let closing = browser::page::on_closing(move || room.get().leave());
    let coming_back = browser::page::on_visibility_change(move |visible| {
        if visible {
            let room = room.get();
            room.come_back();
            room.wake();
            browser::timers::spawn(async move {
                // What cannot be read now is read at the next look.
                let _ = room.catch_up().await;
            });
        }
    });
    let network = browser::page::on_network_change(move |is_online| {
        if is_online {
            room.get().wake();
        }
    });
    let listeners = StoredValue::new_local(Some((leaving, closing, coming_back, network)));
    on_cleanup(move || {
        listeners.try_update_value(Option::take);
        let Some(room) = room.room.try_get_value() else { return };
        let rooms = handsel.rooms();
        room.keep_last_words();
        note_visit(room.clone());
        room.leave();
        room.stop_listening();
        browser::timers::spawn(async move {
            if room.flush().await.is_ok() {
                let _ = rooms.read().await;
            }
        });
    });
}

/// What is here now was seen.
fn note_visit(room: Room) {
    browser::timers::spawn(async move {
        // Without it somebody hears again of what they saw.
        let _ = room.note_visit().await;
        // So that what changes until the next visit can be seen word by word.
        let _ = room.keep_version(Reason::Left).await;
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

/// How far the room has come, for its owner.
#[component]
fn StageMark(id: RoomId) -> impl IntoView {
    let list = RwSignal::from(use_handsel().rooms().list());
    let stage = Memo::new(move |_| {
        list.with(|rooms| rooms.iter().flatten().find(|room| room.id == id).and_then(Stage::of))
    });
    live(move || stage.get().map(|stage| view! { <StageChip stage is_short=true /> }))
}

/// Gives a room a title.
fn rename(handsel: Handsel, room: &Room, wanted: &str) {
    let wanted = if wanted.trim().is_empty() { words::UNTITLED } else { wanted };
    if let Err(problem) = room.rename(wanted) {
        handsel.tell(&problem);
    }
}

/// Whether all is saved, in a word.
#[component]
pub(crate) fn Status(
    saved: RwSignal<Saved>,
    /// Whether there is anything to save.
    may_write: bool,
) -> impl IntoView {
    let handsel = use_handsel();
    let state = Memo::new(move |_| match (handsel.storage.get(), saved.get()) {
        _ if handsel.is_preview => (Tone::Plain, "eye", copy::NOTHING_KEPT),
        (_, Saved::Failed(_)) => (Tone::Danger, "alert", copy::NOT_SAVED),
        (Storage::InMemory(_), _) => (Tone::Warn, "alert", copy::IN_MEMORY),
        (Storage::Kept, Saved::Saving) => (Tone::Plain, "clock", copy::SAVING),
        (Storage::Kept, Saved::Saved) if !may_write => (Tone::Plain, "eye", copy::READ_ONLY),
        (Storage::Kept, Saved::Saved) => (Tone::Plain, "saved", copy::SAVED),
    });
    let words = Signal::derive(move || state.get().2.to_owned());
    view! { <StatusChip tone=Signal::derive(move || state.get().0) icon=Signal::derive(move || state.get().1) words /> }
}
