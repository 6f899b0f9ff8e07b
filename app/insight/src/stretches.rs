//! Stretches of reading for tests.

use crate::record::{Device, Glance, Part, Record};

pub(crate) const MINUTE: u64 = 60_000;
pub(crate) const START: u64 = 1_798_000_000_000;

/// A stretch of two minutes from so many minutes after the start, in which these parts were read.
pub(crate) fn record(minute: u64, parts: &[(Part, u64)]) -> Record {
    let from = START + minute * MINUTE;
    let glance = |(part, active): &(Part, u64)| Glance { part: part.clone(), active: *active, depth: None };
    Record {
        visit: [1; 8],
        device: Device::Desktop,
        from,
        until: from + 2 * MINUTE,
        active: parts.iter().map(|(_, active)| active).sum(),
        parts: parts.iter().map(glance).collect(),
        acts: Vec::new(),
        attended: Vec::new(),
    }
}
