//! What travels: a text that strangers' programs read as well, or the entries of a room as they travel in truth.

use model::{EntryHash, SectionId};
use replica::{Content, Refused};
use sync::carrier::{Carrier, Name};
use sync::road::{Carried, Unfit};
use text::{Delta, Op};

pub(crate) enum Document {
    /// The text of a section.
    Text { content: Box<Content>, section: SectionId },
    /// Entries, each of which is bytes under a name.
    Entries { carrier: Carrier, sealed: Vec<Vec<u8>> },
}

impl Document {
    pub(crate) fn text(client: u64) -> Option<Self> {
        Some(Self::Text { content: Box::new(Content::new(client)), section: SectionId::parse("main")? })
    }

    pub(crate) fn entries() -> Self {
        Self::Entries { carrier: Carrier::new(), sealed: Vec::new() }
    }

    /// Writes words at the end of the text, or as an entry. Answers the updates that say so.
    pub(crate) fn write(&mut self, words: &str) -> Result<Vec<Vec<u8>>, Refused> {
        match self {
            Self::Text { content, section } => {
                let at = self::words(content, section)?.encode_utf16().count();
                content.write(section, &Delta::new().retain(at).insert(words))?;
                Ok(content.take_updates())
            }
            Self::Entries { carrier, sealed } => {
                sealed.push(words.into());
                Ok(carrier.put(&[(Name::Entry(hash(words.as_bytes())), words.as_bytes())]))
            }
        }
    }

    /// The text, or the entries in their order with a space between.
    pub(crate) fn read(&mut self) -> Result<String, Refused> {
        match self {
            Self::Text { content, section } => words(content, section),
            Self::Entries { sealed, .. } => {
                sealed.sort_unstable();
                sealed.dedup();
                Ok(sealed.iter().map(|entry| String::from_utf8_lossy(entry)).collect::<Vec<_>>().join(" "))
            }
        }
    }
}

fn words(content: &mut Content, section: &SectionId) -> Result<String, Refused> {
    let text = content.read(section)?;
    Ok(text
        .ops()
        .iter()
        .filter_map(|op| if let Op::Insert { text, .. } = op { Some(&**text) } else { None })
        .collect())
}

/// A name for an entry that follows from its bytes. That of a real one is SHA-256.
fn hash(bytes: &[u8]) -> EntryHash {
    let mut hash = [0_u8; 32];
    for (place, byte) in bytes.iter().enumerate() {
        hash[place % 32] = hash[place % 32].wrapping_mul(31) ^ byte;
    }
    EntryHash(hash)
}

fn unfit(error: impl std::fmt::Display) -> Unfit {
    Unfit(error.to_string())
}

impl Carried for Document {
    fn state_vector(&self) -> Vec<u8> {
        let vector = match self {
            Self::Text { content, .. } => content
                .state()
                .map_err(unfit)
                .and_then(|state| yrs::encode_state_vector_from_update_v1(&state).map_err(unfit)),
            Self::Entries { carrier, .. } => Ok(carrier.state_vector()),
        };
        vector.unwrap_or_else(|_| Vec::from([0]))
    }

    fn since(&self, known: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
        match self {
            Self::Text { content, .. } => {
                let update = content.state_since(known).map_err(unfit)?;
                Ok(if update == [0, 0] { Vec::new() } else { Vec::from([update]) })
            }
            Self::Entries { carrier, .. } => carrier.since(known),
        }
    }

    fn receive(&mut self, update: &[u8]) -> Result<bool, Unfit> {
        match self {
            Self::Text { content, .. } => {
                let before = content.state().map_err(unfit)?;
                content.receive(update).map_err(unfit)?;
                Ok(content.state().map_err(unfit)? != before)
            }
            Self::Entries { carrier, sealed } => {
                let brought = carrier.receive(update)?;
                for (named, entry) in &brought.things {
                    if Name::Entry(hash(entry)) == *named {
                        carrier.put(&[(*named, entry)]);
                        sealed.push(entry.clone());
                    }
                }
                Ok(!brought.things.is_empty())
            }
        }
    }
}
