//! Judging updates from elsewhere before they touch a document.

use model::limits;
use yrs::{Update, updates::decoder::Decode, updates::encoder::Encode};

/// Why an update was not taken in. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The bytes are no update.
    #[error("the update is damaged: {0}")]
    Damaged(String),
    /// Larger than [`limits::ENTRY_MAX`].
    #[error("the update is too large")]
    TooLarge,
    /// The document is being written at this moment; nothing in the program should ever see this.
    #[error("the document is busy")]
    Busy,
}

/// Decodes an update that came from elsewhere.
///
/// It is decoded, encoded and decoded once more: yrs 0.28 takes some malformed updates in as pending and panics later,
/// when it encodes its state; such updates do not survive the second reading.
pub(crate) fn decode(update: &[u8]) -> Result<Update, Refused> {
    if update.len() > limits::ENTRY_MAX {
        return Err(Refused::TooLarge);
    }
    let damaged = |error: yrs::encoding::read::Error| Refused::Damaged(error.to_string());
    let first = Update::decode_v1(update).map_err(damaged)?;
    Update::decode_v1(&first.encode_v1()).map_err(damaged)
}

/// Several updates as one that says the same. Each must have passed the guard before.
pub fn merge(updates: &[Vec<u8>]) -> Result<Vec<u8>, Refused> {
    match updates {
        [] => Ok(Vec::from([0, 0])),
        [one] => Ok(one.clone()),
        many => yrs::merge_updates_v1(many).map_err(|error| Refused::Damaged(error.to_string())),
    }
}
