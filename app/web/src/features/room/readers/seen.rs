//! What is looked at: the records of a time, and what they come to.

use insight::{
    engagement::{DAY_MS, Engagement, engagement, is_quiet},
    record::{Part, Record},
    story::{Person, Story, Told, story},
};
use session::{Reading, Readings};

use super::{OpenRoom, copy};
use crate::features::room::part_names::PartNames;

/// How long ago what is looked at began at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// The last week.
    Week,
    /// The last three.
    ThreeWeeks,
    /// Since ever.
    All,
}

impl Span {
    pub(super) const ALL: [Self; 3] = [Self::Week, Self::ThreeWeeks, Self::All];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Week => "7",
            Self::ThreeWeeks => "21",
            Self::All => "all",
        }
    }

    pub(super) fn parse(id: &str) -> Self {
        Self::ALL.into_iter().find(|span| span.id() == id).unwrap_or(Self::All)
    }

    fn begins(self, now: u64) -> u64 {
        match self {
            Self::Week => now.saturating_sub(7 * DAY_MS),
            Self::ThreeWeeks => now.saturating_sub(21 * DAY_MS),
            Self::All => 0,
        }
    }
}

/// Somebody who read, with all that is known of who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reader {
    /// The person, as [`Story`] names them.
    pub(super) who: String,
    /// What they are called.
    pub(super) name: String,
    /// The key of one of their devices.
    pub(super) device: String,
    /// By which links they came, by whom these were made for.
    pub(super) by: Vec<String>,
    /// When the newest of it was first here, milliseconds since 1970.
    pub(super) received: Option<u64>,
    /// Whether none of their devices came by a link that was given out from here: it is listed, and counts nowhere.
    pub(super) is_unknown: bool,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    /// Everybody, also those who did not read in the time that is looked at; whoever came first, first.
    pub(super) readers: Vec<Reader>,
    /// All records of that time, with whose they are.
    pub(super) records: Vec<(String, Record)>,
    /// What they tell.
    pub(super) story: Story,
    /// Everybody who ever came, whatever time is looked at.
    pub(super) people: Vec<Person>,
    /// How warm each of them is now, by whom, as of [`Seen::now`].
    pub(super) indexes: Vec<(String, f64)>,
    /// How warm the room is now, whatever time is looked at.
    pub(super) warmth: Engagement,
    /// And a week ago.
    pub(super) before: f64,
    /// Whether it is silent for longer than is usual in it, and since when.
    pub(super) quiet_since: Option<u64>,
    /// What the parts are called.
    pub(super) names: PartNames,
    /// When this was looked at.
    pub(super) now: u64,
}

impl Seen {
    pub(super) fn of(room: OpenRoom, readings: Readings, span: Span, now: u64) -> Self {
        let names = PartNames::of(room);
        let words = |part: &Part| names.words(part);
        let others = room.get().deeds();
        let readers = readers(&readings.of);
        let counts = |who: &str| readers.iter().any(|reader| reader.who == who && !reader.is_unknown);
        let all: Vec<(&Reading, &Record)> = readings
            .of
            .iter()
            .filter(|of| counts(&of.who))
            .flat_map(|of| of.records.iter().map(move |record| (of, record)))
            .collect();
        let told = |(of, record): &(&'_ Reading, &'_ Record)| {
            (of.author.to_string(), of.who.clone(), (*record).clone())
        };
        let owned: Vec<(String, String, Record)> = all.iter().map(told).collect();
        let as_told = |since: u64| -> Vec<Told<'_>> {
            let lately = owned.iter().filter(move |(.., record)| record.until >= since);
            lately.map(|(device, who, record)| Told { device, who, record }).collect()
        };
        let whole = story(&as_told(0), &others, words);
        let begins = span.begins(now);
        let story = match begins {
            0 => whole.clone(),
            since => {
                let lately: Vec<_> = others.iter().filter(|deed| deed.at >= since).cloned().collect();
                story(&as_told(since), &lately, words)
            }
        };
        let offset = browser::clock::offset_ms();
        let week_ago = now.saturating_sub(7 * DAY_MS);
        let then: Vec<_> = whole.deeds.iter().filter(|deed| deed.at <= week_ago).cloned().collect();
        let begun: Vec<u64> = whole.visits.iter().map(|visit| visit.from).collect();
        let index = |person: &Person| {
            let own: Vec<_> = whole.deeds.iter().filter(|deed| deed.who == person.who).cloned().collect();
            (person.who.clone(), engagement(&own, now, offset).index)
        };
        let records = owned.iter().filter(|(.., record)| record.until >= begins);
        Self {
            records: records.map(|(_, who, record)| (who.clone(), record.clone())).collect(),
            warmth: engagement(&whole.deeds, now, offset),
            before: engagement(&then, week_ago, offset).index,
            quiet_since: whole.last.filter(|_| is_quiet(&begun, whole.last, now)),
            indexes: whole.people.iter().map(index).collect(),
            people: whole.people,
            readers,
            story,
            names,
            now,
        }
    }

    /// How warm somebody is by what they did themselves, from 0 to nearly 100.
    pub(super) fn index(&self, who: &str) -> f64 {
        self.indexes.iter().find(|(of, _)| of == who).map_or(0.0, |(_, index)| *index)
    }

    /// What somebody is called.
    pub(super) fn name(&self, who: &str) -> String {
        let reader = self.readers.iter().find(|reader| reader.who == who);
        reader.map_or_else(|| copy::SOMEBODY.to_owned(), |reader| reader.name.clone())
    }
}

/// The people behind devices, whoever came first, first.
fn readers(of: &[Reading]) -> Vec<Reader> {
    let mut first: Vec<&Reading> = of.iter().collect();
    stdx::sort_by_key(&mut first, |of| of.records.first().map(|record| record.from));
    let mut readers: Vec<Reader> = Vec::new();
    for of in first {
        let at = match readers.iter().position(|reader| reader.who == of.who) {
            Some(at) => at,
            None => {
                readers.push(Reader {
                    who: of.who.clone(),
                    name: String::new(),
                    device: of.author.to_string(),
                    by: Vec::new(),
                    received: None,
                    is_unknown: true,
                });
                readers.len() - 1
            }
        };
        let reader = &mut readers[at];
        if reader.name.is_empty() {
            reader.name.clone_from(&of.name);
        }
        if !of.given_to.is_empty() && !reader.by.contains(&of.given_to) {
            reader.by.push(of.given_to.clone());
        }
        reader.received = reader.received.max(of.received);
        reader.is_unknown &= !of.known;
    }
    let mut nameless = 0;
    for reader in &mut readers {
        if reader.name.is_empty() {
            nameless += 1;
            reader.name = copy::nameless(nameless);
        }
    }
    readers
}
