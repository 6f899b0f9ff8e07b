//! Versions of a room: states that somebody named, which everybody in the room has, and states that this device kept by
//! itself, which stay on it: what was written before a room was shared is nobody else's.

use std::collections::BTreeMap;

use exchange::frozen::{self, Frozen};
use model::{Author, BlobHash, Right, RoomId, limits};
use reactive_graph::traits::Set as _;
use replica::{Earlier, EarlierOffer, NamedVersion, Responses, Section, Word};
use stdx::Gather as _;
use sync::blob;

use super::{Room, blobs, bounded};
use crate::Problem;

/// So many versions of one author count, the last ones.
const NAMED_MAX: usize = 200;
/// So many states a device keeps of a room by itself.
const KEPT_MAX: usize = 40;
/// The last so many of these are never thinned out.
const LATEST: usize = 8;
/// What is kept before somebody begins to write is packed after so many milliseconds: they are at work.
const LATER_MS: u32 = 1_000;

/// Why a device kept a state by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its person began to change the room.
    Began,
    /// Its person left the room.
    Left,
    /// Before an earlier state was brought back.
    Restoring,
    /// Before suggestions were accepted all together.
    Suggestions,
    /// Before a seal.
    Sealing,
}

/// What a version is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionKind {
    /// Named, and everybody's.
    Named {
        /// Its name among those of its author.
        id: String,
        /// What it is called.
        name: String,
        /// What its author is called; empty where nobody has said.
        by: String,
        /// Whether this device's person named it.
        is_own: bool,
    },
    /// Kept on this device, by itself.
    Kept(Reason),
}

/// A state of the room that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What it is.
    pub kind: VersionKind,
    /// When, by the clock of who kept it, milliseconds since 1970.
    pub at: u64,
    /// The blob that holds it.
    pub blob: BlobHash,
}

/// A state that this device kept by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    at: u64,
    reason: Reason,
    /// SHA-256 of its canonical bytes.
    hash: BlobHash,
    blob: BlobHash,
    images: Vec<BlobHash>,
}

impl Room {
    /// All versions, the latest first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn versions(&self) -> Result<Vec<Version>, Problem> {
        let mut versions: Vec<Version> = self
            .named_versions()
            .into_iter()
            .map(|(author, id, Word { says, at, .. })| {
                let (by, is_own) = (self.name_of_author(&author), author == self.author());
                Version { kind: VersionKind::Named { id, name: says.name, by, is_own }, at, blob: says.blob }
            })
            .collect();
        for kept in self.kept().await? {
            // One that has a name needs no other line.
            if versions.iter().all(|version| version.blob != kept.blob) {
                versions.push(Version { kind: VersionKind::Kept(kept.reason), at: kept.at, blob: kept.blob });
            }
        }
        Ok(stdx::in_order(versions, |one, other| one.at > other.at))
    }

    /// The state of a version; none where its bytes are not here, as before they came from another device.
    ///
    /// # Errors
    /// What the store says, and [`Problem::Frozen`] where it cannot be read.
    pub async fn open_version(&self, version: &Version) -> Result<Option<Frozen>, Problem> {
        let Some(bytes) = self.frozen(version.blob).await? else { return Ok(None) };
        Ok(Some(Frozen::decode(&bytes)?))
    }

    /// Keeps the present state under a name, for everybody in the room.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever may not edit, and as [`Room::put_frozen`].
    pub async fn name_version(&self, name: &str) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        let frozen = self.freeze()?;
        let blob = self.put_frozen(&frozen.encode()).await?;
        let turns = self.named_versions().into_iter().map(|(_, _, word)| word.turn);
        let turn = turns.max().unwrap_or_default().saturating_add(1);
        let says = NamedVersion { name: bounded(name, limits::TITLE_MAX), blob, images: frozen.images() };
        let id = model::hex(&self.ports().random::<8>());
        let word = Word { says, turn, at: self.now() };
        self.respond(|responses| responses.put_version(&id, &word))
    }

    /// Takes back a version that this device's person named. Its bytes go once nothing refers to them.
    ///
    /// # Errors
    /// [`Problem::NoRight`] with less than a right to comment.
    pub fn forget_version(&self, id: &str) -> Result<(), Problem> {
        let own =
            self.named_versions().into_iter().find(|(author, it, _)| *author == self.author() && it == id);
        let Some((_, _, mut word)) = own else { return Ok(()) };
        word.says.name.clear();
        word.turn = word.turn.saturating_add(1);
        self.respond(|responses| responses.put_version(id, &word))
    }

    /// Keeps the present state on this device, unless it has it already.
    ///
    /// # Errors
    /// What the documents and the store say. A room that is nearly full keeps nothing by itself, which is no error.
    pub async fn keep_version(&self, reason: Reason) -> Result<(), Problem> {
        let frozen = self.freeze()?;
        self.keep_frozen(&frozen, reason, self.now()).await
    }

    /// Makes the room what it was, as a change like any other: what others write meanwhile comes together with it. The
    /// present state is kept before. Whoever may only edit brings the text back, the selling team also title, first page,
    /// variables, price and plan. What buyers chose, confirmed or said is theirs and stays. Answers the state before.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever may not edit, and what documents and store say. A state that cannot be kept is no
    /// reason to change it.
    pub async fn restore(&self, to: &Frozen) -> Result<Frozen, Problem> {
        self.may(Right::Edit)?;
        let before = self.freeze()?;
        self.keep_frozen(&before, Reason::Restoring, self.now()).await?;
        self.become_as(to)?;
        Ok(before)
    }

    /// Makes the room what `to` says, as far as this device may change it.
    pub(crate) fn become_as(&self, to: &Frozen) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        let wanted: Vec<Earlier<'_>> = to
            .sections
            .iter()
            .map(|it| Earlier {
                section: Section { id: it.id.clone(), name: it.name.clone() },
                text: &it.text,
                tables: &it.tables,
            })
            .collect();
        let now = self.now();
        let events = self.documents_mut().content.restore(&wanted, now)?;
        let offer = if self.may(Right::Own).is_ok() { self.restore_offer(to) } else { Ok(()) };
        self.tell_changes(events);
        self.settle();
        offer?;
        Ok(())
    }

    fn restore_offer(&self, to: &Frozen) -> Result<(), Problem> {
        let Frozen { title, variables, portal, contacts, price, plan, .. } = to;
        // A price that waits comes back in the draft, and the room's stays.
        let kept = self.price_may_wait().then(|| self.documents().offer.price());
        let waits = kept.is_some() && self.written_price() != *price;
        if waits {
            self.change_price(|offer| offer.restore_price(price))?;
        }
        let price = kept.as_ref().unwrap_or(price);
        self.documents_mut().offer.restore(EarlierOffer {
            title,
            variables,
            portal,
            contacts,
            price,
            plan,
        })?;
        self.0.title.set(title.clone());
        Ok(())
    }

    /// Called before each change: at the first one in a session, the state that it changes is kept.
    pub(super) fn before_change(&self) {
        if !self.0.begun.replace(true) && self.front().is_none() {
            self.keep_soon(Reason::Began);
        }
    }

    /// Keeps the present state, as [`Room::keep_version`] does, but a moment later, so that whoever writes on is not stopped.
    pub(super) fn keep_soon(&self, reason: Reason) {
        let Ok(frozen) = self.freeze() else { return };
        if is_blank(&frozen) {
            return;
        }
        let (weak, at) = (self.downgrade(), self.now());
        let tasks = self.ports().tasks.clone();
        self.ports().tasks.after(
            LATER_MS,
            Box::new(move || {
                let Some(room) = weak.upgrade() else { return };
                tasks.spawn(Box::pin(async move {
                    // Whoever writes is not stopped by it.
                    let _ = room.keep_frozen(&frozen, reason, at).await;
                }));
            }),
        );
    }

    /// What others are to have of the versions: the blobs of those that have a name, and of their images.
    pub(super) fn version_blobs(&self) -> Vec<BlobHash> {
        let named = self.named_versions().into_iter();
        named.flat_map(|(_, _, word)| [vec![word.says.blob], word.says.images].concat()).collect()
    }

    /// The blobs that are kept for this device's own versions alone.
    pub(crate) async fn kept_blobs(&self) -> Result<Vec<BlobHash>, Problem> {
        let kept = self.kept().await?.into_iter();
        Ok(kept.flat_map(|kept| [vec![kept.blob], kept.images].concat()).collect())
    }

    fn named_versions(&self) -> Vec<(Author, String, Word<NamedVersion>)> {
        let mut all = Vec::new();
        for (author, responses) in &self.documents().responses {
            let own = Responses::versions(responses);
            let own = stdx::in_order(own, |(_, one), (_, other)| one.turn > other.turn);
            let own = own.into_iter().filter(|(_, word)| !word.says.name.is_empty()).take(NAMED_MAX);
            all.extend(own.map(|(id, word)| (*author, id, word)));
        }
        all
    }

    async fn keep_frozen(&self, frozen: &Frozen, reason: Reason, at: u64) -> Result<(), Problem> {
        let bytes = frozen.encode();
        let hash = blob::name(&bytes);
        let mut kept = self.kept().await?;
        if let Some(known) = kept.iter_mut().find(|it| it.hash == hash) {
            // How the room was when it was left is looked for by time.
            if reason == Reason::Left && known.reason == Reason::Left {
                known.at = at;
                self.write_kept(&kept).await?;
            }
            return Ok(());
        }
        let store = &self.ports().store;
        let room = store.room(self.id()).await?.ok_or(Problem::NoSuchRoom)?;
        let packed = frozen::pack(&bytes);
        if packed.len() > limits::BLOB_MAX || room.bytes + packed.len() as u64 > limits::ROOM_MAX as u64 / 2 {
            return Ok(());
        }
        kept.push(Kept { at, reason, hash, blob: blob::name(&packed), images: frozen.images() });
        thin(&mut kept);
        // Listed first: what is here and not listed would be given to others.
        self.write_kept(&kept).await?;
        let content_key = self.keys().content;
        blobs::keep_at(self.ports(), self.id(), &content_key, vec![packed], room.changed).await?;
        Ok(())
    }

    async fn kept(&self) -> Result<Vec<Kept>, Problem> {
        let text = self.ports().store.setting(&kept_name(self.id())).await?.unwrap_or_default();
        Ok(text.lines().filter_map(Kept::read).collect())
    }

    async fn write_kept(&self, kept: &[Kept]) -> Result<(), Problem> {
        let lines: Vec<String> = kept.iter().map(Kept::write).collect();
        Ok(self.ports().store.put_setting(&kept_name(self.id()), &lines.join("\n")).await?)
    }
}

/// Under what the store keeps which states this device kept of a room.
pub(crate) fn kept_name(room: RoomId) -> String {
    format!("handsel/versions/{room}")
}

/// Whether nothing was written in a room so far.
fn is_blank(frozen: &Frozen) -> bool {
    let text = frozen.sections.iter().all(|section| section.text.is_blank());
    text && frozen.price.lines.is_empty() && frozen.plan == Default::default()
}

/// Takes out those that lie closest to the one before them, until there are no more than are kept. The latest stay.
fn thin(kept: &mut Vec<Kept>) {
    stdx::sort_by_key(kept, |it| it.at);
    while kept.len() > KEPT_MAX {
        let thinnable = 1..kept.len() - LATEST;
        let gaps: BTreeMap<u64, usize> =
            thinnable.rev().map(|at| (kept[at].at.saturating_sub(kept[at - 1].at), at)).gather();
        let Some((_, at)) = gaps.first_key_value() else { return };
        kept.remove(*at);
    }
}

impl Reason {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Began, "began"),
        (Self::Left, "left"),
        (Self::Restoring, "restoring"),
        (Self::Suggestions, "suggestions"),
        (Self::Sealing, "sealing"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(reason, _)| *reason == self).map_or("began", |(_, name)| name)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, it)| *it == name).map(|(reason, _)| *reason)
    }
}

impl Kept {
    fn write(&self) -> String {
        let images: String = self.images.iter().map(|image| format!(" {image}")).collect();
        format!("{} {} {} {}{images}", self.at, self.reason.name(), self.hash, self.blob)
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        Some(Self {
            at: words.next()?.parse().ok()?,
            reason: Reason::parse(words.next()?)?,
            hash: BlobHash::parse(words.next()?)?,
            blob: BlobHash::parse(words.next()?)?,
            images: words.filter_map(BlobHash::parse).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_thinned_and_the_latest_and_the_first_stay() {
        let state = |at: u64| {
            let hash = BlobHash([at as u8; 32]);
            Kept { at: at * at, reason: Reason::Left, hash, blob: hash, images: vec![hash] }
        };
        let mut kept = Vec::new();
        for at in 0..10_000 {
            kept.push(state(at));
            thin(&mut kept);
            assert!(kept.len() <= KEPT_MAX);
        }
        assert_eq!(kept[0], state(0));
        assert_eq!(kept[kept.len() - LATEST..], (9_992..10_000).map(state).collect::<Vec<_>>());
        assert_eq!(Kept::read(&state(7).write()), Some(state(7)));
    }
}
