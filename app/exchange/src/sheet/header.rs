//! Whether the first row names the columns, and how they are called.

use super::{
    cells::Cells,
    day,
    guess::is_email,
    number::{self, Unit},
};

/// How many rows below the first are compared with it.
const LOOKED_AT: usize = 100;

/// Whether the first row names the columns: it has no numbers, days or addresses, no name twice, and none of its words stands again
/// below it in the same column. A table of words alone, whose first row could be either, is taken to have names.
pub(super) fn is_there(cells: &Cells) -> bool {
    let first: Vec<&str> = row(cells, 0).filter(|cell| !cell.is_empty()).collect();
    if first.is_empty() || first.iter().any(|cell| is_typed(cell)) {
        return false;
    }
    let recurs = |(column, name): (usize, &str)| {
        let below = (1..cells.len().min(LOOKED_AT)).filter_map(|row| cells.cell(row, column));
        !name.is_empty() && below.map(str::trim).any(|cell| cell == name)
    };
    !row(cells, 0).enumerate().any(recurs)
}

fn row(cells: &Cells, row: usize) -> impl Iterator<Item = &str> {
    (0..cells.width(row)).map(move |column| cells.cell(row, column).unwrap_or_default().trim())
}

fn is_typed(cell: &str) -> bool {
    is_email(cell)
        || day::moments(cell).iter().any(Option::is_some)
        || !matches!(number::read(cell), (Unit::Other, _) | (_, [Err(_), Err(_)]))
}

/// The names of all columns, all different. Without a header there are as many as the longest row has cells.
pub(super) fn names(cells: &Cells, has_header: bool) -> Vec<String> {
    let longest = || (0..cells.len()).map(|row| cells.width(row)).max().unwrap_or(0);
    let width = if has_header { cells.width(0) } else { longest() };
    let mut names: Vec<String> = Vec::new();
    for column in 0..width {
        let given = if has_header { cells.cell(0, column).unwrap_or_default().trim() } else { "" };
        let plain = if given.is_empty() { format!("#{}", column + 1) } else { given.to_owned() };
        let mut name = plain.clone();
        let mut count = 1;
        while names.contains(&name) {
            count += 1;
            name = format!("{plain} {count}");
        }
        names.push(name);
    }
    names
}
