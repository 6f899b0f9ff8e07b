//! What somebody may do in a room. A right is a key, not a flag: see `sync::roll`.

use crate::{Author, DocName};

/// What the holder of a link may do; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    /// Read.
    View,
    /// Answer, choose, confirm.
    Comment,
    /// Propose changes to the text.
    Suggest,
    /// Change the text.
    Edit,
    /// Be of the selling team: change everything, give out links.
    Own,
}

impl Right {
    /// All of them, least first.
    pub const ALL: [Self; 5] = [Self::View, Self::Comment, Self::Suggest, Self::Edit, Self::Own];

    /// The byte that stands for it in what is signed.
    pub fn byte(self) -> u8 {
        self as u8
    }

    /// Reads what [`Right::byte`] gives.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }

    /// What `author` needs to write in a document; nothing where no right is enough. The roll is open to all who can read
    /// the room: its statements are signed for themselves.
    pub fn needed(author: &Author, doc: DocName) -> Option<Self> {
        match doc {
            DocName::Content => Some(Self::Edit),
            DocName::Offer | DocName::Book(_) | DocName::Approvals => Some(Self::Own),
            DocName::Responses(of) => (of == *author).then_some(Self::Comment),
            DocName::Roll => Some(Self::View),
            // Some of its acts need more: see `sync::deal`.
            DocName::Deal => Some(Self::Comment),
            // Whoever reads can say that they have read.
            DocName::Receipts => Some(Self::View),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_come_back_from_their_bytes_and_grow() {
        for right in Right::ALL {
            assert_eq!(Right::from_byte(right.byte()), Some(right));
        }
        assert_eq!(Right::from_byte(5), None);
        assert!(Right::ALL.is_sorted());
    }

    #[test]
    fn responses_are_written_by_their_author_alone() {
        let (one, other) = (Author([1; 32]), Author([2; 32]));
        assert_eq!(Right::needed(&one, DocName::Responses(one)), Some(Right::Comment));
        assert_eq!(Right::needed(&one, DocName::Responses(other)), None);
        assert_eq!(Right::needed(&one, DocName::Content), Some(Right::Edit));
        assert_eq!(Right::needed(&one, DocName::Book(3)), Some(Right::Own));
    }
}
