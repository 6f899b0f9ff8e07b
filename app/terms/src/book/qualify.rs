//! How well a deal is qualified, after MEDDPICC: eight questions with a score each, and what it rests on.

use super::{Cell, Fault, TEXT_MAX};

/// The highest score.
pub const SCORE_MAX: u8 = 3;

/// One of the eight questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Letter {
    /// Metrics: what the buyer will gain, in numbers.
    Metrics,
    /// Economic buyer: who can say yes.
    Buyer,
    /// Decision criteria: what they will decide by.
    Criteria,
    /// Decision process: how they will decide.
    Decision,
    /// Paper process: how it is signed.
    Paper,
    /// Identified pain: what hurts.
    Pain,
    /// Champion: who sells for us inside.
    Champion,
    /// Competition: against what.
    Competition,
}

/// What sort of thing a score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proof {
    /// Words of the buyer's.
    #[default]
    Quote,
    /// A day on which something is to be.
    Date,
    /// An address of something.
    Link,
    /// Something that happened in the room.
    Event,
}

/// What was said of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The letter.
    pub letter: Letter,
    /// 0, where nothing is known, to [`SCORE_MAX`].
    pub score: u8,
    /// What sort of thing it rests on.
    pub proof: Proof,
    /// That thing, in words.
    pub words: String,
}

impl Letter {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Metrics,
        Self::Buyer,
        Self::Criteria,
        Self::Decision,
        Self::Paper,
        Self::Pain,
        Self::Champion,
        Self::Competition,
    ];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Metrics => "metrics",
            Self::Buyer => "buyer",
            Self::Criteria => "criteria",
            Self::Decision => "decision",
            Self::Paper => "paper",
            Self::Pain => "pain",
            Self::Champion => "champion",
            Self::Competition => "competition",
        }
    }

    /// Reads what [`Letter::name`] tells.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.name() == name)
    }
}

impl Proof {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Quote, Self::Date, Self::Link, Self::Event];

    /// As it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Date => "date",
            Self::Link => "link",
            Self::Event => "event",
        }
    }
}

impl Score {
    /// Whether it can be written.
    ///
    /// # Errors
    /// [`Fault::Score`], and [`Fault::NoProof`] for a score above 0 that rests on nothing, or on more than [`TEXT_MAX`]
    /// characters.
    pub fn check(&self) -> Result<(), Fault> {
        match (self.score, self.words.trim()) {
            (score, _) if score > SCORE_MAX => Err(Fault::Score),
            (1.., "") => Err(Fault::NoProof),
            (_, words) if words.chars().count() > TEXT_MAX => Err(Fault::NoProof),
            _ => Ok(()),
        }
    }

    /// As it is kept.
    pub fn cell(&self) -> Cell {
        Cell::fields(&[
            ("score", &self.score.to_string()),
            ("kind", self.proof.name()),
            ("words", self.words.trim()),
        ])
    }

    /// Reads what [`Score::cell`] tells; none where it is not understood.
    pub fn read(letter: &str, cell: &Cell) -> Option<Self> {
        let kind = cell.field("kind");
        let read = Self {
            letter: Letter::parse(letter)?,
            score: cell.field("score").parse().ok()?,
            proof: Proof::ALL.into_iter().find(|proof| proof.name() == kind).unwrap_or_default(),
            words: cell.field("words").to_owned(),
        };
        read.check().is_ok().then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_rests_on_something() {
        let pain = Score {
            letter: Letter::Pain,
            score: 2,
            proof: Proof::Quote,
            words: "We close our books in nine days".into(),
        };
        assert_eq!(pain.check(), Ok(()));
        assert_eq!(Score::read("pain", &pain.cell()), Some(pain.clone()));
        assert_eq!(Score { words: " ".into(), ..pain.clone() }.check(), Err(Fault::NoProof));
        assert_eq!(Score { words: String::new(), score: 0, ..pain.clone() }.check(), Ok(()));
        assert_eq!(Score { score: 4, ..pain.clone() }.check(), Err(Fault::Score));
        assert_eq!(Score::read("luck", &pain.cell()), None);
        assert_eq!(Score::read("pain", &Cell::fields(&[("score", "3")])), None, "by whatever program");
        for letter in Letter::ALL {
            assert_eq!(Letter::parse(letter.name()), Some(letter));
        }
    }
}
