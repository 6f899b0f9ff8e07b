use model::{Author, Chain, DocName, EntryHash, Right, RoomId};

use super::*;
use crate::{
    ledger::{Entry, Pen, Session, SignedEntry},
    link::LinkSecret,
    roll::{Certificate, Cut, Opening, Said},
};

const ROOM: RoomId = RoomId([7; 16]);
const OWNER: [u8; 32] = [1; 32];

/// Somebody with a key of their own, in one session.
struct Somebody {
    pen: Pen,
    session: Session,
}

impl Somebody {
    fn new(seed: u8) -> Self {
        Self { pen: Pen::new(&[seed; 32]), session: Session([seed; 8]) }
    }

    fn author(&self) -> Author {
        self.pen.author()
    }

    fn client(&self) -> u64 {
        self.session.client(&self.author())
    }

    fn writes(&self, epoch: u64, doc: DocName, number: u64) -> SignedEntry {
        let entry = Entry {
            author: self.author(),
            first: number,
            last: number,
            prev: EntryHash([0; 32]),
            sessions: vec![self.session],
            doc,
            update: vec![number as u8],
        };
        self.pen.sign(ROOM, epoch, entry)
    }

    fn says(&self, said: &Said, number: u64) -> SignedEntry {
        let entry = Entry { update: said.bytes.clone(), ..self.writes(0, DocName::Roll, number).entry };
        self.pen.sign(ROOM, 0, entry)
    }
}

fn judge() -> Judge {
    Judge::new(ROOM, Pen::new(&OWNER).author())
}

fn joined(somebody: &Somebody, link: u8, right: Right) -> Said {
    let secret = LinkSecret([link; 32]);
    let certificate = Certificate::sign(&Pen::new(&OWNER), ROOM, secret.key(), right, "", None, 0);
    Said::joined(&secret, ROOM, certificate, somebody.author())
}

fn opened(cuts: Vec<Cut>, links: &[u8], nonce: u8) -> Said {
    let links: Vec<_> = links.iter().map(|link| LinkSecret([*link; 32])).collect();
    let opening = Opening::new(&OWNER, 1, [0; 32], cuts, (&[1; 32], &[2; 32]), (&links, &[]), [nonce; 24]);
    Said::opened(&Pen::new(&OWNER), ROOM, opening)
}

#[test]
fn each_right_writes_where_it_may_and_nowhere_else() {
    for (link, right) in (10..).zip(Right::ALL) {
        let somebody = Somebody::new(link);
        let mut judge = judge();
        judge.take(0, &somebody.says(&joined(&somebody, link, right), 1), None);
        for (doc, needed) in [
            (DocName::Content, Right::Edit),
            (DocName::Offer, Right::Own),
            (DocName::Responses(somebody.author()), Right::Comment),
        ] {
            let outcome = judge.take(0, &somebody.writes(0, doc, 1), Some(&[somebody.client()]));
            let expected = if right >= needed { Verdict::Counts } else { Verdict::Refused(Refusal::NoRight) };
            assert_eq!(outcome.verdict, expected, "{right:?} in {doc:?}");
        }
    }
}

#[test]
fn a_receipt_is_one_small_entry_of_somebody_who_may_read() {
    let (reader, stranger) = (Somebody::new(10), Somebody::new(11));
    let mut judge = judge();
    judge.take(0, &reader.says(&joined(&reader, 10, Right::View), 1), None);
    let receipt = |number, length| Entry {
        update: vec![7; length],
        sessions: Vec::new(),
        ..reader.writes(0, DocName::Receipts, number).entry
    };
    let mut verdict = |entry| judge.take(0, &reader.pen.sign(ROOM, 0, entry), None).verdict;
    assert_eq!(verdict(receipt(1, limits::RECEIPT_MAX)), Verdict::Counts);
    assert_eq!(verdict(receipt(limits::RECEIPTS_MAX, 1)), Verdict::Counts);
    let refused = Verdict::Refused(Refusal::NoReceipt);
    assert_eq!(verdict(receipt(2, limits::RECEIPT_MAX + 1)), refused);
    assert_eq!(verdict(receipt(limits::RECEIPTS_MAX + 1, 1)), refused);
    assert_eq!(verdict(Entry { last: 4, ..receipt(3, 1) }), refused, "receipts are never joined");
    let unknown = stranger.writes(0, DocName::Receipts, 1);
    assert_eq!(judge.take(0, &unknown, None).verdict, Verdict::Waits);
}

#[test]
fn the_end_of_an_epoch_ends_receipts_that_came_too_late() {
    let gone = Somebody::new(10);
    let mut judge = judge();
    judge.take(0, &gone.says(&joined(&gone, 10, Right::View), 1), None);
    let (in_time, too_late) = (gone.writes(0, DocName::Receipts, 1), gone.writes(0, DocName::Receipts, 2));
    for entry in [&in_time, &too_late] {
        assert_eq!(judge.take(0, entry, None).verdict, Verdict::Counts);
    }
    let chain = Chain { author: gone.author(), doc: DocName::Receipts };
    let cut = Cut { chain, last: 1, hash: in_time.hash() };
    let outcome = judge.take(0, &Somebody::new(1).says(&opened(vec![cut], &[], 1), 1), None);
    assert_eq!(outcome.ended, [too_late.hash()]);
    let after = gone.writes(1, DocName::Receipts, 3);
    assert_eq!(judge.take(1, &after, None).verdict, Verdict::Refused(Refusal::NoRight));
}

#[test]
fn nobody_writes_in_the_responses_of_another_or_as_the_client_of_another() {
    let (one, other) = (Somebody::new(10), Somebody::new(11));
    let mut judge = judge();
    for (somebody, link) in [(&one, 10), (&other, 11)] {
        judge.take(0, &somebody.says(&joined(somebody, link, Right::Edit), 1), None);
    }
    let foreign = one.writes(0, DocName::Responses(other.author()), 1);
    assert_eq!(judge.take(0, &foreign, Some(&[one.client()])).verdict, Verdict::Refused(Refusal::NoRight));
    let passed_off = one.writes(0, DocName::Content, 1);
    let outcome = judge.take(0, &passed_off, Some(&[one.client(), other.client()]));
    assert_eq!(outcome.verdict, Verdict::Refused(Refusal::OthersClient));
}

#[test]
fn what_came_before_its_author_waits_for_the_roll() {
    let somebody = Somebody::new(10);
    let mut judge = judge();
    let early = somebody.writes(0, DocName::Content, 1);
    assert_eq!(judge.take(0, &early, Some(&[somebody.client()])).verdict, Verdict::Waits);
    let outcome = judge.take(0, &somebody.says(&joined(&somebody, 10, Right::Edit), 1), None);
    assert_eq!(outcome.counts, [early.hash()]);
    assert_eq!(judge.verdict(&early.hash()), Some(&Verdict::Counts));
}

#[test]
fn a_forged_statement_changes_nothing() {
    let hostile = Somebody::new(10);
    let mut judge = judge();
    let secret = LinkSecret([10; 32]);
    let own_word = Certificate::sign(&hostile.pen, ROOM, secret.key(), Right::Own, "", None, 0);
    let forged = Said::joined(&secret, ROOM, own_word, hostile.author());
    let outcome = judge.take(0, &hostile.says(&forged, 1), None);
    assert_eq!(outcome.verdict, Verdict::Refused(Refusal::Statement(crate::ledger::EntryError::Forged)));
    // Somebody else's joining, carried by the hostile one, lets in only whom it names.
    let friend = Somebody::new(11);
    judge.take(0, &hostile.says(&joined(&friend, 11, Right::Edit), 2), None);
    assert_eq!(judge.roll().right(&hostile.author(), 0), None);
    assert_eq!(judge.roll().right(&friend.author(), 0), Some(Right::Edit));
}

#[test]
fn the_end_of_an_epoch_ends_what_came_too_late() {
    let (gone, kept) = (Somebody::new(10), Somebody::new(11));
    let mut judge = judge();
    judge.take(0, &gone.says(&joined(&gone, 10, Right::Edit), 1), None);
    judge.take(0, &kept.says(&joined(&kept, 11, Right::Edit), 1), None);
    let in_time = gone.writes(0, DocName::Content, 1);
    let too_late = gone.writes(0, DocName::Content, 2);
    for entry in [&in_time, &too_late] {
        assert_eq!(judge.take(0, entry, Some(&[gone.client()])).verdict, Verdict::Counts);
    }
    let cut =
        Cut { chain: Chain { author: gone.author(), doc: DocName::Content }, last: 1, hash: in_time.hash() };
    let owner = Somebody::new(1);
    let outcome = judge.take(0, &owner.says(&opened(vec![cut], &[11], 1), 1), None);
    assert_eq!(outcome.ended, [too_late.hash()]);
    let again = gone.writes(1, DocName::Content, 3);
    assert_eq!(judge.take(1, &again, Some(&[gone.client()])).verdict, Verdict::Refused(Refusal::NoRight));
    // Who was away for a week signs what they wrote again, for the new epoch.
    let week_old = kept.writes(0, DocName::Content, 1);
    assert_eq!(judge.take(0, &week_old, Some(&[kept.client()])).verdict, Verdict::Refused(Refusal::PastCut));
    assert_eq!(
        judge.take(1, &kept.writes(1, DocName::Content, 1), Some(&[kept.client()])).verdict,
        Verdict::Counts
    );
}

#[test]
fn who_signs_two_entries_with_one_number_is_named() {
    let (honest, twofold) = (Somebody::new(10), Somebody::new(11));
    let mut judge = judge();
    for (somebody, link) in [(&honest, 10), (&twofold, 11)] {
        judge.take(0, &somebody.says(&joined(somebody, link, Right::Edit), 1), None);
    }
    let mut take = |somebody: &Somebody, entry: SignedEntry| {
        assert_eq!(judge.take(0, &entry, Some(&[somebody.client()])).verdict, Verdict::Counts);
        judge.forked()
    };
    // The same entry twice, a chain of another document, and a range that was squashed are no forks.
    for _ in 0..2 {
        assert!(take(&honest, honest.writes(0, DocName::Content, 1)).is_empty());
    }
    assert!(take(&honest, honest.writes(0, DocName::Responses(honest.author()), 1)).is_empty());
    let range = Entry { first: 1, last: 2, ..honest.writes(0, DocName::Content, 2).entry };
    assert!(take(&honest, honest.writes(0, DocName::Content, 2)).is_empty());
    assert!(take(&honest, honest.pen.sign(ROOM, 0, range)).is_empty());

    assert!(take(&twofold, twofold.writes(0, DocName::Content, 7)).is_empty());
    let other = Entry { update: vec![99], ..twofold.writes(0, DocName::Content, 7).entry };
    let forked = take(&twofold, twofold.pen.sign(ROOM, 0, other));
    assert_eq!(forked.into_iter().collect::<Vec<_>>(), [twofold.author()]);
}

/// `HANDSEL_SCENARIOS` sets how many.
#[test]
fn any_order_and_any_doubling_end_in_the_same_entries() {
    let count = std::env::var("HANDSEL_SCENARIOS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for seed in 0..count {
        let mut random = fastrand::Rng::with_seed(seed);
        let people: Vec<_> = (10..15).map(Somebody::new).collect();
        let mut entries: Vec<(u64, SignedEntry, Vec<u64>)> = Vec::new();
        for (number, (link, somebody)) in (10..).zip(&people).enumerate() {
            for _ in 0..random.usize(0..3) {
                let right = Right::ALL[random.usize(..5)];
                let carrier = &people[random.usize(..5)];
                entries.push((0, carrier.says(&joined(somebody, link, right), number as u64 + 1), vec![]));
            }
            for number in 1..random.u64(2..6) {
                let doc = match random.u8(..5) {
                    0 => DocName::Offer,
                    4 => DocName::Receipts,
                    1 => DocName::Responses(people[random.usize(..5)].author()),
                    _ => DocName::Content,
                };
                let client = people[if random.u8(..5) == 0 { 0 } else { link as usize - 10 }].client();
                let epoch = random.u64(..2);
                entries.push((epoch, somebody.writes(epoch, doc, number), vec![client]));
            }
        }
        for nonce in 0..random.u8(..3) {
            let mut cuts = Vec::new();
            for somebody in &people {
                if random.bool() {
                    let chain = Chain { author: somebody.author(), doc: DocName::Content };
                    cuts.push(Cut { chain, last: random.u64(..5), hash: EntryHash([0; 32]) });
                }
            }
            let links: Vec<u8> = (10..15).filter(|_| random.bool()).collect();
            entries.push((0, people[0].says(&opened(cuts, &links, nonce), 90 + u64::from(nonce)), vec![]));
        }
        let mut ends = Vec::new();
        for _ in 0..3 {
            random.shuffle(&mut entries);
            let mut judge = judge();
            let mut counting = std::collections::BTreeSet::new();
            for (epoch, signed, clients) in &entries {
                for _ in 0..random.usize(1..3) {
                    let outcome = judge.take(*epoch, signed, Some(clients));
                    if outcome.verdict == Verdict::Counts {
                        counting.insert(signed.hash());
                    }
                    counting.extend(outcome.counts);
                    for hash in outcome.ended {
                        counting.remove(&hash);
                    }
                }
            }
            for (_, signed, _) in &entries {
                let counts = judge.verdict(&signed.hash()) == Some(&Verdict::Counts);
                assert_eq!(counting.contains(&signed.hash()), counts, "seed {seed}: told and known differ");
            }
            ends.push(counting);
        }
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "seed {seed}");
    }
}
