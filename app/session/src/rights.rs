//! Links that are given out, and who joined by them.

use std::rc::Rc;

use exchange::bundle::OpenError;
use model::{Author, DocName, Later, LinkKey, Pass, Right, RoomId, RoomKeys, StoredEntry, Touch};
use sync::{
    ledger::Pen,
    link::LinkSecret,
    roll::{Certificate, Cut, Grant, Opening, Said},
};

use crate::{
    Ports, Problem, Room,
    ledger::{Documents, Writer},
    sharing::owns,
};

/// On what terms a link is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What its holder may do.
    pub right: Right,
    /// For whom it is; may be empty.
    pub name: String,
    /// When it ends, milliseconds since 1970.
    pub expires: Option<u64>,
}

impl Terms {
    /// A link for nobody in particular, without an end.
    pub fn of(right: Right) -> Self {
        Self { right, name: String::new(), expires: None }
    }
}

/// Reads the certificate of a pass. A time of 0 asks for no expiry.
pub(crate) fn check(owner: &Author, room: RoomId, pass: &Pass, now: u64) -> Result<Certificate, Problem> {
    let certificate = Certificate::read(owner, room, &pass.certificate)?;
    let is_whole = certificate.link == LinkSecret(pass.secret).key()
        && pass.owner_seed.is_none_or(|seed| Pen::new(&seed).author() == *owner);
    if !is_whole {
        return Err(OpenError::Damaged.into());
    }
    match certificate.expires {
        Some(end) if end <= now => Err(Problem::Expired(end)),
        _ => Ok(certificate),
    }
}

/// Whether the content keys of later epochs are those that the owner opened them with: each opens the one before it.
pub(crate) fn check_keys(documents: &Documents, writer: &Writer) -> Result<(), Problem> {
    let keys = writer.keys();
    let openings = documents.judge().map(|judge| judge.roll().openings()).unwrap_or_default();
    let mut before = keys.content;
    for (at, key) in keys.later.iter().enumerate() {
        let opening = openings.get(at).map(|(_, opening)| opening);
        if opening.and_then(|opening| opening.key_before(key)) != Some(before) {
            return Err(OpenError::Damaged.into());
        }
        before = *key;
    }
    Ok(())
}

/// Says on the roll that the writer's author takes part by their pass.
pub(crate) async fn join(ports: &Ports, writer: &Rc<Writer>) -> Result<Vec<StoredEntry>, Problem> {
    let said = {
        let keys = writer.keys();
        let Some(pass) = &keys.pass else { return Ok(Vec::new()) };
        let certificate = check(&keys.owner, writer.room, pass, 0)?;
        Said::joined(&LinkSecret(pass.secret), writer.room, certificate, writer.author())
    };
    say(ports, writer, said).await
}

/// Puts a statement on the roll, as the writer's next entry there.
async fn say(ports: &Ports, writer: &Rc<Writer>, said: Said) -> Result<Vec<StoredEntry>, Problem> {
    let (pen, nonce) = (writer.clone(), ports.random());
    let build = Box::new(move |head| Ok(vec![pen.entry(head, DocName::Roll, said.bytes, nonce)]));
    let chain = writer.chain(DocName::Roll);
    Ok(ports.store.append(writer.room, chain, Touch::default(), build).await?)
}

/// What a new room's owner begins with: a pass of their own.
pub(crate) fn own_pass(room: RoomId, ports: &Ports) -> (Author, Pass) {
    let (owner_seed, secret) = (ports.random(), LinkSecret(ports.random()));
    let owner = Pen::new(&owner_seed);
    let certificate = Certificate::sign(&owner, room, secret.key(), Right::Own, "", None, 0);
    let pass =
        Pass { secret: secret.0, certificate: certificate.bytes().to_vec(), owner_seed: Some(owner_seed) };
    (owner.author(), pass)
}

/// For whom the owners of a room gave out links, whether or not these still hold: what was sent was sent. None on other
/// devices than theirs, and in rooms without rights.
pub(crate) fn given_to(documents: &Documents, keys: &RoomKeys) -> Option<Vec<String>> {
    let judge = documents.judge().filter(|_| owns(keys.pass.as_ref()))?;
    let names = judge.roll().links().into_iter().map(|(grant, _)| grant.certificate.name.clone());
    Some(stdx::in_order(names, |one, other| one < other))
}

/// A link that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenLink {
    /// The link.
    pub link: LinkKey,
    /// What it allows.
    pub right: Right,
    /// For whom it is; may be empty.
    pub name: String,
    /// When it ends, milliseconds since 1970.
    pub expires: Option<u64>,
    /// Whether it still holds; not once it was revoked.
    pub holds: bool,
    /// How many devices joined by it, as far as is known here.
    pub devices: usize,
    /// Whether one of these devices has two histories: it signed two different things as one and the same step.
    pub forked: bool,
}

impl Room {
    /// Gives out a link on these terms, where this device owns the room; else the pass is the one by which it came. None
    /// where the room has no rights.
    pub(crate) async fn give_out(&self, terms: &Terms) -> Result<Option<Pass>, Problem> {
        let Some(pass) = self.keys().pass.clone() else { return Ok(None) };
        let Some(owner_seed) = pass.owner_seed else { return Ok(Some(pass)) };
        let (owner, (secret, certificate)) = (Pen::new(&owner_seed), self.certify(&owner_seed, terms));
        let bytes = certificate.bytes().to_vec();
        let grant = Grant::new(&owner_seed, self.ports().random(), certificate, &secret);
        // A link that cannot be noted now opens all the same; it is missing in the list, and ends with the next that is revoked.
        let _ = self.say(Said::granted(&owner, self.id(), grant)).await;
        let owner_seed = (terms.right == Right::Own).then_some(owner_seed);
        Ok(Some(Pass { secret: secret.0, certificate: bytes, owner_seed }))
    }

    /// A pass on these terms that no list has: for nobody but this device, to see what its holder would.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever does not own the room, and where the room has no rights.
    pub(crate) fn pass_for_oneself(&self, terms: &Terms) -> Result<Pass, Problem> {
        let owner_seed =
            self.keys().pass.as_ref().and_then(|pass| pass.owner_seed).ok_or(Problem::NoRight)?;
        let (secret, certificate) = self.certify(&owner_seed, terms);
        Ok(Pass { secret: secret.0, certificate: certificate.bytes().to_vec(), owner_seed: None })
    }

    /// The secret of a new link, and what the owner signs for it.
    fn certify(&self, owner_seed: &[u8; 32], terms: &Terms) -> (LinkSecret, Certificate) {
        let (owner, secret) = (Pen::new(owner_seed), LinkSecret(self.ports().random()));
        let Terms { right, name, expires } = terms;
        let epoch = self.keys().epoch();
        let certificate =
            Certificate::sign(&owner, self.id(), secret.key(), *right, name.trim(), *expires, epoch);
        (secret, certificate)
    }

    /// The links that were given out, in no order. Only the owner knows them all.
    pub fn links(&self) -> Vec<GivenLink> {
        let documents = self.documents();
        let Some(judge) = documents.judge() else { return Vec::new() };
        let forked = judge.forked();
        let links = judge.roll().links().into_iter().map(|(grant, holds)| {
            let Certificate { link, right, name, expires, .. } = grant.certificate.clone();
            let devices = judge.roll().joined_by(&link);
            let is_forked = devices.iter().any(|device| forked.contains(device));
            GivenLink { link, right, name, expires, holds, devices: devices.len(), forked: is_forked }
        });
        links.collect()
    }

    /// Ends a link: opens a new epoch with a new content key, which everybody gets but who holds this link. What was read
    /// stays read.
    ///
    /// # Errors
    /// [`Problem::NoRight`] where this device does not own the room, and what the store says.
    pub async fn revoke(&self, link: LinkKey) -> Result<(), Problem> {
        self.renew(Some(link)).await
    }

    /// Opens a new epoch with a new content key, which everybody gets whose link goes on. Whoever copied the old key from a device
    /// reads nothing that is written from then on.
    ///
    /// # Errors
    /// As [`Room::revoke`].
    pub async fn renew_keys(&self) -> Result<(), Problem> {
        self.renew(None).await
    }

    async fn renew(&self, ended: Option<LinkKey>) -> Result<(), Problem> {
        let now = (self.ports().now)();
        // A link that is past its end ends along with it.
        let goes_on =
            |given: &Certificate| Some(given.link) != ended && given.expires.is_none_or(|end| end > now);
        let pass = self.keys().pass.clone().ok_or(Problem::NoRight)?;
        let owner_seed = pass.owner_seed.ok_or(Problem::NoRight)?;
        self.flush().await?;
        let stored = self.ports().store.entries(self.id()).await?;
        let (epoch, old) = (self.keys().epoch(), *self.keys().newest());
        let new = self.ports().random();
        let said = {
            let documents = self.documents();
            let judge = documents.judge().ok_or(Problem::NoRight)?;
            let prev = judge.roll().openings().last().map_or([0; 32], |(hash, _)| *hash);
            let given = judge.roll().links().into_iter();
            let given = given.filter(|(grant, holds)| *holds && goes_on(&grant.certificate));
            let links: Vec<LinkSecret> = given.filter_map(|(grant, _)| grant.secret(&owner_seed)).collect();
            // Who began the room goes on by a link that was never given out.
            let founders = judge.roll().founders();
            let cuts = ends(stored.iter().filter(|entry| documents.counts(&entry.hash)));
            let nonce = self.ports().random();
            let opening =
                Opening::new(&owner_seed, epoch + 1, prev, cuts, (&old, &new), (&links, &founders), nonce);
            Said::opened(&Pen::new(&owner_seed), self.id(), opening)
        };
        // Sealed in the epoch that ends, so that all who go on can read it.
        self.say(said).await
    }

    /// Puts a statement on the roll, here and for the other tabs.
    async fn say(&self, said: Said) -> Result<(), Problem> {
        for entry in say(self.ports(), self.writer(), said).await? {
            self.take_in(&entry);
            self.tell_entry(entry);
        }
        self.follow_rights().await
    }

    /// Brings this device up to date with what the roll says: keeps the keys that it brought and to whom the room was given,
    /// signs again for the new epoch what of this device's words came after the cut, and makes the documents anew where
    /// something no longer counts.
    pub(crate) fn follow_rights(&self) -> Later<Result<(), Problem>> {
        let room = self.clone();
        // Boxed, since it is waited for at several places and each would hold a copy of its code.
        Box::pin(async move {
            if let Some(mut record) = room.ports().store.room(room.id()).await? {
                let owned = room.is_owner();
                // A link that was opened meanwhile may have brought keys to read with what came along.
                if room.writer().adopt(&record.keys) {
                    room.catch_up().await?;
                }
                if room.is_owner() && !owned {
                    // What only owners keep was passed over so far.
                    room.make_anew().await?;
                }
                let keys = room.keys().clone();
                let given = given_to(&room.documents(), &keys);
                if record.keys != keys || record.given != given {
                    (record.keys, record.given) = (keys, given);
                    room.ports().store.put_room(record).await?;
                }
            }
            if room.has_ended_entries() {
                room.sign_again().await?;
                room.make_anew().await?;
            }
            room.show_right();
            // Somebody may be in the room no longer, or be readable only now.
            room.open_others();
            room.say_presence();
            Ok(())
        })
    }

    /// The same later, where nobody waits for it. What the store refuses now is done when the room is opened next.
    pub(crate) fn follow_rights_later(&self) {
        let following = self.follow_rights();
        self.ports().tasks.spawn(Box::pin(async move { drop(following.await) }));
    }

    /// Own entries that came after the end of their epoch are signed again for the newest, if this device may still write.
    async fn sign_again(&self) -> Result<(), Problem> {
        let stored = self.ports().store.entries(self.id()).await?;
        for doc in self.writer().docs() {
            let chain = self.writer().chain(doc);
            let needed = Right::needed(&chain.author, doc);
            if needed.is_none_or(|needed| self.right() < Some(needed)) {
                continue;
            }
            let late = stored.iter().filter(|entry| entry.chain() == chain && self.is_past_cut(entry));
            let late = stdx::in_order(late, |one, other| one.first < other.first);
            for run in late.chunk_by(|one, next| next.first == one.last + 1) {
                let run: Vec<StoredEntry> = run.iter().map(|entry| (*entry).clone()).collect();
                let epoch = self.keys().epoch();
                let Some(one) = crate::ledger::join(self.writer(), epoch, &run, self.ports().random()) else {
                    continue;
                };
                let signed_again = one.clone();
                let covered = run.iter().map(|entry| entry.hash).collect();
                if self.ports().store.squash(self.id(), one, covered).await? {
                    self.tell_entry(signed_again);
                }
            }
        }
        self.carry_again(&stored).await?;
        self.carry_receipts_again(&stored).await
    }
}

/// Where each chain of these entries ends. Statements of the roll count in any epoch.
pub(crate) fn ends<'a>(entries: impl Iterator<Item = &'a StoredEntry>) -> Vec<Cut> {
    let mut ends: Vec<Cut> = Vec::new();
    for entry in entries.filter(|entry| entry.doc != DocName::Roll) {
        let cut = Cut { chain: entry.chain(), last: entry.last, hash: entry.hash };
        match ends.iter_mut().find(|end| end.chain == cut.chain) {
            Some(end) if end.last < cut.last => *end = cut,
            Some(_) => {}
            None => ends.push(cut),
        }
    }
    ends
}
