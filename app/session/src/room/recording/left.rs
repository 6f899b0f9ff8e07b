//! Stretches that end when the page goes away, where no durable write can be waited for.

use insight::record::Record;
use model::RoomId;

use super::{Recording, write_down};
use crate::{Problem, Room};

/// Under names that begin so closed pages leave their stretches.
pub(crate) fn left_prefix(room: RoomId) -> String {
    format!("handsel/reading/{room}/")
}

impl Room {
    /// Adds a stretch as [`Room::record`] does, when the page may be about to end: what does not get into the store is taken in
    /// by [`Room::take_left_records`] the next time.
    pub fn record_at_leaving(&self, record: Record) {
        if self.recording() != Recording::On {
            return;
        }
        // A stretch of reading may begin at the same moment as one of attending.
        let kind = if record.is_of_presentations() { "a" } else { "" };
        let name = format!("{}{:x}/{}{kind}", left_prefix(self.id()), self.0.tab, record.from);
        self.ports().journal.put(&name, &write_down(&record));
        let room = self.clone();
        self.ports().tasks.spawn(Box::pin(async move {
            if room.record(record).await.is_ok() {
                room.ports().journal.put(&name, "");
                // Nobody knows when its person comes back; what cannot be sent now waits.
                let _ = room.send_recorded().await;
            }
        }));
    }

    /// Takes in the stretches that closed pages left behind. One that got into the store nevertheless is there once.
    ///
    /// # Errors
    /// What the store says.
    pub async fn take_left_records(&self) -> Result<(), Problem> {
        let left = self.ports().journal.take_all(&left_prefix(self.id()));
        if left.is_empty() {
            return Ok(());
        }
        self.change_log(move |log| left.iter().for_each(|line| log.add(line))).await
    }
}
