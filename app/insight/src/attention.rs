//! How long each part of a room was read.
//!
//! A moment is *active* while the page is visible, its window has the keyboard, and somebody used it within [`IDLE_MS`], or
//! something is playing. Active time goes to the parts in sight, each as much as it has of the window's height. All else,
//! however long a page stands open, is no reading.
//!
//! Times are those of a clock that only goes forward, in milliseconds, such as a page's own. A machine that sleeps stops
//! the page with it: so a page says each second that it is alive, and what lies between two signs of life is counted up
//! to [`ALIVE_MS`] at most.

use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// After so long without any use nobody counts as reading.
pub const IDLE_MS: u64 = 90_000;

/// Longer than this between two signs of life, and the page stood still: the machine slept, or the browser froze the tab.
pub const ALIVE_MS: u64 = 2_000;

/// A pause of this length ends a visit.
pub const VISIT_GAP_MS: u64 = 30 * 60_000;

/// So many words are read in a minute: the mean of adults reading English silently, M. Brysbaert, "How many words do we read
/// per minute?", Journal of Memory and Language 109 (2019).
pub const WORDS_A_MINUTE: u64 = 238;

/// What a page meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It can be seen, or cannot.
    Visible(bool),
    /// Its window has the keyboard, or another has.
    Focused(bool),
    /// Somebody moved, pressed, typed, touched or scrolled.
    Used,
    /// A film or a recording plays, or none does any more.
    Playing(bool),
    /// These parts are in sight, by name, each with how many pixels of its height.
    InSight(Vec<(String, u32)>),
    /// So far down a part was in sight, by name, in hundredths of its height.
    Reached(String, u8),
    /// The page is alive. It says so each second.
    Alive,
}

/// Counts the time that parts are read, from what a page meets.
#[derive(Debug, Clone, Default)]
pub struct Attention {
    visible: bool,
    focused: bool,
    playing: bool,
    in_sight: Vec<(String, u32)>,
    /// The last sign of life.
    alive: Option<u64>,
    used: Option<u64>,
    all: Counted,
    /// What of it was counted since it was last taken out.
    fresh: Counted,
}

/// What was counted in a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// How long somebody was active, in milliseconds; also where no part was in sight.
    pub active: u64,
    /// The parts that were read, in the order in which they were read first.
    pub parts: Vec<PartRead>,
    /// How far down parts were in sight, in hundredths of their height; those that nobody read as well.
    depths: BTreeMap<String, u8>,
}

/// How a part was read in a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRead {
    /// Its name.
    pub part: String,
    /// For how long, in milliseconds.
    pub active: u64,
}

impl Counted {
    fn add(&mut self, part: &str, active: u64) {
        match self.parts.iter_mut().find(|it| it.part == part) {
            Some(read) => read.active += active,
            None => self.parts.push(PartRead { part: part.to_owned(), active }),
        }
    }

    fn reach(&mut self, part: &str, depth: u8) {
        let deepest = self.depths.entry(part.to_owned()).or_default();
        *deepest = depth.min(100).max(*deepest);
    }

    /// How far down a part was in sight, in hundredths of its height; none where nobody has said.
    pub fn depth(&self, part: &str) -> Option<u8> {
        self.depths.get(part).copied()
    }
}

impl Attention {
    /// Takes in what happens at `now`. A time before the last one counts as the last one.
    pub fn take(&mut self, now: u64, happening: Happening) {
        let now = self.alive.map_or(now, |alive| now.max(alive));
        self.pass(now);
        match happening {
            Happening::Visible(visible) => self.visible = visible,
            Happening::Focused(focused) => self.focused = focused,
            Happening::Used => self.used = Some(now),
            Happening::Playing(playing) => self.playing = playing,
            Happening::InSight(parts) => {
                self.in_sight = parts.into_iter().filter(|(_, height)| *height > 0).collect();
            }
            Happening::Reached(part, depth) => {
                self.all.reach(&part, depth);
                self.fresh.reach(&part, depth);
            }
            Happening::Alive => {}
        }
        self.alive = Some(now);
    }

    /// Gives what passed until `now` to the parts in sight.
    fn pass(&mut self, now: u64) {
        let Some(since) = self.alive else { return };
        let until = now.min(since.saturating_add(ALIVE_MS));
        let until = match self.used {
            _ if self.playing => until,
            Some(used) => until.min(used.saturating_add(IDLE_MS)),
            None => since,
        };
        let passed = until.saturating_sub(since);
        if !self.visible || !self.focused || passed == 0 {
            return;
        }
        self.all.active += passed;
        self.fresh.active += passed;
        let shares = shares(passed, self.in_sight.iter().map(|(_, height)| *height));
        for ((part, _), share) in self.in_sight.iter().zip(shares) {
            self.all.add(part, share);
            self.fresh.add(part, share);
        }
    }

    /// How long somebody was active in all, in milliseconds; also where no part was in sight.
    pub fn active(&self) -> u64 {
        self.all.active
    }

    /// How long each part was read, in milliseconds, in the order in which they were read first.
    pub fn parts(&self) -> impl Iterator<Item = (&str, u64)> {
        self.all.parts.iter().map(|read| (read.part.as_str(), read.active))
    }

    /// How far down a part was in sight so far, in hundredths of its height; none where nobody has said.
    pub fn depth(&self, part: &str) -> Option<u8> {
        self.all.depth(part)
    }

    /// Takes out what was counted since this was last called. All that was ever taken out, with what is still to be taken,
    /// adds up to [`Attention::active`] and [`Attention::parts`]. What passed since the last happening is not in it: say first
    /// that the page is alive.
    pub fn drain(&mut self) -> Counted {
        std::mem::take(&mut self.fresh)
    }

    /// When somebody last used the page.
    pub fn used(&self) -> Option<u64> {
        self.used
    }
}

/// Splits a time by weights, so that the shares add up to it: what is left over by rounding down goes to the first parts.
fn shares(time: u64, weights: impl Iterator<Item = u32> + Clone) -> Vec<u64> {
    let sum: u64 = weights.clone().map(u64::from).sum();
    if sum == 0 {
        return weights.map(|_| 0).collect();
    }
    let part = |weight: u32| (u128::from(time) * u128::from(weight) / u128::from(sum)) as u64;
    let mut shares: Vec<u64> = weights.map(part).collect();
    let given: u64 = shares.iter().sum();
    // Fewer milliseconds are left than there are parts.
    for share in shares.iter_mut().take((time - given) as usize) {
        *share += 1;
    }
    shares
}

/// What reading a part came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// It was in sight for less than a second.
    Passed,
    /// It was looked at, and not for long enough to have read it.
    Seen,
    /// It was read.
    Read,
}

impl Reading {
    /// What so many active milliseconds on a part with so many words come to. Half the time that reading it whole takes
    /// counts as having read it, at least three seconds and at most a minute.
    pub fn of(active: u64, words: u64) -> Self {
        let half = words.saturating_mul(60_000) / (2 * WORDS_A_MINUTE);
        match active {
            0..1_000 => Self::Passed,
            _ if active < half.clamp(3_000, 60_000) => Self::Seen,
            _ => Self::Read,
        }
    }
}

/// Which visits signs of somebody's activity belong to, as the indices of the first of each: a pause of [`VISIT_GAP_MS`] or
/// more begins another. `times` are in order.
pub fn visits(times: &[u64]) -> Vec<usize> {
    let begins = |at: &usize| {
        at.checked_sub(1).is_none_or(|before| times[*at].saturating_sub(times[before]) >= VISIT_GAP_MS)
    };
    (0..times.len()).filter(begins).collect()
}
