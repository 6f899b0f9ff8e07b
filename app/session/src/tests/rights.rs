//! What links allow, and that nothing else gets in.

use model::{Author, DocName, Right, RoomId, StoredEntry};
use replica::EditKind;
use sync::ledger::{Entry, Pen, Session, SignedEntry};
use text::{Change, Delta, Selection};

use super::{type_at, words, world::World};
use crate::{Problem, Room, Rooms, Share, Start, Terms};

const PROPOSAL: &[u8] = b"# Month-end\n\nWe close your books.\n";

/// A room of somebody, who owns it.
pub(super) fn begin(world: &World, owner: &Rooms) -> (RoomId, Room) {
    let owner = owner.clone();
    world.run(async move {
        let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
        let id = owner.create(start, "Untitled").await.unwrap().0;
        (id, owner.open(id).await.unwrap())
    })
}

pub(super) fn share(world: &World, of: &Rooms, id: RoomId, terms: Terms) -> Share {
    let of = of.clone();
    world.run(async move { of.share(id, Some(&terms)).await.unwrap() })
}

/// Opens what was shared on another device.
pub(super) fn take(world: &World, rooms: &Rooms, share: &Share) -> Result<Room, Problem> {
    let (rooms, file) = (rooms.clone(), share.file.clone());
    world.run(async move {
        let received = rooms.receive_file(&file).await?;
        let room = rooms.open(received.room).await?;
        room.catch_up().await?;
        room.follow_rights().await?;
        Ok(room)
    })
}

fn try_to_type(room: &Room) -> Result<(), Problem> {
    let change = Change { delta: Delta::new().insert("x"), selection: Selection::caret(1), pending: None };
    room.edit(&room.section(), &change, EditKind::Typing, Selection::caret(0))
}

#[test]
fn b5_a_link_to_view_reads_and_writes_nothing() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    assert_eq!(own.right(), Some(Right::Own));
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(room.right(), Some(Right::View));
    assert!(!room.is_owner());
    assert!(words(&room).starts_with("Month-end"));
    assert_eq!(try_to_type(&room), Err(Problem::NoRight));
    assert_eq!(room.rename("Mine"), Err(Problem::NoRight));
    assert_eq!(room.add_section(None, None), Err(Problem::NoRight));
    assert!(room.undo().is_none());
}

#[test]
fn b5_a_link_to_edit_writes_the_text_and_not_the_offer() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    type_at(&room, 0, "Our ");
    assert_eq!(room.rename("Mine"), Err(Problem::NoRight));
    // What they wrote comes back by the link they hold.
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Own))).unwrap();
    assert!(words(&own).starts_with("Our Month-end"), "{}", words(&own));
}

#[test]
fn b5_what_a_link_holder_passes_on_allows_no_more_than_their_own_link() {
    let world = World::default();
    let (ines, priya, devi) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, _) = begin(&world, &ines);
    take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    let passed_on = share(&world, &priya, id, Terms::of(Right::Own));
    assert_eq!(take(&world, &devi, &passed_on).unwrap().right(), Some(Right::View));
}

#[test]
fn b5_a_better_link_gives_more_to_who_has_the_room_already() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _) = begin(&world, &ines);
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    drop(room);
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    assert_eq!(room.right(), Some(Right::Edit));
    type_at(&room, 0, "Our ");
    // A lesser one takes nothing away.
    let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(room.right(), Some(Right::Edit));
}

#[test]
fn b5_a_colleague_owns_the_room_too_and_gives_out_links() {
    let world = World::default();
    let (ines, noor, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, _) = begin(&world, &ines);
    let room = take(&world, &noor, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    assert!(room.is_owner());
    room.rename("Month-end in four days").unwrap();
    let buyers = take(&world, &priya, &share(&world, &noor, id, Terms::of(Right::Edit))).unwrap();
    assert_eq!(buyers.right(), Some(Right::Edit));
    // She sees the links that her colleague gave out.
    let given: Vec<Right> = room.links().iter().map(|link| link.right).collect();
    assert!(given.contains(&Right::Own) && given.contains(&Right::Edit), "{given:?}");
}

#[test]
fn b5_a_link_that_has_ended_does_not_open() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, _) = begin(&world, &ines);
    let terms = Terms { expires: Some(1_000_000 + 60_000), ..Terms::of(Right::Edit) };
    let link = share(&world, &ines, id, terms);
    world.pass(60_000);
    assert_eq!(take(&world, &priya, &link).err(), Some(Problem::Expired(1_060_000)));
}

#[test]
fn b5_a_revoked_link_gets_nothing_new_in_and_the_others_go_on() {
    let world = World::default();
    let (ines, priya, devi) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let to_priya = Terms { name: "Priya".into(), ..Terms::of(Right::Edit) };
    let priyas = take(&world, &priya, &share(&world, &ines, id, to_priya)).unwrap();
    let devis = take(&world, &devi, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    type_at(&priyas, 0, "In time. ");
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Edit))).unwrap();
    assert!(words(&own).starts_with("In time. "));

    let link = own.links().into_iter().find(|link| link.name == "Priya").unwrap();
    assert!(link.holds);
    assert_eq!(link.devices, 1);
    world.run({
        let own = own.clone();
        async move { own.revoke(link.link).await.unwrap() }
    });
    assert!(!own.links().iter().find(|link| link.name == "Priya").unwrap().holds);
    type_at(&own, 0, "New. ");

    // Priya goes on writing; nobody takes it.
    type_at(&priyas, 0, "Too late. ");
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Edit))).unwrap();
    assert_eq!(words(&own).matches("Too late").count(), 0);
    assert!(words(&own).starts_with("New. In time. "));

    // Devi, who was away, gets the new key by her link and is read by everybody.
    type_at(&devis, 0, "A week old. ");
    let devis = take(&world, &devi, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert!(words(&devis).contains("New. ") && words(&devis).contains("A week old. "), "{}", words(&devis));
    take(&world, &ines, &share(&world, &devi, id, Terms::of(Right::Edit))).unwrap();
    assert!(words(&own).contains("A week old. "), "signed again for the new epoch: {}", words(&own));

    // Priya hears of it with her next link, and may do what that allows.
    let heard = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(heard.right(), Some(Right::View));
    assert_eq!(words(&heard), words(&own));
}

#[test]
fn b5_ri15_new_keys_end_no_link_and_leave_old_keys_behind() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let ending = Terms { name: "Past".into(), expires: Some(1_001_000), ..Terms::of(Right::View) };
    share(&world, &ines, id, ending);
    let priyas = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::Edit))).unwrap();
    let stolen = *own.keys().newest();
    world.pass(2_000);
    world.run({
        let own = own.clone();
        async move { own.renew_keys().await.unwrap() }
    });
    let holds = |name: &str| own.links().iter().find(|link| link.name == name).unwrap().holds;
    assert!(holds("") && !holds("Past"));
    type_at(&own, 0, "After the loss. ");
    let newest = world.run({
        let own = own.clone();
        async move {
            own.flush().await.unwrap();
            own.ports().store.entries(id).await.unwrap().into_iter().next_back().unwrap()
        }
    });
    assert!(sync::ledger::unseal(id, &stolen, &newest.sealed).is_err(), "the old key opens nothing newer");

    // Priya was away, and goes on both ways.
    type_at(&priyas, 0, "Written meanwhile. ");
    let priyas = take(&world, &priya, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert_eq!(priyas.right(), Some(Right::Edit));
    assert!(words(&priyas).contains("After the loss. "));
    take(&world, &ines, &share(&world, &priya, id, Terms::of(Right::Edit))).unwrap();
    assert!(words(&own).contains("Written meanwhile. "), "{}", words(&own));
    // Only owners have keys to give.
    world.run(async move { assert!(matches!(priyas.renew_keys().await, Err(Problem::NoRight))) });
}

#[test]
fn b5_who_began_a_room_goes_on_when_a_colleague_revokes_a_link() {
    let world = World::default();
    let (ines, noor, priya) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let noors = take(&world, &noor, &share(&world, &ines, id, Terms::of(Right::Own))).unwrap();
    let to_priya = Terms { name: "Priya".into(), ..Terms::of(Right::Edit) };
    let priyas = take(&world, &priya, &share(&world, &noor, id, to_priya)).unwrap();
    let link = noors.links().into_iter().find(|link| link.name == "Priya").unwrap().link;
    world.run({
        let noors = noors.clone();
        async move { noors.revoke(link).await.unwrap() }
    });
    take(&world, &ines, &share(&world, &noor, id, Terms::of(Right::View))).unwrap();
    assert_eq!(own.right(), Some(Right::Own));
    type_at(&own, 0, "Ines goes on. ");
    take(&world, &noor, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    assert!(words(&noors).starts_with("Ines goes on. "), "{}", words(&noors));
    drop(priyas);
}

#[test]
fn b5_a_link_past_its_end_ends_with_the_next_epoch() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let soon = Terms { name: "Priya".into(), expires: Some(1_000_000 + 60_000), ..Terms::of(Right::Edit) };
    let priyas = take(&world, &priya, &share(&world, &ines, id, soon)).unwrap();
    let other = Terms { name: "Devi".into(), ..Terms::of(Right::Edit) };
    share(&world, &ines, id, other);
    world.pass(60_000);
    let link = own.links().into_iter().find(|link| link.name == "Devi").unwrap().link;
    world.run({
        let own = own.clone();
        async move { own.revoke(link).await.unwrap() }
    });
    assert!(own.links().iter().all(|link| !link.holds), "{:?}", own.links());
    type_at(&priyas, 0, "Too late. ");
    // Her program passes on what it has, and nobody takes it.
    let file = share(&world, &priya, id, Terms::of(Right::Edit));
    assert_eq!(take(&world, &ines, &file).err(), Some(Problem::Expired(1_060_000)));
    assert!(!words(&own).contains("Too late"));
}

#[test]
fn b5_a_room_that_is_open_while_its_link_is_revoked_says_so() {
    let world = World::default();
    let (ines, priya, devi) = (world.device().tab(), world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let to_priya = Terms { name: "Priya".into(), ..Terms::of(Right::Edit) };
    let priyas = take(&world, &priya, &share(&world, &ines, id, to_priya)).unwrap();
    let passed_on = take(&world, &devi, &share(&world, &priya, id, Terms::of(Right::Edit))).unwrap();
    let link = own.links().into_iter().find(|link| link.name == "Priya").unwrap().link;
    world.run(async move { own.revoke(link).await.unwrap() });
    // The statement reaches her in a copy that gives her no new link: one that Devi, by the same link, passes on.
    take(&world, &devi, &share(&world, &ines, id, Terms::of(Right::View))).unwrap();
    drop(passed_on);
    let statement = {
        let devi = devi.clone();
        world.run(async move { devi.ports.store.entries(id).await.unwrap() })
    };
    for entry in statement.iter().filter(|entry| entry.doc == DocName::Roll) {
        priyas.take_in(entry);
    }
    world.pass(100);
    assert_eq!(priyas.right(), None);
    assert_eq!(try_to_type(&priyas), Err(Problem::NoRight));
    assert!(words(&priyas).starts_with("Month-end"), "what she has stays");
}

/// A program of somebody hostile, with everything that a link to `right` gives.
struct Hostile {
    room: Room,
    pen: Pen,
}

impl Hostile {
    fn entry(&self, author: Author, sessions: Vec<Session>, doc: DocName, update: Vec<u8>) -> Entry {
        Entry { author, first: 1, last: 1, prev: model::Head::START.hash, sessions, doc, update }
    }

    fn send(&self, epoch: u64, entry: Entry) -> StoredEntry {
        let signed = self.pen.sign(self.room.id(), epoch, entry);
        self.seal(epoch, &signed)
    }

    fn seal(&self, epoch: u64, signed: &SignedEntry) -> StoredEntry {
        signed.seal(self.room.id(), epoch, &self.room.keys().content, [7; 24])
    }

    /// An update that puts words into the text, as `client`.
    fn words(&self, client: u64) -> Vec<u8> {
        let mut content = replica::Content::new(client);
        content.receive(&self.room.text_state().unwrap()).unwrap();
        content.take_updates();
        content.write(&self.room.section(), &Delta::new().insert("Pwned. ")).unwrap();
        content.take_updates().concat()
    }
}

#[test]
fn b5_a_link_whose_device_has_two_histories_is_named_to_the_owner() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (id, own) = begin(&world, &ines);
    let to = |name: &str| Terms { name: name.into(), ..Terms::of(Right::Edit) };
    share(&world, &ines, id, to("Devi"));
    let room = take(&world, &priya, &share(&world, &ines, id, to("Priya"))).unwrap();
    let seed = room.keys().author_seed;
    let hostile = Hostile { pen: Pen::new(&seed), room };
    let me = hostile.pen.author();
    let stored = world.run(async move { priya.ports.store.entries(id).await.unwrap() });
    stored.iter().filter(|entry| entry.doc == DocName::Roll).for_each(|entry| own.take_in(entry));
    let forked = |own: &Room| {
        own.links().into_iter().filter(|link| link.forked).map(|link| link.name).collect::<Vec<_>>()
    };
    // One and the same number in her chain, in two sessions.
    for session in [Session([3; 8]), Session([4; 8])] {
        assert!(forked(&own).is_empty());
        let words = hostile.words(session.client(&me));
        own.take_in(&hostile.send(0, hostile.entry(me, vec![session], DocName::Content, words)));
    }
    assert_eq!(forked(&own), ["Priya"]);
}

#[test]
fn b5_nothing_that_a_hostile_program_makes_of_a_lesser_link_is_shown() {
    for right in [Right::View, Right::Comment, Right::Suggest] {
        let world = World::default();
        let (ines, priya) = (world.device().tab(), world.device().tab());
        let (id, own) = begin(&world, &ines);
        let room = take(&world, &priya, &share(&world, &ines, id, Terms::of(right))).unwrap();
        let seed = room.keys().author_seed;
        let hostile = Hostile { pen: Pen::new(&seed), room };
        let me = hostile.pen.author();
        let session = Session([3; 8]);
        let own_words = hostile.words(session.client(&me));
        let stranger = Pen::new(&[0x66; 32]);
        let owner_author = own.author();
        let answers = |client| {
            let mut answers = replica::Responses::new(client);
            answers.set_name("Somebody else").unwrap();
            answers.take_updates().remove(0)
        };
        let in_answers = |of| {
            hostile.send(
                0,
                hostile.entry(me, vec![session], DocName::Responses(of), answers(session.client(&me))),
            )
        };
        let attacks = [
            // Plainly, in the text and in the offer.
            hostile.send(0, hostile.entry(me, vec![session], DocName::Content, own_words.clone())),
            hostile.send(0, hostile.entry(me, vec![session], DocName::Offer, own_words.clone())),
            // As a client of somebody else.
            hostile.send(0, hostile.entry(me, vec![session], DocName::Content, hostile.words(12_345))),
            // In a later epoch.
            hostile.send(1, hostile.entry(me, vec![session], DocName::Content, own_words.clone())),
            // As an author that nobody let in.
            {
                let author = stranger.author();
                let entry = hostile.entry(
                    author,
                    vec![session],
                    DocName::Content,
                    hostile.words(session.client(&author)),
                );
                hostile.seal(0, &stranger.sign(id, 0, entry))
            },
            // With the owner's name and a signature of one's own.
            {
                let entry = hostile.entry(me, vec![session], DocName::Content, own_words.clone());
                let mut signed = hostile.pen.sign(id, 0, entry);
                signed.bytes[1..33].copy_from_slice(&owner_author.0);
                signed.entry.author = owner_author;
                hostile.seal(0, &signed)
            },
            // A statement that lets oneself in.
            {
                let link = sync::link::LinkSecret([9; 32]);
                let word =
                    sync::roll::Certificate::sign(&hostile.pen, id, link.key(), Right::Own, "", None, 0);
                let said = sync::roll::Said::joined(&link, id, word, me);
                hostile.send(0, hostile.entry(me, vec![session], DocName::Roll, said.bytes))
            },
            // In the answers of the owner, and in one's own.
            in_answers(owner_author),
            in_answers(me),
        ];
        // The owner knows who joined by the link, so it is the right that decides.
        let priyas = priya.clone();
        let stored = world.run(async move { priyas.ports.store.entries(id).await.unwrap() });
        stored.iter().filter(|entry| entry.doc == DocName::Roll).for_each(|entry| own.take_in(entry));
        assert_eq!(own.documents().right(&me), Some(right));
        let before = words(&own);
        for (at, attack) in attacks.iter().enumerate() {
            // By another tab's word, which is trusted with signatures but not with rights.
            if at != 5 {
                own.take_in(attack);
            }
            // And by a bundle.
            let (bytes, key) = (
                sync::ledger::unseal(id, &hostile.room.keys().content, &attack.sealed),
                &hostile.room.keys().content,
            );
            let (epoch, bytes) = bytes.unwrap();
            let bundle = exchange::bundle::Bundle {
                workspace: Vec::new(),
                room: id,
                keys: vec![*key],
                owner: hostile.room.keys().owner,
                pass: hostile.room.keys().pass.clone(),
                entries: vec![exchange::bundle::PackedEntry { epoch, bytes }],
                blobs: Vec::new(),
            };
            let packed = exchange::bundle::pack(&bundle);
            let rooms = ines.clone();
            let taken = world.run(async move {
                let (key, nonce) = ([1; 32], [2; 12]);
                let sealed =
                    rooms.ports.cipher.seal(&key, &nonce, exchange::bundle::SEALED_AS, packed).await.unwrap();
                let envelope = exchange::bundle::Envelope { locked: false, key, nonce, sealed };
                rooms.receive_file(&envelope.to_file()).await
            });
            assert_eq!(words(&own), before, "{right:?}, attack {at}: {taken:?}");
            assert_eq!(own.name_of_author(&owner_author), "", "{right:?}, attack {at}");
            let may_answer = right >= Right::Comment && at + 1 == attacks.len();
            assert_eq!(own.name_of_author(&me) == "Somebody else", may_answer, "{right:?}, attack {at}");
        }
        let again = ines.clone();
        let anew = world.run(async move { again.open(id).await.unwrap() });
        assert_eq!(words(&anew), before, "{right:?}");
    }
}
