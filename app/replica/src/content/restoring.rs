//! Bringing back an earlier state of the text, as one change more.

use text::{Delta, Document, Grid, Table, difference};
use yrs::{Map as _, TextRef};

use super::{Content, ContentEvent, Section, apply};
use crate::{
    attrs::text_of,
    guard::Refused,
    history::{Around, EditKind, Spot},
    order,
    shared::RESTORED,
    tables,
};

/// A section as it was.
#[derive(Debug, Clone)]
pub struct Earlier<'a> {
    /// Its names in the document and among people.
    pub section: Section,
    /// Its text.
    pub text: &'a Document,
    /// The tables that stood in it.
    pub tables: &'a [Grid],
}

impl Content {
    /// Makes the text what it was: sections, names and order, words, tables, as one step to undo. Only what is other is
    /// written, so that what others write meanwhile comes together with it. Answers what changed in the sections' text;
    /// [`Self::take_table_events`] has what changed in tables.
    pub fn restore(&mut self, wanted: &[Earlier<'_>], now: u64) -> Result<Vec<ContentEvent>, Refused> {
        let mut texts: Vec<(TextRef, Delta)> = Vec::new();
        let mut grids: Vec<(Option<Grid>, &Grid)> = Vec::new();
        for earlier in wanted {
            let id = &earlier.section.id;
            let before = Document::from_delta(&self.read(id)?);
            texts.push((self.text(id), difference(&before, earlier.text)));
            for grid in earlier.tables {
                let old = self.read_grid(&grid.table.id);
                for (cell, words) in tables::changed_cells(old.as_ref(), grid) {
                    let held = Document::from_delta(&self.read_cell(&cell)?);
                    let delta = difference(&held, &Document::from_delta(&words));
                    texts.push((self.own_cell(&cell), delta));
                }
                grids.push((old, grid));
            }
        }
        texts.retain(|(_, delta)| !delta.is_empty());
        let ordered = self.shared.read(|txn| self.ordered(txn))?;
        let have: Vec<(String, String)> =
            ordered.iter().map(|(order, id)| (order.clone(), id.as_str().to_owned())).collect();
        let names: Vec<&str> = wanted.iter().map(|it| it.section.id.as_str()).collect();
        let orders = order::arrange(&have, &names);
        let Some(first) = wanted.first().map(|earlier| earlier.section.id.clone()) else {
            return Ok(Vec::new());
        };
        self.history.begin(Spot::Section(first), EditKind::Other, now);
        self.shared.write(RESTORED, |txn| {
            for (old, new) in &grids {
                let old = old.clone().or_else(|| {
                    let blank = Table {
                        rows: vec![vec![Delta::new()]],
                        id: new.table.id.clone(),
                        ..Table::default()
                    };
                    tables::insert(txn, &self.tables, &blank);
                    tables::read(txn, &self.tables, &blank.id)
                });
                if let Some(old) = old {
                    tables::write(txn, &self.tables, &old, new);
                }
            }
            for (text, delta) in &texts {
                apply(txn, text, delta);
            }
            for (_, id) in ordered.iter().filter(|(_, id)| !names.contains(&id.as_str())) {
                self.order.remove(txn, id.as_str());
            }
            for (order, id) in orders {
                self.order.insert(txn, id, order);
            }
            for Section { id, name } in wanted.iter().map(|it| &it.section) {
                let is = self.names.get(txn, id.as_str()).and_then(|name| text_of(&name)).unwrap_or_default();
                if is != *name {
                    self.names.insert(txn, id.as_str(), name.as_str());
                }
            }
        })?;
        self.history.record_step(Around::default());
        Ok(self.take_events())
    }
}

#[cfg(test)]
mod tests {
    use model::SectionId;

    use super::*;
    use crate::{Moment, NewSection};

    fn id(name: &str) -> SectionId {
        SectionId::parse(name).unwrap()
    }

    fn ids(content: &Content) -> Vec<SectionId> {
        content.sections().unwrap().into_iter().map(|section| section.id).collect()
    }

    #[test]
    fn what_is_brought_back_is_one_step_and_meets_what_others_write() {
        let mut one = Content::new(1);
        for (name, words) in [("a", "We close your books.\n"), ("b", "In five days.\n")] {
            let text = Delta::new().insert(words);
            one.append_section(&NewSection {
                id: id(name),
                name: name.to_uppercase(),
                text,
                tables: Vec::new(),
            })
            .unwrap();
        }
        let earlier: Vec<(Section, Document)> = one
            .sections()
            .unwrap()
            .into_iter()
            .map(|section| (section.clone(), Document::from_delta(&one.read(&section.id).unwrap())))
            .collect();
        let mut other = Content::new(2);
        one.take_updates().iter().for_each(|update| drop(other.receive(update).unwrap()));
        one.write(&id("a"), &Delta::new().retain(3).insert("slowly ")).unwrap();
        one.delete_section(&id("b"), &Moment::default()).unwrap();
        other.write(&id("a"), &Delta::new().insert("Soon: ")).unwrap();

        let wanted: Vec<Earlier<'_>> = earlier
            .iter()
            .map(|(section, text)| Earlier { section: section.clone(), text, tables: &[] })
            .collect();
        let events = one.restore(&wanted, 0).unwrap();
        assert_eq!(events.len(), 1, "whoever shows it hears of it: {events:?}");
        assert_eq!(ids(&one), [id("a"), id("b")]);
        assert_eq!(one.read(&id("a")).unwrap(), Delta::new().insert("We close your books.\n"));
        one.take_updates().iter().for_each(|update| drop(other.receive(update).unwrap()));
        other.take_updates().iter().for_each(|update| drop(one.receive(update).unwrap()));
        for copy in [&mut one, &mut other] {
            assert_eq!(copy.read(&id("a")).unwrap(), Delta::new().insert("Soon: We close your books.\n"));
        }
        one.undo().unwrap();
        assert_eq!(ids(&one), [id("a")]);
        assert_eq!(one.read(&id("a")).unwrap(), Delta::new().insert("Soon: We slowly close your books.\n"));
    }
}
