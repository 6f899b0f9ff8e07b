//! Rooms on their way to another device and back: links, room files, and texts for other programs.

use exchange::{
    bundle::{self, Bundle, Envelope, OpenError, SEALED_AS},
    html, markdown,
};
use model::{RoomId, Standing, StoredEntry, Touch, limits};
use reactive_graph::traits::GetUntracked as _;
use sync::{
    ledger::{SignedEntry, unseal},
    tabs::TabMessage,
};
use text::Block;

use crate::{
    Problem, Room, Rooms,
    ledger::{Documents, EPOCH, Writer},
    room::{blobs, line_name},
};

/// A room ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The room's title.
    pub title: String,
    /// What goes behind the `#` of a link: the whole room and what opens it. None where it would be far longer than any
    /// link.
    pub fragment: Option<String>,
    /// The same as the bytes of a room file.
    pub file: Vec<u8>,
}

/// What a link or a room file brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// The room.
    pub room: RoomId,
    /// Whether this device had it before.
    pub had: bool,
    /// How many entries and blobs were new.
    pub new: usize,
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

impl Rooms {
    /// Seals a room for sending, with a new key. A room that is open goes out whole even while the store takes or gives
    /// nothing: then above all somebody wants to have it elsewhere.
    pub async fn share(&self, id: RoomId) -> Result<Share, Problem> {
        let room = self.open(id).await?;
        let entries = match self.stored_entries(&room).await {
            Ok(entries) => entries,
            Err(_) => room.entries_of_all()?,
        };
        // What the text no longer refers to does not travel.
        let blobs = room.blobs_of(&room.whole()?).await.into_iter().map(|(_, plain)| plain).collect();
        let keys = room.keys();
        let (content_key, owner) = (keys.content, keys.owner);
        let bundle = Bundle { room: id, epoch: EPOCH, content_key, owner, entries, blobs };
        let (key, nonce) = (self.ports.random(), self.ports.random());
        let sealed = self.ports.cipher.seal(&key, &nonce, SEALED_AS, bundle::pack(&bundle)).await?;
        let envelope = Envelope { key, nonce, sealed };
        let title = room.title().get_untracked();
        let is_short = envelope.sealed.len() <= limits::LINK_MAX;
        Ok(Share { title, fragment: is_short.then(|| envelope.to_fragment()), file: envelope.to_file() })
    }

    /// The signed entries of a room, once everything is stored and squashed.
    async fn stored_entries(&self, room: &Room) -> Result<Vec<Vec<u8>>, Problem> {
        room.flush().await?;
        room.squash().await?;
        let mut entries = Vec::new();
        for stored in self.ports.store.entries(room.id()).await? {
            entries.push(unseal(room.id(), &room.keys().content, &stored.sealed)?.1);
        }
        Ok(entries)
    }

    /// Takes in the room that a link's fragment holds, merging it with what this device has of it.
    pub async fn receive_link(&self, fragment: &str) -> Result<Received, Problem> {
        self.receive(Envelope::from_fragment(fragment)?).await
    }

    /// Takes in the room that a room file holds, merging it with what this device has of it.
    pub async fn receive_file(&self, bytes: &[u8]) -> Result<Received, Problem> {
        self.receive(Envelope::from_file(bytes)?).await
    }

    async fn receive(&self, envelope: Envelope) -> Result<Received, Problem> {
        let packed =
            self.ports.cipher.open(&envelope.key, &envelope.nonce, SEALED_AS, envelope.sealed).await?;
        let bundle = bundle::unpack(&packed)?;
        let (id, content_key) = (bundle.room, bundle.content_key);
        let mut entries = Vec::with_capacity(bundle.entries.len());
        for bytes in &bundle.entries {
            entries.push(SignedEntry::read(id, bundle.epoch, bytes)?);
        }
        let known = self.ports.store.room(id).await?;
        let keys = match &known {
            // A bundle that names a room of ours but does not hold its key is not that room.
            Some(room) if room.keys.content != content_key => return Err(OpenError::Damaged.into()),
            Some(room) => room.keys.clone(),
            None => self.new_keys(content_key, bundle.owner),
        };
        // Everything is tried on documents of their own first, so that a bad entry leaves nothing behind.
        let writer = Writer::new(id, keys.clone(), &self.ports);
        let had = self.ports.store.entries(id).await?;
        let mut documents = Documents::load(&writer, &had);
        for signed in &entries {
            documents.apply(&signed.entry).or(Err(OpenError::Damaged))?;
        }
        let title = documents.offer.title();
        let is_new = known.is_none();
        match known {
            None => self.add(id, title.clone(), keys).await?,
            Some(mut room) if room.standing != Standing::Active => {
                room.standing = Standing::Active;
                self.ports.store.put_room(room).await?;
            }
            Some(_) => {}
        }
        let sealed: Vec<StoredEntry> = entries
            .iter()
            .map(|signed| signed.seal(id, bundle.epoch, &content_key, self.ports.random()))
            .collect();
        let touch = Touch { changed: self.now(), title: Some(title) };
        // The blobs first, so that nothing refers to what is not there.
        let kept = async {
            let blobs = blobs::keep(&self.ports, id, &content_key, bundle.blobs).await?;
            Ok::<_, Problem>((blobs, self.ports.store.accept(id, touch, sealed.clone()).await?))
        };
        let (blobs, new) = match kept.await {
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
        for entry in sealed.into_iter().filter(|entry| new.contains(&entry.hash)) {
            line.post(&TabMessage::Entry(entry.sealed).write());
        }
        if blobs > 0 {
            line.post(&TabMessage::Blobs.write());
        }
        self.changed().await?;
        Ok(Received { room: id, had: !had.is_empty(), new: new.len() + blobs })
    }

    /// A room's title and text in a form for other programs. `language` is the BCP 47 tag of the reader's language.
    pub async fn export(&self, id: RoomId, form: Export, language: &str) -> Result<Exported, Problem> {
        let room = self.open(id).await?;
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
