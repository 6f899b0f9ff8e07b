//! What happened in all rooms of this device's person, as far as they are told of it by itself, without opening one.
//!
//! An open room keeps a [`summary::Summary`] of itself beside it. The list is made from these, at the time at which somebody asks:
//! so a room goes quiet and cools while it is closed, and what comes to a closed room is told once it was opened.

pub(crate) mod summary;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use insight::alerts::{Alert, Kind, Line, Warmth, can_be_muted, digest};
use model::{RoomId, Standing};
use reactive_graph::{signal::ArcRwSignal, traits::Update as _};

use crate::{
    Problem, Rooms, TabLine,
    room::{WeakRoom, activity::Keep},
    sharing::owns,
};
use summary::{Summary, activity_name};

/// What is posted on the line of the list of rooms when a summary was written, or what was seen or muted is other.
pub(crate) const ACTIVITY: &[u8] = b"activity";

/// Under what the store keeps until when alerts were seen.
const SEEN: &str = "handsel/alerts/seen";
/// Under what the store keeps which alerts are muted.
const MUTED: &str = "handsel/alerts/muted";

/// Something that this device's person is told of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What, of whom, and when it was by the clock of whose device told it.
    pub alert: Alert,
    /// What they are called, or for whom their link was made; empty where nobody has said, and where it is about nobody.
    pub name: String,
    /// When this device first knew of it, milliseconds since 1970 by its own clock. What was read on Monday may come on Friday.
    pub came: u64,
}

/// What happened in a room.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Which.
    pub room: RoomId,
    /// Its title.
    pub title: String,
    /// What is told, by when it was, oldest first: the newest 200.
    pub alerts: Vec<Notice>,
    /// How warm it is; nothing where nobody ever was.
    pub warmth: Option<Warmth>,
    /// [`insight::engagement::Engagement::index`], from 0 to nearly 100, by the newest 500 deeds of the last 90 days.
    pub index: f64,
    /// When something happened last, milliseconds since 1970, by the clock of whose device told it.
    pub last: Option<u64>,
}

/// What this device's person does not want to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Muted(BTreeSet<(Option<RoomId>, Kind)>);

impl Muted {
    /// Whether alerts of this kind of this room are not told: it is muted in the room, or everywhere. Never so for what cannot be
    /// muted.
    pub fn is(&self, room: RoomId, kind: Kind) -> bool {
        can_be_muted(kind) && (self.is_set(None, kind) || self.is_set(Some(room), kind))
    }

    /// Whether the kind was muted in the room itself, or with no room everywhere: what a switch shows.
    pub fn is_set(&self, room: Option<RoomId>, kind: Kind) -> bool {
        self.0.contains(&(room, kind))
    }

    fn read(text: &str) -> Self {
        let read = |line: &str| {
            let (room, kind) = line.split_once(' ')?;
            let room = if room == "*" { None } else { Some(RoomId::parse(room)?) };
            Some((room, Kind::parse(kind)?))
        };
        Self(text.lines().filter_map(read).collect())
    }

    fn write(&self) -> String {
        let line = |(room, kind): &(Option<RoomId>, Kind)| {
            let room = room.map_or_else(|| "*".to_owned(), |room| room.to_string());
            format!("{room} {}", kind.name())
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// How many alerts came after `seen`, as [`Rooms::alerts_seen`] gives it, and are not muted.
pub fn unseen(activity: &[Activity], muted: &Muted, seen: u64) -> usize {
    told(activity, muted).filter(|(_, notice)| notice.came > seen).count()
}

/// The alerts that are not muted as lines, the newest first: a burst of one kind in one room is one line. Its people are given by
/// what they are called, one for each person; whoever has no name is an empty one.
pub fn lines(activity: &[Activity], muted: &Muted) -> Vec<Line<RoomId>> {
    let all = told(activity, muted);
    let mut names: BTreeMap<(RoomId, &str), &str> = BTreeMap::new();
    let mut alerts = Vec::new();
    for (room, notice) in all {
        names.insert((room, &notice.alert.who), &notice.name);
        alerts.push((room, notice.alert.clone()));
    }
    let mut lines = digest(&alerts);
    for line in &mut lines {
        for who in &mut line.people {
            *who = names.get(&(line.key, who.as_str())).copied().unwrap_or_default().to_owned();
        }
    }
    lines
}

fn told<'a>(activity: &'a [Activity], muted: &'a Muted) -> impl Iterator<Item = (RoomId, &'a Notice)> {
    let all = activity.iter().flat_map(|of| of.alerts.iter().map(|notice| (of.room, notice)));
    all.filter(|(room, notice)| !muted.is(*room, notice.alert.kind))
}

/// Has whoever tracks it look again, here and in the other tabs.
fn tell(changed: &ArcRwSignal<u64>, line: &RefCell<Option<Box<dyn TabLine>>>) {
    changed.update(|count| *count += 1);
    if let Some(line) = &*line.borrow() {
        line.post(ACTIVITY);
    }
}

impl Rooms {
    /// What happened in the rooms that are in the list and that this device's person owns, in the order of the list: newest change
    /// first. Archived rooms, templates and what teams have are left out. `offset` is how far local time is ahead of UTC, in
    /// milliseconds, since what counts of visits is counted by day.
    ///
    /// It is as each room was when it was last open on this device, but for the passing of time.
    ///
    /// # Errors
    /// What the store says.
    pub async fn activity(&self, offset: i64) -> Result<Vec<Activity>, Problem> {
        let rooms = self.ports.store.rooms().await?.into_iter();
        let mine = rooms.filter(|it| it.standing == Standing::Active && owns(it.keys.pass.as_ref()));
        let mine = stdx::in_order(mine, |one, other| (other.changed, one.id) < (one.changed, other.id));
        // All are asked for at once, so that none waits for the one before.
        let kept: Vec<_> =
            mine.iter().map(|room| self.ports.store.setting(&activity_name(room.id))).collect();
        let now = self.now();
        let mut all = Vec::new();
        for (room, kept) in mine.into_iter().zip(kept) {
            let summary = Summary::read(&kept.await?.unwrap_or_default());
            all.push(summary.tell(room.id, room.title, now, offset));
        }
        Ok(all)
    }

    /// Counts how often what [`Rooms::activity`] is made from was written, or what was seen or muted, here or in another tab: track
    /// it to ask again. Time that passes, and rooms that come and go ([`Rooms::list`]), do not move it.
    pub fn activity_changed(&self) -> ArcRwSignal<u64> {
        self.activity_changed.clone()
    }

    /// This device's person has seen all alerts that came until `at`, milliseconds since 1970. An earlier time than the one before
    /// changes nothing.
    ///
    /// # Errors
    /// What the store says.
    pub async fn note_alerts_seen(&self, at: u64) -> Result<(), Problem> {
        let later = move |text: &str| text.parse::<u64>().map_or(at, |before| before.max(at)).to_string();
        self.change_noted(SEEN, later).await
    }

    /// Until when this device's person has seen all alerts, milliseconds since 1970; 0 where they have seen none.
    ///
    /// # Errors
    /// What the store says.
    pub async fn alerts_seen(&self) -> Result<u64, Problem> {
        let text = self.ports.store.setting(SEEN).await?.unwrap_or_default();
        // One that cannot be read tells too much once, and nothing is missed.
        Ok(text.parse().unwrap_or_default())
    }

    /// Mutes alerts of a kind in a room, or without one in all rooms, or tells them again. What cannot be muted
    /// ([`can_be_muted`]) stays as it is: no screen offers it, and a switch that shows [`Muted::is_set`] stays where it was.
    ///
    /// # Errors
    /// What the store says.
    pub async fn mute(&self, room: Option<RoomId>, kind: Kind, muted: bool) -> Result<(), Problem> {
        if !can_be_muted(kind) {
            return Ok(());
        }
        let change = move |text: &str| {
            let mut all = Muted::read(text);
            if muted {
                all.0.insert((room, kind))
            } else {
                all.0.remove(&(room, kind))
            };
            all.write()
        };
        self.change_noted(MUTED, change).await
    }

    /// What is muted on this device.
    ///
    /// # Errors
    /// What the store says.
    pub async fn muted(&self) -> Result<Muted, Problem> {
        Ok(Muted::read(&self.ports.store.setting(MUTED).await?.unwrap_or_default()))
    }

    /// Changes a setting in one go, whatever other tabs do, and has all look again.
    async fn change_noted(
        &self,
        name: &str,
        change: impl FnMut(&str) -> String + 'static,
    ) -> Result<(), Problem> {
        self.ports.store.change_setting(name, Box::new(change)).await?;
        self.tell_activity();
        Ok(())
    }

    fn tell_activity(&self) {
        tell(&self.activity_changed, &self.line);
    }

    /// Has open rooms keep what happened in them, those that are open and those that will be. Nothing is kept before.
    pub fn keep_activity(&self) {
        if self.is_preview || self.keeper.borrow().is_some() {
            return;
        }
        let (changed, line) = (self.activity_changed.clone(), self.line.clone());
        let keep: Keep = Rc::new(move |room| {
            let (changed, line) = (changed.clone(), line.clone());
            // What cannot be kept now is kept when something else comes, or when the room is opened again.
            Box::pin(async move { drop(room.note_activity(&|| tell(&changed, &line)).await) })
        });
        *self.keeper.borrow_mut() = Some(keep.clone());
        let open: Vec<_> = self.open.borrow().iter().filter_map(WeakRoom::upgrade).collect();
        for room in open {
            room.keep_activity_by(&keep);
        }
    }

    /// Keeps nothing any more of what happened in a room that is erased.
    pub(crate) async fn forget_activity(&self, room: RoomId) -> Result<(), Problem> {
        self.ports.store.put_setting(&activity_name(room), "").await?;
        if self.muted().await?.0.iter().any(|(of, _)| *of == Some(room)) {
            let change = move |text: &str| {
                let mut all = Muted::read(text);
                all.0.retain(|(of, _)| *of != Some(room));
                all.write()
            };
            self.change_noted(MUTED, change).await?;
        }
        Ok(())
    }
}
