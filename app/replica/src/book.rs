//! A leaf of the team's book: a shared document with a root map for each shelf, in it a map for each record, and in that its
//! cells by their keys. A cell is a value of its own, so two people who change different ones both keep theirs. What the cells
//! mean is in [`terms::book`].
//!
//! The shelf `settings` is one record, whose cells are in the root map itself: no copy has to make a map before it is written in.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use terms::book::{Cell, Cells, Change, Shelf};
use yrs::{
    Any, DeepObservable as _, Map as _, MapPrelim, MapRef, Out, ReadTxn, TransactionMut,
    types::{Event, PathSegment},
};

use crate::{
    guard::Refused,
    shared::{SYSTEM, Shared},
};

/// Names of records that are longer are passed over, in bytes.
const ID_MAX: usize = 64;

/// Records, by where they are and by name.
type Touched = BTreeSet<(Shelf, String)>;

/// A leaf of the team's book.
pub struct Leaf {
    shared: Shared,
    /// In the order of [`Shelf::ALL`].
    shelves: Vec<MapRef>,
    touched: Rc<RefCell<Touched>>,
}

impl Leaf {
    /// An empty leaf, written as `client`.
    pub fn new(client: u64) -> Self {
        let shared = Shared::new(client);
        let touched: Rc<RefCell<Touched>> = Rc::default();
        let shelf = |shelf: Shelf| {
            let map = shared.doc.get_or_insert_map(shelf.name());
            let touched = touched.clone();
            map.observe_deep("touched", move |txn, events| {
                let mut touched = touched.borrow_mut();
                for event in events.iter() {
                    let Event::Map(event) = event else { continue };
                    match event.path().front() {
                        _ if shelf == Shelf::Settings => touched.extend([(shelf, String::new())]),
                        Some(PathSegment::Key(id)) => touched.extend([(shelf, id.to_string())]),
                        Some(PathSegment::Index(_)) => {}
                        None => touched.extend(event.keys(txn).keys().map(|id| (shelf, id.to_string()))),
                    }
                }
            });
            map
        };
        let shelves = Shelf::ALL.into_iter().map(shelf).collect();
        Self { shared, shelves, touched }
    }

    /// Changes cells, all of them at once. A record that is not there begins with its first cell.
    pub fn write(&mut self, changes: &[Change]) -> Result<(), Refused> {
        self.shared.write(SYSTEM, |txn| {
            for of_one in changes.chunk_by(|one, next| (one.shelf, &one.id) == (next.shelf, &next.id)) {
                let Some(first) = of_one.first() else { continue };
                let shelf = &self.shelves[first.shelf as usize];
                let record = match first.shelf {
                    Shelf::Settings => shelf.clone(),
                    _ => match record(txn, shelf, &first.id) {
                        Some(record) => record,
                        None if of_one.iter().all(|change| change.to.is_none()) => continue,
                        None => shelf.insert(txn, first.id.as_str(), MapPrelim::default()),
                    },
                };
                for change in of_one {
                    write_cell(txn, &record, &change.key, change.to.as_ref());
                }
            }
        })
    }

    /// The cells of a record; none where it is not there.
    pub fn cells(&self, shelf: Shelf, id: &str) -> Cells {
        let read = self.shared.read(|txn| {
            let map = &self.shelves[shelf as usize];
            let record = if shelf == Shelf::Settings { Some(map.clone()) } else { record(txn, map, id) };
            let Some(record) = record.filter(|_| id.len() <= ID_MAX) else { return Cells::new() };
            let cells = record.iter(txn).map(|(key, out)| (key.to_owned(), read_cell(&out)));
            stdx::in_order(cells, |one, other| one.0 < other.0)
        });
        read.unwrap_or_default()
    }

    /// All records that there are, also those that were removed.
    pub fn records(&self) -> Vec<(Shelf, String)> {
        let read = self.shared.read(|txn| {
            let mut all = vec![(Shelf::Settings, String::new())];
            for shelf in Shelf::ALL.into_iter().filter(|shelf| *shelf != Shelf::Settings) {
                all.extend(self.shelves[shelf as usize].keys(txn).map(|id| (shelf, id.to_owned())));
            }
            all
        });
        read.unwrap_or_default()
    }

    /// The cell of a record under a key.
    pub fn cell(&self, shelf: Shelf, id: &str, key: &str) -> Option<Cell> {
        let read = self.shared.read(|txn| {
            let map = &self.shelves[shelf as usize];
            let record = if shelf == Shelf::Settings { Some(map.clone()) } else { record(txn, map, id) };
            record?.get(txn, key).map(|out| read_cell(&out))
        });
        read.ok().flatten()
    }

    /// The records that changed since the last call, also by what was written here.
    pub fn take_touched(&mut self) -> BTreeSet<(Shelf, String)> {
        std::mem::take(&mut *self.touched.borrow_mut())
    }

    /// Takes in an update that came from elsewhere.
    pub fn receive(&mut self, update: &[u8]) -> Result<(), Refused> {
        self.shared.receive(update)
    }

    /// Updates made here since the last call.
    pub fn take_updates(&mut self) -> Vec<Vec<u8>> {
        self.shared.take_updates()
    }

    /// The whole document as one update.
    pub fn state(&self) -> Result<Vec<u8>, Refused> {
        self.shared.state()
    }

    /// Whether something received builds on parts that are missing.
    pub fn is_waiting(&self) -> bool {
        self.shared.is_waiting()
    }
}

fn record<T: ReadTxn>(txn: &T, shelf: &MapRef, id: &str) -> Option<MapRef> {
    match shelf.get(txn, id) {
        Some(Out::YMap(record)) => Some(record),
        _ => None,
    }
}

fn write_cell(txn: &mut TransactionMut, record: &MapRef, key: &str, to: Option<&Cell>) {
    let text = |text: &str| Any::String(text.into());
    let any = match to {
        None => {
            record.remove(txn, key);
            return;
        }
        // It cannot be written by whoever does not understand it.
        Some(Cell::Strange) => return,
        Some(Cell::Text(it)) => text(it),
        Some(Cell::List(texts)) => Any::Array(texts.iter().map(|it| text(it)).collect()),
        Some(Cell::Fields(fields)) => {
            let fields: HashMap<String, Any> =
                fields.iter().map(|(name, it)| (name.clone(), text(it))).collect();
            Any::Map(Arc::new(fields))
        }
        Some(Cell::Bytes(bytes)) => Any::from(bytes.clone()),
    };
    record.insert(txn, key, any);
}

fn read_cell(out: &Out) -> Cell {
    let text = |any: &Any| match any {
        Any::String(text) => Some(text.to_string()),
        _ => None,
    };
    let read = match out {
        Out::Any(Any::String(text)) => Some(Cell::Text(text.to_string())),
        Out::Any(Any::Array(texts)) => texts.iter().map(text).collect::<Option<_>>().map(Cell::List),
        Out::Any(Any::Map(fields)) => {
            let fields = fields.iter().map(|(name, any)| Some((name.clone(), text(any)?)));
            fields
                .collect::<Option<Vec<_>>>()
                .map(|fields| Cell::Fields(stdx::in_order(fields, |one, other| one.0 < other.0)))
        }
        Out::Any(Any::Buffer(bytes)) => Some(Cell::Bytes(bytes.to_vec())),
        _ => None,
    };
    read.unwrap_or(Cell::Strange)
}

#[cfg(test)]
mod tests {
    use yrs::Number;

    use super::*;

    fn change(shelf: Shelf, id: &str, key: &str, to: Option<Cell>) -> Change {
        Change { shelf, id: id.into(), key: key.into(), to }
    }

    fn text(text: &str) -> Option<Cell> {
        Some(Cell::Text(text.into()))
    }

    fn pass_on(from: &mut Leaf, to: &mut Leaf) {
        for update in from.take_updates() {
            to.receive(&update).unwrap();
        }
    }

    fn touched(leaf: &mut Leaf) -> Vec<String> {
        leaf.take_touched().into_iter().map(|(shelf, id)| format!("{} {id}", shelf.name())).collect()
    }

    #[test]
    fn what_was_written_is_read_and_only_what_changed_is_told() {
        let mut leaf = Leaf::new(1);
        let cells = [
            ("amount", text("5")),
            ("list", Some(Cell::List(vec!["a".into(), "b".into()]))),
            ("move/1", Some(Cell::fields(&[("to", "won"), ("at", "7")]))),
            ("part", Some(Cell::Bytes(vec![1, 2]))),
        ];
        let deal = |id: &str| cells.clone().map(|(key, to)| change(Shelf::Deals, id, key, to));
        leaf.write(&[deal("x"), deal("y")].concat()).unwrap();
        leaf.write(&[change(Shelf::Settings, "", "currency", text("EUR"))]).unwrap();
        let expected: Cells =
            cells.iter().map(|(key, cell)| ((*key).into(), cell.clone().unwrap())).collect();
        assert_eq!(leaf.cells(Shelf::Deals, "x"), expected);
        assert_eq!(leaf.cells(Shelf::Settings, ""), [("currency".into(), Cell::Text("EUR".into()))]);
        assert_eq!(leaf.take_updates().len(), 2, "however many records are written at once");
        assert_eq!(touched(&mut leaf), ["deals x", "deals y", "settings "]);
        leaf.write(&[change(Shelf::Deals, "y", "amount", None)]).unwrap();
        assert_eq!(touched(&mut leaf), ["deals y"]);
        assert_eq!((leaf.cell(Shelf::Deals, "y", "amount"), leaf.cells(Shelf::Deals, "y").len()), (None, 3));
        leaf.write(&[change(Shelf::Deals, "z", "amount", None)]).unwrap();
        assert_eq!((touched(&mut leaf), leaf.cells(Shelf::Deals, "z")), (Vec::new(), Cells::new()));
        assert_eq!(leaf.cells(Shelf::Accounts, "x"), []);
        let mut all = leaf.records();
        stdx::sort(&mut all);
        let record = |shelf, id: &str| (shelf, id.to_owned());
        assert_eq!(all, [record(Shelf::Deals, "x"), record(Shelf::Deals, "y"), record(Shelf::Settings, "")]);
    }

    #[test]
    fn two_who_change_one_record_both_keep_their_cells() {
        let (mut one, mut other) = (Leaf::new(1), Leaf::new(2));
        one.write(&[change(Shelf::Deals, "x", "name", text("Ledger"))]).unwrap();
        pass_on(&mut one, &mut other);
        assert_eq!(touched(&mut other), ["deals x"]);
        one.write(&[
            change(Shelf::Deals, "x", "amount", text("5")),
            change(Shelf::Deals, "x", "move/1", Some(Cell::fields(&[("to", "step/a"), ("at", "1")]))),
            change(Shelf::Settings, "", "currency", text("EUR")),
        ])
        .unwrap();
        other
            .write(&[
                change(Shelf::Deals, "x", "name", text("The ledger")),
                change(Shelf::Deals, "x", "move/2", Some(Cell::fields(&[("to", "won"), ("at", "2")]))),
                change(Shelf::Settings, "", "rate/USD/2026-01-01", text("0.9")),
            ])
            .unwrap();
        pass_on(&mut one, &mut other);
        pass_on(&mut other, &mut one);
        for shelf in [Shelf::Deals, Shelf::Settings] {
            let id = if shelf == Shelf::Deals { "x" } else { "" };
            assert_eq!(one.cells(shelf, id), other.cells(shelf, id));
        }
        assert_eq!((one.cells(Shelf::Deals, "x").len(), one.cells(Shelf::Settings, "").len()), (4, 2));
        assert_eq!(touched(&mut other), ["deals x", "settings "]);
    }

    #[test]
    fn what_is_not_understood_stays_where_it_is() {
        let mut leaf = Leaf::new(1);
        leaf.write(&[change(Shelf::Deals, "x", "name", text("Ledger"))]).unwrap();
        let deals = leaf.shelves[0].clone();
        leaf.shared
            .write(SYSTEM, |txn| {
                let Some(deal) = record(txn, &deals, "x") else { return };
                deal.insert(txn, "mood", Any::Number(Number::Int(5)));
                deal.insert(txn, "mixed", Any::Array([Any::Null].into()));
                deal.insert(txn, "inner", MapPrelim::default());
                deals.insert(txn, "odd", Any::Null);
                deals.insert(txn, "a".repeat(65).as_str(), MapPrelim::default());
            })
            .unwrap();
        let strange = ["inner", "mixed", "mood"].map(|key| (key.to_owned(), Cell::Strange));
        assert_eq!(leaf.cells(Shelf::Deals, "x")[..3], strange);
        assert_eq!(leaf.cells(Shelf::Deals, "odd"), []);
        assert_eq!(leaf.cells(Shelf::Deals, &"a".repeat(65)), []);
        leaf.write(&[change(Shelf::Deals, "x", "mood", Some(Cell::Strange))]).unwrap();
        leaf.write(&[change(Shelf::Deals, "x", "name", text("The ledger"))]).unwrap();
        assert_eq!(leaf.cell(Shelf::Deals, "x", "mood"), Some(Cell::Strange));
        assert_eq!(leaf.cells(Shelf::Deals, "x").len(), 4);
    }
}
