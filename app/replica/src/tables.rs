//! Tables: a grid in a map of its own, named by the line at which it stands. Rows and columns are lists of names, cells
//! are texts by the names of their row and column, so that two people may add a row and a column at once.

use text::{Align, Delta, Table};
use yrs::{
    Any, Array as _, ArrayPrelim, Map as _, MapPrelim, MapRef, Out, ReadTxn, Text as _, TextPrelim,
    TransactionMut,
};

use crate::attrs::{from_shared, set_only, to_shared, words};

fn align_name(align: Align) -> Option<&'static str> {
    match align {
        Align::Center => Some("center"),
        Align::End => Some("right"),
        Align::Start | Align::Justify => None,
    }
}

pub(crate) fn insert(txn: &mut TransactionMut, tables: &MapRef, table: &Table) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let names =
        |prefix: &str, count: usize| (0..count).map(|idx| format!("{prefix}{idx}")).collect::<Vec<_>>();
    let (rows, cols) = (names("r", table.rows.len()), names("c", columns));
    let grid = tables.insert(txn, table.id.as_str(), MapPrelim::default());
    grid.insert(txn, "header", table.header);
    grid.insert(txn, "rows", ArrayPrelim::from_iter(rows.iter().map(|name| Any::from(name.as_str()))));
    grid.insert(txn, "cols", ArrayPrelim::from_iter(cols.iter().map(|name| Any::from(name.as_str()))));
    let aligns = grid.insert(txn, "align", MapPrelim::default());
    for (name, align) in cols.iter().zip(&table.aligns) {
        if let Some(align) = align_name(*align) {
            aligns.insert(txn, name.as_str(), align);
        }
    }
    let cells = grid.insert(txn, "cells", MapPrelim::default());
    for (row, row_cells) in rows.iter().zip(&table.rows) {
        for (col, cell) in cols.iter().zip(row_cells) {
            let text = cells.insert(txn, format!("{row}:{col}"), TextPrelim::new(""));
            let mut at = 0;
            for op in cell.ops() {
                if let text::Op::Insert { text: words, attrs } = op {
                    text.insert_with_attributes(txn, at, words, to_shared(attrs));
                    at += text::utf16_len(words) as u32;
                }
            }
        }
    }
}

fn list<T: ReadTxn>(txn: &T, grid: &MapRef, name: &str) -> Vec<String> {
    let Some(Out::YArray(array)) = grid.get(txn, name) else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for out in array.iter(txn) {
        if let Out::Any(Any::String(name)) = out
            && !names.iter().any(|have| **have == *name)
        {
            names.push(name.to_string());
        }
    }
    names
}

fn cell<T: ReadTxn>(txn: &T, cells: Option<&MapRef>, key: &str) -> Delta {
    let mut delta = Delta::new();
    if let Some(Out::YText(text)) = cells.and_then(|cells| cells.get(txn, key)) {
        for part in text.diff(txn, yrs::types::text::YChange::identity) {
            let attrs = set_only(from_shared(part.attributes.as_deref()));
            delta = delta.insert_with(&words(&part.insert).replace('\n', " "), attrs);
        }
    }
    delta
}

pub(crate) fn read<T: ReadTxn>(txn: &T, tables: &MapRef, id: &str) -> Option<Table> {
    let Some(Out::YMap(grid)) = tables.get(txn, id) else { return None };
    let (rows, cols) = (list(txn, &grid, "rows"), list(txn, &grid, "cols"));
    let map = |name: &str| match grid.get(txn, name) {
        Some(Out::YMap(map)) => Some(map),
        _ => None,
    };
    let (aligns, cells) = (map("align"), map("cells"));
    let align = |col: &String| match aligns.as_ref().and_then(|aligns| aligns.get(txn, col)) {
        Some(Out::Any(Any::String(name))) if *name == *"center" => Align::Center,
        Some(Out::Any(Any::String(name))) if *name == *"right" => Align::End,
        _ => Align::Start,
    };
    Some(Table {
        id: id.to_owned(),
        header: matches!(grid.get(txn, "header"), Some(Out::Any(Any::Bool(true)))),
        aligns: cols.iter().map(align).collect(),
        rows: rows
            .iter()
            .map(|row| cols.iter().map(|col| cell(txn, cells.as_ref(), &format!("{row}:{col}"))).collect())
            .collect(),
    })
}
