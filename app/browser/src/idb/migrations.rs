//! The steps that bring a database from any earlier version to this one. A step that has shipped never changes.

mod v1;

use indexed_db_futures::{Result, database::Database};

const STEPS: [fn(&Database) -> Result<()>; 1] = [v1::lay_out];

/// The version this program reads and writes.
pub(super) const VERSION: u32 = STEPS.len() as u32;

/// Takes the steps after version `from`; 0 is an empty database.
pub(super) fn migrate(db: &Database, from: u32) -> Result<()> {
    STEPS.iter().skip(from as usize).try_for_each(|step| step(db))
}
