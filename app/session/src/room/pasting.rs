//! What goes to the clipboard for this program's own pages, and comes from there.

use exchange::clip::{self, Piece};
use text::{Delta, Document};

use super::Room;

impl Room {
    /// A piece of the text as it goes to the clipboard, with its tables and with `blobs`.
    pub fn clip(&self, piece: &Delta, blobs: Vec<Vec<u8>>) -> String {
        clip::write(piece, &self.tables_of(&Document::from_delta(piece)), blobs)
    }

    /// What [`Room::clip`] wrote, here or in another room. Its blobs are to be kept and its tables brought before its text
    /// comes in. Nothing where it is none.
    pub fn take_clip(&self, piece: &str) -> Option<Piece> {
        clip::read(piece, &mut || self.new_table_id())
    }
}
