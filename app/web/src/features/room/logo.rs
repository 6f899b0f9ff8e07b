//! The logo of a room: shown beside its title and on its first page, and chosen there.

use browser::{
    clipboard, files,
    files::{GivenFile, ReadError},
    images::{Shown, redraw},
};
use exchange::image::{self, Kind};
use leptos::{ev, prelude::*};
use model::{BlobHash, limits};
use session::Problem;
use terms::portal::{LOGO_MAX, LOGO_SIDE_MAX, Logo};
use ui::{Button, ButtonSize, DropZone, Field, FilePickerButton, effect, live};

use super::{OpenRoom, copy, images};
use crate::{copy as words, handsel::use_handsel};

/// A logo is drawn no wider and no higher than this, in pixels: between two and three times of what it is shown at, for fine screens
/// and for paper. More would only make links long.
const WIDEST: u32 = 512;
const HIGHEST: u32 = 192;

/// A logo that can be shown, and the address at which it can, as long as this is kept.
pub(crate) struct Hung {
    shown: Shown,
    /// An SVG gets an address that holds it, so that it cannot be opened by itself from an address of this page.
    address: Option<String>,
}

impl Hung {
    /// Nothing for what is no image, or is larger than a logo.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        let kind = Kind::of(bytes)?;
        let is_small = |(width, height): (u32, u32)| width.max(height) <= LOGO_SIDE_MAX;
        if bytes.len() > LOGO_MAX || !image::size(bytes).is_none_or(is_small) {
            return None;
        }
        let shown = Shown::new(bytes, kind.media_type()).ok()?;
        let address = if kind == Kind::Svg { Some(image::data_address(bytes)?) } else { None };
        Some(Self { shown, address })
    }

    /// The address.
    pub(crate) fn address(&self) -> String {
        self.address.clone().unwrap_or_else(|| self.shown.address().to_owned())
    }
}

/// The logo as it is in the room, ready to be shown. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct RoomLogo {
    hung: StoredValue<Option<Hung>, LocalStorage>,
    /// Its address, and what it shows.
    shown: RwSignal<Option<(String, String)>>,
}

impl RoomLogo {
    /// That of an open room, as it changes and as its bytes arrive.
    pub(super) fn follow(room: OpenRoom) -> Self {
        let logo = Self { hung: StoredValue::new_local(None), shown: RwSignal::new(None) };
        let changed = RwSignal::from(room.get().offer_changed());
        let wanted = Memo::new(move |_| {
            changed.track();
            room.get().portal().logo
        });
        effect(move || {
            room.came.track();
            let Some(Logo { blob, alt }) = wanted.get() else {
                logo.shown.set(None);
                return;
            };
            let open = room.get();
            browser::timers::spawn(async move {
                let hung = open.logo(blob).await.and_then(|bytes| Hung::new(&bytes));
                let address = hung.as_ref().map(Hung::address);
                // Another may have been chosen meanwhile, or the room left.
                if wanted.try_get_untracked().flatten().is_some_and(|it| it.blob == blob) {
                    let _ = logo.shown.try_set(address.map(|address| (address, alt)));
                    logo.hung.try_set_value(hung);
                }
            });
        });
        logo
    }
}

/// The logo, where there is one. Beside words that say the same it is not read out.
#[component]
pub(super) fn LogoImage(logo: RoomLogo, #[prop(optional)] is_beside_words: bool) -> impl IntoView {
    live(move || {
        logo.shown.get().map(|(address, alt)| {
            let alt = if is_beside_words { String::new() } else { alt };
            view! { <img class="logo" src=address alt=alt /> }
        })
    })
}

/// A logo that is being chosen. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct LogoDraft {
    alt: RwSignal<String>,
    address: RwSignal<Option<String>>,
    /// The one in the room, as long as it stays.
    kept: StoredValue<Option<BlobHash>>,
    new: StoredValue<Option<(Vec<u8>, Hung)>, LocalStorage>,
    wrong: RwSignal<Option<String>>,
}

impl LogoDraft {
    pub(super) fn new() -> Self {
        Self {
            alt: RwSignal::default(),
            address: RwSignal::new(None),
            kept: StoredValue::new(None),
            new: StoredValue::new_local(None),
            wrong: RwSignal::new(None),
        }
    }

    /// Begins with what is in the room.
    pub(super) fn begin(self, room: OpenRoom, logo: RoomLogo) {
        let now = room.get().portal().logo;
        self.alt.set(now.as_ref().map(|logo| logo.alt.clone()).unwrap_or_default());
        self.kept.set_value(now.map(|logo| logo.blob));
        self.new.set_value(None);
        self.wrong.set(None);
        self.address.set(logo.shown.get_untracked().map(|(address, _)| address));
    }

    /// Keeps what was chosen, and answers what the first page is to say of it.
    pub(super) async fn keep(self, room: session::Room) -> Result<Option<Logo>, Problem> {
        let alt = self.alt.get_untracked().trim().to_owned();
        let new = self.new.with_value(|new| new.as_ref().map(|(bytes, _)| bytes.clone()));
        let blob = match new {
            Some(bytes) => Some(room.put_logo(bytes).await?),
            None => self.kept.get_value(),
        };
        Ok(blob.map(|blob| Logo { blob, alt }))
    }

    fn remove(self) {
        self.kept.set_value(None);
        self.new.set_value(None);
        self.address.set(None);
        self.wrong.set(None);
    }

    fn take(self, files: Vec<GivenFile>) {
        let Some(file) = files.into_iter().next() else { return };
        browser::timers::spawn(async move {
            let read = read(&file).await;
            let _ = self.wrong.try_set(read.as_ref().err().cloned());
            if let Ok((bytes, hung)) = read {
                let _ = self.address.try_set(Some(hung.address()));
                self.new.try_set_value(Some((bytes, hung)));
            }
        });
    }
}

/// A file as a logo: without what a camera wrote, and no larger than a logo is.
async fn read(file: &GivenFile) -> Result<(Vec<u8>, Hung), String> {
    let bytes = file.read(limits::BLOB_MAX).await.map_err(|error| match error {
        ReadError::TooLarge(_) => words::problem(&Problem::BlobTooLarge),
        ReadError::Unreadable(_) => copy::image_unreadable(&file.name()),
    })?;
    let kind = Kind::of(&bytes).ok_or_else(|| copy::no_image(&file.name()))?;
    let bytes = smallest(bytes, kind).await.map_err(|_words| copy::image_unreadable(&file.name()))?;
    let hung = Hung::new(&bytes).ok_or_else(|| copy::LOGO_TOO_LARGE.to_owned())?;
    Ok((bytes, hung))
}

/// A logo in as few bytes as can be: drawn as PNG and as WebP, both of which let through what is behind, and whichever is smaller;
/// or as it was, where it is small enough and that is smaller still. What moves or is drawn by words stays as it is.
async fn smallest(bytes: Vec<u8>, kind: Kind) -> Result<Vec<u8>, String> {
    let longest = image::size(&bytes).map_or(WIDEST, longest);
    let (mut smallest, _) = images::ready(bytes.clone(), kind, longest).await?;
    if kind.is_kept_as_it_is(&bytes) {
        return Ok(smallest);
    }
    for wanted in [Kind::Png, Kind::WebP] {
        let drawn = redraw(&bytes, kind.media_type(), wanted.media_type(), longest).await?.bytes;
        if drawn.len() < smallest.len() {
            smallest = drawn;
        }
    }
    Ok(smallest)
}

/// How long the longer side of a logo of this size may be drawn.
fn longest((width, height): (u32, u32)) -> u32 {
    let longer = u64::from(HIGHEST) * u64::from(width.max(height)) / u64::from(height.max(1));
    u32::try_from(longer).map_or(WIDEST, |longer| longer.min(WIDEST))
}

/// Where a logo is picked, dropped or pasted, described and removed.
#[component]
pub(super) fn LogoField(draft: LogoDraft) -> impl IntoView {
    let handsel = use_handsel();
    let paste = move |event: ev::ClipboardEvent| {
        if let Some(files) = clipboard::pasted(&event).and_then(|given| given.files) {
            event.prevent_default();
            event.stop_propagation();
            draft.take(files::listed(Some(files)));
        } else {
            handsel.toasts.say(copy::LOGO_PASTE_NONE);
        }
    };
    let pick = move |event| draft.take(files::picked(&event));
    let there = live(move || {
        draft.address.get().map(|address| {
            view! {
                <img class="logo" src=address alt=copy::LOGO />
                <Button label=copy::REMOVE_LOGO icon="trash" size=ButtonSize::Small on_press=move |()| draft.remove() />
            }
        })
    });
    let described = live(move || {
        draft.address.with(Option::is_some).then(|| {
            view! { <Field label=copy::LOGO_ALT hint=copy::LOGO_ALT_HINT value=draft.alt max_length=200 /> }
        })
    });
    let label = Signal::derive(move || {
        if draft.address.with(Option::is_some) { copy::REPLACE_LOGO } else { copy::PICK_LOGO }.to_owned()
    });
    view! {
        <div class="field logo-field" role="group" aria-label=copy::LOGO tabindex="0" on:paste=paste>
            <span class="label">{copy::LOGO}</span>
            <DropZone on_drop=move |event| draft.take(files::dropped(&event))>
                {there}
                <FilePickerButton label accept=images::ACCEPT size=ButtonSize::Small icon="image" on_pick=pick />
                <span class="hint">{copy::LOGO_HINT}</span>
            </DropZone>
            {live(move || draft.wrong.get().map(|words| view! { <span class="error" role="alert">{words}</span> }))}
        </div>
        {described}
    }
}
