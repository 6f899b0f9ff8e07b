//! What is kept of what happened in a room, for the list of rooms, as a setting of this device's store.
//!
//! All of it but when an alert came follows from the room, so what cannot be read is nothing, and is written anew when the room is
//! opened. The first line has the version, when something happened last and from when on that is a silence; then there is a line
//! for each person, each deed and each alert.

use std::collections::BTreeMap;

use insight::{
    alerts::{Alert, Kind, Warmth, can_be_muted},
    engagement::{Act, DAY_MS, Deed, engagement},
    story::Story,
};
use model::RoomId;
use stdx::base64;

use super::{Activity, Notice};

/// Deeds of so many days are kept. What is older adds less than a thousandth of what it did.
const DAYS: u64 = 90;
/// So many deeds are kept at most, the newest.
const DEEDS_MAX: usize = 500;
/// So many alerts are kept at most, the newest.
const ALERTS_MAX: usize = 200;

const VERSION: &str = "1";

const ACTS: [(Act, &str); 10] = [
    (Act::Visited, "visited"),
    (Act::Read, "read"),
    (Act::OpenedPrice, "price"),
    (Act::ChosePrice, "chose"),
    (Act::Commented, "commented"),
    (Act::Asked, "asked"),
    (Act::Downloaded, "downloaded"),
    (Act::ConfirmedStep, "confirmed"),
    (Act::Joined, "joined"),
    (Act::Accepted, "accepted"),
];

/// What happened in a room, as far as its documents tell now.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Happened {
    pub(crate) story: Story,
    /// From when on the silence since the last thing that happened is longer than usual.
    pub(crate) quiet_from: Option<u64>,
    /// All that is told of it.
    pub(crate) alerts: Vec<Alert>,
    /// What everybody is called who is in it.
    pub(crate) names: BTreeMap<String, String>,
}

/// What is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Summary {
    /// When something happened last, and from when on the silence since then is longer than usual.
    last: Option<(u64, u64)>,
    deeds: Vec<Deed>,
    alerts: Vec<Notice>,
}

impl Summary {
    /// What is kept at `now` of what happened, where this was kept before.
    pub(crate) fn of(happened: &Happened, before: &Self, now: u64) -> Self {
        let since = now.saturating_sub(DAYS * DAY_MS);
        let mut deeds = happened.story.deeds.clone();
        deeds.retain(|deed| deed.at >= since);
        deeds.drain(..deeds.len().saturating_sub(DEEDS_MAX));
        let mut alerts = notices(happened, before, now);
        // What cannot be muted is not pushed out by what can.
        let mut too_many = alerts.len().saturating_sub(ALERTS_MAX);
        alerts.retain(|notice| {
            let goes = too_many > 0 && can_be_muted(notice.alert.kind);
            too_many -= usize::from(goes);
            !goes
        });
        alerts.drain(..alerts.len().saturating_sub(ALERTS_MAX));
        Self { last: happened.story.last.zip(happened.quiet_from), deeds, alerts }
    }

    /// What is told of the room at `now`.
    pub(crate) fn tell(self, room: RoomId, title: String, now: u64, offset: i64) -> Activity {
        let mut alerts = self.alerts;
        let quiet = self.last.map(|(_, quiet)| quiet).filter(|quiet| now >= *quiet);
        if let Some(at) = quiet
            && !alerts.iter().any(|it| (it.alert.kind, it.alert.at) == (Kind::WentQuiet, at))
        {
            let alert = Alert { kind: Kind::WentQuiet, who: String::new(), at };
            alerts.push(Notice { alert, name: String::new(), came: at });
            // Of the same time they stay as they are.
            alerts.sort_by_key(|it| it.alert.at);
        }
        let index = engagement(&self.deeds, now, offset).index;
        let last = self.last.map(|(last, _)| last);
        Activity { room, title, alerts, warmth: Warmth::of(index, last, quiet.is_some()), index, last }
    }

    /// As it lies in the store; nothing where nothing happened.
    pub(crate) fn write(&self) -> String {
        let Some((last, quiet_from)) = self.last else { return String::new() };
        let mut names: BTreeMap<&str, &str> = self.deeds.iter().map(|deed| (deed.who.as_str(), "")).collect();
        let told = self.alerts.iter().map(|it| (it.alert.who.as_str(), it.name.as_str()));
        names.extend(told.filter(|(who, _)| !who.is_empty()));
        let places: BTreeMap<&str, usize> = names.keys().enumerate().map(|(at, who)| (*who, at)).collect();
        // Nobody's has a number that nobody has.
        let place = |who: &str| places.get(who).copied().unwrap_or(names.len());
        let mut text = format!("{VERSION} {last} {quiet_from}");
        let coded = |words: &str| base64::to_url(words.as_bytes());
        for (who, name) in &names {
            text.push_str(&format!("\np {} {}", coded(who), coded(name)));
        }
        for Deed { who, at, act } in &self.deeds {
            let name = ACTS.iter().find(|(it, _)| it == act).map_or("", |(_, name)| *name);
            text.push_str(&format!("\nd {} {at} {name}", place(who)));
        }
        for Notice { alert: Alert { kind, who, at }, came, .. } in &self.alerts {
            text.push_str(&format!("\na {} {at} {came} {}", place(who), kind.name()));
        }
        text
    }

    /// Reads what [`Summary::write`] gives. Lines that say nothing are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let first: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let [VERSION, last, quiet_from] = first[..] else { return Self::default() };
        let mut summary = Self { last: last.parse().ok().zip(quiet_from.parse().ok()), ..Self::default() };
        let mut people: Vec<(String, String)> = Vec::new();
        let decoded = |coded: &str| String::from_utf8(base64::from_url(coded)?).ok();
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            let person = |place: &str| Some(people.get(place.parse::<usize>().ok()?).cloned());
            match words[..] {
                // One that cannot be read keeps its place, or all after it would be others.
                ["p", who, name] => {
                    people.push((decoded(who).unwrap_or_default(), decoded(name).unwrap_or_default()));
                }
                ["d", who, at, act] => {
                    let act = ACTS.iter().find(|(_, name)| *name == act).map(|(act, _)| *act);
                    if let (Some(Some((who, _))), Ok(at), Some(act)) = (person(who), at.parse(), act) {
                        summary.deeds.push(Deed { who, at, act });
                    }
                }
                ["a", who, at, came, kind] => {
                    if let (Some(who), Ok(at), Ok(came), Some(kind)) =
                        (person(who), at.parse(), came.parse(), Kind::parse(kind))
                    {
                        let (who, name) = who.unwrap_or_default();
                        summary.alerts.push(Notice { alert: Alert { kind, who, at }, name, came });
                    }
                }
                _ => {}
            }
        }
        summary
    }
}

/// All that is told of what happened, with since when this device knows of it: since it was first kept.
pub(crate) fn notices(happened: &Happened, before: &Summary, now: u64) -> Vec<Notice> {
    // Whoever gave an e-mail address since then has another name among people, so what is the same is told by when it was.
    let known: BTreeMap<(Kind, u64), u64> =
        before.alerts.iter().map(|it| ((it.alert.kind, it.alert.at), it.came)).collect();
    // What is older than a full list has was in it once.
    let is_full = before.alerts.len() >= ALERTS_MAX;
    let kept = before.alerts.iter().filter(|it| can_be_muted(it.alert.kind)).map(|it| it.alert.at);
    let oldest = kept.min().filter(|_| is_full).unwrap_or_default();
    let notice = |alert: &Alert| {
        let came = match alert.kind {
            // Nobody brings it, so it is known from when it is.
            Kind::WentQuiet => alert.at,
            kind if can_be_muted(kind) && alert.at < oldest => alert.at,
            kind => known.get(&(kind, alert.at)).copied().unwrap_or(now),
        };
        let name = happened.names.get(&alert.who).cloned().unwrap_or_default();
        Notice { alert: alert.clone(), name, came }
    };
    happened.alerts.iter().map(notice).collect()
}

/// Under what the store keeps it.
pub(crate) fn activity_name(room: RoomId) -> String {
    format!("handsel/activity/{room}")
}
