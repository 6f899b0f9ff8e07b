//! Tables: a grid in a map of its own, named by the line at which it stands. Rows and columns are lists of names, so that
//! two people may add a row and a column at once. A cell is a root text, named after its row and column: no copy has to
//! make it before it is written in, so two people who are the first to write in a cell write in the same text.

use std::collections::{BTreeMap, BTreeSet};

use stdx::Gather as _;
use text::{Align, CellName, Delta, Grid, Op, Table};
use yrs::{
    Any, Array as _, ArrayPrelim, ArrayRef, Map as _, MapPrelim, MapRef, Out, ReadTxn, Text as _, TextRef,
    TransactionMut, WriteTxn as _,
};

use crate::attrs::{from_shared, set_only, to_shared, words};

/// The longest name of a row or a column that is taken in, in bytes.
const NAME_MAX: usize = 64;

fn align_name(align: Align) -> Option<&'static str> {
    match align {
        Align::Center => Some("center"),
        Align::End => Some("right"),
        Align::Start | Align::Justify => None,
    }
}

/// The root text of a cell.
pub(crate) fn root(cell: &CellName) -> String {
    ["cell", &cell.table, &cell.row, &cell.column].join("/")
}

/// The text of a cell that stands within the grid, in `cells` by `<row>:<column>`, as the first previews had them. Every
/// copy has it, so it is written in where it is, unless somebody has written in the root text since then.
pub(crate) fn inner_text<T: ReadTxn>(txn: &T, tables: &MapRef, cell: &CellName) -> Option<TextRef> {
    let Some(Out::YMap(grid)) = tables.get(txn, &cell.table) else { return None };
    let Some(Out::YMap(cells)) = grid.get(txn, "cells") else { return None };
    match cells.get(txn, &[cell.row.as_str(), &cell.column].join(":")) {
        Some(Out::YText(text)) if txn.get_text(root(cell)).is_none() => Some(text),
        _ => None,
    }
}

/// Puts a new table into the document.
pub(crate) fn insert(txn: &mut TransactionMut, tables: &MapRef, table: &Table) {
    let names = |prefix: &str, count: usize| (0..count).map(|idx| format!("{prefix}{idx}")).collect();
    let (rows, columns) = (names("r", table.rows.len()), names("c", table.columns()));
    let new = Grid::new(table.clone(), rows, columns);
    let list = |names: &[String]| ArrayPrelim::from_iter(names.iter().map(|name| Any::from(name.as_str())));
    let grid = tables.insert(txn, table.id.as_str(), MapPrelim::default());
    grid.insert(txn, "header", table.header);
    grid.insert(txn, "rows", list(&new.rows));
    grid.insert(txn, "cols", list(&new.columns));
    let aligns = grid.insert(txn, "align", MapPrelim::default());
    for (name, align) in new.columns.iter().zip(&new.table.aligns) {
        if let Some(align) = align_name(*align) {
            aligns.insert(txn, name.as_str(), align);
        }
    }
    for (cell, words) in changed_cells(None, &new) {
        let text = txn.get_or_insert_text(root(&cell));
        fill(txn, &text, &words);
    }
}

/// The table with this name.
pub(crate) fn read<T: ReadTxn>(txn: &T, tables: &MapRef, id: &str) -> Option<Grid> {
    let Some(Out::YMap(shared)) = tables.get(txn, id) else { return None };
    let names = |name| array(txn, &shared, name).map(|list| valid(&raw(txn, &list))).unwrap_or_default();
    let header = matches!(shared.get(txn, "header"), Some(Out::Any(Any::Bool(true))));
    let mut grid =
        Grid::new(Table { id: id.to_owned(), header, ..Table::default() }, names("rows"), names("cols"));
    let aligns = aligns(txn, &shared);
    let align = |column: &String| match aligns.as_ref().and_then(|aligns| aligns.get(txn, column)) {
        Some(Out::Any(Any::String(name))) if *name == *"center" => Align::Center,
        Some(Out::Any(Any::String(name))) if *name == *"right" => Align::End,
        _ => Align::Start,
    };
    grid.table.aligns = grid.columns.iter().map(align).collect();
    for row in 0..grid.rows.len() {
        for column in 0..grid.columns.len() {
            let Some(name) = grid.name(row, column) else { continue };
            if let Some(text) = txn.get_text(root(&name)).or_else(|| inner_text(txn, tables, &name)) {
                grid.table.rows[row][column] = cell(txn, &text);
            }
        }
    }
    Some(grid)
}

/// Writes what is other in `new` than in `old`, but for the cells.
pub(crate) fn write(txn: &mut TransactionMut, tables: &MapRef, old: &Grid, new: &Grid) {
    let Some(Out::YMap(shared)) = tables.get(txn, &old.table.id) else { return };
    if old.table.header != new.table.header {
        shared.insert(txn, "header", new.table.header);
    }
    for (name, before, after) in [("rows", &old.rows, &new.rows), ("cols", &old.columns, &new.columns)] {
        if before != after
            && let Some(list) = array(txn, &shared, name)
        {
            arrange(txn, &list, after);
        }
    }
    let set = |grid: &Grid, name: &String| {
        grid.columns.iter().position(|have| have == name).and_then(|at| align_name(grid.table.aligns[at]))
    };
    for name in &new.columns {
        if set(old, name) == set(new, name) {
            continue;
        }
        let Some(aligns) = aligns(txn, &shared) else { return };
        match set(new, name) {
            Some(align) => drop(aligns.insert(txn, name.as_str(), align)),
            None => drop(aligns.remove(txn, name)),
        }
    }
}

/// The cells that hold something else in `new`, with that; those that are gone hold nothing.
pub(crate) fn changed_cells(old: Option<&Grid>, new: &Grid) -> Vec<(CellName, Delta)> {
    let mut changed = Vec::new();
    each_cell(new, old, |name, words, held| {
        if *words != *held.unwrap_or(&Delta::new()) {
            changed.push((name, words.clone()));
        }
    });
    if let Some(old) = old {
        each_cell(old, Some(new), |name, words, held| {
            if held.is_none() && !words.is_empty() {
                changed.push((name, Delta::new()));
            }
        });
    }
    changed
}

/// Calls `look` with each cell of `grid`, what it holds, and what the same cell holds in `other`.
fn each_cell(grid: &Grid, other: Option<&Grid>, mut look: impl FnMut(CellName, &Delta, Option<&Delta>)) {
    let index = |names: &[String]| names.iter().cloned().zip(0..).gather::<BTreeMap<String, usize>>();
    let there = other.map(|other| (other, index(&other.rows), index(&other.columns)));
    for (row, row_name) in grid.rows.iter().enumerate() {
        for (column, column_name) in grid.columns.iter().enumerate() {
            let held = there.as_ref().and_then(|(other, rows, columns)| {
                other.cell(*rows.get(row_name)?, *columns.get(column_name)?)
            });
            if let (Some(name), Some(words)) = (grid.name(row, column), grid.cell(row, column)) {
                look(name, words, held);
            }
        }
    }
}

/// What a cell's text holds, in one line.
pub(crate) fn cell<T: ReadTxn>(txn: &T, text: &TextRef) -> Delta {
    let mut delta = Delta::new();
    for part in text.diff(txn, yrs::types::text::YChange::identity) {
        let attrs = set_only(from_shared(part.attributes.as_deref()));
        delta.push(Op::Insert { text: words(&part.insert), attrs });
    }
    one_line(delta)
}

/// A change of a cell's text as one of a line: line ends of other programs are breaks within it.
pub(crate) fn one_line(delta: Delta) -> Delta {
    let mut line = Delta::new();
    for op in delta.ops() {
        line.push(match op {
            Op::Insert { text, attrs } => {
                Op::Insert { text: text.replace('\n', "\u{2028}"), attrs: attrs.clone() }
            }
            other => other.clone(),
        });
    }
    line
}

/// Puts `words` in place of what a cell holds.
pub(crate) fn fill(txn: &mut TransactionMut, text: &TextRef, words: &Delta) {
    let len = text.len(txn);
    if len > 0 {
        text.remove_range(txn, 0, len);
    }
    let mut at = 0;
    for op in words.ops() {
        if let Op::Insert { text: part, attrs } = op {
            text.insert_with_attributes(txn, at, part, to_shared(attrs));
            at += text::utf16_len(part) as u32;
        }
    }
}

/// Brings a list of names into the order `wanted`, moving as few as one act does.
fn arrange(txn: &mut TransactionMut, list: &ArrayRef, wanted: &[String]) {
    let mut left: BTreeSet<&String> = wanted.iter().gather();
    let mut have = Vec::new();
    // What a list shows once it holds once, and what it does not show it does not hold.
    for name in raw(txn, list) {
        if left.remove(&name) {
            have.push(name);
        } else {
            list.remove(txn, have.len() as u32);
        }
    }
    for (at, name) in wanted.iter().enumerate() {
        if have.get(at) != Some(name) && have.get(at + 1) == Some(name) {
            // The one here goes further down.
            list.remove(txn, at as u32);
            have.remove(at);
        }
        if have.get(at) == Some(name) {
            continue;
        }
        if let Some(below) = have.iter().position(|have| have == name) {
            list.remove(txn, below as u32);
            have.remove(below);
        }
        list.insert(txn, at as u32, name.as_str());
        have.insert(at, name.clone());
    }
}

/// The names in a list as it stands; what is no text is an empty name.
fn raw<T: ReadTxn>(txn: &T, list: &ArrayRef) -> Vec<String> {
    let name = |out| if let Out::Any(Any::String(name)) = out { name.to_string() } else { String::new() };
    list.iter(txn).map(name).collect()
}

/// The names that a list shows: each once, where it stands first.
fn valid(raw: &[String]) -> Vec<String> {
    let fits = |name: &String| (1..=NAME_MAX).contains(&name.len()) && !name.contains('/');
    let mut seen = BTreeSet::new();
    raw.iter().filter(|name| fits(name) && seen.insert(*name)).cloned().collect()
}

fn array<T: ReadTxn>(txn: &T, grid: &MapRef, name: &str) -> Option<ArrayRef> {
    if let Some(Out::YArray(array)) = grid.get(txn, name) { Some(array) } else { None }
}

fn aligns<T: ReadTxn>(txn: &T, grid: &MapRef) -> Option<MapRef> {
    if let Some(Out::YMap(map)) = grid.get(txn, "align") { Some(map) } else { None }
}
