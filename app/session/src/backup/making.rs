//! Making a backup.

use std::collections::BTreeMap;

use exchange::{
    backup::{self, BLOBS_ABOUT, End, Index, Listed, RoomPart, SEALED_AS, SETTING_MAX},
    bundle::{self, Bundle, OpenError, PackedEntry},
};
use model::{DocName, RoomId, RoomKeys, RoomRecord, Standing, Watch, limits};

use super::{Backup, PUBLISHED, is_backed_up, settings_of};
use crate::{
    Problem, Rooms,
    ledger::{Documents, Writer},
    room::{blobs, workspace::workspace_of},
};

/// What a bundle has besides its entries fits into so many bytes, and so does what stands around each entry.
const AROUND: usize = 1024 * 1024;
const AROUND_ENTRY: usize = 20;

/// The entries of a ledger that count, and what opens them.
struct Ledger {
    keys: RoomKeys,
    entries: Vec<PackedEntry>,
    ends: Vec<End>,
    is_whole: bool,
}

/// The file as far as it is written.
struct File<'a> {
    rooms: &'a Rooms,
    key: [u8; 32],
    parts: u64,
    len: u64,
    put: &'a mut dyn FnMut(Vec<u8>),
}

impl File<'_> {
    /// Writes a part. Answers its length.
    async fn part(&mut self, plain: Vec<u8>) -> Result<u64, Problem> {
        self.parts += 1;
        let nonce = backup::nonce(self.parts);
        let sealed = self.rooms.ports.cipher.seal(&self.key, &nonce, SEALED_AS, plain).await?;
        let len = sealed.len() as u64;
        self.len += len;
        (self.put)(sealed);
        Ok(len)
    }
}

impl Rooms {
    /// Makes a backup of all rooms that are not deleted, with their keys, which opens with this passphrase only. `put` gets the file
    /// piece by piece, so that no more than a part of one room is in memory. The watch hears how many rooms are done, and may end it.
    /// What stands around the passphrase does not count.
    ///
    /// # Errors
    /// [`OpenError::NeedsPassphrase`] without one, [`Problem::Cancelled`], [`Problem::Preview`], and what the store says.
    pub async fn back_up(
        &self,
        passphrase: &str,
        mut put: impl FnMut(Vec<u8>),
        watch: &Watch,
    ) -> Result<Backup, Problem> {
        let passphrase = passphrase.trim();
        if self.is_preview {
            return Err(Problem::Preview);
        }
        if passphrase.is_empty() {
            return Err(OpenError::NeedsPassphrase.into());
        }
        let made = self.now();
        let salt = self.ports.random();
        let (key, head) = (self.ports.cipher.derive(passphrase, &salt).await?, backup::head(&salt));
        put(head.clone());
        let mut file = File { rooms: self, key, parts: 0, len: head.len() as u64, put: &mut put };
        let records = self.ports.store.rooms().await?.into_iter().filter(is_backed_up);
        let newest_first =
            |one: &RoomRecord, other: &RoomRecord| (other.changed, one.id) < (one.changed, other.id);
        let records = stdx::in_order(records, newest_first);
        let (mut rooms, mut incomplete) = (Vec::new(), Vec::new());
        for (done, record) in records.iter().enumerate() {
            watch.tell(done, Some(records.len()));
            match self.pack_room(record, &mut file, watch).await {
                Err(Problem::Open(OpenError::TooLarge)) => {
                    incomplete.push((record.title.clone(), OpenError::TooLarge.into()));
                }
                packed => {
                    let listed = packed?;
                    if !listed.is_whole {
                        incomplete.push((listed.title.clone(), OpenError::Damaged.into()));
                    }
                    rooms.push(listed);
                }
            }
        }
        watch.tell(records.len(), Some(records.len()));
        let (count, at) = (rooms.len(), file.len);
        let index = Index { made, name: self.my_name().await, rooms }.pack();
        let index = self.ports.cipher.seal(&key, &backup::nonce(0), SEALED_AS, index).await?;
        let tail = backup::tail(&head, &index, at);
        let bytes = at + (index.len() + tail.len()) as u64;
        put(index);
        put(tail);
        Ok(Backup { at: made, rooms: count, bytes, incomplete })
    }

    async fn pack_room(
        &self,
        record: &RoomRecord,
        file: &mut File<'_>,
        watch: &Watch,
    ) -> Result<Listed, Problem> {
        let id = record.id;
        if let Some(open) = self.already_open(id) {
            // What is written but not stored yet belongs to the room.
            open.flush().await?;
            if let Some(workspace) = open.workspace() {
                workspace.flush().await?;
            }
        }
        let Ledger { keys, entries, mut ends, mut is_whole } = self.ledger(id, record.keys.clone()).await?;
        let mut workspace = Vec::new();
        if let Some((inside, keys)) = workspace_of(&record.keys)
            && self.ports.store.room(inside).await?.is_some()
        {
            let ledger = self.ledger(inside, keys).await?;
            workspace = ledger.entries;
            ends.extend(ledger.ends);
            is_whole &= ledger.is_whole;
        }
        let len = |entries: &[PackedEntry]| -> usize {
            entries.iter().map(|entry| entry.bytes.len() + AROUND_ENTRY).sum()
        };
        if len(&entries) + len(&workspace) + AROUND > limits::BUNDLE_MAX {
            return Err(OpenError::TooLarge.into());
        }
        let all_keys = [&[keys.content][..], &keys.later].concat();
        let (owner, pass) = (keys.owner, keys.pass.clone());
        let bundle = Bundle { room: id, keys: all_keys, owner, pass, entries, workspace, blobs: Vec::new() };
        let bundle = bundle::pack(&bundle);
        // Only by this key does a team know its admin, so it is not to be lost with the browser.
        let author_seed = (record.standing == Standing::Team).then_some(keys.author_seed);
        let settings = self.settings_to_carry(id).await?;
        let mut parts = vec![file.part(RoomPart { bundle, author_seed, settings }.write()).await?];
        let (mut group, mut size) = (Vec::new(), 0);
        for hash in self.ports.store.blobs(id).await? {
            if watch.is_cancelled() {
                return Err(Problem::Cancelled);
            }
            let Some(plain) = blobs::read(&self.ports, id, &keys.content, hash).await? else {
                is_whole = false;
                continue;
            };
            size += plain.len();
            group.push(plain);
            if size >= BLOBS_ABOUT {
                parts.push(file.part(backup::write_blobs(&std::mem::take(&mut group))).await?);
                size = 0;
            }
        }
        if !group.is_empty() {
            parts.push(file.part(backup::write_blobs(&group)).await?);
        }
        if watch.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        let RoomRecord { title, standing, created, changed, .. } = record.clone();
        Ok(Listed { room: id, title, standing, created, changed, is_whole, ends, parts })
    }

    /// What a ledger has in the store, without opening its room: that would call on the servers of every room.
    async fn ledger(&self, id: RoomId, keys: RoomKeys) -> Result<Ledger, Problem> {
        let stored = self.ports.store.entries(id).await?;
        let writer = Writer::new(id, keys, &self.ports);
        let documents = Documents::load(&writer, &stored);
        let (mut entries, mut ends) = (Vec::new(), BTreeMap::new());
        for entry in stored.iter().filter(|entry| documents.counts(&entry.hash)) {
            let (epoch, signed) = writer.open(&entry.sealed)?;
            entries.push(PackedEntry { epoch, bytes: signed.bytes });
            // Each copy is on the roll by an entry of its own, which nobody misses elsewhere.
            if entry.doc != DocName::Roll {
                let last = ends.entry((entry.author, entry.doc)).or_insert(entry.last);
                *last = entry.last.max(*last);
            }
        }
        let ends = ends.into_iter().map(|((author, doc), last)| End { author, doc, last }).collect();
        let keys = writer.keys().clone();
        Ok(Ledger { keys, entries, ends, is_whole: documents.unreadable == 0 })
    }

    /// What this device knows of a room besides. What is too long for a setting stays behind: none of it is anybody's words.
    async fn settings_to_carry(&self, id: RoomId) -> Result<Vec<(String, String)>, Problem> {
        let mut settings = vec![(PUBLISHED.to_owned(), self.publications_as_kept(id).await?)];
        for (kind, name) in settings_of(id) {
            settings.push((kind.to_owned(), self.ports.store.setting(&name).await?.unwrap_or_default()));
        }
        settings.retain(|(_, value)| !value.is_empty() && value.len() <= SETTING_MAX);
        Ok(settings)
    }
}
