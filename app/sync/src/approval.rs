//! Statements about approvals, each signed for itself by its author's key in the team's room.
//!
//! What they say is in [`terms::approval`]. It does not matter which entry carries one, nor who wrote that: a statement is whose key
//! signed it, for the team whose workspace it is in, and for no other. docs/formats.md gives the bytes.

use model::{Author, RoomId, StatementHash};
use sha2::{Digest as _, Sha256};
use stdx::Writer;
use terms::approval::Statement;

use crate::{
    ledger::EntryError,
    pen::{self, Pen},
};

const SIGNED_AS: &[u8] = b"handsel approval statement 1";
const FOUNDED_AS: &[u8] = b"handsel team 1";

/// A statement with its author's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedStatement {
    /// What it says.
    pub statement: Statement,
    /// Whose key signed it.
    pub author: Author,
    /// As it travels.
    pub bytes: Vec<u8>,
}

impl SignedStatement {
    /// Signs a statement for the workspace `room`.
    pub fn sign(pen: &Pen, room: RoomId, statement: Statement) -> Self {
        let bytes = pen::framed(pen, room, SIGNED_AS, statement.kind(), |out| statement.write(out));
        Self { statement, author: pen.author(), bytes }
    }

    /// SHA-256 of its bytes: its name.
    pub fn hash(&self) -> StatementHash {
        StatementHash(Sha256::digest(&self.bytes).into())
    }

    /// Reads a statement of the workspace `room`, and checks its signature.
    ///
    /// # Errors
    /// [`EntryError::Damaged`], [`EntryError::OtherVersion`], and [`EntryError::Forged`] where it was not signed by whom it names,
    /// or not for this workspace.
    pub fn read(room: RoomId, bytes: &[u8]) -> Result<Self, EntryError> {
        let (author, statement) =
            pen::unframed(room, bytes, |kind, from| Ok((Statement::read(kind, from)?, SIGNED_AS)))?;
        Ok(Self { statement, author, bytes: bytes.to_vec() })
    }
}

/// The room of a team that is begun by whoever writes with this key. Its name follows from the key, so nobody can claim later to
/// have begun it: that author is the team's first admin, whatever else is written.
pub fn team_of(founder: &Author) -> RoomId {
    let digest: [u8; 32] = Sha256::new().chain_update(FOUNDED_AS).chain_update(founder.0).finalize().into();
    let mut team = RoomId([0; 16]);
    team.0.copy_from_slice(&digest[..16]);
    team
}

/// SHA-256 of what was approved, from the facts and the price in their exact forms.
pub fn digest_of_terms(facts: &terms::rule::Facts, price: &[u8; 32]) -> [u8; 32] {
    let mut out = Writer::new();
    facts.write(&mut out);
    out.raw(price);
    Sha256::digest(out.finish()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::approval::Decision;

    fn decided() -> Statement {
        Statement::Decided(Decision {
            request: StatementHash([5; 32]),
            role: "director".into(),
            under: Some(StatementHash([6; 32])),
            is_yes: true,
            reason: "Once".into(),
            follows: vec![StatementHash([7; 32])],
            at: 9,
        })
    }

    #[test]
    fn ru_a_statement_is_whose_key_signed_it_for_one_team() {
        let (pen, team, other) = (Pen::new(&[1; 32]), RoomId([2; 16]), RoomId([3; 16]));
        let signed = SignedStatement::sign(&pen, team, decided());
        assert_eq!(SignedStatement::read(team, &signed.bytes), Ok(signed.clone()));
        assert_eq!(SignedStatement::read(other, &signed.bytes), Err(EntryError::Forged));
        // In another's name, word for word.
        let mut forged = signed.bytes.clone();
        forged[2..34].copy_from_slice(&Pen::new(&[4; 32]).author().0);
        assert_eq!(SignedStatement::read(team, &forged), Err(EntryError::Forged));
        for at in 0..signed.bytes.len() {
            let mut other = signed.bytes.clone();
            other[at] ^= 1;
            assert!(SignedStatement::read(team, &other).is_err(), "byte {at}");
            assert!(SignedStatement::read(team, &signed.bytes[..at]).is_err());
        }
    }

    #[test]
    fn ru_a_team_is_named_after_who_began_it() {
        let (one, other) = (Pen::new(&[1; 32]).author(), Pen::new(&[2; 32]).author());
        assert_eq!(team_of(&one), team_of(&one));
        assert_ne!(team_of(&one), team_of(&other));
    }
}
