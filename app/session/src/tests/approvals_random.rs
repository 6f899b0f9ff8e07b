//! Everything that somebody does at random, against what should be held back, said in plain figures.

use model::{Right, StatementHash};
use terms::{book::Place, process::Process, rule::Gate};

use super::{
    approvals::{ADMINS, DIRECTOR, REP, Team},
    book::{move_deals, step},
    gates::{asks, over, sell_at, try_draft, try_export, try_publish, try_seal, try_share},
    price_waits::{buyer, meets, off, publish},
};
use crate::{Book, Problem, Room, Terms};

/// What a rep may sell at, by what they have heard of: said once more in plain figures, apart from the program.
#[derive(Default)]
struct Expected {
    limit: i64,
    /// The limits of the rule and the discounts of approvals that the rep has.
    approved: Vec<(i64, i64)>,
    /// The same of those that they have yet to hear of.
    coming: Vec<(i64, i64)>,
    asked: Vec<(StatementHash, i64, i64)>,
}

impl Expected {
    fn allows(&self, off: i64) -> bool {
        off <= self.limit || self.approved.iter().any(|(limit, at)| off <= *at && self.limit >= *limit)
    }
}

/// How far a deal is: its step counted from 0, after the last where it is won; none where it is lost.
fn reached(book: &Book, process: &Process, deal: &str) -> Option<usize> {
    match book.deals()[deal].place()? {
        Place::Step(step) => process.steps.iter().position(|it| it.id == *step),
        Place::Won => Some(process.steps.len()),
        _ => None,
    }
}

/// Whether coming from one to the other is an advance. What was won and is opened again has all steps before it.
fn is_advance(before: Option<usize>, after: Option<usize>, process: &Process) -> bool {
    let before = before.filter(|before| *before < process.steps.len() || after == Some(*before));
    after.is_some_and(|after| after > 0) && after > before
}

#[test]
fn ru_whatever_is_done_no_act_is_reached_while_an_approval_is_missing() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let (mut done, mut refused, mut arrived) = (0, 0, 0);
    for _ in 0..2 {
        let team = Team::begin();
        team.certify(DIRECTOR, &["director"]);
        let rule = team.books[ADMINS].write_rule(&over("5", asks("director", None))).unwrap();
        team.meet();
        let mut expected = Expected { limit: 5, ..Expected::default() };
        let (book, ids) = (team.books[REP].clone(), [team.deal.clone()]);
        sell_at(&team.room, "8");
        meets(&team.world, &team.room);
        // Somebody who bought has the room live, and the price that they saw last.
        let mut bought: Option<(Room, i64)> = None;
        for _ in 0..80 {
            team.world.pass(1_000);
            if let Some((theirs, seen)) = &mut bought
                && off(&theirs.price()) != *seen
            {
                *seen = off(&theirs.price());
                assert!(expected.allows(*seen), "seed {seed}: a buyer sees {seen}");
                arrived += 1;
            }
            let (off, drafted) = (off(&team.room.price()), off(&team.room.team_price()));
            let may = expected.allows(off);
            let before = reached(&book, &team.process, &team.deal);
            // Whether it went through, and whether it should have.
            let (act, expected_to_pass) = match random.u8(0..20) {
                0..=2 => {
                    sell_at(&team.room, &random.i64(0..12).to_string());
                    continue;
                }
                3 => {
                    // About the draft where there is one.
                    if let Some(missing) = team.verdict(Gate::Publish).missing.first() {
                        expected.asked.push((team.request(missing), expected.limit, drafted));
                    }
                    continue;
                }
                16 => {
                    let lines: Vec<String> =
                        team.room.team_price().list.lines.into_iter().map(|line| line.id).collect();
                    let deleted = team.room.delete_lines(&lines).unwrap();
                    team.room.restore_lines(&deleted).unwrap();
                    continue;
                }
                17..=19 if team.room.is_drafting() => {
                    (publish(&team.world, &team.room), expected.allows(drafted))
                }
                17..=19 => continue,
                4 | 5 => {
                    team.meet();
                    expected.approved.append(&mut expected.coming);
                    let waiting = team.waiting(DIRECTOR);
                    if let Some(hash) = random.choice(&waiting) {
                        let is_yes = random.u8(0..3) > 0;
                        team.decide(DIRECTOR, *hash, "director", is_yes).unwrap();
                        let (_, limit, at) = expected.asked.iter().find(|(it, ..)| it == hash).unwrap();
                        expected.coming.extend(is_yes.then_some((*limit, *at)));
                    }
                    continue;
                }
                6 => {
                    let limit = random.i64(3..8);
                    let other = over(&limit.to_string(), asks("director", None));
                    let other = terms::rule::Rule { id: rule.clone(), ..other };
                    team.books[ADMINS].write_rule(&other).unwrap();
                    team.meet();
                    expected.limit = limit;
                    expected.approved.append(&mut expected.coming);
                    continue;
                }
                7 | 8 => {
                    let shared =
                        try_share(&team.world, &team.rooms[REP], team.id, Some(Terms::of(Right::Comment)));
                    if shared.is_ok() && bought.is_none() {
                        let theirs = buyer(&team.world, &team.rooms[REP], team.id);
                        let seen = self::off(&theirs.price());
                        bought = Some((theirs, seen));
                    }
                    (shared, may)
                }
                9 => (try_publish(&team.world, &team.rooms[REP], &team.room), may),
                10 => {
                    let off = random.i64(0..12);
                    let published = try_draft(&team.world, &team.room, &off.to_string());
                    team.room.end_draft().unwrap();
                    (published, expected.allows(off))
                }
                11 => (try_seal(&team.world, &team.room), may),
                12 => (try_export(&team.world, &team.rooms[REP], team.id), may),
                13 | 14 => {
                    let at = random.usize(0..=team.process.steps.len());
                    let place =
                        if at < team.process.steps.len() { step(&team.process, at) } else { Place::Won };
                    let is_advance = is_advance(before, Some(at), &team.process);
                    (move_deals(&team.world, &book, &ids, &place, ("", "")), may || !is_advance)
                }
                _ => {
                    let stepped = if random.bool() { book.undo() } else { book.redo() };
                    let after = reached(&book, &team.process, &team.deal);
                    let is_advance = is_advance(before, after, &team.process);
                    assert!(stepped.is_err() || may || !is_advance, "seed {seed}");
                    assert!(stepped.is_ok() || !may, "seed {seed}: {stepped:?}");
                    continue;
                }
            };
            match act {
                Ok(()) => assert!(expected_to_pass, "seed {seed}: at {off}"),
                Err(Problem::Held(_)) => assert!(!expected_to_pass, "seed {seed}: at {off}"),
                Err(problem) => panic!("seed {seed}: {problem:?}"),
            }
            (done, refused) =
                (done + usize::from(expected_to_pass), refused + usize::from(!expected_to_pass));
        }
    }
    println!("{done} were done, {refused} refused, {arrived} other prices reached a buyer");
    assert!(done > 10 && refused > 2, "seed {seed}: {done} {refused}");
}
