//! What the acts say together.
//!
//! The rules, none of which asks in what order the acts came:
//!
//! - Of seals that neither take the place of each other nor are taken back, that with the lower hash stands.
//! - An acceptance holds when its seal has such a signer, its own time is not past the seal's end, and where one signs after
//!   the other, it names one that holds of the signer before.
//! - Who declines takes back what the same key accepted, and cannot accept the same seal again.
//! - A countersignature holds when it names an acceptance that holds of each signer, and its own time is not past the
//!   seal's end. What has been countersigned is agreed: no withdrawal, no later seal and no decline undoes it, since each
//!   side may have the certificate already. Programs do not countersign what was taken back, superseded or is past its end.

use std::collections::{BTreeMap, BTreeSet};

use model::{ActHash, Author};

use super::{Acceptance, Act, Countersignature, Decline, Seal, SignedAct, Withdrawal};

/// The acts of a room that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deal {
    acts: BTreeMap<ActHash, SignedAct>,
}

/// How it stands with a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for at least one signer.
    Open,
    /// A signer has declined, and nobody has accepted in their place.
    Declined,
    /// All have accepted: it waits for the countersignature.
    Signed,
    /// Both sides have signed.
    Agreed,
    /// It was taken back.
    Withdrawn,
    /// Another seal has taken its place.
    Superseded,
}

/// Somebody's acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// Its name.
    pub hash: ActHash,
    /// Whose key signed it.
    pub author: Author,
    /// What it says.
    pub accepted: &'a Acceptance,
    /// Whether the same key took it back later.
    pub taken_back: bool,
    /// Whether the selling side has said that it came.
    pub received: bool,
}

/// A decline, by its name and whose key signed it.
pub type Declined<'a> = (ActHash, Author, &'a Decline);

/// A seal and all that was said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealStanding<'a> {
    /// Its name.
    pub hash: ActHash,
    /// Whose key signed it.
    pub author: Author,
    /// What it says.
    pub seal: &'a Seal,
    /// The acceptances of each signer that hold, those first that were not taken back, and then by their own times.
    pub answers: Vec<Vec<Answer<'a>>>,
    /// The declines of each signer.
    pub declines: Vec<Vec<Declined<'a>>>,
    /// Who took it back, and how.
    pub withdrawn: Option<(Author, &'a Withdrawal)>,
    /// The seal that took its place.
    pub superseded_by: Option<ActHash>,
    /// What the selling side signed, the first by its own time.
    pub countersigned: Option<(ActHash, Author, &'a Countersignature)>,
    /// What follows from all of that.
    pub state: State,
}

impl SealStanding<'_> {
    /// Whether it is past its end at this time, milliseconds since 1970.
    pub fn is_past(&self, now: u64) -> bool {
        is_past(self.seal, now)
    }

    /// Whether this signer has accepted, and has not taken it back.
    pub fn has_signed(&self, signer: usize) -> bool {
        self.answers[signer].iter().any(|answer| !answer.taken_back)
    }

    /// Whose turn it is: all that have not signed, or the first of them where one signs after the other. Nobody's where the
    /// seal does not stand any more.
    pub fn waits_for(&self) -> Vec<usize> {
        if !matches!(self.state, State::Open | State::Declined) {
            return Vec::new();
        }
        let open = (0..self.seal.signers.len()).filter(|signer| !self.has_signed(*signer));
        open.take(if self.seal.in_order { 1 } else { usize::MAX }).collect()
    }

    /// The acceptances that a new one for this signer comes after.
    pub fn followed_by(&self, signer: usize) -> Vec<ActHash> {
        let before = signer.checked_sub(1).filter(|_| self.seal.in_order);
        before.map_or_else(Vec::new, |before| live(&self.answers[before]))
    }

    /// The acceptances that a countersignature is to answer, once all have signed.
    pub fn to_countersign(&self) -> Option<Vec<ActHash>> {
        (self.state == State::Signed).then(|| self.answers.iter().flat_map(|all| live(all)).collect())
    }
}

fn live(answers: &[Answer]) -> Vec<ActHash> {
    answers.iter().filter(|answer| !answer.taken_back).map(|answer| answer.hash).collect()
}

fn is_past(seal: &Seal, time: u64) -> bool {
    seal.until.is_some_and(|until| time > until)
}

impl Deal {
    /// Takes in an act that counts; answers whether it is new.
    pub fn take(&mut self, signed: SignedAct) -> bool {
        self.acts.insert(signed.hash(), signed).is_none()
    }

    /// An act by its name.
    pub fn act(&self, hash: &ActHash) -> Option<&SignedAct> {
        self.acts.get(hash)
    }

    /// All acts, by their names.
    pub fn acts(&self) -> impl Iterator<Item = (&ActHash, &SignedAct)> {
        self.acts.iter()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// All seals with how they stand, by their own times.
    pub fn seals(&self) -> Vec<SealStanding<'_>> {
        let mut all: Vec<SealStanding> =
            self.sealed().map(|(hash, it, seal)| self.alone(hash, it.author, seal)).collect();
        let takes_place = |hash: &ActHash| {
            let named = self.sealed().filter(|(_, _, seal)| seal.supersedes.contains(hash));
            named.map(|(by, ..)| by).find(|by| by != hash)
        };
        for standing in &mut all {
            standing.superseded_by = takes_place(&standing.hash);
        }
        // Two that were made apart: the lower one stands.
        let stands = |it: &&SealStanding| {
            it.superseded_by.is_none() && it.withdrawn.is_none() && it.countersigned.is_none()
        };
        let first = all.iter().filter(stands).map(|it| it.hash).min();
        for standing in &mut all {
            if stands(&&*standing) && first != Some(standing.hash) {
                standing.superseded_by = first;
            }
            standing.state = state(standing);
        }
        stdx::in_order(all, |one, other| (one.seal.at, one.hash) < (other.seal.at, other.hash))
    }

    /// The seal that stands and is not agreed yet.
    pub fn standing(&self) -> Option<SealStanding<'_>> {
        let stands = |it: &SealStanding| matches!(it.state, State::Open | State::Declined | State::Signed);
        self.seals().into_iter().find(stands)
    }

    /// The seals that a new one takes the place of.
    pub fn to_supersede(&self) -> Vec<ActHash> {
        let left = |it: &SealStanding| !matches!(it.state, State::Agreed | State::Withdrawn);
        self.seals().into_iter().filter(left).map(|it| it.hash).collect()
    }

    fn sealed(&self) -> impl Iterator<Item = (ActHash, &SignedAct, &Seal)> {
        self.acts.iter().filter_map(|(hash, signed)| match &signed.act {
            Act::Sealed(seal) => Some((*hash, signed, seal)),
            _ => None,
        })
    }

    /// A seal with what was said to it, whatever other seals there are.
    fn alone<'a>(&'a self, hash: ActHash, author: Author, seal: &'a Seal) -> SealStanding<'a> {
        let count = seal.signers.len();
        let mut declines: Vec<Vec<Declined>> = vec![Vec::new(); count];
        let (mut withdrawn, mut received) = (Vec::new(), BTreeSet::new());
        for (name, signed) in &self.acts {
            match &signed.act {
                Act::Declined(decline) if decline.seal == hash => {
                    let slot = usize::try_from(decline.signer).ok().and_then(|at| declines.get_mut(at));
                    slot.into_iter().for_each(|slot| slot.push((*name, signed.author, decline)));
                }
                Act::Withdrawn(withdrawal) if withdrawal.seal == hash => {
                    withdrawn.push((signed.author, withdrawal));
                }
                Act::Received(receipt) => {
                    received.insert(receipt.of);
                }
                _ => {}
            }
        }
        let mut answers: Vec<Vec<Answer>> = Vec::with_capacity(count);
        for signer in 0..count {
            let mut of: Vec<Answer> = Vec::new();
            for (name, signed) in &self.acts {
                let Act::Accepted(accepted) = &signed.act else { continue };
                let before = signer.checked_sub(1).filter(|_| seal.in_order).map(|before| &answers[before]);
                let holds = accepted.seal == hash
                    && accepted.signer == signer as u64
                    && !is_past(seal, accepted.at)
                    && before.is_none_or(|all: &Vec<Answer>| {
                        all.iter().any(|it| accepted.follows.contains(&it.hash))
                    });
                if holds {
                    let taken_back = declines.iter().flatten().any(|(_, by, _)| *by == signed.author);
                    let received = received.contains(name);
                    of.push(Answer { hash: *name, author: signed.author, accepted, taken_back, received });
                }
            }
            let rank = |it: &Answer| (it.taken_back, it.accepted.at, it.hash);
            answers.push(stdx::in_order(of, |one, other| rank(one) < rank(other)));
        }
        let countersigned = self.acts.iter().filter_map(|(name, signed)| match &signed.act {
            Act::Countersigned(by) if by.seal == hash && !is_past(seal, by.at) => {
                let named = |all: &Vec<Answer>| all.iter().any(|it| by.acceptances.contains(&it.hash));
                answers.iter().all(named).then_some((*name, signed.author, by))
            }
            _ => None,
        });
        let countersigned = countersigned.min_by_key(|(name, _, by)| (by.at, *name));
        stdx::sort_by_key(&mut withdrawn, |(author, withdrawal)| (withdrawal.at, *author));
        SealStanding {
            hash,
            author,
            seal,
            answers,
            declines,
            withdrawn: withdrawn.into_iter().next(),
            superseded_by: None,
            countersigned,
            state: State::Open,
        }
    }
}

fn state(standing: &SealStanding) -> State {
    let signed = |signer| standing.has_signed(signer);
    let mut signers = 0..standing.seal.signers.len();
    if standing.countersigned.is_some() {
        State::Agreed
    } else if standing.withdrawn.is_some() {
        State::Withdrawn
    } else if standing.superseded_by.is_some() {
        State::Superseded
    } else if signers.clone().all(signed) {
        State::Signed
    } else if signers.any(|signer| !signed(signer) && !standing.declines[signer].is_empty()) {
        State::Declined
    } else {
        State::Open
    }
}
