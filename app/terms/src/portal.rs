//! The first page of a room: who meets whom, and what the seller says to begin with.

use model::BlobHash;

use crate::plan::Side;

/// How many bytes a logo has at most.
pub const LOGO_MAX: usize = 256 * 1024;
/// How many pixels a side of a logo has at most.
pub const LOGO_SIDE_MAX: u32 = 1_024;

/// What the selling side says of the room on its first page. What is not said is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Portal {
    /// What the selling company is called.
    pub seller: String,
    /// What the buying company is called.
    pub buyer: String,
    /// The words that greet whoever comes.
    pub welcome: String,
    /// The hue of the room's accent, in degrees; the product's own where none was chosen.
    pub hue: Option<u16>,
    /// The mark of the seller.
    pub logo: Option<Logo>,
}

/// An image that stands for a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its bytes, of at most [`LOGO_MAX`], by the name of what holds them.
    pub blob: BlobHash,
    /// What it shows, in words; empty where the name of the company says it.
    pub alt: String,
}

impl Portal {
    /// Whether anything was said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads a hue as it is written; none where it is no angle.
    pub fn hue(text: &str) -> Option<u16> {
        text.parse().ok().filter(|hue| *hue < 360)
    }
}

/// Somebody on either side. Where the name is not known yet, the role says who it will be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Its name among contacts.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// What they do.
    pub role: String,
    /// On whose side they stand.
    pub side: Side,
    /// Their address for mail.
    pub mail: String,
    /// Their number.
    pub phone: String,
}

impl Contact {
    /// What to call them: by name, else by what they do.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.role } else { &self.name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hue_is_an_angle() {
        assert_eq!(Portal::hue("165"), Some(165));
        for other in ["", "360", "-1", "blue"] {
            assert_eq!(Portal::hue(other), None);
        }
    }
}
