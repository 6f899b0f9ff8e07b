//! A certificate tells what in it was changed.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use super::*;

fn sha(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The parts of what stands here for a frozen room: lines of `name: words`.
fn look(bytes: &[u8]) -> Result<Vec<Part>, Option<String>> {
    let text = std::str::from_utf8(bytes).or(Err(None))?;
    let part = |line: &str| {
        let (name, words) = line.split_once(": ")?;
        Some(Part { name: name.to_owned(), hash: sha(words.as_bytes()) })
    };
    text.lines().map(part).collect::<Option<Vec<Part>>>().ok_or(None)
}

fn frozen() -> Vec<u8> {
    b"price: 1,250
plan: four weeks
files: terms.pdf 77"
        .to_vec()
}

fn sealed() -> SignedAct {
    let frozen = frozen();
    let (parts, shows) = (look(&frozen).unwrap(), vec![BlobHash(sha(b"GIF89a"))]);
    signs(INES, Act::Sealed(Seal { frozen: sha(&frozen), parts, shows, ..seal(2, true, 100) }))
}

/// Signing costs time, so there is one for all tests.
fn certificate() -> Certificate {
    static CERTIFICATE: LazyLock<Certificate> = LazyLock::new(sign_certificate);
    CERTIFICATE.clone()
}

fn sign_certificate() -> Certificate {
    let sealed = sealed();
    let first = accepts(DANA, sealed.hash(), 0, &[]);
    let second = accepts(ROBIN, sealed.hash(), 1, &[first.hash()]);
    let by = countersigns(HELENA, sealed.hash(), &[first.hash(), second.hash()], 700);
    let joinings = [(INES, Right::Own), (HELENA, Right::Own), (DANA, Right::Comment), (ROBIN, Right::Edit)];
    Certificate {
        room: ROOM,
        owner: Pen::new(&OWNER).author(),
        seal: sealed.bytes,
        acceptances: vec![first.bytes, second.bytes],
        countersignature: by.bytes,
        joinings: joinings.map(|(who, right)| joined(who, right).bytes).to_vec(),
        frozen: frozen(),
        images: vec![b"GIF89a".to_vec()],
    }
}

fn findings(certificate: &Certificate) -> Vec<Finding> {
    certificate.verify(look).findings
}

#[test]
fn it_holds_and_says_whose_keys_signed() {
    let (certificate, fits) = Certificate::read(&certificate().write()).unwrap();
    assert!(fits);
    let verified = certificate.verify(look);
    assert_eq!(verified.findings, []);
    assert!(verified.holds());
    let keys: Vec<(Whose, Right, &str)> =
        verified.keys.iter().map(|key| (key.whose, key.right, key.link_name.as_str())).collect();
    assert_eq!(
        keys,
        [
            (Whose::Sealer, Right::Own, "Link 10"),
            (Whose::Acceptor(0), Right::Comment, "Link 20"),
            (Whose::Acceptor(1), Right::Edit, "Link 21"),
            (Whose::Countersigner, Right::Own, "Link 11"),
        ]
    );
    let parts: Vec<&str> = verified.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(parts, ["price", "plan", "files"]);
}

/// Flips each byte of one thing in it.
fn flipped(get: impl Fn(&mut Certificate) -> &mut Vec<u8>, check: impl Fn(usize, Vec<Finding>)) {
    let mut whole = certificate();
    for at in 0..get(&mut whole).len() {
        let mut changed = certificate();
        get(&mut changed)[at] ^= 1 << (at % 8);
        check(at, findings(&changed));
    }
}

#[test]
fn one_changed_byte_is_named_by_the_part_that_it_is_in() {
    flipped(|it| &mut it.seal, |at, found| assert!(found.contains(&Finding::Seal), "byte {at}"));
    for place in [0, 1] {
        let named = vec![Finding::Acceptance(place)];
        flipped(|it| &mut it.acceptances[place], |at, found| assert_eq!(found, named, "byte {at}"));
    }
    flipped(
        |it| &mut it.countersignature,
        |at, found| assert_eq!(found, [Finding::Countersignature], "byte {at}"),
    );
    for (place, whose) in
        [Whose::Sealer, Whose::Countersigner, Whose::Acceptor(0), Whose::Acceptor(1)].into_iter().enumerate()
    {
        flipped(
            |it| &mut it.joinings[place],
            |at, found| assert_eq!(found, [Finding::Key(whose)], "byte {at}"),
        );
    }
    flipped(|it| &mut it.images[0], |at, found| assert_eq!(found, [Finding::Image(0)], "byte {at}"));
    for (words, part) in [("1,250", "price"), ("four weeks", "plan"), ("terms.pdf 77", "files")] {
        let mut changed = certificate();
        let at = String::from_utf8(changed.frozen.clone()).unwrap().find(words).unwrap();
        changed.frozen[at] ^= 1;
        assert_eq!(findings(&changed), [Finding::Part(part.into())]);
    }
}

#[test]
fn whatever_byte_of_the_file_is_changed_it_does_not_hold() {
    let file = certificate().write();
    // What stands in the parts is looked at above: here those bytes matter that part them.
    for at in (0..file.len()).filter(|at| at % 5 == 0 || *at < 80 || *at > file.len() - 200) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        match Certificate::read(&changed) {
            Ok((certificate, fits)) => {
                let in_check = at >= file.len() - 32;
                assert!(!fits, "byte {at}");
                assert!(in_check || !findings(&certificate).is_empty(), "byte {at}");
            }
            Err(Unreadable::NotOne) => assert!(at < 20),
            Err(Unreadable::OtherVersion(_)) => assert_eq!(at, 20),
            Err(Unreadable::Damaged) => {}
        }
        assert!(Certificate::read(&file[..at]).map_or(true, |(_, fits)| !fits), "cut at {at}");
    }
}

#[test]
fn what_belongs_to_another_deal_is_not_taken() {
    // Another room, and so other signatures.
    let elsewhere = Certificate { room: RoomId([8; 16]), ..certificate() };
    let found = findings(&elsewhere);
    for named in [Finding::Seal, Finding::Acceptance(0), Finding::Acceptance(1), Finding::Countersignature] {
        assert!(found.contains(&named));
    }
    // An acceptance of another seal in the same room, by the same person.
    let other = signs(INES, Act::Sealed(seal(2, true, 101)));
    let transplanted = accepts(DANA, other.hash(), 0, &[]);
    let mut changed = certificate();
    changed.acceptances[0] = transplanted.bytes;
    assert_eq!(findings(&changed)[0], Finding::Acceptance(0));
    // Another seal under the same acceptances.
    let changed = Certificate { seal: other.bytes, ..certificate() };
    let found = findings(&changed);
    assert!(found.contains(&Finding::Acceptance(0)) && found.contains(&Finding::Countersignature));
    // A signer's acceptance used for both.
    let mut changed = certificate();
    changed.acceptances[1] = changed.acceptances[0].clone();
    assert_eq!(findings(&changed), [Finding::Incomplete]);
    // A countersignature by somebody of the buying side, and one of the selling side who accepts for them.
    let sealed = sealed();
    let first = accepts(DANA, sealed.hash(), 0, &[]);
    let second = accepts(INES, sealed.hash(), 1, &[first.hash()]);
    let by = countersigns(ROBIN, sealed.hash(), &[first.hash(), second.hash()], 700);
    let changed = Certificate {
        acceptances: vec![first.bytes, second.bytes],
        countersignature: by.bytes,
        ..certificate()
    };
    assert_eq!(findings(&changed), [Finding::Key(Whose::Acceptor(1)), Finding::Key(Whose::Countersigner)]);
    // Another owner's room.
    let changed = Certificate { owner: author(INES), ..certificate() };
    assert_eq!(findings(&changed).len(), 4, "no key is let in");
}

#[test]
fn another_sealed_room_is_told_by_its_parts_even_where_its_own_hashes_fit() {
    let text = String::from_utf8(frozen()).unwrap();
    let cheaper = Certificate { frozen: text.replace("1,250", "1").into_bytes(), ..certificate() };
    assert_eq!(findings(&cheaper), [Finding::Part("price".into())]);
    let without =
        Certificate { frozen: text.replace("plan: four weeks\n", "").into_bytes(), ..certificate() };
    assert_eq!(findings(&without), [Finding::Part("plan".into())]);
    let more = Certificate { frozen: text.replace("files", "gift: 1\nfiles").into_bytes(), ..certificate() };
    assert_eq!(findings(&more), [Finding::Part("gift".into())]);
    let turned = Certificate {
        frozen: text.replace("price: 1,250\nplan: four weeks", "plan: four weeks\nprice: 1,250").into_bytes(),
        ..certificate()
    };
    assert_eq!(findings(&turned), [Finding::Sealed]);
    let junk = Certificate { frozen: vec![0xff; 9], ..certificate() };
    assert_eq!(findings(&junk), [Finding::Sealed]);
}

#[test]
fn whatever_somebody_makes_of_a_file_is_read_or_refused() {
    let file = certificate().write();
    let count = std::env::var("HANDSEL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(500_u64);
    for seed in 0..count {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bytes = file.clone();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(21..bytes.len().max(22));
            match random.u8(..3) {
                _ if at >= bytes.len() => break,
                0 => bytes[at] = random.u8(..),
                1 => bytes.truncate(at),
                _ => drop(bytes.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
            }
        }
        if let Ok((certificate, fits)) = Certificate::read(&bytes) {
            let holds = certificate.verify(look).holds();
            assert!(!(fits && holds) || bytes == file, "seed {seed}");
        }
    }
}
