//! Transactions on blobs. Their bytes count to the room's, so each write also touches the room.

use indexed_db_futures::database::Database;
use model::{BlobHash, RoomId, StoredBlob};

use super::{
    fault::Fault,
    records::{KeptBlob, StoredRoom, all_in, blob_key, blob_of_key, room_key},
    requests::{self, delete, get, keys},
    row::{Row, Stored as _},
    transaction::{read, write},
};

const STORES: &[&str] = &["rooms", "blobs"];

pub(super) async fn put(db: &Database, room: RoomId, blobs: &[StoredBlob], now: u64) -> Result<(), Fault> {
    write(db, STORES, async |transaction| {
        let (rooms, store) = (transaction.object_store("rooms")?, transaction.object_store("blobs")?);
        let asked = get(&rooms, room_key(room))?;
        let known = keys(&store, all_in(room))?;
        let record = Row::read(asked.await?)?;
        let mut record: StoredRoom = record.ok_or_else(|| Fault::damaged("no such room"))?;
        let mut known: Vec<_> = known.await?.iter().filter_map(blob_of_key).collect();
        for StoredBlob { hash, sealed } in blobs {
            if known.contains(hash) {
                continue;
            }
            known.push(*hash);
            record.record.bytes += sealed.len() as u64;
            requests::put(&store, &KeptBlob { room, hash: *hash, sealed: sealed.clone() })?;
        }
        record.record.changed = now;
        requests::put(&rooms, &record)
    })
    .await
}

pub(super) async fn one(db: &Database, room: RoomId, hash: BlobHash) -> Result<Option<Vec<u8>>, Fault> {
    read(db, &["blobs"], async |transaction| {
        let row = get(&transaction.object_store("blobs")?, blob_key(room, hash))?.await?;
        Ok(Row::read::<KeptBlob>(row)?.map(|blob| blob.sealed))
    })
    .await
}

pub(super) async fn names(db: &Database, room: RoomId) -> Result<Vec<BlobHash>, Fault> {
    read(db, &["blobs"], async |transaction| {
        let keys = keys(&transaction.object_store("blobs")?, all_in(room))?.await?;
        Ok(keys.iter().filter_map(blob_of_key).collect())
    })
    .await
}

pub(super) async fn remove(
    db: &Database,
    room: RoomId,
    hashes: &[BlobHash],
    calm_since: u64,
) -> Result<(), Fault> {
    write(db, STORES, async |transaction| {
        let (rooms, store) = (transaction.object_store("rooms")?, transaction.object_store("blobs")?);
        let record: Option<StoredRoom> = Row::read(get(&rooms, room_key(room))?.await?)?;
        let Some(mut record) = record.filter(|room| room.record.changed < calm_since) else { return Ok(()) };
        for hash in hashes {
            let Some(row) = get(&store, blob_key(room, *hash))?.await? else { continue };
            let bytes = KeptBlob::from_row(&row)?.sealed.len() as u64;
            record.record.bytes = record.record.bytes.saturating_sub(bytes);
            delete(&store, blob_key(room, *hash).into())?;
        }
        requests::put(&rooms, &record)
    })
    .await
}
