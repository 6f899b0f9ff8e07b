//! What goes to the clipboard for this program's own pages, and comes from there.

use exchange::clip;
use text::{Delta, Document};

use super::Room;

impl Room {
    /// A piece of the text as it goes to the clipboard, with its tables.
    pub fn clip(&self, piece: &Delta) -> String {
        clip::write(piece, &self.tables_of(&Document::from_delta(piece)))
    }

    /// The text of what [`Room::clip`] wrote, here or in another room, for the editor to insert at once: the next
    /// [`Room::edit`] brings its tables. Nothing where it is none.
    pub fn take_clip(&self, piece: &str) -> Option<Delta> {
        let (text, tables) = clip::read(piece, &mut || self.new_table_id())?;
        self.bring_tables(tables);
        Some(text)
    }
}
