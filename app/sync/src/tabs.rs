//! What the tabs of one browser tell each other about a room they have open. They share one store, so entries are
//! already kept when they are told of; carets live only here.

use model::{BlobHash, SectionId};
use stdx::{Cut, Reader, Writer};
use text::CellName;

use crate::stage::Stage;

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

impl Caret {
    pub(crate) fn write<'o>(&self, out: &'o mut Writer) -> &'o mut Writer {
        match &self.cell {
            None => out.u8(0),
            Some(cell) => out.u8(1).text(&cell.table).text(&cell.row).text(&cell.column),
        };
        out.text(self.section.as_str()).bytes(&self.anchor).bytes(&self.head)
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, Cut> {
        let cell = match from.u8()? {
            0 => None,
            _ => {
                let mut name = || Ok(from.text()?.to_owned());
                Some(CellName { table: name()?, row: name()?, column: name()? })
            }
        };
        let section = SectionId::parse(from.text()?).ok_or(Cut)?;
        Ok(Self { section, cell, anchor: from.bytes()?.to_vec(), head: from.bytes()?.to_vec() })
    }
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
    /// These blobs are in the store now, and were not there before.
    Blobs(Vec<BlobHash>),
    /// What the other devices in the room say of themselves, by the numbers under which they say it, still sealed: from the tab that leads.
    Others(Vec<(u64, Vec<u8>)>),
    /// How it stands with the roads, in the words of the session: from the tab that leads.
    Live(Vec<u8>),
    /// The servers of the room may be spoken with from now on.
    Agreed,
    /// The room's workspace is in the store now.
    Workspace,
    /// What this browser recorded of reading the room is other than it was, or whether it records.
    Recorded,
    /// What the tab does in presentations, or that it does nothing there any more.
    Stage {
        /// The tab.
        tab: u64,
        /// What it does.
        stage: Option<Stage>,
    },
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
            Self::Caret { tab, caret: Some(caret) } => caret.write(out.u8(3).uint(*tab)),
            Self::Bye { tab } => out.u8(4).uint(*tab),
            Self::Blobs(hashes) => {
                out.u8(6);
                for hash in hashes {
                    out.raw(&hash.0);
                }
                &mut out
            }
            Self::Others(others) => {
                out.u8(7).uint(others.len() as u64);
                for (client, sealed) in others {
                    out.uint(*client).bytes(sealed);
                }
                &mut out
            }
            Self::Live(words) => out.u8(8).bytes(words),
            Self::Agreed => out.u8(9),
            Self::Workspace => out.u8(10),
            Self::Recorded => out.u8(11),
            Self::Stage { tab, stage: None } => out.u8(12).uint(*tab),
            Self::Stage { tab, stage: Some(stage) } => stage.write(out.u8(13).uint(*tab)),
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
            3 => Self::Caret { tab: from.uint()?, caret: Some(Caret::read(&mut from)?) },
            4 => Self::Bye { tab: from.uint()? },
            6 => {
                let (hashes, rest) = from.rest().as_chunks::<32>();
                if !rest.is_empty() {
                    return Err(Cut);
                }
                Self::Blobs(hashes.iter().copied().map(BlobHash).collect())
            }
            7 => {
                let count = from.uint()?;
                let mut others = Vec::new();
                for _ in 0..count {
                    others.push((from.uint()?, from.bytes()?.to_vec()));
                }
                Self::Others(others)
            }
            8 => Self::Live(from.bytes()?.to_vec()),
            9 => Self::Agreed,
            10 => Self::Workspace,
            11 => Self::Recorded,
            12 => Self::Stage { tab: from.uint()?, stage: None },
            13 => Self::Stage { tab: from.uint()?, stage: Some(Stage::read(&mut from)?) },
            _ => return Err(Cut),
        })
    }
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
            TabMessage::Blobs(vec![BlobHash([7; 32]), BlobHash([8; 32])]),
            TabMessage::Others(vec![(1 << 52, vec![3; 40]), (2, vec![4])]),
            TabMessage::Live(vec![1, 2]),
            TabMessage::Agreed,
            TabMessage::Workspace,
            TabMessage::Stage { tab: 3, stage: None },
            TabMessage::Stage { tab: 1 << 52, stage: crate::stage::tests::stages().pop() },
        ] {
            let bytes = message.write();
            assert_eq!(TabMessage::read(&bytes), Ok(message));
            assert!(TabMessage::read(&bytes[..bytes.len() - 1]).is_err());
        }
        assert_eq!(TabMessage::read(&[77]), Err(Cut));
    }
}
