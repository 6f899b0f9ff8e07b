//! That whoever reads was told that it is recorded.

use model::RoomId;

use crate::{Problem, Room};

/// Under what the store keeps it.
pub(crate) fn told_name(room: RoomId) -> String {
    format!("handsel/told/{room}")
}

impl Room {
    /// A name for a visit that begins now, for all of its records.
    pub fn name_visit(&self) -> [u8; 8] {
        let visit = self.ports().random();
        self.0.recorder.visit.set(Some(visit));
        visit
    }

    /// The visit that goes on in this tab.
    pub(in super::super) fn visit(&self) -> [u8; 8] {
        self.0.recorder.visit.get().unwrap_or_else(|| self.name_visit())
    }

    /// Whether this device's person has said that they know of the recording.
    ///
    /// # Errors
    /// What the store says.
    pub async fn was_told_of_recording(&self) -> Result<bool, Problem> {
        Ok(self.ports().store.setting(&told_name(self.id())).await?.is_some_and(|told| !told.is_empty()))
    }

    /// This device's person knows of it now.
    ///
    /// # Errors
    /// What the store says.
    pub async fn note_told_of_recording(&self) -> Result<(), Problem> {
        let at = self.now().to_string();
        Ok(self.ports().store.put_setting(&told_name(self.id()), &at).await?)
    }
}
