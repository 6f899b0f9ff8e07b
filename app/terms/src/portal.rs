//! The first page of a room: who meets whom, and what the seller says to begin with.

use crate::plan::Side;

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
