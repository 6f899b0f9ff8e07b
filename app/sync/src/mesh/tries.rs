//! How often connecting to a peer has failed. The first attempts follow each other quickly, since most failures pass;
//! where two browsers cannot reach each other at all, they stop trying all the time.

use std::collections::BTreeMap;

/// How long the first attempt may take, in milliseconds.
const PATIENCE: u64 = 3_000;
/// Pauses after the first failures, in milliseconds; the last one stays.
const PAUSES: [u64; 4] = [0, 2_000, 8_000, 30_000];
/// A peer that was there is offered another connection after as many failures; later ones wait until it announces itself.
const OFFERS: usize = 6;
/// Of so many peers it is remembered.
const PEERS_MAX: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Tries(BTreeMap<String, Failed>);

#[derive(Debug, Default)]
struct Failed {
    times: usize,
    not_before: u64,
    /// It is to be offered a connection then, by this server.
    offer_by: Option<u32>,
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

    /// Which peer is to be offered a connection by which server, if it is time.
    pub(super) fn due(&mut self, now: u64) -> Option<(String, u32)> {
        let mut due = self.0.iter_mut().filter(|(_, failed)| failed.not_before <= now);
        due.find_map(|(peer, failed)| Some((peer.clone(), failed.offer_by.take()?)))
    }

    /// When the next is due.
    pub(super) fn wakes_at(&self) -> Option<u64> {
        let offers = self.0.values().filter(|failed| failed.offer_by.is_some());
        offers.map(|failed| failed.not_before).min()
    }

    /// An attempt failed; answers when the next may begin. With a server, the peer is then offered one.
    pub(super) fn failed(&mut self, peer: &str, offer_by: Option<u32>, now: u64) -> u64 {
        if self.0.len() >= PEERS_MAX && !self.0.contains_key(peer) {
            self.0.clear();
        }
        let failed = self.0.entry(peer.to_owned()).or_default();
        let pause = PAUSES[failed.times.min(PAUSES.len() - 1)];
        failed.times += 1;
        failed.not_before = now + pause;
        failed.offer_by = offer_by.filter(|_| failed.times <= OFFERS);
        failed.not_before
    }

    pub(super) fn succeeded(&mut self, peer: &str) {
        self.0.remove(peer);
    }
}
