//! What the selling side reads of receipts, by whatever way they came, and what nobody else does.

use exchange::{
    bundle::{self, Bundle, Envelope, SEALED_AS},
    kept::Address,
};
use insight::record::Record;
use model::{DocName, Right, RoomId, Touch, Watch, limits};
use reactive_graph::traits::GetUntracked as _;
use sync::{
    deal::{Signatory, Signature, Signer},
    ledger::SignedEntry,
};

use super::{
    live::two,
    recording::{FILE, MINUTE, record, recorded, reply, stretch, told},
    rights::{begin, share, take},
    world::{Device, World},
};
use crate::{News, Problem, Reading, Readings, Room, Rooms, SealTerms, Share, Target, Terms};

/// The section of what is recorded here; nothing else in the room has this name.
const SECTION: &str = "q9telltale9q";

fn readings(world: &World, own: &Room) -> Readings {
    let own = own.clone();
    world.run(async move { own.readings().await.unwrap() })
}

pub(super) fn joins(world: &World, ines: &Rooms, who: &Rooms, id: RoomId, name: &str) -> Room {
    let terms = Terms { name: name.into(), ..Terms::of(Right::Comment) };
    take(world, who, &share(world, ines, id, terms)).unwrap()
}

fn revoke(world: &World, own: &Room, name: &str) {
    let link = own.links().into_iter().find(|link| link.name == name).unwrap().link;
    let own = own.clone();
    world.run(async move { own.revoke(link).await.unwrap() });
}

/// The bundle in a room file, as its holder's program opens it.
pub(super) fn opened(world: &World, share: &Share) -> Bundle {
    let Envelope { key, nonce, sealed, .. } = Envelope::from_file(&share.file).unwrap();
    let cipher = world.device().ports().cipher;
    let packed = world.run(async move { cipher.open(&key, &nonce, SEALED_AS, sealed).await.unwrap() });
    bundle::unpack(&packed).unwrap()
}

fn receipts_in(bundle: &Bundle) -> usize {
    let read = |bytes: &[u8]| SignedEntry::read_trusted(bytes).unwrap().entry.doc;
    bundle.entries.iter().filter(|entry| read(&entry.bytes) == DocName::Receipts).count()
}

/// Puts bytes into the room of somebody with a program of their own, as their receipt.
fn forge(world: &World, room: &Room, sealed: Vec<u8>) {
    let room = room.clone();
    world.run(async move {
        let (pen, nonce) = (room.writer().clone(), room.ports().random());
        let build = Box::new(move |head| Ok(vec![pen.entry(head, DocName::Receipts, sealed, nonce)]));
        let chain = room.writer().chain(DocName::Receipts);
        for entry in room.ports().store.append(room.id(), chain, Touch::default(), build).await.unwrap() {
            room.take_in(&entry);
        }
    });
}

/// The sealed bytes of the receipts on a device.
fn sealed_receipts(world: &World, room: &Room) -> Vec<Vec<u8>> {
    let room = room.clone();
    world.run(async move {
        let stored = room.ports().store.entries(room.id()).await.unwrap().into_iter();
        let receipts = stored.filter(|entry| entry.doc == DocName::Receipts);
        receipts.map(|entry| room.writer().open(&entry.sealed).unwrap().1.entry.update).collect()
    })
}

#[test]
fn c2_the_seller_learns_who_read_by_which_link_and_when_that_came() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya at Acme");
    record(&world, &hers, stretch(0, SECTION));
    record(&world, &hers, stretch(2, SECTION));
    world.pass(9 * MINUTE);
    let sent = share(&world, &priya, id, Terms::of(Right::View));
    world.pass(MINUTE);
    let received = world.run({
        let (ines, file) = (ines.clone(), sent.file.clone());
        async move { ines.receive_file(&file).await.unwrap() }
    });
    assert_eq!((received.new, received.news), (0, News::default()), "reading is nothing to announce");
    world.run({
        let own = own.clone();
        async move { own.catch_up().await.unwrap() }
    });
    let link = own.links()[0].link;
    let expected = Reading {
        author: hers.author(),
        who: hers.author().to_string(),
        name: "Priya at Acme".into(),
        mail: String::new(),
        known: true,
        link: Some(link),
        given_to: "Priya at Acme".into(),
        received: Some(1_000_000 + 10 * MINUTE),
        records: vec![stretch(0, SECTION), stretch(2, SECTION)],
    };
    assert_eq!(readings(&world, &own), Readings { of: vec![expected.clone()], unreadable: 0 });

    // What came once changes nothing when it comes again, and a newer receipt has a time of its own.
    world.pass(MINUTE);
    take(&world, &ines, &sent).unwrap();
    assert_eq!(readings(&world, &own).of, [expected]);
    hers.introduce("Priya Nair").unwrap();
    record(&world, &hers, stretch(4, SECTION));
    reply(&world, &priya, &ines, id);
    let reading = readings(&world, &own).of.remove(0);
    assert_eq!((reading.name.as_str(), reading.records.len()), ("Priya Nair", 3));
    assert_eq!(reading.received, Some(1_000_000 + 11 * MINUTE));

    // Nor does a room change by being read.
    let changed = |rooms: &Rooms| {
        let rooms = rooms.clone();
        world.run(async move { rooms.ports.store.room(id).await.unwrap().unwrap().changed })
    };
    let before = [changed(&ines), changed(&priya)];
    world.pass(MINUTE);
    record(&world, &hers, stretch(6, SECTION));
    reply(&world, &priya, &ines, id);
    assert_eq!(told(&world, &own).len(), 4);
    assert_eq!([changed(&ines), changed(&priya)], before);
}

#[test]
fn c2_replies_in_any_order_and_any_number_end_the_same() {
    for seed in 0..12 {
        let world = World::default();
        let mut random = fastrand::Rng::with_seed(seed);
        let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
        let (id, own) = begin(&world, &ines);
        let rooms = [joins(&world, &ines, &priya, id, "Priya"), joins(&world, &ines, &tom, id, "Tom")];
        let mut replies = Vec::new();
        for minute in 0..6 {
            let who = random.usize(..2);
            record(&world, &rooms[who], stretch(minute * 2, SECTION));
            replies.push(share(&world, [&priya, &tom][who], id, Terms::of(Right::View)));
        }
        replies.extend(replies.clone());
        random.shuffle(&mut replies);
        for reply in &replies {
            take(&world, &ines, reply).unwrap();
        }
        let mut all = told(&world, &own);
        all.sort_by_key(|it| it.from);
        assert_eq!(all, (0..6).map(|at| stretch(at * 2, SECTION)).collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn c2_a_receipt_comes_by_the_hands_of_another_buyer_who_cannot_read_it() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let tom_device = world.device();
    let tom = tom_device.tab();
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    let his = joins(&world, &ines, &tom, id, "Tom");
    record(&world, &hers, stretch(0, SECTION));
    reply(&world, &priya, &tom, id);
    assert_eq!(sealed_receipts(&world, &his).len(), 1, "he has it");
    let refused = world.run({
        let his = his.clone();
        async move { his.readings().await }
    });
    assert_eq!(refused, Err(Problem::NoRight));
    for bytes in everything_of(&world, &tom_device, &his) {
        for word in [SECTION, FILE] {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{word} is on his device");
        }
    }
    record(&world, &his, stretch(2, SECTION));
    reply(&world, &tom, &ines, id);
    let readings = readings(&world, &own);
    assert_eq!((readings.of.len(), readings.unreadable), (2, 0));
    let of = |room: &Room| readings.of.iter().find(|it| it.author == room.author()).unwrap();
    assert_eq!(of(&hers).records, [stretch(0, SECTION)]);
    assert_eq!(of(&his).records, [stretch(2, SECTION)]);
}

/// All that a device has of a room, opened as far as its keys go, but for what it recorded itself.
fn everything_of(world: &World, device: &Device, room: &Room) -> Vec<Vec<u8>> {
    let (room, store) = (room.clone(), device.store.clone());
    world.run(async move {
        let mut all = Vec::new();
        for entry in store.entries(room.id()).await.unwrap() {
            all.push(room.writer().open(&entry.sealed).unwrap().1.entry.update);
            all.push(entry.sealed);
        }
        all
    })
}

#[test]
fn c2_nothing_that_passes_the_net_names_what_was_read() {
    let world = World::default();
    let (_ines, own, _priya, hers) = two(&world, Right::View);
    record(&world, &hers, stretch(0, SECTION));
    world.pass(500);
    assert_eq!(told(&world, &own).len(), 1);
    let mut receipts = 0;
    let passed: Vec<Vec<u8>> = world.net().entries.values().flat_map(|all| all.values().cloned()).collect();
    for sealed in passed {
        // Whoever holds a link to the room opens this much.
        let Ok((_, signed)) = hers.writer().open(&sealed) else { continue };
        receipts += usize::from(signed.entry.doc == DocName::Receipts);
        for word in [SECTION, FILE] {
            for bytes in [&sealed, &signed.bytes, &signed.entry.update] {
                assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()));
            }
        }
    }
    assert_eq!(receipts, 1);
}

#[test]
fn c2_what_owners_give_out_has_no_receipts_but_for_their_colleagues() {
    let world = World::default();
    let (ines, priya, noor) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    record(&world, &hers, stretch(0, SECTION));
    reply(&world, &priya, &ines, id);
    assert_eq!(receipts_in(&opened(&world, &share(&world, &priya, id, Terms::of(Right::View)))), 1);
    for right in [Right::View, Right::Comment, Right::Suggest, Right::Edit] {
        assert_eq!(receipts_in(&opened(&world, &share(&world, &ines, id, Terms::of(right)))), 0);
    }
    let to_noor = share(&world, &ines, id, Terms::of(Right::Own));
    assert_eq!(receipts_in(&opened(&world, &to_noor)), 1);
    let noors = take(&world, &noor, &to_noor).unwrap();
    assert_eq!(told(&world, &noors), told(&world, &own));
}

#[test]
fn c2_whoever_comes_to_own_the_room_reads_what_they_had_carried() {
    let world = World::default();
    let (ines, priya, noor) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, _own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    let noors = joins(&world, &ines, &noor, id, "Noor");
    record(&world, &hers, stretch(0, SECTION));
    record(&world, &noors, stretch(2, SECTION));
    reply(&world, &priya, &noor, id);
    let noors = take(&world, &noor, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert_eq!(told(&world, &noors), [stretch(0, SECTION)]);
}

#[test]
fn c2_what_an_owner_keeps_at_an_address_has_no_receipts_and_a_buyers_has() {
    const AT: &str = "https://files.example/rooms/7.handsel";
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let pass = share(&world, &ines, id, Terms { name: "All".into(), ..Terms::of(Right::Comment) }).pass;
    let target = Target { address: AT.into(), ..Target::default() };
    let publication = ines.new_publication(pass).sent_to(target.clone(), Address::parse(AT).unwrap());
    let publish = |rooms: &Rooms, publication| {
        let rooms = rooms.clone();
        world.run(async move { rooms.publish(id, publication, &Watch::unseen()).await.unwrap().publication })
    };
    let open = |rooms: &Rooms, link| {
        let rooms = rooms.clone();
        world.run(async move {
            rooms.open_kept(&link, &Watch::unseen()).await.unwrap();
            (rooms.open(id).await.unwrap(), rooms.publications(id).await.unwrap().remove(0))
        })
    };
    let at_ines = publish(&ines, publication);
    let (hers, at_priya) = open(&priya, at_ines.link.clone());
    record(&world, &hers, stretch(0, SECTION));
    publish(&priya, at_priya.sent_to(target, Address::parse(AT).unwrap()));
    assert!(recorded(&world, &hers).iter().all(|it| it.sent.is_some()));
    // The owner takes it in before they publish again.
    publish(&ines, at_ines.clone());
    assert_eq!(told(&world, &own), [stretch(0, SECTION)]);
    let (his, _) = open(&tom, at_ines.link);
    assert!(sealed_receipts(&world, &his).is_empty(), "and leaves it out");
}

#[test]
fn c2_after_a_link_was_revoked_its_receipts_until_then_count_and_later_ones_do_not() {
    let world = World::default();
    let (ines, priya, tom_device) = (world.device().tab(), world.device().tab(), world.device());
    let tom = tom_device.tab();
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    let his = joins(&world, &ines, &tom, id, "Tom");
    for room in [&hers, &his] {
        record(&world, room, stretch(0, SECTION));
    }
    reply(&world, &priya, &ines, id);
    reply(&world, &tom, &ines, id);
    revoke(&world, &own, "Priya");
    record(&world, &hers, stretch(2, SECTION));
    record(&world, &his, stretch(2, SECTION));
    // Both seal in the epoch that has ended without their knowing.
    reply(&world, &priya, &ines, id);
    reply(&world, &tom, &ines, id);
    let of = |room: &Room| -> Vec<Record> {
        let all = readings(&world, &own).of;
        all.into_iter().find(|it| it.author == room.author()).unwrap().records
    };
    assert_eq!((of(&hers), of(&his)), (vec![stretch(0, SECTION)], vec![stretch(0, SECTION)]));
    // He hears of the new epoch, and tells again what came too late; however often, once.
    for _ in 0..3 {
        // Each time as after a new start, when all is looked at anew.
        let tom = tom_device.tab();
        reply(&world, &ines, &tom, id);
        world.pass(500);
        reply(&world, &tom, &ines, id);
    }
    assert_eq!(of(&his), [stretch(0, SECTION), stretch(2, SECTION)]);
    assert_eq!(readings(&world, &own).unreadable, 0);
    assert_eq!(own.documents().receipts.iter().filter(|it| it.author == his.author()).count(), 2);
    // By a new link she is a reader again.
    let heard = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    record(&world, &heard, stretch(4, SECTION));
    reply(&world, &priya, &ines, id);
    assert!(of(&heard).contains(&stretch(4, SECTION)));
}

#[test]
fn c2_whoever_claims_anothers_visit_does_so_under_their_own_key() {
    let world = World::default();
    let (ines, priya, mallory) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let hers = joins(&world, &ines, &priya, id, "Priya");
    let theirs = joins(&world, &ines, &mallory, id, "Mallory");
    record(&world, &hers, stretch(0, SECTION));
    reply(&world, &priya, &mallory, id);
    // The same visit with other words, the very receipt of hers, junk, and more than a receipt may have.
    record(&world, &theirs, Record { active: 9_000_000, ..stretch(0, SECTION) });
    let stolen = sealed_receipts(&world, &theirs).remove(0);
    forge(&world, &theirs, stolen);
    forge(&world, &theirs, vec![1; 300]);
    forge(&world, &theirs, vec![1; limits::RECEIPT_MAX + 1]);
    reply(&world, &mallory, &ines, id);
    let readings = readings(&world, &own);
    assert_eq!((readings.of.len(), readings.unreadable), (2, 2));
    let of = |room: &Room| readings.of.iter().find(|it| it.author == room.author()).unwrap();
    assert_eq!(of(&hers).records, [stretch(0, SECTION)]);
    assert_eq!(of(&theirs).records.len(), 1);
    assert_eq!((of(&theirs).given_to.as_str(), of(&theirs).records[0].active), ("Mallory", 9_000_000));
}

#[test]
fn c2_two_devices_whose_people_gave_one_address_are_one_person() {
    let world = World::default();
    let (ines, laptop, phone) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let signers = vec![Signer { name: "Dana".into(), ..Signer::default() }; 2];
    let seal = world.run({
        let own = own.clone();
        async move { own.seal(SealTerms { signers, ..SealTerms::default() }).await.unwrap() }
    });
    let rooms = [joins(&world, &ines, &laptop, id, "Dana"), joins(&world, &ines, &phone, id, "")];
    for (signer, room) in rooms.iter().enumerate() {
        record(&world, room, stretch(0, SECTION));
        let room = room.clone();
        world.run(async move {
            let mail = ["Dana@Acme.example", " dana@acme.example"][signer];
            let who = Signatory { name: "Dana W.".into(), mail: mail.into(), role: String::new() };
            room.accept(seal, signer, who, Signature::Typed("Dana".into())).await.unwrap()
        });
    }
    reply(&world, &laptop, &ines, id);
    reply(&world, &phone, &ines, id);
    let all = readings(&world, &own).of;
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|it| it.who == "dana@acme.example"), "{all:?}");
    let names: std::collections::BTreeSet<_> = all.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["Dana", "Dana W."], "or else as they signed");
    assert!(all.iter().all(|it| it.known));
    assert!(own.readings_changed().get_untracked() > 0);
}
