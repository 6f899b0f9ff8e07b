//! Rules of a selling team: what must hold before an act, and who has to approve it.
//!
//! A [`Rule`] has a [`Condition`] over [`Facts`] of a deal, its price and its documents, an [`Effect`], and the gates at which it
//! holds. What the rules say of an act is a [`crate::approval::Verdict`]. Nothing of it is ever in a room.

mod condition;
mod fact;
mod priced;
mod starter;
mod stored;

pub use condition::{Comparison, Condition, Outcome, Reason, Test};
pub use fact::{Fact, Facts, Known, Sort, Source};
pub use priced::Priced;
pub use starter::{Starter, StarterWords};
pub(crate) use stored::several;
pub use stored::{KeptRule, RuleVersion};

/// The longest name of a rule or a role, in characters.
pub const NAME_MAX: usize = 100;
/// The longest words of a rule, in characters.
pub const WORDS_MAX: usize = 2_000;
/// The most comparisons and groups of a condition.
pub const PARTS_MAX: usize = 100;
/// How deep groups of a condition may stand in each other.
pub const DEPTH_MAX: usize = 8;
/// The most roles that one rule asks for.
pub const ASKS_MAX: usize = 20;
/// The most words of one comparison.
pub const TEXTS_MAX: usize = 500;

/// An act at which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// A link or a file of the room is given to somebody who does not own it.
    Share,
    /// The room goes to an address, or a draft of the price into the room.
    Publish,
    /// A deal comes to a later step, or is won.
    Advance,
    /// The room is sealed for signing.
    Seal,
    /// What the buyers accepted is signed by the selling side.
    Countersign,
    /// The room's text leaves for other programs.
    Export,
}

impl Gate {
    /// All of them, in the order in which a deal meets them.
    pub const ALL: [Self; 6] =
        [Self::Share, Self::Publish, Self::Advance, Self::Seal, Self::Countersign, Self::Export];
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name among rules, which nobody sees.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Where it holds, in the order of [`Gate::ALL`].
    pub gates: Vec<Gate>,
    /// When it applies.
    pub condition: Condition,
    /// What it does then.
    pub effect: Effect,
    /// Whether it is kept without holding anywhere.
    pub is_off: bool,
}

/// What a rule does where it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// It says something helpful.
    Suggest(String),
    /// It says that something looks wrong.
    Warn(String),
    /// The act waits for approvals.
    Approve(Approvers),
    /// The act does not happen, for this reason.
    Block(String),
}

/// Whose approvals an act waits for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approvers {
    /// The roles; each has to approve.
    pub asks: Vec<Ask>,
    /// Whether each is asked only after the one before has approved.
    pub in_order: bool,
}

/// A role that has to approve.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    /// The role, as role certificates name it.
    pub role: String,
    /// The role whose holders may approve in its place.
    pub stand_in: Option<String>,
}

/// Why a rule or a role certificate is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is called nothing, or a role is.
    Unnamed,
    /// A name or words are too long.
    TooLong,
    /// The condition has too many parts, or they stand too deep in each other.
    TooLarge,
    /// It holds at no gate.
    NoGate,
    /// It asks for approval by nobody, by too many, or by one role twice.
    Approvers,
    /// A comparison cannot be made with what its fact holds.
    Comparison(Fact),
    /// There is no such rule, request or certificate, or it was removed.
    NotThere,
    /// It is not this person's turn to decide, or not theirs to decide at all.
    NotTheirs,
    /// The rule does not ask for approval here.
    NothingAsked,
}

impl Rule {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), Fault> {
        named(&self.name)?;
        if self.gates.is_empty() {
            return Err(Fault::NoGate);
        }
        self.condition.check()?;
        match &self.effect {
            Effect::Suggest(words) | Effect::Warn(words) | Effect::Block(words) => {
                if words.chars().count() > WORDS_MAX { Err(Fault::TooLong) } else { Ok(()) }
            }
            Effect::Approve(approvers) => approvers.check(),
        }
    }

    /// Whether it asks for more than `old` did: it applies to something that `old` did not apply to, at another gate, or asks for
    /// another role. An approval that was given under `old` then holds no more.
    pub fn asks_more_than(&self, old: &Self) -> bool {
        let (Effect::Approve(new), Effect::Approve(had)) = (&self.effect, &old.effect) else { return true };
        let has_role = |ask: &Ask| had.asks.iter().any(|it| it.role == ask.role);
        !self.condition.is_no_wider_than(&old.condition)
            || self.gates.iter().any(|gate| !old.gates.contains(gate))
            || !new.asks.iter().all(has_role)
    }

    /// A rule that was kept by another version of the program in a way that this one does not understand. It holds everything back,
    /// since nobody here can say what it lets pass.
    pub(crate) fn strange(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: String::new(),
            gates: Gate::ALL.to_vec(),
            condition: Condition::All(Vec::new()),
            effect: Effect::Block(String::new()),
            is_off: false,
        }
    }
}

impl Approvers {
    fn check(&self) -> Result<(), Fault> {
        if self.asks.is_empty() || self.asks.len() > ASKS_MAX {
            return Err(Fault::Approvers);
        }
        for (at, ask) in self.asks.iter().enumerate() {
            named(&ask.role)?;
            ask.stand_in.as_deref().map_or(Ok(()), named)?;
            if self.asks[..at].iter().any(|it| it.role == ask.role) {
                return Err(Fault::Approvers);
            }
        }
        Ok(())
    }
}

/// Whether this can be the name of a rule, a role or a person.
pub(crate) fn named(name: &str) -> Result<(), Fault> {
    match name.chars().count() {
        _ if name.trim().is_empty() => Err(Fault::Unnamed),
        count if count > NAME_MAX => Err(Fault::TooLong),
        _ => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
