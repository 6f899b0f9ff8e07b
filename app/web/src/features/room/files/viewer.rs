//! A file over the whole window: looked at in place, with the way to the one before and after it.

use std::rc::Rc;

use browser::{files::Address, pages::Fault};
use exchange::{
    file::{HEAD, Look},
    image::{self, Kind},
};
use insight::record::Part;
use leptos::{ev, prelude::*};
use model::limits;
use session::{FileVersion, Problem, Thing};
use ui::{Button, ButtonKind, Dialog, DialogSize, EmptyState, Skeleton, SkeletonShape, effect, live};

use super::{
    Files, by, copy,
    pages::{Reading, Sheets},
    taking,
};
use crate::{
    copy as words,
    features::room::comments::{ThingMark, comments_panel, is_in_panel, use_comments},
    later::dialog_later,
};

/// So much of a text is shown, in bytes.
const WORDS_MAX: usize = 2 * limits::FILE_PIECE;
/// How large things are shown, in percent.
const ZOOMS: [u32; 8] = [50, 75, 100, 125, 150, 200, 300, 400];
const AS_IT_IS: usize = 2;

/// What is shown of a file.
enum Shown {
    Image(Address),
    /// An SVG opened by itself from an address of this page could act as the page. An address that holds it cannot be
    /// opened by itself.
    Drawing(String),
    Film(Address),
    Sound(Address),
    Words(String, bool),
    Pages(Rc<Reading>),
    Not(&'static str, String),
}

#[component]
pub(super) fn Viewer(files: Files) -> impl IntoView {
    let open = RwSignal::new(false);
    let zoom = RwSignal::new(AS_IT_IS);
    let at = RwSignal::new(None);
    let file = Memo::new(move |_| find(files));
    let comments = use_comments();
    on_cleanup(move || {
        comments.over_file.try_set(false);
    });
    effect(move || {
        let is_there = file.with(Option::is_some);
        open.set(is_there);
        comments.over_file.set(is_there);
        zoom.set(AS_IT_IS);
        at.set(None);
    });
    effect(move || {
        if !open.get() && files.shown.with_untracked(Option::is_some) {
            files.shown.set(None);
        }
    });
    let keys = window_event_listener(ev::keydown, move |event| {
        if !open.get_untracked()
            || is_in_panel(&event)
            || event.ctrl_key()
            || event.meta_key()
            || event.alt_key()
        {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => step(files, -1),
            "ArrowRight" => step(files, 1),
            "+" | "=" => zoom_by(zoom, 1),
            "-" => zoom_by(zoom, -1),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let title = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|(name, _)| name.clone()).unwrap_or_default())
    });
    let take = move |()| {
        if let Some((name, version)) = file.get_untracked() {
            files.take(name, version);
        }
    };
    let foot = move || {
        let tool = |label, icon, act: fn(Files, RwSignal<usize>)| {
            view! { <Button label kind=ButtonKind::Quiet icon icon_only=true on_press=move |()| act(files, zoom) /> }
        };
        view! {
            {tool(copy::PREVIOUS_FILE, "left", |files, _| step(files, -1))}
            {tool(copy::NEXT_FILE, "right", |files, _| step(files, 1))}
            <span class="viewer-at" role="status">{move || at.get().map(|(page, count): (usize, usize)| copy::page_of(page + 1, count))}</span>
            <span class="viewer-who">{move || file.with(|file| file.as_ref().map(|(_, version)| copy::added_by(&by(version), &browser::clock::date_time(version.at))))}</span>
            {live(move || file.get().map(|(name, version)| view! { <ThingMark thing=Thing::File { version: version.id, page: None } called=name /> }))}
            {tool(copy::SMALLER, "minus", |_, zoom| zoom_by(zoom, -1))}
            <span class="viewer-zoom" role="status">{move || copy::zoomed(ZOOMS[zoom.get().min(ZOOMS.len() - 1)])}</span>
            {tool(copy::LARGER, "plus", |_, zoom| zoom_by(zoom, 1))}
            <Button label=copy::DOWNLOAD icon="download" on_press=take />
        }
    };
    view! {
        <Dialog open title close_label=words::CLOSE size=DialogSize::Whole footer=foot>
            <div class="viewer-beside" data-panel=move || comments.open.get().then_some("")>
                {live(move || file.get().map(|(name, version)| view! { <Content files name version zoom at /> }))}
                {dialog_later(comments_panel, comments, comments.open)}
            </div>
        </Dialog>
    }
}

/// The file that is looked at: its name, and the version.
fn find(files: Files) -> Option<(String, FileVersion)> {
    let id = files.shown.get()?;
    files.all.with(|all| {
        all.iter().find_map(|file| {
            let version = file.versions.iter().find(|version| version.id == id)?;
            Some((file.name.clone(), version.clone()))
        })
    })
}

/// Goes on to the next file, or back.
fn step(files: Files, by: isize) {
    let Some(id) = files.shown.get_untracked() else { return };
    let next = files.all.with_untracked(|all| {
        let at = all.iter().position(|file| file.versions.iter().any(|version| version.id == id))?;
        Some(all.get(at.checked_add_signed(by)?)?.newest().id.clone())
    });
    if next.is_some() {
        files.shown.set(next);
    }
}

fn zoom_by(zoom: RwSignal<usize>, by: isize) {
    zoom.update(|at| *at = at.saturating_add_signed(by).min(ZOOMS.len() - 1));
}

/// What is shown of a version, once it is read.
#[component]
fn Content(
    files: Files,
    name: String,
    version: FileVersion,
    zoom: RwSignal<usize>,
    at: RwSignal<Option<(usize, usize)>>,
) -> impl IntoView {
    let shown: RwSignal<Option<Shown>, LocalStorage> = RwSignal::new_local(None);
    let room = files.room.get();
    let version_id = StoredValue::new(version.id.clone());
    // What has no pages is read as one.
    let part = Part::Page { file: version.id.clone(), number: 1 }.name();
    let part = move || part.clone();
    let taken = (name.clone(), version.clone());
    browser::timers::spawn(async move {
        let read = read(&room, &version, at).await;
        let read = read.unwrap_or_else(|problem| not_shown(&problem, &version));
        // The person may look at something else by now.
        let _ = shown.try_set(Some(read));
    });
    browser::timers::spawn(async {
        // The one before it had the keyboard, if any.
        browser::timers::frame().await;
        browser::view::focus_on(".viewer");
    });
    let take = StoredValue::new(taken);
    let take = move |()| {
        let (name, version) = take.get_value();
        files.take(name, version);
    };
    let scale = move || f64::from(ZOOMS[zoom.get().min(ZOOMS.len() - 1)]) / 100.0;
    let name = StoredValue::new(name);
    let touched = StoredValue::new(None::<(f64, f64)>);
    let swipe = move |event: ev::PointerEvent| {
        /// Shorter moves are presses. In pixels.
        const SWIPE: f64 = 60.0;
        let here = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(from) = touched.try_update_value(Option::take).flatten() else { return };
        let (across, down) = (here.0 - from.0, here.1 - from.1);
        if zoom.get_untracked() == AS_IT_IS && across.abs() > SWIPE && across.abs() > 2.0 * down.abs() {
            step(files, if across < 0.0 { 1 } else { -1 });
        }
    };
    let press = move |event: ev::PointerEvent| {
        let is_touch = event.pointer_type() == "touch";
        touched.set_value(is_touch.then(|| (f64::from(event.client_x()), f64::from(event.client_y()))));
    };
    let inside = live(move || {
        shown.with(|shown| match shown {
            None => view! { <Skeleton label=copy::LOADING shape=SkeletonShape::Page /> }.into_any(),
            Some(Shown::Image(address)) => picture(name.get_value(), address.as_str().to_owned(), part()),
            Some(Shown::Drawing(address)) => picture(name.get_value(), address.clone(), part()),
            Some(Shown::Film(address)) => view! {
                <video class="viewer-film" data-part=part() controls=true playsinline="" aria-label=name.get_value() src=address.as_str().to_owned()></video>
            }
            .into_any(),
            Some(Shown::Sound(address)) => view! {
                <audio class="viewer-sound" data-part=part() controls=true aria-label=name.get_value() src=address.as_str().to_owned()></audio>
            }
            .into_any(),
            Some(Shown::Words(text, is_part)) => {
                let note = is_part.then(|| view! { <p class="hint">{copy::PART_SHOWN}</p> });
                view! { {note} <pre class="viewer-words" data-part=part() dir="auto" tabindex="0">{text.clone()}</pre> }.into_any()
            }
            Some(Shown::Pages(reading)) => {
                let reading = StoredValue::new_local(reading.clone());
                let fail = move |fault| {
                    let line = match fault {
                        Fault::Damaged => copy::BROKEN,
                        Fault::Locked => copy::LOCKED,
                        Fault::Stopped => copy::STOPPED,
                    };
                    instead(line, copy::NO_LOOK_MORE.to_owned(), take)
                };
                view! { <Sheets reading version=version_id name zoom=zoom.into() fail /> }.into_any()
            }
            Some(Shown::Not(line, more)) => instead(line, more.clone(), take),
        })
    });
    view! { <div class="viewer" tabindex="0" autofocus=true role="group" aria-label=name.get_value() data-zoomed=Signal::derive(move || (zoom.get() > AS_IT_IS).then_some("")) style=("--zoom", move || scale().to_string()) on:pointerdown=press on:pointerup=swipe>{inside}</div> }
}

/// What stands in place of a file that cannot be shown.
fn instead(line: &'static str, more: String, take: impl Fn(()) + Copy + Send + Sync + 'static) -> AnyView {
    view! {
        <EmptyState icon="file" line more>
            <Button label=copy::DOWNLOAD icon="download" on_press=take />
        </EmptyState>
    }
    .into_any()
}

fn picture(name: String, address: String, part: String) -> AnyView {
    view! { <div class="viewer-image" data-part=part><img src=address alt=name draggable="false" /></div> }
        .into_any()
}

fn not_shown(problem: &Problem, version: &FileVersion) -> Shown {
    match problem {
        Problem::FileMissing => {
            Shown::Not(copy::NOT_HERE, copy::comes_from(&by(version), version.is_carried()))
        }
        problem => Shown::Not(copy::BROKEN, words::problem(problem)),
    }
}

/// Reads as much of a version as is shown.
async fn read(
    room: &session::Room,
    version: &FileVersion,
    at: RwSignal<Option<(usize, usize)>>,
) -> Result<Shown, Problem> {
    let Some(first) = version.pieces.first() else {
        return Ok(Shown::Not(copy::EMPTY_FILE, String::new()));
    };
    let first = room.piece(*first).await?.ok_or(Problem::FileMissing)?;
    let look = Look::of(&first[..first.len().min(HEAD)]);
    let address = async |media_type: &str| {
        let (parts, ..) = taking::gather(room, version).await?;
        parts.show(media_type).map_err(|_words| Problem::FileMissing)
    };
    Ok(match look {
        Look::Image(Kind::Svg) => {
            let mut bytes = Vec::new();
            room.read_file(version, |piece| bytes.extend(piece)).await?;
            match image::data_address(&bytes) {
                Some(address) => Shown::Drawing(address),
                None => Shown::Not(copy::NO_LOOK, copy::NO_LOOK_MORE.to_owned()),
            }
        }
        Look::Image(kind) => Shown::Image(address(kind.media_type()).await?),
        Look::Film(media_type) => Shown::Film(address(media_type).await?),
        Look::Sound(media_type) => Shown::Sound(address(media_type).await?),
        Look::Words => {
            let mut bytes = first;
            if let Some(second) = version.pieces.get(1) {
                bytes.extend(room.piece(*second).await?.ok_or(Problem::FileMissing)?);
            }
            let is_part = version.size > WORDS_MAX as u64;
            Shown::Words(String::from_utf8_lossy(&bytes).into_owned(), is_part)
        }
        Look::Pages => {
            let (parts, ..) = taking::gather(room, version).await?;
            Shown::Pages(Reading::new(parts, at))
        }
        Look::Nothing => Shown::Not(copy::NO_LOOK, copy::NO_LOOK_MORE.to_owned()),
    })
}
