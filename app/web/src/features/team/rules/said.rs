//! Rules, and why they apply, as sentences.

use session::Book;
use terms::{
    approval::{AskState, Holder, Scope},
    price::Currency,
    rule::{Condition, Effect, Fact, Known, Reason, Rule, Test},
};

use super::super::{Team, called};
use super::copy;

/// How values are written for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Writing {
    /// The team's currency, in which rules count.
    pub(super) currency: Currency,
}

impl Writing {
    pub(super) fn of(book: &Book) -> Self {
        Self { currency: book.rates().own }
    }

    /// A value of a fact.
    pub(super) fn value(self, fact: Fact, known: &Known) -> String {
        match known {
            Known::Words(words) => words.join(", "),
            Known::Day(day) => browser::clock::day(&day.to_string()),
            Known::Truth(true) => copy::YES.to_owned(),
            Known::Truth(false) => copy::NO.to_owned(),
            Known::Number(number) => match fact {
                Fact::Amount | Fact::Net | Fact::FirstYear => Team::money(*number, self.currency),
                Fact::Discount | Fact::Margin => browser::figures::percent(&number.to_string()),
                _ => browser::figures::number(&number.to_string(), 0),
            },
        }
    }

    /// How a fact is compared: "is more than 5%".
    pub(super) fn test(self, fact: Fact, test: &Test) -> String {
        let is_day = matches!(test, Test::More(Known::Day(_)) | Test::Less(Known::Day(_)));
        let how = copy::compared(test, is_day);
        match test {
            Test::Is(known) | Test::IsNot(known) | Test::More(known) | Test::Less(known) => {
                format!("{how} {}", self.value(fact, known))
            }
            Test::Between(least, most) => copy::between(&self.value(fact, least), &self.value(fact, most)),
            Test::OneOf(words) => format!("{how} {}", words.join(", ")),
            Test::IsKnown | Test::IsUnknown => how.to_owned(),
        }
    }

    /// Why a rule applies.
    pub(super) fn reason(self, reason: &Reason) -> String {
        let name = copy::fact(reason.fact);
        match &reason.value {
            None if matches!(reason.test, Test::IsUnknown) => format!("{name} {}", copy::IS_UNKNOWN),
            None => copy::not_checked(name),
            Some(value) => {
                copy::because(name, &self.value(reason.fact, value), &self.test(reason.fact, &reason.test))
            }
        }
    }

    fn condition(self, condition: &Condition, is_inside: bool) -> String {
        let joined = |of: &[Condition], with: &str| {
            let parts: Vec<String> = of.iter().map(|it| self.condition(it, true)).collect();
            let parts = parts.join(with);
            if is_inside && of.len() > 1 { format!("({parts})") } else { parts }
        };
        match condition {
            Condition::All(of) => joined(of, copy::AND),
            Condition::Any(of) => joined(of, copy::OR),
            Condition::Where(it) => format!("{} {}", copy::fact(it.fact), self.test(it.fact, &it.test)),
        }
    }

    /// When a rule applies.
    pub(super) fn when(self, condition: &Condition) -> String {
        match condition {
            Condition::All(of) if of.is_empty() => copy::ALWAYS.to_owned(),
            Condition::Any(of) if of.is_empty() => copy::NEVER.to_owned(),
            condition => copy::when(&self.condition(condition, false)),
        }
    }
}

/// What a rule does.
pub(super) fn then(rule: &Rule) -> String {
    match &rule.effect {
        Effect::Suggest(words) => format!("{} {words}", copy::SUGGESTS),
        Effect::Warn(words) => format!("{} {words}", copy::WARNS),
        Effect::Block(words) => format!("{} {words}", copy::BLOCKS),
        Effect::Approve(approvers) => {
            let role = |ask: &terms::rule::Ask| match &ask.stand_in {
                Some(stand_in) => copy::or_stand_in(&ask.role, stand_in),
                None => ask.role.clone(),
            };
            let roles: Vec<String> = approvers.asks.iter().map(role).collect();
            copy::approve(&roles, approvers.in_order)
        }
    }
}

/// What somebody asks approval for.
pub(super) fn scope(book: &Book, scope: &Scope) -> String {
    match scope {
        Scope::Deal(id) => book.deals().get(id).map_or(copy::A_ROOM, called).to_owned(),
        Scope::Room(_) => copy::A_ROOM.to_owned(),
    }
}

/// How it stands with a role that has to approve.
pub(super) fn standing(book: &Book, ask: &AskState) -> String {
    let role = &ask.ask.role;
    match ask.given {
        Some(approval) => copy::given(role, &signer(book, &approval)),
        None if !ask.is_next => copy::later(role),
        None => {
            let people: Vec<String> = ask.people.iter().map(|it| holder(book, it)).collect();
            copy::waits(role, &people, ask.by)
        }
    }
}

/// What somebody who holds roles is called.
pub(super) fn holder(book: &Book, holder: &Holder) -> String {
    match holder.name.as_str() {
        _ if book.is_own(&holder.author) => copy::YOU.to_owned(),
        "" => copy::UNNAMED.to_owned(),
        name => name.to_owned(),
    }
}

/// What the signer of a statement is called.
pub(super) fn signer(book: &Book, statement: &model::StatementHash) -> String {
    book.said(statement).map(|said| book.name_of(&said.author)).unwrap_or_default()
}
