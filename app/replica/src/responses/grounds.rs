//! On what comments stand: text, a section, or a thing at another place of the room.

use model::{SectionId, limits};
use text::CellName;
use yrs::Any;

use super::words::{Fields, number, short, whole};

/// On what a thread stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A part of a section's text, or of a cell in it.
    Text {
        /// The section.
        section: SectionId,
        /// The cell of a table, where it is in one.
        cell: Option<CellName>,
        /// Anchors of its start and end, as [`crate::Content::anchor_range`] makes them.
        ends: [Vec<u8>; 2],
        /// The words that stood there, for when they are gone.
        quote: String,
    },
    /// A whole section.
    Section(SectionId),
    /// Something outside of the text.
    Thing {
        /// What.
        thing: Thing,
        /// What it was called, for when it is gone.
        called: String,
    },
}

/// Something outside of the text that comments stand on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A line of the price, by its name.
    Line(String),
    /// A step of the plan, by its name.
    Step(String),
    /// A file as somebody put it there.
    File {
        /// The version's name among all versions of all files.
        version: String,
        /// The page, from 1; none where it is about the file as a whole.
        page: Option<u32>,
    },
}

/// What the field `on` says of each kind of thing. Programs that know none of it find no section, and pass the comment over.
const LINE: &str = "price";
const STEP: &str = "plan";
const FILE: &str = "file";

pub(super) fn write(fields: &mut Fields, ground: &Ground) {
    let mut put = |name: &str, value: Any| {
        fields.insert(name.to_owned(), value);
    };
    match ground {
        Ground::Section(section) => put("section", Any::from(section.as_str())),
        Ground::Text { section, cell, ends, quote } => {
            put("section", Any::from(section.as_str()));
            put("start", Any::from(ends[0].clone()));
            put("end", Any::from(ends[1].clone()));
            put("quote", Any::from(quote.as_str()));
            if let Some(cell) = cell {
                put("table", Any::from(cell.table.as_str()));
                put("row", Any::from(cell.row.as_str()));
                put("column", Any::from(cell.column.as_str()));
            }
        }
        Ground::Thing { thing, called } => {
            let (kind, name) = match thing {
                Thing::Line(name) => (LINE, name),
                Thing::Step(name) => (STEP, name),
                Thing::File { version, .. } => (FILE, version),
            };
            put("on", Any::from(kind));
            put("thing", Any::from(name.as_str()));
            put("quote", Any::from(called.as_str()));
            if let Thing::File { page: Some(page), .. } = thing {
                put("page", number(u64::from(*page)));
            }
        }
    }
}

pub(super) fn read(fields: &Fields) -> Option<Ground> {
    let word = |name: &str| short(fields, name, limits::TITLE_MAX);
    let quote = || short(fields, "quote", limits::QUOTE_MAX).unwrap_or_default();
    let Some(kind) = word("on") else {
        let section = SectionId::parse(&short(fields, "section", 32)?)?;
        return Some(match (anchor(fields, "start"), anchor(fields, "end")) {
            (Some(start), Some(end)) => Ground::Text {
                section,
                cell: word("table")
                    .zip(word("row"))
                    .zip(word("column"))
                    .map(|((table, row), column)| CellName { table, row, column }),
                ends: [start, end],
                quote: quote(),
            },
            _ => Ground::Section(section),
        });
    };
    let name = word("thing")?;
    let thing = match kind.as_str() {
        LINE => Thing::Line(name),
        STEP => Thing::Step(name),
        FILE => {
            let page = whole(fields, "page").filter(|page| (1..=limits::PAGE_MAX).contains(page));
            Thing::File { version: name, page: page.and_then(|page| u32::try_from(page).ok()) }
        }
        _ => return None,
    };
    Some(Ground::Thing { thing, called: quote() })
}

fn anchor(fields: &Fields, name: &str) -> Option<Vec<u8>> {
    match fields.get(name)? {
        Any::Buffer(bytes) => Some(bytes.to_vec()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, Any)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    #[test]
    fn things_come_back_as_they_were() {
        let version = || "a/b".to_owned();
        let things = [
            Thing::Line("l".into()),
            Thing::Step("s".into()),
            Thing::File { version: version(), page: None },
            Thing::File { version: version(), page: Some(12) },
        ];
        for thing in things {
            let ground = Ground::Thing { thing, called: "Installation".into() };
            let mut fields = Fields::new();
            write(&mut fields, &ground);
            assert!(!fields.contains_key("section"), "older programs pass it over");
            assert_eq!(read(&fields), Some(ground));
        }
    }

    #[test]
    fn what_makes_no_sense_is_no_ground_and_what_is_long_is_cut() {
        let section = ("section", Any::from("0123456789abcdef"));
        let none = [
            fields(&[("on", Any::from("moon")), ("thing", Any::from("x")), section]),
            fields(&[("on", Any::from(LINE))]),
            fields(&[("on", Any::from(LINE)), ("thing", Any::from(7))]),
        ];
        for fields in none {
            assert_eq!(read(&fields), None);
        }
        for page in [Any::from(0), Any::from(-1), Any::from("2"), Any::from(1e12)] {
            let read = read(&fields(&[("on", Any::from(FILE)), ("thing", Any::from("v")), ("page", page)]));
            let thing = Thing::File { version: "v".into(), page: None };
            assert_eq!(read, Some(Ground::Thing { thing, called: String::new() }));
        }
        let long = "x".repeat(100_000);
        let read = read(&fields(&[
            ("on", Any::from(STEP)),
            ("thing", Any::from(long.as_str())),
            ("quote", Any::from(long.as_str())),
        ]));
        let thing = Thing::Step("x".repeat(limits::TITLE_MAX));
        assert_eq!(read, Some(Ground::Thing { thing, called: "x".repeat(limits::QUOTE_MAX) }));
    }
}
