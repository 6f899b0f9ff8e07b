//! A calculator as cells of the book: one for each input and each outcome.

use super::{Calculator, Input, Outcome, Unit};
use crate::{
    book::{Cell, Cells, Change, GONE, Shelf, cell_of, placed},
    nugget::{read_tags, write_tags},
    price::{Currency, Decimal},
};

const INPUT: &str = "input/";
const OUTCOME: &str = "outcome/";

impl Unit {
    /// As it is kept: money as `¤`, which is the sign for any currency.
    pub fn name(&self) -> &str {
        match self {
            Self::Money => "¤",
            Self::Named(name) => name,
        }
    }

    /// Reads what [`Unit::name`] tells.
    pub fn parse(name: &str) -> Self {
        if name == "¤" { Self::Money } else { Self::Named(name.to_owned()) }
    }
}

impl Input {
    /// What there is to say of it beside its name: a text by a key each, of which some may be empty.
    pub fn fields(&self) -> [(&'static str, String); 5] {
        let number = |it: Option<Decimal>| it.map(|it| it.to_string()).unwrap_or_default();
        [
            ("label", self.label.clone()),
            ("unit", self.unit.name().to_owned()),
            ("value", number(Some(self.value))),
            ("least", number(self.least)),
            ("most", number(self.most)),
        ]
    }

    /// Reads what [`Input::fields`] tells.
    pub fn read(name: &str, field: impl Fn(&str) -> String) -> Self {
        let number = |key| Decimal::parse(&field(key));
        Self {
            name: name.to_owned(),
            label: field("label"),
            unit: Unit::parse(&field("unit")),
            value: number("value").unwrap_or_default(),
            least: number("least"),
            most: number("most"),
        }
    }
}

impl Outcome {
    /// As [`Input::fields`].
    pub fn fields(&self) -> [(&'static str, String); 3] {
        [
            ("label", self.label.clone()),
            ("unit", self.unit.name().to_owned()),
            ("formula", self.formula.clone()),
        ]
    }

    /// Reads what [`Outcome::fields`] tells.
    pub fn read(name: &str, field: impl Fn(&str) -> String) -> Self {
        Self {
            name: name.to_owned(),
            label: field("label"),
            unit: Unit::parse(&field("unit")),
            formula: field("formula"),
        }
    }
}

impl Calculator {
    /// Reads a calculator from its cells; none where it has no title among them, or was removed.
    pub fn read(id: &str, cells: &Cells) -> Option<Self> {
        if cell_of(cells, GONE).is_some() {
            return None;
        }
        let currency = cell_of(cells, "currency").and_then(Cell::text).and_then(Currency::parse);
        Some(Self {
            id: id.to_owned(),
            title: cell_of(cells, "title")?.text()?.to_owned(),
            tags: read_tags(cells),
            currency,
            inputs: placed(cells, INPUT, |name, cell| {
                Some(Input::read(name, |key| cell.field(key).to_owned()))
            }),
            outcomes: placed(cells, OUTCOME, |name, cell| {
                Some(Outcome::read(name, |key| cell.field(key).to_owned()))
            }),
        })
    }

    /// What becomes of the cells when the calculator was `before`, or was not there. Cells that are not understood stay.
    pub fn changes_from(&self, before: Option<&Self>) -> Vec<Change> {
        let old = before.map(Self::cells).unwrap_or_default();
        Change::between(Shelf::Calculators, &self.id, &old, &self.cells())
    }

    /// What becomes of the cells when it is removed. All else stays, so undo brings it back.
    pub fn gone(id: &str) -> Change {
        let to = Some(Cell::Text("1".into()));
        Change { shelf: Shelf::Calculators, id: id.to_owned(), key: GONE.to_owned(), to }
    }

    fn cells(&self) -> Cells {
        let mut cells = vec![("title".to_owned(), Cell::Text(self.title.clone()))];
        if let Some(currency) = self.currency {
            cells.push(("currency".to_owned(), Cell::Text(currency.code().to_owned())));
        }
        write_tags(&self.tags, &mut cells);
        for (at, it) in self.inputs.iter().enumerate() {
            cells.push((format!("{INPUT}{}", it.name), row(&it.fields(), at)));
        }
        for (at, it) in self.outcomes.iter().enumerate() {
            cells.push((format!("{OUTCOME}{}", it.name), row(&it.fields(), at)));
        }
        cells
    }
}

/// A row with its place among the others.
fn row(fields: &[(&'static str, String)], at: usize) -> Cell {
    let place = at.to_string();
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(key, text)| (*key, text.as_str())).collect();
    all.push(("place", &place));
    Cell::fields(&all)
}
