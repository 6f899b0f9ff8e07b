//! The files of a room: what both sides put there, to be looked at, taken along, and added to.

mod copy;
mod pages;
mod rows;
mod taking;
mod uploads;
mod viewer;

use std::collections::BTreeSet;

use exchange::file::{HEAD, ending};
use insight::record::{Part, What};
use leptos::prelude::*;
use model::{BlobHash, limits};
use session::{Fetching, FileVersion, Problem, RoomFile};
use ui::{Button, ButtonKind, EmptyState, FilePickerButton, effect, live};

use super::{OpenRoom, comments::use_comments, recording};
use crate::handsel::{Handsel, use_handsel};
use rows::Rows;
use uploads::ComingIn;
pub(super) use uploads::Uploads;
use viewer::Viewer;

/// What the parts of this place share. Copies are the same.
#[derive(Clone, Copy)]
struct Files {
    room: OpenRoom,
    handsel: Handsel,
    all: Memo<Vec<RoomFile>>,
    /// The blobs that are here.
    held: RwSignal<BTreeSet<BlobHash>>,
    /// The version that is being got from somebody else, by its name among all.
    getting: RwSignal<Option<String>>,
    fetching: RwSignal<Fetching>,
    /// The version that is looked at, by its name among all.
    shown: RwSignal<Option<String>>,
}

impl Files {
    fn new(room: OpenRoom) -> Self {
        let open = room.get();
        let answers = RwSignal::from(open.responses_changed());
        let all = Memo::new(move |_| {
            answers.track();
            room.get().files()
        });
        let held = RwSignal::new(BTreeSet::new());
        effect(move || {
            all.track();
            room.came.track();
            let open = room.get();
            browser::timers::spawn(async move {
                // Where the store does not say, what was here is here.
                if let Ok(now) = open.held_blobs().await {
                    let _ = held.try_set(now);
                }
            });
        });
        let shown = RwSignal::new(None);
        let comments = use_comments();
        // A thread on a page leads into the file.
        effect(move || {
            if let Some(version) = comments.page_gone_to()
                && shown.get_untracked().as_ref() != Some(&version)
            {
                shown.set(Some(version));
            }
        });
        // Whoever follows a presentation looks at what is shown there.
        effect(move || {
            if let Some(version) = room.file_wanted.get() {
                room.file_wanted.set(None);
                let version = Some(version).filter(|version| !version.is_empty());
                if shown.get_untracked() != version {
                    shown.set(version);
                }
            }
        });
        let handsel = use_handsel();
        let (fetching, getting) = (RwSignal::from(open.fetching()), RwSignal::new(None));
        effect(move || {
            let Fetching { left, is_lacking } = fetching.get();
            if is_lacking && getting.with_untracked(Option::is_some) {
                handsel.toasts.say(copy::NOBODY_HAS_IT);
            }
            if left == 0 {
                getting.set(None);
            }
        });
        Self { room, handsel, all, held, getting, fetching, shown }
    }

    /// Whether all of a version is here.
    fn is_here(self, version: &FileVersion) -> bool {
        self.held.with(|held| version.pieces.iter().all(|piece| held.contains(piece)))
    }

    /// How many bytes of a version are here, nearly.
    fn come(self, version: &FileVersion) -> u64 {
        let here = self.held.with(|held| version.pieces.iter().filter(|piece| held.contains(piece)).count());
        (here * limits::FILE_PIECE) as u64
    }

    /// Asks whoever is connected for a version.
    fn get(self, version: FileVersion) {
        let (room, getting) = (self.room.get(), self.getting);
        getting.set(Some(version.id.clone()));
        self.handsel.attempt(async move { room.fetch_file(&version).await });
    }

    /// The file of this name in this folder.
    fn find(self, folder: &str, name: &str) -> Option<RoomFile> {
        self.all.with(|all| all.iter().find(|file| file.folder == folder && file.name == name).cloned())
    }

    /// What came of an act; nothing, with words, when it was not done.
    fn told<T>(self, done: Result<T, Problem>) -> Option<T> {
        done.map_err(|problem| self.handsel.tell(&problem)).ok()
    }

    fn take(self, name: String, version: FileVersion) {
        recording::note(self.room, What::Downloaded, Part::Page { file: version.id.clone(), number: 1 });
        taking::take(self.handsel, self.room.get(), name, version);
    }
}

/// Who put a version there, as others read it.
fn by(version: &FileVersion) -> String {
    match version.by.as_str() {
        _ if version.mine => copy::YOU.to_owned(),
        "" => copy::SOMEBODY.to_owned(),
        name => name.to_owned(),
    }
}

/// The place.
#[component]
pub(super) fn FilesPlace(room: OpenRoom, uploads: Uploads) -> impl IntoView {
    let files = Files::new(room);
    let may_add = uploads.may_add();
    if may_add {
        let pasted = window_event_listener(leptos::ev::paste, move |event| {
            let given = browser::clipboard::pasted(&event).and_then(|given| given.files);
            let given = browser::files::listed(given);
            if !given.is_empty() {
                event.prevent_default();
                uploads.add(given);
            }
        });
        on_cleanup(move || pasted.remove());
    }
    // What draws the pages of PDF files is kept as soon as there is one, so that it can be looked at without a network too.
    effect(move || {
        if files.all.with(|all| all.iter().any(|file| ending(&file.name) == "pdf")) {
            browser::timers::spawn(browser::pages::prepare());
        }
    });
    let is_empty = Memo::new(move |_| files.all.with(Vec::is_empty));
    let pick = move |kind| {
        may_add.then(|| {
            view! {
                <FilePickerButton
                    label=copy::ADD
                    icon="upload"
                    multiple=true
                    kind
                    on_pick=move |event| uploads.add(browser::files::picked(&event))
                />
            }
        })
    };
    let take_all = move |()| {
        let open = room.get();
        let title = open.filled_words(&open.title().get_untracked());
        recording::note(files.room, What::Downloaded, Part::Files);
        taking::take_all(files.handsel, open, title, files.all.get_untracked());
    };
    let body = live(move || {
        if is_empty.get() {
            let more = if may_add { copy::EMPTY_MAY } else { copy::EMPTY_MAY_NOT };
            view! { <EmptyState icon="file" line=copy::EMPTY more>{pick(ButtonKind::Primary)}</EmptyState> }
                .into_any()
        } else {
            let count = move || copy::files(files.all.with(Vec::len));
            view! {
                <header class="page-head">
                    <h2 class="files-count">{count}</h2>
                    <div class="row" data-wrap="">
                        <Button label=copy::DOWNLOAD_ALL icon="download" on_press=take_all />
                        {pick(ButtonKind::Primary)}
                    </div>
                </header>
                <Rows files />
            }
            .into_any()
        }
    });
    view! {
        <main class="page files-page">
            <ComingIn uploads />
            {body}
        </main>
        <Viewer files />
    }
}
