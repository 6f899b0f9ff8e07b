//! What the variables in a room's text stand for.

use std::collections::BTreeMap;

use model::{Right, limits};
use reactive_graph::{
    signal::ArcRwSignal,
    traits::{GetUntracked as _, Set as _, WithUntracked as _},
};
use text::{Delta, Document, Table, filled, filled_table, variables};

use super::Room;
use crate::Problem;

impl Room {
    /// What variables stand for, by their names, as it changes. Names that the text does not use may be there too.
    pub fn variables(&self) -> ArcRwSignal<BTreeMap<String, String>> {
        self.0.variables.clone()
    }

    /// What a variable stands for, if it has a value.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.0.variables.with_untracked(|values| values.get(name).filter(|it| !it.trim().is_empty()).cloned())
    }

    /// Gives a variable a value. Only its first [`model::limits::TITLE_MAX`] characters count; an empty one is none.
    pub fn set_variable(&self, name: &str, value: &str) -> Result<(), Problem> {
        let value: String = value.trim().chars().take(limits::TITLE_MAX).collect();
        let mut values = self.0.variables.get_untracked();
        if values.get(name).map_or("", String::as_str) == value {
            return Ok(());
        }
        self.may(Right::Own)?;
        self.0.documents.borrow_mut().offer.set_variable(name, &value)?;
        if value.is_empty() {
            values.remove(name);
        } else {
            values.insert(name.to_owned(), value);
        }
        self.0.variables.set(values);
        self.settle();
        Ok(())
    }

    /// The names of the variables that the text uses, each once, in the order of the text and then of its tables.
    pub fn used_variables(&self) -> Result<Vec<String>, Problem> {
        let document = self.whole()?;
        let mut names: Vec<String> = Vec::new();
        let mut note = |document: &Document| {
            for variable in variables(document) {
                if !names.contains(&variable.name) {
                    names.push(variable.name);
                }
            }
        };
        note(&document);
        for table in self.tables_of(&document) {
            table.rows.iter().flatten().for_each(|cell| note(&Document::from_delta(cell)));
        }
        Ok(names)
    }

    /// A line of plain words, such as the title, with values in the place of variables.
    pub fn filled_words(&self, words: &str) -> String {
        filled(&Document::from_delta(&Delta::new().insert(words)), &self.0.variables.get_untracked()).text()
    }

    /// A part of the text with its tables as others are to read it: values in the place of variables.
    pub fn filled(&self, document: &Document, tables: &[Table]) -> (Document, Vec<Table>) {
        let values = self.0.variables.get_untracked();
        let tables = tables.iter().map(|table| filled_table(table, &values)).collect();
        (filled(document, &values), tables)
    }
}
