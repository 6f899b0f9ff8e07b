//! The list of sections: what is in it, in which order, and what people do to it.
//!
//! A section that is deleted leaves the list only. Its text and its name stay in the document, so that it comes back
//! with everything that others wrote meanwhile.

use model::SectionId;
use text::{Delta, Selection, Table};
use yrs::{Map as _, Text as _};

use crate::{
    attrs::text_of,
    guard::Refused,
    history::{Added, Around, EditKind, Spot},
    order,
    shared::{LOCAL, SYSTEM},
    tables,
};

use super::{Content, apply, ends_its_last_line};

/// A section as it stands in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is called in the document.
    pub id: SectionId,
    /// What people call it; may be empty.
    pub name: String,
}

/// A section that is to be added.
#[derive(Debug, Clone)]
pub struct NewSection {
    /// What it will be called in the document; no other section may ever have been called so.
    pub id: SectionId,
    /// What people call it; may be empty.
    pub name: String,
    /// Its text, insertions only.
    pub text: Delta,
    /// The tables that stand in it.
    pub tables: Vec<Table>,
}

/// The caret that undo gives back, and the time in milliseconds: what an act on the list needs beside itself.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    /// Where the caret is before the act.
    pub before: Option<(SectionId, Selection)>,
    /// Where it is after the act.
    pub after: Option<(SectionId, Selection)>,
    /// When.
    pub now: u64,
}

impl Content {
    /// The sections in order.
    pub fn sections(&self) -> Result<Vec<Section>, Refused> {
        self.shared.read(|txn| {
            let name = |id: &SectionId| self.names.get(txn, id.as_str()).and_then(|name| text_of(&name));
            self.ordered(txn)
                .into_iter()
                .map(|(_, id)| Section { name: name(&id).unwrap_or_default(), id })
                .collect()
        })
    }

    /// Rises whenever the list of sections may have become another.
    pub fn list_version(&self) -> u64 {
        self.list_version.get()
    }

    /// Adds a section at the end. This is not undone by [`Self::undo`].
    pub fn append_section(&mut self, new: &NewSection) -> Result<(), Refused> {
        self.fill(new)?;
        let (order, _) = self.room_below(self.sections()?.last().map(|last| &last.id))?;
        self.shared.write(SYSTEM, |txn| {
            self.order.insert(txn, new.id.as_str(), order);
            if !new.name.is_empty() {
                self.names.insert(txn, new.id.as_str(), new.name.as_str());
            }
        })
    }

    /// Adds an unnamed section at the end, as [`Self::append_section`].
    pub fn add_section(
        &mut self,
        section: &SectionId,
        text: &Delta,
        tables: &[Table],
    ) -> Result<(), Refused> {
        let (text, tables) = (text.clone(), tables.to_vec());
        self.append_section(&NewSection { id: section.clone(), name: String::new(), text, tables })
    }

    /// Adds a section `below` another, or at the top. Undo takes it away again, unless others have written in it.
    pub fn insert_section(
        &mut self,
        new: &NewSection,
        below: Option<&SectionId>,
        moment: &Moment,
    ) -> Result<(), Refused> {
        self.fill(new)?;
        let (order, others) = self.room_below(below)?;
        let added = Added { section: new.id.clone(), order: order.clone(), text: self.words(&new.id)? };
        self.step(&new.id, moment, Some(added), |content, txn| {
            content.order.insert(txn, new.id.as_str(), order);
            content.make_room(txn, others);
            if !new.name.is_empty() {
                content.names.insert(txn, new.id.as_str(), new.name.as_str());
            }
        })
    }

    /// Puts a section `below` another, or at the top.
    pub fn move_section(
        &mut self,
        section: &SectionId,
        below: Option<&SectionId>,
        moment: &Moment,
    ) -> Result<(), Refused> {
        let (order, others) = self.room_below(below)?;
        self.step(section, moment, None, |content, txn| {
            content.make_room(txn, others);
            content.order.insert(txn, section.as_str(), order);
        })
    }

    /// Gives a section another name.
    pub fn rename_section(
        &mut self,
        section: &SectionId,
        name: &str,
        moment: &Moment,
    ) -> Result<(), Refused> {
        self.step(section, moment, None, |content, txn| {
            content.names.insert(txn, section.as_str(), name);
        })
    }

    /// Takes a section out of the list. Answers its order, for [`Self::bring_back`]; nothing when it is not there.
    pub fn delete_section(
        &mut self,
        section: &SectionId,
        moment: &Moment,
    ) -> Result<Option<String>, Refused> {
        let order = self.shared.read(|txn| self.order.get(txn, section.as_str()))?;
        if let Some(order) = order {
            self.step(section, moment, None, |content, txn| {
                content.order.remove(txn, section.as_str());
            })?;
            return Ok(Some(text_of(&order).unwrap_or_default()));
        }
        Ok(None)
    }

    /// Puts a deleted section back where it was, with the text that it has by now. Does nothing when it is there.
    pub fn bring_back(&mut self, section: &SectionId, order: &str, moment: &Moment) -> Result<(), Refused> {
        if self.lists(section)? {
            return Ok(());
        }
        self.step(section, moment, None, |content, txn| {
            content.order.insert(txn, section.as_str(), order);
        })
    }

    /// Puts back a section that undo just took away although others have written in it.
    pub(super) fn keep_for_others(&mut self, added: &Added) -> Result<(), Refused> {
        if !self.lists(&added.section)? && self.words(&added.section)? != added.text {
            self.shared.write(SYSTEM, |txn| {
                self.order.insert(txn, added.section.as_str(), added.order.as_str());
            })?;
        }
        Ok(())
    }

    fn lists(&self, section: &SectionId) -> Result<bool, Refused> {
        self.shared.read(|txn| self.order.contains_key(txn, section.as_str()))
    }

    fn words(&mut self, section: &SectionId) -> Result<String, Refused> {
        Ok(text::Document::from_delta(&self.read(section)?).text())
    }

    /// Sections with their orders, ascending.
    pub(super) fn ordered<T: yrs::ReadTxn>(&self, txn: &T) -> Vec<(String, SectionId)> {
        let sections = self
            .order
            .iter(txn)
            .filter_map(|(name, order)| Some((text_of(&order).unwrap_or_default(), SectionId::parse(name)?)));
        stdx::in_order(sections, |one, other| one < other)
    }

    /// An order right below a section, or at the top, and the orders that the sections after it get to make room. Below a
    /// section that is no longer there is the end.
    fn room_below(&self, below: Option<&SectionId>) -> Result<(String, Vec<(SectionId, String)>), Refused> {
        let ordered = self.shared.read(|txn| self.ordered(txn))?;
        let at = match below {
            None => 0,
            Some(below) => ordered.iter().position(|(_, id)| id == below).map_or(ordered.len(), |at| at + 1),
        };
        let orders: Vec<&str> = ordered.iter().map(|(order, _)| order.as_str()).collect();
        let (own, others) = order::make_room(&orders, at);
        let others = ordered[at..].iter().map(|(_, id)| id.clone()).zip(others).collect();
        Ok((own, others))
    }

    fn make_room(&self, txn: &mut yrs::TransactionMut, others: Vec<(SectionId, String)>) {
        for (section, order) in others {
            self.order.insert(txn, section.as_str(), order);
        }
    }

    /// Writes a section's text and tables, which nobody sees before it is in the list.
    fn fill(&mut self, new: &NewSection) -> Result<(), Refused> {
        let shared_text = self.text(&new.id);
        self.shared.write(SYSTEM, |txn| {
            for table in &new.tables {
                tables::insert(txn, &self.tables, table);
            }
            apply(txn, &shared_text, &new.text);
            // Every line of a new section is ended, so that no two people end its last line twice.
            if shared_text.len(txn) == 0 || !ends_its_last_line(&new.text) {
                let end = shared_text.len(txn);
                shared_text.insert(txn, end, "\n");
            }
        })
    }

    /// Writes a change of the list, about one section, as a step of this user.
    fn step(
        &mut self,
        section: &SectionId,
        moment: &Moment,
        added: Option<Added>,
        write: impl FnOnce(&Self, &mut yrs::TransactionMut),
    ) -> Result<(), Refused> {
        self.history.begin(Spot::Section(section.clone()), EditKind::Other, moment.now);
        let before = self.caret_to_keep(moment.before.as_ref())?;
        self.shared.write(LOCAL, |txn| write(self, txn))?;
        let after = self.caret_to_keep(moment.after.as_ref())?;
        self.history.record_step(Around { before, after, added });
        Ok(())
    }
}
