//! What is read of the book's leaves.

use std::collections::BTreeMap;

use terms::{
    book::{Kind, Rates, Record, Shelf},
    nugget::Nugget,
    process::Process,
    question::Question,
    roi::Calculator,
    rule::KeptRule,
};

use super::PastImport;
use crate::ledger::Documents;

/// Records of one kind, by their names.
pub type Records = BTreeMap<String, Record>;

/// All of the book as somebody reads it.
#[derive(Default)]
pub(super) struct Read {
    deals: Records,
    accounts: Records,
    contacts: Records,
    /// In the order of their names.
    pub(super) processes: Vec<Process>,
    /// In the order of their names.
    pub(super) imports: Vec<PastImport>,
    pub(super) rates: Rates,
    /// In the order of their names.
    pub(super) nuggets: Vec<Nugget>,
    /// In the team's order; those that it does not name stand behind, in the order of their names.
    pub(super) questions: Vec<Question>,
    /// The team's order of questions, by their names.
    order: Vec<String>,
    /// In the order of their names.
    pub(super) calculators: Vec<Calculator>,
    /// In the order of their names.
    pub(super) rules: Vec<KeptRule>,
    /// How many statements there were about approvals.
    statements: usize,
}

impl Read {
    pub(super) fn records(&self, kind: Kind) -> &Records {
        match kind {
            Kind::Deal => &self.deals,
            Kind::Account => &self.accounts,
            Kind::Contact => &self.contacts,
        }
    }

    /// Reads what changed since the last time, or all of it anew. Answers whether there was anything to read.
    pub(super) fn follow(&mut self, documents: &mut Documents, anew: bool) -> bool {
        if anew {
            *self = Self::default();
        }
        let statements = documents.approvals.len();
        let mut is_other = anew || std::mem::replace(&mut self.statements, statements) != statements;
        let mut asks_otherwise = false;
        for (number, leaf) in &mut documents.book {
            let touched = leaf.take_touched();
            let touched = if anew { leaf.records() } else { touched.into_iter().collect() };
            // What somebody put into another leaf than its own is nowhere.
            for (shelf, id) in touched.into_iter().filter(|(shelf, id)| shelf.leaf(id) == *number) {
                let cells = leaf.cells(shelf, &id);
                is_other = true;
                match shelf {
                    Shelf::Deals => put(&mut self.deals, Record::read(Kind::Deal, &id, &cells), &id),
                    Shelf::Accounts => put(&mut self.accounts, Record::read(Kind::Account, &id, &cells), &id),
                    Shelf::Contacts => put(&mut self.contacts, Record::read(Kind::Contact, &id, &cells), &id),
                    Shelf::Processes => {
                        put_named(&mut self.processes, Process::read(&id, &cells), &id, |it| &it.id);
                    }
                    Shelf::Imports => {
                        put_named(&mut self.imports, PastImport::read(&id, &cells), &id, |it| &it.id);
                    }
                    Shelf::Settings => {
                        self.rates = Rates::read(&cells);
                        self.order = Question::order(&cells);
                        asks_otherwise = true;
                    }
                    Shelf::Nuggets => {
                        put_named(&mut self.nuggets, Nugget::read(&id, &cells), &id, |it| &it.id);
                    }
                    Shelf::Questions => {
                        self.questions.retain(|it| it.id != id);
                        self.questions.extend(Question::read(&id, &cells));
                        asks_otherwise = true;
                    }
                    Shelf::Calculators => {
                        put_named(&mut self.calculators, Calculator::read(&id, &cells), &id, |it| &it.id);
                    }
                    Shelf::Rules => {
                        put_named(&mut self.rules, KeptRule::read(&id, &cells), &id, |it| &it.rule.id);
                    }
                }
            }
        }
        if asks_otherwise {
            let place = |id: &String| self.order.iter().position(|it| it == id).unwrap_or(usize::MAX);
            stdx::sort_by_key(&mut self.questions, |it| (place(&it.id), it.id.clone()));
        }
        is_other
    }
}

fn put(records: &mut Records, record: Option<Record>, id: &str) {
    match record {
        Some(record) => drop(records.insert(id.to_owned(), record)),
        None => drop(records.remove(id)),
    }
}

fn put_named<T>(all: &mut Vec<T>, new: Option<T>, id: &str, name: impl Fn(&T) -> &String) {
    let place = all.binary_search_by(|it| name(it).as_str().cmp(id));
    match (place, new) {
        (Ok(at), Some(new)) => all[at] = new,
        (Ok(at), None) => drop(all.remove(at)),
        (Err(at), Some(new)) => all.insert(at, new),
        (Err(_), None) => {}
    }
}
