//! Files on their way into the room: one after the other, piece by piece, with a way to pause and to call off.

use std::{cell::RefCell, rc::Rc};

use browser::files::GivenFile;
use exchange::bundle::Envelope;
use leptos::prelude::*;
use model::{Right, limits};
use session::Upload;
use ui::{Button, ButtonKind, ButtonSize, Icon, live};

use super::copy;
use crate::{
    copy as words,
    features::{home::incoming, room::OpenRoom},
    handsel::{Handsel, use_handsel},
};

/// How it stands with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Waits,
    Comes,
    Paused,
    /// It did not work, for this reason; it may be tried again.
    Failed(String),
}

/// A file on its way.
#[derive(Clone)]
struct Going {
    id: u32,
    name: String,
    folder: String,
    size: u64,
    came: RwSignal<u64>,
    state: RwSignal<State>,
    file: Rc<GivenFile>,
    upload: Rc<RefCell<Option<Upload>>>,
}

/// All files on their way. They go on while their person is at another place of the room. Copies are the same.
#[derive(Clone, Copy)]
pub(in crate::features::room) struct Uploads {
    room: OpenRoom,
    handsel: Handsel,
    list: RwSignal<Vec<Going>, LocalStorage>,
    last: StoredValue<u32>,
    is_busy: StoredValue<bool>,
}

impl Uploads {
    pub(in crate::features::room) fn new(room: OpenRoom) -> Self {
        Self {
            room,
            handsel: use_handsel(),
            list: RwSignal::new_local(Vec::new()),
            last: StoredValue::new(0),
            is_busy: StoredValue::new(false),
        }
    }

    /// Whether this device may put files into the room.
    pub(in crate::features::room) fn may_add(self) -> bool {
        self.room.get().right() >= Some(Right::Comment)
    }

    /// Puts files into the room, below no folder. A room file is opened as what it is.
    pub(in crate::features::room) fn add(self, files: Vec<GivenFile>) {
        browser::timers::spawn(async move {
            let mut rooms = Vec::new();
            for file in files {
                match file.head(super::HEAD).await {
                    Ok(head) if Envelope::is_file(&head) => rooms.push(file),
                    Ok(_) => self.begin(file),
                    Err(_) => self.handsel.toasts.say(copy::unreadable(&file.name())),
                }
            }
            if !rooms.is_empty() {
                incoming::open_files(self.handsel, rooms);
            }
            self.go_on();
        });
    }

    fn begin(self, file: GivenFile) {
        let Some(id) = self.last.try_update_value(|last| {
            *last += 1;
            *last
        }) else {
            return;
        };
        let going = Going {
            id,
            name: exchange::file::clean_name(&file.name()),
            folder: String::new(),
            size: file.size(),
            came: RwSignal::new(0),
            state: RwSignal::new(State::Waits),
            file: Rc::new(file),
            upload: Rc::default(),
        };
        let _ = self.list.try_update(|list| list.push(going));
    }

    /// Takes one piece after the other of the first file that may go on, until there is none.
    fn go_on(self) {
        if self.is_busy.try_update_value(|is_busy| std::mem::replace(is_busy, true)) != Some(false) {
            return;
        }
        browser::timers::spawn(async move {
            let mut has_added = false;
            while let Some(going) = self.next() {
                let _ = going.state.try_set(State::Comes);
                match self.take_piece(&going).await {
                    Ok(true) => {
                        has_added = true;
                        self.remove(going.id);
                    }
                    Ok(false) => {}
                    Err(why) => drop(going.state.try_set(State::Failed(why))),
                }
            }
            let _ = self.is_busy.try_update_value(|is_busy| *is_busy = false);
            if let Some(room) = self.room.room.try_get_value().filter(|_| has_added) {
                // Whoever has said what they are called is named beside what they added.
                let _ = room.introduce(&self.handsel.rooms().my_name().await);
            }
        });
    }

    fn find(self, id: u32) -> Option<Going> {
        self.list.with_untracked(|list| list.iter().find(|going| going.id == id).cloned())
    }

    fn next(self) -> Option<Going> {
        let may_go =
            |going: &&Going| matches!(going.state.try_get_untracked(), Some(State::Waits | State::Comes));
        self.list.try_with_untracked(|list| list.iter().find(may_go).cloned()).flatten()
    }

    /// Answers whether the file is in the room now.
    async fn take_piece(self, going: &Going) -> Result<bool, String> {
        let told = |problem| words::problem(&problem);
        let Some(room) = self.room.room.try_get_value() else { return Err(String::new()) };
        let before = going.upload.take();
        let mut upload = match before {
            Some(upload) => upload,
            None => room.begin_file(going.size).await.map_err(told)?,
        };
        if upload.came() < going.size {
            let piece = going.file.piece(upload.came(), limits::FILE_PIECE).await;
            let taken = match piece {
                Ok(piece) if piece.is_empty() => Err(copy::unreadable(&going.name)),
                Ok(piece) => upload.take(piece).await.map_err(told),
                Err(_) => Err(copy::unreadable(&going.name)),
            };
            let is_wanted = self.list.try_with_untracked(|list| list.iter().any(|it| it.id == going.id));
            if is_wanted == Some(false) {
                upload.cancel().await;
                return Ok(false);
            }
            let _ = going.came.try_set(upload.came());
            if taken.is_err() || upload.came() < going.size {
                *going.upload.borrow_mut() = Some(upload);
                return taken.map(|()| false);
            }
        }
        upload.finish(&going.folder, &going.name, &going.file.media_type()).await.map_err(told)?;
        Ok(true)
    }

    fn set(self, going: &Going, state: State) {
        going.state.set(state);
        self.go_on();
    }

    fn remove(self, id: u32) -> Option<Going> {
        self.list.try_update(|list| {
            let at = list.iter().position(|going| going.id == id)?;
            Some(list.remove(at))
        })?
    }

    fn cancel(self, id: u32) {
        let upload = self.remove(id).and_then(|going| going.upload.take());
        if let Some(upload) = upload {
            browser::timers::spawn(upload.cancel());
        }
    }
}

/// What comes in, with how far it is.
#[component]
pub(super) fn ComingIn(uploads: Uploads) -> impl IntoView {
    let is_empty = Memo::new(move |_| uploads.list.with(Vec::is_empty));
    live(move || {
        (!is_empty.get()).then(|| {
            view! {
                <section class="card files-coming" data-flush="" aria-label=copy::COMING>
                    <ul>
                        <For each=move || uploads.list.with(|list| list.iter().map(|going| going.id).collect::<Vec<_>>()) key=|id| *id let:id>
                            {uploads.find(id).map(|going| view! { <Coming uploads going=StoredValue::new_local(going) /> })}
                        </For>
                    </ul>
                </section>
            }
        })
    })
}

#[component]
fn Coming(uploads: Uploads, going: StoredValue<Going, LocalStorage>) -> impl IntoView {
    let Going { id, name, size, came, state, .. } = going.get_value();
    let whole = browser::clock::size(size);
    let far = move || match state.get() {
        State::Waits => copy::WAITS.to_owned(),
        State::Comes => copy::so_far(&browser::clock::size(came.get()), &whole),
        State::Paused => copy::PAUSED.to_owned(),
        State::Failed(why) => why,
    };
    let named = StoredValue::new(name.clone());
    let failed = Memo::new(move |_| matches!(state.get(), State::Failed(_)));
    let halted = Memo::new(move |_| failed.get() || state.get() == State::Paused);
    let act = move |label: &'static str, icon: &'static str, to: State| {
        let label = copy::act_on(label, &named.get_value());
        let press = move |()| going.with_value(|going| uploads.set(going, to.clone()));
        view! { <Button label kind=ButtonKind::Quiet size=ButtonSize::Small icon icon_only=true on_press=press /> }
    };
    let acts = live(move || {
        if failed.get() {
            act(copy::TRY_AGAIN, "play", State::Waits).into_any()
        } else if halted.get() {
            act(copy::GO_ON, "play", State::Waits).into_any()
        } else {
            act(copy::PAUSE, "pause", State::Paused).into_any()
        }
    });
    view! {
        <li class="file-coming" data-failed=Signal::derive(move || failed.get().then_some(""))>
            <Icon name="upload" />
            <span class="file-coming-name">{name.clone()}</span>
            <span class="file-coming-far" role=Signal::derive(move || failed.get().then_some("alert"))>{far}</span>
            {acts}
            <Button
                label=copy::act_on(copy::CANCEL, &name)
                kind=ButtonKind::Quiet
                size=ButtonSize::Small
                icon="x"
                icon_only=true
                on_press=move |()| uploads.cancel(id)
            />
            <progress aria-label=name max=size.max(1).to_string() prop:value=move || came.get() as f64></progress>
        </li>
    }
}
