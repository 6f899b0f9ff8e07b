//! Version 1: rooms, their sealed entries in order, the ends of the authors' chains, and settings.

use indexed_db_futures::{Build, Result, database::Database};

pub(super) fn lay_out(db: &Database) -> Result<()> {
    db.create_object_store("rooms").with_key_path("id".into()).build()?;
    // A room's entries lie side by side in their order, so that opening one is a single read.
    let entries = db.create_object_store("entries").with_key_path(["room", "place"].into()).build()?;
    entries.create_index("hash", ["room", "hash"].into()).with_unique(true).build()?;
    db.create_object_store("chains").with_key_path(["room", "author", "doc"].into()).build()?;
    db.create_object_store("settings").build()?;
    Ok(())
}
