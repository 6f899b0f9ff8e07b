//! The buyer's side of receipts: what this device records of how its person reads the room, what they may see of it, and how
//! it leaves.
//!
//! Records are kept on the device, where their person looks at them and deletes them, until something leaves it anyway: a
//! reply, a file, or what is written while others are reached. Only then are they sealed, as entries of the room.

pub(crate) mod left;
mod log;
pub(crate) mod notice;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use insight::record::Record;
use model::{DocName, EntryHash, Head, RoomId, StoreError, StoredEntry, Touch, limits};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{GetUntracked as _, Update as _},
};
use sync::{receipt, tabs::TabMessage};

use super::{Room, set_if_new};
use crate::{Problem, Reach};
pub(crate) use log::write_down;
use log::{Log, State};

/// Where others are reached, receipts are sealed at least so many milliseconds apart: each says a little of when somebody reads,
/// to all who carry it, and takes its place in the room for good.
const APART_MS: u64 = 4 * 60_000;

/// Whether this device records how its person reads the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// Never: its person owns the room or may not read it any more, the room has no rights, or it is a preview.
    Off,
    /// Not before its person has said so: the room asks.
    Asking,
    /// It does.
    On,
    /// Not now, since its person has paused it.
    Paused,
}

/// A record of this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What was recorded.
    pub record: Record,
    /// When it left this device, milliseconds since 1970; none while it can still be deleted.
    pub sent: Option<u64>,
}

/// Ends a stretch of reading, and answers it where there was anything in it.
type EndStretch = Rc<dyn Fn() -> Option<Record>>;

/// What an open room knows of recording.
pub(super) struct Recorder {
    paused: Cell<bool>,
    agreed: Cell<bool>,
    is_preview: Cell<bool>,
    state: ArcRwSignal<Recording>,
    changed: ArcRwSignal<u64>,
    /// When this tab sealed last.
    sealed_at: Cell<Option<u64>>,
    /// Something is to be sealed later.
    is_waiting: Cell<bool>,
    /// The visit that was named last; none before one was.
    visit: Cell<Option<[u8; 8]>>,
    /// Ends the stretch that goes on in this tab.
    current: RefCell<Option<EndStretch>>,
    /// The receipts that were opened, on the owner's devices; none for one that cannot be.
    pub(super) opened: RefCell<BTreeMap<EntryHash, Option<Rc<Vec<Record>>>>>,
}

impl Recorder {
    /// For a room of which `kept` was recorded.
    pub(super) fn new(kept: &str) -> Self {
        let log = Log::read(kept).unwrap_or_default();
        Self {
            paused: Cell::new(log.paused),
            agreed: Cell::new(log.agreed),
            is_preview: Cell::new(false),
            state: ArcRwSignal::new(Recording::Off),
            changed: ArcRwSignal::new(0),
            sealed_at: Cell::new(None),
            is_waiting: Cell::new(false),
            visit: Cell::new(None),
            current: RefCell::default(),
            opened: RefCell::default(),
        }
    }
}

impl Room {
    /// Whether this device records how its person reads the room, as it changes.
    pub fn recording_signal(&self) -> ArcRwSignal<Recording> {
        self.0.recorder.state.clone()
    }

    /// Whether this device records how its person reads the room.
    pub fn recording(&self) -> Recording {
        self.0.recorder.state.get_untracked()
    }

    /// Counts how often something was recorded here, forgotten or sent: track it to look at [`Room::recorded`] again.
    pub fn recorded_changed(&self) -> ArcRwSignal<u64> {
        self.0.recorder.changed.clone()
    }

    /// Adds a stretch of reading to what this device has recorded; nothing unless [`Recording::On`]. Where others are reached it
    /// is sent soon.
    ///
    /// # Errors
    /// What the store says; then it is not recorded.
    pub async fn record(&self, record: Record) -> Result<(), Problem> {
        if self.recording() != Recording::On {
            return Ok(());
        }
        let line = write_down(&record);
        self.change_log(move |log| log.add(&line)).await?;
        self.send_recorded_soon();
        Ok(())
    }

    /// Has `end` called for the stretch that goes on in this tab when something leaves this device, so that it goes along; none
    /// where nobody reads here any more.
    pub fn end_stretches_by(&self, end: Option<EndStretch>) {
        *self.0.recorder.current.borrow_mut() = end;
    }

    /// What this device has recorded, oldest first: all that waits, and the newest of what was sent.
    ///
    /// # Errors
    /// What the store says.
    pub async fn recorded(&self) -> Result<Vec<Recorded>, Problem> {
        let name = recorded_name(self.id());
        let text = self.ports().store.setting(&name).await?.unwrap_or_default();
        let log = Log::read(&text).ok_or(StoreError::Damaged(name))?;
        let recorded = log.lines.iter().filter_map(|line| {
            let sent = match line.state {
                State::Waiting => None,
                State::Leaving(at, _) | State::Sent(at) => Some(at),
            };
            Some(Recorded { record: line.record()?, sent })
        });
        Ok(recorded.collect())
    }

    /// Deletes what was recorded and has not left this device.
    ///
    /// # Errors
    /// What the store says.
    pub async fn forget_unsent(&self) -> Result<(), Problem> {
        // What is attended at this moment would be recorded in a while.
        self.take_attended();
        self.change_log(Log::forget).await
    }

    /// Whether buyers are asked before anything is recorded. Look again when [`Room::offer_changed`] moves.
    pub fn asks_before_recording(&self) -> bool {
        self.documents().offer.asks()
    }

    /// Has buyers asked before anything is recorded, or no longer.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room.
    pub fn ask_before_recording(&self, asks: bool) -> Result<(), Problem> {
        self.change_offer(|offer| offer.set_asks(asks))
    }

    /// Records nothing from now on, or does again, also where the room asks. What waits stays here meanwhile. It holds for this room on this device, in all
    /// of its tabs.
    ///
    /// # Errors
    /// What the store says; then it goes on as before.
    pub async fn pause_recording(&self, paused: bool) -> Result<(), Problem> {
        self.change_log(move |log| log.say(paused)).await
    }

    /// Sends what waits now where others are reached, such as at the end of a visit. Elsewhere it goes on waiting.
    ///
    /// # Errors
    /// What the store says; then it goes on waiting.
    pub async fn send_recorded(&self) -> Result<(), Problem> {
        if self.reaches_others() { self.seal_recorded().await } else { Ok(()) }
    }

    fn reaches_others(&self) -> bool {
        self.live().get_untracked().reach == Reach::InStep
    }

    fn send_recorded_soon(&self) {
        if !self.reaches_others() || self.0.recorder.is_waiting.replace(true) {
            return;
        }
        let passed = self.0.recorder.sealed_at.get().map(|at| self.now().saturating_sub(at));
        let wait = passed.map_or(0, |passed| APART_MS.saturating_sub(passed));
        let weak = self.downgrade();
        let send = move || {
            let Some(room) = weak.upgrade() else { return };
            room.0.recorder.is_waiting.set(false);
            let sending = room.clone();
            // What cannot be sealed now is sealed with the next.
            room.ports().tasks.spawn(Box::pin(async move { drop(sending.send_recorded().await) }));
        };
        self.ports().tasks.after(wait as u32, Box::new(send));
    }

    /// Seals what waits, as few receipts as there can be, since something is about to leave this device. Nothing while its
    /// person has paused.
    ///
    /// # Errors
    /// What the store says; then it goes on waiting.
    pub(crate) async fn seal_recorded(&self) -> Result<(), Problem> {
        if self.recording() != Recording::On {
            return Ok(());
        }
        let current = self.0.recorder.current.borrow().clone();
        let going_on = [current.and_then(|end| end()), self.take_attended()];
        for record in going_on.into_iter().flatten() {
            let line = write_down(&record);
            self.change_log_quietly(move |log| log.add(&line)).await?;
        }
        // Whoever takes records to seal them says so first: another tab does not take them too, and they are not deleted
        // while they leave.
        let (now, by) = (self.now(), u64::from_be_bytes(self.ports().random()));
        let log = self.change_log_quietly(move |log| log.claim(now, by)).await?;
        let records: Vec<Record> = log.claimed(by).filter_map(log::Line::record).collect();
        if records.is_empty() {
            return Ok(());
        }
        let sealed = match self.sealed_receipts(&records) {
            Ok(receipts) => self.carry_receipts(receipts).await,
            Err(problem) => Err(problem),
        };
        let state = if sealed.is_ok() { State::Sent(now) } else { State::Waiting };
        self.0.recorder.sealed_at.set(Some(now));
        self.change_log(move |log| log.settle(by, state)).await?;
        sealed
    }

    fn sealed_receipts(&self, records: &[Record]) -> Result<Vec<Vec<u8>>, Problem> {
        let (room, author, owner) = (self.id(), self.author(), self.keys().owner);
        let parcels = receipt::parcels(records).into_iter();
        let seal = |parcel: Vec<Record>| receipt::seal(room, &author, &owner, self.ports().random(), &parcel);
        // Only a room whose owner's key is no key cannot have any.
        parcels.map(seal).collect::<Result<_, _>>().or(Err(Problem::NoRight))
    }

    /// Puts receipts of this device into the store, all of them or none.
    async fn carry_receipts(&self, receipts: Vec<Vec<u8>>) -> Result<(), Problem> {
        let pen = self.writer().clone();
        let receipts: Vec<_> = receipts.into_iter().map(|sealed| (sealed, self.ports().random())).collect();
        let build = move |mut head: Head| {
            if head.number.saturating_add(receipts.len() as u64) > limits::RECEIPTS_MAX {
                return Err("this device has told as much as counts".to_owned());
            }
            let mut entries = Vec::new();
            for (sealed, nonce) in receipts {
                let entry = pen.entry(head, DocName::Receipts, sealed, nonce);
                head = Head { number: entry.last, hash: entry.hash };
                entries.push(entry);
            }
            Ok(entries)
        };
        // That somebody reads does not change the room, so its time in the list stays.
        let (chain, touch) = (self.writer().chain(DocName::Receipts), Touch::default());
        for entry in self.ports().store.append(self.id(), chain, touch, Box::new(build)).await? {
            self.take_in(&entry);
            self.tell_entry(entry);
        }
        Ok(())
    }

    /// Own receipts that came after the end of their epoch are carried once more, as they were sealed.
    pub(crate) async fn carry_receipts_again(&self, stored: &[StoredEntry]) -> Result<(), Problem> {
        let chain = self.writer().chain(DocName::Receipts);
        let own = stored.iter().filter(|entry| entry.chain() == chain);
        let (late, in_time): (Vec<_>, Vec<_>) = own.partition(|entry| self.is_past_cut(entry));
        let read = |entry: &StoredEntry| Some(self.writer().open(&entry.sealed).ok()?.1.entry.update);
        let carried: Vec<Vec<u8>> = in_time.into_iter().filter_map(read).collect();
        let mut again: Vec<Vec<u8>> = Vec::new();
        for sealed in late.into_iter().filter_map(read) {
            if !carried.contains(&sealed) && !again.contains(&sealed) {
                again.push(sealed);
            }
        }
        if again.is_empty() || self.right().is_none() {
            return Ok(());
        }
        match self.carry_receipts(again).await {
            // As many as count are there; more would count nowhere.
            Err(Problem::Store(StoreError::Cancelled(_))) => Ok(()),
            carried => carried,
        }
    }

    /// Changes what was recorded, and has the other tabs know.
    async fn change_log(&self, change: impl FnMut(&mut Log) + 'static) -> Result<(), Problem> {
        self.change_log_quietly(change).await?;
        self.0.recorder.changed.update(|count| *count += 1);
        self.tell_tabs(&TabMessage::Recorded);
        Ok(())
    }

    /// Changes what was recorded in one go, whatever other tabs do; answers what it is then. What another version of the
    /// program wrote stays as it is.
    async fn change_log_quietly(&self, mut change: impl FnMut(&mut Log) + 'static) -> Result<Log, Problem> {
        let name = recorded_name(self.id());
        let change = move |text: &str| match Log::read(text) {
            Some(mut log) => {
                change(&mut log);
                log.write()
            }
            None => text.to_owned(),
        };
        let text = self.ports().store.change_setting(&name, Box::new(change)).await?;
        let log = Log::read(&text).ok_or(StoreError::Damaged(name))?;
        self.0.recorder.paused.set(log.paused);
        self.0.recorder.agreed.set(log.agreed);
        self.follow_recording();
        Ok(log)
    }

    /// Another tab has recorded, forgotten, sent or paused.
    pub(super) fn hear_recorded(&self) {
        let room = self.clone();
        self.ports().tasks.spawn(Box::pin(async move {
            // Where it cannot be read now, it is before the next record.
            let Ok(text) = room.ports().store.setting(&recorded_name(room.id())).await else { return };
            let log = Log::read(&text.unwrap_or_default()).unwrap_or_default();
            room.0.recorder.paused.set(log.paused);
            room.0.recorder.agreed.set(log.agreed);
            room.follow_recording();
            room.0.recorder.changed.update(|count| *count += 1);
        }));
    }

    /// The room is there to be looked at only, and nobody reads it.
    pub(crate) fn is_for_looking_only(&self) {
        self.0.recorder.is_preview.set(true);
        self.follow_recording();
    }

    /// Brings up to date whether this device records.
    pub(super) fn follow_recording(&self) {
        let asks = self.asks_before_recording() && !self.0.recorder.agreed.get();
        let is_reader = self.has_rights() && !self.is_owner() && self.right().is_some();
        let recording = match self.0.recorder.paused.get() {
            _ if self.0.recorder.is_preview.get() || !is_reader => Recording::Off,
            true => Recording::Paused,
            false if asks => Recording::Asking,
            false => Recording::On,
        };
        // What was attended until now was so under what held until now.
        self.count_attended();
        set_if_new(&self.0.recorder.state, recording);
    }
}

/// Under what the store keeps what this device recorded of reading a room.
pub(crate) fn recorded_name(room: RoomId) -> String {
    format!("handsel/recorded/{room}")
}
