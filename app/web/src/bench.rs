//! The program as a benchmark sees it. Only in builds with the feature `bench`, and only where the address asks for it:
//! `?bench=1&room=NAME` opens the room kept under that name, and `window.bench` is what a measuring page calls.
//!
//! Everything goes the way that a person's work, or a change from elsewhere, goes; nothing here is a short cut.

mod adapter;
mod elsewhere;
mod replay;

use editor::Surface;
use model::RoomId;
use session::{Room, Rooms};
use stdx::never;

use crate::route::Route;

/// The title of rooms made here.
const TITLE: &str = "Bench";

/// The screen that the address asks for, where it asks for a room by name. The room is made, blank, where it is missing.
pub(crate) async fn route(rooms: &Rooms) -> Option<Route> {
    let id = asked_room()?;
    rooms.ensure(id, TITLE).await.ok()?;
    Some(Route::Room(id))
}

/// Offers the room, now that it is on the screen and takes input, to whoever measures it.
pub(crate) fn expose(room: &Room, surface: &Surface) {
    if asked_room().is_some() {
        let exposed = adapter::expose(room.clone(), surface.clone());
        never!(exposed.is_err());
    }
}

/// The room named in the address, in a benchmark. `join`, which keeps a page from filling an empty document, is
/// followed by itself: nothing is ever filled in.
fn asked_room() -> Option<RoomId> {
    let search = web_sys::window()?.location().search().ok()?;
    let values: Vec<(&str, &str)> =
        search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect();
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    (value("bench") == Some("1")).then(|| room_of(value("room").unwrap_or_default()))
}

/// The same name always means the same room.
fn room_of(name: &str) -> RoomId {
    // FNV-1a, which parts names well enough for rooms that hold nothing of value.
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = name.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    RoomId(hash.to_be_bytes())
}
