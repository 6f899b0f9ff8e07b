//! Sealing, accepting, countersigning: what both sides sign in a room.

mod certificate;

use std::collections::BTreeSet;

use exchange::frozen::{Digest, Frozen, FrozenError};
use model::{ActHash, BlobHash, DocName, Right, StoredEntry, Touch, limits};
use reactive_graph::{signal::ArcRwSignal, traits::GetUntracked as _};
use stdx::Gather as _;
use sync::{
    blob,
    deal::{
        Acceptance, Act, Countersignature, Deal, Decline, Part, Receipt, Seal, SealStanding, Signatory,
        Signature, SignedAct, Signer, State, Withdrawal,
    },
};

use terms::rule::Gate;

use super::{Reason, Room, bounded};
use crate::{Problem, Reach, rights::ends};

pub use certificate::{Checked, verify_certificate};

/// On what terms a room is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SealTerms {
    /// Who is to sign for the buying side; without any it is left open who does.
    pub signers: Vec<Signer>,
    /// Whether each signs only after the one before.
    pub in_order: bool,
    /// Until when it may be signed, milliseconds since 1970.
    pub until: Option<u64>,
    /// What is said to it.
    pub message: String,
}

/// Why an act of signing was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSigned {
    /// So many suggestions wait for a yes or no: what would be sealed is not what all have seen of the text.
    Undecided(usize),
    /// The room has no rights, and so nobody whose signature could be told from another's.
    NoRights,
    /// The seal was taken back, superseded or agreed meanwhile.
    NotStanding,
    /// The seal is past its end, by this device's clock.
    Past,
    /// It is not this signer's turn, or they have signed.
    NotTheirTurn,
    /// This device has declined the seal.
    Declined,
    /// Not all have accepted.
    NotAccepted,
    /// What was sealed is not here, or not all of it.
    NotHere,
    /// Nobody is named, or nothing is signed.
    Nameless,
}

/// How far an answer of this device has come, as far as is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// It is kept on this device.
    Kept,
    /// It has left this device.
    Sent,
    /// The selling side has said that it came.
    Received,
}

impl Room {
    /// What was sealed and signed here. Look again when [`Room::deal_changed`] moves.
    pub fn deal(&self) -> Deal {
        self.documents().deal.clone()
    }

    /// Counts how often something was sealed or signed, whoever did: track it to look at the deal again.
    pub fn deal_changed(&self) -> ArcRwSignal<u64> {
        self.0.deal_changed.clone()
    }

    /// Seals the room as it stands, for signing. A seal that stood gives way to it.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, [`NotSigned::Undecided`] while suggestions are open, [`Problem::Held`] where
    /// a rule of the team holds it back, and what the store says.
    pub async fn seal(&self, terms: SealTerms) -> Result<ActHash, Problem> {
        self.may(Right::Own)?;
        if !self.has_rights() {
            return Err(NotSigned::NoRights.into());
        }
        if let Some((count, ..)) = self.open_suggestions() {
            return Err(NotSigned::Undecided(count).into());
        }
        let price = self.price();
        self.pass_at(Gate::Seal, (price.list, price.choices)).await?;
        // What is sealed is what others get.
        self.flush().await?;
        self.keep_version(Reason::Sealing).await?;
        let frozen = self.freeze()?;
        let (bytes, shows) = (frozen.encode(), frozen.images());
        let digest = Digest::of(&bytes)?;
        // The blob first, so that nothing refers to what is not there.
        let blob = self.put_frozen(&bytes).await?;
        let parts = digest.parts.iter().map(|(part, hash)| Part { name: part.name(), hash: *hash });
        let trimmed = |signer: Signer| Signer {
            name: bounded(&signer.name, limits::NAME_MAX),
            mail: bounded(&signer.mail, limits::MAIL_MAX),
        };
        let mut signers: Vec<Signer> = terms.signers.into_iter().map(trimmed).collect();
        signers.retain(|signer| *signer != Signer::default());
        signers.truncate(limits::SIGNERS_MAX);
        if signers.is_empty() {
            signers.push(Signer::default());
        }
        let seal = Seal {
            frozen: digest.whole,
            blob,
            parts: parts.collect(),
            shows,
            signers,
            in_order: terms.in_order,
            until: terms.until,
            message: bounded(&terms.message, limits::REASON_MAX),
            supersedes: self.documents().deal.to_supersede(),
            at: self.now(),
        };
        self.sign(Act::Sealed(seal)).await
    }

    /// Takes a seal back.
    ///
    /// # Errors
    /// As [`Room::seal`], and [`NotSigned::NotStanding`].
    pub async fn withdraw(&self, seal: ActHash, reason: &str) -> Result<(), Problem> {
        self.may(Right::Own)?;
        self.standing(seal, |_| Ok(()))?;
        let reason = bounded(reason, limits::REASON_MAX);
        self.sign(Act::Withdrawn(Withdrawal { seal, reason, at: self.now() })).await?;
        Ok(())
    }

    /// What was sealed, read from the bytes whose hash the seal names; none where they are not here yet.
    ///
    /// # Errors
    /// What the store says, and [`Problem::Frozen`] where the bytes are others than the seal says.
    pub async fn sealed(&self, seal: &Seal) -> Result<Option<Frozen>, Problem> {
        let Some(bytes) = self.sealed_bytes(seal).await? else { return Ok(None) };
        Ok(Some(Frozen::decode(&bytes)?))
    }

    async fn sealed_bytes(&self, seal: &Seal) -> Result<Option<Vec<u8>>, Problem> {
        let Some(bytes) = self.frozen(seal.blob).await? else { return Ok(None) };
        if blob::name(&bytes).0 != seal.frozen {
            return Err(FrozenError::NotFrozen.into());
        }
        Ok(Some(bytes))
    }

    /// The parts of the room that are other now than they were sealed, by their names.
    ///
    /// # Errors
    /// What the documents say.
    pub fn changed_since(&self, seal: &Seal) -> Result<Vec<String>, Problem> {
        let now = Digest::of(&self.freeze()?.encode())?;
        let is_same = |name: &str, hash: &[u8; 32]| {
            seal.parts.iter().any(|part| part.name == name && part.hash == *hash)
        };
        let mut other: Vec<String> = Vec::new();
        for (part, hash) in &now.parts {
            let name = part.name();
            if !is_same(&name, hash) {
                other.push(name);
            }
        }
        let gone = |part: &&Part| now.parts.iter().all(|(it, _)| it.name() != part.name);
        other.extend(seal.parts.iter().filter(gone).map(|part| part.name.clone()));
        Ok(other)
    }

    /// Accepts what is sealed, as one of its signers. It binds once the selling side has countersigned.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever may not answer, and for the selling side; [`Problem::NotSigned`], and what the store
    /// says.
    pub async fn accept(
        &self,
        seal: ActHash,
        signer: usize,
        who: Signatory,
        signature: Signature,
    ) -> Result<ActHash, Problem> {
        self.may_answer()?;
        let who = signatory(who, &signature)?;
        let (sealed, follows) = self.standing(seal, |it| {
            if it.is_past(self.now()) {
                Err(NotSigned::Past)
            } else if it.declines.iter().flatten().any(|(_, by, _)| *by == self.author()) {
                Err(NotSigned::Declined)
            } else if it.waits_for().contains(&signer) {
                Ok((it.seal.clone(), it.followed_by(signer)))
            } else {
                Err(NotSigned::NotTheirTurn)
            }
        })?;
        // Nobody signs what they cannot have read.
        if self.sealed(&sealed).await?.is_none() {
            return Err(NotSigned::NotHere.into());
        }
        self.flush().await?;
        let seen = self.heads_seen().await?;
        let at = self.now();
        let accepted = Acceptance { seal, signer: signer as u64, who, signature, at, seen, follows };
        self.sign(Act::Accepted(accepted)).await
    }

    /// Says that this device's person does not accept what is sealed, or no longer.
    ///
    /// # Errors
    /// As [`Room::accept`].
    pub async fn decline(
        &self,
        seal: ActHash,
        signer: usize,
        name: &str,
        reason: &str,
    ) -> Result<ActHash, Problem> {
        self.may_answer()?;
        self.standing(seal, |_| Ok(()))?;
        let name = bounded(name, limits::NAME_MAX);
        let reason = bounded(reason, limits::REASON_MAX);
        self.sign(Act::Declined(Decline { seal, signer: signer as u64, name, reason, at: self.now() })).await
    }

    /// Signs for the selling side what all signers have accepted. From then on it binds.
    ///
    /// # Errors
    /// [`Problem::NoRight`], [`Problem::NotSigned`], [`Problem::Held`] where a rule of the team holds it back, and what the store says.
    pub async fn countersign(
        &self,
        seal: ActHash,
        who: Signatory,
        signature: Signature,
    ) -> Result<ActHash, Problem> {
        self.may(Right::Own)?;
        let who = signatory(who, &signature)?;
        let (sealed, acceptances) = self.standing(seal, |it| {
            if it.is_past(self.now()) {
                return Err(NotSigned::Past);
            }
            let all = it.to_countersign().ok_or(NotSigned::NotAccepted)?;
            Ok((it.seal.clone(), all))
        })?;
        let frozen = self.sealed(&sealed).await?.ok_or(NotSigned::NotHere)?;
        // What binds is what was sealed, whatever the room says by now.
        self.pass_at(Gate::Countersign, (frozen.price, frozen.choices)).await?;
        let at = self.now();
        self.sign(Act::Countersigned(Countersignature { seal, acceptances, who, signature, at })).await
    }

    /// Says that the answers which came have reached the selling side, where this device may say so and nobody has.
    async fn acknowledge(&self) -> Result<(), Problem> {
        if self.may(Right::Own).is_err() || !self.has_rights() {
            return Ok(());
        }
        let open: Vec<ActHash> = {
            let documents = self.documents();
            let acts = || documents.deal.acts();
            let received: BTreeSet<ActHash> = acts()
                .filter_map(|(_, signed)| match &signed.act {
                    Act::Received(receipt) => Some(receipt.of),
                    _ => None,
                })
                .gather();
            let answers = acts().filter(|(_, it)| matches!(it.act, Act::Accepted(_) | Act::Declined(_)));
            answers.map(|(hash, _)| *hash).filter(|hash| !received.contains(hash)).collect()
        };
        for of in open {
            self.sign(Act::Received(Receipt { of, at: self.now() })).await?;
        }
        Ok(())
    }

    /// Answers may have come: says so, where somebody of the selling side looks at the room.
    pub(crate) fn acknowledge_later(&self) {
        if self.is_looked_at() && self.right() == Some(Right::Own) && !self.documents().deal.is_empty() {
            let room = self.clone();
            // What cannot be said now is said when the room is opened again.
            self.ports().tasks.spawn(Box::pin(async move { drop(room.acknowledge().await) }));
        }
    }

    /// How far an answer of this device has come.
    ///
    /// # Errors
    /// What the store says.
    pub async fn reached(&self, answer: ActHash) -> Result<Reached, Problem> {
        let is_received = self.documents().deal.acts().any(|(_, signed)| match &signed.act {
            Act::Received(receipt) => receipt.of == answer,
            Act::Countersigned(by) => by.acceptances.contains(&answer),
            _ => false,
        });
        if is_received {
            return Ok(Reached::Received);
        }
        let sent = self.ports().store.setting(&sent_name(self)).await?.unwrap_or_default();
        Ok(if sent.lines().any(|line| line == answer.to_string()) { Reached::Sent } else { Reached::Kept })
    }

    /// Notes that what this device has signed so far has left it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn note_sent(&self) -> Result<(), Problem> {
        let own: Vec<String> = {
            let documents = self.documents();
            let mine = documents.deal.acts().filter(|(_, signed)| signed.author == self.author());
            mine.map(|(hash, _)| hash.to_string()).collect()
        };
        if own.is_empty() {
            return Ok(());
        }
        self.ports().store.put_setting(&sent_name(self), &own.join("\n")).await?;
        self.tell_deal();
        Ok(())
    }

    /// The blobs that seals refer to, but for those that nobody has signed and that do not stand any more.
    pub(super) fn sealed_blobs(&self) -> Vec<BlobHash> {
        let documents = self.documents();
        let seals = documents.deal.seals();
        let is_over = |it: &&SealStanding| {
            matches!(it.state, State::Withdrawn | State::Superseded) && it.answers.iter().all(Vec::is_empty)
        };
        let kept = seals.iter().filter(|it| !is_over(it));
        kept.flat_map(|it| it.seal.shows.iter().chain([&it.seal.blob])).copied().collect()
    }

    /// Own acts that came after the end of their epoch are carried once more, as they were signed.
    pub(crate) async fn carry_again(&self, stored: &[StoredEntry]) -> Result<(), Problem> {
        let chain = self.writer().chain(DocName::Deal);
        let read = |entry: &StoredEntry| {
            let (_, signed) = self.writer().open(&entry.sealed).ok()?;
            SignedAct::read(self.id(), &signed.entry.update).ok()
        };
        let own = stored.iter().filter(|entry| entry.chain() == chain);
        let (late, in_time): (Vec<_>, Vec<_>) = own.partition(|entry| self.is_past_cut(entry));
        let mut carried: Vec<ActHash> = in_time.into_iter().filter_map(read).map(|act| act.hash()).collect();
        for act in late.into_iter().filter_map(read) {
            if !carried.contains(&act.hash()) && self.right() >= Some(act.act.needs()) {
                carried.push(act.hash());
                self.carry(act).await?;
            }
        }
        Ok(())
    }

    async fn sign(&self, act: Act) -> Result<ActHash, Problem> {
        let signed = SignedAct::sign(&self.writer().pen, self.id(), act);
        let hash = signed.hash();
        self.carry(signed).await?;
        let live = self.live().get_untracked();
        if live.reach == Reach::InStep && live.peers > 0 {
            self.note_sent().await?;
        }
        Ok(hash)
    }

    /// Puts an act of this device into the store, and shows it once it is there.
    async fn carry(&self, signed: SignedAct) -> Result<(), Problem> {
        let (pen, nonce) = (self.writer().clone(), self.ports().random());
        let build = Box::new(move |head| Ok(vec![pen.entry(head, DocName::Deal, signed.bytes, nonce)]));
        let chain = self.writer().chain(DocName::Deal);
        let touch = Touch { changed: self.now(), title: None };
        for entry in self.ports().store.append(self.id(), chain, touch, build).await? {
            self.take_in(&entry);
            self.tell_entry(entry);
        }
        Ok(())
    }

    fn may_answer(&self) -> Result<(), Problem> {
        if !self.has_rights() {
            return Err(NotSigned::NoRights.into());
        }
        // Nobody answers themselves.
        if self.right() >= Some(Right::Own) { Err(Problem::NoRight) } else { self.may(Right::Comment) }
    }

    fn standing<T>(
        &self,
        seal: ActHash,
        look: impl FnOnce(&SealStanding) -> Result<T, NotSigned>,
    ) -> Result<T, Problem> {
        let documents = self.documents();
        let standing = documents.deal.standing().filter(|it| it.hash == seal);
        Ok(look(&standing.ok_or(NotSigned::NotStanding)?)?)
    }

    /// All that was signed here is where others are.
    pub(crate) fn note_sent_later(&self) {
        let own = self.documents().deal.acts().filter(|(_, it)| it.author == self.author()).count();
        if self.0.acts_sent.replace(own) != own {
            let room = self.clone();
            // Without it an answer shows as kept here until the selling side says that it came.
            self.ports().tasks.spawn(Box::pin(async move { drop(room.note_sent().await) }));
        }
    }

    /// What stands for all that this device has of the room.
    async fn heads_seen(&self) -> Result<[u8; 32], Problem> {
        let stored = self.ports().store.entries(self.id()).await?;
        let documents = self.documents();
        let mut ends = ends(stored.iter().filter(|entry| documents.counts(&entry.hash)));
        stdx::sort_by_key(&mut ends, |end| end.chain);
        let mut out = stdx::Writer::new();
        for end in ends {
            out.raw(&end.chain.author.0).text(&end.chain.doc.name()).uint(end.last).raw(&end.hash.0);
        }
        Ok(blob::name(&out.finish()).0)
    }
}

/// Whoever signs has a name, and a signature that can be seen.
fn signatory(who: Signatory, signature: &Signature) -> Result<Signatory, Problem> {
    let who = Signatory {
        name: bounded(&who.name, limits::NAME_MAX),
        mail: bounded(&who.mail, limits::MAIL_MAX),
        role: bounded(&who.role, limits::NAME_MAX),
    };
    if who.name.is_empty() || signature.is_empty() { Err(NotSigned::Nameless.into()) } else { Ok(who) }
}

/// Under what the store keeps which acts have left this device.
fn sent_name(room: &Room) -> String {
    format!("handsel/sent/{}", room.id())
}
