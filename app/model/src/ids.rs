//! Names of things. Each is a type of its own, so that one cannot stand for another.

use std::fmt;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[digit as usize] as char).collect()
}

/// Reads what [`hex`] writes.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    bytes.filter(|_| rest.is_empty())
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Reads what [`fmt::Display`] writes: lower-case hexadecimal.
            pub fn parse(text: &str) -> Option<Self> {
                unhex(text)?.try_into().ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({}…)", stringify!($name), &hex(&self.0[..4]))
            }
        }
    };
}

byte_id!(
    /// A room. Random, made once by the room's owner.
    RoomId,
    16
);
byte_id!(
    /// Who wrote something: the Ed25519 public key of one device in one room.
    Author,
    32
);
byte_id!(
    /// SHA-256 of a signed entry.
    EntryHash,
    32
);

byte_id!(
    /// SHA-256 of an act of signing: a seal, an acceptance, what else is said about them.
    ActHash,
    32
);

byte_id!(
    /// SHA-256 of a signed statement about approvals: a role certificate, its end, a request, a decision.
    StatementHash,
    32
);

byte_id!(
    /// A link that was given out: the Ed25519 public key made from its secret.
    LinkKey,
    32
);

byte_id!(
    /// SHA-256 of a blob: bytes that stand outside of the text, such as those of an image.
    BlobHash,
    32
);

/// A section of a room's documents. Made of lower-case letters and digits, 1 to 32 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(String);

impl SectionId {
    /// A section's name, or nothing when it is not made of 1 to 32 lower-case letters and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One of the shared documents a room consists of. A right cannot be finer than a document, so each right has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocName {
    /// The sections' text; written with the right *edit*.
    Content,
    /// Title, price, plan, people, branding; written by the selling team only.
    Offer,
    /// Comments, choices and answers of one author; written with that author's key only.
    Responses(Author),
    /// Who may do what: statements that are signed for themselves. No Yjs document.
    Roll,
    /// What is sealed, accepted and countersigned: acts that are signed for themselves. No Yjs document.
    Deal,
    /// What was recorded of how the room is read, sealed for its owners. No Yjs document.
    Receipts,
    /// A leaf of the team's book, by its number: deals, accounts, contacts and processes. Written in the workspace of a
    /// team's room only.
    Book(u8),
    /// Who of the team holds which role, and who asked for, gave and refused which approval: statements that are signed for
    /// themselves. Written in the workspace of a team's room only. No Yjs document.
    Approvals,
}

impl DocName {
    /// The name as it is stored and sent.
    pub fn name(&self) -> String {
        match self {
            Self::Content => "content".into(),
            Self::Offer => "offer".into(),
            Self::Responses(author) => format!("responses/{author}"),
            Self::Roll => "roll".into(),
            Self::Deal => "deal".into(),
            Self::Receipts => "receipts".into(),
            Self::Approvals => "approvals".into(),
            Self::Book(leaf) => format!("book/{leaf:02x}"),
        }
    }

    /// Reads what [`DocName::name`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "content" => Some(Self::Content),
            "offer" => Some(Self::Offer),
            "roll" => Some(Self::Roll),
            "deal" => Some(Self::Deal),
            "receipts" => Some(Self::Receipts),
            "approvals" => Some(Self::Approvals),
            _ => match text.strip_prefix("book/") {
                Some(leaf) => unhex(leaf)?.try_into().ok().map(|[leaf]: [u8; 1]| Self::Book(leaf)),
                None => Author::parse(text.strip_prefix("responses/")?).map(Self::Responses),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_their_text() {
        let room = RoomId([0xa5; 16]);
        assert_eq!(RoomId::parse(&room.to_string()), Some(room));
        assert_eq!(RoomId::parse("a5"), None);
        assert_eq!(RoomId::parse(&"zz".repeat(16)), None);
        assert_eq!(RoomId::parse(&"ä".repeat(16)), None);
        for doc in [
            DocName::Content,
            DocName::Offer,
            DocName::Roll,
            DocName::Deal,
            DocName::Receipts,
            DocName::Approvals,
            DocName::Book(0),
            DocName::Book(0xa5),
            DocName::Responses(Author([7; 32])),
        ] {
            assert_eq!(DocName::parse(&doc.name()), Some(doc));
        }
        for wrong in ["responses/xyz", "book/", "book/1", "book/001", "book/zz", "book/+1"] {
            assert_eq!(DocName::parse(wrong), None, "{wrong}");
        }
        assert_eq!(SectionId::parse("Main"), None);
        assert!(SectionId::parse("main").is_some());
    }
}
