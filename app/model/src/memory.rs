//! The store for when there is none: everything is kept until the tab closes.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crate::{
    BlobHash, BuildEntries, Chain, ChangeSetting, EntryHash, Head, Later, RoomId, RoomRecord, RoomStore,
    StoreError, StoredBlob, StoredEntry, Touch,
};

#[derive(Default)]
struct Kept {
    rooms: BTreeMap<RoomId, RoomRecord>,
    entries: BTreeMap<RoomId, Vec<StoredEntry>>,
    blobs: BTreeMap<(RoomId, BlobHash), Vec<u8>>,
    settings: BTreeMap<String, String>,
}

/// Keeps everything in memory. Clones share what is kept, as tabs share a store.
#[derive(Clone, Default)]
pub struct MemoryStore(Rc<RefCell<Kept>>);

fn ready<T: 'static>(value: T) -> Later<T> {
    Box::pin(std::future::ready(value))
}

impl Kept {
    fn touch(&mut self, room: RoomId, touch: Touch) -> Result<(), StoreError> {
        let entries = self.entries.get(&room).into_iter().flatten().map(|entry| entry.sealed.len());
        let blobs = self.blobs.iter().filter(|((of, _), _)| *of == room).map(|(_, sealed)| sealed.len());
        let bytes = entries.chain(blobs).sum::<usize>() as u64;
        let record = self.rooms.get_mut(&room).ok_or_else(|| StoreError::Damaged("no such room".into()))?;
        record.bytes = bytes;
        if touch.changed > 0 {
            record.changed = touch.changed;
        }
        if let Some(title) = touch.title {
            record.title = title;
        }
        Ok(())
    }

    fn head(&self, room: RoomId, chain: Chain) -> Head {
        self.entries
            .get(&room)
            .into_iter()
            .flatten()
            .filter(|entry| entry.chain() == chain)
            .map(|entry| Head { number: entry.last, hash: entry.hash })
            .max_by_key(|head| head.number)
            .unwrap_or(Head::START)
    }
}

impl RoomStore for MemoryStore {
    fn rooms(&self) -> Later<Result<Vec<RoomRecord>, StoreError>> {
        ready(Ok(self.0.borrow().rooms.values().cloned().collect()))
    }

    fn room(&self, id: RoomId) -> Later<Result<Option<RoomRecord>, StoreError>> {
        ready(Ok(self.0.borrow().rooms.get(&id).cloned()))
    }

    fn put_room(&self, mut room: RoomRecord) -> Later<Result<(), StoreError>> {
        let mut kept = self.0.borrow_mut();
        room.bytes = kept.rooms.get(&room.id).map_or(0, |old| old.bytes);
        kept.rooms.insert(room.id, room);
        ready(Ok(()))
    }

    fn erase_room(&self, id: RoomId) -> Later<Result<(), StoreError>> {
        let mut kept = self.0.borrow_mut();
        kept.rooms.remove(&id);
        kept.entries.remove(&id);
        kept.blobs.retain(|(room, _), _| *room != id);
        ready(Ok(()))
    }

    fn entries(&self, room: RoomId) -> Later<Result<Vec<StoredEntry>, StoreError>> {
        ready(Ok(self.0.borrow().entries.get(&room).cloned().unwrap_or_default()))
    }

    fn append(
        &self,
        room: RoomId,
        chain: Chain,
        touch: Touch,
        build: BuildEntries,
    ) -> Later<Result<Vec<StoredEntry>, StoreError>> {
        let mut kept = self.0.borrow_mut();
        if !kept.rooms.contains_key(&room) {
            return ready(Err(StoreError::Damaged("no such room".into())));
        }
        let built = match build(kept.head(room, chain)) {
            Ok(built) => built,
            Err(why) => return ready(Err(StoreError::Cancelled(why))),
        };
        kept.entries.entry(room).or_default().extend(built.iter().cloned());
        ready(kept.touch(room, touch).map(|()| built))
    }

    fn accept(
        &self,
        room: RoomId,
        touch: Touch,
        entries: Vec<StoredEntry>,
    ) -> Later<Result<Vec<EntryHash>, StoreError>> {
        let mut kept = self.0.borrow_mut();
        if !kept.rooms.contains_key(&room) {
            return ready(Err(StoreError::Damaged("no such room".into())));
        }
        let have = kept.entries.entry(room).or_default();
        let mut new = Vec::new();
        for entry in entries {
            let known = have.iter().any(|old| {
                old.hash == entry.hash
                    || (old.chain() == entry.chain()
                        && old.first <= entry.first
                        && old.last >= entry.last
                        && old.last > old.first)
            });
            if !known {
                new.push(entry.hash);
                have.push(entry);
            }
        }
        if new.is_empty() {
            return ready(Ok(new));
        }
        ready(kept.touch(room, touch).map(|()| new))
    }

    fn squash(
        &self,
        room: RoomId,
        entry: StoredEntry,
        covered: Vec<EntryHash>,
    ) -> Later<Result<bool, StoreError>> {
        let mut kept = self.0.borrow_mut();
        let have = kept.entries.entry(room).or_default();
        let all_there = covered.iter().all(|hash| have.iter().any(|old| old.hash == *hash));
        let Some(place) = have.iter().position(|old| covered.contains(&old.hash)).filter(|_| all_there)
        else {
            return ready(Ok(false));
        };
        have[place] = entry.clone();
        let mut idx = 0;
        have.retain(|old| {
            idx += 1;
            idx - 1 == place || !covered.contains(&old.hash)
        });
        ready(kept.touch(room, Touch::default()).map(|()| true))
    }

    fn put_blobs(&self, room: RoomId, blobs: Vec<StoredBlob>, now: u64) -> Later<Result<(), StoreError>> {
        let mut kept = self.0.borrow_mut();
        if !kept.rooms.contains_key(&room) {
            return ready(Err(StoreError::Damaged("no such room".into())));
        }
        for StoredBlob { hash, sealed } in blobs {
            kept.blobs.entry((room, hash)).or_insert(sealed);
        }
        ready(kept.touch(room, Touch { changed: now, title: None }))
    }

    fn blob(&self, room: RoomId, hash: BlobHash) -> Later<Result<Option<Vec<u8>>, StoreError>> {
        ready(Ok(self.0.borrow().blobs.get(&(room, hash)).cloned()))
    }

    fn blobs(&self, room: RoomId) -> Later<Result<Vec<BlobHash>, StoreError>> {
        let kept = self.0.borrow();
        ready(Ok(kept.blobs.keys().filter(|(of, _)| *of == room).map(|(_, hash)| *hash).collect()))
    }

    fn drop_blobs(
        &self,
        room: RoomId,
        hashes: Vec<BlobHash>,
        calm_since: u64,
    ) -> Later<Result<(), StoreError>> {
        let mut kept = self.0.borrow_mut();
        if kept.rooms.get(&room).is_none_or(|record| record.changed >= calm_since) {
            return ready(Ok(()));
        }
        kept.blobs.retain(|(of, hash), _| *of != room || !hashes.contains(hash));
        ready(kept.touch(room, Touch::default()))
    }

    fn setting(&self, name: &str) -> Later<Result<Option<String>, StoreError>> {
        ready(Ok(self.0.borrow().settings.get(name).cloned()))
    }

    fn put_setting(&self, name: &str, value: &str) -> Later<Result<(), StoreError>> {
        self.0.borrow_mut().settings.insert(name.into(), value.into());
        ready(Ok(()))
    }

    fn change_setting(&self, name: &str, mut change: ChangeSetting) -> Later<Result<String, StoreError>> {
        let mut kept = self.0.borrow_mut();
        let value = kept.settings.entry(name.into()).or_default();
        *value = change(value);
        ready(Ok(value.clone()))
    }
}
