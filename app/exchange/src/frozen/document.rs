//! Sections of a frozen room: text with what is set on it, and tables.

use model::SectionId;
use stdx::{Cut, Reader, Writer};
use text::{Align, Attrs, Delta, Document, Grid, Op, Table, Value};

use super::FrozenSection;

const ALIGNS: [Align; 4] = [Align::Start, Align::Center, Align::End, Align::Justify];

pub(super) fn write(out: &mut Writer, section: &FrozenSection) {
    out.text(&section.name);
    write_delta(out, &section.text.to_delta());
    out.uint(section.tables.len() as u64);
    for grid in &section.tables {
        write_grid(out, grid);
    }
}

pub(super) fn read(from: &mut Reader<'_>, id: SectionId) -> Result<FrozenSection, Cut> {
    let name = from.text()?.to_owned();
    let text = Document::from_delta(&read_delta(from)?);
    let mut tables = Vec::new();
    for _ in 0..from.uint()? {
        tables.push(read_grid(from)?);
    }
    Ok(FrozenSection { id, name, text, tables })
}

fn write_delta(out: &mut Writer, delta: &Delta) {
    let inserts = || {
        delta.ops().iter().filter_map(|op| match op {
            Op::Insert { text, attrs } => Some((text, attrs)),
            _ => None,
        })
    };
    out.uint(inserts().count() as u64);
    for (text, attrs) in inserts() {
        out.text(text).uint(attrs.iter().count() as u64);
        for (name, value) in attrs.iter() {
            out.text(name);
            match value {
                Value::Null => out.u8(0),
                Value::True => out.u8(1),
                // Low bits first, the sign as the lowest.
                Value::Int(number) => out.u8(2).uint(((number << 1) ^ (number >> 63)) as u64),
                Value::Text(text) => out.u8(3).text(text),
            };
        }
    }
}

fn read_delta(from: &mut Reader<'_>) -> Result<Delta, Cut> {
    let mut delta = Delta::new();
    for _ in 0..from.uint()? {
        let text = from.text()?.to_owned();
        let mut attrs = Attrs::none();
        for _ in 0..from.uint()? {
            let name = from.text()?;
            let value = match from.u8()? {
                0 => Value::Null,
                1 => Value::True,
                2 => {
                    let number = from.uint()?;
                    Value::Int((number >> 1) as i64 ^ -((number & 1) as i64))
                }
                3 => Value::Text(from.text()?.to_owned()),
                _ => return Err(Cut),
            };
            attrs.set(name, value);
        }
        delta.push(Op::Insert { text, attrs });
    }
    Ok(delta)
}

fn write_grid(out: &mut Writer, grid: &Grid) {
    out.text(&grid.table.id).u8(grid.table.header.into());
    out.uint(grid.columns.len() as u64);
    for (name, align) in grid.columns.iter().zip(&grid.table.aligns) {
        let align = ALIGNS.iter().position(|it| it == align).unwrap_or_default();
        out.text(name).u8(align as u8);
    }
    out.uint(grid.rows.len() as u64);
    for (name, cells) in grid.rows.iter().zip(&grid.table.rows) {
        out.text(name);
        for cell in cells {
            write_delta(out, cell);
        }
    }
}

fn read_grid(from: &mut Reader<'_>) -> Result<Grid, Cut> {
    let mut table = Table { id: from.text()?.to_owned(), header: read_bool(from)?, ..Table::default() };
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..from.uint()? {
        columns.push(from.text()?.to_owned());
        table.aligns.push(*ALIGNS.get(usize::from(from.u8()?)).ok_or(Cut)?);
    }
    for _ in 0..from.uint()? {
        rows.push(from.text()?.to_owned());
        table.rows.push(columns.iter().map(|_| read_delta(from)).collect::<Result<_, _>>()?);
    }
    Ok(Grid::new(table, rows, columns))
}

pub(super) fn read_bool(from: &mut Reader<'_>) -> Result<bool, Cut> {
    match from.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Cut),
    }
}
