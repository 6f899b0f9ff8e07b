//! The state of the program over the shared documents: the list of rooms, an open room, its saving and its sharing.
//!
//! [`Rooms`] is what a device has; [`Room`] is one of them, open. Both reach the world only through [`Ports`], so that
//! everything here tests natively, and tell what the chrome needs through signals. Rich text never travels through a
//! signal: it goes to the editor as changes. No word here is shown to a person.

mod ledger;
mod ports;
mod problem;
mod rights;
mod room;
mod rooms;
mod saving;
mod sharing;
#[cfg(test)]
mod tests;

pub use ports::{Journal, Ports, Reader, TabLine, Tabs, Tasks};
pub use problem::Problem;
pub use replica::Section;
pub use rights::{GivenLink, Terms};
pub use room::{CaretPlace, Deleted, Person, Room, RoomEvent};
pub use rooms::{Rooms, Start};
pub use saving::Saved;
pub use sharing::{Export, Exported, Received, Share};
