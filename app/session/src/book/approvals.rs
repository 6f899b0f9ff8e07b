//! Who of the team holds which role, and what was asked, approved and refused.
//!
//! Each of these is a statement that is signed with its person's key of the team's room and kept for good, as an entry of its own:
//! no undo and no merging takes one back. What they say together is [`terms::approval::Approvals`].

use model::{Author, DocName, Right, StatementHash, Touch};
use sync::{
    approval::{SignedStatement, team_of},
    ledger::Pen,
};
use terms::{
    approval::{
        ADMIN, Decision, End, Holder, Logged, Missing, NOTE_MAX, ROLES_MAX, Request, Requested,
        RoleCertificate, Said, Statement, judge,
    },
    rule::{Effect, Fault, NAME_MAX},
};

use super::Book;
use crate::{Problem, room::bounded};

/// Roles for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// Whose: their key in the team's room.
    pub author: Author,
    /// What they are called.
    pub name: String,
    /// The roles, such as "finance"; [`terms::approval::ADMIN`] lets them certify in turn.
    pub roles: Vec<String>,
    /// For which region; empty for all.
    pub region: String,
    /// Until when, milliseconds since 1970.
    pub until: Option<u64>,
}

/// A request, and how it stands by the rule as it is now and by what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The request.
    pub hash: StatementHash,
    /// What it says.
    pub request: Request,
    /// Whether this device's person asked.
    pub is_own: bool,
    /// What is missing; none where it was approved, or the rule asks for nothing any more.
    pub missing: Option<Missing>,
    /// The roles for which this device's person may decide now.
    pub mine: Vec<String>,
}

impl Book {
    /// Whether this device's person may write rules and say who holds which role.
    pub fn is_admin(&self) -> bool {
        self.may_write() && (self.founder_is_owner_key() || self.is_admins_author(&self.0.team.author()))
    }

    /// Everybody who holds a role now, who began the team first.
    pub fn people(&self) -> Vec<Holder> {
        let mut people = self.0.inside.documents().approvals.people(self.now_in_log());
        self.name_people(&mut people);
        people
    }

    /// Whether this is the key of this device's person.
    pub fn is_own(&self, author: &Author) -> bool {
        self.0.team.author() == *author
    }

    /// The devices of the team, with what their people are called: those to whom roles can be given.
    pub fn colleagues(&self) -> Vec<(Author, String)> {
        let authors: Vec<Author> = {
            let documents = self.0.team.documents();
            let authors = documents.judge().map(|judge| judge.roll().authors()).unwrap_or_default();
            authors.into_iter().filter(|author| documents.right(author) == Some(Right::Own)).collect()
        };
        authors.into_iter().map(|author| (author, self.0.team.name_of_author(&author))).collect()
    }

    /// Says that somebody holds roles, from now on. Answers the certificate.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever is no admin, [`Problem::Rule`] where somebody or a role is called nothing, and what the store
    /// says.
    pub async fn certify(&self, roles: &Roles) -> Result<StatementHash, Problem> {
        self.may_certify()?;
        let Roles { author, name, roles, region, until } = roles;
        let roles: Vec<String> = roles.iter().map(|role| role.trim().to_owned()).collect();
        let is_good = |text: &String| !text.is_empty() && text.chars().count() <= NAME_MAX;
        if !roles.iter().all(is_good) || roles.is_empty() || roles.len() > ROLES_MAX {
            return Err(Fault::Unnamed.into());
        }
        let at = self.now_in_log();
        let (name, region) = (bounded(name, NAME_MAX), bounded(region, NAME_MAX));
        let under = self.standing(&[])?;
        let certificate =
            RoleCertificate { author: *author, name, roles, region, from: at, until: *until, under, at };
        self.say(Statement::Certified(certificate)).await
    }

    /// Gives this device's person the roles of an admin whose device is gone, on that one's own word: `before` is the key with which
    /// it signed. Nothing happens where that was no admin, or this device is one already. A statement is signed for itself, so no
    /// chain of the device that is gone goes on.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) async fn succeed(&self, before: &Pen) -> Result<(), Problem> {
        let is_admin =
            |it: &Holder| it.author == before.author() && it.roles.iter().any(|role| role == ADMIN);
        let holder = self.people().into_iter().find(is_admin);
        let Some(holder) = holder.filter(|_| !self.is_admin()) else { return Ok(()) };
        let (author, at) = (self.0.team.author(), self.now_in_log());
        let Holder { name, roles, region, until, certificate: under, .. } = holder;
        let certificate = RoleCertificate { author, name, roles, region, from: at, until, under, at };
        self.say_as(before, Statement::Certified(certificate)).await.map(drop)
    }

    /// Ends a certificate: what was signed under it and is known here goes on counting, what comes later does not.
    ///
    /// # Errors
    /// [`Problem::NoRight`] for whoever is no admin above it, [`Problem::Rule`] where it is not there, and what the store says.
    pub async fn end_certificate(&self, certificate: StatementHash) -> Result<(), Problem> {
        self.may_certify()?;
        let people = self.people();
        if !people.iter().any(|it| it.certificate == Some(certificate)) {
            return Err(Fault::NotThere.into());
        }
        let counted = self.0.inside.documents().approvals.signed_under(&certificate);
        let under = self.standing(&[])?;
        let end = End { certificate, counted, under, at: self.now_in_log() };
        if !self.0.inside.documents().approvals.may_end(&end) {
            return Err(Problem::NoRight);
        }
        self.say(Statement::Ended(end)).await.map(drop)
    }

    /// Asks for the approvals that an act lacks, as the gate told them.
    ///
    /// # Errors
    /// [`Problem::Rule`] where the rule is gone or asks for none, and what the store says.
    pub async fn request(&self, missing: &Missing, note: &str) -> Result<StatementHash, Problem> {
        self.may()?;
        let rule = self.rules().iter().find(|it| it.rule.id == missing.found.rule).map(|it| it.rule.clone());
        let rule = rule.ok_or(Fault::NotThere)?;
        if !matches!(rule.effect, Effect::Approve(_)) {
            return Err(Fault::NothingAsked.into());
        }
        let request = Request {
            scope: missing.scope.clone(),
            rule,
            facts: missing.facts.clone(),
            terms: missing.terms,
            note: bounded(note, NOTE_MAX),
            by: self.own_name(),
            at: self.now_in_log(),
        };
        self.say(Statement::Asked(request)).await
    }

    /// Decides what was asked, for a role that this device's person may decide for now.
    ///
    /// # Errors
    /// [`Problem::Rule`]: [`Fault::NotThere`] where there is no such request, [`Fault::NotTheirs`] where it is not their turn or not
    /// theirs at all, [`Fault::Unnamed`] for a no without a reason; and what the store says.
    pub async fn decide(
        &self,
        request: StatementHash,
        role: &str,
        is_yes: bool,
        reason: &str,
    ) -> Result<StatementHash, Problem> {
        self.may()?;
        let asked = self.asked(&request).ok_or(Fault::NotThere)?;
        let state = asked.missing.iter().flat_map(|missing| &missing.asks).find(|it| it.ask.role == role);
        let state = state.filter(|_| asked.mine.iter().any(|mine| mine == role)).ok_or(Fault::NotTheirs)?;
        let reason = bounded(reason, NOTE_MAX);
        if !is_yes && reason.is_empty() {
            return Err(Fault::Unnamed.into());
        }
        let stand_in = state.ask.stand_in.as_deref();
        let roles: Vec<&str> = [Some(role), stand_in].into_iter().flatten().collect();
        let under = self.standing(&roles)?;
        let follows = {
            let documents = self.0.inside.documents();
            let decisions = documents.approvals.decisions(&request).into_iter();
            decisions.filter(|(_, it)| it.is_yes).map(|(hash, _)| hash).collect()
        };
        let (role, at) = (role.to_owned(), self.now_in_log());
        self.say(Statement::Decided(Decision { request, role, under, is_yes, reason, follows, at })).await
    }

    /// What waits for a decision of this device's person, oldest first.
    pub fn inbox(&self) -> Vec<Asked> {
        self.all_asked().into_iter().filter(|asked| !asked.mine.is_empty()).collect()
    }

    /// What this device's person asked for, oldest first.
    pub fn own_requests(&self) -> Vec<Asked> {
        self.all_asked().into_iter().filter(|asked| asked.is_own).collect()
    }

    /// A request, and how it stands.
    pub fn asked(&self, request: &StatementHash) -> Option<Asked> {
        let (author, asked) = {
            let documents = self.0.inside.documents();
            let said = documents.approvals.get(request)?;
            (said.author, documents.approvals.request(request)?.clone())
        };
        Some(self.stands(*request, author, asked))
    }

    /// All that was ever certified, ended, asked and decided, in the order of times. Nothing of it is ever replaced.
    pub fn decision_log(&self) -> Vec<Logged> {
        self.0.inside.documents().approvals.log()
    }

    /// A statement, with who signed it; none where it is not known here.
    pub fn said(&self, statement: &StatementHash) -> Option<Said> {
        self.0.inside.documents().approvals.get(statement).cloned()
    }

    /// What the signer of a statement is called: as their certificate does, else as the team's room does; may be empty.
    pub fn name_of(&self, author: &Author) -> String {
        let holder = self.people().into_iter().find(|it| it.author == *author && !it.name.is_empty());
        holder.map_or_else(|| self.0.team.name_of_author(author), |holder| holder.name)
    }

    fn all_asked(&self) -> Vec<Asked> {
        let requests: Vec<(StatementHash, Author, Request)> = {
            let documents = self.0.inside.documents();
            let said = |hash: &StatementHash| documents.approvals.get(hash).map(|said| said.author);
            let all = documents.approvals.all_requests().into_iter();
            all.filter_map(|(hash, request)| Some((hash, said(&hash)?, request.clone()))).collect()
        };
        requests.into_iter().map(|(hash, author, request)| self.stands(hash, author, request)).collect()
    }

    /// How a request stands by the rule as it is now. Whether the terms are still those that were asked for the gate says.
    fn stands(&self, hash: StatementHash, author: Author, request: Request) -> Asked {
        let rule = self.rules().iter().find(|it| it.rule.id == request.rule.id).map(|it| it.rule.clone());
        let gate = request
            .rule
            .gates
            .iter()
            .copied()
            .find(|gate| rule.as_ref().is_some_and(|rule| !rule.is_off && rule.gates.contains(gate)));
        let now = self.now_in_log();
        let missing = rule.as_ref().zip(gate).and_then(|(rule, gate)| {
            let documents = self.0.inside.documents();
            let approvals = &documents.approvals;
            judge(&[rule], gate, &request.facts, &request.scope, approvals, now).missing.pop()
        });
        let missing = missing.map(|mut missing| {
            missing.terms = request.terms;
            missing.asks.iter_mut().for_each(|ask| self.name_people(&mut ask.people));
            missing
        });
        let own = self.0.team.author();
        let is_mine = |people: &[Holder]| {
            people.iter().any(|it| it.author == own)
                || self.founder_is_owner_key() && people.iter().any(|it| it.certificate.is_none())
        };
        let is_open = missing.as_ref().is_some_and(|it| it.requested == Requested::Open(hash));
        let asks = missing.iter().flat_map(|it| &it.asks).filter(|ask| ask.is_next && is_open);
        let mine = asks.filter(|ask| is_mine(&ask.people)).map(|ask| ask.ask.role.clone()).collect();
        let is_own = author == own;
        Asked { hash, request, is_own, missing, mine }
    }

    /// Who began the team has no certificate that says what they are called.
    pub(super) fn name_people(&self, people: &mut [Holder]) {
        for holder in people.iter_mut().filter(|holder| holder.name.is_empty()) {
            holder.name = self.0.team.name_of_author(&holder.author);
        }
    }

    /// Who began the team, whose word stands without a certificate. In a team from before there were rules this is the owner's key, which
    /// everybody of the team has.
    pub(super) fn founder(&self) -> Option<Author> {
        let (documents, id) = (self.0.team.documents(), self.0.team.id());
        let began = documents.judge()?.roll().authors().into_iter().find(|author| team_of(author) == id);
        began.or_else(|| Some(self.0.team.keys().owner))
    }

    fn founder_is_owner_key(&self) -> bool {
        self.founder() == Some(self.0.team.keys().owner)
    }

    pub(super) fn may_certify(&self) -> Result<(), Problem> {
        if self.is_admin() { Ok(()) } else { Err(Problem::NoRight) }
    }

    /// Under which certificate this device's person acts as one who holds one of these roles, or as an admin.
    fn standing(&self, roles: &[&str]) -> Result<Option<StatementHash>, Problem> {
        let (own, now) = (self.0.team.author(), self.now_in_log());
        match self.0.inside.documents().approvals.standing(&own, roles, now) {
            Some(under) => Ok(under),
            None if self.founder_is_owner_key() => Ok(None),
            None => Err(Fault::NotTheirs.into()),
        }
    }

    /// The time now, or just after the last statement where a clock is behind: what was certified by a clock that is ahead holds at once.
    pub(super) fn now_in_log(&self) -> u64 {
        let last = self.0.inside.documents().approvals.last_time();
        self.after(last)
    }

    async fn say(&self, statement: Statement) -> Result<StatementHash, Problem> {
        self.may()?;
        let by_founder = match &statement {
            Statement::Certified(it) => it.under.is_none(),
            Statement::Ended(it) => it.under.is_none(),
            Statement::Decided(it) => it.under.is_none(),
            Statement::Asked(_) => false,
        };
        let owner_seed = self.0.team.keys().pass.as_ref().and_then(|pass| pass.owner_seed);
        match owner_seed.filter(|_| by_founder && self.founder_is_owner_key()) {
            Some(seed) => self.say_as(&Pen::new(&seed), statement).await,
            None => self.say_as(&self.0.team.writer().pen, statement).await,
        }
    }

    async fn say_as(&self, signer: &Pen, statement: Statement) -> Result<StatementHash, Problem> {
        let inside = &self.0.inside;
        let signed = SignedStatement::sign(signer, inside.id(), statement);
        let hash = signed.hash();
        let (pen, nonce) = (inside.writer().clone(), inside.ports().random());
        let build = Box::new(move |head| Ok(vec![pen.entry(head, DocName::Approvals, signed.bytes, nonce)]));
        let chain = inside.writer().chain(DocName::Approvals);
        let touch = Touch { changed: inside.now(), title: None };
        for entry in inside.ports().store.append(inside.id(), chain, touch, build).await? {
            inside.take_in(&entry);
            inside.tell_entry(entry);
        }
        Ok(hash)
    }
}
