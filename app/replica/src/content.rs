//! The sections' text.
//!
//! Root types of the shared document: map `sections` (section → its order), map `names` (section → what people call it),
//! one text `section/<section>` for each, map `tables` (table → grid), map `accepted` (suggestion and client →
//! who accepted it, and what came in by that), one text for each cell that was written in. A
//! section's text is flat, with Quill's attribute names, so that other programs read it.

mod accepted;
mod cells;
mod restoring;
mod sections;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    ops::Range,
    rc::Rc,
};

use model::SectionId;
use text::{CellName, Delta, Op, Selection, Table};
use yrs::{
    Assoc, IndexedSequence as _, MapRef, Observable as _, ReadTxn, StickyIndex, Text as _, TextRef,
    TransactionMut, updates::decoder::Decode as _, updates::encoder::Encode as _,
};

use crate::{
    attrs::{from_shared, from_shared_delta, set_only, to_shared, words},
    guard::Refused,
    history::{EditKind, History, Spot, StickySelection},
    shared::{LOCAL, SYSTEM, Shared},
    tables,
};
use cells::Cells;

pub use accepted::Accepted;
pub use cells::TableEvent;
pub use restoring::Earlier;
pub use sections::{Moment, NewSection, Section};

/// What changed in a section by something else than [`Content::edit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentEvent {
    /// Where.
    pub section: SectionId,
    /// How.
    pub delta: Delta,
}

/// What an undo or redo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Changes to sections, in order.
    pub events: Vec<ContentEvent>,
    /// Changes to tables, in order.
    pub tables: Vec<TableEvent>,
    /// Where the selection goes, and in which text.
    pub selection: Option<(Spot, Selection)>,
}

/// The shared document `content`.
pub struct Content {
    shared: Shared,
    order: MapRef,
    names: MapRef,
    tables: MapRef,
    accepted: MapRef,
    texts: BTreeMap<SectionId, TextRef>,
    cells: Cells,
    events: Rc<RefCell<Vec<ContentEvent>>>,
    /// Rises with the list of sections, and how far it was when all of them were last watched.
    list_version: Rc<Cell<u64>>,
    watched: u64,
    history: History,
}

impl Content {
    /// An empty document, written as `client`: a number of up to 53 bits that no other live copy uses.
    pub fn new(client: u64) -> Self {
        let shared = Shared::new(client);
        let order = shared.doc.get_or_insert_map("sections");
        let names = shared.doc.get_or_insert_map("names");
        let tables = shared.doc.get_or_insert_map("tables");
        let list_version = Rc::<Cell<u64>>::default();
        let mut history = History::new();
        for map in [&order, &names] {
            let version = list_version.clone();
            map.observe("list", move |_, _| version.set(version.get() + 1));
            history.watch(&shared.doc, map);
        }
        let accepted = shared.doc.get_or_insert_map("accepted");
        history.watch(&shared.doc, &tables);
        history.watch(&shared.doc, &accepted);
        let cells = Cells::new(client, &tables);
        let (texts, events) = (BTreeMap::new(), Rc::default());
        Self {
            shared,
            order,
            names,
            tables,
            accepted,
            texts,
            cells,
            events,
            list_version,
            watched: 0,
            history,
        }
    }

    /// A section's whole text, as insertions.
    pub fn read(&mut self, section: &SectionId) -> Result<Delta, Refused> {
        let text = self.text(section);
        self.shared.read(|txn| {
            let mut delta = Delta::new();
            for part in text.diff(txn, yrs::types::text::YChange::identity) {
                let attrs = set_only(from_shared(part.attributes.as_deref()));
                delta = delta.insert_with(&words(&part.insert), attrs);
            }
            delta
        })
    }

    /// Writes a change of this user. What it reaches past the end of the text is left out. `around` is the selection
    /// before and after it, `now` in milliseconds, both for undo.
    pub fn edit(
        &mut self,
        section: &SectionId,
        delta: &Delta,
        kind: EditKind,
        around: (Selection, Selection),
        now: u64,
    ) -> Result<(), Refused> {
        self.edit_with(section, &[], delta, kind, around, now)
    }

    /// As [`Self::edit`], for a change that brings tables: they come and go with it in one step.
    pub fn edit_with(
        &mut self,
        section: &SectionId,
        tables: &[Table],
        delta: &Delta,
        kind: EditKind,
        around: (Selection, Selection),
        now: u64,
    ) -> Result<(), Refused> {
        let text = self.text(section);
        let spot = Spot::Section(section.clone());
        let begins = self.history.begin(spot.clone(), kind, now);
        let before = if begins { Some(self.sticky_selection(&spot, &text, around.0)?) } else { None };
        self.shared.write(LOCAL, |txn| {
            for table in tables {
                tables::insert(txn, &self.tables, table);
            }
            apply(txn, &text, delta);
        })?;
        let after = self.sticky_selection(&spot, &text, around.1)?;
        self.history.record(before, after);
        Ok(())
    }

    /// Writes a change that is nobody's step to undo, as when earlier work is brought in edit by edit.
    pub fn write(&mut self, section: &SectionId, delta: &Delta) -> Result<(), Refused> {
        let text = self.text(section);
        self.shared.write(SYSTEM, |txn| apply(txn, &text, delta))?;
        Ok(())
    }

    /// Takes in an update that came from elsewhere; answers what changed in the sections' text.
    pub fn receive(&mut self, update: &[u8]) -> Result<Vec<ContentEvent>, Refused> {
        self.shared.receive(update)?;
        // Sections that this copy just learned of must be watched before they change again.
        if self.watched != self.list_version.get() {
            self.watched = self.list_version.get();
            for section in self.sections()? {
                self.text(&section.id);
            }
        }
        Ok(self.take_events())
    }

    /// Takes back this user's last step.
    pub fn undo(&mut self) -> Option<Restored> {
        let around = self.history.undo()?;
        if let Some(added) = &around.added {
            // Where the document cannot be read now, the section stays as undo left it.
            let _ = self.keep_for_others(added);
        }
        Some(self.restored(around.before))
    }

    /// Does the last undone step again.
    pub fn redo(&mut self) -> Option<Restored> {
        let around = self.history.redo()?;
        Some(self.restored(around.after))
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// A place in a section that follows the text, for others to resolve with [`Self::resolve`]. It stays in front of
    /// what is typed there by others.
    pub fn anchor(&mut self, section: &SectionId, offset: usize) -> Vec<u8> {
        let text = self.text(section);
        self.shared.read(|txn| sticky(txn, &text, offset, Assoc::Before).encode_v1()).unwrap_or_default()
    }

    /// Anchors of the ends of a part of a section's text, or of a cell in it. What is typed right before or behind it is no
    /// part of it.
    pub fn anchor_range(
        &mut self,
        section: &SectionId,
        cell: Option<&CellName>,
        range: Range<usize>,
    ) -> [Vec<u8>; 2] {
        let text = match cell {
            Some(cell) => self.cell(cell),
            None => self.text(section),
        };
        let anchors = self.shared.read(|txn| {
            let end = |offset, assoc| sticky(txn, &text, offset, assoc).encode_v1();
            [end(range.start, Assoc::After), end(range.end, Assoc::Before)]
        });
        anchors.unwrap_or_default()
    }

    /// Where an anchor is now; nothing when it is not of this document or its surroundings are not here yet.
    pub fn resolve(&self, anchor: &[u8]) -> Option<usize> {
        let index = StickyIndex::decode_v1(anchor).ok()?;
        self.shared.read(|txn| index.get_offset(txn)).ok()?.map(|offset| offset.index as usize)
    }

    /// Updates made here since the last call.
    pub fn take_updates(&mut self) -> Vec<Vec<u8>> {
        self.shared.take_updates()
    }

    /// The whole document as one update, in its shortest form.
    pub fn state(&self) -> Result<Vec<u8>, Refused> {
        self.shared.state()
    }

    /// What a copy that knows as much as this Yjs state vector (version 1) says does not have, as one update.
    pub fn state_since(&self, known: &[u8]) -> Result<Vec<u8>, Refused> {
        self.shared.state_since(known)
    }

    /// Whether something received builds on parts that are missing.
    pub fn is_waiting(&self) -> bool {
        self.shared.is_waiting()
    }

    fn restored(&mut self, selection: Option<StickySelection>) -> Restored {
        let place = |index: &StickyIndex| {
            self.shared.read(|txn| index.get_offset(txn)).ok().flatten().map(|offset| offset.index as usize)
        };
        let selection = selection.and_then(|sticky| {
            let selection = Selection { anchor: place(&sticky.anchor)?, head: place(&sticky.head)? };
            Some((sticky.spot, selection))
        });
        Restored { events: self.take_events(), tables: self.take_table_events(), selection }
    }

    fn sticky_selection(
        &self,
        spot: &Spot,
        text: &TextRef,
        selection: Selection,
    ) -> Result<StickySelection, Refused> {
        self.shared.read(|txn| {
            // Sticking to what is on the left keeps a caret at the end of its own words when others write right there.
            let head = sticky(txn, text, selection.head, Assoc::Before);
            // Finding a place means walking to it, so a caret is looked for once.
            let anchor = if selection.is_caret() {
                head.clone()
            } else {
                sticky(txn, text, selection.anchor, Assoc::Before)
            };
            StickySelection { spot: spot.clone(), anchor, head }
        })
    }

    /// A caret that follows the text, for undo.
    fn caret_to_keep(
        &mut self,
        caret: Option<&(SectionId, Selection)>,
    ) -> Result<Option<StickySelection>, Refused> {
        let Some((section, selection)) = caret else { return Ok(None) };
        let text = self.text(section);
        self.sticky_selection(&Spot::Section(section.clone()), &text, *selection).map(Some)
    }

    fn take_events(&mut self) -> Vec<ContentEvent> {
        std::mem::take(&mut *self.events.borrow_mut())
    }

    /// The section's text, watched from its first use on.
    fn text(&mut self, section: &SectionId) -> TextRef {
        if let Some(text) = self.texts.get(section) {
            return text.clone();
        }
        let text = self.shared.doc.get_or_insert_text(format!("section/{}", section.as_str()));
        let (events, name) = (self.events.clone(), section.clone());
        text.observe("events", move |txn, event| {
            // Whoever writes here knows what changed, and working it out means walking through the whole text.
            if is_own(txn) {
                return;
            }
            let delta = from_shared_delta(event.delta(txn));
            events.borrow_mut().push(ContentEvent { section: name.clone(), delta });
        });
        self.history.watch(&self.shared.doc, &text);
        self.texts.insert(section.clone(), text.clone());
        text
    }
}

/// Whether a change was written here, save for what undo writes.
fn is_own(txn: &TransactionMut) -> bool {
    txn.origin().is_some_and(|origin| [LOCAL, SYSTEM].iter().any(|own| *origin == (*own).into()))
}

fn ends_its_last_line(text: &Delta) -> bool {
    matches!(text.ops().last(), Some(Op::Insert { text, .. }) if text.ends_with('\n'))
}

/// Applies a change, keeping within the text: yrs panics when asked to delete past the end.
pub(crate) fn apply(txn: &mut TransactionMut, text: &TextRef, delta: &Delta) {
    let mut left = text.len(txn) as usize;
    let mut steps = Vec::with_capacity(delta.ops().len());
    for op in delta.ops() {
        steps.push(match op {
            Op::Retain { len, attrs } => {
                let len = (*len).min(left);
                left -= len;
                let attrs = (!attrs.is_empty()).then(|| Box::new(to_shared(attrs)));
                yrs::types::Delta::Retain(len as u32, attrs)
            }
            Op::Insert { text, attrs } => {
                let attrs = (!attrs.is_empty()).then(|| Box::new(to_shared(attrs)));
                yrs::types::Delta::Inserted(text.clone(), attrs)
            }
            Op::Delete(len) => {
                let len = (*len).min(left);
                left -= len;
                yrs::types::Delta::Deleted(len as u32)
            }
        });
    }
    steps.retain(|step| !matches!(step, yrs::types::Delta::Retain(0, _) | yrs::types::Delta::Deleted(0)));
    text.apply_delta(txn, steps);
}

fn sticky<T: ReadTxn>(txn: &T, text: &TextRef, offset: usize, assoc: Assoc) -> StickyIndex {
    let offset = (offset as u32).min(text.len(txn));
    text.sticky_index(txn, offset, assoc).unwrap_or_else(|| StickyIndex::from_type(txn, text, assoc))
}

#[cfg(test)]
mod tests {
    use text::utf16_len;

    use super::*;

    /// Lengths as the tests count them.
    fn len(delta: &Delta) -> usize {
        delta.ops().iter().map(|op| if let Op::Insert { text, .. } = op { utf16_len(text) } else { 0 }).sum()
    }

    fn main() -> SectionId {
        SectionId::parse("main").unwrap()
    }

    #[test]
    fn a_new_section_always_ends_its_last_line() {
        let mut content = Content::new(1);
        content.add_section(&main(), &Delta::new().insert("Title"), &[]).unwrap();
        assert_eq!(content.read(&main()).unwrap(), Delta::new().insert("Title\n"));
        assert_eq!(len(&content.read(&main()).unwrap()), 6);
        assert_eq!(content.sections().unwrap(), vec![Section { id: main(), name: String::new() }]);
        assert!(!content.can_undo(), "the start of a document is nobody's step to undo");
    }

    #[test]
    fn what_is_written_without_a_step_is_passed_on_and_not_undone() {
        let mut content = Content::new(1);
        content.write(&main(), &Delta::new().insert("one")).unwrap();
        content.write(&main(), &Delta::new().delete(1).insert("O")).unwrap();
        assert!(content.undo().is_none());
        let mut copy = Content::new(2);
        for update in content.take_updates() {
            copy.receive(&update).unwrap();
        }
        assert_eq!(copy.read(&main()).unwrap(), Delta::new().insert("One"));
    }
}
