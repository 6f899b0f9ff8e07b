//! Which entries count.
//!
//! An entry counts by what it is itself and by the statements on the roll, never by what whoever receives it has in their
//! documents. So copies that have the same entries and statements agree on what counts, in whatever order these came, and
//! however often.

use std::collections::{BTreeMap, BTreeSet};

use model::{Author, Chain, DocName, EntryHash, Right, RoomId, StoredEntry, limits};

use crate::{
    approval::SignedStatement,
    deal::SignedAct,
    ledger::{Entry, EntryError, SignedEntry},
    roll::{Roll, Said},
};

/// Why an entry does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is a statement or an act that was not signed by whom it needs, or makes no sense.
    #[error(transparent)]
    Statement(#[from] EntryError),
    /// Its author may not write there.
    #[error("its author may not write there")]
    NoRight,
    /// It writes as a client that is not one of its author's.
    #[error("it writes in somebody else's name")]
    OthersClient,
    /// It is a receipt that is larger than one may be, or one more than an author may have, or stands for several.
    #[error("it is more than a receipt may be")]
    NoReceipt,
    /// Its epoch has ended, and it was not part of it then.
    #[error("it came after its epoch had ended")]
    PastCut,
}

impl Refusal {
    /// Whether a statement that is yet to come could let the entry in.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::NoRight | Self::PastCut)
    }
}

/// What an entry is as far as its judgement goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Counts,
    /// The roll does not know its author or its epoch yet.
    Waits,
    /// It does not count.
    Refused(Refusal),
}

/// What changed by an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What came of the entry itself.
    pub verdict: Verdict,
    /// Entries given earlier that count from now on.
    pub counts: Vec<EntryHash>,
    /// Entries that counted and do no longer, since the roll tells that their epoch ended before them.
    pub ended: Vec<EntryHash>,
}

/// What the judgement of an entry rests on.
struct Case {
    epoch: u64,
    chain: Chain,
    first: u64,
    last: u64,
    /// What its author needs; none where no right is enough.
    needed: Option<Right>,
    verdict: Verdict,
}

/// Judges the entries of one room. It remembers what each entry is, not what it says: whoever asks keeps the bytes of those
/// that wait.
pub struct Judge {
    room: RoomId,
    owner: Author,
    roll: Roll,
    cases: BTreeMap<EntryHash, Case>,
}

impl Judge {
    /// For a room of `owner`, with an empty roll.
    pub fn new(room: RoomId, owner: Author) -> Self {
        Self { room, owner, roll: Roll::new(owner), cases: BTreeMap::new() }
    }

    /// What the statements so far say.
    pub fn roll(&self) -> &Roll {
        &self.roll
    }

    /// What came of an entry that was judged.
    pub fn verdict(&self, hash: &EntryHash) -> Option<&Verdict> {
        self.cases.get(hash).map(|case| &case.verdict)
    }

    /// Judges an entry of `epoch` whose signature was checked. `clients` are those in whose name its update writes; none where
    /// there is something in it that is not understood.
    pub fn take(&mut self, epoch: u64, signed: &SignedEntry, clients: Option<&[u64]>) -> Outcome {
        let (hash, entry) = (signed.hash(), &signed.entry);
        let mut outcome = Outcome { verdict: Verdict::Counts, counts: Vec::new(), ended: Vec::new() };
        if let Some(verdict) = self.verdict(&hash) {
            outcome.verdict = verdict.clone();
            return outcome;
        }
        let chain = Chain { author: entry.author, doc: entry.doc };
        let mut needed = Right::needed(&entry.author, entry.doc);
        outcome.verdict = if entry.doc == DocName::Roll {
            match Said::read(&self.owner, self.room, &entry.update) {
                Ok(said) => {
                    if self.roll.take(said) {
                        self.judge_again(&mut outcome);
                    }
                    Verdict::Counts
                }
                Err(error) => Verdict::Refused(error.into()),
            }
        } else if entry.doc == DocName::Deal {
            // Only an author's own chain carries their acts: so the end of an epoch tells which of them came in time.
            match SignedAct::read(self.room, &entry.update) {
                Ok(signed) if signed.author == entry.author && entry.first == entry.last => {
                    needed = Some(signed.act.needs());
                    self.judge(epoch, chain, entry.last, needed)
                }
                Ok(_) => Verdict::Refused(EntryError::Forged.into()),
                Err(error) => Verdict::Refused(error.into()),
            }
        } else if entry.doc == DocName::Approvals {
            match SignedStatement::read(self.room, &entry.update) {
                // One by one, so that none is ever replaced.
                Ok(_) if entry.first == entry.last => self.judge(epoch, chain, entry.last, needed),
                Ok(_) => Verdict::Refused(EntryError::Damaged.into()),
                Err(error) => Verdict::Refused(error.into()),
            }
        } else if entry.doc == DocName::Receipts {
            // What it says is sealed for the owner, so that it is judged by its size alone.
            if is_receipt(entry) {
                self.judge(epoch, chain, entry.last, needed)
            } else {
                Verdict::Refused(Refusal::NoReceipt)
            }
        } else if clients.is_some_and(|clients| are_own(entry, clients)) {
            self.judge(epoch, chain, entry.last, needed)
        } else {
            Verdict::Refused(Refusal::OthersClient)
        };
        let verdict = outcome.verdict.clone();
        self.cases.insert(hash, Case { epoch, chain, first: entry.first, last: entry.last, needed, verdict });
        outcome
    }

    /// Takes note of an entry that this program made itself, on a Yjs document.
    pub fn note(&mut self, epoch: u64, entry: &StoredEntry) {
        let (chain, last) = (entry.chain(), entry.last);
        let needed = Right::needed(&chain.author, chain.doc);
        let verdict = self.judge(epoch, chain, last, needed);
        self.cases.insert(entry.hash, Case { epoch, chain, first: entry.first, last, needed, verdict });
    }

    /// Who signed two different entries with one number, and both count: somebody uses a key in two places, or an author tells
    /// different people different things. Entries that stand for several are left out, for squashing makes one of what was
    /// there before, and so are those of different epochs, which authors sign again.
    pub fn forked(&self) -> BTreeSet<Author> {
        let counting =
            self.cases.values().filter(|case| case.verdict == Verdict::Counts && case.first == case.last);
        let (mut seen, mut forked) = (BTreeSet::new(), BTreeSet::new());
        for case in counting {
            if !seen.insert((case.chain, case.epoch, case.first)) {
                forked.insert(case.chain.author);
            }
        }
        forked
    }

    /// Forgets an entry that does not count, so that it is judged anew when it is offered again.
    pub fn forget(&mut self, hash: &EntryHash) {
        if self.verdict(hash) != Some(&Verdict::Counts) {
            self.cases.remove(hash);
        }
    }

    /// What the roll says now may let in what waited, and end what counted.
    fn judge_again(&mut self, outcome: &mut Outcome) {
        let mut cases = std::mem::take(&mut self.cases);
        for (hash, case) in &mut cases {
            let is_settled = match case.verdict {
                Verdict::Refused(why) => !why.may_pass(),
                _ => case.chain.doc == DocName::Roll,
            };
            if is_settled {
                continue;
            }
            let verdict = self.judge(case.epoch, case.chain, case.last, case.needed);
            match (case.verdict == Verdict::Counts, verdict == Verdict::Counts) {
                (false, true) => outcome.counts.push(*hash),
                (true, false) => outcome.ended.push(*hash),
                _ => {}
            }
            case.verdict = verdict;
        }
        self.cases = cases;
    }

    /// By the roll alone.
    fn judge(&self, epoch: u64, chain: Chain, last: u64, needed: Option<Right>) -> Verdict {
        let Some(needed) = needed else {
            return Verdict::Refused(Refusal::NoRight);
        };
        if !self.roll.knows(&chain.author) || epoch > self.roll.epoch() {
            return Verdict::Waits;
        }
        if self.roll.right(&chain.author, epoch).is_none_or(|right| right < needed) {
            return Verdict::Refused(Refusal::NoRight);
        }
        if !self.roll.counts(epoch, chain, last) {
            return Verdict::Refused(Refusal::PastCut);
        }
        Verdict::Counts
    }
}

/// Whether an entry is as small as a receipt has to be, and one of so many as an author may have.
fn is_receipt(entry: &Entry) -> bool {
    entry.first == entry.last
        && entry.last <= limits::RECEIPTS_MAX
        && entry.update.len() <= limits::RECEIPT_MAX
}

/// Whether all clients are those of the entry's sessions.
fn are_own(entry: &Entry, clients: &[u64]) -> bool {
    let own: Vec<u64> = entry.sessions.iter().map(|session| session.client(&entry.author)).collect();
    clients.iter().all(|client| own.contains(client))
}

#[cfg(test)]
mod tests;
