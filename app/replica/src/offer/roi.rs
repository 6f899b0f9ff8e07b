//! The calculator in the offer: `roi` (`title`, `currency`), `roi/inputs` and `roi/outcomes`, maps by names of maps. All values are
//! strings, one field a key, so that two people who change different fields both keep theirs.

use stdx::Gather as _;
use terms::{
    price::Currency,
    roi::{Calculator, FORMULA_MAX, Input, NAME_MAX, Outcome, ROWS_MAX},
};
use yrs::{Doc, Map as _, MapPrelim, MapRef, Out, ReadTxn, TransactionMut};

use super::{
    Offer,
    plan::{part, set, value},
};
use crate::{guard::Refused, shared::SYSTEM};

/// The key of a row's place among the others.
const PLACE: &str = "place";
/// The longest text of a row that is read, in characters. One more than a formula may have, so that a longer one is still told to be.
const TEXT_MAX: usize = FORMULA_MAX + 1;

/// Where the calculator is in the document.
pub(super) struct Maps {
    about: MapRef,
    inputs: MapRef,
    outcomes: MapRef,
}

/// A row's name and its fields.
type Row = (String, Vec<(&'static str, String)>);

impl Maps {
    pub(super) fn of(doc: &Doc) -> Self {
        let map = |name: &str| doc.get_or_insert_map(name);
        Self { about: map("roi"), inputs: map("roi/inputs"), outcomes: map("roi/outcomes") }
    }
}

impl Offer {
    /// The calculator; none where it has no rows.
    pub fn calculator(&self) -> Option<Calculator> {
        let maps = &self.roi;
        let read = self.shared.read(|txn| Calculator {
            title: bounded(&value(txn, &maps.about, "title")),
            currency: Currency::parse(&value(txn, &maps.about, "currency")),
            inputs: rows(txn, &maps.inputs, |name, field| Input::read(name, field)),
            outcomes: rows(txn, &maps.outcomes, |name, field| Outcome::read(name, field)),
            ..Calculator::default()
        });
        read.ok().filter(|it| !it.inputs.is_empty() || !it.outcomes.is_empty())
    }

    /// Writes where `to` differs from `from`; none is no calculator.
    pub fn set_calculator(
        &mut self,
        from: Option<&Calculator>,
        to: Option<&Calculator>,
    ) -> Result<(), Refused> {
        let maps = (self.roi.about.clone(), self.roi.inputs.clone(), self.roi.outcomes.clone());
        let (about, inputs, outcomes) = maps;
        self.shared.write(SYSTEM, |txn| {
            for ((key, before), (_, after)) in head(from).into_iter().zip(head(to)) {
                if before != after {
                    set(txn, &about, key, &after);
                }
            }
            write(txn, &inputs, &input_rows(from), &input_rows(to));
            write(txn, &outcomes, &outcome_rows(from), &outcome_rows(to));
        })
    }
}

fn head(of: Option<&Calculator>) -> [(&'static str, String); 2] {
    let currency = of.and_then(|it| it.currency).map(|it| it.code().to_owned());
    [("title", of.map(|it| it.title.clone()).unwrap_or_default()), ("currency", currency.unwrap_or_default())]
}

fn input_rows(of: Option<&Calculator>) -> Vec<Row> {
    placed(of.into_iter().flat_map(|it| &it.inputs).map(|it| (it.name.clone(), it.fields().into())))
}

fn outcome_rows(of: Option<&Calculator>) -> Vec<Row> {
    placed(of.into_iter().flat_map(|it| &it.outcomes).map(|it| (it.name.clone(), it.fields().into())))
}

fn placed(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let with_place = |(at, (name, mut fields)): (usize, Row)| {
        fields.push((PLACE, at.to_string()));
        (name, fields)
    };
    rows.enumerate().map(with_place).collect()
}

fn write(txn: &mut TransactionMut, all: &MapRef, from: &[Row], to: &[Row]) {
    for (name, _) in from.iter().filter(|(name, _)| to.iter().all(|(it, _)| it != name)) {
        all.remove(txn, name);
    }
    for (name, fields) in to {
        let before = from.iter().find(|(it, _)| it == name).map(|(_, fields)| fields);
        let map =
            part(txn, all, name).unwrap_or_else(|| all.insert(txn, name.as_str(), MapPrelim::default()));
        for (key, text) in fields {
            if before.is_none_or(|before| !before.contains(&(key, text.clone()))) {
                set(txn, &map, key, text);
            }
        }
    }
}

/// The first rows by their places, and then their names, cut to what they may be.
fn rows<T: ReadTxn, R>(txn: &T, all: &MapRef, read: impl Fn(&str, &dyn Fn(&str) -> String) -> R) -> Vec<R> {
    let found = all.iter(txn).filter_map(|(name, out)| match out {
        Out::YMap(map) if name.chars().count() <= NAME_MAX => {
            Some((value(txn, &map, PLACE).parse().unwrap_or(usize::MAX), name.to_owned(), map))
        }
        _ => None,
    });
    let found = stdx::in_order(found, |(one, first, _), (other, second, _)| (one, first) < (other, second));
    let rows = found.into_iter().take(ROWS_MAX);
    rows.map(|(_, name, map)| read(&name, &|key| bounded(&value(txn, &map, key)))).gather()
}

fn bounded(text: &str) -> String {
    text.chars().take(TEXT_MAX).collect()
}

#[cfg(test)]
mod tests {
    use terms::{price::Decimal, roi::starter};

    use super::*;

    fn pass_on(from: &mut Offer, to: &mut Offer) {
        for update in from.take_updates() {
            to.receive(&update).unwrap();
        }
    }

    #[test]
    fn two_owners_who_change_different_fields_both_keep_theirs() {
        let (mut one, mut other) = (Offer::new(1), Offer::new(2));
        assert_eq!(one.calculator(), None);
        let first = Calculator { currency: Currency::parse("EUR"), ..starter("", &str::to_owned) };
        one.set_calculator(None, Some(&first)).unwrap();
        assert_eq!(one.calculator(), Some(first.clone()));
        pass_on(&mut one, &mut other);
        let mut figure = first.clone();
        figure.inputs[0].value = Decimal::whole(9);
        one.set_calculator(Some(&first), Some(&figure)).unwrap();
        let mut label = first.clone();
        label.inputs[0].label = "Colleagues".into();
        label.outcomes.remove(3);
        other.set_calculator(Some(&first), Some(&label)).unwrap();
        pass_on(&mut one, &mut other);
        pass_on(&mut other, &mut one);
        label.inputs[0].value = Decimal::whole(9);
        assert_eq!((one.calculator(), other.calculator()), (Some(label.clone()), Some(label.clone())));
        one.set_calculator(Some(&label), None).unwrap();
        assert_eq!(one.calculator(), None);
        one.set_calculator(None, Some(&first)).unwrap();
        assert_eq!(one.calculator(), Some(first));
    }
}
