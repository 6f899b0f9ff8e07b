//! What is kept of a record: cells by their keys, whatever they mean.

use stdx::{Cut, Reader, Writer};

/// What stands under a key of a shared document of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A list of texts, which changes as a whole.
    List(Vec<String>),
    /// Texts by names, which change as a whole; in the order of their names.
    Fields(Vec<(String, String)>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Something of another version of the program.
    Strange,
}

/// The cells of a record, in the order of their keys.
pub type Cells = Vec<(String, Cell)>;

/// The cell under a key.
pub fn cell_of<'a>(cells: &'a Cells, key: &str) -> Option<&'a Cell> {
    cells.binary_search_by(|(have, _)| have.as_str().cmp(key)).ok().map(|at| &cells[at].1)
}

/// The parts of a record under keys that begin so, by the places that their cells tell; those at one place in the order of their names.
pub(crate) fn placed<T>(cells: &Cells, prefix: &str, read: impl Fn(&str, &Cell) -> Option<T>) -> Vec<T> {
    let found = cells.iter().filter_map(|(key, cell)| {
        let place = cell.field("place").parse().unwrap_or(usize::MAX);
        Some((place, read(key.strip_prefix(prefix)?, cell)?))
    });
    let mut found: Vec<(usize, T)> = found.collect();
    stdx::sort_by_key(&mut found, |(place, _)| *place);
    found.into_iter().map(|(_, part)| part).collect()
}

/// Where in the book something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Deals.
    Deals,
    /// Accounts.
    Accounts,
    /// Contacts.
    Contacts,
    /// Processes.
    Processes,
    /// What was imported, so that it can be taken back.
    Imports,
    /// What holds for all: one record, whose name is empty.
    Settings,
    /// The library.
    Nuggets,
    /// What to ask.
    Questions,
    /// What something is worth, by the buyer's figures.
    Calculators,
    /// Rules.
    Rules,
}

impl Shelf {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Deals,
        Self::Accounts,
        Self::Contacts,
        Self::Processes,
        Self::Imports,
        Self::Settings,
        Self::Nuggets,
        Self::Questions,
        Self::Calculators,
        Self::Rules,
    ];

    /// Its name in the shared documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::Accounts => "accounts",
            Self::Contacts => "contacts",
            Self::Processes => "processes",
            Self::Imports => "imports",
            Self::Settings => "settings",
            Self::Nuggets => "nuggets",
            Self::Questions => "questions",
            Self::Calculators => "calculators",
            Self::Rules => "rules",
        }
    }

    /// The leaf that holds what is named `id`: 0 for what there is few of, else 1 and the rest that FNV-1a (32 bits) of the
    /// name leaves when it is divided by [`model::limits::BOOK_LEAVES`].
    pub fn leaf(self, id: &str) -> u8 {
        match self {
            Self::Deals | Self::Accounts | Self::Contacts | Self::Nuggets => {
                let hash = id
                    .bytes()
                    .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
                1 + (hash % u32::from(model::limits::BOOK_LEAVES)) as u8
            }
            Self::Processes
            | Self::Imports
            | Self::Settings
            | Self::Questions
            | Self::Calculators
            | Self::Rules => 0,
        }
    }
}

/// A cell that becomes another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the record is.
    pub shelf: Shelf,
    /// The record's name.
    pub id: String,
    /// The cell's key.
    pub key: String,
    /// What it is to be; none takes it away.
    pub to: Option<Cell>,
}

impl Cell {
    /// A cell of texts by names; those that are empty are left out.
    pub fn fields(pairs: &[(&str, &str)]) -> Self {
        let filled = pairs.iter().filter(|(_, text)| !text.is_empty());
        let mut fields: Vec<(String, String)> =
            filled.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        stdx::sort(&mut fields);
        Self::Fields(fields)
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text by this name; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        match self {
            Self::Fields(fields) => {
                fields.iter().find(|(have, _)| have == name).map_or("", |(_, text)| text.as_str())
            }
            _ => "",
        }
    }

    /// A figure by which it can be told whether a cell is still what it was: FNV-1a (64 bits) of what [`Cell::write`] writes;
    /// 0 for no cell.
    pub fn check(cell: Option<&Self>) -> u64 {
        let Some(cell) = cell else { return 0 };
        let mut out = Writer::new();
        cell.write(&mut out);
        fnv(&out.finish())
    }

    /// The same for all cells of a record, but for the one that says that it was removed.
    pub fn check_all(cells: &Cells) -> u64 {
        let mut out = Writer::new();
        for (key, cell) in cells.iter().filter(|(key, _)| key != super::GONE) {
            cell.write(out.text(key));
        }
        fnv(&out.finish())
    }

    /// As bytes: `u8` of what sort, then the text, or how many and each, or the bytes.
    pub fn write(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => {
                out.u8(1).text(text);
            }
            Self::List(texts) => {
                out.u8(2).uint(texts.len() as u64);
                for text in texts {
                    out.text(text);
                }
            }
            Self::Fields(fields) => {
                out.u8(3).uint(fields.len() as u64);
                for (name, text) in fields {
                    out.text(name).text(text);
                }
            }
            Self::Bytes(bytes) => {
                out.u8(4).bytes(bytes);
            }
            Self::Strange => {
                out.u8(5);
            }
        }
    }

    /// Reads what [`Cell::write`] writes.
    pub fn read(from: &mut Reader) -> Result<Self, Cut> {
        Ok(match from.u8()? {
            1 => Self::Text(from.text()?.to_owned()),
            2 => {
                let mut texts = Vec::new();
                for _ in 0..from.uint()? {
                    texts.push(from.text()?.to_owned());
                }
                Self::List(texts)
            }
            3 => {
                let mut fields = Vec::new();
                for _ in 0..from.uint()? {
                    fields.push((from.text()?.to_owned(), from.text()?.to_owned()));
                }
                Self::Fields(fields)
            }
            4 => Self::Bytes(from.bytes()?.to_vec()),
            5 => Self::Strange,
            _ => return Err(Cut),
        })
    }
}

impl Change {
    /// What becomes of a record whose cells are to be other than before: those that are in neither stay as they are.
    pub fn between(shelf: Shelf, id: &str, old: &[(String, Cell)], new: &[(String, Cell)]) -> Vec<Self> {
        let is_gone = |(key, _): &&(String, Cell)| new.iter().all(|(have, _)| have != key);
        let gone = old.iter().filter(is_gone).map(|(key, _)| (key.clone(), None));
        let is_new = |cell: &&(String, Cell)| !old.contains(*cell);
        let set = new.iter().filter(is_new).map(|(key, cell)| (key.clone(), Some(cell.clone())));
        gone.chain(set).map(|(key, to)| Self { shelf, id: id.to_owned(), key, to }).collect()
    }
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_from_their_bytes() {
        let cells = [
            Cell::Text("Meyer & Söhne".into()),
            Cell::List(vec!["a".into(), String::new()]),
            Cell::fields(&[("to", "won"), ("at", "5"), ("why", "")]),
            Cell::Bytes(vec![0, 255]),
            Cell::Strange,
        ];
        for cell in &cells {
            let mut out = Writer::new();
            cell.write(&mut out);
            let bytes = out.finish();
            assert_eq!(Cell::read(&mut Reader::new(&bytes)).as_ref(), Ok(cell));
            for cut in 0..bytes.len() {
                assert!(Cell::read(&mut Reader::new(&bytes[..cut])).is_err());
            }
        }
        let checks: std::collections::BTreeSet<u64> = cells.iter().map(|it| Cell::check(Some(it))).collect();
        assert_eq!(checks.len(), cells.len());
        assert_eq!(Cell::read(&mut Reader::new(&[9])), Err(Cut));
        assert_eq!(cells[2].field("to"), "won");
    }

    #[test]
    fn a_record_is_always_in_the_same_leaf() {
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8, "as the authors of FNV publish it");
        // FNV-1a of `foobar` in 32 bits is bf9cf968.
        assert_eq!(Shelf::Deals.leaf("foobar"), 1 + (0xbf9c_f968_u32 % 32) as u8);
        assert_eq!(Shelf::Processes.leaf("foobar"), 0);
        let mut held = [0_usize; 33];
        for number in 0..3_200_u64 {
            held[usize::from(Shelf::Contacts.leaf(&format!("{number:016x}")))] += 1;
        }
        assert_eq!(held[0], 0);
        assert!(held[1..].iter().all(|count| (50..200).contains(count)), "{held:?}");
    }
}
