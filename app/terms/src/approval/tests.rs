use model::Author;
use stdx::{Reader, Writer};

use super::*;
use crate::rule::{
    Approvers, Ask, Condition, Effect, Fact, Facts, Gate, Known, Outcome, Rule,
    tests::{asks, more, number, rule, words},
};

const FOUNDER: Author = Author([1; 32]);
const DIRECTOR: Author = Author([2; 32]);
const OTHER: Author = Author([3; 32]);
const REP: Author = Author([4; 32]);

/// Statements as somebody makes them, named by a count.
struct Play {
    approvals: Approvals,
    count: u8,
    /// Each as it was said, for playing them again in another order.
    all: Vec<(StatementHash, Author, Statement)>,
}

impl Play {
    fn begin() -> Self {
        Self { approvals: Approvals::new(Some(FOUNDER)), count: 0, all: Vec::new() }
    }

    fn say(&mut self, author: Author, statement: Statement) -> StatementHash {
        self.count += 1;
        let hash = StatementHash([self.count; 32]);
        assert!(self.approvals.take(hash, author, statement.clone()));
        assert!(!self.approvals.take(hash, author, statement.clone()));
        self.all.push((hash, author, statement));
        hash
    }

    fn certify_by(
        &mut self,
        signer: Author,
        under: Option<StatementHash>,
        author: Author,
        roles: &[&str],
    ) -> StatementHash {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        let (name, region) = ("Priya".into(), String::new());
        let certificate =
            RoleCertificate { author, name, roles, region, from: 5, until: Some(100), under, at: 5 };
        self.say(signer, Statement::Certified(certificate))
    }

    fn certify(&mut self, author: Author, roles: &[&str]) -> StatementHash {
        self.certify_by(FOUNDER, None, author, roles)
    }

    fn end(
        &mut self,
        signer: Author,
        under: Option<StatementHash>,
        certificate: StatementHash,
    ) -> StatementHash {
        let counted = self.approvals.signed_under(&certificate);
        self.say(signer, Statement::Ended(End { certificate, counted, under, at: 50 }))
    }

    fn ask(&mut self, rule: &Rule, facts: &Facts) -> StatementHash {
        let (rule, facts) = (rule.clone(), facts.clone());
        let (note, by) = (String::new(), String::new());
        self.say(
            REP,
            Statement::Asked(Request { scope: scope(), rule, facts, terms: [0; 32], note, by, at: 10 }),
        )
    }

    fn decide(
        &mut self,
        author: Author,
        under: Option<StatementHash>,
        request: StatementHash,
        role: &str,
        is_yes: bool,
    ) -> StatementHash {
        let decisions = self.approvals.decisions(&request);
        let follows = decisions.into_iter().filter(|(_, it)| it.is_yes).map(|(hash, _)| hash).collect();
        let (role, reason) = (role.to_owned(), String::new());
        self.say(
            author,
            Statement::Decided(Decision { request, role, under, is_yes, reason, follows, at: 20 }),
        )
    }

    fn judge(&self, rule: &Rule, facts: &Facts) -> Verdict {
        judge(&[rule], Gate::Share, facts, &scope(), &self.approvals, 30)
    }

    fn passes(&self, rule: &Rule, facts: &Facts) -> bool {
        self.judge(rule, facts).passes()
    }

    fn requested(&self, rule: &Rule, facts: &Facts) -> Requested {
        self.judge(rule, facts).missing[0].requested
    }
}

fn scope() -> Scope {
    Scope::Deal("d".into())
}

fn off(discount: &str) -> Facts {
    [(Fact::Discount, number(discount))].into_iter().collect()
}

fn over_five() -> Rule {
    rule(more(Fact::Discount, "5"), asks(&["director"]))
}

#[test]
fn ru_an_approval_lapses_when_worse_and_stays_when_better() {
    let (mut play, rule) = (Play::begin(), over_five());
    let certificate = play.certify(DIRECTOR, &["director"]);
    assert!(play.passes(&rule, &off("5")));
    assert_eq!(play.requested(&rule, &off("8")), Requested::Never);
    let request = play.ask(&rule, &off("8"));
    assert_eq!(play.requested(&rule, &off("8")), Requested::Open(request));
    play.decide(DIRECTOR, Some(certificate), request, "director", true);
    for (now, passes) in [("8", true), ("7", true), ("2", true), ("8.1", false), ("20", false), ("8", true)] {
        assert_eq!(play.passes(&rule, &off(now)), passes, "{now}");
    }
    assert_eq!(play.requested(&rule, &off("9")), Requested::Lapsed(request));
    assert!(!play.passes(&rule, &Facts::default()), "what is not known is not approved");
    let elsewhere = Scope::Deal("other".into());
    assert!(!judge(&[&rule], Gate::Share, &off("8"), &elsewhere, &play.approvals, 30).passes());
    let mut other = over_five();
    other.id = "other".into();
    assert!(!play.passes(&other, &off("8")));
}

#[test]
fn ru_a_rule_that_asks_for_more_lets_approvals_lapse() {
    let (mut play, rule) = (Play::begin(), over_five());
    let certificate = play.certify(DIRECTOR, &["director"]);
    let request = play.ask(&rule, &off("8"));
    play.decide(DIRECTOR, Some(certificate), request, "director", true);
    let with = |condition: Condition| Rule { condition, ..rule.clone() };
    assert!(play.passes(&with(more(Fact::Discount, "7")), &off("8")));
    assert!(!play.passes(&with(more(Fact::Discount, "3")), &off("8")));
    assert!(!play.passes(&Rule { effect: asks(&["director", "legal"]), ..rule.clone() }, &off("8")));
    assert!(play.passes(&Rule { name: "Renamed".into(), ..rule.clone() }, &off("8")));
    assert!(play.passes(&Rule { is_off: true, ..rule.clone() }, &off("90")));
    // Whoever asks cannot ask about a rule of their own making.
    let mut play = Play::begin();
    let own = play.certify(REP, &["rep"]);
    let ask = Ask { role: "director".into(), stand_in: Some("rep".into()) };
    let easy =
        Rule { effect: Effect::Approve(Approvers { asks: vec![ask], in_order: false }), ..rule.clone() };
    let request = play.ask(&easy, &off("8"));
    play.decide(REP, Some(own), request, "director", true);
    assert!(!play.passes(&rule, &off("8")));
    assert!(play.passes(&easy, &off("8")));
}

#[test]
fn ru_only_whoever_holds_the_role_decides() {
    let (mut play, rule) = (Play::begin(), over_five());
    let certificate = play.certify(DIRECTOR, &["director"]);
    let rep = play.certify(REP, &["rep"]);
    let request = play.ask(&rule, &off("8"));
    // In whose name it is said makes no difference: another's certificate is for another's key.
    let forged = play.certify_by(REP, None, REP, &["director"]);
    let under_rep = play.certify_by(REP, Some(rep), REP, &["director"]);
    for (author, under) in [
        (REP, Some(certificate)),
        (REP, Some(rep)),
        (REP, Some(forged)),
        (REP, Some(under_rep)),
        (REP, None),
        (DIRECTOR, Some(StatementHash([99; 32]))),
        (DIRECTOR, Some(request)),
    ] {
        let said = play.decide(author, under, request, "director", true);
        assert!(!play.passes(&rule, &off("8")));
        assert!(
            play.approvals.log().iter().any(|it| it.hash == said && !it.counts),
            "it is told all the same"
        );
    }
    let late = Decision {
        request,
        role: "director".into(),
        under: Some(certificate),
        is_yes: true,
        reason: String::new(),
        follows: Vec::new(),
        at: 100,
    };
    play.say(DIRECTOR, Statement::Decided(late));
    assert!(!play.passes(&rule, &off("8")), "the certificate has ended by then");
    play.decide(DIRECTOR, Some(certificate), request, "director", true);
    assert!(play.passes(&rule, &off("8")));
}

#[test]
fn ru_no_is_the_last_word_on_a_request_and_it_can_be_asked_anew() {
    let (mut play, rule) = (Play::begin(), over_five());
    let certificate = play.certify(DIRECTOR, &["director"]);
    let request = play.ask(&rule, &off("8"));
    let no = play.decide(DIRECTOR, Some(certificate), request, "director", false);
    assert_eq!(play.requested(&rule, &off("8")), Requested::Refused(request, no));
    play.decide(DIRECTOR, Some(certificate), request, "director", true);
    assert!(!play.passes(&rule, &off("8")));
    let again = play.ask(&rule, &off("6"));
    play.decide(DIRECTOR, Some(certificate), again, "director", true);
    assert!(play.passes(&rule, &off("6")) && !play.passes(&rule, &off("8")));
}

#[test]
fn ru_roles_are_asked_side_by_side_or_one_after_the_other() {
    let mut play = Play::begin();
    let finance = play.certify(DIRECTOR, &["finance"]);
    let legal = play.certify(OTHER, &["legal"]);
    let side = rule(more(Fact::Discount, "5"), asks(&["finance", "legal"]));
    let Effect::Approve(approvers) = side.effect.clone() else { panic!("it asks") };
    let in_order =
        Rule { effect: Effect::Approve(Approvers { in_order: true, ..approvers }), ..side.clone() };
    let next = |play: &Play, rule: &Rule| -> Vec<bool> {
        play.judge(rule, &off("8")).missing[0].asks.iter().map(|it| it.is_next).collect()
    };
    let request = play.ask(&side, &off("8"));
    assert_eq!((next(&play, &side), next(&play, &in_order)), (vec![true, true], vec![true, false]));
    play.decide(OTHER, Some(legal), request, "legal", true);
    assert_eq!(next(&play, &side), [true, false]);
    assert_eq!(next(&play, &in_order), [true, false]);
    play.decide(DIRECTOR, Some(finance), request, "finance", true);
    assert!(play.passes(&side, &off("8")));
    assert_eq!(next(&play, &in_order), [false, true], "legal had not seen what finance said");
    play.decide(OTHER, Some(legal), request, "legal", true);
    assert!(play.passes(&in_order, &off("8")));
}

#[test]
fn ru_what_was_decided_before_a_certificate_ended_stays_and_nothing_after() {
    let (mut play, rule) = (Play::begin(), over_five());
    let certificate = play.certify(DIRECTOR, &["director"]);
    let request = play.ask(&rule, &off("8"));
    play.decide(DIRECTOR, Some(certificate), request, "director", true);
    let refused = play.end(DIRECTOR, Some(certificate), certificate);
    assert!(play.approvals.log().iter().any(|it| it.hash == refused && !it.counts));
    play.end(FOUNDER, None, certificate);
    assert!(play.passes(&rule, &off("8")));
    // By the time that it tells itself it would be from before.
    let later = play.ask(&rule, &off("9"));
    play.decide(DIRECTOR, Some(certificate), later, "director", true);
    assert!(!play.passes(&rule, &off("9")));
    let asked = &play.judge(&rule, &off("9")).missing[0].asks[0];
    assert_eq!((asked.by, asked.people[0].author), (By::Admin, FOUNDER), "nobody else is left");
    play.decide(FOUNDER, None, later, "director", true);
    assert!(play.passes(&rule, &off("9")));
}

#[test]
fn ru_admins_let_others_certify_and_only_those_above_end_it() {
    let (mut play, rule) = (Play::begin(), over_five());
    let admin = play.certify(OTHER, &[ADMIN]);
    let certificate = play.certify_by(OTHER, Some(admin), DIRECTOR, &["director", ADMIN]);
    let below = play.certify_by(DIRECTOR, Some(certificate), REP, &["director"]);
    let request = play.ask(&rule, &off("8"));
    play.end(DIRECTOR, Some(certificate), admin);
    play.decide(REP, Some(below), request, "director", true);
    assert!(play.passes(&rule, &off("8")), "nobody ends who is above them");
    play.end(FOUNDER, None, admin);
    assert!(play.passes(&rule, &off("8")), "what the admin had certified by then goes on");
    let after = play.certify_by(OTHER, Some(admin), REP, &["director"]);
    let again = play.ask(&rule, &off("9"));
    play.decide(REP, Some(after), again, "director", true);
    assert!(!play.passes(&rule, &off("9")));
    // So long a row is nobody's word.
    let mut play = Play::begin();
    let mut last = play.certify(OTHER, &[ADMIN]);
    for _ in 0..=CHAIN_MAX {
        last = play.certify_by(OTHER, Some(last), OTHER, &[ADMIN]);
    }
    assert_eq!(play.approvals.standing(&OTHER, &["director"], 30).map(|it| it.is_some()), Some(true));
    let certificate = play.certify_by(OTHER, Some(last), DIRECTOR, &["director"]);
    assert!(play.approvals.people(30).iter().all(|it| it.certificate != Some(certificate)));
}

#[test]
fn ru_what_cannot_be_checked_warns_asks_and_blocks_and_suggests_nothing() {
    let condition = || more(Fact::Amount, "100000");
    let with = |effect| rule(condition(), effect);
    let all = [
        with(Effect::Suggest("a".into())),
        with(Effect::Warn("b".into())),
        with(Effect::Block("c".into())),
        with(asks(&["finance"])),
    ];
    let all: Vec<&Rule> = all.iter().collect();
    let of = |facts: &Facts, gate| judge(&all, gate, facts, &scope(), &Approvals::new(Some(FOUNDER)), 30);
    let unknown = of(&Facts::default(), Gate::Share);
    assert_eq!((unknown.suggestions.len(), unknown.warnings.len()), (0, 1));
    assert_eq!((unknown.blocks.len(), unknown.missing.len()), (1, 1));
    assert_eq!(unknown.blocks[0].reasons[0].value, None);
    let facts = [(Fact::Amount, number("100000.01"))].into_iter().collect();
    let over = of(&facts, Gate::Share);
    assert_eq!((over.suggestions.len(), over.blocks[0].words.as_str()), (1, "c"));
    assert!(of(&facts, Gate::Export).is_empty(), "they do not hold there");
    assert!(of(&[(Fact::Amount, number("100000"))].into_iter().collect(), Gate::Share).is_empty());
    assert_eq!(condition().outcome(&facts), Outcome::Holds);
}

#[test]
fn ru_there_is_always_somebody_to_ask() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    for _ in 0..200 {
        let mut play = Play::begin();
        let mut certificates: Vec<(StatementHash, Author)> = Vec::new();
        let ask = Ask { role: "director".into(), stand_in: Some("manager".into()) };
        let effect = Effect::Approve(Approvers { asks: vec![ask], in_order: true });
        let rule = rule(more(Fact::Discount, "5"), effect);
        let request = play.ask(&rule, &off("8"));
        for _ in 0..random.usize(0..20) {
            let author = [DIRECTOR, OTHER, REP][random.usize(0..3)];
            let by = certificates.get(random.usize(0..2 * certificates.len().max(1))).copied();
            let (under, signer) = by.map_or((None, FOUNDER), |(hash, author)| (Some(hash), author));
            if random.bool() || certificates.is_empty() {
                let role = [ADMIN, "director", "manager", "rep"][random.usize(0..4)];
                let hash = play.certify_by(signer, under, author, &[role]);
                certificates.push((hash, author));
            } else {
                let (certificate, _) = certificates[random.usize(0..certificates.len())];
                play.end(signer, under, certificate);
            }
            let verdict = play.judge(&rule, &off("8"));
            let asked = &verdict.missing[0].asks[0];
            assert!(asked.is_next && !asked.people.is_empty(), "seed {seed}");
            // Whoever is named can decide, so that nothing is ever stuck.
            let before = play.approvals.clone();
            let holder = asked.people[random.usize(0..asked.people.len())].clone();
            play.decide(holder.author, holder.certificate, request, "director", true);
            assert!(play.passes(&rule, &off("8")), "seed {seed}");
            (play.approvals, play.count) = (before, play.count - 1);
            play.all.pop();
        }
        let expected = play.judge(&rule, &off("8"));
        random.shuffle(&mut play.all);
        let mut again = Approvals::new(Some(FOUNDER));
        for (hash, author, statement) in play.all.iter().chain(&play.all) {
            again.take(*hash, *author, statement.clone());
        }
        assert_eq!(judge(&[&rule], Gate::Share, &off("8"), &scope(), &again, 30), expected, "seed {seed}");
    }
}

#[test]
fn ru_statements_come_back_from_their_bytes() {
    let facts: Facts = [
        (Fact::Discount, number("8.5")),
        (Fact::Region, words("North,West")),
        (Fact::OffList, Known::Truth(true)),
    ]
    .into_iter()
    .collect();
    let hash = |byte| StatementHash([byte; 32]);
    let mut play = Play::begin();
    play.certify_by(OTHER, Some(hash(9)), REP, &["rep", "director"]);
    play.certify(REP, &["rep"]);
    play.say(
        FOUNDER,
        Statement::Ended(End { certificate: hash(1), counted: vec![hash(2)], under: None, at: 7 }),
    );
    play.ask(&over_five(), &facts);
    play.decide(REP, None, hash(4), "director", false);
    for (_, _, statement) in play.all {
        let mut out = Writer::new();
        statement.write(&mut out);
        let bytes = out.finish();
        let from = &mut Reader::new(&bytes);
        assert_eq!(Statement::read(statement.kind(), from), Ok(statement.clone()));
        assert!(from.is_empty());
        for cut in 0..bytes.len() {
            assert!(Statement::read(statement.kind(), &mut Reader::new(&bytes[..cut])).is_err());
        }
    }
}
