//! From an empty page to the first screen.

use std::{cell::RefCell, rc::Rc};

use browser::{
    files,
    idb::{self, StoreEvent},
    page, panic, timers, view, worker,
};
use leptos::prelude::*;
use model::{MemoryStore, RoomStore, StoreError};
use session::Rooms;
use ui::provide_toasts;

use crate::{
    app::App,
    features::home::incoming,
    handsel::{Handsel, Storage},
    ports::ports,
    route::Route,
};

/// Deleted rooms can be brought back for this long, in milliseconds; then the next start erases them.
const UNDO_DELETE_MS: u64 = 60_000;

/// Starts the program.
pub(crate) fn start() {
    panic::report_panics();
    timers::spawn(run());
}

async fn run() {
    // Read once and taken out of the address bar before anything else: a link unlocks a room, and an address bar is
    // looked at, synchronised and photographed.
    let fragment = page::fragment();
    let link = incoming::is_link(&fragment).then(|| fragment.clone());
    if link.is_some() {
        page::replace_fragment("/");
    }

    let superseded: Rc<RefCell<Option<Handsel>>> = Rc::default();
    let told = superseded.clone();
    let opened = idb::open(move |event| {
        if let (StoreEvent::Superseded, Some(handsel)) = (event, *told.borrow()) {
            handsel
                .storage
                .set(Storage::InMemory(StoreError::Newer("another tab upgraded the store".into())));
        }
    })
    .await;
    let (store, storage): (Rc<dyn RoomStore>, Storage) = match opened {
        Ok(store) => (Rc::new(store), Storage::Kept),
        Err(error) => (Rc::new(MemoryStore::default()), Storage::InMemory(error)),
    };

    let owner = Owner::new();
    owner.set();
    let rooms = Rooms::new(ports(store));
    let asked = if link.is_some() { Route::Home } else { Route::read(&fragment) };
    let route = asked.at_start();
    if route != asked {
        page::replace_fragment(route.href().trim_start_matches('#'));
    }
    #[cfg(feature = "bench")]
    let route = crate::bench::route(&rooms).await.unwrap_or(route);
    let handsel = Handsel::new(rooms.clone(), storage, route, provide_toasts());
    *superseded.borrow_mut() = Some(handsel);

    // The list is shown with the first page; a room does not wait for it.
    if route == Route::Home {
        read_list(&rooms).await;
    }

    page::on_fragment_change(move || follow(handsel)).keep();
    files::on_launched_with(move |file| incoming::open_files(handsel, vec![file]));

    mount_to_body(move || view! { <App handsel /> });
    // What was made above lives as long as the page.
    std::mem::forget(owner);
    view::remove_splash();
    if let Some(link) = link {
        incoming::open_link(handsel, link);
    }
    if route != Route::Home {
        read_list(&rooms).await;
    }
    // What cannot be erased now is erased at a later start.
    let _ = rooms.erase_deleted(rooms.now().saturating_sub(UNDO_DELETE_MS)).await;
    watch_for_updates(handsel).await;
}

/// Reads the list of rooms; one that cannot be read shows as an empty list.
async fn read_list(rooms: &Rooms) {
    if rooms.read().await.is_err() {
        rooms.list().set(Some(Vec::new()));
    }
}

/// Has the program kept for the times without a network, and tells when a newer one waits. Last, since it fetches the
/// whole program once more and the first screen should not wait for that.
async fn watch_for_updates(handsel: Handsel) {
    // Without it the program works all the same, only not offline.
    let Ok(Some(worker)) = worker::register().await else { return };
    worker.on_update_ready(move || handsel.update_ready.set(true)).keep();
    worker.check_when_visible().keep();
    handsel.set_worker(worker);
}

/// The address changed: another screen, or a link pasted into the address bar of an open page.
fn follow(handsel: Handsel) {
    let fragment = page::fragment();
    if incoming::is_link(&fragment) {
        page::replace_fragment("/");
        incoming::open_link(handsel, fragment);
    } else {
        handsel.route.set(Route::read(&fragment));
    }
}
