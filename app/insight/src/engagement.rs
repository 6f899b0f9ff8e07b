//! How warm a room is: what its buyers did, newer acts counting more, as one figure with its reasons.

use std::collections::BTreeMap;

/// What somebody of the buying side did. Steps of a process name the same acts as what shows that a step is done.
pub use terms::process::RoomAct as Act;

#[cfg(test)]
mod tests;

/// A day, in milliseconds.
pub const DAY_MS: u64 = 24 * 3_600_000;

/// After so many days an act counts half.
const HALF_LIFE_DAYS: f64 = 7.0;
/// This sum of weights makes an index of 63: 100 · (1 − 1/e).
const SCALE: f64 = 12.0;
/// More visits of one person on one day add nothing.
const VISITS_A_DAY: usize = 5;
/// So many reasons are told.
const REASONS: usize = 5;

/// What one act adds when it is new.
fn weight(act: Act) -> f64 {
    match act {
        Act::Visited | Act::Read | Act::OpenedPrice => 1.0,
        Act::Downloaded => 2.0,
        Act::ChosePrice | Act::Commented | Act::Asked => 3.0,
        Act::ConfirmedStep => 5.0,
        Act::Joined => 6.0,
        Act::Accepted => 20.0,
    }
}

/// An act of somebody at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who did it: one name for all devices of a person.
    pub who: String,
    /// When, milliseconds since 1970.
    pub at: u64,
    /// What was done.
    pub act: Act,
}

/// What acts of one kind add to the index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// What was done.
    pub act: Act,
    /// How often that counted.
    pub count: usize,
    /// What it adds to the sum, newer ones more.
    pub adds: f64,
}

/// How warm a room is.
#[derive(Debug, Clone, PartialEq)]
pub struct Engagement {
    /// From 0, nothing yet, to nearly 100.
    pub index: f64,
    /// What it comes from, the largest first, five at most.
    pub reasons: Vec<Reason>,
}

/// How warm a room is at `now`, by all that its buyers did. `offset` is how far local time is ahead of UTC, in milliseconds:
/// days are the seller's. Deeds of a time to come count as new.
pub fn engagement(deeds: &[Deed], now: u64, offset: i64) -> Engagement {
    let mut visits: BTreeMap<(&str, u64), usize> = BTreeMap::new();
    let mut adds: BTreeMap<Act, (usize, f64)> = BTreeMap::new();
    let mut newest: Vec<&Deed> = deeds.iter().collect();
    stdx::sort_by_key(&mut newest, |deed| std::cmp::Reverse(deed.at));
    for Deed { who, at, act } in newest {
        if *act == Act::Visited {
            let day = at.saturating_add_signed(offset) / DAY_MS;
            let that_day = visits.entry((who, day)).or_default();
            *that_day += 1;
            if *that_day > VISITS_A_DAY {
                continue;
            }
        }
        let age = now.saturating_sub(*at) as f64 / DAY_MS as f64;
        let (count, sum) = adds.entry(*act).or_default();
        *count += 1;
        *sum += weight(*act) * (-age / HALF_LIFE_DAYS).exp2();
    }
    let sum: f64 = adds.values().map(|(_, adds)| adds).sum();
    let mut reasons: Vec<Reason> =
        adds.into_iter().map(|(act, (count, adds))| Reason { act, count, adds }).collect();
    stdx::sort_by(&mut reasons, |one, other| other.adds.total_cmp(&one.adds));
    reasons.truncate(REASONS);
    Engagement { index: 100.0 * (1.0 - (-sum / SCALE).exp()), reasons }
}

/// The sum of what was added that makes this index.
pub fn sum_of(index: f64) -> f64 {
    -SCALE * (1.0 - (index / 100.0).min(1.0 - f64::EPSILON)).ln()
}

/// How long a silence is usual in a room, in days, by when its visits began, in order. Twice the median pause between them, at
/// least 3 days and at most 21; 10 where there are too few visits to tell.
pub fn usual_silence(visits: &[u64]) -> f64 {
    let mut pauses: Vec<u64> = visits.windows(2).map(|two| two[1].saturating_sub(two[0])).collect();
    stdx::sort(&mut pauses);
    usual_by(&pauses)
}

/// The same by the pauses between visits, in milliseconds, the shortest first.
fn usual_by(pauses: &[u64]) -> f64 {
    const TOO_FEW: usize = 2;
    if pauses.len() < TOO_FEW {
        return 10.0;
    }
    let middle = pauses.len() / 2;
    let median = match pauses.len() % 2 {
        0 => (pauses[middle - 1] as f64 + pauses[middle] as f64) / 2.0,
        _ => pauses[middle] as f64,
    };
    (2.0 * median / DAY_MS as f64).clamp(3.0, 21.0)
}

/// From when on a room has gone quiet, milliseconds since 1970, in which something happened last at `last`: the first moment at
/// which [`is_quiet`] is true.
pub fn quiet_from(visits: &[u64], last: u64) -> u64 {
    quiet_after(usual_silence(visits), last)
}

/// The same by the pauses between visits, in milliseconds, the shortest first.
pub(crate) fn quiet_from_by(pauses: &[u64], last: u64) -> u64 {
    quiet_after(usual_by(pauses), last)
}

fn quiet_after(usual: f64, last: u64) -> u64 {
    // Twice a median of whole milliseconds is whole again.
    last.saturating_add((usual * DAY_MS as f64).round() as u64).saturating_add(1)
}

/// Whether a room has gone quiet at `now`: its buyers' last activity is longer ago than is usual there. A room in which nobody
/// ever was has not gone quiet.
pub fn is_quiet(visits: &[u64], last: Option<u64>, now: u64) -> bool {
    last.is_some_and(|last| now.saturating_sub(last) as f64 / DAY_MS as f64 > usual_silence(visits))
}
