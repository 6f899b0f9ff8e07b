//! What of presentations is attended in this tab: counted while it lasts, and recorded with what is read.

use insight::record::{Attended, Device, Record};
use reactive_graph::traits::GetUntracked as _;

use super::super::{Room, recording::Recording};

/// What was attended is noted so often, in milliseconds: as long as a stretch of reading at most is.
const STRETCH_MS: u64 = 120_000;
/// Whoever was not asked for so long was asleep, and attended nothing meanwhile. In milliseconds; browsers call pages that are out of
/// sight once a minute.
const ASLEEP_MS: u64 = 240_000;
/// So many parts are told apart in a stretch. What is shown beyond that is counted nowhere.
const PARTS_MAX: usize = 200;

/// What was attended since it was noted last.
pub(super) struct Counting {
    device: Device,
    /// Since when.
    from: u64,
    /// Until when it is counted; none while the page is gone.
    until: Option<u64>,
    attended: Vec<Attended>,
}

impl Counting {
    /// How long it has been since it was counted last; nothing while the page is gone, and of the time that a device slept.
    fn pass(&mut self, now: u64) -> u64 {
        let Some(until) = self.until.as_mut() else { return 0 };
        let passed = now.saturating_sub(std::mem::replace(until, now));
        if passed < ASLEEP_MS { passed } else { 0 }
    }

    fn add(&mut self, one: &Attended) {
        if self.attended.len() < PARTS_MAX || self.attended.iter().any(|known| known.part == one.part) {
            one.add_to(&mut self.attended);
        }
    }
}

impl Room {
    pub(super) fn begin_to_count(&self, device: Device) {
        let now = self.now();
        let counting = Counting { device, from: now, until: Some(now), attended: Vec::new() };
        *self.0.stages.counting.borrow_mut() = Some(counting);
        self.tick();
    }

    /// Counts how long it has been as it is. Call before anything becomes different.
    pub(in super::super) fn count_attended(&self) {
        let now = self.now();
        let mut counting = self.0.stages.counting.borrow_mut();
        let Some(counting) = counting.as_mut() else { return };
        let passed = counting.pass(now);
        if self.recording() != Recording::On {
            counting.attended.clear();
            return;
        }
        let Some(attending) = self.attending().filter(|_| passed > 0) else { return };
        let presentations = self.0.stages.presentations.get_untracked();
        if let Some(one) = presentations.into_iter().find(|it| it.author == attending.of) {
            let followed = if attending.follows && !attending.hidden { passed } else { 0 };
            let (by, since, part) = (one.author.0, one.showing.since, one.showing.spot.part);
            counting.add(&Attended { by, since, part, shown: passed, followed });
        }
    }

    /// What was attended and is not noted yet, as a record; it is not there afterwards.
    pub(in super::super) fn take_attended(&self) -> Option<Record> {
        self.count_attended();
        let mut counting = self.0.stages.counting.borrow_mut();
        let counting = counting.as_mut()?;
        let now = self.now();
        let from = std::mem::replace(&mut counting.from, now);
        let attended = std::mem::take(&mut counting.attended);
        if attended.is_empty() {
            return None;
        }
        Record::of_presentations(self.visit(), counting.device, (from, now), attended)
    }

    /// Notes what was attended so far as this device notes what is read: not while its person has paused. `leaves` says that the page
    /// may be about to end.
    pub fn note_attended(&self, leaves: bool) {
        let Some(record) = self.take_attended() else { return };
        if leaves {
            return self.record_at_leaving(record);
        }
        let room = self.clone();
        // What the store does not take is lost, as with what is read.
        self.ports().tasks.spawn(Box::pin(async move { drop(room.record(record).await) }));
    }

    /// The page goes away, and nothing is attended until it comes back.
    pub(in super::super) fn suspend_attending(&self) {
        self.note_attended(true);
        if let Some(counting) = self.0.stages.counting.borrow_mut().as_mut() {
            counting.until = None;
        }
    }

    /// The page has come back.
    pub(in super::super) fn resume_attending(&self) {
        if let Some(counting) = self.0.stages.counting.borrow_mut().as_mut() {
            counting.until.get_or_insert_with(|| self.now());
        }
    }

    /// Notes what is attended now and then, as long as anything is.
    fn tick(&self) {
        if self.0.stages.is_ticking.replace(true) {
            return;
        }
        let room = self.downgrade();
        let tick = move || {
            let Some(room) = room.upgrade() else { return };
            room.0.stages.is_ticking.set(false);
            if room.0.stages.counting.borrow().is_some() {
                room.note_attended(false);
                room.tick();
            }
        };
        self.ports().tasks.after(STRETCH_MS as u32, Box::new(tick));
    }
}

#[cfg(test)]
mod tests {
    use insight::record::Part;

    use super::*;

    fn counting() -> Counting {
        Counting { device: Device::Desktop, from: 0, until: Some(1_000), attended: Vec::new() }
    }

    #[test]
    fn pn9_no_time_counts_while_the_page_is_gone_or_the_device_sleeps_nor_when_its_clock_goes_back() {
        let mut counting = counting();
        assert_eq!(counting.pass(3_000), 2_000);
        assert_eq!(counting.pass(3_000 + ASLEEP_MS), 0);
        assert_eq!(counting.pass(4_000 + ASLEEP_MS), 1_000);
        assert_eq!(counting.pass(5), 0);
        assert_eq!(counting.pass(9), 4);
        counting.until = None;
        assert_eq!((counting.pass(100), counting.until), (0, None));
    }

    #[test]
    fn whoever_shows_thousands_of_parts_fills_no_record() {
        let mut counting = counting();
        for number in (1..2_000).chain(1..2_000) {
            let part = Part::Page { file: "f".into(), number };
            counting.add(&Attended { by: [1; 32], since: 5, part, shown: 3, followed: 0 });
        }
        assert_eq!(counting.attended.len(), PARTS_MAX);
        assert!(counting.attended.iter().all(|it| it.shown == 6));
    }
}
