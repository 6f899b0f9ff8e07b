//! Transactions on rooms and settings.

use indexed_db_futures::{
    database::Database,
    prelude::{Build, QuerySource},
};
use model::{RoomId, RoomRecord};
use wasm_bindgen::JsValue;

use super::{
    fault::Fault,
    records::{StoredRoom, all_in, room_key},
    transaction::{read, write},
};

pub(super) async fn all(db: &Database) -> Result<Vec<RoomRecord>, Fault> {
    read(db, &["rooms"], async |transaction| {
        let rooms = transaction.object_store("rooms")?.get_all::<StoredRoom>().await?;
        Ok(rooms.map(|room| room.map(|room| room.record)).collect::<Result<_, _>>()?)
    })
    .await
}

pub(super) async fn one(db: &Database, id: RoomId) -> Result<Option<RoomRecord>, Fault> {
    read(db, &["rooms"], async |transaction| {
        let room = transaction.object_store("rooms")?.get::<StoredRoom, _, _>(room_key(id)).await?;
        Ok(room.map(|room| room.record))
    })
    .await
}

pub(super) async fn put(db: &Database, record: &RoomRecord) -> Result<(), Fault> {
    write(db, &["rooms"], async |transaction| {
        let rooms = transaction.object_store("rooms")?;
        let old = rooms.get::<StoredRoom, _, _>(room_key(record.id)).await?;
        let (bytes, next) = old.map_or((0, 0), |old| (old.record.bytes, old.next));
        rooms.put(StoredRoom { record: RoomRecord { bytes, ..record.clone() }, next }).build()?;
        Ok(())
    })
    .await
}

pub(super) async fn erase(db: &Database, id: RoomId) -> Result<(), Fault> {
    write(db, &["rooms", "entries", "chains"], async |transaction| {
        transaction.object_store("rooms")?.delete(room_key(id)).build()?;
        transaction.object_store("entries")?.delete::<JsValue, _>(all_in(id)).build()?;
        transaction.object_store("chains")?.delete::<JsValue, _>(all_in(id)).build()?;
        Ok(())
    })
    .await
}

pub(super) async fn setting(db: &Database, name: &str) -> Result<Option<String>, Fault> {
    read(db, &["settings"], async |transaction| Ok(transaction.object_store("settings")?.get(name).await?))
        .await
}

pub(super) async fn put_setting(db: &Database, name: &str, value: &str) -> Result<(), Fault> {
    write(db, &["settings"], async |transaction| {
        transaction.object_store("settings")?.put(value).with_key(name).without_key_type().build()?;
        Ok(())
    })
    .await
}
