//! The rooms of this device.

use leptos::{ev, prelude::*};
use model::{RoomId, RoomRecord, Standing};
use session::Start;
use ui::{
    Button, ButtonKind, ButtonSize, Dialog, DialogSize, EmptyState, Field, FilePickerButton, Icon, Menu,
    MenuItem, MenuRule, SearchField, Segment, Segmented, live,
};

use super::{Templates, copy, incoming, new_room};
use crate::{
    copy as words,
    features::{
        alerts::WarmthMark,
        copies::CopyItems,
        room::outgoing,
        stage::{Stage, StageChip},
    },
    handsel::{Handsel, use_handsel},
    route::Route,
};

const ACTIVE: &str = "active";
const DRAFTS: &str = "drafts";
const SHARED: &str = "shared";
const TEMPLATES: &str = "templates";
const ARCHIVED: &str = "archived";

/// A room's new title while it is being written.
#[derive(Clone, Copy)]
struct Renaming {
    open: RwSignal<bool>,
    room: RwSignal<Option<RoomId>>,
    title: RwSignal<String>,
}

/// The list with its search and its acts.
#[component]
pub(super) fn RoomList() -> impl IntoView {
    let handsel = use_handsel();
    let search = RwSignal::new(String::new());
    let shown = RwSignal::new(ACTIVE);
    let renaming = Renaming {
        open: RwSignal::new(false),
        room: RwSignal::new(None),
        title: RwSignal::new(String::new()),
    };
    provide_context(renaming);
    let list = RwSignal::from(handsel.rooms().list());
    let rows = Memo::new(move |_| {
        let wanted = shown.get();
        let query = browser::view::folded(&search.get());
        let words: Vec<&str> = query.split_whitespace().collect();
        list.with(|rooms| {
            let rooms = rooms.iter().flatten().filter(|room| is_among(room, wanted));
            let found = rooms.filter(|room| {
                let title = browser::view::folded(&room.title);
                words.iter().all(|word| title.contains(word))
            });
            found.cloned().collect::<Vec<_>>()
        })
    });
    let pick = move |event: ev::Event| incoming::open_files(handsel, browser::files::picked(&event));
    let segment = |id, label: &'static str| Segment { id, label: label.into(), icon: None };
    let empty = live(move || {
        rows.with(Vec::is_empty).then(|| {
            let searching = search.with(|query| !query.trim().is_empty());
            let (line, more) = match shown.get() {
                _ if searching => (copy::NO_MATCH, Some(copy::NO_MATCH_MORE)),
                ARCHIVED => (copy::NONE_ARCHIVED, Some(copy::NONE_ARCHIVED_MORE)),
                DRAFTS => (copy::NO_DRAFTS, Some(copy::NO_DRAFTS_MORE)),
                SHARED => (copy::NONE_SHARED, Some(copy::NONE_SHARED_MORE)),
                TEMPLATES => (copy::NO_TEMPLATES, Some(copy::NO_TEMPLATES_MORE)),
                _ => (copy::ALL_ARCHIVED, None),
            };
            let icon = match shown.get() {
                _ if searching => "search",
                DRAFTS => "pen",
                SHARED => "share",
                TEMPLATES => "copy",
                _ => "archive",
            };
            view! { <EmptyState icon line more=more.map(str::to_owned) /> }
        })
    });
    view! {
        <div class="page-head">
            <h1>{copy::ROOMS}</h1>
            <div class="row">
                <FilePickerButton label=copy::OPEN_FILE icon="file" accept=incoming::ACCEPT on_pick=pick />
                <Templates />
                <Button
                    label=copy::NEW_ROOM
                    kind=ButtonKind::Primary
                    icon="plus"
                    on_press=move |()| new_room(handsel, Start::Blank)
                />
            </div>
        </div>
        <div class="room-tools">
            <SearchField label=copy::SEARCH clear_label=copy::CLEAR_SEARCH value=search />
            <Segmented
                label=copy::SHOWN
                segments=vec![
                    segment(ACTIVE, copy::ACTIVE),
                    segment(DRAFTS, copy::DRAFTS),
                    segment(SHARED, copy::SHARED),
                    segment(TEMPLATES, copy::OWN_TEMPLATES),
                    segment(ARCHIVED, copy::ARCHIVED),
                ]
                value=shown
                on_pick=move |id| shown.set(id)
            />
        </div>
        <section class="card" data-flush="" data-empty=Signal::derive(move || rows.with(Vec::is_empty).then_some(""))>
            <ul class="room-list">
                // A row stays while what it says changes, so that nobody loses its menu or their place to somebody who writes.
                <For each=move || rows.get() key=|room| room.id let:room>
                    <RoomRow first=room rows />
                </For>
            </ul>
            {empty}
        </section>
        <RenameDialog />
    }
}

/// Whether a room is among those that are `shown`.
fn is_among(room: &RoomRecord, shown: &str) -> bool {
    match shown {
        ARCHIVED => room.standing == Standing::Archived,
        TEMPLATES => room.standing == Standing::Template,
        DRAFTS => Stage::of(room) == Some(Stage::Draft),
        SHARED => matches!(Stage::of(room), Some(Stage::Shared(_))),
        _ => room.standing == Standing::Active,
    }
}

#[component]
fn RoomRow(
    /// The room as it was when its row was made.
    first: RoomRecord,
    rows: Memo<Vec<RoomRecord>>,
) -> impl IntoView {
    let renaming = expect_context::<Renaming>();
    let handsel = use_handsel();
    let (id, standing, is_own) = (first.id, first.standing, first.given.is_some());
    let room = Memo::new(move |before: Option<&RoomRecord>| {
        let now = rows.with(|rows| rows.iter().find(|room| room.id == id).cloned());
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    });
    let title = move || room.with(|room| room.title.clone());
    let when =
        move || copy::changed(&browser::clock::ago(room.with(|room| room.changed), browser::clock::now_ms()));
    let stage = Memo::new(move |_| room.with(Stage::of));
    let size = move || browser::clock::size(room.with(|room| room.bytes));
    let rename = move |()| {
        renaming.room.set(Some(id));
        renaming.title.set(room.with_untracked(|room| room.title.clone()));
        renaming.open.set(true);
    };
    // What the room is called at the moment of an act.
    let called = move || room.with_untracked(|room| room.title.clone());
    let archive = match standing {
        Standing::Archived => {
            let act = move |()| set_standing(handsel, id, Standing::Active);
            view! { <MenuItem label=copy::UNARCHIVE icon="archive" on_pick=act /> }.into_any()
        }
        _ => {
            let act = move |()| {
                move_away(handsel, id, Standing::Archived, Standing::Active, copy::archived(&called()));
            };
            view! { <MenuItem label=copy::ARCHIVE icon="archive" on_pick=act /> }.into_any()
        }
    };
    let delete = move |()| {
        let now = handsel.rooms().now();
        move_away(handsel, id, Standing::Deleted(now), standing, copy::deleted(&called()));
    };
    view! {
        <li class="room-row">
            <span class="tile" data-tone="seller"><Icon name="room" /></span>
            <a class="room-link" href=Route::room(id).href()>
                <span class="room-name">{title}</span>
                <span class="room-meta">{when}</span>
            </a>
            <span class="room-marks"><WarmthMark room=id />{live(move || stage.get().map(|stage| view! { <StageChip stage /> }))}</span>
            <span class="room-size">{size}</span>
            <span class="room-acts">
                <Menu label=Signal::derive(move || copy::more_for(&title())) icon="more" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Normal>
                    <MenuItem label=copy::RENAME icon="pen" on_pick=rename />
                    {archive}
                    {is_own.then(|| view! { <MenuRule /><CopyItems room=id /> })}
                    <MenuRule />
                    <outgoing::ExportItems room=id />
                    <MenuRule />
                    <MenuItem label=copy::DELETE icon="trash" danger=true on_pick=delete />
                </Menu>
            </span>
        </li>
    }
}

fn set_standing(handsel: Handsel, id: RoomId, standing: Standing) {
    handsel.attempt(async move { handsel.rooms().set_standing(id, standing).await });
}

/// Moves a room out of the list, and offers to take that back.
pub(super) fn move_away(handsel: Handsel, id: RoomId, to: Standing, back: Standing, said: String) {
    handsel.attempt(async move {
        handsel.rooms().set_standing(id, to).await?;
        let undo = move |()| set_standing(handsel, id, back);
        handsel.toasts.offer(said, words::UNDO, undo);
        Ok(())
    });
}

#[component]
fn RenameDialog() -> impl IntoView {
    let handsel = use_handsel();
    let Renaming { open, room, title } = expect_context::<Renaming>();
    let missing = Memo::new(move |_| {
        title.with(|title| title.trim().is_empty()).then(|| copy::TITLE_NEEDED.to_owned())
    });
    let rename = move || {
        let (Some(id), None) = (room.get_untracked(), missing.get_untracked()) else { return };
        open.set(false);
        let title = title.get_untracked();
        handsel.attempt(async move { handsel.rooms().rename(id, &title).await });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        rename();
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::RENAME kind=ButtonKind::Primary blocked=missing on_press=move |()| rename() />
        }
    };
    view! {
        <Dialog open title=copy::RENAME_TITLE close_label=words::CLOSE size=DialogSize::Small footer>
            <form on:submit=submit>
                <Field label=copy::TITLE value=title error=missing autofocus=true max_length=200 />
            </form>
        </Dialog>
    }
}
