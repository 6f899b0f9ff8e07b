//! What a seller is told of by itself: that somebody opened the room, came back, studied the price, that it has gone quiet.
//!
//! All of it follows from the story of the room and from what time it is, so whoever asks twice is told the same, and what comes
//! late stands where it belongs.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    engagement::{Act, quiet_from_by},
    record::Part,
    story::{Story, Visit},
};

#[cfg(test)]
mod tests;

/// So long on the price in one visit, active, in milliseconds, is studying it: a minute is more than finding the sum takes.
pub const PRICE_STUDIED_MS: u64 = 60_000;

/// So long in one visit, active, in milliseconds, is a long read: ten minutes are some 2,400 words, most proposals whole.
pub const LONG_READ_MS: u64 = 10 * 60_000;

/// What follows the one before by no more than this, in milliseconds, is told in one line with it.
pub const BURST_MS: u64 = 60 * 60_000;

/// From this index on a room is hot: at a half-life of a week, as if two people had come anew, or one had accepted.
pub const HOT: f64 = 60.0;

/// From this index on a room is warm: as if somebody had come today, opened the price and read two sections.
pub const WARM: f64 = 25.0;

/// What a seller is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody opened the room who was the first to do so.
    FirstOpen,
    /// Somebody came back, and nobody had been there for longer than is usual.
    Returned,
    /// Somebody came who was not there before, also by a link that another passed on.
    NewPerson,
    /// Somebody was on the price for [`PRICE_STUDIED_MS`] or longer in one visit.
    PriceStudied,
    /// Somebody was active for [`LONG_READ_MS`] or longer in one visit.
    LongRead,
    /// Somebody asked something.
    Question,
    /// Somebody said something.
    Commented,
    /// Somebody confirmed a step of the plan.
    StepConfirmed,
    /// Nobody has been there for longer than is usual. It is nobody's, so it has no name.
    WentQuiet,
    /// Somebody accepted what was sealed.
    Accepted,
    /// Somebody declined what was sealed.
    Declined,
}

impl Kind {
    /// All there are.
    pub const ALL: [Self; 11] = [
        Self::FirstOpen,
        Self::Returned,
        Self::NewPerson,
        Self::PriceStudied,
        Self::LongRead,
        Self::Question,
        Self::Commented,
        Self::StepConfirmed,
        Self::WentQuiet,
        Self::Accepted,
        Self::Declined,
    ];

    /// The name by which it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstOpen => "first-open",
            Self::Returned => "returned",
            Self::NewPerson => "new-person",
            Self::PriceStudied => "price-studied",
            Self::LongRead => "long-read",
            Self::Question => "question",
            Self::Commented => "commented",
            Self::StepConfirmed => "step-confirmed",
            Self::WentQuiet => "went-quiet",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// Reads what [`Kind::name`] gives.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Whether somebody may do without being told this. What was said to a seal is always told: money hangs on it.
pub fn can_be_muted(kind: Kind) -> bool {
    !matches!(kind, Kind::Accepted | Kind::Declined)
}

/// Something that a seller is told.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alert {
    /// What.
    pub kind: Kind,
    /// Of whom: one name for all devices of a person. Empty for [`Kind::WentQuiet`].
    pub who: String,
    /// When it was, milliseconds since 1970. What a visit as a whole came to is told at its beginning, which stays the same while
    /// the visit goes on.
    pub at: u64,
}

/// What a seller is told at `now`, in order. `declines` are who declined what was sealed, and when; the story has the rest.
pub fn alerts(story: &Story, declines: &[(String, u64)], now: u64) -> Vec<Alert> {
    let alert = |kind, who: &str, at| Alert { kind, who: who.to_owned(), at };
    let done: Vec<(&str, u64)> =
        done(story).chain(declines.iter().map(|(who, at)| (who.as_str(), *at))).collect();
    let came = came(story, &done);
    let mut all = silences(story, &done, &came, now);
    let first = came.iter().min_by_key(|(who, at)| (**at, **who)).map(|(who, _)| *who);
    all.extend(came.iter().map(|(who, at)| {
        let kind = if first == Some(*who) { Kind::FirstOpen } else { Kind::NewPerson };
        alert(kind, who, *at)
    }));
    for visit in &story.visits {
        let price = visit.parts.iter().find(|(part, _)| *part == Part::Price);
        if price.is_some_and(|(_, active)| *active >= PRICE_STUDIED_MS) {
            all.push(alert(Kind::PriceStudied, &visit.who, visit.from));
        }
        if visit.active >= LONG_READ_MS {
            all.push(alert(Kind::LongRead, &visit.who, visit.from));
        }
    }
    for deed in &story.deeds {
        let kind = match deed.act {
            Act::Asked => Kind::Question,
            Act::Commented => Kind::Commented,
            Act::ConfirmedStep => Kind::StepConfirmed,
            Act::Accepted => Kind::Accepted,
            Act::Visited | Act::Read | Act::OpenedPrice | Act::ChosePrice | Act::Downloaded | Act::Joined => {
                continue;
            }
        };
        all.push(alert(kind, &deed.who, deed.at));
    }
    all.extend(declines.iter().map(|(who, at)| alert(Kind::Declined, who, *at)));
    stdx::sort_by(&mut all, |one, other| {
        (one.at, one.kind, &one.who).cmp(&(other.at, other.kind, &other.who))
    });
    all
}

/// What was done in the room itself, so that no visit need tell of it: by whom and when.
fn done(story: &Story) -> impl Iterator<Item = (&str, u64)> {
    let told_by_visits = |act| matches!(act, Act::Visited | Act::Read | Act::OpenedPrice | Act::Downloaded);
    let done = story.deeds.iter().filter(move |deed| !told_by_visits(deed.act));
    done.map(|deed| (deed.who.as_str(), deed.at))
}

/// When everybody was there first, by reading or by doing something.
fn came<'a>(story: &'a Story, done: &[(&'a str, u64)]) -> BTreeMap<&'a str, u64> {
    let mut came: BTreeMap<&str, u64> = BTreeMap::new();
    let visits = story.visits.iter().map(|visit| (visit.who.as_str(), visit.from));
    for (who, at) in visits.chain(done.iter().copied()) {
        let first = came.entry(who).or_insert(at);
        *first = at.min(*first);
    }
    came
}

/// Where the room went quiet until `now`, and who came back then.
fn silences(story: &Story, done: &[(&str, u64)], came: &BTreeMap<&str, u64>, now: u64) -> Vec<Alert> {
    let visits = story.visits.iter().map(|visit| (visit.from, visit.until, Some(visit)));
    let done = done.iter().map(|(_, at)| (*at, *at, None));
    let mut signs: Vec<(u64, u64, Option<&Visit>)> = visits.chain(done).collect();
    // Of the same time the visit comes first, since it is the one that is a return.
    stdx::sort_by_key(&mut signs, |(from, _, visit)| (*from, visit.is_none()));
    let mut all = Vec::new();
    let went = |quiet: u64| Alert { kind: Kind::WentQuiet, who: String::new(), at: quiet };
    // The pauses between the visits so far, the shortest first.
    let mut pauses: Vec<u64> = Vec::new();
    let (mut begun, mut last) = (None, None::<u64>);
    for (from, until, visit) in signs {
        let quiet = last.map(|last| quiet_from_by(&pauses, last)).filter(|quiet| from >= *quiet);
        if let Some(quiet) = quiet {
            all.extend((quiet <= now).then(|| went(quiet)));
            // Whoever comes for the first time does not come back.
            let back = visit.filter(|visit| came.get(visit.who.as_str()).is_some_and(|first| *first < from));
            all.extend(back.map(|visit| Alert { kind: Kind::Returned, who: visit.who.clone(), at: from }));
        }
        last = last.max(Some(until));
        if visit.is_some()
            && let Some(before) = begun.replace(from)
        {
            let pause = from.saturating_sub(before);
            pauses.insert(pauses.partition_point(|it| *it < pause), pause);
        }
    }
    all.extend(last.map(|last| quiet_from_by(&pauses, last)).filter(|quiet| now >= *quiet).map(went));
    all
}

/// Alerts that are told in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<K> {
    /// Of what, such as the room.
    pub key: K,
    /// What was told.
    pub kind: Kind,
    /// Of whom, each once, in the order in which they were told of; without those of no name.
    pub people: Vec<String>,
    /// How many alerts there are.
    pub count: usize,
    /// When the first was, milliseconds since 1970.
    pub first: u64,
    /// When the last was.
    pub last: u64,
}

/// Alerts as lines, the newest line first: those of one key and kind that follow the one before by [`BURST_MS`] or less are one.
/// In what order they come in means nothing.
pub fn digest<K: Clone + Ord>(alerts: &[(K, Alert)]) -> Vec<Line<K>> {
    let mut sorted: Vec<&(K, Alert)> = alerts.iter().collect();
    let place = |(key, alert): &&(K, Alert)| (key.clone(), alert.kind, alert.at, alert.who.clone());
    sorted.sort_by_cached_key(place);
    let mut lines: Vec<Line<K>> = Vec::new();
    // Whom the line that is being made has.
    let mut known = BTreeSet::new();
    for (key, alert) in sorted {
        let goes_on = lines.last().is_some_and(|line| {
            line.key == *key && line.kind == alert.kind && alert.at.saturating_sub(line.last) <= BURST_MS
        });
        if !goes_on {
            known.clear();
            let (key, kind) = (key.clone(), alert.kind);
            lines.push(Line { key, kind, people: Vec::new(), count: 0, first: alert.at, last: alert.at });
        }
        let Some(line) = lines.last_mut() else { continue };
        line.count += 1;
        line.last = alert.at;
        if !alert.who.is_empty() && known.insert(alert.who.as_str()) {
            line.people.push(alert.who.clone());
        }
    }
    // Those of the same time stay in the order of keys and kinds.
    stdx::sort_by_key(&mut lines, |line| std::cmp::Reverse(line.last));
    lines
}

/// How warm a room is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Warmth {
    /// Its index is [`HOT`] or higher.
    Hot,
    /// It is [`WARM`] or higher.
    Warm,
    /// It is lower.
    Cold,
    /// Nobody has been there for longer than is usual, whatever the index.
    Quiet,
}

impl Warmth {
    /// How warm a room of this [`crate::engagement::Engagement::index`] is, in which something happened last at `last` and which
    /// is quiet or not ([`crate::engagement::is_quiet`]); nothing where nobody ever was.
    pub fn of(index: f64, last: Option<u64>, is_quiet: bool) -> Option<Self> {
        last?;
        Some(match index {
            _ if is_quiet => Self::Quiet,
            HOT.. => Self::Hot,
            WARM.. => Self::Warm,
            _ => Self::Cold,
        })
    }
}
