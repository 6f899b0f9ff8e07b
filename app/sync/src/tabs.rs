//! What the tabs of one browser tell each other about a room they have open. They share one store, so entries are
//! already kept when they are told of; carets live only here.

use model::SectionId;
use stdx::{Cut, Reader, Writer};
use text::CellName;

/// Where somebody's caret is. Positions are sticky: bytes that only the shared documents can resolve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caret {
    /// The section it is in.
    pub section: SectionId,
    /// The cell it is in, of a table in that section.
    pub cell: Option<CellName>,
    /// The fixed end of the selection.
    pub anchor: Vec<u8>,
    /// The moving end.
    pub head: Vec<u8>,
}

/// One message from a tab to the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TabMessage {
    /// A tab has opened the room and asks where the others are.
    Hello {
        /// The tab, a random number for as long as it lives.
        tab: u64,
    },
    /// A sealed entry that is in the store now.
    Entry(Vec<u8>),
    /// Where the tab's caret is, or that it has none.
    Caret {
        /// The tab.
        tab: u64,
        /// Its caret.
        caret: Option<Caret>,
    },
    /// There are blobs in the store now that were not there before.
    Blobs,
    /// The tab leaves the room.
    Bye {
        /// The tab.
        tab: u64,
    },
}

impl TabMessage {
    /// The message as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        match self {
            Self::Hello { tab } => out.u8(0).uint(*tab),
            Self::Entry(sealed) => out.u8(1).bytes(sealed),
            Self::Caret { tab, caret: None } => out.u8(2).uint(*tab),
            Self::Caret { tab, caret: Some(caret) } => {
                match &caret.cell {
                    None => out.u8(3),
                    Some(cell) => out.u8(5).text(&cell.table).text(&cell.row).text(&cell.column),
                };
                out.uint(*tab).text(caret.section.as_str()).bytes(&caret.anchor).bytes(&caret.head)
            }
            Self::Bye { tab } => out.u8(4).uint(*tab),
            Self::Blobs => out.u8(6),
        };
        out.finish()
    }

    /// Reads what [`TabMessage::write`] wrote; a tab of another version may send what is not understood.
    pub fn read(bytes: &[u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(bytes);
        Ok(match from.u8()? {
            0 => Self::Hello { tab: from.uint()? },
            1 => Self::Entry(from.bytes()?.to_vec()),
            2 => Self::Caret { tab: from.uint()?, caret: None },
            3 => read_caret(&mut from, None)?,
            5 => {
                let mut name = || Ok(from.text()?.to_owned());
                let cell = CellName { table: name()?, row: name()?, column: name()? };
                read_caret(&mut from, Some(cell))?
            }
            4 => Self::Bye { tab: from.uint()? },
            6 => Self::Blobs,
            _ => return Err(Cut),
        })
    }
}

fn read_caret(from: &mut Reader, cell: Option<CellName>) -> Result<TabMessage, Cut> {
    let tab = from.uint()?;
    let section = SectionId::parse(from.text()?).ok_or(Cut)?;
    let (anchor, head) = (from.bytes()?.to_vec(), from.bytes()?.to_vec());
    Ok(TabMessage::Caret { tab, caret: Some(Caret { section, cell, anchor, head }) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back() {
        let section = SectionId::parse("main").unwrap();
        let caret = Caret { section, cell: None, anchor: vec![1, 2], head: vec![] };
        let cell = CellName { table: "t".into(), row: "r1".into(), column: "c0".into() };
        let in_cell = Caret { cell: Some(cell), ..caret.clone() };
        for message in [
            TabMessage::Hello { tab: 1 << 50 },
            TabMessage::Entry(vec![5; 300]),
            TabMessage::Caret { tab: 3, caret: None },
            TabMessage::Caret { tab: 3, caret: Some(caret) },
            TabMessage::Caret { tab: 3, caret: Some(in_cell) },
            TabMessage::Bye { tab: 0 },
            TabMessage::Blobs,
        ] {
            let bytes = message.write();
            assert_eq!(TabMessage::read(&bytes), Ok(message));
            assert!(TabMessage::read(&bytes[..bytes.len() - 1]).is_err());
        }
        assert_eq!(TabMessage::read(&[77]), Err(Cut));
    }
}
