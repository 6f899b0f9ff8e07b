//! What every screen can reach.

use std::rc::Rc;

use browser::worker::Worker;
use exchange::bundle::Envelope;
use exchange::kept::KeptLink;
use leptos::prelude::*;
use model::{RoomId, SectionId, StoreError};
use session::{Held, Problem, Rooms};
use ui::Toasts;

use crate::{
    copy,
    route::{Place, Route},
};

/// How the store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Storage {
    /// Rooms are kept on this device.
    Kept,
    /// They are kept in this tab only, and why.
    InMemory(StoreError),
}

struct Reach {
    rooms: Rooms,
    /// The rooms of the preview that was shown last. What began in it may still ask for them when it has left the screen.
    preview: Option<Rooms>,
    worker: Option<Worker>,
}

/// The program as the screens see it. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Handsel {
    reach: StoredValue<Reach, LocalStorage>,
    /// Whether this is the program as a preview has it: with rooms of its own.
    pub(crate) is_preview: bool,
    /// The screen that the address names.
    pub(crate) route: RwSignal<Route>,
    /// How the store stands.
    pub(crate) storage: RwSignal<Storage>,
    /// Whether a new version waits for consent.
    pub(crate) update_ready: RwSignal<bool>,
    /// Messages in passing.
    pub(crate) toasts: Toasts,
    /// A link or a file that could not be opened, and which of the two it was.
    pub(crate) refused: RwSignal<Option<(Problem, &'static str)>>,
    /// A link to a kept room that is being opened.
    pub(crate) kept: RwSignal<Option<KeptLink>>,
    /// A section that is to be shown once its room is on the screen.
    pub(crate) show: RwSignal<Option<(RoomId, SectionId)>>,
    /// A certificate that is to be verified.
    pub(crate) certificate: RwSignal<Option<Rc<Vec<u8>>>, LocalStorage>,
    /// What rules of a team held back last.
    pub(crate) held: RwSignal<Option<Held>>,
    /// Whether that is being said.
    pub(crate) is_held: RwSignal<bool>,
    /// What a passphrase is asked for, and whether it came as a link or as a file.
    pub(crate) locked: RwSignal<Option<(Envelope, &'static str)>>,
}

impl Handsel {
    pub(crate) fn new(rooms: Rooms, storage: Storage, route: Route, toasts: Toasts) -> Self {
        Self {
            reach: StoredValue::new_local(Reach { rooms, preview: None, worker: None }),
            is_preview: false,
            route: RwSignal::new(route),
            storage: RwSignal::new(storage),
            update_ready: RwSignal::new(false),
            toasts,
            refused: RwSignal::new(None),
            kept: RwSignal::new(None),
            show: RwSignal::new(None),
            certificate: RwSignal::new_local(None),
            held: RwSignal::new(None),
            is_held: RwSignal::new(false),
            locked: RwSignal::new(None),
        }
    }

    pub(crate) fn rooms(self) -> Rooms {
        self.reach.with_value(|reach| {
            let preview = reach.preview.as_ref().filter(|_| self.is_preview);
            stdx::never!(self.is_preview && preview.is_none());
            preview.unwrap_or(&reach.rooms).clone()
        })
    }

    /// The program with the rooms of a preview, of which there is one at a time.
    pub(crate) fn with_preview(self, rooms: Rooms) -> Self {
        self.reach.update_value(|reach| reach.preview = Some(rooms));
        Self { is_preview: true, ..self }
    }

    /// The way to a place in a room: in the room itself, or in the preview of it.
    pub(crate) fn way(self, id: RoomId, place: Place) -> Route {
        if self.is_preview { Route::AsBuyer(id, place) } else { Route::Room(id, place) }
    }

    /// Goes to a screen as if its link had been followed.
    pub(crate) fn go(self, route: Route) {
        browser::page::go_to(&route.href());
    }

    /// Tells why something that was asked for did not happen.
    pub(crate) fn tell(self, problem: &Problem) {
        if let Problem::Held(held) = problem {
            self.held.set(Some((**held).clone()));
            return self.is_held.set(true);
        }
        self.toasts.say(copy::problem(problem));
    }

    /// Runs something that may fail and tells when it does.
    pub(crate) fn attempt(self, work: impl Future<Output = Result<(), Problem>> + 'static) {
        browser::timers::spawn(async move {
            if let Err(problem) = work.await {
                self.tell(&problem);
            }
        });
    }

    pub(crate) fn set_worker(self, worker: Worker) {
        self.reach.update_value(|reach| reach.worker = Some(worker));
    }

    /// Brings in the waiting version; the page reloads.
    pub(crate) fn activate_update(self) {
        self.reach.with_value(|reach| {
            if let Some(worker) = &reach.worker {
                worker.activate_update();
            }
        });
    }
}

/// The program, from any component.
pub(crate) fn use_handsel() -> Handsel {
    expect_context::<Handsel>()
}
