//! Rooms on their way to another device and back: links, room files, and texts for other programs.

use std::{collections::HashSet, rc::Rc};

use exchange::{
    bundle::{self, Bundle, Envelope, OpenError, PackedEntry, SEALED_AS},
    html, markdown,
};
use model::{
    CipherError, DocName, EntryHash, Pass, Right, RoomId, RoomKeys, Standing, StoredEntry, Touch, limits,
};
use reactive_graph::traits::GetUntracked as _;
use sync::{ledger::SignedEntry, tabs::TabMessage};
use terms::rule::Gate;
use text::Block;

use crate::{
    News, Problem, Room, Rooms,
    gate::Passed,
    ledger::{Documents, Writer},
    news::Watcher,
    rights::{self, Terms},
    room::{blobs, line_name, readings, workspace::workspace_of},
};

/// A room ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The room's title.
    pub title: String,
    /// What goes behind the `#` of a link: the whole room and what opens it. None where it would be far longer than any
    /// link.
    pub fragment: Option<String>,
    /// Whether files in the room were too large for the link, which has everything else.
    pub without_files: bool,
    /// The same as the bytes of a room file.
    pub file: Vec<u8>,
    /// What its holder may do, in a room with rights.
    pub pass: Option<Pass>,
    /// Whether a passphrase is needed to open them.
    pub locked: bool,
}

/// What a link or a room file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The room.
    pub room: RoomId,
    /// Whether this device had it before.
    pub had: bool,
    /// How many entries and blobs were new. What only tells who takes part, or what devices recorded of reading, does not count.
    pub new: usize,
    /// How many receipts of reading came.
    pub receipts: usize,
    /// What that changed in a room that this device had before.
    pub news: News,
}

/// A room's text for other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The room's title.
    pub title: String,
    /// The text in the form that was asked for.
    pub text: String,
    /// How many images are only named in it, since they are too large for it or not here.
    pub images_left_out: usize,
}

/// A form in which a room's text leaves for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// CommonMark with tables.
    Markdown,
    /// One web page that stands alone.
    Html,
}

/// How a room comes to this device.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coming {
    /// Where it is to stand in the list.
    pub(crate) standing: Standing,
    /// When, for the end of the link by which it comes; 0 where that does not matter.
    pub(crate) at: u64,
}

/// The entries of a room on their way, and whether they prove who wrote what.
struct Outgoing {
    entries: Vec<PackedEntry>,
    proven: bool,
}

impl Rooms {
    /// Seals a room for sending, with a new key. Whoever owns it gives out a link on these terms; others pass on the one by
    /// which they came, and so does who names no terms, for a copy of their own. A room that is open goes out whole even while the store takes or gives nothing: then above all
    /// somebody wants to have it elsewhere.
    ///
    /// # Errors
    /// [`Problem::Held`] where it is for others than owners and a rule of the team holds it back; what the store and the browser's
    /// cryptography say.
    pub async fn share(&self, id: RoomId, terms: Option<&Terms>) -> Result<Share, Problem> {
        self.share_locked(id, terms, "").await
    }

    /// The same, so that it opens with this passphrase only, unless that is empty. What stands around it does not count.
    ///
    /// # Errors
    /// As [`Rooms::share`].
    pub async fn share_locked(
        &self,
        id: RoomId,
        terms: Option<&Terms>,
        passphrase: &str,
    ) -> Result<Share, Problem> {
        let room = self.open(id).await?;
        let leaves_team = match terms {
            Some(terms) => terms.right < Right::Own,
            None => !owns(room.keys().pass.as_ref()),
        };
        let passed = if leaves_team { self.pass(Gate::Share, &room).await? } else { Passed::for_oneself() };
        let pass = match terms {
            Some(terms) => {
                // Nothing writes to the room's record meanwhile. What cannot be stored goes out all the same.
                let _ = room.flush().await;
                let pass = room.give_out(terms).await?;
                // The list says to whom the room was given. One that cannot be read now says so later.
                let _ = self.changed().await;
                pass
            }
            None => room.keys().pass.clone(),
        };
        let packed = self.leaving(&room, pass.clone(), true, &passed).await?;
        let passphrase = passphrase.trim();
        let whole = self.sealed(packed, passphrase).await?;
        let is_short = |envelope: &Envelope| envelope.sealed.len() <= limits::LINK_MAX;
        let mut fragment = is_short(&whole).then(|| whole.to_fragment());
        let mut without_files = false;
        if fragment.is_none() && !room.file_blobs(true).is_empty() {
            // The words may fit where the files do not; these come when both sides are there.
            let words =
                self.sealed(self.leaving(&room, pass.clone(), false, &passed).await?, passphrase).await?;
            fragment = is_short(&words).then(|| words.to_fragment());
            without_files = fragment.is_some();
        }
        let title = room.title().get_untracked();
        let locked = !passphrase.is_empty();
        Ok(Share { title, fragment, without_files, file: whole.to_file(), pass, locked })
    }

    async fn sealed(&self, packed: Vec<u8>, passphrase: &str) -> Result<Envelope, Problem> {
        let (key, nonce) = (self.ports.random(), self.ports.random());
        let locked = !passphrase.is_empty();
        let sealing = if locked { self.ports.cipher.derive(passphrase, &key).await? } else { key };
        let sealed = self.ports.cipher.seal(&sealing, &nonce, SEALED_AS, packed).await?;
        Ok(Envelope { locked, key, nonce, sealed })
    }

    /// The whole room, packed to be sealed, for whoever holds `pass`. Links, room files and what is kept at addresses are all
    /// made of this, so what may leave is decided here. None does before it has passed its gate.
    pub(crate) async fn leaving(
        &self,
        room: &Room,
        pass: Option<Pass>,
        with_files: bool,
        _passed: &Passed,
    ) -> Result<Vec<u8>, Problem> {
        if self.is_preview {
            return Err(Problem::Preview);
        }
        // Only now, since what is sealed cannot be taken back. What cannot be sealed now waits.
        let _ = room.seal_recorded().await;
        // Owners give what their buyers' devices told to nobody but owners, who alone can read it. Buyers pass it on.
        let with_receipts = !room.is_owner() || owns(pass.as_ref());
        let Outgoing { entries, proven } = self.outgoing(room, with_receipts).await?;
        // What nothing refers to any more does not travel, nor do large files.
        let blobs = room.blobs_to_send(with_files).await?;
        // Without proof nothing would count, so such a copy says nothing of rights.
        let pass = pass.filter(|_| proven);
        // What the owners keep for themselves goes to owners alone.
        let workspace = match room.workspace().filter(|_| owns(pass.as_ref())) {
            Some(workspace) => self.outgoing(&workspace, true).await?,
            None => Outgoing { entries: Vec::new(), proven: true },
        };
        let workspace = if workspace.proven { workspace.entries } else { Vec::new() };
        let (keys, room) = (room.keys(), room.id());
        let all_keys = [&[keys.content][..], &keys.later].concat();
        let bundle = Bundle { room, keys: all_keys, owner: keys.owner, pass, entries, workspace, blobs };
        Ok(bundle::pack(&bundle))
    }

    /// The signed entries of a room, once everything is stored and squashed; or what can be had of them.
    async fn outgoing(&self, room: &Room, with_receipts: bool) -> Result<Outgoing, Problem> {
        let is_stored = room.flush().await.is_ok();
        if is_stored {
            room.squash().await?;
        }
        let Ok(stored) = self.ports.store.entries(room.id()).await else {
            return Ok(Outgoing { entries: room.entries_of_all()?, proven: false });
        };
        let mut entries = Vec::new();
        for entry in stored.iter().filter(|entry| with_receipts || entry.doc != DocName::Receipts) {
            entries.extend(room.packed(entry)?);
        }
        if !is_stored {
            entries.extend(room.unsaved_entries(&stored)?);
        }
        Ok(Outgoing { entries, proven: true })
    }

    /// Takes in the room that a link's fragment holds, merging it with what this device has of it.
    pub async fn receive_link(&self, fragment: &str) -> Result<Received, Problem> {
        self.receive(Envelope::from_fragment(fragment)?, "").await
    }

    /// Takes in the room that a room file holds, merging it with what this device has of it.
    pub async fn receive_file(&self, bytes: &[u8]) -> Result<Received, Problem> {
        self.receive(Envelope::from_file(bytes)?, "").await
    }

    /// Takes in the room of an envelope, merging it with what this device has of it. The passphrase counts where the envelope
    /// is locked.
    ///
    /// # Errors
    /// [`OpenError::NeedsPassphrase`], [`OpenError::WrongPassphrase`], and whatever else keeps a room from opening. Nothing is
    /// left behind then.
    pub async fn receive(&self, envelope: Envelope, passphrase: &str) -> Result<Received, Problem> {
        let Envelope { locked, key, nonce, sealed } = envelope;
        let (cipher, passphrase) = (&self.ports.cipher, passphrase.trim());
        let key = match (locked, passphrase) {
            (false, _) => key,
            (true, "") => return Err(OpenError::NeedsPassphrase.into()),
            (true, passphrase) => cipher.derive(passphrase, &key).await?,
        };
        let packed = match cipher.open(&key, &nonce, SEALED_AS, sealed).await {
            Err(CipherError::Wrong) if locked => return Err(OpenError::WrongPassphrase.into()),
            opened => opened?,
        };
        self.take(bundle::unpack(&packed)?).await
    }

    /// Takes in a room that came, with its workspace where one came along, merging both with what this device has of them.
    pub(crate) async fn take(&self, bundle: Bundle) -> Result<Received, Problem> {
        self.take_as(bundle, Coming { standing: Standing::Active, at: self.now() }).await
    }

    /// The same for what comes in a certain way.
    pub(crate) async fn take_as(&self, mut bundle: Bundle, coming: Coming) -> Result<Received, Problem> {
        let entries = std::mem::take(&mut bundle.workspace);
        let received = self.take_ledger(bundle, coming).await?;
        if entries.is_empty() {
            return Ok(received);
        }
        let record = self.ports.store.room(received.room).await?.ok_or(Problem::NoSuchRoom)?;
        let Some((room, RoomKeys { content, owner, pass, .. })) = workspace_of(&record.keys) else {
            return Ok(received);
        };
        let (keys, workspace, blobs) = (vec![content], Vec::new(), Vec::new());
        let bundle = Bundle { room, keys, owner, pass, entries, workspace, blobs };
        let new = self.take_ledger(bundle, Coming { standing: Standing::Workspace, ..coming }).await?.new;
        let line = self.ports.tabs.join(&line_name(received.room), Box::new(|_| {}));
        line.post(&TabMessage::Workspace.write());
        if let Some(open) = self.already_open(received.room) {
            open.open_workspace().await?;
        }
        Ok(Received { new: received.new + new, ..received })
    }

    async fn take_ledger(&self, bundle: Bundle, coming: Coming) -> Result<Received, Problem> {
        let (id, standing) = (bundle.room, coming.standing);
        let (mut entries, mut others) = (Vec::new(), Vec::new());
        for packed in &bundle.entries {
            let signed = SignedEntry::read(id, packed.epoch, &packed.bytes)?;
            let part = if signed.entry.doc == DocName::Roll { &mut entries } else { &mut others };
            part.push((packed.epoch, signed));
        }
        // The roll first: by it the others are judged.
        entries.append(&mut others);
        let pass = match &bundle.pass {
            Some(pass) => Some((pass, rights::check(&bundle.owner, id, pass, coming.at)?)),
            None => None,
        };
        let known = self.ports.store.room(id).await?;
        let keys = match &known {
            Some(room) => merged(&room.keys, &bundle)?,
            None => self.new_keys(&bundle),
        };
        // Everything is tried on documents of their own first, so that a bad entry leaves nothing behind.
        let writer = Rc::new(Writer::new(id, keys, &self.ports));
        let had = self.ports.store.entries(id).await?;
        let mut documents = Documents::load(&writer, &had);
        let mut watcher = Watcher::new(&mut documents);
        for (epoch, signed) in &entries {
            let events = documents.admit(&writer, *epoch, signed).or(Err(OpenError::Damaged))?;
            watcher.note(&events);
        }
        rights::check_keys(&documents, &writer)?;
        // By a link that allows more than what this device may do so far, it joins. A room without rights stays one: who
        // brings rights into it could shut the others out.
        let joins = match (pass, documents.judge()) {
            (Some((pass, certificate)), Some(_))
                if documents.right(&writer.author()) < Some(certificate.right) =>
            {
                writer.hold(pass.clone());
                true
            }
            _ => false,
        };
        // What does not count is left out. Honest programs pass nothing of the kind on.
        entries.retain(|(_, signed)| documents.counts(&signed.hash()));
        let title = documents.offer.title();
        let keys = writer.keys().clone();
        let is_teams = owns(keys.pass.as_ref()) && documents.offer.is_teams();
        let standing = if is_teams && standing == Standing::Active { Standing::Team } else { standing };
        let given = rights::given_to(&documents, &keys);
        let is_new = known.is_none();
        match known {
            None => self.add(id, title.clone(), keys.clone(), standing, given).await?,
            Some(mut room) => {
                // A newer copy of a template leaves it one.
                let standing = if room.standing == Standing::Template { room.standing } else { standing };
                if room.standing != standing || room.keys != keys || room.given != given {
                    (room.standing, room.given) = (standing, given);
                    room.keys = keys.clone();
                    self.ports.store.put_room(room).await?;
                }
            }
        }
        let sealed: Vec<StoredEntry> =
            entries.iter().map(|(epoch, signed)| writer.seal(*epoch, signed, self.ports.random())).collect();
        self.drop_what_ended(&writer, &documents, &had, &sealed).await?;
        let hashes: HashSet<EntryHash> = had.iter().map(|entry| entry.hash).collect();
        let new = sealed.iter().filter(|entry| !hashes.contains(&entry.hash));
        let touch = Touch { changed: changed_by(new, self.now()), title: Some(title) };
        // The blobs first, so that nothing refers to what is not there.
        let kept = async {
            let blobs = blobs::keep(&self.ports, id, &keys.content, bundle.blobs).await?;
            let new = self.ports.store.accept(id, touch, sealed.clone()).await?;
            let joined = if joins { rights::join(&self.ports, &writer).await? } else { Vec::new() };
            Ok::<_, Problem>((blobs, new, joined))
        };
        let (blobs, new, joined) = match kept.await {
            Ok(kept) => kept,
            Err(problem) => {
                if is_new {
                    // Where the store takes nothing, it may not let go either; then an empty room is left.
                    let _ = self.ports.store.erase_room(id).await;
                }
                return Err(problem);
            }
        };
        let line = self.ports.tabs.join(&line_name(id), Box::new(|_| {}));
        let came: Vec<StoredEntry> = sealed.into_iter().filter(|entry| new.contains(&entry.hash)).collect();
        if owns(keys.pass.as_ref()) {
            // Without it a receipt shows without the time at which it came.
            let _ = readings::note_received(&self.ports, id, &came).await;
        }
        let count = came.iter().filter(|entry| is_news(entry)).count();
        let receipts = came.iter().filter(|entry| entry.doc == DocName::Receipts).count();
        let had = !had.is_empty();
        let news = if had { watcher.news(&documents, &came, &writer.author()) } else { News::default() };
        for entry in came.into_iter().chain(joined) {
            line.post(&TabMessage::Entry(entry.sealed).write());
        }
        let brought = blobs.len();
        if brought > 0 {
            line.post(&TabMessage::Blobs(blobs).write());
        }
        self.changed().await?;
        Ok(Received { room: id, had, new: count + brought, receipts, news })
    }

    /// What came after its epoch had ended gives way to those parts of it that count: joined into one entry with what came in
    /// time, it would keep these out. Own words of this device stay, where it may sign them again.
    async fn drop_what_ended(
        &self,
        writer: &Writer,
        documents: &Documents,
        had: &[StoredEntry],
        came: &[StoredEntry],
    ) -> Result<(), Problem> {
        for ended in had.iter().filter(|entry| entry.last > entry.first && !documents.counts(&entry.hash)) {
            let needed = Right::needed(&ended.author, ended.doc);
            if ended.author == writer.author() && documents.right(&ended.author) >= needed {
                continue;
            }
            let part = came.iter().find(|entry| {
                entry.chain() == ended.chain() && entry.first >= ended.first && entry.last <= ended.last
            });
            if let Some(part) = part {
                self.ports.store.squash(writer.room, part.clone(), vec![ended.hash]).await?;
            }
        }
        Ok(())
    }

    /// A room's title and text in a form for other programs. `language` is the BCP 47 tag of the reader's language.
    ///
    /// # Errors
    /// [`Problem::Held`] where a rule of the team holds it back, and what the documents say.
    pub async fn export(&self, id: RoomId, form: Export, language: &str) -> Result<Exported, Problem> {
        let room = self.open(id).await?;
        self.pass(Gate::Export, &room).await?;
        let document = room.whole()?;
        let tables = room.tables_of(&document);
        let blobs = room.blobs_of(&document).await;
        let find = |hash| blobs.iter().find(|(name, _)| *name == hash).map(|(_, plain)| plain.clone());
        let most = match form {
            Export::Markdown => markdown::INLINE_MAX,
            Export::Html => limits::BLOB_MAX,
        };
        let is_inside = |hash| blobs.iter().any(|(name, plain)| *name == hash && plain.len() <= most);
        let images = document.lines().iter().filter_map(|line| match &line.format.block {
            Block::Image(image) => Some(image.blob),
            _ => None,
        });
        let images_left_out = images.filter(|hash| !is_inside(*hash)).count();
        let title = room.filled_words(&room.title().get_untracked());
        let (document, tables) = room.filled(&document, &tables);
        let text = match form {
            Export::Markdown => markdown::write_with(&document, &tables, &find),
            Export::Html => html::write(&title, &document, &tables, &find, language),
        };
        Ok(Exported { title, text, images_left_out })
    }
}

/// Whether an entry tells people something: who takes part, and what their devices told of reading, does not.
pub(crate) fn is_news(entry: &StoredEntry) -> bool {
    !matches!(entry.doc, DocName::Roll | DocName::Receipts)
}

/// When a room changed into which these entries came `now`. That somebody has read it is no change.
pub(crate) fn changed_by<'a>(mut came: impl Iterator<Item = &'a StoredEntry>, now: u64) -> u64 {
    if came.all(|entry| entry.doc == DocName::Receipts) { 0 } else { now }
}

/// Whether whoever holds a pass is one of the owners.
pub(crate) fn owns(pass: Option<&Pass>) -> bool {
    pass.is_some_and(|pass| pass.owner_seed.is_some())
}

/// The keys of a room of ours after a bundle of it came.
fn merged(ours: &RoomKeys, bundle: &Bundle) -> Result<RoomKeys, Problem> {
    let mut keys = ours.clone();
    let all = [&[keys.content][..], &keys.later].concat();
    // A bundle that names a room of ours but does not hold its key is not that room.
    if keys.owner != bundle.owner || all.iter().zip(&bundle.keys).any(|(ours, theirs)| ours != theirs) {
        return Err(OpenError::Damaged.into());
    }
    if bundle.keys.len() > all.len() {
        keys.later = bundle.keys[1..].to_vec();
    }
    Ok(keys)
}
