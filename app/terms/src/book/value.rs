//! What stands in a field.

use super::{Cell, Fault, Field, Holds, INFLUENCE_MAX, LIST_MAX, LONG_MAX, TEXT_MAX};
use crate::{
    plan::Day,
    price::{Currency, Decimal},
};

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, a person, or the name of an account, a process or a room.
    Text(String),
    /// An amount, a percentage, a number.
    Number(Decimal),
    /// A currency.
    Currency(Currency),
    /// A day.
    Day(Day),
    /// Texts, in order.
    List(Vec<String>),
    /// Contacts with what part they play, in order.
    Contacts(Vec<Involved>),
}

/// Somebody who takes part in a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involved {
    /// The contact, by its name among contacts.
    pub contact: String,
    /// What part they play, such as "economic buyer"; empty where nobody said.
    pub role: String,
}

impl Value {
    /// Reads a cell of a field that holds this; none where it is not understood, or empty.
    pub fn read(holds: Holds, cell: &Cell) -> Option<Self> {
        if let (Holds::List | Holds::Contacts, Cell::List(texts)) = (holds, cell) {
            return match holds {
                _ if texts.is_empty() => None,
                Holds::List => Some(Self::List(texts.clone())),
                _ => Some(Self::Contacts(texts.iter().map(|text| Involved::read(text)).collect())),
            };
        }
        let text = cell.text().filter(|text| !text.is_empty())?;
        match holds {
            Holds::Money | Holds::Percent | Holds::Number => Decimal::parse(text).map(Self::Number),
            Holds::Currency => Currency::parse(text).map(Self::Currency),
            Holds::Day => Day::parse(text).map(Self::Day),
            Holds::List | Holds::Contacts => None,
            Holds::Text | Holds::Long | Holds::Account | Holds::Person | Holds::Process | Holds::Room => {
                Some(Self::Text(text.to_owned()))
            }
        }
    }

    /// As it is kept; none where it is empty.
    pub fn cell(&self) -> Option<Cell> {
        match self {
            Self::Text(text) => (!text.is_empty()).then(|| Cell::Text(text.clone())),
            Self::Number(number) => Some(Cell::Text(number.to_string())),
            Self::Currency(currency) => Some(Cell::Text(currency.code().to_owned())),
            Self::Day(day) => Some(Cell::Text(day.to_string())),
            Self::List(texts) => (!texts.is_empty()).then(|| Cell::List(texts.clone())),
            Self::Contacts(all) => {
                (!all.is_empty()).then(|| Cell::List(all.iter().map(Involved::write).collect()))
            }
        }
    }

    /// Whether it can stand in a field.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, field: Field) -> Result<(), Fault> {
        let holds = field.holds();
        let most = if holds == Holds::Long { LONG_MAX } else { TEXT_MAX };
        let fits = |text: &str| {
            if text.chars().count() > most { Err(Fault::TooLong(field)) } else { Ok(()) }
        };
        match (holds, self) {
            (Holds::Percent, Self::Number(number))
                if !(Decimal::ZERO..=Decimal::whole(100)).contains(number) =>
            {
                Err(Fault::OutOfBounds(field))
            }
            (Holds::Number, Self::Number(number)) if *number < Decimal::ZERO => {
                Err(Fault::OutOfBounds(field))
            }
            (_, Self::Number(number))
                if field == Field::Influence
                    && !(0..=INFLUENCE_MAX).any(|it| Decimal::whole(it) == *number) =>
            {
                Err(Fault::OutOfBounds(field))
            }
            (Holds::Money | Holds::Percent | Holds::Number, Self::Number(_))
            | (Holds::Currency, Self::Currency(_))
            | (Holds::Day, Self::Day(_)) => Ok(()),
            (Holds::List, Self::List(texts)) if texts.len() <= LIST_MAX => {
                texts.iter().try_for_each(|text| fits(text))
            }
            (Holds::Contacts, Self::Contacts(all)) if all.len() <= LIST_MAX => {
                all.iter().try_for_each(|it| fits(&it.contact).and(fits(&it.role)))
            }
            (Holds::List, Self::List(_)) | (Holds::Contacts, Self::Contacts(_)) => Err(Fault::TooMany(field)),
            (
                Holds::Text | Holds::Long | Holds::Account | Holds::Person | Holds::Process | Holds::Room,
                Self::Text(text),
            ) => fits(text),
            _ => Err(Fault::OtherValue(field)),
        }
    }
}

impl Involved {
    /// Reads what [`Involved::write`] writes.
    fn read(text: &str) -> Self {
        let (contact, role) = text.split_once(' ').unwrap_or((text, ""));
        Self { contact: contact.to_owned(), role: role.to_owned() }
    }

    /// The contact, and behind a space what part they play. Names of contacts have no space.
    fn write(&self) -> String {
        if self.role.is_empty() { self.contact.clone() } else { format!("{} {}", self.contact, self.role) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    fn number(text: &str) -> Value {
        Value::Number(Decimal::parse(text).unwrap())
    }

    #[test]
    fn values_come_back_from_their_cells() {
        let involved = |contact: &str, role: &str| Involved { contact: contact.into(), role: role.into() };
        let values = [
            (Field::Name, text("Meyer & Söhne")),
            (Field::Amount, number("-12.5")),
            (Field::Currency, Value::Currency(Currency::parse("JPY").unwrap())),
            (Field::Close, Value::Day(Day::parse("2027-03-01").unwrap())),
            (Field::Products, Value::List(vec!["GTX Pro".into(), "MG Special".into()])),
            (Field::Contacts, Value::Contacts(vec![involved("a1", "economic buyer"), involved("b2", "")])),
        ];
        for (field, value) in values {
            assert_eq!(value.check(field), Ok(()));
            assert_eq!(Value::read(field.holds(), &value.cell().unwrap()), Some(value));
        }
        for empty in [text(""), Value::List(Vec::new()), Value::Contacts(Vec::new())] {
            assert_eq!(empty.cell(), None);
        }
        for (holds, cell) in [
            (Holds::Money, Cell::Text("12,5".into())),
            (Holds::Day, Cell::Text("tomorrow".into())),
            (Holds::List, Cell::Text("a".into())),
            (Holds::Text, Cell::List(vec!["a".into()])),
            (Holds::Text, Cell::Strange),
        ] {
            assert_eq!(Value::read(holds, &cell), None);
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let many = Value::List(vec!["a".into(); LIST_MAX + 1]);
        for (field, value, fault) in [
            (Field::Discount, number("100.5"), Fault::OutOfBounds(Field::Discount)),
            (Field::Discount, number("-1"), Fault::OutOfBounds(Field::Discount)),
            (Field::Employees, number("-1"), Fault::OutOfBounds(Field::Employees)),
            (Field::Influence, number("4"), Fault::OutOfBounds(Field::Influence)),
            (Field::Influence, number("1.5"), Fault::OutOfBounds(Field::Influence)),
            (Field::Name, text(&"a".repeat(TEXT_MAX + 1)), Fault::TooLong(Field::Name)),
            (Field::Products, many, Fault::TooMany(Field::Products)),
            (Field::Amount, text("12"), Fault::OtherValue(Field::Amount)),
        ] {
            assert_eq!(value.check(field), Err(fault));
        }
        assert_eq!(number("3").check(Field::Influence), Ok(()));
        assert_eq!(number("-3").check(Field::Amount), Ok(()), "a credit");
        assert_eq!(text(&"a".repeat(TEXT_MAX + 1)).check(Field::Note), Ok(()));
    }
}
