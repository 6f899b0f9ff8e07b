//! What travels between copies of a room, without the roads it travels on.
//!
//! [`ledger`] is the form in which everything written in a room is kept and passed on: signed entries. [`roll`] says who may
//! write what, and [`judge`] decides by it which entries count. [`link`] is what the holder of a link has. [`blob`] is the
//! form of what stands outside of the text. [`workspace`] is a second ledger, for the owners of a room alone. [`tabs`] is what tabs of one browser tell each other, [`presence`] what devices
//! tell of themselves, and [`stage`] what of that is about presentations of the room. [`receipt`] is what a device recorded of reading, sealed for the room's owners. [`approval`] is what people of a team sign about rules. Nothing here opens a socket, reads a clock or draws a random number.
//!
//! Other copies are reached over roads ([`road`]), in the protocols that Yjs's own programs speak: [`yjs`] and
//! [`awareness`] are the messages, [`relay`] speaks with servers, [`mesh`] directly with other browsers, found by
//! [`signalling`] or by a [`code`] that people pass on; [`chunks`] are long messages in pieces. [`carrier`] is what travels
//! there. [`places`] says where a room's copies meet, and [`roads`] is what a room and the program that runs all of this tell
//! each other.

pub mod any;
pub mod approval;
pub mod awareness;
pub mod blob;
pub mod block;
pub mod carrier;
pub mod chunks;
pub mod code;
pub mod deal;
pub mod judge;
pub mod ledger;
pub mod link;
pub mod mesh;
mod pen;
#[cfg(test)]
mod pile;
pub mod places;
pub mod presence;
pub mod receipt;
pub mod relay;
pub mod road;
pub mod roads;
pub mod roll;
pub mod signalling;
pub mod stage;
pub mod tabs;
pub mod workspace;
pub mod yjs;
