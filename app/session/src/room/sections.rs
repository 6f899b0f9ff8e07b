//! The sections of a room: the list that people see, what they do to it, and all of them as one text.

use exchange::Imported;
use model::{Right, RoomId, SectionId, hex, limits};
use reactive_graph::{signal::ArcRwSignal, traits::Set as _};
use replica::{Moment, NewSection, Section};
use text::{Attrs, Block, Delta, Document, LineFormat, Op, Selection, Table, Value};

use super::{Room, RoomEvent, main_section};
use crate::Problem;

/// Where a caret is: the section, and the selection in it.
pub type CaretPlace = (SectionId, Selection);

/// A section that was deleted, for bringing it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    section: Section,
    order: String,
    next: SectionId,
}

impl Deleted {
    /// The section as it was.
    pub fn section(&self) -> &Section {
        &self.section
    }

    /// The section that the caret went to.
    pub fn next(&self) -> &SectionId {
        &self.next
    }
}

impl Room {
    /// The sections in order, as they change.
    pub fn sections(&self) -> ArcRwSignal<Vec<Section>> {
        self.0.sections.clone()
    }

    /// The first section.
    pub fn section(&self) -> SectionId {
        let first = self.list().into_iter().next();
        first.map_or_else(main_section, |section| section.id)
    }

    /// Adds an empty section `below` another, or at the top. `before` is the caret that undo gives back, here and below.
    pub fn add_section(
        &self,
        below: Option<&SectionId>,
        before: Option<CaretPlace>,
    ) -> Result<SectionId, Problem> {
        self.insert(String::new(), Delta::new(), Vec::new(), below, before)
    }

    /// Adds a section at the end with a text that came from elsewhere, and keeps the images that this refers to.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever may not edit, and what the store says.
    pub async fn add_read_section(&self, name: &str, read: Imported) -> Result<SectionId, Problem> {
        self.may(Right::Edit)?;
        for blob in read.blobs {
            self.put_blob(blob).await?;
        }
        let last = self.list().pop().map(|section| section.id);
        self.insert(limited(name), read.text, read.tables, last.as_ref(), None)
    }

    /// Puts a copy of a section right below it, under another `name`. Its tables are copies too.
    pub fn duplicate_section(
        &self,
        section: &SectionId,
        name: &str,
        before: Option<CaretPlace>,
    ) -> Result<SectionId, Problem> {
        let document = self.document(section)?;
        let (text, tables) = self.with_tables_of_its_own(&document);
        self.insert(limited(name), text, tables, Some(section), before)
    }

    /// Puts a section `below` another, or at the top.
    pub fn move_section(
        &self,
        section: &SectionId,
        below: Option<&SectionId>,
        before: Option<CaretPlace>,
    ) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        let moment = self.moment(before.clone(), before);
        let done = self.0.documents.borrow_mut().content.move_section(section, below, &moment);
        self.settle();
        Ok(done?)
    }

    /// Gives a section another name, which may be empty. Only the first [`limits::TITLE_MAX`] characters count.
    pub fn rename_section(
        &self,
        section: &SectionId,
        name: &str,
        before: Option<CaretPlace>,
    ) -> Result<(), Problem> {
        let name = limited(name);
        if self.list().iter().any(|listed| listed.id == *section && listed.name == name) {
            return Ok(());
        }
        self.may(Right::Edit)?;
        let moment = self.moment(before.clone(), before);
        let done = self.0.documents.borrow_mut().content.rename_section(section, &name, &moment);
        self.settle();
        Ok(done?)
    }

    /// Takes a section out of the room. Nothing when it is not there, or is the last one.
    pub fn delete_section(
        &self,
        section: &SectionId,
        before: Option<CaretPlace>,
    ) -> Result<Option<Deleted>, Problem> {
        self.may(Right::Edit)?;
        let list = self.list();
        let Some(at) = list.iter().position(|listed| listed.id == *section).filter(|_| list.len() > 1) else {
            return Ok(None);
        };
        let next = if at + 1 < list.len() { at + 1 } else { at - 1 };
        let (section, next) = (list[at].clone(), list[next].id.clone());
        let moment = self.moment(before, Some((next.clone(), Selection::caret(0))));
        let order = self.0.documents.borrow_mut().content.delete_section(&section.id, &moment);
        self.settle();
        Ok(order?.map(|order| Deleted { section, order, next }))
    }

    /// Puts a deleted section back where it was, with what others wrote in it meanwhile.
    pub fn bring_back(&self, deleted: &Deleted, before: Option<CaretPlace>) -> Result<(), Problem> {
        self.may(Right::Edit)?;
        let Deleted { section, order, .. } = deleted;
        let moment = self.moment(before, Some((section.id.clone(), Selection::caret(0))));
        let done = self.0.documents.borrow_mut().content.bring_back(&section.id, order, &moment);
        self.settle();
        Ok(done?)
    }

    /// All sections as one text. A section with a name begins with it as a heading of level 2, unless its text does so
    /// itself.
    pub fn whole(&self) -> Result<Document, Problem> {
        let mut whole = Delta::new();
        for section in self.list() {
            let document = self.document(&section.id)?;
            if !section.name.is_empty() && !begins_with(&document, &section.name) {
                whole = whole.insert(&section.name).insert_with("\n", heading());
            }
            for op in document.to_delta().ops() {
                whole.push(op.clone());
            }
            if !document.is_terminated() {
                whole = whole.insert("\n");
            }
        }
        Ok(Document::from_delta(&whole))
    }

    /// Whether this device shows a section by its name only.
    pub fn is_collapsed(&self, section: &SectionId) -> bool {
        self.0.collapsed.borrow().contains(section)
    }

    /// Has this device show a section by its name only, or whole again; also when the room is opened later.
    pub fn collapse(&self, section: &SectionId, collapsed: bool) {
        let mut all = self.0.collapsed.borrow_mut();
        all.retain(|other| other != section);
        if collapsed {
            all.push(section.clone());
        }
        let value = all.iter().map(SectionId::as_str).collect::<Vec<_>>().join(" ");
        drop(all);
        let ports = self.0.ports.clone();
        let name = collapsed_name(self.id());
        self.0.ports.tasks.spawn(Box::pin(async move {
            // Where it cannot be kept, it holds as long as the room is open.
            let _ = ports.store.put_setting(&name, &value).await;
        }));
    }

    /// Fills a new room, with one section or `in_sections`.
    pub(crate) fn begin(&self, title: &str, imported: &Imported, in_sections: bool) -> Result<(), Problem> {
        let whole = || vec![(String::new(), imported.text.clone())];
        let parts = if in_sections { parts_by_headings(&imported.text) } else { whole() };
        {
            let mut documents = self.0.documents.borrow_mut();
            documents.offer.set_title(title)?;
            for (at, (name, text)) in parts.into_iter().enumerate() {
                // The first brings the tables of all, which lie beside the sections.
                let (id, tables) = match at {
                    0 => (main_section(), imported.tables.clone()),
                    _ => (self.new_name(), Vec::new()),
                };
                documents.content.append_section(&NewSection { id, name, text, tables })?;
            }
        }
        self.0.title.set(title.to_owned());
        self.settle();
        // What a room begins with is worth keeping when somebody changes it.
        self.0.begun.set(false);
        Ok(())
    }

    /// Brings the list up to date, and tells of it when somebody else changed it.
    pub(super) fn follow_list(&self, others: bool) {
        let version = self.0.documents.borrow().content.list_version();
        if self.0.list_version.replace(version) == version {
            return;
        }
        super::set_if_new(&self.0.sections, self.list());
        if others {
            self.tell(RoomEvent::Sections);
        }
    }

    pub(super) fn list(&self) -> Vec<Section> {
        self.0.documents.borrow().content.sections().unwrap_or_default()
    }

    fn moment(&self, before: Option<CaretPlace>, after: Option<CaretPlace>) -> Moment {
        Moment { before, after, now: (self.0.ports.now)() }
    }

    fn insert(
        &self,
        name: String,
        text: Delta,
        tables: Vec<Table>,
        below: Option<&SectionId>,
        before: Option<CaretPlace>,
    ) -> Result<SectionId, Problem> {
        self.may(Right::Edit)?;
        let id = self.new_name();
        let moment = self.moment(before, Some((id.clone(), Selection::caret(0))));
        let new = NewSection { id: id.clone(), name, text, tables };
        let done = self.0.documents.borrow_mut().content.insert_section(&new, below, &moment);
        self.settle();
        done?;
        Ok(id)
    }

    fn new_name(&self) -> SectionId {
        SectionId::parse(&hex(&self.0.ports.random::<8>())).unwrap_or_else(main_section)
    }

    /// The text with the names of copies of its tables in place of the tables' own, and these copies.
    fn with_tables_of_its_own(&self, document: &Document) -> (Delta, Vec<Table>) {
        let mut tables = self.tables_of(document);
        let mut delta = Delta::new();
        for op in document.to_delta().ops() {
            let Op::Insert { text, attrs } = op else { continue };
            let mut attrs = attrs.clone();
            if let Block::Table(id) = LineFormat::from_attrs(&attrs).block
                && let Some(table) = tables.iter_mut().find(|table| table.id == id)
            {
                table.id = format!("t{}", hex(&self.0.ports.random::<8>()));
                attrs.set("x-table", Value::Text(table.id.clone()));
            }
            delta.push(Op::Insert { text: text.clone(), attrs });
        }
        (delta, tables)
    }
}

/// The setting that keeps which sections are collapsed.
pub(crate) fn collapsed_name(room: RoomId) -> String {
    format!("collapsed/{room}")
}

/// Reads what the setting keeps.
pub(super) fn collapsed_sections(value: &str) -> Vec<SectionId> {
    value.split(' ').filter_map(SectionId::parse).collect()
}

fn limited(name: &str) -> String {
    name.trim().chars().take(limits::TITLE_MAX).collect()
}

fn heading() -> Attrs {
    LineFormat { block: Block::Heading(2), ..LineFormat::default() }.to_attrs()
}

/// Whether the first line is a heading of these words.
fn begins_with(document: &Document, name: &str) -> bool {
    let first = document.lines().first();
    first.is_some_and(|line| matches!(line.format.block, Block::Heading(_)) && line.text().trim() == name)
}

/// The text in parts: each heading of level 2 begins one, and is its name.
fn parts_by_headings(text: &Delta) -> Vec<(String, Delta)> {
    let document = Document::from_delta(text);
    let lines = document.lines();
    let is_start = |at: &usize| *at == 0 || lines[*at].format.block == Block::Heading(2);
    let starts: Vec<usize> = (0..lines.len()).filter(is_start).collect();
    let part = |(at, start): (usize, &usize)| {
        let end = starts.get(at + 1).map_or(document.len(), |next| document.line_start(*next));
        let named = lines[*start].format.block == Block::Heading(2);
        let name = if named { limited(&lines[*start].text()) } else { String::new() };
        let from = document.line_start(start + usize::from(named)).min(end);
        (name, document.slice(from..end))
    };
    starts.iter().enumerate().map(part).collect()
}
