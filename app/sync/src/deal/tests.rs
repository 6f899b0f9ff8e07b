mod certificates;
mod orders;

use model::{ActHash, Author, BlobHash, Right, RoomId};

use super::*;
use crate::{
    ledger::{EntryError, Pen},
    link::LinkSecret,
    roll,
};

const ROOM: RoomId = RoomId([7; 16]);
const OWNER: [u8; 32] = [1; 32];
/// The seeds of those who act: two of the selling side, two of the buying side.
const INES: u8 = 10;
const HELENA: u8 = 11;
const DANA: u8 = 20;
const ROBIN: u8 = 21;

fn pen(who: u8) -> Pen {
    Pen::new(&[who; 32])
}

fn author(who: u8) -> Author {
    pen(who).author()
}

fn signs(who: u8, act: Act) -> SignedAct {
    SignedAct::sign(&pen(who), ROOM, act)
}

/// The word by which somebody joined, by a link of their own.
fn joined(who: u8, right: Right) -> roll::Said {
    let secret = LinkSecret([who; 32]);
    let name = format!("Link {who}");
    let certificate = roll::Certificate::sign(&Pen::new(&OWNER), ROOM, secret.key(), right, &name, None, 0);
    roll::Said::joined(&secret, ROOM, certificate, author(who))
}

fn seal(signers: usize, in_order: bool, at: u64) -> Seal {
    Seal {
        frozen: [3; 32],
        blob: BlobHash([4; 32]),
        parts: vec![
            Part { name: "price".into(), hash: [5; 32] },
            Part { name: "plan".into(), hash: [6; 32] },
        ],
        shows: vec![BlobHash([8; 32])],
        signers: vec![Signer { name: "Dana".into(), mail: "dana@northwind.example".into() }; signers],
        in_order,
        until: Some(1_000),
        message: "As agreed on Friday.".into(),
        supersedes: Vec::new(),
        at,
    }
}

fn who(name: &str) -> Signatory {
    Signatory { name: name.into(), mail: "d@n.example".into(), role: "CFO".into() }
}

fn accepts(by: u8, seal: ActHash, signer: u64, follows: &[ActHash]) -> SignedAct {
    let signature = Signature::Typed("Dana Whitfield".into());
    let accepted = Acceptance {
        seal,
        signer,
        who: who("Dana Whitfield"),
        signature,
        at: 500,
        seen: [9; 32],
        follows: follows.to_vec(),
    };
    signs(by, Act::Accepted(accepted))
}

fn declines(by: u8, seal: ActHash, signer: u64) -> SignedAct {
    let decline = Decline { seal, signer, name: "Dana".into(), reason: "Too much.".into(), at: 600 };
    signs(by, Act::Declined(decline))
}

fn withdraws(by: u8, seal: ActHash) -> SignedAct {
    signs(by, Act::Withdrawn(Withdrawal { seal, reason: "A mistake in line 3.".into(), at: 550 }))
}

fn countersigns(by: u8, seal: ActHash, acceptances: &[ActHash], at: u64) -> SignedAct {
    let mut drawing = Drawing::default();
    drawing.begin([100, 200]);
    drawing.draw_to([300, 150]);
    let signature = Signature::Drawn(drawing);
    let by_whom = who("Helena Sato");
    let acceptances = acceptances.to_vec();
    signs(by, Act::Countersigned(Countersignature { seal, acceptances, who: by_whom, signature, at }))
}

fn deal(acts: &[&SignedAct]) -> Deal {
    let mut deal = Deal::default();
    for act in acts {
        deal.take((*act).clone());
    }
    deal
}

fn states(deal: &Deal) -> Vec<State> {
    deal.seals().iter().map(|seal| seal.state).collect()
}

/// One act of each kind.
fn one_of_each() -> Vec<SignedAct> {
    let sealed = signs(INES, Act::Sealed(seal(2, true, 100)));
    let accepted = accepts(DANA, sealed.hash(), 0, &[]);
    vec![
        withdraws(INES, sealed.hash()),
        declines(DANA, sealed.hash(), 0),
        countersigns(HELENA, sealed.hash(), &[accepted.hash()], 700),
        signs(INES, Act::Received(Receipt { of: accepted.hash(), at: 800 })),
        accepts(ROBIN, sealed.hash(), 1, &[accepted.hash()]),
        accepted,
        sealed,
    ]
}

#[test]
fn acts_come_back_and_hold_for_their_room_and_signer_only() {
    for signed in one_of_each() {
        assert_eq!(SignedAct::read(ROOM, &signed.bytes).as_ref(), Ok(&signed));
        assert_eq!(SignedAct::read(RoomId([8; 16]), &signed.bytes), Err(EntryError::Forged), "another room");
        for at in 0..signed.bytes.len() {
            let mut bytes = signed.bytes.clone();
            bytes[at] ^= 1 << (at % 8);
            assert!(SignedAct::read(ROOM, &bytes).is_err(), "byte {at} of {:?}", signed.act);
            assert!(SignedAct::read(ROOM, &signed.bytes[..at]).is_err(), "cut at {at}");
        }
        // Somebody else's name over one's own signature.
        let mut forged = signs(ROBIN, signed.act.clone()).bytes;
        forged[2..34].copy_from_slice(&author(HELENA).0);
        assert_eq!(SignedAct::read(ROOM, &forged), Err(EntryError::Forged));
    }
}

#[test]
fn a_deal_goes_from_seal_to_signature_to_agreement() {
    let sealed = signs(INES, Act::Sealed(seal(1, false, 100)));
    let accepted = accepts(DANA, sealed.hash(), 0, &[]);
    let received = signs(INES, Act::Received(Receipt { of: accepted.hash(), at: 510 }));
    let mut deal = deal(&[&sealed]);
    assert_eq!(states(&deal), [State::Open]);
    assert_eq!(deal.standing().unwrap().waits_for(), [0]);
    assert_eq!(deal.standing().unwrap().to_countersign(), None);
    deal.take(accepted.clone());
    assert_eq!(states(&deal), [State::Signed]);
    assert!(!deal.standing().unwrap().answers[0][0].received);
    deal.take(received);
    let standing = deal.standing().unwrap();
    assert!(standing.answers[0][0].received);
    let to_answer = standing.to_countersign().unwrap();
    assert_eq!(to_answer, [accepted.hash()]);
    deal.take(countersigns(HELENA, sealed.hash(), &to_answer, 700));
    assert_eq!(states(&deal), [State::Agreed]);
    assert_eq!(deal.standing(), None);
    // A new deal in the same room does not touch the old one.
    deal.take(signs(INES, Act::Sealed(seal(1, false, 800))));
    assert_eq!(states(&deal), [State::Agreed, State::Open]);
}

#[test]
fn an_acceptance_is_for_its_seal_its_signer_and_its_time() {
    let sealed = signs(INES, Act::Sealed(seal(1, false, 100)));
    let other = signs(INES, Act::Sealed(Seal { frozen: [8; 32], ..seal(1, false, 100) }));
    let of_other = accepts(DANA, other.hash(), 0, &[]);
    let no_such_signer = accepts(DANA, sealed.hash(), 1, &[]);
    let Act::Accepted(late) = accepts(DANA, sealed.hash(), 0, &[]).act else { unreachable!() };
    let late = signs(DANA, Act::Accepted(Acceptance { at: 1_001, ..late }));
    for wrong in [&of_other, &no_such_signer, &late] {
        assert_eq!(states(&deal(&[&sealed, wrong])), [State::Open]);
        // Nor does it hold because somebody signs that it does.
        let by = countersigns(HELENA, sealed.hash(), &[wrong.hash()], 700);
        assert_eq!(states(&deal(&[&sealed, wrong, &by])), [State::Open]);
    }
    let accepted = accepts(DANA, sealed.hash(), 0, &[]);
    let by_late = countersigns(HELENA, sealed.hash(), &[accepted.hash()], 1_001);
    assert_eq!(states(&deal(&[&sealed, &accepted, &by_late])), [State::Signed], "past its end");
    let by_none = countersigns(HELENA, sealed.hash(), &[], 700);
    assert_eq!(states(&deal(&[&sealed, &accepted, &by_none])), [State::Signed], "answers nobody");
    let holding = deal(&[&sealed, &accepted]);
    assert!(!holding.standing().unwrap().is_past(1_000));
    assert!(holding.standing().unwrap().is_past(1_001));
}

#[test]
fn signers_sign_one_after_the_other_or_as_they_like() {
    let sealed = signs(INES, Act::Sealed(seal(2, true, 100)));
    let first = accepts(DANA, sealed.hash(), 0, &[]);
    let too_early = accepts(ROBIN, sealed.hash(), 1, &[]);
    let after = accepts(ROBIN, sealed.hash(), 1, &[first.hash()]);
    let halfway = deal(&[&sealed, &first, &too_early]);
    assert_eq!(states(&halfway), [State::Open]);
    assert_eq!(halfway.standing().unwrap().waits_for(), [1]);
    assert_eq!(halfway.standing().unwrap().followed_by(1), [first.hash()]);
    assert_eq!(deal(&[&sealed]).standing().unwrap().waits_for(), [0]);
    let all = deal(&[&sealed, &first, &after]);
    assert_eq!(all.standing().unwrap().to_countersign(), Some(vec![first.hash(), after.hash()]));

    let sealed = signs(INES, Act::Sealed(seal(2, false, 100)));
    let second = accepts(ROBIN, sealed.hash(), 1, &[]);
    let open = deal(&[&sealed, &second]);
    assert_eq!(open.standing().unwrap().waits_for(), [0]);
    assert_eq!(deal(&[&sealed]).standing().unwrap().waits_for(), [0, 1]);
    // One key may sign for both, and both may answer for one: the selling side sees by which links.
    let both = [accepts(DANA, sealed.hash(), 0, &[]), accepts(DANA, sealed.hash(), 1, &[])];
    assert_eq!(states(&deal(&[&sealed, &both[0], &both[1]])), [State::Signed]);
}

#[test]
fn who_declines_takes_back_what_the_same_key_signed() {
    let sealed = signs(INES, Act::Sealed(seal(1, false, 100)));
    let (accepted, declined) = (accepts(DANA, sealed.hash(), 0, &[]), declines(DANA, sealed.hash(), 0));
    let both = deal(&[&sealed, &accepted, &declined]);
    assert_eq!(states(&both), [State::Declined]);
    assert!(both.standing().unwrap().answers[0][0].taken_back);
    assert_eq!(both.standing().unwrap().to_countersign(), None);
    assert_eq!(states(&deal(&[&sealed, &declined])), [State::Declined]);
    // Another key of the buying side may still accept.
    let other = accepts(ROBIN, sealed.hash(), 0, &[]);
    let all = deal(&[&sealed, &accepted, &declined, &other]);
    assert_eq!(states(&all), [State::Signed]);
    assert_eq!(all.standing().unwrap().to_countersign(), Some(vec![other.hash()]));
    // What was countersigned before the decline came stays.
    let by = countersigns(HELENA, sealed.hash(), &[accepted.hash()], 700);
    assert_eq!(states(&deal(&[&sealed, &accepted, &declined, &by])), [State::Agreed]);
}

#[test]
fn what_was_taken_back_or_superseded_is_not_to_be_countersigned_and_what_was_agreed_stays() {
    let old = signs(INES, Act::Sealed(seal(1, false, 100)));
    let accepted = accepts(DANA, old.hash(), 0, &[]);
    let new = signs(INES, Act::Sealed(Seal { supersedes: vec![old.hash()], ..seal(1, false, 200) }));
    let superseded = deal(&[&old, &accepted, &new]);
    assert_eq!(states(&superseded), [State::Superseded, State::Open]);
    assert_eq!(superseded.seals()[0].to_countersign(), None);
    assert_eq!(superseded.seals()[0].superseded_by, Some(new.hash()));
    assert_eq!(superseded.seals()[0].answers[0].len(), 1, "the acceptance is still shown");
    assert_eq!(superseded.to_supersede(), [old.hash(), new.hash()]);
    let withdrawn = deal(&[&old, &accepted, &withdraws(HELENA, old.hash())]);
    assert_eq!(states(&withdrawn), [State::Withdrawn]);
    assert_eq!(withdrawn.seals()[0].to_countersign(), None);
    let by = countersigns(HELENA, old.hash(), &[accepted.hash()], 700);
    let agreed = deal(&[&old, &accepted, &new, &by, &withdraws(INES, old.hash())]);
    assert_eq!(states(&agreed), [State::Agreed, State::Open]);
    assert!(agreed.seals()[0].withdrawn.is_some());
}

#[test]
fn of_two_seals_made_apart_the_lower_one_stands_until_it_is_taken_back() {
    let (one, two) =
        (signs(INES, Act::Sealed(seal(1, false, 100))), signs(HELENA, Act::Sealed(seal(1, false, 100))));
    let (lower, higher) = if one.hash() < two.hash() { (&one, &two) } else { (&two, &one) };
    let accepted = accepts(DANA, higher.hash(), 0, &[]);
    let apart = deal(&[&one, &two, &accepted]);
    assert_eq!(apart.standing().unwrap().hash, lower.hash());
    let of_higher = apart.seals().into_iter().find(|it| it.hash == higher.hash()).unwrap();
    assert_eq!((of_higher.state, of_higher.superseded_by), (State::Superseded, Some(lower.hash())));
    let freed = deal(&[&one, &two, &accepted, &withdraws(INES, lower.hash())]);
    assert_eq!(freed.standing().unwrap().hash, higher.hash());
    assert_eq!(freed.standing().unwrap().state, State::Signed);
}
