use model::{DocName, EntryHash, RoomId};

use super::*;
use crate::{
    ledger::{EntryError, Pen},
    link::LinkSecret,
};

const ROOM: RoomId = RoomId([7; 16]);
const OWNER: [u8; 32] = [1; 32];

fn owner() -> Author {
    Pen::new(&OWNER).author()
}

fn certificate(secret: &LinkSecret, right: Right, since: u64) -> Certificate {
    Certificate::sign(
        &Pen::new(&OWNER),
        ROOM,
        secret.key(),
        right,
        "Northwind",
        Some(1_800_000_000_000),
        since,
    )
}

fn joined(secret: &LinkSecret, right: Right, since: u64, author: u8) -> Said {
    Said::joined(secret, ROOM, certificate(secret, right, since), Author([author; 32]))
}

fn opened(epoch: u64, prev: [u8; 32], links: &[LinkSecret], nonce: u8) -> Said {
    let cut = Cut {
        chain: Chain { author: Author([9; 32]), doc: DocName::Content },
        last: 4,
        hash: EntryHash([4; 32]),
    };
    let keys = (&[40; 32], &[41; 32]);
    let opening = Opening::new(&OWNER, epoch, prev, vec![cut], keys, (links, &[]), [nonce; 24]);
    Said::opened(&Pen::new(&OWNER), ROOM, opening)
}

fn roll(statements: &[Said]) -> Roll {
    let mut roll = Roll::new(owner());
    for said in statements {
        roll.take(said.clone());
    }
    roll
}

#[test]
fn statements_come_back_and_only_their_signers_make_them() {
    let secret = LinkSecret([5; 32]);
    let grant = Grant::new(&OWNER, [3; 24], certificate(&secret, Right::Edit, 0), &secret);
    assert_eq!(grant.secret(&OWNER), Some(secret.clone()));
    assert_eq!(grant.secret(&[2; 32]), None);
    let said = [
        Said::granted(&Pen::new(&OWNER), ROOM, grant.clone()),
        joined(&secret, Right::Edit, 0, 9),
        opened(1, [0; 32], std::slice::from_ref(&secret), 6),
    ];
    for said in &said {
        assert_eq!(Said::read(&owner(), ROOM, &said.bytes).as_ref(), Ok(said));
        assert_eq!(
            Said::read(&owner(), RoomId([8; 16]), &said.bytes),
            Err(EntryError::Forged),
            "another room"
        );
        assert!(Said::read(&Author([2; 32]), ROOM, &said.bytes).is_err(), "another owner");
        for at in 0..said.bytes.len() {
            let mut bytes = said.bytes.clone();
            bytes[at] ^= 1;
            assert!(Said::read(&owner(), ROOM, &bytes).is_err(), "byte {at}");
            assert!(Said::read(&owner(), ROOM, &bytes[..at]).is_err(), "cut at {at}");
        }
    }
    let forged = Said::granted(&Pen::new(&[2; 32]), ROOM, grant);
    assert_eq!(Said::read(&owner(), ROOM, &forged.bytes), Err(EntryError::Forged));
}

#[test]
fn a_link_lets_in_with_its_right_and_no_more() {
    let (edit, view) = (LinkSecret([5; 32]), LinkSecret([6; 32]));
    let roll = roll(&[joined(&edit, Right::Edit, 0, 9), joined(&view, Right::View, 0, 8)]);
    assert_eq!(roll.right(&Author([9; 32]), 0), Some(Right::Edit));
    assert_eq!(roll.right(&Author([8; 32]), 0), Some(Right::View));
    assert_eq!(roll.right(&Author([7; 32]), 0), None);
    assert_eq!(roll.right(&owner(), 3), Some(Right::Own));
    // Whoever holds two links may do what the better one allows.
    let both = self::roll(&[joined(&edit, Right::Edit, 0, 9), joined(&view, Right::View, 0, 9)]);
    assert_eq!(both.right(&Author([9; 32]), 0), Some(Right::Edit));
}

#[test]
fn a_revoked_link_ends_with_its_epoch_and_the_others_go_on() {
    let (gone, kept, new) = (LinkSecret([5; 32]), LinkSecret([6; 32]), LinkSecret([4; 32]));
    let roll = roll(&[
        joined(&gone, Right::Edit, 0, 9),
        joined(&kept, Right::Comment, 0, 8),
        opened(1, [0; 32], std::slice::from_ref(&kept), 6),
        joined(&new, Right::Edit, 1, 7),
    ]);
    assert_eq!(roll.epoch(), 1);
    assert_eq!(roll.right(&Author([9; 32]), 0), Some(Right::Edit), "what was written before stays");
    assert_eq!(roll.right(&Author([9; 32]), 1), None);
    assert_eq!(roll.right(&Author([8; 32]), 1), Some(Right::Comment));
    assert_eq!(roll.right(&Author([7; 32]), 1), Some(Right::Edit));
    assert_eq!(roll.right(&Author([7; 32]), 0), None, "a link does not reach back");
    let chain = Chain { author: Author([9; 32]), doc: DocName::Content };
    assert!(roll.counts(0, chain, 4));
    assert!(!roll.counts(0, chain, 5), "past the cut");
    assert!(!roll.counts(0, Chain { author: Author([8; 32]), ..chain }, 1), "not part of it");
    assert!(roll.counts(1, chain, 5), "the newest epoch is open");
}

#[test]
fn the_keys_of_a_new_epoch_reach_those_who_go_on() {
    let (gone, kept) = (LinkSecret([5; 32]), LinkSecret([6; 32]));
    let said = opened(1, [0; 32], std::slice::from_ref(&kept), 6);
    let Statement::Opened(opening) = said.statement else { unreachable!() };
    assert_eq!(opening.key_for_link(&kept), Some([41; 32]));
    assert_eq!(opening.key_for_link(&gone), None);
    assert_eq!(opening.key_for_owner(&OWNER), Some([41; 32]));
    assert_eq!(opening.key_for_owner(&[2; 32]), None);
    assert_eq!(opening.key_before(&[41; 32]), Some([40; 32]));
}

#[test]
fn two_openings_of_one_epoch_end_alike_everywhere() {
    let kept = [LinkSecret([6; 32])];
    let (one, other) = (opened(1, [0; 32], &kept, 1), opened(1, [0; 32], &kept, 2));
    let next = opened(2, one.hash(), &kept, 3);
    let next_of_other = opened(2, other.hash(), &kept, 4);
    let forwards = roll(&[one.clone(), other.clone(), next.clone(), next_of_other.clone()]);
    let backwards = roll(&[next_of_other, next, other, one]);
    let names = |roll: &Roll| roll.openings().iter().map(|(hash, _)| *hash).collect::<Vec<_>>();
    assert_eq!(names(&forwards), names(&backwards));
    assert_eq!(forwards.epoch(), 2);
}

#[test]
fn saying_a_thing_twice_says_nothing_new() {
    let secret = LinkSecret([5; 32]);
    let mut roll = Roll::new(owner());
    let grant = Grant::new(&OWNER, [3; 24], certificate(&secret, Right::Edit, 0), &secret);
    for said in [
        Said::granted(&Pen::new(&OWNER), ROOM, grant),
        joined(&secret, Right::Edit, 0, 9),
        opened(1, [0; 32], &[], 6),
    ] {
        assert!(roll.take(said.clone()));
        assert!(!roll.take(said));
    }
    assert_eq!(
        roll.links().iter().map(|(grant, goes_on)| (grant.certificate.right, *goes_on)).collect::<Vec<_>>(),
        [(Right::Edit, false)]
    );
    assert_eq!(roll.joined_by(&secret.key()), [Author([9; 32])]);
}
