//! Which rows can be taken in, and what is wrong with the others.

use terms::price::{Currency, Decimal, Untypable};

use super::{
    Guess, Mapping, Mark, Moment, Order, Row, Sheet, Table, Takes, Target, Value, day, from_serial,
    guess::is_email,
    number::{self, Unit},
};
use crate::csv::csv;

/// What a person said of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct How {
    /// The order of its days.
    pub order: Option<Order>,
    /// What sets off decimals in its numbers.
    pub mark: Option<Mark>,
    /// The currency of amounts that do not name one, or have a sign of several.
    pub currency: Option<Currency>,
    /// Whether its numbers are days as spreadsheets count them ([`from_serial`]).
    pub is_serial: bool,
}

/// What becomes of a row with a cell that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LeaveOut {
    /// It stays out and is listed.
    #[default]
    Row,
    /// It goes in without that cell, and is listed all the same. A row that must have the cell, or has cells beyond the last
    /// column, or is there already, stays out.
    Cell,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// By column; what is not there is as in [`How::default`].
    pub columns: Vec<How>,
    /// What becomes of rows with cells that cannot be read.
    pub leave_out: LeaveOut,
}

impl Choices {
    fn of(&self, column: usize) -> How {
        self.columns.get(column).copied().unwrap_or_default()
    }
}

/// What only a person can know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The column it is about.
    pub column: usize,
    /// What is not clear.
    pub unclear: Unclear,
}

/// What is not clear in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// Its days can be read in several orders, the likeliest first.
    Order(Vec<Order>),
    /// Its numbers can be read in two ways.
    Mark(Vec<Mark>),
    /// A column before it is said to mean the same.
    Doubled(Target),
}

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is no day, or none in the order that was settled.
    NotADay,
    /// It is no number, or none with the decimal mark that was settled.
    NotANumber,
    /// The number has more than six decimals, and would not be kept exactly.
    TooFine,
    /// The number is too large.
    TooLarge,
    /// It is no e-mail address.
    NotAnAddress,
    /// It is no currency of ISO 4217.
    NotACurrency,
    /// The row has none of these, and must have one.
    Missing(&'static [Target]),
    /// An earlier row has the same [`Target::Id`].
    SameId {
        /// The line of that row.
        line: u32,
    },
    /// Something stands beyond the last column, where it is not known what it means.
    TooManyCells,
}

/// Something wrong in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The column, where it is one.
    pub column: Option<usize>,
    /// What is wrong.
    pub reason: Reason,
}

/// A row in which something is wrong. Its cells are [`Sheet::row`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its place among the rows of the sheet.
    pub row: usize,
    /// The line of the file it begins in.
    pub line: u32,
    /// All that is wrong.
    pub faults: Vec<Fault>,
}

/// Every row of a sheet: taken, listed, or without anything in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// The rows that can be taken in.
    pub rows: Vec<Row>,
    /// Those that stay out.
    pub bad: Vec<BadRow>,
    /// Those that go in without some of their cells, since a person said so. They are in `rows` too.
    pub lacking: Vec<BadRow>,
    /// How many rows have nothing in them.
    pub blank: usize,
}

impl Checked {
    /// How many of the rows that can be taken in say something of this.
    pub fn count(&self, target: Target) -> usize {
        self.rows.iter().filter(|row| row.get(target).is_some()).count()
    }
}

/// What is to be asked before rows can be read.
pub fn questions(mapping: &Mapping, guesses: &[Guess], choices: &Choices) -> Vec<Question> {
    let mut open = Vec::new();
    for (column, target) in mapping.columns.iter().enumerate() {
        let (Some(target), Some(guess)) = (target, guesses.get(column)) else { continue };
        if mapping.column(*target) != Some(column) {
            open.push(Question { column, unclear: Unclear::Doubled(*target) });
        }
        let how = choices.of(column);
        match target.takes() {
            Takes::Day if guess.orders.len() > 1 && how.order.is_none() && !how.is_serial => {
                open.push(Question { column, unclear: Unclear::Order(guess.orders.clone()) });
            }
            Takes::Number | Takes::Money if guess.marks.len() > 1 && how.mark.is_none() => {
                open.push(Question { column, unclear: Unclear::Mark(guess.marks.clone()) });
            }
            _ => {}
        }
    }
    open
}

/// Reads all rows, or tells what must be asked before.
pub fn check(
    sheet: &Sheet,
    mapping: &Mapping,
    guesses: &[Guess],
    choices: &Choices,
) -> Result<Checked, Vec<Question>> {
    let open = questions(mapping, guesses, choices);
    if !open.is_empty() {
        return Err(open);
    }
    let settled = |(column, target): (usize, &Option<Target>)| {
        let (how, guess) = (choices.of(column), guesses.get(column));
        let order = how.order.or_else(|| guess?.orders.first().copied()).unwrap_or(Order::Ymd);
        let mark = how.mark.or_else(|| guess?.marks.first().copied()).unwrap_or(Mark::Point);
        Some(Reader { column, target: (*target)?, order, mark, how })
    };
    let readers: Vec<Reader> = mapping.columns.iter().enumerate().filter_map(settled).collect();
    let same = same_ids(sheet, mapping.column(Target::Id));
    let mut checked = Checked::default();
    for row in 0..sheet.rows() {
        if sheet.is_blank(row) {
            checked.blank += 1;
            continue;
        }
        let line = sheet.line(row);
        let mut faults: Vec<Fault> = Vec::new();
        let mut values: Vec<(Target, Value)> = Vec::new();
        for reader in &readers {
            match reader.value(sheet.cell(row, reader.column).trim()) {
                None => {}
                Some(Ok(value)) => values.push((reader.target, value)),
                Some(Err(reason)) => faults.push(Fault { column: Some(reader.column), reason }),
            }
        }
        let of_row = |reason| Fault { column: None, reason };
        let mut forbids: Vec<Fault> = Vec::new();
        for one_of in mapping.table.needs() {
            if !values.iter().any(|(target, _)| one_of.contains(target)) {
                forbids.push(of_row(Reason::Missing(one_of)));
            }
        }
        if sheet.has_more(row) {
            forbids.push(of_row(Reason::TooManyCells));
        }
        if let Some(line) = same.get(row).copied().flatten() {
            forbids.push(of_row(Reason::SameId { line }));
        }
        let stays_out = !forbids.is_empty() || (!faults.is_empty() && choices.leave_out == LeaveOut::Row);
        faults.append(&mut forbids);
        if !stays_out {
            complete(&mut values, mapping.table, &readers);
            checked.rows.push(Row { line, values });
        }
        if !faults.is_empty() {
            let list = if stays_out { &mut checked.bad } else { &mut checked.lacking };
            list.push(BadRow { row, line, faults });
        }
    }
    Ok(checked)
}

/// Gives amounts the currency of their row, else of their column, and contacts a name.
fn complete(values: &mut Vec<(Target, Value)>, table: Table, readers: &[Reader]) {
    let of_row = values.iter().find_map(|(target, value)| match value {
        Value::Currency(currency) if *target == Target::Currency => Some(*currency),
        _ => None,
    });
    for (target, value) in values.iter_mut() {
        if let Value::Money(_, currency @ None) = value {
            let reader = readers.iter().find(|reader| reader.target == *target);
            *currency = of_row.or_else(|| reader?.how.currency);
        }
    }
    let words = |wanted: Target| {
        values.iter().find_map(|(target, value)| match value {
            Value::Text(words) if *target == wanted => Some(words.as_str()),
            _ => None,
        })
    };
    if table == Table::Contacts && words(Target::Name).is_none() {
        let parts: Vec<&str> = [Target::FirstName, Target::LastName].into_iter().filter_map(words).collect();
        if !parts.is_empty() {
            let name = parts.join(" ");
            values.push((Target::Name, Value::Text(name)));
        }
    }
}

/// For each row the line of an earlier one with the same id.
fn same_ids(sheet: &Sheet, column: Option<usize>) -> Vec<Option<u32>> {
    let mut same = vec![None; sheet.rows()];
    let Some(column) = column else { return same };
    let ids = (0..sheet.rows()).map(|row| (sheet.cell(row, column).trim(), row));
    let mut ids: Vec<(&str, usize)> = ids.filter(|(id, _)| !id.is_empty()).collect();
    stdx::sort(&mut ids);
    for run in ids.chunk_by(|one, other| one.0 == other.0) {
        let mut rows = run.iter().map(|(_, row)| *row);
        let first = rows.next().map(|row| sheet.line(row));
        for row in rows {
            if let Some(place) = same.get_mut(row) {
                *place = first;
            }
        }
    }
    same
}

/// How the cells of a column are read.
struct Reader {
    column: usize,
    target: Target,
    order: Order,
    mark: Mark,
    how: How,
}

impl Reader {
    /// What a cell means; nothing where it is empty.
    fn value(&self, cell: &str) -> Option<Result<Value, Reason>> {
        if cell.is_empty() {
            return None;
        }
        let text = || Value::Text(cell.to_owned());
        Some(match self.target.takes() {
            Takes::Words => Ok(text()),
            Takes::Email => is_email(cell).then(text).ok_or(Reason::NotAnAddress),
            Takes::Day => self.day(cell).map(Value::Day).ok_or(Reason::NotADay),
            Takes::Currency => number::currency(cell).map(Value::Currency).ok_or(Reason::NotACurrency),
            Takes::Number => self.number(cell).and_then(|(number, unit)| match unit {
                Unit::Bare | Unit::Percent => Ok(Value::Number(number)),
                Unit::Currency(_) | Unit::Other => Err(Reason::NotANumber),
            }),
            Takes::Money => self.number(cell).and_then(|(amount, unit)| match unit {
                Unit::Bare => Ok(Value::Money(amount, None)),
                Unit::Currency(sign) => Ok(Value::Money(amount, number::currency(&sign))),
                Unit::Percent | Unit::Other => Err(Reason::NotANumber),
            }),
        })
    }

    fn number(&self, cell: &str) -> Result<(Decimal, Unit), Reason> {
        number::number(cell, self.mark).map_err(|error| match error {
            Untypable::Unclear => Reason::NotANumber,
            Untypable::TooFine => Reason::TooFine,
            Untypable::TooLarge => Reason::TooLarge,
        })
    }

    fn day(&self, cell: &str) -> Option<Moment> {
        if self.how.is_serial
            && let Ok((number, Unit::Bare)) = number::number(cell, self.mark)
        {
            return from_serial(number);
        }
        day::moment(cell, self.order)
    }
}

/// Rows that are not as they should be, as a table to mend and bring again: what is wrong with each in words, then all its
/// cells.
pub fn bad_rows(sheet: &Sheet, bad: &[BadRow], title: &str, words: &dyn Fn(&BadRow) -> String) -> String {
    let line = |first: String, rest: Vec<String>| [vec![first], rest].concat();
    let header = line(title.to_owned(), sheet.header().to_vec());
    let rows = bad.iter().map(|bad| line(words(bad), sheet.row(bad.row)));
    csv(std::iter::once(header).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Forced, Key, guesses, suggest};

    fn read(text: &str, table: Table) -> (Sheet, Mapping, Vec<Guess>) {
        let sheet = Sheet::read(text, Forced::default()).unwrap();
        let guesses = guesses(&sheet);
        let mapping = suggest(table, sheet.header(), &guesses);
        (sheet, mapping, guesses)
    }

    const DEALS: &str = "id;name;account;amount;currency;closed\n\
        1;A;Acme;1.200,50;USD;20.10.2016\n\
        2;B;;$ 5;;\n\
        3;C;Acme;lots;;31.02.2016\n\
        2;D;Acme;1,2;;\n\
        ;;;;;\n\
        ;;;7;;\n\
        6;E;Acme;8;;;;and more\n\
        7;F;Acme;0,0000001;XYZ;21.10.2016\n";

    #[test]
    fn every_row_is_taken_or_listed_with_what_is_wrong() {
        let (sheet, mapping, guesses) = read(DEALS, Table::Deals);
        let mut choices = Choices::default();
        choices.columns.resize(6, How::default());
        choices.columns[3].currency = Currency::parse("CAD");
        let checked = check(&sheet, &mapping, &guesses, &choices).unwrap();
        let money = |text: &str, code: &str| {
            Value::Money(Decimal::parse(text).unwrap(), Some(Currency::parse(code).unwrap()))
        };
        let lines: Vec<u32> = checked.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3]);
        assert_eq!(checked.rows[0].get(Target::Amount), Some(&money("1200.5", "USD")));
        assert_eq!(checked.rows[1].get(Target::Amount), Some(&money("5", "CAD")));
        assert_eq!(checked.rows[1].get(Target::Account), None);
        assert_eq!((checked.blank, checked.count(Target::Closed)), (1, 1));
        let told = |bad: &BadRow| bad.faults.iter().map(|it| (it.column, it.reason)).collect::<Vec<_>>();
        let faults: Vec<_> = checked.bad.iter().map(|bad| (bad.line, told(bad))).collect();
        let needed = Table::Deals.needs()[0];
        let wanted = vec![
            (4, vec![(Some(3), Reason::NotANumber), (Some(5), Reason::NotADay)]),
            (5, vec![(None, Reason::SameId { line: 3 })]),
            (7, vec![(None, Reason::Missing(needed))]),
            (8, vec![(None, Reason::TooManyCells)]),
            (9, vec![(Some(3), Reason::TooFine), (Some(4), Reason::NotACurrency)]),
        ];
        assert_eq!(faults, wanted);
        assert_eq!(checked.rows.len() + checked.bad.len() + checked.blank, sheet.rows());

        choices.leave_out = LeaveOut::Cell;
        let checked = check(&sheet, &mapping, &guesses, &choices).unwrap();
        let lines = |rows: &[BadRow]| rows.iter().map(|row| row.line).collect::<Vec<_>>();
        assert_eq!((lines(&checked.lacking), lines(&checked.bad)), (vec![4, 9], vec![5, 7, 8]));
        assert_eq!(checked.rows.len(), 4);

        let text = bad_rows(&sheet, &checked.bad, "Why", &|bad| format!("{:?}", bad.faults[0].reason));
        let again = Sheet::read(text.trim_start_matches('\u{feff}'), Forced::default()).unwrap();
        assert_eq!(again.header()[..3], ["Why", "id", "name"]);
        assert_eq!((again.rows(), again.cell(0, 0), again.cell(2, 8)), (3, "SameId { line: 3 }", "and more"));
    }

    #[test]
    fn nothing_is_read_before_what_is_unclear_is_settled() {
        let (sheet, mapping, guesses) =
            read("deal name,amount,close date\nA,1.234,03/04/2017\n", Table::Deals);
        let open = check(&sheet, &mapping, &guesses, &Choices::default()).unwrap_err();
        let wanted = [
            Question { column: 1, unclear: Unclear::Mark(Mark::ALL.to_vec()) },
            Question { column: 2, unclear: Unclear::Order(vec![Order::Dmy, Order::Mdy]) },
        ];
        assert_eq!(open, wanted);
        let how = How { order: Some(Order::Mdy), mark: Some(Mark::Comma), ..How::default() };
        let choices = Choices { columns: vec![how; 3], ..Choices::default() };
        let checked = check(&sheet, &mapping, &guesses, &choices).unwrap();
        let Some(Value::Day(closed)) = checked.rows[0].get(Target::Closed) else { panic!("no day") };
        assert_eq!(closed.day.to_string(), "2017-03-04");
        assert_eq!(checked.rows[0].get(Target::Amount), Some(&Value::Money(Decimal::whole(1234), None)));

        let mut twice = mapping;
        twice.columns[1] = Some(Target::Name);
        let open = questions(&twice, &guesses, &choices);
        assert_eq!(open, [Question { column: 1, unclear: Unclear::Doubled(Target::Name) }]);
    }

    #[test]
    fn a_contact_has_a_name_and_is_known_again() {
        let text = "First name,Last name,E-mail,Company\nAda,Lovelace,Ada@x.example,Acme Inc.\nBob,,,ACME\n,,not one,\n";
        let (sheet, mapping, guesses) = read(text, Table::Contacts);
        let checked = check(&sheet, &mapping, &guesses, &Choices::default()).unwrap();
        assert_eq!(checked.rows[0].text(Target::Name), Some("Ada Lovelace"));
        let keys: Vec<_> = checked.rows.iter().map(|row| row.key(Table::Contacts)).collect();
        assert_eq!(keys, [Some(Key::Email("ada@x.example".into())), Some(Key::Names("bob\nacme".into()))]);
        assert_eq!(checked.bad.len(), 1);
    }

    #[test]
    fn days_of_spreadsheets_are_read_where_asked_for() {
        let (sheet, mapping, guesses) = read("name,close date\nA,42663\nB,2016-10-21\n", Table::Deals);
        assert_eq!(check(&sheet, &mapping, &guesses, &Choices::default()).unwrap().bad.len(), 1);
        let columns = vec![How { is_serial: true, ..How::default() }; 2];
        let choices = Choices { columns, ..Choices::default() };
        let rows = check(&sheet, &mapping, &guesses, &choices).unwrap().rows;
        let day = |row: &Row| match row.get(Target::Closed) {
            Some(Value::Day(moment)) => moment.day.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(rows.iter().map(day).collect::<Vec<_>>(), ["2016-10-20", "2016-10-21"]);
    }
}
