//! Transactions on rooms and settings.

use indexed_db_futures::{Build, database::Database};
use model::{ChangeSetting, RoomId, RoomRecord};

use super::{
    fault::Fault,
    records::{StoredRoom, all_in, room_key},
    requests::{self, delete, get, get_text},
    row::{Row, Stored},
    transaction::{read, write},
};

pub(super) async fn all(db: &Database) -> Result<Vec<RoomRecord>, Fault> {
    read(db, &["rooms"], async |transaction| {
        let rows = requests::all(&transaction.object_store("rooms")?, None)?.await?;
        rows.iter().map(|row| Ok(StoredRoom::from_row(row)?.record)).collect()
    })
    .await
}

pub(super) async fn one(db: &Database, id: RoomId) -> Result<Option<RoomRecord>, Fault> {
    read(db, &["rooms"], async |transaction| {
        let row = get(&transaction.object_store("rooms")?, room_key(id))?.await?;
        Ok(Row::read::<StoredRoom>(row)?.map(|room| room.record))
    })
    .await
}

pub(super) async fn put(db: &Database, record: &RoomRecord) -> Result<(), Fault> {
    write(db, &["rooms"], async |transaction| {
        let rooms = transaction.object_store("rooms")?;
        let old: Option<StoredRoom> = Row::read(get(&rooms, room_key(record.id))?.await?)?;
        let (bytes, next) = old.map_or((0, 0), |old| (old.record.bytes, old.next));
        requests::put(&rooms, &StoredRoom { record: RoomRecord { bytes, ..record.clone() }, next })
    })
    .await
}

pub(super) async fn erase(db: &Database, id: RoomId) -> Result<(), Fault> {
    write(db, &["rooms", "entries", "chains", "blobs"], async |transaction| {
        delete(&transaction.object_store("rooms")?, room_key(id).into())?;
        delete(&transaction.object_store("entries")?, all_in(id))?;
        delete(&transaction.object_store("chains")?, all_in(id))?;
        delete(&transaction.object_store("blobs")?, all_in(id))
    })
    .await
}

pub(super) async fn setting(db: &Database, name: &str) -> Result<Option<String>, Fault> {
    read(db, &["settings"], async |transaction| {
        get_text(&transaction.object_store("settings")?, name.into())?.await
    })
    .await
}

/// Changing a setting. Where an earlier attempt was kept after all, what it made is there already.
pub(super) struct Change {
    name: String,
    change: ChangeSetting,
    made: Option<String>,
}

impl Change {
    pub(super) fn new(name: &str, change: ChangeSetting) -> Self {
        Self { name: name.to_owned(), change, made: None }
    }

    pub(super) async fn run(&mut self, db: &Database) -> Result<String, Fault> {
        write(db, &["settings"], async |transaction| {
            let settings = transaction.object_store("settings")?;
            let before = get_text(&settings, self.name.as_str().into())?.await?.unwrap_or_default();
            if self.made.as_ref() == Some(&before) {
                return Ok(before);
            }
            let after = (self.change)(&before);
            self.made = Some(after.clone());
            settings.put(after.as_str()).with_key(self.name.as_str()).without_key_type().build()?;
            Ok(after)
        })
        .await
    }
}

pub(super) async fn put_setting(db: &Database, name: &str, value: &str) -> Result<(), Fault> {
    write(db, &["settings"], async |transaction| {
        transaction.object_store("settings")?.put(value).with_key(name).without_key_type().build()?;
        Ok(())
    })
    .await
}
