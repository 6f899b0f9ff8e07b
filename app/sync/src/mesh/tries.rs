//! How often connecting to a peer has failed. The first attempts follow each other quickly, since most failures pass;
//! where two browsers cannot reach each other at all, they stop trying all the time.

use std::collections::BTreeMap;

/// How long the first attempt may take, in milliseconds.
const PATIENCE: u64 = 3_000;
/// Pauses after the first failures, in milliseconds; the last one stays.
const PAUSES: [u64; 4] = [0, 2_000, 8_000, 30_000];
/// Of so many peers it is remembered.
const PEERS_MAX: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Tries(BTreeMap<String, Failed>);

#[derive(Debug, Default)]
struct Failed {
    times: usize,
    not_before: u64,
}

impl Tries {
    /// How long the next attempt may take: longer after each that failed, as for slow networks.
    pub(super) fn patience(&self, peer: &str) -> u64 {
        PATIENCE << self.0.get(peer).map_or(0, |failed| failed.times.min(2))
    }

    /// When the next attempt may begin.
    pub(super) fn not_before(&self, peer: &str) -> Option<u64> {
        self.0.get(peer).map(|failed| failed.not_before)
    }

    /// An attempt failed; answers when the next may begin.
    pub(super) fn failed(&mut self, peer: &str, now: u64) -> u64 {
        if self.0.len() >= PEERS_MAX && !self.0.contains_key(peer) {
            self.0.clear();
        }
        let failed = self.0.entry(peer.to_owned()).or_default();
        let pause = PAUSES[failed.times.min(PAUSES.len() - 1)];
        failed.times += 1;
        failed.not_before = now + pause;
        failed.not_before
    }

    pub(super) fn succeeded(&mut self, peer: &str) {
        self.0.remove(peer);
    }
}
