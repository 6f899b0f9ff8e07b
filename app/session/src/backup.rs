//! All rooms of this device in one file, to have them again when the browser is gone: made, looked into, and restored.
//!
//! A restored room is a copy that came to another device: it writes with a key of its own under the same pass, and whatever is here
//! already is merged and stays. So no author's chain ever goes on from an older state, whether or not the device that made
//! the backup is still in use.

mod making;
mod restoring;

use std::{collections::BTreeMap, rc::Rc};

use exchange::backup::Index;
use model::{Later, RoomId, RoomRecord, Standing};

use crate::{
    Problem, Rooms,
    room::{
        readings::received_name, sections::collapsed_name, versions::kept_name, visits::visit_name,
        workspace::workspace_of,
    },
};

/// Where this device keeps when its rooms were last backed up.
const BACKED_UP: &str = "handsel/backup";

/// What a backup calls the addresses at which a room is.
const PUBLISHED: &str = "published";

/// A file of which pieces can be read.
pub trait Pieces {
    /// How many bytes it has.
    fn size(&self) -> u64;
    /// So many bytes from a place on, or fewer where it ends before; why not, where it cannot be read.
    fn piece(&self, from: u64, len: usize) -> Later<Result<Vec<u8>, String>>;
}

impl Pieces for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn piece(&self, from: u64, len: usize) -> Later<Result<Vec<u8>, String>> {
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(self.len());
        let end = from.saturating_add(len).min(self.len());
        let piece = self[from..end].to_vec();
        Box::pin(std::future::ready(Ok(piece)))
    }
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When, milliseconds since 1970.
    pub at: u64,
    /// How many rooms are in it.
    pub rooms: usize,
    /// How many bytes it has.
    pub bytes: u64,
    /// Rooms of which something is missing in it, by their titles, and why: [`exchange::bundle::OpenError::TooLarge`] where the
    /// room is not in it at all.
    pub incomplete: Vec<(String, Problem)>,
}

/// How long ago the last backup was made, and what came since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupAge {
    /// When it was made, milliseconds since 1970.
    pub at: u64,
    /// How many milliseconds ago.
    pub age: u64,
    /// How many rooms changed since.
    pub changed: usize,
}

/// An opened backup. It holds the key of the file, and nothing yet of its rooms.
#[derive(Clone)]
pub struct Contents {
    /// When it was made, milliseconds since 1970.
    pub made: u64,
    /// The rooms in it, in the order of the list.
    pub rooms: Vec<BackedUp>,
    file: Rc<dyn Pieces>,
    key: [u8; 32],
    index: Index,
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contents").field("made", &self.made).finish_non_exhaustive()
    }
}

/// A room in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The room.
    pub room: RoomId,
    /// Its title there.
    pub title: String,
    /// Where it stood in the list: active, archived, a template, or a team's.
    pub standing: Standing,
    /// When it last changed there.
    pub changed: u64,
    /// How many bytes of the file it takes.
    pub bytes: u64,
    /// Whether everything of it could be read when the backup was made.
    pub is_whole: bool,
    /// How it compares with what this device has.
    pub here: Here,
}

/// How a room in a backup compares with what this device has of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// It is not here.
    Absent,
    /// Both say the same.
    Same,
    /// This device has more.
    Newer,
    /// The backup has more.
    Older,
    /// Each has something that the other has not.
    Apart,
}

/// What came of restoring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Rooms that were not here, by their names.
    pub new: Vec<RoomId>,
    /// Rooms that were here and got something.
    pub merged: Vec<RoomId>,
    /// Rooms that had everything already.
    pub unchanged: Vec<RoomId>,
    /// Rooms that could not be restored, by their titles, and why. Of those that were not here nothing is left behind.
    pub failed: Vec<(String, Problem)>,
    /// Whether it was ended before all were looked at.
    pub is_cancelled: bool,
}

impl Rooms {
    /// Notes that a backup was handed to this device's person.
    ///
    /// # Errors
    /// What the store says.
    pub async fn note_backup(&self, backup: &Backup) -> Result<(), Problem> {
        Ok(self.ports.store.put_setting(BACKED_UP, &backup.at.to_string()).await?)
    }

    /// How old the last backup is, and how many rooms changed since; none where there never was one.
    ///
    /// # Errors
    /// What the store says.
    pub async fn backup_age(&self) -> Result<Option<BackupAge>, Problem> {
        let kept = self.ports.store.setting(BACKED_UP).await?;
        let Some(at) = kept.and_then(|at| at.parse().ok()) else { return Ok(None) };
        let rooms = self.ports.store.rooms().await?;
        let changes: BTreeMap<RoomId, u64> = rooms.iter().map(|room| (room.id, room.changed)).collect();
        let changed = |room: &&RoomRecord| {
            // What the owners keep for themselves changes apart from their room.
            let inside = workspace_of(&room.keys).and_then(|(workspace, _)| changes.get(&workspace));
            is_backed_up(room) && (room.changed > at || inside.is_some_and(|changed| *changed > at))
        };
        let changed = rooms.iter().filter(changed).count();
        Ok(Some(BackupAge { at, age: self.now().saturating_sub(at), changed }))
    }
}

/// Whether a room goes into backups by itself: a workspace goes with its room.
fn is_backed_up(room: &RoomRecord) -> bool {
    !matches!(room.standing, Standing::Deleted(_) | Standing::Workspace)
}

/// What this device knows of a room apart from the room, as a backup calls it and as the store does.
fn settings_of(room: RoomId) -> [(&'static str, String); 4] {
    [
        ("seen", visit_name(room)),
        ("versions", kept_name(room)),
        ("received", received_name(room)),
        ("collapsed", collapsed_name(room)),
    ]
}
