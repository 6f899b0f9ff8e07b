//! The set of statements, and which of them count.

use std::collections::BTreeMap;

use model::{Author, StatementHash};

use super::{ADMIN, CHAIN_MAX, Decision, End, Request, RoleCertificate, Scope, Statement};
use crate::rule::{Ask, Effect};

/// A statement with who signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whose key signed it.
    pub author: Author,
    /// What it says.
    pub statement: Statement,
}

/// Somebody who holds roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The certificate that says so; none for who began the team.
    pub certificate: Option<StatementHash>,
    /// Their key in the team's room.
    pub author: Author,
    /// What the certificate calls them; empty for who began the team.
    pub name: String,
    /// For which region; empty for all.
    pub region: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Until when, milliseconds since 1970.
    pub until: Option<u64>,
}

/// A statement in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its name.
    pub hash: StatementHash,
    /// Who signed what.
    pub said: Said,
    /// Whether it counts: its signer could say it. Whether an approval still holds is another question.
    pub counts: bool,
}

/// All statements that are known, each signed by whom it names.
#[derive(Debug, Clone, Default)]
pub struct Approvals {
    founder: Option<Author>,
    last: Option<u64>,
    said: BTreeMap<StatementHash, Said>,
    certified: Vec<StatementHash>,
    asked: BTreeMap<(Scope, String), Vec<StatementHash>>,
    decided: BTreeMap<StatementHash, Vec<StatementHash>>,
    ended: BTreeMap<StatementHash, Vec<StatementHash>>,
}

impl Approvals {
    /// Nothing said so far in a team that this author began; none where that is not known, so that nobody is an admin.
    pub fn new(founder: Option<Author>) -> Self {
        Self { founder, ..Self::default() }
    }

    /// Says who began the team.
    pub fn founded_by(&mut self, founder: Option<Author>) {
        self.founder = founder;
    }

    /// Takes in a statement whose signature was checked. Answers whether it is new.
    pub fn take(&mut self, hash: StatementHash, author: Author, statement: Statement) -> bool {
        if self.said.contains_key(&hash) {
            return false;
        }
        match &statement {
            Statement::Certified(_) => {
                let at = self.certified.partition_point(|known| *known < hash);
                self.certified.insert(at, hash);
            }
            Statement::Ended(end) => self.ended.entry(end.certificate).or_default().push(hash),
            Statement::Asked(request) => {
                let of = (request.scope.clone(), request.rule.id.clone());
                self.asked.entry(of).or_default().push(hash);
            }
            Statement::Decided(decision) => self.decided.entry(decision.request).or_default().push(hash),
        }
        self.last = self.last.max(Some(statement.at()));
        self.said.insert(hash, Said { author, statement });
        true
    }

    /// A statement by its name.
    pub fn get(&self, hash: &StatementHash) -> Option<&Said> {
        self.said.get(hash)
    }

    /// How much was said.
    pub fn len(&self) -> usize {
        self.said.len()
    }

    /// The newest time of all statements, milliseconds since 1970.
    pub fn last_time(&self) -> Option<u64> {
        self.last
    }

    /// Whether an end names a certificate that whoever signs it may end, if they are who they say.
    pub fn may_end(&self, end: &End) -> bool {
        match end.under {
            None => true,
            Some(under) => self.above(&end.certificate).is_some_and(|above| above.contains(&under)),
        }
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// A request by its name.
    pub fn request(&self, hash: &StatementHash) -> Option<&Request> {
        match &self.said.get(hash)?.statement {
            Statement::Asked(request) => Some(request),
            _ => None,
        }
    }

    /// The requests for a rule, in the order of their times, then names.
    pub fn requests(&self, scope: &Scope, rule: &str) -> Vec<(StatementHash, &Request)> {
        let of = (scope.clone(), rule.to_owned());
        let hashes = self.asked.get(&of).map(Vec::as_slice).unwrap_or_default();
        let requests = hashes.iter().filter_map(|hash| Some((*hash, self.request(hash)?)));
        stdx::in_order(requests, |one, other| (one.1.at, one.0) < (other.1.at, other.0))
    }

    /// All requests, in the order of their times, then names.
    pub fn all_requests(&self) -> Vec<(StatementHash, &Request)> {
        let hashes = self.asked.values().flatten();
        let requests = hashes.filter_map(|hash| Some((*hash, self.request(hash)?)));
        stdx::in_order(requests, |one, other| (one.1.at, one.0) < (other.1.at, other.0))
    }

    /// The decisions about a request whose signers could decide, in the order of their times, then names.
    pub fn decisions(&self, request: &StatementHash) -> Vec<(StatementHash, &Decision)> {
        let hashes = self.decided.get(request).map(Vec::as_slice).unwrap_or_default();
        let decisions = hashes.iter().filter_map(|hash| {
            let said = self.said.get(hash)?;
            let Statement::Decided(decision) = &said.statement else { return None };
            self.counts(hash, said).then_some((*hash, decision))
        });
        stdx::in_order(decisions, |one, other| (one.1.at, one.0) < (other.1.at, other.0))
    }

    /// Everything that was ever said, in the order of times, then names.
    pub fn log(&self) -> Vec<Logged> {
        let logged = self.said.iter().map(|(hash, said)| Logged {
            hash: *hash,
            said: said.clone(),
            counts: self.counts(hash, said),
        });
        let key = |it: &Logged| (it.said.statement.at(), it.hash);
        stdx::in_order(logged, |one, other| key(one) < key(other))
    }

    /// Everybody who holds a role at a time, milliseconds since 1970: who began the team first, then by the names of certificates.
    pub fn people(&self, now: u64) -> Vec<Holder> {
        let founder = self.founder.map(|author| Holder {
            certificate: None,
            author,
            name: String::new(),
            region: String::new(),
            roles: vec![ADMIN.to_owned()],
            until: None,
        });
        let certified = self.certified.iter().filter_map(|hash| {
            let said = self.said.get(hash)?;
            let Statement::Certified(it) = &said.statement else { return None };
            let holds = it.from <= now && it.until.is_none_or(|until| now < until);
            let is_in_force = holds && self.counts(hash, said) && !self.is_over(hash);
            is_in_force.then(|| Holder {
                certificate: Some(*hash),
                author: it.author,
                name: it.name.clone(),
                region: it.region.clone(),
                roles: it.roles.clone(),
                until: it.until,
            })
        });
        founder.into_iter().chain(certified).collect()
    }

    /// What an author would sign a decision for a role under, or for its stand-in, or as an admin: the certificate, or none for who
    /// began the team. Nothing where they hold none of these.
    pub fn standing(&self, author: &Author, roles: &[&str], now: u64) -> Option<Option<StatementHash>> {
        let people = self.people(now);
        let own = || people.iter().filter(|it| it.author == *author);
        let has = |role: &str| own().find(|it| it.roles.iter().any(|have| have == role));
        let held = roles.iter().find_map(|role| has(role)).or_else(|| has(ADMIN));
        held.map(|holder| holder.certificate)
    }

    /// Whether the signer of a decision that counts holds the role that is asked, or its stand-in, or is an admin. A request may tell of
    /// another stand-in than the rule does now.
    pub(super) fn answers(&self, decision: &Decision, ask: &Ask) -> bool {
        let Some(under) = decision.under else { return true };
        let Some(Statement::Certified(it)) = self.said.get(&under).map(|said| &said.statement) else {
            return false;
        };
        it.roles.iter().any(|role| is_one(role, ask))
    }

    /// The statements that were signed under a certificate and count.
    pub fn signed_under(&self, certificate: &StatementHash) -> Vec<StatementHash> {
        let is_under = |(hash, said): &(&StatementHash, &Said)| {
            let under = match &said.statement {
                Statement::Certified(it) => it.under,
                Statement::Ended(it) => it.under,
                Statement::Decided(it) => it.under,
                Statement::Asked(_) => None,
            };
            under == Some(*certificate) && self.counts(hash, said)
        };
        self.said.iter().filter(is_under).map(|(hash, _)| *hash).collect()
    }

    /// Whether whoever signed a statement could say it.
    fn counts(&self, hash: &StatementHash, said: &Said) -> bool {
        match &said.statement {
            Statement::Asked(_) => true,
            Statement::Certified(it) => self.is_admins(hash, said, it.under, it.at),
            Statement::Ended(end) => self.ends(hash, said, end),
            Statement::Decided(decision) => self.is_decidable(hash, said, decision),
        }
    }

    /// Whether it was signed by an admin: who began the team, or under a certificate that says so.
    fn is_admins(&self, hash: &StatementHash, said: &Said, under: Option<StatementHash>, at: u64) -> bool {
        match under {
            None => self.founder == Some(said.author),
            Some(under) => self
                .covers(&under, hash, said, at)
                .is_some_and(|it| it.roles.iter().any(|role| role == ADMIN)),
        }
    }

    /// The certificate, where it holds for its author at a time and what they signed under it counts.
    fn covers(
        &self,
        certificate: &StatementHash,
        hash: &StatementHash,
        said: &Said,
        at: u64,
    ) -> Option<&RoleCertificate> {
        // How far it is from who began the team is asked first: what names a statement comes after it, so the way ends.
        self.above(certificate)?;
        let certified = self.said.get(certificate)?;
        let Statement::Certified(it) = &certified.statement else { return None };
        let holds = it.author == said.author && it.from <= at && it.until.is_none_or(|until| at < until);
        let is_kept = || self.ends_of(certificate).all(|end| end.counted.contains(hash));
        (holds && self.counts(certificate, certified) && is_kept()).then_some(it)
    }

    /// The certificates above one, nearest first; nothing where there are too many, or one is missing.
    fn above(&self, certificate: &StatementHash) -> Option<Vec<StatementHash>> {
        let (mut above, mut next) = (Vec::new(), *certificate);
        loop {
            let Statement::Certified(it) = &self.said.get(&next)?.statement else { return None };
            match it.under {
                None => return Some(above),
                Some(_) if above.len() == CHAIN_MAX => return None,
                Some(under) => above.push(under),
            }
            next = it.under?;
        }
    }

    /// What ends a certificate.
    fn ends_of(&self, certificate: &StatementHash) -> impl Iterator<Item = &End> {
        let hashes = self.ended.get(certificate).map(Vec::as_slice).unwrap_or_default();
        hashes.iter().filter_map(|hash| {
            let said = self.said.get(hash)?;
            let Statement::Ended(end) = &said.statement else { return None };
            self.ends(hash, said, end).then_some(end)
        })
    }

    fn is_over(&self, certificate: &StatementHash) -> bool {
        self.ends_of(certificate).next().is_some()
    }

    /// Whether an end counts. Only an admin above the certificate can end it, so two admins never end each other.
    fn ends(&self, hash: &StatementHash, said: &Said, end: &End) -> bool {
        self.may_end(end) && self.is_admins(hash, said, end.under, end.at)
    }

    /// Whether a decision was signed by somebody who could decide it.
    fn is_decidable(&self, hash: &StatementHash, said: &Said, decision: &Decision) -> bool {
        let Some(request) = self.request(&decision.request) else { return false };
        let Effect::Approve(approvers) = &request.rule.effect else { return false };
        let Some(ask) = approvers.asks.iter().find(|ask| ask.role == decision.role) else { return false };
        let Some(under) = decision.under else { return self.founder == Some(said.author) };
        let certificate = self.covers(&under, hash, said, decision.at);
        certificate.is_some_and(|it| it.roles.iter().any(|role| is_one(role, ask)))
    }
}

/// Whether who holds a role may decide where this is asked.
fn is_one(role: &String, ask: &Ask) -> bool {
    *role == ask.role || Some(role) == ask.stand_in.as_ref() || role == ADMIN
}
