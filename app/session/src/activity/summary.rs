//! What is kept of what happened in a room, for the list of rooms, as a setting of this device's store.
//!
//! All of it but when an alert came follows from the room, so what cannot be read is nothing, and is written anew when the room is
//! opened. The first line has the version, when something happened last and from when on that is a silence; then there is a line
//! for each person, each deed and each alert.

use std::collections::BTreeMap;
use stdx::Gather as _;

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
    /// When something happened last, and from when on the silence since then is longer than usual.
    pub(crate) last: Option<(u64, u64)>,
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
        Self { last: happened.last, deeds, alerts }
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
            stdx::sort_by_key(&mut alerts, |it| it.alert.at);
        }
        let index = engagement(&self.deeds, now, offset).index;
        let last = self.last.map(|(last, _)| last);
        Activity { room, title, alerts, warmth: Warmth::of(index, last, quiet.is_some()), index, last }
    }

    /// As it lies in the store; nothing where nothing happened.
    pub(crate) fn write(&self) -> String {
        let Some((last, quiet_from)) = self.last else { return String::new() };
        let mut names: BTreeMap<&str, &str> = self.deeds.iter().map(|deed| (deed.who.as_str(), "")).gather();
        let told = self.alerts.iter().map(|it| (it.alert.who.as_str(), it.name.as_str()));
        names.extend(told.filter(|(who, _)| !who.is_empty()));
        let places: BTreeMap<&str, usize> = names.keys().enumerate().map(|(at, who)| (*who, at)).gather();
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
        before.alerts.iter().map(|it| ((it.alert.kind, it.alert.at), it.came)).gather();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(kind: Kind, who: &str, at: u64) -> Alert {
        Alert { kind, who: who.into(), at }
    }

    fn notice(kind: Kind, who: &str, name: &str, at: u64, came: u64) -> Notice {
        Notice { alert: alert(kind, who, at), name: name.into(), came }
    }

    fn deed(who: &str, at: u64, act: Act) -> Deed {
        Deed { who: who.into(), at, act }
    }

    #[test]
    fn it_comes_back_as_it_was_written() {
        let summary = Summary {
            last: Some((70, 90)),
            deeds: vec![deed("b", 3, Act::Visited), deed("a b", 5, Act::ConfirmedStep)],
            alerts: vec![
                notice(Kind::FirstOpen, "b", "Inês\nMoreira", 3, 8),
                notice(Kind::Declined, "c", "", 5, 8),
                notice(Kind::WentQuiet, "", "", 90, 90),
            ],
        };
        let text = summary.write();
        let expected = "1 70 90\n\
                        p YSBi \n\
                        p Yg SW7DqnMKTW9yZWlyYQ\n\
                        p Yw \n\
                        d 1 3 visited\n\
                        d 0 5 confirmed\n\
                        a 1 3 8 first-open\n\
                        a 2 5 8 declined\n\
                        a 3 90 90 went-quiet";
        assert_eq!(text, expected, "as it lies on people's disks");
        assert_eq!(Summary::read(&text), summary);
        assert_eq!(Summary::default().write(), "");
        for other in ["", "2 70 90\nd 0 3 visited", "1 70", "nonsense"] {
            assert_eq!(Summary::read(other), Summary::default());
        }
        let partly =
            "1 70 90\nd 0 3 visited\np Yg \np !\nd 0 4 danced\nd 0 x read\nd 0 6 read\na 7 1 2 question\nz";
        let expected = Summary {
            last: Some((70, 90)),
            deeds: vec![deed("b", 6, Act::Read)],
            alerts: vec![notice(Kind::Question, "", "", 1, 2)],
        };
        assert_eq!(Summary::read(partly), expected, "what says nothing is passed over");
    }

    #[test]
    fn every_act_has_a_name() {
        for (act, name) in ACTS {
            assert_eq!(ACTS.iter().filter(|(it, word)| *it == act || *word == name).count(), 1);
        }
        let all = [Act::Visited, Act::Read, Act::OpenedPrice, Act::ChosePrice, Act::Commented, Act::Asked]
            .into_iter()
            .chain([Act::Downloaded, Act::ConfirmedStep, Act::Joined, Act::Accepted]);
        assert!(all.into_iter().all(|act| ACTS.iter().any(|(it, _)| *it == act)));
    }

    #[test]
    fn the_oldest_go_once_there_are_too_many_but_no_answer_to_a_seal() {
        let now = 100 * DAY_MS;
        let deeds = (0..700).map(|nth| deed("a", 9 * DAY_MS + nth * DAY_MS / 7, Act::Visited));
        let mut alerts = vec![alert(Kind::Accepted, "a", 1), alert(Kind::FirstOpen, "a", 2)];
        alerts.extend((0..ALERTS_MAX as u64).map(|nth| alert(Kind::Question, "a", 10 + nth)));
        let happened = Happened {
            story: Story { deeds: deeds.collect(), ..Story::default() },
            last: Some((1, 2)),
            alerts,
            ..Happened::default()
        };
        let summary = Summary::of(&happened, &Summary::default(), now);
        assert_eq!((summary.deeds.len(), summary.alerts.len()), (DEEDS_MAX, ALERTS_MAX));
        assert!(summary.deeds.iter().all(|deed| deed.at >= 10 * DAY_MS));
        assert_eq!(summary.alerts[0].alert, alert(Kind::Accepted, "a", 1));
        assert_eq!(summary.alerts[1].alert, alert(Kind::Question, "a", 11));
        // What fell out is not taken for new.
        let again = notices(&happened, &summary, now + 5);
        assert!(again.iter().all(|it| it.came <= now));
    }
}
