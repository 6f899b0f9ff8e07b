//! What records of reading tell together: who came when, what was read by how many and for how long, and what of it counts as
//! a deed.
//!
//! All of it follows from the set of records, in whatever order they came. Times are those of the devices' clocks, and whose
//! clock goes wrong is shown at wrong times.

use std::collections::{BTreeMap, BTreeSet};

use stdx::Gather as _;

use crate::{
    attention::{Reading, VISIT_GAP_MS},
    engagement::{Act, Deed},
    record::{Attended, Device, Did, Part, Record, What},
};

#[cfg(test)]
mod tests;

/// A record with whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The device that it came from.
    pub device: &'a str,
    /// The person: one name for all of their devices.
    pub who: &'a str,
    /// What it says.
    pub record: &'a Record,
}

/// What happened in a room, as far as its readers' devices told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// All visits, by when they began.
    pub visits: Vec<Visit>,
    /// Everybody who came, by when they came first.
    pub people: Vec<Person>,
    /// The parts that anybody read, the one that was read for the longest time first.
    pub parts: Vec<PartStory>,
    /// The presentations that anybody attended, by when they began. They are no visits and count as no deeds: who reads meanwhile
    /// is told of as always.
    pub meetings: Vec<Meeting>,
    /// What counts towards [`crate::engagement`], by when it was done.
    pub deeds: Vec<Deed>,
    /// When something happened first, milliseconds since 1970.
    pub first: Option<u64>,
    /// When something happened last.
    pub last: Option<u64>,
}

/// A visit of one person, on any of their devices. A pause of [`VISIT_GAP_MS`] or more ends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Whose.
    pub who: String,
    /// The devices, each with what kind it is, in the order in which they were used.
    pub devices: Vec<(String, Device)>,
    /// When it began, milliseconds since 1970.
    pub from: u64,
    /// When it ended.
    pub until: u64,
    /// How long somebody was active in it, in milliseconds.
    pub active: u64,
    /// The parts in the order in which they were read first, each with how long, in milliseconds.
    pub parts: Vec<(Part, u64)>,
    /// What was done, by time.
    pub acts: Vec<Did>,
}

/// Somebody who came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub who: String,
    /// Their devices.
    pub devices: BTreeSet<String>,
    /// How often they came; all but the first are returns.
    pub visits: usize,
    /// How long they were active in all, in milliseconds.
    pub active: u64,
    /// When they came first, milliseconds since 1970.
    pub first: u64,
    /// When they were last there.
    pub last: u64,
}

/// How a part was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartStory {
    /// Which.
    pub part: Part,
    /// For how long by all, in milliseconds.
    pub active: u64,
    /// By whom, the one who read it for the longest time first.
    pub readers: Vec<Reader>,
}

impl PartStory {
    /// How many people came at least so far with it.
    pub fn readers_who(&self, least: Reading) -> usize {
        self.readers.iter().filter(|reader| reader.reading >= least).count()
    }
}

/// How somebody read a part, over all of their visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub who: String,
    /// For how long, in milliseconds.
    pub active: u64,
    /// How far down it was in sight, in hundredths of its height; none where no record says.
    pub depth: Option<u8>,
    /// In how many visits; all but the first are returns.
    pub visits: usize,
    /// What it came to.
    pub reading: Reading,
}

/// A presentation of the room, as far as those who attended it told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Who presented, by the key of their device.
    pub by: [u8; 32],
    /// When it began, by the presenter's clock, milliseconds since 1970.
    pub since: u64,
    /// Who attended, by name.
    pub people: Vec<Attendee>,
}

/// Somebody who attended a presentation, on any of their devices. What these tell is added up, also where two were there at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub who: String,
    /// Since when, by their device's clock, milliseconds since 1970.
    pub from: u64,
    /// Until when.
    pub until: u64,
    /// What was shown to them: each part once, in the order in which it was shown first.
    pub parts: Vec<Attended>,
}

impl Attendee {
    /// For how long they attended, in milliseconds.
    pub fn shown(&self) -> u64 {
        sum(self.parts.iter().map(|it| it.shown))
    }

    /// For how long of that they followed, in milliseconds.
    pub fn followed(&self) -> u64 {
        sum(self.parts.iter().map(|it| it.followed))
    }
}

/// What the records tell, with the deeds that are known from elsewhere: comments, choices, confirmations, acceptances.
/// `words` says how many words a part has.
pub fn story(told: &[Told<'_>], others: &[Deed], words: impl Fn(&Part) -> u64) -> Story {
    let mut by_person: BTreeMap<&str, Vec<Told<'_>>> = BTreeMap::new();
    for one in told.iter().filter(|one| !one.record.is_of_presentations()) {
        by_person.entry(one.who).or_default().push(*one);
    }
    let (mut visits, mut people, mut deeds) = (Vec::new(), Vec::new(), others.to_vec());
    let mut readers: BTreeMap<Part, Vec<Reader>> = BTreeMap::new();
    for (who, mut theirs) in by_person {
        stdx::sort_by(&mut theirs, |one, other| (one.record, one.device).cmp(&(other.record, other.device)));
        stdx::sort_by_key(&mut theirs, |one| (one.record.from, one.record.until));
        let visited: Vec<(Visit, Vec<Told<'_>>)> =
            in_visits(&theirs).into_iter().map(|records| (visit(who, &records), records)).collect();
        people.extend(person(who, &theirs, visited.len()));
        for (part, reader) in parts_of(who, &visited, &words) {
            readers.entry(part).or_default().push(reader);
        }
        for (visit, records) in visited {
            deeds.extend(deeds_of(&visit, &records, &words));
            visits.push(visit);
        }
    }
    deeds.extend(arrivals(&people, &deeds));
    stdx::sort_by(&mut deeds, |one, other| {
        (one.at, &one.who, one.act).cmp(&(other.at, &other.who, other.act))
    });
    stdx::sort_by(&mut visits, |one, other| (one.from, &one.who).cmp(&(other.from, &other.who)));
    stdx::sort_by(&mut people, |one, other| (one.first, &one.who).cmp(&(other.first, &other.who)));
    let ends = visits.iter().map(|visit| (visit.from, visit.until));
    let ends: Vec<(u64, u64)> = ends.chain(others.iter().map(|deed| (deed.at, deed.at))).collect();
    Story {
        first: ends.iter().map(|(from, _)| *from).min(),
        last: ends.iter().map(|(_, until)| *until).max(),
        visits,
        people,
        parts: parts(readers),
        meetings: meetings(told),
        deeds,
    }
}

/// Records of one person, in order, as those of each visit.
fn in_visits<'a>(records: &[Told<'a>]) -> Vec<Vec<Told<'a>>> {
    let mut visits: Vec<Vec<Told<'a>>> = Vec::new();
    let mut until = 0;
    for one in records {
        match visits.last_mut() {
            Some(last) if one.record.from.saturating_sub(until) < VISIT_GAP_MS => last.push(*one),
            _ => visits.push(Vec::from([*one])),
        }
        until = until.max(one.record.until);
    }
    visits
}

/// One visit from its records, in order.
fn visit(who: &str, records: &[Told<'_>]) -> Visit {
    let mut visit = Visit {
        who: who.to_owned(),
        devices: Vec::new(),
        from: records.iter().map(|one| one.record.from).min().unwrap_or_default(),
        until: records.iter().map(|one| one.record.until).max().unwrap_or_default(),
        active: sum(records.iter().map(|one| one.record.active)),
        parts: Vec::new(),
        acts: records.iter().flat_map(|one| one.record.acts.iter().cloned()).collect(),
    };
    stdx::sort_by_key(&mut visit.acts, |did| did.at);
    for Told { device, record, .. } in records {
        let device = ((*device).to_owned(), record.device);
        if !visit.devices.contains(&device) {
            visit.devices.push(device);
        }
        for glance in &record.parts {
            match visit.parts.iter_mut().find(|(part, _)| *part == glance.part) {
                Some((_, active)) => *active = active.saturating_add(glance.active),
                None => visit.parts.push((glance.part.clone(), glance.active)),
            }
        }
    }
    visit
}

/// What all records of somebody say of them; nothing without a record.
fn person(who: &str, records: &[Told<'_>], visits: usize) -> Option<Person> {
    Some(Person {
        who: who.to_owned(),
        devices: records.iter().map(|one| one.device.to_owned()).collect(),
        visits,
        active: sum(records.iter().map(|one| one.record.active)),
        first: records.iter().map(|one| one.record.from).min()?,
        last: records.iter().map(|one| one.record.until).max()?,
    })
}

/// How somebody read each part, over all of their visits.
fn parts_of(
    who: &str,
    visits: &[(Visit, Vec<Told<'_>>)],
    words: &impl Fn(&Part) -> u64,
) -> BTreeMap<Part, Reader> {
    let mut readers: BTreeMap<Part, Reader> = BTreeMap::new();
    for (part, active) in visits.iter().flat_map(|(visit, _)| &visit.parts) {
        let reader = readers.entry(part.clone()).or_insert_with(|| Reader {
            who: who.to_owned(),
            active: 0,
            depth: None,
            visits: 0,
            reading: Reading::Passed,
        });
        reader.active = reader.active.saturating_add(*active);
        reader.visits += 1;
    }
    for glance in visits.iter().flat_map(|(_, records)| records).flat_map(|one| &one.record.parts) {
        if let Some(reader) = readers.get_mut(&glance.part) {
            reader.depth = reader.depth.max(glance.depth);
        }
    }
    for (part, reader) in &mut readers {
        reader.reading = Reading::of(reader.active, words(part));
    }
    readers
}

/// What counts of a visit: that it was, what was read in it, that the price was opened, what was taken along.
fn deeds_of(visit: &Visit, records: &[Told<'_>], words: &impl Fn(&Part) -> u64) -> Vec<Deed> {
    let deed = |at, act| Deed { who: visit.who.clone(), at, act };
    let mut deeds = Vec::from([deed(visit.from, Act::Visited)]);
    let mut so_far: BTreeMap<&Part, u64> = BTreeMap::new();
    for Told { record, .. } in records {
        for glance in &record.parts {
            let before = so_far.entry(&glance.part).or_default();
            let after = before.saturating_add(glance.active);
            let words = words(&glance.part);
            let (was, is) = (Reading::of(*before, words), Reading::of(after, words));
            *before = after;
            let (reaches, act) = match glance.part {
                Part::Section(_) | Part::Page { .. } => (Reading::Read, Act::Read),
                Part::Price => (Reading::Seen, Act::OpenedPrice),
                _ => continue,
            };
            // Once in a visit, with the stretch in which it came so far.
            if was < reaches && is >= reaches {
                deeds.push(deed(record.until, act));
            }
        }
    }
    let taken = visit.acts.iter().filter(|did| did.what == What::Downloaded);
    deeds.extend(taken.map(|did| deed(did.at, Act::Downloaded)));
    deeds
}

/// That somebody came who was not there before: everybody once, whom nobody has announced, but for the first of all, for whom
/// the room was made.
fn arrivals(people: &[Person], deeds: &[Deed]) -> Vec<Deed> {
    let mut came: BTreeMap<&str, u64> = people.iter().map(|it| (it.who.as_str(), it.first)).gather();
    for deed in deeds {
        let first = came.entry(&deed.who).or_insert(deed.at);
        *first = deed.at.min(*first);
    }
    if let Some(first) = came.iter().min_by_key(|(who, at)| (**at, **who)).map(|(who, _)| *who) {
        came.remove(first);
    }
    for deed in deeds.iter().filter(|deed| deed.act == Act::Joined) {
        came.remove(deed.who.as_str());
    }
    came.into_iter().map(|(who, at)| Deed { who: who.to_owned(), at, act: Act::Joined }).collect()
}

/// The presentations that were attended, by when they began and whose they are.
fn meetings(told: &[Told<'_>]) -> Vec<Meeting> {
    let mut ordered: Vec<&Told<'_>> = told.iter().filter(|one| !one.record.attended.is_empty()).collect();
    stdx::sort_by(&mut ordered, |one, other| {
        (one.record.from, one.who, one.record, one.device).cmp(&(
            other.record.from,
            other.who,
            other.record,
            other.device,
        ))
    });
    let mut meetings: Vec<Meeting> = Vec::new();
    for Told { who, record, .. } in ordered {
        for one in &record.attended {
            let at = meetings.iter().position(|it| it.since == one.since && it.by == one.by);
            let at = at.unwrap_or_else(|| {
                meetings.push(Meeting { by: one.by, since: one.since, people: Vec::new() });
                meetings.len() - 1
            });
            let people = &mut meetings[at].people;
            match people.iter_mut().find(|it| it.who == *who) {
                Some(known) => {
                    known.until = known.until.max(record.until);
                    one.add_to(&mut known.parts);
                }
                None => people.push(Attendee {
                    who: (*who).to_owned(),
                    from: record.from,
                    until: record.until,
                    parts: Vec::from([one.clone()]),
                }),
            }
        }
    }
    for meeting in &mut meetings {
        stdx::sort_by(&mut meeting.people, |one, other| one.who.cmp(&other.who));
    }
    stdx::sort_by_key(&mut meetings, |meeting| (meeting.since, meeting.by));
    meetings
}

fn parts(readers: BTreeMap<Part, Vec<Reader>>) -> Vec<PartStory> {
    let mut parts: Vec<PartStory> = Vec::new();
    for (part, mut readers) in readers {
        stdx::sort_by(&mut readers, |one, other| (other.active, &one.who).cmp(&(one.active, &other.who)));
        let active = sum(readers.iter().map(|reader| reader.active));
        parts.push(PartStory { part, active, readers });
    }
    // Those of the same time stay in the order of parts.
    stdx::sort_by_key(&mut parts, |part| std::cmp::Reverse(part.active));
    parts
}

/// What strangers claim to have read may be more than there are numbers.
fn sum(times: impl Iterator<Item = u64>) -> u64 {
    times.fold(0, u64::saturating_add)
}
