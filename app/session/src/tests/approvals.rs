//! Asking for approval and giving it, on the devices of a rep, a director and who began the team.

use exchange::bundle::{self, Envelope, SEALED_AS};
use model::{Author, DocName, Right, RoomId, StatementHash, Touch};
use sync::{approval::SignedStatement, ledger::SignedEntry};
use terms::{
    approval::{ADMIN, By, Decision, Missing, Requested, Statement, Verdict},
    process::Process,
    rule::{Fault, Gate},
};

use super::{
    book::open,
    gates::{Selling, asks, held, over, sell_at, selling, try_share},
    rights::{share, take},
    world::{Device, World},
};
use crate::{Book, Problem, Roles, Room, Rooms, Terms};

/// Devices of one team: who began it, a rep whose deal it is, a director.
pub(super) struct Team {
    pub(super) world: World,
    devices: [Device; 3],
    pub(super) rooms: [Rooms; 3],
    pub(super) books: [Book; 3],
    team: RoomId,
    pub(super) process: Process,
    pub(super) deal: String,
    pub(super) id: RoomId,
    pub(super) room: Room,
}

pub(super) const ADMINS: usize = 0;
pub(super) const REP: usize = 1;
pub(super) const DIRECTOR: usize = 2;

impl Team {
    pub(super) fn begin() -> Self {
        let world = World::default();
        let devices = [world.device(), world.device(), world.device()];
        let rooms = [devices[0].tab(), devices[1].tab(), devices[2].tab()];
        let Selling { team, book, process, deal, id, .. } = selling(&world, &rooms[ADMINS]);
        let own = || Terms::of(Right::Own);
        for at in [REP, DIRECTOR] {
            take(&world, &rooms[at], &share(&world, &rooms[ADMINS], team, own())).unwrap();
        }
        let room = take(&world, &rooms[REP], &share(&world, &rooms[ADMINS], id, own())).unwrap();
        let books =
            [book, open(&world, &rooms[REP], team).unwrap(), open(&world, &rooms[DIRECTOR], team).unwrap()];
        for (at, name) in [(ADMINS, "Helena"), (REP, "Ines"), (DIRECTOR, "Tomas")] {
            books[at].team().introduce(name).unwrap();
        }
        let team = Self { world, devices, rooms, books, team, process, deal, id, room };
        team.meet();
        team
    }

    /// Everybody hears what the others wrote in the team's room and its workspace.
    pub(super) fn meet(&self) {
        for (from, to) in [(1, &[0][..]), (2, &[0]), (0, &[1, 2])] {
            let sent = share(&self.world, &self.rooms[from], self.team, Terms::of(Right::Own));
            for to in to {
                take(&self.world, &self.rooms[*to], &sent).unwrap();
            }
        }
    }

    fn author(&self, who: usize) -> Author {
        self.books[who].team().author()
    }

    pub(super) fn certify(&self, who: usize, roles: &[&str]) -> StatementHash {
        let roles = Roles {
            author: self.author(who),
            name: "Tomas Lind".into(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            region: "North".into(),
            until: None,
        };
        let book = self.books[ADMINS].clone();
        self.world.run(async move { book.certify(&roles).await.unwrap() })
    }

    fn end(&self, who: usize, certificate: StatementHash) -> Result<(), Problem> {
        let book = self.books[who].clone();
        self.world.run(async move { book.end_certificate(certificate).await })
    }

    /// What sharing comes to by the rules, without giving the room to anybody.
    fn share(&self) -> Result<(), Problem> {
        let verdict = self.verdict(Gate::Share);
        if verdict.passes() { Ok(()) } else { Err(Problem::held(Gate::Share, verdict)) }
    }

    pub(super) fn verdict(&self, gate: Gate) -> Verdict {
        let (rooms, id) = (self.rooms[REP].clone(), self.id);
        self.world.run(async move { rooms.verdict(gate, id).await.unwrap() })
    }

    fn missing(&self) -> Missing {
        held(self.share(), Gate::Share).missing.remove(0)
    }

    pub(super) fn request(&self, missing: &Missing) -> StatementHash {
        let (book, missing) = (self.books[REP].clone(), missing.clone());
        self.world.run(async move { book.request(&missing, "They sign today").await.unwrap() })
    }

    pub(super) fn decide(
        &self,
        who: usize,
        request: StatementHash,
        role: &str,
        is_yes: bool,
    ) -> Result<StatementHash, Problem> {
        let (book, role) = (self.books[who].clone(), role.to_owned());
        self.world.run(async move { book.decide(request, &role, is_yes, "As agreed").await })
    }

    pub(super) fn waiting(&self, who: usize) -> Vec<StatementHash> {
        self.books[who].inbox().into_iter().map(|asked| asked.hash).collect()
    }
}

#[test]
fn ru_a_rep_asks_a_director_approves_and_it_holds_until_the_terms_are_worse() {
    let team = Team::begin();
    let certificate = team.certify(DIRECTOR, &["director"]);
    team.books[ADMINS].write_rule(&over("5", asks("director", None))).unwrap();
    team.meet();
    sell_at(&team.room, "8");
    let missing = team.missing();
    assert_eq!(missing.requested, Requested::Never);
    let asked = &missing.asks[0];
    assert_eq!((asked.by, asked.people[0].author, asked.is_next), (By::Role, team.author(DIRECTOR), true));
    assert_eq!(
        (asked.people[0].name.as_str(), asked.people[0].certificate),
        ("Tomas Lind", Some(certificate))
    );
    let request = team.request(&missing);
    assert_eq!(team.missing().requested, Requested::Open(request));
    team.meet();
    let waiting = team.books[DIRECTOR].inbox();
    assert_eq!(
        (waiting.len(), waiting[0].hash, &waiting[0].mine[..]),
        (1, request, &["director".to_owned()][..])
    );
    assert_eq!(
        (waiting[0].request.by.as_str(), waiting[0].request.note.as_str()),
        ("Ines", "They sign today")
    );
    assert_ne!(waiting[0].request.terms, [0; 32]);
    assert!(team.waiting(ADMINS).is_empty() && team.waiting(REP).is_empty());
    assert_eq!(team.books[REP].own_requests().len(), 1);
    for who in [ADMINS, REP] {
        assert_eq!(team.decide(who, request, "director", true), Err(Problem::Rule(Fault::NotTheirs)));
    }
    team.decide(DIRECTOR, request, "director", true).unwrap();
    held(team.share(), Gate::Share);
    team.meet();
    assert!(team.waiting(DIRECTOR).is_empty());
    assert_eq!(team.books[REP].own_requests()[0].missing, None);
    for (off, passes) in [("8", true), ("6", true), ("9", false), ("8", true), ("100", false), ("3", true)] {
        sell_at(&team.room, off);
        assert_eq!(team.share().is_ok(), passes, "{off}");
    }
    sell_at(&team.room, "9");
    assert_eq!(team.missing().requested, Requested::Lapsed(request));
    // A rule that asks for more, and one that asks for less.
    sell_at(&team.room, "8");
    let rule = team.books[ADMINS].rules()[0].rule.clone();
    let stricter =
        terms::rule::Rule { condition: over("2", asks("director", None)).condition, ..rule.clone() };
    team.books[ADMINS].write_rule(&stricter).unwrap();
    team.meet();
    held(team.share(), Gate::Share);
    assert_eq!(team.books[REP].rules()[0].versions.len(), 2);
    assert_eq!(team.books[REP].write_rule(&rule), Err(Problem::NoRight), "admins alone write rules");
    team.books[ADMINS].undo().unwrap();
    team.meet();
    team.share().unwrap();
    let log = team.books[REP].decision_log();
    assert_eq!((log.len(), log.iter().all(|it| it.counts)), (3, true), "undo takes none of it back");
    assert_eq!(team.books[REP].name_of(&team.author(DIRECTOR)), "Tomas Lind");
}

#[test]
fn ru_a_no_has_a_reason_and_is_told() {
    let team = Team::begin();
    team.certify(DIRECTOR, &["director"]);
    team.books[ADMINS].write_rule(&over("5", asks("director", None))).unwrap();
    team.meet();
    sell_at(&team.room, "8");
    let request = team.request(&team.missing());
    team.meet();
    let book = team.books[DIRECTOR].clone();
    let silent = team.world.run(async move { book.decide(request, "director", false, " ").await });
    assert_eq!(silent, Err(Problem::Rule(Fault::Unnamed)));
    let no = team.decide(DIRECTOR, request, "director", false).unwrap();
    team.meet();
    assert_eq!(team.missing().requested, Requested::Refused(request, no));
    let yes = team.decide(DIRECTOR, request, "director", true);
    assert_eq!(yes, Err(Problem::Rule(Fault::NotTheirs)), "it is asked anew instead");
    sell_at(&team.room, "7");
    let again = team.request(&team.missing());
    team.meet();
    assert_eq!(team.waiting(DIRECTOR), [again]);
    team.decide(DIRECTOR, again, "director", true).unwrap();
    team.meet();
    team.share().unwrap();
}

#[test]
fn ru_an_approver_who_left_holds_nothing_up() {
    let team = Team::begin();
    let certificate = team.certify(DIRECTOR, &["director"]);
    team.books[ADMINS].write_rule(&over("5", asks("director", Some("manager")))).unwrap();
    team.meet();
    sell_at(&team.room, "8");
    let request = team.request(&team.missing());
    team.meet();
    assert_eq!(team.waiting(DIRECTOR), [request]);
    assert_eq!(team.end(DIRECTOR, certificate), Err(Problem::NoRight));
    team.end(ADMINS, certificate).unwrap();
    // The director has not heard of it, and decides.
    team.decide(DIRECTOR, request, "director", true).unwrap();
    team.meet();
    held(team.share(), Gate::Share);
    assert_eq!(
        (team.waiting(DIRECTOR), team.waiting(ADMINS)),
        (Vec::new(), vec![request]),
        "nobody else is left"
    );
    let stand_in = team.certify(REP, &["manager"]);
    team.meet();
    assert_eq!((team.waiting(ADMINS), team.waiting(REP)), (Vec::new(), vec![request]));
    team.end(ADMINS, stand_in).unwrap();
    team.certify(DIRECTOR, &["director"]);
    team.meet();
    assert_eq!((team.waiting(REP), team.waiting(DIRECTOR)), (Vec::new(), vec![request]));
    team.decide(DIRECTOR, request, "director", true).unwrap();
    team.meet();
    team.share().unwrap();
}

/// Puts a statement into the workspace of somebody's device by hand, as an entry of that device.
fn put_by_hand(team: &Team, who: usize, bytes: Vec<u8>) {
    let inside = team.books[who].team().workspace().unwrap();
    team.world.run(async move {
        let (pen, nonce) = (inside.writer().clone(), inside.ports().random());
        let build = Box::new(move |head| Ok(vec![pen.entry(head, DocName::Approvals, bytes, nonce)]));
        let chain = inside.writer().chain(DocName::Approvals);
        for entry in inside.ports().store.append(inside.id(), chain, Touch::default(), build).await.unwrap() {
            inside.take_in(&entry);
        }
    });
}

#[test]
fn ru_an_approval_that_is_written_by_hand_does_not_count() {
    let team = Team::begin();
    let certificate = team.certify(DIRECTOR, &["director"]);
    team.books[ADMINS].write_rule(&over("5", asks("director", None))).unwrap();
    team.meet();
    sell_at(&team.room, "8");
    let request = team.request(&team.missing());
    let decision = |under, role: &str| {
        Statement::Decided(Decision {
            request,
            role: role.into(),
            under,
            is_yes: true,
            reason: String::new(),
            follows: Vec::new(),
            at: 2_000_000,
        })
    };
    let inside = team.books[REP].team().workspace().unwrap().id();
    let pen = &team.books[REP].team().writer().pen;
    // Word for word what the director would sign, but for the signature.
    let mut forged = SignedStatement::sign(pen, inside, decision(Some(certificate), "director")).bytes;
    forged[2..34].copy_from_slice(&team.author(DIRECTOR).0);
    put_by_hand(&team, REP, forged);
    assert_eq!(team.books[REP].decision_log().len(), 2, "nobody takes it in");
    // Signed with their own key: under the director's certificate, under none, under one of their own making.
    put_by_hand(
        &team,
        REP,
        SignedStatement::sign(pen, inside, decision(Some(certificate), "director")).bytes,
    );
    put_by_hand(&team, REP, SignedStatement::sign(pen, inside, decision(None, "director")).bytes);
    let Statement::Certified(own) = team.books[REP].decision_log()[0].said.statement.clone() else {
        panic!("the certificate is first")
    };
    let own = terms::approval::RoleCertificate { author: team.author(REP), ..own };
    let own = SignedStatement::sign(pen, inside, Statement::Certified(own));
    put_by_hand(&team, REP, own.bytes.clone());
    put_by_hand(&team, REP, SignedStatement::sign(pen, inside, decision(Some(own.hash()), "director")).bytes);
    team.meet();
    for book in &team.books {
        let counted: Vec<bool> = book.decision_log().iter().map(|it| it.counts).collect();
        assert_eq!(
            counted.iter().filter(|counts| **counts).count(),
            2,
            "the certificate and the request: {counted:?}"
        );
    }
    held(team.share(), Gate::Share);
    // Nor can somebody begin the team after the fact, or certify without being an admin.
    assert_eq!(team.end(REP, certificate), Err(Problem::NoRight));
    let book = team.books[REP].clone();
    let roles = Roles {
        author: team.author(REP),
        name: "Ines".into(),
        roles: vec!["director".into()],
        region: String::new(),
        until: None,
    };
    assert_eq!(team.world.run(async move { book.certify(&roles).await.map(drop) }), Err(Problem::NoRight));
    assert!(!team.books[REP].is_admin() && team.books[ADMINS].is_admin());
}

#[test]
fn ru_another_admin_goes_on_where_the_first_is_away() {
    let team = Team::begin();
    team.certify(DIRECTOR, &[ADMIN, "finance"]);
    team.meet();
    assert!(team.books[DIRECTOR].is_admin());
    let colleagues = team.books[DIRECTOR].colleagues();
    let mut names: Vec<&str> = colleagues.iter().map(|(_, name)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Helena", "Ines", "Tomas"]);
    let (book, author) = (team.books[DIRECTOR].clone(), team.author(REP));
    let roles = Roles {
        author,
        name: "Ines".into(),
        roles: vec!["director".into()],
        region: String::new(),
        until: None,
    };
    team.world.run(async move { book.certify(&roles).await.unwrap() });
    team.books[DIRECTOR].write_rule(&over("5", asks("director", None))).unwrap();
    team.meet();
    let people = team.books[ADMINS].people();
    let mut told: Vec<(&str, &str)> =
        people.iter().map(|it| (it.name.as_str(), it.roles[0].as_str())).collect();
    told.sort_unstable();
    assert_eq!(told, [("Helena", ADMIN), ("Ines", "director"), ("Tomas Lind", ADMIN)]);
}

#[test]
fn ru_a_team_from_before_is_governed_by_whoever_owns_it() {
    let world = World::default();
    let rooms = world.device().tab();
    let beginning = rooms.clone();
    let book = world.run(async move {
        let id = RoomId(beginning.ports.random());
        beginning.begin(id, "Northwind", &crate::rooms::blank(), false, true).await.unwrap();
        let room = beginning.open(id).await.unwrap();
        room.change_offer(|offer| offer.make_teams()).unwrap();
        room.flush().await.unwrap();
        beginning.set_standing(id, model::Standing::Team).await.unwrap();
        beginning.book(id).await.unwrap()
    });
    assert!(book.is_admin());
    book.write_rule(&over("-1", asks("director", None))).unwrap();
    let (id, _) = super::rights::begin(&world, &rooms);
    let missing =
        held(try_share(&world, &rooms, id, Some(Terms::of(Right::View))), Gate::Share).missing.remove(0);
    world.run(async move {
        let request = book.request(&missing, "").await.unwrap();
        assert_eq!(book.inbox().len(), 1);
        book.decide(request, "director", true, "").await.unwrap();
    });
    try_share(&world, &rooms, id, Some(Terms::of(Right::View))).unwrap();
}

/// What leaves, as its holder's program opens it.
fn opened(team: &Team, share: &crate::Share) -> bundle::Bundle {
    let Envelope { key, nonce, sealed, .. } = Envelope::from_file(&share.file).unwrap();
    let cipher = team.devices[REP].ports().cipher;
    let packed = team.world.run(async move { cipher.open(&key, &nonce, SEALED_AS, sealed).await.unwrap() });
    bundle::unpack(&packed).unwrap()
}

#[test]
fn ru_no_word_of_rules_and_approvals_is_in_what_leaves_a_room() {
    const WORD: &str = "Zwetschgenwasser";
    let team = Team::begin();
    team.certify(DIRECTOR, &[WORD]);
    let mut rule = over("5", asks(WORD, None));
    rule.name = WORD.into();
    team.books[ADMINS].write_rule(&rule).unwrap();
    team.meet();
    sell_at(&team.room, "8");
    let missing = team.missing();
    let book = team.books[REP].clone();
    let request = team.world.run(async move { book.request(&missing, WORD).await.unwrap() });
    team.meet();
    let book = team.books[DIRECTOR].clone();
    team.world.run(async move { book.decide(request, WORD, true, WORD).await.unwrap() });
    team.meet();
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        for id in [team.id, team.team] {
            let bundle = opened(&team, &share(&team.world, &team.rooms[REP], id, Terms::of(right)));
            assert!(bundle.workspace.is_empty());
            for packed in &bundle.entries {
                let entry = SignedEntry::read(id, packed.epoch, &packed.bytes).unwrap().entry;
                assert!(!matches!(entry.doc, DocName::Book(_) | DocName::Approvals));
                let has = entry.update.windows(WORD.len()).any(|bytes| bytes == WORD.as_bytes());
                assert!(!has, "{:?}", entry.doc);
            }
        }
    }
    // A colleague gets all of it, and it is there again.
    let bundle = opened(&team, &share(&team.world, &team.rooms[REP], team.team, Terms::of(Right::Own)));
    let inside = team.books[REP].team().workspace().unwrap().id();
    let statements = bundle.workspace.iter().filter(|packed| {
        SignedEntry::read(inside, packed.epoch, &packed.bytes).unwrap().entry.doc == DocName::Approvals
    });
    assert_eq!(statements.count(), 3);
    team.world.pass(1_000);
    let again = open(&team.world, &team.devices[REP].tab(), team.team).unwrap();
    assert_eq!(again.decision_log(), team.books[REP].decision_log());
    assert_eq!(*again.rules(), *team.books[REP].rules());
}
