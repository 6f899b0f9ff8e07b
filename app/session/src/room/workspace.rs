//! What the owners of a room keep of it for themselves: the room's part of the workspace, a ledger beside the room's own.
//!
//! It is open as long as the room is, meets its copies where the room's copies meet, and goes where a copy of the room goes
//! that is made for an owner. Nothing of it is ever in the room. It begins with the first thing that is kept in it.

use model::{Right, RoomId, RoomKeys, RoomRecord, Standing};
use reactive_graph::traits::GetUntracked as _;
use sync::tabs::TabMessage;

use super::Room;
use crate::{Problem, rights};

/// The name and the keys of the workspace of a room with these keys; nothing where this device is none of the owner's.
pub(crate) fn workspace_of(keys: &RoomKeys) -> Option<(RoomId, RoomKeys)> {
    let owner_seed = keys.pass.as_ref()?.owner_seed.as_ref()?;
    Some(sync::workspace::of(owner_seed, &keys.author_seed))
}

impl Room {
    /// Whether this device may keep something for the owners alone.
    pub fn may_keep_inside(&self) -> bool {
        self.right() == Some(Right::Own) && workspace_of(&self.keys()).is_some()
    }

    /// The workspace, where anything was kept in it.
    pub(crate) fn workspace(&self) -> Option<Self> {
        self.0.workspace.borrow().clone()
    }

    /// The room whose workspace this is.
    pub(crate) fn front(&self) -> Option<Self> {
        self.0.front.borrow().as_ref()?.upgrade()
    }

    /// Opens the workspace, if this device has one of this room, or if others may have one and this device meets them.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn open_workspace(&self) -> Result<(), Problem> {
        if self.front().is_some() || self.workspace().is_some() {
            return Ok(());
        }
        let Some((id, keys)) = workspace_of(&self.keys()) else { return Ok(()) };
        if self.ports().store.room(id).await?.is_none() {
            if self.line().places.get_untracked().is_empty() || !self.has_colleagues() {
                return Ok(());
            }
            self.add_workspace(id, keys).await?;
        }
        let workspace = Self::open(self.ports().clone(), id).await?;
        if self.workspace().is_some() {
            // Somebody else was faster while the store was read.
            return Ok(());
        }
        *workspace.0.front.borrow_mut() = Some(self.downgrade());
        workspace.0.saving.beside(&self.0.saving);
        *self.0.workspace.borrow_mut() = Some(workspace.clone());
        workspace.follow_offered_places();
        self.tell_offer();
        self.tell_responses();
        Ok(())
    }

    /// The workspace, begun now if there was none.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever is not one of the owners, and where the room has no rights, since then everybody is;
    /// and what the store says.
    pub(crate) async fn begin_workspace(&self) -> Result<Self, Problem> {
        if !self.may_keep_inside() {
            return Err(Problem::NoRight);
        }
        self.open_workspace().await?;
        if self.workspace().is_none() {
            let Some((id, keys)) = workspace_of(&self.keys()) else { return Err(Problem::NoRight) };
            self.add_workspace(id, keys).await?;
            self.open_workspace().await?;
        }
        let workspace = self.workspace().ok_or(Problem::NoSuchRoom)?;
        if workspace.right() != Some(Right::Own) {
            for entry in rights::join(self.ports(), workspace.writer()).await? {
                workspace.take_in(&entry);
                workspace.tell_entry(entry);
            }
        }
        Ok(workspace)
    }

    /// Whether a link to own the room was ever given out. On the device of whoever came by it this is so, too.
    fn has_colleagues(&self) -> bool {
        self.links().iter().any(|link| link.right == Right::Own)
    }

    async fn add_workspace(&self, id: RoomId, keys: RoomKeys) -> Result<(), Problem> {
        let (now, title) = (self.now(), self.title().get_untracked());
        let standing = Standing::Workspace;
        let given = None;
        let record = RoomRecord { id, title, created: now, changed: now, standing, bytes: 0, keys, given };
        self.ports().store.put_room(record).await?;
        self.tell_tabs(&TabMessage::Workspace);
        Ok(())
    }
}
