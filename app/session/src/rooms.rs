//! The rooms of this device.

use std::{cell::RefCell, rc::Rc};

use exchange::{
    Imported, Note, Template,
    bundle::Bundle,
    parcel::{self, Source},
};
use model::{Author, RoomId, RoomKeys, RoomRecord, Standing, limits};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{Set as _, Update as _},
};
use sync::ledger::Pen;

use crate::{
    Ports, Problem, Room, TabLine,
    activity::ACTIVITY,
    fetching::Part,
    rights,
    room::{
        WeakRoom,
        activity::Keep,
        readings::received_name,
        recording::{left::left_prefix, notice::told_name, recorded_name},
        versions::kept_name,
        visits::visit_name,
        workspace::workspace_of,
    },
};

/// What a new room begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start<'a> {
    /// A blank page.
    Blank,
    /// A proposal in Markdown, from a file of this name.
    Markdown {
        /// The file's name; it names the room when the text has no title.
        name: &'a str,
        /// The file's bytes.
        bytes: &'a [u8],
    },
    /// A proposal that is a web page, from a file of this name.
    Html {
        /// As for Markdown.
        name: &'a str,
        /// The page's [`exchange::html::Tokens`].
        page: &'a [u8],
    },
    /// A proposal to begin with, in sections.
    Template(Template),
}

/// The list of rooms and what can be done with each.
#[derive(Clone)]
pub struct Rooms {
    pub(crate) ports: Ports,
    list: ArcRwSignal<Option<Vec<RoomRecord>>>,
    pub(crate) activity_changed: ArcRwSignal<u64>,
    /// What keeps for the list what happened in a room, once somebody asked for it.
    pub(crate) keeper: Rc<RefCell<Option<Keep>>>,
    pub(crate) line: Rc<RefCell<Option<Box<dyn TabLine>>>>,
    pub(crate) open: Rc<RefCell<Vec<WeakRoom>>>,
    /// A file that came in part.
    pub(crate) part: Rc<RefCell<Option<Part>>>,
    /// The teams of this device, once the store was read.
    pub(crate) teams: Rc<RefCell<Option<Vec<RoomId>>>>,
    /// Whether they are there to be looked at only, so that nothing leaves them.
    pub(crate) is_preview: bool,
}

impl Rooms {
    /// The rooms behind these ports. Other tabs that change the list are heard from now on.
    pub fn new(ports: Ports) -> Self {
        let (list, activity_changed) = (ArcRwSignal::new(None), ArcRwSignal::new(0));
        let (line, open, part) = (Rc::default(), Rc::default(), Rc::default());
        let rooms = Self {
            ports,
            list,
            activity_changed,
            keeper: Rc::default(),
            line,
            open,
            part,
            teams: Rc::default(),
            is_preview: false,
        };
        let heard = rooms.clone();
        let hear = move |message: Vec<u8>| {
            if message == ACTIVITY {
                return heard.activity_changed.update(|count| *count += 1);
            }
            let rooms = heard.clone();
            heard.ports.tasks.spawn(Box::pin(async move {
                // A list that cannot be read now stays as it is; whoever acts on it is told.
                let _ = rooms.read().await;
            }));
        };
        let line = rooms.ports.tabs.join("handsel/rooms", Box::new(hear));
        *rooms.line.borrow_mut() = Some(line);
        rooms
    }

    /// All rooms but the deleted ones, and what teams have for themselves, newest change first; nothing before the store was read.
    pub fn list(&self) -> ArcRwSignal<Option<Vec<RoomRecord>>> {
        self.list.clone()
    }

    /// Reads the list from the store.
    pub async fn read(&self) -> Result<(), Problem> {
        let rooms = self.ports.store.rooms().await?;
        self.note_teams(&rooms);
        let rooms = rooms
            .into_iter()
            .filter(|room| !matches!(room.standing, Standing::Deleted(_) | Standing::Workspace));
        let newest_first =
            |one: &RoomRecord, other: &RoomRecord| (other.changed, one.id) < (one.changed, other.id);
        self.list.set(Some(stdx::in_order(rooms, newest_first)));
        Ok(())
    }

    /// Makes a room. `untitled` is its title when nothing else gives one. Answers also what of a proposal could not be
    /// kept as it was.
    pub async fn create(&self, start: Start<'_>, untitled: &str) -> Result<(RoomId, Vec<Note>), Problem> {
        let imported = match start {
            Start::Blank => blank(),
            Start::Markdown { bytes, .. } => self.read_text(Source::Markdown(words_of(bytes)?)).await?,
            Start::Html { page, .. } => self.read_text(Source::Html(page)).await?,
            Start::Template(template) => self.read_text(Source::Template(template)).await?,
        };
        let in_sections = matches!(start, Start::Template(_));
        let title = match (&imported.title, start) {
            (Some(title), _) => title.clone(),
            (None, Start::Markdown { name, .. } | Start::Html { name, .. }) => title_from_file(name),
            (None, Start::Blank | Start::Template(_)) => String::new(),
        };
        let title: String = title.trim().chars().take(limits::TITLE_MAX).collect();
        let title = if title.is_empty() { untitled.to_owned() } else { title };
        let id = RoomId(self.ports.random());
        self.begin(id, &title, &imported, in_sections, true).await?;
        Ok((id, imported.notes))
    }

    /// Makes a blank room without rights, under a name that the caller chose, unless this device has it already. Whoever knows
    /// the name may join it, and any Yjs program may write in it ([`Room::adopt`]).
    pub async fn ensure(&self, id: RoomId, title: &str) -> Result<(), Problem> {
        match self.ports.store.room(id).await? {
            Some(_) => Ok(()),
            None => self.begin(id, title, &blank(), false, false).await,
        }
    }

    pub(crate) async fn begin(
        &self,
        id: RoomId,
        title: &str,
        imported: &Imported,
        in_sections: bool,
        with_rights: bool,
    ) -> Result<(), Problem> {
        self.begin_as(self.ports.random(), id, title, imported, in_sections, with_rights).await
    }

    /// The same, to write in it with the key of this seed.
    pub(crate) async fn begin_as(
        &self,
        author_seed: [u8; 32],
        id: RoomId,
        title: &str,
        imported: &Imported,
        in_sections: bool,
        with_rights: bool,
    ) -> Result<(), Problem> {
        let (owner, pass, content) = if with_rights {
            let (owner, pass) = rights::own_pass(id, &self.ports);
            (owner, Some(pass), self.ports.random())
        } else {
            (Pen::new(&author_seed).author(), None, sync::roads::open_key(id))
        };
        let keys = RoomKeys { content, later: Vec::new(), author_seed, owner, pass };
        let given = with_rights.then(Vec::new);
        self.add(id, title.to_owned(), keys, Standing::Active, given).await?;
        let room = self.open(id).await?;
        for entry in rights::join(&self.ports, room.writer()).await? {
            room.take_in(&entry);
        }
        for blob in &imported.blobs {
            room.put_blob(blob.clone()).await?;
        }
        room.begin(title, imported, in_sections)?;
        room.flush().await?;
        self.changed().await
    }

    /// Opens a room. While it is open in this tab, everybody who asks gets the same one, with what is not stored yet.
    pub async fn open(&self, id: RoomId) -> Result<Room, Problem> {
        if let Some(room) = self.already_open(id) {
            return Ok(room);
        }
        let room = Room::open(self.ports.clone(), id).await?;
        // Somebody else may have been faster while the store was read.
        if let Some(room) = self.already_open(id) {
            return Ok(room);
        }
        room.is_one_of(self);
        if self.is_preview {
            room.is_for_looking_only();
        } else if let Some(keep) = &*self.keeper.borrow() {
            room.keep_activity_by(keep);
        }
        self.open.borrow_mut().push(room.downgrade());
        let opened = room.clone();
        self.ports.tasks.spawn(Box::pin(async move {
            // A workspace that cannot be had now is had when the room is opened again, and is not overwritten.
            let _ = opened.open_workspace().await;
            // Until it is known what rules hold, the price is changed as if there were some.
            let _ = opened.learn_rules().await;
            // What cannot be dropped now is dropped another time.
            let _ = opened.drop_loose_blobs().await;
        }));
        Ok(room)
    }

    pub(crate) fn already_open(&self, id: RoomId) -> Option<Room> {
        let mut open = self.open.borrow_mut();
        open.retain(|room| room.upgrade().is_some());
        open.iter().filter_map(WeakRoom::upgrade).find(|room| room.id() == id)
    }

    /// Those that are open in this tab.
    pub(crate) fn all_open(&self) -> Vec<Room> {
        self.open.borrow().iter().filter_map(WeakRoom::upgrade).collect()
    }

    /// The title of a room of this device, and who owns it.
    ///
    /// # Errors
    /// What the store says.
    pub async fn known(&self, id: RoomId) -> Result<Option<(String, Author)>, Problem> {
        Ok(self.ports.store.room(id).await?.map(|room| (room.title, room.keys.owner)))
    }

    /// Gives a room another title.
    pub async fn rename(&self, id: RoomId, title: &str) -> Result<(), Problem> {
        let room = self.open(id).await?;
        room.rename(title)?;
        room.flush().await?;
        self.changed().await
    }

    /// Moves a room to the archive or back, deletes it so that it can still be brought back, or brings it back.
    pub async fn set_standing(&self, id: RoomId, standing: Standing) -> Result<(), Problem> {
        let mut record = self.ports.store.room(id).await?.ok_or(Problem::NoSuchRoom)?;
        record.standing = standing;
        self.ports.store.put_room(record).await?;
        self.changed().await
    }

    /// Erases for good the rooms that were deleted at or before `deleted_by`, milliseconds since 1970.
    pub async fn erase_deleted(&self, deleted_by: u64) -> Result<(), Problem> {
        for room in self.ports.store.rooms().await? {
            if matches!(room.standing, Standing::Deleted(at) if at <= deleted_by) {
                self.erase(&room).await?;
            }
        }
        Ok(())
    }

    /// Erases a room for good, with all that this device knows of it.
    pub(crate) async fn erase(&self, room: &RoomRecord) -> Result<(), Problem> {
        self.forget_publications(room.id).await?;
        self.ports.store.put_setting(&visit_name(room.id), "").await?;
        self.ports.store.put_setting(&kept_name(room.id), "").await?;
        self.ports.store.put_setting(&recorded_name(room.id), "").await?;
        self.ports.store.put_setting(&received_name(room.id), "").await?;
        self.ports.store.put_setting(&told_name(room.id), "").await?;
        self.ports.journal.take_all(&left_prefix(room.id));
        self.forget_activity(room.id).await?;
        self.ports.store.erase_room(room.id).await?;
        if let Some((workspace, _)) = workspace_of(&room.keys) {
            self.ports.store.erase_room(workspace).await?;
        }
        Ok(())
    }

    /// The time now, as [`Standing::Deleted`] and [`Rooms::erase_deleted`] count it.
    pub fn now(&self) -> u64 {
        (self.ports.now)()
    }

    pub(crate) async fn add(
        &self,
        id: RoomId,
        title: String,
        keys: RoomKeys,
        standing: Standing,
        given: Option<Vec<String>>,
    ) -> Result<(), Problem> {
        let now = self.now();
        let record = RoomRecord { id, title, created: now, changed: now, standing, bytes: 0, keys, given };
        Ok(self.ports.store.put_room(record).await?)
    }

    /// The keys of a room that is new here.
    pub(crate) fn new_keys(&self, bundle: &Bundle) -> RoomKeys {
        RoomKeys {
            content: bundle.keys.first().copied().unwrap_or_default(),
            later: bundle.keys.iter().skip(1).copied().collect(),
            author_seed: self.ports.random(),
            owner: bundle.owner,
            pass: bundle.pass.clone(),
        }
    }

    /// Reads the list anew, here and in the other tabs.
    pub(crate) async fn changed(&self) -> Result<(), Problem> {
        if let Some(line) = &*self.line.borrow() {
            line.post(&[]);
        }
        self.read().await
    }

    /// Reads a text from elsewhere. Its tables have names that nothing else has.
    pub async fn read_text(&self, source: Source<'_>) -> Result<Imported, Problem> {
        let seed = u64::from_le_bytes(self.ports.random());
        let answer = self.ports.reader.ask(parcel::question(seed, source)).await;
        parcel::imported(&answer.map_err(Problem::NoReader)?)
            .or(Err(Problem::NoReader("it does not understand the question".to_owned())))
    }
}

/// The words of a file.
fn words_of(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.len() > limits::IMPORT_MAX {
        return Err(Problem::FileTooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let source = std::str::from_utf8(bytes).or(Err(Problem::NotText))?;
    if source.contains('\0') { Err(Problem::NotText) } else { Ok(source) }
}

pub(crate) fn blank() -> Imported {
    Imported {
        title: None,
        text: text::Delta::new(),
        tables: Vec::new(),
        blobs: Vec::new(),
        notes: Vec::new(),
    }
}

fn title_from_file(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['_', '-'], " ")
}
