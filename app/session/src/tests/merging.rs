//! Links and files between devices.

use std::{cell::RefCell, rc::Rc};

use exchange::bundle::OpenError;
use model::Right;
use model::{RoomId, Standing};
use reactive_graph::traits::GetUntracked as _;
use replica::{Content, EditKind};
use text::{Change, Delta, Document, Selection};

use super::{type_at, words, world::World};
use crate::{Export, Problem, RoomEvent, Start, Terms};

const PROPOSAL: &[u8] = b"# Month-end in four days\n\nWe close your books **faster**.\n\n| Step | Weeks |\n|---|--:|\n| Pilot | 2 |\n";

#[test]
fn b1_a_link_brings_the_whole_room_to_another_device() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let start = Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
    let id = world.run({
        let ines = ines.clone();
        async move { ines.create(start, "Untitled").await.unwrap().0 }
    });
    let share = world.run({
        let ines = ines.clone();
        async move { ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap() }
    });
    assert_eq!(share.title, "Month-end in four days");
    let received = world.run({
        let priya = priya.clone();
        async move { priya.receive_link(share.fragment.as_ref().unwrap()).await.unwrap() }
    });
    assert_eq!((received.room, received.had), (id, false));
    let room = world.run({
        let priya = priya.clone();
        async move { priya.open(id).await.unwrap() }
    });
    assert!(
        words(&room).starts_with("Month-end in four days\nWe close your books faster."),
        "{}",
        words(&room)
    );
    let written = world.run({
        let priya = priya.clone();
        async move { priya.export(id, Export::Markdown, "en").await.unwrap() }
    });
    assert_eq!(written.title, "Month-end in four days");
    assert!(written.text.contains("| Pilot"), "the table came along: {}", written.text);
}

#[test]
fn one_proposal_brought_in_on_two_devices_is_two_rooms() {
    // siphonophore#10: a text that is written anew on each side is there twice once they meet.
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let start = || Start::Markdown { name: "proposal.md", bytes: PROPOSAL };
    let (texts, rooms) = world.run(async move {
        let theirs = ines.create(start(), "Untitled").await.unwrap().0;
        let ours = priya.create(start(), "Untitled").await.unwrap().0;
        let link = ines.share(theirs, Some(&Terms::of(Right::Own))).await.unwrap().fragment.unwrap();
        for had in [false, true] {
            assert_eq!(priya.receive_link(&link).await.unwrap().had, had);
        }
        let texts = [words(&priya.open(ours).await.unwrap()), words(&priya.open(theirs).await.unwrap())];
        (texts, priya.list().get_untracked().unwrap().len())
    });
    assert_eq!(rooms, 2);
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0].matches("We close your books").count(), 1, "{}", texts[0]);
}

#[test]
fn a_room_that_two_wrote_in_turn_opens_for_a_third() {
    // Each one's entries are squashed, and so each builds on the other.
    let world = World::default();
    let (ines, priya, tom) = (world.device().tab(), world.device().tab(), world.device().tab());
    let text = world.run(async move {
        let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
        let at_ines = ines.open(id).await.unwrap();
        type_at(&at_ines, 0, "one");
        priya
            .receive_link(&ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap().fragment.unwrap())
            .await
            .unwrap();
        let at_priya = priya.open(id).await.unwrap();
        type_at(&at_priya, 3, " two");
        ines.receive_link(&priya.share(id, Some(&Terms::of(Right::Own))).await.unwrap().fragment.unwrap())
            .await
            .unwrap();
        type_at(&at_ines, 7, " three");
        priya
            .receive_link(&ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap().fragment.unwrap())
            .await
            .unwrap();
        type_at(&at_priya, 13, " four");
        let link = priya.share(id, Some(&Terms::of(Right::Own))).await.unwrap().fragment.unwrap();
        tom.receive_link(&link).await.unwrap();
        words(&tom.open(id).await.unwrap())
    });
    assert_eq!(text, "one two three four\n");
}

#[test]
fn b1_two_copies_that_were_both_edited_merge_to_the_same_text() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let id = world.run({
        let ines = ines.clone();
        async move { ines.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let at_ines = world.run({
        let ines = ines.clone();
        async move { ines.open(id).await.unwrap() }
    });
    type_at(&at_ines, 0, "Price and plan");
    let first = world.run({
        let ines = ines.clone();
        async move { ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap() }
    });
    world.run({
        let priya = priya.clone();
        async move { priya.receive_file(&first.file).await.unwrap() }
    });
    let at_priya = world.run({
        let priya = priya.clone();
        async move { priya.open(id).await.unwrap() }
    });
    type_at(&at_priya, 14, " for us");
    type_at(&at_ines, 0, "Our ");
    world.pass(500);
    let back = world.run({
        let priya = priya.clone();
        async move { priya.share(id, Some(&Terms::of(Right::Own))).await.unwrap().fragment.unwrap() }
    });
    let received = world.run({
        let (ines, back) = (ines.clone(), back.clone());
        async move { ines.receive_link(&back).await.unwrap() }
    });
    assert!(received.had && received.new == 1, "{received:?}");
    assert_eq!(words(&at_ines), "Our Price and plan for us\n", "the open room shows it at once");
    let again = world.run({
        let ines = ines.clone();
        async move { ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap() }
    });
    world.run({
        let priya = priya.clone();
        async move { priya.receive_link(again.fragment.as_ref().unwrap()).await.unwrap() }
    });
    assert_eq!(words(&at_priya), "Our Price and plan for us\n");
    let same = world.run({
        let (ines, back) = (ines.clone(), back.clone());
        async move { ines.receive_link(&back).await.unwrap() }
    });
    assert_eq!(same.new, 0, "opening the same link again brings nothing");
}

#[test]
fn b5_a_passphrase_is_needed_beside_the_link() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let (share, again) = world.run({
        let ines = ines.clone();
        async move {
            let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
            type_at(&ines.open(id).await.unwrap(), 0, "Our price");
            let terms = Terms::of(Right::Edit);
            let share = ines.share_locked(id, Some(&terms), " blue heron ").await.unwrap();
            (share, ines.share_locked(id, Some(&terms), " \t").await.unwrap())
        }
    });
    let link = share.fragment.unwrap();
    assert!(link.starts_with("2."), "{link}");
    assert!(again.fragment.unwrap().starts_with("1."), "without a passphrase nothing is locked");
    world.run(async move {
        let needs = Problem::Open(OpenError::NeedsPassphrase);
        assert_eq!(priya.receive_link(&link).await, Err(needs.clone()));
        assert_eq!(priya.receive_file(&share.file).await, Err(needs));
        let envelope = || exchange::bundle::Envelope::from_fragment(&link).unwrap();
        let wrong = Err(Problem::Open(OpenError::WrongPassphrase));
        for passphrase in ["blue  heron", "Blue heron", "heron"] {
            assert_eq!(priya.receive(envelope(), passphrase).await, wrong, "{passphrase}");
        }
        // Its salt alone is no key.
        let unlocked = exchange::bundle::Envelope { locked: false, ..envelope() };
        assert_eq!(priya.receive(unlocked, "").await, Err(Problem::Open(OpenError::WrongKey)));
        priya.read().await.unwrap();
        assert_eq!(priya.list().get_untracked().map(|list| list.len()), Some(0), "nothing is left behind");

        let received = priya.receive(envelope(), "\u{a0}blue heron\n").await.unwrap();
        assert_eq!(words(&priya.open(received.room).await.unwrap()), "Our price\n");
        let file = exchange::bundle::Envelope::from_file(&share.file).unwrap();
        assert_eq!(priya.receive(file, "blue heron").await.unwrap().new, 0);
    });
}

#[test]
fn b1_wrong_links_say_why_and_leave_nothing() {
    let world = World::default();
    let (ines, priya) = (world.device().tab(), world.device().tab());
    let id = world.run({
        let ines = ines.clone();
        async move { ines.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let share = world.run({
        let ines = ines.clone();
        async move { ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap() }
    });
    let open = |fragment: String| {
        world.run({
            let priya = priya.clone();
            async move { priya.receive_link(&fragment).await.unwrap_err() }
        })
    };
    let link = share.fragment.unwrap();
    assert_eq!(open(link[..90].into()), Problem::Open(OpenError::Incomplete));
    assert_eq!(open(link.replacen("1.", "9.", 1)), Problem::Open(OpenError::OtherVersion));
    assert_eq!(open("hello".into()), Problem::Open(OpenError::NotARoom));
    let mut envelope = exchange::bundle::Envelope::from_fragment(&link).unwrap();
    envelope.key[0] ^= 1;
    assert_eq!(open(envelope.to_fragment()), Problem::Open(OpenError::WrongKey));
    let list = world.run({
        let priya = priya.clone();
        async move { priya.ports.store.rooms().await.unwrap() }
    });
    assert!(list.is_empty());
}

#[test]
fn a_deleted_room_comes_back_by_undo_or_by_its_link_and_is_erased_otherwise() {
    let world = World::default();
    let ines = world.device().tab();
    let id = world.run({
        let ines = ines.clone();
        async move { ines.create(Start::Blank, "Untitled").await.unwrap().0 }
    });
    let share = world.run({
        let ines = ines.clone();
        async move { ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap() }
    });
    let delete = {
        let ines = ines.clone();
        move || {
            let ines = ines.clone();
            async move { ines.set_standing(id, Standing::Deleted(ines.now())).await.unwrap() }
        }
    };
    world.run(delete());
    world.run({
        let ines = ines.clone();
        async move {
            ines.set_standing(id, Standing::Active).await.unwrap();
            ines.erase_deleted(u64::MAX).await.unwrap();
            ines.open(id).await.unwrap()
        }
    });
    world.run(delete());
    world.run({
        let ines = ines.clone();
        async move {
            ines.receive_link(share.fragment.as_ref().unwrap()).await.unwrap();
            ines.open(id).await.unwrap()
        }
    });
    world.run(delete());
    let gone = world.run({
        let ines = ines.clone();
        async move {
            ines.erase_deleted(ines.now()).await.unwrap();
            ines.open(id).await.err()
        }
    });
    assert_eq!(gone, Some(Problem::NoSuchRoom));
}

#[test]
fn a_bare_update_is_shown_and_kept() {
    let world = World::default();
    let device = world.device();
    let tab = device.tab();
    let id = RoomId([7; 16]);
    let room = world.run(async move {
        tab.ensure(id, "Named").await.unwrap();
        tab.ensure(id, "Named again").await.unwrap();
        tab.open(id).await.unwrap()
    });
    assert_eq!(room.title().get_untracked(), "Named");
    let mut elsewhere = Content::new(1);
    elsewhere.receive(&room.text_state().unwrap()).unwrap();
    elsewhere.write(&room.section(), &Delta::new().insert("from elsewhere")).unwrap();
    let shown = Rc::new(RefCell::new(Document::from_delta(&Delta::new().insert("\n"))));
    let page = shown.clone();
    room.listen(Rc::new(move |event| {
        if let RoomEvent::Text(event) = event {
            page.borrow_mut().apply(&event.delta);
        }
    }));
    for update in elsewhere.take_updates() {
        room.adopt(&update).unwrap();
    }
    assert_eq!(shown.borrow().text(), "from elsewhere\n");
    world.pass(100);
    drop(room);
    let again = device.tab();
    let room = world.run(async move { again.open(id).await.unwrap() });
    assert_eq!(words(&room), "from elsewhere\n");
}

#[test]
fn deleted_words_do_not_travel_whatever_happened_to_the_title() {
    let world = World::default();
    let ines = world.device().tab();
    let room = world.run({
        let ines = ines.clone();
        async move {
            let id = ines.create(Start::Blank, "Untitled").await.unwrap().0;
            ines.open(id).await.unwrap()
        }
    });
    type_at(&room, 0, "Discount of 40% for them. ");
    world.pass(200);
    room.rename("Offer to Penhale Osgood").unwrap();
    world.pass(200);
    let gone = Change { delta: Delta::new().delete(26), selection: Selection::caret(0), pending: None };
    room.edit(&room.section(), &gone, EditKind::Other, Selection::caret(26)).unwrap();
    type_at(&room, 0, "Agreed terms.");
    world.pass(200);
    let id = room.id();
    let share = world.run({
        let ines = ines.clone();
        async move { ines.share(id, Some(&Terms::of(Right::Own))).await.unwrap() }
    });
    let envelope = exchange::bundle::Envelope::from_file(&share.file).unwrap();
    let packed = world.run(ines.ports.cipher.open(
        &envelope.key,
        &envelope.nonce,
        exchange::bundle::SEALED_AS,
        envelope.sealed,
    ));
    let bundle = exchange::bundle::unpack(&packed.unwrap()).unwrap();
    assert_eq!(bundle.entries.len(), 4, "one for the title, one for the text, two on the roll");
    let all: Vec<u8> = bundle
        .entries
        .iter()
        .flat_map(|packed| {
            sync::ledger::SignedEntry::read(bundle.room, 0, &packed.bytes).unwrap().entry.update
        })
        .collect();
    let has = |words: &str| all.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(has("Agreed terms."), "what stands in the text travels");
    assert!(!has("Discount"), "what was deleted does not");
}
