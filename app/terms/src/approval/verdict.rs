//! What the rules say of an act.

use model::StatementHash;

use super::{ADMIN, Approvals, Holder, Request, Scope};
use crate::rule::{Approvers, Ask, Effect, Facts, Gate, Outcome, Reason, Rule};

/// What the rules say of an act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// What is suggested.
    pub suggestions: Vec<Match>,
    /// What looks wrong.
    pub warnings: Vec<Match>,
    /// What has to be approved first.
    pub missing: Vec<Missing>,
    /// Why it does not happen.
    pub blocks: Vec<Match>,
}

/// A rule that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The rule, by its name among rules.
    pub rule: String,
    /// What people call it; empty where it is of another version of the program and not understood.
    pub name: String,
    /// What it says; empty where it asks for approval.
    pub words: String,
    /// Why it applies. One without a value could not be checked, since that is not known; where the rule could have decided with it,
    /// it counts as one that applies.
    pub reasons: Vec<Reason>,
}

/// Approvals that are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The rule that asks for them, and why.
    pub found: Match,
    /// For what.
    pub scope: Scope,
    /// What was known when it was found missing.
    pub facts: Facts,
    /// SHA-256 of the terms, for the request; zeros where whoever judged did not say.
    pub terms: [u8; 32],
    /// The roles that it asks for.
    pub asks: Vec<AskState>,
    /// Whether each is asked only after the one before.
    pub in_order: bool,
    /// What became of asking.
    pub requested: Requested,
}

/// What became of asking for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requested {
    /// Nobody has asked.
    Never,
    /// It waits for those who are next.
    Open(StatementHash),
    /// Somebody has said no, by this decision. It can be asked anew.
    Refused(StatementHash, StatementHash),
    /// What was asked or approved holds no more: the terms became worse, or the rule asks for more.
    Lapsed(StatementHash),
}

/// How it stands with a role that has to approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskState {
    /// The role.
    pub ask: Ask,
    /// The approval that holds.
    pub given: Option<StatementHash>,
    /// Whether it is asked now: it has not approved, and everybody before it has.
    pub is_next: bool,
    /// As what those may decide who can.
    pub by: By,
    /// Who can, where it has not approved; never nobody, as long as it is known who began the team.
    pub people: Vec<Holder>,
}

/// As what somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// They hold the role.
    Role,
    /// They hold the role that stands in for it, whose holders there are none of.
    StandIn,
    /// Nobody holds either, and they are an admin.
    Admin,
}

impl Verdict {
    /// Whether the act may happen.
    pub fn passes(&self) -> bool {
        self.missing.is_empty() && self.blocks.is_empty()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.passes() && self.suggestions.is_empty() && self.warnings.is_empty()
    }

    /// Takes in what the rules say of another part of the same act.
    pub fn join(&mut self, other: Self) {
        let add = |all: &mut Vec<Match>, new: Vec<Match>| {
            for it in new {
                if !all.contains(&it) {
                    all.push(it);
                }
            }
        };
        add(&mut self.suggestions, other.suggestions);
        add(&mut self.warnings, other.warnings);
        add(&mut self.blocks, other.blocks);
        self.missing.extend(other.missing);
    }
}

/// What the rules say of an act. `now`, milliseconds since 1970, says only whom to ask: what was approved does not follow from it.
///
/// A rule that cannot be decided, since a fact is not known, warns, asks for approval and blocks as if it applied; it does not suggest.
pub fn judge(
    rules: &[&Rule],
    gate: Gate,
    facts: &Facts,
    scope: &Scope,
    approvals: &Approvals,
    now: u64,
) -> Verdict {
    let mut verdict = Verdict::default();
    for rule in rules.iter().filter(|rule| !rule.is_off && rule.gates.contains(&gate)) {
        let outcome = rule.condition.outcome(facts);
        if outcome == Outcome::Fails {
            continue;
        }
        let found = |words: &str| Match {
            rule: rule.id.clone(),
            name: rule.name.clone(),
            words: words.to_owned(),
            reasons: rule.condition.reasons(facts),
        };
        match &rule.effect {
            Effect::Suggest(_) if outcome == Outcome::Undecided => {}
            Effect::Suggest(words) => verdict.suggestions.push(found(words)),
            Effect::Warn(words) => verdict.warnings.push(found(words)),
            Effect::Block(words) => verdict.blocks.push(found(words)),
            Effect::Approve(approvers) => {
                let case = Case { rule, approvers, facts, scope, approvals };
                if let Some((asks, requested)) = case.missing(now) {
                    verdict.missing.push(Missing {
                        found: found(""),
                        scope: scope.clone(),
                        facts: facts.clone(),
                        terms: [0; 32],
                        asks,
                        in_order: approvers.in_order,
                        requested,
                    });
                }
            }
        }
    }
    verdict
}

/// A rule that asks for approval, and what it is asked about.
struct Case<'a> {
    rule: &'a Rule,
    approvers: &'a Approvers,
    facts: &'a Facts,
    scope: &'a Scope,
    approvals: &'a Approvals,
}

impl Case<'_> {
    /// How it stands with each role, unless one request was approved by all.
    fn missing(&self, now: u64) -> Option<(Vec<AskState>, Requested)> {
        let requests = self.approvals.requests(self.scope, &self.rule.id);
        let mut requested = match requests.last() {
            Some((hash, _)) => Requested::Lapsed(*hash),
            None => Requested::Never,
        };
        let mut given = vec![None; self.approvers.asks.len()];
        for (hash, _) in requests.iter().filter(|(_, request)| self.holds(request)) {
            let decided = self.decided(hash);
            let refusal = decided.iter().find_map(|it| it.refused);
            if refusal.is_none() && decided.iter().all(|it| it.given.is_some()) {
                return None;
            }
            requested = refusal.map_or(Requested::Open(*hash), |refusal| Requested::Refused(*hash, refusal));
            given = decided.into_iter().map(|it| it.given.filter(|_| refusal.is_none())).collect();
        }
        let mut before = true;
        let state = |(ask, given): (&Ask, Option<StatementHash>)| {
            let is_next = given.is_none() && (before || !self.approvers.in_order);
            before &= given.is_some();
            let (by, people) =
                if given.is_some() { (By::Role, Vec::new()) } else { self.approvals.who_decides(ask, now) };
            AskState { ask: ask.clone(), given, is_next, by, people }
        };
        Some((self.approvers.asks.iter().zip(given).map(state).collect(), requested))
    }

    /// Whether what was approved by a request would still hold.
    fn holds(&self, request: &Request) -> bool {
        !self.rule.asks_more_than(&request.rule)
            && self.rule.condition.is_no_worse(&request.facts, self.facts)
    }

    /// What was decided of a request, role by role.
    fn decided(&self, request: &StatementHash) -> Vec<Decided> {
        let decisions = self.approvals.decisions(request);
        let mut all: Vec<Decided> = Vec::new();
        for ask in &self.approvers.asks {
            let own =
                || decisions.iter().filter(|(_, it)| it.role == ask.role && self.approvals.answers(it, ask));
            let last = all.last().filter(|_| self.approvers.in_order).map(|last| last.given);
            let follows = |follows: &[StatementHash]| match last {
                None => true,
                Some(last) => last.is_some_and(|last| follows.contains(&last)),
            };
            let given = own().find(|(_, it)| it.is_yes && follows(&it.follows)).map(|(hash, _)| *hash);
            let refused = own().find(|(_, it)| !it.is_yes).map(|(hash, _)| *hash);
            all.push(Decided { given, refused });
        }
        all
    }
}

struct Decided {
    given: Option<StatementHash>,
    refused: Option<StatementHash>,
}

impl Approvals {
    /// Who decides for a role: its holders, else those of its stand-in, else the admins.
    pub fn who_decides(&self, ask: &Ask, now: u64) -> (By, Vec<Holder>) {
        let people = self.people(now);
        let with = |role: &str| -> Vec<Holder> {
            people.iter().filter(|it| it.roles.iter().any(|have| have == role)).cloned().collect()
        };
        let holders = with(&ask.role);
        if !holders.is_empty() {
            return (By::Role, holders);
        }
        let stand_ins = ask.stand_in.as_deref().map(with).unwrap_or_default();
        if !stand_ins.is_empty() { (By::StandIn, stand_ins) } else { (By::Admin, with(ADMIN)) }
    }
}
