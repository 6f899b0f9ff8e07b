//! What a device notes of how its person reads a room.
//!
//! A [`Record`] is a stretch of a visit: the parts that were read in it, what was done that no document of the room tells, and
//! what of presentations was attended.
//! Comments, choices, confirmations and signatures are in the room themselves, so they are not noted.

use crate::attention::Counted;

#[cfg(test)]
mod tests;

/// A part of a room that is read by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The first page.
    Overview,
    /// A section of the text, by its name.
    Section(String),
    /// The price.
    Price,
    /// The plan.
    Plan,
    /// The list of files.
    Files,
    /// A page of a file.
    Page {
        /// The file, by the name of its version.
        file: String,
        /// Which page, from 1.
        number: u64,
    },
    /// What is sealed, for signing.
    Signing,
}

impl Part {
    /// The name by which [`crate::attention`] counts it.
    pub fn name(&self) -> String {
        match self {
            Self::Overview => "overview".to_owned(),
            Self::Section(section) => format!("section/{section}"),
            Self::Price => "price".to_owned(),
            Self::Plan => "plan".to_owned(),
            Self::Files => "files".to_owned(),
            Self::Page { file, number } => format!("page/{number}/{file}"),
            Self::Signing => "signing".to_owned(),
        }
    }

    /// Reads what [`Part::name`] gives.
    pub fn parse(name: &str) -> Option<Self> {
        match name.split_once('/') {
            None => match name {
                "overview" => Some(Self::Overview),
                "price" => Some(Self::Price),
                "plan" => Some(Self::Plan),
                "files" => Some(Self::Files),
                "signing" => Some(Self::Signing),
                _ => None,
            },
            Some(("section", section)) if !section.is_empty() => Some(Self::Section(section.to_owned())),
            Some(("page", page)) => {
                let (number, file) = page.split_once('/')?;
                // A number has one way to be written.
                let number = number.parse().ok().filter(|parsed: &u64| parsed.to_string() == number)?;
                (!file.is_empty()).then(|| Self::Page { file: file.to_owned(), number })
            }
            Some(_) => None,
        }
    }
}

/// What kind of device somebody reads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Device {
    /// With a keyboard and a pointer.
    Desktop,
    /// Held in one hand.
    Phone,
    /// Held in two.
    Tablet,
}

/// What somebody does with a part besides reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// Took it along as a file.
    Downloaded,
    /// Printed it.
    Printed,
    /// Copied it, such as the price.
    Copied,
    /// Played it: a film, a recording.
    Played,
}

/// Something that was done with a part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Did {
    /// What.
    pub what: What,
    /// With which part.
    pub part: Part,
    /// When, by the device's clock, milliseconds since 1970.
    pub at: u64,
}

/// How a part was read in a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Glance {
    /// Which.
    pub part: Part,
    /// For how long, in milliseconds.
    pub active: u64,
    /// How far down it was in sight, in hundredths of its height; none where that means nothing, as for a page.
    pub depth: Option<u8>,
}

/// How long a presentation of the room showed a part in a stretch, and how long of that it was followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Attended {
    /// Who presented, by the key of their device.
    pub by: [u8; 32],
    /// When they began, by their device's clock, milliseconds since 1970. With whose it is, it names a presentation.
    pub since: u64,
    /// Which part was shown.
    pub part: Part,
    /// For how long it was shown while this device attended, in milliseconds.
    pub shown: u64,
    /// For how long of that it was followed, in milliseconds: not while somebody looked around, or had another page in sight.
    pub followed: u64,
}

impl Attended {
    /// Adds it to what is known of presentations: of each and each part there is one.
    pub fn add_to(&self, all: &mut Vec<Self>) {
        let names = |it: &Self| it.by == self.by && it.since == self.since && it.part == self.part;
        match all.iter_mut().find(|it| names(it)) {
            Some(known) => {
                known.shown = known.shown.saturating_add(self.shown);
                known.followed = known.followed.saturating_add(self.followed);
            }
            None => all.push(self.clone()),
        }
    }
}

/// A stretch of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Record {
    /// The visit of which it is a part: random, one for all stretches of it on a device.
    pub visit: [u8; 8],
    /// On what it was read.
    pub device: Device,
    /// When it began, by the device's clock, milliseconds since 1970.
    pub from: u64,
    /// When it ended, by the same clock.
    pub until: u64,
    /// How long somebody was active, in milliseconds; also where no part was in sight.
    pub active: u64,
    /// The parts that were read, in the order in which they were read first.
    pub parts: Vec<Glance>,
    /// What was done, in order.
    pub acts: Vec<Did>,
    /// What of presentations was attended, in the order in which it was shown first.
    pub attended: Vec<Attended>,
}

impl Record {
    /// The stretch of `visit` from `from` until `until` in which this was counted and done. Parts whose names say nothing
    /// count as active time alone. None where nobody was active and nothing was done.
    pub fn of(
        visit: [u8; 8],
        device: Device,
        (from, until): (u64, u64),
        counted: &Counted,
        acts: Vec<Did>,
    ) -> Option<Self> {
        let glance = |read: &crate::attention::PartRead| {
            let part = Part::parse(&read.part)?;
            Some(Glance { part, active: read.active, depth: counted.depth(&read.part) })
        };
        let parts = counted.parts.iter().filter_map(glance).collect();
        let (until, active, attended) = (until.max(from), counted.active, Vec::new());
        let record = Self { visit, device, from, until, active, parts, acts, attended };
        (record.active > 0 || !record.acts.is_empty()).then_some(record)
    }

    /// That presentations were attended from `from` until `until`, and nothing else; none where none was. How their parts were
    /// read meanwhile is in other records.
    pub fn of_presentations(
        visit: [u8; 8],
        device: Device,
        (from, until): (u64, u64),
        attended: Vec<Attended>,
    ) -> Option<Self> {
        let (parts, acts) = (Vec::new(), Vec::new());
        let until = until.max(from);
        (!attended.is_empty()).then_some(Self {
            visit,
            device,
            from,
            until,
            active: 0,
            parts,
            acts,
            attended,
        })
    }

    /// Whether it says only that presentations were attended: then it is no visit.
    pub fn is_of_presentations(&self) -> bool {
        !self.attended.is_empty() && self.active == 0 && self.parts.is_empty() && self.acts.is_empty()
    }

    /// The same stretch with one that came after it, as one.
    pub fn with(mut self, later: &Self) -> Self {
        self.until = self.until.max(later.until);
        self.active = self.active.saturating_add(later.active);
        for glance in &later.parts {
            match self.parts.iter_mut().find(|it| it.part == glance.part) {
                Some(known) => {
                    known.active = known.active.saturating_add(glance.active);
                    known.depth = known.depth.max(glance.depth);
                }
                None => self.parts.push(glance.clone()),
            }
        }
        self.acts.extend(later.acts.iter().cloned());
        later.attended.iter().for_each(|one| one.add_to(&mut self.attended));
        self
    }

    /// The same as two records, which together say what this one does; none where there is only one thing to say.
    pub fn halves(&self) -> Option<(Self, Self)> {
        let (parts, acts) = (self.parts.len().div_ceil(2), self.acts.len().div_ceil(2));
        let attended = self.attended.len().div_ceil(2);
        let mut second = Self {
            parts: self.parts[parts..].to_vec(),
            acts: self.acts[acts..].to_vec(),
            attended: self.attended[attended..].to_vec(),
            ..self.clone()
        };
        if second.parts.is_empty() && second.acts.is_empty() && second.attended.is_empty() {
            return None;
        }
        // What was active without a part stays with the first.
        second.active =
            second.parts.iter().fold(0u64, |sum, it| sum.saturating_add(it.active)).min(self.active);
        let mut first = Self { active: self.active - second.active, ..self.clone() };
        first.parts.truncate(parts);
        first.acts.truncate(acts);
        first.attended.truncate(attended);
        Some((first, second))
    }
}
