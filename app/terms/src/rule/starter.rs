//! Rules to begin with.

use super::{Approvers, Ask, Comparison, Condition, Effect, Fact, Gate, Known, Rule, Test};
use crate::price::Decimal;

/// A rule to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// An amount over 100,000 needs finance and legal before a proposal is sent.
    LargeAmount,
    /// A discount over 5% needs the regional director.
    Discount,
}

/// What a rule to begin with and its roles are called, which is for the screen to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterWords<'a> {
    /// What the rule is called.
    pub name: &'a str,
    /// What its roles are called, in the order of [`Starter::roles`].
    pub roles: &'a [&'a str],
}

impl Starter {
    /// Both.
    pub const ALL: [Self; 2] = [Self::LargeAmount, Self::Discount];

    /// How many roles it asks for: finance and legal; the regional director.
    pub fn roles(self) -> usize {
        match self {
            Self::LargeAmount => 2,
            Self::Discount => 1,
        }
    }

    /// The rule, under the name `id`. Both hold wherever a price reaches a buyer.
    pub fn rule(self, id: &str, words: &StarterWords<'_>) -> Rule {
        let (fact, limit) = match self {
            Self::LargeAmount => (Fact::Amount, 100_000),
            Self::Discount => (Fact::Discount, 5),
        };
        let test = Test::More(Known::Number(Decimal::whole(limit)));
        let ask = |role: &&str| Ask { role: (*role).to_owned(), stand_in: None };
        let asks = words.roles.iter().take(self.roles()).map(ask).collect();
        Rule {
            id: id.to_owned(),
            name: words.name.to_owned(),
            gates: vec![Gate::Share, Gate::Publish, Gate::Seal, Gate::Countersign, Gate::Export],
            condition: Condition::All(vec![Condition::Where(Comparison { fact, test })]),
            effect: Effect::Approve(Approvers { asks, in_order: false }),
            is_off: false,
        }
    }
}
