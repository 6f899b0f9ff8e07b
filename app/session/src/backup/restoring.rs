//! Looking into a backup, and restoring rooms from it.

use std::{collections::BTreeMap, rc::Rc};

use exchange::{
    backup::{self, HEAD, Index, Listed, RoomPart, SEALED_AS, TAIL},
    bundle::{self, OpenError},
};
use model::{CipherError, DocName, RoomId, RoomRecord, Standing, Watch};
use sync::{ledger::Pen, tabs::TabMessage};

use super::{BackedUp, Contents, Here, PUBLISHED, Pieces, Restored, settings_of};
use crate::{
    Problem, Rooms,
    room::{blobs, line_name, workspace::workspace_of},
    sharing::Coming,
};

/// What restoring a room did.
enum Done {
    New,
    Merged,
    Unchanged,
}

impl Contents {
    /// Opens a part: its number, from which byte on, and how many it has.
    async fn part(&self, rooms: &Rooms, (number, from, len): (u64, u64, usize)) -> Result<Vec<u8>, Problem> {
        let sealed = read(&*self.file, from, len).await?;
        let opened = rooms.ports.cipher.open(&self.key, &backup::nonce(number), SEALED_AS, sealed).await;
        opened.map_err(|error| match error {
            // The index opened with this key, so these bytes are not those that it tells of.
            CipherError::Wrong => OpenError::Incomplete.into(),
            other => other.into(),
        })
    }
}

async fn read(file: &dyn Pieces, from: u64, len: usize) -> Result<Vec<u8>, Problem> {
    let piece = file.piece(from, len).await.or(Err(Problem::FileDiffers))?;
    if piece.len() == len { Ok(piece) } else { Err(OpenError::Incomplete.into()) }
}

impl Rooms {
    /// Says what is in a backup, without taking in anything. What stands around the passphrase does not count.
    ///
    /// # Errors
    /// [`OpenError`]: `NotARoom` and `OneRoom` for other files, `OtherVersion`, `Incomplete` where it was cut or changed,
    /// `NeedsPassphrase`, `WrongPassphrase`; [`Problem::FileDiffers`] where it cannot be read; what the store says.
    pub async fn look_into_backup(
        &self,
        file: Rc<dyn Pieces>,
        passphrase: &str,
    ) -> Result<Contents, Problem> {
        let size = file.size();
        let head = file.piece(0, HEAD).await.or(Err(Problem::FileDiffers))?;
        let salt = backup::read_head(&head)?;
        let at = size.checked_sub(TAIL as u64).ok_or(OpenError::Incomplete)?;
        let tail = read(&*file, at, TAIL).await?;
        let (at, len) = backup::index_at(&tail, size)?;
        let sealed = read(&*file, at, len).await?;
        backup::checked(&head, &sealed, &tail)?;
        let passphrase = passphrase.trim();
        if passphrase.is_empty() {
            return Err(OpenError::NeedsPassphrase.into());
        }
        let key = self.ports.cipher.derive(passphrase, &salt).await?;
        let packed = match self.ports.cipher.open(&key, &backup::nonce(0), SEALED_AS, sealed).await {
            Err(CipherError::Wrong) => return Err(OpenError::WrongPassphrase.into()),
            opened => opened?,
        };
        let index = Index::unpack(&packed, at - HEAD as u64)?;
        let mut rooms = Vec::new();
        for listed in &index.rooms {
            let Listed { room, title, standing, changed, is_whole, .. } = listed.clone();
            let (bytes, here) = (listed.parts.iter().sum(), self.here(listed).await?);
            rooms.push(BackedUp { room, title, standing, changed, bytes, is_whole, here });
        }
        Ok(Contents { made: index.made, rooms, file, key, index })
    }

    async fn here(&self, listed: &Listed) -> Result<Here, Problem> {
        let known = self.ports.store.room(listed.room).await?.filter(|room| !is_deleted(room));
        let Some(known) = known else { return Ok(Here::Absent) };
        let mut here = BTreeMap::new();
        let inside = workspace_of(&known.keys).map(|(workspace, _)| workspace);
        for ledger in [Some(known.id), inside].into_iter().flatten() {
            let entries = self.ports.store.entries(ledger).await?;
            for entry in entries.into_iter().filter(|entry| entry.doc != DocName::Roll) {
                let last = here.entry((entry.author, entry.doc)).or_insert(entry.last);
                *last = entry.last.max(*last);
            }
        }
        let mut is_older = false;
        for end in &listed.ends {
            match here.remove(&(end.author, end.doc)) {
                Some(last) if last > end.last => {
                    here.insert((end.author, end.doc), last);
                }
                Some(last) => is_older |= last < end.last,
                None => is_older = true,
            }
        }
        // What is left goes further here, or is not in the backup at all.
        Ok(match (here.is_empty(), is_older) {
            (true, false) => Here::Same,
            (false, false) => Here::Newer,
            (true, true) => Here::Older,
            (false, true) => Here::Apart,
        })
    }

    /// Takes in rooms of a backup, merging each with what this device has of it: what is newer here stays, and so does where a room
    /// stands in the list. A room that does not open leaves the others alone. The watch hears how many rooms are done, and may end it.
    ///
    /// A room that is new here is written in with a new key, as on any new device. Where its person says that the device which made the
    /// backup is gone, and that was an admin of a team, this one becomes an admin in its place.
    ///
    /// # Errors
    /// [`Problem::Preview`]. What went wrong with a room is in the answer.
    pub async fn restore(
        &self,
        contents: &Contents,
        which: &[RoomId],
        old_device_is_gone: bool,
        watch: &Watch,
    ) -> Result<Restored, Problem> {
        if self.is_preview {
            return Err(Problem::Preview);
        }
        let mut restored = Restored::default();
        let rooms = contents.index.rooms.iter().enumerate().filter(|(_, room)| which.contains(&room.room));
        let rooms: Vec<(usize, &Listed)> = rooms.collect();
        for (done, (at, listed)) in rooms.iter().enumerate() {
            watch.tell(done, Some(rooms.len()));
            if watch.is_cancelled() {
                break;
            }
            match self.restore_room(contents, *at, old_device_is_gone, watch).await {
                Ok(Done::New) => restored.new.push(listed.room),
                Ok(Done::Merged) => restored.merged.push(listed.room),
                Ok(Done::Unchanged) => restored.unchanged.push(listed.room),
                Err(Problem::Cancelled) => break,
                Err(problem) => restored.failed.push((listed.title.clone(), problem)),
            }
        }
        restored.is_cancelled = watch.is_cancelled();
        watch.tell(rooms.len(), Some(rooms.len()));
        if self.my_name().await.is_empty() && !contents.index.name.is_empty() {
            // Without it others see the name on the link.
            let _ = self.set_my_name(&contents.index.name).await;
        }
        self.changed().await?;
        Ok(restored)
    }

    async fn restore_room(
        &self,
        contents: &Contents,
        at: usize,
        old_device_is_gone: bool,
        watch: &Watch,
    ) -> Result<Done, Problem> {
        let listed = contents.index.rooms.get(at).ok_or(OpenError::Damaged)?;
        let mut parts = contents.index.parts(at).into_iter();
        let first = parts.next().ok_or(OpenError::Damaged)?;
        let part = RoomPart::read(&contents.part(self, first).await?)?;
        let bundle = bundle::unpack(&part.bundle)?;
        if bundle.room != listed.room || !bundle.blobs.is_empty() {
            return Err(OpenError::Damaged.into());
        }
        let known = self.ports.store.room(listed.room).await?;
        let standing = match (&known, listed.standing) {
            (Some(room), _) if !is_deleted(room) => room.standing,
            // Whether it is a team's the room says itself.
            (_, Standing::Team) => Standing::Active,
            (_, standing) => standing,
        };
        // Who had it when the backup was made has it still, even if the link has ended by which it came.
        let coming = Coming { standing, at: 0 };
        let all = async {
            let received = self.take_as(bundle, coming).await?;
            let mut new = received.new + received.receipts;
            for place in parts {
                if watch.is_cancelled() {
                    return Err(Problem::Cancelled);
                }
                new += self.restore_blobs(listed.room, contents.part(self, place).await?).await?;
            }
            if known.is_none() {
                self.take_settings(listed, &part).await?;
            }
            for (_, kept) in part.settings.iter().filter(|(kind, _)| kind == PUBLISHED) {
                new += self.take_publications(listed.room, kept).await?;
            }
            if let Some(seed) = part.author_seed.filter(|_| old_device_is_gone) {
                self.succeed(listed.room, &Pen::new(&seed)).await?;
            }
            Ok::<_, Problem>(new)
        };
        match (all.await, &known) {
            (Ok(_), None) => Ok(Done::New),
            (Ok(_), Some(room)) if is_deleted(room) => Ok(Done::New),
            (Ok(0), Some(_)) => Ok(Done::Unchanged),
            (Ok(_), Some(_)) => Ok(Done::Merged),
            (Err(problem), None) => {
                if let Ok(Some(record)) = self.ports.store.room(listed.room).await {
                    // Where the store takes nothing, it may not let go either; then a part of the room is left.
                    let _ = self.erase(&record).await;
                }
                Err(problem)
            }
            (Err(problem), Some(_)) => Err(problem),
        }
    }

    /// Keeps the blobs of a part. Answers how many were new.
    async fn restore_blobs(&self, room: RoomId, part: Vec<u8>) -> Result<usize, Problem> {
        let plain = backup::read_blobs(&part)?;
        let record = self.ports.store.room(room).await?.ok_or(Problem::NoSuchRoom)?;
        let new = blobs::keep(&self.ports, room, &record.keys.content, plain).await?;
        let count = new.len();
        if count > 0 {
            let line = self.ports.tabs.join(&line_name(room), Box::new(|_| {}));
            line.post(&TabMessage::Blobs(new).write());
        }
        Ok(count)
    }

    /// What the other device knew of a room that is new here.
    async fn take_settings(&self, listed: &Listed, part: &RoomPart) -> Result<(), Problem> {
        for (kind, name) in settings_of(listed.room) {
            if let Some((_, value)) = part.settings.iter().find(|(of, _)| of == kind) {
                self.ports.store.put_setting(&name, value).await?;
            }
        }
        let mut record = self.ports.store.room(listed.room).await?.ok_or(Problem::NoSuchRoom)?;
        let now = self.now();
        (record.created, record.changed) = (listed.created.min(now), listed.changed.min(now));
        Ok(self.ports.store.put_room(record).await?)
    }

    /// In a team's room this device takes the place of the one that signed with this key.
    async fn succeed(&self, team: RoomId, before: &Pen) -> Result<(), Problem> {
        let record = self.ports.store.room(team).await?.ok_or(Problem::NoSuchRoom)?;
        if record.standing != Standing::Team || Pen::new(&record.keys.author_seed).author() == before.author()
        {
            return Ok(());
        }
        self.book(team).await?.succeed(before).await
    }
}

fn is_deleted(room: &RoomRecord) -> bool {
    matches!(room.standing, Standing::Deleted(_))
}
