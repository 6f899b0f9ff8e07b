//! A room that is open: its documents, its editing, its other tabs.

pub(crate) mod activity;
mod answers;
pub(crate) mod blobs;
mod comments;
mod deal;
mod deeds;
mod draft;
mod files;
mod freezing;
mod hearing;
mod pasting;
mod people;
mod plan;
mod portal;
mod price;
pub(crate) mod readings;
pub(crate) mod recording;
mod roi;
pub(crate) mod sections;
mod stage;
mod stakeholders;
mod standing;
mod suggestions;
mod tables;
mod variables;
pub(crate) mod versions;
pub(crate) mod visits;
pub(crate) mod workspace;

use std::{
    cell::{Cell, Ref, RefCell, RefMut},
    collections::{BTreeMap, BTreeSet},
    rc::{Rc, Weak},
};

use exchange::bundle::PackedEntry;
use model::{BlobHash, DocName, Right, RoomId, RoomKeys, RoomRecord, SectionId};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{GetUntracked as _, Set as _},
};
use replica::{ContentEvent, EditKind, Responses, Restored, Section, TableEvent};
use sync::tabs::{Caret, TabMessage};
use text::{Block, Change, Document, Selection, Table};

use crate::{
    Book, Ports, Problem, Rooms, Saved, TabLine,
    book::WeakBook,
    ledger::{Documents, Writer},
    live::Line,
    rights::given_to,
    saving::Saving,
};

pub use comments::{Addressee, Remark, Spoken, Standpoint, Thread};
pub use deal::{Checked, NotSigned, Reached, SealTerms, verify_certificate};
pub use draft::DraftChanges;
pub use files::{FileVersion, RoomFile, TakenOut, Upload};
pub use people::{Other, Person};
pub use plan::{Evidence, RoomPlan, Said};
pub use price::{Chosen, DeletedLines, Price};
pub use readings::{Reading, Readings};
pub use recording::{Recorded, Recording};
pub use roi::{Roi, RoiInput};
pub use sections::{CaretPlace, Deleted};
pub use stage::{Attendee, Presentation};
pub use suggestions::{Fate, Suggested};
pub use versions::{Reason, Version, VersionKind};
pub use visits::Since;

/// What happened to a room by something else than this tab's own editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomEvent {
    /// A section's text changed.
    Text(ContentEvent),
    /// A table changed.
    Table(TableEvent),
    /// The list of sections changed. Changes of texts that came along were told before.
    Sections,
    /// Blobs came that may have been missing.
    Blobs,
    /// Others came, left or moved.
    People(Vec<Person>),
    /// Something that counted does no longer, so everything may be different and is to be read anew.
    Anew,
}

/// An open room. Clones are the same room; it stays open until the last one is gone.
#[derive(Clone)]
pub struct Room(Rc<Open>);

/// A room that closes when nobody else holds it.
pub(crate) struct WeakRoom(Weak<Open>);

impl WeakRoom {
    pub(crate) fn upgrade(&self) -> Option<Room> {
        self.0.upgrade().map(Room)
    }
}

type Listener = Rc<dyn Fn(RoomEvent)>;

/// What was heard before the room was open, and the room once it is.
type Early = (Vec<Vec<u8>>, Weak<Open>);

struct Open {
    ports: Ports,
    writer: Rc<Writer>,
    documents: Rc<RefCell<Documents>>,
    saving: Rc<Saving>,
    line: Rc<dyn TabLine>,
    live: Rc<Line>,
    tab: u64,
    people: RefCell<BTreeMap<u64, Option<Caret>>>,
    own_caret: RefCell<Option<people::OwnCaret>>,
    /// Tables that the next change of the text brings.
    brought: RefCell<Vec<Table>>,
    /// Pieces of large files that are coming in from this device.
    coming: RefCell<BTreeSet<BlobHash>>,
    listener: RefCell<Option<Listener>>,
    /// Whether the state before the first change of this session was kept.
    begun: Cell<bool>,
    title: ArcRwSignal<String>,
    variables: ArcRwSignal<BTreeMap<String, String>>,
    sections: ArcRwSignal<Vec<Section>>,
    /// How far the list of sections was when it was last looked at.
    list_version: Cell<u64>,
    /// The sections that this device shows by their names only.
    collapsed: RefCell<Vec<SectionId>>,
    can_undo: ArcRwSignal<bool>,
    can_redo: ArcRwSignal<bool>,
    /// The same of suggesting.
    can_step_suggesting: ArcRwSignal<(bool, bool)>,
    right: ArcRwSignal<Option<Right>>,
    offer_changed: ArcRwSignal<u64>,
    responses_changed: ArcRwSignal<u64>,
    deal_changed: ArcRwSignal<u64>,
    /// How many acts of this device are known to have left it.
    acts_sent: Cell<usize>,
    readings_changed: ArcRwSignal<u64>,
    recorder: recording::Recorder,
    noting: activity::Noting,
    stages: stage::Stages,
    /// What the owners keep of it for themselves, once there is anything.
    workspace: RefCell<Option<Room>>,
    /// The room whose workspace this is.
    front: RefCell<Option<WeakRoom>>,
    /// The team's book in it, while somebody looks at it.
    book: RefCell<WeakBook>,
    /// The rooms of this device, among which the teams are whose rules hold here.
    rooms: RefCell<Option<Rooms>>,
    /// The books of these teams, once they are known, where others than the owners have the room.
    teams: RefCell<Option<Vec<Book>>>,
}

impl Room {
    /// Opens a room of the store.
    pub(crate) async fn open(ports: Ports, id: RoomId) -> Result<Self, Problem> {
        // Joined before the store is read, so that nothing falls between; what is heard meanwhile is kept.
        let early: Rc<RefCell<Early>> = Rc::default();
        let heard = early.clone();
        let hear = move |message: Vec<u8>| {
            let open = heard.borrow().1.upgrade();
            match open {
                Some(open) => Room(open).hear(&message),
                None => heard.borrow_mut().0.push(message),
            }
        };
        let line: Rc<dyn TabLine> = ports.tabs.join(&line_name(id), Box::new(hear)).into();
        // Both are asked for at once: a person waits for them.
        let (record, entries) = (ports.store.room(id), ports.store.entries(id));
        let collapsed = ports.store.setting(&sections::collapsed_name(id));
        let recorded = ports.store.setting(&recording::recorded_name(id));
        let RoomRecord { keys, given, .. } = record.await?.ok_or(Problem::NoSuchRoom)?;
        let writer = Rc::new(Writer::new(id, keys, &ports));
        let documents = Rc::new(RefCell::new(Documents::load(&writer, &entries.await?)));
        let live = Line::new(&ports, Default::default());
        let (post_line, stored_in, put_on) = (line.clone(), documents.clone(), live.clone());
        let saving = Saving::new(
            ports.clone(),
            writer.clone(),
            Box::new(move |message| post_line.post(&message.write())),
            Box::new(move |entry| {
                stored_in.borrow_mut().note_own(id, entry);
                put_on.put(entry);
            }),
        );
        let (title, variables) = (documents.borrow().offer.title(), documents.borrow().offer.variables());
        // Nothing is lost with a view that cannot be read.
        let collapsed = collapsed.await.ok().flatten().unwrap_or_default();
        // Before each record it is asked again whether its person has paused.
        let recorded = recorded.await.ok().flatten().unwrap_or_default();
        let open = Rc::new(Open {
            tab: u64::from_be_bytes(ports.random()) >> 11,
            ports,
            writer,
            documents,
            saving,
            line,
            live,
            people: RefCell::default(),
            own_caret: RefCell::default(),
            brought: RefCell::default(),
            coming: RefCell::default(),
            listener: RefCell::default(),
            begun: Cell::default(),
            title: ArcRwSignal::new(title),
            variables: ArcRwSignal::new(variables),
            sections: ArcRwSignal::new(Vec::new()),
            list_version: Cell::default(),
            collapsed: RefCell::new(sections::collapsed_sections(&collapsed)),
            can_undo: ArcRwSignal::new(false),
            can_redo: ArcRwSignal::new(false),
            can_step_suggesting: ArcRwSignal::new((false, false)),
            right: ArcRwSignal::new(None),
            offer_changed: ArcRwSignal::new(0),
            responses_changed: ArcRwSignal::new(0),
            deal_changed: ArcRwSignal::new(0),
            acts_sent: Cell::new(0),
            readings_changed: ArcRwSignal::new(0),
            recorder: recording::Recorder::new(&recorded),
            noting: activity::Noting::default(),
            stages: stage::Stages::new(),
            workspace: RefCell::default(),
            front: RefCell::default(),
            book: RefCell::default(),
            rooms: RefCell::default(),
            teams: RefCell::default(),
        });
        let room = Self(open.clone());
        let messages = {
            let mut early = early.borrow_mut();
            early.1 = Rc::downgrade(&open);
            std::mem::take(&mut early.0)
        };
        for message in messages {
            room.hear(&message);
        }
        room.recover();
        room.follow_list(false);
        room.follow_offered_places();
        room.show_right();
        room.withdraw_doubles();
        let is_told = given == given_to(&room.documents(), &room.keys());
        if room.documents().ended || !is_told {
            room.follow_rights_later();
        }
        Ok(room)
    }

    /// Which rooms this is one of.
    pub(crate) fn is_one_of(&self, rooms: &Rooms) {
        *self.0.rooms.borrow_mut() = Some(rooms.clone());
    }

    /// The rooms that this is one of; none for a workspace.
    pub(crate) fn rooms(&self) -> Option<Rooms> {
        self.0.rooms.borrow().clone()
    }

    /// The books of the teams whose rules hold here; nothing while they are not known.
    pub(crate) fn teams(&self) -> &RefCell<Option<Vec<Book>>> {
        &self.0.teams
    }

    pub(crate) fn keys(&self) -> Ref<'_, RoomKeys> {
        self.0.writer.keys()
    }

    pub(crate) fn writer(&self) -> &Rc<Writer> {
        &self.0.writer
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(crate) fn documents(&self) -> Ref<'_, Documents> {
        self.0.documents.borrow()
    }

    pub(crate) fn documents_mut(&self) -> RefMut<'_, Documents> {
        self.0.documents.borrow_mut()
    }

    pub(crate) fn line(&self) -> &Line {
        &self.0.live
    }

    pub(crate) fn tell_tabs(&self, message: &TabMessage) {
        self.0.line.post(&message.write());
    }

    /// Somebody on another device sees what is written here, or nobody does any more.
    pub(crate) fn is_seen(&self, is_seen: bool) {
        self.0.saving.is_seen.set(is_seen);
    }

    /// Whether somebody looks at the room in this tab.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.0.listener.borrow().is_some() || self.front().is_some_and(|front| front.is_looked_at())
    }

    /// Everything that is in memory, but for answers, as entries of a new author, one for each document, for when the store cannot be asked. Whoever has
    /// parts of it already loses nothing by having them twice.
    pub(crate) fn entries_of_all(&self) -> Result<Vec<PackedEntry>, Problem> {
        let documents = self.0.documents.borrow();
        let mut states =
            vec![(DocName::Offer, documents.offer.state()?), (DocName::Content, documents.content.state()?)];
        for (number, leaf) in &documents.book {
            states.push((DocName::Book(*number), leaf.state()?));
        }
        let keys = RoomKeys { author_seed: self.0.ports.random(), ..self.keys().clone() };
        let writer = Writer::new(self.id(), keys, &self.0.ports);
        let epoch = self.keys().epoch();
        Ok(writer
            .whole(states)
            .into_iter()
            .map(|signed| PackedEntry { epoch, bytes: signed.bytes })
            .collect())
    }

    pub(crate) fn downgrade(&self) -> WeakRoom {
        WeakRoom(Rc::downgrade(&self.0))
    }

    /// The room's name among rooms.
    pub fn id(&self) -> RoomId {
        self.0.writer.room
    }

    /// The title, as it changes.
    pub fn title(&self) -> ArcRwSignal<String> {
        self.0.title.clone()
    }

    /// Whether all is stored, as it changes.
    pub fn saved(&self) -> ArcRwSignal<Saved> {
        self.0.saving.saved.clone()
    }

    /// Whether there is something to undo, as it changes.
    pub fn can_undo(&self) -> ArcRwSignal<bool> {
        self.0.can_undo.clone()
    }

    /// Whether there is something to do again, as it changes.
    pub fn can_redo(&self) -> ArcRwSignal<bool> {
        self.0.can_redo.clone()
    }

    /// Whether there is a step of suggesting to undo, and one to do again, as it changes.
    pub fn can_step_suggesting(&self) -> ArcRwSignal<(bool, bool)> {
        self.0.can_step_suggesting.clone()
    }

    /// How many stored entries could not be read; above 0 something is missing.
    pub fn unreadable(&self) -> usize {
        self.0.documents.borrow().unreadable
    }

    /// Has `listener` called with everything that this tab's editor did not do itself. One at a time. From the first
    /// listener on, the others see that somebody is here.
    pub fn listen(&self, listener: Rc<dyn Fn(RoomEvent)>) {
        let first = self.0.listener.replace(Some(listener)).is_none();
        if first {
            self.0.line.post(&TabMessage::Hello { tab: self.0.tab }.write());
            self.begin_live();
            self.acknowledge_later();
        }
        self.tell_people();
    }

    /// Nobody listens any more.
    pub fn stop_listening(&self) {
        *self.0.listener.borrow_mut() = None;
        self.leave_stage();
        self.begin_live();
        self.note_waiting_activity();
    }

    /// A section's text.
    pub fn document(&self, section: &SectionId) -> Result<Document, Problem> {
        let delta = self.0.documents.borrow_mut().content.read(section)?;
        Ok(Document::from_delta(&delta))
    }

    /// A table, by the name that its line carries.
    pub fn table(&self, id: &str) -> Option<Table> {
        // What is about to come in is drawn before it is in the room.
        let brought = self.0.brought.borrow().iter().find(|table| table.id == id).cloned();
        brought.or_else(|| self.0.documents.borrow().content.table(id))
    }

    /// The tables that stand in a text.
    pub fn tables_of(&self, document: &Document) -> Vec<Table> {
        let ids = document.lines().iter().filter_map(|line| match &line.format.block {
            Block::Table(id) => Some(id.as_str()),
            _ => None,
        });
        ids.filter_map(|id| self.table(id)).collect()
    }

    /// Writes what the editor just did. Its selection was `before`.
    pub fn edit(
        &self,
        section: &SectionId,
        change: &Change,
        kind: EditKind,
        before: Selection,
    ) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        let now = (self.0.ports.now)();
        let around = (before, change.selection);
        let tables = self.0.brought.take();
        let mut documents = self.0.documents.borrow_mut();
        let edited = documents.content.edit_with(section, &tables, &change.delta, kind, around, now);
        drop(documents);
        self.settle();
        Ok(edited?)
    }

    /// Takes back this tab's last step. The changes to the text are for the editor to show; nobody else is called.
    pub fn undo(&self) -> Option<Restored> {
        self.may(Right::Edit).ok()?;
        let restored = self.0.documents.borrow_mut().content.undo();
        self.settle();
        self.suggestions_moved();
        restored
    }

    /// Does the last undone step again, as [`Room::undo`].
    pub fn redo(&self) -> Option<Restored> {
        self.may(Right::Edit).ok()?;
        let restored = self.0.documents.borrow_mut().content.redo();
        self.settle();
        self.suggestions_moved();
        restored
    }

    /// Gives the room another title. Only the first [`model::limits::TITLE_MAX`] characters count.
    pub fn rename(&self, title: &str) -> Result<(), Problem> {
        let title = bounded(title, model::limits::TITLE_MAX);
        if title == self.0.title.get_untracked() {
            return Ok(());
        }
        self.may(Right::Own)?;
        self.0.documents.borrow_mut().offer.set_title(&title)?;
        self.0.title.set(title);
        self.settle();
        Ok(())
    }

    /// Waits until everything is stored.
    pub async fn flush(&self) -> Result<(), Problem> {
        self.0.saving.flush().await?;
        if let Some(workspace) = self.workspace() {
            workspace.0.saving.flush().await?;
        }
        Ok(())
    }

    /// Call when the page is hidden or closed: the last words go into the journal, since a durable write may come too
    /// late.
    pub fn keep_last_words(&self) {
        self.0.saving.start();
        self.0.saving.write_journal();
        if let Some(workspace) = self.workspace() {
            workspace.keep_last_words();
        }
    }

    /// Squashes this device's own entries where it can, so that the room travels light.
    pub(crate) async fn squash(&self) -> Result<(), Problem> {
        Ok(self.0.saving.squash(2).await?)
    }

    /// Queues what was written and brings the signals up to date.
    pub(crate) fn settle(&self) {
        let author = self.author();
        let (offer, content, responses, book, undo, redo) = {
            let mut documents = self.0.documents.borrow_mut();
            let (offer, content) = (documents.offer.take_updates(), documents.content.take_updates());
            let responses = documents.responses.get_mut(&author).map(Responses::take_updates);
            let responses = responses.unwrap_or_default();
            let leaves =
                documents.book.iter_mut().map(|(leaf, it)| (DocName::Book(*leaf), it.take_updates()));
            let book: Vec<_> = leaves.filter(|(_, updates)| !updates.is_empty()).collect();
            documents.moved.offer |= !offer.is_empty();
            documents.moved.responses |= !responses.is_empty();
            documents.moved.book |= !book.is_empty();
            let (undo, redo) = (documents.content.can_undo(), documents.content.can_redo());
            (offer, content, responses, book, undo, redo)
        };
        self.0.saving.push(DocName::Offer, offer, Some(self.0.title.get_untracked()));
        self.0.saving.push(DocName::Content, content, None);
        self.0.saving.push(DocName::Responses(author), responses, None);
        for (leaf, updates) in book {
            self.0.saving.push(leaf, updates, None);
        }
        set_if_new(&self.0.can_undo, undo);
        set_if_new(&self.0.can_redo, redo);
        self.follow_suggesting();
        self.follow_list(false);
        self.follow_moved();
    }

    /// The team's book that is kept here, where somebody looks at it.
    pub(crate) fn book_in(&self) -> &RefCell<WeakBook> {
        &self.0.book
    }

    pub(crate) fn tell(&self, event: RoomEvent) {
        let listener = self.0.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(event);
        }
    }
}

/// The section that a new room begins with.
pub(crate) fn main_section() -> SectionId {
    SectionId::parse("main").unwrap_or_else(|| unreachable!("`main` is a good name"))
}

/// Words without what stands around them, and no longer than `most` characters.
pub(crate) fn bounded(words: &str, most: usize) -> String {
    words.trim().chars().take(most).collect()
}

pub(crate) fn line_name(room: RoomId) -> String {
    format!("handsel/room/{room}")
}

pub(crate) fn set_if_new<T: PartialEq + Clone + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.get_untracked() != value {
        signal.set(value);
    }
}
