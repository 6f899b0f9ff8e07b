//! What this copy asked others for, and how often they ask.

use std::collections::{BTreeMap, BTreeSet};

use model::{BlobHash, limits};
use sync::mesh::Loan;
use sync::roads::News;

/// So often one browser may ask within [`WITHIN`]; what it asks beyond that is passed over, and it asks again.
const ASKED_MAX: usize = 16;
/// In milliseconds.
const WITHIN: u64 = 1_000;

#[derive(Default)]
pub(crate) struct Loans {
    wanted: BTreeSet<BlobHash>,
    /// When each browser asked lately.
    asked: BTreeMap<String, Vec<u64>>,
}

impl Loans {
    /// This copy asks somebody for a blob.
    pub(crate) fn want(&mut self, hash: BlobHash) {
        self.wanted.insert(hash);
    }

    /// What a browser said. Nobody gives what was not asked for.
    pub(crate) fn heard(&mut self, peer: String, message: &[u8], now: u64) -> Option<News> {
        match Loan::read(message).ok()? {
            Loan::Want(hash) => {
                self.asked.retain(|_, times| {
                    times.retain(|at| now < at + WITHIN);
                    !times.is_empty()
                });
                let times = self.asked.entry(peer.clone()).or_default();
                if times.len() >= ASKED_MAX {
                    return None;
                }
                times.push(now);
                Some(News::Wanted(peer, hash))
            }
            Loan::Lend(hash, sealed) => {
                let is_wanted = sealed.len() <= limits::BLOB_MAX + 64 && self.wanted.remove(&hash);
                is_wanted.then(|| News::Blob(hash, sealed.to_vec()))
            }
            Loan::Lacks(hash) => self.wanted.remove(&hash).then_some(News::Lacks(hash)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: BlobHash = BlobHash([7; 32]);

    #[test]
    fn what_was_not_asked_for_is_not_taken_and_nobody_asks_too_often() {
        let mut loans = Loans::default();
        let lend = Loan::Lend(HASH, b"sealed").write();
        assert_eq!(loans.heard("p".into(), &lend, 0), None);
        loans.want(HASH);
        assert_eq!(loans.heard("p".into(), &lend, 0), Some(News::Blob(HASH, b"sealed".to_vec())));
        assert_eq!(loans.heard("p".into(), &lend, 0), None, "once");
        assert_eq!(loans.heard("p".into(), &[1, 2], 0), None);
        let want = Loan::Want(HASH).write();
        let answered = |loans: &mut Loans, peer: &str, now| {
            (0..40).filter(|_| loans.heard(peer.into(), &want, now).is_some()).count()
        };
        assert_eq!(answered(&mut loans, "p", 5), ASKED_MAX);
        assert_eq!(answered(&mut loans, "q", 5), ASKED_MAX, "each for itself");
        assert_eq!(answered(&mut loans, "p", 5 + WITHIN), ASKED_MAX);
    }
}
