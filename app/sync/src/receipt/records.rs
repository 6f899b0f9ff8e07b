//! The bytes of records of reading.

use insight::record::{Attended, Device, Did, Glance, Part, Record, What};
use stdx::{Reader, Writer};

use super::ReceiptError;

const VERSION: u8 = 1;
/// With what was attended behind each record. Records without are written as before, for programs from before.
const WITH_ATTENDED: u8 = 2;
/// Names of sections and files are shorter, in bytes. A longer one would be a way to make much of little, since names of files
/// stand once for all of their pages.
const NAME_MAX: usize = 128;

/// Records as bytes. Names of files stand in front of them, each once.
pub fn write(records: &[Record]) -> Vec<u8> {
    let mut files: Vec<&str> = Vec::new();
    let read = records.iter().flat_map(|record| record.parts.iter().map(|it| &it.part));
    let done = records.iter().flat_map(|record| record.acts.iter().map(|it| &it.part));
    let shown = records.iter().flat_map(|record| record.attended.iter().map(|it| &it.part));
    for part in read.chain(done).chain(shown) {
        if let Part::Page { file, .. } = part
            && !files.contains(&file.as_str())
        {
            files.push(file);
        }
    }
    let with_attended = records.iter().any(|record| !record.attended.is_empty());
    let mut out = Writer::new();
    out.u8(if with_attended { WITH_ATTENDED } else { VERSION }).uint(files.len() as u64);
    for file in &files {
        out.text(file);
    }
    out.uint(records.len() as u64);
    let mut before = None;
    for record in records {
        write_record(&mut out, record, before, &files);
        if with_attended {
            write_attended(&mut out, &record.attended, &files);
        }
        before = Some(record.visit);
    }
    out.finish()
}

fn write_record(out: &mut Writer, record: &Record, before: Option<[u8; 8]>, files: &[&str]) {
    if before == Some(record.visit) {
        out.u8(0);
    } else {
        out.u8(1).raw(&record.visit);
    }
    out.u8(match record.device {
        Device::Desktop => 0,
        Device::Phone => 1,
        Device::Tablet => 2,
    });
    out.uint(record.from).uint(record.until.saturating_sub(record.from)).uint(record.active);
    out.uint(record.parts.len() as u64);
    for Glance { part, active, depth } in &record.parts {
        write_part(out, part, files);
        out.uint(*active).uint(depth.map_or(0, |depth| u64::from(depth.min(100)) + 1));
    }
    out.uint(record.acts.len() as u64);
    for Did { what, part, at } in &record.acts {
        out.u8(match what {
            What::Downloaded => 0,
            What::Printed => 1,
            What::Copied => 2,
            What::Played => 3,
        });
        write_part(out, part, files);
        out.uint(*at);
    }
}

fn write_attended(out: &mut Writer, attended: &[Attended], files: &[&str]) {
    out.uint(attended.len() as u64);
    let mut before = None;
    for Attended { by, since, part, shown, followed } in attended {
        if before == Some((by, since)) {
            out.u8(0);
        } else {
            out.u8(1).raw(by).uint(*since);
        }
        before = Some((by, since));
        write_part(out, part, files);
        out.uint(*shown).uint(*followed);
    }
}

fn write_part(out: &mut Writer, part: &Part, files: &[&str]) {
    match part {
        Part::Overview => out.u8(0),
        Part::Section(section) => out.u8(1).text(section),
        Part::Price => out.u8(2),
        Part::Plan => out.u8(3),
        Part::Files => out.u8(4),
        Part::Page { file, number } => {
            let at = files.iter().position(|it| it == file).unwrap_or_default();
            out.u8(5).uint(at as u64).uint(*number)
        }
        Part::Signing => out.u8(6),
    };
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// [`ReceiptError::Damaged`] and [`ReceiptError::OtherVersion`].
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, ReceiptError> {
    let mut from = Reader::new(bytes);
    let with_attended = match from.u8()? {
        VERSION => false,
        WITH_ATTENDED => true,
        other => return Err(ReceiptError::OtherVersion(other)),
    };
    // What is said to be there is believed once it is: each takes a byte at least.
    let files = several(&mut from, name)?;
    let mut before = None;
    let records = several(&mut from, |from| {
        let mut record = read_record(from, before, &files)?;
        if with_attended {
            record.attended = read_attended(from, &files)?;
        }
        before = Some(record.visit);
        Ok(record)
    })?;
    if from.is_empty() { Ok(records) } else { Err(ReceiptError::Damaged) }
}

fn several<T>(
    from: &mut Reader,
    mut one: impl FnMut(&mut Reader) -> Result<T, ReceiptError>,
) -> Result<Vec<T>, ReceiptError> {
    let mut all = Vec::new();
    for _ in 0..from.uint()? {
        all.push(one(from)?);
    }
    Ok(all)
}

fn name(from: &mut Reader) -> Result<String, ReceiptError> {
    let name = from.text()?;
    if (1..=NAME_MAX).contains(&name.len()) { Ok(name.to_owned()) } else { Err(ReceiptError::Damaged) }
}

fn read_record(from: &mut Reader, before: Option<[u8; 8]>, files: &[String]) -> Result<Record, ReceiptError> {
    let visit = match from.u8()? {
        0 => before.ok_or(ReceiptError::Damaged)?,
        1 => from.array()?,
        _ => return Err(ReceiptError::Damaged),
    };
    let device = match from.u8()? {
        0 => Device::Desktop,
        1 => Device::Phone,
        2 => Device::Tablet,
        _ => return Err(ReceiptError::Damaged),
    };
    let began = from.uint()?;
    let until = began.checked_add(from.uint()?).ok_or(ReceiptError::Damaged)?;
    let active = from.uint()?;
    let parts = several(from, |from| {
        let (part, active) = (read_part(from, files)?, from.uint()?);
        let depth = match from.uint()? {
            0 => None,
            depth @ 1..=101 => Some((depth - 1) as u8),
            _ => return Err(ReceiptError::Damaged),
        };
        Ok(Glance { part, active, depth })
    })?;
    let acts = several(from, |from| {
        let what = match from.u8()? {
            0 => What::Downloaded,
            1 => What::Printed,
            2 => What::Copied,
            3 => What::Played,
            _ => return Err(ReceiptError::Damaged),
        };
        Ok(Did { what, part: read_part(from, files)?, at: from.uint()? })
    })?;
    Ok(Record { visit, device, from: began, until, active, parts, acts, attended: Vec::new() })
}

fn read_attended(from: &mut Reader, files: &[String]) -> Result<Vec<Attended>, ReceiptError> {
    let mut before = None;
    several(from, |from| {
        let (by, since) = match from.u8()? {
            0 => before.ok_or(ReceiptError::Damaged)?,
            1 => (from.array()?, from.uint()?),
            _ => return Err(ReceiptError::Damaged),
        };
        before = Some((by, since));
        let part = read_part(from, files)?;
        Ok(Attended { by, since, part, shown: from.uint()?, followed: from.uint()? })
    })
}

fn read_part(from: &mut Reader, files: &[String]) -> Result<Part, ReceiptError> {
    Ok(match from.u8()? {
        0 => Part::Overview,
        1 => Part::Section(name(from)?),
        2 => Part::Price,
        3 => Part::Plan,
        4 => Part::Files,
        5 => {
            let at = usize::try_from(from.uint()?).or(Err(ReceiptError::Damaged))?;
            let file = files.get(at).ok_or(ReceiptError::Damaged)?.clone();
            Part::Page { file, number: from.uint()? }
        }
        6 => Part::Signing,
        _ => return Err(ReceiptError::Damaged),
    })
}
