//! What copies of ours ask each other for and give each other, one blob at a time: the pieces of files that are too large to go
//! to everybody. It goes only to those who have said that they put long messages together, as other programs have not.

use model::BlobHash;
use stdx::{Cut, Reader, Writer};

/// What such a message begins with; no kind of message of y-protocols.
pub const LOAN: u8 = 0x7d;

/// A message about a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loan<'a> {
    /// The sender would like to have this blob.
    Want(BlobHash),
    /// These sealed bytes are said to be it.
    Lend(BlobHash, &'a [u8]),
    /// The sender does not have it.
    Lacks(BlobHash),
}

impl<'a> Loan<'a> {
    /// The message as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.u8(LOAN);
        match self {
            Self::Want(hash) => out.u8(0).raw(&hash.0),
            Self::Lend(hash, sealed) => out.u8(1).raw(&hash.0).raw(sealed),
            Self::Lacks(hash) => out.u8(2).raw(&hash.0),
        };
        out.finish()
    }

    /// Reads a message.
    ///
    /// # Errors
    /// When it is cut, or none of these.
    pub fn read(message: &'a [u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(message);
        if from.u8()? != LOAN {
            return Err(Cut);
        }
        let (kind, hash) = (from.u8()?, BlobHash(from.array()?));
        match kind {
            0 => Ok(Self::Want(hash)),
            1 => Ok(Self::Lend(hash, from.rest())),
            2 => Ok(Self::Lacks(hash)),
            _ => Err(Cut),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_about_blobs_come_back() {
        let hash = BlobHash([7; 32]);
        for loan in [Loan::Want(hash), Loan::Lend(hash, b"sealed"), Loan::Lend(hash, b""), Loan::Lacks(hash)]
        {
            let bytes = loan.write();
            assert_eq!(Loan::read(&bytes), Ok(loan));
            assert!((0..34).all(|end| Loan::read(&bytes[..end]).is_err()));
        }
        assert_eq!(Loan::Want(hash).write()[..3], [0x7d, 0, 7], "as docs/formats.md has it");
        assert_eq!(Loan::read(&[&[LOAN, 9][..], &hash.0].concat()), Err(Cut));
    }
}
