//! The program as a benchmark sees it. Only in builds with the feature `bench`, and only where the address asks for it:
//! `?bench=1&room=NAME` opens the room kept under that name, `signal=ADDRESS` has its copies meet over that signalling server,
//! and `window.bench` is what a measuring page calls.
//!
//! Everything goes the way that a person's work, or a change from elsewhere, goes; nothing here is a short cut.

mod adapter;
mod beside;
mod elsewhere;
mod replay;
mod team;

use std::cell::RefCell;

use editor::Surface;
use model::RoomId;
use session::{Places, Room, Rooms};
use stdx::never;

use crate::route::Route;

/// The title of rooms made here.
const TITLE: &str = "Bench";

thread_local! {
    /// The rooms of this page, once one was asked for by name.
    static ROOMS: RefCell<Option<Rooms>> = const { RefCell::new(None) };
}

/// The screen that the address asks for, where it asks for a room by name. The room is made, blank, where it is missing.
pub(crate) async fn route(rooms: &Rooms) -> Option<Route> {
    let id = asked_room()?;
    rooms.ensure(id, TITLE).await.ok()?;
    ROOMS.set(Some(rooms.clone()));
    Some(Route::room(id))
}

/// Offers the room, now that it is on the screen and takes input, to whoever measures it.
pub(crate) fn expose(room: &Room, surface: &Surface) {
    if asked_room().is_some() {
        meet(room.clone());
        let rooms = ROOMS.with_borrow(Clone::clone);
        let exposed = adapter::expose(rooms, room.clone(), surface.clone());
        never!(exposed.is_err());
    }
}

/// Has the room's copies meet over the signalling server that the address names, if it names one.
fn meet(room: Room) {
    if let Some(server) = asked("signal") {
        let places = Places { signalling: vec![server], ..Places::default() };
        browser::timers::spawn(async move {
            let placed = room.set_places(places).await;
            never!(placed.is_err());
        });
    }
}

/// A value in the address.
fn asked(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(known, _)| *known == name)?.1;
    js_sys::decode_uri_component(value).ok().map(String::from)
}

/// The room named in the address, in a benchmark. `join`, which keeps a page from filling an empty document, is
/// followed by itself: nothing is ever filled in.
fn asked_room() -> Option<RoomId> {
    (asked("bench").as_deref() == Some("1")).then(|| room_of(&asked("room").unwrap_or_default()))
}

/// The same name always means the same room.
fn room_of(name: &str) -> RoomId {
    // FNV-1a, which parts names well enough for rooms that hold nothing of value.
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = name.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    RoomId(hash.to_be_bytes())
}
