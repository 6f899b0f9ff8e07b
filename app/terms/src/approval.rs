//! Who approved what: statements that are signed for themselves, and what they say together.
//!
//! A team has an admin, who says who holds which role ([`RoleCertificate`]) and when that ends ([`End`]). Whoever is held back by a
//! rule asks ([`Request`]), and whoever holds the role decides ([`Decision`]). [`Approvals`] is the set of these statements; what it says
//! follows from the set alone, never from the order in which they came nor from a clock. Nothing in it is ever replaced.

mod set;
mod stored;
#[cfg(test)]
mod tests;
mod verdict;

use model::{RoomId, StatementHash};

use crate::rule::{Facts, Rule};

pub use set::{Approvals, Holder, Logged, Said};
pub use verdict::{AskState, By, Match, Missing, Requested, Verdict, judge};

/// The role whose holders may say who holds which role. They may also decide in place of any other.
pub const ADMIN: &str = "admin";
/// The longest note of a request and reason of a decision, in characters.
pub const NOTE_MAX: usize = 2_000;
/// The most roles of a certificate.
pub const ROLES_MAX: usize = 20;
/// So many certificates may stand in a row, each by whom the one before it lets certify.
pub const CHAIN_MAX: usize = 8;

/// What an act is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A deal of the book, by its name there, with its room.
    Deal(String),
    /// A room that is no deal's.
    Room(RoomId),
}

/// An admin says that somebody holds roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleCertificate {
    /// Who: the key with which their device writes in the team's room.
    pub author: model::Author,
    /// What they are called.
    pub name: String,
    /// The roles.
    pub roles: Vec<String>,
    /// For which region; empty where for all. It is for people to read.
    pub region: String,
    /// From when on it holds, milliseconds since 1970.
    pub from: u64,
    /// Until when; none for no end. It is held against the time that a statement itself tells.
    pub until: Option<u64>,
    /// The certificate by which its signer is an admin; none for who began the team.
    pub under: Option<StatementHash>,
    /// When it was signed, by its signer's clock, milliseconds since 1970.
    pub at: u64,
}

/// An admin says that a certificate ends. What was signed under it counts only where it is named here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Which certificate.
    pub certificate: StatementHash,
    /// The statements under it that go on counting: those that the admin knew.
    pub counted: Vec<StatementHash>,
    /// As in [`RoleCertificate::under`]. Only the admins above a certificate end it.
    pub under: Option<StatementHash>,
    /// When, by its signer's clock, milliseconds since 1970.
    pub at: u64,
}

/// Somebody asks for what a rule wants to be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// For what.
    pub scope: Scope,
    /// The rule as it was then. Its gates are those for which an approval will hold.
    pub rule: Rule,
    /// What was known then. An approval holds as long as nothing of it that the rule looks at is worse.
    pub facts: Facts,
    /// SHA-256 of the terms: of the facts, and of the price as the room's frozen form has it.
    pub terms: [u8; 32],
    /// What is said to it; may be empty.
    pub note: String,
    /// What its signer is called; empty where they have not said.
    pub by: String,
    /// When, by its signer's clock, milliseconds since 1970.
    pub at: u64,
}

/// Somebody approves what was asked, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The request.
    pub request: StatementHash,
    /// The role for which it is decided, as the rule names it.
    pub role: String,
    /// The certificate under which it is; none for who began the team.
    pub under: Option<StatementHash>,
    /// Whether they approve.
    pub is_yes: bool,
    /// Why; may be empty where they approve.
    pub reason: String,
    /// The approvals of the same request that its signer knew. Where roles are asked in order, that of the one before has to be among
    /// them.
    pub follows: Vec<StatementHash>,
    /// When, by its signer's clock, milliseconds since 1970.
    pub at: u64,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// Somebody holds roles.
    Certified(RoleCertificate),
    /// A certificate ends.
    Ended(End),
    /// Somebody asks for approval.
    Asked(Request),
    /// Somebody decides.
    Decided(Decision),
}

impl Statement {
    /// When it was signed, by its signer's clock, milliseconds since 1970.
    pub fn at(&self) -> u64 {
        match self {
            Self::Certified(it) => it.at,
            Self::Ended(it) => it.at,
            Self::Asked(it) => it.at,
            Self::Decided(it) => it.at,
        }
    }
}
