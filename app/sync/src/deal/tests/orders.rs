//! The same acts and statements, in whatever order and however often, say the same.

use model::{DocName, EntryHash};

use super::*;
use crate::{
    judge::{Judge, Refusal, Verdict},
    ledger::{Entry, SignedEntry},
    roll::{Cut, Opening, Said},
};

/// An entry by which `by` carries something.
fn carries(by: u8, epoch: u64, doc: DocName, number: u64, update: &[u8]) -> SignedEntry {
    let entry = Entry {
        author: author(by),
        first: number,
        last: number,
        prev: EntryHash([0; 32]),
        sessions: vec![],
        doc,
        update: update.to_vec(),
    };
    pen(by).sign(ROOM, epoch, entry)
}

fn judge() -> Judge {
    Judge::new(ROOM, Pen::new(&OWNER).author())
}

fn verdict_on(rights: &[(u8, Right)], entry: &SignedEntry) -> Verdict {
    let mut judge = judge();
    for (who, right) in rights {
        judge.take(0, &carries(*who, 0, DocName::Roll, 1, &joined(*who, *right).bytes), None);
    }
    judge.take(0, entry, None).verdict
}

#[test]
fn each_act_needs_its_right_and_is_carried_by_its_author() {
    let sealed = signs(INES, Act::Sealed(seal(1, false, 100)));
    for signed in [
        sealed.clone(),
        withdraws(INES, sealed.hash()),
        accepts(INES, sealed.hash(), 0, &[]),
        declines(INES, sealed.hash(), 0),
        countersigns(INES, sealed.hash(), &[], 700),
        signs(INES, Act::Received(Receipt { of: sealed.hash(), at: 700 })),
    ] {
        let entry = carries(INES, 0, DocName::Deal, 1, &signed.bytes);
        let answers = matches!(signed.act, Act::Accepted(_) | Act::Declined(_));
        for right in Right::ALL {
            let may = right == Right::Own || (answers && right >= Right::Comment);
            let expected = if may { Verdict::Counts } else { Verdict::Refused(Refusal::NoRight) };
            assert_eq!(verdict_on(&[(INES, right)], &entry), expected, "{right:?}: {:?}", signed.act);
        }
        assert_eq!(verdict_on(&[], &entry), Verdict::Waits, "nobody has let its author in");
        // Carried by somebody else, it could be brought in after its epoch had ended.
        let passed_on = carries(ROBIN, 0, DocName::Deal, 1, &signed.bytes);
        let refused = Verdict::Refused(Refusal::Statement(EntryError::Forged));
        assert_eq!(verdict_on(&[(INES, Right::Own), (ROBIN, Right::Own)], &passed_on), refused);
        // Nor does it count on another document, where it would be no act.
        let elsewhere = carries(INES, 0, DocName::Content, 1, &signed.bytes);
        assert_ne!(verdict_on(&[(INES, Right::Own)], &elsewhere), Verdict::Counts);
    }
}

#[test]
fn a_joined_entry_is_no_act() {
    let sealed = signs(INES, Act::Sealed(seal(1, false, 100)));
    let mut entry = carries(INES, 0, DocName::Deal, 1, &sealed.bytes).entry;
    entry.last = 3;
    let squashed = pen(INES).sign(ROOM, 0, entry);
    assert_ne!(verdict_on(&[(INES, Right::Own)], &squashed), Verdict::Counts);
}

/// Opens the epoch after the first one for the holders of these links.
fn opened(cuts: Vec<Cut>, links: &[u8]) -> Said {
    let links: Vec<_> = links.iter().map(|link| LinkSecret([*link; 32])).collect();
    let opening = Opening::new(&OWNER, 1, [0; 32], cuts, (&[1; 32], &[2; 32]), (&links, &[]), [3; 24]);
    Said::opened(&Pen::new(&OWNER), ROOM, opening)
}

#[test]
fn the_acceptance_of_a_revoked_link_counts_where_it_came_in_time() {
    let sealed = signs(INES, Act::Sealed(seal(1, false, 100)));
    let accepted = carries(DANA, 0, DocName::Deal, 1, &accepts(DANA, sealed.hash(), 0, &[]).bytes);
    let cut = Cut {
        chain: model::Chain { author: author(DANA), doc: DocName::Deal },
        last: 1,
        hash: accepted.hash(),
    };
    for (cuts, expected) in [(vec![cut], Verdict::Counts), (vec![], Verdict::Refused(Refusal::PastCut))] {
        let mut judge = judge();
        judge.take(0, &carries(DANA, 0, DocName::Roll, 1, &joined(DANA, Right::Comment).bytes), None);
        judge.take(0, &accepted, None);
        judge.take(0, &carries(INES, 0, DocName::Roll, 1, &opened(cuts, &[INES]).bytes), None);
        assert_eq!(judge.verdict(&accepted.hash()), Some(&expected));
        // What the holder signs later, whatever time they say, does not count, and neither does the same act once more.
        let again = carries(DANA, 1, DocName::Deal, 2, &accepts(DANA, sealed.hash(), 0, &[]).bytes);
        assert_eq!(judge.take(1, &again, None).verdict, Verdict::Refused(Refusal::NoRight));
        let late = carries(DANA, 0, DocName::Deal, 2, &declines(DANA, sealed.hash(), 0).bytes);
        assert_eq!(judge.take(0, &late, None).verdict, Verdict::Refused(Refusal::PastCut));
    }
}

/// `HANDSEL_SCENARIOS` sets how many.
#[test]
fn any_order_and_any_doubling_say_the_same() {
    let count = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut agreed = 0;
    for seed in 0..count {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut entries: Vec<(u64, SignedEntry)> = Vec::new();
        for (who, right) in
            [(INES, Right::Own), (HELENA, Right::Own), (DANA, Right::Comment), (ROBIN, Right::Edit)]
        {
            entries.push((0, carries(who, 0, DocName::Roll, 1, &joined(who, right).bytes)));
        }
        let mut acts: Vec<SignedAct> = Vec::new();
        for number in 0..random.u64(3..14) {
            let seals: Vec<&SignedAct> = acts.iter().filter(|it| matches!(it.act, Act::Sealed(_))).collect();
            let accepted: Vec<ActHash> =
                acts.iter().filter(|it| matches!(it.act, Act::Accepted(_))).map(SignedAct::hash).collect();
            let owner = if random.bool() { INES } else { HELENA };
            let buyer = if random.bool() { DANA } else { ROBIN };
            let on = seals.get(random.usize(..seals.len().max(1))).map(|it| it.hash());
            let some = |random: &mut fastrand::Rng, all: &[ActHash]| -> Vec<ActHash> {
                all.iter().filter(|_| random.u8(..4) > 0).copied().collect()
            };
            let act = match (on, random.u8(..12)) {
                (None, _) | (_, 0) => {
                    let known: Vec<ActHash> = seals.iter().map(|it| it.hash()).collect();
                    let supersedes = if random.bool() { some(&mut random, &known) } else { Vec::new() };
                    let signers = random.usize(1..3);
                    signs(owner, Act::Sealed(Seal { supersedes, ..seal(signers, random.bool(), number) }))
                }
                (Some(on), 1) => withdraws(owner, on),
                (Some(on), 2) => declines(buyer, on, random.u64(..2)),
                (Some(on), 3..=7) => {
                    let follows = some(&mut random, &accepted);
                    accepts(buyer, on, random.u64(..2), &follows)
                }
                (Some(on), 8..=10) => {
                    countersigns(owner, on, &some(&mut random, &accepted), random.u64(600..1_200))
                }
                // A buyer who plays the seller.
                (Some(on), _) => countersigns(buyer, on, &accepted, 600),
            };
            let by = [INES, HELENA, DANA, ROBIN].into_iter().find(|who| author(*who) == act.author).unwrap();
            entries.push((0, carries(by, 0, DocName::Deal, number + 1, &act.bytes)));
            acts.push(act);
        }
        if random.u8(..3) == 0 {
            let mut cuts = Vec::new();
            for who in [INES, HELENA, DANA, ROBIN] {
                let chain = model::Chain { author: author(who), doc: DocName::Deal };
                cuts.push(Cut { chain, last: random.u64(..14), hash: EntryHash([0; 32]) });
            }
            entries.push((0, carries(INES, 0, DocName::Roll, 2, &opened(cuts, &[INES, DANA]).bytes)));
        }
        let mut ends = Vec::new();
        for _ in 0..4 {
            random.shuffle(&mut entries);
            let mut judge = judge();
            for (epoch, entry) in &entries {
                for _ in 0..random.usize(1..3) {
                    judge.take(*epoch, entry, None);
                }
            }
            let mut deal = Deal::default();
            let mut counting: Vec<&SignedEntry> = entries
                .iter()
                .map(|(_, entry)| entry)
                .filter(|entry| judge.verdict(&entry.hash()) == Some(&Verdict::Counts))
                .filter(|entry| entry.entry.doc == DocName::Deal)
                .collect();
            random.shuffle(&mut counting);
            for entry in counting {
                deal.take(SignedAct::read(ROOM, &entry.entry.update).unwrap());
            }
            let seals = deal.seals();
            assert!(
                seals
                    .iter()
                    .filter(|it| matches!(it.state, State::Open | State::Declined | State::Signed))
                    .count()
                    <= 1,
                "seed {seed}: one seal stands at most"
            );
            for it in &seals {
                let by = it.countersigned.map(|(_, author, _)| author);
                assert!(by.is_none_or(|by| by == author(INES) || by == author(HELENA)), "seed {seed}");
                agreed += usize::from(it.state == State::Agreed);
            }
            ends.push(format!("{seals:?}"));
        }
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "seed {seed}");
    }
    assert!(agreed > 0, "the worlds reach an agreement");
}
