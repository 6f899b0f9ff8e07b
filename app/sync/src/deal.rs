//! Coming to a deal: the selling side seals the room, the buying side accepts or declines, the selling side countersigns.
//!
//! Each of these is an [`Act`] that is signed for itself; a [`Deal`] is the set of those that count, and what it says follows
//! from the set alone, not from the order in which the acts came. What two sides have signed is undone by none of them: a
//! [`Certificate`] holds it for anybody to check, without the room.

mod act;
mod certificate;
mod signature;
mod standing;
#[cfg(test)]
mod tests;

use stdx::Reader;

use crate::ledger::EntryError;

pub use act::{
    Acceptance, Act, Countersignature, Decline, Part, Receipt, Seal, Signatory, SignedAct, Signer, Withdrawal,
};
pub use certificate::{Certificate, Finding, Keys, Unreadable, Verified, Whose};
pub use signature::{Drawing, Point, Signature};
pub use standing::{Answer, Deal, Declined, SealStanding, State};

/// Words of at most so many characters.
fn words(from: &mut Reader, most: usize) -> Result<String, EntryError> {
    let words = from.text()?;
    if words.chars().count() > most { Err(EntryError::Damaged) } else { Ok(words.to_owned()) }
}

/// As many of something as the number in front of them says.
fn several<'a, T>(
    from: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> Result<T, EntryError>,
) -> Result<Vec<T>, EntryError> {
    let mut all = Vec::new();
    for _ in 0..from.uint()? {
        all.push(one(from)?);
    }
    Ok(all)
}
