//! The versions of a room: a list of them, what any one of them differs in from another, and the way back to it.

mod changes;
mod copy;

use browser::{clock, view};
use exchange::frozen::{Changes, Frozen};
use leptos::{ev::KeyboardEvent, prelude::*};
use session::{Problem, Room, Since, Version, VersionKind};
use ui::{
    Banner, Button, ButtonKind, ButtonSize, Dialog, EmptyState, Field, Skeleton, SkeletonShape, Tone, effect,
    live,
};

use super::{OpenRoom, copy as room_words};
use crate::{
    copy as words,
    handsel::{Handsel, use_handsel},
};

/// What was kept when the room was last left may be noted a moment later than that.
const NEAR_MS: u64 = 60_000;

/// What is compared, once it was read.
#[derive(Clone)]
enum Shown {
    /// The differences.
    Changes(Changes),
    /// One of the two is not on this device.
    Missing,
    /// It could not be read.
    Trouble(Problem),
}

/// What the parts of this place share. Copies are the same.
#[derive(Clone, Copy)]
struct Place {
    room: OpenRoom,
    handsel: Handsel,
    /// All versions, the latest first; none until they were read.
    all: RwSignal<Option<Vec<Version>>>,
    /// The earlier one of the two.
    old: RwSignal<Option<Version>>,
    /// The later one; the room as it is where there is none.
    new: RwSignal<Option<Version>>,
    shown: RwSignal<Option<Shown>, LocalStorage>,
    /// Rises when the room was changed from here.
    acted: RwSignal<usize>,
}

/// The place.
#[component]
pub(super) fn VersionsPlace(room: OpenRoom, since: RwSignal<Option<Since>>) -> impl IntoView {
    let place = Place {
        room,
        handsel: use_handsel(),
        all: RwSignal::new(None),
        old: RwSignal::new(None),
        new: RwSignal::new(None),
        shown: RwSignal::new_local(None),
        acted: RwSignal::new(0),
    };
    let answered = RwSignal::from(room.get().responses_changed());
    effect(move || {
        answered.track();
        place.acted.track();
        place.read(since.get_untracked());
    });
    effect(move || {
        place.acted.track();
        place.compare(place.old.get(), place.new.get());
    });
    let naming = RwSignal::new(false);
    let may_edit = room.may_edit();
    let name = move || {
        view! { <Button label=copy::NAME icon="flag" kind=ButtonKind::Primary on_press=move |()| naming.set(true) /> }
    };
    let body = live(move || match place.all.get() {
        None => view! { <Skeleton label=copy::READING shape=SkeletonShape::Page /> }.into_any(),
        Some(all) if all.is_empty() => {
            view! { <EmptyState icon="history" line=copy::NONE more=copy::NONE_MORE /> }.into_any()
        }
        Some(all) => view! {
            <div class="with-rail versions-columns">
                <Comparison place />
                <List place all />
            </div>
        }
        .into_any(),
    });
    view! {
        <main class="page versions" on:keydown=move |event| by_key(&event)>
            <header class="page-head">
                <div>
                    <h2>{room_words::VERSIONS}</h2>
                    <p class="hint">{copy::ABOUT}</p>
                </div>
                <div class="row">{may_edit.then(name)}</div>
            </header>
            {body}
        </main>
        <NameDialog place open=naming />
    }
}

impl Place {
    /// Reads the list, and begins with the state in which the room was last left.
    fn read(self, since: Option<Since>) {
        let room = self.room.get();
        browser::timers::spawn(async move {
            let Ok(all) = room.versions().await else { return };
            if self.old.try_get_untracked() == Some(None) {
                let seen = since.filter(|since| !since.is_empty());
                let left = seen.and_then(|since| all.iter().find(|it| it.at <= since.at + NEAR_MS));
                self.old.try_set(left.or(all.first()).cloned());
            }
            self.all.try_set(Some(all));
        });
    }

    fn compare(self, old: Option<Version>, new: Option<Version>) {
        let Some(old) = old else { return };
        let room = self.room.get();
        browser::timers::spawn(async move {
            let shown = match between(&room, &old, new.as_ref()).await {
                Ok(Some((old, new))) => {
                    let mut changes = Changes::between(&old, &new);
                    if !self.room.may_own() {
                        let hides = |detail| new.price.hidden.contains(&detail);
                        changes.terms.retain(|change| !change.what.detail().is_some_and(hides));
                    }
                    Shown::Changes(changes)
                }
                Ok(None) => Shown::Missing,
                Err(problem) => Shown::Trouble(problem),
            };
            self.shown.try_set(Some(shown));
        });
    }

    /// Makes the room what it was, and offers to take that back.
    fn restore(self, version: Version) {
        let room = self.room.get();
        let handsel = self.handsel;
        handsel.attempt(async move {
            let Some(frozen) = room.open_version(&version).await? else { return Ok(()) };
            let before = room.restore(&frozen).await?;
            let said = copy::restored(&called(&version), room.is_owner());
            let id = room.id();
            let undo = move |()| {
                let before = before.clone();
                handsel.attempt(async move {
                    // The person may be elsewhere by now.
                    handsel.rooms().open(id).await?.restore(&before).await?;
                    self.acted.try_update(|count| *count += 1);
                    Ok(())
                });
            };
            handsel.toasts.offer(said, words::UNDO, undo);
            self.acted.try_update(|count| *count += 1);
            Ok(())
        });
    }
}

/// Both states; none where one is not here.
async fn between(
    room: &Room,
    old: &Version,
    new: Option<&Version>,
) -> Result<Option<(Frozen, Frozen)>, Problem> {
    let Some(old) = room.open_version(old).await? else { return Ok(None) };
    let new = match new {
        Some(new) => room.open_version(new).await?,
        None => Some(room.freeze()?),
    };
    Ok(new.map(|new| (old, new)))
}

/// What a version is called.
fn called(version: &Version) -> String {
    match &version.kind {
        VersionKind::Named { name, .. } => name.clone(),
        VersionKind::Kept(reason) => copy::reason(*reason).to_owned(),
    }
}

/// Moves to the next change, or the one before.
fn step(forward: bool) {
    view::focus_next(".comparison [data-change]", forward);
}

fn by_key(event: &KeyboardEvent) {
    if event.key() == "F8" {
        event.prevent_default();
        step(!event.shift_key());
    }
}

/// What differs between the two that were chosen.
#[component]
fn Comparison(place: Place) -> impl IntoView {
    let may_edit = place.room.may_edit();
    let title = move || {
        let old = place.old.get().map(|it| called(&it)).unwrap_or_default();
        let new = place.new.get().map_or_else(|| copy::NOW.to_owned(), |it| called(&it));
        copy::from_to(&old, &new)
    };
    let restore = move || {
        place.old.get().map(|version| {
            let restore = move |()| place.restore(version.clone());
            view! { <Button label=copy::RESTORE icon="undo" size=ButtonSize::Small on_press=restore /> }
        })
    };
    let body = live(move || match place.shown.get() {
        None => view! { <Skeleton label=copy::READING shape=SkeletonShape::Page /> }.into_any(),
        Some(Shown::Missing) => view! { <Banner tone=Tone::Warn words=copy::MISSING /> }.into_any(),
        Some(Shown::Trouble(problem)) => {
            view! { <Banner tone=Tone::Danger words=words::problem(&problem) /> }.into_any()
        }
        Some(Shown::Changes(changes)) if changes.is_empty() => {
            view! { <p class="comparison-same">{copy::SAME}</p> }.into_any()
        }
        Some(Shown::Changes(changes)) => changes::view(&changes),
    });
    view! {
        <section class="card comparison" aria-label=copy::COMPARISON>
            <header class="card-head">
                <h3>{title}</h3>
                <div class="row">
                    <Button label=copy::PREVIOUS icon="up" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small shortcut="Shift+F8" on_press=move |()| step(false) />
                    <Button label=copy::NEXT icon="down" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small shortcut="F8" on_press=move |()| step(true) />
                    {live(move || if may_edit { restore() } else { None })}
                </div>
            </header>
            {body}
        </section>
    }
}

/// All versions by day. Choosing one compares it with what is chosen above.
#[component]
fn List(place: Place, all: Vec<Version>) -> impl IntoView {
    let mut days: Vec<(String, Vec<Version>)> = Vec::new();
    for version in &all {
        let day = clock::date(version.at);
        match days.last_mut() {
            Some((last, versions)) if *last == day => versions.push(version.clone()),
            _ => days.push((day, vec![version.clone()])),
        }
    }
    let against = StoredValue::new(all.clone());
    let pick = move |event: leptos::ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        place.new.set(at.and_then(|at| against.with_value(|all| all.get(at).cloned())));
    };
    let now = place.new.get_untracked();
    let options = all.iter().enumerate().map(|(at, version)| {
        let label = format!("{}, {}", called(version), clock::date_time(version.at));
        view! { <option value=at.to_string() selected={now.as_ref() == Some(version)}>{label}</option> }
    });
    let options = options.collect_view();
    let days = days.into_iter().map(|(day, versions)| {
        let rows = versions.into_iter().map(|version| view! { <Row place version /> }).collect_view();
        view! { <h4>{day}</h4><ul>{rows}</ul> }
    });
    view! {
        <section class="card version-list" aria-label=room_words::VERSIONS>
            <label class="version-with">
                <span>{copy::COMPARED_WITH}</span>
                <select class="input" on:change=pick>
                    <option value="" selected={now.is_none()}>{copy::NOW}</option>
                    {options}
                </select>
            </label>
            {days.collect_view()}
        </section>
    }
}

#[component]
fn Row(place: Place, version: Version) -> impl IntoView {
    let name = called(&version);
    let (is_named, about, own) = match &version.kind {
        VersionKind::Named { id, by, is_own, .. } => {
            let by = if *is_own { copy::YOU } else { by.as_str() };
            (true, copy::by(&clock::date_time(version.at), by), is_own.then(|| id.clone()))
        }
        VersionKind::Kept(_) => (false, clock::date_time(version.at), None),
    };
    let chosen = {
        let version = version.clone();
        Signal::derive(move || if place.old.get().as_ref() == Some(&version) { "true" } else { "false" })
    };
    let forget = own.map(|id| {
        let forget = move |()| {
            if let Err(problem) = place.room.get().forget_version(&id) {
                place.handsel.tell(&problem);
            }
        };
        view! { <Button label=copy::forget(&name) icon="x" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small on_press=forget /> }
    });
    view! {
        <li data-named=is_named.then_some("")>
            <button type="button" class="version" aria-pressed=chosen on:click=move |_| place.old.set(Some(version.clone()))>
                <strong>{name.clone()}</strong>
                <span>{about}</span>
            </button>
            {forget}
        </li>
    }
}

/// Asks what the present state is to be called.
#[component]
fn NameDialog(place: Place, open: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let keep = move |()| {
        let called = name.get_untracked();
        if called.trim().is_empty() {
            return;
        }
        open.set(false);
        name.set(String::new());
        let (room, rooms) = (place.room.get(), place.handsel.rooms());
        place.handsel.attempt(async move {
            room.name_version(&called).await?;
            // Whoever has said what they are called is named beside it.
            let _ = room.introduce(&rooms.my_name().await);
            Ok(())
        });
    };
    let foot = move || view! { <Button label=copy::KEEP kind=ButtonKind::Primary on_press=keep /> };
    view! {
        <Dialog open title=copy::NAME close_label=words::CLOSE limit=copy::NAME_LIMIT footer=foot>
            <Field label=copy::ITS_NAME value=name placeholder=copy::NAME_EXAMPLE max_length=200 autofocus=true on_commit=keep />
        </Dialog>
    }
}
