//! Rows of a spreadsheet as lines of a price.

use terms::price::{Choices, Decimal, Discount, Line, Money, PriceList};

use super::{
    column::{Column, is_percent},
    copy, separators,
};

/// What rows came to.
#[derive(Debug, Default)]
pub(super) struct Pasted {
    /// The lines to add.
    pub(super) lines: Vec<Line>,
    /// What was not as it looked, for the person who pasted.
    pub(super) notes: Vec<String>,
}

/// A row, read.
struct Row {
    line: Line,
    /// The last of its numbers, where there is one more than quantity and price.
    amount: Option<(Decimal, String)>,
}

/// Reads rows whose first cell says what one gets: then quantity, price and amount, a lone number being the price.
/// Percentages are a discount and then tax; words say how often it is paid, or more about it.
pub(super) fn read(rows: &[Vec<String>], list: &PriceList) -> Pasted {
    let mut pasted = Pasted::default();
    let mut unread = Vec::new();
    let mut amounts: Vec<Option<(Decimal, String)>> = Vec::new();
    let mut total = None;
    let rows = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let rows: Vec<&Vec<String>> = rows.collect();
    let has_head = rows.len() > 1 && !has_number(rows[0]) && rows.iter().any(|row| has_number(row));
    for cells in rows.into_iter().skip(usize::from(has_head)) {
        let Row { line, amount } = row(cells, &mut unread);
        if copy::is_total(&line.name) {
            // The last one is the sum of all; what comes before may be of a part.
            total = amount.or_else(|| Some((line.price, figure(cells)?)));
        } else if let Err(fault) = line.check() {
            pasted.notes.push(copy::left_out(&line.name, &super::fault(fault)));
        } else {
            pasted.lines.push(line);
            amounts.push(amount);
        }
    }
    if !unread.is_empty() {
        pasted.notes.push(copy::unread(&unread));
    }
    compare(&mut pasted, &amounts, total, list);
    pasted
}

/// Tells where a pasted amount is not what the line comes to, or the pasted total not what all do.
fn compare(
    pasted: &mut Pasted,
    amounts: &[Option<(Decimal, String)>],
    total: Option<(Decimal, String)>,
    list: &PriceList,
) {
    let currency = list.currency;
    let same = PriceList { lines: pasted.lines.clone(), currency, ..PriceList::default() };
    let Ok(totals) = same.total(&Choices::default()) else { return };
    let is = |money: Money, figure: Decimal| Decimal::parse(&currency.write(money)) == Some(figure);
    let each = |money: Money| browser::figures::number(&currency.write(money), currency.digits());
    for ((line, of_line), amount) in pasted.lines.iter().zip(&totals.lines).zip(amounts) {
        if let Some((figure, text)) = amount
            && !is(of_line.net, *figure)
            && !is(of_line.list, *figure)
        {
            pasted.notes.push(copy::wrong_amount(&line.name, text, &each(of_line.net)));
        }
    }
    let sum = totals.lines.iter().fold(Money::default(), |sum, line| sum.plus(line.net));
    if let Some((figure, text)) = total
        && !is(sum, figure)
    {
        pasted.notes.push(copy::wrong_total(&text, &each(sum)));
    }
}

fn number(cell: &str) -> Option<Decimal> {
    Decimal::typed(cell, separators()).ok()
}

fn has_number(row: &[String]) -> bool {
    row.iter().skip(1).any(|cell| number(cell).is_some())
}

fn figure(row: &[String]) -> Option<String> {
    row.iter().rev().find(|cell| number(cell).is_some()).map(|cell| cell.trim().to_owned())
}

fn row(cells: &[String], unread: &mut Vec<String>) -> Row {
    let mut line = Line { quantity: Decimal::ONE, ..Line::default() };
    let mut cells = cells.iter().map(|cell| cell.trim());
    line.name = cells.next().unwrap_or_default().to_owned();
    let mut numbers: Vec<Option<(Decimal, String)>> = Vec::new();
    for cell in cells {
        match number(cell) {
            _ if cell.is_empty() => numbers.push(None),
            Some(percent) if is_percent(cell) => match line.discount {
                None => line.discount = Some(Discount::Percent(percent)),
                Some(_) => line.tax = percent,
            },
            Some(number) => numbers.push(Some((number, cell.to_owned()))),
            None => match copy::recurrence_of(cell) {
                Some(recurrence) => line.recurrence = recurrence,
                None if line.note.is_empty() && numbers.iter().all(Option::is_none) => {
                    line.note = cell.to_owned();
                    // Cells left empty before it are none of the numbers'.
                    numbers.clear();
                }
                None => unread.push(cell.to_owned()),
            },
        }
    }
    while numbers.last().is_some_and(Option::is_none) {
        numbers.pop();
    }
    let amount = if numbers.len() > 2 { numbers.pop().flatten() } else { None };
    if let [only] = numbers.as_slice() {
        line.price = only.as_ref().map_or(line.price, |(number, _)| *number);
    } else {
        let mut numbers = numbers.into_iter();
        let mut next = || numbers.next().flatten().map(|(number, _)| number);
        line.quantity = next().unwrap_or(line.quantity);
        line.price = next().unwrap_or(line.price);
    }
    Row { line, amount }
}

/// Fills cells that are there from `column` of each line on; answers the lines as they are then, and what could not be
/// read.
pub(super) fn fill(rows: &[Vec<String>], column: Column, lines: &[Line]) -> (Vec<Line>, Vec<String>) {
    let from = Column::ALL.iter().position(|it| *it == column).unwrap_or_default();
    let mut unread = Vec::new();
    let filled = lines.iter().zip(rows).map(|(line, cells)| {
        let mut line = line.clone();
        for (column, cell) in Column::ALL.iter().skip(from).zip(cells) {
            match column.read(cell, &line) {
                Ok(read) => line = read,
                Err(_) => unread.push(cell.trim().to_owned()),
            }
        }
        line
    });
    (filled.collect(), unread)
}
