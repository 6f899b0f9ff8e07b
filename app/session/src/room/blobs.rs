//! The blobs of a room: bytes that its documents refer to, such as those of images.

use std::collections::BTreeSet;

use model::{BlobHash, Right, RoomId, StoredBlob, limits};
use replica::Responses;
use stdx::Gather as _;
use sync::{blob, tabs::TabMessage};
use text::{Block, Document};

use super::{Room, RoomEvent};
use crate::{Ports, Problem};

/// What nothing refers to is kept for a day in which the room did not change: until then somebody may still undo what
/// took the words to it away. In milliseconds.
const LOOSE_MS: u64 = 24 * 60 * 60 * 1_000;

impl Room {
    /// Keeps bytes for the text to refer to, and answers their name. They are durably stored by then.
    ///
    /// # Errors
    /// [`Problem::BlobTooLarge`] beyond [`limits::BLOB_MAX`], [`Problem::RoomFull`] where the room would be larger than
    /// [`limits::ROOM_MAX`], and what the store says.
    pub async fn put_blob(&self, plain: Vec<u8>) -> Result<BlobHash, Problem> {
        self.may(Right::Edit)?;
        if plain.len() > limits::BLOB_MAX {
            return Err(Problem::BlobTooLarge);
        }
        self.has_space(plain.len() as u64).await?;
        let hash = blob::name(&plain);
        let content_key = self.keys().content;
        let new = keep(&self.0.ports, self.id(), &content_key, vec![plain]).await?;
        if !new.is_empty() {
            // The text may have referred to them while they were not here.
            self.tell_tabs(&TabMessage::Blobs(new.clone()));
            self.tell(RoomEvent::Blobs);
            self.give_new_blobs(new);
        }
        Ok(hash)
    }

    /// The bytes of a blob; none where they are not here, or are not what they were.
    pub async fn blob(&self, hash: BlobHash) -> Result<Option<Vec<u8>>, Problem> {
        let content_key = self.keys().content;
        read(&self.0.ports, self.id(), &content_key, hash).await
    }

    /// Those blobs of a text that are here, each once.
    pub(crate) async fn blobs_of(&self, document: &Document) -> Vec<(BlobHash, Vec<u8>)> {
        let mut found = Vec::new();
        for hash in named(document) {
            // What cannot be read is missing where the text arrives, and shown as that.
            if let Ok(Some(plain)) = self.blob(hash).await {
                found.push((hash, plain));
            }
        }
        found
    }

    /// The blobs that the room's documents refer to: they are kept, and travel with the room, but for those of large files.
    pub(crate) fn needed_blobs(&self) -> Result<BTreeSet<BlobHash>, Problem> {
        let logo = self.portal().logo.map(|logo| logo.blob);
        let shown = named(&self.whole()?).into_iter().chain(logo).chain(self.sealed_blobs());
        Ok(shown.chain(self.file_blobs(false)).chain(self.version_blobs()).gather())
    }

    /// Those of [`Room::needed_blobs`] that are here and travel, with the files or without them.
    pub(crate) async fn blobs_to_send(&self, with_files: bool) -> Result<Vec<Vec<u8>>, Problem> {
        let mut needed = self.needed_blobs()?;
        let stays =
            if with_files { self.staying_blobs() } else { self.file_blobs(false).into_iter().gather() };
        needed.retain(|hash| !stays.contains(hash));
        // What the text and the first page refer to, and what was sealed, goes along, whatever else it is.
        needed.extend(named(&self.whole()?));
        needed.extend(self.portal().logo.map(|logo| logo.blob));
        needed.extend(self.sealed_blobs());
        let mut found = Vec::new();
        for hash in needed {
            // What cannot be read is missing where it arrives, and shown as that.
            if let Ok(Some(plain)) = self.blob(hash).await {
                found.push(plain);
            }
        }
        Ok(found)
    }

    /// Drops the blobs that nothing refers to any more, once no undo can bring that back.
    pub(crate) async fn drop_loose_blobs(&self) -> Result<(), Problem> {
        let mut loose = self.0.ports.store.blobs(self.id()).await?;
        let is_whole = {
            let documents = self.documents();
            let waits =
                documents.content.is_waiting() || documents.responses.values().any(Responses::is_waiting);
            self.unreadable() == 0 && !waits
        };
        if loose.is_empty() || !is_whole {
            return Ok(());
        }
        let mut needed = self.needed_blobs()?;
        needed.extend(self.kept_blobs().await?);
        let coming = self.0.coming.borrow().clone();
        loose.retain(|hash| !needed.contains(hash) && !coming.contains(hash));
        if !loose.is_empty() {
            let calm_since = (self.0.ports.now)().saturating_sub(LOOSE_MS);
            self.0.ports.store.drop_blobs(self.id(), loose, calm_since).await?;
        }
        Ok(())
    }
}

/// The bytes of a room's blob; none where they are not here, or are not what they were.
pub(crate) async fn read(
    ports: &Ports,
    room: RoomId,
    content_key: &[u8; 32],
    hash: BlobHash,
) -> Result<Option<Vec<u8>>, Problem> {
    let Some(stored) = ports.store.blob(room, hash).await? else { return Ok(None) };
    let Some((nonce, sealed)) = blob::read(&stored) else { return Ok(None) };
    let opened =
        ports.cipher.open(&blob::key(content_key), &nonce, &blob::sealed_as(room, hash), sealed).await;
    // The seal says whether the bytes are whole; what they hash to was asked when they came in.
    Ok(opened.ok())
}

/// Keeps those of these blobs that a room has not, all or none. Answers which these are.
pub(crate) async fn keep(
    ports: &Ports,
    room: RoomId,
    content_key: &[u8; 32],
    plain: Vec<Vec<u8>>,
) -> Result<Vec<BlobHash>, Problem> {
    keep_at(ports, room, content_key, plain, (ports.now)()).await
}

/// As [`keep`], as if it were `now`.
pub(super) async fn keep_at(
    ports: &Ports,
    room: RoomId,
    content_key: &[u8; 32],
    plain: Vec<Vec<u8>>,
    now: u64,
) -> Result<Vec<BlobHash>, Problem> {
    if plain.is_empty() {
        return Ok(Vec::new());
    }
    let known = ports.store.blobs(room).await?;
    let key = blob::key(content_key);
    let mut stored: Vec<StoredBlob> = Vec::new();
    for plain in plain {
        let hash = blob::name(&plain);
        if known.contains(&hash) || stored.iter().any(|blob| blob.hash == hash) {
            continue;
        }
        let nonce = blob::nonce(&key, hash);
        let sealed = ports.cipher.seal(&key, &nonce, &blob::sealed_as(room, hash), plain).await?;
        stored.push(StoredBlob { hash, sealed: blob::write(&nonce, &sealed) });
    }
    let new: Vec<BlobHash> = stored.iter().map(|blob| blob.hash).collect();
    if !new.is_empty() {
        ports.store.put_blobs(room, stored, now).await?;
    }
    Ok(new)
}

/// The blobs that a text refers to, each once.
fn named(document: &Document) -> Vec<BlobHash> {
    let mut named = Vec::new();
    for line in document.lines() {
        if let Block::Image(image) = &line.format.block
            && !named.contains(&image.blob)
        {
            named.push(image.blob);
        }
    }
    named
}
