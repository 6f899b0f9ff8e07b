//! What became of one state of a room on the way to another.

mod terms;

use model::SectionId;
use text::{Comparison, Delta, Document, Fate, Grid, compare};

use super::{Frozen, FrozenSection};

pub use terms::{TermChange, Topic, What};

/// All that differs between two states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The sections that differ: in the order of the new state, those that went where they stood in the old one.
    pub sections: Vec<SectionChange>,
    /// What differs on the first page, in the price and in the plan, in that order.
    pub terms: Vec<TermChange>,
}

/// What became of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// Its name in the document.
    pub id: SectionId,
    /// Whether it is in both, new, or gone.
    pub fate: Fate,
    /// What people call it, or called it.
    pub name: String,
    /// What they called it before, where that was something else.
    pub before: Option<String>,
    /// Whether it stands in another place among those that are in both.
    pub moved: bool,
    /// Its text.
    pub text: Comparison,
    /// Those of its tables that became others, came or went.
    pub tables: Vec<TableChange>,
}

/// What became of a table: cells of both, laid into one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// The name that its line carries.
    pub id: String,
    /// Rows of cells: of each row and each cell what became of it, and of its words.
    pub rows: Vec<(Fate, Vec<(Fate, Comparison)>)>,
}

impl Changes {
    /// What differs in `new` from `old`.
    pub fn between(old: &Frozen, new: &Frozen) -> Self {
        Self { sections: sections(old, new), terms: terms::between(old, new) }
    }

    /// Whether a reader sees no difference.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.terms.is_empty()
    }
}

fn sections(old: &Frozen, new: &Frozen) -> Vec<SectionChange> {
    let both = |of: &Frozen, other: &Frozen| -> Vec<SectionId> {
        let both = of.sections.iter().filter(|section| other.section(&section.id).is_some());
        both.map(|section| section.id.clone()).collect()
    };
    let moved = moved(&both(old, new), &both(new, old));
    let mut changes: Vec<SectionChange> = Vec::new();
    for section in &new.sections {
        let change = laid(&section.id, old.section(&section.id), Some(section));
        changes.push(SectionChange { moved: moved.contains(&section.id), ..change });
    }
    // Those that went stand behind the one that they stood behind.
    for (at, gone) in old.sections.iter().enumerate().filter(|(_, it)| new.section(&it.id).is_none()) {
        let above = at.checked_sub(1).and_then(|above| old.sections.get(above));
        let place = above.and_then(|above| changes.iter().position(|change| change.id == above.id));
        changes.insert(place.map_or(0, |place| place + 1), laid(&gone.id, Some(gone), None));
    }
    changes.retain(|change| {
        let is_same = change.text.is_same() && change.tables.is_empty() && change.before.is_none();
        change.fate != Fate::Kept || change.moved || !is_same
    });
    changes
}

/// Those that do not stand in the order that most of them have in both.
fn moved(old: &[SectionId], new: &[SectionId]) -> Vec<SectionId> {
    let places: Vec<usize> = new.iter().filter_map(|id| old.iter().position(|other| other == id)).collect();
    // Of each, the longest run in the old order that ends with it, and the one before it in that.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for at in 0..places.len() {
        let before =
            (0..at).filter(|before| places[*before] < places[at]).max_by_key(|before| runs[*before].0);
        runs.push((before.map_or(1, |before| runs[before].0 + 1), before));
    }
    let mut stays = vec![false; places.len()];
    let mut last = (0..runs.len()).max_by_key(|at| runs[*at].0);
    while let Some(at) = last {
        stays[at] = true;
        last = runs[at].1;
    }
    new.iter().zip(stays).filter(|(_, stays)| !stays).map(|(id, _)| id.clone()).collect()
}

fn laid(id: &SectionId, old: Option<&FrozenSection>, new: Option<&FrozenSection>) -> SectionChange {
    let text = |section: Option<&FrozenSection>| section.map(|it| it.text.clone()).unwrap_or_default();
    let mut text = compare(&text(old), &text(new));
    let fate = match (old, new) {
        (Some(_), Some(_)) => Fate::Kept,
        (None, _) => Fate::Inserted,
        (_, None) => Fate::Deleted,
    };
    if fate != Fate::Kept {
        // The empty line of what is not there is no line.
        text.lines.retain(|line| line.fate == fate || !line.runs.is_empty());
        text.lines.iter_mut().for_each(|line| line.fate = fate);
    }
    let tables = tables(old.map_or(&[], |it| &it.tables), new.map_or(&[], |it| &it.tables));
    text.note_tables(|id| tables.iter().any(|table| table.id == id));
    let called = |section: Option<&FrozenSection>| section.map(|it| it.name.clone());
    let name = called(new).or_else(|| called(old)).unwrap_or_default();
    let before = called(old).filter(|before| fate == Fate::Kept && *before != name);
    SectionChange { id: id.clone(), fate, name, before, moved: false, text, tables }
}

fn tables(old: &[Grid], new: &[Grid]) -> Vec<TableChange> {
    let mut tables = Vec::new();
    for grid in new {
        let before = old.iter().find(|it| it.table.id == grid.table.id);
        if before != Some(grid) {
            tables.push(table(before, Some(grid)));
        }
    }
    let gone = old.iter().filter(|it| new.iter().all(|grid| grid.table.id != it.table.id));
    tables.extend(gone.map(|gone| table(Some(gone), None)));
    tables
}

fn table(old: Option<&Grid>, new: Option<&Grid>) -> TableChange {
    let rows = names(old.map_or(&[], |it| &it.rows), new.map_or(&[], |it| &it.rows));
    let columns = names(old.map_or(&[], |it| &it.columns), new.map_or(&[], |it| &it.columns));
    let cell = |grid: Option<&Grid>, row: &str, column: &str| -> Document {
        let at = |names: &[String], name: &str| names.iter().position(|it| it == name);
        let words = grid.and_then(|grid| grid.cell(at(&grid.rows, row)?, at(&grid.columns, column)?));
        Document::from_delta(words.unwrap_or(&Delta::new()))
    };
    let rows = rows.into_iter().map(|(fate, row)| {
        let cells = columns.iter().map(|(column_fate, column)| {
            let fate = if fate == Fate::Kept { *column_fate } else { fate };
            (fate, compare(&cell(old, &row, column), &cell(new, &row, column)))
        });
        (fate, cells.collect())
    });
    let id = new.or(old).map(|grid| grid.table.id.clone()).unwrap_or_default();
    TableChange { id, rows: rows.collect() }
}

/// The names of both lists: those of the new one, with those that went behind the ones they stood behind.
fn names(old: &[String], new: &[String]) -> Vec<(Fate, String)> {
    let fate = |name: &String| if old.contains(name) { Fate::Kept } else { Fate::Inserted };
    let mut names: Vec<(Fate, String)> = new.iter().map(|name| (fate(name), name.clone())).collect();
    for (at, gone) in old.iter().enumerate().filter(|(_, name)| !new.contains(name)) {
        let above = at.checked_sub(1).and_then(|above| old.get(above));
        let place = above.and_then(|above| names.iter().position(|(_, name)| name == above));
        names.insert(place.map_or(0, |place| place + 1), (Fate::Deleted, gone.clone()));
    }
    names
}
